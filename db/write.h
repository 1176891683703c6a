#ifndef QUOTED_DB_WRITE_H
#define QUOTED_DB_WRITE_H

/* Writing: batches of articles, one transaction each, durable when db_commit returns (WAL, synchronous=FULL). One writer at a time across
 * processes; another waits up to WRITE_WAIT_MS. A connection's thread rule holds. */

#include "base/article.h"
#include "db/article.h"

enum {
    WRITE_WAIT_MS = 30000, /* an ingest's batch takes well under a second; longer means that something hangs */
    QUOTES_PER_ARTICLE_MAX = 4095,
};

enum db_outcome { DB_ADDED_NEW, DB_REPLACED, DB_UNCHANGED };

/* RESULT_BUSY, RESULT_IO (full disk, read-only), RESULT_CONFLICT. Nothing is visible to readers before db_commit. */
enum result db_begin(struct db *db) MUST_USE;
enum result db_commit(struct db *db) MUST_USE;
void db_rollback(struct db *db); /* harmless where no transaction is open */

/* True if an article whose original has this digest, read by this version of the extractor, is stored; its public id in ret_id
 * (ARTICLE_ID_LENGTH + 1 bytes). */
enum result db_known_original(struct db *db, const uint8_t digest[32], int extractor_version, bool *ret_known, char *ret_id) MUST_USE;

/* Stores the article under its public id inside the transaction that is open: new, unchanged, or replacing the one of that id with a bumped
   revision. All counts are kept right. A failure leaves the transaction without this article (savepoint). RESULT_TOO_LARGE past
   QUOTES_PER_ARTICLE_MAX. ret_id has ARTICLE_ID_LENGTH + 1 bytes. */
enum result db_put_article(struct db *db, const struct article *article, const struct db_original *original, int extractor_version,
                           enum db_outcome *ret_outcome, char *ret_id, struct error *error) MUST_USE;
/* Removes an article and what only it held. RESULT_NOT_FOUND. */
enum result db_delete_article(struct db *db, struct span id) MUST_USE;

/* Checks the file: SQLite's integrity check, foreign keys, the order of keys, counts recomputed, full-text indexes. RESULT_CORRUPT with the
   first finding in error; RESULT_CONFLICT on a reading connection (FTS5 checks an index by way of an INSERT). */
enum result db_check(struct db *db, struct error *error) MUST_USE;

#endif
