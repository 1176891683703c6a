#include "tests/unit/extract/analysis.h"

#include "base/hash.h"

/* Compares the tokens of text with the words of expected, which are parted by single spaces. */
static void check_tokens(const char *text, const char *expected, int line) {
    struct arena arena;
    struct tokens tokens;
    struct span rest = span_of(expected), word;
    arena_init(&arena, 0);
    assert_int_equal(tokens_find(&arena, span_of(text), &tokens), RESULT_OK);
    size_t i = 0;
    for (; *expected && span_split(&rest, ' ', &word); i++) {
        if (i >= tokens.count) {
            print_error("only %zu tokens\n", tokens.count);
            _fail(__FILE__, line);
        }
        check_span(token_text(&tokens, i), word, __FILE__, line);
    }
    if (i != tokens.count) {
        print_error("%zu tokens more\n", tokens.count - i);
        _fail(__FILE__, line);
    }
    arena_done(&arena);
}
#define CHECK_TOKENS(text, expected) check_tokens(text, expected, __LINE__)

static void check_first(const char *text, enum token_kind kind, enum token_shape shape, int line) {
    struct arena arena;
    struct tokens tokens;
    arena_init(&arena, 0);
    assert_int_equal(tokens_find(&arena, span_of(text), &tokens), RESULT_OK);
    if (tokens.count != 1 || tokens.items[0].kind != kind || tokens.items[0].shape != shape) {
        print_error("%s: %zu tokens, kind %d, shape %d\n", text, tokens.count, tokens.items[0].kind, tokens.items[0].shape);
        _fail(__FILE__, line);
    }
    arena_done(&arena);
}
#define CHECK_FIRST(text, kind, shape) check_first(text, kind, shape, __LINE__)

static void test_token__words_numbers_and_punctuation(void **state) {
    (void)state;
    CHECK_TOKENS("", "");
    CHECK_TOKENS("   \n\n ", "");
    CHECK_TOKENS("Word", "Word");
    CHECK_TOKENS("One, two; three (four).", "One , two ; three ( four ) .");
    CHECK_TOKENS("It cost $1,000.50 on 3/4/2021 at 10:30.", "It cost $ 1,000.50 on 3/4/2021 at 10:30 .");
    CHECK_TOKENS("the 47th in the 1990s, 2015-16", "the 47th in the 1990s , 2015-16");
    CHECK_TOKENS("a 45-year-old man", "a 45-year-old man");
    CHECK_TOKENS("wait... what -- no", "wait ... what -- no");
}

static void test_token__apostrophes_and_possessives(void **state) {
    (void)state;
    CHECK_TOKENS("O'Meara's dog", "O'Meara 's dog");
    CHECK_TOKENS("Zorb’s and Q’ar", "Zorb ’s and Q’ar");
    CHECK_TOKENS("the ministers' meeting", "the ministers ' meeting");
    CHECK_TOKENS("he'd, they'll, don't", "he 'd , they 'll , don't");
    CHECK_TOKENS("the '90s", "the '90s");
    CHECK_TOKENS("'Go,' she said", "' Go , ' she said");
    CHECK_TOKENS("“Go,” she said", "“ Go , ” she said");
    CHECK_TOKENS("''Go'' and ``come``", "'' Go '' and `` come ``");
}

static void test_token__possessive_is_a_kind_and_a_mark_is_another(void **state) {
    (void)state;
    struct arena arena;
    struct tokens tokens;
    arena_init(&arena, 0);
    assert_int_equal(tokens_find(&arena, SPAN("workers' pay, Zorb's ‘pay’"), &tokens), RESULT_OK);
    assert_int_equal(tokens.items[1].kind, TOKEN_POSSESSIVE);
    assert_int_equal(tokens.items[5].kind, TOKEN_POSSESSIVE);
    assert_int_equal(tokens.items[6].kind, TOKEN_MARK);
    assert_int_equal(tokens.items[8].kind, TOKEN_MARK);
    arena_done(&arena);
}

static void test_token__abbreviations_keep_their_dots(void **state) {
    (void)state;
    CHECK_TOKENS("Mr. Zorb and Gen. Ada B. Quell of the U.S. army.", "Mr. Zorb and Gen. Ada B. Quell of the U.S. army .");
    CHECK_TOKENS("at 5 p.m. in St. Orlo", "at 5 p.m. in St. Orlo");
    CHECK_TOKENS("She said no. Then he left.", "She said no . Then he left .");
    CHECK_TOKENS("No. 5 won", "No. 5 won");
    CHECK_TOKENS("The end.The next", "The end . The next");
    CHECK_TOKENS("see example.org or https://example.org/a-b?c=d.", "see example.org or https://example.org/a-b?c=d .");
}

