#ifndef QUOTED_TESTS_EXTRACT_PAGE_H
#define QUOTED_TESTS_EXTRACT_PAGE_H

/* What the tests of the cleaner share: a page is a text, each line of it a block. */

#include "tests/unit/base/check.h"

#include <stdio.h>

#include "base/time.h"
#include "extract/clean.h"

struct page {
    struct arena arena;
    struct document document;
    struct body body;
    struct error error;
    enum result result;
};

static inline void page_read(struct page *page, const char *lines) {
    struct block *blocks = NULL;
    size_t count = 0, capacity = 0;
    struct span rest = span_of(lines), line;
    arena_init(&page->arena, 0);
    while (span_split(&rest, '\n', &line)) {
        struct block *block = arena_push(&page->arena, (void **)&blocks, &count, &capacity, sizeof(*block));
        assert_non_null(block);
        *block = (struct block){line, BLOCK_PARAGRAPH};
    }
    page->document.blocks = blocks;
    page->document.block_count = count;
    page->result = body_find(&page->arena, &page->document, &page->body, &page->error);
}

static inline struct page page_of(const char *lines) {
    struct page page = {.document = {.title = {NULL, 0}}};
    page_read(&page, lines);
    assert_int_equal(page.result, RESULT_OK);
    return page;
}

static inline const char *why_of(const struct page *page, const char *text) {
    for (size_t i = 0; i < page->body.dropped_count; i++)
        if (span_equal(page->body.dropped[i].text, span_of(text)))
            return page->body.dropped[i].why;
    return "(kept)";
}

static inline bool keeps(const struct page *page, const char *text) {
    return span_find(page->body.text, span_of(text), 0) != SIZE_MAX;
}

/* Three paragraphs that nobody could take for furniture. */
#define STORY_1                                                                                                                            \
    "The ferry between Odd Harbor and Lesser Skarn sank at its mooring on Tuesday night, hours after it had passed an inspection."
#define STORY_2 "\"It was there at nine and it was not there at ten,\" said Runa Achebe, who keeps the kiosk on the pier."
#define STORY_3 "Nobody was on board. The company that runs the ferry said that divers would look at the hull in the morning."
#define STORY STORY_1 "\n" STORY_2 "\n" STORY_3
#define STORY_TEXT STORY_1 "\n\n" STORY_2 "\n\n" STORY_3

#endif
