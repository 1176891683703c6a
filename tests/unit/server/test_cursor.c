#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <string.h>

#include "server/cursor.h"

static const struct span secret = SPAN_INIT("0123456789abcdef0123456789abcdef");
static const struct span binding = SPAN_INIT("/v1/quotes?speaker=ada-vell");

static int setup(void **state) {
    static struct arena arena;
    arena_init(&arena, 0);
    *state = &arena;
    return 0;
}

static int teardown(void **state) {
    arena_done(*state);
    return 0;
}

static struct span seal(struct arena *arena, const struct db_place *place) {
    struct span text = {0};
    assert_int_equal(cursor_seal(arena, secret, binding, place, &text), RESULT_OK);
    return text;
}

static void test_cursor__comes_back_as_it_was(void **state) {
    const struct db_place places[] = {
        {.number = 0, .key = 0},
        {.number = INT64_MIN, .key = INT64_MAX},
        {.number = -1, .key = 42, .text = SPAN_INIT("ad\xc3\xa9le vell")},
    };
    for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
        struct db_place place = {0};
        assert_int_equal(cursor_open(*state, secret, binding, seal(*state, &places[i]), &place), RESULT_OK);
        assert_int_equal(place.number, places[i].number);
        assert_int_equal(place.key, places[i].key);
        assert_true(span_equal(place.text, places[i].text));
    }
}

static void test_cursor__every_changed_character_is_noticed(void **state) {
    const struct db_place sealed = {.number = 7, .key = 9, .text = SPAN_INIT("abc")};
    struct span text = seal(*state, &sealed);
    for (size_t i = 0; i < text.length; i++) {
        struct span copy = arena_copy(*state, text);
        char *bytes = (char *)(uintptr_t)copy.data;
        bytes[i] = bytes[i] == 'A' ? 'B' : 'A';
        struct db_place place = {0};
        if (cursor_open(*state, secret, binding, copy, &place) == RESULT_OK) {
            /* Only bits that fill up the last character may differ without a change of bytes. */
            assert_int_equal(i, text.length - 1);
            assert_int_equal(place.key, sealed.key);
        }
    }
}

static void test_cursor__belongs_to_one_list_and_one_store(void **state) {
    struct span text = seal(*state, &(struct db_place){.number = 1, .key = 2});
    struct db_place place = {0};
    assert_int_equal(cursor_open(*state, secret, SPAN("/v1/quotes?speaker=tor-lind"), text, &place), RESULT_INVALID);
    assert_int_equal(cursor_open(*state, secret, SPAN(""), text, &place), RESULT_INVALID);
    assert_int_equal(cursor_open(*state, SPAN("another secret"), binding, text, &place), RESULT_INVALID);
}

static void test_cursor__binding_and_place_do_not_run_together(void **state) {
    struct span text = {0};
    const struct db_place place = {.number = 1, .key = 2, .text = SPAN_INIT("x")};
    struct db_place opened = {0};
    assert_int_equal(cursor_seal(*state, secret, SPAN("a"), &place, &text), RESULT_OK);
    assert_int_equal(cursor_open(*state, secret, SPAN("ax"), text, &opened), RESULT_INVALID);
}

static void test_cursor__refuses_what_never_was_one(void **state) {
    static const char *const bad[] = {"", "a", "!!!!", "AAAA", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", "=", "null"};
    struct db_place place = {0};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        assert_int_equal(cursor_open(*state, secret, binding, span_of(bad[i]), &place), RESULT_INVALID);
    char long_text[5000];
    memset(long_text, 'A', sizeof long_text);
    assert_int_equal(cursor_open(*state, secret, binding, (struct span){long_text, sizeof long_text}, &place), RESULT_INVALID);
}

static void test_cursor__bounds_its_text(void **state) {
    char name[CURSOR_TEXT_MAX + 1];
    memset(name, 'n', sizeof name);
    struct span text = {0};
    struct db_place place = {.text = {name, CURSOR_TEXT_MAX}};
    assert_int_equal(cursor_seal(*state, secret, binding, &place, &text), RESULT_OK);
    assert_int_equal(cursor_open(*state, secret, binding, text, &place), RESULT_OK);
    place.text = (struct span){name, sizeof name};
    assert_int_equal(cursor_seal(*state, secret, binding, &place, &text), RESULT_TOO_LARGE);
}

int main(void) {
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
    const struct CMUnitTest tests[] = {
        TEST(test_cursor__comes_back_as_it_was),
        TEST(test_cursor__every_changed_character_is_noticed),
        TEST(test_cursor__belongs_to_one_list_and_one_store),
        TEST(test_cursor__binding_and_place_do_not_run_together),
        TEST(test_cursor__refuses_what_never_was_one),
        TEST(test_cursor__bounds_its_text),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
