#include "db/db.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "base/time.h"
#include "db/internal.h"
#include "db/listed.h"
#include "db/search.h"
#include "db/search_index.h"
#include "db/write.h"

enum {
    READ_WAIT_MS = 2000,           /* readers never wait for the writer; only for another one's recovery of the log after a crash */
    PROGRESS_STEPS = 2000,         /* of SQLite's machine between two looks at the clock: some 20 microseconds */
    READ_CACHE_KIBIBYTES = 8192,   /* a connection's own; the rest is the operating system's page cache, through mmap */
    WRITE_CACHE_KIBIBYTES = 65536, /* the pages that a batch changes, so that they need not go to the log before it ends */
    CHECKPOINT_PAGES = 8000,       /* 32 MiB of log: a page that many batches change is copied into the file once */
    MMAP_MEBIBYTES = 512,          /* address space, not memory */
    WAL_KEPT_MEBIBYTES = 64,       /* the log is cut back to this after a checkpoint */
};

/* Readers and the writer share an index of the log in memory, which is a file beside the store. */
#define READING_NEEDS "cannot be opened: reading needs the right to read the file and to write beside it (%s-shm)"

enum result db_refuse(struct db *db, enum result result, const char *format, ...) {
    char text[ERROR_MESSAGE_MAX];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(text, sizeof(text), format, arguments);
    va_end(arguments);
    struct error error = {0};
    (void)error_set(&error, result, "%s: %s", db->path, text);
    memcpy(db->message, error.message, sizeof(db->message));
    return result;
}

enum result db_fail(struct db *db, int code) {
    const char *detail = sqlite3_errmsg(db->sqlite);
    switch (code & 0xff) {
    case SQLITE_OK:
    case SQLITE_ROW:
    case SQLITE_DONE:
        return RESULT_OK;
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return db_refuse(db, RESULT_BUSY, "another process is writing");
    case SQLITE_INTERRUPT:
        return db_refuse(db, RESULT_DEADLINE, "the time allowed is over");
    case SQLITE_NOMEM:
        return db_refuse(db, RESULT_MEMORY, "out of memory");
    case SQLITE_TOOBIG:
        return db_refuse(db, RESULT_TOO_LARGE, "a value is too large for the store");
    case SQLITE_FULL:
        return db_refuse(db, RESULT_IO, "disk is full");
    case SQLITE_READONLY:
        if (db->mode == DB_WRITE)
            return db_refuse(db, RESULT_IO, "cannot be written: the file or its folder is read-only");
        if (code == SQLITE_READONLY)
            return db_refuse(db, RESULT_CONFLICT, "the store was opened for reading only");
        return db_refuse(db, RESULT_IO, READING_NEEDS, db->path); /* SQLITE_READONLY_CANTINIT and its like */
    case SQLITE_IOERR:
        if (sqlite3_system_errno(db->sqlite) == ENOSPC)
            return db_refuse(db, RESULT_IO, "disk is full");
        return db_refuse(db, RESULT_IO, "%s", detail);
    case SQLITE_CANTOPEN:
        if (db->mode == DB_READ)
            return db_refuse(db, RESULT_IO, READING_NEEDS, db->path);
        return db_refuse(db, RESULT_IO, "cannot be opened or made: %s", strerror(sqlite3_system_errno(db->sqlite)));
    case SQLITE_PERM:
    case SQLITE_AUTH:
        return db_refuse(db, RESULT_IO, "%s", detail);
    case SQLITE_NOTADB:
        return db_refuse(db, RESULT_INVALID, "not a database");
    default: /* damage, a broken constraint, a schema that does not fit the statements */
        return db_refuse(db, RESULT_CORRUPT, "%s", detail);
    }
}

enum result db_execute(struct db *db, const char *sql) {
    int code = sqlite3_exec(db->sqlite, sql, NULL, NULL, NULL);
    return code == SQLITE_OK ? RESULT_OK : db_fail(db, code);
}

bool db_deadline_passed(const struct db *db) {
    return db->deadline_ns != 0 && time_monotonic_ns() >= db->deadline_ns;
}

static int on_progress(void *context) {
    return db_deadline_passed(context);
}

void db_set_deadline(struct db *db, int64_t deadline_ns) {
    db->deadline_ns = deadline_ns;
    sqlite3_progress_handler(db->sqlite, deadline_ns == 0 ? 0 : PROGRESS_STEPS, deadline_ns == 0 ? NULL : on_progress, db);
}

const char *db_error_message(const struct db *db) {
    return db->message;
}

static enum result look_at_path(struct db *db) {
    struct stat status;
    if (stat(db->path, &status) != 0) {
        if (errno != ENOENT)
            return db_refuse(db, RESULT_IO, "%s", strerror(errno));
        return db->mode == DB_WRITE ? RESULT_OK : db_refuse(db, RESULT_NOT_FOUND, "no such file");
    }
    if (!S_ISREG(status.st_mode))
        return db_refuse(db, RESULT_INVALID, "not a file");
    return RESULT_OK;
}

