#ifndef QUOTED_INGEST_BATCH_H
#define QUOTED_INGEST_BATCH_H

/* A batch: raw documents copied out of the feed, extracted side by side, then stored in one transaction. The write lock is held for the
   storing only. Extraction touches nothing but its own slot. One thread at a time. */

#include "base/arena.h"
#include "base/public_id.h"
#include "db/write.h"
#include "ingest/item.h"

struct batch_slot {
    struct arena arena; /* of the bytes, the path and the article */
    struct ingest_item item;
    uint8_t digest[32];
    struct article article;
    struct error failure; /* of extracting or storing; result RESULT_OK: none */
    enum db_outcome outcome;
    bool known; /* its bytes are stored already */
};

struct batch {
    struct batch_slot *slots;
    size_t count;
    size_t bytes;
};

/* RESULT_MEMORY. */
enum result batch_open(struct batch *ret) MUST_USE;
void batch_close(struct batch *batch);
void batch_clear(struct batch *batch);
bool batch_full(const struct batch *batch);

/* Copies the item in. RESULT_MEMORY. The batch may not be full. */
enum result batch_add(struct batch *batch, const struct ingest_item *item, struct batch_slot **ret) MUST_USE;
/* Extracts what is not known; documents that cannot be understood get their failure. RESULT_MEMORY. */
enum result batch_extract(struct batch *batch, bool whole, int64_t now, struct error *error) MUST_USE;
/* Forgets what stands behind the first document that failed. */
void batch_cut_behind_failure(struct batch *batch);
/* Stores what was extracted and commits. Documents that the store refuses get their failure; other failures leave nothing of the batch. */
enum result batch_store(struct batch *batch, struct db *db, struct error *error) MUST_USE;

#endif
