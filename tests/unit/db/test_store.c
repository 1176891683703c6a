#include "db/internal.h"
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
    assert_span(quote.prefix, "pened the bridge.\n\nPort Selene \"");
    assert_span(quote.suffix, "\" Vauclair she said.\n\nThe end.");
    assert_span(quote.context, "Port Selene \"The bridge is ours\" Vauclair she said.");
    assert_int_equal(db_quote_get(fixture->db, &fixture->arena, span_of(id), 2, &quote), RESULT_NOT_FOUND);
    assert_int_equal(db_quote_get(fixture->db, &fixture->arena, span_of(id), 0, &quote), RESULT_NOT_FOUND);
    assert_int_equal(db_quote_get(fixture->db, &fixture->arena, SPAN("nothing"), 1, &quote), RESULT_NOT_FOUND);
}

/* --- the same again ----------------------------------------------------------------------------------------------------------------- */

static int64_t revision_of(struct db *db) {
    int64_t revision = 0;
    OK(db_revision(db, &revision));
    return revision;
}

static void test_db__same_article_changes_nothing(void **state) {
    struct fixture *fixture = *state;
    static struct draft draft;
    write_first(&draft);
    char id[ARTICLE_ID_LENGTH + 1], again[ARTICLE_ID_LENGTH + 1];
    put(fixture->db, &draft.article, id);
    int64_t modified = 0, later = 0;
    OK(db_last_modified(fixture->db, &modified));
    write_first(&draft);
    assert_int_equal(put(fixture->db, &draft.article, again), DB_UNCHANGED);
    assert_string_equal(id, again);
    assert_int_equal(revision_of(fixture->db), 1);
    OK(db_last_modified(fixture->db, &later));
    assert_int_equal(later, modified);

    /* other bytes that come to the same */
    struct db_original other = {.bytes = SPAN("<p>other bytes</p>"), .digest = {1}};
    enum db_outcome outcome;
    struct error error = {0};
    OK(db_begin(fixture->db));
    OK(db_put_article(fixture->db, &draft.article, &other, 1, &outcome, again, &error));
    OK(db_commit(fixture->db));
    assert_int_equal(outcome, DB_UNCHANGED);
    assert_int_equal(revision_of(fixture->db), 1);
}

static void test_db__knows_what_it_has_read(void **state) {
    struct fixture *fixture = *state;
    static struct draft draft;
    write_first(&draft);
    char id[ARTICLE_ID_LENGTH + 1], known_id[ARTICLE_ID_LENGTH + 1];
    uint8_t digest[SHA256_BYTES];
    sha256(draft.article.text, digest);
    bool known = true;
    OK(db_known_original(fixture->db, digest, 1, &known, known_id));
    assert_false(known);
    put(fixture->db, &draft.article, id);
    OK(db_known_original(fixture->db, digest, 1, &known, known_id));
    assert_true(known);
    assert_string_equal(id, known_id);
    OK(db_known_original(fixture->db, digest, 2, &known, known_id));
    assert_false(known);
    /* a newer extractor that finds the same: remembered, and nothing changed */
    OK(db_begin(fixture->db));
    assert_int_equal(put_in_batch(fixture->db, &draft.article, 2, NULL), DB_UNCHANGED);
    OK(db_commit(fixture->db));
    OK(db_known_original(fixture->db, digest, 2, &known, known_id));
    assert_true(known);
    assert_int_equal(revision_of(fixture->db), 1);
}

static void test_db__replaces_in_place(void **state) {
    struct fixture *fixture = *state;
    static struct draft draft;
    write_first(&draft);
    char id[ARTICLE_ID_LENGTH + 1], again[ARTICLE_ID_LENGTH + 1];
    put(fixture->db, &draft.article, id);
    struct db_article before, after;
    OK(db_article_get(fixture->db, &fixture->arena, span_of(id), &before));
    write_first(&draft);
    draft.article.title = SPAN("Mayor closes bridge");
    draft.article.source_name = SPAN("The Reinvented Times");
    draft.article.entity_count = 1; /* the place is gone, and with it what the quote was about */
    draft.quotes[0].about_count = 0;
    assert_int_equal(put(fixture->db, &draft.article, again), DB_REPLACED);
    assert_string_equal(id, again);
    OK(db_article_get(fixture->db, &fixture->arena, span_of(id), &after));
    assert_int_equal(after.key, before.key);
    assert_int_equal(after.added, before.added);
    assert_int_equal(after.revision, 2);
    assert_span(after.title, "Mayor closes bridge");
    assert_span(after.source_name, "The Reinvented Times");
    struct db_entity entity;
    assert_int_equal(db_entity_get(fixture->db, &fixture->arena, SPAN("port-selene"), &entity), RESULT_NOT_FOUND);
    OK(db_entity_get(fixture->db, &fixture->arena, SPAN("edith-vauclair"), &entity));
    assert_int_equal(entity.revision, 1); /* nothing about her changed */
    check(fixture->db);
}

