#ifndef QUOTED_DB_QUOTE_H
#define QUOTED_DB_QUOTE_H

/* Quotes of the corpus. Rows live in the caller's arena. A connection's thread rule holds. */

#include "db/db.h"
#include "db/filter.h"

struct db_quote_query {
    const struct query_node *q; /* over the quotes' words */
    struct key_filter article;
    struct key_filter source;
    struct key_filter speaker;
    struct key_filter about;
    struct key_filter entity; /* speaker or subject */
    uint32_t kinds;           /* bit 1 << enum quote_kind for each kind wanted; 0: all */
    uint32_t speaker_types;   /* bit 1 << enum entity_type; 0: all */
    struct word_filter language;
    struct word_filter author;
    struct word_filter section;
    bool has_published;
    struct period published;
    bool has_added;
    struct period added;
    double min_confidence; /* 0: all */
};

struct db_entity_reference {
    struct span id;
    struct span name;
    enum entity_type type;
};

struct db_quote {
    int64_t key;
    struct span article_id;
    uint32_t ordinal; /* the quote's id is article_id, a hyphen and this */
    struct span text;
    struct range range; /* code points into the article's text */
    enum quote_kind kind;
    bool has_speaker;
    struct db_entity_reference speaker;
    struct span speaker_text;
    struct range speaker_range;
    struct span cue;
    double confidence;
    const struct db_entity_reference *about;
    size_t about_count;
    struct span prefix;  /* up to 32 code points of the article's text before the words, and */
    struct span suffix;  /* behind them */
    struct span context; /* the paragraph that holds the quote, marks and all */
    struct span article_title;
    struct span article_url;
    struct span source_id;
    struct span source_name;
    struct moment published;
    int64_t added;
    int64_t revision;
};

struct db_quote_list {
    const struct db_quote *rows;
    size_t count;
    bool more;
    struct db_place last;
};

enum result db_quote_query(struct db *db, struct arena *arena, const struct db_quote_query *query, const struct db_page *page,
                           struct db_quote_list *ret) MUST_USE;
enum result db_quote_count(struct db *db, const struct db_quote_query *query, int64_t cap, int64_t *ret, bool *ret_capped) MUST_USE;
/* RESULT_NOT_FOUND. */
enum result db_quote_get(struct db *db, struct arena *arena, struct span article_id, uint32_t ordinal, struct db_quote *ret) MUST_USE;

#endif
