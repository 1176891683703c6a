#include "ingest/html_plain.h"

#include "base/utf8.h"
#include "ingest/reader.h"

#include <ctype.h>
#include <libxml/HTMLparser.h>
#include <stdlib.h>
#include <string.h>

enum {
    ENTITY_BYTES_MAX = 10, /* "&thetasym;" is the longest that HTML 4 names */
    TAG_BYTES_MAX = 400,   /* a longer "<" is no tag's */
};

static uint32_t named(struct span name) {
    char copy[ENTITY_BYTES_MAX + 1];
    if (name.length == 0 || name.length > ENTITY_BYTES_MAX)
        return 0;
    memcpy(copy, name.data, name.length);
    copy[name.length] = '\0';
    if (strcmp(copy, "apos") == 0)
        return '\'';
    const htmlEntityDesc *entity = htmlEntityLookup((const xmlChar *)copy);
    return entity ? (uint32_t)entity->value : 0;
}

static uint32_t numbered(struct span digits) {
    bool hex = digits.length > 0 && (digits.data[0] | 0x20) == 'x';
    uint32_t value = 0;
    for (size_t i = hex ? 1 : 0; i < digits.length; i++) {
        int c = tolower((unsigned char)digits.data[i]);
        if (!(hex ? isxdigit(c) : isdigit(c)) || value > 0x110000)
            return 0;
        value = value * (hex ? 16 : 10) + (uint32_t)(c <= '9' ? c - '0' : c - 'a' + 10);
    }
    bool sound = value >= ' ' && value <= 0x10FFFF && (value < 0xD800 || value > 0xDFFF);
    return sound ? value : 0;
}

/* The character that a reference at the byte stands for, and the reference's length; 0 where there is none. */
static uint32_t reference_at(struct span text, size_t at, size_t *ret_length) {
    size_t end = at + 1;
    while (end < text.length && end - at <= ENTITY_BYTES_MAX && (isalnum((unsigned char)text.data[end]) || text.data[end] == '#'))
        end++;
    if (end >= text.length || text.data[end] != ';' || end == at + 1)
        return 0;
    *ret_length = end + 1 - at;
    if (text.data[at + 1] == '#')
        return numbered(span_slice(text, at + 2, end));
    return named(span_slice(text, at + 1, end));
}

/* The length of a tag at the byte, 0 where there is none. */
static size_t tag_at(struct span text, size_t at) {
    char behind = at + 1 < text.length ? text.data[at + 1] : ' ';
    if (!isalpha((unsigned char)behind) && behind != '/' && behind != '!')
        return 0;
    struct span window = span_slice(text, at, at + TAG_BYTES_MAX);
    size_t close = span_find(window, SPAN(">"), 0);
    return close == SIZE_MAX ? 0 : close + 1;
}

struct span html_plain(struct arena *arena, struct span value) {
    char *data = arena_alloc(arena, value.length);
    if (!data)
        return (struct span){0};
    size_t length = 0;
    for (size_t at = 0; at < value.length;) {
        size_t taken = 0;
        uint32_t character = value.data[at] == '&' ? reference_at(value, at, &taken) : 0;
        if (character) {
            /* Twice escaped is frequent: "&amp;#8217;" is read as if "&" had stood there. */
            if (character == '&' && at + taken < value.length && value.data[at + taken] == '#') {
                size_t inner = 0;
                struct span rest = span_slice(value, at + taken - 1, value.length);
                uint32_t twice = rest.length > 1 ? numbered(span_slice(rest, 2, span_find(span_slice(rest, 0, 10), SPAN(";"), 0))) : 0;
                inner = span_find(span_slice(rest, 0, 10), SPAN(";"), 0);
                if (twice && inner != SIZE_MAX) {
                    character = twice;
                    taken += inner;
                }
            }
            length += utf8_encode(character, data + length);
            at += taken;
            continue;
        }
        size_t tag = value.data[at] == '<' ? tag_at(value, at) : 0;
        data[length++] = tag > 0 ? ' ' : value.data[at];
        at += tag > 0 ? tag : 1;
    }
    return text_one_line(arena, (struct span){data, length});
}
