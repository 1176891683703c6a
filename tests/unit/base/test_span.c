#include "tests/unit/base/check.h"

#include "base/span.h"

static const struct span nothing = {NULL, 0};

static void test_span__of_null_is_empty(void **state) {
    (void)state;
    assert_null(span_of(NULL).data);
    assert_int_equal(span_of(NULL).length, 0);
    assert_span(span_of("ab"), "ab");
}

static void test_span__slice_is_clamped(void **state) {
    (void)state;
    assert_span(span_slice(SPAN("abcdef"), 2, 4), "cd");
    assert_span(span_slice(SPAN("abc"), 1, SIZE_MAX), "bc");
    assert_span(span_slice(SPAN("abc"), 7, 9), "");
    assert_span(span_slice(SPAN("abc"), 2, 1), "");
    assert_int_equal(span_slice(nothing, 0, 5).length, 0);
}

static void test_span__equality_and_order(void **state) {
    (void)state;
    assert_true(span_equal(nothing, SPAN("")));
    assert_false(span_equal(SPAN("a"), SPAN("A")));
    assert_true(span_equal(SPAN("a\0b"), SPAN("a\0b")));
    assert_true(span_equal_ignore_case(SPAN("GZip"), SPAN("gzIP")));
    assert_false(span_equal_ignore_case(SPAN("@"), SPAN("`")));
    assert_false(span_equal_ignore_case(SPAN("ab"), SPAN("a")));
    assert_true(span_compare(SPAN("a"), SPAN("ab")) < 0);
    assert_true(span_compare(SPAN("b"), SPAN("ab")) > 0);
    assert_true(span_compare(SPAN("\xFF"), SPAN("a")) > 0);
    assert_int_equal(span_compare(nothing, SPAN("")), 0);
}

static void test_span__begin_and_end(void **state) {
    (void)state;
    assert_true(span_starts_with(SPAN("abc"), SPAN("ab")));
    assert_true(span_starts_with(nothing, nothing));
    assert_false(span_starts_with(SPAN("a"), SPAN("ab")));
    assert_true(span_ends_with(SPAN("abc"), SPAN("bc")));
    assert_false(span_ends_with(SPAN("c"), SPAN("bc")));
}

static void test_span__trim(void **state) {
    (void)state;
    assert_span(span_trim(SPAN(" \t\r\n\v\fa b ")), "a b");
    assert_span(span_trim(SPAN(" \n ")), "");
    assert_int_equal(span_trim(nothing).length, 0);
}

static void test_span__find(void **state) {
    (void)state;
    assert_int_equal(span_find(SPAN("abcabc"), SPAN("ca"), 0), 2);
    assert_int_equal(span_find(SPAN("abcabc"), SPAN("abc"), 1), 3);
    assert_int_equal(span_find(SPAN("abc"), SPAN("abcd"), 0), SIZE_MAX);
    assert_int_equal(span_find(SPAN("abc"), SPAN("a"), 4), SIZE_MAX);
    assert_int_equal(span_find(SPAN("abc"), SPAN(""), 3), 3);
    assert_int_equal(span_find(nothing, SPAN("a"), 0), SIZE_MAX);
}

static void test_span__split(void **state) {
    (void)state;
    struct span rest = SPAN("a,,b,");
    struct span piece;
    assert_true(span_split(&rest, ',', &piece));
    assert_span(piece, "a");
    assert_true(span_split(&rest, ',', &piece));
    assert_span(piece, "");
    assert_true(span_split(&rest, ',', &piece));
    assert_span(piece, "b");
    assert_true(span_split(&rest, ',', &piece));
    assert_span(piece, "");
    assert_false(span_split(&rest, ',', &piece));
    rest = SPAN("");
    assert_true(span_split(&rest, ',', &piece));
    assert_span(piece, "");
    assert_false(span_split(&rest, ',', &piece));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_span__of_null_is_empty),
        cmocka_unit_test(test_span__slice_is_clamped),
        cmocka_unit_test(test_span__equality_and_order),
        cmocka_unit_test(test_span__begin_and_end),
        cmocka_unit_test(test_span__trim),
        cmocka_unit_test(test_span__find),
        cmocka_unit_test(test_span__split),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
