#include "tests/unit/ingest/check.h"

#include "ingest/reader.h"

static struct document read(void **state, const char *json) {
    struct document document;
    struct error error = {0};
    if (reader_json(*state, span_of(json), NOW, &document, &error) != RESULT_OK)
        fail_msg("%s", error.message);
    return document;
}

static void refused(void **state, const char *json, const char *reason) {
    struct document document;
    struct error error = {0};
    assert_int_equal(reader_json(*state, span_of(json), NOW, &document, &error), RESULT_INVALID);
    assert_contains(error.message, reason);
}

static void test_reader_json__own_fields(void **state) {
    struct document document =
        read(state,
             "{\"title\": \"Mill closes\", \"text\": \"One thing.\\n\\nAnother.\", \"url\": \"https://a.example/mill\","
             "\"published\": \"2024-03-01T12:00:00Z\", \"source\": \"The Echo\", \"authors\": [\"Orla Fenn\"], \"language\": \"en\","
             "\"section\": \"Town\"}");
    assert_span(document.title, "Mill closes");
    assert_int_equal(document.block_count, 2);
    assert_span(document.url, "https://a.example/mill");
    assert_int_equal(document.published.seconds, 1709294400);
    assert_int_equal(document.published.precision, PRECISION_SECOND);
    assert_string_equal(document.published_from, "metadata");
    assert_span(document.source_name, "The Echo");
    assert_span(document.authors[0], "Orla Fenn");
    assert_span(document.language, "en");
    assert_span(document.section, "Town");
}

/* The shapes of public tools and dumps; each row is one, with what is common to all. */
static void test_reader_json__dumps(void **state) {
    static const char *const DUMPS[] = {
        "{\"title\":\"Mill\",\"maintext\":\"It closed.\",\"date_publish\":\"2024-03-01 00:00:00\",\"source_domain\":\"echo.example\","
        "\"authors\":[\"Orla Fenn\"],\"language\":\"en\",\"url\":\"http://echo.example/m\"}",
        "{\"title\":\"Mill\",\"text\":\"It closed.\",\"publish_date\":\"2024-03-01T00:00:00\",\"authors\":[\"Orla Fenn\"],"
        "\"source_url\":\"http://echo.example\",\"url\":\"http://echo.example/m\",\"language\":\"en\"}",
        "{\"title\":\"Mill\",\"raw_text\":\"It closed.\",\"date\":\"2024-03-01\",\"hostname\":\"echo.example\",\"author\":\"Orla Fenn\","
        "\"url\":\"http://echo.example/m\",\"language\":\"en\",\"sitename\":null}",
        "{\"title\":\"Mill\",\"content\":\"It closed.\",\"date_published\":\"2024-03-01T00:00:00.000Z\",\"domain\":\"echo.example\","
        "\"author\":\"Orla Fenn\",\"url\":\"http://echo.example/m\",\"lang\":\"en\"}",
        "{\"headline\":\"Mill\",\"articleBody\":\"It closed.\",\"datePublished\":\"2024-03-01T00:00:00Z\",\"author\":{\"name\":"
        "\"Orla Fenn\"},\"publisher\":{\"name\":\"echo.example\"},\"inLanguage\":\"en\",\"mainEntityOfPage\":{\"@id\":"
        "\"http://echo.example/m\"}}",
        "{\"headline\":{\"main\":\"Mill\"},\"content\":\"It closed.\",\"pub_date\":\"2024-03-01T00:00:00+0000\",\"byline\":{\"original\":"
        "\"By Orla Fenn\"},\"publication\":\"echo.example\",\"web_url\":\"http://echo.example/m\",\"language\":\"en\"}",
        "{\"title\":\"Mill\",\"content\":\"It closed.\",\"publishedAt\":1709251200,\"source\":{\"id\":null,\"name\":\"echo.example\"},"
        "\"author\":\"Orla Fenn\",\"url\":\"http://echo.example/m\",\"language\":\"en\"}",
    };
    for (size_t i = 0; i < sizeof DUMPS / sizeof *DUMPS; i++) {
        struct document document = read(state, DUMPS[i]);
        assert_span(document.title, "Mill");
        assert_span(document.blocks[0].text, "It closed.");
        assert_span(document.url, "http://echo.example/m");
        assert_span(document.source_name, "echo.example");
        assert_span(document.language, "en");
        assert_int_equal(document.published.seconds, 1709251200);
        assert_int_equal(document.author_count, 1);
        assert_span(document.authors[0], "Orla Fenn");
    }
}

