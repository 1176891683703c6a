#include <string.h>

#include "extract/clean_meta.h"

enum {
    CREDIT_WORDS_MAX = 12,
    PAIR_WORDS_MAX = 8, /* of "Name / Agency" */
    TOP_LEVEL_MAX = 8,  /* letters behind a domain's last dot */
};

static const char image_words[] =
    "photo|photos|photograph|photographs|picture|pictures|image|images|foto|credit|handout|illustration|graphic|"
    "bild|фото|file";
static const char agencies[] =
    "getty|reuters|afp|epa|shutterstock|istock|alamy|unsplash|xinhua|tass|anadolu|wikimedia|flickr|pexels|pixabay|"
    "zuma|magnum|sipa|imago|handout|bloomberg";

/* Without brackets and spaces around, and without punctuation behind. */
static struct span bare(struct span text) {
    for (;;) {
        text = span_trim(text);
        if (text.length == 0)
            return text;
        if (span_starts_with(text, SPAN("\u00A9")))
            text = span_slice(text, 2, text.length);
        else if (strchr("([:-|/", text.data[0]))
            text = span_slice(text, 1, text.length);
        else if (strchr(")].,|:", text.data[text.length - 1]))
            text = span_slice(text, 0, text.length - 1);
        else
            return text;
    }
}

/* "example.com" alone on its line. */
static bool is_domain(const struct unit *unit) {
    if (unit->word_count != 1 || unit->word_kept != 1 || unit->words[0].lower.length == 0)
        return false;
    struct span text = unit->words[0].lower;
    size_t dot = 0, dots = 0;
    for (size_t i = 0; i < text.length; i++) {
        unsigned char c = (unsigned char)text.data[i];
        if (c == '@' || c == '\'' || c == '&')
            return false;
        if (c == '.') {
            dot = i;
            dots++;
        }
    }
    size_t top = text.length - dot - 1;
    if (dots == 0 || dot < 2 || top < 2 || top > TOP_LEVEL_MAX)
        return false;
    for (size_t i = dot + 1; i < text.length; i++)
        if (text.data[i] >= '0' && text.data[i] <= '9')
            return false;
    return bare(unit->text).length == text.length;
}

/* "Ann Example / Agency": capitalised words on both sides of one slash. */
static bool is_pair(const struct unit *unit, struct span text) {
    size_t slash = span_find(text, SPAN("/"), 0);
    if (slash == SIZE_MAX || slash == 0 || slash + 1 == text.length || span_find(text, SPAN("/"), slash + 1) != SIZE_MAX)
        return false;
    size_t before = 0, behind = 0;
    for (size_t i = 0; i < unit->word_kept; i++) {
        const struct word *word = &unit->words[i];
        const char *place = unit->text.data + word->start;
        if (place < text.data || place >= text.data + text.length)
            continue;
        bool letter = word->lower.length > 0 && (word->lower.data[0] < '0' || word->lower.data[0] > '9');
        if (!letter || (!word->capital && !word_is(word, "of|the|and|de|for|via|van|von|press|office|service")))
            return false;
        if (place < text.data + slash)
            before++;
        else
            behind++;
    }
    return before > 0 && behind > 0 && before + behind <= PAIR_WORDS_MAX && before + behind >= 2;
}

/* The byte behind a label ("Photo:", "Image credit:", "Photo by", "Courtesy of") that begins at the word; 0 where there is none. */
static size_t label_end(const struct unit *unit, size_t at) {
    size_t first = at;
    while (at < unit->word_kept && at < first + 3 && word_is(&unit->words[at], image_words))
        at++;
    if (unit_word_is(unit, at, "courtesy")) {
        bool of = unit_word_is(unit, at + 1, "of");
        return unit->words[at + of].end;
    }
    if (at == first)
        return 0;
    if (unit_word_is(unit, at, "by|via"))
        return unit->words[at].end;
    size_t end = unit->words[at - 1].end;
    return end < unit->text.length && (unit->text.data[end] == ':' || unit->text.data[end] == '/') ? end + 1 : 0;
}

static bool has_agency(const struct unit *unit) {
    for (size_t i = 0; i < unit->word_kept; i++)
        if (unit->words[i].capital && word_is(&unit->words[i], agencies) && unit->capitals + 1 >= unit->word_count)
            return true;
    return false;
}

/* A caption's credit: labelled, or a pair in brackets, at the paragraph's end. */
static bool caption_credit(const struct unit *unit, struct span *ret) {
    size_t from = unit->word_kept > CREDIT_WORDS_MAX ? unit->word_kept - CREDIT_WORDS_MAX : 1;
    if (unit->word_kept != unit->word_count)
        return false;
    for (size_t i = from; i < unit->word_kept; i++) {
        char before = unit->words[i].start > 0 ? unit->text.data[unit->words[i].start - 1] : ' ';
        char previous = unit->words[i].start > 1 ? unit->text.data[unit->words[i].start - 2] : ' ';
        size_t end = unit->words[i].capital ? label_end(unit, i) : 0;
        bool starts = before == '(' || before == '[' || (before == ' ' && strchr(".|!?)\"", previous));
        if (end > 0 && starts && end < unit->text.length) {
            *ret = bare(span_slice(unit->text, end, unit->text.length));
            return ret->length > 0;
        }
        if ((before == '(' || before == '[') && is_pair(unit, bare(span_slice(unit->text, unit->words[i].start, unit->text.length)))) {
            *ret = bare(span_slice(unit->text, unit->words[i].start, unit->text.length));
            return true;
        }
    }
    return false;
}

bool credit_read(const struct unit *unit, struct span *ret, bool *ret_caption) {
    *ret_caption = false;
    if (unit->word_count == 0)
        return false;
    if (is_domain(unit)) {
        *ret = bare(unit->text);
        return true;
    }
    if (caption_credit(unit, ret)) {
        *ret_caption = true;
        return true;
    }
    if (unit->word_count > CREDIT_WORDS_MAX)
        return false;
    size_t end = label_end(unit, 0);
    *ret = bare(end > 0 ? span_slice(unit->text, end, unit->text.length) : unit->text);
    return ret->length > 0 && (end > 0 || (!unit->ends_sentence && (is_pair(unit, *ret) || has_agency(unit))));
}
