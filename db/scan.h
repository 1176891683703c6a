#ifndef QUOTED_DB_SCAN_H
#define QUOTED_DB_SCAN_H

/* Listing keys of articles or quotes: which index drives, in which order, from which place on. A scan collects its filters, keeps the
   driver that gives the fewest rows, and then runs one statement a driving key, merging what they give; every other filter is a condition
   of that statement. So the cost of a page goes with the rows that the best index gives, never with the size of the store. Inside db/ only;
   a connection's thread rule holds. */

#include "db/key.h"
#include "db/search.h"

/* Parameters of the scanning statements, as statements.def numbers them. */
enum scan_parameter {
    SCAN_DRIVER = 1,
    SCAN_LOW,
    SCAN_HIGH,
    SCAN_LIMIT,
    SCAN_MATCH,
    SCAN_SOURCE, /* and SCAN_SOURCE + 1: none of these; so with all that follow to SCAN_SECTION */
    SCAN_ENTITY = 8,
    SCAN_SPEAKER = 10,
    SCAN_ABOUT = 12,
    SCAN_LANGUAGE = 14,
    SCAN_AUTHOR = 16,
    SCAN_SECTION = 18,
    SCAN_ARRIVAL_LOW = 20,
    SCAN_ARRIVAL_HIGH,
    SCAN_ARTICLE,
    SCAN_KINDS = 24,
    SCAN_SPEAKER_TYPES,
    SCAN_CONFIDENCE,
    SCAN_LAST_KEY, /* in the order of arrival */
    SCAN_PARAMETER_COUNT,
};

enum {
    SCAN_DRIVERS_MAX = 64,         /* keys of one filter that drive side by side; with more the filter is a condition */
    SCAN_GATHER_MAX = 10000,       /* rows that are fetched and sorted where no index has the order asked for */
    SCAN_WORDS_COUNTED_MAX = 1000, /* articles of a language, section or author: counted no further when choosing */
    SCAN_ARRIVALS_MAX = 1000,      /* arrivals of a period that are fetched and sorted; each may have a dozen quotes */
    SCAN_MATCH_BESIDE_MAX = 200,   /* rows that are rather looked up in the full-text index one by one than found by it */
};

/* One walk of an index, in either direction. */
struct scan_driver {
    enum statement_id newest;
    enum statement_id oldest;
    int64_t number; /* what the index is asked for */
    struct span word;
    bool by_word;
    int64_t low; /* keys it is bound to */
    int64_t high;
};

struct scan_row {
    int64_t key;
    int64_t number; /* arrival or score, for the orders that go by it */
};

struct scan_rows {
    struct scan_row *items;
    size_t count;
    size_t capacity;
};

/* What differs between articles and quotes. */
struct scan_kind {
    enum statement_id all[2]; /* newest, oldest; so with the others */
    enum statement_id by_source[2];
    enum statement_id by_language[2];
    enum statement_id by_section[2];
    enum statement_id by_author[2];
    enum statement_id search[2];
    enum statement_id arrival;
    enum statement_id relevance;
    enum search_index index;
    int weight_of_source; /* column of WEIGHT_SOURCE */
    int64_t low;          /* all keys lie between */
    int64_t high;
};

struct scan {
    struct db *db;
    struct arena *arena;
    const struct scan_kind *kind;
    bool nothing; /* no row can match */
    int64_t low;  /* keys of the rows */
    int64_t high;
    struct span lists[SCAN_PARAMETER_COUNT]; /* for listed(); data NULL: not set */
    bool has_arrival;
    int64_t arrival_low;
    int64_t arrival_high;
    double confidence;  /* 0: not set */
    struct span search; /* the full-text expression; empty: none */
    struct scan_driver drivers[2 * SCAN_DRIVERS_MAX];
    size_t driver_count;
    int64_t weight; /* rows that the drivers give at most */
    int driven;     /* the parameter whose filter the drivers fulfil; 0: none */
};

void scan_init(struct scan *scan, struct db *db, struct arena *arena, const struct scan_kind *kind);

/* Filters, as conditions. */
enum result scan_keys(struct scan *scan, enum scan_parameter parameter, const struct key_filter *filter) MUST_USE;
enum result scan_words(struct scan *scan, enum scan_parameter parameter, const struct word_filter *filter) MUST_USE;
enum result scan_names(struct scan *scan, enum scan_parameter parameter, uint32_t bits, uint32_t all, const char *(*name_of)(int)) MUST_USE;
enum result scan_query(struct scan *scan, const struct query_node *q) MUST_USE;
enum result scan_added(struct scan *scan, struct period period) MUST_USE;

/* Drivers: offers walks whose rows, weight at most, fulfil the filter of that parameter; kept if they are the fewest so far. */
void scan_offer(struct scan *scan, const struct scan_driver *drivers, size_t count, int64_t weight, int parameter);
/* Offers what articles and quotes have in common: source, language, section, author. */
enum result scan_offer_common(struct scan *scan, const struct key_filter *source, const struct word_filter *language,
                              const struct word_filter *section, const struct word_filter *author) MUST_USE;
enum result scan_weigh(struct db *db, enum statement_id id, int64_t key, int64_t ret_columns[3]) MUST_USE;

/* A page: at most page->limit rows; *ret_more tells whether there are others behind them. */
enum result scan_page(struct scan *scan, const struct db_page *page, struct scan_rows *ret, bool *ret_more) MUST_USE;
enum result scan_count(struct scan *scan, int64_t cap, int64_t *ret, bool *ret_capped) MUST_USE;
struct db_place scan_place(const struct scan_rows *rows);

#endif
