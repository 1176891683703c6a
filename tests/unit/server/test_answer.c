#include "tests/unit/server/fixture.h"

#include "base/log.h"
#include "base/time.h"
#include "server/route.h"

/* --- methods and paths --- */

static void test_service_answer__every_route_answers_get_head_options(void **state) {
    struct fixture *fixture = *state;
    size_t count = 0;
    const struct route *routes = route_table(&count);
    assert_true(count > 15);
    for (size_t i = 0; i < count; i++) {
        if (strchr(routes[i].path, '{'))
            continue;
        if (ask(fixture, "GET", routes[i].path, NULL) != 200)
            fail_msg("%s: %d", routes[i].path, fixture->reply.status);
        assert_int_equal(ask(fixture, "HEAD", routes[i].path, NULL), 200);
        assert_int_equal(ask(fixture, "OPTIONS", routes[i].path, NULL), 204);
        assert_string_equal(header_of(fixture, "Allow"), "GET, HEAD, OPTIONS");
        ask(fixture, "DELETE", routes[i].path, NULL);
        assert_problem(fixture, 405, "method_not_allowed");
        assert_string_equal(header_of(fixture, "Allow"), "GET, HEAD, OPTIONS");
    }
}

static void test_service_answer__unknown_paths(void **state) {
    struct fixture *fixture = *state;
    static const char *const unknown[] = {"/nope",
                                          "/v1/nope",
                                          "/v2/articles",
                                          "/v1/articles/x/nope",
                                          "//",
                                          "//v1/articles",
                                          "/v1//articles",
                                          "/V1/articles",
                                          "/v1/articles/x/quotes/1",
                                          "/a/b/c/d/e/f/g/h",
                                          "/v1/articles//quotes"};
    for (size_t i = 0; i < sizeof unknown / sizeof *unknown; i++) {
        get(fixture, unknown[i]);
        assert_problem(fixture, 404, "path_not_found");
        ask(fixture, "POST", unknown[i], NULL);
        assert_problem(fixture, 404, "path_not_found");
    }
}

static void test_service_answer__slash_at_the_end_is_redirected(void **state) {
    struct fixture *fixture = *state;
    assert_int_equal(get(fixture, "/v1/articles/?limit=5&x=%0d%0aSet-Cookie:a"), 308);
    assert_string_equal(header_of(fixture, "Location"), "/v1/articles?limit=5&x=%0d%0aSet-Cookie:a");
    get(fixture, "//example.org/");
    assert_problem(fixture, 404, "path_not_found");
}

static void test_service_answer__bad_paths(void **state) {
    struct fixture *fixture = *state;
    static const char *const bad[] = {"/v1/articles/%00", "/v1/articles/%", "/v1/articles/%ff", "v1/articles", ""};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        get(fixture, bad[i]);
        assert_problem(fixture, 400, "invalid_path");
    }
}

static void test_service_answer__options_of_the_whole_server(void **state) {
    struct fixture *fixture = *state;
    assert_int_equal(ask(fixture, "OPTIONS", "*", NULL), 204);
    get(fixture, "*");
    assert_problem(fixture, 404, "path_not_found");
}

/* --- heads that are refused --- */

static int answer_head(struct fixture *fixture, const struct request_head *head) {
    json_decref(fixture->body);
    reply_done(&fixture->reply);
    reply_init(&fixture->reply, &fixture->arena);
    service_answer(&fixture->service, head, &fixture->arena, &fixture->reply);
    struct span body = buffer_span(&fixture->reply.body);
    fixture->body = json_loadb(body.data, body.length, 0, NULL);
    return fixture->reply.status;
}

