#include <string.h>
#include <time.h>

#include "base/hash.h"
#include "db/internal.h"
#include "db/write.h"
#include "schema_sql.h"

/* The schema of a file: made where there is none, refused where it is a stranger's or a newer one, migrated where it is older. */

enum {
    APPLICATION_ID = 1903521652, /* "quot"; also in schema.sql */
    SCHEMA_VERSION = 1,          /* also in schema.sql */
    SWITCH_PAUSE_MILLISECONDS = 10,
};

/* One step up: from version `from` to the next. Runs inside the transaction that also sets user_version. */
struct migration {
    int from;
    const char *sql;
};

/* Version 1 is the first, so there is nothing to migrate from yet. The closing entry is never reached. */
static const struct migration migrations[] = {{0, NULL}};

static enum result read_pragma(struct db *db, const char *sql, int64_t *ret) {
    sqlite3_stmt *statement = NULL;
    int code = sqlite3_prepare_v2(db->sqlite, sql, -1, &statement, NULL);
    if (code == SQLITE_OK)
        code = sqlite3_step(statement);
    enum result result = code == SQLITE_ROW ? RESULT_OK : db_fail(db, code);
    if (result == RESULT_OK)
        *ret = sqlite3_column_int64(statement, 0);
    sqlite3_finalize(statement);
    return result;
}

struct schema_state {
    int64_t application;
    int64_t version;
    int64_t objects;
};

static enum result read_state(struct db *db, struct schema_state *ret) {
    enum result result = read_pragma(db, "PRAGMA application_id", &ret->application);
    if (result == RESULT_OK)
        result = read_pragma(db, "PRAGMA user_version", &ret->version);
    if (result == RESULT_OK)
        result = read_pragma(db, "SELECT count(*) FROM sqlite_schema", &ret->objects);
    return result;
}

static bool is_blank(const struct schema_state *state) {
    return state->application == 0 && state->objects == 0;
}

static enum result judge(struct db *db, const struct schema_state *state) {
    if (state->application != APPLICATION_ID)
        return db_refuse(db, RESULT_INVALID, "a database, but not one of quoted");
    if (state->version > SCHEMA_VERSION)
        return db_refuse(db, RESULT_CONFLICT, "its schema is version %lld, of a newer quoted; this one knows versions up to %d",
                         (long long)state->version, SCHEMA_VERSION);
    return RESULT_OK;
}

static enum result write_secret(struct db *db) {
    uint8_t secret[DB_SECRET_BYTES];
    if (!random_bytes(secret, sizeof(secret)))
        return db_refuse(db, RESULT_IO, "the operating system gives no random bytes");
    sqlite3_stmt *statement = NULL;
    int code = sqlite3_prepare_v2(db->sqlite, "INSERT INTO store (one, secret) VALUES (1, ?1)", -1, &statement, NULL);
    if (code == SQLITE_OK)
        code = sqlite3_bind_blob(statement, 1, secret, sizeof(secret), SQLITE_TRANSIENT);
    if (code == SQLITE_OK)
        code = sqlite3_step(statement);
    enum result result = code == SQLITE_DONE ? RESULT_OK : db_fail(db, code);
    sqlite3_finalize(statement);
    return result;
}

static enum result migrate(struct db *db, int64_t version) {
    enum result result = RESULT_OK;
    for (const struct migration *migration = migrations; migration->sql && result == RESULT_OK; migration++)
        if (migration->from == version) {
            result = db_execute(db, migration->sql); /* its last line sets user_version */
            version++;
        }
    if (result == RESULT_OK && version != SCHEMA_VERSION)
        return db_refuse(db, RESULT_CONFLICT, "its schema is version %lld, which this quoted cannot migrate to %d", (long long)version,
                         SCHEMA_VERSION);
    return result;
}

/* Another process may have made or migrated the schema between our look and our lock, so the state is read again under the lock. */
static enum result make_or_migrate(struct db *db) {
    struct schema_state state = {0};
    enum result result = read_state(db, &state);
    if (result != RESULT_OK)
        return result;
    if (is_blank(&state)) {
        result = db_execute(db, schema_sql);
        return result == RESULT_OK ? write_secret(db) : result;
    }
    result = judge(db, &state);
    return result == RESULT_OK && state.version < SCHEMA_VERSION ? migrate(db, state.version) : result;
}

/* SQLite's own waiting does not cover this change, and the process that makes it at the same moment is done in no time. */
static enum result switch_to_wal(struct db *db) {
    const struct timespec pause = {.tv_nsec = SWITCH_PAUSE_MILLISECONDS * 1000000L};
    enum result result = db_execute(db, "PRAGMA journal_mode = WAL");
    for (int waited = 0; result == RESULT_BUSY && waited < WRITE_WAIT_MS; waited += SWITCH_PAUSE_MILLISECONDS) {
        nanosleep(&pause, NULL);
        result = db_execute(db, "PRAGMA journal_mode = WAL");
    }
    return result;
}

enum result schema_ready(struct db *db) {
    struct schema_state state = {0};
    enum result result = read_state(db, &state);
    if (result != RESULT_OK)
        return result;
    bool blank = is_blank(&state);
    if (!blank && (result = judge(db, &state)) != RESULT_OK)
        return result;
    if (!blank && state.version == SCHEMA_VERSION)
        return RESULT_OK;
    if (db->mode == DB_READ)
        return blank ? db_refuse(db, RESULT_INVALID, "an empty file, not a store of quoted")
                     : db_refuse(db, RESULT_CONFLICT, "its schema is version %lld; open it once for writing to migrate it to %d",
                                 (long long)state.version, SCHEMA_VERSION);
    if (blank && (result = switch_to_wal(db)) != RESULT_OK)
        return result;
    if ((result = db_execute(db, "BEGIN IMMEDIATE")) != RESULT_OK)
        return result;
    result = make_or_migrate(db);
    if (result == RESULT_OK)
        result = db_execute(db, "COMMIT");
    if (result != RESULT_OK)
        sqlite3_exec(db->sqlite, "ROLLBACK", NULL, NULL, NULL);
    return result;
}
