#ifndef QUOTED_INGEST_HTML_PAGE_H
#define QUOTED_INGEST_HTML_PAGE_H

/* An HTML page as a tree: bytes of any charset and any brokenness in, libxml2's tree out. Nothing is fetched and no entity is expanded
   but HTML's characters. The tree is bounded whatever comes in: elements deeper than HTML_DEPTH_MAX become children of the deepest one,
   what stands behind HTML_NODES_MAX is cut off. So a walk may recurse on depth, but html_next needs no stack. All text is well-formed
   UTF-8 without NUL. libxml2 moves what it finds misplaced: a <meta> or a JSON-LD <script> of the head may lie in the body. A page
   belongs to one thread; pages of several threads are independent. */

#include "base/arena.h"
#include "base/result.h"

#include <libxml/tree.h>

enum {
    HTML_DEPTH_MAX = 512,       /* as browsers do */
    HTML_NODES_MAX = 1000000,   /* elements; the longest pages of the web have a tenth */
    HTML_ATTRIBUTES_MAX = 1024, /* of one element: the parser compares all pairs of them */
};

struct html_page {
    xmlDoc *document; /* owned */
    xmlNode *root;    /* <html>; borrowed from the document */
    xmlNode *body;    /* root where there is none */
    bool cut;         /* a limit was reached: the page's end is missing */
};

/* RESULT_INVALID (binary, no element in it), RESULT_MEMORY. html_page_done afterwards; it may be called on a failed or zeroed page. The
   arena holds what is needed while parsing only; the page does not borrow from it or from bytes. */
enum result html_page_parse(struct arena *arena, struct span bytes, struct html_page *ret, struct error *error) MUST_USE;
void html_page_done(struct html_page *page);

/* True for an element of that name, given in lower case. */
bool html_is(const xmlNode *node, const char *name);
/* The attribute's value, borrowed from the page; the empty span where there is none. name in lower case. */
struct span html_attribute(const xmlNode *node, const char *name);
bool html_has_attribute(const xmlNode *node, const char *name);
/* The content of a text node (or CDATA: that of scripts), else the empty span; borrowed from the page. */
struct span html_node_text(const xmlNode *node);
/* The text of the element and all below it, scripts and styles left out, white space collapsed and trimmed; <br> and the ends of blocks are
   white space. The empty span on failure (arena_failed). */
struct span html_text(struct arena *arena, const xmlNode *node);
/* What stands raw in a <script>: all its text, in one piece. */
struct span html_raw_text(struct arena *arena, const xmlNode *node);

/* The next node in the order of the page, below top only; NULL at the end. The second form leaves out what is below node. */
const xmlNode *html_next(const xmlNode *node, const xmlNode *top);
const xmlNode *html_next_beside(const xmlNode *node, const xmlNode *top);
/* The next element of that name at or behind node in the order of the page, below top; NULL where there is none. For walking over all
   <meta>: for (node = html_find(root, root, "meta"); node; node = html_find(html_next(node, root), root, "meta")). node may be NULL. */
const xmlNode *html_find(const xmlNode *node, const xmlNode *top, const char *name);

#endif
