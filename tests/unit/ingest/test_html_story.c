#include "tests/unit/ingest/check.h"

#include "ingest/html_names.h"
#include "ingest/html_story.h"

#define STORY_ONE "The mill by the river closed on Monday, its owner said, after ninety years of grinding the valley's corn."
#define STORY_TWO                                                                                                                          \
    "Orla Fenn, who has run it since her father's death, told the council that repairs had become too dear, and that no bank would help."
#define STORY_THREE "The town, which owns the weir, will decide in spring, the clerk said, whether the building is to become a museum."

/* The story's blocks, a line each with the kind before it. */
static struct span story_of(void **state, struct span bytes) {
    struct html_page page;
    struct error error = {0};
    struct html_story story;
    if (html_page_parse(*state, bytes, &page, &error) != RESULT_OK)
        fail_msg("%s", error.message);
    assert_int_equal(html_story_find(*state, &page, SPAN("Mill closes after ninety years"), &story), RESULT_OK);
    html_page_done(&page);
    struct span all = SPAN("");
    for (size_t i = 0; i < story.block_count; i++)
        all = arena_print(*state, "%.*s%c %.*s\n", SPAN_PRINT(all), "phlq"[story.blocks[i].kind], SPAN_PRINT(story.blocks[i].text));
    return all;
}

static void test_html_story__page_with_furniture(void **state) {
    struct span page = SPAN(
        "<body><header><nav><a href=/>Home</a> <a href=/town>Town news and more of it, every day</a></nav></header>"
        "<main><h1>Mill closes after ninety years</h1><p class=byline>By Piet Moor</p>"
        "<div class=article-body><p>" STORY_ONE
        "</p><figure><img src=m><figcaption>The mill in winter, seen from the weir.</figcaption></figure>"
        "<h2>No bank would help</h2><p>" STORY_TWO
        "</p><div class='share-bar'><a href=f>Share</a></div>"
        "<ul><li>Built in 1934</li><li>Four mill stones</li></ul><blockquote><p>It was my whole life, and it is "
        "over.</p></blockquote><p>" STORY_THREE
        "</p><aside class=newsletter><p>Get our newsletter every morning, free of charge, in your inbox.</p></aside></div></main>"
        "<section id=comments><p>What a pity, I have bought my flour there for years, and so did my mother.</p></section>"
        "<footer><p>Copyright The Oststadt Echo, all rights reserved, printed in Oststadt.</p></footer>");
    assert_span(story_of(state, page),
                "p " STORY_ONE "\nh No bank would help\np " STORY_TWO
                "\nl Built in 1934\nl Four mill stones\nq It was my whole life, and it is over.\np " STORY_THREE "\n");
}

static void test_html_story__breaks_instead_of_paragraphs(void **state) {
    struct span page = SPAN("<table><tr><td><a href=1>One</a><br><a href=2>Two</a></td><td><font>" STORY_ONE "<br><br>" STORY_TWO
                            "<br>" STORY_THREE "</font></td></tr></table>");
    assert_span(story_of(state, page), "p " STORY_ONE "\np " STORY_TWO "\np " STORY_THREE "\n");
}

static void test_html_story__divs_never_closed(void **state) {
    struct span page = SPAN("<div class=x1><div>" STORY_ONE "</div><div>" STORY_TWO "<div>" STORY_THREE);
    assert_span(story_of(state, page), "p " STORY_ONE "\np " STORY_TWO "\np " STORY_THREE "\n");
}

static void test_html_story__teasers_beside(void **state) {
    struct span page =
        SPAN("<div class=content><p>" STORY_ONE "</p><p>" STORY_TWO "</p><p>" STORY_THREE
             "</p><div>"
             "<div><h3><a href=1>Bakers look for new flour suppliers</a></h3>The bakers of the valley met on Tuesday.</div>"
             "<div><h3><a href=2>Weir to be repaired in the spring</a></h3>The town council has voted for it.</div>"
             "<div><h3><a href=3>Museum shows old millstones again</a></h3>The doors open at ten on Sunday.</div></div></div>");
    assert_span(story_of(state, page), "p " STORY_ONE "\np " STORY_TWO "\np " STORY_THREE "\n");
}

