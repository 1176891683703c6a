#include "db/tally.h"

#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "db/search_index.h"

void tally_add(struct tally *tally, int64_t entity, enum tally_kind kind, struct span text, const int64_t values[4]) {
    struct tally_entry *entry =
        arena_push(tally->arena, (void **)&tally->entries, &tally->count, &tally->capacity, sizeof(*tally->entries));
    if (!entry)
        return;
    *entry = (struct tally_entry){.entity = entity, .kind = kind, .text = text};
    memcpy(entry->values, values, sizeof(entry->values));
}

/* --- what is stored ----------------------------------------------------------------------------------------------------------------------
 */

static enum result take_appearances(struct db *db, struct tally *tally, int64_t article) {
    STATEMENT(select, db, STORED_APPEARANCES);
    bind_int(select, 1, article);
    bool row = false;
    enum result result;
    while ((result = statement_step(select, &row)) == RESULT_OK && row) {
        int64_t entity = column_int(select, 0);
        const int64_t counts[4] = {-1, -column_int(select, 2), -column_int(select, 3), -column_int(select, 4)};
        tally_add(tally, entity, TALLY_COUNT, (struct span){0}, counts);
        tally_add(tally, entity, TALLY_ALIAS, column_copy(select, 1, tally->arena), (const int64_t[4]){0, -1});
    }
    return result;
}

static enum result take_mentions(struct db *db, struct tally *tally, int64_t article) {
    STATEMENT(text, db, ARTICLE_TEXT);
    bind_int(text, 1, article);
    bool row = false;
    enum result result = statement_step(text, &row);
    if (result != RESULT_OK || !row)
        return result;
    struct span whole = column_span(text, 0);
    STATEMENT(select, db, STORED_MENTIONS);
    bind_int(select, 1, article);
    while ((result = statement_step(select, &row)) == RESULT_OK && row) {
        struct span form = span_slice(whole, (size_t)column_int(select, 1), (size_t)column_int(select, 2));
        if (form.length > 0 && form.length <= NAME_BYTES_MAX)
            tally_add(tally, column_int(select, 0), TALLY_ALIAS, arena_copy(tally->arena, form), (const int64_t[4]){-1, 0});
    }
    return result;
}

static enum result take_roles(struct db *db, struct tally *tally, int64_t article) {
    STATEMENT(select, db, STORED_ROLES);
    bind_int(select, 1, article);
    bool row = false;
    enum result result;
    while ((result = statement_step(select, &row)) == RESULT_OK && row)
        tally_add(tally, column_int(select, 0), TALLY_ROLE, column_copy(select, 1, tally->arena), (const int64_t[4]){-1});
    return result;
}

enum result tally_stored(struct db *db, struct tally *tally, int64_t article) {
    enum result result = take_appearances(db, tally, article);
    if (result == RESULT_OK)
        result = take_mentions(db, tally, article);
    return result == RESULT_OK ? take_roles(db, tally, article) : result;
}

/* --- sums --------------------------------------------------------------------------------------------------------------------------------
 */

/* By entity, aliases and roles before its counts: its name depends on its aliases. */
static int compare_entries(const void *a, const void *b) {
    const struct tally_entry *x = a;
    const struct tally_entry *y = b;
    if (x->entity != y->entity)
        return x->entity < y->entity ? -1 : 1;
    if (x->kind != y->kind)
        return x->kind < y->kind ? -1 : 1;
    return span_compare(x->text, y->text);
}

static void sum_up(struct tally *tally) {
    if (tally->count == 0)
        return;
    qsort(tally->entries, tally->count, sizeof(*tally->entries), compare_entries);
    size_t kept = 0;
    for (size_t i = 1; i < tally->count; i++) {
        struct tally_entry *sum = &tally->entries[kept];
        if (compare_entries(sum, &tally->entries[i]) != 0) {
            tally->entries[++kept] = tally->entries[i];
            continue;
        }
        for (int value = 0; value < 4; value++)
            sum->values[value] += tally->entries[i].values[value];
    }
    tally->count = kept + 1;
}

/* --- writing -----------------------------------------------------------------------------------------------------------------------------
 */

static enum result prune(struct db *db, enum statement_id id, const struct tally_entry *entry) {
    CLEANUP(statement_done) struct statement *statement = statement_get(db, id);
    bind_int(statement, 1, entry->entity);
    bind_text(statement, 2, entry->text);
    return statement_run(statement);
}

static enum result insert_alias(struct db *db, struct arena *arena, const struct tally_entry *entry) {
    struct span folded = {0};
    enum result result = utf8_fold(arena, entry->text, &folded);
    if (result != RESULT_OK)
        return db_refuse(db, result, "a name cannot be folded");
    STATEMENT(insert, db, ALIAS_INSERT);
    bind_int(insert, 1, entry->entity);
    bind_text(insert, 2, entry->text);
    bind_text(insert, 3, folded);
    bind_int(insert, 4, entry->values[0]);
    bind_int(insert, 5, entry->values[1]);
    result = statement_run(insert);
    return result == RESULT_OK ? search_index_note_alias(db, sqlite3_last_insert_rowid(db->sqlite)) : result;
}

