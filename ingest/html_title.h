#ifndef QUOTED_INGEST_HTML_TITLE_H
#define QUOTED_INGEST_HTML_TITLE_H

/* The headline of a page's article, and the outlet's name that titles end in. For ingest/html_metadata.c only. Thread-safe. */

#include "ingest/html_facts.h"
#include "ingest/html_jsonld.h"
#include "ingest/html_metadata.h"

/* og:title, else <title>: enough to tell which of several articles the page is about. Memory failures show in the arena. */
struct span html_title_rough(struct arena *arena, const struct html_facts *facts);

/* Among the headline of JSON-LD, og:title, twitter:title, the first h1 and <title>, that which most of them agree on; without the outlet's
   name behind it. Memory failures show in the arena. */
struct html_field html_title_choose(struct arena *arena, const struct html_facts *facts, const struct html_jsonld *jsonld,
                                    struct span outlet);

/* The part of <title> that is the host's name: "Mill closes | Oststadt Echo" of oststadt-echo.example. Empty where none is. Borrowed from
   title. */
struct span html_title_outlet(struct arena *arena, struct span title, struct span host);

#endif
