#ifndef QUOTED_DB_ENTITY_H
#define QUOTED_DB_ENTITY_H

/* Entities of the corpus. Rows live in the caller's arena. A connection's thread rule holds. */

#include "db/db.h"
#include "db/filter.h"

struct db_entity_query {
    const struct query_node *q; /* over names and aliases; words fold like names */
    uint32_t types;             /* bit 1 << enum entity_type for each type wanted; 0: all */
    struct key_filter source;   /* appears in an article of it */
    struct key_filter entity;   /* these entities only */
    bool has_seen;              /* appears in an article published in the period */
    struct period seen;
};

struct db_alias {
    struct span name;
    uint32_t count; /* mentions of this form */
};

struct db_entity {
    int64_t key;
    struct span id; /* slug */
    struct span name;
    enum entity_type type;
    const struct db_alias *aliases; /* most frequent first; the name itself among them */
    size_t alias_count;
    const struct span *roles; /* most frequent first */
    size_t role_count;
    uint32_t article_count;
    uint32_t mention_count;
    uint32_t quote_count;     /* as speaker */
    uint32_t about_count;     /* quotes about it */
    struct moment first_seen; /* publication of the first and last article it is in; PRECISION_NONE where all are undated */
    struct moment last_seen;
    int64_t revision;
};

struct db_entity_list {
    const struct db_entity *rows;
    size_t count;
    bool more;
    struct db_place last;
};

enum result db_entity_query(struct db *db, struct arena *arena, const struct db_entity_query *query, const struct db_page *page,
                            struct db_entity_list *ret) MUST_USE;
enum result db_entity_count(struct db *db, const struct db_entity_query *query, int64_t cap, int64_t *ret, bool *ret_capped) MUST_USE;
/* RESULT_NOT_FOUND. */
enum result db_entity_get(struct db *db, struct arena *arena, struct span id, struct db_entity *ret) MUST_USE;

enum { ENTITY_CANDIDATES_MAX = 10 }; /* named in the error for an ambiguous name */

/* An id, or else a name or alias that means one entity only. RESULT_NOT_FOUND where nothing has it; RESULT_CONFLICT where a name means
   several: then *ret_candidates are their ids, most frequent first, at most ENTITY_CANDIDATES_MAX. */
enum result db_entity_resolve(struct db *db, struct arena *arena, struct span id_or_name, int64_t *ret_key,
                              const struct span **ret_candidates, size_t *ret_candidate_count) MUST_USE;

#endif
