#include "cli/glyph.h"

#include "base/utf8.h"

#include <utf8proc.h>

enum {
    MARKS_MOST = 8, /* on one cell: no script stacks more; piles of them climb over the lines above */
    NO_BREAK_SPACE = 0xA0,
    ZERO_WIDTH_NON_JOINER = 0x200C,
    ZERO_WIDTH_JOINER = 0x200D,
    OBJECT_REPLACEMENT = 0xFFFC,
    REPLACEMENT = 0xFFFD,
    EMOJI_VARIATION = 0xFE0F,
    DOTTED_CIRCLE = 0x25CC,
    CONTROL_PICTURES = 0x2400,
    CONTROL_PICTURE_DELETE = 0x2421,
    NOTHING = 0,
};

void glyphs_init(struct glyphs *glyphs, struct arena *arena) {
    *glyphs = (struct glyphs){.arena = arena};
}

void glyphs_clear(struct glyphs *glyphs) {
    glyphs->count = 0;
}

/* Marks, overrides, isolates: what follows them would stand elsewhere on the line, over our own columns. */
static bool turns_direction(uint32_t code_point) {
    return code_point == 0x061C || code_point == 0x200E || code_point == 0x200F || (code_point >= 0x202A && code_point <= 0x202E) ||
           (code_point >= 0x2066 && code_point <= 0x2069);
}

static uint32_t shown_control(uint32_t code_point) {
    if (code_point < 0x20)
        return CONTROL_PICTURES + code_point;
    if (code_point == 0x7F)
        return CONTROL_PICTURE_DELETE;
    if (code_point < 0xA0 || turns_direction(code_point) || (code_point >= 0xD800 && code_point <= 0xDFFF))
        return REPLACEMENT;
    return NOTHING;
}

/* Joined emoji and those with a variation take as many columns as the terminal's font likes; apart, each takes its own. */
static bool changes_emoji(const struct glyphs *glyphs, uint32_t code_point) {
    bool behind_wide = glyphs->count > 0 && glyphs->items[glyphs->count - 1].width == GLYPH_COLUMNS;
    return code_point == EMOJI_VARIATION || (code_point == ZERO_WIDTH_JOINER && behind_wide);
}

/* What stands for the character on a terminal; NOTHING where it is left out. */
static uint32_t shown(const struct glyphs *glyphs, uint32_t code_point) {
    if (code_point >= ' ' && code_point < 0x7F)
        return code_point;
    if (code_point == NO_BREAK_SPACE)
        return code_point;
    if (code_point == OBJECT_REPLACEMENT || changes_emoji(glyphs, code_point))
        return NOTHING;
    if (code_point == ZERO_WIDTH_JOINER || code_point == ZERO_WIDTH_NON_JOINER)
        return code_point;
    enum utf8_class class = utf8_class_of(code_point);
    if (class == UTF8_SPACE)
        return ' ';
    if (class == UTF8_CONTROL)
        return shown_control(code_point);
    /* Without a width and no mark: the library does not know the character, so nobody knows its width. */
    bool shapes = class == UTF8_MARK || class == UTF8_LETTER;
    return utf8proc_charwidth((utf8proc_int32_t)code_point) == 0 && !shapes ? REPLACEMENT : code_point;
}

static void push(struct glyphs *glyphs, uint32_t code_point, unsigned style, unsigned width, unsigned marks) {
    struct glyph *glyph = arena_push(glyphs->arena, (void **)&glyphs->items, &glyphs->count, &glyphs->capacity, sizeof *glyphs->items);
    if (glyph)
        *glyph = (struct glyph){code_point, (uint16_t)style, (uint8_t)width, (uint8_t)marks};
}

/* A character without width stands on the cell before it; where there is none, on a circle, as dictionaries show it. */
static void push_mark(struct glyphs *glyphs, uint32_t code_point, unsigned style) {
    if (glyphs->count == 0 || glyphs->items[glyphs->count - 1].code_point == '\n')
        push(glyphs, DOTTED_CIRCLE, style, 1, 0);
    unsigned marks = glyphs->count > 0 ? glyphs->items[glyphs->count - 1].marks : 0;
    if (marks < MARKS_MOST)
        push(glyphs, code_point, style, 0, marks + 1);
}

