#include "tests/unit/server/fixture.h"

/* Asks for the list with each query and compares how many items come. */
struct list_case {
    const char *query;
    size_t count;
};

static void assert_counts(struct fixture *fixture, const char *path, const struct list_case *cases, size_t count) {
    for (size_t i = 0; i < count; i++) {
        struct span target = arena_print(&fixture->arena, "%s?total=true&%s", path, cases[i].query);
        if (get(fixture, target.data) != 200 || count_of(fixture, "items") != cases[i].count)
            fail_msg("%s?%s: status %d, %s", path, cases[i].query, fixture->reply.status, fixture->reply.body.data);
        assert_int_equal(int_of(fixture, "total.value"), cases[i].count);
    }
}

/* --- GET /v1/quotes --- */

static void test_quotes__shape(void **state) {
    struct fixture *fixture = *state;
    char id[ARTICLE_ID_LENGTH + 1];
    store_article(fixture, &harbour_plan, id);
    assert_int_equal(get(fixture, "/v1/quotes?speaker=tor-lind"), 200);
    assert_int_equal(count_of(fixture, "items"), 1);
    char quote_id[40];
    snprintf(quote_id, sizeof quote_id, "%s-2", id);
    assert_string_equal(text_of(fixture, "items.0.id"), quote_id);
    assert_string_equal(text_of(fixture, "items.0.kind"), "direct");
    assert_string_equal(text_of(fixture, "items.0.speaker.name"), "Tor Lind");
    assert_string_equal(text_of(fixture, "items.0.speaker.type"), "person");
    assert_string_equal(text_of(fixture, "items.0.speaker_text"), "Tor Lind");
    assert_string_equal(text_of(fixture, "items.0.cue"), "warned");
    assert_true(json_real_value(member(fixture, "items.0.confidence")) == 0.8);
    assert_string_equal(text_of(fixture, "items.0.about.0.name"), "Ada Vell");
    assert_string_equal(text_of(fixture, "items.0.article.id"), id);
    assert_string_equal(text_of(fixture, "items.0.article.title"), "Harbour to reopen");
    assert_string_equal(text_of(fixture, "items.0.article.source.id"), "example.org");
    assert_string_equal(text_of(fixture, "items.0.article.published"), "2024-03-09T16:00:00Z");
    assert_string_equal(text_of(fixture, "items.0.selectors.0.type"), "TextQuoteSelector");
    assert_string_equal(text_of(fixture, "items.0.selectors.0.exact"), harbour_plan.quotes[1].text);
    assert_true(span_ends_with(span_of(text_of(fixture, "items.0.selectors.0.prefix")), SPAN("disagreed. \"")));
    assert_string_equal(text_of(fixture, "items.0.selectors.1.type"), "TextPositionSelector");
    assert_true(span_starts_with(span_of(text_of(fixture, "items.0.context")), SPAN("Tor Lind disagreed. \"Vell")));
    assert_string_equal(text_of(fixture, "items.0.link"),
                        "https://example.org/harbour#:~:text=Vell%20has%20a%20well%2Dknown%20taste%20for%20speed%2C%20and%20for%20risk%2C");
    assert_int_equal(int_of(fixture, "items.0.revision"), 1);
}

static void test_quotes__what_is_not_known_is_null(void **state) {
    struct fixture *fixture = *state;
    store_article(fixture, &letter_plan, NULL);
    assert_int_equal(get(fixture, "/v1/quotes"), 200);
    assert_true(json_is_null(member(fixture, "items.0.speaker")));
    assert_true(json_is_null(member(fixture, "items.0.speaker_text")));
    assert_true(json_is_null(member(fixture, "items.0.link")));
    assert_true(json_is_null(member(fixture, "items.0.article.url")));
    assert_true(json_is_null(member(fixture, "items.0.article.published")));
    assert_int_equal(count_of(fixture, "items.0.about"), 0);
}

static void test_quotes__filters(void **state) {
    struct fixture *fixture = *state;
    store_all_plans(fixture);
    static const struct list_case cases[] = {
        {"limit=100", 4},
        {"speaker=tor-lind", 2},
        {"speaker=Tor+Lind&about=ada-vell", 1},
        {"speaker=-tor-lind", 2},
        {"entity=ada-vell", 2},
        {"about=-ada-vell", 3},
        {"kind=direct", 2},
        {"kind=direct&kind=mixed", 3},
        {"kind=-direct", 2},
        {"kind=direct&kind=-direct", 0},
        {"type=person", 3},
        {"type=place", 0},
        {"min_confidence=0.8", 2},
        {"min_confidence=1", 0},
        {"source=example.org", 2},
        {"q=year", 1},
        {"q=-year+nothing", 1},
        {"since=2024-03-10", 1},
        {"until=2023", 0},
        {"lang=en", 4},
        {"author=Ines+Paar", 2},
        {"speaker=nobody-at-all", 0},
        {"sort=oldest", 4},
        {"sort=added", 4},
        {"q=danger&sort=relevance", 1},
    };
    assert_counts(fixture, "/v1/quotes", cases, sizeof cases / sizeof *cases);
}

static void test_quote__one_by_id(void **state) {
    struct fixture *fixture = *state;
    char id[ARTICLE_ID_LENGTH + 1];
    store_article(fixture, &harbour_plan, id);
    struct span target = arena_print(&fixture->arena, "/v1/quotes/%s-1", id);
    assert_int_equal(get(fixture, target.data), 200);
    assert_string_equal(text_of(fixture, "text"), "We will not wait another year,");
    static const char *const endings[] = {"-3", "-0", "-01", "-", "", "-1-1", "-4294967297", "-x"};
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
        target = arena_print(&fixture->arena, "/v1/quotes/%s%s", id, endings[i]);
        get(fixture, target.data);
        assert_problem(fixture, 404, "quote_not_found");
    }
}

