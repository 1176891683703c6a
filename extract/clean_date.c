#include <string.h>

#include "base/utf8.h"
#include "extract/clean_meta.h"

enum {
    LINE_WORDS_MAX = 20, /* of a date line, a byline and a reading time with it */
    OTHER_WORDS_MAX = 2, /* that are neither date nor label */
    DATE_WORDS_MAX = 8,  /* of what is tried as one date */
};

static const char labels[] =
    "published|posted|updated|last|modified|date|created|issued|released|on|at|first|publication|edited|filed|"
    "publié|le|veröffentlicht|am|publicado|el|опубликовано";
static const char weekdays[] = "monday|tuesday|wednesday|thursday|friday|saturday|sunday|mon|tue|tues|wed|thu|thur|thurs|fri|sat|sun";
static const char clock_words[] =
    "am|pm|a.m|p.m|gmt|utc|est|edt|cst|cdt|mst|mdt|pst|pdt|bst|cet|cest|msk|ist|jst|noon|midnight|h|hrs|o'clock|"
    "min|mins|minute|minutes|read";

static bool begins_with_digit(const struct word *word) {
    return word->lower.length > 0 && word->lower.data[0] >= '0' && word->lower.data[0] <= '9';
}

/* A word with four digits in a row that could be a year: "2024", "2024-03-01", "01.03.2024". */
static bool has_year(const struct word *word) {
    size_t run = 0;
    for (size_t i = 0; i <= word->lower.length; i++) {
        char c = i < word->lower.length ? word->lower.data[i] : 0;
        if (c >= '0' && c <= '9') {
            run++;
            continue;
        }
        if (run == 4 && (word->lower.data[i - 4] == '1' || word->lower.data[i - 4] == '2'))
            return true;
        run = 0;
    }
    return false;
}

/* The longest run of words around the year that reads as a date. */
static bool parse_around(const struct unit *unit, size_t year, size_t limit, struct moment *ret, size_t *ret_first, size_t *ret_last) {
    size_t earliest = year >= 4 ? year - 4 : 0;
    for (size_t first = earliest; first <= year; first++) {
        for (size_t last = first + DATE_WORDS_MAX; last > year; last--) {
            if (last > limit)
                continue;
            struct span text = span_slice(unit->text, unit->words[first].start, unit->words[last - 1].end);
            if (!time_parse(text, ret))
                continue;
            *ret_first = first;
            *ret_last = last;
            return true;
        }
    }
    return false;
}

static bool find_date(const struct unit *unit, size_t limit, struct moment *ret, size_t *ret_first, size_t *ret_last) {
    for (size_t i = 0; i < limit; i++)
        if (has_year(&unit->words[i]) && parse_around(unit, i, limit, ret, ret_first, ret_last))
            return true;
    return false;
}

static enum date_label label_of(const struct unit *unit, size_t first) {
    enum date_label label = DATE_PLAIN;
    for (size_t i = 0; i < first; i++) {
        if (word_is(&unit->words[i], "published|posted|publication|publié|veröffentlicht|publicado|опубликовано"))
            label = DATE_PUBLISHED;
        else if (word_is(&unit->words[i], "updated|modified|edited"))
            label = DATE_UPDATED;
    }
    return label;
}

bool date_line_read(const struct unit *unit, struct date_line *ret) {
    struct moment moment;
    size_t first, last, others = 0;
    if (unit->word_count > LINE_WORDS_MAX || unit->word_count == 0 || !find_date(unit, unit->word_kept, &moment, &first, &last))
        return false;
    for (size_t i = 0; i < unit->word_kept; i++) {
        const struct word *word = &unit->words[i];
        bool known = (i >= first && i < last) || begins_with_digit(word) || word_is(word, labels) || word_is(word, weekdays) ||
                     word_is(word, clock_words);
        if (i > last && has_year(word))
            last = i; /* "… | Updated March 2, 2024": all of it is dates */
        others +=
            !known && !(i >= last && word->capital && others == 0 && i + 1 < unit->word_kept && begins_with_digit(&unit->words[i + 1]));
    }
    if (others > OTHER_WORDS_MAX || (unit->ends_sentence && others > 0))
        return false;
    *ret = (struct date_line){moment, label_of(unit, first)};
    return true;
}

bool date_in_byline(const struct unit *unit, struct date_line *ret) {
    size_t first, last;
    if (!find_date(unit, unit->word_kept, &ret->moment, &first, &last))
        return false;
    ret->label = label_of(unit, first);
    return true;
}

enum { DATELINE_WORDS = 12, DATELINE_BYTES = 100 };

bool dateline_read(const struct unit *unit, struct moment *ret) {
    size_t limit = unit->word_kept < DATELINE_WORDS ? unit->word_kept : DATELINE_WORDS, first, last;
    if (limit < 4 || !find_date(unit, limit, ret, &first, &last) || first == 0 || !unit->words[0].capital)
        return false;
    struct span behind = span_slice(unit->text, unit->words[last - 1].end, DATELINE_BYTES);
    bool dash = span_find(behind, SPAN("\u2014"), 0) != SIZE_MAX || span_find(behind, SPAN("\u2013"), 0) != SIZE_MAX ||
                span_find(behind, SPAN(" - "), 0) != SIZE_MAX || span_find(behind, SPAN("--"), 0) != SIZE_MAX;
    size_t step;
    uint32_t second = utf8_decode(unit->text, unit->words[0].start + 1, &step);
    return dash && utf8_class_of(second) == UTF8_UPPER;
}
