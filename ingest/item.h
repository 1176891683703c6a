#ifndef QUOTED_INGEST_ITEM_H
#define QUOTED_INGEST_ITEM_H

/* A raw document, cut out of its file and not yet understood, and the pure step from it to an article. This is the seam of the pipeline:
   cutting is sequential, item_extract may run on any thread (one arena each), storing is sequential again. */

#include "base/arena.h"
#include "extract/document.h"
#include "ingest/ingest.h"

struct ingest_item {
    struct span bytes;         /* as they came in */
    enum ingest_format format; /* never FORMAT_AUTO */
    const char *path;
    uint64_t line; /* as in struct ingest_refusal */
    uint64_t item;
};

/* The media type under which the bytes are kept; static. */
struct span item_media_type(const struct ingest_item *item);

/* Reads and extracts. *ret lives in the arena and may borrow from item->bytes. Thread-safe. RESULT_INVALID (no article: the message says
   why), RESULT_TOO_LARGE, RESULT_MEMORY. */
enum result item_extract(struct arena *arena, const struct ingest_item *item, bool whole, int64_t now, struct article *ret,
                         struct error *error) MUST_USE;

/* True for results that condemn one document and not the run. */
bool item_refusable(enum result result);

#endif
