#ifndef QUOTED_INGEST_READER_H
#define QUOTED_INGEST_READER_H

/* One reader a format: the bytes of one document become a struct document, everything in the arena or borrowed from the bytes. Pure, the
   clock is handed in; thread-safe. */

#include "base/arena.h"
#include "base/result.h"
#include "extract/document.h"

/* Plain text: header lines at the beginning, then paragraphs. RESULT_INVALID (binary, no text), RESULT_MEMORY. */
enum result reader_text(struct arena *arena, struct span bytes, int64_t now, struct document *ret, struct error *error) MUST_USE;
/* One HTML page. RESULT_INVALID (binary, no story in it), RESULT_MEMORY. */
enum result reader_html(struct arena *arena, struct span bytes, int64_t now, struct document *ret, struct error *error) MUST_USE;
/* One JSON object. A text that is HTML is read as such. RESULT_INVALID (not JSON, not an object, no
   text), RESULT_MEMORY. */
enum result reader_json(struct arena *arena, struct span bytes, int64_t now, struct document *ret, struct error *error) MUST_USE;

/* What readers share. */

/* The blocks of a text that is HTML: of a whole page, or of a piece that holds the story and little else. Fills blocks and chosen only;
   document's title, where set, is left out of the story. RESULT_INVALID (no story in it), RESULT_MEMORY. */
enum result reader_html_piece(struct arena *arena, struct span html, struct document *document, struct error *error) MUST_USE;

/* Cuts a text with \n line ends into paragraphs: empty lines separate; hard-wrapped lines are joined, others stand for themselves. Linear
   time. RESULT_MEMORY. */
enum result text_blocks(struct arena *arena, struct span text, const struct block **ret, size_t *ret_count) MUST_USE;
/* True where the text is plainly HTML markup: begins with a well-known tag, or holds several. */
bool text_is_html(struct span text);
/* One line: control characters and runs of white space become one space, ends trimmed. The empty span on failure (arena_failed). */
struct span text_one_line(struct arena *arena, struct span text);
/* "By A, B and C" as names, appended; names already there are left out. False on failure of memory. */
struct name_list {
    struct span *items;
    size_t count;
    size_t capacity;
};
bool authors_add(struct arena *arena, struct name_list *list, struct span text);

/* Fill the document's field where the value can be believed, else leave it: a URL that is none, a date that cannot be read or lies before
   1600 or past now, a language that is no tag. False on failure of memory. */
bool document_set_url(struct arena *arena, struct document *document, struct span value);
void document_set_published(struct document *document, struct span value, int64_t now, const char *from);
bool document_set_language(struct arena *arena, struct document *document, struct span value);
/* An outlet's name, or the host of a URL. */
bool document_set_source(struct arena *arena, struct document *document, struct span value);
bool moment_believable(struct moment moment, int64_t now);

#endif
