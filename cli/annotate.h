#ifndef QUOTED_CLI_ANNOTATE_H
#define QUOTED_CLI_ANNOTATE_H

/* The annotated view: an article for a person in a terminal, with what was understood of it. annotate.c is the page, annotate_story.c puts
   signs and styles into the story, annotate_layout.c sets text and margin side by side. With colours a name has its type's colour, what
   refers to it is underlined, a quote is in italics behind its small number; without, brackets tell the same. Not thread-safe. */

#include "base/article.h"
#include "cli/glyph.h"

struct annotate_options {
    unsigned columns; /* of the terminal */
    bool color;
    bool dropped; /* with the texts that the cleaner dropped, not only how many */
};

/* Appends the whole page. A failure sticks in out. */
void annotate_write(const struct article *article, const struct annotate_options *options, struct buffer *out);

/* The parts; each appends to out and lets a failure stick in the arena. */
void annotate_story(const struct article *article, const struct annotate_options *options, struct arena *arena, struct buffer *out);

/* How a type is told without colours: "[Orla Fenn]", "{Oststadt Echo}", "<Oststadt>". Static. */
const char *annotate_open(enum entity_type type);
const char *annotate_close(enum entity_type type);
enum style annotate_style(enum entity_type type);
enum style annotate_confidence_style(double confidence);

/* A note of the margin and the character of the text beside whose line it begins. */
struct anchor {
    size_t at;  /* index of the text's glyph */
    size_t end; /* of the note, which begins where the one before ends */
};

struct columns {
    unsigned text;
    unsigned notes; /* 0: no margin; notes stand below the text, indented */
};

/* The terminal's columns parted. */
struct columns annotate_columns(unsigned columns);
/* Text on the left, its notes (ascending) on the right, each line ended. */
void annotate_layout(const struct glyphs *text, const struct glyphs *notes, const struct anchor *anchors, size_t anchor_count,
                     const struct columns *columns, bool color, struct buffer *out);
/* All of the text; each of its lines indented by first columns, and by rest where it had to be broken. */
void annotate_indented(const struct glyphs *text, unsigned first, unsigned rest, unsigned columns, bool color, struct buffer *out);

#endif
