#include "server/http.h"

#include "base/cleanup.h"
#include "base/log.h"
#include "base/time.h"
#include "server/watch.h"

#include <microhttpd.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

struct http {
    struct MHD_Daemon *daemon;
    const struct service *service;
    struct watch *watch;
    bool access_log;
    int socket; /* ours again after the daemon was quieted; -1 before */
    atomic_bool draining;
    atomic_uint running; /* requests between their first line and their end */
};

/* A request on its way. Made when its first line was read, freed when the library is done with it, whatever happened in between. */
struct exchange {
    struct arena head_arena; /* what the client sent; outlives a reset of the arena */
    struct arena arena;
    struct request_head head;
    struct header *headers;
    size_t header_capacity;
    struct watched *watched;
    size_t body_bytes;
    bool head_read;
    int status; /* 0: no reply was queued */
    size_t reply_bytes;
    struct span request_id;
};

/* --- the head -------------------------------------------------------------------------------------------------------------------- */

static struct watched *watched_of(struct MHD_Connection *connection) {
    const union MHD_ConnectionInfo *info = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT);
    return info ? info->socket_context : NULL;
}

/* The library's own decoding of the address cuts it at an escaped NUL; this is called with the address as it came. */
static void *on_target(void *context, const char *target, struct MHD_Connection *connection) {
    struct http *http = context;
    struct exchange *exchange = calloc(1, sizeof *exchange);
    if (!exchange)
        return NULL;
    atomic_fetch_add(&http->running, 1);
    arena_init(&exchange->head_arena, 0);
    arena_init(&exchange->arena, REQUEST_BYTES_MAX);
    exchange->watched = watched_of(connection);
    exchange->head.started_ns = time_monotonic_ns();
    exchange->head.target = arena_copy(&exchange->head_arena, span_of(target));
    return exchange;
}

static enum MHD_Result on_header(void *context, enum MHD_ValueKind kind, const char *name, const char *value) {
    (void)kind;
    struct exchange *exchange = context;
    struct span name_span = span_of(name);
    struct span value_span = span_of(value);
    exchange->head.header_bytes += name_span.length + value_span.length;
    size_t count = exchange->head.header_count;
    if (count > REQUEST_HEADERS_MAX)
        return MHD_YES; /* one too many is enough to refuse it */
    struct header *place =
        arena_push(&exchange->head_arena, (void **)&exchange->headers, &count, &exchange->header_capacity, sizeof *place);
    if (!place)
        return MHD_NO;
    /* The library keeps them until the request is done. */
    *place = (struct header){.name = name_span, .value = value_span};
    exchange->head.headers = exchange->headers;
    exchange->head.header_count = count;
    return MHD_YES;
}

static void read_head(struct exchange *exchange, struct MHD_Connection *connection, const char *method, const char *version) {
    exchange->head_read = true;
    exchange->head.method = span_of(method);
    exchange->head.version = span_of(version);
    exchange->head.now = time_now();
    (void)MHD_get_connection_values(connection, MHD_HEADER_KIND, on_header, exchange);
    const char *length = MHD_lookup_connection_value(connection, MHD_HEADER_KIND, "Content-Length");
    exchange->head.body_too_large = length && (strlen(length) > 9 || strtoul(length, NULL, 10) > BODY_BYTES_MAX);
}

/* --- the reply ------------------------------------------------------------------------------------------------------------------- */

static void destroy_response(struct MHD_Response **response) {
    if (*response)
        MHD_destroy_response(*response);
}

