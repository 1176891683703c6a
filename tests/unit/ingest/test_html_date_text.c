#include "tests/unit/ingest/check.h"

#include "ingest/html_date_text.h"

static void check_day(const char *text, enum date_order order, const char *day, int line) {
    struct text_date found;
    char out[RFC3339_LENGTH + 1] = "none";
    if (text_date_find(span_of(text), 0, order, NOW, &found)) {
        time_format_rfc3339(found.moment.seconds, out);
        out[10] = '\0';
        assert_int_equal(found.moment.precision, PRECISION_DAY);
        assert_true(found.start < found.end && found.end <= strlen(text));
    }
    if (strcmp(out, day) != 0) {
        print_error("\"%s\" gives %s, expected %s\n", text, out, day);
        _fail(__FILE__, line);
    }
}
#define assert_day(text, order, day) check_day(text, order, day, __LINE__)

static void test_html_date_text__months_of_many_languages(void **state) {
    static const char *const TEXTS[] = {
        "March 1st, 2024",   "1 March 2024",        "Fri Mar. 1 2024", "the 1st of March, 2024", "1. März 2024",
        "1er mars 2024",     "1 de marzo de 2024",  "1 marzo 2024",    "1 de março de 2024",     "1 maart 2024",
        "1 marca 2024",      "1 Mart 2024",         "1 марта 2024 г.", "1 Maret 2024",           "1 mars 2024",
        "1. marts 2024",     "1. března 2024",      "1 Μαρτίου 2024",  "1 martie 2024",          "2024. március 1.",
        "01-Mar-2024",       "01/Mar/2024",         "1 березня 2024",  "2024年3月1日",           "2024년 3월 1일",
        "1 de març de 2024", "1. maaliskuuta 2024", "1. mars. 2024",   "01 MÄRZ 2024",           "2024 March 1",
    };
    (void)state;
    for (size_t i = 0; i < sizeof TEXTS / sizeof *TEXTS; i++)
        assert_day(TEXTS[i], ORDER_UNKNOWN, "2024-03-01");
    assert_day("12 Ağustos 2023", ORDER_UNKNOWN, "2023-08-12");
    assert_day("3 października 2023", ORDER_UNKNOWN, "2023-10-03");
    assert_day("5 grudnia 2023", ORDER_UNKNOWN, "2023-12-05");
    assert_day("30 août 2023", ORDER_UNKNOWN, "2023-08-30");
    assert_day("7 ottobre 2023", ORDER_UNKNOWN, "2023-10-07");
    assert_day("9 Şubat 2023", ORDER_UNKNOWN, "2023-02-09");
    assert_day("2 Desember 2023", ORDER_UNKNOWN, "2023-12-02");
}

static void test_html_date_text__numbers(void **state) {
    (void)state;
    assert_day("01.03.2024", ORDER_UNKNOWN, "2024-03-01");
    assert_day("1. 3. 2024", ORDER_UNKNOWN, "2024-03-01");
    assert_day("1.3.24", ORDER_UNKNOWN, "2024-03-01");
    assert_day("2024-03-01", ORDER_UNKNOWN, "2024-03-01");
    assert_day("2024/3/1 14:05", ORDER_UNKNOWN, "2024-03-01");
    assert_day("1/3/2024", ORDER_DAY_FIRST, "2024-03-01");
    assert_day("3/1/2024", ORDER_MONTH_FIRST, "2024-03-01");
    assert_day("25/03/2024", ORDER_MONTH_FIRST, "2024-03-25");
    assert_day("03/25/2024", ORDER_DAY_FIRST, "2024-03-25");
    assert_day("05/05/2024", ORDER_UNKNOWN, "2024-05-05");
    assert_day("1/3/2024", ORDER_UNKNOWN, "none");
}

static void test_html_date_text__no_dates(void **state) {
    static const char *const TEXTS[] = {
        "",
        "soon",
        "March 2024",
        "1 March",
        "30 February 2024",
        "32.01.2024",
        "1.13.2024",
        "192.1.2.2024",
        "v1.2.2024",
        "31/04/2024",
        "1 March 2030",
        "1 March 1599",
        "2024",
        "1 may 14:05",
        "\xff\xfe 1",
        "1 2 3 4 5 6",
        "99999999999999999999.1.2024",
        "1.1.99999999999999999999",
    };
    (void)state;
    for (size_t i = 0; i < sizeof TEXTS / sizeof *TEXTS; i++)
        assert_day(TEXTS[i], ORDER_DAY_FIRST, "none");
}

