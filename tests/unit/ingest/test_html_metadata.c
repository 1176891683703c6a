#include "tests/unit/ingest/html_check.h"

static void test_html_metadata__graph_with_references(void **state) {
    struct html_metadata metadata = read_page(
        state,
        SPAN("<html lang=en-GB><head><title>Mill closes after flood | Oststadt Echo</title>"
             "<link rel=canonical href='https://echo.example/town/mill?utm_source=x'><script type='application/ld+json'>"
             "{\"@graph\":[{\"@type\":\"WebSite\",\"@id\":\"#s\",\"name\":\"Oststadt Echo\"},"
             "{\"@type\":[\"Thing\",\"NewsArticle\"],\"headline\":\"Mill closes after flood &amp; fire\","
             "\"datePublished\":\"2024-03-01T09:30:00+01:00\",\"dateModified\":\"2024-03-02\",\"author\":[{\"@id\":\"#o\"},\"Piet Moor\"],"
             "\"publisher\":{\"@id\":\"#s\"},\"image\":[{\"@type\":\"ImageObject\",\"url\":\"/img/mill.jpg\",\"creditText\":\"Ada Lund\"}],"
             "\"articleSection\":[\"Town\"]},{\"@type\":\"Person\",\"@id\":\"#o\",\"name\":\"Orla Fenn\"}]}</script></head>"
             "<body><h1>Mill closes after flood &amp; fire</h1></body></html>"));
    assert_span(metadata.title.text, "Mill closes after flood & fire");
    assert_string_equal(metadata.title.from, "json-ld");
    assert_span(metadata.outlet.text, "Oststadt Echo");
    assert_span(metadata.url.text, "https://echo.example/town/mill");
    assert_string_equal(metadata.url.from, "link");
    assert_span(metadata.language.text, "en-GB");
    assert_span(metadata.section.text, "Town");
    assert_span(metadata.image_url.text, "https://echo.example/img/mill.jpg");
    assert_span(metadata.image_credit.text, "Ada Lund");
    assert_int_equal(metadata.author_count, 2);
    assert_span(metadata.authors[0], "Orla Fenn");
    assert_span(metadata.authors[1], "Piet Moor");
    assert_string_equal(metadata.authors_from, "json-ld");
    assert_span(moment_text(state, metadata.published), "2024-03-01T08:30:00Z");
    assert_span(moment_text(state, metadata.modified), "2024-03-02");
}

static void test_html_metadata__the_page_s_own_article_of_several(void **state) {
    struct html_metadata metadata =
        read_page(state, SPAN("<meta property=og:title content='Mill closes after flood'><script type=application/ld+json>"
                              "{\"@type\":\"ItemList\",\"itemListElement\":[{\"@type\":\"NewsArticle\",\"headline\":\"Weir opens again\","
                              "\"datePublished\":\"2024-03-05\"},{\"@type\":\"NewsArticle\",\"headline\":\"Mill closes after flood\","
                              "\"datePublished\":\"2024-03-01\"}]}</script><p>x</p>"));
    assert_span(moment_text(state, metadata.published), "2024-03-01");
    metadata =
        read_page(state, SPAN("<title>Front page</title><script type=application/ld+json>{\"@type\":\"ItemList\",\"itemListElement\":["
                              "{\"@type\":\"NewsArticle\",\"headline\":\"Weir opens again\",\"datePublished\":\"2024-03-05\"}]}"
                              "</script><p>x</p>"));
    assert_span(moment_text(state, metadata.published), "none");
}

