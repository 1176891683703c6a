#include "tests/unit/extract/analysis.h"

/* Compares the names of text, in order, with expected: "P Ada Quell|L Kenya". */
static void check_names(const char *text, const char *expected, int line) {
    static const char letters[] = {'P', 'O', 'L'};
    struct analysis analysis;
    struct span rest = span_of(expected), piece;
    analyse(&analysis, span_of(text));
    size_t i = 0;
    for (; *expected && span_split(&rest, '|', &piece); i++) {
        if (i >= analysis.names.count) {
            print_error("only %zu names, no \"%.*s\"\n", analysis.names.count, SPAN_PRINT(piece));
            _fail(__FILE__, line);
        }
        const struct name *name = &analysis.names.items[i];
        check_span(text_of_tokens(&analysis, name->first, name->last), span_slice(piece, 2, piece.length), __FILE__, line);
        if (letters[name->type] != piece.data[0]) {
            print_error("%.*s is %c\n", SPAN_PRINT(piece), letters[name->type]);
            _fail(__FILE__, line);
        }
        assert_true(name->score > 0 && name->score <= 1);
    }
    if (i != analysis.names.count) {
        print_error("%zu names more, the first \"%.*s\"\n", analysis.names.count - i,
                    SPAN_PRINT(text_of_tokens(&analysis, analysis.names.items[i].first, analysis.names.items[i].last)));
        _fail(__FILE__, line);
    }
    analysis_done(&analysis);
}
#define CHECK_NAMES(text, expected) check_names(text, expected, __LINE__)

static void test_name__people(void **state) {
    (void)state;
    CHECK_NAMES("On Monday Maria Quell met Peter F. Zorb in the garden.", "P Maria Quell|P Peter F. Zorb");
    CHECK_NAMES("The talks were led by Ahmed bin Zorb and Carlos de la Quell.", "P Ahmed bin Zorb|P Carlos de la Quell");
    CHECK_NAMES("A neighbour, Zorbek Quellim, 45, was hurt.", "P Zorbek Quellim");
    CHECK_NAMES("“No,” Quellim said.", "P Quellim");
}

static void test_name__titles_and_peoples_are_outside(void **state) {
    (void)state;
    CHECK_NAMES("Kenyan President Amina Quell spoke.", "P Amina Quell");
    CHECK_NAMES("He met Mr. Zorb and Prof. Dr. Maria Quell.", "P Zorb|P Maria Quell");
    CHECK_NAMES("Deputy Prime Minister Peter Zorb resigned.", "P Peter Zorb");
    CHECK_NAMES("The new Minister of Health Maria Quell spoke.", "P Maria Quell");
    CHECK_NAMES("Most Kenyans speak English.", "");
    CHECK_NAMES("The Prime Minister and the President met.", "");
}

static void test_name__what_stands_before_a_title_is_named_too(void **state) {
    (void)state;
    CHECK_NAMES("Kenya President Amina Quell spoke to Zorbcom Corp. chief executive Peter Zorb.",
                "L Kenya|P Amina Quell|O Zorbcom Corp.|P Peter Zorb");
}

static void test_name__places(void **state) {
    (void)state;
    CHECK_NAMES("They drove from Nairobi to Lake Zorb.", "L Nairobi|L Lake Zorb");
    CHECK_NAMES("Floods hit the United Arab Emirates and New Zealand.", "L United Arab Emirates|L New Zealand");
    CHECK_NAMES("The flood reached Quellim province on Friday.", "L Quellim");
    CHECK_NAMES("Russia's army left.", "L Russia");
}

static void test_name__organizations(void **state) {
    (void)state;
    CHECK_NAMES("He works at the Ministry of Foreign Affairs and Trade.", "O Ministry of Foreign Affairs and Trade");
    CHECK_NAMES("She left the Zorb Water Authority for Quell & Zorb Ltd.", "O Zorb Water Authority|O Quell & Zorb Ltd.");
    CHECK_NAMES("A report by the ZBQ said so.", "O ZBQ");
    CHECK_NAMES("The Food and Drug Administration agreed.", "O Food and Drug Administration");
}

static void test_name__the_story_decides(void **state) {
    (void)state;
    CHECK_NAMES("Maria Quell won. Later Quell thanked them. Quell left.", "P Maria Quell|P Quell|P Quell");
    CHECK_NAMES("Farmers were angry. Some farmers left.", "");
}

static void test_name__headings(void **state) {
    (void)state;
    CHECK_NAMES("Quell Wins Second Term After Long Count\n\nMaria Quell won on Sunday.", "P Quell|P Maria Quell");
    CHECK_NAMES("POLICE ARREST MANY AFTER THE MATCH\n\nThe police came.", "");
}

static void test_name__other_capitals_are_no_names(void **state) {
    (void)state;
    CHECK_NAMES("On Monday, 3 March, GDP and VAT rose.", "");
    CHECK_NAMES("The Treaty ended the World War.", "");
    CHECK_NAMES("However, nobody came. Meanwhile, they waited.", "");
}

static void test_name__nothing_and_one_word(void **state) {
    (void)state;
    CHECK_NAMES("", "");
    CHECK_NAMES("word", "");
    CHECK_NAMES("...", "");
    CHECK_NAMES("Kenya", "L Kenya");
}

static void test_name__hostile_texts(void **state) {
    (void)state;
    static const char *const pieces[] = {"Zorb ",      "ZORB ",     "Kenyan ",    "President ",    "Ministry of ", "Zorb's ", "Maria and ",
                                         "of the Ab ", "Zorb (Z) ", "al-Zorb - ", "Mr. Zorb, 4, ", "de la ",       "Ab & ",   "\"Zorb\" "};
    for (size_t i = 0; i < sizeof(pieces) / sizeof(*pieces); i++) {
        struct span text = repeated(pieces[i], 10000);
        struct analysis analysis;
        analyse(&analysis, text);
        assert_sound(&analysis);
        analysis_done(&analysis);
        free((void *)text.data);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_name__people),
        cmocka_unit_test(test_name__titles_and_peoples_are_outside),
        cmocka_unit_test(test_name__what_stands_before_a_title_is_named_too),
        cmocka_unit_test(test_name__places),
        cmocka_unit_test(test_name__organizations),
        cmocka_unit_test(test_name__the_story_decides),
        cmocka_unit_test(test_name__headings),
        cmocka_unit_test(test_name__other_capitals_are_no_names),
        cmocka_unit_test(test_name__nothing_and_one_word),
        cmocka_unit_test(test_name__hostile_texts),
    };
    return cmocka_run_group_tests_name("name", tests, NULL, NULL);
}
