#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <stdio.h>
#include <string.h>

#include "server/route.h"

/* --- fixture --- */

struct fixture {
    struct arena arena;
    const struct route *route;
    struct target target;
    struct parameters parameters;
    struct complaints complaints;
};

static int setup(void **state) {
    static struct fixture fixture;
    fixture = (struct fixture){0};
    arena_init(&fixture.arena, 0);
    *state = &fixture;
    return 0;
}

static int teardown(void **state) {
    arena_done(&((struct fixture *)*state)->arena);
    return 0;
}

/* Parses the parameters of a target; what is wrong is in the fixture's complaints. */
static void parse(struct fixture *fixture, const char *raw) {
    struct error error;
    struct span id;
    fixture->complaints = (struct complaints){0};
    assert_int_equal(target_parse(&fixture->arena, span_of(raw), &fixture->target, &error), RESULT_OK);
    assert_int_equal(route_find(&fixture->target, &fixture->route, &id), ROUTE_FOUND);
    assert_int_equal(parameters_parse(&fixture->arena, fixture->route, &fixture->target, &fixture->parameters, &fixture->complaints),
                     RESULT_OK);
}

static void parse_well(struct fixture *fixture, const char *raw) {
    parse(fixture, raw);
    if (fixture->complaints.count)
        fail_msg("%s: %.*s", raw, SPAN_PRINT(fixture->complaints.items[0].detail));
}

static bool span_is(struct span span, const char *expected) {
    return span_equal(span, span_of(expected));
}

/* Exactly one complaint, of this problem about this parameter. */
static void assert_refused(struct fixture *fixture, const char *raw, enum problem problem, const char *parameter) {
    parse(fixture, raw);
    if (fixture->complaints.count != 1)
        fail_msg("%s: %zu complaints", raw, fixture->complaints.count);
    assert_int_equal(fixture->complaints.items[0].problem, problem);
    assert_true(span_is(fixture->complaints.items[0].parameter, parameter));
    assert_true(fixture->complaints.items[0].detail.length > 0);
}

/* --- parameters_parse --- */

static void test_parameters_parse__defaults(void **state) {
    struct fixture *fixture = *state;
    parse_well(fixture, "/v1/articles");
    assert_int_equal(fixture->parameters.limit, LIMIT_DEFAULT);
    assert_int_equal(fixture->parameters.order, DB_NEWEST);
    assert_false(fixture->parameters.total);
    assert_false(fixture->parameters.pretty);
    assert_false(fixture->parameters.has_published);
    assert_null(fixture->parameters.q);
    parse_well(fixture, "/v1/entities");
    assert_int_equal(fixture->parameters.order, DB_APPEARANCES);
}

static void test_parameters_parse__repetition_includes_and_minus_excludes(void **state) {
    struct fixture *fixture = *state;
    parse_well(fixture, "/v1/quotes?speaker=ada-vell&speaker=-tor-lind&speaker=Mira+Oss");
    const struct word_filter *speakers = &fixture->parameters.words[PARAMETER_SPEAKER];
    assert_int_equal(speakers->include_count, 2);
    assert_true(span_is(speakers->include[0], "ada-vell"));
    assert_true(span_is(speakers->include[1], "Mira Oss"));
    assert_int_equal(speakers->exclude_count, 1);
    assert_true(span_is(speakers->exclude[0], "tor-lind"));
}

static void test_parameters_parse__types_and_kinds_are_masks(void **state) {
    struct fixture *fixture = *state;
    parse_well(fixture, "/v1/quotes?type=person&type=place&kind=-indirect");
    assert_int_equal(fixture->parameters.types, 1 << ENTITY_PERSON | 1 << ENTITY_PLACE);
    assert_int_equal(fixture->parameters.kinds, 1 << QUOTE_DIRECT | 1 << QUOTE_MIXED);
    assert_false(fixture->parameters.nothing);
    parse_well(fixture, "/v1/quotes?kind=direct&kind=-direct");
    assert_true(fixture->parameters.nothing);
    parse_well(fixture, "/v1/entities?type=-person&type=-place&type=-organization");
    assert_true(fixture->parameters.nothing);
}

