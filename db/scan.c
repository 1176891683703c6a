#include "db/scan.h"

#include <stdlib.h>

/* --- running one walk -------------------------------------------------------------------------------------------------------------------
 */

static void bind_filters(const struct scan *scan, struct statement *statement, int driven) {
    for (int i = SCAN_SOURCE; i < SCAN_PARAMETER_COUNT; i++)
        if (scan->lists[i].data && i != driven)
            bind_bytes(statement, i, scan->lists[i].data, scan->lists[i].length);
    if (scan->has_arrival) {
        bind_int(statement, SCAN_ARRIVAL_LOW, scan->arrival_low);
        bind_int(statement, SCAN_ARRIVAL_HIGH, scan->arrival_high);
    }
    if (scan->confidence > 0)
        bind_real(statement, SCAN_CONFIDENCE, scan->confidence);
}

static enum result collect(const struct scan *scan, struct statement *statement, struct scan_rows *rows) {
    bool row = false;
    enum result result;
    while ((result = statement_step(statement, &row)) == RESULT_OK && row) {
        struct scan_row *place = arena_push(scan->arena, (void **)&rows->items, &rows->count, &rows->capacity, sizeof(*rows->items));
        if (!place)
            return db_fail(scan->db, SQLITE_NOMEM);
        *place = (struct scan_row){column_int(statement, 0), column_int(statement, 1)};
    }
    return result;
}

static enum result run_driver(const struct scan *scan, const struct scan_driver *driver, bool newest, int64_t low, int64_t high,
                              int64_t limit, bool beside, struct scan_rows *rows) {
    low = low > driver->low ? low : driver->low;
    high = high < driver->high ? high : driver->high;
    if (low > high)
        return RESULT_OK;
    CLEANUP(statement_done) struct statement *statement = statement_get(scan->db, newest ? driver->newest : driver->oldest);
    if (driver->by_word)
        bind_text(statement, SCAN_DRIVER, driver->word);
    else if (driver->newest != scan->kind->all[0])
        bind_int(statement, SCAN_DRIVER, driver->number);
    bind_int(statement, SCAN_LOW, low);
    bind_int(statement, SCAN_HIGH, high);
    bind_int(statement, SCAN_LIMIT, limit);
    if (beside)
        bind_text(statement, SCAN_MATCH, scan->search);
    bind_filters(scan, statement, scan->driven);
    return collect(scan, statement, rows);
}

/* --- in the order of keys ----------------------------------------------------------------------------------------------------------------
 */

static int by_key(const void *a, const void *b) {
    int64_t x = ((const struct scan_row *)a)->key;
    int64_t y = ((const struct scan_row *)b)->key;
    return (x > y) - (x < y);
}

static int by_key_down(const void *a, const void *b) {
    return by_key(b, a);
}

static int by_number_down(const void *a, const void *b) {
    int64_t x = ((const struct scan_row *)a)->number;
    int64_t y = ((const struct scan_row *)b)->number;
    return x == y ? by_key(b, a) : (x < y) - (x > y);
}

/* Sorts and drops repeats of what several walks found, from row first on. */
static void merge(struct scan_rows *rows, size_t first, int (*compare)(const void *, const void *)) {
    if (rows->count <= first + 1)
        return;
    qsort(rows->items + first, rows->count - first, sizeof(*rows->items), compare);
    size_t kept = first + 1;
    for (size_t i = first + 1; i < rows->count; i++)
        if (rows->items[i].key != rows->items[kept - 1].key)
            rows->items[kept++] = rows->items[i];
    rows->count = kept;
}

static bool search_drives(const struct scan *scan) {
    return scan->search.length > 0 && scan->weight > SCAN_MATCH_BESIDE_MAX;
}

/* Appends at most limit rows that arrived at or before `from`, latest first; after_key: of that arrival only rows below it. */
static enum result walk_arrivals(const struct scan *scan, int64_t from, const int64_t *after_key, int64_t low, int64_t high, int64_t limit,
                                 struct scan_rows *rows) {
    CLEANUP(statement_done) struct statement *statement = statement_get(scan->db, scan->kind->arrival);
    if (scan->has_arrival && scan->arrival_high < from) {
        from = scan->arrival_high;
        after_key = NULL;
    }
    bind_int(statement, SCAN_DRIVER, from);
    bind_int(statement, SCAN_LOW, low);
    bind_int(statement, SCAN_HIGH, high);
    bind_int(statement, SCAN_LIMIT, limit);
    if (after_key)
        bind_int(statement, SCAN_LAST_KEY, *after_key);
    if (scan->search.length)
        bind_text(statement, SCAN_MATCH, scan->search);
    bind_filters(scan, statement, 0);
    return collect(scan, statement, rows);
}

