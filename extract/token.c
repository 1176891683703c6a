#include "extract/token.h"

#include <string.h>

#include "base/hash.h"
#include "base/utf8.h"
#include "extract/lexicon.h"

/* Longer words are no words that any list holds; only their first bytes are lowered and hashed. */
enum { WORD_LOWER_MAX = 256 };
/* The longest abbreviation, prefix or compound's tail that is looked up at a dot or hyphen. */
enum { PART_MAX = 32 };

struct cutter {
    struct arena *arena;
    struct span text;
    struct token *items;
    size_t count;
    size_t capacity;
    uint32_t paragraph;
    bool space;       /* white space since the last token */
    bool open_single; /* a single mark was opened in this paragraph and not closed */
};

static uint32_t at(struct span text, size_t offset, size_t *ret_length) {
    *ret_length = 0;
    if (offset >= text.length)
        return 0;
    unsigned char byte = (unsigned char)text.data[offset];
    if (byte < 0x80) {
        *ret_length = 1;
        return byte;
    }
    return utf8_decode(text, offset, ret_length);
}

enum { ZERO_WIDTH_SPACE = 0x200B /* where a word may break: it parts words as a space does */ };

static uint32_t peek(struct span text, size_t offset) {
    size_t length;
    return at(text, offset, &length);
}

static enum utf8_class class_of(uint32_t c) {
    if (c >= 'a' && c <= 'z')
        return UTF8_LOWER;
    if (c >= 'A' && c <= 'Z')
        return UTF8_UPPER;
    if (c >= '0' && c <= '9')
        return UTF8_DIGIT;
    if (c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == ZERO_WIDTH_SPACE)
        return UTF8_SPACE;
    if (c < 0x80)
        return c < 0x20 || c == 0x7f ? UTF8_CONTROL : UTF8_PUNCTUATION;
    return utf8_class_of(c);
}

static bool is_letter(uint32_t c) {
    enum utf8_class class = class_of(c);
    return class == UTF8_LOWER || class == UTF8_UPPER || class == UTF8_LETTER;
}

static bool is_digit(uint32_t c) {
    return class_of(c) == UTF8_DIGIT;
}

static bool is_ascii_digit(uint32_t c) {
    return c >= '0' && c <= '9';
}

static bool is_apostrophe(uint32_t c) {
    return c == '\'' || c == 0x2019 || c == 0x2018 || c == 0x00b4 || c == '`';
}

static bool is_hyphen(uint32_t c) {
    return c == '-' || c == 0x2010 || c == 0x2011;
}

static bool is_mark(uint32_t c) {
    switch (c) {
    case '"':
    case '\'':
    case '`':
    case 0x00ab: /* « */
    case 0x00b4: /* ´ */
    case 0x00bb: /* » */
    case 0x2039: /* ‹ */
    case 0x203a: /* › */
    case 0x300c: /* 「 */
    case 0x300d:
    case 0x300e: /* 『 */
    case 0x300f:
    case 0xff02: /* ＂ */
        return true;
    default:
        return c >= 0x2018 && c <= 0x201f; /* ‘ ’ ‚ ‛ “ ” „ ‟ */
    }
}

/* What may stand inside a word without being a letter: combining marks, digits, soft hyphens and joiners. */
static bool continues_word(uint32_t c) {
    enum utf8_class class = class_of(c);
    return class == UTF8_LOWER || class == UTF8_UPPER || class == UTF8_LETTER || class == UTF8_MARK || class == UTF8_DIGIT || c == 0xad ||
           c == 0x200c || c == 0x200d;
}