static void test_parameters_parse__numbers_are_bounded(void **state) {
    struct fixture *fixture = *state;
    parse_well(fixture, "/v1/quotes?limit=100&min_confidence=0.25");
    assert_int_equal(fixture->parameters.limit, 100);
    assert_true(fixture->parameters.min_confidence > 0.2499 && fixture->parameters.min_confidence < 0.2501);
    parse_well(fixture, "/v1/quotes?min_confidence=1.0");
    static const char *const limits[] = {"0", "101", "-1", "", "1e2", "0x10", "99999999999999999999", "+5", "1.0", "%20", "٣"};
    for (size_t i = 0; i < sizeof limits / sizeof *limits; i++) {
        struct span raw = arena_print(&fixture->arena, "/v1/quotes?limit=%s", limits[i]);
        assert_refused(fixture, raw.data, PROBLEM_INVALID_PARAMETER, "limit");
        assert_int_equal(fixture->complaints.items[0].allowed_count, 1);
    }
    static const char *const confidences[] = {"1.1", "-0.5", "", ".", "nan", "inf", "1e-1", "0,5", "0.5.5", "2"};
    for (size_t i = 0; i < sizeof confidences / sizeof *confidences; i++) {
        struct span raw = arena_print(&fixture->arena, "/v1/quotes?min_confidence=%s", confidences[i]);
        assert_refused(fixture, raw.data, PROBLEM_INVALID_PARAMETER, "min_confidence");
    }
}

static void test_parameters_parse__unknown_names_get_a_suggestion(void **state) {
    struct fixture *fixture = *state;
    assert_refused(fixture, "/v1/quotes?speeker=x", PROBLEM_UNKNOWN_PARAMETER, "speeker");
    assert_true(span_find(fixture->complaints.items[0].detail, SPAN("\"speaker\""), 0) != SIZE_MAX);
    assert_true(fixture->complaints.items[0].allowed_count > 10);
    assert_refused(fixture, "/v1/quotes?nothinglikeit=x", PROBLEM_UNKNOWN_PARAMETER, "nothinglikeit");
    assert_true(span_find(fixture->complaints.items[0].detail, SPAN("mean"), 0) == SIZE_MAX);
    /* Known elsewhere is not known here. */
    assert_refused(fixture, "/v1/articles?kind=direct", PROBLEM_UNKNOWN_PARAMETER, "kind");
    assert_refused(fixture, "/v1/stats?limit=5", PROBLEM_UNKNOWN_PARAMETER, "limit");
}

static void test_parameters_parse__single_ones_may_not_repeat(void **state) {
    struct fixture *fixture = *state;
    static const char *const single[] = {
        "q=a",        "since=2024", "until=2024", "added_since=2024", "added_until=2024", "min_confidence=0",
        "sort=added", "limit=1",    "cursor=a",   "total=true",       "format=json",      "fields=id",
        "pretty"};
    for (size_t i = 0; i < sizeof single / sizeof *single; i++) {
        char name[20];
        snprintf(name, sizeof name, "%.*s", (int)strcspn(single[i], "="), single[i]);
        struct span raw = arena_print(&fixture->arena, "/v1/quotes?%s&%s", single[i], single[i]);
        assert_refused(fixture, raw.data, PROBLEM_REPEATED_PARAMETER, name);
    }
}

static void test_parameters_parse__orders_belong_to_a_path(void **state) {
    struct fixture *fixture = *state;
    parse_well(fixture, "/v1/articles?sort=oldest");
    assert_int_equal(fixture->parameters.order, DB_OLDEST);
    parse_well(fixture, "/v1/entities?sort=last_seen");
    assert_int_equal(fixture->parameters.order, DB_LAST_SEEN);
    parse_well(fixture, "/v1/quotes?sort=relevance&q=word");
    assert_int_equal(fixture->parameters.order, DB_RELEVANCE);
    assert_refused(fixture, "/v1/quotes?sort=relevance", PROBLEM_INVALID_PARAMETER, "sort");
    assert_refused(fixture, "/v1/sources?sort=newest", PROBLEM_INVALID_PARAMETER, "sort");
    assert_int_equal(fixture->complaints.items[0].allowed_count, 2);
}

static void test_parameters_parse__fields_select_members(void **state) {
    struct fixture *fixture = *state;
    parse_well(fixture, "/v1/sources?fields=id,name");
    assert_int_equal(fixture->parameters.fields, 3);
    uint64_t all = fixture->route->default_fields;
    parse_well(fixture, "/v1/articles?fields=*,text");
    assert_int_equal(fixture->parameters.fields, fixture->route->default_fields | (fixture->route->default_fields + 1));
    assert_true(all != 0);
    assert_refused(fixture, "/v1/sources?fields=id,nome", PROBLEM_INVALID_PARAMETER, "fields");
    assert_true(span_find(fixture->complaints.items[0].detail, SPAN("\"name\""), 0) != SIZE_MAX);
    assert_refused(fixture, "/v1/sources?fields=", PROBLEM_INVALID_PARAMETER, "fields");
    assert_refused(fixture, "/v1/sources?fields=id,,name", PROBLEM_INVALID_PARAMETER, "fields");
}

