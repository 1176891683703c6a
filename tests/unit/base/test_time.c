#include "tests/unit/base/check.h"

#include "base/time.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

static void test_time__formats(void **state) {
    (void)state;
    static const struct {
        int64_t seconds;
        const char *rfc3339;
        const char *http;
    } cases[] = {
        {0, "1970-01-01T00:00:00Z", "Thu, 01 Jan 1970 00:00:00 GMT"},
        {1709294400, "2024-03-01T12:00:00Z", "Fri, 01 Mar 2024 12:00:00 GMT"},
        {951782399, "2000-02-28T23:59:59Z", "Mon, 28 Feb 2000 23:59:59 GMT"},
        {951782400, "2000-02-29T00:00:00Z", "Tue, 29 Feb 2000 00:00:00 GMT"},
        {-1, "1969-12-31T23:59:59Z", "Wed, 31 Dec 1969 23:59:59 GMT"},
        {TIME_MIN, "1600-01-01T00:00:00Z", "Sat, 01 Jan 1600 00:00:00 GMT"},
        {TIME_MAX, "2143-12-29T23:59:59Z", "Sun, 29 Dec 2143 23:59:59 GMT"},
    };
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        char rfc3339[RFC3339_LENGTH + 1];
        char http[IMF_FIXDATE_LENGTH + 1];
        time_format_rfc3339(cases[i].seconds, rfc3339);
        time_format_http(cases[i].seconds, http);
        assert_string_equal(rfc3339, cases[i].rfc3339);
        assert_string_equal(http, cases[i].http);
    }
}

static void test_time__formats_beyond_four_digits_are_clamped(void **state) {
    (void)state;
    char text[RFC3339_LENGTH + 1];
    time_format_rfc3339(INT64_MAX, text);
    assert_string_equal(text, "9999-12-31T23:59:59Z");
    time_format_rfc3339(INT64_MIN, text);
    assert_string_equal(text, "0000-01-01T00:00:00Z");
}

static void test_time__agrees_with_the_c_library(void **state) {
    (void)state;
    for (int64_t seconds = TIME_MIN; seconds < TIME_MAX; seconds += 86399 * 7) {
        time_t moment = (time_t)seconds;
        struct tm parts;
        char expected[64];
        char actual[IMF_FIXDATE_LENGTH + 1];
        gmtime_r(&moment, &parts);
        strftime(expected, sizeof(expected), "%a, %d %b %Y %H:%M:%S GMT", &parts);
        time_format_http(seconds, actual);
        assert_string_equal(actual, expected);
        int64_t days;
        assert_true(time_days_from_date(parts.tm_year + 1900, parts.tm_mon + 1, parts.tm_mday, &days));
        assert_int_equal(days * 86400 + parts.tm_hour * 3600 + parts.tm_min * 60 + parts.tm_sec, seconds);
    }
}

static void test_time__no_such_day(void **state) {
    (void)state;
    static const int bad[][3] = {{2023, 2, 29}, {1900, 2, 29}, {2024, 4, 31}, {2024, 0, 1}, {2024, 13, 1},
                                 {2024, 1, 0},  {2024, 1, 32}, {2024, -1, 1}, {10000, 1, 1}};
    int64_t days;
    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
        assert_false(time_days_from_date(bad[i][0], bad[i][1], bad[i][2], &days));
    assert_true(time_days_from_date(2000, 2, 29, &days));
    assert_true(time_days_from_date(-9999, 1, 1, &days));
}

static void test_time__periods(void **state) {
    (void)state;
    static const struct {
        struct span text;
        const char *start;
        const char *end;
    } cases[] = {
        {SPAN_INIT("2024"), "2024-01-01T00:00:00Z", "2025-01-01T00:00:00Z"},
        {SPAN_INIT("2024-02"), "2024-02-01T00:00:00Z", "2024-03-01T00:00:00Z"},
        {SPAN_INIT("2024-12"), "2024-12-01T00:00:00Z", "2025-01-01T00:00:00Z"},
        {SPAN_INIT("2024-02-29"), "2024-02-29T00:00:00Z", "2024-03-01T00:00:00Z"},
        {SPAN_INIT("2024-03-01T12:00:00Z"), "2024-03-01T12:00:00Z", "2024-03-01T12:00:01Z"},
        {SPAN_INIT("2024-03-01t12:00:00.987z"), "2024-03-01T12:00:00Z", "2024-03-01T12:00:01Z"},
        {SPAN_INIT("2024-03-01 12:00:00+02:30"), "2024-03-01T09:30:00Z", "2024-03-01T09:30:01Z"},
        {SPAN_INIT("2024-12-31T23:00:00-01:00"), "2025-01-01T00:00:00Z", "2025-01-01T00:00:01Z"},
        {SPAN_INIT("2016-12-31T23:59:60Z"), "2016-12-31T23:59:59Z", "2017-01-01T00:00:00Z"},
        {SPAN_INIT("1600"), "1600-01-01T00:00:00Z", "1601-01-01T00:00:00Z"},
        {SPAN_INIT("2143"), "2143-01-01T00:00:00Z", "2144-01-01T00:00:00Z"},
    };
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct period period;
        if (!time_parse_period(cases[i].text, &period))
            fail_msg("%.*s", SPAN_PRINT(cases[i].text));
        char text[RFC3339_LENGTH + 1];
        time_format_rfc3339(period.start, text);
        assert_string_equal(text, cases[i].start);
        time_format_rfc3339(period.end, text);
        assert_string_equal(text, cases[i].end);
    }
}

static void test_time__bad_periods(void **state) {
    (void)state;
    static const char *const bad[] = {
        "",
        "1",
        "202",
        "20244",
        "2024-",
        "2024-3",
        "2024-13",
        "2024-00",
        "2024-02-30",
        "2024-2-3",
        "2024/02/03",
        "2024-02-03T",
        "2024-02-03T12:00",
        "2024-02-03T12:00:00",
        "2024-02-03T24:00:00Z",
        "2024-02-03T12:60:00Z",
        "2024-02-03T12:00:61Z",
        "2024-02-03T12:00:00.Z",
        "2024-02-03T12:00:00+0200",
        "2024-02-03T12:00:00+24:00",
        "2024-02-03T12:00:00Zx",
        "2024-02-03T12:00:00+02:0",
        " 2024",
        "2024 ",
        "abcd",
        "1599",
        "2144",
        "-2024",
        "2024-02-03X12:00:00Z",
        "yesterday",
    };
    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
        struct period period;
        if (time_parse_period(span_of(bad[i]), &period))
            fail_msg("\"%s\" was taken", bad[i]);
    }
    struct period period;
    assert_false(time_parse_period((struct span){NULL, 0}, &period));
    assert_false(time_parse_period(SPAN("2024\0"), &period));
}

static void test_time__clocks(void **state) {
    (void)state;
    assert_true(time_now() > 1700000000);
    int64_t before = time_monotonic_ns();
    assert_true(time_monotonic_ns() >= before);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_time__formats),
        cmocka_unit_test(test_time__formats_beyond_four_digits_are_clamped),
        cmocka_unit_test(test_time__agrees_with_the_c_library),
        cmocka_unit_test(test_time__no_such_day),
        cmocka_unit_test(test_time__periods),
        cmocka_unit_test(test_time__bad_periods),
        cmocka_unit_test(test_time__clocks),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
