#include "tests/unit/ingest/check.h"

#include "ingest/reader.h"

static size_t cut(void **state, struct span text, const struct block **ret) {
    size_t count = 0;
    assert_int_equal(text_blocks(*state, text, ret, &count), RESULT_OK);
    return count;
}

static void test_text_blocks__empty_lines_separate(void **state) {
    const struct block *blocks;
    assert_int_equal(cut(state, SPAN("One thing.\n\nAnother thing.\n\n\n  \nA third.\n"), &blocks), 3);
    assert_span(blocks[0].text, "One thing.");
    assert_span(blocks[1].text, "Another thing.");
    assert_span(blocks[2].text, "A third.");
}

static void test_text_blocks__a_line_is_a_paragraph(void **state) {
    const struct block *blocks;
    struct span text = SPAN(
        "The mill at Oststadt closed on Monday after ninety years, its owner said in a letter to the four hundred workers.\n"
        "Short.\n"
        "The council of the town will meet in the evening to talk about what can be done for the families, a clerk said.\n");
    assert_int_equal(cut(state, text, &blocks), 3);
    assert_span(blocks[1].text, "Short.");
}

static void test_text_blocks__hard_wrapped_lines_are_joined(void **state) {
    const struct block *blocks;
    struct span text = SPAN(
        "Mill closes\n"
        "By Orla Fenn\n"
        "\n"
        "The mill at Oststadt closed on Monday after ninety years, the\n"
        "owner said in a letter to the four hundred workers who still\n"
        "had a place there.\n"
        "The council will meet in the evening to talk about what can be\n"
        "done for the families.\n");
    assert_int_equal(cut(state, text, &blocks), 4);
    assert_span(blocks[0].text, "Mill closes");
    assert_span(blocks[1].text, "By Orla Fenn");
    assert_span(blocks[2].text,
                "The mill at Oststadt closed on Monday after ninety years, the owner said in a letter to the four hundred workers "
                "who still had a place there.");
    assert_span(blocks[3].text, "The council will meet in the evening to talk about what can be done for the families.");
}

static void test_text_blocks__even_sentences_are_not_wrapped(void **state) {
    const struct block *blocks;
    struct span text = SPAN(
        "The mill at the river was closed on Monday morning.\n"
        "The workers of the mill were told on Sunday night..\n"
        "The council of the town met on Tuesday at midday...\n");
    assert_int_equal(cut(state, text, &blocks), 3);
}

static void test_text_blocks__menus_stay_lines(void **state) {
    const struct block *blocks;
    assert_int_equal(cut(state, SPAN("Once\nMonthly\nAnnual\nContinue\n"), &blocks), 4);
}

static void test_text_blocks__an_indented_line_begins_a_paragraph(void **state) {
    const struct block *blocks;
    struct span text = SPAN(
        "The mill at Oststadt closed on Monday after ninety years, the\n"
        "owner said in a letter to the four hundred workers who still had\n"
        "  Nobody had expected this, though the river had been low for two\n"
        "years and the price of corn had never been as high as it was\n"
        "then.\n");
    assert_int_equal(cut(state, text, &blocks), 2);
}

static void test_text_blocks__a_hyphen_at_the_end_takes_no_blank(void **state) {
    const struct block *blocks;
    struct span text = SPAN(
        "The mill at Oststadt closed on Monday after ninety years, a well-\n"
        "known writer of the town said in a letter that was read by four\n"
        "hundred people\n");
    assert_int_equal(cut(state, text, &blocks), 1);
    assert_true(span_find(blocks[0].text, SPAN("well-known"), 0) != SIZE_MAX);
}

static void test_text_blocks__nothing(void **state) {
    const struct block *blocks;
    assert_int_equal(cut(state, SPAN(""), &blocks), 0);
    assert_int_equal(cut(state, (struct span){0}, &blocks), 0);
    assert_int_equal(cut(state, SPAN("\n \n\t\n"), &blocks), 0);
}

static void test_text_blocks__memory(void **state) {
    (void)state;
    struct arena small;
    arena_init(&small, 16);
    const struct block *blocks;
    size_t count;
    assert_int_equal(text_blocks(&small, SPAN("a line\nand another"), &blocks, &count), RESULT_MEMORY);
    arena_done(&small);
}

static void test_text_is_html__plainly(void **state) {
    (void)state;
    assert_true(text_is_html(SPAN("<p>The mill closed.</p>")));
    assert_true(text_is_html(SPAN("  <!DOCTYPE html><html></html>")));
    assert_true(text_is_html(SPAN("The mill <b>closed</b> on Monday.")));
    assert_true(text_is_html(SPAN("The mill<br/>closed<BR>on Monday.")));
    assert_true(text_is_html(SPAN("A <a href=\"x\">mill</a>")));
}

static void test_text_is_html__not(void **state) {
    (void)state;
    assert_false(text_is_html(SPAN("")));
    assert_false(text_is_html(SPAN("The tag <p> begins a paragraph.")));
    assert_false(text_is_html(SPAN("a < b and c > d, <3 <3 <3")));
    assert_false(text_is_html(SPAN("<unknown> words </unknown> <like> these")));
    assert_false(text_is_html(SPAN("ends with <p")));
    assert_false(text_is_html(SPAN("<")));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        arena_test(test_text_blocks__empty_lines_separate),
        arena_test(test_text_blocks__a_line_is_a_paragraph),
        arena_test(test_text_blocks__hard_wrapped_lines_are_joined),
        arena_test(test_text_blocks__even_sentences_are_not_wrapped),
        arena_test(test_text_blocks__menus_stay_lines),
        arena_test(test_text_blocks__an_indented_line_begins_a_paragraph),
        arena_test(test_text_blocks__a_hyphen_at_the_end_takes_no_blank),
        arena_test(test_text_blocks__nothing),
        arena_test(test_text_blocks__memory),
        arena_test(test_text_is_html__plainly),
        arena_test(test_text_is_html__not),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