/* Writes the lower-case form with straight apostrophes; at most size bytes. */
static size_t lower_form(struct span word, char *out, size_t size) {
    size_t written = 0;
    for (size_t i = 0, length = 0; i < word.length; i += length) {
        uint32_t c = at(word, i, &length);
        if (c < 0x80) {
            c = c >= 'A' && c <= 'Z' ? c + 32 : c;
        } else {
            c = is_apostrophe(c) ? '\'' : utf8_lower(c);
        }
        char bytes[4];
        size_t size_of_c = utf8_encode(c, bytes);
        if (written + size_of_c > size)
            break;
        memcpy(out + written, bytes, size_of_c);
        written += size_of_c;
    }
    return written;
}

static uint64_t lower_hash(struct span word) {
    char lower[WORD_LOWER_MAX];
    return hash_bytes((struct span){lower, lower_form(word, lower, sizeof(lower))});
}

static uint32_t classes_of_part(struct span part) {
    return part.length == 0 || part.length > PART_MAX ? 0 : lexicon_classes_of_hash(lower_hash(part));
}

static uint8_t shape_of(struct span word) {
    size_t upper = 0, lower = 0, digits = 0;
    bool first_upper = false;
    for (size_t i = 0, length = 0; i < word.length; i += length) {
        enum utf8_class class = class_of(at(word, i, &length));
        upper += class == UTF8_UPPER;
        lower += class == UTF8_LOWER;
        digits += class == UTF8_DIGIT;
        if (i == 0)
            first_upper = class == UTF8_UPPER;
    }
    if (upper == 0)
        return lower > 0 ? SHAPE_LOWER : SHAPE_NONE;
    if (lower == 0 && upper + digits >= 2)
        return SHAPE_UPPER;
    return first_upper ? SHAPE_CAPITAL : SHAPE_MIXED;
}

static bool push(struct cutter *cutter, size_t start, size_t end, enum token_kind kind) {
    struct token *token = arena_push(cutter->arena, (void **)&cutter->items, &cutter->count, &cutter->capacity, sizeof(*cutter->items));
    if (!token)
        return false;
    struct span word = span_slice(cutter->text, start, end);
    *token = (struct token){
        .start = (uint32_t)start,
        .end = (uint32_t)end,
        .paragraph = cutter->paragraph,
        .kind = (uint8_t)kind,
        .shape = kind == TOKEN_WORD ? shape_of(word) : SHAPE_NONE,
        .space_before = cutter->space,
        .lower = lower_hash(word),
    };
    cutter->space = false;
    return true;
}

/* How many bytes of "s", "ll", "d", "re", "ve", "m" stand at offset, right behind an apostrophe, and end the word; 0 where none. */
static size_t enclitic_length(struct span text, size_t offset) {
    static const char *const enclitics[] = {"s", "S", "ll", "LL", "d", "D", "re", "RE", "ve", "VE", "m", "M"};
    for (size_t i = 0; i < sizeof(enclitics) / sizeof(*enclitics); i++) {
        size_t length = strlen(enclitics[i]);
        if (offset + length <= text.length && memcmp(text.data + offset, enclitics[i], length) == 0 &&
            !continues_word(peek(text, offset + length)))
            return length;
    }
    return 0;
}

static size_t skip_spaces(struct span text, size_t offset) {
    while (offset < text.length && text.data[offset] == ' ')
        offset++;
    return offset;
}

/* True if the dot at offset belongs to the word before it, which it ends. */
static bool dot_abbreviates(struct span text, size_t start, size_t segment, size_t offset) {
    struct span word = span_slice(text, start, offset);
    size_t first_length;
    uint32_t first = at(text, segment, &first_length);
    bool single = segment + first_length == offset;
    uint32_t next = peek(text, offset + 1);
    if (segment > start && text.data[segment - 1] == '.')
        return offset - segment <= 2; /* "U.S.", "a.m.", "Ph.D." */
    uint32_t beyond = peek(text, skip_spaces(text, offset + 1));
    if (single && class_of(first) == UTF8_UPPER)
        return first != 'I' && next != '.' && (is_letter(beyond) || is_hyphen(next) || next == ',');
    uint32_t classes = classes_of_part(word);
    if (!(classes & LEXICON_ABBREVIATION))
        return false;
    if (!(classes & LEXICON_COMMON))
        return true;
    /* "No. 5", "Sun. 3", "Gen. Name", but "he said no." */
    return is_digit(beyond) || (class_of(peek(text, start)) == UTF8_UPPER && class_of(beyond) == UTF8_UPPER && beyond != next);
}

