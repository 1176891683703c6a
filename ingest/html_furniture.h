#ifndef QUOTED_INGEST_HTML_FURNITURE_H
#define QUOTED_INGEST_HTML_FURNITURE_H

/* Marks what is no story in a page's lists: before the story is looked for, what elements are called; afterwards, within the story, what
   its text is like. Linear. One thread at a time. */

#include "ingest/html_tree.h"

/* How much of a subtree is prose and how much is not, in bytes. */
struct html_mass {
    size_t text;
    size_t links;
    size_t prose;
    size_t commas;
    size_t blocks;
    size_t headings;
};

/* Bytes of text from which a block is a paragraph of prose whatever its sign at the end. */
enum { PROSE_BYTES = 80 };

bool html_block_is_prose(const struct html_block *block);
/* Sums for each element, dropped ones left out; element_count of them. NULL on failure of memory. */
struct html_mass *html_masses(struct arena *arena, const struct html_tree *tree);

/* Drops what is called furniture, unless it holds most of the page's prose. RESULT_MEMORY. */
enum result html_drop_named(struct arena *arena, struct html_tree *tree) MUST_USE;
/* Drops lists of links, teasers and loose lines within the story's element. RESULT_MEMORY. */
enum result html_drop_within(struct arena *arena, struct html_tree *tree, uint32_t story) MUST_USE;

#endif
