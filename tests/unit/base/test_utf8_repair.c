#include "tests/unit/base/check.h"

#include "base/utf8.h"

#include <string.h>

static struct arena arena;
static struct error error;

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

static struct span repaired(struct span bytes, enum utf8_origin expected) {
    struct span text = {NULL, 0};
    enum utf8_origin origin = (enum utf8_origin)99;
    if (utf8_repair(&arena, bytes, &text, &origin, &error) != RESULT_OK)
        fail_msg("refused: %s", error.message);
    assert_int_equal(origin, expected);
    assert_true(utf8_valid(text, NULL));
    return text;
}

static void assert_refused(struct span bytes, const char *message) {
    struct span text;
    enum utf8_origin origin;
    assert_int_equal(utf8_repair(&arena, bytes, &text, &origin, &error), RESULT_INVALID);
    if (strstr(error.message, message) == NULL)
        fail_msg("\"%s\" does not tell \"%s\"", error.message, message);
}

static void test_utf8_repair__good_text_is_borrowed(void **state) {
    (void)state;
    const struct span text = SPAN("“Fine,” he said.\n\tReally.\f");
    assert_ptr_equal(repaired(text, UTF8_AS_IS).data, text.data);
    assert_int_equal(repaired((struct span){NULL, 0}, UTF8_AS_IS).length, 0);
}

static void test_utf8_repair__byte_order_marks(void **state) {
    (void)state;
    assert_span(repaired(SPAN("\xEF\xBB\xBFhello"), UTF8_AS_IS), "hello");
    assert_span(repaired(SPAN("\xFF\xFEh\0\xE9\0\x1C\x20"), UTF8_FROM_UTF16), "hé“");
    assert_span(repaired(SPAN("\xFE\xFF\0h\xD8\x34\xDD\x1E\0\r\0\n"), UTF8_FROM_UTF16), "h𝄞\n");
    assert_span(repaired(SPAN("\xFF\xFE"), UTF8_FROM_UTF16), "");
}

static void test_utf8_repair__broken_utf16(void **state) {
    (void)state;
    assert_refused(SPAN("\xFF\xFEh\0e"), "byte 4");
    assert_refused(SPAN("\xFF\xFEh\0\x34\xD8"), "byte 4");
    assert_refused(SPAN("\xFF\xFEh\0\x34\xD8x\0"), "byte 4");
    assert_refused(SPAN("\xFF\xFE\x1E\xDDx\0"), "byte 2");
    assert_refused(SPAN("\xFF\xFEh\0\0\0"), "NUL at byte 4");
    assert_refused(SPAN("\xFF\xFE\0\0h\0\0\0"), "NUL");
}

static void test_utf8_repair__line_ends(void **state) {
    (void)state;
    assert_span(repaired(SPAN("a\r\nb\rc\n\r\r\n"), UTF8_AS_IS), "a\nb\nc\n\n\n");
    assert_span(repaired(SPAN("a\u2028b\u2029c"), UTF8_AS_IS), "a\nb\n\nc");
}

static void test_utf8_repair__windows_1252(void **state) {
    (void)state;
    assert_span(repaired(SPAN("\x93We won\x92t,\x94 said Ren\xE9"
                              "e M\xFCller \x97 today\x85"),
                         UTF8_FROM_WINDOWS_1252),
                "“We won’t,” said Renée Müller — today…");
    assert_span(repaired(SPAN("caf\xE9"), UTF8_FROM_WINDOWS_1252), "café");
    assert_span(repaired(SPAN("\xC9t\xE9"), UTF8_FROM_WINDOWS_1252), "Été");
    assert_span(repaired(SPAN("Hyv\xE4\xE4 p\xE4iv\xE4\xE4, sanoi ministeri."), UTF8_FROM_WINDOWS_1252), "Hyvää päivää, sanoi ministeri.");
}

static void test_utf8_repair__only_the_bad_bytes(void **state) {
    (void)state;
    assert_span(repaired(SPAN("“Größe” and \x93size\x94, ça va"), UTF8_FROM_WINDOWS_1252), "“Größe” and “size”, ça va");
}

