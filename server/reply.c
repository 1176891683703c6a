#include "server/reply.h"

#include <string.h>

void reply_init(struct reply *reply, struct arena *arena) {
    *reply = (struct reply){.arena = arena, .status = 200, .problem = PROBLEM_COUNT};
    buffer_init(&reply->body, REPLY_BYTES_MAX);
}

void reply_done(struct reply *reply) {
    buffer_done(&reply->body);
}

void reply_clear(struct reply *reply) {
    buffer_clear(&reply->body);
    reply->status = 200;
    reply->header_count = 0;
    reply->failed = false;
    reply->problem = PROBLEM_COUNT;
}

static bool header_value_is_clean(struct span value) {
    for (size_t i = 0; i < value.length; i++) {
        unsigned char byte = (unsigned char)value.data[i];
        if (byte < 0x20 || byte >= 0x7f)
            return false;
    }
    return true;
}

void reply_header(struct reply *reply, const char *name, struct span value) {
    if (!header_value_is_clean(value))
        return;
    struct span copy = arena_copy(reply->arena, value);
    size_t place = 0;
    while (place < reply->header_count && strcmp(reply->headers[place].name, name) != 0)
        place++;
    if (!copy.data || place == REPLY_HEADERS_MAX) {
        reply->failed = true;
        return;
    }
    reply->headers[place] = (struct reply_header){.name = name, .value = copy};
    if (place == reply->header_count)
        reply->header_count++;
}

struct span reply_header_value(const struct reply *reply, const char *name) {
    for (size_t i = 0; i < reply->header_count; i++) {
        if (strcmp(reply->headers[i].name, name) == 0)
            return reply->headers[i].value;
    }
    return (struct span){0};
}

void reply_json_begin(struct reply *reply, struct json_writer *ret) {
    buffer_clear(&reply->body);
    json_writer_init(ret, &reply->body, reply->pretty);
    reply_header(reply, "Content-Type", SPAN("application/json"));
}

void reply_json_end(struct reply *reply) {
    buffer_append_char(&reply->body, '\n'); /* a terminal's prompt should not stand behind the last brace */
}

static void write_complaints(struct json_writer *writer, const struct complaints *complaints) {
    json_key(writer, "errors");
    json_array_begin(writer);
    for (size_t i = 0; i < complaints->count; i++) {
        const struct complaint *complaint = &complaints->items[i];
        json_object_begin(writer);
        json_member_string(writer, "parameter", complaint->parameter);
        if (complaint->has_position)
            json_member_int(writer, "position", (int64_t)complaint->position);
        json_member_string(writer, "code", span_of(problem_describe(complaint->problem)->code));
        json_member_string(writer, "detail", complaint->detail);
        if (complaint->allowed_count) {
            json_key(writer, "allowed");
            json_array_begin(writer);
            for (size_t j = 0; j < complaint->allowed_count; j++)
                json_write_string(writer, complaint->allowed[j]);
            json_array_end(writer);
        }
        json_object_end(writer);
    }
    json_array_end(writer);
}

static void write_problem(struct reply *reply, const struct problem_description *description, struct span detail,
                          const struct complaints *complaints) {
    struct json_writer writer;
    reply_json_begin(reply, &writer);
    json_object_begin(&writer);
    json_member_string(&writer, "type", span_of(description->type));
    json_member_string(&writer, "title", span_of(description->title));
    json_member_int(&writer, "status", description->status);
    json_member_string(&writer, "detail", detail.length ? detail : span_of(description->explanation));
    json_member_string(&writer, "code", span_of(description->code));
    if (complaints && complaints->count)
        write_complaints(&writer, complaints);
    json_object_end(&writer);
    reply_json_end(reply);
}

void reply_problem(struct reply *reply, enum problem problem, struct span detail, const struct complaints *complaints) {
    if (complaints && complaints->count) {
        problem = complaints->items[0].problem;
        detail = complaints->items[0].detail;
    }
    const struct problem_description *description = problem_describe(problem);
    reply_clear(reply);
    write_problem(reply, description, detail, complaints);
    reply->status = description->status;
    reply->problem = problem;
    reply_header(reply, "Content-Type", SPAN("application/problem+json"));
    reply_header(reply, "Cache-Control", SPAN("no-store"));
    if (description->retry_after)
        reply_header(reply, "Retry-After", arena_print(reply->arena, "%d", description->retry_after));
}