/* True if the dot at offset stands inside the word: "U.S", "Ph.D", "example.org". */
static bool dot_joins(struct span text, size_t segment, size_t offset) {
    size_t first_length, next_length;
    uint32_t next = at(text, offset + 1, &next_length);
    if (!is_letter(next))
        return false;
    at(text, segment, &first_length);
    if (segment + first_length == offset)
        return true;
    if (offset - segment == 2 && class_of(next) == UTF8_UPPER)
        return !continues_word(peek(text, offset + 1 + next_length));
    return class_of(next) == UTF8_LOWER && !(classes_of_part(span_slice(text, segment, offset)) & LEXICON_ABBREVIATION);
}

/* The end of the letters at offset, dots behind single letters included ("U.S."). */
static size_t part_end(struct span text, size_t offset) {
    size_t length = 0, segment = offset;
    size_t limit = offset + PART_MAX + 1 < text.length ? offset + PART_MAX + 1 : text.length;
    while (offset < limit) {
        uint32_t c = at(text, offset, &length);
        if (c == '.' && offset == segment + 1)
            segment = offset + 1;
        else if (!continues_word(c))
            break;
        offset += length;
    }
    return offset;
}

/* True if the hyphen at offset parts two words that name different things: "Moscow-based", "U.S.-Mexico", "anti-Putin". */
static bool hyphen_splits(struct span text, size_t start, size_t offset, size_t behind) {
    struct span left = span_slice(text, start, offset);
    struct span right = span_slice(text, behind, part_end(text, behind));
    enum utf8_class left_case = class_of(peek(text, start)), right_case = class_of(peek(text, behind));
    const uint32_t place = LEXICON_COUNTRY | LEXICON_DEMONYM;
    if (left_case == UTF8_LOWER && right_case == UTF8_UPPER)
        return classes_of_part(left) & LEXICON_COMPOUND_HEAD;
    if (left_case != UTF8_UPPER)
        return false;
    if (right_case == UTF8_LOWER)
        return classes_of_part(right) & LEXICON_COMPOUND_TAIL;
    return (classes_of_part(left) & place) && (classes_of_part(right) & (place | LEXICON_CITY));
}

/* The end of the word that begins at start. */
static size_t word_end(struct span text, size_t start) {
    size_t segment = start; /* begin of the letters since the last dot, hyphen or apostrophe */
    size_t i = start, length = 0;
    for (; i < text.length; i += length) {
        uint32_t c = at(text, i, &length);
        if (continues_word(c))
            continue;
        uint32_t next = peek(text, i + length);
        if (is_apostrophe(c)) {
            if (!is_letter(next) || enclitic_length(text, i + length) > 0)
                break;
        } else if (is_hyphen(c)) {
            if (!(is_letter(next) || is_digit(next)) || hyphen_splits(text, start, i, i + length))
                break;
        } else if (c == '.') {
            if (!dot_joins(text, segment, i)) {
                if (!dot_abbreviates(text, start, segment, i))
                    break;
                if (!is_hyphen(next))
                    return i + 1;
            }
        } else if (c == '&') {
            if (class_of(next) != UTF8_UPPER || i - segment > 3 || class_of(peek(text, i - 1)) != UTF8_UPPER)
                break;
        } else {
            break;
        }
        segment = i + length;
    }
    return i;
}

