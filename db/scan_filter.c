#include "db/listed.h"
#include "db/scan.h"

/* A scan's filters and the choice of what drives it. */

void scan_init(struct scan *scan, struct db *db, struct arena *arena, const struct scan_kind *kind) {
    *scan = (struct scan){.db = db, .arena = arena, .kind = kind, .low = kind->low, .high = kind->high, .weight = INT64_MAX};
    scan->drivers[0] = (struct scan_driver){.newest = kind->all[0], .oldest = kind->all[1], .low = INT64_MIN, .high = INT64_MAX};
    scan->driver_count = 1;
}

enum result scan_keys(struct scan *scan, enum scan_parameter parameter, const struct key_filter *filter) {
    enum result result = RESULT_OK;
    if (filter->is_set && filter->include_count == 0)
        scan->nothing = true;
    if (filter->include_count)
        result = listed_keys(scan->db, scan->arena, filter->include, filter->include_count, &scan->lists[parameter]);
    if (filter->exclude_count && result == RESULT_OK)
        result = listed_keys(scan->db, scan->arena, filter->exclude, filter->exclude_count, &scan->lists[parameter + 1]);
    return result;
}

enum result scan_words(struct scan *scan, enum scan_parameter parameter, const struct word_filter *filter) {
    enum result result = RESULT_OK;
    if (filter->include_count)
        result = listed_words(scan->db, scan->arena, filter->include, filter->include_count, &scan->lists[parameter]);
    if (filter->exclude_count && result == RESULT_OK)
        result = listed_words(scan->db, scan->arena, filter->exclude, filter->exclude_count, &scan->lists[parameter + 1]);
    return result;
}

enum result scan_names(struct scan *scan, enum scan_parameter parameter, uint32_t bits, uint32_t all, const char *(*name_of)(int)) {
    if (bits == 0 || (bits & all) == all)
        return RESULT_OK;
    struct span names[32];
    size_t count = 0;
    for (int i = 0; i < 32; i++)
        if (bits & all & (UINT32_C(1) << i))
            names[count++] = span_of(name_of(i));
    return listed_words(scan->db, scan->arena, names, count, &scan->lists[parameter]);
}

enum result scan_query(struct scan *scan, const struct query_node *q) {
    if (!q)
        return RESULT_OK;
    enum result result = search_compile(scan->db, scan->arena, q, scan->kind->index, &scan->search);
    if (result == RESULT_OK && scan->search.length == 0)
        scan->nothing = true;
    return result;
}

enum result scan_added(struct scan *scan, struct period period) {
    scan->has_arrival = true;
    enum result result = arrival_range(scan->db, period, &scan->arrival_low, &scan->arrival_high);
    if (scan->arrival_low > scan->arrival_high)
        scan->nothing = true;
    return result;
}

/* --- drivers -----------------------------------------------------------------------------------------------------------------------------
 */

void scan_offer(struct scan *scan, const struct scan_driver *drivers, size_t count, int64_t weight, int parameter) {
    if (weight >= scan->weight || count > sizeof(scan->drivers) / sizeof(*scan->drivers))
        return;
    for (size_t i = 0; i < count; i++)
        scan->drivers[i] = drivers[i];
    scan->driver_count = count;
    scan->weight = weight;
    scan->driven = parameter;
}

enum result scan_weigh(struct db *db, enum statement_id id, int64_t key, int64_t ret_columns[3]) {
    CLEANUP(statement_done) struct statement *weigh = statement_get(db, id);
    bind_int(weigh, 1, key);
    bool found = false;
    enum result result = statement_step(weigh, &found);
    ret_columns[0] = ret_columns[1] = ret_columns[2] = 0;
    if (result == RESULT_OK && found) {
        ret_columns[0] = column_int(weigh, 0);
        ret_columns[1] = column_int(weigh, 1);
        ret_columns[2] = id == STATEMENT_WEIGHT_ENTITY ? column_int(weigh, 2) : 0;
    }
    return result;
}

static struct scan_driver driver_of(const enum statement_id ids[2]) {
    return (struct scan_driver){.newest = ids[0], .oldest = ids[1], .low = INT64_MIN, .high = INT64_MAX};
}

static enum result offer_source(struct scan *scan, const struct key_filter *filter) {
    if (filter->include_count == 0 || filter->include_count > SCAN_DRIVERS_MAX)
        return RESULT_OK;
    struct scan_driver drivers[SCAN_DRIVERS_MAX];
    int64_t weight = 0;
    for (size_t i = 0; i < filter->include_count; i++) {
        int64_t columns[3];
        enum result result = scan_weigh(scan->db, STATEMENT_WEIGHT_SOURCE, filter->include[i], columns);
        if (result != RESULT_OK)
            return result;
        weight += columns[scan->kind->weight_of_source];
        drivers[i] = driver_of(scan->kind->by_source);
        drivers[i].number = filter->include[i];
    }
    scan_offer(scan, drivers, filter->include_count, weight, SCAN_SOURCE);
    return RESULT_OK;
}

static enum result weigh_word(struct scan *scan, enum statement_id id, struct span word, int64_t *weight) {
    CLEANUP(statement_done) struct statement *weigh = statement_get(scan->db, id);
    bind_text(weigh, 1, word);
    bind_int(weigh, 2, SCAN_WORDS_COUNTED_MAX);
    bool found = false;
    enum result result = statement_step(weigh, &found);
    int64_t count = found ? column_int(weigh, 0) : 0;
    /* Counted no further, it may be any number: a driver still, but the last choice, and too many to gather. */
    *weight += count < SCAN_WORDS_COUNTED_MAX ? count : INT64_MAX / (4 * SCAN_DRIVERS_MAX);
    return result;
}

static enum result offer_words(struct scan *scan, const struct word_filter *filter, enum statement_id weight_id,
                               const enum statement_id ids[2], int parameter) {
    if (filter->include_count == 0 || filter->include_count > SCAN_DRIVERS_MAX)
        return RESULT_OK;
    struct scan_driver drivers[SCAN_DRIVERS_MAX];
    int64_t weight = 0;
    for (size_t i = 0; i < filter->include_count; i++) {
        enum result result = weigh_word(scan, weight_id, filter->include[i], &weight);
        if (result != RESULT_OK)
            return result;
        drivers[i] = driver_of(ids);
        drivers[i].word = filter->include[i];
        drivers[i].by_word = true;
    }
    scan_offer(scan, drivers, filter->include_count, weight, parameter);
    return RESULT_OK;
}

enum result scan_offer_common(struct scan *scan, const struct key_filter *source, const struct word_filter *language,
                              const struct word_filter *section, const struct word_filter *author) {
    const struct scan_kind *kind = scan->kind;
    enum result result = offer_source(scan, source);
    if (result == RESULT_OK)
        result = offer_words(scan, language, STATEMENT_WEIGHT_LANGUAGE, kind->by_language, SCAN_LANGUAGE);
    if (result == RESULT_OK)
        result = offer_words(scan, section, STATEMENT_WEIGHT_SECTION, kind->by_section, SCAN_SECTION);
    if (result == RESULT_OK)
        result = offer_words(scan, author, STATEMENT_WEIGHT_AUTHOR, kind->by_author, SCAN_AUTHOR);
    return result;
}
