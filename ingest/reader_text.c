#include "ingest/reader.h"

#include "base/utf8.h"

enum header { HEADER_NONE, HEADER_TITLE, HEADER_URL, HEADER_DATE, HEADER_SOURCE, HEADER_AUTHOR, HEADER_LANGUAGE, HEADER_SECTION };

struct header_name {
    struct span name;
    enum header header;
};

static const struct header_name HEADERS[] = {
    {SPAN_INIT("title"), HEADER_TITLE},     {SPAN_INIT("headline"), HEADER_TITLE},   {SPAN_INIT("url"), HEADER_URL},
    {SPAN_INIT("link"), HEADER_URL},        {SPAN_INIT("date"), HEADER_DATE},        {SPAN_INIT("published"), HEADER_DATE},
    {SPAN_INIT("source"), HEADER_SOURCE},   {SPAN_INIT("publisher"), HEADER_SOURCE}, {SPAN_INIT("author"), HEADER_AUTHOR},
    {SPAN_INIT("authors"), HEADER_AUTHOR},  {SPAN_INIT("byline"), HEADER_AUTHOR},    {SPAN_INIT("language"), HEADER_LANGUAGE},
    {SPAN_INIT("section"), HEADER_SECTION},
};

static enum header header_of(struct span line, struct span *ret_value) {
    size_t colon = span_find(line, SPAN(":"), 0);
    if (colon == SIZE_MAX)
        return HEADER_NONE;
    struct span name = span_trim(span_slice(line, 0, colon));
    *ret_value = span_trim(span_slice(line, colon + 1, line.length));
    for (size_t i = 0; i < sizeof HEADERS / sizeof *HEADERS; i++)
        if (span_equal_ignore_case(name, HEADERS[i].name))
            return HEADERS[i].header;
    return HEADER_NONE;
}

static bool apply(struct arena *arena, struct document *document, struct name_list *authors, enum header header, struct span value,
                  int64_t now) {
    switch (header) {
    case HEADER_TITLE:
        document->title = text_one_line(arena, value);
        return !arena_failed(arena);
    case HEADER_URL:
        return document_set_url(arena, document, value);
    case HEADER_DATE:
        document_set_published(document, value, now, "header");
        return true;
    case HEADER_SOURCE:
        return document_set_source(arena, document, value);
    case HEADER_AUTHOR:
        return authors_add(arena, authors, value);
    case HEADER_LANGUAGE:
        return document_set_language(arena, document, value);
    case HEADER_SECTION:
        document->section = text_one_line(arena, value);
        return !arena_failed(arena);
    case HEADER_NONE:
        break;
    }
    return true;
}

/* Takes the header lines off the front of *text. False on failure of memory. */
static bool take_headers(struct arena *arena, struct span *text, struct document *document, int64_t now) {
    struct name_list authors = {0};
    struct span rest = *text, line, value = {0};
    bool begun = false;
    while (span_split(&rest, '\n', &line)) {
        struct span trimmed = span_trim(line);
        if (trimmed.length == 0 && !begun)
            continue;
        enum header header = header_of(trimmed, &value);
        if (header == HEADER_NONE)
            break;
        begun = true;
        if (!apply(arena, document, &authors, header, value, now))
            return false;
        *text = rest;
    }
    document->authors = authors.items;
    document->author_count = authors.count;
    return true;
}

enum result reader_text(struct arena *arena, struct span bytes, int64_t now, struct document *ret, struct error *error) {
    struct span text = {0};
    enum utf8_origin origin;
    enum result result = utf8_repair(arena, bytes, &text, &origin, error);
    if (result != RESULT_OK)
        return result;
    struct document document = {0};
    if (!take_headers(arena, &text, &document, now))
        return error_set(error, RESULT_MEMORY, "out of memory");
    if (text_blocks(arena, text, &document.blocks, &document.block_count) != RESULT_OK)
        return error_set(error, RESULT_MEMORY, "out of memory");
    if (document.block_count == 0)
        return error_set(error, RESULT_INVALID, "no text in it");
    *ret = document;
    return RESULT_OK;
}