static enum MHD_Result send_reply(struct http *http, struct exchange *exchange, struct MHD_Connection *connection, struct reply *reply) {
    size_t length = 0;
    char *body = buffer_take(&reply->body, &length);
    CLEANUP(destroy_response)
    struct MHD_Response *response = MHD_create_response_from_buffer(length, body, body ? MHD_RESPMEM_MUST_FREE : MHD_RESPMEM_PERSISTENT);
    if (!response) {
        free(body);
        return MHD_NO;
    }
    for (size_t i = 0; i < reply->header_count; i++) {
        if (MHD_add_response_header(response, reply->headers[i].name, reply->headers[i].value.data) != MHD_YES)
            return MHD_NO;
    }
    if (atomic_load(&http->draining))
        (void)MHD_add_response_header(response, "Connection", "close");
    exchange->status = reply->status;
    exchange->reply_bytes = length;
    exchange->request_id = arena_copy(&exchange->head_arena, reply_header_value(reply, "X-Request-Id"));
    watch_allow(exchange->watched, REPLY_MS + (int64_t)(length / REPLY_BYTES_PER_MS));
    return MHD_queue_response(connection, (unsigned)reply->status, response);
}

static enum MHD_Result reply_to(struct http *http, struct exchange *exchange, struct MHD_Connection *connection) {
    CLEANUP(reply_done) struct reply reply;
    reply_init(&reply, &exchange->arena);
    service_answer(http->service, &exchange->head, &exchange->arena, &reply);
    enum MHD_Result queued = send_reply(http, exchange, connection, &reply);
    arena_done(&exchange->arena); /* the client may take its time with the reply */
    return queued;
}

/* --- callbacks ------------------------------------------------------------------------------------------------------------------- */

/* Called when the head is read, for each piece of a body, and when the request is whole. Only GET and HEAD mean something here, so that
   a body is read to keep the connection in step, and forgotten. */
static enum MHD_Result on_request(void *context, struct MHD_Connection *connection, const char *url, const char *method,
                                  const char *version, const char *body, size_t *body_length, void **state) {
    (void)url;
    (void)body;
    struct http *http = context;
    struct exchange *exchange = *state;
    if (!exchange || !exchange->head.target.data)
        return MHD_NO;
    if (exchange->status)
        return MHD_YES; /* already answered; what still comes of the body is dropped */
    if (!exchange->head_read) {
        read_head(exchange, connection, method, version);
        watch_allow(exchange->watched, BODY_MS);
        enum problem problem;
        struct span detail;
        return head_refused(&exchange->head, &problem, &detail) ? reply_to(http, exchange, connection) : MHD_YES;
    }
    if (*body_length) {
        exchange->body_bytes += *body_length;
        *body_length = 0;
        exchange->head.body_too_large =
            exchange->body_bytes > BODY_BYTES_MAX; /* told when the last byte came: no reply may be sent before */
        return MHD_YES;
    }
    return reply_to(http, exchange, connection);
}

static void log_access(const struct exchange *exchange, enum MHD_RequestTerminationCode how) {
    double milliseconds = (double)(time_monotonic_ns() - exchange->head.started_ns) / 1e6;
    log_line(LOG_LEVEL_INFO, "%.*s %.*s %d %zu bytes %.1f ms id %.*s%s", SPAN_PRINT(exchange->head.method),
             SPAN_PRINT(exchange->head.target), exchange->status, exchange->reply_bytes, milliseconds, SPAN_PRINT(exchange->request_id),
             how == MHD_REQUEST_TERMINATED_COMPLETED_OK ? "" : " aborted");
}

static void on_completed(void *context, struct MHD_Connection *connection, void **state, enum MHD_RequestTerminationCode how) {
    (void)connection;
    struct http *http = context;
    struct exchange *exchange = *state;
    if (!exchange)
        return;
    if (http->access_log && exchange->head_read)
        log_access(exchange, how);
    if (how == MHD_REQUEST_TERMINATED_COMPLETED_OK)
        watch_allow(exchange->watched, HEAD_MS);
    arena_done(&exchange->arena);
    arena_done(&exchange->head_arena);
    free(exchange);
    *state = NULL;
    atomic_fetch_sub(&http->running, 1);
}

