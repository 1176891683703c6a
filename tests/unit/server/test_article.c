#include "tests/unit/server/fixture.h"

/* --- GET /v1/articles --- */

static void test_articles__newest_first_and_undated_last(void **state) {
    struct fixture *fixture = *state;
    store_all_plans(fixture);
    assert_int_equal(get(fixture, "/v1/articles"), 200);
    assert_int_equal(count_of(fixture, "items"), 3);
    assert_string_equal(text_of(fixture, "items.0.title"), "Bridge closed");
    assert_string_equal(text_of(fixture, "items.1.title"), "Harbour to reopen");
    assert_string_equal(text_of(fixture, "items.2.title"), "A letter");
    assert_true(json_is_null(member(fixture, "next")));
    assert_null(member(fixture, "total"));
}

static void test_articles__item_has_all_but_the_long_parts(void **state) {
    struct fixture *fixture = *state;
    store_article(fixture, &harbour_plan, NULL);
    assert_int_equal(get(fixture, "/v1/articles"), 200);
    assert_string_equal(text_of(fixture, "items.0.url"), "https://example.org/harbour");
    assert_string_equal(text_of(fixture, "items.0.source.id"), "example.org");
    assert_string_equal(text_of(fixture, "items.0.source.name"), "Example Courier");
    assert_string_equal(text_of(fixture, "items.0.authors.0"), "Ines Paar");
    assert_string_equal(text_of(fixture, "items.0.published"), "2024-03-09T16:00:00Z");
    assert_string_equal(text_of(fixture, "items.0.published_precision"), "second");
    assert_int_equal(int_of(fixture, "items.0.quote_count"), 2);
    assert_int_equal(int_of(fixture, "items.0.entity_count"), 3);
    assert_int_equal(int_of(fixture, "items.0.revision"), 1);
    assert_null(member(fixture, "items.0.text"));
    assert_null(member(fixture, "items.0.entities"));
    assert_null(member(fixture, "items.0.quotes"));
    assert_null(member(fixture, "items.0.dropped"));
}

static void test_articles__unknown_values_are_null(void **state) {
    struct fixture *fixture = *state;
    store_article(fixture, &letter_plan, NULL);
    assert_int_equal(get(fixture, "/v1/articles"), 200);
    assert_true(json_is_null(member(fixture, "items.0.url")));
    assert_true(json_is_null(member(fixture, "items.0.published")));
    assert_true(json_is_null(member(fixture, "items.0.published_precision")));
    assert_int_equal(count_of(fixture, "items.0.authors"), 0);
}

static void test_articles__fields_select_and_add(void **state) {
    struct fixture *fixture = *state;
    store_article(fixture, &harbour_plan, NULL);
    assert_int_equal(get(fixture, "/v1/articles?fields=id,title"), 200);
    assert_int_equal(json_object_size(member(fixture, "items.0")), 2);
    assert_int_equal(get(fixture, "/v1/articles?fields=*,text,quotes,entities,dropped"), 200);
    assert_string_equal(text_of(fixture, "items.0.text"), harbour_plan.text);
    assert_int_equal(count_of(fixture, "items.0.quotes"), 2);
    assert_string_equal(text_of(fixture, "items.0.entities.0.id"), "ada-vell");
    assert_string_equal(text_of(fixture, "items.0.dropped.0.why"), "share");
}

