#include "ingest/one.h"

#include "base/cleanup.h"
#include "ingest/feed.h"

struct one {
    const struct ingest_hints *hints;
    int64_t now;
    ingest_visit *visit;
    void *context;
    struct arena arena; /* of the document in hand */
    bool any;           /* something was handed on */
};

static void one_done(struct one *one) {
    arena_done(&one->arena);
}

static enum result refuse(void *context, const struct ingest_refusal *refusal, struct error *error) {
    (void)error;
    struct one *one = context;
    one->any = true;
    return one->visit(one->context, NULL, (struct span){0}, refusal);
}

static enum result take(void *context, const struct ingest_item *item, struct error *error) {
    struct one *one = context;
    struct article article;
    struct error why = {0};
    arena_reset(&one->arena);
    one->any = true;
    enum result result = item_extract(&one->arena, item, one->hints->whole, one->now, &article, &why);
    if (result == RESULT_OK)
        return one->visit(one->context, &article, item->bytes, NULL);
    if (!item_refusable(result))
        return error_set(error, result, "%s", why.message);
    const struct ingest_refusal refusal = {.path = item->path, .line = item->line, .item = item->item, .reason = why.message};
    return one->visit(one->context, NULL, item->bytes, &refusal);
}

enum result ingest_read(struct span bytes, const struct ingest_hints *hints, ingest_visit *visit, void *context, struct error *error) {
    CLEANUP(arena_done) struct arena names;
    arena_init(&names, 0);
    struct span path = arena_copy(&names, hints->path);
    if (arena_failed(&names))
        return error_set(error, RESULT_MEMORY, "out of memory");
    CLEANUP(one_done)
    struct one one = {
        .hints = hints,
        .now = hints->now != 0 ? hints->now : time_now(),
        .visit = visit,
        .context = context,
    };
    arena_init(&one.arena, DOCUMENT_MEMORY_MAX);
    struct feed feed = {
        .format = hints->format,
        .file_bytes_max = FILE_BYTES_MAX_DEFAULT,
        .take = take,
        .refuse = refuse,
        .context = &one,
    };
    enum result result = feed_memory(&feed, bytes, path.data, error);
    if (result == RESULT_OK && !one.any)
        return error_set(error, RESULT_INVALID, "no document in it");
    return result;
}