static void test_token__hyphens(void **state) {
    (void)state;
    CHECK_TOKENS("Al-Zorb, Quell-Orlo and co-operation", "Al-Zorb , Quell-Orlo and co-operation");
    CHECK_TOKENS("the Orlo-based firm", "the Orlo - based firm");
    CHECK_TOKENS("a U.S.-led force", "a U.S. - led force");
    CHECK_TOKENS("France-Germany talks", "France - Germany talks");
    CHECK_TOKENS("the anti-Zorb party", "the anti - Zorb party");
    CHECK_TOKENS("AT&T and Q&A", "AT&T and Q&A");
}

static void test_token__shapes(void **state) {
    (void)state;
    CHECK_FIRST("said", TOKEN_WORD, SHAPE_LOWER);
    CHECK_FIRST("Zorb", TOKEN_WORD, SHAPE_CAPITAL);
    CHECK_FIRST("McZorb", TOKEN_WORD, SHAPE_CAPITAL);
    CHECK_FIRST("A", TOKEN_WORD, SHAPE_CAPITAL);
    CHECK_FIRST("ZBC", TOKEN_WORD, SHAPE_UPPER);
    CHECK_FIRST("Z7", TOKEN_WORD, SHAPE_UPPER);
    CHECK_FIRST("al-Zorb", TOKEN_WORD, SHAPE_MIXED);
    CHECK_FIRST("Łódź", TOKEN_WORD, SHAPE_CAPITAL);
    CHECK_FIRST("日本", TOKEN_WORD, SHAPE_NONE);
    CHECK_FIRST("12", TOKEN_NUMBER, SHAPE_NONE);
}

static void test_token__paragraphs_and_spaces(void **state) {
    (void)state;
    struct arena arena;
    struct tokens tokens;
    arena_init(&arena, 0);
    assert_int_equal(tokens_find(&arena, SPAN("One two\nthree.\n\nFour"), &tokens), RESULT_OK);
    assert_int_equal(tokens.count, 5);
    assert_int_equal(tokens.items[2].paragraph, 0);
    assert_int_equal(tokens.items[4].paragraph, 1);
    assert_true(tokens.items[0].space_before && tokens.items[1].space_before && tokens.items[4].space_before);
    assert_false(tokens.items[3].space_before);
    arena_done(&arena);
}

static void test_token__lower_is_the_hash_of_the_lower_case_form(void **state) {
    (void)state;
    struct arena arena;
    struct tokens tokens;
    arena_init(&arena, 0);
    assert_int_equal(tokens_find(&arena, SPAN("Q’AR Éclair"), &tokens), RESULT_OK);
    assert_true(tokens.items[0].lower == hash_bytes(SPAN("q'ar")));
    assert_true(tokens.items[1].lower == hash_bytes(SPAN("éclair")));
    assert_true(token_is(&tokens, 0, "q'ar"));
    assert_false(token_is(&tokens, 0, "q'a"));
    assert_false(token_is(&tokens, 0, "q'arr"));
    arena_done(&arena);
}

static void test_token__hostile_bytes_give_sound_offsets(void **state) {
    (void)state;
    static const char *const pieces[] = {"A.",       "A.-",          "'",    "''",   "-",  "a'",     "1,", "x-1.",
                                         "\xc2\xa0", "\xe2\x80\x99", "\xff", "\x01", "&A", "http://"};
    for (size_t i = 0; i < sizeof(pieces) / sizeof(*pieces); i++) {
        struct span text = repeated(pieces[i], 20000);
        struct analysis analysis;
        analyse(&analysis, text);
        assert_sound(&analysis);
        analysis_done(&analysis);
        free((void *)text.data);
    }
}

static void test_token__memory_ends(void **state) {
    (void)state;
    struct arena arena;
    struct tokens tokens;
    struct span text = repeated("word ", 1000);
    arena_init(&arena, 4096);
    assert_int_equal(tokens_find(&arena, text, &tokens), RESULT_MEMORY);
    arena_done(&arena);
    free((void *)text.data);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_token__words_numbers_and_punctuation),
        cmocka_unit_test(test_token__apostrophes_and_possessives),
        cmocka_unit_test(test_token__possessive_is_a_kind_and_a_mark_is_another),
        cmocka_unit_test(test_token__abbreviations_keep_their_dots),
        cmocka_unit_test(test_token__hyphens),
        cmocka_unit_test(test_token__shapes),
        cmocka_unit_test(test_token__paragraphs_and_spaces),
        cmocka_unit_test(test_token__lower_is_the_hash_of_the_lower_case_form),
        cmocka_unit_test(test_token__hostile_bytes_give_sound_offsets),
        cmocka_unit_test(test_token__memory_ends),
    };
    return cmocka_run_group_tests_name("token", tests, NULL, NULL);
}
