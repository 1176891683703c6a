#include "db/search.h"
#include "tests/unit/db/fixture.h"

/* What a person types is never syntax: whatever bytes come, a search answers. And what it finds is what was asked for. */

static int setup(void **state) {
    fixture_begin(state);
    struct fixture *fixture = *state;
    static struct draft draft;
    const char *texts[][2] = {
        {"Storm over the harbour", "The ferries stayed in port. Nobody was running."},
        {"Quiet week", "A storm was expected; no storm came. Café owners were relieved."},
        {"Harbour budget", "The council debates; AND, OR and NOT are words, too. \"Quoted\" text."},
    };
    OK(db_begin(fixture->db));
    for (int i = 0; i < 3; i++) {
        char url[64];
        snprintf(url, sizeof(url), "https://search.example/%d", i);
        draft_begin(&draft, url, texts[i][0], moment_at(1709294400 + i));
        draft_append(&draft, texts[i][1]);
        int speaker = draft_entity(&draft, "Mara Quist", ENTITY_PERSON);
        draft_quote(&draft, i == 1 ? "No storm, no \"drama\"" : "We shall see", speaker, -1);
        put_in_batch(fixture->db, &draft.article, 1, NULL);
    }
    OK(db_commit(fixture->db));
    return 0;
}

static size_t count_of(struct fixture *fixture, const struct query_node *node, enum db_order order) {
    struct db_article_query query = {.q = node};
    struct db_page page = {.order = order, .limit = 10};
    struct db_article_list list;
    OK(db_article_query(fixture->db, &fixture->arena, &query, &page, false, &list));
    return list.count;
}

static size_t count_text(struct fixture *fixture, const char *text) {
    const struct query_node *node = NULL;
    size_t position = 0;
    struct error error = {0};
    if (query_parse(&fixture->arena, span_of(text), &node, &position, &error) != RESULT_OK)
        fail_msg("%s: %s", text, error.message);
    size_t newest = count_of(fixture, node, DB_NEWEST);
    assert_int_equal(count_of(fixture, node, DB_OLDEST), newest);
    assert_int_equal(count_of(fixture, node, DB_ADDED), newest);
    assert_int_equal(count_of(fixture, node, DB_RELEVANCE), newest);
    return newest;
}

static void test_db__search_finds(void **state) {
    struct fixture *fixture = *state;
    const struct {
        const char *text;
        size_t count;
    } cases[] = {
        {"storm", 2},
        {"STORM", 2},
        {"storm harbour", 1},
        {"title:storm", 1},
        {"storm OR budget", 3},
        {"harbour -storm", 1},
        {"\"no storm\"", 1},
        {"\"storm relieved\"", 0},
        {"harb*", 2},
        {"runs", 1},
        {"cafe", 1},
        {"café", 1},
        {"nowhere", 0},
        {"title:harb*", 2},
        {"title:\"harbour budget\"", 1},
        {"storm !!!", 2},

        {"budget -storm -quiet", 1},
    };
    for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
        size_t count = count_text(fixture, cases[i].text);
        if (count != cases[i].count)
            fail_msg("%s: %zu, not %zu", cases[i].text, count, cases[i].count);
    }
}

