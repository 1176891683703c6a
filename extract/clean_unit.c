#include "extract/clean_unit.h"

#include <string.h>

#include "base/utf8.h"

/* ---- from blocks to pieces: a block may still hold several lines ---- */

enum {
    WRAP_MIN = 45, /* bytes: a line that was broken because it was full is not shorter than this … */
    WRAP_MAX = 110 /* … nor longer */
};

static bool is_wrapped(struct span text) {
    struct span rest = text, line;
    while (span_split(&rest, '\n', &line)) {
        bool last = rest.data == NULL;
        size_t length = span_trim(line).length;
        if (length > WRAP_MAX || (!last && length < WRAP_MIN))
            return false;
    }
    return true;
}

static bool begins_lower(struct span line) {
    size_t step;
    return line.length > 0 && utf8_class_of(utf8_decode(line, 0, &step)) == UTF8_LOWER;
}

struct unit_list {
    struct arena *arena;
    bool whole;
    struct unit *items;
    size_t count;
    size_t capacity;
};

static enum result add_unit(struct unit_list *list, struct span text, enum block_kind kind) {
    struct unit unit;
    enum result result = unit_read(list->arena, text, kind, list->whole, &unit);
    if (result || unit.text.length == 0)
        return result;
    struct unit *place = arena_push(list->arena, (void **)&list->items, &list->count, &list->capacity, sizeof(unit));
    if (!place)
        return RESULT_MEMORY;
    *place = unit;
    return RESULT_OK;
}

/* Lines that stand on their own become units; a line that goes on in lower case belongs to the one before. */
static enum result add_lines(struct unit_list *list, const struct block *block) {
    struct span rest = block->text, line, joined = {block->text.data, 0};
    while (span_split(&rest, '\n', &line)) {
        size_t end = (size_t)(line.data - block->text.data) + line.length;
        size_t start = (size_t)(joined.data - block->text.data);
        if (joined.length > 0 && !begins_lower(span_trim(line))) {
            enum result result = add_unit(list, joined, block->kind);
            if (result)
                return result;
            start = (size_t)(line.data - block->text.data);
        }
        joined = span_slice(block->text, start, end);
    }
    return add_unit(list, joined, block->kind);
}

enum result units_make(struct arena *arena, const struct document *document, struct units *ret) {
    struct unit_list list = {.arena = arena, .whole = document->whole};
    for (size_t i = 0; i < document->block_count; i++) {
        struct block block = document->blocks[i];
        block.text = span_trim(block.text);
        bool lines = memchr(block.text.length ? block.text.data : "", '\n', block.text.length) != NULL && !is_wrapped(block.text);
        enum result result = lines ? add_lines(&list, &block) : add_unit(&list, block.text, block.kind);
        if (result)
            return result;
    }
    *ret = (struct units){list.items, list.count};
    return RESULT_OK;
}

/* ---- what is counted in a unit: one walk over its characters ---- */

struct walk {
    struct unit *unit;
    struct word words[UNIT_WORDS_KEPT];
    size_t dense;      /* letters of scripts without spaces */
    uint32_t closer;   /* the mark that ends the quotation we are in; 0 outside */
    uint32_t previous; /* code point */
    uint32_t last;     /* the last code point that is no space and no closing mark */
};

static bool is_word_class(enum utf8_class class) {
    return class == UTF8_UPPER || class == UTF8_LOWER || class == UTF8_LETTER || class == UTF8_MARK || class == UTF8_DIGIT;
}

static enum utf8_class class_of(uint32_t c) {
    if (c < 0x80) {
        if ((c | 32) >= 'a' && (c | 32) <= 'z')
            return c & 32 ? UTF8_LOWER : UTF8_UPPER;
        return c >= '0' && c <= '9' ? UTF8_DIGIT : c == ' ' ? UTF8_SPACE : UTF8_PUNCTUATION;
    }
    return utf8_class_of(c);
}

/* Thai, Lao, Burmese, Khmer, Chinese and Japanese put no spaces between words. */
static bool is_dense(uint32_t c) {
    return (c >= 0x0E00 && c <= 0x0EFF) || (c >= 0x1000 && c <= 0x109F) || (c >= 0x1780 && c <= 0x17FF) || (c >= 0x3040 && c <= 0x30FF) ||
           (c >= 0x3400 && c <= 0x9FFF) || (c >= 0x20000 && c <= 0x3FFFF);
}

/* Joins "O'Brien", "U.S", "well-known", "name@example.com" when word characters stand on both sides. */
static bool is_inner(uint32_t c) {
    return c == '\'' || c == 0x2019 || c == '.' || c == '-' || c == '&' || c == '@' || c == '_';
}

