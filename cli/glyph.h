#ifndef QUOTED_CLI_GLYPH_H
#define QUOTED_CLI_GLYPH_H

/* Text for the cells of a terminal: characters with their width in columns and a style, so that lines can be broken, padded and coloured.
   Nothing that goes in can steer a terminal: controls become visible signs, what would turn the direction of writing becomes U+FFFD, what
   takes no place and shapes no letter is left out. Everything lives in the arena; a failure sticks there. Not thread-safe. */

#include "base/arena.h"
#include "base/buffer.h"

/* What a character is; which colours that makes is decided when it is written. */
enum style {
    STYLE_PERSON = 1, /* one of three, within STYLE_TYPE */
    STYLE_ORGANIZATION = 2,
    STYLE_PLACE = 3,
    STYLE_TYPE = 3,
    STYLE_REFERENCE = 1 << 2, /* a phrase or pronoun that means the entity */
    STYLE_QUOTE = 1 << 3,
    STYLE_STRONG = 1 << 4,
    STYLE_FAINT = 1 << 5,
    STYLE_SURE = 1 << 6, /* how far a quote can be trusted */
    STYLE_LIKELY = 1 << 7,
    STYLE_DOUBTFUL = 1 << 8,
};

struct glyph {
    uint32_t code_point; /* '\n' ends a line */
    uint16_t style;
    uint8_t width; /* columns: 0 to 2 */
    uint8_t marks; /* characters of width 0 up to here that stand on the same cell */
};

struct glyphs {
    struct arena *arena;
    struct glyph *items;
    size_t count;
    size_t capacity;
};

/* All columns are counted as utf8proc does: East Asian wide characters take two, those of ambiguous width one. */
enum { GLYPH_COLUMNS = 2 }; /* of the widest: no line may be narrower */

void glyphs_init(struct glyphs *glyphs, struct arena *arena);
void glyphs_clear(struct glyphs *glyphs);
/* style: enum style, several together. White space of each kind becomes one blank; U+00A0 is a blank at which no line ends. */
void glyphs_add(struct glyphs *glyphs, uint32_t code_point, unsigned style);
void glyphs_add_text(struct glyphs *glyphs, struct span text, unsigned style);
void glyphs_add_string(struct glyphs *glyphs, const char *string, unsigned style);
void glyphs_end_line(struct glyphs *glyphs);

/* The end of the line that begins at from, of at most so many columns, where nothing lies past to; *ret_next is where the next one
   begins. Lines end at blanks, else beside wide characters, else anywhere between two cells. */
size_t glyphs_line(const struct glyphs *glyphs, size_t from, size_t to, unsigned columns, size_t *ret_next);
/* Writes one line, with colours as escape sequences that are closed at its end; how many columns it took. */
unsigned glyphs_write(const struct glyphs *glyphs, size_t from, size_t to, bool color, struct buffer *out);

#endif
