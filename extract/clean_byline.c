#include <string.h>

#include "base/hash.h"
#include "base/utf8.h"
#include "extract/clean_meta.h"
#include "extract/lexicon.h"

enum {
    BYLINE_WORDS_MAX = 24,
    NAME_WORDS_MAX = 5,
    NAME_WORDS_MIN = 2,
};

static const char role_words[] =
    "staff|writer|writers|reporter|reporters|correspondent|correspondents|editor|editors|senior|chief|special|"
    "contributor|columnist|bureau|agency|desk|team|journalist|political|foreign|business|sports|sport|our|in|"
    "for|at|and|the|health|science|court|city|education|environment|agencies|wire|economics|culture";
static const char name_ends[] = "published|updated|posted|for|in|at|of|on|from|the|staff|special|with|senior|chief|our|is|writes";
static const char particles[] = "de|da|do|dos|del|della|di|du|la|le|van|von|der|den|ter|ten|bin|bint|ibn|al|el|ben|y|e|of";

/* What stands between two words. */
static struct span gap_behind(const struct unit *unit, size_t index) {
    size_t end = index + 1 < unit->word_kept ? unit->words[index + 1].start : unit->text.length;
    return span_slice(unit->text, unit->words[index].end, end);
}

static bool is_joining_gap(struct span gap) {
    return span_equal(gap, SPAN(" ")) || span_equal(gap, SPAN(". ")) || span_equal(gap, SPAN(".")) || span_equal(gap, SPAN("-"));
}

static bool is_calendar(const struct word *word) {
    return (lexicon_classes_of_hash(hash_bytes(word->lower)) & LEXICON_CALENDAR) != 0;
}

static bool is_name_word(const struct word *word) {
    return word->capital && word->lower.length > 0 && !word_is(word, name_ends) && !is_calendar(word);
}

/* The index behind the name that begins at first; first where there is none. */
static size_t name_end(const struct unit *unit, size_t first) {
    size_t at = first, last = first;
    while (at < unit->word_kept && at - first < NAME_WORDS_MAX) {
        const struct word *word = &unit->words[at];
        bool particle = at > first && !word->capital && word_is(word, particles);
        if (!particle && !is_name_word(word))
            break;
        at++;
        if (!particle)
            last = at;
        if (!is_joining_gap(gap_behind(unit, at - 1)))
            break;
    }
    return last - first >= NAME_WORDS_MIN ? last : first;
}

/* "ANN EXAMPLE" as "Ann Example"; mixed case stays. */
static struct span calm_capitals(struct arena *arena, struct span name) {
    for (size_t at = 0, step; at < name.length; at += step)
        if (utf8_class_of(utf8_decode(name, at, &step)) == UTF8_LOWER)
            return name;
    char *out = arena_alloc(arena, name.length * 2);
    size_t length = 0;
    bool begins = true;
    if (!out)
        return name;
    for (size_t at = 0, step; at < name.length; at += step) {
        uint32_t c = utf8_decode(name, at, &step);
        length += utf8_encode(begins ? c : utf8_lower(c), out + length);
        begins = !utf8_is_letter(c);
    }
    return (struct span){out, length};
}

void byline_add(struct arena *arena, struct span name, struct authors *authors) {
    name = calm_capitals(arena, name);
    for (size_t i = 0; i < authors->count; i++)
        if (span_equal(authors->items[i], name))
            return;
    if (authors->count < BYLINE_NAMES)
        authors->items[authors->count++] = name;
}

/* Words before the names: "By", "Written by", "Author:", "Reporting by"; 0 where it is no byline. */
static size_t lead_in(const struct unit *unit) {
    if (unit->word_kept < 2 || !unit->words[0].capital)
        return 0;
    if (unit_word_is(unit, 0, "by|author|authors|por|von|par"))
        return 1;
    bool verb = unit_word_is(unit, 0, "written|words|story|text|report|reported|reporting|posted|article");
    return verb && unit_word_is(unit, 1, "by") ? 2 : 0;
}

static bool is_behind_names(const struct unit *unit, size_t index) {
    const struct word *word = &unit->words[index];
    bool digit = word->lower.length > 0 && word->lower.data[0] >= '0' && word->lower.data[0] <= '9';
    return digit || is_calendar(word) || word_is(word, "editing|additional|writing") || word_is(word, name_ends) ||
           word_is(word, role_words);
}

bool byline_read(struct arena *arena, const struct unit *unit, struct authors *authors) {
    size_t at = lead_in(unit), found = 0;
    bool credits = unit_word_is(unit, 0, "reporting|written"); /* these close a story, as a sentence */
    if (at == 0 || unit->word_count > BYLINE_WORDS_MAX || (unit->ends_sentence && !credits))
        return false;
    if (unit_word_is(unit, at, role_words))
        return unit->word_count <= 4 && !unit_word_is(unit, at, "the|our|in|at|for|and");
    while (at < unit->word_kept) {
        size_t end = name_end(unit, at);
        if (end == at)
            break;
        struct span name = span_slice(unit->text, unit->words[at].start, unit->words[end - 1].end);
        found++;
        if (!outlet_is_named(name))
            byline_add(arena, name, authors);
        else if (found > 1)
            return true; /* "Ann Example, The Example Times" */
        at = end;
        while (at < unit->word_kept && unit_word_is(unit, at, "and|with|y|und|et"))
            at++;
    }
    return found > 0 && (at >= unit->word_kept || is_behind_names(unit, at));
}

bool byline_is_name(const struct unit *unit) {
    return unit->word_count >= NAME_WORDS_MIN && unit->word_count <= 4 && !unit->ends_sentence && !unit->ends_colon &&
           name_end(unit, 0) == unit->word_count && !outlet_is_named(unit->text);
}

bool byline_is_role(const struct unit *unit) {
    if (unit->word_count == 0 || unit->word_count > 6 || unit->ends_sentence)
        return false;
    bool role = false;
    for (size_t i = 0; i < unit->word_kept; i++) {
        bool known = word_is(&unit->words[i], role_words);
        role = role || (known && word_is(&unit->words[i], "writer|reporter|correspondent|editor|columnist|contributor|journalist"));
        if (!known && i + 1 == unit->word_kept && !role)
            return false;
    }
    return role;
}