static void test_parameters_parse__flags_may_stand_bare(void **state) {
    struct fixture *fixture = *state;
    parse_well(fixture, "/v1/sources?pretty&total=true");
    assert_true(fixture->parameters.pretty);
    assert_true(fixture->parameters.total);
    parse_well(fixture, "/v1/sources?pretty=false");
    assert_false(fixture->parameters.pretty);
    assert_refused(fixture, "/v1/sources?total=yes", PROBLEM_INVALID_PARAMETER, "total");
    assert_refused(fixture, "/v1/sources?pretty=", PROBLEM_INVALID_PARAMETER, "pretty");
}

static void test_parameters_parse__other_formats_are_refused(void **state) {
    struct fixture *fixture = *state;
    parse_well(fixture, "/v1/quotes?format=json");
    assert_refused(fixture, "/v1/quotes?format=xml", PROBLEM_INVALID_PARAMETER, "format");
    assert_true(span_is(fixture->complaints.items[0].allowed[0], "json"));
}

static void test_parameters_parse__q_reports_a_position(void **state) {
    struct fixture *fixture = *state;
    parse_well(fixture, "/v1/articles?q=%22stabilizing+role%22");
    assert_non_null(fixture->parameters.q);
    assert_refused(fixture, "/v1/articles?q=\xc3\xa9\xc3\xa9+%22open", PROBLEM_INVALID_QUERY, "q");
    assert_true(fixture->complaints.items[0].has_position);
    assert_int_equal(fixture->complaints.items[0].position, 3);
    assert_refused(fixture, "/v1/articles?q=", PROBLEM_INVALID_QUERY, "q");
    parse_well(fixture, "/v1/articles?q=storm+title:pier");
    parse_well(fixture, "/v1/entities/ada-vell/articles?q=title:pier");
    assert_refused(fixture, "/v1/quotes?q=%C3%A9+storm+OR+title:pier", PROBLEM_INVALID_QUERY, "q");
    assert_int_equal(fixture->complaints.items[0].position, 17);
    assert_refused(fixture, "/v1/entities?q=pier+-title:%22pier%22", PROBLEM_INVALID_QUERY, "q");
}

static void test_parameters_parse__malformed_values_name_their_parameter(void **state) {
    struct fixture *fixture = *state;
    assert_refused(fixture, "/v1/articles?author=%zz", PROBLEM_INVALID_PARAMETER, "author");
    assert_refused(fixture, "/v1/articles?author=%00", PROBLEM_INVALID_PARAMETER, "author");
    assert_refused(fixture, "/v1/articles?author=", PROBLEM_INVALID_PARAMETER, "author");
    assert_refused(fixture, "/v1/articles?author=-", PROBLEM_INVALID_PARAMETER, "author");
    assert_refused(fixture, "/v1/articles?lang=e%20n", PROBLEM_INVALID_PARAMETER, "lang");
}

static void test_parameters_parse__complaints_are_collected_and_bounded(void **state) {
    struct fixture *fixture = *state;
    parse(fixture, "/v1/quotes?limit=0&sort=up&kind=spoken&speeker=x");
    assert_int_equal(fixture->complaints.count, 4);
    char raw[400] = "/v1/quotes?a=1";
    while (strlen(raw) < 350)
        strcat(raw, "&a=1");
    parse(fixture, raw);
    assert_int_equal(fixture->complaints.count, COMPLAINTS_MAX);
    char many[QUERY_PAIRS_MAX * 4 + 40] = "/v1/quotes?b=1";
    for (size_t i = 0; i < QUERY_PAIRS_MAX; i++)
        strcat(many, "&b=");
    assert_refused(fixture, many, PROBLEM_TOO_MANY_PARAMETERS, "");
}

/* --- periods --- */

struct period_case {
    const char *query;
    int64_t start;
    int64_t end;
};

static void test_period_parse__covers_what_is_named(void **state) {
    struct fixture *fixture = *state;
    /* 2024-03-01 is 1709251200. */
    const struct period_case cases[] = {
        {"since=2024-03-01&until=2024-03-31", 1709251200, 1709251200 + 31 * 86400},
        {"since=2024-03&until=2024-03", 1709251200, 1709251200 + 31 * 86400},
        {"since=2024-03-01&until=2024-03-01", 1709251200, 1709251200 + 86400},
        {"since=2024-03-01T00:00:00Z&until=2024-03-01T12:00:00Z", 1709251200, 1709251200 + 43200},
        {"since=2024-03-01T00:00:00Z&until=2024-03-01T00:00:00Z", 1709251200, 1709251200},
        {"since=2024-03-15&until=2024-03", 1709251200 + 14 * 86400, 1709251200 + 31 * 86400},
        {"since=2024-03-01T02:00:00%2B02:00&until=2024-03-01", 1709251200, 1709251200 + 86400},
        {"since=2024-03-01T02:00:00+02:00&until=2024-03-01", 1709251200, 1709251200 + 86400}, /* plus not escaped */
        {"since=2024-03-01", 1709251200, TIME_MAX + 1},
        {"until=2024-02-29", TIME_MIN, 1709251200},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct span raw = arena_print(&fixture->arena, "/v1/articles?%s", cases[i].query);
        parse_well(fixture, raw.data);
        assert_true(fixture->parameters.has_published);
        assert_int_equal(fixture->parameters.published.start, cases[i].start);
        assert_int_equal(fixture->parameters.published.end, cases[i].end);
    }
}

