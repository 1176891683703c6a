#include "tests/unit/base/check.h"

#include "base/buffer.h"
#include "base/cleanup.h"

#include <string.h>

static void test_buffer__appends_everything(void **state) {
    (void)state;
    CLEANUP(buffer_done) struct buffer buffer;
    buffer_init(&buffer, 0);
    assert_int_equal(buffer_span(&buffer).length, 0);
    buffer_append(&buffer, "ab", 2);
    buffer_append(&buffer, NULL, 0);
    buffer_append_span(&buffer, SPAN("cd"));
    buffer_append_char(&buffer, 'e');
    buffer_append_string(&buffer, "fg");
    buffer_append_uint(&buffer, UINT64_MAX);
    buffer_append_char(&buffer, ' ');
    buffer_append_int(&buffer, INT64_MIN);
    buffer_append_int(&buffer, 0);
    buffer_print(&buffer, " %s", "x");
    assert_span(buffer_span(&buffer), "abcdefg18446744073709551615 -92233720368547758080 x");
    assert_int_equal(buffer_result(&buffer), RESULT_OK);
    assert_int_equal(buffer.data[buffer.length], '\0');
}

static void test_buffer__ceiling_is_exact_and_sticky(void **state) {
    (void)state;
    CLEANUP(buffer_done) struct buffer buffer;
    buffer_init(&buffer, 5);
    buffer_append_string(&buffer, "12345");
    assert_int_equal(buffer_result(&buffer), RESULT_OK);
    buffer_append_char(&buffer, '6');
    assert_int_equal(buffer_result(&buffer), RESULT_TOO_LARGE);
    assert_span(buffer_span(&buffer), "12345");
    buffer_clear(&buffer);
    assert_int_equal(buffer_result(&buffer), RESULT_OK);
    buffer_print(&buffer, "%s", "123456");
    assert_int_equal(buffer_result(&buffer), RESULT_TOO_LARGE);
    buffer_append_char(&buffer, 'a');
    assert_int_equal(buffer.length, 0);
    assert_null(buffer_reserve(&buffer, 1));
}

static void test_buffer__impossible_length_fails(void **state) {
    (void)state;
    CLEANUP(buffer_done) struct buffer buffer;
    buffer_init(&buffer, 0);
    buffer_append_char(&buffer, 'a');
    assert_null(buffer_reserve(&buffer, SIZE_MAX));
    assert_int_equal(buffer_result(&buffer), RESULT_MEMORY);
    buffer_clear(&buffer);
    buffer.ceiling = SIZE_MAX;
    assert_null(buffer_reserve(&buffer, SIZE_MAX));
    assert_int_equal(buffer_result(&buffer), RESULT_TOO_LARGE);
}

static void test_buffer__prints_longer_than_it_has_room(void **state) {
    (void)state;
    CLEANUP(buffer_done) struct buffer buffer;
    buffer_init(&buffer, 0);
    size_t expected = 0;
    for (int width = 1; width < 1500; width += 111) {
        buffer_print(&buffer, "%0*d", width, 5);
        expected += (size_t)width;
        assert_int_equal(buffer.length, expected);
        assert_int_equal(strlen(buffer.data), expected);
    }
}

static void test_buffer__reserve_and_grown(void **state) {
    (void)state;
    CLEANUP(buffer_done) struct buffer buffer;
    buffer_init(&buffer, 0);
    char *place = buffer_reserve(&buffer, 1000);
    assert_non_null(place);
    memset(place, 'z', 1000);
    buffer_grown(&buffer, 3);
    assert_span(buffer_span(&buffer), "zzz");
}

static void test_buffer__take_gives_away_once(void **state) {
    (void)state;
    struct buffer buffer;
    size_t length = 99;
    buffer_init(&buffer, 4);
    assert_null(buffer_take(&buffer, &length));
    assert_int_equal(length, 0);
    buffer_append_string(&buffer, "abc");
    CLEANUP_FREE char *data = buffer_take(&buffer, &length);
    assert_int_equal(length, 3);
    assert_string_equal(data, "abc");
    assert_null(buffer.data);
    buffer_append_string(&buffer, "abcde");
    assert_null(buffer_take(&buffer, &length));
    assert_int_equal(buffer_result(&buffer), RESULT_OK);
    buffer_done(&buffer);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_buffer__appends_everything),      cmocka_unit_test(test_buffer__ceiling_is_exact_and_sticky),
        cmocka_unit_test(test_buffer__impossible_length_fails), cmocka_unit_test(test_buffer__prints_longer_than_it_has_room),
        cmocka_unit_test(test_buffer__reserve_and_grown),       cmocka_unit_test(test_buffer__take_gives_away_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
