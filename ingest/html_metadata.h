#ifndef QUOTED_INGEST_HTML_METADATA_H
#define QUOTED_INGEST_HTML_METADATA_H

/* What a page tells about its article beside the story: each field with the place it was taken from. Fields come from JSON-LD, OpenGraph
   and other <meta>, microdata, <link>, <time> and the visible page, in the order that docs/DATA.md lists, and where several tell the same
   the agreement counts. Pure, the clock is handed in; thread-safe. */

#include "ingest/html_page.h"

#include "base/time.h"

struct html_field {
    struct span text; /* empty: not known */
    const char *from; /* static: "json-ld", "meta", "microdata", "link", "page text", "url", "html"; NULL where not known */
};

struct html_metadata {
    struct html_field title; /* without the outlet's name behind it */
    struct html_field outlet;
    struct html_field language; /* BCP 47 */
    struct html_field url;      /* canonical, absolute */
    struct html_field section;
    struct html_field image_url; /* absolute */
    struct html_field image_credit;
    const struct span *authors;
    size_t author_count;
    const char *authors_from;
    struct moment published, modified; /* a day where the page tells no time; modified never before published */
    const char *published_from;        /* "json-ld", "meta", "microdata", "time element", "url", "page text" */
    const char *modified_from;
};

/* address: where the page was found, empty where not known. now: seconds; later dates are not believed. Everything in ret lies in the arena
   or is static. RESULT_MEMORY. */
enum result html_metadata_read(struct arena *arena, const struct html_page *page, struct span address, int64_t now,
                               struct html_metadata *ret) MUST_USE;

#endif
