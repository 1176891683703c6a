#ifndef QUOTED_INGEST_HTML_JSONLD_MEND_H
#define QUOTED_INGEST_HTML_JSONLD_MEND_H

/* Makes JSON of what pages print as such: for ingest/html_jsonld.c only. Linear time. Thread-safe. */

#include "base/arena.h"

/* A copy without what breaks JSON most often: commas before a closing bracket, block comments, control characters and unknown escapes in
   strings, halves of surrogate pairs. The empty span on failure (arena_failed). */
struct span jsonld_mend(struct arena *arena, struct span text);

/* The first string that stands behind the key (without quotation marks) and a colon, whatever else is broken; borrowed from text. */
struct span jsonld_scan(struct span text, struct span key);

#endif
