#include "db/row.h"
#include "db/source.h"

static enum result read_counts(struct db *db, struct db_stats *ret) {
    STATEMENT(read, db, STORE_READ);
    bool row = false;
    enum result result = statement_step(read, &row);
    if (result != RESULT_OK)
        return result;
    ret->revision = column_int(read, 0);
    ret->articles = column_int(read, 3);
    ret->quotes = column_int(read, 4);
    ret->quotes_with_speaker = column_int(read, 5);
    ret->mentions = column_int(read, 6);
    ret->entities[ENTITY_PERSON] = column_int(read, 7);
    ret->entities[ENTITY_ORGANIZATION] = column_int(read, 8);
    ret->entities[ENTITY_PLACE] = column_int(read, 9);
    ret->sources = column_int(read, 10);
    return RESULT_OK;
}

static enum result read_end(struct db *db, enum statement_id id, struct moment *ret) {
    CLEANUP(statement_done) struct statement *end = statement_get(db, id);
    bool row = false;
    enum result result = statement_step(end, &row);
    if (result == RESULT_OK && row)
        *ret = row_moment(end, 0);
    return result;
}

static enum result read_bytes(struct db *db, int64_t *ret) {
    STATEMENT(pages, db, PAGES_READ);
    bool row = false;
    enum result result = statement_step(pages, &row);
    if (result == RESULT_OK && row)
        *ret = column_int(pages, 0);
    return result;
}

enum result db_stats(struct db *db, struct db_stats *ret) {
    bool entered = false;
    enum result result = snapshot_enter(db, &entered);
    if (result != RESULT_OK)
        return result;
    struct db_stats stats = {0};
    result = read_counts(db, &stats);
    if (result == RESULT_OK)
        result = read_end(db, STATEMENT_STORE_FIRST, &stats.first_published);
    if (result == RESULT_OK)
        result = read_end(db, STATEMENT_STORE_LAST, &stats.last_published);
    if (result == RESULT_OK)
        result = read_bytes(db, &stats.bytes);
    if (result == RESULT_OK)
        *ret = stats;
    snapshot_leave(db, entered);
    return result;
}
