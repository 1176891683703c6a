#include "server/parameter.h"

#include "base/buffer.h"
#include "server/reading.h"

#include <stdarg.h>
#include <stdio.h>

/* Columns: name, reader of a value, may be repeated (OR). */
static const struct {
    const char *name;
    reader *read;
    bool repeatable;
} specifications[PARAMETER_COUNT] = {
    [PARAMETER_Q] = {"q", read_search, false},
    [PARAMETER_SOURCE] = {"source", read_name, true},
    [PARAMETER_AUTHOR] = {"author", read_name, true},
    [PARAMETER_SECTION] = {"section", read_name, true},
    [PARAMETER_ENTITY] = {"entity", read_name, true},
    [PARAMETER_SPEAKER] = {"speaker", read_name, true},
    [PARAMETER_ABOUT] = {"about", read_name, true},
    [PARAMETER_ROLE] = {"role", read_role, false},
    [PARAMETER_TYPE] = {"type", read_type, true},
    [PARAMETER_KIND] = {"kind", read_kind, true},
    [PARAMETER_LANG] = {"lang", read_language, true},
    [PARAMETER_SINCE] = {"since", read_period, false},
    [PARAMETER_UNTIL] = {"until", read_period, false},
    [PARAMETER_ADDED_SINCE] = {"added_since", read_period, false},
    [PARAMETER_ADDED_UNTIL] = {"added_until", read_period, false},
    [PARAMETER_MIN_CONFIDENCE] = {"min_confidence", read_confidence, false},
    [PARAMETER_SORT] = {"sort", read_sort, false},
    [PARAMETER_FIELDS] = {"fields", read_fields, false},
    [PARAMETER_LIMIT] = {"limit", read_limit, false},
    [PARAMETER_CURSOR] = {"cursor", read_cursor, false},
    [PARAMETER_TOTAL] = {"total", read_flag, false},
    [PARAMETER_FORMAT] = {"format", read_format, false},
    [PARAMETER_PRETTY] = {"pretty", read_flag, false},
};

struct span parameter_name(enum parameter parameter) {
    return span_of(specifications[parameter].name);
}

static bool parameter_find(struct span name, enum parameter *ret) {
    for (size_t i = 0; i < PARAMETER_COUNT; i++) {
        if (span_equal(name, span_of(specifications[i].name))) {
            *ret = (enum parameter)i;
            return true;
        }
    }
    return false;
}

static void complain_unknown(struct reading *reading, const struct query_pair *pair) {
    struct span *names = arena_alloc_array(reading->arena, PARAMETER_COUNT, sizeof *names);
    if (!names)
        return;
    size_t count = 0;
    for (size_t i = 0; i < PARAMETER_COUNT; i++) {
        if (reading->route->parameters & (UINT64_C(1) << i))
            names[count++] = span_of(specifications[i].name);
    }
    struct span nearest = parameter_nearest(pair->name, names, count);
    struct span name = text_shown(pair->name);
    struct span detail = nearest.data ? arena_print(reading->arena, "There is no parameter \"%.*s\" here; did you mean \"%.*s\"?",
                                                    SPAN_PRINT(name), SPAN_PRINT(nearest))
                                      : arena_print(reading->arena, "There is no parameter \"%.*s\" here.", SPAN_PRINT(name));
    struct complaint *complaint = complaint_add(reading->complaints, PROBLEM_UNKNOWN_PARAMETER, name, detail);
    complaint->allowed = names;
    complaint->allowed_count = count;
}

struct complaint *complain_value(struct reading *reading, enum parameter parameter, const char *format, ...) {
    char text[300];
    va_list arguments;
    va_start(arguments, format);
    int length = vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    struct span detail = {text, length < 0 ? 0 : (size_t)length};
    detail = span_slice(detail, 0, sizeof text - 1);
    return complaint_add(reading->complaints, PROBLEM_INVALID_PARAMETER, parameter_name(parameter), arena_copy(reading->arena, detail));
}

