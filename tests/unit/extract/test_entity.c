#include "tests/unit/extract/analysis.h"

#include <stdio.h>

/* The entity's mentions as "Ada Quell|Quell|She", in text order; empty where there is no such entity. */
static struct span mentions_of(struct analysis *analysis, const char *name) {
    struct span all = {NULL, 0};
    for (size_t i = 0; i < analysis->entities.mention_count; i++) {
        const struct entity_mention *mention = &analysis->entities.mentions[i];
        if (!span_equal(analysis->entities.items[mention->entity].name, span_of(name)))
            continue;
        struct span text = text_of_tokens(analysis, mention->first, mention->last);
        all = arena_print(&analysis->arena, "%.*s%s%.*s", SPAN_PRINT(all), all.length > 0 ? "|" : "", SPAN_PRINT(text));
    }
    return all;
}

static void check_mentions(const char *text, const char *name, const char *expected, int line) {
    struct analysis analysis;
    analyse(&analysis, span_of(text));
    check_span(mentions_of(&analysis, name), span_of(expected), __FILE__, line);
    assert_sound(&analysis);
    analysis_done(&analysis);
}
#define CHECK_MENTIONS(text, name, expected) check_mentions(text, name, expected, __LINE__)

static void check_roles(const char *text, const char *name, const char *expected, int line) {
    struct analysis analysis;
    struct span all = {NULL, 0};
    analyse(&analysis, span_of(text));
    for (size_t i = 0; i < analysis.entities.count; i++) {
        const struct entity_entry *entry = &analysis.entities.items[i];
        for (size_t r = 0; r < entry->role_count && span_equal(entry->name, span_of(name)); r++)
            all = arena_print(&analysis.arena, "%.*s%s%.*s", SPAN_PRINT(all), all.length > 0 ? "|" : "", SPAN_PRINT(entry->roles[r]));
    }
    check_span(all, span_of(expected), __FILE__, line);
    analysis_done(&analysis);
}
#define CHECK_ROLES(text, name, expected) check_roles(text, name, expected, __LINE__)

static void test_entity__short_names_are_linked(void **state) {
    (void)state;
    CHECK_MENTIONS("Maria Quell came. Quell spoke. Later Maria left.", "Maria Quell", "Maria Quell|Quell|Maria");
    CHECK_MENTIONS("Quell Speaks After Long Silence\n\nMaria Quell spoke.", "Maria Quell", "Quell|Maria Quell");
    CHECK_MENTIONS("Maria F. Quell came. M. Quell spoke.", "Maria F. Quell", "Maria F. Quell|M. Quell");
    CHECK_MENTIONS("Ahmed Al-Zorbi came. El-Zorbi spoke.", "Ahmed Al-Zorbi", "Ahmed Al-Zorbi|El-Zorbi");
}

static void test_entity__of_two_with_one_name_the_latest(void **state) {
    (void)state;
    CHECK_MENTIONS("Maria Quell came. Peter Quell came too. Quell said no.", "Peter Quell", "Peter Quell|Quell");
}

static void test_entity__acronyms_and_countries(void **state) {
    (void)state;
    CHECK_MENTIONS("The Zorb Water Authority (ZWA) agreed. The ZWA paid.", "Zorb Water Authority", "Zorb Water Authority|ZWA|ZWA");
    CHECK_MENTIONS("The Zorb Water Authority agreed. The ZWA paid.", "Zorb Water Authority", "Zorb Water Authority|ZWA");
    CHECK_MENTIONS("He left the U.S. for good. The United States agreed.", "United States", "U.S.|United States");
    CHECK_MENTIONS("Zorbcom Ltd. grew. Zorbcom hired.", "Zorbcom Ltd.", "Zorbcom Ltd.|Zorbcom");
}

static void test_entity__roles(void **state) {
    (void)state;
    CHECK_ROLES("Kenyan President Amina Quell spoke.", "Amina Quell", "Kenyan President");
    CHECK_ROLES("Peter Zorb, the minister of finance, spoke.", "Peter Zorb", "minister of finance");
    CHECK_ROLES("The rector of the college, Peter Zorb, said no.", "Peter Zorb", "rector of the college");
    CHECK_ROLES("He saw member of parliament Peter Zorb.", "Peter Zorb", "member of parliament");
    CHECK_ROLES("Mr. Peter Zorb spoke.", "Peter Zorb", "");
    CHECK_ROLES("The attorney general (AG) Maria Quell spoke.", "Maria Quell", "attorney general");
    CHECK_ROLES("Kenyan state broadcaster ZBQ reported it.", "ZBQ", "Kenyan state broadcaster");
}

static void test_entity__phrases(void **state) {
    (void)state;
    CHECK_MENTIONS("Kenyan President Amina Quell met Ugandan President Peter Zorb. The Kenyan leader smiled.", "Amina Quell",
                   "Amina Quell|The Kenyan leader");
    CHECK_MENTIONS("Finance Minister Peter Zorb came. The finance minister smiled.", "Peter Zorb", "Peter Zorb|The finance minister");
    CHECK_MENTIONS("Finance Minister Peter Zorb came. The health minister smiled.", "Peter Zorb", "Peter Zorb");
    CHECK_MENTIONS("Peter Zorb, 45, fell. The 45-year-old lived.", "Peter Zorb", "Peter Zorb|The 45-year-old");
    CHECK_MENTIONS("Attorney General Maria Quell came. The AG smiled.", "Maria Quell", "Maria Quell|The AG");
    CHECK_MENTIONS("Zorbcom Ltd. grew last year. The company hired.", "Zorbcom Ltd.", "Zorbcom Ltd.|The company");
}