static void test_html_metadata__broken_json_ld(void **state) {
    static const char *const SCRIPTS[] = {
        "<!-- {\"@type\":\"Article\",\"datePublished\":\"2024-03-01\"} -->",
        "//<![CDATA[\n{\"@type\":\"Article\",\"datePublished\":\"2024-03-01\"}\n//]]>",
        "{\"@type\":\"Article\",\"datePublished\":\"2024-03-01\",}",
        "[{\"@type\":\"Article\",\"tags\":[1,,2,],\"datePublished\":\"2024-03-01\"},]",
        "{\"@type\":\"Article\",\"x\":\"a\tb\nc\\'d \\ud800 \\u0000\",\"datePublished\":\"2024-03-01\"};",
        "/* made by */ {\"@type\":\"Article\",/* x */\"datePublished\":\"2024-03-01\"}",
        "{\"@type\":\"WebSite\"}{\"@type\":\"Article\",\"datePublished\":\"2024-03-01\"}",
        "{\"@type\":\"Article\",\"size\":1e999,\"datePublished\" : \"2024-03-01\"}",
        "{\"@type\":\"Article\",\"datePublished\":\"2024-03-01\",\"text\":\"cut off he",
        "{\"@type\":\"Article\",\"n\":123456789012345678901234567890,\"datePublished\":\"2024-03-01\"}",
    };
    for (size_t i = 0; i < sizeof SCRIPTS / sizeof *SCRIPTS; i++) {
        struct span html = arena_print(*state, "<script type='application/ld+json'>%s</script><p>x</p>", SCRIPTS[i]);
        struct html_metadata metadata = read_page(state, html);
        if (metadata.published.seconds != 1709251200)
            fail_msg("not read: %s", SCRIPTS[i]);
        assert_string_equal(metadata.published_from, "json-ld");
    }
}

static void test_html_metadata__title_by_agreement(void **state) {
    assert_span(read_page(state, SPAN("<title>Mill closes after flood - Oststadt Echo</title><meta property=og:site_name "
                                      "content='Oststadt Echo'><h1>Oststadt Echo</h1><h1>Mill closes after flood</h1>"))
                    .title.text,
                "Mill closes after flood");
    assert_span(read_page(state, SPAN("<title>Mill closes after flood</title><h1>Welcome to our page</h1><p>x</p>")).title.text,
                "Mill closes after flood");
    assert_span(read_page(state, SPAN("<meta property=og:site_name content='Oststadt Echo'><title>Oststadt Echo: Mill | The Oststadt "
                                      "Echo</title><p>x</p>"))
                    .title.text,
                "Oststadt Echo: Mill");
    struct html_metadata metadata = read_page(state, SPAN("<p>x</p>"));
    assert_int_equal(metadata.title.text.length, 0);
    assert_null(metadata.title.from);
}

static void check_authors(void **state, struct span html, const char *expected) {
    struct html_metadata metadata = read_page(state, html);
    char joined[256] = "";
    for (size_t i = 0; i < metadata.author_count; i++)
        snprintf(joined + strlen(joined), sizeof joined - strlen(joined), "%s%.*s", i > 0 ? "; " : "", SPAN_PRINT(metadata.authors[i]));
    assert_string_equal(joined, expected);
    assert_int_equal(metadata.author_count > 0, metadata.authors_from != NULL);
}
#define assert_authors(state, html, expected) check_authors(state, SPAN(html), expected)

static void test_html_metadata__authors(void **state) {
    assert_authors(state, "<meta name=author content='By Orla Fenn and Piet Moor'><p>x</p>", "Orla Fenn; Piet Moor");
    assert_authors(state, "<meta name=author content='https://echo.example/orla'><a rel=author href=/o>Orla Fenn</a>", "Orla Fenn");
    assert_authors(state, "<meta property=og:site_name content='Oststadt Echo'><meta name=author content='Oststadt Echo'><p>x</p>", "");
    assert_authors(state, "<meta name=author content=admin><p class=byline>Von Orla Fenn, 1. M&auml;rz 2024</p>", "Orla Fenn");
    assert_authors(state, "<span itemprop=author><b itemprop=name>Orla Fenn</b> <i>reporter</i></span>", "Orla Fenn");
    assert_authors(state, "<p class=byline>Last updated: 1 March 2024</p>", "");
    assert_authors(state,
                   "<script type=application/ld+json>{\"@type\":\"Article\",\"author\":[{\"@type\":\"Organization\",\"name\":\"Echo\"},"
                   "{\"name\":[\"Orla Fenn\",\"Piet Moor\"]},{\"name\":\"ORLA FENN\"}]}</script><p>x</p>",
                   "Orla Fenn; Piet Moor");
}

