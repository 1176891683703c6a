#include "tests/unit/extract/page.h"

/* ---- title ---- */

static void test_clean__title_is_the_first_headline(void **state) {
    (void)state;
    struct page page = page_of("Ferry Sinks at Its Mooring\n" STORY);
    assert_span(page.body.title, "Ferry Sinks at Its Mooring");
    assert_span(page.body.text, STORY_TEXT);
    assert_int_equal(page.body.dropped_count, 0);
    arena_done(&page.arena);
}

static void test_clean__title_stands_behind_furniture(void **state) {
    (void)state;
    struct page page =
        page_of("Skip to content\nHome\nNews\nSupport The Skarn Courier!\nRegional affairs\nFerry Sinks at Its Mooring\n" STORY);
    assert_span(page.body.title, "Ferry Sinks at Its Mooring");
    assert_string_equal(why_of(&page, "Support The Skarn Courier!"), "appeal");
    assert_string_equal(why_of(&page, "Regional affairs"), "short line");
    assert_string_equal(why_of(&page, "Skip to content"), "navigation");
    arena_done(&page.arena);
}

static void test_clean__title_may_be_a_question(void **state) {
    (void)state;
    struct page page = page_of("Who Sank the Skarn Ferry?\n" STORY);
    assert_span(page.body.title, "Who Sank the Skarn Ferry?");
    assert_span(page.body.text, STORY_TEXT);
    arena_done(&page.arena);
}

static void test_clean__story_may_have_no_title(void **state) {
    (void)state;
    struct page page = page_of(STORY);
    assert_int_equal(page.body.title.length, 0);
    assert_span(page.body.text, STORY_TEXT);
    arena_done(&page.arena);
}

static void test_clean__standfirst_belongs_to_the_story(void **state) {
    (void)state;
    struct page page = page_of("Ferry Sinks at Its Mooring\nOdd Harbor wakes up without the ferry it has had since 1931\n" STORY);
    assert_span(page.body.title, "Ferry Sinks at Its Mooring");
    assert_true(keeps(&page, "Odd Harbor wakes up without the ferry it has had since 1931"));
    arena_done(&page.arena);
}

static void test_clean__title_ends_before_the_outlet(void **state) {
    (void)state;
    struct page page = page_of("Ferry Sinks at Its Mooring | The Skarn Courier\n" STORY "\n\u00A9 2024 Skarn Courier");
    assert_span(page.body.title, "Ferry Sinks at Its Mooring");
    arena_done(&page.arena);
    page = page_of("Ferry Sinks at Its Mooring - Again\n" STORY "\n\u00A9 2024 Skarn Courier");
    assert_span(page.body.title, "Ferry Sinks at Its Mooring - Again");
    arena_done(&page.arena);
}

static void test_clean__menus_of_links_go_and_tables_stay(void **state) {
    (void)state;
    struct page page = page_of("Ferry Sinks at Its Mooring\n" STORY_1
                               "\nHarbors\nWeather\nTides\nMarine Life\nPorts and Piers\nNotices\n"
                               "Lost and Found\nLetters Home\nHarbors\nWeather\nTides\nMarine Life\n" STORY_2 "\n" STORY_3);
    assert_span(page.body.text, STORY_TEXT);
    arena_done(&page.arena);
    page = page_of("Ferry Sinks at Its Mooring\n" STORY_1
                   "\nAdler 12:01\nBergen 12:09\nCormorant 12:10\nDunlin 12:12\nEider 12:40\n"
                   "Fulmar 12:55\nGannet 13:02\nHeron 13:03\n" STORY_2 "\n" STORY_3);
    assert_true(keeps(&page, "Adler 12:01"));
    assert_true(keeps(&page, "Heron 13:03"));
    arena_done(&page.arena);
}

static void test_clean__given_title_wins_and_is_not_repeated(void **state) {
    (void)state;
    struct page page = {.document = {.title = SPAN_INIT("Ferry\u00A0sinks at its  mooring")}};
    page_read(&page, "Ferry Sinks at Its Mooring\n" STORY);
    assert_int_equal(page.result, RESULT_OK);
    assert_span(page.body.title, "Ferry sinks at its mooring");
    assert_string_equal(why_of(&page, "Ferry Sinks at Its Mooring"), "repeated title");
    assert_span(page.body.text, STORY_TEXT);
    arena_done(&page.arena);
}

/* ---- furniture ---- */

