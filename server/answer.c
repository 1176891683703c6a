#include "server/answer.h"

#include "base/log.h"
#include "server/accept.h"
#include "server/cors.h"
#include "server/route.h"

#include <inttypes.h>

/* The one table from results to problems. RESULT_NOT_FOUND is the route's own. */
static enum problem problem_of(enum result result, const struct route *route) {
    switch (result) {
    case RESULT_NOT_FOUND:
        return route->missing;
    case RESULT_INVALID:
        return PROBLEM_INVALID_REQUEST;
    case RESULT_TOO_LARGE:
        return PROBLEM_REPLY_TOO_LARGE;
    case RESULT_DEADLINE:
        return PROBLEM_DEADLINE_EXCEEDED;
    case RESULT_BUSY:
    case RESULT_MEMORY:
        return PROBLEM_OVERLOADED;
    case RESULT_IO:
    case RESULT_CONFLICT:
        return PROBLEM_STORE_UNAVAILABLE;
    case RESULT_CORRUPT:
        return PROBLEM_STORE_CORRUPT;
    case RESULT_OK:
        break;
    }
    return PROBLEM_INTERNAL_ERROR;
}

static enum method method_of(struct span name) {
    if (span_equal(name, SPAN("GET")))
        return METHOD_GET;
    if (span_equal(name, SPAN("HEAD")))
        return METHOD_HEAD;
    return span_equal(name, SPAN("OPTIONS")) ? METHOD_OPTIONS : METHOD_OTHER;
}

/* Each 5xx is logged here, once; detail is for the operator, not for the client. */
static void fail(const struct request *request, struct reply *reply, enum problem problem, const char *detail) {
    reply_problem(reply, problem, (struct span){0}, NULL);
    if (reply->status >= 500)
        log_line(LOG_LEVEL_ERROR, "request %.*s %.*s: %s: %s", SPAN_PRINT(request->request_id),
                 SPAN_PRINT(text_shown(request->target.path)), problem_describe(problem)->code, detail);
}

static void redirect_without_slash(const struct request *request, struct reply *reply) {
    struct span path = request->target.path;
    size_t mark = span_find(request->head->target, SPAN("?"), 0);
    struct span query = mark == SIZE_MAX ? (struct span){0} : span_slice(request->head->target, mark, request->head->target.length);
    reply->status = 308;
    reply_header(reply, "Location",
                 arena_print(reply->arena, "%.*s%.*s", SPAN_PRINT(span_slice(path, 0, path.length - 1)), SPAN_PRINT(query)));
    reply_header(reply, "Cache-Control", SPAN("public, max-age=3600"));
}

/* The route's template with the id in it, percent-encoded: one spelling for one resource. */
static struct span canonical_path(struct arena *arena, const struct route *route, struct span id) {
    struct span template = span_of(route->path);
    size_t place = span_find(template, SPAN("{id}"), 0);
    if (place == SIZE_MAX)
        return template;
    return arena_print(arena, "%.*s%.*s%.*s", SPAN_PRINT(span_slice(template, 0, place)), SPAN_PRINT(percent_encode(arena, id)),
                       SPAN_PRINT(span_slice(template, place + 4, template.length)));
}

/* One snapshot for all that the handler asks. */
static enum result handle_with_store(const struct service *service, struct request *request, struct reply *reply, struct error *error) {
    int64_t deadline_ms = service->deadline_ms ? service->deadline_ms : DEADLINE_MS_DEFAULT;
    db_set_deadline(request->db, request->head->started_ns + deadline_ms * 1000000);
    enum result result = db_snapshot_begin(request->db);
    if (result == RESULT_OK) {
        result = db_revision(request->db, &request->revision);
        if (result == RESULT_OK)
            result = db_last_modified(request->db, &request->last_modified);
        if (result == RESULT_OK)
            result = request->route->handle(request, reply);
        if (result != RESULT_OK)
            (void)error_set(error, result, "%s: %s", result_name(result), db_error_message(request->db));
        db_snapshot_end(request->db);
    } else {
        (void)error_set(error, result, "%s: %s", result_name(result), db_error_message(request->db));
    }
    db_set_deadline(request->db, 0);
    return result;
}