static enum result run_search(struct scan *scan, bool newest, int64_t low, int64_t high, int64_t limit, struct scan_rows *rows) {
    struct scan_driver search = {.newest = scan->kind->search[0], .oldest = scan->kind->search[1], .low = low, .high = high};
    search.word = scan->search;
    search.by_word = true;
    int driven = scan->driven;
    scan->driven = 0; /* what the drivers would fulfil is a condition here */
    enum result result = run_driver(scan, &search, newest, low, high, limit, false, rows);
    scan->driven = driven;
    return result;
}

static enum result run_drivers(struct scan *scan, bool newest, int64_t low, int64_t high, int64_t limit, struct scan_rows *rows) {
    for (size_t i = 0; i < scan->driver_count; i++) {
        enum result result = run_driver(scan, &scan->drivers[i], newest, low, high, limit, scan->search.length > 0, rows);
        if (result != RESULT_OK)
            return result;
    }
    return RESULT_OK;
}

/* Few arrivals in the period asked for: they are fetched and sorted rather than looked for in the whole store. */
static bool arrivals_drive(const struct scan *scan) {
    int64_t arrivals = scan->arrival_high - scan->arrival_low;
    return scan->has_arrival && arrivals < SCAN_ARRIVALS_MAX && arrivals < scan->weight;
}

/* Appends at most limit rows with keys in [low, high], in order. */
static enum result run(struct scan *scan, bool newest, int64_t low, int64_t high, int64_t limit, struct scan_rows *rows) {
    size_t first = rows->count;
    enum result result;
    if (arrivals_drive(scan))
        result = walk_arrivals(scan, scan->arrival_high, NULL, low, high, INT64_MAX, rows);
    else if (search_drives(scan))
        return run_search(scan, newest, low, high, limit, rows);
    else
        result = run_drivers(scan, newest, low, high, limit, rows);
    if (arrivals_drive(scan) || scan->driver_count > 1)
        merge(rows, first, newest ? by_key_down : by_key);
    if ((int64_t)(rows->count - first) > limit)
        rows->count = first + (size_t)limit;
    return result;
}

static enum result run_newest(struct scan *scan, const struct db_page *page, int64_t limit, struct scan_rows *rows) {
    int64_t high = scan->high;
    if (page->has_after && page->after.key <= high)
        high = page->after.key - 1;
    return scan->low > high ? RESULT_OK : run(scan, true, scan->low, high, limit, rows);
}

/* Dated rows upwards, then undated ones, whose keys are negative, upwards. */
static enum result run_oldest(struct scan *scan, const struct db_page *page, int64_t limit, struct scan_rows *rows) {
    bool in_undated = page->has_after && page->after.key < 0;
    enum result result = RESULT_OK;
    if (!in_undated && scan->high >= 0) {
        int64_t low = scan->low > 0 ? scan->low : 0;
        if (page->has_after && page->after.key >= low)
            low = page->after.key + 1;
        if (low <= scan->high)
            result = run(scan, false, low, scan->high, limit, rows);
    }
    limit -= (int64_t)rows->count;
    if (result != RESULT_OK || limit <= 0 || scan->low >= 0)
        return result;
    int64_t low = in_undated && page->after.key >= scan->low ? page->after.key + 1 : scan->low;
    int64_t high = scan->high < -1 ? scan->high : -1;
    return low <= high ? run(scan, false, low, high, limit, rows) : RESULT_OK;
}

/* --- in other orders ---------------------------------------------------------------------------------------------------------------------
 */

/* Sorts by number, highest first, and keeps what is behind the place. */
static void sort_from(struct scan_rows *rows, const struct db_page *page, int64_t limit) {
    if (rows->count == 0)
        return;
    qsort(rows->items, rows->count, sizeof(*rows->items), by_number_down);
    struct scan_row after = {page->after.key, page->after.number};
    size_t skipped = 0;
    while (page->has_after && skipped < rows->count && by_number_down(&rows->items[skipped], &after) <= 0)
        skipped++;
    rows->items += skipped;
    rows->count -= skipped;
    rows->capacity = rows->count; /* the array begins elsewhere now; it does not grow any more */
    if ((int64_t)rows->count > limit)
        rows->count = (size_t)limit;
}

