#ifndef QUOTED_DB_LISTED_H
#define QUOTED_DB_LISTED_H

/* Lists as parameters: the SQL function listed(list, value), where list is one bound blob of keys or of words. It costs nothing to prepare
   and no table to fill, unlike json_each, which some forty statements would each name a dozen times. Inside db/ only. */

#include "db/internal.h"

/* Registers the function; at open, before the statements are prepared. */
enum result listed_register(struct db *db) MUST_USE;

/* The blob for keys, looked up by bisection, or for words, compared one by one. */
enum result listed_keys(struct db *db, struct arena *arena, const int64_t *keys, size_t count, struct span *ret) MUST_USE;
enum result listed_words(struct db *db, struct arena *arena, const struct span *words, size_t count, struct span *ret) MUST_USE;

#endif
