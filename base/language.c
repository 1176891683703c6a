#include "base/language.h"

enum { TAG_LONGEST = 35 }; /* RFC 5646, 4.4.1 */

static bool is_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static char to_lower(char c) {
    return c >= 'A' && c <= 'Z' ? (char)(c | 0x20) : c;
}

static char to_upper(char c) {
    return c >= 'a' && c <= 'z' ? (char)(c & ~0x20) : c;
}

/* A primary part of two or three letters, then parts of up to eight letters and digits. */
static bool is_part(struct span part, bool primary) {
    for (size_t i = 0; i < part.length; i++) {
        bool is_digit = part.data[i] >= '0' && part.data[i] <= '9';
        if (!is_letter(part.data[i]) && (primary || !is_digit))
            return false;
    }
    return primary ? part.length == 2 || part.length == 3 : part.length >= 1 && part.length <= 8;
}

/* RFC 5646, 2.1.1: all small, but two characters that are neither first nor behind a singleton capitals, four with a capital in front. */
static void spell(char *part, size_t length, bool plain) {
    for (size_t i = 0; i < length; i++) {
        bool capital = !plain && (length == 2 || (length == 4 && i == 0));
        part[i] = capital ? to_upper(part[i]) : to_lower(part[i]);
    }
}

struct span language_tag(struct arena *arena, struct span text) {
    text = span_trim(text);
    if (text.length > TAG_LONGEST)
        return (struct span){0};
    char *tag = arena_alloc(arena, text.length + 1);
    if (!tag)
        return (struct span){0};
    for (size_t i = 0; i < text.length; i++)
        tag[i] = text.data[i] == '_' ? '-' : text.data[i];
    struct span rest = {tag, text.length};
    struct span part;
    size_t before = 1; /* the length of the part before; none behaves as a singleton */
    for (bool primary = true; span_split(&rest, '-', &part); primary = false) {
        if (!is_part(part, primary))
            return (struct span){0};
        spell(tag + (part.data - tag), part.length, before == 1);
        before = part.length;
    }
    return (struct span){tag, text.length};
}
