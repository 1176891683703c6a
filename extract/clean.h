#ifndef QUOTED_EXTRACT_CLEAN_H
#define QUOTED_EXTRACT_CLEAN_H

/* From blocks to a story: finds title, outlet, image credit, byline and dateline date, drops the page's furniture and remembers what it
 * dropped and why. Pure; thread-safe. */

#include "base/arena.h"
#include "base/article.h"
#include "base/result.h"
#include "extract/document.h"

struct body {
    struct span title;
    struct span text; /* NFC; paragraphs separated by one empty line; white space inside a paragraph is single spaces */
    struct span source_name;
    struct span image_credit;
    const struct span *authors;
    size_t author_count;
    struct moment published;
    const char *published_from;
    const struct dropped *dropped;
    size_t dropped_count;
};

/* RESULT_INVALID where no story is left, RESULT_MEMORY. *ret lives in the arena. */
enum result body_find(struct arena *arena, const struct document *document, struct body *ret, struct error *error) MUST_USE;

#endif
