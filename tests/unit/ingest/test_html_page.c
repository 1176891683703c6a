#include "tests/unit/ingest/check.h"

#include "ingest/html_charset.h"
#include "ingest/html_page.h"
#include "ingest/html_tag.h"

static struct html_page parse(void **state, struct span bytes) {
    struct html_page page;
    struct error error = {0};
    if (html_page_parse(*state, bytes, &page, &error) != RESULT_OK)
        fail_msg("%s", error.message);
    return page;
}

static struct span page_text(void **state, struct span bytes) {
    struct html_page page = parse(state, bytes);
    struct span text = html_text(*state, page.root);
    html_page_done(&page);
    return text;
}

/* times copies of piece, behind head. */
static struct span repeated(void **state, struct span head, struct span piece, size_t times) {
    char *data = arena_alloc(*state, head.length + times * piece.length);
    memcpy(data, head.data, head.length);
    for (size_t i = 0; i < times; i++)
        memcpy(data + head.length + i * piece.length, piece.data, piece.length);
    return (struct span){data, head.length + times * piece.length};
}

static void test_html_page__text(void **state) {
    assert_span(page_text(state, SPAN("<p>The  mill\n<b>clo</b>sed.</p>On<br>Monday<script>x()</script>&nbsp;&amp; so")),
                "The mill closed. On Monday & so");
    assert_span(page_text(state, SPAN("The mill closed.")), "The mill closed.");
    assert_span(page_text(state, SPAN("<div>a</div>b")), "a b");
}

static void test_html_page__refused(void **state) {
    struct html_page page;
    struct error error = {0};
    assert_int_equal(html_page_parse(*state, SPAN(""), &page, &error), RESULT_INVALID);
    html_page_done(&page);
    assert_int_equal(html_page_parse(*state, SPAN(" \n "), &page, &error), RESULT_INVALID);
    assert_int_equal(html_page_parse(*state, SPAN("</p></p>"), &page, &error), RESULT_INVALID);
    assert_contains(error.message, "not one element");
    assert_int_equal(html_page_parse(*state, SPAN("\x01\x02\x03\x04\x05\x06<p>"), &page, &error), RESULT_INVALID);
    assert_contains(error.message, "binary");
}

static void test_html_page__charsets(void **state) {
    assert_span(page_text(state, SPAN("\xef\xbb\xbf<p>caf\xc3\xa9")), "café");
    assert_span(page_text(state, SPAN("\xff\xfe<\0p\0>\0\xe9\0")), "é");
    assert_span(page_text(state, SPAN("\xfe\xff\0<\0p\0>\0\xe9")), "é");
    assert_span(page_text(state, SPAN("<p>caf\xe9")), "café");
    assert_span(page_text(state, SPAN("<meta charset=iso-8859-1><p>\x93mill\x94")), "“mill”");
    assert_span(page_text(state, SPAN("<meta http-equiv='Content-Type' content='text/html; charset=windows-1251'><p>\xec\xe8\xf0")), "мир");
    assert_span(page_text(state, SPAN("<html lang=ru><p>\xec\xe8\xf0")), "мир");
    assert_span(page_text(state, SPAN("<meta charset=\"Shift_JIS\"><p>\x93\xfa\x96\x7b")), "日本");
    /* Well-formed UTF-8 is UTF-8, whatever the page says. */
    assert_span(page_text(state, SPAN("<meta charset=iso-8859-1><p>caf\xc3\xa9")), "café");
    assert_span(page_text(state, SPAN("<meta charset=utf-8><p>caf\xc3\xa9 caf\xe9")), "café café");
    assert_span(page_text(state, SPAN("<meta charset=no-such><p>caf\xe9")), "café");
}

static void test_html_charset_declared__places(void **state) {
    (void)state;
    assert_string_equal(html_charset_declared(SPAN("<?xml version='1.0' encoding='koi8-r'?><html>")), "KOI8-R");
    assert_string_equal(html_charset_declared(SPAN("<META name=x><meta CHARSET = gb2312>")), "GB18030");
    assert_null(html_charset_declared(SPAN("<meta charset=")));
    assert_null(html_charset_declared(SPAN("charset=utf-8")));
}

