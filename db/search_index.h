#ifndef QUOTED_DB_SEARCH_INDEX_H
#define QUOTED_DB_SEARCH_INDEX_H

/* Full-text indexes, written once a batch. FTS5 writes what it has gathered to the file whenever a savepoint opens, and SQLite opens one
   for every statement that may fail half way; row by row, a batch would leave thousands of small segments to be merged. So the writer notes
   which rows are new, and they are indexed by one statement a table, in order of their keys, before the batch is committed. The notes are
   candidates only: rows that were undone, removed, or indexed already are passed over, so a savepoint need not take notes back. Inside db/
   only; the connection's thread rule. */

#include "db/internal.h"

enum result search_index_note_article(struct db *db, int64_t key) MUST_USE; /* its quotes with it */
enum result search_index_note_alias(struct db *db, int64_t key) MUST_USE;
/* Indexes what was noted and still needs it, and forgets the notes. */
enum result search_index_write(struct db *db) MUST_USE;
void search_index_forget(struct db *db); /* the notes, not their memory */
void search_index_free(struct db *db);

#endif
