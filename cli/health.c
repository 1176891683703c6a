#include "base/cleanup.h"
#include "base/span.h"
#include "base/time.h"
#include "cli/command.h"

#include <errno.h>
#include <netdb.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

enum {
    HEALTH_WAIT_MS = 5000, /* a healthy daemon answers in one; container checks usually give up after thirty seconds */
    PART_MAX = 256,        /* a host's name has at most 253 characters (RFC 1035) */
};

struct health_options {
    const char *listen;
};

static const struct option OPTIONS[] = {
    {.name = "listen",
     .kind = OPTION_TEXT,
     .offset = offsetof(struct health_options, listen),
     .argument = "ADDR:PORT",
     .help = "where the daemon listens, if no URL is given (default " LISTEN_DEFAULT ")"},
    {0},
};

struct target {
    char host[PART_MAX];
    char port[8];
    char path[PART_MAX];
};

static bool copy_part(struct span part, char *out, size_t size) {
    if (part.length == 0 || part.length >= size)
        return false;
    memcpy(out, part.data, part.length);
    out[part.length] = '\0';
    return true;
}

/* "host:port", "host", "[::1]:port"; an address that means "all" is asked through loopback. */
static bool parse_authority(struct span text, const char *default_port, struct target *ret) {
    struct span host = text, port = span_of(default_port);
    size_t bracket = text.length > 0 && text.data[0] == '[' ? span_find(text, SPAN("]"), 0) : 0;
    if (bracket == SIZE_MAX)
        return false;
    size_t colon = span_find(text, SPAN(":"), bracket);
    if (colon != SIZE_MAX) {
        host = span_slice(text, 0, colon);
        port = span_slice(text, colon + 1, text.length);
    }
    if (bracket > 0)
        host = span_slice(host, 1, bracket);
    if (span_equal(host, SPAN("0.0.0.0")) || host.length == 0)
        host = SPAN("127.0.0.1");
    if (span_equal(host, SPAN("::")))
        host = SPAN("::1");
    return copy_part(host, ret->host, sizeof ret->host) && copy_part(port, ret->port, sizeof ret->port);
}

static bool parse_url(struct span url, struct target *ret) {
    if (!span_starts_with(url, SPAN("http://")))
        return false;
    struct span rest = span_slice(url, 7, url.length);
    size_t slash = span_find(rest, SPAN("/"), 0);
    struct span path = slash == SIZE_MAX || slash + 1 == rest.length ? SPAN("/readyz") : span_slice(rest, slash, rest.length);
    for (size_t i = 0; i < path.length; i++)
        if (path.data[i] <= ' ' || path.data[i] == 0x7f)
            return false;
    return slash != 0 && rest.length > 0 && parse_authority(span_slice(rest, 0, slash), "80", ret) &&
           copy_part(path, ret->path, sizeof ret->path);
}

static void close_socket(int *socket) {
    if (*socket >= 0)
        close(*socket);
}

static int connect_to(const struct target *target, struct addrinfo **ret_addresses) {
    const struct addrinfo hints = {.ai_family = AF_UNSPEC, .ai_socktype = SOCK_STREAM};
    int code = getaddrinfo(target->host, target->port, &hints, ret_addresses);
    if (code != 0) {
        complain("%s:%s: %s", target->host, target->port, gai_strerror(code));
        return -1;
    }
    const struct timeval wait = {.tv_sec = HEALTH_WAIT_MS / 1000};
    for (const struct addrinfo *address = *ret_addresses; address; address = address->ai_next) {
        int socket_fd = socket(address->ai_family, address->ai_socktype | SOCK_CLOEXEC, address->ai_protocol);
        if (socket_fd < 0)
            continue;
        setsockopt(socket_fd, SOL_SOCKET, SO_SNDTIMEO, &wait, sizeof wait);
        if (connect(socket_fd, address->ai_addr, address->ai_addrlen) == 0)
            return socket_fd;
        int why = errno;
        close(socket_fd);
        errno = why;
    }
    complain("%s:%s: %s", target->host, target->port, errno == EINPROGRESS ? "no answer" : strerror(errno));
    return -1;
}

static void free_addresses(struct addrinfo **addresses) {
    if (*addresses)
        freeaddrinfo(*addresses);
}

/* The first bytes of the answer until the status is there; the length. */
static size_t read_status_line(int socket_fd, char *out, size_t size) {
    int64_t end_ns = time_monotonic_ns() + (int64_t)HEALTH_WAIT_MS * 1000000;
    size_t length = 0;
    while (length < size) {
        int64_t left_ms = (end_ns - time_monotonic_ns()) / 1000000;
        struct pollfd waiting = {.fd = socket_fd, .events = POLLIN};
        if (left_ms <= 0 || poll(&waiting, 1, (int)left_ms) <= 0)
            break;
        ssize_t got = read(socket_fd, out + length, size - length);
        if (got <= 0)
            break;
        length += (size_t)got;
    }
    return length;
}

static enum status ask(const struct target *target) {
    CLEANUP(free_addresses) struct addrinfo *addresses = NULL;
    CLEANUP(close_socket) int socket_fd = connect_to(target, &addresses);
    if (socket_fd < 0)
        return STATUS_FAILED;
    char request[2 * PART_MAX + 64];
    int length = snprintf(request, sizeof request, "GET %s HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n\r\n", target->path, target->host);
    if (send(socket_fd, request, (size_t)length, MSG_NOSIGNAL) != (ssize_t)length) {
        complain("%s:%s: %s", target->host, target->port, strerror(errno));
        return STATUS_FAILED;
    }
    char head[sizeof "HTTP/1.1 200" - 1];
    size_t got = read_status_line(socket_fd, head, sizeof head);
    if (got < sizeof head || memcmp(head, "HTTP/1.", 7) != 0) {
        complain("%s:%s: no answer that is HTTP", target->host, target->port);
        return STATUS_FAILED;
    }
    if (memcmp(head + 9, "200", 3) == 0)
        return STATUS_OK;
    complain("%s:%s%s: status %.3s", target->host, target->port, target->path, head + 9);
    return STATUS_FAILED;
}

static enum status run(const struct command *command, int count, char **arguments) {
    struct health_options chosen = {.listen = LISTEN_DEFAULT};
    enum status status;
    CLEANUP(operands_done) struct operands operands;
    if (!command_parse(command, count, arguments, &chosen, &operands, &status))
        return status;
    if (operands.count > 1) {
        complain("health asks one URL, not %d", operands.count);
        return STATUS_USAGE;
    }
    struct target target = {.path = "/readyz"};
    const char *asked = operands.count == 1 ? operands.items[0] : chosen.listen;
    if (operands.count == 1 ? !parse_url(span_of(asked), &target) : !parse_authority(span_of(asked), "8080", &target)) {
        complain("\"%s\" is no %s", asked, operands.count == 1 ? "URL like http://127.0.0.1:8080" : "address like " LISTEN_DEFAULT);
        return STATUS_USAGE;
    }
    return ask(&target);
}

const struct command command_health = {
    .name = "health",
    .operands = "[URL]",
    .summary = "ask a daemon whether it is ready; for health checks of containers",
    .details =
        "Asks URL, or /readyz there where the URL has no path, or /readyz at the address of --listen.\n"
        "Exit status: 0 ready, 1 not ready or not to be reached, 2 wrong use.\n",
    .options = OPTIONS,
    .run = run,
};