static void test_service_answer__heads_past_limits(void **state) {
    struct fixture *fixture = *state;
    static char long_target[TARGET_BYTES_MAX + 2];
    memset(long_target, 'a', sizeof long_target - 1);
    long_target[0] = '/';
    get(fixture, long_target);
    assert_problem(fixture, 414, "uri_too_long");
    struct header headers[REQUEST_HEADERS_MAX + 1] = {{SPAN("Host"), SPAN("x")}};
    for (size_t i = 1; i < REQUEST_HEADERS_MAX + 1; i++)
        headers[i] = (struct header){SPAN("X-Filler"), SPAN("1")};
    struct request_head head = {
        .method = SPAN("GET"), .version = SPAN("HTTP/1.1"), .target = SPAN("/livez"), .headers = headers, .now = NOW};
    head.header_count = REQUEST_HEADERS_MAX;
    assert_int_equal(answer_head(fixture, &head), 200);
    head.header_count = REQUEST_HEADERS_MAX + 1;
    answer_head(fixture, &head);
    assert_problem(fixture, 431, "headers_too_large");
    head.header_count = 1;
    head.header_bytes = HEADERS_BYTES_MAX + 1;
    answer_head(fixture, &head);
    assert_problem(fixture, 431, "headers_too_large");
    head.header_bytes = 0;
    head.body_too_large = true;
    answer_head(fixture, &head);
    assert_problem(fixture, 413, "body_too_large");
    assert_string_equal(header_of(fixture, "Connection"), "close");
}

static void test_service_answer__heads_that_two_readers_could_read_differently(void **state) {
    struct fixture *fixture = *state;
    static const struct {
        const char *name;
        const char *value;
    } bad[] = {
        {"Host", "second"}, {"Transfer-Encoding", "gzip"}, {"Transfer-Encoding", "chunked, chunked"}, {"Name ", "x"}, {"Na\tme", "x"},
        {"", "x"},
    };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        ask(fixture, "GET", "/livez", bad[i].name, bad[i].value, NULL);
        assert_problem(fixture, 400, "invalid_request");
    }
    ask(fixture, "GET", "/livez", "Content-Length", "3", "Transfer-Encoding", "chunked", NULL);
    assert_problem(fixture, 400, "invalid_request");
    ask(fixture, "GET", "/livez", "Content-Length", "3", "Content-Length", "4", NULL);
    assert_problem(fixture, 400, "invalid_request");
    get(fixture, "/livez x");
    assert_problem(fixture, 400, "invalid_request");
    struct request_head head = {.method = SPAN("GET"), .version = SPAN("HTTP/1.1"), .target = SPAN("/livez"), .now = NOW};
    answer_head(fixture, &head);
    assert_problem(fixture, 400, "invalid_request");
    head.version = SPAN("HTTP/1.0");
    assert_int_equal(answer_head(fixture, &head), 200);
}

/* --- what stands on every reply --- */

static void test_service_answer__request_id(void **state) {
    struct fixture *fixture = *state;
    ask(fixture, "GET", "/livez", "x-request-id", "abc-1.2_3", NULL);
    assert_string_equal(header_of(fixture, "X-Request-Id"), "abc-1.2_3");
    static const char *const bad[] = {
        "", "a b", "a\"b", "\xc3\xa9", "a\nb", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"};
    char last[80] = "";
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        ask(fixture, "GET", "/nope", "X-Request-Id", bad[i], NULL);
        assert_int_equal(strlen(header_of(fixture, "X-Request-Id")), 16);
        assert_string_not_equal(header_of(fixture, "X-Request-Id"), last);
        snprintf(last, sizeof last, "%s", header_of(fixture, "X-Request-Id"));
    }
}

