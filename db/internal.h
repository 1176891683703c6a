#ifndef QUOTED_DB_INTERNAL_H
#define QUOTED_DB_INTERNAL_H

/* What the files of db/ share: the connection, its prepared statements by number, binding and reading. Nothing outside db/ includes this.
   A statement is handed out reset and with nothing bound, and lives in a variable with STATEMENT, which resets it when it goes: a statement
   left in the middle would hold a read transaction open. What is bound must live until the variable goes. The first failure of binding
   sticks and comes out of the next step. */

#include <sqlite3.h>

#include "base/arena.h"
#include "base/article.h"
#include "base/cleanup.h"
#include "base/result.h"
#include "db/db.h"
#include "db/filter.h"

#define SQL(name, mode, text) STATEMENT_##name,
enum statement_id {
#include "db/statements.def"
    STATEMENT_COUNT
};
#undef SQL

struct statement {
    struct db *db;
    sqlite3_stmt *handle;
    int failed; /* SQLite's code of the first binding that failed, or of a deadline that had passed at hand-out */
};

/* Keys of rows that may not be in the full-text index yet; search_index.h. */
struct key_notes {
    int64_t *keys; /* owned */
    size_t count, capacity;
};

struct db {
    sqlite3 *sqlite;
    char *path;
    enum db_mode mode;
    struct statement statements[STATEMENT_COUNT];
    int64_t deadline_ns; /* 0: none */
    bool in_snapshot;    /* between db_snapshot_begin and db_snapshot_end */
    bool in_batch;       /* between db_begin and db_commit */
    bool wrote;          /* this batch has changed something */
    int64_t batch_revision;
    int64_t batch_time;    /* seconds; one moment for all of a batch */
    int64_t batch_ordinal; /* of the next line in the change log */
    struct key_notes new_articles, new_aliases;
    Fts5Tokenizer *tokenizer; /* owned; the index's own (search.c) */
    fts5_tokenizer tokenizer_methods;
    uint8_t secret[DB_SECRET_BYTES];
    char message[ERROR_MESSAGE_MAX];
};

/* statements.c */
enum result statements_prepare(struct db *db) MUST_USE;
void statements_finalize(struct db *db);
const char *statement_sql(enum statement_id id);
struct statement *statement_get(struct db *db, enum statement_id id);
void statement_done(struct statement **statement);
#define STATEMENT(variable, database, name) CLEANUP(statement_done) struct statement *variable = statement_get((database), STATEMENT_##name)

/* Parameters and columns by number; parameters begin with 1, columns with 0, as SQLite has it. */
void bind_int(struct statement *statement, int index, int64_t value);
void bind_real(struct statement *statement, int index, double value);
void bind_null(struct statement *statement, int index);
void bind_text(struct statement *statement, int index, struct span text);
void bind_text_or_null(struct statement *statement, int index, struct span text); /* empty: NULL */
void bind_string(struct statement *statement, int index, const char *text);       /* NULL: NULL */
void bind_bytes(struct statement *statement, int index, const void *data, size_t length);

enum result statement_step(struct statement *statement, bool *ret_row) MUST_USE;
enum result statement_run(struct statement *statement) MUST_USE; /* to its end; rows are not looked at */

int64_t column_int(const struct statement *statement, int column);
bool column_is_null(const struct statement *statement, int column);
struct span column_span(const struct statement *statement, int column); /* borrowed until the next step or reset */
/* A copy; a failure shows in the arena. */
struct span column_copy(const struct statement *statement, int column, struct arena *arena);

/* db.c: turns SQLite's code into a result and keeps the message, with the path. */
enum result db_fail(struct db *db, int code) MUST_USE;
/* The same for what db/ itself finds wrong. */
enum result db_refuse(struct db *db, enum result result, const char *format, ...) __attribute__((format(printf, 3, 4))) MUST_USE;
enum result db_execute(struct db *db, const char *sql) MUST_USE;
bool db_deadline_passed(const struct db *db);

/* schema.c: makes the schema in an empty file, refuses what is not ours, migrates what is older. */
enum result schema_ready(struct db *db) MUST_USE;

/* A snapshot for the length of one query where the caller has none: a query is several statements, which must see one state. */
enum result snapshot_enter(struct db *db, bool *ret_entered) MUST_USE;
void snapshot_leave(struct db *db, bool entered);

#endif
