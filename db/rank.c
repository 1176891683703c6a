#include <math.h>
#include <string.h>

#include "db/search.h"

/* FTS5's own bm25() counts each phrase's matches in all of the index before it scores the first row: for a common word of a large store
   that is seconds, in a loop that no deadline reaches. So the rows only tell their hits, and rarity is taken among the rows at hand. */

enum { PHRASES_MAX = 64 }; /* more than QUERY_TERMS_MAX */

static const double title_weight = 4.0; /* a hit in the title against one in the text */
static const double k1 = 1.2;
static const double b = 0.75;
static const double score_unit = 1e9; /* fixed point, so that equal scores are equal on the next page, too */

void search_count_hits(const Fts5ExtensionApi *api, Fts5Context *fts, sqlite3_context *context, int value_count, sqlite3_value **values) {
    (void)value_count, (void)values;
    double hits[1 + PHRASES_MAX] = {0};
    int phrases = api->xPhraseCount(fts);
    int instances = 0;
    int length = 0;
    sqlite3_int64 total = 0;
    sqlite3_int64 rows = 0;
    int code = api->xInstCount(fts, &instances);
    if (code == SQLITE_OK)
        code = api->xColumnSize(fts, -1, &length);
    if (code == SQLITE_OK)
        code = api->xColumnTotalSize(fts, -1, &total);
    if (code == SQLITE_OK)
        code = api->xRowCount(fts, &rows);
    int columns = api->xColumnCount(fts);
    for (int i = 0; i < instances && code == SQLITE_OK; i++) {
        int phrase = 0, column = 0, offset = 0;
        code = api->xInst(fts, i, &phrase, &column, &offset);
        if (phrase < PHRASES_MAX)
            hits[1 + phrase] += columns > 1 && column == 0 ? title_weight : 1;
    }
    if (code != SQLITE_OK) {
        sqlite3_result_error_code(context, code);
        return;
    }
    if (phrases > PHRASES_MAX)
        phrases = PHRASES_MAX;
    hits[0] = total > 0 ? (double)length * (double)rows / (double)total : 1;
    sqlite3_result_blob(context, hits, (int)sizeof(double) * (1 + phrases), SQLITE_TRANSIENT);
}

struct search_hits search_hits_read(struct arena *arena, const struct statement *statement, int column) {
    struct span bytes = column_span(statement, column);
    size_t count = bytes.length / sizeof(double);
    double *values = count ? arena_alloc_array(arena, count, sizeof(double)) : NULL;
    if (!values)
        return (struct search_hits){0};
    memcpy(values, bytes.data, count * sizeof(double));
    return (struct search_hits){values, count - 1};
}

void search_rank(const struct search_hits *hits, size_t count, int64_t *ret_scores) {
    double rarity[PHRASES_MAX] = {0};
    for (size_t phrase = 0; phrase < PHRASES_MAX; phrase++) {
        double rows = 0;
        for (size_t i = 0; i < count; i++)
            rows += phrase < hits[i].phrase_count && hits[i].values[1 + phrase] > 0;
        rarity[phrase] = log(1 + ((double)count - rows + 0.5) / (rows + 0.5));
        if (rows == 0 && phrase > 0 && count > 0 && phrase >= hits[0].phrase_count)
            break;
    }
    for (size_t i = 0; i < count; i++) {
        double score = 0;
        for (size_t phrase = 0; phrase < hits[i].phrase_count; phrase++) {
            double n = hits[i].values[1 + phrase];
            score += rarity[phrase] * n * (k1 + 1) / (n + k1 * (1 - b + b * hits[i].values[0]));
        }
        ret_scores[i] = llround(score * score_unit);
    }
}
