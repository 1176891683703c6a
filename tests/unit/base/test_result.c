#include "tests/unit/base/check.h"

#include "base/result.h"
#include "base/utf8.h"

#include <string.h>

static void test_result__every_result_has_a_name(void **state) {
    (void)state;
    for (int i = RESULT_OK; i <= RESULT_CORRUPT; i++) {
        assert_string_not_equal(result_name((enum result)i), "unknown");
        for (int j = RESULT_OK; j < i; j++)
            assert_string_not_equal(result_name((enum result)i), result_name((enum result)j));
    }
    assert_string_equal(result_name((enum result)1000), "unknown");
}

static void test_result__set_gives_the_result_back(void **state) {
    (void)state;
    struct error error;
    assert_int_equal(error_set(&error, RESULT_IO, "cannot read %s", "a.txt"), RESULT_IO);
    assert_int_equal(error.result, RESULT_IO);
    assert_string_equal(error.message, "cannot read a.txt");
    assert_int_equal(error_set(NULL, RESULT_BUSY, "nobody looks"), RESULT_BUSY);
}

static void test_result__prefix_stands_before_the_message(void **state) {
    (void)state;
    struct error error;
    error_set(&error, RESULT_INVALID, "line 3");
    assert_int_equal(error_prefix(&error, "%s", "b.json"), RESULT_INVALID);
    assert_string_equal(error.message, "b.json: line 3");
}

static void test_result__message_may_be_its_own_argument(void **state) {
    (void)state;
    struct error error;
    error_set(&error, RESULT_IO, "inner");
    error_set(&error, RESULT_IO, "outer, %s", error.message);
    assert_string_equal(error.message, "outer, inner");
}

static void test_result__long_message_is_cut_at_a_character(void **state) {
    (void)state;
    static const char *const characters[] = {"a", "é", "€", "𝄞"};
    for (size_t c = 0; c < 4; c++)
        for (int shift = 0; shift < 4; shift++) {
            char text[1200] = "";
            memset(text, 'x', (size_t)shift);
            while (strlen(text) < 1100)
                strcat(text, characters[c]);
            struct error error;
            error_set(&error, RESULT_INVALID, "%s", text);
            size_t length = strlen(error.message);
            assert_true(length < ERROR_MESSAGE_MAX && length >= ERROR_MESSAGE_MAX - 4);
            assert_true(utf8_valid(span_of(error.message), NULL));
            assert_memory_equal(error.message, text, length);
            error_prefix(&error, "%s", text);
            assert_true(utf8_valid(span_of(error.message), NULL));
        }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_result__every_result_has_a_name),
        cmocka_unit_test(test_result__set_gives_the_result_back),
        cmocka_unit_test(test_result__prefix_stands_before_the_message),
        cmocka_unit_test(test_result__message_may_be_its_own_argument),
        cmocka_unit_test(test_result__long_message_is_cut_at_a_character),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
