#include "tests/unit/base/check.h"

#include <string.h>

#include "extract/attribution.h"

/* The people and bodies of these texts are invented; each is known by its full name, its last word, and the phrases given for it. */
enum { CAST_MAX = 6, FORMS_MAX = 3, MENTIONS_MAX = 64 };

struct member {
    const char *name;
    enum entity_type type;
    enum gender gender;
    const char *phrases[FORMS_MAX]; /* nominals */
};

static const struct member cast[] = {
    {"Ada Moss", ENTITY_PERSON, GENDER_FEMALE, {"the harbour minister"}},
    {"Bo Trenk", ENTITY_PERSON, GENDER_MALE, {"the mayor"}},
    {"Radio Nine", ENTITY_ORGANIZATION, GENDER_UNKNOWN, {NULL}},
    {"Quillport", ENTITY_PLACE, GENDER_UNKNOWN, {NULL}},
};
enum { ADA, BO, RADIO, QUILLPORT, CAST_COUNT, NOBODY = SPEAKER_NONE };

struct fixture {
    struct arena arena;
    struct tokens tokens;
    struct stretches stretches;
    struct sentences sentences;
    struct entity_entry entries[CAST_COUNT];
    struct entity_mention mentions[MENTIONS_MAX];
    struct entities entities;
    struct attributions attributions;
};

/* Number of tokens that the phrase covers at index; 0 where it does not stand there. */
static size_t phrase_at(const struct tokens *tokens, size_t index, struct span phrase) {
    size_t start = tokens->items[index].start;
    struct span here = span_slice(tokens->text, start, start + phrase.length);
    if (!span_equal_ignore_case(here, phrase))
        return 0;
    for (size_t i = index; i < tokens->count; i++)
        if (tokens->items[i].end == start + phrase.length)
            return i + 1 - index;
    return 0;
}

static size_t member_at(const struct tokens *tokens, size_t index, const struct member *member, enum mention_form *ret_form) {
    struct span name = span_of(member->name);
    size_t space = span_find(name, SPAN(" "), 0);
    size_t length = phrase_at(tokens, index, name);
    *ret_form = MENTION_NAME;
    if (!length && space != SIZE_MAX)
        length = phrase_at(tokens, index, span_slice(name, space + 1, name.length));
    for (size_t i = 0; !length && i < FORMS_MAX && member->phrases[i]; i++) {
        length = phrase_at(tokens, index, span_of(member->phrases[i]));
        *ret_form = MENTION_NOMINAL;
    }
    return length;
}

static void find_mentions(struct fixture *fixture) {
    size_t count = 0;
    for (size_t i = 0; i < fixture->tokens.count;) {
        size_t length = 0;
        for (int m = 0; m < CAST_COUNT && !length; m++) {
            enum mention_form form;
            length = member_at(&fixture->tokens, i, &cast[m], &form);
            if (length) {
                assert_true(count < MENTIONS_MAX);
                fixture->mentions[count++] = (struct entity_mention){(uint32_t)i, (uint32_t)(i + length), form, m};
            }
        }
        i += length ? length : 1;
    }
    for (int m = 0; m < CAST_COUNT; m++)
        fixture->entries[m] = (struct entity_entry){.name = span_of(cast[m].name), .type = cast[m].type, .gender = cast[m].gender};
    fixture->entities = (struct entities){fixture->entries, CAST_COUNT, fixture->mentions, count};
}

static void read_text(struct fixture *fixture, const char *text) {
    struct arena *arena = &fixture->arena;
    arena_init(arena, 0);
    assert_int_equal(tokens_find(arena, span_of(text), &fixture->tokens), RESULT_OK);
    assert_int_equal(stretches_find(arena, &fixture->tokens, &fixture->stretches), RESULT_OK);
    assert_int_equal(sentences_find(arena, &fixture->tokens, &fixture->stretches, &fixture->sentences), RESULT_OK);
    find_mentions(fixture);
    assert_int_equal(
        attributions_find(arena, &fixture->tokens, &fixture->stretches, &fixture->sentences, &fixture->entities, &fixture->attributions),
        RESULT_OK);
}

static struct span words_of(const struct fixture *fixture, uint32_t first, uint32_t last) {
    if (first >= last)
        return (struct span){NULL, 0};
    return span_slice(fixture->tokens.text, fixture->tokens.items[first].start, fixture->tokens.items[last - 1].end);
}

struct expected {
    const char *words;
    int speaker;
    const char *speaker_text;
    const char *cue;
};