static enum date_word_label label_of(const char *text) {
    struct text_date found;
    assert_true(text_date_find(span_of(text), 0, ORDER_DAY_FIRST, NOW, &found));
    return found.label;
}

static void test_html_date_text__labels(void **state) {
    (void)state;
    assert_int_equal(label_of("Published: 1 March 2024"), LABEL_PUBLISHED);
    assert_int_equal(label_of("Veröffentlicht am Freitag, den 1. März 2024"), LABEL_PUBLISHED);
    assert_int_equal(label_of("Last updated on March 1, 2024"), LABEL_UPDATED);
    assert_int_equal(label_of("Stand: 01.03.2024"), LABEL_UPDATED);
    assert_int_equal(label_of("Updated: 5pm | 1 March 2024"), LABEL_NONE);
    assert_int_equal(label_of("© 1 March 2024"), LABEL_OTHER);
    assert_int_equal(label_of("The mill burnt on 1 March 2024"), LABEL_NONE);
}

static void test_html_date_text__far_into_a_long_text(void **state) {
    struct arena *arena = *state;
    enum { LENGTH = 1 << 20 };
    char *text = arena_alloc(arena, LENGTH);
    memset(text, '1', LENGTH);
    for (size_t i = 0; i < LENGTH - 16; i += 2)
        text[i] = '.';
    memcpy(text + LENGTH - 14, " 1 March 2024 ", 14);
    struct text_date found;
    assert_true(text_date_find((struct span){text, LENGTH}, 0, ORDER_UNKNOWN, NOW, &found));
    assert_int_equal(found.start, LENGTH - 13);
}

static void test_html_date_text__fields(void **state) {
    struct moment moment;
    (void)state;
    assert_true(text_date_parse(SPAN("2024-03-01T00:00:00+10:00"), ORDER_UNKNOWN, NOW, &moment));
    assert_int_equal(moment.precision, PRECISION_DAY);
    assert_int_equal(moment.seconds, 1709251200);
    assert_true(text_date_parse(SPAN("2024-03-01T09:30:00+01:00"), ORDER_UNKNOWN, NOW, &moment));
    assert_int_equal(moment.precision, PRECISION_SECOND);
    assert_int_equal(moment.seconds, 1709281800);
    assert_true(text_date_parse(SPAN("1709281800"), ORDER_UNKNOWN, NOW, &moment));
    assert_int_equal(moment.seconds, 1709281800);
    assert_true(text_date_parse(SPAN(" 1. März 2024 "), ORDER_UNKNOWN, NOW, &moment));
    assert_int_equal(moment.precision, PRECISION_DAY);
    assert_true(text_date_parse(SPAN("03/04/2024"), ORDER_MONTH_FIRST, NOW, &moment));
    assert_int_equal(moment.seconds, 1709510400);
    assert_false(text_date_parse(SPAN("2030-01-01"), ORDER_UNKNOWN, NOW, &moment));
    assert_false(text_date_parse(SPAN("1500-01-01"), ORDER_UNKNOWN, NOW, &moment));
    assert_false(text_date_parse(SPAN("{{ date }}"), ORDER_UNKNOWN, NOW, &moment));
}

static void test_html_date_text__order_of_a_page(void **state) {
    (void)state;
    assert_int_equal(date_order_of(SPAN("en-US"), SPAN("echo.com")), ORDER_MONTH_FIRST);
    assert_int_equal(date_order_of(SPAN("en-US"), SPAN("echo.co.uk")), ORDER_DAY_FIRST);
    assert_int_equal(date_order_of(SPAN("en-GB"), SPAN("")), ORDER_DAY_FIRST);
    assert_int_equal(date_order_of(SPAN("de"), SPAN("echo.com")), ORDER_DAY_FIRST);
    assert_int_equal(date_order_of(SPAN("en"), SPAN("echo.com")), ORDER_UNKNOWN);
    assert_int_equal(date_order_of(SPAN("en"), SPAN("town.gov")), ORDER_MONTH_FIRST);
    assert_int_equal(date_order_of(SPAN(""), SPAN("")), ORDER_UNKNOWN);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_html_date_text__months_of_many_languages),
        cmocka_unit_test(test_html_date_text__numbers),
        cmocka_unit_test(test_html_date_text__no_dates),
        cmocka_unit_test(test_html_date_text__labels),
        arena_test(test_html_date_text__far_into_a_long_text),
        cmocka_unit_test(test_html_date_text__fields),
        cmocka_unit_test(test_html_date_text__order_of_a_page),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
