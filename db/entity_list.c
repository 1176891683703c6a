#include "db/entity_list.h"

#include <stdlib.h>

#include "base/json.h"
#include "db/key.h"
#include "db/listed.h"
#include "db/search.h"

/* Lists of entities. Where a filter leaves few candidates, these are fetched and sorted; else the index of the order is walked, and the
   filters are conditions. */

/* Parameters of the statements, as statements.def numbers them. */
enum { PLACE_1 = 1, PLACE_2, LIMIT = 4, MATCH, SOURCE, SOURCE_NOT, ENTITY, ENTITY_NOT, TYPES, KEY_LOW, KEY_HIGH };

struct listing {
    struct db *db;
    struct arena *arena;
    const struct db_entity_query *query;
    enum db_order order;
    bool nothing;
    bool gathered;          /* candidates is all that can match */
    struct span candidates; /* JSON array of keys, with repeats */
    bool match_done;        /* the candidates fulfil the search already */
    struct span match;
    struct span source, source_not, entity, entity_not, types;
    int64_t key_low, key_high;
};

/* --- filters -----------------------------------------------------------------------------------------------------------------------------
 */

static enum result prepare_keys(struct listing *listing, const struct key_filter *filter, struct span *any, struct span *none) {
    if (filter->is_set && filter->include_count == 0)
        listing->nothing = true;
    enum result result = RESULT_OK;
    if (filter->include_count)
        result = listed_keys(listing->db, listing->arena, filter->include, filter->include_count, any);
    if (filter->exclude_count && result == RESULT_OK)
        result = listed_keys(listing->db, listing->arena, filter->exclude, filter->exclude_count, none);
    return result;
}

static enum result prepare_types(struct listing *listing, uint32_t types) {
    const uint32_t all = (1 << ENTITY_TYPE_COUNT) - 1;
    types &= all;
    if (types == 0 || types == all)
        return RESULT_OK;
    struct span names[ENTITY_TYPE_COUNT];
    size_t count = 0;
    for (int type = 0; type < ENTITY_TYPE_COUNT; type++)
        if (types & (UINT32_C(1) << type))
            names[count++] = span_of(entity_type_name((enum entity_type)type));
    return listed_words(listing->db, listing->arena, names, count, &listing->types);
}

static enum result prepare(struct listing *listing) {
    const struct db_entity_query *query = listing->query;
    enum result result = RESULT_OK;
    if (query->q) {
        result = search_compile(listing->db, listing->arena, query->q, SEARCH_NAMES, &listing->match);
        listing->nothing |= listing->match.length == 0;
    }
    if (result == RESULT_OK && query->has_seen) {
        result = key_range(listing->db, query->seen, &listing->key_low, &listing->key_high);
        listing->nothing |= listing->key_low > listing->key_high;
    }
    if (result == RESULT_OK)
        result = prepare_keys(listing, &query->source, &listing->source, &listing->source_not);
    if (result == RESULT_OK)
        result = prepare_keys(listing, &query->entity, &listing->entity, &listing->entity_not);
    return result == RESULT_OK ? prepare_types(listing, query->types) : result;
}

/* --- candidates --------------------------------------------------------------------------------------------------------------------------
 */

struct key_array {
    int64_t *items;
    size_t count;
    size_t capacity;
};

/* Column 0 of all rows; false in *ret_all where they are more than ENTITY_GATHER_MAX. */
static enum result collect(struct listing *listing, struct statement *statement, struct key_array *keys, bool *ret_all) {
    bind_int(statement, 2, ENTITY_GATHER_MAX + 1);
    bool row = false;
    enum result result;
    while ((result = statement_step(statement, &row)) == RESULT_OK && row) {
        int64_t *key = arena_push(listing->arena, (void **)&keys->items, &keys->count, &keys->capacity, sizeof(*keys->items));
        if (!key)
            return row_memory(listing->db, listing->arena);
        *key = column_int(statement, 0);
    }
    *ret_all = keys->count <= ENTITY_GATHER_MAX;
    return result;
}

static enum result gather_named(struct listing *listing, struct key_array *keys, bool *ret_all) {
    STATEMENT(select, listing->db, ENTITIES_NAMED);
    bind_text(select, 1, listing->match);
    enum result result = collect(listing, select, keys, ret_all);
    listing->match_done = *ret_all;
    return result;
}

static enum result gather_of_sources(struct listing *listing, struct key_array *keys, bool *ret_all) {
    const struct key_filter *filter = &listing->query->source;
    *ret_all = true;
    enum result result = RESULT_OK;
    for (size_t i = 0; i < filter->include_count && *ret_all && result == RESULT_OK; i++) {
        STATEMENT(select, listing->db, ENTITIES_OF_SOURCE);
        bind_int(select, 1, filter->include[i]);
        result = collect(listing, select, keys, ret_all);
    }
    return result;
}