static void test_db__deletes_all_of_it(void **state) {
    struct fixture *fixture = *state;
    static struct draft draft;
    write_first(&draft);
    char id[ARTICLE_ID_LENGTH + 1];
    put(fixture->db, &draft.article, id);
    OK(db_begin(fixture->db));
    OK(db_delete_article(fixture->db, span_of(id)));
    assert_int_equal(db_delete_article(fixture->db, span_of(id)), RESULT_NOT_FOUND);
    OK(db_commit(fixture->db));
    struct db_stats stats;
    OK(db_stats(fixture->db, &stats));
    assert_int_equal(stats.articles + stats.quotes + stats.mentions + stats.sources + stats.entities[0] + stats.entities[2], 0);
    struct db_article article;
    assert_int_equal(db_article_get(fixture->db, &fixture->arena, span_of(id), &article), RESULT_NOT_FOUND);
    struct db_source source;
    assert_int_equal(db_source_get(fixture->db, &fixture->arena, SPAN("example.com"), &source), RESULT_NOT_FOUND);
    check(fixture->db);
    /* the same name is the same entity again, under the same id */
    assert_int_equal(put(fixture->db, &draft.article, id), DB_ADDED_NEW);
    struct db_entity entity;
    OK(db_entity_get(fixture->db, &fixture->arena, SPAN("edith-vauclair"), &entity));
    assert_int_equal(entity.article_count, 1);
    check(fixture->db);
}

/* --- what came in ------------------------------------------------------------------------------------------------------------------- */

static void test_db__keeps_the_original(void **state) {
    struct fixture *fixture = *state;
    static struct draft draft;
    write_first(&draft);
    char bytes[10000];
    for (size_t i = 0; i < sizeof(bytes); i++)
        bytes[i] = (char)(i * i >> 3);
    struct db_original original = {.bytes = {bytes, sizeof(bytes)}, .media_type = SPAN("text/html"), .path = SPAN("a/b.html")}, back;
    sha256(original.bytes, original.digest);
    const struct dropped dropped[] = {{SPAN("Subscribe!"), "newsletter"}, {SPAN("Photo: nobody"), "credit"}};
    draft.article.dropped = dropped;
    draft.article.dropped_count = 2;
    enum db_outcome outcome;
    char id[ARTICLE_ID_LENGTH + 1];
    OK(db_begin(fixture->db));
    OK(db_put_article(fixture->db, &draft.article, &original, 1, &outcome, id, NULL));
    OK(db_commit(fixture->db));
    int64_t key = 0, revision = 0;
    OK(db_article_revision(fixture->db, span_of(id), &key, &revision));
    OK(db_article_original(fixture->db, &fixture->arena, key, &back));
    assert_true(span_equal(back.bytes, original.bytes));
    assert_span(back.media_type, "text/html");
    assert_span(back.path, "a/b.html");
    assert_memory_equal(back.digest, original.digest, SHA256_BYTES);
    assert_int_equal(db_article_original(fixture->db, &fixture->arena, key + 1, &back), RESULT_NOT_FOUND);
    const struct dropped *pieces = NULL;
    size_t count = 0;
    OK(db_article_dropped(fixture->db, &fixture->arena, key, &pieces, &count));
    assert_int_equal(count, 2);
    assert_span(pieces[0].text, "Subscribe!");
    assert_string_equal(pieces[1].why, "credit");
}

static void test_db__keeps_an_empty_original(void **state) {
    struct fixture *fixture = *state;
    static struct draft draft;
    draft_begin(&draft, "", "", (struct moment){0, PRECISION_NONE});
    struct db_original original = {0}, back;
    enum db_outcome outcome;
    char id[ARTICLE_ID_LENGTH + 1];
    OK(db_begin(fixture->db));
    OK(db_put_article(fixture->db, &draft.article, &original, 1, &outcome, id, NULL));
    OK(db_commit(fixture->db));
    struct db_article article;
    OK(db_article_get(fixture->db, &fixture->arena, span_of(id), &article));
    assert_int_equal(article.text.length + article.title.length + article.url.length + article.source_id.length, 0);
    OK(db_article_original(fixture->db, &fixture->arena, article.key, &back));
    assert_int_equal(back.bytes.length, 0);
    check(fixture->db);
}

