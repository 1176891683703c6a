#include "db/key.h"

/* Column 0 of the first row. */
static enum result look_up(struct statement *statement, bool *ret_found, int64_t *ret) {
    enum result result = statement_step(statement, ret_found);
    if (result == RESULT_OK && *ret_found)
        *ret = column_int(statement, 0);
    return result;
}

/* Where an article of that second goes: behind all that were published at or before it. */
static enum result wanted_key(struct db *db, int64_t seconds, int64_t *ret) {
    STATEMENT(last, db, KEY_LAST_UNTIL);
    bind_int(last, 1, seconds);
    bool found = false;
    int64_t highest = 0;
    enum result result = look_up(last, &found, &highest);
    int64_t own = key_of_moment(seconds);
    *ret = found && highest >= own ? highest + 1 : own;
    return result;
}

static enum result holder(struct db *db, int64_t key, bool *ret_taken, int64_t *ret_seconds) {
    STATEMENT(taken, db, KEY_TAKEN);
    bind_int(taken, 1, key);
    return look_up(taken, ret_taken, ret_seconds);
}

static enum result run_with_keys(struct db *db, enum statement_id id, int64_t from, int64_t to) {
    CLEANUP(statement_done) struct statement *statement = statement_get(db, id);
    bind_int(statement, 1, from);
    if (id != STATEMENT_MOVE_QUOTES)
        bind_int(statement, 2, to);
    return statement_run(statement);
}

/* Foreign keys carry the new key to the article's parts; a quote's own key follows, and what entities know of their first and last. */
static enum result move(struct db *db, int64_t from, int64_t to) {
    static const enum statement_id steps[] = {STATEMENT_MOVE_ARTICLE, STATEMENT_MOVE_QUOTES, STATEMENT_MOVE_FIRST, STATEMENT_MOVE_LAST};
    enum result result = RESULT_OK;
    for (size_t i = 0; i < sizeof(steps) / sizeof(*steps) && result == RESULT_OK; i++)
        result = run_with_keys(db, steps[i], from, to);
    return result;
}

static enum result assign_dated(struct db *db, int64_t seconds, int64_t *ret) {
    int64_t chain[KEY_MOVES_MAX + 1];
    size_t length = 0;
    bool taken = true;
    enum result result = RESULT_OK;
    while (taken) {
        if (length > KEY_MOVES_MAX)
            return db_refuse(db, RESULT_TOO_LARGE, "more than %d full seconds follow on the article's moment", KEY_MOVES_MAX);
        if ((result = wanted_key(db, seconds, &chain[length])) != RESULT_OK)
            return result;
        if ((result = holder(db, chain[length++], &taken, &seconds)) != RESULT_OK)
            return result;
    }
    for (size_t i = length - 1; i > 0 && result == RESULT_OK; i--)
        result = move(db, chain[i - 1], chain[i]);
    *ret = chain[0];
    return result;
}

enum result key_assign(struct db *db, struct moment published, int64_t *ret) {
    if (published.precision != PRECISION_NONE)
        return assign_dated(db, published.seconds, ret);
    STATEMENT(last, db, KEY_LAST_UNDATED);
    bool found = false;
    int64_t highest = 0;
    enum result result = look_up(last, &found, &highest);
    *ret = found ? highest + 1 : KEY_UNDATED_FIRST;
    return result;
}

/* --- periods -----------------------------------------------------------------------------------------------------------------------------
 */

static enum result first_from(struct db *db, enum statement_id id, int64_t seconds, bool *ret_found, int64_t *ret) {
    CLEANUP(statement_done) struct statement *first = statement_get(db, id);
    bind_int(first, 1, seconds);
    return look_up(first, ret_found, ret);
}

static enum result range_of(struct db *db, enum statement_id id, struct period period, int64_t *ret_low, int64_t *ret_high) {
    bool found = false;
    *ret_low = 1;
    *ret_high = 0;
    int64_t low = 0;
    enum result result = first_from(db, id, period.start, &found, &low);
    if (result != RESULT_OK || !found || period.start >= period.end)
        return result;
    int64_t behind = 0;
    result = first_from(db, id, period.end, &found, &behind);
    *ret_low = low;
    *ret_high = found ? behind - 1 : KEY_HIGHEST;
    return result;
}

enum result key_range(struct db *db, struct period period, int64_t *ret_low, int64_t *ret_high) {
    return range_of(db, STATEMENT_KEY_FIRST_FROM, period, ret_low, ret_high);
}

enum result arrival_range(struct db *db, struct period period, int64_t *ret_low, int64_t *ret_high) {
    return range_of(db, STATEMENT_ARRIVAL_FIRST_FROM, period, ret_low, ret_high);
}
