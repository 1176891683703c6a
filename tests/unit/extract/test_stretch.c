#include "tests/unit/base/check.h"

#include <string.h>

#include "extract/stretch.h"

enum { STRETCHES_MAX = 16 };

struct fixture {
    struct arena arena;
    struct tokens tokens;
    struct stretches stretches;
};

static void read_text(struct fixture *fixture, const char *text) {
    arena_init(&fixture->arena, 0);
    assert_int_equal(tokens_find(&fixture->arena, span_of(text), &fixture->tokens), RESULT_OK);
    assert_int_equal(stretches_find(&fixture->arena, &fixture->tokens, &fixture->stretches), RESULT_OK);
}

/* The stretches of text must be these words, in order; the list ends with NULL. */
static void check_stretches(const char *text, const char *const *expected) {
    struct fixture fixture;
    read_text(&fixture, text);
    size_t count = 0;
    for (; expected[count]; count++) {
        if (count >= fixture.stretches.count)
            fail_msg("in <%s> no stretch <%s>", text, expected[count]);
        const struct stretch *stretch = &fixture.stretches.items[count];
        struct span words = span_slice(span_of(text), stretch->start, stretch->end);
        if (!span_equal(words, span_of(expected[count])))
            fail_msg("in <%s> stretch <%.*s>, expected <%s>", text, SPAN_PRINT(words), expected[count]);
        assert_true(stretch->first < stretch->last && stretch->last <= fixture.tokens.count);
    }
    assert_int_equal(fixture.stretches.count, count);
    arena_done(&fixture.arena);
}

#define CHECK(text, ...) check_stretches(text, (const char *const[]){__VA_ARGS__, NULL})
#define CHECK_NONE(text) check_stretches(text, (const char *const[]){NULL})

static void test_stretch__pairs_every_kind_of_mark(void **state) {
    (void)state;
    CHECK("\"Go,\" said Ada Moss.", "Go,");
    CHECK("“Go,” said Ada Moss.", "Go,");
    CHECK("''Go,'' said Ada Moss. ''Now.''", "Go,", "Now.");
    CHECK("«Go», said Ada Moss.", "Go");
    CHECK("„Go“, said Ada Moss.", "Go");
    CHECK("»Go«, said Ada Moss.", "Go");
    CHECK("She said ‘go’ twice.", "go");
}

static void test_stretch__straight_marks_pair_by_their_place(void **state) {
    (void)state;
    CHECK("He called it \"bad\", \"sad\" and \"mad\".", "bad", "sad", "mad");
    CHECK("(\"Go\") he said", "Go");
    CHECK("It was—\"Go\"—over.", "Go");
}

static void test_stretch__closing_mark_missing(void **state) {
    (void)state;
    CHECK("“Go, said Ada Moss.\n\nNothing else.", "Go, said Ada Moss.");
    CHECK("“We left early, “We came late.”", "We left early,", "We came late.");
}

static void test_stretch__opening_mark_missing(void **state) {
    (void)state;
    CHECK("We shall go,” said Ada Moss.", "We shall go,");
    CHECK_NONE("A pipe of 6\" and no more.");
}

static void test_stretch__speech_over_paragraphs(void **state) {
    (void)state;
    struct fixture fixture;
    read_text(&fixture, "“We came.\n\n“We saw.\n\n“We left,” said Ada Moss.");
    assert_int_equal(fixture.stretches.count, 3);
    assert_true(fixture.stretches.items[0].continued && !fixture.stretches.items[0].closed);
    assert_true(fixture.stretches.items[1].continued);
    assert_true(fixture.stretches.items[2].closed && !fixture.stretches.items[2].continued);
    arena_done(&fixture.arena);
    read_text(&fixture, "“We came.\n\nThe end.");
    assert_false(fixture.stretches.items[0].continued);
    arena_done(&fixture.arena);
}

static void test_stretch__apostrophes_are_no_marks(void **state) {
    (void)state;
    CHECK_NONE("The workers' rights aren't the owners' gift.");
    CHECK_NONE("Back in the '90s it wasn't so.");
    CHECK_NONE("Rock 'n' roll, y'all; O'Dell's and the Smiths’ dogs.");
}

static void test_stretch__single_marks_outside(void **state) {
    (void)state;
    CHECK("'We don't know,' said Ada Moss. 'Perhaps.'", "We don't know,", "Perhaps.");
    CHECK("‘The workers’ rights come first,’ she said.", "The workers’ rights come first,");
}

static void test_stretch__quotes_within_quotes_belong_to_the_outer(void **state) {
    (void)state;
    CHECK("“He told me ‘no’ twice,” she said.", "He told me ‘no’ twice,");
    CHECK("'He told me \"no\" twice,' she said.", "He told me \"no\" twice,");
    CHECK("«He told me “no” twice», she said.", "He told me “no” twice");
    CHECK("''He said: 'Never,''' she recalled.", "He said: 'Never,");
}