/* --- names -------------------------------------------------------------------------------------------------------------------------- */

static void put_named(struct fixture *fixture, int number, const char *name, enum entity_type type) {
    static struct draft draft;
    char url[64];
    snprintf(url, sizeof(url), "https://names.example/%d", number);
    draft_begin(&draft, url, "Names", moment_at(1709294400 + number));
    draft_entity(&draft, name, type);
    put(fixture->db, &draft.article, NULL);
}

static void assert_entity(struct fixture *fixture, const char *id, const char *name, enum entity_type type, uint32_t articles) {
    struct db_entity entity;
    if (db_entity_get(fixture->db, &fixture->arena, span_of(id), &entity) != RESULT_OK)
        fail_msg("nobody is %s", id);
    assert_span(entity.name, name);
    assert_int_equal(entity.type, type);
    assert_int_equal(entity.article_count, articles);
}

static void test_db__one_slug_and_several_entities(void **state) {
    struct fixture *fixture = *state;
    put_named(fixture, 1, "Port Selene", ENTITY_PLACE);
    put_named(fixture, 2, "Port Selene", ENTITY_ORGANIZATION);
    put_named(fixture, 3, "Pórt Sèlene", ENTITY_PLACE);
    put_named(fixture, 4, "PORT SELENE", ENTITY_PLACE);
    put_named(fixture, 5, "Port Selene", ENTITY_PLACE);
    put_named(fixture, 6, "Port Selene Organization", ENTITY_PLACE);
    put_named(fixture, 7, "Port Selene Person", ENTITY_PLACE);
    put_named(fixture, 8, "Port Selene", ENTITY_PERSON);
    assert_entity(fixture, "port-selene", "Port Selene", ENTITY_PLACE, 4);
    assert_entity(fixture, "port-selene-organization", "Port Selene", ENTITY_ORGANIZATION, 1);
    assert_entity(fixture, "port-selene-organization-place", "Port Selene Organization", ENTITY_PLACE, 1);
    assert_entity(fixture, "port-selene-person", "Port Selene Person", ENTITY_PLACE, 1);
    int64_t key = 0;
    const struct span *candidates = NULL;
    size_t count = 0;
    assert_int_equal(db_entity_resolve(fixture->db, &fixture->arena, SPAN("Port Selene"), &key, &candidates, &count), RESULT_CONFLICT);
    assert_int_equal(count, 3);
    assert_span(candidates[0], "port-selene"); /* most articles first */
    check(fixture->db);
}

static void test_db__the_most_frequent_form_is_the_name(void **state) {
    struct fixture *fixture = *state;
    put_named(fixture, 1, "MARA QUIST", ENTITY_PERSON);
    assert_entity(fixture, "mara-quist", "MARA QUIST", ENTITY_PERSON, 1);
    put_named(fixture, 2, "Mara Quist", ENTITY_PERSON);
    put_named(fixture, 3, "Mara Quist", ENTITY_PERSON);
    assert_entity(fixture, "mara-quist", "Mara Quist", ENTITY_PERSON, 3);
    struct db_entity entity;
    OK(db_entity_get(fixture->db, &fixture->arena, SPAN("mara-quist"), &entity));
    assert_int_equal(entity.alias_count, 2);
    assert_span(entity.aliases[0].name, "Mara Quist");
    assert_int_equal(entity.aliases[0].count, 2);
}

