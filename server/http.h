#ifndef QUOTED_SERVER_HTTP_H
#define QUOTED_SERVER_HTTP_H

/* HTTP/1.1 on a listening socket; http.c is the only file that knows the HTTP library. Its threads call service_answer(); all else is the
   caller's one thread. */

#include "server/answer.h"

enum {
    CONNECTIONS_MAX_DEFAULT = 1000, /* below the usual limit of 1,024 open files */
    CONNECTION_BYTES = 48 << 10,    /* a connection's buffer: a whole head within our own limits, so that we are the ones to refuse it */
    BODY_BYTES_MAX = 64 << 10,      /* of a request that has no use for a body; it is read and forgotten */
};

struct http;

struct http_options {
    int socket; /* owned by http from http_start's success on */
    uint32_t threads;
    uint32_t connections_max;
    bool access_log;
};

enum result http_start(const struct http_options *options, const struct service *service, struct http **ret, struct error *error) MUST_USE;
/* Stops accepting, waits for running requests at most drain_ms, frees. Takes NULL. */
void http_stop(struct http *http, uint32_t drain_ms);

#endif
