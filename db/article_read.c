#include <string.h>
#include <zlib.h>

#include "base/hash.h"
#include "db/article.h"
#include "db/row.h"
#include "db/scan.h"

#define BOTH(name)                                                                                                                         \
    { STATEMENT_ARTICLES_##name##_NEWEST, STATEMENT_ARTICLES_##name##_OLDEST }

static const struct scan_kind articles = {
    .all = BOTH(ALL),
    .by_source = BOTH(BY_SOURCE),
    .by_language = BOTH(BY_LANGUAGE),
    .by_section = BOTH(BY_SECTION),
    .by_author = BOTH(BY_AUTHOR),
    .search = BOTH(SEARCH),
    .arrival = STATEMENT_ARTICLES_ARRIVAL,
    .relevance = STATEMENT_ARTICLES_RELEVANCE,
    .index = SEARCH_ARTICLES,
    .weight_of_source = 0,
    .low = KEY_LOWEST,
    .high = KEY_HIGHEST,
};

/* --- lists -------------------------------------------------------------------------------------------------------------------------------
 */

enum appearance_role { ANY_APPEARANCE, AS_SPEAKER, AS_SUBJECT }; /* WEIGHT_ENTITY's columns */

static enum result offer_entities(struct scan *scan, const struct key_filter *filter, enum appearance_role role, int parameter) {
    static const enum statement_id ids[][2] = {BOTH(BY_ENTITY), BOTH(BY_SPEAKER), BOTH(BY_ABOUT)};
    if (filter->include_count == 0 || filter->include_count > SCAN_DRIVERS_MAX)
        return RESULT_OK;
    struct scan_driver drivers[SCAN_DRIVERS_MAX];
    int64_t weight = 0;
    for (size_t i = 0; i < filter->include_count; i++) {
        int64_t columns[3];
        enum result result = scan_weigh(scan->db, STATEMENT_WEIGHT_ENTITY, filter->include[i], columns);
        if (result != RESULT_OK)
            return result;
        weight += columns[role] < columns[0] ? columns[role] : columns[0];
        drivers[i] = (struct scan_driver){.newest = ids[role][0], .oldest = ids[role][1], .low = INT64_MIN, .high = INT64_MAX};
        drivers[i].number = filter->include[i];
    }
    scan_offer(scan, drivers, filter->include_count, weight, parameter);
    return RESULT_OK;
}

static enum result offer_drivers(struct scan *scan, const struct db_article_query *query) {
    enum result result = scan_offer_common(scan, &query->source, &query->language, &query->section, &query->author);
    if (result == RESULT_OK)
        result = offer_entities(scan, &query->entity, ANY_APPEARANCE, SCAN_ENTITY);
    if (result == RESULT_OK)
        result = offer_entities(scan, &query->speaker, AS_SPEAKER, SCAN_SPEAKER);
    if (result == RESULT_OK)
        result = offer_entities(scan, &query->about, AS_SUBJECT, SCAN_ABOUT);
    return result;
}

static enum result prepare(struct scan *scan, struct db *db, struct arena *arena, const struct db_article_query *query) {
    scan_init(scan, db, arena, &articles);
    enum result result = scan_query(scan, query->q);
    if (result == RESULT_OK && query->has_published)
        result = key_range(db, query->published, &scan->low, &scan->high);
    if (result == RESULT_OK && query->has_added)
        result = scan_added(scan, query->added);
    if (result == RESULT_OK)
        result = scan_keys(scan, SCAN_SOURCE, &query->source);
    if (result == RESULT_OK)
        result = scan_keys(scan, SCAN_ENTITY, &query->entity);
    if (result == RESULT_OK)
        result = scan_keys(scan, SCAN_SPEAKER, &query->speaker);
    if (result == RESULT_OK)
        result = scan_keys(scan, SCAN_ABOUT, &query->about);
    if (result == RESULT_OK)
        result = scan_words(scan, SCAN_LANGUAGE, &query->language);
    if (result == RESULT_OK)
        result = scan_words(scan, SCAN_AUTHOR, &query->author);
    if (result == RESULT_OK)
        result = scan_words(scan, SCAN_SECTION, &query->section);
    return result == RESULT_OK ? offer_drivers(scan, query) : result;
}

/* --- rows --------------------------------------------------------------------------------------------------------------------------------
 */

static enum result load_text(struct db *db, struct arena *arena, int64_t key, struct span *ret) {
    STATEMENT(text, db, ARTICLE_TEXT);
    bind_int(text, 1, key);
    bool found = false;
    enum result result = statement_step(text, &found);
    if (result == RESULT_OK && found)
        *ret = column_copy(text, 0, arena);
    return result;
}

static enum result load_authors(struct db *db, struct arena *arena, struct db_article *article) {
    STATEMENT(authors, db, ARTICLE_AUTHORS);
    bind_int(authors, 1, article->key);
    return row_list(authors, arena, &article->authors, &article->author_count);
}

static void read_row(const struct statement *row, struct arena *arena, struct db_article *ret) {
    *ret = (struct db_article){
        .key = column_int(row, 0),
        .id = column_copy(row, 1, arena),
        .title = column_copy(row, 2, arena),
        .url = column_copy(row, 3, arena),
        .source_id = column_copy(row, 4, arena),
        .source_name = column_copy(row, 5, arena),
        .language = column_copy(row, 6, arena),
        .section = column_copy(row, 7, arena),
        .image_credit = column_copy(row, 8, arena),
        .published = row_moment(row, 9),
        .published_from = column_copy(row, 11, arena),
        .added = column_int(row, 12),
        .revision = column_int(row, 13),
        .word_count = (uint32_t)column_int(row, 14),
        .quote_count = (uint32_t)column_int(row, 15),
        .entity_count = (uint32_t)column_int(row, 16),
    };
}

static enum result load_article(struct db *db, struct arena *arena, int64_t key, bool with_text, struct db_article *ret) {
    STATEMENT(row, db, ARTICLE_ROW);
    bind_int(row, 1, key);
    bool found = false;
    enum result result = statement_step(row, &found);
    if (result != RESULT_OK)
        return result;
    if (!found)
        return db_refuse(db, RESULT_CORRUPT, "an index names an article that is not there");
    read_row(row, arena, ret);
    result = load_authors(db, arena, ret);
    if (result == RESULT_OK && with_text)
        result = load_text(db, arena, key, &ret->text);
    return result == RESULT_OK ? row_memory(db, arena) : result;
}

static enum result list(struct db *db, struct arena *arena, const struct db_article_query *query, const struct db_page *page,
                        bool with_text, struct db_article_list *ret) {
    struct scan scan;
    struct scan_rows keys = {0};
    enum result result = prepare(&scan, db, arena, query);
    if (result == RESULT_OK)
        result = scan_page(&scan, page, &keys, &ret->more);
    if (result != RESULT_OK)
        return result;
    struct db_article *rows = arena_alloc_array(arena, keys.count, sizeof(*rows));
    if (!rows)
        return row_memory(db, arena);
    for (size_t i = 0; i < keys.count && result == RESULT_OK; i++)
        result = load_article(db, arena, keys.items[i].key, with_text, &rows[i]);
    ret->rows = rows;
    ret->count = keys.count;
    ret->last = scan_place(&keys);
    return result;
}

enum result db_article_query(struct db *db, struct arena *arena, const struct db_article_query *query, const struct db_page *page,
                             bool with_text, struct db_article_list *ret) {
    bool entered = false;
    enum result result = snapshot_enter(db, &entered);
    if (result != RESULT_OK)
        return result;
    struct db_article_list found = {0};
    result = list(db, arena, query, page, with_text, &found);
    if (result == RESULT_OK)
        *ret = found;
    snapshot_leave(db, entered);
    return result;
}

enum result db_article_count(struct db *db, const struct db_article_query *query, int64_t cap, int64_t *ret, bool *ret_capped) {
    bool entered = false;
    enum result result = snapshot_enter(db, &entered);
    if (result != RESULT_OK)
        return result;
    CLEANUP(arena_done) struct arena arena;
    arena_init(&arena, 0);
    struct scan scan;
    result = prepare(&scan, db, &arena, query);
    if (result == RESULT_OK)
        result = scan_count(&scan, cap, ret, ret_capped);
    snapshot_leave(db, entered);
    return result;
}

/* --- one ---------------------------------------------------------------------------------------------------------------------------------
 */

enum result db_article_revision(struct db *db, struct span id, int64_t *ret_key, int64_t *ret_revision) {
    STATEMENT(find, db, ARTICLE_FIND);
    bind_text(find, 1, id);
    bool found = false;
    enum result result = statement_step(find, &found);
    if (result != RESULT_OK)
        return result;
    if (!found)
        return db_refuse(db, RESULT_NOT_FOUND, "no such article");
    *ret_key = column_int(find, 0);
    *ret_revision = column_int(find, 1);
    return RESULT_OK;
}

enum result db_article_get(struct db *db, struct arena *arena, struct span id, struct db_article *ret) {
    bool entered = false;
    enum result result = snapshot_enter(db, &entered);
    if (result != RESULT_OK)
        return result;
    int64_t key = 0, revision = 0;
    struct db_article found;
    result = db_article_revision(db, id, &key, &revision);
    if (result == RESULT_OK)
        result = load_article(db, arena, key, true, &found);
    if (result == RESULT_OK)
        *ret = found;
    snapshot_leave(db, entered);
    return result;
}

/* --- what came in ------------------------------------------------------------------------------------------------------------------------
 */

enum result db_article_dropped(struct db *db, struct arena *arena, int64_t article_key, const struct dropped **ret, size_t *ret_count) {
    STATEMENT(select, db, ARTICLE_DROPPED);
    bind_int(select, 1, article_key);
    struct dropped *items = NULL;
    size_t count = 0, capacity = 0;
    bool row = false;
    enum result result;
    while ((result = statement_step(select, &row)) == RESULT_OK && row) {
        struct dropped *place = arena_push(arena, (void **)&items, &count, &capacity, sizeof(*items));
        if (!place)
            break;
        place->why = column_copy(select, 0, arena).data; /* arena_copy closes with a NUL */
        place->text = column_copy(select, 1, arena);
    }
    if (result == RESULT_OK)
        result = row_memory(db, arena);
    if (result != RESULT_OK)
        return result;
    *ret = items;
    *ret_count = count;
    return RESULT_OK;
}

static enum result inflate_bytes(struct db *db, struct arena *arena, struct span packed, int64_t size, struct span *ret) {
    if (size < 0 || size > UINT32_MAX)
        return db_refuse(db, RESULT_CORRUPT, "an original has an impossible size");
    char *bytes = arena_alloc(arena, (size_t)size);
    if (!bytes)
        return row_memory(db, arena);
    uLongf length = (uLongf)size;
    int code = uncompress((Bytef *)bytes, &length, (const Bytef *)packed.data, packed.length);
    if (code == Z_MEM_ERROR)
        return db_fail(db, SQLITE_NOMEM);
    if (code != Z_OK || length != (uLongf)size)
        return db_refuse(db, RESULT_CORRUPT, "an original cannot be unpacked");
    *ret = (struct span){bytes, (size_t)size};
    return RESULT_OK;
}

enum result db_article_original(struct db *db, struct arena *arena, int64_t article_key, struct db_original *ret) {
    STATEMENT(select, db, ARTICLE_ORIGINAL);
    bind_int(select, 1, article_key);
    bool row = false;
    enum result result = statement_step(select, &row);
    if (result != RESULT_OK)
        return result;
    if (!row)
        return db_refuse(db, RESULT_NOT_FOUND, "no such article");
    struct db_original found = {.media_type = column_copy(select, 0, arena), .path = column_copy(select, 1, arena)};
    struct span digest = column_span(select, 2);
    if (digest.length != SHA256_BYTES)
        return db_refuse(db, RESULT_CORRUPT, "an original has a damaged digest");
    memcpy(found.digest, digest.data, SHA256_BYTES);
    result = inflate_bytes(db, arena, column_span(select, 4), column_int(select, 3), &found.bytes);
    if (result == RESULT_OK)
        result = row_memory(db, arena);
    if (result == RESULT_OK)
        *ret = found;
    return result;
}
