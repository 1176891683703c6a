#include "extract/clean_story.h"

#include <string.h>

#include "extract/clean_furniture.h"

/* A Viterbi walk (A. J. Viterbi, "Error bounds for convolutional codes", 1967) over a handful of states: each unit gives each state some
   points, and changing the state costs some. So a paragraph is not judged alone: a clean one between two appeals goes with them, and an
   unlucky word between two paragraphs of the story does no harm. Time and memory are linear in the units. */

enum state { STATE_BEFORE, STATE_STORY, STATE_AFTER, STATE_LETTER, STATE_SIGNUP, STATE_RELATED, STATE_COMMENTS, STATE_BIO };
enum { STATE_COUNT = 8 };
#define UNREACHED (INT64_MIN / 4)

/* What coming back to the story costs: about two clean paragraphs after a letter, one after a sign-up box, a whole story after comments. */
static const int64_t return_costs[STATE_COUNT] = {
    [STATE_BEFORE] = 0,   [STATE_AFTER] = -UNREACHED, [STATE_LETTER] = 110, [STATE_SIGNUP] = 30,
    [STATE_RELATED] = 60, [STATE_COMMENTS] = 400,     [STATE_BIO] = 60,
};
enum {
    LEAVE_COST = 5,         /* from the story to what stands behind it */
    OTHER_BOX_COST = 30,    /* staying in one box where another opens */
    SHORT_RETURN_COST = 60, /* more for coming back with a short sentence: boxes have many */
};

static const enum clean_why state_whys[STATE_COUNT] = {
    [STATE_BEFORE] = WHY_OUTSIDE,  [STATE_AFTER] = WHY_OUTSIDE,     [STATE_LETTER] = WHY_LETTER, [STATE_SIGNUP] = WHY_NEWSLETTER,
    [STATE_RELATED] = WHY_RELATED, [STATE_COMMENTS] = WHY_COMMENTS, [STATE_BIO] = WHY_BIO,
};

static enum state section_state(enum section section) {
    switch (section) {
    case SECTION_LETTER:
        return STATE_LETTER;
    case SECTION_SIGNUP:
        return STATE_SIGNUP;
    case SECTION_RELATED:
        return STATE_RELATED;
    case SECTION_COMMENTS:
        return STATE_COMMENTS;
    case SECTION_BIO:
        return STATE_BIO;
    case SECTION_NONE:
        break;
    }
    return STATE_STORY;
}

/* ---- points ---- */

enum {
    PROSE_WORD = 10,  /* "Yes." */
    PROSE_SHORT = 20, /* five words or more */
    PROSE_LONG = 40,  /* twelve */
    PROSE_MOST = 70,
    ADDRESS = 10,        /* what a box has more than the story from prose that speaks to the reader: it never leads out of the box */
    UNMARKED_PROSE = 20, /* words from which a line without a sentence's end is prose all the same */
};

int story_prose(const struct unit *unit) {
    size_t words = unit->word_count;
    bool sentence = unit->ends_sentence || (unit->ends_colon && words >= 5) || words >= UNMARKED_PROSE;
    if (!sentence)
        return 0;
    int prose = words >= 12 ? PROSE_LONG + (int)(words < 72 ? (words - 12) / 2 : 30) : words >= 5 ? PROSE_SHORT : PROSE_WORD;
    if (unit->speech > 0 && unit->quoted > 0)
        prose += 20;
    return prose < PROSE_MOST ? prose : PROSE_MOST;
}

struct points {
    int prose;      /* story_prose of what is neither furniture nor a date, byline or credit */
    bool edge;      /* furniture where it stands before or behind the story */
    bool core;      /* furniture anywhere */
    bool teaser;    /* short prose below a line that could be a link */
    bool links;     /* one of many short lines in a row: a menu, a list of links */
    bool list;      /* an item of a list, or the line above it */
    bool addresses; /* speaks to the reader, or as "we" */
    bool near;      /* furniture stands a few units before it … */
    bool between;   /* … or somewhat further away, before or behind */
    enum section opens;
};

/* "Dear friends," above a letter that is the story: it asks for nothing, so it is no furniture. */
static bool is_salutation(const struct unit *unit) {
    return unit->furniture == WHY_LETTER && unit->evidence == 0;
}

static struct points points_of(const struct unit *unit, const struct unit *previous) {
    struct points points = {.edge = unit->evidence >= EVIDENCE_EDGE, .core = unit->evidence >= EVIDENCE_CORE};
    points.prose = points.edge || unit->meta ? 0 : story_prose(unit);
    points.addresses = unit->we > 0 || unit->you > 0;
    points.teaser = points.prose > 0 && unit->word_count <= 30 && unit->quoted == 0 && previous && story_prose(previous) == 0;
    points.list = unit->bulleted || unit->ends_colon || is_salutation(unit);
    points.opens = unit->opens;
    return points;
}

/* Passing by an opened box without stepping in; a letter that asks for something is never passed by. */
enum { PASS_BOX = -30, PASS_LETTER = -100 };

