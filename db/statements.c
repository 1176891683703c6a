#include "db/internal.h"

/* Every SQL text of the store stands once, in statements.def, and is prepared when a store is opened, so that a text which does not fit the
   schema fails there and not at the first request. */

enum statement_mode { READ, WRITE }; /* WRITE: only a connection that may write prepares it */

struct statement_text {
    enum statement_mode mode;
    const char *sql;
};

#define SQL(name, mode, text) [STATEMENT_##name] = {mode, text},
static const struct statement_text texts[STATEMENT_COUNT] = {
#include "db/statements.def"
};
#undef SQL

const char *statement_sql(enum statement_id id) {
    return texts[id].sql;
}

enum result statements_prepare(struct db *db) {
    for (size_t i = 0; i < STATEMENT_COUNT; i++) {
        struct statement *statement = &db->statements[i];
        statement->db = db;
        if (texts[i].mode == WRITE && db->mode != DB_WRITE)
            continue;
        int code = sqlite3_prepare_v3(db->sqlite, texts[i].sql, -1, SQLITE_PREPARE_PERSISTENT, &statement->handle, NULL);
        if (code != SQLITE_OK)
            return db_fail(db, code);
    }
    return RESULT_OK;
}

void statements_finalize(struct db *db) {
    for (size_t i = 0; i < STATEMENT_COUNT; i++) {
        sqlite3_finalize(db->statements[i].handle);
        db->statements[i].handle = NULL;
    }
}

struct statement *statement_get(struct db *db, enum statement_id id) {
    struct statement *statement = &db->statements[id];
    statement->failed = SQLITE_OK;
    if (!statement->handle) {
        statement->failed = SQLITE_READONLY; /* a writing statement on a reading connection */
        return statement;
    }
    sqlite3_reset(statement->handle);
    sqlite3_clear_bindings(statement->handle);
    if (db_deadline_passed(db))
        statement->failed = SQLITE_INTERRUPT;
    return statement;
}

void statement_done(struct statement **statement) {
    if (*statement && (*statement)->handle)
        sqlite3_reset((*statement)->handle);
}

static void keep_failure(struct statement *statement, int code) {
    if (code != SQLITE_OK && statement->failed == SQLITE_OK)
        statement->failed = code;
}

void bind_int(struct statement *statement, int index, int64_t value) {
    keep_failure(statement, sqlite3_bind_int64(statement->handle, index, value));
}

void bind_real(struct statement *statement, int index, double value) {
    keep_failure(statement, sqlite3_bind_double(statement->handle, index, value));
}

void bind_null(struct statement *statement, int index) {
    keep_failure(statement, sqlite3_bind_null(statement->handle, index));
}

void bind_text(struct statement *statement, int index, struct span text) {
    const char *data = text.length ? text.data : "";
    keep_failure(statement, sqlite3_bind_text64(statement->handle, index, data, text.length, SQLITE_STATIC, SQLITE_UTF8));
}

void bind_text_or_null(struct statement *statement, int index, struct span text) {
    if (text.length)
        bind_text(statement, index, text);
    else
        bind_null(statement, index);
}

void bind_string(struct statement *statement, int index, const char *text) {
    if (text)
        bind_text(statement, index, span_of(text));
    else
        bind_null(statement, index);
}

void bind_bytes(struct statement *statement, int index, const void *data, size_t length) {
    keep_failure(statement, sqlite3_bind_blob64(statement->handle, index, length ? data : "", length, SQLITE_STATIC));
}

enum result statement_step(struct statement *statement, bool *ret_row) {
    *ret_row = false;
    if (statement->failed != SQLITE_OK)
        return db_fail(statement->db, statement->failed);
    int code = sqlite3_step(statement->handle);
    if (code != SQLITE_ROW && code != SQLITE_DONE)
        return db_fail(statement->db, code);
    *ret_row = code == SQLITE_ROW;
    return RESULT_OK;
}

enum result statement_run(struct statement *statement) {
    bool row = true;
    enum result result = RESULT_OK;
    while (result == RESULT_OK && row)
        result = statement_step(statement, &row);
    return result;
}

int64_t column_int(const struct statement *statement, int column) {
    return sqlite3_column_int64(statement->handle, column);
}

bool column_is_null(const struct statement *statement, int column) {
    return sqlite3_column_type(statement->handle, column) == SQLITE_NULL;
}

struct span column_span(const struct statement *statement, int column) {
    const char *data = sqlite3_column_blob(statement->handle, column); /* a text's bytes as they are stored: UTF-8, no conversion */
    return (struct span){data, (size_t)sqlite3_column_bytes(statement->handle, column)};
}

struct span column_copy(const struct statement *statement, int column, struct arena *arena) {
    struct span span = column_span(statement, column);
    return span.length ? arena_copy(arena, span) : (struct span){"", 0};
}