/* --- GET /v1/entities and below --- */

static void test_entities__shape_and_filters(void **state) {
    struct fixture *fixture = *state;
    store_all_plans(fixture);
    static const struct list_case cases[] = {
        {"limit=100", 4},
        {"type=person", 2},
        {"type=person&type=place", 3},
        {"type=-person", 2},
        {"type=person&type=-person", 0},
        {"q=vell", 1},
        {"q=quill", 2},
        {"source=news.example.net", 2},
        {"entity=ada-vell", 1},
        {"entity=nobody-at-all", 0},
        {"since=2024-03-10", 2},
        {"sort=name", 4},
        {"sort=last_seen", 4},
    };
    assert_counts(fixture, "/v1/entities", cases, sizeof cases / sizeof *cases);
    assert_int_equal(get(fixture, "/v1/entities/tor-lind"), 200);
    assert_string_equal(text_of(fixture, "name"), "Tor Lind");
    assert_string_equal(text_of(fixture, "type"), "person");
    assert_int_equal(int_of(fixture, "article_count"), 2);
    assert_int_equal(int_of(fixture, "quote_count"), 2);
    assert_int_equal(int_of(fixture, "about_count"), 0);
    assert_string_equal(text_of(fixture, "first_seen"), "2024-03-09T16:00:00Z");
    assert_string_equal(text_of(fixture, "last_seen"), "2024-03-10T16:00:00Z");
    assert_string_equal(text_of(fixture, "aliases.0.name"), "Tor Lind");
}

static void test_entities__quotes_by_role(void **state) {
    struct fixture *fixture = *state;
    store_all_plans(fixture);
    static const struct list_case cases[] = {
        {"limit=100", 2}, {"role=speaker", 1}, {"role=about", 1}, {"role=speaker&about=tor-lind", 0}, {"role=about&speaker=tor-lind", 1},
    };
    assert_counts(fixture, "/v1/entities/ada-vell/quotes", cases, sizeof cases / sizeof *cases);
    get(fixture, "/v1/entities/ada-vell/quotes?role=speaker&speaker=tor-lind");
    assert_problem(fixture, 400, "invalid_parameter");
    assert_string_equal(text_of(fixture, "errors.0.parameter"), "speaker");
    get(fixture, "/v1/entities/ada-vell/quotes?role=subject");
    assert_problem(fixture, 400, "invalid_parameter");
    assert_int_equal(count_of(fixture, "errors.0.allowed"), 2);
}

static void test_entities__paths_below_nobody_are_not_found(void **state) {
    struct fixture *fixture = *state;
    store_all_plans(fixture);
    static const char *const missing[] = {"/v1/entities/nobody", "/v1/entities/nobody/articles", "/v1/entities/nobody/quotes?role=about",
                                          "/v1/entities/Ada%20Vell"};
    for (size_t i = 0; i < sizeof missing / sizeof *missing; i++) {
        ask(fixture, "GET", missing[i], "If-None-Match", "*", NULL);
        assert_problem(fixture, 404, "entity_not_found");
    }
    assert_int_equal(get(fixture, "/v1/entities/tor-lind/articles"), 200);
    assert_int_equal(count_of(fixture, "items"), 2);
}

/* --- GET /v1/sources, /v1/stats --- */

static void test_sources__list_and_one(void **state) {
    struct fixture *fixture = *state;
    store_article(fixture, &harbour_plan, NULL);
    store_article(fixture, &bridge_plan, NULL);
    assert_int_equal(get(fixture, "/v1/sources?sort=name&total=true"), 200);
    assert_int_equal(count_of(fixture, "items"), 2);
    assert_string_equal(text_of(fixture, "items.0.name"), "Example Courier");
    assert_int_equal(int_of(fixture, "total.value"), 2);
    assert_int_equal(get(fixture, "/v1/sources/news.example.net"), 200);
    assert_string_equal(text_of(fixture, "name"), "Net News");
    assert_int_equal(int_of(fixture, "article_count"), 1);
    get(fixture, "/v1/sources/nobody.example");
    assert_problem(fixture, 404, "source_not_found");
}

static void test_stats__counts(void **state) {
    struct fixture *fixture = *state;
    assert_int_equal(get(fixture, "/v1/stats"), 200);
    assert_int_equal(int_of(fixture, "articles"), 0);
    assert_true(json_is_null(member(fixture, "last_published")));
    store_all_plans(fixture);
    assert_int_equal(get(fixture, "/v1/stats"), 200);
    assert_int_equal(int_of(fixture, "articles"), 3);
    assert_int_equal(int_of(fixture, "quotes"), 4);
    assert_int_equal(int_of(fixture, "quotes_with_speaker"), 3);
    assert_int_equal(int_of(fixture, "entities.person"), 2);
    assert_int_equal(int_of(fixture, "revision"), 3);
}

int main(void) {
#define TEST(name) cmocka_unit_test_setup_teardown(name, fixture_setup, fixture_teardown)
    const struct CMUnitTest tests[] = {
        TEST(test_quotes__shape),
        TEST(test_quotes__what_is_not_known_is_null),
        TEST(test_quotes__filters),
        TEST(test_quote__one_by_id),
        TEST(test_entities__shape_and_filters),
        TEST(test_entities__quotes_by_role),
        TEST(test_entities__paths_below_nobody_are_not_found),
        TEST(test_sources__list_and_one),
        TEST(test_stats__counts),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
