#include "db/article.h"
#include "db/row.h"

/* The entities of one article, with their roles and mentions. */

static enum result load_roles(struct db *db, struct arena *arena, int64_t article, int64_t entity, struct db_article_entity *ret) {
    STATEMENT(select, db, APPEARANCE_ROLES);
    bind_int(select, 1, article);
    bind_int(select, 2, entity);
    return row_list(select, arena, &ret->roles, &ret->role_count);
}

static enum result load_mentions(struct db *db, struct arena *arena, int64_t article, int64_t entity, struct span text, size_t count,
                                 struct db_article_entity *ret) {
    struct mention *mentions = arena_alloc_array(arena, count, sizeof(*mentions));
    struct span *texts = arena_alloc_array(arena, count, sizeof(*texts));
    if (!mentions || !texts)
        return row_memory(db, arena);
    STATEMENT(select, db, APPEARANCE_MENTIONS);
    bind_int(select, 1, article);
    bind_int(select, 2, entity);
    size_t i = 0;
    bool row = false;
    enum result result;
    while ((result = statement_step(select, &row)) == RESULT_OK && row && i < count) {
        mentions[i].form = row_mention_form(select, 0);
        mentions[i].range = (struct range){(uint32_t)column_int(select, 1), (uint32_t)column_int(select, 2)};
        texts[i] = arena_copy(arena, span_slice(text, (size_t)column_int(select, 3), (size_t)column_int(select, 4)));
        i++;
    }
    ret->mentions = mentions;
    ret->mention_texts = texts;
    ret->mention_count = i;
    return result;
}

static enum result load_entities(struct db *db, struct arena *arena, int64_t article, struct span text,
                                 const struct db_article_entity **ret, size_t *ret_count) {
    struct db_article_entity *items = NULL;
    size_t count = 0, capacity = 0;
    STATEMENT(select, db, ARTICLE_APPEARANCES);
    bind_int(select, 1, article);
    bool row = false;
    enum result result;
    while ((result = statement_step(select, &row)) == RESULT_OK && row) {
        struct db_article_entity *place = arena_push(arena, (void **)&items, &count, &capacity, sizeof(*items));
        if (!place)
            break;
        int64_t entity = column_int(select, 0);
        *place = (struct db_article_entity){
            .id = column_copy(select, 1, arena),
            .name = column_copy(select, 2, arena),
            .type = row_entity_type(select, 3),
            .name_here = column_copy(select, 4, arena),
        };
        if ((result = load_roles(db, arena, article, entity, place)) == RESULT_OK)
            result = load_mentions(db, arena, article, entity, text, (size_t)column_int(select, 5), place);
        if (result != RESULT_OK)
            return result;
    }
    *ret = items;
    *ret_count = count;
    return result == RESULT_OK ? row_memory(db, arena) : result;
}

enum result db_article_entities(struct db *db, struct arena *arena, int64_t article_key, const struct db_article_entity **ret,
                                size_t *ret_count) {
    bool entered = false;
    enum result result = snapshot_enter(db, &entered);
    if (result != RESULT_OK)
        return result;
    STATEMENT(text, db, ARTICLE_TEXT); /* its column lives until this goes: mentions are cut out of it in place */
    bind_int(text, 1, article_key);
    bool found = false;
    const struct db_article_entity *items = NULL;
    size_t count = 0;
    result = statement_step(text, &found);
    if (result == RESULT_OK && found)
        result = load_entities(db, arena, article_key, column_span(text, 0), &items, &count);
    if (result == RESULT_OK) {
        *ret = items;
        *ret_count = count;
    }
    statement_done(&text);
    snapshot_leave(db, entered);
    return result;
}
