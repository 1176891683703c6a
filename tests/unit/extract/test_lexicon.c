#include "tests/unit/base/check.h"

#include <string.h>

#include "base/hash.h"
#include "extract/lexicon.h"

#define CHECK_HAS(phrase, expected) assert_int_equal(lexicon_classes(SPAN(phrase)) & (expected), (expected))
#define CHECK_NOT(phrase, unexpected) assert_int_equal(lexicon_classes(SPAN(phrase)) & (unexpected), 0)

static void test_lexicon__words_have_their_classes(void **state) {
    (void)state;
    CHECK_HAS("maria", LEXICON_FIRST_NAME | LEXICON_FEMALE_NAME);
    CHECK_HAS("peter", LEXICON_FIRST_NAME | LEXICON_MALE_NAME);
    CHECK_HAS("bin", LEXICON_SURNAME_PARTICLE);
    CHECK_HAS("president", LEXICON_TITLE | LEXICON_ROLE_NOUN);
    CHECK_HAS("ministry", LEXICON_ORGANIZATION_WORD | LEXICON_ORGANIZATION_NOUN);
    CHECK_HAS("tuesday", LEXICON_CALENDAR);
    CHECK_HAS("lake", LEXICON_PLACE_WORD);
    CHECK_HAS("gen", LEXICON_ABBREVIATION);
    CHECK_HAS("the", LEXICON_FUNCTION | LEXICON_COMMON);
    CHECK_HAS("based", LEXICON_COMPOUND_TAIL);
    CHECK_HAS("anti", LEXICON_COMPOUND_HEAD);
    CHECK_HAS("treaty", LEXICON_OTHER_WORD);
}

static void test_lexicon__every_form_of_a_verb_of_speech(void **state) {
    (void)state;
    CHECK_HAS("say", LEXICON_SPEECH_VERB);
    CHECK_HAS("says", LEXICON_SPEECH_VERB);
    CHECK_HAS("said", LEXICON_SPEECH_VERB);
    CHECK_HAS("saying", LEXICON_SPEECH_VERB);
}

static void test_lexicon__case_and_apostrophe_do_not_matter(void **state) {
    (void)state;
    CHECK_HAS("RUSSIA", LEXICON_COUNTRY);
    CHECK_HAS("RuSSian", LEXICON_DEMONYM);
    CHECK_HAS("Nuku’alofa", LEXICON_CITY);
    CHECK_HAS("ÉLYSÉE", LEXICON_SEAT);
}

static void test_lexicon__phrases_of_several_words(void **state) {
    (void)state;
    CHECK_HAS("United Arab Emirates", LEXICON_COUNTRY);
    CHECK_HAS("Democratic Republic of the Congo", LEXICON_COUNTRY);
    CHECK_HAS("white house", LEXICON_SEAT);
    CHECK_NOT("united arab", LEXICON_COUNTRY);
}

static void test_lexicon__a_hash_finds_the_same(void **state) {
    (void)state;
    assert_int_equal(lexicon_classes_of_hash(hash_bytes(SPAN("president"))), lexicon_classes(SPAN("President")));
    assert_int_equal(lexicon_classes_of_hash(0), 0);
    assert_int_equal(lexicon_classes_of_hash(UINT64_MAX), 0);
}

static void test_lexicon__names_of_a_nation_are_one_number(void **state) {
    (void)state;
    unsigned nation = lexicon_nation(SPAN("Kenya"));
    assert_int_not_equal(nation, 0);
    assert_int_equal(lexicon_nation(SPAN("Kenyan")), nation);
    assert_int_equal(lexicon_nation(SPAN("Nairobi")), nation);
    assert_span(lexicon_nation_name(nation), "Kenya");
    assert_int_equal(lexicon_nation(SPAN("Kremlin")), lexicon_nation(SPAN("Russian")));
    assert_int_equal(lexicon_nation(SPAN("u.s.")), lexicon_nation(SPAN("Americans")));
    assert_int_not_equal(lexicon_nation(SPAN("North Korean")), lexicon_nation(SPAN("South Korean")));
}

static void test_lexicon__unknown_and_bad_input_has_nothing(void **state) {
    (void)state;
    char longest[4096];
    memset(longest, 'a', sizeof(longest));
    assert_int_equal(lexicon_classes(SPAN("")), 0);
    assert_int_equal(lexicon_classes((struct span){NULL, 0}), 0);
    assert_int_equal(lexicon_classes(SPAN("zorbquell")), 0);
    assert_int_equal(lexicon_classes((struct span){longest, sizeof(longest)}), 0);
    assert_int_equal(lexicon_classes(SPAN("\xff\xfe\xfd")), 0);
    assert_int_equal(lexicon_nation(SPAN("zorbland")), 0);
    assert_int_equal(lexicon_nation_name(0).length, 0);
    assert_int_equal(lexicon_nation_name(1000000).length, 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_lexicon__words_have_their_classes),
        cmocka_unit_test(test_lexicon__every_form_of_a_verb_of_speech),
        cmocka_unit_test(test_lexicon__case_and_apostrophe_do_not_matter),
        cmocka_unit_test(test_lexicon__phrases_of_several_words),
        cmocka_unit_test(test_lexicon__a_hash_finds_the_same),
        cmocka_unit_test(test_lexicon__names_of_a_nation_are_one_number),
        cmocka_unit_test(test_lexicon__unknown_and_bad_input_has_nothing),
    };
    return cmocka_run_group_tests_name("lexicon", tests, NULL, NULL);
}
