#ifndef QUOTED_SERVER_ANSWER_H
#define QUOTED_SERVER_ANSWER_H

/* The whole of the server but its sockets: a request's head in, a finished reply out. Thread-safe; each call works in its caller's arena.
 */

#include "server/reply.h"
#include "server/request.h"
#include "server/store.h"

enum {
    DEADLINE_MS_DEFAULT = 2000,
    REQUEST_BYTES_MAX = 256 << 20, /* an arena's ceiling: the longest page of articles with their texts, or an original, thrice */
};

struct service {
    struct store *store;  /* borrowed */
    uint32_t deadline_ms; /* of a request's work */
};

/* Fills ret, which was initialized with arena; every failure becomes a problem document. */
void service_answer(const struct service *service, const struct request_head *head, struct arena *arena, struct reply *ret);

#endif