static void test_articles__filters(void **state) {
    struct fixture *fixture = *state;
    store_all_plans(fixture);
    static const struct {
        const char *query;
        size_t count;
    } cases[] = {
        {"source=example.org", 1},
        {"source=Net+News", 1},
        {"source=-example.org", 2},
        {"source=example.org&source=news.example.net", 2},
        {"source=nobody.example", 0},
        {"entity=tor-lind", 2},
        {"entity=-tor-lind", 1},
        {"entity=Tor+Lind&source=example.org", 1},
        {"speaker=ada-vell", 1},
        {"about=ada-vell", 1},
        {"speaker=nobody-at-all", 0},
        {"speaker=-nobody-at-all", 3},
        {"author=Ines+Paar", 1},
        {"section=Coast", 1},
        {"lang=en", 3},
        {"lang=-en", 0},
        {"since=2024-03-10", 1},
        {"until=2024-03-09", 1},
        {"since=2024", 2},
        {"since=2024-03-09T16:00:00Z&until=2024-03-09T16:00:00Z", 0},
        {"since=2024-03-09T16:00:00Z&until=2024-03-09T16:00:01Z", 1},
        {"added_since=2001", 3},
        {"added_until=2001", 0},
        {"q=harbour", 1},
        {"q=bridge+OR+harbour", 2},
        {"q=%22a+danger%22", 1},
        {"q=title:bridge", 1},
        {"q=harbour&sort=relevance", 1},
        {"sort=oldest", 3},
        {"sort=added", 3},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct span target = arena_print(&fixture->arena, "/v1/articles?total=true&%s", cases[i].query);
        if (get(fixture, target.data) != 200 || count_of(fixture, "items") != cases[i].count)
            fail_msg("%s: status %d, %s", cases[i].query, fixture->reply.status, fixture->reply.body.data);
        assert_int_equal(int_of(fixture, "total.value"), cases[i].count);
        assert_string_equal(text_of(fixture, "total.relation"), "eq");
    }
}

static void test_articles__ambiguous_names_list_their_candidates(void **state) {
    struct fixture *fixture = *state;
    static const struct article_plan other = {
        .title = "Other",
        .text = "The Ada Vell sank.",
        .names = {"Ada Vell"},
        .types = {ENTITY_ORGANIZATION},
    };
    store_article(fixture, &harbour_plan, NULL);
    store_article(fixture, &other, NULL);
    get(fixture, "/v1/articles?entity=Ada+Vell");
    assert_problem(fixture, 400, "ambiguous_name");
    assert_string_equal(text_of(fixture, "errors.0.parameter"), "entity");
    assert_int_equal(count_of(fixture, "errors.0.allowed"), 2);
    /* An id is never ambiguous. */
    assert_int_equal(get(fixture, "/v1/articles?entity=ada-vell"), 200);
    assert_int_equal(count_of(fixture, "items"), 1);
}

/* Follows next to the end; returns how many items came, each once. */
static size_t walk(struct fixture *fixture, const char *target) {
    json_t *seen = json_object();
    char next[2000];
    snprintf(next, sizeof next, "%s", target);
    for (;;) {
        if (get(fixture, next) != 200)
            fail_msg("%s: %s", next, fixture->reply.body.data);
        for (size_t i = 0; i < count_of(fixture, "items"); i++) {
            const char *id = json_string_value(json_object_get(json_array_get(member(fixture, "items"), i), "id"));
            assert_null(json_object_get(seen, id));
            json_object_set_new(seen, id, json_true());
        }
        if (json_is_null(member(fixture, "next")))
            break;
        snprintf(next, sizeof next, "<%s>; rel=\"next\"", text_of(fixture, "next"));
        assert_string_equal(header_of(fixture, "Link"), next);
        snprintf(next, sizeof next, "%s", text_of(fixture, "next"));
    }
    assert_string_equal(header_of(fixture, "Link"), "");
    size_t count = json_object_size(seen);
    json_decref(seen);
    return count;
}

static void store_many(struct fixture *fixture, size_t count, size_t from) {
    for (size_t i = from; i < from + count; i++) {
        char url[80];
        snprintf(url, sizeof url, "https://example.org/many/%zu", i);
        struct article_plan plan = bridge_plan;
        plan.url = url;
        plan.published = i % 5 == 0 ? 0 : SPRING_2024 + (int64_t)(i / 2) * 60; /* some undated, some of one second */
        store_article(fixture, &plan, NULL);
    }
}

static void test_articles__cursors_reach_every_row_once(void **state) {
    struct fixture *fixture = *state;
    store_many(fixture, 23, 0);
    static const char *const lists[] = {"/v1/articles?limit=4",
                                        "/v1/articles?limit=1&sort=oldest",
                                        "/v1/articles?limit=5&sort=added&pretty",
                                        "/v1/articles?limit=7&q=bridge&sort=relevance",
                                        "/v1/articles?limit=3&entity=tor-lind",
                                        "/v1/entities/tor-lind/articles?limit=6"};
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++)
        assert_int_equal(walk(fixture, lists[i]), 23);
}

