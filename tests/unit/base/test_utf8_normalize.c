#include "tests/unit/base/check.h"

#include "base/utf8.h"

#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

static struct arena arena;

static int set_up(void **state) {
    (void)state;
    arena_init(&arena, 0);
    return 0;
}

static int tear_down(void **state) {
    (void)state;
    arena_done(&arena);
    return 0;
}

static struct span normalized(struct span text) {
    struct span result = {NULL, 0};
    assert_int_equal(utf8_normalize(&arena, text, &result), RESULT_OK);
    return result;
}

static void test_utf8_normalize__known_forms(void **state) {
    (void)state;
    assert_span(normalized(SPAN("")), "");
    assert_span(normalized(SPAN("plain")), "plain");
    assert_span(normalized(SPAN("“Señor”")), "“Señor”");
    assert_span(normalized(SPAN("Sen\u0303or e\u0301e\u0301")), "Señor éé");
    assert_span(normalized(SPAN("q\u0307\u0323")), "q\u0323\u0307");
    assert_span(normalized(SPAN("\u212B\u2126")), "\u00C5\u03A9");
    assert_span(normalized(SPAN("\u1112\u1161\u11AB")), "\uD55C");
    assert_span(normalized(SPAN("\uD558\u11AB")), "\uD55C");
    assert_span(normalized(SPAN("\u304B\u3099")), "\u304C");
    assert_span(normalized(SPAN("a\0e\u0301")), "a\0é");
}

static void test_utf8_normalize__result_lives_in_the_arena(void **state) {
    (void)state;
    char text[] = "ascii";
    struct span result = normalized(span_of(text));
    text[0] = 'X';
    assert_span(result, "ascii");
}

/* Each code point alone, behind a letter and before a mark, against the library's own NFC of the whole. */
static void test_utf8_normalize__agrees_with_the_library(void **state) {
    (void)state;
    for (uint32_t code_point = 1; code_point <= 0x10FFFF; code_point++) {
        char text[16] = "e";
        if (code_point >= 0xD800 && code_point <= 0xDFFF)
            continue;
        size_t length = 1 + utf8_encode(code_point, text + 1);
        memcpy(text + length, "\u0323\u0301 x", 7);
        length += 6;
        utf8proc_uint8_t *expected = utf8proc_NFC((const utf8proc_uint8_t *)text);
        struct span actual = normalized((struct span){text, length});
        if (!span_equal(actual, span_of((const char *)expected)))
            fail_msg("U+%04X", code_point);
        free(expected);
        if (code_point % 4096 == 0)
            arena_reset(&arena);
    }
}

static void test_utf8_normalize__endless_marks_stay_linear(void **state) {
    (void)state;
    enum { MARKS = 200000 };
    char *text = malloc(1 + 2 * MARKS);
    assert_non_null(text);
    text[0] = 'a';
    for (size_t i = 0; i < MARKS; i++)
        memcpy(text + 1 + 2 * i, i % 2 == 0 ? "\u0301" : "\u0323", 2);
    struct span once = normalized((struct span){text, 1 + 2 * MARKS});
    assert_true(utf8_valid(once, NULL));
    assert_true(span_find(once, SPAN("\u034F"), 0) != SIZE_MAX);
    assert_true(span_equal(once, normalized(once)));
    free(text);
}

static void test_utf8_normalize__refuses_ill_formed(void **state) {
    (void)state;
    struct span result;
    assert_int_equal(utf8_normalize(&arena, SPAN("a\xFF"), &result), RESULT_INVALID);
    assert_int_equal(utf8_normalize(&arena, SPAN("e\u0301\xC3"), &result), RESULT_INVALID);
}

static void test_utf8_normalize__without_memory(void **state) {
    (void)state;
    struct arena small;
    arena_init(&small, 3);
    struct span result;
    assert_int_equal(utf8_normalize(&small, SPAN("abcdef"), &result), RESULT_MEMORY);
    arena_done(&small);
    assert_int_equal(utf8_normalize(&small, SPAN("e\u0301abcdef"), &result), RESULT_MEMORY);
    arena_done(&small);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_utf8_normalize__known_forms, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_utf8_normalize__result_lives_in_the_arena, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_utf8_normalize__agrees_with_the_library, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_utf8_normalize__endless_marks_stay_linear, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_utf8_normalize__refuses_ill_formed, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_utf8_normalize__without_memory, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
