#ifndef QUOTED_INGEST_HTML_JSONLD_H
#define QUOTED_INGEST_HTML_JSONLD_H

/* What a page's JSON-LD (schema.org) says of its article: NewsArticle and its kin in any nesting, @graph, lists and references by @id
   included. JSON that is a little broken (comments around it, control characters, commas too many) is mended, JSON that is cut off is
   searched for its dates. Everything is copied into the arena. Thread-safe. */

#include "ingest/html_facts.h"
#include "ingest/reader.h"

enum {
    JSONLD_BYTES_MAX = 2 << 20, /* of one script; real ones have tens of kilobytes, a live blog's a few hundred */
    JSONLD_NODES_MAX = 4096,    /* objects looked at, of all scripts */
};

/* Empty spans where it does not say. */
struct html_jsonld {
    bool is_article; /* an article was found; else the fields are of a page or video that stands for one */
    struct span headline;
    struct span published, created, modified;  /* as written */
    struct span page_published, page_modified; /* of the WebPage */
    struct span outlet;
    struct span language;
    struct span url;
    struct span section;
    struct span image_url, image_credit;
    struct name_list authors;
};

/* title and url, where known, tell which of several articles is the page's own. RESULT_MEMORY. */
enum result html_jsonld_read(struct arena *arena, const struct html_facts *facts, struct span title, struct span url,
                             struct html_jsonld *ret) MUST_USE;

#endif