static void test_articles__a_walk_does_not_tear_when_articles_come(void **state) {
    struct fixture *fixture = *state;
    store_many(fixture, 20, 0);
    json_t *seen = json_object();
    char next[2000] = "/v1/articles?limit=3";
    for (size_t page = 0;; page++) {
        assert_int_equal(get(fixture, next), 200);
        for (size_t i = 0; i < count_of(fixture, "items"); i++) {
            const char *id = json_string_value(json_object_get(json_array_get(member(fixture, "items"), i), "id"));
            assert_null(json_object_get(seen, id));
            json_object_set_new(seen, id, json_true());
        }
        if (json_is_null(member(fixture, "next")))
            break;
        snprintf(next, sizeof next, "%s", text_of(fixture, "next"));
        if (page < 4)
            store_many(fixture, 2, 100 + 2 * page);
    }
    for (size_t i = 0; i < 20; i++) {
        char url[80];
        char id[ARTICLE_ID_LENGTH + 1];
        snprintf(url, sizeof url, "https://example.org/many/%zu", i);
        public_id_article(span_of(url), SPAN(""), id);
        assert_non_null(json_object_get(seen, id));
    }
    json_decref(seen);
}

static void test_articles__cursors_are_bound_and_sealed(void **state) {
    struct fixture *fixture = *state;
    store_many(fixture, 5, 0);
    get(fixture, "/v1/articles?limit=2&source=example.org");
    char cursor[300];
    snprintf(cursor, sizeof cursor, "%s", strstr(text_of(fixture, "next"), "cursor=") + 7);
    static const char *const foreign[] = {"/v1/articles?cursor=", "/v1/articles?source=example.org&sort=added&cursor=",
                                          "/v1/quotes?source=example.org&cursor=", "/v1/articles?source=-example.org&cursor="};
    for (size_t i = 0; i < sizeof foreign / sizeof *foreign; i++) {
        struct span target = arena_print(&fixture->arena, "%s%s", foreign[i], cursor);
        get(fixture, target.data);
        assert_problem(fixture, 400, "invalid_cursor");
        assert_string_equal(text_of(fixture, "errors.0.parameter"), "cursor");
    }
    /* The limit, the look and the count are free. */
    struct span target =
        arena_print(&fixture->arena, "/v1/articles?pretty&limit=100&total=true&fields=id&source=example.org&cursor=%s", cursor);
    assert_int_equal(get(fixture, target.data), 200);
    assert_int_equal(count_of(fixture, "items"), 3);
    assert_int_equal(int_of(fixture, "total.value"), 5);
    get(fixture, "/v1/articles?cursor=");
    assert_problem(fixture, 400, "invalid_cursor");
}

/* --- GET /v1/articles/{id} and its parts --- */

static void test_article__whole(void **state) {
    struct fixture *fixture = *state;
    char id[ARTICLE_ID_LENGTH + 1];
    store_article(fixture, &harbour_plan, id);
    struct span target = arena_print(&fixture->arena, "/v1/articles/%s", id);
    assert_int_equal(get(fixture, target.data), 200);
    assert_string_equal(text_of(fixture, "id"), id);
    assert_string_equal(text_of(fixture, "text"), harbour_plan.text);
    assert_string_equal(text_of(fixture, "entities.0.name"), "Ada Vell");
    assert_string_equal(text_of(fixture, "entities.0.type"), "person");
    assert_int_equal(count_of(fixture, "entities.0.mentions"), 2);
    assert_int_equal(int_of(fixture, "entities.0.mentions.0.start"), 6);
    assert_int_equal(int_of(fixture, "entities.0.mentions.0.end"), 14);
    assert_string_equal(text_of(fixture, "entities.0.mentions.0.text"), "Ada Vell");
    assert_string_equal(text_of(fixture, "quotes.0.speaker.id"), "ada-vell");
    assert_string_equal(text_of(fixture, "quotes.1.about.0.id"), "ada-vell");
    assert_null(member(fixture, "dropped"));
}

