#ifndef QUOTED_DB_TALLY_H
#define QUOTED_DB_TALLY_H

/* What a write adds to and takes from entities: gathered while the old article is read and the new one stored, summed, and only then
   written, so that an entity that a replaced article keeps is not touched. Also the same for the store's own counts. Inside db/ only. */

#include "db/internal.h"

enum {
    NAME_BYTES_MAX = 1000, /* of an entity's name; mentions longer than that are no aliases */
};

enum tally_kind {
    TALLY_ALIAS, /* text: the form; mentions of it, articles where it is the full name */
    TALLY_ROLE,  /* text: the role; articles */
    TALLY_COUNT, /* articles, mentions, quotes, quotes about */
};

struct tally_entry {
    int64_t entity;
    enum tally_kind kind;
    struct span text;
    int64_t values[4];
};

struct tally {
    struct arena *arena; /* entries live here; a failure shows there */
    struct tally_entry *entries;
    size_t count;
    size_t capacity;
};

/* Columns of STORE_COUNT. */
struct store_delta {
    int64_t articles, quotes, quotes_with_speaker, mentions;
    int64_t entities[ENTITY_TYPE_COUNT];
    int64_t sources;
};

void tally_add(struct tally *tally, int64_t entity, enum tally_kind kind, struct span text, const int64_t values[4]);
/* Takes off what the stored article holds; its rows must still be there. */
enum result tally_stored(struct db *db, struct tally *tally, int64_t article) MUST_USE;
/* Writes the sums to aliases, roles and entities; counts entities that come or go in delta. */
enum result tally_write(struct db *db, struct tally *tally, struct store_delta *delta) MUST_USE;

/* The entity of that name and type, made where it is new. entity_write.c. */
enum result entity_identify(struct db *db, struct arena *arena, struct span name, enum entity_type type, int64_t *ret_key) MUST_USE;

/* A source as a write changes it. source_write.c. */
enum result source_identify(struct db *db, struct arena *arena, struct span url, struct span name, int64_t *ret_key) MUST_USE;
/* Adds to its counts; a name that is not empty becomes its name. */
enum result source_change(struct db *db, struct arena *arena, int64_t key, int64_t articles, int64_t quotes, struct span name,
                          struct store_delta *delta) MUST_USE;

/* A line in the change log of this batch. batch.c. */
enum result change_log(struct db *db, const char *resource, struct span id, const char *change) MUST_USE;

#endif