static void test_reader_json__authors(void **state) {
    assert_int_equal(read(state, "{\"text\":\"x\",\"authors\":\"Orla Fenn and Piet Moor\"}").author_count, 2);
    assert_int_equal(read(state, "{\"text\":\"x\",\"authors\":[\"Orla Fenn\",\"Piet Moor, Jun Abe\"]}").author_count, 3);
    assert_int_equal(
        read(state, "{\"text\":\"x\",\"author\":[{\"name\":\"Orla Fenn\"},{\"@type\":\"Person\",\"name\":\"Piet Moor\"}]}").author_count,
        2);
    assert_int_equal(read(state, "{\"text\":\"x\",\"authors\":[],\"byline\":\"By Orla Fenn\"}").author_count, 1);
    assert_int_equal(read(state, "{\"text\":\"x\",\"authors\":7}").author_count, 0);
    assert_int_equal(read(state, "{\"text\":\"x\",\"authors\":[7,null,{\"age\":7},[]]}").author_count, 0);
}

static void test_reader_json__keys_in_any_writing(void **state) {
    struct document document = read(state, "{\"Title\":\"Mill\",\"Article Text\":\"It closed.\",\"DATE-PUBLISHED\":\"2024-03-01\"}");
    assert_span(document.title, "Mill");
    assert_span(document.blocks[0].text, "It closed.");
    assert_int_equal(document.published.seconds, 1709251200);
}

static void test_reader_json__the_first_plain_text_wins(void **state) {
    assert_span(read(state, "{\"content\":\"Later.\",\"text\":\"First.\"}").blocks[0].text, "First.");
    assert_span(read(state, "{\"text\":\"\",\"body\":\"It closed.\"}").blocks[0].text, "It closed.");
    assert_span(read(state, "{\"text\":null,\"body\":\"It closed.\"}").blocks[0].text, "It closed.");
    assert_span(read(state, "{\"content\":\"<p>It <b>closed</b>.</p>\",\"raw_text\":\"It closed.\"}").blocks[0].text, "It closed.");
    assert_span(read(state, "{\"html\":\"It closed.\"}").blocks[0].text, "It closed.");
}

static void test_reader_json__paragraphs_as_list(void **state) {
    struct document document = read(state, "{\"text\":[\"One thing.\",\"Another.\"]}");
    assert_int_equal(document.block_count, 2);
    assert_span(document.blocks[1].text, "Another.");
}

static void test_reader_json__dates(void **state) {
    assert_int_equal(read(state, "{\"text\":\"x\",\"published\":\"soon\",\"date\":\"2024-03-01\"}").published.seconds, 1709251200);
    assert_int_equal(read(state, "{\"text\":\"x\",\"timestamp\":1709251200000}").published.seconds, 1709251200);
    assert_int_equal(read(state, "{\"text\":\"x\",\"published\":{\"$date\":\"2024-03-01T00:00:00Z\"}}").published.seconds, 1709251200);
    assert_int_equal(read(state, "{\"text\":\"x\",\"published\":\"2099-01-01\"}").published.precision, PRECISION_NONE);
    assert_int_equal(read(state, "{\"text\":\"x\",\"published\":1e300}").published.precision, PRECISION_NONE);
    assert_int_equal(read(state, "{\"text\":\"x\",\"published\":true}").published.precision, PRECISION_NONE);
}

static void test_reader_json__strings_outlive_the_tree(void **state) {
    struct document document =
        read(state, "{\"text\":\"It \\u00e9tait \\ud83d\\ude00.\",\"section\":\" Town\\tnews \",\"title\":\"A\\nB\"}");
    assert_span(document.blocks[0].text, "It était 😀.");
    assert_span(document.section, "Town news");
    assert_span(document.title, "A B");
}

