#include "tests/unit/ingest/check.h"

#include "base/buffer.h"
#include "ingest/feed.h"
#include "ingest/input.h"
#include "ingest/json_split.h"

#include <stdio.h>

/* What a split said, one line a document ("2 {...}", "2/1 {...}" in an array) or refusal ("3! reason"). */
struct record {
    struct buffer said;
    enum result answer;
};

static void place(struct record *record, uint64_t line, uint64_t item) {
    buffer_append_uint(&record->said, line);
    if (item > 0)
        buffer_print(&record->said, "/%llu", (unsigned long long)item);
}

static enum result take(void *context, const struct ingest_item *item, struct error *error) {
    (void)error;
    struct record *record = context;
    place(record, item->line, item->item);
    buffer_append_char(&record->said, ' ');
    if (item->bytes.length < 200)
        buffer_append_span(&record->said, item->bytes);
    else
        buffer_print(&record->said, "(%zu bytes)", item->bytes.length);
    buffer_append_char(&record->said, '\n');
    return record->answer;
}

static enum result refuse(void *context, const struct ingest_refusal *refusal, struct error *error) {
    (void)error;
    struct record *record = context;
    place(record, refusal->line, refusal->item);
    buffer_print(&record->said, "! %s\n", refusal->reason);
    return record->answer;
}

static enum result split(struct record *record, struct span bytes) {
    buffer_init(&record->said, 0);
    struct feed feed = {.take = take, .refuse = refuse, .context = record};
    struct input input;
    struct error error = {0};
    input_memory(bytes, "x.json", &input);
    return json_split(&feed, &input, &error);
}

static void check(struct span bytes, const char *expected, const char *file, int line) {
    struct record record = {.answer = RESULT_OK};
    assert_int_equal(split(&record, bytes), RESULT_OK);
    check_span(buffer_span(&record.said), span_of(expected), file, line);
    buffer_done(&record.said);
}
#define assert_split(literal, expected) check(SPAN(literal), expected, __FILE__, __LINE__)

static void test_json_split__one_object(void **state) {
    (void)state;
    assert_split("{\"a\":1}", "1 {\"a\":1}\n");
    assert_split("\xef\xbb\xbf\n\n {\"a\": {\"b\": [1, \"}\", {}]}}\n", "3 {\"a\": {\"b\": [1, \"}\", {}]}}\n");
    assert_split("{\n  \"a\": 1\n}\n", "1 {\n  \"a\": 1\n}\n");
}

static void test_json_split__lines(void **state) {
    (void)state;
    assert_split("{\"a\":1}\n{\"b\":2}\r\n\n{\"c\":\"\\\"{\"}", "1 {\"a\":1}\n2 {\"b\":2}\n4 {\"c\":\"\\\"{\"}\n");
    assert_split("{\"a\":1}{\"b\":2}", "1 {\"a\":1}\n1 {\"b\":2}\n");
    assert_split("{\n\"a\":1}\n{\n\"b\":2\n}", "1 {\n\"a\":1}\n3 {\n\"b\":2\n}\n");
}

static void test_json_split__arrays(void **state) {
    (void)state;
    assert_split("[{\"a\":1}, {\"b\":2}]", "1/1 {\"a\":1}\n1/2 {\"b\":2}\n");
    assert_split("[\n  {\n    \"a\": [1]\n  },\n  {}\n]\n", "2/1 {\n    \"a\": [1]\n  }\n5/2 {}\n");
    assert_split("[1, \"x\", null, [2], {}]", "1/1 1\n1/2 \"x\"\n1/3 null\n1/4 [2]\n1/5 {}\n");
    assert_split("[]", "");
    assert_split("[{\"a\":1}]\n[{\"b\":2}]", "1/1 {\"a\":1}\n2/1 {\"b\":2}\n");
}

static void test_json_split__a_line_that_breaks_off(void **state) {
    (void)state;
    assert_split("{\"a\":1}\n{\"b\":\"x\n{\"c\":3}\n", "1 {\"a\":1}\n2! the JSON breaks off in a string (line 2)\n3 {\"c\":3}\n");
    assert_split("{\"b\":\n{\"c\":3}\n{\"d\":4}\n", "1! not JSON: unexpected { in line 3\n2 {\"c\":3}\n3 {\"d\":4}\n");
    assert_split("{\"b\":[1,\n{\"c\":3}\n{\"d\":4}\n", "1! not JSON: unexpected { in line 3\n2 {\"c\":3}\n3 {\"d\":4}\n");
    assert_split("{\"b\":1,\n{\"c\":3}\n", "1! not JSON: unexpected { in line 2\n2 {\"c\":3}\n");
    assert_split("{\"a\":1}\n{\"b\":", "1 {\"a\":1}\n2! the JSON breaks off at the end of the file\n");
    assert_split("{\"a\":1}\n{\"b\":\n{\"c\":3}\n", "1 {\"a\":1}\n2! the JSON breaks off at the end of the file\n3 {\"c\":3}\n");
    assert_split("{\"a\":\"x\\\n{\"c\":3}\n", "1! the JSON breaks off in a string (line 1)\n2 {\"c\":3}\n");
}