static void test_html_metadata__addresses(void **state) {
    struct html_metadata metadata =
        read_page(state, SPAN("<link rel=canonical href='https://echo.example/'><meta property=og:url content='https://echo.example/a/b'>"
                              "<meta property=og:image content='//img.example/a.png'><p>x</p>"));
    assert_span(metadata.url.text, "https://echo.example/a/b");
    assert_span(metadata.image_url.text, "https://img.example/a.png");
    assert_span(metadata.outlet.text, "echo.example");
    assert_string_equal(metadata.outlet.from, "url");
    metadata = read_page(state, SPAN("<link rel=canonical href='javascript:alert(1)'><meta property=og:image content='data:x'><p>x</p>"));
    assert_int_equal(metadata.url.text.length, 0);
    assert_int_equal(metadata.image_url.text.length, 0);
}

static void test_html_metadata__language_and_credit(void **state) {
    assert_span(read_page(state, SPAN("<html><meta property=og:locale content=de_AT><p>x</p></html>")).language.text, "de-AT");
    assert_int_equal(read_page(state, SPAN("<html lang='{{ lang }}'><p>x</p></html>")).language.text.length, 0);
    assert_span(read_page(state, SPAN("<figure><img><figcaption>The mill <span class=credit>Ada Lund</span></figcaption></figure>"))
                    .image_credit.text,
                "Ada Lund");
}

/* A text, many times another, and an end. */
static struct span repeated(void **state, const char *begin, const char *part, size_t count, const char *end) {
    size_t length = strlen(part), at = strlen(begin);
    char *html = arena_alloc(*state, at + count * length + strlen(end));
    memcpy(html, begin, at);
    for (size_t i = 0; i < count; i++, at += length)
        memcpy(html + at, part, length);
    memcpy(html + at, end, strlen(end));
    return (struct span){html, at + strlen(end)};
}

static void test_html_metadata__hostile_pages(void **state) {
    static const char script[] = "<script type=application/ld+json>";
    struct html_metadata metadata;
    metadata = read_page(state, repeated(state, script, "{\"@type\":\"Article\",\"a\":[1,2,{}]},", 300000, "</script><p>x</p>"));
    assert_int_equal(metadata.published.precision, PRECISION_NONE);
    metadata = read_page(state, repeated(state, script, "[", 1000000, "</script><p>x</p>"));
    assert_int_equal(metadata.title.text.length, 0);
    metadata = read_page(state, repeated(state, script, "{\"@graph\":", 1500, "</script><p>x</p>"));
    assert_int_equal(metadata.title.text.length, 0);
    metadata = read_page(state, repeated(state, "<script type=application/ld+json>{\"@type\":\"Article\",\"author\":[", "{\"@id\":\"#a\"},",
                                         3900, "{\"@id\":\"#a\",\"name\":\"Orla Fenn\"}]}</script><p>x</p>"));
    metadata = read_page(state, repeated(state, "<meta name='", ":", 1000000, "' content='2024-03-01'><p>x</p>"));
    assert_int_equal(metadata.published.precision, PRECISION_NONE);
    metadata = read_page(state, repeated(state, "<p>x</p>", "<div class='sidebar comments related'>1.1.", 20000, ""));
    assert_int_equal(metadata.published.precision, PRECISION_NONE);
    metadata = read_page(state, repeated(state, "<title>", "Mill | ", 200000, "</title><p>x</p>"));
    assert_int_equal(metadata.title.text.length, 0);
    metadata = read_page(state, repeated(state, "", "<h1>Mill closes after flood</h1><p class=byline>By Orla Fenn</p>", 20000, ""));
    assert_span(metadata.title.text, "Mill closes after flood");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        arena_test(test_html_metadata__graph_with_references),
        arena_test(test_html_metadata__the_page_s_own_article_of_several),
        arena_test(test_html_metadata__broken_json_ld),
        arena_test(test_html_metadata__title_by_agreement),
        arena_test(test_html_metadata__authors),
        arena_test(test_html_metadata__addresses),
        arena_test(test_html_metadata__language_and_credit),
        arena_test(test_html_metadata__hostile_pages),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