/* The page's lines are dropped for this reason, and the story around them stays whole. */
static void check_behind(const char *furniture, const char *why) {
    char lines[4096];
    snprintf(lines, sizeof(lines), "Ferry Sinks at Its Mooring\n" STORY "\n%s", furniture);
    struct page page = page_of(lines);
    assert_string_equal(why_of(&page, furniture), why);
    assert_span(page.body.text, STORY_TEXT);
    arena_done(&page.arena);
}

static void check_between(const char *furniture, const char *why) {
    char lines[4096];
    snprintf(lines, sizeof(lines), "Ferry Sinks at Its Mooring\n" STORY_1 "\n%s\n" STORY_2 "\n" STORY_3, furniture);
    struct page page = page_of(lines);
    assert_string_equal(why_of(&page, furniture), why);
    assert_span(page.body.text, STORY_TEXT);
    arena_done(&page.arena);
}

/* A line of the story survives, between its paragraphs. */
static void check_survives(const char *line) {
    char lines[4096];
    snprintf(lines, sizeof(lines), "Ferry Sinks at Its Mooring\n" STORY_1 "\n%s\n" STORY_2 "\n" STORY_3, line);
    struct page page = page_of(lines);
    if (!keeps(&page, line))
        print_error("dropped as %s: %s\n", why_of(&page, line), line);
    assert_true(keeps(&page, line));
    arena_done(&page.arena);
}

static void test_clean__furniture_behind_the_story(void **state) {
    (void)state;
    check_behind("Sign up for our free weekly newsletter", "newsletter");
    check_behind("Become a member and help us report from every harbor.", "appeal");
    check_behind("Share this article", "share");
    check_behind("Read more", "related");
    check_behind("Read more: The seven lives of the Skarn ferry", "related");
    check_behind("Follow us on Facebook, Instagram and Telegram", "follow");
    check_behind("Already a subscriber? Log in", "subscription");
    check_behind("12 comments", "comments");
    check_behind("Tags: ferries, Odd Harbor, Skarn", "tags");
    check_behind("#ferries #skarn #oddharbor", "tags");
    check_behind("\u00A9 2024 The Skarn Courier", "copyright");
    check_behind("This article was first published in the Harbor Almanac.", "republication");
    check_behind("(Reporting by Ann Exemplar; editing by Bo Ekdal)", "byline");
    check_behind("Ann Exemplar is a reporter for The Skarn Courier who covers the islands.", "author bio");
    check_behind("Do you have a tip? Send it to tips@skarncourier.example", "contact");
    check_behind("Home | News | Sport | Weather", "navigation");
    check_behind("5 min read", "counter");
}

static void test_clean__furniture_between_paragraphs(void **state) {
    (void)state;
    check_between("Advertisement", "advertisement");
    check_between("ADVERTISEMENT - CONTINUE READING BELOW", "advertisement");
    check_between("Read also: The seven lives of the Skarn ferry", "related");
    check_between("Subscribe to our newsletter and never miss a story", "newsletter");
    check_between("Support independent journalism. Donate today!", "appeal");
    check_between("Northgate / Bo Ekdal", "image credit");
}

static void test_clean__box_between_paragraphs_goes_whole(void **state) {
    (void)state;
    struct page page = page_of("Ferry Sinks at Its Mooring\n" STORY_1
                               "\nSign up for our newsletter\nThe harbor's week in five minutes.\n"
                               "Enter your email\nSign up\n" STORY_2 "\n" STORY_3);
    assert_span(page.body.text, STORY_TEXT);
    arena_done(&page.arena);
}

static void test_clean__letter_goes_with_all_its_paragraphs(void **state) {
    (void)state;
    struct page page = page_of("Ferry Sinks at Its Mooring\n" STORY
                               "\nA Message from The Skarn Courier:\nDear readers,\n"
                               "The islands have lost four newspapers since 2015, and with each of them went a town's memory.\n"
                               "We have no owner and no party behind us, and we mean to keep it so.\n"
                               "If you can, please support us with a monthly contribution.\nOnce\nMonthly\n$5\nContinue");
    assert_span(page.body.text, STORY_TEXT);
    assert_string_equal(why_of(&page, "Dear readers,"), "letter");
    assert_string_equal(why_of(&page, "The islands have lost four newspapers since 2015, and with each of them went a town's memory."),
                        "letter");
    assert_string_equal(why_of(&page, "Monthly"), "payment");
    assert_span(page.body.source_name, "The Skarn Courier");
    arena_done(&page.arena);
}