static enum result set_up_connection(struct db *db) {
    int code = sqlite3_busy_timeout(db->sqlite, db->mode == DB_WRITE ? WRITE_WAIT_MS : READ_WAIT_MS);
    sqlite3_db_config(db->sqlite, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
    sqlite3_db_config(db->sqlite, SQLITE_DBCONFIG_DQS_DML, 0, NULL);
    sqlite3_db_config(db->sqlite, SQLITE_DBCONFIG_DQS_DDL, 0, NULL);
    sqlite3_db_config(db->sqlite, SQLITE_DBCONFIG_ENABLE_FKEY, 1, NULL);
    if (code != SQLITE_OK)
        return db_fail(db, code);
    char sql[400];
    snprintf(sql, sizeof(sql),
             "PRAGMA temp_store = MEMORY; PRAGMA cache_size = -%d; PRAGMA mmap_size = %lld; PRAGMA secure_delete = OFF;"
             "PRAGMA synchronous = FULL; PRAGMA journal_size_limit = %lld; PRAGMA wal_autocheckpoint = %d;",
             db->mode == DB_WRITE ? WRITE_CACHE_KIBIBYTES : READ_CACHE_KIBIBYTES, (long long)MMAP_MEBIBYTES << 20,
             (long long)WAL_KEPT_MEBIBYTES << 20, CHECKPOINT_PAGES);
    return db_execute(db, sql);
}

static enum result read_secret(struct db *db) {
    STATEMENT(read, db, STORE_READ);
    bool row = false;
    enum result result = statement_step(read, &row);
    if (result != RESULT_OK)
        return result;
    struct span secret = row ? column_span(read, 2) : (struct span){0};
    if (secret.length != DB_SECRET_BYTES)
        return db_refuse(db, RESULT_CORRUPT, "the store's own row is missing or damaged");
    memcpy(db->secret, secret.data, DB_SECRET_BYTES);
    return RESULT_OK;
}

static enum result connect(struct db *db) {
    enum result result = look_at_path(db);
    if (result != RESULT_OK)
        return result;
    int flags = db->mode == DB_WRITE ? SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE : SQLITE_OPEN_READONLY;
    int code = sqlite3_open_v2(db->path, &db->sqlite, flags | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, NULL);
    if (code != SQLITE_OK)
        return db_fail(db, code);
    if ((result = set_up_connection(db)) != RESULT_OK)
        return result;
    if ((result = schema_ready(db)) != RESULT_OK)
        return result;
    if ((result = listed_register(db)) != RESULT_OK)
        return result;
    if ((result = search_register(db)) != RESULT_OK)
        return result;
    if ((result = statements_prepare(db)) != RESULT_OK)
        return result;
    if ((result = read_secret(db)) != RESULT_OK)
        return result;
    return db->mode == DB_READ ? db_execute(db, "PRAGMA query_only = ON") : RESULT_OK;
}

enum result db_open(const char *path, enum db_mode mode, struct db **ret, struct error *error) {
    CLEANUP(db_close_pointer) struct db *db = calloc(1, sizeof(*db));
    if (!db || !(db->path = strdup(path)))
        return error_set(error, RESULT_MEMORY, "%s: out of memory", path);
    db->mode = mode;
    enum result result = connect(db);
    if (result != RESULT_OK)
        return error_set(error, result, "%s", db->message);
    *ret = TAKE(db);
    return RESULT_OK;
}

void db_close(struct db *db) {
    if (!db)
        return;
    statements_finalize(db);
    search_forget(db);
    search_index_free(db);
    sqlite3_close(db->sqlite);
    free(db->path);
    free(db);
}

void db_close_pointer(struct db **db) {
    db_close(*db);
}

/* --- snapshots and what the store knows of itself --------------------------------------------------------------------------------------
 */

enum result db_snapshot_begin(struct db *db) {
    if (db->in_snapshot || db->in_batch)
        return db_refuse(db, RESULT_CONFLICT, "a transaction is open already");
    enum result result;
    {
        STATEMENT(begin, db, SNAPSHOT_BEGIN);
        if ((result = statement_run(begin)) != RESULT_OK)
            return result;
    }
    db->in_snapshot = true;
    int64_t revision = 0;
    result = db_revision(db, &revision); /* BEGIN alone reads nothing yet: the first reading fixes what is seen */
    if (result != RESULT_OK)
        db_snapshot_end(db);
    return result;
}

void db_snapshot_end(struct db *db) {
    if (!db->in_snapshot)
        return;
    db->in_snapshot = false;
    sqlite3_stmt *end = db->statements[STATEMENT_SNAPSHOT_END].handle; /* not through statement_get: a deadline must not keep it open */
    sqlite3_step(end);
    sqlite3_reset(end);
}

enum result snapshot_enter(struct db *db, bool *ret_entered) {
    *ret_entered = false;
    if (db_deadline_passed(db))
        return db_fail(db, SQLITE_INTERRUPT);
    if (db->in_snapshot || db->in_batch)
        return RESULT_OK;
    enum result result = db_snapshot_begin(db);
    *ret_entered = result == RESULT_OK;
    return result;
}

void snapshot_leave(struct db *db, bool entered) {
    if (entered)
        db_snapshot_end(db);
}

static enum result read_store_column(struct db *db, int column, int64_t *ret) {
    STATEMENT(read, db, STORE_READ);
    bool row = false;
    enum result result = statement_step(read, &row);
    if (result == RESULT_OK)
        *ret = row ? column_int(read, column) : 0;
    return result;
}

enum result db_revision(struct db *db, int64_t *ret) {
    return read_store_column(db, 0, ret);
}

enum result db_last_modified(struct db *db, int64_t *ret) {
    return read_store_column(db, 1, ret);
}

const uint8_t *db_secret(const struct db *db) {
    return db->secret;
}
