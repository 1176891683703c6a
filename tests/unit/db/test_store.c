#include "tests/unit/db/fixture.h"

/* Put, get, list, delete: the store's daily work. */

static void write_first(struct draft *draft) {
    draft_begin(draft, "https://example.com/a", "Mayor opens Łódka bridge", moment_at(1709294400));
    draft->article.source_name = SPAN("The Invented Times");
    int mayor = draft_entity(draft, "Édith Vauclair", ENTITY_PERSON);
    draft_role(draft, mayor, "Mayor of Port Selene");
    draft_append(draft, "opened the bridge.\n\n");
    int town = draft_entity(draft, "Port Selene", ENTITY_PLACE);
    draft_quote(draft, "The bridge is ours", mayor, town);
    draft_mention(draft, mayor, "Vauclair", MENTION_NAME);
    draft_mention(draft, mayor, "she", MENTION_PRONOUN);
    draft_append(draft, "said.\n\nThe end.");
}

static void test_db__stores_and_gives_back(void **state) {
    struct fixture *fixture = *state;
    static struct draft draft;
    write_first(&draft);
    char id[ARTICLE_ID_LENGTH + 1];
    assert_int_equal(put(fixture->db, &draft.article, id), DB_ADDED_NEW);

    struct db_article article;
    OK(db_article_get(fixture->db, &fixture->arena, span_of(id), &article));
    assert_span(article.title, "Mayor opens Łódka bridge");
    assert_true(span_equal(article.text, draft.article.text));
    assert_span(article.source_id, "example.com");
    assert_span(article.source_name, "The Invented Times");
    assert_int_equal(article.published.seconds, 1709294400);
    assert_int_equal(article.published.precision, PRECISION_SECOND);
    assert_int_equal(article.revision, 1);
    assert_int_equal(article.quote_count, 1);
    assert_int_equal(article.entity_count, 2);
    assert_int_equal(article.word_count, 16);

    const struct db_article_entity *entities = NULL;
    size_t count = 0;
    OK(db_article_entities(fixture->db, &fixture->arena, article.key, &entities, &count));
    assert_int_equal(count, 2);
    assert_span(entities[0].id, "edith-vauclair");
    assert_span(entities[0].roles[0], "Mayor of Port Selene");
    assert_int_equal(entities[0].mention_count, 3);
    assert_span(entities[0].mention_texts[1], "Vauclair");
    assert_int_equal(entities[0].mentions[2].form, MENTION_PRONOUN);
    assert_span(entities[1].id, "port-selene");
    check(fixture->db);
}

static void test_db__quote_has_its_surroundings(void **state) {
    struct fixture *fixture = *state;
    static struct draft draft;
    write_first(&draft);
    char id[ARTICLE_ID_LENGTH + 1];
    put(fixture->db, &draft.article, id);
    struct db_quote quote;
    OK(db_quote_get(fixture->db, &fixture->arena, span_of(id), 1, &quote));
    assert_span(quote.text, "The bridge is ours");
    assert_span(quote.speaker.name, "Édith Vauclair");
    assert_int_equal(quote.about_count, 1);
    assert_span(quote.about[0].id, "port-selene");
    assert_span(quote.prefix, "opened the bridge.\n\nPort Selene \"" + 1);
    assert_span(quote.suffix, "\" Vauclair she said.\n\nThe end.");
    assert_span(quote.context, "Port Selene \"The bridge is ours\" Vauclair she said.");
    assert_int_equal(db_quote_get(fixture->db, &fixture->arena, span_of(id), 2, &quote), RESULT_NOT_FOUND);
    assert_int_equal(db_quote_get(fixture->db, &fixture->arena, span_of(id), 0, &quote), RESULT_NOT_FOUND);
    assert_int_equal(db_quote_get(fixture->db, &fixture->arena, SPAN("nothing"), 1, &quote), RESULT_NOT_FOUND);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_db__stores_and_gives_back, fixture_begin, fixture_end),
        cmocka_unit_test_setup_teardown(test_db__quote_has_its_surroundings, fixture_begin, fixture_end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
