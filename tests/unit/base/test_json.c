#include "tests/unit/base/check.h"

#include <jansson.h>

#include "base/cleanup.h"
#include "base/json.h"

#include <float.h>
#include <math.h>
#include <string.h>

struct fixture {
    struct buffer out;
    struct json_writer writer;
};

static int set_up(void **state) {
    static struct fixture fixture;
    buffer_init(&fixture.out, 0);
    json_writer_init(&fixture.writer, &fixture.out, false);
    *state = &fixture;
    return 0;
}

static int tear_down(void **state) {
    struct fixture *fixture = *state;
    buffer_done(&fixture->out);
    return 0;
}

static void write_sample(struct json_writer *writer) {
    json_object_begin(writer);
    json_member_string(writer, "a", SPAN("x"));
    json_key(writer, "list");
    json_array_begin(writer);
    json_write_int(writer, -1);
    json_object_begin(writer);
    json_object_end(writer);
    json_array_begin(writer);
    json_array_end(writer);
    json_write_null(writer);
    json_array_end(writer);
    json_member_bool(writer, "yes", true);
    json_member_string_or_null(writer, "none", SPAN(""));
    json_key(writer, "raw");
    json_write_raw(writer, SPAN("{\"k\":1}"));
    json_member_time(writer, "at", 1709294400);
    json_object_end(writer);
}

static void test_json__compact(void **state) {
    struct fixture *fixture = *state;
    write_sample(&fixture->writer);
    assert_span(buffer_span(&fixture->out),
                "{\"a\":\"x\",\"list\":[-1,{},[],null],\"yes\":true,\"none\":null,\"raw\":{\"k\":1},"
                "\"at\":\"2024-03-01T12:00:00Z\"}");
}

static void test_json__pretty(void **state) {
    struct fixture *fixture = *state;
    json_writer_init(&fixture->writer, &fixture->out, true);
    write_sample(&fixture->writer);
    assert_span(buffer_span(&fixture->out),
                "{\n  \"a\": \"x\",\n  \"list\": [\n    -1,\n    {},\n    [],\n    null\n  ],\n  \"yes\": true,\n"
                "  \"none\": null,\n  \"raw\": {\"k\":1},\n  \"at\": \"2024-03-01T12:00:00Z\"\n}");
}

static void test_json__escapes(void **state) {
    struct fixture *fixture = *state;
    json_write_string(&fixture->writer, SPAN("\"\\/\b\f\n\r\t\0\x1f\x7f"));
    assert_span(buffer_span(&fixture->out), "\"\\\"\\\\/\\b\\f\\n\\r\\t\\u0000\\u001f\x7f\"");
}

static void test_json__ill_formed_bytes_become_replacements(void **state) {
    struct fixture *fixture = *state;
    json_write_string(&fixture->writer, SPAN("a\xFF\xC3 é\xE2\x80"));
    assert_span(buffer_span(&fixture->out), "\"a\uFFFD\uFFFD é\uFFFD\uFFFD\"");
}

/* Every byte at every place of the eight that are looked at together, read back by another's parser. */
static void test_json__any_byte_at_any_place_reads_back(void **state) {
    struct fixture *fixture = *state;
    for (int byte = 0; byte < 128; byte++)
        for (size_t place = 0; place < 20; place++) {
            char text[20];
            memset(text, 'a', sizeof(text));
            text[place] = (char)byte;
            buffer_clear(&fixture->out);
            json_writer_init(&fixture->writer, &fixture->out, false);
            json_write_string(&fixture->writer, (struct span){text, sizeof(text)});
            json_t *read = json_loadb(fixture->out.data, fixture->out.length, JSON_DECODE_ANY | JSON_ALLOW_NUL, NULL);
            assert_non_null(read);
            assert_int_equal(json_string_length(read), sizeof(text));
            assert_memory_equal(json_string_value(read), text, sizeof(text));
            json_decref(read);
        }
}

static void test_json__numbers(void **state) {
    struct fixture *fixture = *state;
    static const struct {
        double value;
        int decimals;
    } cases[] = {{0.5, 2},  {0.9, 3}, {1, 3},        {100, 0},       {-0.001, 2}, {-0.0, 0}, {0.126, 2},
                 {1e21, 1}, {NAN, 2}, {INFINITY, 2}, {-INFINITY, 2}, {2.50, -4},  {0.1, 99}};
    json_array_begin(&fixture->writer);
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
        json_write_real(&fixture->writer, cases[i].value, cases[i].decimals);
    json_write_int(&fixture->writer, INT64_MIN);
    json_write_int(&fixture->writer, INT64_MAX);
    json_array_end(&fixture->writer);
    assert_span(buffer_span(&fixture->out),
                "[0.5,0.9,1,100,0,0,0.13,1000000000000000000000,null,null,null,2,0.10000000000000001,"
                "-9223372036854775808,9223372036854775807]");
}

static void test_json__largest_real_fits(void **state) {
    struct fixture *fixture = *state;
    json_write_real(&fixture->writer, -DBL_MAX, 17);
    assert_int_equal(buffer_span(&fixture->out).length, 310);
}

static void test_json__several_values_at_the_top(void **state) {
    struct fixture *fixture = *state;
    json_write_int(&fixture->writer, 1);
    buffer_append_char(&fixture->out, '\n');
    json_write_int(&fixture->writer, 2);
    assert_span(buffer_span(&fixture->out), "1\n2");
}

static void test_json__deepest_nesting(void **state) {
    struct fixture *fixture = *state;
    for (int pretty = 0; pretty < 2; pretty++) {
        buffer_clear(&fixture->out);
        json_writer_init(&fixture->writer, &fixture->out, pretty == 1);
        for (int i = 0; i < JSON_DEPTH_MAX; i++)
            json_array_begin(&fixture->writer);
        for (int i = 0; i < JSON_DEPTH_MAX; i++)
            json_array_end(&fixture->writer);
        json_t *read = json_loadb(fixture->out.data, fixture->out.length, 0, NULL);
        assert_non_null(read);
        json_decref(read);
    }
}

static void test_json__errors_stick_in_the_buffer(void **state) {
    (void)state;
    CLEANUP(buffer_done) struct buffer out;
    buffer_init(&out, 4);
    struct json_writer writer;
    json_writer_init(&writer, &out, false);
    write_sample(&writer);
    assert_int_equal(buffer_result(&out), RESULT_TOO_LARGE);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_json__compact, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_json__pretty, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_json__escapes, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_json__ill_formed_bytes_become_replacements, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_json__any_byte_at_any_place_reads_back, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_json__numbers, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_json__largest_real_fits, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_json__several_values_at_the_top, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_json__deepest_nesting, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_json__errors_stick_in_the_buffer, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