/* Two names of one article that are one entity: mentions, roles and quotes come together. */
static void test_db__two_spellings_in_one_article(void **state) {
    struct fixture *fixture = *state;
    static struct draft draft;
    draft_begin(&draft, "https://example.com/two", "Two", moment_at(1709294400));
    int first = draft_entity(&draft, "José Marrow", ENTITY_PERSON);
    int second = draft_entity(&draft, "Jose Marrow", ENTITY_PERSON);
    draft_mention(&draft, first, "José", MENTION_NAME);
    draft_role(&draft, first, "Keeper");
    draft_role(&draft, second, "Keeper");
    draft_role(&draft, second, "Chair");
    draft_quote(&draft, "I speak of myself", second, first);
    draft.abouts[0][1] = second;
    draft.quotes[0].about_count = 2;
    char id[ARTICLE_ID_LENGTH + 1];
    put(fixture->db, &draft.article, id);
    struct db_article article;
    OK(db_article_get(fixture->db, &fixture->arena, span_of(id), &article));
    assert_int_equal(article.entity_count, 1);
    const struct db_article_entity *entities = NULL;
    size_t count = 0;
    OK(db_article_entities(fixture->db, &fixture->arena, article.key, &entities, &count));
    assert_int_equal(count, 1);
    assert_int_equal(entities[0].mention_count, 3);
    assert_int_equal(entities[0].role_count, 2);
    assert_true(entities[0].mentions[1].range.start < entities[0].mentions[2].range.start);
    struct db_quote quote;
    OK(db_quote_get(fixture->db, &fixture->arena, span_of(id), 1, &quote));
    assert_int_equal(quote.about_count, 1);
    check(fixture->db);
}

/* --- what is refused ---------------------------------------------------------------------------------------------------------------- */

static void refuse(struct fixture *fixture, const struct article *article, enum result wanted, const char *word) {
    struct db_original original = {.bytes = SPAN("x")};
    enum db_outcome outcome;
    char id[ARTICLE_ID_LENGTH + 1];
    struct error error = {0};
    enum result result = db_put_article(fixture->db, article, &original, 1, &outcome, id, &error);
    if (result != wanted || !strstr(error.message, word))
        fail_msg("%s: %s", result_name(result), error.message);
}

static void test_db__refuses_bad_articles(void **state) {
    struct fixture *fixture = *state;
    static struct draft draft;
    write_first(&draft);
    refuse(fixture, &draft.article, RESULT_CONFLICT, "no transaction");
    OK(db_begin(fixture->db));
    draft.article.title = SPAN("\xff");
    refuse(fixture, &draft.article, RESULT_INVALID, "title");
    write_first(&draft);
    draft.article.text = SPAN("a\0b");
    refuse(fixture, &draft.article, RESULT_INVALID, "NUL");
    write_first(&draft);
    draft.article.published.seconds = TIME_MAX + 1;
    refuse(fixture, &draft.article, RESULT_INVALID, "date");
    write_first(&draft);
    draft.entities[0].name = (struct span){0};
    refuse(fixture, &draft.article, RESULT_INVALID, "empty");
    write_first(&draft);
    draft.mentions[0][0].range = (struct range){5, 4};
    refuse(fixture, &draft.article, RESULT_INVALID, "mention");
    write_first(&draft);
    draft.quotes[0].speaker = 2;
    refuse(fixture, &draft.article, RESULT_INVALID, "none of the entities");
    write_first(&draft);
    draft.quotes[0].confidence = 2;
    refuse(fixture, &draft.article, RESULT_INVALID, "confidence");
    write_first(&draft);
    static char long_name[2000];
    memset(long_name, 'n', sizeof(long_name));
    draft.entities[0].name = (struct span){long_name, sizeof(long_name)};
    refuse(fixture, &draft.article, RESULT_TOO_LARGE, "too long");
    write_first(&draft);
    static struct quote many[QUOTES_PER_ARTICLE_MAX + 1];
    for (size_t i = 0; i < QUOTES_PER_ARTICLE_MAX + 1; i++)
        many[i] = (struct quote){.speaker = SPEAKER_NONE};
    draft.article.quotes = many;
    draft.article.quote_count = QUOTES_PER_ARTICLE_MAX + 1;
    refuse(fixture, &draft.article, RESULT_TOO_LARGE, "quotes");
    draft.article.quote_count--;
    assert_int_equal(put_in_batch(fixture->db, &draft.article, 1, NULL), DB_ADDED_NEW);
    OK(db_commit(fixture->db));
    check(fixture->db);
}