static void test_db__search_survives_any_bytes(void **state) {
    struct fixture *fixture = *state;
    const struct span texts[] = {SPAN("\""),
                                 SPAN("\"\""),
                                 SPAN("storm\""),
                                 SPAN("a\0b"),
                                 SPAN("\0"),
                                 SPAN("*"),
                                 SPAN("storm*"),
                                 SPAN("^storm"),
                                 SPAN("title:storm"),
                                 SPAN("NEAR("),
                                 SPAN("AND"),
                                 SPAN("OR"),
                                 SPAN("NOT"),
                                 SPAN("("),
                                 SPAN(")"),
                                 SPAN("{a b}:c"),
                                 SPAN("-"),
                                 SPAN("+"),
                                 SPAN("\xff\xfe"),
                                 SPAN("\xf0\x9f"),
                                 SPAN("\xed\xa0\x80"),
                                 SPAN("' OR 1=1"),
                                 SPAN("; DROP TABLE"),
                                 SPAN("\n\r\t"),
                                 SPAN("\xcc\x81"),
                                 SPAN("日本語"),
                                 SPAN("\xf0\x9f\x98\x80"),
                                 SPAN(""),
                                 SPAN("%s%n"),
                                 SPAN("\\")};
    const enum query_kind kinds[] = {QUERY_WORD, QUERY_PREFIX, QUERY_PHRASE};
    for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++)
        for (size_t kind = 0; kind < 3; kind++)
            for (int field = 0; field < 2; field++) {
                struct query_node term = {.kind = kinds[kind], .field = field ? QUERY_TITLE : QUERY_ANY_FIELD, .text = texts[i]};
                struct query_node storm = {.kind = QUERY_WORD, .text = SPAN("storm")};
                struct query_node not_term = {.kind = QUERY_NOT, .children = (const struct query_node *const[]){&term}, .child_count = 1};
                const struct query_node *pair[] = {&storm, &term};
                const struct query_node *but[] = {&not_term, &storm};
                struct query_node either = {.kind = QUERY_OR, .children = pair, .child_count = 2};
                struct query_node both = {.kind = QUERY_AND, .children = pair, .child_count = 2};
                struct query_node without = {.kind = QUERY_AND, .children = but, .child_count = 2};
                (void)count_of(fixture, &term, DB_NEWEST);
                assert_true(count_of(fixture, &either, DB_RELEVANCE) >= 2);
                size_t all = count_of(fixture, &both, DB_NEWEST) + count_of(fixture, &without, DB_ADDED);
                assert_true(all == 2 || all == 4); /* 4: the term is nothing, and is left out of both */
                arena_reset(&fixture->arena);
            }
}

/* Random bytes, as words and as trees. */
static void test_db__search_survives_random_bytes(void **state) {
    struct fixture *fixture = *state;
    uint32_t random = 99;
    char bytes[24];
    for (int round = 0; round < 2000; round++) {
        size_t length = 0;
        for (; length < sizeof(bytes); length++) {
            random = random * 1664525 + 1013904223;
            bytes[length] = round % 2 ? (char)(random >> 24) : "\"*():-^ storm{}+,\0'"[(random >> 16) % 19];
        }
        struct query_node node = {.kind = (enum query_kind)(QUERY_WORD + round % 3), .text = {bytes, length}};
        (void)count_of(fixture, &node, round % 5 ? DB_NEWEST : DB_RELEVANCE);
        arena_reset(&fixture->arena);
    }
}

static void test_db__search_refuses(void **state) {
    struct fixture *fixture = *state;
    struct query_node title = {.kind = QUERY_WORD, .field = QUERY_TITLE, .text = SPAN("storm")};
    struct db_quote_query query = {.q = &title};
    struct db_page page = {.order = DB_NEWEST, .limit = 10};
    struct db_quote_list list;
    assert_int_equal(db_quote_query(fixture->db, &fixture->arena, &query, &page, &list), RESULT_INVALID);
    assert_non_null(strstr(db_error_message(fixture->db), "title:"));
    query.q = NULL;
    page.order = DB_RELEVANCE;
    assert_int_equal(db_quote_query(fixture->db, &fixture->arena, &query, &page, &list), RESULT_INVALID);
    page.order = DB_NAME;
    assert_int_equal(db_quote_query(fixture->db, &fixture->arena, &query, &page, &list), RESULT_INVALID);
    static struct query_node deep[SEARCH_DEPTH_MAX + 10];
    static const struct query_node *children[SEARCH_DEPTH_MAX + 10];
    for (int i = 0; i < SEARCH_DEPTH_MAX + 9; i++) {
        children[i] = &deep[i + 1];
        deep[i] = (struct query_node){.kind = i % 2 ? QUERY_AND : QUERY_OR, .children = &children[i], .child_count = 1};
    }
    deep[SEARCH_DEPTH_MAX + 9] = (struct query_node){.kind = QUERY_WORD, .text = SPAN("storm")};
    query.q = deep;
    page.order = DB_NEWEST;
    assert_int_equal(db_quote_query(fixture->db, &fixture->arena, &query, &page, &list), RESULT_TOO_LARGE);
}

