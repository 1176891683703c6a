#ifndef QUOTED_DB_SEARCH_H
#define QUOTED_DB_SEARCH_H

/* From a tree of the q language to FTS5's own language, and the ranking of what it finds. Every term goes out as a quoted string, so
   nothing of what a person typed is syntax, whatever bytes it has. Inside db/ only; a connection's thread rule holds. */

#include "base/query.h"
#include "db/internal.h"

enum search_index { SEARCH_ARTICLES, SEARCH_QUOTES, SEARCH_NAMES };

enum {
    SEARCH_DEPTH_MAX = 64,          /* of a tree; FTS5 itself stops at 256 */
    SEARCH_BYTES_MAX = 64 << 10,    /* of an expression: 1,000 typed bytes, each at worst doubled, and the syntax around 32 terms */
    SEARCH_RELEVANCE_WINDOW = 2000, /* newest matches that are ranked: some 10 ms, however large the store is */
};

/* Finds the tokenizer and registers quoted_hits; at open, before the statements are prepared. search_forget: at close. */
enum result search_register(struct db *db) MUST_USE;
void search_forget(struct db *db);

/* The FTS5 expression of the tree; empty where nothing can match (no word in it has a letter or digit). Terms of which the index keeps
   nothing are left out. RESULT_INVALID for `title:` where the index has none, RESULT_TOO_LARGE, RESULT_MEMORY. */
enum result search_compile(struct db *db, struct arena *arena, const struct query_node *tree, enum search_index index,
                           struct span *ret) MUST_USE;

/* What quoted_hits says of a row: its length relative to the average, then for each phrase of the expression how often it occurs. */
struct search_hits {
    const double *values; /* [0] relative length, [1 + p] hits of phrase p */
    size_t phrase_count;
};
struct search_hits search_hits_read(struct arena *arena, const struct statement *statement, int column);
/* quoted_hits itself (rank.c). */
void search_count_hits(const Fts5ExtensionApi *api, Fts5Context *fts, sqlite3_context *context, int value_count, sqlite3_value **values);
/* Scores of rows by BM25 (Robertson and Zaragoza 2009, k1 1.2, b 0.75), where a phrase's rarity is taken among these rows, so that the
   cost is bounded by them. Fixed-point, higher is better. */
void search_rank(const struct search_hits *hits, size_t count, int64_t *ret_scores);

#endif
