#include "server/request.h"

#include "base/hash.h"

#include <inttypes.h>
#include <stdatomic.h>

static struct span header_of(struct arena *arena, const struct request_head *head, const char *name) {
    struct span found = {0};
    for (size_t i = 0; i < head->header_count; i++) {
        const struct header *header = &head->headers[i];
        if (!span_equal_ignore_case(header->name, span_of(name)))
            continue;
        if (!found.data)
            found = header->value.data ? header->value : SPAN("");
        else
            found = arena_print(arena, "%.*s, %.*s", SPAN_PRINT(found), SPAN_PRINT(header->value));
    }
    return found;
}

static bool is_token(struct span name) {
    for (size_t i = 0; i < name.length; i++) {
        unsigned char c = (unsigned char)name.data[i];
        if (c <= 0x20 || c >= 0x7f || c == ':' || c == '"' || c == '(' || c == ')' || c == ',' || c == '/')
            return false;
    }
    return name.length > 0;
}

static bool target_is_printable(struct span target) {
    for (size_t i = 0; i < target.length; i++) {
        unsigned char c = (unsigned char)target.data[i];
        if (c <= 0x20 || c == 0x7f)
            return false;
    }
    return true;
}

/* Which rule of HTTP the head breaks; data NULL: none that we look for. */
static struct span broken_rule(const struct request_head *head) {
    unsigned hosts = 0;
    unsigned lengths = 0;
    unsigned codings = 0;
    for (size_t i = 0; i < head->header_count; i++) {
        const struct header *header = &head->headers[i];
        if (!is_token(header->name))
            return SPAN("A header's name holds a character that no name may have.");
        hosts += span_equal_ignore_case(header->name, SPAN("Host"));
        lengths += span_equal_ignore_case(header->name, SPAN("Content-Length"));
        if (!span_equal_ignore_case(header->name, SPAN("Transfer-Encoding")))
            continue;
        codings++;
        if (!span_equal_ignore_case(span_trim(header->value), SPAN("chunked")))
            return SPAN("The only transfer coding that is understood is chunked.");
    }
    if (hosts > 1 || (hosts == 0 && span_equal(head->version, SPAN("HTTP/1.1"))))
        return SPAN("A request of HTTP/1.1 must have exactly one Host header.");
    if (lengths + codings > 1)
        return SPAN("The body's length is told more than once.");
    if (!target_is_printable(head->target))
        return SPAN("The address holds a space or control character; they must be percent-encoded.");
    return (struct span){0};
}

bool head_refused(const struct request_head *head, enum problem *ret_problem, struct span *ret_detail) {
    *ret_problem = PROBLEM_COUNT;
    *ret_detail = (struct span){0};
    if (head->target.length > TARGET_BYTES_MAX)
        *ret_problem = PROBLEM_URI_TOO_LONG;
    else if (head->header_bytes > HEADERS_BYTES_MAX || head->header_count > REQUEST_HEADERS_MAX)
        *ret_problem = PROBLEM_HEADERS_TOO_LARGE;
    else if (head->body_too_large)
        *ret_problem = PROBLEM_BODY_TOO_LARGE;
    else if ((*ret_detail = broken_rule(head)).data)
        *ret_problem = PROBLEM_INVALID_REQUEST;
    return *ret_problem != PROBLEM_COUNT;
}

struct span request_header(const struct request *request, const char *name) {
    return header_of(request->arena, request->head, name);
}

static bool request_id_is_harmless(struct span id) {
    if (id.length == 0 || id.length > REQUEST_ID_MAX)
        return false;
    for (size_t i = 0; i < id.length; i++) {
        char c = id.data[i];
        bool alphanumeric = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        if (!alphanumeric && c != '.' && c != '_' && c != '-')
            return false;
    }
    return true;
}

struct span request_id_choose(struct arena *arena, const struct request_head *head) {
    struct span given = header_of(arena, head, "X-Request-Id");
    if (request_id_is_harmless(given))
        return given;
    /* The start's time tells processes apart, the counter requests; the hash hides how many there were. */
    static atomic_uint_fast64_t counter;
    uint64_t number = atomic_fetch_add(&counter, 1);
    return arena_print(arena, "%016" PRIx64, hash_combine((uint64_t)head->started_ns, number));
}
