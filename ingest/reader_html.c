#include "ingest/reader.h"

#include "base/cleanup.h"
#include "ingest/html_metadata.h"
#include "ingest/html_page.h"
#include "ingest/html_story.h"

static enum result out_of_memory(struct error *error) {
    return error_set(error, RESULT_MEMORY, "out of memory");
}

static bool take_metadata(struct arena *arena, const struct html_metadata *metadata, struct document *document) {
    document->title = metadata->title.text;
    document->source_name = metadata->outlet.text;
    document->section = metadata->section.text;
    document->authors = metadata->authors;
    document->author_count = metadata->author_count;
    document->published = metadata->published;
    document->published_from = metadata->published_from;
    return document_set_url(arena, document, metadata->url.text) && document_set_language(arena, document, metadata->language.text);
}

static enum result take_story(struct arena *arena, const struct html_page *page, bool piece, struct document *document,
                              struct error *error) {
    struct html_story story = {0};
    enum result result =
        piece ? html_story_of_piece(arena, page, document->title, &story) : html_story_find(arena, page, document->title, &story);
    if (result != RESULT_OK || arena_failed(arena))
        return out_of_memory(error);
    if (story.block_count == 0)
        return error_set(error, RESULT_INVALID, "no story in the page");
    document->blocks = story.blocks;
    document->block_count = story.block_count;
    document->chosen = true;
    return RESULT_OK;
}

enum result reader_html(struct arena *arena, struct span bytes, int64_t now, struct document *ret, struct error *error) {
    CLEANUP(html_page_done) struct html_page page = {0};
    enum result result = html_page_parse(arena, bytes, &page, error);
    if (result != RESULT_OK)
        return result;
    struct html_metadata metadata = {0};
    struct document document = {0};
    if (html_metadata_read(arena, &page, (struct span){0}, now, &metadata) != RESULT_OK || !take_metadata(arena, &metadata, &document))
        return out_of_memory(error);
    result = take_story(arena, &page, false, &document, error);
    if (result == RESULT_OK)
        *ret = document;
    return result;
}

/* A text is a page where it says so; libxml2 makes <html> and <body> of every piece. */
static bool is_page(struct span html) {
    struct span head = span_slice(span_trim(html), 0, 15);
    return (head.length >= 5 && span_equal_ignore_case(span_slice(head, 0, 5), SPAN("<html"))) ||
           span_equal_ignore_case(head, SPAN("<!doctype html>")) || span_find(html, SPAN("<body"), 0) != SIZE_MAX;
}

enum result reader_html_piece(struct arena *arena, struct span html, struct document *document, struct error *error) {
    CLEANUP(html_page_done) struct html_page page = {0};
    enum result result = html_page_parse(arena, html, &page, error);
    return result == RESULT_OK ? take_story(arena, &page, !is_page(html), document, error) : result;
}