static bool is_closing(uint32_t c) {
    return c == '"' || c == '\'' || c == 0x2019 || c == 0x201D || c == 0x201C || c == 0xBB || c == 0xAB || c == ')' || c == ']' ||
           c == 0x300D || c == 0x300F || c == ' ' || c == '*' || c == '_';
}

static bool is_sentence_end(uint32_t c) {
    return c == '.' || c == '!' || c == '?' || c == 0x2026 || c == 0x3002 || c == 0xFF01 || c == 0xFF1F || c == 0xFF0E || c == 0x061F ||
           c == 0x06D4 || c == 0x0964 || c == 0x0589 || c == 0x1362 || c == 0x104B || c == 0x17D4;
}

static void walk_mark(struct walk *walk, uint32_t c, uint32_t next) {
    bool at_start = walk->previous == 0 || walk->previous == ' ' || walk->previous == '(' || walk->previous == 0x2014;
    bool before_word = next && is_word_class(class_of(next));
    if (walk->closer) {
        bool single = c == '\'' || c == 0x2019;
        if (c == walk->closer && !(single && before_word))
            walk->closer = 0;
        return;
    }
    if (c == '"')
        walk->closer = '"';
    else if (c == 0x201C)
        walk->closer = 0x201D;
    else if (c == 0x201E)
        walk->closer = 0x201C;
    else if (c == 0xAB)
        walk->closer = 0xBB;
    else if (c == 0x2018)
        walk->closer = 0x2019;
    else if (c == '\'' && at_start && before_word)
        walk->closer = '\'';
}

static void walk_sign(struct walk *walk, uint32_t c, uint32_t next) {
    struct unit *unit = walk->unit;
    bool lone = (walk->previous == ' ' || walk->previous == 0) && (next == ' ' || next == 0);
    if (c == 0xA9)
        unit->has_copyright = true;
    if (c == '@' && next && is_word_class(class_of(next)))
        unit->has_address = true;
    if (c == '|' || (lone && (c == '>' || c == 0xBB || c == 0x203A || c == 0xB7 || c == 0x2022 || c == '/')))
        unit->separators++;
    walk_mark(walk, c, next);
}

/* The end of the word that begins at start; *ret_last is its last code point. */
static size_t word_end(struct walk *walk, size_t start, uint32_t *ret_last) {
    struct span text = walk->unit->text;
    size_t at = start, step, after;
    while (at < text.length) {
        uint32_t c = utf8_decode(text, at, &step);
        bool inside = is_word_class(class_of(c));
        if (!inside && is_inner(c) && at + step < text.length)
            inside = is_word_class(class_of(utf8_decode(text, at + step, &after)));
        if (!inside)
            break;
        walk->dense += is_dense(c);
        *ret_last = c;
        at += step;
    }
    return at;
}

static void walk_word(struct walk *walk, size_t start, size_t end, uint32_t first) {
    struct unit *unit = walk->unit;
    struct span text = span_slice(unit->text, start, end);
    if (memchr(text.data, '@', text.length) || span_equal_ignore_case(span_slice(text, 0, 4), SPAN("www.")) ||
        span_equal_ignore_case(span_slice(text, 0, 4), SPAN("http")))
        unit->has_address = true;
    unit->word_count++;
    if (unit->word_kept == UNIT_WORDS_KEPT)
        return;
    enum utf8_class class = class_of(first);
    walk->words[unit->word_kept++] =
        (struct word){.start = (uint32_t)start, .end = (uint32_t)end, .capital = class == UTF8_UPPER, .quoted = walk->closer != 0};
}

static void walk_text(struct walk *walk) {
    struct span text = walk->unit->text;
    for (size_t at = 0, step; at < text.length; at += step) {
        uint32_t c = utf8_decode(text, at, &step);
        if (is_word_class(class_of(c))) {
            uint32_t last = c;
            size_t end = word_end(walk, at, &last);
            walk_word(walk, at, end, c);
            walk->previous = walk->last = last;
            step = end - at;
            continue;
        }
        size_t after;
        uint32_t next = at + step < text.length ? utf8_decode(text, at + step, &after) : 0;
        walk_sign(walk, c, next);
        if (!is_closing(c))
            walk->last = c;
        walk->previous = c;
    }
}

/* ---- the kept words in lower case, and who speaks to whom ---- */

