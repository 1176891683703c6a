#include "server/listen.h"

#include "base/span.h"

#include <errno.h>
#include <fcntl.h>
#include <netdb.h>
#include <netinet/in.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum { HOST_BYTES_MAX = 256, PORT_DIGITS_MAX = 5 };

struct host_port {
    char host[HOST_BYTES_MAX];
    char port[PORT_DIGITS_MAX + 1];
};

static bool port_is_good(const char *port) {
    unsigned value = 0;
    size_t length = strlen(port);
    for (size_t i = 0; i < length; i++) {
        if (port[i] < '0' || port[i] > '9' || length > PORT_DIGITS_MAX)
            return false;
        value = value * 10 + (unsigned)(port[i] - '0');
    }
    return length > 0 && value <= UINT16_MAX;
}

static bool split_address(const char *address, struct host_port *ret) {
    const char *colon = strrchr(address, ':');
    if (!colon || colon == address || !port_is_good(colon + 1))
        return false;
    const char *host = address;
    size_t length = (size_t)(colon - address);
    if (host[0] == '[' && host[length - 1] == ']') {
        host++;
        length -= 2;
    } else if (memchr(host, ':', length)) {
        return false; /* an IPv6 address without brackets: which colon is the port's? */
    }
    if (length == 0 || length >= HOST_BYTES_MAX)
        return false;
    memcpy(ret->host, host, length);
    ret->host[length] = '\0';
    memcpy(ret->port, colon + 1, strlen(colon + 1) + 1);
    return true;
}

static enum result refuse(const char *address, int code, struct error *error) {
    if (code == EADDRINUSE)
        return error_set(error, RESULT_BUSY, "%s: the port is in use by another program", address);
    return error_set(error, RESULT_IO, "%s: cannot listen: %s", address, strerror(code));
}

static enum result open_socket(const char *address, const struct addrinfo *info, int *ret, struct error *error) {
    int made = socket(info->ai_family, info->ai_socktype, info->ai_protocol);
    if (made < 0)
        return refuse(address, errno, error);
    int on = 1;
    /* A daemon that starts again must not wait for the connections of the one before it. */
    (void)setsockopt(made, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    int flags = fcntl(made, F_GETFL);
    if (fcntl(made, F_SETFD, FD_CLOEXEC) != 0 || flags < 0 || fcntl(made, F_SETFL, flags | O_NONBLOCK) != 0 ||
        bind(made, info->ai_addr, info->ai_addrlen) != 0 || listen(made, SOMAXCONN) != 0) {
        int code = errno;
        (void)close(made);
        return refuse(address, code, error);
    }
    *ret = made;
    return RESULT_OK;
}

static uint16_t port_of(int socket) {
    struct sockaddr_storage bound = {0};
    socklen_t length = sizeof bound;
    if (getsockname(socket, (struct sockaddr *)&bound, &length) != 0)
        return 0;
    if (bound.ss_family == AF_INET6)
        return ntohs(((struct sockaddr_in6 *)&bound)->sin6_port);
    return ntohs(((struct sockaddr_in *)&bound)->sin_port);
}

enum result listen_open(const char *address, int *ret_socket, uint16_t *ret_port, struct error *error) {
    struct host_port place;
    if (!address || !split_address(address, &place))
        return error_set(error, RESULT_INVALID, "%s: not an address and port, as 127.0.0.1:8080 or [::1]:8080", address ? address : "");
    const struct addrinfo hints = {.ai_family = AF_UNSPEC, .ai_socktype = SOCK_STREAM, .ai_flags = AI_PASSIVE | AI_NUMERICSERV};
    struct addrinfo *found = NULL;
    int code = getaddrinfo(place.host, place.port, &hints, &found);
    if (code != 0)
        return error_set(error, RESULT_INVALID, "%s: %s", address, gai_strerror(code));
    int socket = -1;
    enum result result = open_socket(address, found, &socket, error);
    freeaddrinfo(found);
    if (result != RESULT_OK)
        return result;
    *ret_socket = socket;
    *ret_port = port_of(socket);
    return RESULT_OK;
}
