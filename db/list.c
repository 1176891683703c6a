#include "db/list.h"

#include "base/utf8.h"
#include "db/entity.h"

struct list_row *list_push(struct list_rows *rows) {
    return arena_push(rows->arena, (void **)&rows->items, &rows->count, &rows->capacity, sizeof(*rows->items));
}

struct db_place list_end(struct list_rows *rows, uint32_t limit, bool *ret_more) {
    *ret_more = rows->count > limit;
    if (*ret_more)
        rows->count = limit;
    if (rows->count == 0)
        return (struct db_place){0};
    const struct list_row *last = &rows->items[rows->count - 1];
    return (struct db_place){.number = last->number, .key = last->key, .text = last->folded};
}

static enum result find_id(struct db *db, enum statement_id id, struct span text, bool *ret_found, int64_t *ret_key) {
    CLEANUP(statement_done) struct statement *find = statement_get(db, id);
    bind_text(find, 1, text);
    enum result result = statement_step(find, ret_found);
    if (result == RESULT_OK && *ret_found)
        *ret_key = column_int(find, 0);
    return result;
}

static enum result find_named(struct db *db, struct arena *arena, enum statement_id id, struct span folded, struct span *ret_ids,
                              size_t *ret_count, int64_t *ret_key) {
    CLEANUP(statement_done) struct statement *named = statement_get(db, id);
    bind_text(named, 1, folded);
    bind_int(named, 2, ENTITY_CANDIDATES_MAX);
    bool row = false;
    enum result result;
    while ((result = statement_step(named, &row)) == RESULT_OK && row && *ret_count < ENTITY_CANDIDATES_MAX) {
        *ret_key = column_int(named, 0);
        ret_ids[(*ret_count)++] = column_copy(named, 1, arena);
    }
    return result == RESULT_OK ? row_memory(db, arena) : result;
}

enum result list_resolve(struct db *db, struct arena *arena, enum statement_id find, enum statement_id named, struct span id_or_name,
                         int64_t *ret_key, const struct span **ret_candidates, size_t *ret_candidate_count) {
    *ret_candidates = NULL;
    *ret_candidate_count = 0;
    bool found = false;
    enum result result = find_id(db, find, id_or_name, &found, ret_key);
    if (result != RESULT_OK || found)
        return result;
    struct span folded = {0};
    result = utf8_fold(arena, id_or_name, &folded);
    if (result == RESULT_INVALID || (result == RESULT_OK && folded.length == 0))
        return db_refuse(db, RESULT_NOT_FOUND, "nothing has that id or name");
    if (result != RESULT_OK)
        return db_refuse(db, result, "a name cannot be folded");
    struct span *ids = arena_alloc_array(arena, ENTITY_CANDIDATES_MAX, sizeof(*ids));
    if (!ids)
        return row_memory(db, arena);
    int64_t key = 0;
    size_t count = 0;
    result = find_named(db, arena, named, folded, ids, &count, &key);
    if (result != RESULT_OK)
        return result;
    if (count == 0)
        return db_refuse(db, RESULT_NOT_FOUND, "nothing has that id or name");
    if (count > 1) {
        *ret_candidates = ids;
        *ret_candidate_count = count;
        return db_refuse(db, RESULT_CONFLICT, "the name means several");
    }
    *ret_key = key;
    return RESULT_OK;
}
