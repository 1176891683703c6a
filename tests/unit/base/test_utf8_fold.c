#include "tests/unit/base/check.h"

#include "base/utf8.h"

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

static struct span folded(struct span text) {
    struct span result = {NULL, 0};
    assert_int_equal(utf8_fold(&arena, text, &result), RESULT_OK);
    return result;
}

static void test_utf8_fold__names(void **state) {
    (void)state;
    assert_span(folded(SPAN("")), "");
    assert_span(folded(SPAN("Łódź's")), "lodz s");
    assert_span(folded(SPAN("  Oona   VELASCO-Brandt. ")), "oona velasco brandt");
    assert_span(folded(SPAN("Ærøskøbing")), "aeroskobing");
    assert_span(folded(SPAN("Straße")), "strasse");
    assert_span(folded(SPAN("Þórður Ðal")), "thordur dal");
    assert_span(folded(SPAN("Đorđe")), "dorde");
    assert_span(folded(SPAN("IŞIK Işık İnce")), "isik isik ince");
    assert_span(folded(SPAN("O’Hara O'Hara Oʻahu")), "o hara o hara o ahu");
    assert_span(folded(SPAN("e\u0301t\u00E9")), "ete");
    assert_span(folded(SPAN("ﬁrst №5 Ⅳ")), "first no5 iv");
    assert_span(folded(SPAN("co\u00ADop\u200Bed")), "cooped");
    assert_span(folded(SPAN("...!?")), "");
}

static void test_utf8_fold__other_scripts_keep_their_letters(void **state) {
    (void)state;
    assert_span(folded(SPAN("ЖАН Ёлкин")), "жан елкин");
    assert_span(folded(SPAN("ΟΔΟΣ")), "οδοσ");
    assert_span(folded(SPAN("\uD55C\uAE00")), "\uD55C\uAE00");
    assert_span(folded(SPAN("\u304C")), "\u304C");
    assert_span(folded(SPAN("\u0939\u093F\u0928\u094D\u0926\u0940")), "\u0939\u093F\u0928\u094D\u0926\u0940");
    assert_span(folded(SPAN("\u0E17\u0E35\u0E48")), "\u0E17\u0E35\u0E48");
}

static void test_utf8_fold__twice_is_once_for_every_code_point(void **state) {
    (void)state;
    for (uint32_t code_point = 1; code_point <= 0x10FFFF; code_point++) {
        char text[5] = "a";
        size_t length = 1 + utf8_encode(code_point, text + 1);
        struct span once = folded((struct span){text, length});
        if (!utf8_valid(once, NULL) || !span_equal(once, folded(once)))
            fail_msg("U+%04X", code_point);
        if (code_point % 4096 == 0)
            arena_reset(&arena);
    }
}

static void test_utf8_fold__refuses_ill_formed(void **state) {
    (void)state;
    struct span result;
    assert_int_equal(utf8_fold(&arena, SPAN("caf\xE9"), &result), RESULT_INVALID);
}

static void test_utf8_fold__without_memory(void **state) {
    (void)state;
    struct arena small;
    arena_init(&small, 2);
    struct span result;
    assert_int_equal(utf8_fold(&small, SPAN("abc"), &result), RESULT_MEMORY);
    arena_done(&small);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_utf8_fold__names, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_utf8_fold__other_scripts_keep_their_letters, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_utf8_fold__twice_is_once_for_every_code_point, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_utf8_fold__refuses_ill_formed, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_utf8_fold__without_memory, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
