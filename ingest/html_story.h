#ifndef QUOTED_INGEST_HTML_STORY_H
#define QUOTED_INGEST_HTML_STORY_H

/* Finds the story in a page: furniture is told by what elements are called and by how much of their text is links, the block that holds the
   story by the prose in it, its parts by the prose beside it. Linear in the page. One thread at a time; the blocks live in the
   arena. */

#include "extract/document.h"
#include "ingest/html_page.h"

struct html_story {
    const struct block *blocks;
    size_t block_count;
};

/* title: of the page, may be empty; a heading that repeats it is no part of the story. No blocks where the page has no text. RESULT_MEMORY.
 */
enum result html_story_find(struct arena *arena, const struct html_page *page, struct span title, struct html_story *ret) MUST_USE;
/* The same for a piece of HTML that holds a story and little else, as feeds and dumps have it. */
enum result html_story_of_piece(struct arena *arena, const struct html_page *page, struct span title, struct html_story *ret) MUST_USE;

#endif