static void test_stretch__inch_sign_inside_curly_marks(void **state) {
    (void)state;
    CHECK("“It is 6\" wide,” he said.", "It is 6\" wide,");
}

static void test_stretch__no_words_no_stretch(void **state) {
    (void)state;
    CHECK_NONE("");
    CHECK_NONE("\"\" and \" \" and “...”");
    CHECK_NONE("\"");
    CHECK_NONE("''");
}

static void test_stretch__at_finds_the_stretch_of_a_token(void **state) {
    (void)state;
    struct fixture fixture;
    read_text(&fixture, "\"Go now,\" said Ada. \"Run.\"");
    assert_int_equal(stretch_at(&fixture.stretches, 0), -1);
    assert_int_equal(stretch_at(&fixture.stretches, fixture.stretches.items[0].first), 0);
    assert_int_equal(stretch_at(&fixture.stretches, fixture.stretches.items[0].last), -1);
    assert_int_equal(stretch_at(&fixture.stretches, fixture.stretches.items[1].last - 1), 1);
    assert_int_equal(stretch_at(&fixture.stretches, 1000), -1);
    arena_done(&fixture.arena);
}

/* Whatever the marks, the stretches are ascending, disjoint, inside the text and of one paragraph. */
static void check_invariants(struct span text) {
    struct fixture fixture;
    arena_init(&fixture.arena, 0);
    assert_int_equal(tokens_find(&fixture.arena, text, &fixture.tokens), RESULT_OK);
    assert_int_equal(stretches_find(&fixture.arena, &fixture.tokens, &fixture.stretches), RESULT_OK);
    uint32_t last = 0;
    for (size_t i = 0; i < fixture.stretches.count; i++) {
        const struct stretch *stretch = &fixture.stretches.items[i];
        assert_true(stretch->first >= last && stretch->first < stretch->last && stretch->last <= fixture.tokens.count);
        assert_int_equal(stretch->start, fixture.tokens.items[stretch->first].start);
        assert_int_equal(stretch->end, fixture.tokens.items[stretch->last - 1].end);
        assert_int_equal(fixture.tokens.items[stretch->first].paragraph, fixture.tokens.items[stretch->last - 1].paragraph);
        assert_true(stretch->opened || stretch->closed);
        last = stretch->last;
    }
    arena_done(&fixture.arena);
}

static void test_stretch__invariants_hold_for_every_mixture_of_marks(void **state) {
    (void)state;
    static const char *const pieces[] = {"\"", "“", "”", "'", "‘", "’", "«", "»", " ", "go", "s", ".", ",", "6", "\n\n", "(", "''"};
    enum { PIECES = sizeof pieces / sizeof *pieces, TEXTS = 3000, LENGTH = 40 };
    uint32_t seed = 1;
    for (int i = 0; i < TEXTS; i++) {
        char text[LENGTH * 4] = "";
        size_t length = 0;
        for (int k = 0; k < LENGTH; k++) {
            seed = seed * 1664525u + 1013904223u;
            const char *piece = pieces[(seed >> 16) % PIECES];
            memcpy(text + length, piece, strlen(piece));
            length += strlen(piece);
        }
        check_invariants((struct span){text, length});
    }
}

static void test_stretch__many_opening_marks(void **state) {
    (void)state;
    enum { MARKS = 50000 };
    static char text[MARKS * 3];
    for (size_t i = 0; i < MARKS; i++)
        memcpy(text + i * 3, i % 3 == 0 ? " \"a" : i % 3 == 1 ? " 'b" : " c\"", 3);
    check_invariants((struct span){text, sizeof text});
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_stretch__pairs_every_kind_of_mark),
        cmocka_unit_test(test_stretch__straight_marks_pair_by_their_place),
        cmocka_unit_test(test_stretch__closing_mark_missing),
        cmocka_unit_test(test_stretch__opening_mark_missing),
        cmocka_unit_test(test_stretch__speech_over_paragraphs),
        cmocka_unit_test(test_stretch__apostrophes_are_no_marks),
        cmocka_unit_test(test_stretch__single_marks_outside),
        cmocka_unit_test(test_stretch__quotes_within_quotes_belong_to_the_outer),
        cmocka_unit_test(test_stretch__inch_sign_inside_curly_marks),
        cmocka_unit_test(test_stretch__no_words_no_stretch),
        cmocka_unit_test(test_stretch__at_finds_the_stretch_of_a_token),
        cmocka_unit_test(test_stretch__invariants_hold_for_every_mixture_of_marks),
        cmocka_unit_test(test_stretch__many_opening_marks),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
