#ifndef QUOTED_SERVER_SERVER_H
#define QUOTED_SERVER_SERVER_H

/* The daemon as the command line sees it: start, then stop. Threads are its own; server_start and server_stop are called from one thread.
 */

#include "base/result.h"
#include "base/span.h"

struct server;

struct server_options {
    const char *db_path;
    const char *listen;       /* "127.0.0.1:8080", "[::1]:8080", "0.0.0.0:8080", port 0: any free one */
    bool read_only;           /* refuse to make a missing file */
    uint32_t threads;         /* 0: one a core */
    uint32_t connections_max; /* 0: default */
    uint32_t deadline_ms;     /* a request's time; 0: default */
    bool access_log;          /* a line a request */
};

/* Opens the store (made, empty, where it is missing), binds and serves. RESULT_BUSY: the port is in use; RESULT_INVALID: a bad address;
 * db_open's results. *ret is owned: server_stop. */
enum result server_start(const struct server_options *options, struct server **ret, struct error *error) MUST_USE;
/* The port that is served, for listen with port 0. */
uint16_t server_port(const struct server *server);
/* Stops accepting, lets running requests end (at most drain_ms), frees. Takes NULL. */
void server_stop(struct server *server, uint32_t drain_ms);

#endif