/* Essays speak to the reader, too: only beside furniture that is the furniture's. */
static void test_clean__essay_behind_a_box_survives(void **state) {
    (void)state;
    struct page page = page_of(
        "Sign up for our newsletter\nYou Did Not Love the Ferry Enough\n"
        "You never thanked the ferry, and we never thanked the crew, and now you and I are standing in the rain.\n"
        "We all did it. We stood at the rail with our cold hands in our pockets and we talked about bridges.\n"
        "You will say that you paid for your ticket, and that you always paid for your ticket, and you will be right.\n"
        "Now we have neither a bridge nor a ferry, and your coffee is no better than it was on board.\n"
        "I kept my ticket. You may laugh if you like, and you may come and look at it on the wall of our kitchen.");
    assert_true(keeps(&page, "You will say that you paid"));
    assert_true(keeps(&page, "I kept my ticket."));
    arena_done(&page.arena);
}

static void test_clean__story_comes_back_behind_a_letter(void **state) {
    (void)state;
    struct page page = page_of("Ferry Sinks at Its Mooring\n" STORY_1
                               "\nDear readers,\nWe need your help to keep reporting.\n"
                               "Please support us today.\n" STORY_2 "\n" STORY_3 "\n" STORY_1 " It had been painted in May.");
    assert_true(keeps(&page, STORY_2));
    assert_true(keeps(&page, STORY_3));
    assert_false(keeps(&page, "We need your help"));
    arena_done(&page.arena);
}

static void test_clean__cookie_notice_before_the_story(void **state) {
    (void)state;
    struct page page = page_of(
        "We use cookies to improve your experience. By continuing you agree to our Privacy Policy.\nAccept all\n"
        "Ferry Sinks at Its Mooring\n" STORY);
    assert_span(page.body.title, "Ferry Sinks at Its Mooring");
    assert_span(page.body.text, STORY_TEXT);
    assert_string_equal(why_of(&page, "Accept all"), "cookies");
    arena_done(&page.arena);
}

/* ---- what must survive ---- */

static void test_clean__unlucky_words_do_no_harm(void **state) {
    (void)state;
    check_survives("Islanders can sign up for the replacement service at the town hall, the company said.");
    check_survives("The captain used to share his cabin with a goat, and the goat had the better bunk.");
    check_survives("The council's newsletter had praised the ferry as \"unsinkable\" in its spring issue.");
    check_survives("Followers of the ferry on Facebook and Instagram left flowers at the pier.");
    check_survives("A donation of 400 crowns was found in the ticket machine.");
    check_survives("\"Subscribe to the truth, not to the timetable,\" he wrote to the company in March.");
    check_survives("\"We need your help,\" she told the crowd. \"Support us and we will bring your ferry back.\"");
    check_survives("Support for a bridge has grown since the accident.");
    check_survives("The cookies that the cook had baked that evening were still on the galley table.");
    check_survives("By Wednesday Odd Harbor had run out of rope, of candles and of patience.");
    check_survives("By The Pier, a painting of 1904 that hung in the saloon, was saved by a diver.");
    check_survives("She read more about the hull than anybody alive.");
    check_survives("Copyright was not on the captain's mind when he sang the anthem over the loudspeaker.");
}

static void test_clean__short_paragraphs_survive(void **state) {
    (void)state;
    check_survives("It was raining.");
    check_survives("\"No,\" she said.");
    check_survives("\"Never again\"");
    check_survives("The morning after");
    check_survives("Q: Where were you at nine?");
    check_survives("Why now?");
    check_survives("ACHEBE: I was in the kiosk.");
    check_survives("10:42 GMT");
    check_survives("- two anchors");
    check_survives("\u2022 a piano");
}

static void test_clean__list_at_the_end_survives(void **state) {
    (void)state;
    struct page page = page_of("Ferry Sinks at Its Mooring\n" STORY "\nThe divers found:\n- two anchors\n- a piano\nShare");
    assert_true(keeps(&page, "The divers found:\n\n- two anchors\n\n- a piano"));
    assert_string_equal(why_of(&page, "Share"), "share");
    arena_done(&page.arena);
}

