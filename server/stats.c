#include "server/condition.h"
#include "server/handlers.h"
#include "server/render.h"

enum result handle_stats(struct request *request, struct reply *reply) {
    if (condition_list(request, reply))
        return RESULT_OK;
    struct db_stats stats = {0};
    enum result result = db_stats(request->db, &stats);
    if (result != RESULT_OK)
        return result;
    struct json_writer writer;
    reply_json_begin(reply, &writer);
    render_stats(&writer, &stats, request->last_modified);
    reply_json_end(reply);
    return RESULT_OK;
}
