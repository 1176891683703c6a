#ifndef QUOTED_SERVER_TARGET_H
#define QUOTED_SERVER_TARGET_H

/* The request target (RFC 9112 section 3.2) taken apart: path segments and query pairs, percent escapes decoded after the cutting, so that
   an escaped slash stays in its segment. Bytes in, spans out; everything lives in the arena. Thread-safe. */

#include "base/arena.h"
#include "base/result.h"

enum {
    TARGET_BYTES_MAX = 8000, /* what RFC 9110 section 4.1 recommends that everybody understands */
    PATH_SEGMENTS_MAX = 6,   /* more than any route has */
    QUERY_PAIRS_MAX = 100,   /* a long list of entities; each one costs a look-up */
};

struct query_pair {
    struct span name;
    struct span value;
    bool malformed; /* bad escape, NUL or bytes that are not UTF-8: name and value are as they came */
    bool has_value; /* there was a "=" */
};

struct target {
    struct span path;                        /* as it came, without query */
    struct span segments[PATH_SEGMENTS_MAX]; /* decoded */
    size_t segment_count;                    /* may pass PATH_SEGMENTS_MAX: then the rest was not stored */
    bool trailing_slash;
    bool is_asterisk; /* "*", for OPTIONS */
    const struct query_pair *pairs;
    size_t pair_count; /* may pass QUERY_PAIRS_MAX: then the rest was not stored */
};

/* RESULT_TOO_LARGE past TARGET_BYTES_MAX, RESULT_INVALID with a message where the path cannot be decoded, RESULT_MEMORY. */
enum result target_parse(struct arena *arena, struct span raw, struct target *ret, struct error *error) MUST_USE;

/* text with every byte but RFC 3986's unreserved ones percent-encoded, in the arena. */
struct span percent_encode(struct arena *arena, struct span text);

#endif
