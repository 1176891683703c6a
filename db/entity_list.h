#ifndef QUOTED_DB_ENTITY_LIST_H
#define QUOTED_DB_ENTITY_LIST_H

/* Listing entities (entity_list.c) loads them one by one (entity_read.c). Inside db/ only. */

#include "db/entity.h"
#include "db/list.h"

enum {
    ENTITY_GATHER_MAX = 20000, /* candidates that are fetched and sorted rather than looked for along an order's index */
};

enum result entity_load(struct db *db, struct arena *arena, int64_t key, struct db_entity *ret) MUST_USE;

#endif
