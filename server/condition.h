#ifndef QUOTED_SERVER_CONDITION_H
#define QUOTED_SERVER_CONDITION_H

/* Validators and conditional requests (RFC 9110 section 13): an entity tag that is made from a revision and the canonical request, so that
   a client that has the answer already is told so before any query runs. */

#include "server/reply.h"
#include "server/request.h"

/* Sets ETag, Last-Modified, Cache-Control and Vary; answers true where the client's copy is current: the reply is then a finished 304.
   condition_item: strong, from the revision that the item last changed at. condition_list: weak, from the snapshot's. condition_digest:
   strong, from bytes that never change. */
bool condition_item(const struct request *request, struct reply *reply, int64_t revision);
bool condition_list(const struct request *request, struct reply *reply);
bool condition_digest(const struct request *request, struct reply *reply, struct span digest);

/* True if the If-None-Match value holds the tag ("W/" or not: the weak comparison) or "*". */
bool etag_listed(struct span if_none_match, struct span tag);

#endif
