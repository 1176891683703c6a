#ifndef QUOTED_DB_FILTER_H
#define QUOTED_DB_FILTER_H

/* The filters, orders and places that lists share. Names and ids are resolved to keys beforehand (db_entity_resolve, db_source_resolve), so
 * a query is numbers and a search tree. Values only. */

#include "base/article.h"
#include "base/query.h"

/* Keys any of which must hold (include) and none of which may (exclude). is_set: an include was asked for, even if it resolved to no key:
 * then nothing matches. */
struct key_filter {
    const int64_t *include;
    size_t include_count;
    const int64_t *exclude;
    size_t exclude_count;
    bool is_set;
};

/* The same for words (languages, authors, sections); compared exactly. */
struct word_filter {
    const struct span *include;
    size_t include_count;
    const struct span *exclude;
    size_t exclude_count;
};

enum db_order {
    DB_NEWEST,      /* by publication, newest first, undated last */
    DB_OLDEST,      /* dated oldest first, undated last */
    DB_ADDED,       /* by arrival, latest first */
    DB_RELEVANCE,   /* needs q */
    DB_APPEARANCES, /* entities: by articles they appear in, most first */
    DB_NAME,        /* entities: by folded name */
    DB_LAST_SEEN,   /* entities: newest appearance first */
};

/* Where a page begins: behind this row. Opaque to all but db/, sealed into the cursor by the server. */
struct db_place {
    int64_t number;   /* the order's own value */
    int64_t key;      /* the row's key, which breaks ties */
    struct span text; /* the folded name, for DB_NAME */
};

struct db_page {
    enum db_order order;
    uint32_t limit; /* rows wanted, at least 1 */
    bool has_after;
    struct db_place after;
};

#endif
