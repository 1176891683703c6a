#include "tests/unit/base/check.h"

#include <string.h>

#include "extract/word.h"
#include "extract/word_table.h"

#define CHECK_HAS(word, expected) assert_int_equal(word_classes(span_of(word)) & (expected), (expected))
#define CHECK_NOT(word, unexpected) assert_int_equal(word_classes(span_of(word)) & (unexpected), 0)

static void test_word__tables_are_sorted(void **state) {
    (void)state;
    for (size_t i = 1; i < word_table_count; i++)
        assert_true(strcmp(word_table[i - 1].word, word_table[i].word) < 0);
    for (size_t i = 1; i < word_lemma_count; i++)
        assert_true(strcmp(word_lemmas[i - 1].word, word_lemmas[i].word) < 0);
    for (size_t i = 1; i < word_irregular_count; i++)
        assert_true(strcmp(word_irregulars[i - 1].word, word_irregulars[i].word) < 0);
}

static void test_word__inflected_forms_lead_to_their_lemma(void **state) {
    (void)state;
    CHECK_HAS("said", WORD_SAY | WORD_PAST);
    CHECK_HAS("says", WORD_SAY | WORD_PRESENT_S);
    CHECK_HAS("say", WORD_SAY | WORD_BASE);
    CHECK_HAS("saying", WORD_SAY | WORD_ING);
    CHECK_HAS("noted", WORD_SAY | WORD_PAST);   /* silent e */
    CHECK_HAS("quipped", WORD_SAY | WORD_PAST); /* doubled consonant */
    CHECK_HAS("denied", WORD_SAY | WORD_PAST);  /* y */
    CHECK_HAS("replies", WORD_SAY | WORD_PRESENT_S);
    CHECK_HAS("written", WORD_SAY | WORD_PARTICIPLE);
    CHECK_HAS("referring", WORD_CALL | WORD_ING);
    CHECK_HAS("claims", WORD_SAY | WORD_PRESENT_S | WORD_NOUN_TOO);
}

static void test_word__case_and_apostrophes_do_not_matter(void **state) {
    (void)state;
    assert_int_equal(word_classes(SPAN("SAID")), word_classes(SPAN("said")));
    assert_int_equal(word_classes(SPAN("Don’t")), word_classes(SPAN("don't")));
    CHECK_HAS("don’t", WORD_AUXILIARY);
}

static void test_word__guesses_by_ending(void **state) {
    (void)state;
    CHECK_HAS("zorbled", WORD_VERB | WORD_PAST | WORD_GUESSED);
    CHECK_HAS("zorbling", WORD_ING | WORD_GUESSED);
    CHECK_HAS("zorbly", WORD_ADVERB);
    CHECK_NOT("hundred", WORD_VERB);
    CHECK_NOT("family", WORD_ADVERB);
    CHECK_NOT("evening", WORD_ING);
}

static void test_word__unknown_words_have_no_class(void **state) {
    (void)state;
    assert_int_equal(word_classes(SPAN("")), 0);
    assert_int_equal(word_classes(SPAN("zorb")), 0);
    assert_int_equal(word_classes(SPAN("žádný")), 0);
    assert_int_equal(word_classes(SPAN("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaed")), 0);
    assert_int_equal(word_classes((struct span){"\xE2\x80", 2}), 0);
    assert_int_equal(word_classes((struct span){"s", 1}), 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_word__tables_are_sorted),
        cmocka_unit_test(test_word__inflected_forms_lead_to_their_lemma),
        cmocka_unit_test(test_word__case_and_apostrophes_do_not_matter),
        cmocka_unit_test(test_word__guesses_by_ending),
        cmocka_unit_test(test_word__unknown_words_have_no_class),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
