#include "db/list.h"
#include "db/source.h"

static enum result load_end(struct db *db, enum statement_id id, int64_t key, struct moment *ret) {
    CLEANUP(statement_done) struct statement *statement = statement_get(db, id);
    bind_int(statement, 1, key);
    bool found = false;
    enum result result = statement_step(statement, &found);
    *ret = result == RESULT_OK && found ? row_moment(statement, 0) : (struct moment){0, PRECISION_NONE};
    return result;
}

static enum result load_row(struct db *db, struct arena *arena, int64_t key, struct db_source *ret) {
    STATEMENT(row, db, SOURCE_ROW);
    bind_int(row, 1, key);
    bool found = false;
    enum result result = statement_step(row, &found);
    if (result != RESULT_OK)
        return result;
    if (!found)
        return db_refuse(db, RESULT_CORRUPT, "an index names a source that is not there");
    *ret = (struct db_source){
        .key = key,
        .id = column_copy(row, 1, arena),
        .name = column_copy(row, 2, arena),
        .article_count = (uint32_t)column_int(row, 3),
        .quote_count = (uint32_t)column_int(row, 4),
        .revision = column_int(row, 5),
    };
    return row_memory(db, arena);
}

static enum result load_source(struct db *db, struct arena *arena, int64_t key, struct db_source *ret) {
    enum result result = load_row(db, arena, key, ret);
    if (result == RESULT_OK)
        result = load_end(db, STATEMENT_SOURCE_FIRST, key, &ret->first_published);
    return result == RESULT_OK ? load_end(db, STATEMENT_SOURCE_LAST, key, &ret->last_published) : result;
}

/* --- lists -------------------------------------------------------------------------------------------------------------------------------
 */

static void bind_place(struct statement *select, const struct db_page *page) {
    bool by_name = page->order == DB_NAME;
    if (by_name)
        bind_text(select, 1, page->has_after ? page->after.text : (struct span){0});
    else
        bind_int(select, 1, page->has_after ? page->after.number : INT64_MAX);
    int64_t before_all = by_name ? INT64_MIN : INT64_MAX;
    bind_int(select, 2, page->has_after ? page->after.key : before_all);
}

static enum result list_keys(struct db *db, const struct db_page *page, struct list_rows *rows) {
    enum statement_id id = page->order == DB_NAME ? STATEMENT_SOURCES_BY_NAME : STATEMENT_SOURCES_BY_ARTICLES;
    CLEANUP(statement_done) struct statement *select = statement_get(db, id);
    bind_place(select, page);
    bind_int(select, 3, (int64_t)page->limit + 1);
    bool found = false;
    enum result result;
    while ((result = statement_step(select, &found)) == RESULT_OK && found) {
        struct list_row *row = list_push(rows);
        if (!row)
            break;
        *row = (struct list_row){column_int(select, 0), column_int(select, 1), column_copy(select, 2, rows->arena)};
    }
    return result == RESULT_OK ? row_memory(db, rows->arena) : result;
}

static enum result list(struct db *db, struct arena *arena, const struct db_page *page, struct db_source_list *ret) {
    struct list_rows rows = {.arena = arena};
    enum result result = list_keys(db, page, &rows);
    if (result != RESULT_OK)
        return result;
    ret->last = list_end(&rows, page->limit, &ret->more);
    struct db_source *sources = arena_alloc_array(arena, rows.count, sizeof(*sources));
    if (!sources)
        return row_memory(db, arena);
    for (size_t i = 0; i < rows.count && result == RESULT_OK; i++)
        result = load_source(db, arena, rows.items[i].key, &sources[i]);
    ret->rows = sources;
    ret->count = rows.count;
    return result;
}

enum result db_source_query(struct db *db, struct arena *arena, const struct db_page *page, struct db_source_list *ret) {
    if (page->order != DB_NAME && page->order != DB_APPEARANCES)
        return db_refuse(db, RESULT_INVALID, "not an order of sources");
    bool entered = false;
    enum result result = snapshot_enter(db, &entered);
    if (result != RESULT_OK)
        return result;
    struct db_source_list found = {0};
    result = list(db, arena, page, &found);
    if (result == RESULT_OK)
        *ret = found;
    snapshot_leave(db, entered);
    return result;
}

/* --- one ---------------------------------------------------------------------------------------------------------------------------------
 */

static enum result get(struct db *db, struct arena *arena, struct span id, struct db_source *ret) {
    int64_t key = 0;
    {
        STATEMENT(find, db, SOURCE_FIND);
        bind_text(find, 1, id);
        bool found = false;
        enum result result = statement_step(find, &found);
        if (result != RESULT_OK)
            return result;
        if (!found)
            return db_refuse(db, RESULT_NOT_FOUND, "no such source");
        key = column_int(find, 0);
    }
    return load_source(db, arena, key, ret);
}

enum result db_source_get(struct db *db, struct arena *arena, struct span id, struct db_source *ret) {
    bool entered = false;
    enum result result = snapshot_enter(db, &entered);
    if (result != RESULT_OK)
        return result;
    struct db_source found = {0};
    result = get(db, arena, id, &found);
    if (result == RESULT_OK)
        *ret = found;
    snapshot_leave(db, entered);
    return result;
}

enum result db_source_resolve(struct db *db, struct arena *arena, struct span id_or_name, int64_t *ret_key,
                              const struct span **ret_candidates, size_t *ret_candidate_count) {
    return list_resolve(db, arena, STATEMENT_SOURCE_FIND, STATEMENT_SOURCE_NAMED, id_or_name, ret_key, ret_candidates, ret_candidate_count);
}
