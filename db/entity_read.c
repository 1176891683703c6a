#include "db/entity.h"
#include "db/entity_list.h"

/* One entity with its aliases and roles; finding it by name. */

static enum result load_row(struct db *db, struct arena *arena, int64_t key, struct db_entity *ret) {
    STATEMENT(row, db, ENTITY_ROW);
    bind_int(row, 1, key);
    bool found = false;
    enum result result = statement_step(row, &found);
    if (result != RESULT_OK)
        return result;
    if (!found)
        return db_refuse(db, RESULT_CORRUPT, "an index names an entity that is not there");
    *ret = (struct db_entity){
        .key = key,
        .id = column_copy(row, 1, arena),
        .name = column_copy(row, 2, arena),
        .type = row_entity_type(row, 3),
        .article_count = (uint32_t)column_int(row, 4),
        .mention_count = (uint32_t)column_int(row, 5),
        .quote_count = (uint32_t)column_int(row, 6),
        .about_count = (uint32_t)column_int(row, 7),
        .first_seen = row_moment(row, 8),
        .last_seen = row_moment(row, 10),
        .revision = column_int(row, 12),
    };
    return row_memory(db, arena);
}

static enum result load_aliases(struct db *db, struct arena *arena, struct db_entity *entity) {
    STATEMENT(select, db, ENTITY_ALIASES);
    bind_int(select, 1, entity->key);
    struct db_alias *items = NULL;
    size_t count = 0, capacity = 0;
    bool row = false;
    enum result result;
    while ((result = statement_step(select, &row)) == RESULT_OK && row) {
        struct db_alias *place = arena_push(arena, (void **)&items, &count, &capacity, sizeof(*items));
        if (!place)
            break;
        *place = (struct db_alias){column_copy(select, 0, arena), (uint32_t)column_int(select, 1)};
    }
    entity->aliases = items;
    entity->alias_count = count;
    return result == RESULT_OK ? row_memory(db, arena) : result;
}

enum result entity_load(struct db *db, struct arena *arena, int64_t key, struct db_entity *ret) {
    enum result result = load_row(db, arena, key, ret);
    if (result == RESULT_OK)
        result = load_aliases(db, arena, ret);
    if (result != RESULT_OK)
        return result;
    STATEMENT(roles, db, ENTITY_ROLES);
    bind_int(roles, 1, key);
    return row_list(roles, arena, &ret->roles, &ret->role_count);
}

static enum result get(struct db *db, struct arena *arena, struct span id, struct db_entity *ret) {
    int64_t key = 0;
    {
        STATEMENT(find, db, ENTITY_FIND);
        bind_text(find, 1, id);
        bool found = false;
        enum result result = statement_step(find, &found);
        if (result != RESULT_OK)
            return result;
        if (!found)
            return db_refuse(db, RESULT_NOT_FOUND, "no such entity");
        key = column_int(find, 0);
    }
    return entity_load(db, arena, key, ret);
}

enum result db_entity_get(struct db *db, struct arena *arena, struct span id, struct db_entity *ret) {
    bool entered = false;
    enum result result = snapshot_enter(db, &entered);
    if (result != RESULT_OK)
        return result;
    struct db_entity found = {0};
    result = get(db, arena, id, &found);
    if (result == RESULT_OK)
        *ret = found;
    snapshot_leave(db, entered);
    return result;
}

enum result db_entity_resolve(struct db *db, struct arena *arena, struct span id_or_name, int64_t *ret_key,
                              const struct span **ret_candidates, size_t *ret_candidate_count) {
    return list_resolve(db, arena, STATEMENT_ENTITY_FIND, STATEMENT_ENTITY_NAMED, id_or_name, ret_key, ret_candidates, ret_candidate_count);
}
