#include "tests/unit/base/check.h"

#include "base/time.h"

static void check(const char *text, const char *expected, enum precision precision) {
    struct moment moment;
    if (!time_parse(span_of(text), &moment))
        fail_msg("\"%s\" was refused", text);
    char actual[RFC3339_LENGTH + 1];
    time_format_rfc3339(moment.seconds, actual);
    if (!span_equal(span_of(actual), span_of(expected)) || moment.precision != precision)
        fail_msg("\"%s\" became %s, precision %d", text, actual, (int)moment.precision);
}

static void test_time_parse__days(void **state) {
    (void)state;
    static const char *const first_of_march[] = {
        "2024-03-01",
        "2024-3-1",
        "2024/03/01",
        "2024.03.01",
        "20240301",
        "01.03.2024",
        "1.3.2024",
        "March 1, 2024",
        "Mar 1, 2024",
        "Mar. 1, 2024",
        "MARCH 1 2024",
        "March 1st, 2024",
        "1 March 2024",
        "1st March 2024",
        "1st of March 2024",
        "01-Mar-2024",
        "1 Mar 24",
        "01-MAR-24",
        "Friday, March 1, 2024",
        "Fri 1 Mar 2024",
        "Fri. Mar. 1 2024",
        "  March 1, 2024\n",
        "2024 March 1",
        "1 March, 2024",
        "on March 1, 2024",
    };
    for (size_t i = 0; i < sizeof(first_of_march) / sizeof(first_of_march[0]); i++)
        check(first_of_march[i], "2024-03-01T00:00:00Z", PRECISION_DAY);
    check("25/03/2024", "2024-03-25T00:00:00Z", PRECISION_DAY);
    check("03/25/2024", "2024-03-25T00:00:00Z", PRECISION_DAY);
    check("3-25-2024", "2024-03-25T00:00:00Z", PRECISION_DAY);
    check("03/03/2024", "2024-03-03T00:00:00Z", PRECISION_DAY);
    check("Sept. 3, 2021", "2021-09-03T00:00:00Z", PRECISION_DAY);
    check("29 Feb 2024", "2024-02-29T00:00:00Z", PRECISION_DAY);
    check("May 5, 1789", "1789-05-05T00:00:00Z", PRECISION_DAY);
    check("1 Jan 99", "1999-01-01T00:00:00Z", PRECISION_DAY);
    check("1600-01-01", "1600-01-01T00:00:00Z", PRECISION_DAY);
}

static void test_time_parse__moments(void **state) {
    (void)state;
    static const char *const noon[] = {
        "2024-03-01T12:00:00Z",
        "2024-03-01T12:00Z",
        "2024-03-01t12:00:00z",
        "2024-03-01 12:00:00",
        "2024-03-01 12:00",
        "2024-03-01T12:00:00.123456Z",
        "2024-03-01T12:00:00,5Z",
        "2024-03-01T12Z",
        "2024-03-01T12:00:00+0000",
        "2024-03-01T17:30:00+05:30",
        "2024-03-01 17:30:00 +0530",
        "2024-03-01T07:00:00-05",
        "2024-03-01T13:00:00.123+01",
        "20240301T120000Z",
        "20240301T1200Z",
        "20240301120000",
        "20240301T120000.5Z",
        "2024-03-01 12:00:00 UTC",
        "2024-03-01T12:00:00\u221200:00",
        "Fri, 01 Mar 2024 12:00:00 GMT",
        "Fri, 01 Mar 2024 12:00:00 +0000",
        "Fri, 1 Mar 24 17:30 +0530",
        "1 Mar 2024 12:00 UT",
        "Friday, 01-Mar-24 12:00:00 GMT",
        "Fri Mar  1 12:00:00 2024",
        "Fri Mar 01 12:00:00 +0000 2024",
        "Fri Mar 01 2024 13:00:00 GMT+0100 (Central European Standard Time)",
        "Mar. 1, 2024, 7:00 a.m. EST",
        "March 1, 2024 at 7 AM ET",
        "March 1, 2024, 7:00\u202Fam ET",
        "7:00 AM EST, March 1, 2024",
        "12:00 GMT, 1 March 2024",
        "1200 GMT, 1 March 2024",
        "Fri 1 Mar 2024 12.00 GMT",
        "Friday, March 1, 2024 | 12:00 p.m.",
        "1 March 2024 \u2013 12:00",
        "1 March 2024 - 12:00",
        "12:00 - 1 March 2024",
        "01.03.2024 12:00",
        "01.03.2024, 13:00 CET",
        "1709294400",
        "1709294400123",
        "1709294400.75",
        "Mar 1, 2024 4:00 AM PST",
        "1 March 2024 at 12pm",
        "March 1, 2024\u00A012:00 PM",
    };
    for (size_t i = 0; i < sizeof(noon) / sizeof(noon[0]); i++)
        check(noon[i], "2024-03-01T12:00:00Z", PRECISION_SECOND);
}

