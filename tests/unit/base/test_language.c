#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "base/language.h"

static void assert_tag(const char *text, const char *expected) {
    struct arena arena;
    arena_init(&arena, 0);
    struct span tag = language_tag(&arena, span_of(text));
    if (!span_equal(tag, span_of(expected)))
        fail_msg("%s: \"%.*s\", not \"%s\"", text, SPAN_PRINT(tag), expected);
    arena_done(&arena);
}

static void test_language__one_spelling(void **state) {
    (void)state;
    assert_tag("en", "en");
    assert_tag(" EN ", "en");
    assert_tag("EN-gb", "en-GB");
    assert_tag("pt_br", "pt-BR");
    assert_tag("ZH-HANT-tw", "zh-Hant-TW");
    assert_tag("es-419", "es-419");
    assert_tag("SL-ROZAJ-1994", "sl-rozaj-1994");
    assert_tag("en-X-AB-ABCD", "en-x-ab-Abcd");
    assert_tag("haw", "haw");
}

static void test_language__no_tag(void **state) {
    (void)state;
    static const char *const bad[] = {"",
                                      "-",
                                      "e",
                                      "english",
                                      "en-",
                                      "-en",
                                      "en--GB",
                                      "en GB",
                                      "12",
                                      "e1",
                                      "en-abcdefghi",
                                      "fran\303\247ais",
                                      "en-a-very-long-tag-that-passes-a-limit"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        assert_tag(bad[i], "");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_language__one_spelling),
        cmocka_unit_test(test_language__no_tag),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
