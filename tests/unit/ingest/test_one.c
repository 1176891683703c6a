#include "tests/unit/ingest/check.h"

#include "base/buffer.h"
#include "ingest/one.h"

#include <jansson.h>

/* What ingest_read handed out: the articles as JSON in an array, and the refusals as text. */
struct record {
    json_t *articles;
    struct buffer refusals;
    enum result answer;
};

static int setup(void **state) {
    struct record *record = calloc(1, sizeof *record);
    if (!record)
        return -1;
    record->articles = json_array();
    buffer_init(&record->refusals, 0);
    *state = record;
    return 0;
}

static int teardown(void **state) {
    struct record *record = *state;
    json_decref(record->articles);
    buffer_done(&record->refusals);
    free(record);
    return 0;
}

static enum result visit(void *context, const struct article *article, struct span bytes, const struct ingest_refusal *refusal) {
    struct record *record = context;
    if (refusal) {
        buffer_print(&record->refusals, "%s:%llu: %s\n", refusal->path, (unsigned long long)refusal->line, refusal->reason);
        return record->answer;
    }
    assert_true(bytes.length > 0);
    struct buffer out;
    struct json_writer writer;
    buffer_init(&out, 0);
    json_writer_init(&writer, &out, false);
    extraction_write_json(&writer, article);
    assert_int_equal(buffer_result(&out), RESULT_OK);
    json_error_t why;
    json_t *value = json_loadb(out.data, out.length, 0, &why);
    if (!value)
        fail_msg("%s in %s", why.text, out.data);
    json_array_append_new(record->articles, value);
    buffer_done(&out);
    return record->answer;
}

static enum result read(struct record *record, struct span bytes, enum ingest_format format, bool whole) {
    const struct ingest_hints hints = {.format = format, .whole = whole, .now = NOW, .path = SPAN("posted")};
    struct error error = {0};
    return ingest_read(bytes, &hints, visit, record, &error);
}

static const char *string_of(const struct record *record, size_t article, const char *key) {
    return json_string_value(json_object_get(json_array_get(record->articles, article), key));
}

static void test_ingest_read__text(void **state) {
    struct record *record = *state;
    struct span text = SPAN(
        "Title: Mill closes\nURL: https://www.echo.example/mill\nDate: 2024-03-01\nAuthor: Orla Fenn\n\n"
        "The mill of Oststadt closed on Monday after ninety years at the river.\n\n"
        "\"Nobody was asked,\" said Piet Moor, who had worked there.\n");
    assert_int_equal(read(record, text, FORMAT_AUTO, true), RESULT_OK);
    assert_int_equal(json_array_size(record->articles), 1);
    assert_string_equal(string_of(record, 0, "title"), "Mill closes");
    assert_string_equal(string_of(record, 0, "published"), "2024-03-01T00:00:00Z");
    assert_string_equal(string_of(record, 0, "url"), "https://www.echo.example/mill");
    assert_string_equal(string_of(record, 0, "source"), "echo.example");
    assert_string_equal(json_string_value(json_array_get(json_object_get(json_array_get(record->articles, 0), "authors"), 0)), "Orla Fenn");
    assert_int_equal(record->refusals.length, 0);
}

static void test_ingest_read__several(void **state) {
    struct record *record = *state;
    struct span text = SPAN(
        "{\"title\":\"A\",\"text\":\"The mill closed on Monday, the owner said.\"}\n"
        "{\"title\":\"B\",\"text\":7}\n"
        "{\"title\":\"C\",\"text\":\"The mill opened on Friday, the owner said.\"}\n");
    assert_int_equal(read(record, text, FORMAT_AUTO, true), RESULT_OK);
    assert_int_equal(json_array_size(record->articles), 2);
    assert_string_equal(string_of(record, 1, "title"), "C");
    assert_span(buffer_span(&record->refusals), "posted:2: \"text\" is a number, not a text\n");
}

static void test_ingest_read__no_document(void **state) {
    struct record *record = *state;
    assert_int_equal(read(record, SPAN("[]"), FORMAT_JSON, false), RESULT_INVALID);
    assert_int_equal(read(record, SPAN(" \n"), FORMAT_TEXT, false), RESULT_OK);
    assert_contains(record->refusals.data, "no text");
}

