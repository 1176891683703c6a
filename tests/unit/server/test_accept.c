#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "server/accept.h"
#include "server/condition.h"

static bool json(const char *accept) {
    return accept_allows(span_of(accept), SPAN("application/json"));
}

static void test_accept_allows__nothing_asked_is_everything(void **state) {
    (void)state;
    assert_true(accept_allows((struct span){0}, SPAN("application/json")));
    assert_true(json(""));
    assert_true(json("*/*"));
    assert_true(json("garbage"));
    assert_true(json(",,;q=0,/"));
}

static void test_accept_allows__ranges(void **state) {
    (void)state;
    assert_true(json("application/json"));
    assert_true(json("Application/JSON; charset=utf-8"));
    assert_true(json("application/*"));
    assert_true(json("text/html, application/xhtml+xml, */*;q=0.8"));
    assert_false(json("text/html"));
    assert_false(json("text/*, image/png"));
    assert_false(json("application/json5"));
    assert_true(accept_allows(SPAN("text/plain"), SPAN("text/plain; charset=utf-8")));
}

static void test_accept_allows__the_most_specific_range_decides(void **state) {
    (void)state;
    assert_false(json("application/json;q=0, */*"));
    assert_false(json("*/*, application/*;q=0.000"));
    assert_true(json("*/*;q=0, application/json;q=0.001"));
    assert_false(json("application/json; Q=0"));
    assert_true(json("application/json;q=0.0001x"));
}

static void test_etag_listed__compares_weakly(void **state) {
    (void)state;
    struct span tag = SPAN("W/\"abc\"");
    assert_true(etag_listed(SPAN("W/\"abc\""), tag));
    assert_true(etag_listed(SPAN("\"abc\""), tag));
    assert_true(etag_listed(SPAN("\"x\", W/\"y\" ,\"abc\""), tag));
    assert_true(etag_listed(SPAN(" * "), tag));
    assert_true(etag_listed(SPAN("W/\"abc\""), SPAN("\"abc\"")));
    assert_false(etag_listed(SPAN("\"abcd\", \"ab\""), tag));
    assert_false(etag_listed(SPAN("abc"), tag));
    assert_false(etag_listed(SPAN("\"abc"), tag));
    assert_false(etag_listed(SPAN(""), tag));
    assert_false(etag_listed(SPAN("\"*\""), tag));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_accept_allows__nothing_asked_is_everything),
        cmocka_unit_test(test_accept_allows__ranges),
        cmocka_unit_test(test_accept_allows__the_most_specific_range_decides),
        cmocka_unit_test(test_etag_listed__compares_weakly),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
