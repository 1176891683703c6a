#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <stdio.h>
#include <string.h>

#include "server/target.h"

/* --- fixture --- */

struct fixture {
    struct arena arena;
    struct target target;
    struct error error;
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

static enum result parse(struct fixture *fixture, const char *raw) {
    return target_parse(&fixture->arena, span_of(raw), &fixture->target, &fixture->error);
}

static void assert_span(struct span span, const char *expected) {
    assert_int_equal(span.length, strlen(expected));
    assert_memory_equal(span.data, expected, span.length);
}

/* --- target_parse --- */

static void test_target_parse__cuts_before_it_decodes(void **state) {
    struct fixture *fixture = *state;
    assert_int_equal(parse(fixture, "/v1/articles/a%2Fb?q=x%26y&lang=en"), RESULT_OK);
    assert_int_equal(fixture->target.segment_count, 3);
    assert_span(fixture->target.segments[2], "a/b");
    assert_int_equal(fixture->target.pair_count, 2);
    assert_span(fixture->target.pairs[0].value, "x&y");
    assert_span(fixture->target.pairs[1].name, "lang");
    assert_false(fixture->target.trailing_slash);
}

static void test_target_parse__root_and_trailing_slash(void **state) {
    struct fixture *fixture = *state;
    assert_int_equal(parse(fixture, "/"), RESULT_OK);
    assert_int_equal(fixture->target.segment_count, 0);
    assert_false(fixture->target.trailing_slash);
    assert_int_equal(parse(fixture, "/v1/"), RESULT_OK);
    assert_int_equal(fixture->target.segment_count, 1);
    assert_true(fixture->target.trailing_slash);
    assert_int_equal(parse(fixture, "//"), RESULT_OK);
    assert_int_equal(fixture->target.segment_count, 1);
    assert_span(fixture->target.segments[0], "");
}

static void test_target_parse__absolute_form_loses_its_authority(void **state) {
    struct fixture *fixture = *state;
    assert_int_equal(parse(fixture, "HTTP://example.org:80/v1?a=b"), RESULT_OK);
    assert_span(fixture->target.path, "/v1");
    assert_int_equal(parse(fixture, "http://example.org"), RESULT_OK);
    assert_span(fixture->target.path, "/");
    assert_int_equal(parse(fixture, "http://example.org?x=1"), RESULT_OK);
    assert_int_equal(fixture->target.pair_count, 1);
}

static void test_target_parse__asterisk(void **state) {
    struct fixture *fixture = *state;
    assert_int_equal(parse(fixture, "*"), RESULT_OK);
    assert_true(fixture->target.is_asterisk);
}

static void test_target_parse__refuses_bad_paths(void **state) {
    struct fixture *fixture = *state;
    static const char *const bad[] = {"", "v1", "/%", "/%4", "/%zz", "/%00", "/a%c3", "/%ff%fe", "/%ed%a0%80", "/\xff", "?a=b"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        assert_int_equal(parse(fixture, bad[i]), RESULT_INVALID);
}

static void test_target_parse__marks_bad_pairs_and_keeps_the_good(void **state) {
    struct fixture *fixture = *state;
    assert_int_equal(parse(fixture, "/?a=%zz&b=%00&%ff=1&c=good&d"), RESULT_OK);
    assert_int_equal(fixture->target.pair_count, 5);
    assert_true(fixture->target.pairs[0].malformed);
    assert_span(fixture->target.pairs[0].name, "a");
    assert_true(fixture->target.pairs[1].malformed);
    assert_true(fixture->target.pairs[2].malformed);
    assert_false(fixture->target.pairs[3].malformed);
    assert_true(fixture->target.pairs[3].has_value);
    assert_false(fixture->target.pairs[4].has_value);
}

static void test_target_parse__plus_is_a_space_in_the_query_only(void **state) {
    struct fixture *fixture = *state;
    assert_int_equal(parse(fixture, "/a+b?q=a+b%2Bc"), RESULT_OK);
    assert_span(fixture->target.segments[0], "a+b");
    assert_span(fixture->target.pairs[0].value, "a b+c");
}

static void test_target_parse__composes_values(void **state) {
    struct fixture *fixture = *state;
    assert_int_equal(parse(fixture, "/?author=Jose%CC%81"), RESULT_OK);
    assert_span(fixture->target.pairs[0].value, "Jos\xc3\xa9");
}

static void test_target_parse__bounds_length_segments_and_pairs(void **state) {
    struct fixture *fixture = *state;
    char text[TARGET_BYTES_MAX + 2];
    memset(text, 'a', sizeof text);
    text[0] = '/';
    struct span longest = {text, TARGET_BYTES_MAX};
    assert_int_equal(target_parse(&fixture->arena, longest, &fixture->target, &fixture->error), RESULT_OK);
    longest.length++;
    assert_int_equal(target_parse(&fixture->arena, longest, &fixture->target, &fixture->error), RESULT_TOO_LARGE);
    memset(text, '/', sizeof text);
    longest.length = TARGET_BYTES_MAX;
    assert_int_equal(target_parse(&fixture->arena, longest, &fixture->target, &fixture->error), RESULT_OK);
    assert_true(fixture->target.segment_count > PATH_SEGMENTS_MAX);
    text[1] = '?';
    for (size_t i = 2; i < TARGET_BYTES_MAX; i++)
        text[i] = i % 2 ? '&' : 'a';
    assert_int_equal(target_parse(&fixture->arena, longest, &fixture->target, &fixture->error), RESULT_OK);
    assert_true(fixture->target.pair_count > QUERY_PAIRS_MAX);
}

/* --- percent_encode --- */

static void test_percent_encode__keeps_unreserved_only(void **state) {
    struct fixture *fixture = *state;
    assert_span(percent_encode(&fixture->arena, SPAN("aZ0-._~ &,/\xc3\xa9")), "aZ0-._~%20%26%2C%2F%C3%A9");
    assert_span(percent_encode(&fixture->arena, SPAN("")), "");
}

int main(void) {
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
    const struct CMUnitTest tests[] = {
        TEST(test_target_parse__cuts_before_it_decodes),
        TEST(test_target_parse__root_and_trailing_slash),
        TEST(test_target_parse__absolute_form_loses_its_authority),
        TEST(test_target_parse__asterisk),
        TEST(test_target_parse__refuses_bad_paths),
        TEST(test_target_parse__marks_bad_pairs_and_keeps_the_good),
        TEST(test_target_parse__plus_is_a_space_in_the_query_only),
        TEST(test_target_parse__composes_values),
        TEST(test_target_parse__bounds_length_segments_and_pairs),
        TEST(test_percent_encode__keeps_unreserved_only),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