static void test_clean__letter_that_is_the_story_survives(void **state) {
    (void)state;
    struct page page = page_of(
        "An Open Letter From the Ferry's Cook\nDear friends,\n"
        "I cooked on that ship for nineteen years, and you ate what I cooked, and I never heard a complaint.\n"
        "She was not a beautiful ship. She was ours, and we knew every rivet that we had painted over.\n"
        "I shall not cook on land. I have tried it, and the stove does not move.");
    assert_true(keeps(&page, "I cooked on that ship for nineteen years"));
    assert_true(keeps(&page, "We knew") || keeps(&page, "we knew every rivet"));
    assert_true(keeps(&page, "the stove does not move."));
    arena_done(&page.arena);
}

static void test_clean__opinion_that_speaks_to_the_reader_survives(void **state) {
    (void)state;
    struct page page = page_of(
        "You Did Not Love the Ferry Enough\n"
        "You never thanked the ferry. You complained about the coffee, and you were right, but you complained to the wrong people.\n"
        "We all did it. We stood at the rail with our cold hands in our pockets and we talked about bridges.\n"
        "Now we have neither a bridge nor a ferry, and your coffee is no better.");
    assert_span(page.body.title, "You Did Not Love the Ferry Enough");
    assert_int_equal(page.body.dropped_count, 0);
    arena_done(&page.arena);
}

static void test_clean__other_languages_are_not_damaged(void **state) {
    (void)state;
    struct page page = page_of(
        "Паром затонул у причала\n"
        "Паром между Странной Гаванью и Малым Скарном затонул во вторник ночью, через несколько часов после осмотра.\n"
        "«В девять он стоял, в десять его не было», — сказала Руна Ачебе, хозяйка киоска на пирсе.");
    assert_span(page.body.title, "Паром затонул у причала");
    assert_true(keeps(&page, "«В девять он стоял"));
    assert_int_equal(page.body.dropped_count, 0);
    arena_done(&page.arena);
    page = page_of(
        "渡轮在码头沉没\n星期二晚上，往返于奇港和小斯卡恩之间的渡轮在通过检查几小时后沉没。\n船上没有人。公司表示，潜水员将于上午检查船体"
        "。");
    assert_true(keeps(&page, "船上没有人。"));
    arena_done(&page.arena);
}

/* ---- text ---- */

static void test_clean__text_is_normalized(void **state) {
    (void)state;
    struct page page = page_of("The cafe\u0301\u00A0was  open,\tthe har\u00ADbor was\u200B not, said R\u00E9my \u2028 Achebe.");
    assert_span(page.body.text, "The caf\u00E9 was open, the harbor was not, said R\u00E9my Achebe.");
    arena_done(&page.arena);
}

static void test_clean__joiners_stay_where_scripts_need_them(void **state) {
    (void)state;
    struct page page = page_of("\u0645\u06CC\u200C\u062E\u0648\u0627\u0647\u0645 \u06A9\u0647 \u0628\u0631\u0648\u0645.");
    assert_span(page.body.text, "\u0645\u06CC\u200C\u062E\u0648\u0627\u0647\u0645 \u06A9\u0647 \u0628\u0631\u0648\u0645.");
    arena_done(&page.arena);
}

static void test_clean__whole_keeps_everything(void **state) {
    (void)state;
    struct page page = {.document = {.whole = true}};
    page_read(&page, "Support The Skarn Courier!\n\n  Ferry Sinks  at Its Mooring\nRead more");
    assert_int_equal(page.result, RESULT_OK);
    assert_span(page.body.text, "Support The Skarn Courier!\n\nFerry Sinks at Its Mooring\n\nRead more");
    assert_int_equal(page.body.title.length, 0);
    assert_int_equal(page.body.dropped_count, 0);
    assert_int_equal(page.body.source_name.length, 0);
    arena_done(&page.arena);
    page = (struct page){.document = {.whole = true}};
    page_read(&page, "The har\u00ADbor\u200Bwas  open.");
    assert_span(page.body.text, "The har\u00ADbor\u200Bwas open.");
    arena_done(&page.arena);
}

static void test_clean__wrapped_and_unwrapped_lines_of_a_block(void **state) {
    (void)state;
    static const struct block blocks[] = {
        {SPAN_INIT("The ferry between Odd Harbor and Lesser Skarn sank at its mooring\non Tuesday night, hours after it had passed "
                   "an\ninspection."),
         BLOCK_PARAGRAPH},
        {SPAN_INIT("Once\nMonthly"), BLOCK_PARAGRAPH},
    };
    struct page page = {.document = {.blocks = blocks, .block_count = 2}};
    arena_init(&page.arena, 0);
    assert_int_equal(body_find(&page.arena, &page.document, &page.body, &page.error), RESULT_OK);
    assert_span(page.body.text, STORY_1);
    assert_int_equal(page.body.dropped_count, 2);
    arena_done(&page.arena);
}