/* The quotes in marks (those without are left out) must be the expected ones, in order. */
static void check_text(const char *text, const struct expected *expected, size_t count) {
    struct fixture fixture;
    read_text(&fixture, text);
    size_t found = 0;
    for (size_t i = 0; i < fixture.attributions.count; i++) {
        const struct attribution *item = &fixture.attributions.items[i];
        if (item->kind == QUOTE_INDIRECT)
            continue;
        struct span words = span_slice(fixture.tokens.text, item->start, item->end);
        if (found >= count)
            fail_msg("in <%s> unexpected quote <%.*s>", text, SPAN_PRINT(words));
        const struct expected *want = &expected[found++];
        struct span speaker = words_of(&fixture, item->speaker_first, item->speaker_last);
        struct span cue = words_of(&fixture, item->cue_first, item->cue_last);
        if (!span_equal(words, span_of(want->words)) || item->speaker != want->speaker ||
            !span_equal(speaker, span_of(want->speaker_text)) || !span_equal(cue, span_of(want->cue)))
            fail_msg("in <%s> quote <%.*s> of %d <%.*s> cue <%.*s> by %s", text, SPAN_PRINT(words), item->speaker, SPAN_PRINT(speaker),
                     SPAN_PRINT(cue), item->rule);
    }
    if (found != count)
        fail_msg("in <%s> %zu quotes, expected %zu", text, found, count);
    arena_done(&fixture.arena);
}

#define CHECK(text, ...)                                                                                                                   \
    check_text(text, (const struct expected[]){__VA_ARGS__}, sizeof((const struct expected[]){__VA_ARGS__}) / sizeof(struct expected))
#define CHECK_NONE(text) check_text(text, NULL, 0)

static void test_attribution__verb_behind_the_quote(void **state) {
    (void)state;
    CHECK("\"The piers are safe,\" Ada Moss said.", {"The piers are safe,", ADA, "Ada Moss", "said"});
    CHECK("\"The piers are safe,\" said Ada Moss.", {"The piers are safe,", ADA, "Ada Moss", "said"});
    CHECK("“Are the piers safe?” asked Bo Trenk on Monday.", {"Are the piers safe?", BO, "Bo Trenk", "asked"});
    CHECK("“The piers are safe,” Moss, who runs the port, told reporters.", {"The piers are safe,", ADA, "Moss", "told"});
    CHECK("“The piers are safe,” smiled Ada Moss.", {"The piers are safe,", ADA, "Ada Moss", "smiled"});
}

static void test_attribution__verb_before_the_quote(void **state) {
    (void)state;
    CHECK("Ada Moss said, \"The piers are safe.\"", {"The piers are safe.", ADA, "Ada Moss", "said"});
    CHECK("Ada Moss told reporters in Quillport: \"The piers are safe.\"", {"The piers are safe.", ADA, "Ada Moss", "told"});
    CHECK("Ada Moss, the minister of ports, said the piers were \"quite safe\" now.", {"quite safe", ADA, "Ada Moss", "said"});
    CHECK("On Tuesday, Bo Trenk called the plan \"a bad joke\".", {"a bad joke", BO, "Bo Trenk", "called"});
    CHECK("Moss referred to Trenk as a \"loud neighbour\" and Trenk described Moss as \"rather deaf\".",
          {"loud neighbour", ADA, "Moss", "referred"}, {"rather deaf", BO, "Trenk", "described"});
}

static void test_attribution__one_cue_for_two_quotes(void **state) {
    (void)state;
    CHECK("\"The piers are safe,\" Ada Moss said. \"The ships are not.\"", {"The piers are safe,", ADA, "Ada Moss", "said"},
          {"The ships are not.", ADA, "Ada Moss", ""});
    CHECK("\"The piers,\" Ada Moss said, \"are safe.\"", {"The piers,", ADA, "Ada Moss", "said"}, {"are safe.", ADA, "Ada Moss", "said"});
}

static void test_attribution__source_of_a_source(void **state) {
    (void)state;
    CHECK("\"We shall rebuild the piers,\" Radio Nine quoted Moss as saying.", {"We shall rebuild the piers,", ADA, "Moss", "saying"});
    CHECK("Bo Trenk said that Ada Moss had called the port \"a ruin\".", {"a ruin", BO, "Bo Trenk", "said"});
    CHECK("Moss voiced the hope to lead the port to \"new shores\", according to Radio Nine.", {"new shores", ADA, "Moss", "voiced"});
}

static void test_attribution__aside_and_relative_clause(void **state) {
    (void)state;
    CHECK("The port, Ada Moss said, is \"a jewel of the coast\".", {"a jewel of the coast", ADA, "Ada Moss", "said"});
    CHECK("Bo Trenk, who once called Ada Moss a friend, said she was \"out of her depth\".", {"out of her depth", BO, "Bo Trenk", "said"});
    CHECK("Bo Trenk went to the port and said it was \"a jewel of the coast\".", {"a jewel of the coast", BO, "Bo Trenk", "said"});
}

