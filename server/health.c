#include "server/handlers.h"

/* Alive: the process answers. Says nothing of the store, so that a supervisor does not restart a daemon whose disk is away. */
enum result handle_live(struct request *request, struct reply *reply) {
    (void)request;
    struct json_writer writer;
    reply_json_begin(reply, &writer);
    json_object_begin(&writer);
    json_member_string(&writer, "status", SPAN("alive"));
    json_object_end(&writer);
    reply_json_end(reply);
    reply_header(reply, "Cache-Control", SPAN("no-store"));
    return RESULT_OK;
}

/* Ready: the store was opened and read. That it could not be is a problem before this is called. */
enum result handle_ready(struct request *request, struct reply *reply) {
    struct json_writer writer;
    reply_json_begin(reply, &writer);
    json_object_begin(&writer);
    json_member_string(&writer, "status", SPAN("ready"));
    json_member_int(&writer, "revision", request->revision);
    json_object_end(&writer);
    reply_json_end(reply);
    reply_header(reply, "Cache-Control", SPAN("no-store"));
    return RESULT_OK;
}
