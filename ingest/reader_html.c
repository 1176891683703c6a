#include "ingest/reader.h"

#include "base/cleanup.h"
#include "ingest/html_page.h"
#include "ingest/html_story.h"

enum result reader_html(struct arena *arena, struct span bytes, int64_t now, struct document *ret, struct error *error) {
    (void)now;
    CLEANUP(html_page_done) struct html_page page = {0};
    enum result result = html_page_parse(arena, bytes, &page, error);
    if (result != RESULT_OK)
        return result;
    struct document document = {.chosen = true};
    const xmlNode *title = html_find(page.root, page.root, "title");
    if (title)
        document.title = html_text(arena, title);
    struct html_story story = {0};
    result = html_story_find(arena, &page, document.title, &story);
    if (result == RESULT_MEMORY || arena_failed(arena))
        return error_set(error, RESULT_MEMORY, "out of memory");
    if (story.block_count == 0)
        return error_set(error, RESULT_INVALID, "no story in the page");
    document.blocks = story.blocks;
    document.block_count = story.block_count;
    *ret = document;
    return RESULT_OK;
}
