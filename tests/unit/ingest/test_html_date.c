#include "tests/unit/ingest/html_check.h"

/* A story long enough to be seen as one. */
#define STORY                                                                                                                              \
    "<p>The mill at the weir closed on Friday after the river rose for the third time in a month, and the people who worked there were "   \
    "sent home with a letter that told them to wait for word from the owners in the spring.</p>"

static void test_html_date__metadata_before_all(void **state) {
    struct html_metadata metadata =
        read_page(state, SPAN("<html><head><meta property=article:published_time content='2024-03-01T09:30:00+01:00'>"
                              "<meta property=article:modified_time content='2024-03-03T10:00:00Z'></head><body><h1>Mill closes</h1>"
                              "<p class=date>3 March 2024</p>" STORY "</body></html>"));
    assert_span(moment_text(state, metadata.published), "2024-03-01T08:30:00Z");
    assert_string_equal(metadata.published_from, "meta");
    assert_span(moment_text(state, metadata.modified), "2024-03-03T10:00:00Z");
    assert_string_equal(metadata.modified_from, "meta");
}

static void test_html_date__names_of_meta(void **state) {
    assert_published(state, "<meta name=parsely-pub-date content='2024-03-01'><p>x</p>", "2024-03-01");
    assert_published(state, "<meta name=sailthru.date content='2024-03-01 10:00:00'><p>x</p>", "2024-03-01T10:00:00Z");
    assert_published(state, "<meta name=DC.date.issued content='20240301'><p>x</p>", "2024-03-01");
    assert_published(state, "<meta name=acme:published_time content='1 Mar 2024'><p>x</p>", "2024-03-01");
    assert_published(state, "<meta itemprop=datePublished content='2024-03-01'><p>x</p>", "2024-03-01");
    assert_published(state, "<meta name=viewport content='2024-03-01'><p>x</p>", "none");
}

static void test_html_date__never_wrong_rather_than_none(void **state) {
    assert_published(state, "<h1>Mill closes</h1>" STORY, "none");
    assert_published(state, "<meta name=pubdate content='2099-01-01'><p>x</p>", "none");
    assert_published(state, "<meta name=pubdate content='1970-01-01T00:00:00Z'><p>x</p>", "none");
    assert_published(state, "<meta name=pubdate content='1500-01-01'><p>x</p>", "none");
    assert_published(state, "<h1>Mill closes</h1>" STORY "<footer>&copy; 1 March 2024 Oststadt Echo</footer>", "none");
    assert_published(state, "<h1>Mill closes</h1>" STORY "<div id=comments><time datetime=2024-03-05>5 March</time></div>", "none");
    assert_published(
        state, "<h1>Mill closes</h1>" STORY "<aside><a href=/x>Weir opens <time datetime=2024-03-05>5 March</time></a></aside>", "none");
    assert_published(state, "<h1>Mill closes</h1>" STORY "<p>The weir was built on 3 May 2011 and mended since.</p>", "none");
}

static void test_html_date__time_elements_by_place(void **state) {
    assert_published(state,
                     "<div class=latest><time datetime=2024-03-09>9 March</time></div><article><h1>Mill closes after flood</h1>"
                     "<time datetime=2024-03-01>1 March</time>" STORY
                     "</article>"
                     "<article><h2>Weir opens</h2><time datetime=2024-03-07>7 March</time></article>",
                     "2024-03-01");
    struct html_metadata metadata =
        read_page(state, SPAN("<h1>Mill closes</h1><time class='entry-date published' datetime=2024-03-01T08:00:00Z></time>"
                              "<time class=updated datetime=2024-03-04T08:00:00Z></time>" STORY));
    assert_span(moment_text(state, metadata.published), "2024-03-01T08:00:00Z");
    assert_span(moment_text(state, metadata.modified), "2024-03-04T08:00:00Z");
    assert_string_equal(metadata.published_from, "time element");
}

static void test_html_date__url(void **state) {
    assert_published(state, "<link rel=canonical href=https://echo.example/2024/03/01/mill><p>x</p>", "2024-03-01");
    assert_published(state, "<link rel=canonical href=https://echo.example/mill-20240301.html><p>x</p>", "2024-03-01");
    assert_published(state, "<link rel=canonical href=https://echo.example/news/29-02-2024><p>x</p>", "2024-02-29");
    assert_published(state, "<link rel=canonical href=https://echo.example/2024/13/41/mill><p>x</p>", "none");
    assert_published(state, "<link rel=canonical href=https://echo.example/mill-12345678901><p>x</p>", "none");
    assert_published(state, "<link rel=canonical href='https://echo.example/mill?d=2024/03/01'><p>x</p>", "none");
}

static void test_html_date__written(void **state) {
    assert_published(state, "<html lang=de><h1>M&uuml;hle schlie&szlig;t</h1><p>Ver&ouml;ffentlicht am 1. M&auml;rz 2024</p>" STORY,
                     "2024-03-01");
    assert_published(state, "<html lang=en-US><h1>Mill closes</h1><span class=date>03/01/2024</span>" STORY, "2024-03-01");
    assert_published(state, "<html lang=en-GB><h1>Mill closes</h1><span class=date>01/03/2024</span>" STORY, "2024-03-01");
    assert_published(state, "<html lang=en><h1>Mill closes</h1><span class=date>01/03/2024</span>" STORY, "none");
    assert_published(state, "<h1>Mill closes</h1><p><b>1</b> <i>March</i> <b>2024</b></p>" STORY, "2024-03-01");
    assert_published(state, "<h1>Mill closes</h1>" STORY "<p>Last updated: 2 March 2024</p>", "2024-03-02");
    assert_string_equal(read_page(state, SPAN("<h1>Mill closes</h1><p>1 March 2024</p>" STORY)).published_from, "page text");
}

static void test_html_date__votes(void **state) {
    /* The template's date stands alone, two others agree. */
    assert_published(state,
                     "<link rel=canonical href=https://echo.example/2024/03/01/mill><meta name=date content=2011-05-05><h1>Mill closes</h1>"
                     "<time datetime=2024-03-01>1 March 2024</time>" STORY,
                     "2024-03-01");
    /* What is shown as the date is the last change. */
    assert_published(state,
                     "<meta property=article:published_time content=2023-04-12><meta name=publishdate content=2024-02-19>"
                     "<meta property=article:modified_time content=2024-02-19><h1>Mill closes</h1><time datetime=2024-02-19></time>" STORY,
                     "2023-04-12");
}

static void test_html_date__many_of_them(void **state) {
    static const char line[] = "<time datetime=2023-01-01>1.1.2023</time> <span class=date>2 May 2022</span> ";
    enum { COUNT = 20000 };
    char *html = arena_alloc(*state, COUNT * (sizeof line - 1));
    for (size_t i = 0; i < COUNT; i++)
        memcpy(html + i * (sizeof line - 1), line, sizeof line - 1);
    struct html_metadata metadata = read_page(state, (struct span){html, COUNT * (sizeof line - 1)});
    assert_true(metadata.published.precision == PRECISION_NONE || metadata.published_from);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        arena_test(test_html_date__metadata_before_all),
        arena_test(test_html_date__names_of_meta),
        arena_test(test_html_date__never_wrong_rather_than_none),
        arena_test(test_html_date__time_elements_by_place),
        arena_test(test_html_date__url),
        arena_test(test_html_date__written),
        arena_test(test_html_date__votes),
        arena_test(test_html_date__many_of_them),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
