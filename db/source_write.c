#include "base/public_id.h"
#include "base/utf8.h"
#include "db/tally.h"

static enum result find(struct db *db, struct span id, bool *ret_found, int64_t *ret_key) {
    STATEMENT(find, db, SOURCE_BY_ID);
    bind_text(find, 1, id);
    enum result result = statement_step(find, ret_found);
    if (result == RESULT_OK && *ret_found)
        *ret_key = column_int(find, 0);
    return result;
}

enum result source_identify(struct db *db, struct arena *arena, struct span url, struct span name, int64_t *ret_key) {
    struct span id = url_host(url);
    struct span folded = {0};
    enum result result = id.length ? RESULT_OK : slug_make(arena, name, &id);
    if (result == RESULT_OK)
        result = utf8_fold(arena, name.length ? name : id, &folded);
    if (result != RESULT_OK)
        return db_refuse(db, result, "a source's name cannot be folded");
    bool found = false;
    if ((result = find(db, id, &found, ret_key)) != RESULT_OK || found)
        return result;
    STATEMENT(insert, db, SOURCE_INSERT);
    bind_text(insert, 1, id);
    bind_text(insert, 2, name.length ? name : id);
    bind_text(insert, 3, folded);
    bind_int(insert, 4, db->batch_revision);
    result = statement_run(insert);
    *ret_key = sqlite3_last_insert_rowid(db->sqlite);
    return result;
}

struct source_state {
    struct span id;
    struct span name;
    int64_t articles;
    int64_t quotes;
};

static enum result read_state(struct db *db, struct arena *arena, int64_t key, struct source_state *ret) {
    STATEMENT(read, db, SOURCE_BY_KEY);
    bind_int(read, 1, key);
    bool row = false;
    enum result result = statement_step(read, &row);
    if (result != RESULT_OK)
        return result;
    if (!row)
        return db_refuse(db, RESULT_CORRUPT, "an article names a source that is not there");
    *ret = (struct source_state){column_copy(read, 1, arena), column_copy(read, 2, arena), column_int(read, 3), column_int(read, 4)};
    return arena_failed(arena) ? db_fail(db, SQLITE_NOMEM) : RESULT_OK;
}

enum result source_change(struct db *db, struct arena *arena, int64_t key, int64_t articles, int64_t quotes, struct span name,
                          struct store_delta *delta) {
    struct source_state state = {0};
    enum result result = read_state(db, arena, key, &state);
    if (result != RESULT_OK)
        return result;
    bool renamed = name.length && !span_equal(name, state.name);
    if (articles == 0 && quotes == 0 && !renamed)
        return RESULT_OK;
    if (!name.length)
        name = state.name;
    struct span folded = {0};
    if ((result = utf8_fold(arena, name, &folded)) != RESULT_OK)
        return db_refuse(db, result, "a source's name cannot be folded");
    {
        STATEMENT(update, db, SOURCE_UPDATE);
        bind_int(update, 1, key);
        bind_text(update, 2, name);
        bind_text(update, 3, folded);
        bind_int(update, 4, state.articles + articles);
        bind_int(update, 5, state.quotes + quotes);
        bind_int(update, 6, db->batch_revision);
        if ((result = statement_run(update)) != RESULT_OK)
            return result;
    }
    bool was = state.articles > 0;
    bool is = state.articles + articles > 0;
    delta->sources += is - was;
    if (was == is && !renamed)
        return RESULT_OK;
    return change_log(db, "source", state.id, was == is ? "changed" : is ? "added" : "deleted");
}
