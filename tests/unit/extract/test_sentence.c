#include "tests/unit/extract/analysis.h"

/* Compares the sentences of text with the lines of expected. */
static void check_sentences(const char *text, const char *expected, int line) {
    struct analysis analysis;
    struct span rest = span_of(expected), piece;
    analyse(&analysis, span_of(text));
    size_t i = 0;
    for (; span_split(&rest, '|', &piece); i++) {
        if (i >= analysis.sentences.count) {
            print_error("only %zu sentences\n", analysis.sentences.count);
            _fail(__FILE__, line);
        }
        const struct sentence *sentence = &analysis.sentences.items[i];
        check_span(text_of_tokens(&analysis, sentence->first, sentence->last), piece, __FILE__, line);
    }
    if (i != analysis.sentences.count) {
        print_error("%zu sentences more\n", analysis.sentences.count - i);
        _fail(__FILE__, line);
    }
    analysis_done(&analysis);
}
#define CHECK_SENTENCES(text, expected) check_sentences(text, expected, __LINE__)

static void test_sentence__plain(void **state) {
    (void)state;
    CHECK_SENTENCES("One came. Two left! Who stayed? Nobody.", "One came.|Two left!|Who stayed?|Nobody.");
    CHECK_SENTENCES("No stop at the end", "No stop at the end");
    CHECK_SENTENCES("A heading\n\nThe text. More", "A heading|The text.|More");
    CHECK_SENTENCES("She won (at last). He lost.", "She won (at last).|He lost.");
    CHECK_SENTENCES("Well… Perhaps.", "Well…|Perhaps.");
}

static void test_sentence__dots_that_end_nothing(void **state) {
    (void)state;
    CHECK_SENTENCES("Mr. Zorb met Gen. Quell at 5 p.m. on Monday. They spoke.", "Mr. Zorb met Gen. Quell at 5 p.m. on Monday.|They spoke.");
    CHECK_SENTENCES("Ada B. Quell paid $3.50. It rose 2.5 percent.", "Ada B. Quell paid $3.50.|It rose 2.5 percent.");
    CHECK_SENTENCES("He works in the U.S. The firm does not.", "He works in the U.S.|The firm does not.");
    CHECK_SENTENCES("1. Wash it.", "1. Wash it.");
    CHECK_SENTENCES("It grew ... slowly.", "It grew ... slowly.");
}

static void test_sentence__a_quote_is_one_node(void **state) {
    (void)state;
    CHECK_SENTENCES("\"We came. We saw,\" Zorb said. He left.", "\"We came. We saw,\" Zorb said.|He left.");
    CHECK_SENTENCES("\"We came. We saw.\" He left.", "\"We came. We saw.\"|He left.");
    CHECK_SENTENCES("“Why?” asked Zorb. “Why not?” Quell said.", "“Why?” asked Zorb.|“Why not?” Quell said.");
    CHECK_SENTENCES("“Stop!” Zorb shouted. They ran.", "“Stop!” Zorb shouted.|They ran.");
    CHECK_SENTENCES("“Stop.” Zorb said the dam would hold.", "“Stop.”|Zorb said the dam would hold.");
    CHECK_SENTENCES("He called it a \"mess.\" She did not.", "He called it a \"mess.\"|She did not.");
}

static void test_sentence__an_unclosed_mark_is_no_node(void **state) {
    (void)state;
    CHECK_SENTENCES("“We came. We saw. We left.", "“We came.|We saw.|We left.");
}

static void test_sentence__at_finds_the_sentence_of_a_token(void **state) {
    (void)state;
    struct analysis analysis;
    analyse(&analysis, SPAN("One came. Two left. Three stayed."));
    assert_int_equal(sentence_at(&analysis.sentences, 0), 0);
    assert_int_equal(sentence_at(&analysis.sentences, 2), 0);
    assert_int_equal(sentence_at(&analysis.sentences, 3), 1);
    assert_int_equal(sentence_at(&analysis.sentences, analysis.tokens.count - 1), 2);
    analysis_done(&analysis);
}

static void test_sentence__hostile_texts(void **state) {
    (void)state;
    static const char *const pieces[] = {". ", "\" ", "“A. ", "A” ", "? ! ", "1. ", "Mr. ", "\n\n", "word ", "ZORB "};
    for (size_t i = 0; i < sizeof(pieces) / sizeof(*pieces); i++) {
        struct span text = repeated(pieces[i], 20000);
        struct analysis analysis;
        analyse(&analysis, text);
        assert_sound(&analysis);
        analysis_done(&analysis);
        free((void *)text.data);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_sentence__plain),
        cmocka_unit_test(test_sentence__dots_that_end_nothing),
        cmocka_unit_test(test_sentence__a_quote_is_one_node),
        cmocka_unit_test(test_sentence__an_unclosed_mark_is_no_node),
        cmocka_unit_test(test_sentence__at_finds_the_sentence_of_a_token),
        cmocka_unit_test(test_sentence__hostile_texts),
    };
    return cmocka_run_group_tests_name("sentence", tests, NULL, NULL);
}
