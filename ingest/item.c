#include "ingest/item.h"

#include "base/public_id.h"
#include "extract/extract.h"
#include "ingest/reader.h"

struct span item_media_type(const struct ingest_item *item) {
    if (item->format == FORMAT_HTML)
        return SPAN("text/html");
    return item->format == FORMAT_JSON ? SPAN("application/json") : SPAN("text/plain");
}

bool item_refusable(enum result result) {
    return result == RESULT_INVALID || result == RESULT_TOO_LARGE;
}

/* Where memory ran out while one document held so much of it, the document is at fault and not the machine. */
enum { MEMORY_TO_BLAME = DOCUMENT_MEMORY_MAX / 4 };

static enum result read_document(struct arena *arena, const struct ingest_item *item, int64_t now, struct document *ret,
                                 struct error *error) {
    switch (item->format) {
    case FORMAT_JSON:
        return reader_json(arena, item->bytes, now, ret, error);
    case FORMAT_HTML:
        return reader_html(arena, item->bytes, now, ret, error);
    case FORMAT_AUTO:
    case FORMAT_TEXT:
        break;
    }
    return reader_text(arena, item->bytes, now, ret, error);
}

static enum result extract(struct arena *arena, const struct ingest_item *item, bool whole, int64_t now, struct article *ret,
                           struct error *error) {
    struct document document = {0};
    enum result result = read_document(arena, item, now, &document, error);
    if (result != RESULT_OK)
        return result;
    document.whole = whole;
    struct article article = {0};
    result = extract_article(arena, &document, &article, error);
    if (result != RESULT_OK)
        return result;
    /* The extractor has no clock. */
    if (article.published.precision != PRECISION_NONE && !moment_believable(article.published, now)) {
        article.published = (struct moment){0};
        article.published_from = NULL;
    }
    if (article.source_name.length == 0)
        article.source_name = url_host(article.url);
    *ret = article;
    return RESULT_OK;
}

enum result item_extract(struct arena *arena, const struct ingest_item *item, bool whole, int64_t now, struct article *ret,
                         struct error *error) {
    enum result result = extract(arena, item, whole, now, ret, error);
    if (result == RESULT_MEMORY && arena->used >= MEMORY_TO_BLAME)
        return error_set(error, RESULT_TOO_LARGE, "takes too much memory to read: more than %d MiB", MEMORY_TO_BLAME >> 20);
    return result;
}
