#ifndef QUOTED_DB_ARTICLE_H
#define QUOTED_DB_ARTICLE_H

/* Articles as the store gives them. Rows and what they point to live in the caller's arena. A connection's thread rule holds. */

#include "db/db.h"
#include "db/filter.h"

struct db_article_query {
    const struct query_node *q; /* NULL: none */
    struct key_filter source;
    struct key_filter entity;  /* appears in it */
    struct key_filter speaker; /* has a quote of his */
    struct key_filter about;   /* has a quote about it */
    struct word_filter language;
    struct word_filter author;
    struct word_filter section;
    bool has_published;
    struct period published;
    bool has_added;
    struct period added;
};

struct db_article {
    int64_t key;
    struct span id;
    struct span title;
    struct span url;
    struct span source_id; /* empty where no source */
    struct span source_name;
    const struct span *authors;
    size_t author_count;
    struct span language;
    struct span section;
    struct span image_credit;
    struct moment published;
    struct span published_from;
    int64_t added;    /* seconds */
    int64_t revision; /* the store's revision at which this article last changed */
    uint32_t word_count;
    uint32_t quote_count;
    uint32_t entity_count;
    struct span text; /* only where asked for */
};

struct db_article_list {
    const struct db_article *rows;
    size_t count;
    bool more;            /* there are rows behind the last one */
    struct db_place last; /* the place of the last row; for the next page */
};

/* with_text: load text too. RESULT_DEADLINE, RESULT_MEMORY, RESULT_IO, RESULT_CORRUPT. */
enum result db_article_query(struct db *db, struct arena *arena, const struct db_article_query *query, const struct db_page *page,
                             bool with_text, struct db_article_list *ret) MUST_USE;
/* How many match, counting no further than cap; *ret_capped tells whether it stopped there. */
enum result db_article_count(struct db *db, const struct db_article_query *query, int64_t cap, int64_t *ret, bool *ret_capped) MUST_USE;
/* One by public id, with text. RESULT_NOT_FOUND. */
enum result db_article_get(struct db *db, struct arena *arena, struct span id, struct db_article *ret) MUST_USE;
/* Only its revision, for a conditional request. RESULT_NOT_FOUND. */
enum result db_article_revision(struct db *db, struct span id, int64_t *ret_key, int64_t *ret_revision) MUST_USE;

/* The entities of an article with their mentions, in order of first mention. */
struct db_article_entity {
    struct span id;
    struct span name;      /* of the entity in the store */
    struct span name_here; /* canonical in this article */
    enum entity_type type;
    const struct span *roles;
    size_t role_count;
    const struct mention *mentions;
    const struct span *mention_texts; /* beside mentions */
    size_t mention_count;
};
enum result db_article_entities(struct db *db, struct arena *arena, int64_t article_key, const struct db_article_entity **ret,
                                size_t *ret_count) MUST_USE;
/* What the cleaner dropped. */
enum result db_article_dropped(struct db *db, struct arena *arena, int64_t article_key, const struct dropped **ret,
                               size_t *ret_count) MUST_USE;

/* The bytes that came in. */
struct db_original {
    struct span bytes; /* uncompressed */
    struct span media_type;
    struct span path;   /* where it was read from, for a person; may be empty */
    uint8_t digest[32]; /* SHA-256 of bytes */
};
enum result db_article_original(struct db *db, struct arena *arena, int64_t article_key, struct db_original *ret) MUST_USE;

#endif
