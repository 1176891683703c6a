#ifndef QUOTED_DB_DB_H
#define QUOTED_DB_DB_H

/* One connection to the store with all its statements prepared. The only folder that knows SQLite is this one; nothing of it shows here. A
   connection belongs to one thread at a time; open one a thread. Everything that queries return is copied into the caller's arena. */

#include "base/arena.h"
#include "base/result.h"

struct db;

enum db_mode {
    DB_READ,  /* never writes; the file must exist */
    DB_WRITE, /* makes the file and its schema where missing, migrates older ones */
};

enum { DB_SECRET_BYTES = 32 };

/* Opens path. RESULT_NOT_FOUND (no such file, DB_READ), RESULT_INVALID (not a database, or not one of quoted), RESULT_CONFLICT (schema of a
 *newer quoted), RESULT_BUSY, RESULT_IO, RESULT_CORRUPT, RESULT_MEMORY; the message names the path. ret is owned: db_close. */
enum result db_open(const char *path, enum db_mode mode, struct db **ret, struct error *error) MUST_USE;
void db_close(struct db *db);          /* takes NULL */
void db_close_pointer(struct db **db); /* for CLEANUP */

/* What went wrong in the last call that failed on this connection; borrowed until the next call. */
const char *db_error_message(const struct db *db);

/* A read transaction: all queries until db_snapshot_end see one state of the store. They do not nest. */
enum result db_snapshot_begin(struct db *db) MUST_USE;
void db_snapshot_end(struct db *db);

/* Queries fail with RESULT_DEADLINE once time_monotonic_ns() passes deadline_ns; 0: no deadline. */
void db_set_deadline(struct db *db, int64_t deadline_ns);

/* The revision of the last committed write that this connection's snapshot sees; 0 for an empty store. */
enum result db_revision(struct db *db, int64_t *ret) MUST_USE;
/* When that write was committed, seconds; 0 for an empty store. */
enum result db_last_modified(struct db *db, int64_t *ret) MUST_USE;
/* Random bytes made with the store, the same for all that open it: for sealing cursors. Borrowed until db_close. */
const uint8_t *db_secret(const struct db *db);

#endif
