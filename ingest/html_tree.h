#ifndef QUOTED_INGEST_HTML_TREE_H
#define QUOTED_INGEST_HTML_TREE_H

/* A page as two flat lists for the story finder: its elements in the order of the page, each with where its subtree ends, and its blocks:
   the stretches of text that stand on lines of their own. What is below an element is a range of both lists, so that every question is
   a loop. Text that a reader does not see is left out. One thread at a time; everything in the arena but the nodes. */

#include "extract/document.h"
#include "ingest/html_names.h"
#include "ingest/html_tag.h"

struct html_element {
    const xmlNode *node;
    uint32_t parent;      /* index; that of the first is 0 */
    uint32_t end;         /* index behind the last element below it */
    uint32_t first_block; /* blocks below it, half open */
    uint32_t last_block;
    uint16_t evidence; /* enum html_evidence */
    uint8_t tag;       /* enum html_tag */
    bool dropped;      /* it and all below it */
};

struct html_block {
    struct span text;
    uint32_t element; /* the innermost block element around it */
    uint32_t links;   /* bytes of text within links */
    uint32_t commas;  /* signs that prose has: commas, semicolons, full stops before a space */
    uint8_t kind;     /* enum block_kind */
    bool caption;
    bool strong; /* all of it in bold */
    bool dropped;
    bool ends; /* with a sign that ends a sentence */
};

struct html_tree {
    struct html_element *elements;
    size_t element_count;
    struct html_block *blocks;
    size_t block_count;
    size_t block_capacity;
};

/* keep_hidden: elements that are hidden at first count, too. RESULT_MEMORY. */
enum result html_tree_make(struct arena *arena, const struct html_page *page, bool keep_hidden, struct html_tree *ret) MUST_USE;

#endif