static void test_attribution__nominals_and_pronouns(void **state) {
    (void)state;
    CHECK("\"The piers are safe,\" the harbour minister said.", {"The piers are safe,", ADA, "the harbour minister", "said"});
    CHECK("\"The piers are safe,\" said Ada Moss.\n\n\"The ships are not,\" she added.", {"The piers are safe,", ADA, "Ada Moss", "said"},
          {"The ships are not,", ADA, "she", "added"});
    CHECK("\"The piers are safe,\" said Ada Moss.\n\n\"The ships are not,\" he added.", {"The piers are safe,", ADA, "Ada Moss", "said"},
          {"The ships are not,", NOBODY, "he", "added"});
    CHECK("\"The piers are safe,\" Deputy Secretary of State Ada Moss said.",
          {"The piers are safe,", ADA, "Deputy Secretary of State Ada Moss", "said"});
    CHECK("\"The piers are safe,\" the mother of Ada Moss said.", {"The piers are safe,", NOBODY, "the mother of Ada Moss", "said"});
    CHECK("\"The piers are safe,\" said Ada Moss.\n\n\"The ships are not,\" the engineer added.",
          {"The piers are safe,", ADA, "Ada Moss", "said"}, {"The ships are not,", ADA, "the engineer", "added"});
    CHECK("\"The piers are safe,\" a witness said.", {"The piers are safe,", NOBODY, "a witness", "said"});
}

static void test_attribution__other_places_of_the_speaker(void **state) {
    (void)state;
    CHECK("Ada Moss: \"The piers are safe.\"", {"The piers are safe.", ADA, "Ada Moss", ":"});
    CHECK("\"The piers are safe and they will be safe.\" - Ada Moss", {"The piers are safe and they will be safe.", ADA, "Ada Moss", ""});
    CHECK("Bo Trenk rejected Ada Moss's claim that the piers were \"safe as houses\".", {"safe as houses", BO, "Bo Trenk", "rejected"});
    CHECK("Ada Moss said the piers would hold.\n\n\"Nobody needs to worry about the storm.\"",
          {"Nobody needs to worry about the storm.", ADA, "Ada Moss", ""});
}

static void test_attribution__speech_over_paragraphs(void **state) {
    (void)state;
    CHECK("\"We came here by ship,\" said Ada Moss. \"It was cold.\n\n\"Then the ice broke and we left.\"",
          {"We came here by ship,", ADA, "Ada Moss", "said"}, {"It was cold.", ADA, "Ada Moss", ""},
          {"Then the ice broke and we left.", ADA, "Ada Moss", ""});
    CHECK("\"We came here by ship.\n\n\"Then the ice broke,\" said Ada Moss.", {"We came here by ship.", ADA, "Ada Moss", ""},
          {"Then the ice broke,", ADA, "Ada Moss", "said"});
}

static void test_attribution__titles_and_scare_quotes_are_no_speech(void **state) {
    (void)state;
    CHECK_NONE("The film \"Night Over Quillport\" opens on Friday.");
    CHECK_NONE("Ada Moss appeared on \"Talk of the Port\" last week.");
    CHECK_NONE("The so-called \"ghost ships\" lie off Quillport.");
    CHECK_NONE("He bought a \"Sea King\" and sailed.");
}

static void test_attribution__about_whom(void **state) {
    (void)state;
    struct fixture fixture;
    read_text(&fixture, "Ada Moss described Bo Trenk as \"a loud neighbour of Quillport\".");
    assert_int_equal(fixture.attributions.count, 1);
    const struct attribution *item = &fixture.attributions.items[0];
    assert_int_equal(item->kind, QUOTE_MIXED);
    assert_int_equal(item->about_count, 2);
    assert_int_equal(item->about[0], BO);
    assert_int_equal(item->about[1], QUILLPORT);
    arena_done(&fixture.arena);
}

static void test_attribution__kinds(void **state) {
    (void)state;
    struct fixture fixture;
    read_text(&fixture,
              "\"The piers are safe,\" said Ada Moss. She said they were \"quite new\". Bo Trenk said that he would leave the port.");
    assert_int_equal(fixture.attributions.count, 3);
    assert_int_equal(fixture.attributions.items[0].kind, QUOTE_DIRECT);
    assert_int_equal(fixture.attributions.items[1].kind, QUOTE_MIXED);
    assert_int_equal(fixture.attributions.items[2].kind, QUOTE_INDIRECT);
    arena_done(&fixture.arena);
}

