#include "tests/unit/extract/page.h"

static void check_date(const struct page *page, int year, int month, int day, const char *from) {
    int64_t days;
    assert_true(time_days_from_date(year, month, day, &days));
    assert_int_not_equal(page->body.published.precision, PRECISION_NONE);
    assert_int_equal(page->body.published.seconds / 86400, days);
    assert_string_equal(page->body.published_from, from);
}

/* ---- outlet ---- */

static void check_outlet(const char *furniture, const char *outlet) {
    char lines[4096];
    snprintf(lines, sizeof(lines), "Ferry Sinks at Its Mooring\n" STORY "\n%s", furniture);
    struct page page = page_of(lines);
    check_span(page.body.source_name, span_of(outlet), __FILE__, __LINE__);
    arena_done(&page.arena);
}

static void test_clean_meta__outlet_from_furniture(void **state) {
    (void)state;
    check_outlet("Support The Skarn Courier!", "The Skarn Courier");
    check_outlet("\u00A9 2024 Skarn Courier. All rights reserved.", "Skarn Courier");
    check_outlet("Copyright 2025 Harbor Lines", "Harbor Lines");
    check_outlet("A Message from The Skarn Courier:", "The Skarn Courier");
    check_outlet("Subscribe to The Skarn Courier\u2019s newsletter", "The Skarn Courier");
    check_outlet("Follow The Skarn Courier on Facebook", "The Skarn Courier");
}

static void test_clean_meta__outlet_only_with_evidence(void **state) {
    (void)state;
    check_outlet("Share on Facebook", "");
    check_outlet("Support us!", "");
    check_outlet("Support Ukraine!", "");
}

static void test_clean_meta__given_outlet_wins(void **state) {
    (void)state;
    struct page page = {.document = {.source_name = SPAN_INIT("Harbor Lines")}};
    page_read(&page, "Ferry Sinks at Its Mooring\n" STORY "\nSupport The Skarn Courier!");
    assert_span(page.body.source_name, "Harbor Lines");
    arena_done(&page.arena);
}

/* ---- image credit ---- */

static void check_credit(const char *line, const char *credit, const char *why) {
    char lines[4096];
    snprintf(lines, sizeof(lines), "Ferry Sinks at Its Mooring\n%s\n" STORY, line);
    struct page page = page_of(lines);
    check_span(page.body.image_credit, span_of(credit), __FILE__, __LINE__);
    assert_string_equal(why_of(&page, line), why);
    assert_span(page.body.text, STORY_TEXT);
    arena_done(&page.arena);
}

static void test_clean_meta__image_credit(void **state) {
    (void)state;
    check_credit("skarncourier.example", "skarncourier.example", "image credit");
    check_credit("Photo: Bo Ekdal / Northgate", "Bo Ekdal / Northgate", "image credit");
    check_credit("(Photo by Bo Ekdal/Northgate)", "Bo Ekdal/Northgate", "image credit");
    check_credit("Northgate / Bo Ekdal", "Northgate / Bo Ekdal", "image credit");
    check_credit("Getty Images", "Getty Images", "image credit");
    check_credit("Image credit: Skarn Harbor Office", "Skarn Harbor Office", "image credit");
    check_credit("\u00A9 Bo Ekdal / Northgate", "Bo Ekdal / Northgate", "image credit");
    check_credit("The ferry in better days, in 1998. Photo: Bo Ekdal / Northgate", "Bo Ekdal / Northgate", "caption");
    check_credit("The ferry in better days [Bo Ekdal/Northgate]", "Bo Ekdal/Northgate", "caption");
}

static void test_clean_meta__breadcrumbs_are_no_credit(void **state) {
    (void)state;
    struct page page = page_of("Politics / World\nFerry Sinks at Its Mooring\n" STORY);
    assert_int_equal(page.body.image_credit.length, 0);
    assert_span(page.body.title, "Ferry Sinks at Its Mooring");
    arena_done(&page.arena);
}

/* ---- authors ---- */

static void check_authors(const char *line, const char *first, const char *second) {
    char lines[4096];
    snprintf(lines, sizeof(lines), "Ferry Sinks at Its Mooring\n%s\n" STORY, line);
    struct page page = page_of(lines);
    assert_int_equal(page.body.author_count, (first != NULL) + (second != NULL));
    if (first)
        check_span(page.body.authors[0], span_of(first), __FILE__, __LINE__);
    if (second)
        check_span(page.body.authors[1], span_of(second), __FILE__, __LINE__);
    assert_span(page.body.text, STORY_TEXT);
    arena_done(&page.arena);
}

static void test_clean_meta__bylines(void **state) {
    (void)state;
    check_authors("By Ann Exemplar", "Ann Exemplar", NULL);
    check_authors("By Ann Exemplar and Bo van der Ekdal", "Ann Exemplar", "Bo van der Ekdal");
    check_authors("By Ann Exemplar, Bo Ekdal", "Ann Exemplar", "Bo Ekdal");
    check_authors("By ANN EXEMPLAR, Staff Writer", "Ann Exemplar", NULL);
    check_authors("Written by Ann J. Exemplar for The Skarn Courier", "Ann J. Exemplar", NULL);
    check_authors("By Ann Exemplar in Odd Harbor", "Ann Exemplar", NULL);
    check_authors("By staff reporters", NULL, NULL);
}

