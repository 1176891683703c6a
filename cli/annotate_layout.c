#include "cli/annotate.h"

enum {
    MARGIN_LEAST = 24,  /* a name and a figure */
    MARGIN_MOST = 44,   /* wider, notes do not gain and the text loses */
    MARGIN_FROM = 64,   /* columns of a terminal: below, text and margin would both be too narrow to read */
    GAP_COLUMNS = 3,    /* " │ " */
    BELOW_COLUMNS = 4,  /* indent of notes that stand below */
    NOTE_HANGING = 4,   /* of a note's line that goes on */
    INDENTED_LEAST = 8, /* columns left of an indented text, however narrow the terminal */
};

struct columns annotate_columns(unsigned columns) {
    if (columns < MARGIN_FROM)
        return (struct columns){.text = columns};
    unsigned notes = columns * 3 / 10;
    notes = notes < MARGIN_LEAST ? MARGIN_LEAST : notes > MARGIN_MOST ? MARGIN_MOST : notes;
    return (struct columns){.text = columns - notes - GAP_COLUMNS, .notes = notes};
}

static void write_blanks(unsigned count, struct buffer *out) {
    for (; count > 0; count--)
        buffer_append_char(out, ' ');
}

static void write_bar(bool color, struct buffer *out) {
    buffer_append_string(out, color ? " \033[0;2m│\033[0m " : " │ ");
}

static bool begins_line(const struct glyphs *glyphs, size_t at) {
    return at == 0 || glyphs->items[at - 1].code_point == '\n';
}

void annotate_indented(const struct glyphs *text, unsigned first, unsigned rest, unsigned columns, bool color, struct buffer *out) {
    for (size_t at = 0, next; at < text->count; at = next) {
        unsigned indent = begins_line(text, at) ? first : rest;
        unsigned left = columns > indent + INDENTED_LEAST ? columns - indent : INDENTED_LEAST;
        size_t end = glyphs_line(text, at, text->count, left, &next);
        write_blanks(indent, out);
        glyphs_write(text, at, end, color, out);
        buffer_append_char(out, '\n');
    }
}

/* One line of the notes beside the line of the text that took so many columns; where the next one begins. */
static size_t write_note(const struct glyphs *notes, size_t at, size_t to, unsigned taken, const struct columns *columns, bool color,
                         struct buffer *out) {
    size_t next;
    unsigned indent = begins_line(notes, at) ? 0 : NOTE_HANGING;
    size_t end = glyphs_line(notes, at, to, columns->notes - indent, &next);
    write_blanks(columns->text - taken, out);
    write_bar(color, out);
    write_blanks(indent, out);
    glyphs_write(notes, at, end, color, out);
    return next;
}

static void write_beside(const struct glyphs *text, const struct glyphs *notes, const struct anchor *anchors, size_t anchor_count,
                         const struct columns *columns, bool color, struct buffer *out) {
    size_t at = 0, note = 0, note_end = 0, anchor = 0;
    while (at < text->count || note < note_end) {
        size_t next = at;
        size_t end = at < text->count ? glyphs_line(text, at, text->count, columns->text, &next) : at;
        for (; anchor < anchor_count && (anchors[anchor].at < next || next == text->count); anchor++)
            note_end = anchors[anchor].end;
        unsigned taken = glyphs_write(text, at, end, color, out);
        if (note < note_end)
            note = write_note(notes, note, note_end, taken, columns, color, out);
        buffer_append_char(out, '\n');
        at = next;
    }
}

void annotate_layout(const struct glyphs *text, const struct glyphs *notes, const struct anchor *anchors, size_t anchor_count,
                     const struct columns *columns, bool color, struct buffer *out) {
    if (columns->notes > 0) {
        write_beside(text, notes, anchors, anchor_count, columns, color, out);
        return;
    }
    annotate_indented(text, 0, 0, columns->text, color, out);
    annotate_indented(notes, BELOW_COLUMNS, BELOW_COLUMNS + NOTE_HANGING, columns->text, color, out);
}