static void test_utf8_repair__twice_decoded_quotation_marks(void **state) {
    (void)state;
    assert_span(repaired(SPAN("\xC2\x93Yes,\xC2\x94 she said\xC2\x85"), UTF8_FROM_WINDOWS_1252), "“Yes,” she said…");
}

static void test_utf8_repair__character_cut_off_at_the_end(void **state) {
    (void)state;
    assert_span(repaired(SPAN("“Größe\xE2\x80"), UTF8_AS_IS), "“Größe\uFFFD");
    assert_span(repaired(SPAN("“Größ\xC3"), UTF8_AS_IS), "“Größ\uFFFD");
    assert_span(repaired(SPAN("𝄞 music\xF0\x9D\x84"), UTF8_AS_IS), "𝄞 music\uFFFD");
}

static void test_utf8_repair__stray_controls_become_spaces(void **state) {
    (void)state;
    assert_span(repaired(SPAN("one\x0B"
                              "two\x1Bthree"),
                         UTF8_AS_IS),
                "one two three");
    assert_span(repaired(SPAN("a\x7F"), UTF8_AS_IS), "a ");
}

static void test_utf8_repair__nul_is_binary(void **state) {
    (void)state;
    assert_refused(SPAN("text\0more"), "NUL at byte 4");
    assert_refused(SPAN("\xEF\xBB\xBFtext\0more"), "NUL at byte 7");
    assert_refused(SPAN("\x89PNG\r\n\x1A\n\0\0\0\rIHDR"), "NUL at byte 8");
}

static void test_utf8_repair__many_controls_are_binary(void **state) {
    (void)state;
    assert_refused(SPAN("\x01\x02\x03\x04\x05\x06\x07"), "byte 0");
    assert_refused(SPAN("abc\x01\x02\x03\x04\x05\x06\x07"), "byte 3");
}

static void test_utf8_repair__other_encodings_are_refused(void **state) {
    (void)state;
    /* "Привет, мир, как дела" in windows-1251, and Chinese in GBK */
    assert_refused(SPAN("\xCF\xF0\xE8\xE2\xE5\xF2, \xEC\xE8\xF0, \xEA\xE0\xEA \xE4\xE5\xEB\xE0"), "byte");
    assert_refused(SPAN("<p>news</p>\xD6\xD0\xB9\xFA\xC8\xCB\xC3\xF1\xB9\xB2\xBA\xCD\xB9\xFA\xC8\xCB\xC3\xF1"), "byte");
    assert_refused(SPAN("\xA4\xA6\xA8\xAC\xAF\xB8"), "byte 0");
}

static void test_utf8_repair__random_bytes_are_refused(void **state) {
    (void)state;
    char noise[2000];
    uint32_t seed = 1;
    for (size_t i = 0; i < sizeof(noise); i++) {
        seed = seed * 1664525 + 1013904223;
        noise[i] = (char)(1 + (seed >> 16) % 255);
    }
    assert_refused((struct span){noise, sizeof(noise)}, "byte");
}

static void test_utf8_repair__without_memory(void **state) {
    (void)state;
    struct arena small;
    arena_init(&small, 2);
    struct span text;
    enum utf8_origin origin;
    assert_int_equal(utf8_repair(&small, SPAN("caf\xE9 au lait"), &text, &origin, &error), RESULT_MEMORY);
    assert_int_equal(utf8_repair(&small, SPAN("\xFF\xFEh\0e\0"), &text, &origin, NULL), RESULT_MEMORY);
    arena_done(&small);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_utf8_repair__good_text_is_borrowed, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_utf8_repair__byte_order_marks, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_utf8_repair__broken_utf16, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_utf8_repair__line_ends, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_utf8_repair__windows_1252, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_utf8_repair__only_the_bad_bytes, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_utf8_repair__twice_decoded_quotation_marks, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_utf8_repair__character_cut_off_at_the_end, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_utf8_repair__stray_controls_become_spaces, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_utf8_repair__nul_is_binary, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_utf8_repair__many_controls_are_binary, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_utf8_repair__other_encodings_are_refused, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_utf8_repair__random_bytes_are_refused, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_utf8_repair__without_memory, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
