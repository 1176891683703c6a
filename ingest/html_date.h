#ifndef QUOTED_INGEST_HTML_DATE_H
#define QUOTED_INGEST_HTML_DATE_H

/* When a page's article was published. Everything that tells a date is weighed: JSON-LD, <meta>, microdata, <time> by its place, the URL,
   written dates near the headline; days that several of them tell win. What is left is no date rather than a guess. Pure, the clock is
   handed in; thread-safe. */

#include "ingest/html_date_text.h"
#include "ingest/html_facts.h"
#include "ingest/html_jsonld.h"

struct html_date_hints {
    const struct html_jsonld *jsonld;
    struct span url;   /* canonical, or where the page was found; may be empty */
    struct span title; /* of the article: tells which heading is its own; may be empty */
    enum date_order order;
    int64_t now; /* seconds: later dates are not believed */
};

struct html_dates {
    struct moment published, modified;
    const char *published_from; /* static: "json-ld", "meta", "microdata", "time element", "url", "page text"; NULL where not known */
    const char *modified_from;
};

/* RESULT_MEMORY. */
enum result html_dates_read(struct arena *arena, const struct html_facts *facts, const struct html_date_hints *hints,
                            struct html_dates *ret) MUST_USE;

#endif