static enum result keep_words(struct arena *arena, struct walk *walk) {
    struct unit *unit = walk->unit;
    size_t room = 0;
    for (size_t i = 0; i < unit->word_kept; i++)
        room += walk->words[i].end - walk->words[i].start <= WORD_BYTES_KEPT ? WORD_BYTES_KEPT * 2 : 0;
    char *lower = arena_alloc(arena, room);
    struct word *words = arena_alloc_array(arena, unit->word_kept, sizeof(*words));
    if (!lower || !words)
        return RESULT_MEMORY;
    for (size_t i = 0; i < unit->word_kept; i++) {
        struct word *word = &words[i];
        *word = walk->words[i];
        if (word->end - word->start > WORD_BYTES_KEPT)
            continue;
        word->lower.data = lower;
        for (size_t at = word->start, step; at < word->end; at += step) {
            uint32_t c = utf8_decode(unit->text, at, &step);
            lower += utf8_encode(c == 0x2019 ? '\'' : utf8_lower(c), lower);
        }
        word->lower.length = (size_t)(lower - word->lower.data);
    }
    unit->words = words;
    return RESULT_OK;
}

/* Only what reports another's words and asks a reader for nothing: "share" and "remind" are speech verbs too, and buttons. */
static const char reporting_verbs[] =
    "said|says|told|tells|saying|according|added|adds|asked|replied|wrote|writes|explained|announced|warned|"
    "testified|insisted|argued|admitted|denied|confirmed|recalled|declared|stated|noted|claimed|quoted";

static void count_words(struct unit *unit) {
    for (size_t i = 0; i < unit->word_kept; i++) {
        const struct word *word = &unit->words[i];
        unit->capitals += word->capital;
        unit->quoted += word->quoted;
        if (word->quoted)
            continue;
        unit->we += word_is(word, "we|our|us|ours|we're|we've|we'll") && !(word->capital && word_is(word, "us"));
        unit->you += word_is(word, "you|your|yours|you're|you'll|you've|you'd");
        unit->speech += word_is(word, reporting_verbs);
    }
}

enum result unit_read(struct arena *arena, struct span text, enum block_kind kind, bool keep_invisible, struct unit *ret) {
    *ret = (struct unit){.kind = kind};
    enum result result = clean_normalize(arena, text, keep_invisible, &ret->text);
    if (result || ret->text.length == 0)
        return result;
    struct walk walk = {.unit = ret};
    walk_text(&walk);
    ret->word_count += walk.dense / 2;
    ret->ends_sentence = is_sentence_end(walk.last);
    ret->ends_colon = walk.last == ':' || walk.last == 0xFF1A;
    ret->exclaims = walk.last == '!';
    size_t step;
    uint32_t first = utf8_decode(ret->text, 0, &step);
    bool mark = first == '-' || first == '+' || first == '*' || first == 0x2022 || first == 0x2013 || first == 0x25AA || first == 0x25CF;
    ret->bulleted = kind == BLOCK_LIST_ITEM || (mark && step < ret->text.length && ret->text.data[step] == ' ');
    result = keep_words(arena, &walk);
    if (result)
        return result;
    count_words(ret);
    return RESULT_OK;
}

/* ---- patterns ---- */

bool next_alternative(const char **rest, struct span *ret) {
    const char *start = *rest;
    size_t length = strcspn(start, "| ");
    if (length == 0)
        return false;
    *ret = (struct span){start, length};
    *rest = start + length + (start[length] == '|');
    return true;
}

bool word_is_number(const struct word *word) {
    return word->lower.length > 0 && word->lower.data[0] >= '0' && word->lower.data[0] <= '9';
}

bool word_is(const struct word *word, const char *alternatives) {
    struct span alternative;
    while (next_alternative(&alternatives, &alternative))
        if (span_equal(alternative, word->lower))
            return true;
    return false;
}

bool unit_word_is(const struct unit *unit, size_t index, const char *alternatives) {
    return index < unit->word_kept && word_is(&unit->words[index], alternatives);
}

enum { GAP_MAX = 4 };

/* Recursion is bounded by the number of "*" in a pattern, which the table writes: at most two. */
bool unit_matches_at(const struct unit *unit, size_t index, const char *pattern) {
    for (;;) {
        while (*pattern == ' ')
            pattern++;
        if (*pattern == '\0')
            return true;
        if (*pattern == '$')
            return index == unit->word_count;
        if (*pattern == '*') {
            for (size_t gap = 0; gap <= GAP_MAX && index + gap <= unit->word_kept; gap++)
                if (unit_matches_at(unit, index + gap, pattern + 1))
                    return true;
            return false;
        }
        if (index >= unit->word_kept)
            return false;
        const struct word *word = &unit->words[index++];
        if (!(*pattern == '#' && word_is_number(word)) && !word_is(word, pattern))
            return false;
        pattern += strcspn(pattern, " ");
    }
}

bool unit_same_words(const struct unit *a, const struct unit *b) {
    if (a->word_count != b->word_count || a->word_kept != b->word_kept || a->word_kept == 0)
        return false;
    for (size_t i = 0; i < a->word_kept; i++)
        if (!span_equal(a->words[i].lower, b->words[i].lower))
            return false;
    return a->word_count == a->word_kept || span_equal(a->text, b->text);
}
