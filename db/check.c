#include "db/row.h"
#include "db/write.h"

/* Everything that a store can be asked about its own soundness. Each question is one statement that finds nothing in a sound store. */

static enum result judge(struct db *db, struct error *error, enum result result) {
    return result == RESULT_OK ? RESULT_OK : error_set(error, result, "%s", db->message);
}

/* SQLite's own check: one row, "ok", or findings. */
static enum result check_file(struct db *db) {
    STATEMENT(check, db, CHECK_INTEGRITY);
    bool row = false;
    enum result result = statement_step(check, &row);
    if (result != RESULT_OK || !row)
        return result;
    struct span finding = column_span(check, 0);
    return span_equal(finding, SPAN("ok")) ? RESULT_OK : db_refuse(db, RESULT_CORRUPT, "%.*s", SPAN_PRINT(finding));
}

static enum result check_rows(struct db *db, enum statement_id id, const char *what) {
    CLEANUP(statement_done) struct statement *check = statement_get(db, id);
    bool row = false;
    enum result result = statement_step(check, &row);
    if (result != RESULT_OK || !row)
        return result;
    struct span where = column_span(check, 0);
    return db_refuse(db, RESULT_CORRUPT, "%s (%.*s)", what, SPAN_PRINT(where));
}

/* A full-text index and its table differ: SQLITE_CORRUPT. */
static enum result check_index(struct db *db, enum statement_id id, const char *what) {
    CLEANUP(statement_done) struct statement *check = statement_get(db, id);
    enum result result = statement_run(check);
    return result == RESULT_CORRUPT ? db_refuse(db, RESULT_CORRUPT, "the full-text index of %s does not fit its table", what) : result;
}

static enum result check_all(struct db *db) {
    static const struct {
        enum statement_id id;
        const char *what;
    } questions[] = {
        {STATEMENT_CHECK_FOREIGN_KEYS, "a row points to nothing"},
        {STATEMENT_CHECK_ORDER, "an article's key is out of the order of publication"},
        {STATEMENT_CHECK_QUOTE_KEYS, "a quote's key is not its article's"},
        {STATEMENT_CHECK_ARTICLES, "an article's counts are wrong"},
        {STATEMENT_CHECK_APPEARANCES, "an appearance's counts are wrong"},
        {STATEMENT_CHECK_ENTITIES, "an entity's counts are wrong"},
        {STATEMENT_CHECK_ENTITY_ENDS, "an entity's first or last article is wrong"},
        {STATEMENT_CHECK_ALIASES, "an alias' counts are wrong"},
        {STATEMENT_CHECK_NAMES, "an entity's name is not its most frequent one"},
        {STATEMENT_CHECK_ROLES, "a role's count is wrong"},
        {STATEMENT_CHECK_SOURCES, "a source's counts are wrong"},
        {STATEMENT_CHECK_STORE, "the store's own counts are wrong"},
    };
    enum result result = check_file(db);
    for (size_t i = 0; i < sizeof(questions) / sizeof(*questions) && result == RESULT_OK; i++)
        result = check_rows(db, questions[i].id, questions[i].what);
    if (result == RESULT_OK)
        result = check_index(db, STATEMENT_CHECK_ARTICLE_SEARCH, "articles");
    if (result == RESULT_OK)
        result = check_index(db, STATEMENT_CHECK_QUOTE_SEARCH, "quotes");
    return result == RESULT_OK ? check_index(db, STATEMENT_CHECK_ALIAS_SEARCH, "names") : result;
}

enum result db_check(struct db *db, struct error *error) {
    if (db->mode != DB_WRITE) /* FTS5 checks an index by way of an INSERT */
        return judge(db, error, db_refuse(db, RESULT_CONFLICT, "a check needs the store to be opened for writing"));
    bool entered = false;
    enum result result = snapshot_enter(db, &entered);
    if (result != RESULT_OK)
        return judge(db, error, result);
    result = check_all(db);
    snapshot_leave(db, entered);
    return judge(db, error, result);
}