static void test_article__unknown_ids_are_not_found(void **state) {
    struct fixture *fixture = *state;
    store_article(fixture, &harbour_plan, NULL);
    static const char *const missing[] = {"/v1/articles/aaaaaaaaaaaaaaaa",          "/v1/articles/x",
                                          "/v1/articles/aaaaaaaaaaaaaaaa/quotes",   "/v1/articles/aaaaaaaaaaaaaaaa/entities",
                                          "/v1/articles/aaaaaaaaaaaaaaaa/original", "/v1/articles/%2E%2E%2Fetc"};
    for (size_t i = 0; i < sizeof missing / sizeof *missing; i++) {
        ask(fixture, "GET", missing[i], "If-None-Match", "*", NULL);
        assert_problem(fixture, 404, "article_not_found");
    }
}

static void test_article__quotes_in_the_order_of_the_text(void **state) {
    struct fixture *fixture = *state;
    char id[ARTICLE_ID_LENGTH + 1];
    store_article(fixture, &harbour_plan, id);
    struct span target = arena_print(&fixture->arena, "/v1/articles/%s/quotes", id);
    assert_int_equal(get(fixture, target.data), 200);
    assert_int_equal(count_of(fixture, "items"), 2);
    assert_true(int_of(fixture, "items.0.selectors.1.start") < int_of(fixture, "items.1.selectors.1.start"));
    assert_true(json_is_null(member(fixture, "next")));
}

static void test_article__entities_in_the_order_of_first_mention(void **state) {
    struct fixture *fixture = *state;
    char id[ARTICLE_ID_LENGTH + 1];
    store_article(fixture, &harbour_plan, id);
    struct span target = arena_print(&fixture->arena, "/v1/articles/%s/entities", id);
    assert_int_equal(get(fixture, target.data), 200);
    assert_int_equal(count_of(fixture, "items"), 3);
    assert_string_equal(text_of(fixture, "items.1.id"), "port-quill");
    assert_string_equal(text_of(fixture, "items.2.id"), "tor-lind");
}

static void test_article__original_has_its_own_type_and_acts_for_nobody(void **state) {
    struct fixture *fixture = *state;
    char id[ARTICLE_ID_LENGTH + 1];
    store_article(fixture, &harbour_plan, id);
    struct span target = arena_print(&fixture->arena, "/v1/articles/%s/original", id);
    assert_int_equal(get(fixture, target.data), 200);
    assert_string_equal(header_of(fixture, "Content-Type"), "text/plain");
    assert_string_equal(header_of(fixture, "X-Content-Type-Options"), "nosniff");
    assert_non_null(strstr(header_of(fixture, "Content-Security-Policy"), "sandbox"));
    assert_true(span_equal(buffer_span(&fixture->reply.body), span_of(harbour_plan.text)));
    char tag[100];
    snprintf(tag, sizeof tag, "%s", header_of(fixture, "ETag"));
    assert_int_equal(ask(fixture, "GET", target.data, "If-None-Match", tag, NULL), 304);
    assert_int_equal(ask(fixture, "GET", target.data, "Accept", "text/*", NULL), 200);
    ask(fixture, "GET", target.data, "Accept", "application/json", NULL);
    assert_problem(fixture, 406, "not_acceptable");
}

int main(void) {
#define TEST(name) cmocka_unit_test_setup_teardown(name, fixture_setup, fixture_teardown)
    const struct CMUnitTest tests[] = {
        TEST(test_articles__newest_first_and_undated_last),
        TEST(test_articles__item_has_all_but_the_long_parts),
        TEST(test_articles__unknown_values_are_null),
        TEST(test_articles__fields_select_and_add),
        TEST(test_articles__filters),
        TEST(test_articles__ambiguous_names_list_their_candidates),
        TEST(test_articles__cursors_reach_every_row_once),
        TEST(test_articles__a_walk_does_not_tear_when_articles_come),
        TEST(test_articles__cursors_are_bound_and_sealed),
        TEST(test_article__whole),
        TEST(test_article__unknown_ids_are_not_found),
        TEST(test_article__quotes_in_the_order_of_the_text),
        TEST(test_article__entities_in_the_order_of_first_mention),
        TEST(test_article__original_has_its_own_type_and_acts_for_nobody),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
