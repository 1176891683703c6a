#include "tests/unit/ingest/check.h"

#include "ingest/reader.h"

static struct document read(void **state, struct span bytes) {
    struct document document;
    struct error error = {0};
    if (reader_text(*state, bytes, NOW, &document, &error) != RESULT_OK)
        fail_msg("%s", error.message);
    return document;
}

static void refused(void **state, struct span bytes, const char *reason) {
    struct document document;
    struct error error = {0};
    assert_int_equal(reader_text(*state, bytes, NOW, &document, &error), RESULT_INVALID);
    assert_contains(error.message, reason);
}

static void test_reader_text__headers(void **state) {
    struct document document =
        read(state, SPAN("Title: Mill closes\nURL: HTTPS://News.Example/mill?utm_source=x#top\nDate: 2024-03-01\n"
                         "Source: The Oststadt Echo\nAuthor: By Orla Fenn and Piet Moor\nLanguage: EN_gb\nSection: Town\n"
                         "\nThe mill closed.\n"));
    assert_span(document.title, "Mill closes");
    assert_span(document.url, "https://news.example/mill");
    assert_span(document.source_name, "The Oststadt Echo");
    assert_span(document.language, "en-GB");
    assert_span(document.section, "Town");
    assert_int_equal(document.published.seconds, 1709251200);
    assert_int_equal(document.published.precision, PRECISION_DAY);
    assert_string_equal(document.published_from, "header");
    assert_int_equal(document.author_count, 2);
    assert_span(document.authors[0], "Orla Fenn");
    assert_span(document.authors[1], "Piet Moor");
    assert_int_equal(document.block_count, 1);
    assert_span(document.blocks[0].text, "The mill closed.");
}

static void test_reader_text__header_synonyms_in_any_case(void **state) {
    struct document document = read(
        state, SPAN("\n\nHEADLINE : Mill closes\nlink:http://a.example/\nPublished: 1 March 2024\nbyline: Orla Fenn\nThe mill closed."));
    assert_span(document.title, "Mill closes");
    assert_span(document.url, "http://a.example/");
    assert_int_equal(document.published.seconds, 1709251200);
    assert_span(document.authors[0], "Orla Fenn");
    assert_span(document.blocks[0].text, "The mill closed.");
}

static void test_reader_text__headers_only_at_the_beginning(void **state) {
    struct document document = read(state, SPAN("The mill closed.\n\nSource: a letter\nDate: 2024-03-01\n"));
    assert_int_equal(document.block_count, 3);
    assert_int_equal(document.published.precision, PRECISION_NONE);
    assert_int_equal(document.source_name.length, 0);
    document = read(state, SPAN("Title: Mill\n\nSource: a letter, as the clerk said.\n"));
    assert_int_equal(document.source_name.length, 0);
    assert_int_equal(document.block_count, 1);
}

static void test_reader_text__a_bad_date_is_not_fatal(void **state) {
    assert_int_equal(read(state, SPAN("Date: soon\n\nThe mill closed.")).published.precision, PRECISION_NONE);
    assert_int_equal(read(state, SPAN("Date: 30 February 2024\n\nThe mill closed.")).published.precision, PRECISION_NONE);
    assert_int_equal(read(state, SPAN("Date: 1599-12-31\n\nThe mill closed.")).published.precision, PRECISION_NONE);
    assert_int_equal(read(state, SPAN("Date: 2099-01-01\n\nThe mill closed.")).published.precision, PRECISION_NONE);
    assert_int_equal(read(state, SPAN("Date: 1600-01-01\n\nThe mill closed.")).published.precision, PRECISION_DAY);
}

static void test_reader_text__a_bad_url_is_left_out(void **state) {
    assert_int_equal(read(state, SPAN("URL: ftp://a.example/x\n\nThe mill closed.")).url.length, 0);
    assert_int_equal(read(state, SPAN("URL: not one\n\nThe mill closed.")).url.length, 0);
}

