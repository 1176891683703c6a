#include "base/time.h"
#include "db/search_index.h"
#include "db/tally.h"
#include "db/write.h"

/* Transactions of the writer. */

static enum result run(struct db *db, enum statement_id id) {
    CLEANUP(statement_done) struct statement *statement = statement_get(db, id);
    return statement_run(statement);
}

static enum result read_store(struct db *db) {
    STATEMENT(read, db, STORE_READ);
    bool row = false;
    enum result result = statement_step(read, &row);
    if (result != RESULT_OK)
        return result;
    int64_t modified = column_int(read, 1);
    int64_t now = time_now();
    db->batch_revision = column_int(read, 0) + 1;
    db->batch_time = now > modified ? now : modified; /* arrivals are in order even where the clock was set back */
    db->batch_ordinal = 0;
    return RESULT_OK;
}

enum result db_begin(struct db *db) {
    if (db->mode != DB_WRITE)
        return db_refuse(db, RESULT_CONFLICT, "the store was opened for reading only");
    if (db->in_batch || db->in_snapshot)
        return db_refuse(db, RESULT_CONFLICT, "a transaction is open already");
    enum result result = run(db, STATEMENT_BATCH_BEGIN);
    if (result != RESULT_OK)
        return result;
    db->in_batch = true;
    db->wrote = false;
    search_index_forget(db);
    if ((result = read_store(db)) != RESULT_OK)
        db_rollback(db);
    return result;
}

static enum result write_revision(struct db *db) {
    STATEMENT(update, db, STORE_REVISION);
    bind_int(update, 1, db->batch_revision);
    bind_int(update, 2, db->batch_time);
    return statement_run(update);
}

enum result db_commit(struct db *db) {
    if (!db->in_batch)
        return db_refuse(db, RESULT_CONFLICT, "no transaction is open");
    enum result result = db->wrote ? search_index_write(db) : RESULT_OK;
    if (result == RESULT_OK && db->wrote)
        result = write_revision(db);
    if (result == RESULT_OK)
        result = run(db, STATEMENT_BATCH_COMMIT);
    if (result == RESULT_OK)
        db->in_batch = false;
    else
        db_rollback(db);
    return result;
}

void db_rollback(struct db *db) {
    if (!db->in_batch)
        return;
    db->in_batch = false;
    if (!sqlite3_get_autocommit(db->sqlite)) /* SQLite itself has rolled back after some failures, a full disk among them */
        sqlite3_exec(db->sqlite, "ROLLBACK", NULL, NULL, NULL);
}

enum result change_log(struct db *db, const char *resource, struct span id, const char *change) {
    STATEMENT(insert, db, CHANGE_INSERT);
    bind_int(insert, 1, db->batch_revision);
    bind_int(insert, 2, ++db->batch_ordinal);
    bind_string(insert, 3, resource);
    bind_text(insert, 4, id);
    bind_string(insert, 5, change);
    bind_int(insert, 6, db->batch_time);
    return statement_run(insert);
}
