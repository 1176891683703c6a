#include "tests/fuzz/fuzz_target.h"

#include "base/cleanup.h"
#include "base/utf8.h"
#include "server/accept.h"
#include "server/condition.h"
#include "server/cursor.h"
#include "server/request.h"
#include "server/route.h"

/* Any bytes as a request's target, and as the headers that are parsed: what comes out is bounded and well-formed, whatever came in. */

static void check_parameters(struct arena *arena, const struct route *route, const struct target *target) {
    struct parameters parameters;
    struct complaints complaints = {0};
    CHECK(parameters_parse(arena, route, target, &parameters, &complaints) == RESULT_OK);
    CHECK(complaints.count <= COMPLAINTS_MAX && parameters.pair_count <= QUERY_PAIRS_MAX);
    CHECK((parameters.given & ~route->parameters) == 0);
    CHECK(parameters.limit >= 1 && parameters.limit <= LIMIT_MAX);
    CHECK(parameters.min_confidence >= 0 && parameters.min_confidence <= 1);
    for (size_t i = 0; i < complaints.count; i++)
        CHECK(complaints.items[i].detail.length > 0 && complaints.items[i].problem < PROBLEM_COUNT);
    if (complaints.count)
        return;
    CHECK(!parameters.has_published || parameters.published.start <= parameters.published.end);
    CHECK(!parameters.has_added || parameters.added.start <= parameters.added.end);
    /* The canonical form means the same, and is its own. */
    struct span canonical = parameters_canonical(arena, &parameters, UINT64_MAX);
    struct span again = arena_print(arena, "/?%.*s", SPAN_PRINT(canonical));
    struct target second;
    struct parameters reparsed;
    struct error error;
    if (again.length > TARGET_BYTES_MAX)
        return;
    CHECK(target_parse(arena, again, &second, &error) == RESULT_OK);
    CHECK(parameters_parse(arena, route, &second, &reparsed, &complaints) == RESULT_OK && complaints.count == 0);
    CHECK(span_equal(canonical, parameters_canonical(arena, &reparsed, UINT64_MAX)));
}

static void check_target(struct arena *arena, struct span raw) {
    struct target target;
    struct error error;
    if (target_parse(arena, raw, &target, &error) != RESULT_OK)
        return;
    for (size_t i = 0; i < target.segment_count && i < PATH_SEGMENTS_MAX; i++)
        CHECK(utf8_valid(target.segments[i], NULL));
    const struct route *route = NULL;
    struct span id;
    if (!target.is_asterisk && route_find(&target, &route, &id) != ROUTE_NONE)
        check_parameters(arena, route, &target);
    /* The same query at every path: most inputs would else never meet a parameter. */
    size_t count;
    const struct route *routes = route_table(&count);
    check_parameters(arena, &routes[raw.length % count], &target);
}

static void check_headers(struct arena *arena, struct span value) {
    (void)accept_allows(value, SPAN("application/json"));
    (void)etag_listed(value, SPAN("W/\"abc\""));
    struct db_place place;
    CHECK(cursor_open(arena, SPAN("secret"), SPAN("/"), value, &place) != RESULT_OK);
    const struct header headers[] = {{SPAN("X-Request-Id"), value}, {value, value}};
    const struct request_head head = {.target = value, .headers = headers, .header_count = 2};
    struct span chosen = request_id_choose(arena, &head);
    CHECK(chosen.length > 0 && chosen.length <= REQUEST_ID_MAX);
    enum problem problem;
    struct span detail;
    (void)head_refused(&head, &problem, &detail);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    CLEANUP(arena_done) struct arena arena;
    arena_init(&arena, 0);
    struct span input = input_span(data, size);
    check_target(&arena, input);
    check_headers(&arena, input);
    return 0;
}