static void test_db__search_ranks_the_title_first(void **state) {
    struct fixture *fixture = *state;
    struct query_node harbour = {.kind = QUERY_WORD, .text = SPAN("harbour")};
    struct query_node storm = {.kind = QUERY_WORD, .text = SPAN("storm")};
    struct query_node either = {.kind = QUERY_OR, .children = (const struct query_node *const[]){&harbour, &storm}, .child_count = 2};
    struct db_article_query query = {.q = &either};
    struct db_page page = {.order = DB_RELEVANCE, .limit = 1};
    struct db_article_list list;
    OK(db_article_query(fixture->db, &fixture->arena, &query, &page, false, &list));
    assert_span(list.rows[0].title, "Storm over the harbour"); /* both words, in the title */
    assert_true(list.more);
}

static void put_text(struct fixture *fixture, const char *url, const char *text) {
    static struct draft draft;
    draft_begin(&draft, url, "Weather", moment_at(1709380800));
    draft_append(&draft, text);
    int speaker = draft_entity(&draft, "Orla Venn", ENTITY_PERSON);
    draft_quote(&draft, "It will pass", speaker, -1);
    put_in_batch(fixture->db, &draft.article, 1, NULL);
}

static void delete_url(struct fixture *fixture, const char *url) {
    char id[ARTICLE_ID_LENGTH + 1];
    public_id_article(span_of(url), (struct span){0}, id);
    OK(db_delete_article(fixture->db, span_of(id)));
}

/* New rows are indexed at the end of their batch: what was replaced or deleted before that must leave nothing behind. */
static void test_db__search_sees_the_last_of_a_batch(void **state) {
    struct fixture *fixture = *state;
    OK(db_begin(fixture->db));
    put_text(fixture, "https://search.example/0", "An old article is replaced by drizzle.");
    put_text(fixture, "https://search.example/a", "First there was sleet.");
    put_text(fixture, "https://search.example/a", "Then there was hail.");
    put_text(fixture, "https://search.example/b", "The fog lifted at noon.");
    delete_url(fixture, "https://search.example/b");
    put_text(fixture, "https://search.example/c", "Rain came first.");
    delete_url(fixture, "https://search.example/c");
    put_text(fixture, "https://search.example/c", "Thunder came back.");
    OK(db_commit(fixture->db));
    check(fixture->db);
    assert_int_equal(count_text(fixture, "ferries"), 0);
    assert_int_equal(count_text(fixture, "drizzle"), 1);
    assert_int_equal(count_text(fixture, "sleet"), 0);
    assert_int_equal(count_text(fixture, "hail"), 1);
    assert_int_equal(count_text(fixture, "fog"), 0);
    assert_int_equal(count_text(fixture, "rain"), 0);
    assert_int_equal(count_text(fixture, "thunder"), 1);
}

/* What a batch noted and then rolled back is not indexed by the next one. */
static void test_db__search_forgets_a_rolled_back_batch(void **state) {
    struct fixture *fixture = *state;
    OK(db_begin(fixture->db));
    put_text(fixture, "https://search.example/a", "First there was sleet.");
    db_rollback(fixture->db);
    OK(db_begin(fixture->db));
    put_text(fixture, "https://search.example/b", "Then there was hail.");
    OK(db_commit(fixture->db));
    check(fixture->db);
    assert_int_equal(count_text(fixture, "sleet"), 0);
    assert_int_equal(count_text(fixture, "hail"), 1);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_db__search_finds, setup, fixture_end),
        cmocka_unit_test_setup_teardown(test_db__search_survives_any_bytes, setup, fixture_end),
        cmocka_unit_test_setup_teardown(test_db__search_survives_random_bytes, setup, fixture_end),
        cmocka_unit_test_setup_teardown(test_db__search_refuses, setup, fixture_end),
        cmocka_unit_test_setup_teardown(test_db__search_ranks_the_title_first, setup, fixture_end),
        cmocka_unit_test_setup_teardown(test_db__search_sees_the_last_of_a_batch, setup, fixture_end),
        cmocka_unit_test_setup_teardown(test_db__search_forgets_a_rolled_back_batch, setup, fixture_end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