static void test_service_answer__any_origin_may_read(void **state) {
    struct fixture *fixture = *state;
    static const char *const targets[] = {"/v1/articles", "/nope", "/v1/articles?limit=0", "/v1/articles/"};
    for (size_t i = 0; i < 4; i++) {
        ask(fixture, "GET", targets[i], "Origin", "https://reader.example", NULL);
        assert_string_equal(header_of(fixture, "Access-Control-Allow-Origin"), "*");
        assert_non_null(strstr(header_of(fixture, "Access-Control-Expose-Headers"), "ETag"));
        assert_string_equal(header_of(fixture, "X-Content-Type-Options"), "nosniff");
    }
    ask(fixture, "OPTIONS", "/v1/quotes", "Origin", "https://reader.example", "Access-Control-Request-Method", "GET",
        "Access-Control-Request-Headers", "if-none-match", NULL);
    assert_int_equal(fixture->reply.status, 204);
    assert_non_null(strstr(header_of(fixture, "Access-Control-Allow-Methods"), "GET"));
    assert_non_null(strstr(header_of(fixture, "Access-Control-Allow-Headers"), "If-None-Match"));
    assert_true(atoi(header_of(fixture, "Access-Control-Max-Age")) > 0);
    ask(fixture, "OPTIONS", "/v1/quotes", NULL);
    assert_string_equal(header_of(fixture, "Access-Control-Allow-Methods"), "");
}

static void test_service_answer__accept(void **state) {
    struct fixture *fixture = *state;
    ask(fixture, "GET", "/v1/articles", "Accept", "text/csv", NULL);
    assert_problem(fixture, 406, "not_acceptable");
    assert_int_equal(ask(fixture, "GET", "/v1/articles?format=json", "Accept", "text/csv", NULL), 200);
    assert_int_equal(ask(fixture, "GET", "/v1/articles", "Accept", "text/html, */*;q=0.1", NULL), 200);
    ask(fixture, "GET", "/v1/articles", "Accept", "application/json;q=0", "Accept", "*/*", NULL);
    assert_problem(fixture, 406, "not_acceptable");
}

/* --- conditional requests --- */

static void test_condition__lists_are_weak_and_follow_the_store(void **state) {
    struct fixture *fixture = *state;
    store_article(fixture, &harbour_plan, NULL);
    char tag[80];
    assert_int_equal(get(fixture, "/v1/articles?limit=5"), 200);
    snprintf(tag, sizeof tag, "%s", header_of(fixture, "ETag"));
    assert_int_equal(strncmp(tag, "W/\"", 3), 0);
    assert_int_equal(ask(fixture, "GET", "/v1/articles?limit=5", "If-None-Match", tag, NULL), 304);
    assert_int_equal(fixture->reply.body.length, 0);
    assert_string_equal(header_of(fixture, "ETag"), tag);
    assert_true(strlen(header_of(fixture, "Cache-Control")) > 0);
    assert_string_equal(header_of(fixture, "Vary"), "Accept");
    assert_int_equal(ask(fixture, "HEAD", "/v1/articles?limit=5", "If-None-Match", tag, NULL), 304);
    assert_int_equal(ask(fixture, "GET", "/v1/articles?limit=5", "If-None-Match", "\"x\"", "If-None-Match", tag, NULL), 304);
    assert_int_equal(ask(fixture, "GET", "/v1/articles?limit=5", "If-None-Match", "*", NULL), 304);
    /* Another request, another tag; bad requests stay bad. */
    assert_int_equal(ask(fixture, "GET", "/v1/articles?limit=6", "If-None-Match", tag, NULL), 200);
    assert_int_equal(ask(fixture, "GET", "/v1/quotes?limit=5", "If-None-Match", tag, NULL), 200);
    assert_int_equal(ask(fixture, "GET", "/v1/articles?limit=0", "If-None-Match", "*", NULL), 400);
    /* A write elsewhere may change any list. */
    store_article(fixture, &bridge_plan, NULL);
    assert_int_equal(ask(fixture, "GET", "/v1/articles?limit=5", "If-None-Match", tag, NULL), 200);
    assert_int_equal(count_of(fixture, "items"), 2);
}

