#include "extract/name_rules.h"

/* One story calls one thing by one name: what a run names is decided over all places at which its words stand, and a single word that is
   part of a known person's name names that person. */

enum {
    EVIDENCE_SURE = 5,  /* votes that make a run evidence for its words */
    EVIDENCE_VOTES = 5, /* what that evidence is worth to a run of one word */
    SHARED_VOTES_MAX = 24,
};

struct group {
    uint64_t key;
    int votes[ENTITY_TYPE_COUNT];
    int other;
    int count;
};

struct groups {
    struct group *slots;
    size_t mask;
};

static struct group *group_of(const struct groups *groups, uint64_t key) {
    key |= 1; /* 0 marks a free slot */
    for (size_t i = (key >> 1) & groups->mask;; i = (i + 1) & groups->mask) {
        if (groups->slots[i].key == 0)
            groups->slots[i].key = key;
        if (groups->slots[i].key == key)
            return &groups->slots[i];
    }
}

/* A sure person, organization or place of several words is evidence for each of its words. */
static void spread_evidence(const struct name_work *work, const struct name_runs *runs) {
    for (size_t i = 0; i < runs->count; i++) {
        const struct name_run *run = &runs->items[i];
        enum entity_type type = ENTITY_PERSON;
        if (run->last - run->first < 2 || name_run_type(run, &type) == 0 || run->votes[type] < EVIDENCE_SURE)
            continue;
        for (size_t token = run->first; token < run->last; token++) {
            struct name_word *word = name_word_of(work, work->tokens->items[token].lower);
            uint32_t vague = LEXICON_COUNTRY | LEXICON_DEMONYM | LEXICON_FUNCTION;
            if (type != ENTITY_PERSON)
                vague |= LEXICON_COMMON | LEXICON_ORGANIZATION_WORD | LEXICON_PLACE_WORD;
            if (word && !(work->classes[token] & vague) && work->styles[run->sentence] == STYLE_PROSE)
                word->evidence[type]++;
        }
    }
}

static void weigh_evidence(const struct name_work *work, struct name_run *run) {
    const struct name_word *word = name_word_of(work, work->tokens->items[run->last - 1].lower);
    if (!word || (run->last - run->first > 1 && word->evidence[ENTITY_PERSON] == 0))
        return;
    if (run->last - run->first > 1) {
        /* "Le Pen" after "Ada Le Pen" */
        const struct name_word *first = name_word_of(work, work->tokens->items[run->first].lower);
        run->votes[ENTITY_PERSON] += first && first->evidence[ENTITY_PERSON] > 0 ? EVIDENCE_VOTES : 0;
        return;
    }
    /* a common word at a sentence's begin is not yet somebody's name because somebody bears it */
    if (run->doubtful && word->inner_capital == 0 && (work->classes[run->first] & LEXICON_COMMON))
        return;
    if (word->evidence[ENTITY_PERSON] > 0)
        run->votes[ENTITY_PERSON] += EVIDENCE_VOTES;
    else if (work->classes[run->first] & LEXICON_CITY)
        run->votes[ENTITY_PLACE] += 3; /* a city's name that nobody bears here */
    else if (word->evidence[ENTITY_ORGANIZATION] > 0)
        run->votes[ENTITY_ORGANIZATION] += 2;
}

enum result name_runs_agree(const struct name_work *work, struct name_runs *runs) {
    struct groups groups;
    size_t size = 64;
    while (size < 2 * runs->count)
        size *= 2;
    groups.slots = arena_alloc_array(work->arena, size, sizeof(*groups.slots));
    groups.mask = size - 1;
    if (!groups.slots)
        return RESULT_MEMORY;
    spread_evidence(work, runs);
    for (size_t i = 0; i < runs->count; i++) {
        struct name_run *run = &runs->items[i];
        weigh_evidence(work, run);
        struct group *group = group_of(&groups, run->key);
        if (group->count >= SHARED_VOTES_MAX)
            continue;
        group->count++;
        group->other += run->other;
        for (int type = 0; type < ENTITY_TYPE_COUNT; type++)
            group->votes[type] += run->votes[type];
    }
    for (size_t i = 0; i < runs->count; i++) {
        struct name_run *run = &runs->items[i];
        const struct group *group = group_of(&groups, run->key);
        run->other = group->other / group->count;
        for (int type = 0; type < ENTITY_TYPE_COUNT; type++)
            run->votes[type] = (run->votes[type] + 3 * group->votes[type] / group->count) / 4 + (group->count > 1 && run->votes[type] > 0);
    }
    return RESULT_OK;
}