/* The longest story, of characters of every length, with a mention and a quote at its very end. */
static void test_db__offsets_in_a_long_text(void **state) {
    struct fixture *fixture = *state;
    enum { REPEATS = 20000 };
    static char text[REPEATS * 10 + 8];
    size_t length = 0;
    for (int i = 0; i < REPEATS; i++)
        length += (size_t)sprintf(text + length, "aé€\xf0\x9f\x90\x9f");
    length += (size_t)sprintf(text + length, "End");
    const struct mention mention = {{REPEATS * 4, REPEATS * 4 + 3}, MENTION_NAME};
    const struct entity entity = {.name = SPAN("End"), .type = ENTITY_PLACE, .mentions = &mention, .mention_count = 1};
    const struct quote quote = {.text = SPAN("n"), .range = {REPEATS * 4 + 1, REPEATS * 4 + 2}, .speaker = SPEAKER_NONE};
    const struct article article = {.text = {text, length}, .entities = &entity, .entity_count = 1, .quotes = &quote, .quote_count = 1};
    char id[ARTICLE_ID_LENGTH + 1];
    put(fixture->db, &article, id);
    int64_t key = 0, revision = 0;
    OK(db_article_revision(fixture->db, span_of(id), &key, &revision));
    const struct db_article_entity *entities = NULL;
    size_t count = 0;
    OK(db_article_entities(fixture->db, &fixture->arena, key, &entities, &count));
    assert_span(entities[0].mention_texts[0], "End");
    struct db_quote found;
    OK(db_quote_get(fixture->db, &fixture->arena, span_of(id), 1, &found));
    assert_span(found.suffix, "d");
    assert_int_equal(found.prefix.length, 31 / 4 * 10 + 9 + 1);              /* 31 characters of the pattern, and the E */
    assert_true(found.context.length > 4000 && found.context.length < 5000); /* one paragraph of 200 kB is no context */
}

/* --- the change log ----------------------------------------------------------------------------------------------------------------- */

static void test_db__logs_changes(void **state) {
    struct fixture *fixture = *state;
    static struct draft draft;
    write_first(&draft);
    char id[ARTICLE_ID_LENGTH + 1];
    put(fixture->db, &draft.article, id);
    draft.article.title = SPAN("Another");
    put(fixture->db, &draft.article, id);
    OK(db_begin(fixture->db));
    OK(db_delete_article(fixture->db, span_of(id)));
    OK(db_commit(fixture->db));
    sqlite3_stmt *select = NULL;
    char log[1024] = "";
    assert_int_equal(sqlite3_prepare_v2(fixture->db->sqlite,
                                        "SELECT group_concat(line, ', ') FROM (SELECT revision || ' ' || resource || ' ' || change AS line"
                                        " FROM change ORDER BY revision, ordinal)",
                                        -1, &select, NULL),
                     SQLITE_OK);
    assert_int_equal(sqlite3_step(select), SQLITE_ROW);
    snprintf(log, sizeof(log), "%s", (const char *)sqlite3_column_text(select, 0));
    sqlite3_finalize(select);
    assert_string_equal(log,
                        "1 article added, 1 source added, 1 entity added, 1 entity added, 2 article changed, "
                        "3 article deleted, 3 source deleted, 3 entity deleted, 3 entity deleted");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_db__stores_and_gives_back, fixture_begin, fixture_end),
        cmocka_unit_test_setup_teardown(test_db__quote_has_its_surroundings, fixture_begin, fixture_end),
        cmocka_unit_test_setup_teardown(test_db__same_article_changes_nothing, fixture_begin, fixture_end),
        cmocka_unit_test_setup_teardown(test_db__knows_what_it_has_read, fixture_begin, fixture_end),
        cmocka_unit_test_setup_teardown(test_db__replaces_in_place, fixture_begin, fixture_end),
        cmocka_unit_test_setup_teardown(test_db__deletes_all_of_it, fixture_begin, fixture_end),
        cmocka_unit_test_setup_teardown(test_db__keeps_the_original, fixture_begin, fixture_end),
        cmocka_unit_test_setup_teardown(test_db__keeps_an_empty_original, fixture_begin, fixture_end),
        cmocka_unit_test_setup_teardown(test_db__one_slug_and_several_entities, fixture_begin, fixture_end),
        cmocka_unit_test_setup_teardown(test_db__the_most_frequent_form_is_the_name, fixture_begin, fixture_end),
        cmocka_unit_test_setup_teardown(test_db__two_spellings_in_one_article, fixture_begin, fixture_end),
        cmocka_unit_test_setup_teardown(test_db__refuses_bad_articles, fixture_begin, fixture_end),
        cmocka_unit_test_setup_teardown(test_db__offsets_in_a_long_text, fixture_begin, fixture_end),
        cmocka_unit_test_setup_teardown(test_db__logs_changes, fixture_begin, fixture_end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
