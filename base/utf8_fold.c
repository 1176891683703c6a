#include "base/utf8.h"

#include "base/buffer.h"
#include "base/cleanup.h"

#include <utf8proc.h>

enum { DECOMPOSED_MAX = 32 }; /* code points of one decomposed character; Unicode's longest has 18 (U+FDFA) */

/* Letters that have no decomposition, as names that hold them are written in English (after CLDR's Latin-ASCII; the schwa as in "Aliyev").
   Lower case, for folding came before; ascending. */
static const struct {
    uint32_t letter;
    const char *spelled;
} spellings[] = {
    {0x00DF, "ss"}, {0x00E6, "ae"}, {0x00F0, "d"}, {0x00F8, "o"},  {0x00FE, "th"}, {0x0111, "d"}, {0x0127, "h"}, {0x0131, "i"},
    {0x0138, "q"},  {0x0142, "l"},  {0x014B, "n"}, {0x0153, "oe"}, {0x0167, "t"},  {0x0180, "b"}, {0x0188, "c"}, {0x0192, "f"},
    {0x0199, "k"},  {0x019A, "l"},  {0x01A5, "p"}, {0x01AD, "t"},  {0x01B4, "y"},  {0x01B6, "z"}, {0x01E5, "g"}, {0x0221, "d"},
    {0x023C, "c"},  {0x0247, "e"},  {0x0249, "j"}, {0x024D, "r"},  {0x024F, "y"},  {0x0253, "b"}, {0x0256, "d"}, {0x0257, "d"},
    {0x0259, "a"},  {0x0260, "g"},  {0x0268, "i"}, {0x026B, "l"},  {0x0272, "n"},  {0x0289, "u"}, {0x2C65, "a"}, {0x2C66, "t"},
};

static const char *spelling_of(uint32_t letter) {
    size_t low = 0;
    size_t high = sizeof(spellings) / sizeof(spellings[0]);
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (spellings[middle].letter == letter)
            return spellings[middle].spelled;
        if (spellings[middle].letter < letter)
            low = middle + 1;
        else
            high = middle;
    }
    return NULL;
}

/* True for accents, points and enclosing marks. Vowel signs, viramas, nuktas and voicing marks of Asian scripts have other combining
   classes (0, 7 to 9, 84 to 132): they are letters to their readers, and without them other names would remain. */
static bool is_accent(const utf8proc_property_t *property) {
    int class = property->combining_class;
    return property->category == UTF8PROC_CATEGORY_ME || class == 1 || (class >= 10 && class <= 36) || class >= 200;
}

/* Modifier letters that stand for an apostrophe or an accent ("Hawaiʻi"): apart like the apostrophe itself. */
static bool is_apostrophe_letter(uint32_t code_point) {
    return (code_point >= 0x02B9 && code_point <= 0x02DF) || (code_point >= 0xA700 && code_point <= 0xA721) || code_point == 0x0374;
}

/* The folded text so far; a separator is written only when a letter follows. */
struct folding {
    struct buffer out;
    bool separated;
};

static void folding_done(struct folding *folding) {
    buffer_done(&folding->out);
}

static void begin_letter(struct folding *folding) {
    if (folding->separated && folding->out.length > 0)
        buffer_append_char(&folding->out, ' ');
    folding->separated = false;
}

/* The folded form of an ASCII byte; '\0' for what parts words. */
static char folded_byte(unsigned char byte) {
    if (byte >= 'A' && byte <= 'Z')
        return (char)(byte | 0x20);
    return (byte >= 'a' && byte <= 'z') || (byte >= '0' && byte <= '9') ? (char)byte : '\0';
}

/* Folds the ASCII characters from at on; returns where they end. One reservation for all: this runs over every word of an article. */
static size_t fold_ascii(struct folding *folding, struct span text, size_t at) {
    size_t end = at;
    while (end < text.length && (unsigned char)text.data[end] < 0x80)
        end++;
    char *start = buffer_reserve(&folding->out, end - at + 1);
    if (start == NULL)
        return end;
    char *out = start;
    bool separated = folding->separated && folding->out.length > 0;
    for (; at < end; at++) {
        char c = folded_byte((unsigned char)text.data[at]);
        if (c == '\0') {
            separated = folding->out.length > 0 || out > start;
            continue;
        }
        if (separated)
            *out++ = ' ';
        separated = false;
        *out++ = c;
    }
    folding->separated = separated;
    buffer_grown(&folding->out, (size_t)(out - start));
    return end;
}

static void fold_decomposed(struct folding *folding, uint32_t code_point) {
    if (code_point < 0x80) {
        char byte = (char)code_point;
        fold_ascii(folding, (struct span){&byte, 1}, 0);
        return;
    }
    const utf8proc_property_t *property = utf8proc_get_property((utf8proc_int32_t)code_point);
    enum utf8_class class = utf8_class_of(code_point);
    if (class == UTF8_MARK && is_accent(property))
        return;
    bool part_of_word = utf8_is_letter(code_point) || class == UTF8_DIGIT || class == UTF8_MARK;
    if (!part_of_word || is_apostrophe_letter(code_point)) {
        folding->separated = true;
        return;
    }
    begin_letter(folding);
    const char *spelled = spelling_of(code_point);
    if (spelled != NULL) {
        buffer_append_string(&folding->out, spelled);
        return;
    }
    char bytes[4];
    buffer_append(&folding->out, bytes, utf8_encode(code_point, bytes));
}

static void fold_character(struct folding *folding, uint32_t code_point) {
    int32_t decomposed[DECOMPOSED_MAX];
    utf8proc_ssize_t count =
        utf8proc_decompose_char((utf8proc_int32_t)code_point, decomposed, DECOMPOSED_MAX,
                                UTF8PROC_STABLE | UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT | UTF8PROC_CASEFOLD | UTF8PROC_IGNORE, NULL);
    for (utf8proc_ssize_t i = 0; i < count && i < DECOMPOSED_MAX; i++)
        fold_decomposed(folding, (uint32_t)decomposed[i]);
}

static bool is_ascii(struct span text) {
    unsigned char all = 0;
    for (size_t i = 0; i < text.length; i++)
        all |= (unsigned char)text.data[i];
    return all < 0x80;
}

enum result utf8_fold(struct arena *arena, struct span text, struct span *ret) {
    if (!utf8_valid(text, NULL))
        return RESULT_INVALID;
    CLEANUP(folding_done) struct folding folding = {.separated = false};
    buffer_init(&folding.out, 0);
    buffer_reserve(&folding.out, text.length);
    for (size_t at = 0; at < text.length;) {
        if ((unsigned char)text.data[at] < 0x80) {
            at = fold_ascii(&folding, text, at);
            continue;
        }
        size_t length;
        fold_character(&folding, utf8_decode(text, at, &length));
        at += length;
    }
    if (buffer_result(&folding.out) != RESULT_OK)
        return RESULT_MEMORY;
    struct span folded = buffer_span(&folding.out);
    /* Hangul and kana came apart above. */
    if (!is_ascii(folded))
        return utf8_normalize(arena, folded, ret);
    *ret = arena_copy(arena, folded);
    return ret->data == NULL ? RESULT_MEMORY : RESULT_OK;
}