static void test_condition__items_are_strong(void **state) {
    struct fixture *fixture = *state;
    char id[ARTICLE_ID_LENGTH + 1];
    store_article(fixture, &harbour_plan, id);
    const struct span targets[] = {
        arena_print(&fixture->arena, "/v1/articles/%s", id),
        arena_print(&fixture->arena, "/v1/quotes/%s-1", id),
        SPAN("/v1/entities/ada-vell"),
        SPAN("/v1/sources/example.org"),
    };
    for (size_t i = 0; i < sizeof targets / sizeof *targets; i++) {
        char tag[80];
        assert_int_equal(get(fixture, targets[i].data), 200);
        snprintf(tag, sizeof tag, "%s", header_of(fixture, "ETag"));
        assert_true(tag[0] == '"');
        assert_int_equal(ask(fixture, "GET", targets[i].data, "If-None-Match", tag, NULL), 304);
        /* Other bytes, another strong tag. */
        struct span pretty = arena_print(&fixture->arena, "%s?pretty", targets[i].data);
        assert_int_equal(ask(fixture, "GET", pretty.data, "If-None-Match", tag, NULL), 200);
        assert_string_not_equal(header_of(fixture, "ETag"), tag);
    }
}

static void test_condition__a_changed_item_has_another_tag(void **state) {
    struct fixture *fixture = *state;
    char id[ARTICLE_ID_LENGTH + 1];
    char tags[2][80];
    store_article(fixture, &harbour_plan, id);
    struct span article = arena_print(&fixture->arena, "/v1/articles/%s", id);
    static const char entity[] = "/v1/entities/ada-vell";
    get(fixture, article.data);
    snprintf(tags[0], sizeof tags[0], "%s", header_of(fixture, "ETag"));
    get(fixture, entity);
    snprintf(tags[1], sizeof tags[1], "%s", header_of(fixture, "ETag"));
    struct article_plan changed = harbour_plan;
    changed.title = "Harbour reopened";
    assert_int_equal(store_article(fixture, &changed, NULL), DB_REPLACED);
    store_article(fixture, &letter_plan, NULL); /* one more article with the entity */
    assert_int_equal(ask(fixture, "GET", article.data, "If-None-Match", tags[0], NULL), 200);
    assert_string_equal(text_of(fixture, "title"), "Harbour reopened");
    assert_int_equal(ask(fixture, "GET", entity, "If-None-Match", tags[1], NULL), 200);
    assert_int_equal(int_of(fixture, "article_count"), 2);
}

static void test_condition__dates_count_only_without_tags(void **state) {
    struct fixture *fixture = *state;
    store_article(fixture, &harbour_plan, NULL);
    assert_int_equal(get(fixture, "/v1/articles"), 200);
    char date[60];
    snprintf(date, sizeof date, "%s", header_of(fixture, "Last-Modified"));
    assert_int_equal(strlen(date), IMF_FIXDATE_LENGTH);
    assert_int_equal(ask(fixture, "GET", "/v1/articles", "If-Modified-Since", date, NULL), 304);
    assert_int_equal(ask(fixture, "GET", "/v1/articles", "If-Modified-Since", date, "If-None-Match", "\"other\"", NULL), 200);
    assert_int_equal(ask(fixture, "GET", "/v1/articles", "If-Modified-Since", "Fri, 01 Mar 2002 12:00:00 GMT", NULL), 200);
    assert_int_equal(ask(fixture, "GET", "/v1/articles", "If-Modified-Since", "yesterday", NULL), 200);
}

static void test_condition__a_second_that_is_not_over_is_not_promised(void **state) {
    struct fixture *fixture = *state;
    store_article(fixture, &harbour_plan, NULL);
    get(fixture, "/v1/articles");
    struct moment modified = {0};
    assert_true(time_parse(span_of(header_of(fixture, "Last-Modified")), &modified));
    struct header headers[] = {{SPAN("Host"), SPAN("x")}};
    struct request_head head = {.method = SPAN("GET"),
                                .version = SPAN("HTTP/1.1"),
                                .target = SPAN("/v1/articles"),
                                .headers = headers,
                                .header_count = 1,
                                .now = modified.seconds,
                                .started_ns = time_monotonic_ns()};
    assert_int_equal(answer_head(fixture, &head), 200);
    char date[60];
    snprintf(date, sizeof date, "%s", header_of(fixture, "Last-Modified"));
    assert_int_equal(ask(fixture, "GET", "/v1/articles", "If-Modified-Since", date, NULL), 200);
}

