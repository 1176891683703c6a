#include "tests/unit/ingest/check.h"

#include "ingest/format.h"

static enum ingest_format detect(struct span path, struct span head, enum ingest_format wanted) {
    enum ingest_format format = FORMAT_AUTO;
    struct error error = {0};
    if (format_detect(path, head, wanted, &format, &error) != RESULT_OK)
        fail_msg("%s", error.message);
    return format;
}

static void refused(struct span path, struct span head, const char *reason) {
    enum ingest_format format;
    struct error error = {0};
    assert_int_equal(format_detect(path, head, FORMAT_AUTO, &format, &error), RESULT_INVALID);
    assert_contains(error.message, reason);
}

static void test_format_detect__by_name(void **state) {
    (void)state;
    assert_int_equal(detect(SPAN("a.txt"), SPAN("{\"a\":1}"), FORMAT_AUTO), FORMAT_TEXT);
    assert_int_equal(detect(SPAN("A.TXT"), SPAN("[x]"), FORMAT_AUTO), FORMAT_TEXT);
    assert_int_equal(detect(SPAN("a.json"), SPAN("[1]"), FORMAT_AUTO), FORMAT_JSON);
    assert_int_equal(detect(SPAN("a.jsonl"), SPAN("{}"), FORMAT_AUTO), FORMAT_JSON);
    assert_int_equal(detect(SPAN("a.ndjson"), SPAN("\xff\xfe{\0"), FORMAT_AUTO), FORMAT_JSON);
}

static void test_format_detect__by_first_bytes(void **state) {
    (void)state;
    assert_int_equal(detect(SPAN("-"), SPAN(" \n{\"a\":1}"), FORMAT_AUTO), FORMAT_JSON);
    assert_int_equal(detect(SPAN("dump"), SPAN("[ {"), FORMAT_AUTO), FORMAT_JSON);
    assert_int_equal(detect(SPAN("dump"), SPAN("\xef\xbb\xbf{}"), FORMAT_AUTO), FORMAT_JSON);
    assert_int_equal(detect(SPAN("-"), SPAN("[Photo: the mill]"), FORMAT_AUTO), FORMAT_TEXT);
    assert_int_equal(detect(SPAN("-"), SPAN("{sic} the mill closed"), FORMAT_AUTO), FORMAT_TEXT);
    assert_int_equal(detect(SPAN("-"), SPAN("<The mill closed>"), FORMAT_AUTO), FORMAT_TEXT);
}

static void test_format_detect__as_told(void **state) {
    (void)state;
    assert_int_equal(detect(SPAN("a.json"), SPAN("{\"a\":1}"), FORMAT_TEXT), FORMAT_TEXT);
    assert_int_equal(detect(SPAN("a.txt"), SPAN("{\"a\":1}"), FORMAT_JSON), FORMAT_JSON);
}

static void test_format_detect__html(void **state) {
    (void)state;
    assert_int_equal(detect(SPAN("a.html"), SPAN("The mill closed."), FORMAT_AUTO), FORMAT_HTML);
    assert_int_equal(detect(SPAN("A.HTM"), SPAN("<p>"), FORMAT_AUTO), FORMAT_HTML);
    assert_int_equal(detect(SPAN("a.xhtml"), SPAN("<?xml version=\"1.0\"?>"), FORMAT_AUTO), FORMAT_HTML);
    assert_int_equal(detect(SPAN("-"), SPAN("\n <!DOCTYPE html><html>"), FORMAT_AUTO), FORMAT_HTML);
    assert_int_equal(detect(SPAN("a.txt"), SPAN("\n<html>"), FORMAT_AUTO), FORMAT_HTML);
    assert_int_equal(detect(SPAN("a.txt"), SPAN("\n<html>"), FORMAT_TEXT), FORMAT_TEXT);
    assert_int_equal(detect(SPAN("page"), SPAN("The mill closed."), FORMAT_HTML), FORMAT_HTML);
}

static void test_format_detect__refused(void **state) {
    (void)state;
    refused(SPAN("a.txt"), SPAN(""), "empty");
    refused(SPAN("a.json"), SPAN("The mill closed."), "not JSON");
    refused(SPAN("a.gz"), SPAN("\x1f\x8b\x08"), "gzip");
    refused(SPAN("a.txt"), SPAN("PK\x03\x04"), "ZIP");
    refused(SPAN("a.jpg"), SPAN("\xff\xd8\xff\xe0"), "picture");
    refused(SPAN("a"), SPAN("SQLite format 3\0"), "SQLite");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_format_detect__by_name), cmocka_unit_test(test_format_detect__by_first_bytes),
        cmocka_unit_test(test_format_detect__as_told), cmocka_unit_test(test_format_detect__html),
        cmocka_unit_test(test_format_detect__refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
