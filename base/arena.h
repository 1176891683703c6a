#ifndef QUOTED_BASE_ARENA_H
#define QUOTED_BASE_ARENA_H

/* An arena: pieces that all die together, one arena a request and one an article. An allocation that fails or passes the ceiling
   makes the arena fail for good (arena_failed) and returns NULL; callers that build much may check once at the end. With
   ARENA_DEBUG defined each piece is a malloc of its own, so that the sanitizers see every overrun. Not thread-safe: one owner at a time. */

#include "base/span.h"

struct arena_block;

struct arena {
    struct arena_block *blocks;
    size_t used;    /* bytes handed out */
    size_t ceiling; /* bytes that may be handed out */
    bool failed;
};

/* An empty arena; hands out at most ceiling bytes (0: no ceiling). Allocates nothing yet. */
void arena_init(struct arena *arena, size_t ceiling);
/* Frees all pieces; the arena is empty and usable again. */
void arena_done(struct arena *arena);
/* Forgets all pieces but keeps one block for the next round. */
void arena_reset(struct arena *arena);
bool arena_failed(const struct arena *arena);

/* size bytes aligned for any type, zeroed; size 0 gives a non-NULL pointer. NULL on failure. Borrowed until the arena is done or reset. */
void *arena_alloc(struct arena *arena, size_t size);
/* count elements of size bytes, zeroed, overflow checked. */
void *arena_alloc_array(struct arena *arena, size_t count, size_t size);
/* A copy of the bytes with a NUL behind them (not counted); the empty span with data NULL on failure. */
struct span arena_copy(struct arena *arena, struct span span);
/* printf into the arena. */
struct span arena_print(struct arena *arena, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Makes room for one more element in a growing arena array: *items has *count used of *capacity elements of size bytes. Returns the
   place of element *count and increments *count; NULL on failure. Growing doubles and leaves the old array to the arena. */
void *arena_push(struct arena *arena, void **items, size_t *count, size_t *capacity, size_t size);

#endif