static void test_entity__a_role_beside_its_bearer_means_him(void **state) {
    (void)state;
    CHECK_MENTIONS("He saw member of parliament Peter Zorb.", "Peter Zorb", "member|Peter Zorb");
    CHECK_MENTIONS("The rector of the college, Peter Zorb, said no.", "Peter Zorb", "The rector|Peter Zorb");
    CHECK_MENTIONS("Spokesman Peter Zorb said no.", "Peter Zorb", "Peter Zorb");
}

static void test_entity__a_phrase_that_fits_two_stays_open(void **state) {
    (void)state;
    CHECK_MENTIONS("Kenyan President Amina Quell met Ugandan President Peter Zorb. The president smiled.", "Peter Zorb", "Peter Zorb");
    CHECK_MENTIONS("Kenyan President Amina Quell met Ugandan President Peter Zorb. The president smiled.", "Amina Quell", "Amina Quell");
}

static void test_entity__the_seat_stands_for_the_nation(void **state) {
    (void)state;
    CHECK_MENTIONS("Russian President Boris Quell called French President Marie Zorb. The Kremlin leader agreed.", "Boris Quell",
                   "Boris Quell|The Kremlin leader");
    CHECK_MENTIONS("Russian President Boris Quell called French President Marie Zorb. The Elysee leader agreed.", "Marie Zorb",
                   "Marie Zorb|The Elysee leader");
}

static void test_entity__pronouns(void **state) {
    (void)state;
    CHECK_MENTIONS("Maria Quell met Peter Zorb. She smiled and he left.", "Maria Quell", "Maria Quell|She");
    CHECK_MENTIONS("Maria Quell met Peter Zorb. She smiled and he left.", "Peter Zorb", "Peter Zorb|he");
    CHECK_MENTIONS("\"Go,\" Peter Zorb said. He added: \"He is late.\"", "Peter Zorb", "Peter Zorb|He");
    CHECK_MENTIONS("He left before anybody was named. Peter Zorb stayed.", "Peter Zorb", "Peter Zorb");
}

static void test_entity__titles_tell_the_gender(void **state) {
    (void)state;
    CHECK_MENTIONS("Mrs. Zorb met Mr. Quellim. She smiled.", "Zorb", "Zorb|She");
}

static void test_entity__in_tokens_finds_the_last(void **state) {
    (void)state;
    struct analysis analysis;
    analyse(&analysis, SPAN("Maria Quell met Peter Zorb."));
    assert_int_equal(analysis.entities.count, 2);
    assert_int_equal(entity_in_tokens(&analysis.entities, 0, 5), 1);
    assert_int_equal(entity_in_tokens(&analysis.entities, 0, 2), 0);
    assert_int_equal(entity_in_tokens(&analysis.entities, 1, 2), 0);
    assert_int_equal(entity_in_tokens(&analysis.entities, 2, 3), -1);
    assert_int_equal(entity_in_tokens(&analysis.entities, 3, 3), -1);
    analysis_done(&analysis);
}

static void test_entity__nothing(void **state) {
    (void)state;
    static const char *const texts[] = {"", "word", "He", "The", "the president", "The president.", "Mr.", "(", "\"\""};
    for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++) {
        struct analysis analysis;
        analyse(&analysis, span_of(texts[i]));
        assert_sound(&analysis);
        assert_int_equal(analysis.entities.count, 0);
        analysis_done(&analysis);
    }
}

static void test_entity__many_names(void **state) {
    (void)state;
    static const char *const pieces[] = {"Maria Quell said no. ",
                                         "Kenyan President Maria Zorb met him. The president left. ",
                                         "He. ",
                                         "The Kremlin leader ",
                                         "Peter Zorb, 45, and Maria, the minister of ",
                                         "The company it said "};
    for (size_t i = 0; i < sizeof(pieces) / sizeof(*pieces); i++) {
        struct span text = repeated(pieces[i], 10000);
        struct analysis analysis;
        analyse(&analysis, text);
        assert_sound(&analysis);
        analysis_done(&analysis);
        free((void *)text.data);
    }
}

/* 50,000 different people with one family name: each look at the ones so far must be bounded. */
static void test_entity__many_people(void **state) {
    (void)state;
    size_t size = 50000 * 32, length = 0;
    char *text = malloc(size);
    assert_non_null(text);
    for (unsigned i = 0; i < 50000; i++)
        length += (size_t)snprintf(text + length, size - length, "Mr. %c%c%c%cab Quell left. ", 'A' + i % 26, 'a' + i / 26 % 26,
                                   'a' + i / 676 % 26, 'a' + i / 17576 % 26);
    struct analysis analysis;
    analyse(&analysis, (struct span){text, length});
    assert_sound(&analysis);
    assert_true(analysis.entities.count > 10000);
    analysis_done(&analysis);
    free(text);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_entity__short_names_are_linked),
        cmocka_unit_test(test_entity__of_two_with_one_name_the_latest),
        cmocka_unit_test(test_entity__acronyms_and_countries),
        cmocka_unit_test(test_entity__roles),
        cmocka_unit_test(test_entity__phrases),
        cmocka_unit_test(test_entity__a_role_beside_its_bearer_means_him),
        cmocka_unit_test(test_entity__a_phrase_that_fits_two_stays_open),
        cmocka_unit_test(test_entity__the_seat_stands_for_the_nation),
        cmocka_unit_test(test_entity__pronouns),
        cmocka_unit_test(test_entity__titles_tell_the_gender),
        cmocka_unit_test(test_entity__in_tokens_finds_the_last),
        cmocka_unit_test(test_entity__nothing),
        cmocka_unit_test(test_entity__many_names),
        cmocka_unit_test(test_entity__many_people),
    };
    return cmocka_run_group_tests_name("entity", tests, NULL, NULL);
}