static void test_reader_text__line_ends(void **state) {
    struct document document = read(state, SPAN("Title: Mill\r\n\r\nOne thing.\r\n\r\nAnother.\r\n"));
    assert_span(document.title, "Mill");
    assert_int_equal(document.block_count, 2);
    assert_int_equal(read(state, SPAN("One thing.\r\rAnother.\r")).block_count, 2);
}

static void test_reader_text__encodings(void **state) {
    assert_span(read(state, SPAN("\xef\xbb\xbfThe mill closed.")).blocks[0].text, "The mill closed.");
    assert_span(read(state, SPAN("The caf\xe9 of the old mill closed on Monday.")).blocks[0].text,
                "The café of the old mill closed on Monday.");
    assert_span(read(state, SPAN("\xff\xfeM\0i\0l\0l\0")).blocks[0].text, "Mill");
}

static void test_reader_text__refused(void **state) {
    refused(state, SPAN("\x01\x02\x00\x03\xff\xfe\x00\x00\x7f\x45\x4c\x46"), "");
    refused(state, SPAN("The mill\0closed.\0\0\0\0\0"), "");
    refused(state, SPAN(" \n\t\n"), "no text");
    refused(state, SPAN("Title: Mill\nDate: 2024-03-01\n"), "no text");
}

static void test_reader_text__tags_are_text(void **state) {
    struct document document = read(state, SPAN("Title: Mill\n\n<p>The mill closed.</p>\n\n<p>It was old.</p>"));
    assert_int_equal(document.block_count, 2);
    assert_span(document.blocks[0].text, "<p>The mill closed.</p>");
}

static void test_authors_add__shapes(void **state) {
    struct name_list list = {0};
    assert_true(authors_add(*state, &list, SPAN("By  Orla Fenn, Piet Moor; Jun  Abe & Lio Tan, and Sandra Land")));
    assert_int_equal(list.count, 5);
    assert_span(list.items[0], "Orla Fenn");
    assert_span(list.items[2], "Jun Abe");
    assert_span(list.items[4], "Sandra Land");
    assert_true(authors_add(*state, &list, SPAN("Orla Fenn")));
    assert_true(authors_add(*state, &list, SPAN(" , ;; and ")));
    assert_true(authors_add(*state, &list, SPAN("")));
    assert_int_equal(list.count, 5);
}

static void test_document_set_language__tags(void **state) {
    struct document document = {0};
    assert_true(document_set_language(*state, &document, SPAN("English")));
    assert_true(document_set_language(*state, &document, SPAN("e")));
    assert_true(document_set_language(*state, &document, SPAN("en-")));
    assert_true(document_set_language(*state, &document, SPAN("en us")));
    assert_true(document_set_language(*state, &document, SPAN("")));
    assert_int_equal(document.language.length, 0);
    assert_true(document_set_language(*state, &document, SPAN("zh-Hant-TW")));
    assert_span(document.language, "zh-Hant-TW");
}

static void test_document_set_source__host_of_a_url(void **state) {
    struct document document = {0};
    assert_true(document_set_source(*state, &document, SPAN("https://www.echo.example/")));
    assert_span(document.source_name, "echo.example");
    assert_true(document_set_source(*state, &document, SPAN(" The\n Oststadt   Echo ")));
    assert_span(document.source_name, "The Oststadt Echo");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        arena_test(test_reader_text__headers),
        arena_test(test_reader_text__header_synonyms_in_any_case),
        arena_test(test_reader_text__headers_only_at_the_beginning),
        arena_test(test_reader_text__a_bad_date_is_not_fatal),
        arena_test(test_reader_text__a_bad_url_is_left_out),
        arena_test(test_reader_text__line_ends),
        arena_test(test_reader_text__encodings),
        arena_test(test_reader_text__refused),
        arena_test(test_reader_text__tags_are_text),
        arena_test(test_authors_add__shapes),
        arena_test(test_document_set_language__tags),
        arena_test(test_document_set_source__host_of_a_url),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