static void test_html_page__nested_deeply(void **state) {
    struct html_page page = parse(state, repeated(state, SPAN("<p>The mill closed."), SPAN("<div>"), 100000));
    size_t depth = 0;
    for (const xmlNode *node = page.root; node; node = node->last)
        depth++;
    assert_true(depth <= HTML_DEPTH_MAX + 1);
    assert_span(html_text(*state, page.root), "The mill closed.");
    html_page_done(&page);
}

static void test_html_page__closed_in_vain(void **state) {
    struct span open = repeated(state, SPAN("<p>The mill closed."), SPAN("<i>"), 100000);
    struct html_page page = parse(state, repeated(state, open, SPAN("</b>"), 200000));
    assert_true(page.cut);
    assert_span(html_text(*state, page.root), "The mill closed.");
    html_page_done(&page);
}

static void test_html_page__many_attributes(void **state) {
    struct span tag = repeated(state, SPAN("<p "), SPAN("a=1 b "), 100000);
    struct html_page page = parse(state, tag);
    size_t count = 0;
    for (const xmlAttr *attribute = html_find(page.root, page.root, "p")->properties; attribute; attribute = attribute->next)
        count++;
    assert_true(count <= HTML_ATTRIBUTES_MAX);
    html_page_done(&page);
}

static void test_html_page__many_nodes(void **state) {
    struct html_page page = parse(state, repeated(state, SPAN("<p>"), SPAN("<br>"), HTML_NODES_MAX + 10));
    assert_true(page.cut);
    html_page_done(&page);
}

static void test_html_page__entities_are_characters_only(void **state) {
    struct span bomb = SPAN("<!DOCTYPE html [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;\">]><p>&b; &lt;x&gt; &#8364;");
    struct span text = page_text(state, bomb);
    assert_int_equal(span_find(text, SPAN("aaaaaaaa"), 0), SIZE_MAX);
    assert_true(span_find(text, SPAN("<x> €"), 0) != SIZE_MAX);
}

static void test_html_page__helpers(void **state) {
    struct html_page page = parse(state, SPAN("<article ID=x hidden class=''><p>a<custom-tag>b</custom-tag></article><p>c"));
    const xmlNode *article = html_find(page.root, page.root, "article");
    assert_int_equal(html_tag(article), TAG_article);
    assert_span(html_attribute(article, "id"), "x");
    assert_true(html_has_attribute(article, "hidden"));
    assert_int_equal(html_attribute(article, "class").length, 0);
    assert_false(html_has_attribute(article, "title"));
    const xmlNode *custom = html_find(article, page.root, "custom-tag");
    assert_int_equal(html_tag(custom), TAG_unknown);
    assert_null(html_find(html_next(custom, article), article, "p"));
    assert_null(html_next_beside(article, article));
    assert_null(html_find(NULL, page.root, "p"));
    html_page_done(&page);
}

static void test_html_tag_of_name__all_are_found(void **state) {
    (void)state;
#define X(name, flow) assert_int_equal(html_tag_of_name(#name), TAG_##name);
    HTML_TAGS(X)
#undef X
    assert_int_equal(html_tag_of_name("nosuch"), TAG_unknown);
    assert_int_equal(html_tag_of_name(""), TAG_unknown);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        arena_test(test_html_page__text),
        arena_test(test_html_page__refused),
        arena_test(test_html_page__charsets),
        cmocka_unit_test(test_html_charset_declared__places),
        arena_test(test_html_page__nested_deeply),
        arena_test(test_html_page__closed_in_vain),
        arena_test(test_html_page__many_attributes),
        arena_test(test_html_page__many_nodes),
        arena_test(test_html_page__entities_are_characters_only),
        arena_test(test_html_page__helpers),
        cmocka_unit_test(test_html_tag_of_name__all_are_found),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