static int story_points(const struct points *points) {
    if (points->opens != SECTION_NONE)
        return points->opens == SECTION_LETTER ? PASS_LETTER : PASS_BOX;
    if (points->core)
        return 0;
    if (points->edge)
        return -10;
    if (points->prose > 0)
        return points->prose;
    return points->list ? 3 : points->links ? -6 : -1;
}

static int points_in(enum state state, const struct points *points) {
    if (state == STATE_STORY)
        return story_points(points);
    if (points->edge)
        return 10;
    if (points->prose == 0 && state > STATE_AFTER)
        return 1; /* so that the lines of a box count as the box's */
    if (state == STATE_BEFORE || state == STATE_AFTER || points->prose == 0)
        return -points->prose;
    if (state == STATE_RELATED && points->teaser)
        return points->prose - 10;
    /* Only beside furniture: a story may be told to the reader, too. */
    bool address = points->addresses && (state == STATE_LETTER ? points->between : points->near);
    return address ? points->prose + ADDRESS : -points->prose / 2;
}

/* ---- the walk ---- */

static int64_t step_cost(enum state from, enum state to, const struct points *points) {
    if (from == to)
        return points->opens != SECTION_NONE && from > STATE_AFTER && section_state(points->opens) != from ? OTHER_BOX_COST : 0;
    if (to == STATE_STORY)
        return return_costs[from] + (from > STATE_AFTER && points->prose < PROSE_LONG ? SHORT_RETURN_COST : 0);
    if (to == STATE_AFTER)
        return from == STATE_STORY ? LEAVE_COST : -UNREACHED;
    if (to == STATE_BEFORE)
        return -UNREACHED;
    return section_state(points->opens) == to ? 0 : -UNREACHED;
}

static void step(const int64_t before[STATE_COUNT], const struct points *points, int64_t after[STATE_COUNT], uint8_t from[STATE_COUNT]) {
    for (int to = 0; to < STATE_COUNT; to++) {
        int64_t best = UNREACHED;
        from[to] = (uint8_t)to;
        for (int state = 0; state < STATE_COUNT; state++) {
            int64_t cost = step_cost((enum state)state, (enum state)to, points);
            if (before[state] <= UNREACHED || cost >= -UNREACHED)
                continue;
            int64_t sum = before[state] - cost;
            if (sum > best || (sum == best && state == to)) {
                best = sum;
                from[to] = (uint8_t)state;
            }
        }
        after[to] = best <= UNREACHED ? UNREACHED : best + points_in((enum state)to, points);
    }
}

/* A letter is a box only if it asks for something: with an appeal, a newsletter or a payment in it or soon behind it. Else it may be the
   story. */
enum { LETTER_REACH = 15 };

static bool letter_asks(const struct units *units, size_t at) {
    for (size_t i = at + 1; i < units->count && i <= at + LETTER_REACH; i++) {
        const struct unit *unit = &units->items[i];
        bool asks = unit->furniture == WHY_APPEAL || unit->furniture == WHY_NEWSLETTER || unit->furniture == WHY_SUBSCRIPTION ||
                    unit->furniture == WHY_PAYMENT;
        if (asks && unit->evidence >= EVIDENCE_EDGE)
            return true;
    }
    return false;
}

static void spare_salutations(struct units *units) {
    for (size_t i = 0; i < units->count; i++) {
        struct unit *unit = &units->items[i];
        if (unit->furniture == WHY_LETTER && unit_word_is(unit, 0, "dear") && !letter_asks(units, i))
            unit->evidence = 0;
    }
}

/* How far from furniture an address to the reader is still its own, in units: in a box, and in a letter. */
enum { NEAR = 3, BETWEEN = 6 };

struct distances {
    size_t since;   /* units since the last furniture */
    size_t next;    /* index of the next furniture, or of the end */
    size_t run_end; /* of the short lines in a row */
    bool in_links;  /* they are many */
};

/* So many short lines in a row are no subheadings. */
enum { LINKS_MIN = 7 };

/* A line as menus have them: no sentence, no item of a list, no figures, as results and prices have. */
static bool is_link_like(const struct unit *unit) {
    if (story_prose(unit) > 0 || unit->bulleted)
        return false;
    for (size_t i = 0; i < unit->word_kept; i++)
        if (unit->words[i].lower.length > 0 && unit->words[i].lower.data[0] >= '0' && unit->words[i].lower.data[0] <= '9')
            return unit->evidence >= EVIDENCE_EDGE;
    return true;
}

static void measure_run(struct distances *distances, const struct units *units, size_t at, struct points *points) {
    if (distances->run_end <= at) {
        size_t end = at;
        while (end < units->count && is_link_like(&units->items[end]))
            end++;
        distances->in_links = end - at >= LINKS_MIN;
        distances->run_end = end > at ? end : at + 1;
        if (distances->in_links && points->opens == SECTION_NONE)
            points->opens = SECTION_RELATED;
    }
    points->links = distances->in_links;
}