static void on_connection(void *context, struct MHD_Connection *connection, void **state, enum MHD_ConnectionNotificationCode what) {
    struct http *http = context;
    if (what == MHD_CONNECTION_NOTIFY_STARTED) {
        const union MHD_ConnectionInfo *info = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD);
        *state = info ? watch_add(http->watch, info->connect_fd) : NULL;
    } else {
        watch_remove(http->watch, *state);
        *state = NULL;
    }
}

/* The library's own messages are about clients that break off or break the rules. */
static void on_message(void *context, const char *format, va_list arguments) __attribute__((format(printf, 2, 0)));
static void on_message(void *context, const char *format, va_list arguments) {
    (void)context;
    char text[300];
    (void)vsnprintf(text, sizeof text, format, arguments);
    text[strcspn(text, "\n")] = '\0';
    log_line(LOG_LEVEL_DEBUG, "http: %s", text);
}

/* --- start and stop -------------------------------------------------------------------------------------------------------------- */

static unsigned thread_count(uint32_t asked) {
    long cores = sysconf(_SC_NPROCESSORS_ONLN);
    return asked ? asked : cores > 0 ? (unsigned)cores : 1;
}

static struct MHD_Daemon *start_daemon(struct http *http, const struct http_options *options) {
    unsigned threads = thread_count(options->threads);
    unsigned connections = options->connections_max ? options->connections_max : CONNECTIONS_MAX_DEFAULT;
    struct MHD_OptionItem items[] = {
        {MHD_OPTION_EXTERNAL_LOGGER, (intptr_t)on_message, NULL},
        {MHD_OPTION_LISTEN_SOCKET, options->socket, NULL},
        {MHD_OPTION_CONNECTION_LIMIT, (intptr_t)(connections < threads ? threads : connections), NULL},
        {MHD_OPTION_CONNECTION_MEMORY_LIMIT, CONNECTION_BYTES, NULL},
        {MHD_OPTION_URI_LOG_CALLBACK, (intptr_t)on_target, http},
        {MHD_OPTION_NOTIFY_COMPLETED, (intptr_t)on_completed, http},
        {MHD_OPTION_NOTIFY_CONNECTION, (intptr_t)on_connection, http},
        {MHD_OPTION_STRICT_FOR_CLIENT, 0, NULL},
        /* The last: a pool of one is refused by the library. */
        {threads > 1 ? MHD_OPTION_THREAD_POOL_SIZE : MHD_OPTION_END, (intptr_t)threads, NULL},
        {MHD_OPTION_END, 0, NULL},
    };
    return MHD_start_daemon(MHD_USE_EPOLL_INTERNAL_THREAD | MHD_USE_ITC | MHD_USE_ERROR_LOG, 0, NULL, NULL, on_request, http,
                            MHD_OPTION_ARRAY, items, MHD_OPTION_END);
}

enum result http_start(const struct http_options *options, const struct service *service, struct http **ret, struct error *error) {
    struct http *http = calloc(1, sizeof *http);
    if (!http)
        return error_set(error, RESULT_MEMORY, "out of memory");
    http->service = service;
    http->access_log = options->access_log;
    http->socket = -1;
    if (watch_start(&http->watch) == RESULT_OK)
        http->daemon = start_daemon(http, options);
    if (!http->daemon) {
        watch_stop(http->watch);
        free(http);
        return error_set(error, RESULT_IO, "the HTTP server cannot be started: not enough memory, threads or open files");
    }
    *ret = http;
    return RESULT_OK;
}

void http_stop(struct http *http, uint32_t drain_ms) {
    if (!http)
        return;
    atomic_store(&http->draining, true);
    http->socket = MHD_quiesce_daemon(http->daemon);
    int64_t until = time_monotonic_ns() + (int64_t)drain_ms * 1000000;
    const struct timespec pause = {.tv_nsec = 5000000};
    while (atomic_load(&http->running) && time_monotonic_ns() < until)
        (void)nanosleep(&pause, NULL);
    MHD_stop_daemon(http->daemon);
    if (http->socket != -1)
        (void)close(http->socket);
    watch_stop(http->watch);
    free(http);
}
