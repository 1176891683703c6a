#include "server/list.h"

#include "server/condition.h"
#include "server/cursor.h"
#include "server/route.h"

/* What a walk may change on its way: the place, how much at a time and how it looks. All else belongs to the list that a cursor is for. */
#define FREE_PARAMETERS                                                                                                                    \
    (PARAMETER_BIT(CURSOR) | PARAMETER_BIT(LIMIT) | PARAMETER_BIT(TOTAL) | PARAMETER_BIT(FIELDS) | PARAMETER_BIT(PRETTY) |                 \
     PARAMETER_BIT(FORMAT))

static struct span secret_of(const struct request *request) {
    return (struct span){(const char *)db_secret(request->db), DB_SECRET_BYTES};
}

static struct span binding_of(const struct request *request) {
    struct span filters = parameters_canonical(request->arena, &request->parameters, ~FREE_PARAMETERS);
    return arena_print(request->arena, "%.*s?%.*s", SPAN_PRINT(request->path), SPAN_PRINT(filters));
}

static enum result open_page(struct request *request, struct reply *reply, struct db_page *ret, bool *ret_answered) {
    *ret = (struct db_page){.order = request->parameters.order, .limit = request->parameters.limit};
    if (!request->parameters.cursor.data)
        return RESULT_OK;
    enum result result = cursor_open(request->arena, secret_of(request), binding_of(request), request->parameters.cursor, &ret->after);
    ret->has_after = result == RESULT_OK;
    if (result != RESULT_INVALID)
        return result;
    complaint_add(&request->complaints, PROBLEM_INVALID_CURSOR, SPAN("cursor"),
                  SPAN("This cursor was not made for this path with these filters and this order; begin without it."));
    reply_problem(reply, PROBLEM_INVALID_CURSOR, (struct span){0}, &request->complaints);
    *ret_answered = true;
    return RESULT_OK;
}

enum result list_open(struct request *request, struct reply *reply, struct db_page *ret, bool *ret_answered) {
    *ret_answered = false;
    if (request->complaints.count) {
        reply_problem(reply, PROBLEM_INVALID_PARAMETER, (struct span){0}, &request->complaints);
        *ret_answered = true;
        return RESULT_OK;
    }
    enum result result = open_page(request, reply, ret, ret_answered);
    if (result == RESULT_OK && !*ret_answered)
        *ret_answered = condition_list(request, reply);
    return result;
}

void list_begin(struct reply *reply, struct json_writer *ret) {
    reply_json_begin(reply, ret);
    json_object_begin(ret);
    json_key(ret, "items");
    json_array_begin(ret);
}

static enum result next_link(const struct request *request, const struct db_place *last, struct span *ret) {
    struct span cursor;
    enum result result = cursor_seal(request->arena, secret_of(request), binding_of(request), last, &cursor);
    if (result != RESULT_OK)
        return result;
    struct span rest = parameters_canonical(request->arena, &request->parameters, ~PARAMETER_BIT(CURSOR));
    *ret = arena_print(request->arena, "%.*s?%.*s%scursor=%.*s", SPAN_PRINT(request->path), SPAN_PRINT(rest), rest.length ? "&" : "",
                       SPAN_PRINT(cursor));
    return RESULT_OK;
}

enum result list_finish(const struct request *request, struct reply *reply, struct json_writer *writer, const struct list_end *end) {
    struct span next = {0};
    if (end->more) {
        enum result result = next_link(request, &end->last, &next);
        if (result != RESULT_OK)
            return result;
        reply_header(reply, "Link", arena_print(request->arena, "<%.*s>; rel=\"next\"", SPAN_PRINT(next)));
    }
    json_array_end(writer);
    json_member_string_or_null(writer, "next", next);
    if (end->has_total) {
        json_key(writer, "total");
        json_object_begin(writer);
        json_member_int(writer, "value", end->total);
        json_member_string(writer, "relation", end->capped ? SPAN("gte") : SPAN("eq"));
        json_object_end(writer);
    }
    json_object_end(writer);
    reply_json_end(reply);
    return RESULT_OK;
}
