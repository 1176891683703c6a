#ifndef QUOTED_SERVER_REPLY_H
#define QUOTED_SERVER_REPLY_H

/* What goes back: a status, header fields and a body, made in memory and known whole before the first byte is sent. Header values
   are free of control characters by construction or are refused here. Not thread-safe: one request's. */

#include "base/arena.h"
#include "base/buffer.h"
#include "base/json.h"
#include "server/problem.h"

enum {
    REPLY_HEADERS_MAX = 24,
    REPLY_BYTES_MAX = 64 << 20, /* a page of 100 long articles stays far below; a reply is held in memory */
};

struct reply_header {
    const char *name;  /* static */
    struct span value; /* NUL-terminated, in the request's arena */
};

struct reply {
    struct arena *arena;
    int status;
    struct buffer body;
    struct reply_header headers[REPLY_HEADERS_MAX];
    size_t header_count;
    bool pretty;
    bool failed;          /* a header could not be stored */
    enum problem problem; /* which, where status is one of a problem; else PROBLEM_COUNT */
};

/* An empty 200; allocates nothing. arena is borrowed. */
void reply_init(struct reply *reply, struct arena *arena);
void reply_done(struct reply *reply);
/* Forgets status, headers and body. */
void reply_clear(struct reply *reply);

/* Sets a header field, replacing one of the same name. A value with control characters is left out. */
void reply_header(struct reply *reply, const char *name, struct span value);
/* The value; data NULL where there is none. */
struct span reply_header_value(const struct reply *reply, const char *name);

/* Begins a JSON body; reply_json_end closes it with a line end. */
void reply_json_begin(struct reply *reply, struct json_writer *ret);
void reply_json_end(struct reply *reply);

/* Turns the reply into an RFC 9457 problem document: forgets what was there but the headers that name the request. detail may be empty:
   then the problem's explanation. complaints may be NULL; with some, the first one's problem and detail stand for all. */
void reply_problem(struct reply *reply, enum problem problem, struct span detail, const struct complaints *complaints);

#endif