static void test_ingest_read__empty(void **state) {
    struct record *record = *state;
    assert_int_equal(read(record, SPAN(""), FORMAT_AUTO, false), RESULT_OK);
    assert_contains(record->refusals.data, "empty");
    assert_int_equal(json_array_size(record->articles), 0);
}

static void test_ingest_read__ends_with_the_callers_result(void **state) {
    struct record *record = *state;
    record->answer = RESULT_BUSY;
    struct span text = SPAN("{\"text\":\"The mill closed on Monday, the owner said.\"}\n{\"text\":\"It opened again on Friday.\"}\n");
    assert_int_equal(read(record, text, FORMAT_AUTO, true), RESULT_BUSY);
    assert_int_equal(json_array_size(record->articles), 1);
}

/* Places are code points, whatever the bytes are. */
static void test_extraction_write_json__places_are_code_points(void **state) {
    (void)state;
    char text[1200];
    size_t length = 0;
    for (int i = 0; i < 300; i++)
        length += (size_t)snprintf(text + length, sizeof text - length, "%s", i % 3 == 0 ? "é" : i % 3 == 1 ? "x" : "€");
    const struct mention mentions[] = {
        {{0, 1}, MENTION_NAME}, {{63, 66}, MENTION_PRONOUN}, {{299, 300}, MENTION_NAME}, {{298, 400}, MENTION_NAME}};
    const struct entity entity = {.name = SPAN("N"), .mentions = mentions, .mention_count = 4};
    const struct article article = {.text = {text, length}, .entities = &entity, .entity_count = 1};
    struct buffer out;
    struct json_writer writer;
    buffer_init(&out, 0);
    json_writer_init(&writer, &out, false);
    extraction_write_json(&writer, &article);
    assert_contains(out.data, "\"start\":0,\"end\":1,\"text\":\"é\"");
    assert_contains(out.data, "\"references\":[{\"start\":63,\"end\":66,\"text\":\"éx€\",\"form\":\"pronoun\"}]");
    assert_contains(out.data, "\"start\":299,\"end\":300,\"text\":\"€\"");
    assert_contains(out.data, "\"start\":298,\"end\":400,\"text\":\"x€\"");
    assert_contains(out.data, "\"title\":null");
    assert_contains(out.data, "\"published\":null");
    buffer_done(&out);
}

static void test_extraction_write_json__quotes(void **state) {
    (void)state;
    const int about[] = {1};
    const struct mention mention = {{0, 1}, MENTION_NAME};
    const struct entity entities[] = {
        {.name = SPAN("Orla Fenn"), .mentions = &mention, .mention_count = 1},
        {.name = SPAN("Oststadt"), .type = ENTITY_PLACE, .mentions = &mention, .mention_count = 1},
    };
    const struct quote quotes[] = {
        {.text = SPAN("no"),
         .range = {1, 3},
         .speaker = 0,
         .speaker_text = SPAN("she"),
         .speaker_range = {5, 8},
         .confidence = 0.9,
         .about = about,
         .about_count = 1},
        {.text = SPAN("no"), .range = {1, 3}, .kind = QUOTE_MIXED, .speaker = SPEAKER_NONE},
    };
    const struct article article = {
        .text = SPAN("\"no\" she"), .entities = entities, .entity_count = 2, .quotes = quotes, .quote_count = 2};
    struct buffer out;
    struct json_writer writer;
    buffer_init(&out, 0);
    json_writer_init(&writer, &out, false);
    extraction_write_json(&writer, &article);
    assert_contains(out.data, "\"speaker\":\"Orla Fenn\",\"speaker_text\":\"she\",\"speaker_start\":5,\"speaker_end\":8,\"cue\":null");
    assert_contains(out.data, "\"confidence\":0.9,\"about\":[\"Oststadt\"]");
    assert_contains(out.data, "\"kind\":\"mixed\",\"start\":1,\"end\":3,\"speaker\":null,\"speaker_text\":null,\"speaker_start\":null");
    buffer_done(&out);
}

#define record_test(function) cmocka_unit_test_setup_teardown(function, setup, teardown)

int main(void) {
    const struct CMUnitTest tests[] = {
        record_test(test_ingest_read__text),
        record_test(test_ingest_read__several),
        record_test(test_ingest_read__no_document),
        record_test(test_ingest_read__empty),
        record_test(test_ingest_read__ends_with_the_callers_result),
        cmocka_unit_test(test_extraction_write_json__places_are_code_points),
        cmocka_unit_test(test_extraction_write_json__quotes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