static void test_json_split__an_item_that_breaks_off(void **state) {
    (void)state;
    assert_split("[\n  {\"a\":1},\n  {\"b\": oh no},\n  {\"c\":3}\n]\n",
                 "2/1 {\"a\":1}\n3/2! not JSON: unexpected n in line 3\n4/3 {\"c\":3}\n");
    assert_split("[{\"a\":1},\n {\"b\":2}", "1/1 {\"a\":1}\n2/2 {\"b\":2}\n2! the JSON array breaks off at the end of the file\n");
    assert_split("[\n  {\n    \"a\": {\n      \"b\": 1 1\n    }\n  },\n  {\n    \"c\": 3\n  }\n]\n",
                 "2/1! not JSON: unexpected 1 in line 4\n7/2 {\n    \"c\": 3\n  }\n");
    assert_split("[{\"a\":1},{\"b\" 2},{\"c\":3}]\n{\"d\":4}\n", "1/1 {\"a\":1}\n1/2! not JSON: unexpected 2 in line 1\n2 {\"d\":4}\n");
}

static void test_json_split__what_is_no_object(void **state) {
    (void)state;
    assert_split("{\"a\":1}\nhello\nworld\n{\"b\":2}\n7\n", "1 {\"a\":1}\n2! not a JSON object\n4 {\"b\":2}\n5! not a JSON object\n");
    assert_split("}\n{\"b\":2}\n", "1! not a JSON object\n2 {\"b\":2}\n");
    assert_split("{\"a\":1}}\n{\"b\":2}\n", "1 {\"a\":1}\n1! not a JSON object\n2 {\"b\":2}\n");
    assert_split("{\"a\":\x01}", "1! not JSON: unexpected byte 0x1 in line 1\n");
}

static void test_json_split__nested_too_deeply(void **state) {
    (void)state;
    struct buffer deep;
    buffer_init(&deep, 0);
    for (int i = 0; i < 100000; i++)
        buffer_append_string(&deep, "{\"a\":");
    buffer_append_string(&deep, "\n{\"b\":2}\n");
    check(buffer_span(&deep), "1! JSON nested more than 64 levels deep (line 1)\n2 {\"b\":2}\n", __FILE__, __LINE__);
    buffer_done(&deep);
}

/* Lines that each could begin the document must not be followed to the end again and again. */
static void test_json_split__many_begins(void **state) {
    (void)state;
    struct buffer many;
    buffer_init(&many, 0);
    for (int i = 0; i < 300000; i++)
        buffer_append_string(&many, "{\"a\":[\n");
    struct record record = {.answer = RESULT_OK};
    assert_int_equal(split(&record, buffer_span(&many)), RESULT_OK);
    assert_contains(record.said.data, "1! JSON nested more than 64 levels deep (line 33)\n");
    assert_contains(record.said.data, "300000! the JSON breaks off at the end of the file\n");
    buffer_done(&record.said);
    buffer_done(&many);
}

static void append_text(struct buffer *out, const char *key, size_t length) {
    buffer_print(out, "{\"%s\":\"", key);
    for (size_t i = 0; i < length; i++)
        buffer_append_char(out, 'x');
    buffer_append_string(out, "\"}\n");
}

static void test_json_split__large_documents(void **state) {
    (void)state;
    struct buffer large;
    buffer_init(&large, 0);
    append_text(&large, "a", 1000000);
    append_text(&large, "b", DOCUMENT_BYTES_MAX);
    append_text(&large, "c", DOCUMENT_BYTES_MAX - 10);
    buffer_append_string(&large, "{\"d\":4}\n");
    char expected[200];
    snprintf(expected, sizeof expected, "1 (1000008 bytes)\n2! a document longer than 16 MiB\n3 (%d bytes)\n4 {\"d\":4}\n",
             DOCUMENT_BYTES_MAX - 2);
    check(buffer_span(&large), expected, __FILE__, __LINE__);
    buffer_done(&large);
}

/* Every cut of a stream ends, says something for what is broken, and keeps what is whole. */
static void test_json_split__every_cut(void **state) {
    (void)state;
    struct span whole = SPAN("{\"a\":1}\n[{\"b\":[\"\\\\\"]},\n{\"c\":null}]\n{\n \"d\": 4\n}\n");
    for (size_t length = 0; length <= whole.length; length++) {
        struct record record = {.answer = RESULT_OK};
        assert_int_equal(split(&record, span_slice(whole, 0, length)), RESULT_OK);
        if (length >= 7)
            assert_true(span_starts_with(buffer_span(&record.said), SPAN("1 {\"a\":1}\n")));
        buffer_done(&record.said);
    }
}

static void test_json_split__ends_with_the_callers_result(void **state) {
    (void)state;
    struct record record = {.answer = RESULT_BUSY};
    assert_int_equal(split(&record, SPAN("{\"a\":1}\n{\"b\":2}\n")), RESULT_BUSY);
    assert_span(buffer_span(&record.said), "1 {\"a\":1}\n");
    buffer_done(&record.said);
    assert_int_equal(split(&record, SPAN("oh\n{\"b\":2}\n")), RESULT_BUSY);
    assert_span(buffer_span(&record.said), "1! not a JSON object\n");
    buffer_done(&record.said);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_json_split__one_object),
        cmocka_unit_test(test_json_split__lines),
        cmocka_unit_test(test_json_split__arrays),
        cmocka_unit_test(test_json_split__a_line_that_breaks_off),
        cmocka_unit_test(test_json_split__an_item_that_breaks_off),
        cmocka_unit_test(test_json_split__what_is_no_object),
        cmocka_unit_test(test_json_split__nested_too_deeply),
        cmocka_unit_test(test_json_split__many_begins),
        cmocka_unit_test(test_json_split__large_documents),
        cmocka_unit_test(test_json_split__every_cut),
        cmocka_unit_test(test_json_split__ends_with_the_callers_result),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
