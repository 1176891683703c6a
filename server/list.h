#ifndef QUOTED_SERVER_LIST_H
#define QUOTED_SERVER_LIST_H

/* What all lists share: names resolved to keys, the page that is asked for, the conditional request, and the frame {"items", "next",
   "total"}. One request's; everything lives in its arena. */

#include "server/reply.h"
#include "server/request.h"

enum { TOTAL_MAX = 10000 /* counting costs a step a row; a person needs no more */ };

/* The keys of the values given for the parameter. A value that nothing has is no key, one that means several is a complaint. */
enum result resolve_entities(struct request *request, enum parameter parameter, struct key_filter *ret) MUST_USE;
enum result resolve_sources(struct request *request, struct key_filter *ret) MUST_USE;
/* A filter of one key. */
enum result key_filter_of(struct request *request, int64_t key, struct key_filter *ret) MUST_USE;

/* The page that the request asks for. *ret_answered: the reply is finished (complaints, an invalid cursor, a 304) and nothing is to be
 * queried. */
enum result list_open(struct request *request, struct reply *reply, struct db_page *ret, bool *ret_answered) MUST_USE;

struct list_end {
    bool more;
    struct db_place last;
    bool has_total;
    int64_t total;
    bool capped;
};

/* Writes {"items": [ … the caller the items … ], "next": …, "total": …}, and the Link header. */
void list_begin(struct reply *reply, struct json_writer *ret);
enum result list_finish(const struct request *request, struct reply *reply, struct json_writer *writer,
                        const struct list_end *end) MUST_USE;

#endif