/* Few rows are fetched by the best index and sorted. Where there are many, the walk by arrival meets them soon. */
static enum result run_added(struct scan *scan, const struct db_page *page, int64_t limit, struct scan_rows *rows) {
    bool in_period = scan->low > scan->kind->low || scan->high < scan->kind->high;
    if (search_drives(scan) || in_period || scan->weight <= SCAN_GATHER_MAX) {
        enum result result = run(scan, true, scan->low, scan->high, SCAN_GATHER_MAX + 1, rows);
        if (result != RESULT_OK)
            return result;
        if (rows->count <= SCAN_GATHER_MAX) {
            sort_from(rows, page, limit);
            return RESULT_OK;
        }
        rows->count = 0;
    }
    if (!page->has_after)
        return walk_arrivals(scan, INT64_MAX, NULL, scan->low, scan->high, limit, rows);
    if (scan->kind->index == SEARCH_QUOTES) /* an arrival is one article, but many quotes */
        return walk_arrivals(scan, page->after.number, &page->after.key, scan->low, scan->high, limit, rows);
    return walk_arrivals(scan, page->after.number - 1, NULL, scan->low, scan->high, limit, rows);
}

static enum result run_relevance(struct scan *scan, const struct db_page *page, int64_t limit, struct scan_rows *rows) {
    if (scan->search.length == 0)
        return db_refuse(scan->db, RESULT_INVALID, "the order by relevance needs words to search for");
    struct search_hits *hits = arena_alloc_array(scan->arena, SEARCH_RELEVANCE_WINDOW, sizeof(*hits));
    int64_t *scores = arena_alloc_array(scan->arena, SEARCH_RELEVANCE_WINDOW, sizeof(*scores));
    rows->items = arena_alloc_array(scan->arena, SEARCH_RELEVANCE_WINDOW, sizeof(*rows->items));
    if (!hits || !scores || !rows->items)
        return db_fail(scan->db, SQLITE_NOMEM);
    rows->capacity = SEARCH_RELEVANCE_WINDOW;
    CLEANUP(statement_done) struct statement *statement = statement_get(scan->db, scan->kind->relevance);
    bind_text(statement, SCAN_DRIVER, scan->search);
    bind_int(statement, SCAN_LOW, scan->low);
    bind_int(statement, SCAN_HIGH, scan->high);
    bind_int(statement, SCAN_LIMIT, SEARCH_RELEVANCE_WINDOW);
    bind_filters(scan, statement, 0);
    bool row = false;
    enum result result;
    while ((result = statement_step(statement, &row)) == RESULT_OK && row && rows->count < rows->capacity) {
        hits[rows->count] = search_hits_read(scan->arena, statement, 2);
        rows->items[rows->count++].key = column_int(statement, 0);
    }
    if (result != RESULT_OK || arena_failed(scan->arena))
        return result != RESULT_OK ? result : db_fail(scan->db, SQLITE_NOMEM);
    search_rank(hits, rows->count, scores);
    for (size_t i = 0; i < rows->count; i++)
        rows->items[i].number = scores[i];
    sort_from(rows, page, limit);
    return RESULT_OK;
}

/* --- pages and counts --------------------------------------------------------------------------------------------------------------------
 */

enum result scan_page(struct scan *scan, const struct db_page *page, struct scan_rows *ret, bool *ret_more) {
    *ret = (struct scan_rows){0};
    *ret_more = false;
    if (scan->nothing || scan->low > scan->high)
        return RESULT_OK;
    int64_t limit = (int64_t)page->limit + 1; /* one more than wanted tells whether there is more */
    enum result result = RESULT_OK;
    switch (page->order) {
    case DB_NEWEST:
        result = run_newest(scan, page, limit, ret);
        break;
    case DB_OLDEST:
        result = run_oldest(scan, page, limit, ret);
        break;
    case DB_ADDED:
        result = run_added(scan, page, limit, ret);
        break;
    case DB_RELEVANCE:
        result = run_relevance(scan, page, limit, ret);
        break;
    case DB_APPEARANCES:
    case DB_NAME:
    case DB_LAST_SEEN:
        return db_refuse(scan->db, RESULT_INVALID, "an order of entities only");
    }
    *ret_more = ret->count > page->limit;
    if (*ret_more)
        ret->count = page->limit;
    return result;
}

enum result scan_count(struct scan *scan, int64_t cap, int64_t *ret, bool *ret_capped) {
    *ret = 0;
    *ret_capped = false;
    if (scan->nothing || scan->low > scan->high)
        return RESULT_OK;
    struct scan_rows rows = {0};
    enum result result = run(scan, true, scan->low, scan->high, cap + 1, &rows);
    *ret_capped = (int64_t)rows.count > cap;
    *ret = *ret_capped ? cap : (int64_t)rows.count;
    return result;
}

struct db_place scan_place(const struct scan_rows *rows) {
    if (rows->count == 0)
        return (struct db_place){0};
    const struct scan_row *last = &rows->items[rows->count - 1];
    return (struct db_place){.number = last->number, .key = last->key};
}