static void test_clean__one_line_is_a_story(void **state) {
    (void)state;
    struct page page = page_of("The ferry sank, said Runa Achebe");
    assert_span(page.body.text, "The ferry sank, said Runa Achebe");
    arena_done(&page.arena);
    page = page_of("\"Never again\"");
    assert_span(page.body.text, "\"Never again\"");
    arena_done(&page.arena);
}

/* ---- bad input ---- */

static void check_refused(const char *lines) {
    struct page page = {.document = {.title = {NULL, 0}}};
    page_read(&page, lines);
    assert_int_equal(page.result, RESULT_INVALID);
    assert_int_equal(page.error.result, RESULT_INVALID);
    assert_true(page.error.message[0] != '\0');
    arena_done(&page.arena);
}

static void test_clean__nothing_left_is_refused(void **state) {
    (void)state;
    check_refused("");
    check_refused(" \n\t\n\u00A0\n\u200B");
    check_refused("Support The Skarn Courier!\nRead more\nShare\n\u00A9 2024 The Skarn Courier");
}

static void test_clean__bytes_that_are_no_text_are_refused(void **state) {
    (void)state;
    check_refused("The ferry \xFF\xFE sank.");
}

static void test_clean__no_memory_is_told(void **state) {
    (void)state;
    static const struct block blocks[] = {{SPAN_INIT(STORY_1), BLOCK_PARAGRAPH}, {SPAN_INIT(STORY_2), BLOCK_PARAGRAPH}};
    struct document document = {.blocks = blocks, .block_count = 2};
    struct body body;
    struct error error;
    size_t ceiling = 16;
    enum result result = RESULT_MEMORY;
    for (; ceiling < 1 << 20 && result == RESULT_MEMORY; ceiling += 256) {
        struct arena arena;
        arena_init(&arena, ceiling);
        result = body_find(&arena, &document, &body, &error);
        arena_done(&arena);
    }
    assert_int_equal(result, RESULT_OK);
    assert_true(ceiling > 512);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_clean__title_is_the_first_headline),
        cmocka_unit_test(test_clean__title_stands_behind_furniture),
        cmocka_unit_test(test_clean__title_may_be_a_question),
        cmocka_unit_test(test_clean__story_may_have_no_title),
        cmocka_unit_test(test_clean__standfirst_belongs_to_the_story),
        cmocka_unit_test(test_clean__title_ends_before_the_outlet),
        cmocka_unit_test(test_clean__menus_of_links_go_and_tables_stay),
        cmocka_unit_test(test_clean__given_title_wins_and_is_not_repeated),
        cmocka_unit_test(test_clean__furniture_behind_the_story),
        cmocka_unit_test(test_clean__furniture_between_paragraphs),
        cmocka_unit_test(test_clean__box_between_paragraphs_goes_whole),
        cmocka_unit_test(test_clean__letter_goes_with_all_its_paragraphs),
        cmocka_unit_test(test_clean__essay_behind_a_box_survives),
        cmocka_unit_test(test_clean__story_comes_back_behind_a_letter),
        cmocka_unit_test(test_clean__cookie_notice_before_the_story),
        cmocka_unit_test(test_clean__unlucky_words_do_no_harm),
        cmocka_unit_test(test_clean__short_paragraphs_survive),
        cmocka_unit_test(test_clean__list_at_the_end_survives),
        cmocka_unit_test(test_clean__letter_that_is_the_story_survives),
        cmocka_unit_test(test_clean__opinion_that_speaks_to_the_reader_survives),
        cmocka_unit_test(test_clean__other_languages_are_not_damaged),
        cmocka_unit_test(test_clean__text_is_normalized),
        cmocka_unit_test(test_clean__joiners_stay_where_scripts_need_them),
        cmocka_unit_test(test_clean__whole_keeps_everything),
        cmocka_unit_test(test_clean__wrapped_and_unwrapped_lines_of_a_block),
        cmocka_unit_test(test_clean__one_line_is_a_story),
        cmocka_unit_test(test_clean__nothing_left_is_refused),
        cmocka_unit_test(test_clean__bytes_that_are_no_text_are_refused),
        cmocka_unit_test(test_clean__no_memory_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