static void run(const struct service *service, struct request *request, struct reply *reply) {
    struct error error = {0};
    enum result result;
    if (request->route->needs_store) {
        enum problem problem = PROBLEM_STORE_UNAVAILABLE;
        result = store_take(service->store, &request->db, &problem, &error);
        if (result != RESULT_OK) {
            fail(request, reply, problem, error.message);
            return;
        }
        result = handle_with_store(service, request, reply, &error);
        bool broken = result == RESULT_IO || result == RESULT_CORRUPT || result == RESULT_MEMORY;
        store_give(service->store, request->db, broken);
        request->db = NULL;
    } else {
        result = request->route->handle(request, reply);
        (void)error_set(&error, result, "%s", result_name(result));
    }
    if (result == RESULT_OK)
        result = buffer_result(&reply->body);
    if (result == RESULT_OK && (reply->failed || arena_failed(request->arena)))
        result = RESULT_MEMORY;
    if (result != RESULT_OK)
        fail(request, reply, problem_of(result, request->route), error.message[0] ? error.message : result_name(result));
}

/* Checks everything that needs no store, then runs the handler. */
static void dispatch(const struct service *service, struct request *request, struct reply *reply) {
    static const struct span allow = SPAN_INIT("GET, HEAD, OPTIONS");
    enum route_match match = request->target.is_asterisk ? ROUTE_NONE : route_find(&request->target, &request->route, &request->id);
    if (request->target.is_asterisk && request->method == METHOD_OPTIONS) {
        cors_options(request, reply, allow);
        return;
    }
    if (match == ROUTE_NONE) {
        fail(request, reply, PROBLEM_PATH_NOT_FOUND, "");
        return;
    }
    if (request->method == METHOD_OPTIONS) {
        cors_options(request, reply, allow);
        return;
    }
    if (request->method == METHOD_OTHER) {
        fail(request, reply, PROBLEM_METHOD_NOT_ALLOWED, "");
        reply_header(reply, "Allow", allow);
        return;
    }
    if (match == ROUTE_WITHOUT_SLASH) {
        redirect_without_slash(request, reply);
        return;
    }
    enum result result = parameters_parse(request->arena, request->route, &request->target, &request->parameters, &request->complaints);
    reply->pretty = request->parameters.pretty;
    if (result != RESULT_OK) {
        fail(request, reply, problem_of(result, request->route), result_name(result));
        return;
    }
    if (request->complaints.count) {
        reply_problem(reply, PROBLEM_INVALID_PARAMETER, (struct span){0}, &request->complaints);
        return;
    }
    bool named = request->parameters.given & PARAMETER_BIT(FORMAT);
    if (!request->route->own_media_type && !named && !accept_allows(request_header(request, "Accept"), SPAN("application/json"))) {
        reply_problem(reply, PROBLEM_NOT_ACCEPTABLE, SPAN("Here there is application/json only."), NULL);
        return;
    }
    request->path = canonical_path(request->arena, request->route, request->id);
    run(service, request, reply);
}

static void start(const struct service *service, struct request *request, struct reply *reply) {
    enum problem problem;
    struct span detail;
    if (head_refused(request->head, &problem, &detail)) {
        reply_problem(reply, problem, detail, NULL);
        reply_header(reply, "Connection", SPAN("close")); /* where this request ends is not sure or not worth waiting for */
        return;
    }
    struct error error = {0};
    enum result result = target_parse(request->arena, request->head->target, &request->target, &error);
    if (result == RESULT_INVALID)
        reply_problem(reply, PROBLEM_INVALID_PATH, span_of(error.message), NULL);
    else if (result != RESULT_OK)
        fail(request, reply, PROBLEM_OVERLOADED, result_name(result));
    else
        dispatch(service, request, reply);
}

void service_answer(const struct service *service, const struct request_head *head, struct arena *arena, struct reply *ret) {
    struct request request = {.arena = arena, .head = head, .method = method_of(head->method)};
    request.request_id = request_id_choose(arena, head);
    start(service, &request, ret);
    if (arena_failed(arena) && ret->status < 500) {
        /* What was left out for lack of memory may have changed the meaning. */
        arena_reset(arena);
        request.request_id = SPAN("unknown");
        fail(&request, ret, PROBLEM_OVERLOADED, "out of memory");
    }
    reply_header(ret, "X-Request-Id", request.request_id);
    reply_header(ret, "X-Content-Type-Options", SPAN("nosniff"));
    cors_headers(ret);
}
