#ifndef QUOTED_INGEST_HTML_NAMES_H
#define QUOTED_INGEST_HTML_NAMES_H

/* What the names that an element carries (class, id, role, itemprop) say about what is in it. Names are cut into words ("article-share",
   "articleShare"), so that "shared" is not "share" and "header" not "head". Pure; thread-safe. */

#include "ingest/html_page.h"

enum html_evidence {
    NAMES_STORY = 1 << 0,      /* article, body, content, entry, post, story, text */
    NAMES_STORY_SURE = 1 << 1, /* itemprop="articleBody" and its like */
    NAMES_FURNITURE = 1 << 2,  /* never story: share, related, newsletter, cookie, breadcrumb, menu */
    NAMES_COMMENTS = 1 << 3,   /* what readers wrote */
    NAMES_ASIDE = 1 << 4,      /* beside the story, and now and then around it: sidebar, footer, header, widget */
    NAMES_CAPTION = 1 << 5,    /* of an image */
    NAMES_BYLINE = 1 << 6,     /* author, date and what stands beside them */
    NAMES_HIDDEN = 1 << 7,     /* not shown */
};

/* Bits of enum html_evidence. */
unsigned html_names_evidence(const xmlNode *element);

#endif