static enum result gather_of_period(struct listing *listing, struct key_array *keys, bool *ret_all) {
    STATEMENT(select, listing->db, ENTITIES_OF_PERIOD);
    bind_int(select, 1, listing->key_low);
    bind_int(select, 3, listing->key_high);
    return collect(listing, select, keys, ret_all);
}

static enum result json_of_keys(struct listing *listing, const int64_t *keys, size_t count) {
    CLEANUP(buffer_done) struct buffer buffer;
    buffer_init(&buffer, 0);
    struct json_writer writer;
    json_writer_init(&writer, &buffer, false);
    json_array_begin(&writer);
    for (size_t i = 0; i < count; i++)
        json_write_int(&writer, keys[i]);
    json_array_end(&writer);
    if (buffer_result(&buffer) != RESULT_OK)
        return db_fail(listing->db, SQLITE_NOMEM);
    listing->candidates = arena_copy(listing->arena, buffer_span(&buffer));
    return row_memory(listing->db, listing->arena);
}

/* The first filter that leaves few enough. */
static enum result gather(struct listing *listing) {
    const struct db_entity_query *query = listing->query;
    if (query->entity.include_count) {
        listing->gathered = true;
        return json_of_keys(listing, query->entity.include, query->entity.include_count);
    }
    enum result (*const ways[])(struct listing *, struct key_array *, bool *) = {
        query->q ? gather_named : NULL,
        query->source.include_count ? gather_of_sources : NULL,
        query->has_seen ? gather_of_period : NULL,
    };
    for (size_t i = 0; i < sizeof(ways) / sizeof(*ways) && !listing->gathered; i++) {
        if (!ways[i])
            continue;
        struct key_array keys = {0};
        enum result result = ways[i](listing, &keys, &listing->gathered);
        if (result == RESULT_OK && listing->gathered)
            result = json_of_keys(listing, keys.items, keys.count);
        if (result != RESULT_OK)
            return result;
    }
    return RESULT_OK;
}

/* --- rows --------------------------------------------------------------------------------------------------------------------------------
 */

static void bind_list(struct statement *statement, int index, struct span list) {
    if (list.data)
        bind_bytes(statement, index, list.data, list.length);
}

static void bind_filters(const struct listing *listing, struct statement *statement) {
    if (listing->match.length && !listing->match_done)
        bind_text(statement, MATCH, listing->match);
    bind_list(statement, SOURCE, listing->source);
    bind_list(statement, SOURCE_NOT, listing->source_not);
    bind_list(statement, ENTITY, listing->entity);
    bind_list(statement, ENTITY_NOT, listing->entity_not);
    bind_list(statement, TYPES, listing->types);
    if (listing->query->has_seen) {
        bind_int(statement, KEY_LOW, listing->key_low);
        bind_int(statement, KEY_HIGH, listing->key_high);
    }
}

static enum result read_rows(struct listing *listing, struct statement *statement, struct list_rows *rows) {
    bool found = false;
    enum result result;
    while ((result = statement_step(statement, &found)) == RESULT_OK && found) {
        struct list_row *row = list_push(rows);
        if (!row)
            break;
        row->key = column_int(statement, 0);
        if (listing->order == DB_NAME) {
            row->number = row_entity_type(statement, 4);
            row->folded = column_copy(statement, 3, rows->arena);
        } else {
            row->number = column_int(statement, listing->order == DB_LAST_SEEN ? 2 : 1);
        }
    }
    return result == RESULT_OK ? row_memory(listing->db, rows->arena) : result;
}

static int by_number_down(const void *a, const void *b) {
    const struct list_row *x = a;
    const struct list_row *y = b;
    if (x->number != y->number)
        return x->number < y->number ? 1 : -1;
    return x->key < y->key ? 1 : x->key > y->key ? -1 : 0;
}

/* As the index of (folded, type) has it: types by their words. */
static int by_name(const void *a, const void *b) {
    const struct list_row *x = a;
    const struct list_row *y = b;
    int order = span_compare(x->folded, y->folded);
    if (order != 0)
        return order;
    return span_compare(span_of(entity_type_name((enum entity_type)x->number)), span_of(entity_type_name((enum entity_type)y->number)));
}

static enum result list_among(struct listing *listing, const struct db_page *page, struct list_rows *rows) {
    STATEMENT(select, listing->db, ENTITIES_AMONG);
    bind_text(select, PLACE_1, listing->candidates);
    bind_filters(listing, select);
    enum result result = read_rows(listing, select, rows);
    if (result != RESULT_OK || rows->count == 0)
        return result;
    int (*compare)(const void *, const void *) = listing->order == DB_NAME ? by_name : by_number_down;
    qsort(rows->items, rows->count, sizeof(*rows->items), compare);
    struct list_row after = {page->after.key, page->after.number, page->after.text};
    size_t skipped = 0;
    while (page->has_after && skipped < rows->count && compare(&rows->items[skipped], &after) <= 0)
        skipped++;
    rows->items += skipped;
    rows->count -= skipped;
    rows->capacity = rows->count; /* the array begins elsewhere now; it does not grow any more */
    return RESULT_OK;
}

