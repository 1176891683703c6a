#include "server/server.h"

#include "base/cleanup.h"
#include "base/log.h"
#include "server/http.h"
#include "server/listen.h"

#include <stdlib.h>
#include <unistd.h>

struct server {
    struct store *store;
    struct service service;
    struct http *http;
    uint16_t port;
};

static void stop_at_once(struct server **server) {
    server_stop(*server, 0);
}

enum result server_start(const struct server_options *options, struct server **ret, struct error *error) {
    CLEANUP(stop_at_once) struct server *server = calloc(1, sizeof *server);
    if (!server)
        return error_set(error, RESULT_MEMORY, "out of memory");
    int socket = -1;
    /* The socket first: nothing is made on disk for a server that cannot run. */
    enum result result = listen_open(options->listen, &socket, &server->port, error);
    if (result != RESULT_OK)
        return result;
    bool made = false;
    result = store_open(options->db_path, !options->read_only, &server->store, &made, error);
    if (result == RESULT_OK) {
        if (made)
            log_line(LOG_LEVEL_INFO, "%s was not there: made a new, empty store", options->db_path);
        server->service = (struct service){.store = server->store, .deadline_ms = options->deadline_ms};
        const struct http_options http = {
            .socket = socket, .threads = options->threads, .connections_max = options->connections_max, .access_log = options->access_log};
        result = http_start(&http, &server->service, &server->http, error);
    }
    if (result != RESULT_OK) {
        (void)close(socket);
        return result;
    }
    *ret = TAKE(server);
    return RESULT_OK;
}

uint16_t server_port(const struct server *server) {
    return server->port;
}

void server_stop(struct server *server, uint32_t drain_ms) {
    if (!server)
        return;
    http_stop(server->http, drain_ms);
    store_close(server->store);
    free(server);
}
