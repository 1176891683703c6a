#include "extract/name_spread.h"

#include "base/hash.h"
#include "extract/lexicon.h"

enum { SPREAD_TOKENS_MAX = 4 }; /* longer names are rarely missed and rarely repeated */

/* Sums of the tagger's scores, from 0 to 1 a place; tried on the development sets. */
static const float SPREAD_NEEDED = 0.9F;   /* for a place that the tagger passed by */
static const float RETYPE_LEAD = 1.5F;     /* by so much another type must lead to overrule a place */
static const float LAST_NAME_WORTH = 0.8F; /* of a full name's score, for its last word alone */

struct form {
    uint64_t key; /* 0: free */
    float votes[ENTITY_TYPE_COUNT];
};

struct forms {
    struct form *slots;
    size_t mask;
};

static struct form *form_of(const struct forms *forms, uint64_t key) {
    key |= 1;
    size_t at = (size_t)(key >> 5) & forms->mask;
    while (forms->slots[at].key && forms->slots[at].key != key)
        at = (at + 1) & forms->mask;
    return &forms->slots[at];
}

static uint64_t key_of(const struct tokens *tokens, size_t first, size_t last) {
    uint64_t key = 0;
    for (size_t i = first; i < last; i++)
        key = hash_combine(key, tokens->items[i].lower);
    return key;
}

static void vote(const struct forms *forms, uint64_t key, enum entity_type type, float worth) {
    struct form *form = form_of(forms, key);
    form->key = key | 1;
    form->votes[type] += worth;
}

static enum result collect(struct arena *arena, const struct tokens *tokens, const struct names *found, struct forms *ret) {
    size_t capacity = 16;
    while (capacity < found->count * 4)
        capacity *= 2;
    ret->slots = arena_alloc_array(arena, capacity, sizeof *ret->slots);
    ret->mask = capacity - 1;
    if (!ret->slots)
        return RESULT_MEMORY;
    for (size_t n = 0; n < found->count; n++) {
        const struct name *name = &found->items[n];
        if (name->last - name->first <= SPREAD_TOKENS_MAX)
            vote(ret, key_of(tokens, name->first, name->last), name->type, name->score);
        if (name->type == ENTITY_PERSON && name->last - name->first >= 2)
            vote(ret, key_of(tokens, name->last - 1, name->last), ENTITY_PERSON, name->score * LAST_NAME_WORTH);
    }
    return RESULT_OK;
}

static enum entity_type favourite(const struct form *form) {
    int best = 0;
    for (int type = 1; type < ENTITY_TYPE_COUNT; type++)
        if (form->votes[type] > form->votes[best])
            best = type;
    return (enum entity_type)best;
}

static struct name retyped(const struct forms *forms, const struct tokens *tokens, struct name name) {
    if (name.last - name.first > SPREAD_TOKENS_MAX)
        return name;
    const struct form *form = form_of(forms, key_of(tokens, name.first, name.last));
    enum entity_type best = favourite(form);
    if (best != name.type && form->votes[best] > form->votes[name.type] * RETYPE_LEAD)
        name.type = best;
    return name;
}

static bool may_be_name(const struct tokens *tokens, size_t index) {
    const struct token *token = &tokens->items[index];
    return token->kind == TOKEN_WORD && (token->shape == SHAPE_CAPITAL || token->shape == SHAPE_UPPER || token->shape == SHAPE_MIXED) &&
           !(lexicon_classes_of_hash(token->lower) & (LEXICON_FUNCTION | LEXICON_COMMON | LEXICON_CALENDAR | LEXICON_DEMONYM));
}

/* The longest known name that begins at a token that no name covers, before limit. */
static bool missed_at(const struct forms *forms, const struct tokens *tokens, size_t index, size_t limit, struct name *ret) {
    uint64_t key = 0;
    bool found = false;
    if (!may_be_name(tokens, index))
        return false;
    for (size_t i = index; i < limit && i < index + SPREAD_TOKENS_MAX && tokens->items[i].paragraph == tokens->items[index].paragraph;
         i++) {
        key = hash_combine(key, tokens->items[i].lower);
        const struct form *form = form_of(forms, key);
        enum entity_type type = favourite(form);
        if (!form->key || form->votes[type] < SPREAD_NEEDED)
            continue;
        *ret = (struct name){(uint32_t)index, (uint32_t)i + 1, type, 0.5F};
        found = true;
    }
    return found;
}

enum result names_spread(struct arena *arena, const struct tokens *tokens, const struct names *found, struct names *ret) {
    struct forms forms;
    struct name *items = NULL;
    size_t count = 0, capacity = 0, at = 0;
    if (collect(arena, tokens, found, &forms) != RESULT_OK)
        return RESULT_MEMORY;
    for (size_t n = 0; n <= found->count; n++) {
        size_t limit = n < found->count ? found->items[n].first : tokens->count;
        for (struct name missed; at < limit; at++) {
            if (!missed_at(&forms, tokens, at, limit, &missed))
                continue;
            struct name *item = arena_push(arena, (void **)&items, &count, &capacity, sizeof *items);
            if (!item)
                return RESULT_MEMORY;
            *item = missed;
            at = missed.last - 1;
        }
        if (n == found->count)
            break;
        struct name *item = arena_push(arena, (void **)&items, &count, &capacity, sizeof *items);
        if (!item)
            return RESULT_MEMORY;
        *item = retyped(&forms, tokens, found->items[n]);
        at = found->items[n].last;
    }
    *ret = (struct names){items, count};
    return RESULT_OK;
}
