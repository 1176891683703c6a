#ifndef QUOTED_SERVER_CORS_H
#define QUOTED_SERVER_CORS_H

/* Cross-origin reading (the Fetch standard's CORS protocol): what is served is public, so any origin may read it, without credentials. */

#include "server/reply.h"
#include "server/request.h"

/* The fields that stand on every reply. */
void cors_headers(struct reply *reply);
/* Answers OPTIONS: 204 with Allow, and what a preflight asks for. */
void cors_options(const struct request *request, struct reply *reply, struct span allow);

#endif
