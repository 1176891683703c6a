#ifndef QUOTED_INGEST_HTML_FACTS_H
#define QUOTED_INGEST_HTML_FACTS_H

/* One walk over a page that notes every place where it tells about itself: <meta>, <link>, JSON-LD, microdata, headings, times, bylines,
   short texts with digits. The readers of single fields look at these lists only. Lists are bounded (FACTS_MAX each), so that a hostile
   page costs no more than its walk. Everything is borrowed from the page or lies in the arena. Thread-safe. */

#include "ingest/html_page.h"

enum { FACTS_MAX = 2048 }; /* of one kind: real pages have hundreds at most */

/* In what part of the page a node lies; several may hold. */
enum html_zone {
    ZONE_ASIDE = 1,      /* sidebars, widgets, teasers, related articles */
    ZONE_COMMENTS = 2,   /* what readers wrote */
    ZONE_FOOTER = 4,     /* the page's, not an article's */
    ZONE_NAVIGATION = 8, /* menus, banners, consent */
    ZONE_ARTICLE = 16,   /* <article>, <main> and what is called so */
    ZONE_LINK = 32,      /* <a>: mostly of another page */
    ZONE_AUTHOR_BOX = 64 /* what tells about the author */
};
enum { ZONE_OUTSIDE = ZONE_ASIDE | ZONE_COMMENTS | ZONE_FOOTER | ZONE_NAVIGATION };

struct html_mark {
    const xmlNode *node;
    unsigned zones;
    size_t place;  /* bytes of visible text before it */
    size_t number; /* of <article> elements opened before it */
};

struct html_marks {
    struct html_mark *items;
    size_t count;
    size_t capacity;
};

struct html_meta {
    struct span name; /* of name, property, itemprop or http-equiv */
    struct span content;
};

struct html_metas {
    struct html_meta *items;
    size_t count;
    size_t capacity;
};

struct html_facts {
    struct html_metas metas;      /* with a name and a content; in the order of the page */
    struct html_marks links;      /* <link rel> */
    struct html_marks scripts;    /* of JSON-LD */
    struct html_marks headings;   /* h1, h2 and what microdata calls a headline */
    struct html_marks properties; /* elements with itemprop, <meta> among them */
    struct html_marks times;      /* <time>, and elements with datetime or a machine-readable title */
    struct html_marks dated;      /* elements that are called a date by class or id */
    struct html_marks lines;      /* short texts with a digit */
    struct html_marks people;     /* elements that are called an author or byline by class, or linked so */
    struct html_marks credits;    /* what is called a credit of an image */
    const xmlNode *title;         /* <title>; NULL where there is none */
    size_t story;                 /* place of the first long paragraph outside of asides; SIZE_MAX where there is none */
    struct span opening;          /* what that paragraph begins with; empty where there is none */
    size_t length;                /* bytes of visible text */
    size_t articles;              /* <article> elements */
};

/* RESULT_MEMORY. */
enum result html_facts_gather(struct arena *arena, const struct html_page *page, struct html_facts *ret) MUST_USE;

/* The content of the first meta of that name (any case) that has one; the empty span where there is none. */
struct span html_facts_meta(const struct html_facts *facts, const char *name);

#endif