static void read_pair(struct reading *reading, const struct query_pair *pair) {
    enum parameter parameter = PARAMETER_COUNT;
    if (!parameter_find(pair->name, &parameter) || !(reading->route->parameters & (UINT64_C(1) << parameter))) {
        complain_unknown(reading, pair);
        return;
    }
    if (pair->malformed) {
        complain_value(reading, parameter, "The value holds a bad percent escape, a NUL or bytes that are not UTF-8.");
        return;
    }
    uint64_t bit = UINT64_C(1) << parameter;
    if ((reading->out->given & bit) && !specifications[parameter].repeatable) {
        complain_value(reading, parameter, "The parameter may stand once.")->problem = PROBLEM_REPEATED_PARAMETER;
        return;
    }
    reading->out->given |= bit;
    reading->out->pairs[reading->out->pair_count] = pair;
    reading->out->ids[reading->out->pair_count++] = parameter;
    specifications[parameter].read(reading, parameter, pair);
}

/* What depends on more than one parameter. */
static void finish(struct reading *reading) {
    struct parameters *out = reading->out;
    out->has_published = reading->periods[PARAMETER_SINCE] || reading->periods[PARAMETER_UNTIL];
    if (out->has_published)
        (void)period_parse(reading->arena, reading->periods[PARAMETER_SINCE], reading->periods[PARAMETER_UNTIL], PARAMETER_SINCE,
                           &out->published, reading->complaints);
    out->has_added = reading->periods[PARAMETER_ADDED_SINCE] || reading->periods[PARAMETER_ADDED_UNTIL];
    if (out->has_added)
        (void)period_parse(reading->arena, reading->periods[PARAMETER_ADDED_SINCE], reading->periods[PARAMETER_ADDED_UNTIL],
                           PARAMETER_ADDED_SINCE, &out->added, reading->complaints);
    const uint32_t all_types = (UINT32_C(1) << ENTITY_TYPE_COUNT) - 1;
    const uint32_t all_kinds = (UINT32_C(1) << QUOTE_KIND_COUNT) - 1;
    if (reading->excluded_types)
        out->types = (out->types ? out->types : all_types) & ~reading->excluded_types;
    if (reading->excluded_kinds)
        out->kinds = (out->kinds ? out->kinds : all_kinds) & ~reading->excluded_kinds;
    out->nothing = ((out->given & PARAMETER_BIT(TYPE)) && !out->types) || ((out->given & PARAMETER_BIT(KIND)) && !out->kinds);
    if (out->order == DB_RELEVANCE && !(out->given & PARAMETER_BIT(Q)))
        complain_value(reading, PARAMETER_SORT, "sort=relevance needs q: without words nothing is more relevant than another.");
}

enum result parameters_parse(struct arena *arena, const struct route *route, const struct target *target, struct parameters *ret,
                             struct complaints *complaints) {
    *ret = (struct parameters){.order = route->order, .fields = route->default_fields, .limit = LIMIT_DEFAULT};
    struct reading reading = {.arena = arena, .route = route, .out = ret, .complaints = complaints};
    if (target->pair_count > QUERY_PAIRS_MAX) {
        complaint_add(complaints, PROBLEM_TOO_MANY_PARAMETERS, SPAN(""),
                      arena_print(arena, "A request takes at most %d parameters.", QUERY_PAIRS_MAX));
        return arena_failed(arena) ? RESULT_MEMORY : RESULT_OK;
    }
    for (size_t i = 0; i < target->pair_count; i++)
        read_pair(&reading, &target->pairs[i]);
    finish(&reading);
    return reading.out_of_memory || arena_failed(arena) ? RESULT_MEMORY : RESULT_OK;
}

struct span parameters_canonical(struct arena *arena, const struct parameters *parameters, uint64_t mask) {
    struct buffer text;
    buffer_init(&text, 0);
    for (size_t id = 0; id < PARAMETER_COUNT; id++) {
        for (size_t i = 0; i < parameters->pair_count; i++) {
            if (parameters->ids[i] != id || !(mask & (UINT64_C(1) << id)))
                continue;
            struct span value = parameters->pairs[i]->value;
            if (!parameters->pairs[i]->has_value)
                value = SPAN("true"); /* a bare flag */
            if (text.length)
                buffer_append_char(&text, '&');
            buffer_append_string(&text, specifications[id].name);
            buffer_append_char(&text, '=');
            buffer_append_span(&text, percent_encode(arena, value));
        }
    }
    struct span copy = buffer_result(&text) == RESULT_OK ? arena_copy(arena, buffer_span(&text)) : (struct span){0};
    buffer_done(&text);
    return copy;
}