static enum result write_alias(struct db *db, struct arena *arena, const struct tally_entry *entry) {
    bool known = false;
    enum result result;
    {
        STATEMENT(count, db, ALIAS_COUNT);
        bind_int(count, 1, entry->entity);
        bind_text(count, 2, entry->text);
        bind_int(count, 3, entry->values[0]);
        bind_int(count, 4, entry->values[1]);
        result = statement_run(count);
        known = sqlite3_changes(db->sqlite) > 0; /* RETURNING would open a table of its own for the answer */
    }
    if (result != RESULT_OK)
        return result;
    if (!known)
        return insert_alias(db, arena, entry);
    return entry->values[0] < 0 || entry->values[1] < 0 ? prune(db, STATEMENT_ALIAS_PRUNE, entry) : RESULT_OK;
}

static enum result write_role(struct db *db, const struct tally_entry *entry) {
    enum result result;
    {
        STATEMENT(count, db, ROLE_COUNT);
        bind_int(count, 1, entry->entity);
        bind_text(count, 2, entry->text);
        bind_int(count, 3, entry->values[0]);
        result = statement_run(count);
    }
    return result == RESULT_OK && entry->values[0] < 0 ? prune(db, STATEMENT_ROLE_PRUNE, entry) : result;
}

/* An entity's row as it is, and as it must become. */
struct entity_state {
    struct span id;
    enum entity_type type;
    struct span name, new_name;
    int64_t counts[4], new_counts[4];
    bool has_first, has_new_first;
    int64_t first, last, new_first, new_last;
};

static enum result read_state(struct db *db, struct arena *arena, const struct tally_entry *entry, struct entity_state *ret) {
    STATEMENT(state, db, ENTITY_STATE);
    bind_int(state, 1, entry->entity);
    bool row = false;
    enum result result = statement_step(state, &row);
    if (result != RESULT_OK)
        return result;
    if (!row)
        return db_refuse(db, RESULT_CORRUPT, "an appearance names an entity that is not there");
    ret->id = column_copy(state, 0, arena);
    ret->type = ENTITY_PERSON;
    (void)entity_type_parse(column_span(state, 1), &ret->type);
    ret->name = column_copy(state, 2, arena);
    for (int i = 0; i < 4; i++) {
        ret->counts[i] = column_int(state, 3 + i);
        ret->new_counts[i] = ret->counts[i] + entry->values[i];
    }
    ret->has_first = !column_is_null(state, 7);
    ret->first = column_int(state, 7);
    ret->last = column_int(state, 8);
    ret->new_name = column_copy(state, 9, arena);
    ret->has_new_first = !column_is_null(state, 10);
    ret->new_first = column_int(state, 10);
    ret->new_last = column_int(state, 11);
    return arena_failed(arena) ? db_fail(db, SQLITE_NOMEM) : RESULT_OK;
}

static bool is_same(const struct entity_state *state) {
    return memcmp(state->counts, state->new_counts, sizeof(state->counts)) == 0 && state->has_first == state->has_new_first &&
           state->first == state->new_first && state->last == state->new_last && span_equal(state->name, state->new_name);
}

static enum result update_entity(struct db *db, int64_t key, const struct entity_state *state) {
    STATEMENT(update, db, ENTITY_UPDATE);
    bind_int(update, 1, key);
    bind_text(update, 2, state->new_name);
    for (int i = 0; i < 4; i++)
        bind_int(update, 3 + i, state->new_counts[i]);
    if (state->has_new_first) {
        bind_int(update, 7, state->new_first);
        bind_int(update, 8, state->new_last);
    }
    bind_int(update, 9, db->batch_revision);
    return statement_run(update);
}

static enum result write_count(struct db *db, struct arena *arena, const struct tally_entry *entry, struct store_delta *delta) {
    struct entity_state state = {0};
    enum result result = read_state(db, arena, entry, &state);
    if (result != RESULT_OK || is_same(&state))
        return result;
    if ((result = update_entity(db, entry->entity, &state)) != RESULT_OK)
        return result;
    bool was = state.counts[0] > 0;
    bool is = state.new_counts[0] > 0;
    delta->entities[state.type] += is - was;
    if (was == is && span_equal(state.name, state.new_name))
        return RESULT_OK;
    return change_log(db, "entity", state.id, was == is ? "changed" : is ? "added" : "deleted");
}

enum result tally_write(struct db *db, struct tally *tally, struct store_delta *delta) {
    if (arena_failed(tally->arena))
        return db_fail(db, SQLITE_NOMEM);
    sum_up(tally);
    enum result result = RESULT_OK;
    for (size_t i = 0; i < tally->count && result == RESULT_OK; i++) {
        const struct tally_entry *entry = &tally->entries[i];
        bool is_zero = entry->values[0] == 0 && entry->values[1] == 0;
        if (entry->kind == TALLY_COUNT)
            result = write_count(db, tally->arena, entry, delta);
        else if (!is_zero)
            result = entry->kind == TALLY_ALIAS ? write_alias(db, tally->arena, entry) : write_role(db, entry);
    }
    return result;
}