void glyphs_add(struct glyphs *glyphs, uint32_t code_point, unsigned style) {
    uint32_t sign = shown(glyphs, code_point);
    if (sign == NOTHING)
        return;
    int width = utf8proc_charwidth((utf8proc_int32_t)sign);
    if (width <= 0)
        push_mark(glyphs, sign, style);
    else
        push(glyphs, sign, style, width > 1 ? GLYPH_COLUMNS : 1, 0);
}

void glyphs_add_text(struct glyphs *glyphs, struct span text, unsigned style) {
    size_t length = 0;
    for (size_t at = 0; at < text.length; at += length)
        glyphs_add(glyphs, utf8_decode(text, at, &length), style);
}

void glyphs_add_string(struct glyphs *glyphs, const char *string, unsigned style) {
    glyphs_add_text(glyphs, span_of(string), style);
}

void glyphs_end_line(struct glyphs *glyphs) {
    push(glyphs, '\n', 0, 0, 0);
}

static size_t skip_blanks(const struct glyphs *glyphs, size_t at, size_t to) {
    while (at < to && glyphs->items[at].code_point == ' ')
        at++;
    return at;
}

size_t glyphs_line(const struct glyphs *glyphs, size_t from, size_t to, unsigned columns, size_t *ret_next) {
    size_t end = from, next = from; /* of the last place where the line may end; from where there is none */
    unsigned used = 0;
    for (size_t i = from; i < to; i++) {
        const struct glyph *glyph = &glyphs->items[i];
        if (glyph->code_point == '\n') {
            *ret_next = i + 1;
            return i;
        }
        if (glyph->code_point == ' ')
            end = i, next = i + 1;
        if (used + glyph->width > columns) {
            if (next == from)
                end = next = i > from ? i : i + 1;
            *ret_next = skip_blanks(glyphs, next, to);
            return end;
        }
        used += glyph->width;
        bool stands_on_wide = glyph->width == 0 && next == i && next > from && glyphs->items[i - 1].code_point != ' ';
        if (glyph->width == GLYPH_COLUMNS || stands_on_wide)
            end = next = i + 1;
    }
    *ret_next = to;
    return to;
}

static const char *type_color(unsigned style) {
    switch (style & STYLE_TYPE) {
    case STYLE_PERSON:
        return ";32";
    case STYLE_ORGANIZATION:
        return ";33";
    case STYLE_PLACE:
        return ";35";
    default:
        return style & STYLE_QUOTE ? ";36" : "";
    }
}

/* Select Graphic Rendition (ECMA-48, 8.3.117) from nothing: 1 strong, 2 faint, 3 italic, 4 underlined, 31 to 36 the eight old colours,
   which every terminal has and its user has chosen. */
static void write_style(unsigned style, struct buffer *out) {
    bool name = (style & STYLE_TYPE) && !(style & STYLE_REFERENCE);
    buffer_append_string(out, "\033[0");
    buffer_append_string(out, type_color(style));
    buffer_append_string(out, name || (style & STYLE_STRONG) ? ";1" : "");
    buffer_append_string(out, style & STYLE_FAINT ? ";2" : "");
    buffer_append_string(out, style & STYLE_QUOTE ? ";3" : "");
    buffer_append_string(out, style & STYLE_REFERENCE ? ";4" : "");
    buffer_append_string(out, style & STYLE_SURE ? ";32" : style & STYLE_LIKELY ? ";33" : style & STYLE_DOUBTFUL ? ";31" : "");
    buffer_append_char(out, 'm');
}

unsigned glyphs_write(const struct glyphs *glyphs, size_t from, size_t to, bool color, struct buffer *out) {
    unsigned columns = 0, style = 0;
    for (size_t i = from; i < to; i++) {
        const struct glyph *glyph = &glyphs->items[i];
        if (color && glyph->style != style)
            write_style(style = glyph->style, out);
        char bytes[4];
        size_t length = utf8_encode(glyph->code_point == NO_BREAK_SPACE ? ' ' : glyph->code_point, bytes);
        buffer_append(out, bytes, length);
        columns += glyph->width;
    }
    if (style != 0)
        buffer_append_string(out, "\033[0m");
    return columns;
}