/* The end of the number that begins at start, "1,000.5", "10:30", "2015-16", "47th", "1990s"; or of the word, "45-year-old". */
static size_t number_end(struct span text, size_t start, enum token_kind *ret_kind) {
    size_t i = start, length = 0;
    *ret_kind = TOKEN_NUMBER;
    for (; i < text.length; i += length) {
        uint32_t c = at(text, i, &length);
        if (is_digit(c))
            continue;
        bool inner = c == '.' || c == ',' || c == ':' || c == '/' || is_hyphen(c) || c == 0x2013;
        if (!inner || !is_digit(peek(text, i + length)))
            break;
    }
    uint32_t c = at(text, i, &length);
    if (is_letter(c))
        i = word_end(text, i);
    else if (is_hyphen(c) && is_letter(peek(text, i + length)))
        i = word_end(text, i + length);
    else
        return i;
    if (i - start > 6 || span_find(span_slice(text, start, i), SPAN("-"), 0) != SIZE_MAX)
        *ret_kind = TOKEN_WORD;
    return i;
}

/* The end of a web address at start, or start. */
static size_t address_end(struct span text, size_t start) {
    struct span rest = span_slice(text, start, text.length);
    if (!span_starts_with(rest, SPAN("http://")) && !span_starts_with(rest, SPAN("https://")) && !span_starts_with(rest, SPAN("www.")))
        return start;
    size_t i = start;
    while (i < text.length && (unsigned char)text.data[i] > ' ' && !strchr("\"<>()[]{}", text.data[i]))
        i++;
    while (i > start && strchr(".,;:!?'", text.data[i - 1]))
        i--;
    return i;
}

/* The end of a word that begins with an apostrophe ("'90s", "'em"), or offset where the apostrophe is a mark. */
static size_t elision_end(struct span text, size_t offset, size_t behind) {
    static const char *const elisions[] = {"em", "til", "tis", "twas", "cause", "bout"};
    if (is_ascii_digit(peek(text, behind)) && is_ascii_digit(peek(text, behind + 1)) && !is_ascii_digit(peek(text, behind + 2)))
        return peek(text, behind + 2) == 's' && !continues_word(peek(text, behind + 3)) ? behind + 3 : offset;
    size_t end = part_end(text, behind);
    for (size_t i = 0; i < sizeof(elisions) / sizeof(*elisions); i++)
        if (span_equal_ignore_case(span_slice(text, behind, end), span_of(elisions[i])))
            return end;
    return offset;
}

/* A plural's possessive, "the ministers' meeting": behind an s, before a space and a letter, with no single mark open. */
static bool ends_plural(const struct cutter *cutter, size_t offset, size_t behind) {
    if (cutter->space || cutter->open_single || cutter->count == 0 || cutter->items[cutter->count - 1].kind != TOKEN_WORD)
        return false;
    char before = cutter->text.data[offset - 1];
    uint32_t next = peek(cutter->text, skip_spaces(cutter->text, behind));
    return (before == 's' || before == 'S' || before == 'z' || before == 'x') && peek(cutter->text, behind) == ' ' &&
           (is_letter(next) || is_digit(next));
}

/* Cuts at an apostrophe-like mark: an enclitic, an elided word, a plural's possessive, or a single quotation mark. */
static size_t cut_single(struct cutter *cutter, size_t offset, size_t behind, bool *ret_ok) {
    struct span text = cutter->text;
    bool joined = !cutter->space && cutter->count > 0 && cutter->items[cutter->count - 1].end == offset;
    size_t enclitic = joined ? enclitic_length(text, behind) : 0;
    if (enclitic > 0) {
        bool possessive = enclitic == 1 && (text.data[behind] == 's' || text.data[behind] == 'S');
        *ret_ok = push(cutter, offset, behind + enclitic, possessive ? TOKEN_POSSESSIVE : TOKEN_WORD);
        return behind + enclitic;
    }
    size_t elision = joined ? offset : elision_end(text, offset, behind);
    if (elision > offset) {
        *ret_ok = push(cutter, offset, elision, is_digit(peek(text, behind)) ? TOKEN_NUMBER : TOKEN_WORD);
        return elision;
    }
    if (ends_plural(cutter, offset, behind)) {
        *ret_ok = push(cutter, offset, behind, TOKEN_POSSESSIVE);
        return behind;
    }
    cutter->open_single = !joined && class_of(peek(text, behind)) != UTF8_SPACE;
    *ret_ok = push(cutter, offset, behind, TOKEN_MARK);
    return behind;
}

