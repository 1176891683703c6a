#include "extract/entity.h"

#include "extract/entity_build.h"

/* Orders the entities by first mention, drops those whose only mentions a phrase has swallowed, and hands out what the caller needs. */

static struct span text_of(const struct entity_work *work, uint32_t first, uint32_t last) {
    return span_slice(work->tokens->text, work->tokens->items[first].start, work->tokens->items[last - 1].end);
}

/* A country has its English name, whichever of its names the story uses, so that all stories have one. */
static struct span name_of(const struct entity_work *work, const struct entity_build *build) {
    struct span text = text_of(work, build->first, build->last);
    if (build->type == ENTITY_PLACE && (lexicon_classes(text) & LEXICON_COUNTRY)) {
        struct span nation = lexicon_nation_name(lexicon_nation(text));
        if (nation.length > 0)
            return nation;
    }
    return text;
}

static bool entry_of(const struct entity_work *work, const struct entity_build *build, struct entity_entry *entry) {
    struct span *roles = arena_alloc_array(work->arena, build->role_count, sizeof(*roles));
    if (!roles)
        return false;
    for (size_t i = 0; i < build->role_count; i++)
        roles[i] = text_of(work, build->roles[i].first, build->roles[i].last);
    *entry = (struct entity_entry){
        .name = name_of(work, build),
        .type = build->type,
        .gender = build->gender,
        .roles = roles,
        .role_count = build->role_count,
    };
    return true;
}

static enum result hand_out(const struct entity_work *work, const struct entity_mention *mentions, size_t count, struct entities *ret) {
    struct entity_entry *entries = arena_alloc_array(work->arena, work->count, sizeof(*entries));
    struct entity_mention *renumbered = arena_alloc_array(work->arena, count, sizeof(*renumbered));
    int *numbers = arena_alloc_array(work->arena, work->count, sizeof(*numbers));
    size_t used = 0;
    if (!entries || !renumbered || !numbers)
        return RESULT_MEMORY;
    for (size_t i = 0; i < work->count; i++)
        numbers[i] = -1;
    for (size_t i = 0; i < count; i++) {
        int entity = mentions[i].entity;
        if (numbers[entity] < 0) {
            numbers[entity] = (int)used;
            if (!entry_of(work, &work->items[entity], &entries[used++]))
                return RESULT_MEMORY;
        }
        renumbered[i] = mentions[i];
        renumbered[i].entity = numbers[entity];
    }
    *ret = (struct entities){.items = entries, .count = used, .mentions = renumbered, .mention_count = count};
    return RESULT_OK;
}

enum result entities_link(struct arena *arena, const struct tokens *tokens, const struct stretches *stretches,
                          const struct sentences *sentences, const struct names *names, struct entities *ret) {
    struct entity_work work = {.arena = arena, .tokens = tokens, .stretches = stretches, .sentences = sentences, .names = names};
    uint32_t *classes = arena_alloc_array(arena, tokens->count + 1, sizeof(*classes));
    const struct entity_mention *mentions;
    size_t count;
    if (!classes)
        return RESULT_MEMORY;
    for (size_t i = 0; i < tokens->count; i++)
        classes[i] = tokens->items[i].kind == TOKEN_WORD ? lexicon_classes_of_hash(tokens->items[i].lower) : 0;
    work.classes = classes;
    enum result result = entity_link_names(&work);
    if (result != RESULT_OK)
        return result;
    result = entity_find_roles(&work);
    if (result != RESULT_OK)
        return result;
    result = coreference_resolve(&work, &mentions, &count);
    return result == RESULT_OK ? hand_out(&work, mentions, count, ret) : result;
}

int entity_in_tokens(const struct entities *entities, size_t first, size_t last) {
    size_t low = 0, high = entities->mention_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (entities->mentions[middle].first < last)
            low = middle + 1;
        else
            high = middle;
    }
    return low > 0 && entities->mentions[low - 1].last > first ? entities->mentions[low - 1].entity : -1;
}
