#include "extract/about.h"

enum { ABOUT_MAX = 24 }; /* more names than that are a list, not a subject; keeps the search for repeats short */

struct subjects {
    int items[ABOUT_MAX];
    size_t count;
};

/* Index of the first mention that ends behind the token. */
static size_t mention_from(const struct entities *entities, size_t token) {
    size_t low = 0, high = entities->mention_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (entities->mentions[middle].last <= token)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static void add(struct subjects *subjects, int entity, int speaker) {
    if (entity == speaker || subjects->count == ABOUT_MAX)
        return;
    for (size_t i = 0; i < subjects->count; i++)
        if (subjects->items[i] == entity)
            return;
    subjects->items[subjects->count++] = entity;
}

static void add_range(struct subjects *subjects, const struct entities *entities, struct range tokens, bool pronouns, int speaker) {
    for (size_t i = mention_from(entities, tokens.start); i < entities->mention_count; i++) {
        const struct entity_mention *mention = &entities->mentions[i];
        if (mention->first >= tokens.end || subjects->count == ABOUT_MAX)
            return;
        if (mention->form != MENTION_PRONOUN || pronouns)
            add(subjects, mention->entity, speaker);
    }
}

enum result about_find(struct arena *arena, const struct entities *entities, struct range reported, struct range quoted, int speaker,
                       const int **ret, size_t *ret_count) {
    struct subjects subjects = {.count = 0};
    add_range(&subjects, entities, reported, true, speaker);
    /* a pronoun inside the marks is seen from the speaker, not from the story */
    add_range(&subjects, entities, quoted, false, speaker);
    int *items = arena_alloc_array(arena, subjects.count, sizeof *items);
    if (!items)
        return RESULT_MEMORY;
    for (size_t i = 0; i < subjects.count; i++)
        items[i] = subjects.items[i];
    *ret = items;
    *ret_count = subjects.count;
    return RESULT_OK;
}
