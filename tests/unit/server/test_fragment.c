#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "server/render.h"

static int setup(void **state) {
    static struct arena arena;
    arena_init(&arena, 0);
    *state = &arena;
    return 0;
}

static int teardown(void **state) {
    arena_done(*state);
    return 0;
}

static void assert_link(struct arena *arena, const struct db_quote *quote, const char *expected) {
    struct span link = text_fragment_link(arena, quote);
    if (!span_equal(link, span_of(expected)))
        fail_msg("%.*s", SPAN_PRINT(link));
}

static void test_text_fragment_link__escapes_what_divides_a_fragment(void **state) {
    const struct db_quote quote = {.article_url = SPAN_INIT("https://example.org/a"),
                                   .text = SPAN_INIT("well-known, tried & true, \xe2\x80\x93 100% sure")};
    assert_link(*state, &quote, "https://example.org/a#:~:text=well%2Dknown%2C%20tried%20%26%20true%2C%20%E2%80%93%20100%25%20sure");
}

static void test_text_fragment_link__short_quotes_get_the_words_before(void **state) {
    struct db_quote quote = {.article_url = SPAN_INIT("http://example.org/"),
                             .text = SPAN_INIT("new heights"),
                             .prefix = SPAN_INIT("umped words and reached those \"")};
    assert_link(*state, &quote, "http://example.org/#:~:text=reached%20those%20%22-,new%20heights");
    quote.prefix = SPAN("Last paragraph.\n\nHe spoke of \"");
    assert_link(*state, &quote, "http://example.org/#:~:text=spoke%20of%20%22-,new%20heights");
    quote.prefix = SPAN("of a paragraph.\n\n\"");
    assert_link(*state, &quote, "http://example.org/#:~:text=%22-,new%20heights");
    quote.prefix = SPAN("");
    assert_link(*state, &quote, "http://example.org/#:~:text=new%20heights");
}

static void test_text_fragment_link__long_quotes_are_named_by_their_ends(void **state) {
    struct db_quote quote = {
        .article_url = SPAN_INIT("https://example.org/a"),
        .text = SPAN_INIT("One two three four five six seven.\n\nEight nine ten eleven twelve thirteen fourteen."),
    };
    assert_link(*state, &quote,
                "https://example.org/a#:~:text=One%20two%20three%20four%20five,ten%20eleven%20twelve%20thirteen%20fourteen.");
}

static void test_text_fragment_link__keeps_a_fragment_that_is_there(void **state) {
    const struct db_quote quote = {.article_url = SPAN_INIT("https://example.org/#part"), .text = SPAN_INIT("one two three four")};
    assert_link(*state, &quote, "https://example.org/#part:~:text=one%20two%20three%20four");
}

static void test_text_fragment_link__only_for_web_addresses(void **state) {
    struct db_quote quote = {.text = SPAN_INIT("one two three four")};
    assert_null(text_fragment_link(*state, &quote).data);
    quote.article_url = SPAN("javascript:alert(1)");
    assert_null(text_fragment_link(*state, &quote).data);
    quote.article_url = SPAN("https");
    assert_null(text_fragment_link(*state, &quote).data);
}

int main(void) {
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
    const struct CMUnitTest tests[] = {
        TEST(test_text_fragment_link__escapes_what_divides_a_fragment),
        TEST(test_text_fragment_link__short_quotes_get_the_words_before),
        TEST(test_text_fragment_link__long_quotes_are_named_by_their_ends),
        TEST(test_text_fragment_link__keeps_a_fragment_that_is_there),
        TEST(test_text_fragment_link__only_for_web_addresses),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