/* --- health, index, problems --- */

static void test_index__links_lead_somewhere(void **state) {
    struct fixture *fixture = *state;
    assert_int_equal(get(fixture, "/"), 200);
    assert_string_equal(text_of(fixture, "links.articles"), "/v1/articles");
    json_t *links = json_deep_copy(member(fixture, "links"));
    const char *name;
    json_t *value;
    json_object_foreach(links, name, value) assert_int_equal(get(fixture, json_string_value(value)), 200);
    json_decref(links);
    assert_int_equal(get(fixture, "/v1"), 200);
}

static void test_problems__types_lead_to_their_pages(void **state) {
    struct fixture *fixture = *state;
    assert_int_equal(get(fixture, "/problems"), 200);
    assert_int_equal(count_of(fixture, "items"), PROBLEM_COUNT);
    get(fixture, "/v1/quotes?limit=x");
    char type[100];
    snprintf(type, sizeof type, "%s", text_of(fixture, "type"));
    assert_int_equal(get(fixture, type), 200);
    assert_string_equal(text_of(fixture, "code"), "invalid_parameter");
    get(fixture, "/problems/none");
    assert_problem(fixture, 404, "problem_not_found");
}

static void test_health__the_store_vanishes_and_is_replaced(void **state) {
    struct fixture *fixture = *state;
    char moved[120];
    snprintf(moved, sizeof moved, "%s-moved", fixture->path);
    assert_true(log_open("/dev/null"));
    assert_int_equal(get(fixture, "/readyz"), 200);
    assert_int_equal(rename(fixture->path, moved), 0);
    get(fixture, "/readyz");
    assert_problem(fixture, 503, "store_missing");
    get(fixture, "/v1/articles");
    assert_problem(fixture, 503, "store_missing");
    assert_true(atoi(header_of(fixture, "Retry-After")) > 0);
    assert_null(strstr(fixture->reply.body.data, fixture->folder));
    assert_int_equal(get(fixture, "/livez"), 200);
    FILE *other = fopen(fixture->path, "w");
    assert_non_null(other);
    (void)fclose(other);
    get(fixture, "/readyz");
    assert_problem(fixture, 503, "store_replaced");
    assert_int_equal(rename(moved, fixture->path), 0);
    assert_int_equal(get(fixture, "/readyz"), 200);
    assert_true(log_open(NULL));
}

static void test_service_answer__a_deadline_that_is_over(void **state) {
    struct fixture *fixture = *state;
    store_all_plans(fixture);
    struct header headers[] = {{SPAN("Host"), SPAN("x")}};
    struct request_head head = {.method = SPAN("GET"),
                                .version = SPAN("HTTP/1.1"),
                                .target = SPAN("/v1/articles?q=the&total=true"),
                                .headers = headers,
                                .header_count = 1,
                                .now = NOW,
                                .started_ns = time_monotonic_ns() - INT64_C(120000000000)};
    assert_true(log_open("/dev/null"));
    answer_head(fixture, &head);
    assert_true(log_open(NULL));
    assert_problem(fixture, 503, "deadline_exceeded");
    assert_string_equal(header_of(fixture, "Retry-After"), "1");
    /* The connection is as good as before. */
    assert_int_equal(get(fixture, "/v1/articles?q=the&total=true"), 200);
}

