#include "base/utf8.h"
#include "extract/clean_unit.h"

/* Soft hyphen, zero-width space, word joiner, byte order mark, and the controls that reorder bidirectional text from outside it. */
static bool is_invisible(uint32_t c) {
    return c == 0xAD || c == 0x200B || c == 0x2060 || c == 0xFEFF || (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069) ||
           (c >= 0xFFF9 && c <= 0xFFFB);
}

/* Joiners and directional marks mean something in Persian, Hindi, Arabic, Hebrew and emoji, and nothing between ASCII characters. */
static bool is_joiner(uint32_t c) {
    return c >= 0x200C && c <= 0x200F;
}

static bool is_idle_joiner(struct span text, size_t start, size_t end) {
    bool ascii_before = start == 0 || (unsigned char)text.data[start - 1] < 0x80;
    bool ascii_behind = end == text.length || (unsigned char)text.data[end] < 0x80;
    return ascii_before && ascii_behind;
}

/* Nothing to do: printable ASCII, single inner spaces, the usual case. */
static bool is_tidy(struct span text) {
    bool space = true;
    for (size_t i = 0; i < text.length; i++) {
        unsigned char c = (unsigned char)text.data[i];
        if (c >= 0x7F || c < 0x20 || (c == ' ' && space))
            return false;
        space = c == ' ';
    }
    return text.length == 0 || !space;
}

static struct span tidy(struct span text, bool keep_invisible, char *out) {
    size_t length = 0;
    bool space = false;
    for (size_t at = 0, step; at < text.length; at += step) {
        uint32_t c = utf8_decode(text, at, &step);
        enum utf8_class class = c < 0x80 ? (c <= 0x20 ? UTF8_SPACE : UTF8_OTHER) : utf8_class_of(c);
        if (!keep_invisible && (is_invisible(c) || (is_joiner(c) && is_idle_joiner(text, at, at + step))))
            continue;
        if (class == UTF8_SPACE || c == 0x7F || (class == UTF8_CONTROL && !is_joiner(c) && c < 0xA0)) {
            space = true;
            continue;
        }
        if (space && length > 0)
            out[length++] = ' ';
        space = false;
        for (size_t i = 0; i < step; i++)
            out[length++] = text.data[at + i];
    }
    return (struct span){out, length};
}

enum result clean_normalize(struct arena *arena, struct span text, bool keep_invisible, struct span *ret) {
    if (is_tidy(text)) {
        *ret = text;
        return RESULT_OK;
    }
    size_t bad;
    if (!utf8_valid(text, &bad))
        return RESULT_INVALID;
    char *out = arena_alloc(arena, text.length);
    if (!out)
        return RESULT_MEMORY;
    return utf8_normalize(arena, tidy(text, keep_invisible, out), ret);
}
