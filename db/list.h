#ifndef QUOTED_DB_LIST_H
#define QUOTED_DB_LIST_H

/* What lists of entities and sources share: rows with the values that they are ordered by, and finding one by id or name. Inside db/ only.
 */

#include "db/row.h"

struct list_row {
    int64_t key;
    int64_t number;     /* article_count or last_article; for DB_NAME what breaks ties */
    struct span folded; /* for DB_NAME */
};

struct list_rows {
    struct arena *arena;
    struct list_row *items;
    size_t count;
    size_t capacity;
};

/* NULL on failure, which shows in the arena. */
struct list_row *list_push(struct list_rows *rows);
/* Cuts what is over limit off, tells so, and gives the place of the last row that stays. */
struct db_place list_end(struct list_rows *rows, uint32_t limit, bool *ret_more);

/* find: a statement from an id to column 0, the key. named: from a folded name and a limit to key and id, most frequent first. */
enum result list_resolve(struct db *db, struct arena *arena, enum statement_id find, enum statement_id named, struct span id_or_name,
                         int64_t *ret_key, const struct span **ret_candidates, size_t *ret_candidate_count) MUST_USE;

#endif