static void test_time_parse__edges_of_the_clock(void **state) {
    (void)state;
    check("12:30:45 AM Mar 1 2024", "2024-03-01T00:30:45Z", PRECISION_SECOND);
    check("12:30:45 PM Mar 1 2024", "2024-03-01T12:30:45Z", PRECISION_SECOND);
    check("2024-03-01T24:00:00Z", "2024-03-02T00:00:00Z", PRECISION_SECOND);
    check("2016-12-31T23:59:60Z", "2016-12-31T23:59:59Z", PRECISION_SECOND);
    check("2024-01-01T00:30:00+01:00", "2023-12-31T23:30:00Z", PRECISION_SECOND);
    check("1600-01-01T00:00:00Z", "1600-01-01T00:00:00Z", PRECISION_SECOND);
}

static void test_time_parse__american_daylight_saving(void **state) {
    (void)state;
    check("March 10, 2024 1:59 AM ET", "2024-03-10T06:59:00Z", PRECISION_SECOND);
    check("March 10, 2024 3:00 AM ET", "2024-03-10T07:00:00Z", PRECISION_SECOND);
    check("November 3, 2024 1:00 AM ET", "2024-11-03T05:00:00Z", PRECISION_SECOND);
    check("November 3, 2024 2:00 AM ET", "2024-11-03T07:00:00Z", PRECISION_SECOND);
    check("July 4, 2024 2 pm PT", "2024-07-04T21:00:00Z", PRECISION_SECOND);
    check("April 2, 2006 3:00 AM ET", "2006-04-02T07:00:00Z", PRECISION_SECOND);
    check("April 1, 2006 3:00 AM ET", "2006-04-01T08:00:00Z", PRECISION_SECOND);
    check("October 29, 2006 3:00 AM CT", "2006-10-29T09:00:00Z", PRECISION_SECOND);
    check("July 4, 1960 12:00 ET", "1960-07-04T17:00:00Z", PRECISION_SECOND);
    check("July 4, 2024 2 pm EST", "2024-07-04T19:00:00Z", PRECISION_SECOND);
}

static void test_time_parse__refused(void **state) {
    (void)state;
    static const char *const bad[] = {
        "",
        " ",
        "2024",
        "March 2024",
        "March 1",
        "03/04/2024",
        "3-4-2024",
        "13/13/2024",
        "32.01.2024",
        "01.13.2024",
        "30 Feb 2024",
        "2024-02-30",
        "2023-02-29",
        "2024-13-01",
        "2024-00-10",
        "2024-03-01T25:00:00Z",
        "2024-03-01T24:00:01Z",
        "2024-03-01T12:60:00Z",
        "2024-03-01T12:00:61Z",
        "May 5, 2024 13:00 pm",
        "May 5, 2024 0:30 am",
        "May 5, 2024 2:00 pm pm",
        "2024-03-01 2024-03-02",
        "12:00 12:00 2024-03-01",
        "2024-03-01T12:00:00 EST EST",
        "2024-03-01T12:00:00Z+01:00x",
        "2024-03-01T12:00:00+16:00",
        "2024-03-01T12:00:00+01:75",
        "yesterday",
        "3 days ago",
        "2024-03-01T12:00:00 XYZ",
        "1599-12-31",
        "2144-12-31",
        "99999999999999999999",
        "9999999999999",
        "1.2.3.4",
        "2024-03-01(",
        "--",
        "2024-03-01\x01",
        "2024-03-01\xFF",
        "Marvin 1, 2024",
        "1 M 2024",
        "00000000",
        "20241301",
        "20240301250000",
        "12345",
        "2024-03-01TTT",
        "+0530",
        "2024-03-01 +0530",
        "am 2024-03-01",
    };
    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
        struct moment moment;
        if (time_parse(span_of(bad[i]), &moment))
            fail_msg("\"%s\" became %lld", bad[i], (long long)moment.seconds);
    }
}

static void test_time_parse__long_text_is_refused(void **state) {
    (void)state;
    char text[4000];
    struct moment moment;
    for (size_t length = 1; length < sizeof(text); length += 7) {
        for (size_t i = 0; i < length; i++)
            text[i] = ",1 "[i % 3];
        assert_false(time_parse((struct span){text, length}, &moment));
        for (size_t i = 0; i < length; i++)
            text[i] = '9';
        if (length != 8)
            assert_false(time_parse((struct span){text, length}, &moment));
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_time_parse__days),
        cmocka_unit_test(test_time_parse__moments),
        cmocka_unit_test(test_time_parse__edges_of_the_clock),
        cmocka_unit_test(test_time_parse__american_daylight_saving),
        cmocka_unit_test(test_time_parse__refused),
        cmocka_unit_test(test_time_parse__long_text_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
