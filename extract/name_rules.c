#include "extract/name_rules.h"

enum {
    VOTES_NEEDED = 2,  /* fewer are a guess */
    VOTES_CERTAIN = 8, /* a lead of so many is as good as it gets */
};

float name_run_type(const struct name_run *run, enum entity_type *ret) {
    int best = 0, second = run->other;
    for (int type = 1; type < ENTITY_TYPE_COUNT; type++)
        if (run->votes[type] > run->votes[best])
            best = type;
    for (int type = 0; type < ENTITY_TYPE_COUNT; type++)
        if (type != best && run->votes[type] > second)
            second = run->votes[type];
    int needed = run->doubtful ? VOTES_NEEDED + 2 : VOTES_NEEDED;
    if (run->votes[best] < needed || run->votes[best] <= run->other)
        return 0;
    *ret = (enum entity_type)best;
    int lead = run->votes[best] - second;
    lead = lead < 0 ? 0 : lead > VOTES_CERTAIN ? VOTES_CERTAIN : lead;
    return 0.5F + 0.5F * (float)lead / VOTES_CERTAIN;
}

static enum result collect(struct arena *arena, const struct name_runs *runs, struct names *ret) {
    struct name *items = arena_alloc_array(arena, runs->count, sizeof(*items));
    size_t count = 0;
    if (!items)
        return RESULT_MEMORY;
    for (size_t i = 0; i < runs->count; i++) {
        const struct name_run *run = &runs->items[i];
        enum entity_type type = ENTITY_PERSON;
        float score = name_run_type(run, &type);
        if (score > 0)
            items[count++] = (struct name){run->first, run->last, type, score};
    }
    *ret = (struct names){items, count};
    return RESULT_OK;
}

enum result name_rules_find(struct arena *arena, const struct tokens *tokens, const struct sentences *sentences, struct names *ret) {
    struct name_work work;
    struct name_runs runs = {0};
    enum result result = name_work_make(arena, tokens, sentences, &work);
    for (size_t i = 0; i < sentences->count && result == RESULT_OK; i++)
        result = name_runs_cut(&work, i, &runs);
    if (result != RESULT_OK)
        return result;
    for (size_t i = 0; i < runs.count; i++)
        name_run_vote(&work, &runs.items[i]);
    result = name_runs_agree(&work, &runs);
    return result == RESULT_OK ? collect(arena, &runs, ret) : result;
}
