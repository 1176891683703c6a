#ifndef QUOTED_INGEST_HTML_AUTHORS_H
#define QUOTED_INGEST_HTML_AUTHORS_H

/* Who wrote a page's article. For ingest/html_metadata.c only. Thread-safe. */

#include "ingest/html_facts.h"
#include "ingest/html_jsonld.h"
#include "ingest/html_metadata.h"

/* Sets authors and where they are from: JSON-LD, then <meta>, microdata, rel=author, what is called a byline. Names of the outlet,
   addresses and whole sentences are no authors. ret->outlet is known already. False on failure of memory. */
bool html_authors_read(struct arena *arena, const struct html_facts *facts, const struct html_jsonld *jsonld, struct html_metadata *ret);

#endif
