#include "db/row.h"

struct moment row_moment(const struct statement *statement, int column) {
    if (column_is_null(statement, column))
        return (struct moment){0, PRECISION_NONE};
    bool is_day = span_equal(column_span(statement, column + 1), SPAN("day"));
    return (struct moment){column_int(statement, column), is_day ? PRECISION_DAY : PRECISION_SECOND};
}

void bind_moment(struct statement *statement, int index, struct moment moment) {
    if (moment.precision == PRECISION_NONE) {
        bind_null(statement, index);
        bind_null(statement, index + 1);
        return;
    }
    bind_int(statement, index, moment.seconds);
    bind_string(statement, index + 1, moment.precision == PRECISION_DAY ? "day" : "second");
}

/* The schema's checks leave no other words, so that the first ones are never a guess. */
enum entity_type row_entity_type(const struct statement *statement, int column) {
    enum entity_type type = ENTITY_PERSON;
    (void)entity_type_parse(column_span(statement, column), &type);
    return type;
}

enum quote_kind row_quote_kind(const struct statement *statement, int column) {
    enum quote_kind kind = QUOTE_DIRECT;
    (void)quote_kind_parse(column_span(statement, column), &kind);
    return kind;
}

enum mention_form row_mention_form(const struct statement *statement, int column) {
    struct span name = column_span(statement, column);
    for (int form = 0; form < MENTION_FORM_COUNT; form++)
        if (span_equal(name, span_of(mention_form_name((enum mention_form)form))))
            return (enum mention_form)form;
    return MENTION_NAME;
}

enum result row_list(struct statement *statement, struct arena *arena, const struct span **ret, size_t *ret_count) {
    struct span *items = NULL;
    size_t count = 0, capacity = 0;
    bool row = false;
    enum result result;
    while ((result = statement_step(statement, &row)) == RESULT_OK && row) {
        struct span *place = arena_push(arena, (void **)&items, &count, &capacity, sizeof(*items));
        if (!place)
            break;
        *place = column_copy(statement, 0, arena);
    }
    *ret = items;
    *ret_count = count;
    return result == RESULT_OK ? row_memory(statement->db, arena) : result;
}

enum result row_memory(struct db *db, const struct arena *arena) {
    return arena_failed(arena) ? db_fail(db, SQLITE_NOMEM) : RESULT_OK;
}
