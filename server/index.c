#include "server/handlers.h"

#include <string.h>

/* What does not change while the program runs. */
static void cache_for_an_hour(struct reply *reply) {
    reply_header(reply, "Cache-Control", SPAN("public, max-age=3600"));
    reply_header(reply, "Vary", SPAN("Accept"));
}

static bool is_link(const struct route *route) {
    return strcmp(route->path, "/") != 0 && strcmp(route->path, "/v1") != 0 && !strchr(route->path, '{');
}

/* {"articles": "/v1/articles", …}: where a client can begin. */
static void write_links(struct json_writer *writer, const struct route *routes, size_t count) {
    json_key(writer, "links");
    json_object_begin(writer);
    for (size_t i = 0; i < count; i++) {
        if (is_link(&routes[i]))
            json_member_string(writer, strrchr(routes[i].path, '/') + 1, span_of(routes[i].path));
    }
    json_object_end(writer);
}

static void write_path(struct json_writer *writer, const struct route *route) {
    json_object_begin(writer);
    json_member_string(writer, "path", span_of(route->path));
    json_key(writer, "parameters");
    json_array_begin(writer);
    for (size_t i = 0; i < PARAMETER_COUNT; i++) {
        if (route->parameters & (UINT64_C(1) << i))
            json_write_string(writer, parameter_name((enum parameter)i));
    }
    json_array_end(writer);
    json_object_end(writer);
}

/* What is served, as the route table has it. */
enum result handle_index(struct request *request, struct reply *reply) {
    (void)request;
    size_t count = 0;
    const struct route *routes = route_table(&count);
    struct json_writer writer;
    reply_json_begin(reply, &writer);
    json_object_begin(&writer);
    json_member_string(&writer, "name", SPAN("quoted"));
    json_member_string(&writer, "description", SPAN("Who said what, about whom, where and when."));
    write_links(&writer, routes, count);
    json_key(&writer, "paths");
    json_array_begin(&writer);
    for (size_t i = 0; i < count; i++)
        write_path(&writer, &routes[i]);
    json_array_end(&writer);
    json_object_end(&writer);
    reply_json_end(reply);
    cache_for_an_hour(reply);
    return RESULT_OK;
}

static void write_problem_page(struct json_writer *writer, const struct problem_description *description) {
    json_object_begin(writer);
    json_member_string(writer, "code", span_of(description->code));
    json_member_int(writer, "status", description->status);
    json_member_string(writer, "title", span_of(description->title));
    json_member_string(writer, "explanation", span_of(description->explanation));
    json_object_end(writer);
}

/* The pages that the type of a problem document points to. */
enum result handle_problem(struct request *request, struct reply *reply) {
    enum problem problem;
    if (!problem_parse(request->id, &problem))
        return RESULT_NOT_FOUND;
    struct json_writer writer;
    reply_json_begin(reply, &writer);
    write_problem_page(&writer, problem_describe(problem));
    reply_json_end(reply);
    cache_for_an_hour(reply);
    return RESULT_OK;
}

enum result handle_problems(struct request *request, struct reply *reply) {
    (void)request;
    struct json_writer writer;
    reply_json_begin(reply, &writer);
    json_object_begin(&writer);
    json_key(&writer, "items");
    json_array_begin(&writer);
    for (size_t i = 0; i < PROBLEM_COUNT; i++)
        write_problem_page(&writer, problem_describe((enum problem)i));
    json_array_end(&writer);
    json_key(&writer, "next");
    json_write_null(&writer);
    json_object_end(&writer);
    reply_json_end(reply);
    cache_for_an_hour(reply);
    return RESULT_OK;
}
