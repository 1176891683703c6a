#include "base/arena.h"

#include <stdalign.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct arena_block {
    struct arena_block *next;
    size_t capacity;
    size_t used;
    alignas(max_align_t) char bytes[];
};

enum {
    BLOCK_FIRST = 4 << 10,     /* a small request's whole need */
    BLOCK_LARGEST = 256 << 10, /* doubling ends here: beyond, a half-empty block would waste more than malloc costs */
    PRINT_STACK = 256,         /* most printed pieces fit, so that they are formatted once */
};

void arena_init(struct arena *arena, size_t ceiling) {
    *arena = (struct arena){.ceiling = ceiling};
}

void arena_done(struct arena *arena) {
    struct arena_block *block = arena->blocks;
    while (block != NULL) {
        struct arena_block *next = block->next;
        free(block);
        block = next;
    }
    arena_init(arena, arena->ceiling);
}

#ifdef ARENA_DEBUG

void arena_reset(struct arena *arena) {
    arena_done(arena);
}

static void *take_piece(struct arena *arena, size_t size) {
    if (size > SIZE_MAX - sizeof(struct arena_block))
        return NULL;
    struct arena_block *block = malloc(sizeof(*block) + size);
    if (block == NULL)
        return NULL;
    block->next = arena->blocks;
    block->capacity = size;
    block->used = size;
    arena->blocks = block;
    return block->bytes;
}

#else

void arena_reset(struct arena *arena) {
    struct arena_block *keep = arena->blocks;
    for (struct arena_block *block = keep; block != NULL; block = block->next)
        if (block->capacity <= BLOCK_LARGEST && (keep->capacity > BLOCK_LARGEST || block->capacity > keep->capacity))
            keep = block;
    if (keep != NULL && keep->capacity > BLOCK_LARGEST)
        keep = NULL;
    struct arena_block *block = arena->blocks;
    while (block != NULL) {
        struct arena_block *next = block->next;
        if (block != keep)
            free(block);
        block = next;
    }
    arena_init(arena, arena->ceiling);
    if (keep != NULL) {
        keep->next = NULL;
        keep->used = 0;
        arena->blocks = keep;
    }
}

/* A piece larger than half a full block gets a block of its own behind the current one, which so stays in use. */
static void *take_large(struct arena *arena, size_t size) {
    struct arena_block *block = malloc(sizeof(*block) + size);
    if (block == NULL)
        return NULL;
    block->capacity = size;
    block->used = size;
    if (arena->blocks == NULL) {
        block->next = NULL;
        arena->blocks = block;
    } else {
        block->next = arena->blocks->next;
        arena->blocks->next = block;
    }
    return block->bytes;
}

static void *take_piece(struct arena *arena, size_t size) {
    if (size > SIZE_MAX - sizeof(struct arena_block) - alignof(max_align_t))
        return NULL;
    size_t padded = (size + alignof(max_align_t) - 1) & ~(alignof(max_align_t) - 1);
    struct arena_block *current = arena->blocks;
    if (current != NULL && padded <= current->capacity - current->used) {
        void *piece = current->bytes + current->used;
        current->used += padded;
        return piece;
    }
    if (padded > BLOCK_LARGEST / 2)
        return take_large(arena, padded);
    size_t capacity = current == NULL ? BLOCK_FIRST : current->capacity * 2;
    if (capacity > BLOCK_LARGEST)
        capacity = BLOCK_LARGEST;
    while (capacity < padded)
        capacity *= 2;
    struct arena_block *block = malloc(sizeof(*block) + capacity);
    if (block == NULL)
        return NULL;
    block->next = current;
    block->capacity = capacity;
    block->used = padded;
    arena->blocks = block;
    return block->bytes;
}

#endif

bool arena_failed(const struct arena *arena) {
    return arena->failed;
}

/* As arena_alloc, but not zeroed. */
static void *take(struct arena *arena, size_t size) {
    if (arena->failed)
        return NULL;
    size_t room = arena->ceiling == 0 ? SIZE_MAX - arena->used : arena->ceiling - arena->used;
    void *piece = size > room ? NULL : take_piece(arena, size);
    if (piece == NULL) {
        arena->failed = true;
        return NULL;
    }
    arena->used += size;
    return piece;
}

void *arena_alloc(struct arena *arena, size_t size) {
    void *piece = take(arena, size);
    return piece == NULL || size == 0 ? piece : memset(piece, 0, size);
}

void *arena_alloc_array(struct arena *arena, size_t count, size_t size) {
    if (size != 0 && count > SIZE_MAX / size) {
        arena->failed = true;
        return NULL;
    }
    return arena_alloc(arena, count * size);
}

struct span arena_copy(struct arena *arena, struct span span) {
    if (span.length == SIZE_MAX) {
        arena->failed = true;
        return (struct span){NULL, 0};
    }
    char *copy = take(arena, span.length + 1);
    if (copy == NULL)
        return (struct span){NULL, 0};
    if (span.length > 0)
        memcpy(copy, span.data, span.length);
    copy[span.length] = '\0';
    return (struct span){copy, span.length};
}

struct span arena_print(struct arena *arena, const char *format, ...) {
    char small[PRINT_STACK];
    va_list arguments;
    va_start(arguments, format);
    int length = vsnprintf(small, sizeof(small), format, arguments);
    va_end(arguments);
    if (length < 0) {
        arena->failed = true;
        return (struct span){NULL, 0};
    }
    if ((size_t)length < sizeof(small))
        return arena_copy(arena, (struct span){small, (size_t)length});
    char *text = take(arena, (size_t)length + 1);
    if (text == NULL)
        return (struct span){NULL, 0};
    va_start(arguments, format);
    length = vsnprintf(text, (size_t)length + 1, format, arguments);
    va_end(arguments);
    return (struct span){text, (size_t)length};
}

void *arena_push(struct arena *arena, void **items, size_t *count, size_t *capacity, size_t size) {
    /* The pointer is of another type at the caller's, so it is read and written as bytes. */
    char *array;
    memcpy(&array, items, sizeof(array));
    if (*count == *capacity) {
        size_t grown = *capacity == 0 ? 8 : *capacity * 2;
        if (grown < *capacity || (size != 0 && grown > SIZE_MAX / size)) {
            arena->failed = true;
            return NULL;
        }
        char *larger = take(arena, grown * size);
        if (larger == NULL)
            return NULL;
        if (*count > 0)
            memcpy(larger, array, *count * size);
        array = larger;
        memcpy(items, &array, sizeof(array));
        *capacity = grown;
    }
    char *place = array + *count * size;
    memset(place, 0, size);
    (*count)++;
    return place;
}