static enum result list_by_name(struct listing *listing, const struct db_page *page, struct list_rows *rows) {
    STATEMENT(select, listing->db, ENTITIES_BY_NAME);
    bool has_type = page->has_after && page->after.number >= 0 && page->after.number < ENTITY_TYPE_COUNT;
    bind_text(select, PLACE_1, page->has_after ? page->after.text : (struct span){0});
    bind_string(select, PLACE_2, has_type ? entity_type_name((enum entity_type)page->after.number) : "");
    bind_int(select, LIMIT, (int64_t)page->limit + 1);
    bind_filters(listing, select);
    return read_rows(listing, select, rows);
}

static enum result list_tied(struct listing *listing, const struct db_page *page, struct list_rows *rows) {
    CLEANUP(statement_done)
    struct statement *select = statement_get(listing->db, listing->order == DB_LAST_SEEN ? STATEMENT_ENTITIES_BY_LAST_SEEN_TIED
                                                                                         : STATEMENT_ENTITIES_BY_APPEARANCES_TIED);
    bind_int(select, PLACE_1, page->after.number);
    bind_int(select, PLACE_2, page->after.key);
    bind_int(select, LIMIT, (int64_t)page->limit + 1);
    bind_filters(listing, select);
    return read_rows(listing, select, rows);
}

static enum result list_by_number(struct listing *listing, const struct db_page *page, struct list_rows *rows) {
    enum result result = page->has_after ? list_tied(listing, page, rows) : RESULT_OK;
    if (result != RESULT_OK || rows->count > page->limit)
        return result;
    CLEANUP(statement_done)
    struct statement *select =
        statement_get(listing->db, listing->order == DB_LAST_SEEN ? STATEMENT_ENTITIES_BY_LAST_SEEN : STATEMENT_ENTITIES_BY_APPEARANCES);
    bind_int(select, PLACE_1, page->has_after ? page->after.number : INT64_MAX);
    bind_int(select, LIMIT, (int64_t)(page->limit - rows->count) + 1);
    bind_filters(listing, select);
    return read_rows(listing, select, rows);
}

static enum result list_keys(struct listing *listing, const struct db_page *page, struct list_rows *rows) {
    enum result result = prepare(listing);
    if (result != RESULT_OK || listing->nothing)
        return result;
    if ((result = gather(listing)) != RESULT_OK)
        return result;
    if (listing->gathered)
        return list_among(listing, page, rows);
    return listing->order == DB_NAME ? list_by_name(listing, page, rows) : list_by_number(listing, page, rows);
}

static enum result list(struct listing *listing, const struct db_page *page, struct db_entity_list *ret) {
    struct list_rows rows = {.arena = listing->arena};
    enum result result = list_keys(listing, page, &rows);
    if (result != RESULT_OK)
        return result;
    ret->last = list_end(&rows, page->limit, &ret->more);
    struct db_entity *entities = arena_alloc_array(listing->arena, rows.count, sizeof(*entities));
    if (!entities)
        return row_memory(listing->db, listing->arena);
    for (size_t i = 0; i < rows.count && result == RESULT_OK; i++)
        result = entity_load(listing->db, listing->arena, rows.items[i].key, &entities[i]);
    ret->rows = entities;
    ret->count = rows.count;
    return result;
}

enum result db_entity_query(struct db *db, struct arena *arena, const struct db_entity_query *query, const struct db_page *page,
                            struct db_entity_list *ret) {
    if (page->order != DB_APPEARANCES && page->order != DB_NAME && page->order != DB_LAST_SEEN)
        return db_refuse(db, RESULT_INVALID, "not an order of entities");
    bool entered = false;
    enum result result = snapshot_enter(db, &entered);
    if (result != RESULT_OK)
        return result;
    struct listing listing = {.db = db, .arena = arena, .query = query, .order = page->order};
    struct db_entity_list found = {0};
    result = list(&listing, page, &found);
    if (result == RESULT_OK)
        *ret = found;
    snapshot_leave(db, entered);
    return result;
}

enum result db_entity_count(struct db *db, const struct db_entity_query *query, int64_t cap, int64_t *ret, bool *ret_capped) {
    bool entered = false;
    enum result result = snapshot_enter(db, &entered);
    if (result != RESULT_OK)
        return result;
    CLEANUP(arena_done) struct arena arena;
    arena_init(&arena, 0);
    struct listing listing = {.db = db, .arena = &arena, .query = query, .order = DB_APPEARANCES};
    struct list_rows rows = {.arena = &arena};
    struct db_page page = {.order = DB_APPEARANCES, .limit = cap < UINT32_MAX ? (uint32_t)cap : UINT32_MAX};
    result = list_keys(&listing, &page, &rows);
    if (result == RESULT_OK) {
        *ret_capped = (int64_t)rows.count > cap;
        *ret = *ret_capped ? cap : (int64_t)rows.count;
    }
    snapshot_leave(db, entered);
    return result;
}