static void test_period_parse__refuses_the_impossible(void **state) {
    struct fixture *fixture = *state;
    static const char *const bad[] = {"",         "yesterday", "2024-13",      "2024-02-30",           "24",
                                      "2024-3-1", "1599",      "2144",         "2024-03-01T25:00:00Z", "2024-03-01T12",
                                      "-2024",    "20240301",  "2024-03-01%00"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        struct span raw = arena_print(&fixture->arena, "/v1/articles?until=%s", bad[i]);
        assert_refused(fixture, raw.data, PROBLEM_INVALID_PARAMETER, "until");
    }
    assert_refused(fixture, "/v1/articles?since=2024-03-02&until=2024-03-01", PROBLEM_INVALID_PERIOD, "since");
    assert_refused(fixture, "/v1/articles?added_since=2025&added_until=2024", PROBLEM_INVALID_PERIOD, "added_since");
    assert_refused(fixture, "/v1/articles?since=2024-03-01T12:00:01Z&until=2024-03-01T12:00:00Z", PROBLEM_INVALID_PERIOD, "since");
}

/* --- parameters_canonical --- */

static void test_parameters_canonical__one_spelling_for_one_request(void **state) {
    struct fixture *fixture = *state;
    parse_well(fixture, "/v1/quotes?pretty&limit=5&speaker=b%2Db&q=a+b");
    struct span first = parameters_canonical(&fixture->arena, &fixture->parameters, UINT64_MAX);
    assert_true(span_is(first, "q=a%20b&speaker=b-b&limit=5&pretty=true"));
    parse_well(fixture, "/v1/quotes?q=a%20b&speaker=b-b&pretty=true&limit=5");
    assert_true(span_equal(first, parameters_canonical(&fixture->arena, &fixture->parameters, UINT64_MAX)));
    assert_true(span_is(parameters_canonical(&fixture->arena, &fixture->parameters, PARAMETER_BIT(Q)), "q=a%20b"));
    assert_int_equal(parameters_canonical(&fixture->arena, &fixture->parameters, PARAMETER_BIT(CURSOR)).length, 0);
}

/* --- parameter_nearest --- */

static void test_parameter_nearest__finds_slips_but_no_other_words(void **state) {
    (void)state;
    const struct span names[] = {SPAN_INIT("since"), SPAN_INIT("until"), SPAN_INIT("speaker")};
    assert_true(span_is(parameter_nearest(SPAN("sinse"), names, 3), "since"));
    assert_true(span_is(parameter_nearest(SPAN("spaeker"), names, 3), "speaker"));
    assert_true(span_is(parameter_nearest(SPAN("unti"), names, 3), "until"));
    assert_int_equal(parameter_nearest(SPAN("banana"), names, 3).length, 0);
    assert_int_equal(parameter_nearest(SPAN(""), names, 3).length, 0);
    assert_int_equal(parameter_nearest(SPAN("speakerspeakerspeakerspeakerspeaker"), names, 3).length, 0);
    assert_int_equal(parameter_nearest(SPAN("x"), names, 0).length, 0);
}

int main(void) {
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
    const struct CMUnitTest tests[] = {
        TEST(test_parameters_parse__defaults),
        TEST(test_parameters_parse__repetition_includes_and_minus_excludes),
        TEST(test_parameters_parse__types_and_kinds_are_masks),
        TEST(test_parameters_parse__numbers_are_bounded),
        TEST(test_parameters_parse__unknown_names_get_a_suggestion),
        TEST(test_parameters_parse__single_ones_may_not_repeat),
        TEST(test_parameters_parse__orders_belong_to_a_path),
        TEST(test_parameters_parse__fields_select_members),
        TEST(test_parameters_parse__flags_may_stand_bare),
        TEST(test_parameters_parse__other_formats_are_refused),
        TEST(test_parameters_parse__q_reports_a_position),
        TEST(test_parameters_parse__malformed_values_name_their_parameter),
        TEST(test_parameters_parse__complaints_are_collected_and_bounded),
        TEST(test_period_parse__covers_what_is_named),
        TEST(test_period_parse__refuses_the_impossible),
        TEST(test_parameters_canonical__one_spelling_for_one_request),
        TEST(test_parameter_nearest__finds_slips_but_no_other_words),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