static size_t cut_mark(struct cutter *cutter, size_t offset, size_t behind, uint32_t c, bool *ret_ok) {
    if (is_apostrophe(c)) {
        if (peek(cutter->text, behind) != c)
            return cut_single(cutter, offset, behind, ret_ok);
        behind += behind - offset; /* doubled single marks are one double mark */
    }
    *ret_ok = push(cutter, offset, behind, TOKEN_MARK);
    return behind;
}

static size_t cut_punctuation(struct cutter *cutter, size_t offset, size_t behind, uint32_t c, bool *ret_ok) {
    while ((c == '.' || c == '-') && peek(cutter->text, behind) == c)
        behind++; /* "..." and "--" are one each */
    *ret_ok = push(cutter, offset, behind, TOKEN_PUNCTUATION);
    return behind;
}

/* White space at offset; an empty line begins a paragraph. */
static size_t cut_space(struct cutter *cutter, size_t offset) {
    size_t line_ends = 0, length = 0;
    uint32_t c;
    while (offset < cutter->text.length && (c = at(cutter->text, offset, &length), class_of(c) == UTF8_SPACE)) {
        line_ends += c == '\n';
        offset += length;
    }
    cutter->space = true;
    if (line_ends >= 2 && cutter->count > 0) {
        cutter->paragraph++;
        cutter->open_single = false;
    }
    return offset;
}

static size_t cut(struct cutter *cutter, size_t offset, bool *ret_ok) {
    size_t length;
    uint32_t c = at(cutter->text, offset, &length);
    enum utf8_class class = class_of(c);
    enum token_kind kind = TOKEN_WORD;
    size_t end = offset + length;
    if (class == UTF8_SPACE)
        return cut_space(cutter, offset);
    if (class == UTF8_CONTROL)
        return end;
    if (is_mark(c))
        return cut_mark(cutter, offset, end, c, ret_ok);
    if (class == UTF8_DIGIT)
        end = number_end(cutter->text, offset, &kind);
    else if (is_letter(c) && (end = address_end(cutter->text, offset)) == offset)
        end = word_end(cutter->text, offset);
    else if (!is_letter(c) && class != UTF8_MARK)
        return cut_punctuation(cutter, offset, end, c, ret_ok);
    *ret_ok = push(cutter, offset, end, kind);
    return end;
}

enum result tokens_find(struct arena *arena, struct span text, struct tokens *ret) {
    struct cutter cutter = {.arena = arena, .text = text, .space = true};
    bool ok = true;
    for (size_t offset = 0; offset < text.length && ok;)
        offset = cut(&cutter, offset, &ok);
    if (!ok)
        return RESULT_MEMORY;
    *ret = (struct tokens){.text = text, .items = cutter.items, .count = cutter.count};
    return RESULT_OK;
}

struct span token_text(const struct tokens *tokens, size_t index) {
    return span_slice(tokens->text, tokens->items[index].start, tokens->items[index].end);
}

bool token_is(const struct tokens *tokens, size_t index, const char *word) {
    struct span text = token_text(tokens, index);
    size_t i = 0;
    for (size_t length = 0; i < text.length && *word; i += length, word++) {
        uint32_t c = at(text, i, &length);
        if (is_apostrophe(c))
            c = '\'';
        if (c >= 'A' && c <= 'Z')
            c += 32;
        if (c != (unsigned char)*word)
            return false;
    }
    return i == text.length && *word == '\0';
}
