#ifndef QUOTED_DB_PUT_H
#define QUOTED_DB_PUT_H

/* One article on its way into the store. Inside db/ only. */

#include "db/article.h"
#include "db/key.h"
#include "db/value.h"

struct put {
    struct db *db;
    struct arena *arena;
    const struct article *article;
    const struct db_original *original;
    int extractor_version;
    struct span id;
    uint8_t value_digest[SHA256_BYTES];
    int64_t key;
    bool has_source;
    int64_t source;
    int64_t added;
    int64_t arrival;
    struct tally tally;
    struct store_delta delta;
};

/* Inserts the article under put->key with all its parts, and adds them to the tally and the store's counts. put_rows.c. */
enum result put_rows(struct put *put) MUST_USE;

#endif