static void test_html_story__standfirst_in_the_header(void **state) {
    struct span page = SPAN(
        "<article><header><h1>Mill closes after ninety years</h1><div class=intro>The last mill of the valley has ground its last "
        "corn, and nobody knows what comes next.</div></header><div class=text><p>" STORY_ONE "</p><p>" STORY_TWO "</p></div></article>");
    assert_span(story_of(state, page),
                "p The last mill of the valley has ground its last corn, and nobody knows what comes next.\np " STORY_ONE "\np " STORY_TWO
                "\n");
}

static void test_html_story__names_that_mislead(void **state) {
    struct span page = SPAN("<body class='has-sidebar no-comments'><div id=sidebar-page class='share-wide'><p>" STORY_ONE
                            "</p><p>" STORY_TWO "</p></div>");
    assert_span(story_of(state, page), "p " STORY_ONE "\np " STORY_TWO "\n");
}

static void test_html_story__hidden_until_a_script_shows_it(void **state) {
    assert_span(story_of(state, SPAN("<div style='display: none'><p>" STORY_ONE "</p><p>" STORY_TWO "</p></div><p>Please wait.</p>")),
                "p " STORY_ONE "\np " STORY_TWO "\n");
    assert_span(
        story_of(state, SPAN("<p>" STORY_ONE "</p><p>" STORY_TWO "</p><p>" STORY_THREE "</p><p hidden>Not shown, never, to anybody.</p>")),
        "p " STORY_ONE "\np " STORY_TWO "\np " STORY_THREE "\n");
}

static void test_html_story__table_of_data(void **state) {
    struct span page =
        SPAN("<div><p>" STORY_ONE "</p><table><tr><th>Year</th><th>Tons</th></tr><tr><td>1950</td><td>900</td></tr></table><p>" STORY_TWO
             "</p></div>");
    assert_span(story_of(state, page), "p " STORY_ONE "\np Year Tons\np 1950 900\np " STORY_TWO "\n");
}

static void test_html_story__other_scripts(void **state) {
    struct span page = SPAN(
        "<div id=nav><a href=1>首页</a><a href=2>新闻</a></div><div "
        "id=text><p>河边的老磨坊星期一关门了，业主说，它已经为山谷磨了九十年的谷物。</p>"
        "<p>镇议会将在春天决定，这座建筑是否会成为博物馆，书记员说。</p></div>");
    assert_span(story_of(state, page),
                "p 河边的老磨坊星期一关门了，业主说，它已经为山谷磨了九十年的谷物。\np "
                "镇议会将在春天决定，这座建筑是否会成为博物馆，书记员说。\n");
}

static void test_html_story__nothing(void **state) {
    assert_span(story_of(state, SPAN("<p></p>")), "");
    assert_span(story_of(state, SPAN("<script>var a = 'The mill closed, it said.';</script>")), "");
}

static unsigned evidence(void **state, const char *attributes) {
    struct html_page page;
    struct error error = {0};
    struct span html = arena_print(*state, "<section %s>x</section>", attributes);
    assert_int_equal(html_page_parse(*state, html, &page, &error), RESULT_OK);
    unsigned found = html_names_evidence(html_find(page.root, page.root, "section"));
    html_page_done(&page);
    return found;
}

static void test_html_names__words(void **state) {
    assert_int_equal(evidence(state, "class='article-share'"), NAMES_STORY | NAMES_FURNITURE);
    assert_int_equal(evidence(state, "class='relatedPosts'"), NAMES_FURNITURE);
    assert_int_equal(evidence(state, "id=Comments"), NAMES_COMMENTS);
    assert_int_equal(evidence(state, "class='shared downloads adsorption'"), 0);
    assert_int_equal(evidence(state, "class='has-sidebar no-comments'"), 0);
    assert_int_equal(evidence(state, "itemprop=articleBody"), NAMES_STORY | NAMES_STORY_SURE);
    assert_int_equal(evidence(state, "role=navigation"), NAMES_FURNITURE);
    assert_int_equal(evidence(state, "style='color: red; Display : none'"), NAMES_HIDDEN);
    assert_int_equal(evidence(state, "class"), 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        arena_test(test_html_story__page_with_furniture),
        arena_test(test_html_story__breaks_instead_of_paragraphs),
        arena_test(test_html_story__divs_never_closed),
        arena_test(test_html_story__teasers_beside),
        arena_test(test_html_story__standfirst_in_the_header),
        arena_test(test_html_story__names_that_mislead),
        arena_test(test_html_story__hidden_until_a_script_shows_it),
        arena_test(test_html_story__table_of_data),
        arena_test(test_html_story__other_scripts),
        arena_test(test_html_story__nothing),
        arena_test(test_html_names__words),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
