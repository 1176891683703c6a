#include "tests/unit/base/check.h"

#include "base/utf8.h"

#include <string.h>

static const struct {
    struct span bytes;
    size_t bad_offset;
} ill_formed[] = {
    {SPAN_INIT("\x80"), 0},
    {SPAN_INIT("a\xFF"), 1},
    {SPAN_INIT("\xC0\x80"), 0},
    {SPAN_INIT("\xC1\xBF"), 0},
    {SPAN_INIT("\xE0\x9F\xBF"), 0},
    {SPAN_INIT("ab\xED\xA0\x80"), 2},
    {SPAN_INIT("\xF0\x8F\xBF\xBF"), 0},
    {SPAN_INIT("\xF4\x90\x80\x80"), 0},
    {SPAN_INIT("\xF5\x80\x80\x80"), 0},
    {SPAN_INIT("abcdefgh\xE2\x82"), 8},
    {SPAN_INIT("é\xC3"), 2},
    {SPAN_INIT("0123456789abcdef\xE2(\xA1"), 16},
    {SPAN_INIT("\xF0\x9D\x84"), 0},
    {SPAN_INIT("\xFE\xFF"), 0},
};

static void test_utf8__ill_formed_is_found(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof(ill_formed) / sizeof(ill_formed[0]); i++) {
        size_t offset = SIZE_MAX;
        assert_false(utf8_valid(ill_formed[i].bytes, &offset));
        assert_int_equal(offset, ill_formed[i].bad_offset);
        size_t length;
        assert_int_equal(utf8_decode(ill_formed[i].bytes, offset, &length), 0xFFFD);
        assert_int_equal(length, 1);
    }
}

static void test_utf8__bad_byte_is_found_at_every_place(void **state) {
    (void)state;
    for (size_t place = 0; place < 40; place++) {
        char text[41];
        memset(text, 'a', 40);
        text[place] = '\xFF';
        size_t offset;
        assert_false(utf8_valid((struct span){text, 40}, &offset));
        assert_int_equal(offset, place);
    }
}

static void test_utf8__every_code_point_there_and_back(void **state) {
    (void)state;
    for (uint32_t code_point = 0; code_point <= 0x10FFFF; code_point++) {
        char bytes[4];
        size_t length = utf8_encode(code_point, bytes);
        struct span text = {bytes, length};
        size_t decoded_length;
        uint32_t expected = code_point >= 0xD800 && code_point <= 0xDFFF ? 0xFFFD : code_point;
        if (!utf8_valid(text, NULL) || utf8_decode(text, 0, &decoded_length) != expected || decoded_length != length ||
            utf8_decode_before(text, length, &decoded_length) != expected || decoded_length != length || utf8_count(text) != 1)
            fail_msg("U+%04X does not come back", code_point);
    }
    char bytes[4];
    assert_int_equal(utf8_encode(0x110000, bytes), 3);
    assert_memory_equal(bytes, "\xEF\xBF\xBD", 3);
}

static void test_utf8__decode_at_the_ends(void **state) {
    (void)state;
    size_t length = 9;
    assert_int_equal(utf8_decode(SPAN("a"), 1, &length), 0);
    assert_int_equal(length, 0);
    assert_int_equal(utf8_decode_before(SPAN("a"), 0, &length), 0);
    assert_int_equal(length, 0);
    assert_int_equal(utf8_decode_before(SPAN("aé\x80"), 4, &length), 0xFFFD);
    assert_int_equal(length, 1);
    assert_int_equal(utf8_decode_before(SPAN("x\x80\x80\x80\x80\x80"), 6, &length), 0xFFFD);
    assert_int_equal(length, 1);
    assert_int_equal(utf8_decode_before(SPAN("ab"), 99, &length), 'b');
}

static void test_utf8__count(void **state) {
    (void)state;
    assert_int_equal(utf8_count((struct span){NULL, 0}), 0);
    assert_int_equal(utf8_count(SPAN("aé€𝄞")), 4);
    assert_int_equal(utf8_count(SPAN("“The river,” she said, “will not wait — ever.”")), 46);
}

