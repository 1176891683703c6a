#include "db/source.h"

#include "server/condition.h"
#include "server/handlers.h"
#include "server/list.h"
#include "server/render.h"

enum result handle_sources(struct request *request, struct reply *reply) {
    struct db_page page;
    bool answered = false;
    enum result result = list_open(request, reply, &page, &answered);
    if (result != RESULT_OK || answered)
        return result;
    struct db_source_list list = {0};
    result = db_source_query(request->db, request->arena, &page, &list);
    struct list_end end = {.more = list.more, .last = list.last, .has_total = request->parameters.total};
    if (result == RESULT_OK && end.has_total) {
        struct db_stats stats = {0};
        result = db_stats(request->db, &stats);
        end.capped = stats.sources > TOTAL_MAX; /* known exactly, but told as everywhere */
        end.total = end.capped ? TOTAL_MAX : stats.sources;
    }
    if (result != RESULT_OK)
        return result;
    struct json_writer writer;
    list_begin(reply, &writer);
    for (size_t i = 0; i < list.count; i++)
        render_source(&writer, &list.rows[i], request->parameters.fields);
    return list_finish(request, reply, &writer, &end);
}

enum result handle_source(struct request *request, struct reply *reply) {
    struct db_source source = {0};
    enum result result = db_source_get(request->db, request->arena, request->id, &source);
    if (result != RESULT_OK)
        return result;
    if (condition_item(request, reply, source.revision))
        return RESULT_OK;
    struct json_writer writer;
    reply_json_begin(reply, &writer);
    render_source(&writer, &source, request->parameters.fields);
    reply_json_end(reply);
    return RESULT_OK;
}