static void test_clean_meta__lone_name_is_an_author_beside_a_role_or_a_date(void **state) {
    (void)state;
    check_authors("Ann Exemplar\nHarbor correspondent", "Ann Exemplar", NULL);
    check_authors("Ann Exemplar\nMay 3, 2024", "Ann Exemplar", NULL);
    check_authors("Ann Exemplar", NULL, NULL);
}

/* ---- dates ---- */

static void check_date_line(const char *line, int year, int month, int day) {
    char lines[4096];
    snprintf(lines, sizeof(lines), "Ferry Sinks at Its Mooring\n%s\n" STORY, line);
    struct page page = page_of(lines);
    check_date(&page, year, month, day, "page");
    assert_span(page.body.text, STORY_TEXT);
    arena_done(&page.arena);
}

static void test_clean_meta__date_lines(void **state) {
    (void)state;
    check_date_line("March 1, 2024", 2024, 3, 1);
    check_date_line("Published: 1 March 2024", 2024, 3, 1);
    check_date_line("Friday, March 1, 2024, 10:30 a.m.", 2024, 3, 1);
    check_date_line("Posted on 2024-03-01", 2024, 3, 1);
    check_date_line("Updated March 1, 2024", 2024, 3, 1);
    check_date_line("March 1, 2024 | 4 min read", 2024, 3, 1);
    check_date_line("By Ann Exemplar | March 1, 2024", 2024, 3, 1);
}

static void test_clean_meta__published_goes_before_updated(void **state) {
    (void)state;
    check_date_line("Updated: March 5, 2024\nPublished: March 1, 2024", 2024, 3, 1);
    check_date_line("Published: March 1, 2024\nUpdated: March 5, 2024", 2024, 3, 1);
}

static void test_clean_meta__dateline_with_a_year(void **state) {
    (void)state;
    struct page page =
        page_of("Ferry Sinks at Its Mooring\nODD HARBOR, March 1, 2024 \u2014 The ferry sank on Friday, and nobody saw it go.\n" STORY_2);
    check_date(&page, 2024, 3, 1, "dateline");
    assert_true(keeps(&page, "ODD HARBOR, March 1, 2024 \u2014 The ferry"));
    arena_done(&page.arena);
}

static void test_clean_meta__dates_in_sentences_and_links_are_not_taken(void **state) {
    (void)state;
    struct page page = page_of("Ferry Sinks at Its Mooring\n" STORY
                               "\nThe treaty of the two harbors was signed on March 1, 1924.\n"
                               "Related articles\nFerry passes inspection\nMarch 5, 2023");
    assert_int_equal(page.body.published.precision, PRECISION_NONE);
    assert_null(page.body.published_from);
    assert_true(keeps(&page, "March 1, 1924."));
    arena_done(&page.arena);
}

static void test_clean_meta__dates_that_head_a_chronicle_stay(void **state) {
    (void)state;
    struct page page = page_of("Ferry Sinks at Its Mooring\n" STORY_1 "\nMay 3, 2021\n" STORY_2 "\nJune 9, 2022\n" STORY_3);
    assert_true(keeps(&page, "May 3, 2021"));
    assert_true(keeps(&page, "June 9, 2022"));
    arena_done(&page.arena);
}

static void test_clean_meta__given_date_wins(void **state) {
    (void)state;
    struct page page = {.document = {.published = {86400, PRECISION_DAY}, .published_from = "metadata"}};
    page_read(&page, "Ferry Sinks at Its Mooring\nMarch 1, 2024\n" STORY);
    check_date(&page, 1970, 1, 2, "metadata");
    arena_done(&page.arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_clean_meta__outlet_from_furniture),
        cmocka_unit_test(test_clean_meta__outlet_only_with_evidence),
        cmocka_unit_test(test_clean_meta__given_outlet_wins),
        cmocka_unit_test(test_clean_meta__image_credit),
        cmocka_unit_test(test_clean_meta__breadcrumbs_are_no_credit),
        cmocka_unit_test(test_clean_meta__bylines),
        cmocka_unit_test(test_clean_meta__lone_name_is_an_author_beside_a_role_or_a_date),
        cmocka_unit_test(test_clean_meta__date_lines),
        cmocka_unit_test(test_clean_meta__published_goes_before_updated),
        cmocka_unit_test(test_clean_meta__dateline_with_a_year),
        cmocka_unit_test(test_clean_meta__dates_in_sentences_and_links_are_not_taken),
        cmocka_unit_test(test_clean_meta__dates_that_head_a_chronicle_stay),
        cmocka_unit_test(test_clean_meta__given_date_wins),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