static void measure(struct distances *distances, const struct units *units, size_t at, struct points *points) {
    while (distances->next < units->count && (distances->next <= at || units->items[distances->next].evidence < EVIDENCE_EDGE))
        distances->next++;
    distances->since = points->edge ? 0 : distances->since + 1;
    points->near = distances->since <= NEAR;
    points->between = distances->since <= BETWEEN || (distances->next < units->count && distances->next - at <= BETWEEN);
}

static enum result walk(struct arena *arena, const struct units *units, bool boxes, uint8_t *ret_states) {
    uint8_t(*from)[STATE_COUNT] = arena_alloc_array(arena, units->count, sizeof(*from));
    if (!from)
        return RESULT_MEMORY;
    int64_t sums[STATE_COUNT];
    for (int i = 0; i < STATE_COUNT; i++)
        sums[i] = i == STATE_BEFORE ? 0 : UNREACHED;
    struct distances distances = {.since = BETWEEN};
    for (size_t i = 0; i < units->count; i++) {
        struct points points = points_of(&units->items[i], i > 0 ? &units->items[i - 1] : NULL);
        if (!boxes || (points.opens == SECTION_LETTER && !letter_asks(units, i)))
            points.opens = SECTION_NONE;
        measure(&distances, units, i, &points);
        if (boxes)
            measure_run(&distances, units, i, &points);
        int64_t after[STATE_COUNT];
        step(sums, &points, after, from[i]);
        memcpy(sums, after, sizeof(sums));
    }
    int best = STATE_BEFORE;
    for (int i = 0; i < STATE_COUNT; i++)
        best = sums[i] > sums[best] ? i : best;
    for (size_t i = units->count; i-- > 0;) {
        ret_states[i] = (uint8_t)best;
        best = from[i][best];
    }
    return RESULT_OK;
}

/* ---- from states to roles ---- */

static void drop(struct unit *unit, enum clean_why fallback) {
    unit->role = ROLE_DROPPED;
    unit->why = unit->meta ? unit->meta : unit->evidence >= EVIDENCE_EDGE ? unit->furniture : fallback;
    if (unit->why == WHY_OUTSIDE && story_prose(unit) == 0)
        unit->why = WHY_SHORT;
}

static size_t label(struct units *units, const uint8_t *states) {
    size_t prose = 0;
    for (size_t i = 0; i < units->count; i++) {
        struct unit *unit = &units->items[i];
        unit->role = ROLE_STORY;
        unit->why = WHY_NONE;
        if (states[i] != STATE_STORY)
            drop(unit, state_whys[states[i]]);
        else if (unit->evidence >= EVIDENCE_CORE || (unit->meta && unit->meta_sure))
            drop(unit, unit->furniture);
        else
            prose += story_prose(unit) >= PROSE_LONG;
    }
    return prose;
}

/* Between the last clean sentence and what stands behind it, weaker evidence is enough. */
static bool is_loose(const struct unit *unit) {
    bool all_quoted = unit->quoted >= 3 && unit->quoted == unit->word_kept;
    return unit->evidence >= EVIDENCE_EDGE || unit->meta ||
           (!is_salutation(unit) && story_prose(unit) == 0 && !unit->bulleted && !all_quoted);
}

static void trim(struct units *units) {
    size_t first = 0, last = units->count;
    while (first < last && (units->items[first].role != ROLE_STORY || is_loose(&units->items[first])))
        first++;
    while (last > first && (units->items[last - 1].role != ROLE_STORY || is_loose(&units->items[last - 1])))
        last--;
    if (first == last)
        return; /* nothing but loose ends: a text that is one line */
    for (size_t i = 0; i < units->count; i++)
        if ((i < first || i >= last) && units->items[i].role == ROLE_STORY)
            drop(&units->items[i], WHY_OUTSIDE);
}

/* No sentence anywhere: everything that is no furniture is the story. */
static void keep_lines(struct units *units) {
    for (size_t i = 0; i < units->count; i++) {
        struct unit *unit = &units->items[i];
        unit->role = ROLE_STORY;
        unit->why = WHY_NONE;
        if (unit->evidence >= EVIDENCE_EDGE || unit->meta)
            drop(unit, WHY_SHORT);
    }
}

enum result story_find(struct arena *arena, struct units *units) {
    uint8_t *states = arena_alloc(arena, units->count);
    if (!states)
        return RESULT_MEMORY;
    spare_salutations(units);
    enum result result = walk(arena, units, true, states);
    if (result)
        return result;
    if (label(units, states) == 0) { /* no paragraph outside the boxes: then what a box holds is the story */
        result = walk(arena, units, false, states);
        if (result)
            return result;
        label(units, states);
    }
    trim(units);
    for (size_t i = 0; i < units->count; i++)
        if (units->items[i].role == ROLE_STORY)
            return RESULT_OK;
    keep_lines(units);
    return RESULT_OK;
}