/* The reported speech of the text must be exactly this. */
static void check_reported(const char *text, const char *words, int speaker, const char *cue) {
    struct fixture fixture;
    read_text(&fixture, text);
    if (!words) {
        assert_int_equal(fixture.attributions.count, 0);
    } else {
        if (fixture.attributions.count != 1)
            fail_msg("in <%s> %zu statements", text, fixture.attributions.count);
        const struct attribution *item = &fixture.attributions.items[0];
        struct span found = span_slice(fixture.tokens.text, item->start, item->end);
        if (!span_equal(found, span_of(words)))
            fail_msg("in <%s> statement <%.*s>, expected <%s>", text, SPAN_PRINT(found), words);
        assert_int_equal(item->kind, QUOTE_INDIRECT);
        assert_int_equal(item->speaker, speaker);
        check_span(words_of(&fixture, item->cue_first, item->cue_last), span_of(cue), __FILE__, __LINE__);
    }
    arena_done(&fixture.arena);
}

static void test_attribution__reported_speech(void **state) {
    (void)state;
    check_reported("Ada Moss said that the piers were safe.", "the piers were safe", ADA, "said");
    check_reported("Ada Moss told reporters on Monday the piers were safe.", "the piers were safe", ADA, "told");
    check_reported("The piers were safe, Ada Moss said on Monday.", "The piers were safe", ADA, "said");
    check_reported("The piers were safe, said Bo Trenk.", "The piers were safe", BO, "said");
    check_reported("According to Radio Nine, the piers were safe.", "the piers were safe", RADIO, "According to");
    check_reported("The piers were safe, according to Radio Nine.", "The piers were safe", RADIO, "according to");
    check_reported("Bo Trenk vowed to close the port.", "to close the port", BO, "vowed");
    check_reported("Bo Trenk did not say that the port would close.", NULL, 0, NULL);
    check_reported("Bo Trenk wrote a long book.", NULL, 0, NULL);
}

static void test_attribution__confidence_is_a_share(void **state) {
    (void)state;
    struct fixture fixture;
    read_text(&fixture, "\"The piers are safe,\" Ada Moss said. Some spoke of \"a kind of miracle that nobody had seen\" there.");
    for (size_t i = 0; i < fixture.attributions.count; i++)
        assert_true(fixture.attributions.items[i].confidence > 0 && fixture.attributions.items[i].confidence <= 1);
    assert_true(fixture.attributions.items[0].confidence > fixture.attributions.items[1].confidence);
    arena_done(&fixture.arena);
}

static void test_attribution__empty_text(void **state) {
    (void)state;
    CHECK_NONE("");
    CHECK_NONE("\"");
    CHECK_NONE(".");
}

/* Long sentences of every kind of word: the bounds of all searches hold, and so do the invariants. */
static void test_attribution__endless_sentences(void **state) {
    (void)state;
    static const char *const patterns[] = {"said ",       "who said ", "\"a b\" ", "that ",          ", ",
                                           "the man of ", "quickly ",  "and ",     "(\"a b\" said ", "\"a b"};
    enum { REPEATS = 4000, PATTERN_MAX = 16 };
    static char text[REPEATS * PATTERN_MAX];
    for (size_t p = 0; p < sizeof patterns / sizeof *patterns; p++) {
        size_t length = 0;
        for (int i = 0; i < REPEATS; i++) {
            memcpy(text + length, patterns[p], strlen(patterns[p]));
            length += strlen(patterns[p]);
        }
        text[length] = '\0';
        struct fixture fixture;
        read_text(&fixture, text);
        uint32_t end = 0;
        for (size_t i = 0; i < fixture.attributions.count; i++) {
            const struct attribution *item = &fixture.attributions.items[i];
            assert_true(item->start >= end && item->start < item->end && item->end <= length);
            assert_true(item->speaker_first <= item->speaker_last && item->speaker_last <= fixture.tokens.count);
            end = item->end;
        }
        arena_done(&fixture.arena);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_attribution__verb_behind_the_quote),
        cmocka_unit_test(test_attribution__verb_before_the_quote),
        cmocka_unit_test(test_attribution__one_cue_for_two_quotes),
        cmocka_unit_test(test_attribution__source_of_a_source),
        cmocka_unit_test(test_attribution__aside_and_relative_clause),
        cmocka_unit_test(test_attribution__nominals_and_pronouns),
        cmocka_unit_test(test_attribution__other_places_of_the_speaker),
        cmocka_unit_test(test_attribution__speech_over_paragraphs),
        cmocka_unit_test(test_attribution__titles_and_scare_quotes_are_no_speech),
        cmocka_unit_test(test_attribution__about_whom),
        cmocka_unit_test(test_attribution__kinds),
        cmocka_unit_test(test_attribution__reported_speech),
        cmocka_unit_test(test_attribution__confidence_is_a_share),
        cmocka_unit_test(test_attribution__empty_text),
        cmocka_unit_test(test_attribution__endless_sentences),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