static void test_utf8__classes(void **state) {
    (void)state;
    static const struct {
        uint32_t code_point;
        enum utf8_class class;
    } cases[] = {
        {'A', UTF8_UPPER},        {'z', UTF8_LOWER},     {'5', UTF8_DIGIT},    {' ', UTF8_SPACE},      {'\t', UTF8_SPACE},
        {'\n', UTF8_SPACE},       {0x85, UTF8_SPACE},    {0x00A0, UTF8_SPACE}, {0x2028, UTF8_SPACE},   {'.', UTF8_PUNCTUATION},
        {'$', UTF8_OTHER},        {0, UTF8_CONTROL},     {0x7F, UTF8_CONTROL}, {0xAD, UTF8_CONTROL},   {0x201C, UTF8_PUNCTUATION},
        {0x0301, UTF8_MARK},      {0x4E2D, UTF8_LETTER}, {0x01C5, UTF8_UPPER}, {0x0416, UTF8_UPPER},   {0x00E9, UTF8_LOWER},
        {0x0660, UTF8_DIGIT},     {0xBD, UTF8_DIGIT},    {0xE000, UTF8_OTHER}, {0xD800, UTF8_CONTROL}, {0x110000, UTF8_OTHER},
        {0xFFFFFFFF, UTF8_OTHER},
    };
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
        if (utf8_class_of(cases[i].code_point) != cases[i].class)
            fail_msg("U+%04X has class %d", cases[i].code_point, (int)utf8_class_of(cases[i].code_point));
    assert_true(utf8_is_letter('q'));
    assert_false(utf8_is_letter('@'));
    assert_false(utf8_is_letter('['));
    assert_true(utf8_is_letter(0x0416));
}

static void test_utf8__case(void **state) {
    (void)state;
    assert_int_equal(utf8_lower('A'), 'a');
    assert_int_equal(utf8_lower('['), '[');
    assert_int_equal(utf8_upper('z'), 'Z');
    assert_int_equal(utf8_lower(0x0416), 0x0436);
    assert_int_equal(utf8_upper(0x00E9), 0x00C9);
    assert_int_equal(utf8_lower(0xFFFFFFFF), 0xFFFFFFFF);
}

static void test_utf8__index_agrees_with_counting(void **state) {
    (void)state;
    struct arena arena;
    arena_init(&arena, 0);
    char text[1000];
    size_t length = 0;
    static const char *const pieces[] = {"a", "é", "€", "𝄞", "bcd"};
    for (size_t i = 0; length < sizeof(text) - 8; i++) {
        memcpy(text + length, pieces[i % 5], strlen(pieces[i % 5]));
        length += strlen(pieces[i % 5]);
    }
    for (size_t cut = 0; cut <= length; cut += 63) {
        struct span span = {text, cut};
        struct utf8_index index;
        assert_int_equal(utf8_index_make(&arena, span, &index), RESULT_OK);
        for (size_t offset = 0; offset <= cut; offset++)
            assert_int_equal(utf8_index_code_point(&index, offset), utf8_count(span_slice(span, 0, offset)));
        assert_int_equal(utf8_index_code_point(&index, SIZE_MAX), utf8_count(span));
    }
    arena_done(&arena);
}

static void test_utf8__index_without_memory(void **state) {
    (void)state;
    struct arena arena;
    arena_init(&arena, 1);
    struct utf8_index index;
    assert_int_equal(utf8_index_make(&arena, SPAN("abc"), &index), RESULT_MEMORY);
    arena_done(&arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_utf8__ill_formed_is_found),
        cmocka_unit_test(test_utf8__bad_byte_is_found_at_every_place),
        cmocka_unit_test(test_utf8__every_code_point_there_and_back),
        cmocka_unit_test(test_utf8__decode_at_the_ends),
        cmocka_unit_test(test_utf8__count),
        cmocka_unit_test(test_utf8__classes),
        cmocka_unit_test(test_utf8__case),
        cmocka_unit_test(test_utf8__index_agrees_with_counting),
        cmocka_unit_test(test_utf8__index_without_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
