#include "ingest/batch.h"

#include "extract/extract.h"

#include <stdlib.h>
#include <string.h>

enum result batch_open(struct batch *ret) {
    *ret = (struct batch){.slots = calloc(BATCH_DOCUMENTS, sizeof *ret->slots)};
    return ret->slots ? RESULT_OK : RESULT_MEMORY;
}

/* Each slot's memory goes back: one that once held a giant must not keep it for the rest of the run. */
void batch_clear(struct batch *batch) {
    for (size_t i = 0; i < batch->count; i++)
        arena_done(&batch->slots[i].arena);
    batch->count = 0;
    batch->bytes = 0;
}

void batch_close(struct batch *batch) {
    if (batch->slots)
        batch_clear(batch);
    free(batch->slots);
    batch->slots = NULL;
}

bool batch_full(const struct batch *batch) {
    return batch->count == BATCH_DOCUMENTS || batch->bytes >= BATCH_BYTES;
}

enum result batch_add(struct batch *batch, const struct ingest_item *item, struct batch_slot **ret) {
    struct batch_slot *slot = &batch->slots[batch->count];
    memset(slot, 0, sizeof *slot);
    arena_init(&slot->arena, DOCUMENT_MEMORY_MAX);
    slot->item = *item;
    slot->item.bytes = arena_copy(&slot->arena, item->bytes);
    slot->item.path = arena_copy(&slot->arena, span_of(item->path)).data;
    if (arena_failed(&slot->arena)) {
        arena_done(&slot->arena);
        return RESULT_MEMORY;
    }
    batch->count++;
    batch->bytes += item->bytes.length;
    *ret = slot;
    return RESULT_OK;
}

enum result batch_extract(struct batch *batch, bool whole, int64_t now, struct error *error) {
    for (size_t i = 0; i < batch->count; i++) {
        struct batch_slot *slot = &batch->slots[i];
        if (slot->known)
            continue;
        enum result result = item_extract(&slot->arena, &slot->item, whole, now, &slot->article, &slot->failure);
        if (result != RESULT_OK && !item_refusable(result))
            return error_set(error, result, "%s: %s", slot->item.path, slot->failure.message);
        slot->failure.result = result;
    }
    return RESULT_OK;
}

void batch_cut_behind_failure(struct batch *batch) {
    size_t keep = 0;
    while (keep < batch->count && batch->slots[keep].failure.result == RESULT_OK)
        keep++;
    while (batch->count > keep + 1)
        arena_done(&batch->slots[--batch->count].arena);
}

static enum result store_slot(struct batch_slot *slot, struct db *db, struct error *error) {
    struct db_original original = {
        .bytes = slot->item.bytes,
        .media_type = item_media_type(&slot->item),
        .path = span_of(slot->item.path),
    };
    memcpy(original.digest, slot->digest, sizeof original.digest);
    char id[ARTICLE_ID_LENGTH + 1];
    enum result result = db_put_article(db, &slot->article, &original, EXTRACTOR_VERSION, &slot->outcome, id, &slot->failure);
    slot->failure.result = result;
    if (result == RESULT_OK || item_refusable(result))
        return RESULT_OK;
    return error_set(error, result, "%s: %s", slot->item.path, slot->failure.message);
}

static enum result store_slots(struct batch *batch, struct db *db, struct error *error) {
    for (size_t i = 0; i < batch->count; i++) {
        struct batch_slot *slot = &batch->slots[i];
        if (slot->known || slot->failure.result != RESULT_OK)
            continue;
        enum result result = store_slot(slot, db, error);
        if (result != RESULT_OK)
            return result;
    }
    return RESULT_OK;
}

static bool anything_to_store(const struct batch *batch) {
    for (size_t i = 0; i < batch->count; i++)
        if (!batch->slots[i].known && batch->slots[i].failure.result == RESULT_OK)
            return true;
    return false;
}

enum result batch_store(struct batch *batch, struct db *db, struct error *error) {
    if (!anything_to_store(batch))
        return RESULT_OK;
    enum result result = db_begin(db);
    if (result != RESULT_OK)
        return error_set(error, result, "%s", db_error_message(db));
    result = store_slots(batch, db, error);
    if (result == RESULT_OK) {
        result = db_commit(db);
        if (result != RESULT_OK)
            error_set(error, result, "%s", db_error_message(db));
    }
    if (result != RESULT_OK)
        db_rollback(db);
    return result;
}
