#include "tests/unit/base/check.h"

#include "base/public_id.h"

#include <string.h>

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

static void test_url__canonical_forms(void **state) {
    (void)state;
    static const struct {
        struct span url;
        struct span expected;
    } cases[] = {
        {SPAN_INIT("HTTPS://WWW.Example.ORG"), SPAN_INIT("https://www.example.org/")},
        {SPAN_INIT(" http://example.org:80/a?#top \n"), SPAN_INIT("http://example.org/a")},
        {SPAN_INIT("https://example.org:443/"), SPAN_INIT("https://example.org/")},
        {SPAN_INIT("https://example.org:/"), SPAN_INIT("https://example.org/")},
        {SPAN_INIT("http://example.org:0443/"), SPAN_INIT("http://example.org:443/")},
        {SPAN_INIT("https://example.org.:8443/x"), SPAN_INIT("https://example.org:8443/x")},
        {SPAN_INIT("https://example.org?id=7"), SPAN_INIT("https://example.org/?id=7")},
        {SPAN_INIT("https://example.org/a?utm_source=x&id=7&UTM_Medium=y&fbclid=z"), SPAN_INIT("https://example.org/a?id=7")},
        {SPAN_INIT("https://example.org/a?utm_source=x"), SPAN_INIT("https://example.org/a")},
        {SPAN_INIT("https://example.org/a?&&b=1&&gclid&c=2&"), SPAN_INIT("https://example.org/a?b=1&c=2")},
        {SPAN_INIT("https://example.org/a?%75tm_source=x&b=%7e"), SPAN_INIT("https://example.org/a?b=~")},
        {SPAN_INIT("https://example.org/a?gclidx=1&xutm_=2"), SPAN_INIT("https://example.org/a?gclidx=1&xutm_=2")},
        {SPAN_INIT("https://example.org/%7Ejo/%c3%a9/é/a b"), SPAN_INIT("https://example.org/~jo/%C3%A9/%C3%A9/a%20b")},
        {SPAN_INIT("https://example.org/100%/%zz/%2541"), SPAN_INIT("https://example.org/100%25/%25zz/%2541")},
        {SPAN_INIT("https://example.org/A/b;c=1,2?q=a/b?c"), SPAN_INIT("https://example.org/A/b;c=1,2?q=a/b?c")},
        {SPAN_INIT("https://[2001:DB8::1]:443/x"), SPAN_INIT("https://[2001:db8::1]/x")},
        {SPAN_INIT("https://bücher.example/"), SPAN_INIT("https://bücher.example/")},
        {SPAN_INIT("https://example.org/#/route"), SPAN_INIT("https://example.org/")},
    };
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct span once = {NULL, 0};
        struct span twice = {NULL, 0};
        assert_int_equal(url_canonicalize(&arena, cases[i].url, &once), RESULT_OK);
        check_span(once, cases[i].expected, __FILE__, __LINE__);
        assert_int_equal(url_canonicalize(&arena, once, &twice), RESULT_OK);
        assert_true(span_equal(once, twice));
    }
}

static void test_url__refused(void **state) {
    (void)state;
    static const struct span bad[] = {
        SPAN_INIT(""),
        SPAN_INIT("example.org"),
        SPAN_INIT("/a/b"),
        SPAN_INIT("ftp://example.org/"),
        SPAN_INIT("mailto:a@example.org"),
        SPAN_INIT("https:///a"),
        SPAN_INIT("https://"),
        SPAN_INIT("://example.org"),
        SPAN_INIT("https://user:secret@example.org/"),
        SPAN_INIT("https://example.org:port/"),
        SPAN_INIT("https://example.org:65536/"),
        SPAN_INIT("https://example.org:999999/"),
        SPAN_INIT("https://exa mple.org/"),
        SPAN_INIT("https://example.org/a\nb"),
        SPAN_INIT("https://example.org/a\0b"),
        SPAN_INIT("https://example.org/\xFF"),
        SPAN_INIT("https://[::1"),
        SPAN_INIT("https://a]b/"),
        SPAN_INIT("https://./"),
        SPAN_INIT("java script://example.org/"),
        SPAN_INIT("https://<b>/"),
        SPAN_INIT("https://a:80:80/"),
    };
    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
        struct span result;
        if (url_canonicalize(&arena, bad[i], &result) != RESULT_INVALID)
            fail_msg("\"%.*s\" was taken", SPAN_PRINT(bad[i]));
    }
}

static void test_url__limits(void **state) {
    (void)state;
    char url[URL_BYTES_MAX + 1];
    memset(url, '"', sizeof(url));
    memcpy(url, "https://a/", 10);
    struct span result;
    assert_int_equal(url_canonicalize(&arena, (struct span){url, sizeof(url)}, &result), RESULT_TOO_LARGE);
    assert_int_equal(url_canonicalize(&arena, (struct span){url, sizeof(url) - 1}, &result), RESULT_OK);
    assert_int_equal(result.length, 10 + 3 * (URL_BYTES_MAX - 10));
    struct arena small;
    arena_init(&small, 8);
    assert_int_equal(url_canonicalize(&small, SPAN("https://example.org/"), &result), RESULT_MEMORY);
    arena_done(&small);
}

static void test_url__host(void **state) {
    (void)state;
    assert_span(url_host(SPAN("https://www.Example.org:8080/a")), "Example.org");
    assert_span(url_host(SPAN("http://user:secret@news.example.org?x")), "news.example.org");
    assert_span(url_host(SPAN("http://www./")), "www.");
    assert_span(url_host(SPAN("http://www.a")), "a");
    assert_span(url_host(SPAN("https://[2001:db8::1]:8080/")), "[2001:db8::1]");
    assert_span(url_host(SPAN("example.org")), "");
    assert_span(url_host(SPAN("https://")), "");
    assert_span(url_host((struct span){NULL, 0}), "");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_url__canonical_forms, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_url__refused, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_url__limits, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_url__host, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
