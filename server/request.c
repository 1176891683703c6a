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
