#include "extract/clean_title.h"

#include "extract/clean_furniture.h"
#include "extract/clean_story.h"

enum {
    TITLE_WORDS_MIN = 2,
    TITLE_WORDS_MAX = 40,
    TITLE_BYTES_MAX = 400, /* longer lines are paragraphs */
    SHARED_MAX = 4,        /* shared words say no more beyond these */
    STORY_LOOKED_AT = 4,   /* paragraphs: a headline's words stand in the first ones */
    CONTENT_BYTES_MIN = 4, /* shorter words are in every text */
};

size_t title_story_start(const struct units *units) {
    size_t i = 0;
    while (i < units->count && units->items[i].role != ROLE_STORY)
        i++;
    return i;
}

static bool has_word(const struct unit *unit, struct span lower, bool common_only) {
    for (size_t i = 0; i < unit->word_kept; i++)
        if (span_equal(unit->words[i].lower, lower) && !(common_only && unit->words[i].capital))
            return true;
    return false;
}

int title_shared_words(const struct units *units, const struct unit *line, size_t story_start, bool common_only) {
    int shared = 0;
    for (size_t i = 0; i < line->word_kept && shared < SHARED_MAX; i++) {
        if (line->words[i].lower.length < CONTENT_BYTES_MIN)
            continue;
        size_t looked_at = 0;
        for (size_t j = story_start; j < units->count && looked_at < STORY_LOOKED_AT; j++) {
            if (units->items[j].role != ROLE_STORY || &units->items[j] == line)
                continue;
            looked_at++;
            if (has_word(&units->items[j], line->words[i].lower, common_only)) {
                shared++;
                break;
            }
        }
    }
    return shared;
}

/* Points for a line that could be a headline; 0 where it cannot. */
static int title_points(const struct units *units, size_t index, size_t story_start) {
    const struct unit *unit = &units->items[index];
    bool statement = unit->ends_sentence && !unit->exclaims && unit->text.data[unit->text.length - 1] == '.';
    bool heading = unit->kind == BLOCK_HEADING;
    if (unit->word_count < TITLE_WORDS_MIN || unit->word_count > TITLE_WORDS_MAX || unit->text.length > TITLE_BYTES_MAX)
        return 0;
    if (unit->meta || unit->evidence >= EVIDENCE_EDGE || unit->ends_colon || unit->bulleted || (statement && !heading))
        return 0;
    int points = 1 + (heading ? 4 : 0) + title_shared_words(units, unit, story_start, false);
    points += unit->word_count >= 5 ? 3 : unit->word_count >= 3 ? 1 : 0;
    return points - (int)unit->separators;
}

/* A headline that ends in a question or a cry was taken for the story's first sentence. */
static bool is_story_title(const struct units *units, size_t start) {
    const struct unit *unit = &units->items[start];
    char last = unit->text.data[unit->text.length - 1];
    if (unit->word_count > TITLE_WORDS_MAX / 2 || unit->speech > 0 || last == '.')
        return false;
    size_t prose = 0;
    for (size_t i = start + 1; i < units->count && prose == 0; i++)
        prose += units->items[i].role == ROLE_STORY && units->items[i].word_count > unit->word_count;
    return prose > 0;
}

int title_find(const struct units *units) {
    size_t start = title_story_start(units);
    if (start == units->count)
        return TITLE_NONE;
    int best = TITLE_NONE, best_points = 0;
    for (size_t i = 0; i < start; i++) {
        int points = title_points(units, i, start);
        if (points > best_points) {
            best_points = points;
            best = (int)i;
        }
    }
    /* A line of two words that shares nothing with the story is a section's name. */
    if (best_points > 2)
        return best;
    return is_story_title(units, start) && title_points(units, start, start) > 2 ? (int)start : TITLE_NONE;
}

static struct span without_article(struct span name) {
    return span_equal_ignore_case(span_slice(name, 0, 4), SPAN("the ")) ? span_slice(name, 4, name.length) : name;
}

struct span title_without_outlet(struct span title, struct span outlet) {
    static const struct span signs[] = {SPAN_INIT(" | "), SPAN_INIT(" - "), SPAN_INIT(" \u2013 "), SPAN_INIT(" \u2014 ")};
    if (outlet.length == 0)
        return title;
    for (size_t i = 0; i < sizeof(signs) / sizeof(signs[0]); i++) {
        size_t last = SIZE_MAX;
        for (size_t at = 0; (at = span_find(title, signs[i], at)) != SIZE_MAX; at++)
            last = at;
        if (last == SIZE_MAX || last == 0)
            continue;
        struct span tail = span_slice(title, last + signs[i].length, title.length);
        if (span_equal_ignore_case(without_article(tail), without_article(outlet)))
            return span_trim(span_slice(title, 0, last));
    }
    return title;
}
