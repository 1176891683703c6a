#ifndef QUOTED_DB_SOURCE_H
#define QUOTED_DB_SOURCE_H

/* Outlets, and the store's counts. Rows live in the caller's arena. A connection's thread rule holds. */

#include "db/db.h"
#include "db/filter.h"

struct db_source {
    int64_t key;
    struct span id;   /* the host where articles have URLs ("example.com"), else the slug of the name */
    struct span name; /* the name that its articles give, else the id */
    uint32_t article_count;
    uint32_t quote_count;
    struct moment first_published;
    struct moment last_published;
    int64_t revision;
};

struct db_source_list {
    const struct db_source *rows;
    size_t count;
    bool more;
    struct db_place last;
};

/* Orders: DB_APPEARANCES (articles, most first) and DB_NAME. */
enum result db_source_query(struct db *db, struct arena *arena, const struct db_page *page, struct db_source_list *ret) MUST_USE;
enum result db_source_get(struct db *db, struct arena *arena, struct span id, struct db_source *ret) MUST_USE;
/* An id, or a name that means one source only; results as db_entity_resolve. */
enum result db_source_resolve(struct db *db, struct arena *arena, struct span id_or_name, int64_t *ret_key,
                              const struct span **ret_candidates, size_t *ret_candidate_count) MUST_USE;

struct db_stats {
    int64_t articles;
    int64_t quotes;
    int64_t quotes_with_speaker;
    int64_t entities[ENTITY_TYPE_COUNT];
    int64_t sources;
    int64_t mentions;
    struct moment first_published;
    struct moment last_published;
    int64_t revision;
    int64_t bytes; /* of the database file */
};
/* O(1): kept up to date at writing. */
enum result db_stats(struct db *db, struct db_stats *ret) MUST_USE;

#endif
