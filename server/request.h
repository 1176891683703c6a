#ifndef QUOTED_SERVER_REQUEST_H
#define QUOTED_SERVER_REQUEST_H

/* A request as handlers see it: what the client asked, typed and bounded, and the store's snapshot that answers it. No socket and no type
   of the HTTP library. Everything lives in the request's arena; one thread at a time. */

#include "db/db.h"
#include "server/parameter.h"
#include "server/problem.h"
#include "server/target.h"

enum method { METHOD_OTHER = 0, METHOD_GET = 1, METHOD_HEAD = 2, METHOD_OPTIONS = 4 };

enum {
    HEADERS_BYTES_MAX = 16000, /* names and values of a request; browsers with large cookies stay below 8,000 */
    REQUEST_HEADERS_MAX = 100,
    REQUEST_ID_MAX = 64,
};

struct header {
    struct span name;
    struct span value;
};

/* What the transport read, as it came. */
struct request_head {
    struct span method;
    struct span version; /* "HTTP/1.1" */
    struct span target;
    const struct header *headers;
    size_t header_count;
    size_t header_bytes; /* of all header fields, those past REQUEST_HEADERS_MAX too */
    bool body_too_large;
    int64_t now;        /* wall clock, seconds */
    int64_t started_ns; /* monotonic */
};

struct request {
    struct arena *arena;
    const struct request_head *head;
    enum method method;
    const struct route *route;
    struct target target;
    struct span path; /* canonical: the route's template with the id percent-encoded */
    struct span id;   /* the decoded {id} of the path; empty where the route has none */
    struct parameters parameters;
    struct complaints complaints;
    struct span request_id;
    /* Only on routes that read the store: */
    struct db *db;
    int64_t revision;      /* of the snapshot */
    int64_t last_modified; /* seconds */
};

/* True if the head alone is reason to refuse the request: past a limit, or against rules of RFC 9112 that keep two readers of one stream of
   bytes from seeing different requests in it. */
bool head_refused(const struct request_head *head, enum problem *ret_problem, struct span *ret_detail);

/* A header's value, several of one name joined with ", "; data NULL where there is none. Names compare without case. */
struct span request_header(const struct request *request, const char *name);

/* The client's X-Request-Id where it is harmless (letters, digits, "._-"), else a new one. */
struct span request_id_choose(struct arena *arena, const struct request_head *head);

#endif