static void test_reader_json__other_fields_do_not_matter(void **state) {
    struct document document = read(state, "{\"id\":123456789012345678901234567890,\"text\":\"x\",\"tags\":[[[{}]]],\"\":0}");
    assert_int_equal(document.block_count, 1);
}

static void test_reader_json__refused(void **state) {
    refused(state, "", "not JSON");
    refused(state, "{\"text\": \"x\"", "not JSON");
    refused(state, "{\"text\": \"x\"} {}", "not JSON");
    refused(state, "[1, 2]", "an array, not a JSON object");
    refused(state, "\"text\"", "a string, not a JSON object");
    refused(state, "null", "null, not a JSON object");
    refused(state, "{}", "no text");
    refused(state, "{\"title\":\"Mill\"}", "no text");
    refused(state, "{\"text\":\" \\n \"}", "no text");
    refused(state, "{\"text\":7}", "\"text\" is a number");
    refused(state, "{\"text\":{\"a\":1}}", "\"text\" is an object");
    refused(state, "{\"text\":[1,\"x\"]}", "\"text\" is an array");
    refused(state, "{\"text\":false}", "\"text\" is true or false");
    refused(state, "{\"text\":\"x\",\"title\":7}", "\"title\" is a number");
    refused(state, "{\"content\":\"<div><br></div><p></p>\"}", "no story");
    refused(state, "{\"text\":\"a\\u0000b\"}", "");
}

static void test_reader_json__html(void **state) {
    struct document document = read(state, "{\"html\":\"<p>It closed.</p><script>no();</script><ul><li>On Monday</ul>\"}");
    assert_int_equal(document.block_count, 2);
    assert_span(document.blocks[0].text, "It closed.");
    assert_int_equal(document.blocks[1].kind, BLOCK_LIST_ITEM);
    assert_true(document.chosen);
    /* Plain text is believed more, wherever it stands. */
    document = read(state, "{\"content\":\"<p>It closed.</p><p>So.</p>\",\"rawText\":\"The mill closed.\"}");
    assert_span(document.blocks[0].text, "The mill closed.");
    assert_false(document.chosen);
    document = read(state, "{\"title\":\"The mill closes\",\"content\":\"<h1>The mill closes</h1><p>It did.</p>\"}");
    assert_int_equal(document.block_count, 1);
}

static void test_reader_json__invalid_utf8(void **state) {
    assert_span(read(state, "{\"text\":\"The caf\xe9 of the old mill closed on Monday.\"}").blocks[0].text,
                "The café of the old mill closed on Monday.");
}

static void test_reader_json__memory(void **state) {
    (void)state;
    const char *json =
        "{\"title\":\"Mill\",\"text\":\"It closed.\",\"url\":\"http://a.example/\",\"authors\":[\"Orla Fenn\"],\"source\":\"Echo\"}";
    for (size_t ceiling = 1; ceiling < 4096; ceiling += 7) {
        struct arena small;
        arena_init(&small, ceiling);
        struct document document;
        struct error error = {0};
        enum result result = reader_json(&small, span_of(json), NOW, &document, &error);
        assert_true(result == RESULT_MEMORY || result == RESULT_OK);
        assert_true(result == RESULT_OK || ceiling < 2048);
        arena_done(&small);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        arena_test(test_reader_json__own_fields),
        arena_test(test_reader_json__dumps),
        arena_test(test_reader_json__authors),
        arena_test(test_reader_json__keys_in_any_writing),
        arena_test(test_reader_json__the_first_plain_text_wins),
        arena_test(test_reader_json__paragraphs_as_list),
        arena_test(test_reader_json__dates),
        arena_test(test_reader_json__strings_outlive_the_tree),
        arena_test(test_reader_json__other_fields_do_not_matter),
        arena_test(test_reader_json__refused),
        arena_test(test_reader_json__html),
        arena_test(test_reader_json__invalid_utf8),
        arena_test(test_reader_json__memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
