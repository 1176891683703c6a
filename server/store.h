#ifndef QUOTED_SERVER_STORE_H
#define QUOTED_SERVER_STORE_H

/* The store as the daemon holds it: a stack of read-only connections to one file, and the knowledge which file that was, so that one
   which vanishes or is replaced under the daemon is noticed instead of being served from memory for ever. A connection is one request's
   from store_take to store_give; there are never more than requests that ran at one time. Thread-safe. */

#include "db/db.h"
#include "server/problem.h"

struct store;

/* Opens path, made empty where it is missing and make_missing is set; *ret_made tells that. db_open's results. *ret is owned: store_close.
 */
enum result store_open(const char *path, bool make_missing, struct store **ret, bool *ret_made, struct error *error) MUST_USE;
void store_close(struct store *store); /* takes NULL; no connection may be out */

/* A connection for one request. On failure *ret_problem says what to tell the client and error what to log. */
enum result store_take(struct store *store, struct db **ret, enum problem *ret_problem, struct error *error) MUST_USE;
/* Takes the connection back; broken: it is closed instead of being used again. */
void store_give(struct store *store, struct db *db, bool broken);

#endif