/* Whatever allocation fails: a whole answer or a whole problem, never half of one. */
static void test_service_answer__memory_that_runs_out(void **state) {
    struct fixture *fixture = *state;
    store_all_plans(fixture);
    assert_true(log_open("/dev/null"));
    static const char *const targets[] = {"/v1/articles?fields=*,text,quotes,entities&limit=2&q=the",
                                          "/v1/quotes?speaker=tor-lind&since=2024&limit=1", "/v1/entities?sort=name&limit=1",
                                          "/v1/quotes?speeker=x&limit=0"};
    struct header headers[] = {{SPAN("Host"), SPAN("x")}};
    size_t failures = 0;
    for (size_t i = 0; i < sizeof targets / sizeof *targets; i++) {
        struct request_head head = {.method = SPAN("GET"),
                                    .version = SPAN("HTTP/1.1"),
                                    .target = span_of(targets[i]),
                                    .headers = headers,
                                    .header_count = 1,
                                    .now = NOW};
        struct span whole = {0};
        assert_true(get(fixture, targets[i]) < 500);
        whole = arena_copy(&fixture->arena, buffer_span(&fixture->reply.body));
        for (size_t ceiling = 1; ceiling < 40000; ceiling += 97) {
            struct arena small;
            struct reply reply;
            arena_init(&small, ceiling);
            reply_init(&reply, &small);
            head.started_ns = time_monotonic_ns();
            service_answer(&fixture->service, &head, &small, &reply);
            if (reply.status < 500)
                assert_true(span_equal(buffer_span(&reply.body), whole));
            else
                assert_int_equal(reply.problem, PROBLEM_OVERLOADED);
            failures += reply.status >= 500;
            struct span body = buffer_span(&reply.body);
            json_t *document = json_loadb(body.data, body.length, 0, NULL);
            assert_non_null(document);
            json_decref(document);
            reply_done(&reply);
            arena_done(&small);
        }
    }
    assert_true(failures > 10);
    assert_true(log_open(NULL));
    assert_int_equal(get(fixture, targets[0]), 200);
}

static void test_service_answer__pretty(void **state) {
    struct fixture *fixture = *state;
    store_article(fixture, &harbour_plan, NULL);
    get(fixture, "/v1/articles?pretty");
    assert_non_null(strstr(fixture->reply.body.data, "\n  \"items\": ["));
    get(fixture, "/v1/articles");
    assert_null(memchr(fixture->reply.body.data, '\n', fixture->reply.body.length - 1));
    get(fixture, "/v1/articles?pretty&limit=0");
    assert_problem(fixture, 400, "invalid_parameter");
    assert_non_null(strstr(fixture->reply.body.data, "\n  \"code\""));
}

int main(void) {
#define TEST(name) cmocka_unit_test_setup_teardown(name, fixture_setup, fixture_teardown)
    const struct CMUnitTest tests[] = {
        TEST(test_service_answer__every_route_answers_get_head_options),
        TEST(test_service_answer__unknown_paths),
        TEST(test_service_answer__slash_at_the_end_is_redirected),
        TEST(test_service_answer__bad_paths),
        TEST(test_service_answer__options_of_the_whole_server),
        TEST(test_service_answer__heads_past_limits),
        TEST(test_service_answer__heads_that_two_readers_could_read_differently),
        TEST(test_service_answer__request_id),
        TEST(test_service_answer__any_origin_may_read),
        TEST(test_service_answer__accept),
        TEST(test_condition__lists_are_weak_and_follow_the_store),
        TEST(test_condition__items_are_strong),
        TEST(test_condition__a_changed_item_has_another_tag),
        TEST(test_condition__dates_count_only_without_tags),
        TEST(test_condition__a_second_that_is_not_over_is_not_promised),
        TEST(test_index__links_lead_somewhere),
        TEST(test_problems__types_lead_to_their_pages),
        TEST(test_health__the_store_vanishes_and_is_replaced),
        TEST(test_service_answer__a_deadline_that_is_over),
        TEST(test_service_answer__memory_that_runs_out),
        TEST(test_service_answer__pretty),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
