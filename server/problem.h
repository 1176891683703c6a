#ifndef QUOTED_SERVER_PROBLEM_H
#define QUOTED_SERVER_PROBLEM_H

/* Every way in which a request can fail, once: code, status, title and the sentence that stands at its page /problems/CODE. Codes are part
   of the API's promise and are never reused. Thread rule: static data; complaints belong to one request. */

#include "base/arena.h"
#include "base/json.h"

/* Columns: enum name, status, code, seconds for Retry-After (0: none), title, explanation. */
#define PROBLEMS(X)                                                                                                                        \
    X(INVALID_REQUEST, 400, "invalid_request", 0, "Malformed request", "The request breaks HTTP's own rules.")                             \
    X(INVALID_PATH, 400, "invalid_path", 0, "Malformed path", "The path holds a bad percent escape, a NUL or bytes that are not UTF-8.")   \
    X(UNKNOWN_PARAMETER, 400, "unknown_parameter", 0, "Unknown parameter", "This path does not take a parameter of that name.")            \
    X(INVALID_PARAMETER, 400, "invalid_parameter", 0, "Invalid parameter", "A parameter's value is not one of those that are allowed.")    \
    X(REPEATED_PARAMETER, 400, "repeated_parameter", 0, "Repeated parameter", "A parameter that may stand once was given more than once.") \
    X(TOO_MANY_PARAMETERS, 400, "too_many_parameters", 0, "Too many parameters", "One request takes a limited number of parameters.")      \
    X(INVALID_QUERY, 400, "invalid_query", 0, "Invalid search", "The text of q cannot be understood; position counts its code points.")    \
    X(INVALID_PERIOD, 400, "invalid_period", 0, "Invalid period", "A period's beginning lies behind its end.")                             \
    X(AMBIGUOUS_NAME, 400, "ambiguous_name", 0, "Ambiguous name", "A name means more than one; ask with one of the ids that are listed.")  \
    X(INVALID_CURSOR, 400, "invalid_cursor", 0, "Invalid cursor",                                                                          \
      "A cursor works only with the path, filters and order that it came with.")                                                           \
    X(REPLY_TOO_LARGE, 400, "reply_too_large", 0, "Reply too large", "The reply would pass the limit; ask for fewer items or fields.")     \
    X(PATH_NOT_FOUND, 404, "path_not_found", 0, "No such path", "Nothing is served at this path.")                                         \
    X(ARTICLE_NOT_FOUND, 404, "article_not_found", 0, "No such article", "No article has this id.")                                        \
    X(QUOTE_NOT_FOUND, 404, "quote_not_found", 0, "No such quote", "No quote has this id.")                                                \
    X(ENTITY_NOT_FOUND, 404, "entity_not_found", 0, "No such entity", "No person, organization or place has this id.")                     \
    X(SOURCE_NOT_FOUND, 404, "source_not_found", 0, "No such source", "No source has this id.")                                            \
    X(PROBLEM_NOT_FOUND, 404, "problem_not_found", 0, "No such problem", "No problem has this code.")                                      \
    X(METHOD_NOT_ALLOWED, 405, "method_not_allowed", 0, "Method not allowed", "The path does not answer this method; see Allow.")          \
    X(NOT_ACCEPTABLE, 406, "not_acceptable", 0, "Not acceptable", "No media type of this path fits the Accept header.")                    \
    X(BODY_TOO_LARGE, 413, "body_too_large", 0, "Body too large", "The request's body passes the limit.")                                  \
    X(URI_TOO_LONG, 414, "uri_too_long", 0, "Address too long", "The request's path and query pass the limit.")                            \
    X(HEADERS_TOO_LARGE, 431, "headers_too_large", 0, "Headers too large", "The request's header fields pass the limit.")                  \
    X(INTERNAL_ERROR, 500, "internal_error", 0, "Internal error", "The server failed; its log says why, under the request's id.")          \
    X(STORE_CORRUPT, 500, "store_corrupt", 0, "Damaged store", "The stored data contradicts itself; the operator should check the store.") \
    X(DEADLINE_EXCEEDED, 503, "deadline_exceeded", 1, "Deadline exceeded", "The answer took longer than a request may take.")              \
    X(OVERLOADED, 503, "overloaded", 1, "Overloaded", "The server lacks memory or the store is held by somebody else; try again.")         \
    X(STORE_MISSING, 503, "store_missing", 5, "Store missing", "The store's file is gone.")                                                \
    X(STORE_REPLACED, 503, "store_replaced", 5, "Store replaced", "The store's file was replaced while the server ran; start it again.")   \
    X(STORE_UNAVAILABLE, 503, "store_unavailable", 5, "Store unavailable", "The store cannot be opened or read.")

enum problem {
#define X(name, status, code, retry, title, explanation) PROBLEM_##name,
    PROBLEMS(X)
#undef X
        PROBLEM_COUNT
};

struct problem_description {
    int status;
    const char *code;
    const char *type; /* "/problems/CODE" */
    int retry_after;  /* seconds; 0: none */
    const char *title;
    const char *explanation;
};

const struct problem_description *problem_describe(enum problem problem);
bool problem_parse(struct span code, enum problem *ret);

enum {
    COMPLAINTS_MAX = 16, /* more findings do not help a person; the rest is not told */
    SHOWN_BYTES_MAX = 80 /* of a client's own text in a message */
};

/* One finding about one parameter. */
struct complaint {
    enum problem problem;
    struct span parameter;
    struct span detail;
    bool has_position;
    size_t position; /* code points into the value */
    const struct span *allowed;
    size_t allowed_count;
};

/* What is wrong with a request, in order. Spans live in the request's arena. */
struct complaints {
    struct complaint items[COMPLAINTS_MAX];
    size_t count;
};

/* Adds a complaint (dropped when full) and returns it for filling in; never NULL. */
struct complaint *complaint_add(struct complaints *complaints, enum problem problem, struct span parameter, struct span detail);

/* text cut to SHOWN_BYTES_MAX at a character. Borrowed from text. */
struct span text_shown(struct span text);

#endif
