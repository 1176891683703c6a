/* ceiling PORT THREADS FILE: what libmicrohttpd alone can do. Answers the requests of FILE from memory, with the same bytes and headers
   that quoted gave, with the same way of polling and the same number of threads. FILE is what bench/run.py recorded, for each request
       TARGET\nSTATUS\nHEADER-COUNT\nNAME\nVALUE\n...BODY-LENGTH\nBODY\n
   Prints "ready" when it listens, ends on SIGTERM or SIGINT. */

#include "base/buffer.h"
#include "base/cleanup.h"
#include "base/hash.h"

#include <arpa/inet.h>
#include <microhttpd.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>

enum {
    SLOTS = 1 << 19, /* for up to some hundred thousand targets */
    CONNECTION_BYTES = 32 << 10,
    CONNECTIONS = 20000,
    LINE_MAX_BYTES = 8192,
};

struct answer {
    struct span target;
    struct MHD_Response *response;
    unsigned status;
};

struct answers {
    struct answer slots[SLOTS];
    struct MHD_Response *missing;
    size_t count;
};

static struct answer *find(struct answers *answers, struct span target) {
    size_t at = (size_t)hash_bytes(target) % SLOTS;
    while (answers->slots[at].response && !span_equal(answers->slots[at].target, target))
        at = (at + 1) % SLOTS;
    return &answers->slots[at];
}

/* --- loading ----------------------------------------------------------------------------------------------------------------------------
 */

/* A line without its end in line; false at the end of the file. */
static bool read_line(FILE *file, char line[LINE_MAX_BYTES]) {
    if (!fgets(line, LINE_MAX_BYTES, file))
        return false;
    line[strcspn(line, "\n")] = '\0';
    return true;
}

static bool read_number(FILE *file, size_t *ret) {
    char line[LINE_MAX_BYTES];
    if (!read_line(file, line))
        return false;
    *ret = strtoul(line, NULL, 10);
    return true;
}

static bool read_headers(FILE *file, struct MHD_Response *response, size_t count) {
    char name[LINE_MAX_BYTES], value[LINE_MAX_BYTES];
    for (size_t i = 0; i < count; i++)
        if (!read_line(file, name) || !read_line(file, value) || MHD_add_response_header(response, name, value) != MHD_YES)
            return false;
    return true;
}

/* Headers come before the body in the file and after it in the library, so the place of the headers is kept. */
static bool read_answer(FILE *file, struct answers *answers, const char *target) {
    size_t status, headers, length;
    char line[LINE_MAX_BYTES];
    if (answers->count > SLOTS / 2 || !read_number(file, &status) || !read_number(file, &headers))
        return false;
    long headers_at = ftell(file);
    for (size_t i = 0; i < 2 * headers; i++)
        if (!read_line(file, line))
            return false;
    if (!read_number(file, &length))
        return false;
    CLEANUP_FREE char *body = malloc(length + 1);
    CLEANUP_FREE char *name = strdup(target);
    if (!body || !name || fread(body, 1, length + 1, file) != length + 1)
        return false;
    long end = ftell(file);
    struct answer *answer = find(answers, span_of(target));
    if (answer->response)
        return true;
    struct MHD_Response *response = MHD_create_response_from_buffer(length, body, MHD_RESPMEM_MUST_FREE);
    if (!response || fseek(file, headers_at, SEEK_SET) != 0 || !read_headers(file, response, headers) || fseek(file, end, SEEK_SET) != 0)
        return false;
    TAKE(body);
    *answer = (struct answer){.target = span_of(TAKE(name)), .response = response, .status = (unsigned)status};
    answers->count++;
    return true;
}

static bool load(const char *path, struct answers *answers) {
    char target[LINE_MAX_BYTES];
    FILE *file = fopen(path, "rb");
    bool good = file;
    while (good && read_line(file, target))
        good = read_answer(file, answers, target);
    if (file)
        fclose(file);
    answers->missing = MHD_create_response_from_buffer(0, NULL, MHD_RESPMEM_PERSISTENT);
    return good && answers->missing && answers->count > 0;
}

static void answers_free(struct answers **pointer) {
    struct answers *answers = *pointer;
    for (size_t i = 0; answers && i < SLOTS; i++) {
        if (answers->slots[i].response)
            MHD_destroy_response(answers->slots[i].response);
        free((char *)answers->slots[i].target.data);
    }
    if (answers && answers->missing)
        MHD_destroy_response(answers->missing);
    free(answers);
}

/* --- serving ----------------------------------------------------------------------------------------------------------------------------
 */

static void *on_target(void *context, const char *target, struct MHD_Connection *connection) {
    (void)connection;
    return find(context, span_of(target));
}

static enum MHD_Result on_request(void *context, struct MHD_Connection *connection, const char *url, const char *method,
                                  const char *version, const char *upload, size_t *upload_size, void **request) {
    struct answers *answers = context;
    const struct answer *answer = *request;
    (void)url;
    (void)method;
    (void)version;
    (void)upload;
    (void)upload_size;
    if (!answer || !answer->response)
        return MHD_queue_response(connection, MHD_HTTP_NOT_FOUND, answers->missing);
    return MHD_queue_response(connection, answer->status, answer->response);
}

static void stop_daemon(struct MHD_Daemon **daemon) {
    if (*daemon)
        MHD_stop_daemon(*daemon);
}

static int serve(struct answers *answers, unsigned port, unsigned threads) {
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons((uint16_t)port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    sigset_t ends;
    sigemptyset(&ends);
    sigaddset(&ends, SIGTERM);
    sigaddset(&ends, SIGINT);
    pthread_sigmask(SIG_BLOCK, &ends, NULL);
    CLEANUP(stop_daemon)
    struct MHD_Daemon *daemon =
        MHD_start_daemon(MHD_USE_EPOLL_INTERNAL_THREAD | MHD_USE_ITC, 0, NULL, NULL, on_request, answers, MHD_OPTION_SOCK_ADDR, &address,
                         MHD_OPTION_URI_LOG_CALLBACK, on_target, answers, MHD_OPTION_CONNECTION_LIMIT, (unsigned)CONNECTIONS,
                         MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)CONNECTION_BYTES,
                         threads > 1 ? MHD_OPTION_THREAD_POOL_SIZE : MHD_OPTION_END, threads, MHD_OPTION_END);
    if (!daemon) {
        fprintf(stderr, "ceiling: cannot listen on port %u\n", port);
        return 1;
    }
    printf("ready: %zu answers, libmicrohttpd %s\n", answers->count, MHD_get_version());
    fflush(stdout);
    int signal;
    sigwait(&ends, &signal);
    return 0;
}

int main(int count, char **arguments) {
    CLEANUP(answers_free) struct answers *answers = calloc(1, sizeof *answers);
    if (count != 4 || !answers) {
        fputs("usage: ceiling PORT THREADS FILE\n", stderr);
        return 2;
    }
    if (!load(arguments[3], answers)) {
        fprintf(stderr, "ceiling: %s is not what it must be\n", arguments[3]);
        return 1;
    }
    return serve(answers, (unsigned)strtoul(arguments[1], NULL, 10), (unsigned)strtoul(arguments[2], NULL, 10));
}
