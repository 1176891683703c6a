#include "tests/unit/db/world.h"

/* Lists of entities and sources in every order, against a plain loop over what was put; finding them by name. */

static bool entity_follows(enum db_order order, const struct db_entity *a, const struct db_entity *b) {
    if (order == DB_APPEARANCES)
        return a->article_count >= b->article_count;
    if (order == DB_LAST_SEEN)
        return undated(a->last_seen) == undated(b->last_seen) ? a->last_seen.seconds >= b->last_seen.seconds : undated(b->last_seen);
    return true;
}

static size_t walk_entities(struct world *world, const struct db_entity_query *query, enum db_order order, struct corpus_random *random,
                            int64_t *keys) {
    struct db_page page = {.order = order};
    struct db_entity_list list = {.more = true};
    size_t count = 0;
    struct db_entity last = {0};
    while (list.more) {
        page.limit = 1 + corpus_next(random, 4);
        OK(db_entity_query(world->fixture.db, &world->fixture.arena, query, &page, &list));
        for (size_t i = 0; i < list.count; i++) {
            assert_true(count == 0 || entity_follows(order, &last, &list.rows[i]));
            last = list.rows[i];
            for (size_t j = 0; j < count; j++)
                assert_int_not_equal(keys[j], last.key);
            keys[count++] = last.key;
        }
        page.has_after = true;
        page.after = list.last;
    }
    return count;
}

static bool entity_passes(const struct world *world, const struct question *question, int entity) {
    if (question->kinds && !in(question->kinds, (int)corpus_names[entity].type))
        return false;
    if ((question->entity && !in(question->entity, entity)) || in(question->entity_not, entity))
        return false;
    bool of_source = !question->source, of_other = !question->source_not, seen = !question->has_published;
    for (int i = 0; i < ARTICLES; i++) {
        const struct corpus_article *made = world->made[i];
        if (!corpus_appears(made, entity))
            continue;
        of_source |= in(question->source, made->source);
        of_other |= !in(question->source_not, made->source);
        seen |= made->published.precision != PRECISION_NONE && made->published.seconds >= question->published.start &&
                made->published.seconds < question->published.end;
    }
    return of_source && of_other && seen;
}

static void test_db__entities_by_every_order(void **state) {
    struct world *world = *state;
    struct corpus_random random = {77};
    struct asked asked;
    static const enum db_order entity_orders[] = {DB_APPEARANCES, DB_NAME, DB_LAST_SEEN};
    for (int i = 0; i < 200; i++) {
        struct question question = ask(&random);
        put_question(world, &question, &asked);
        struct db_entity_query query = {.types = question.kinds,
                                        .source = asked.article.source,
                                        .entity = asked.article.entity,
                                        .has_seen = question.has_published,
                                        .seen = question.published};
        size_t wanted = 0;
        for (int entity = 0; entity < CORPUS_NAMES; entity++)
            wanted += corpus_entity(entity) == entity && entity_passes(world, &question, entity);
        for (int order = 0; order < 3; order++) {
            int64_t keys[CORPUS_NAMES + 1];
            assert_int_equal(walk_entities(world, &query, entity_orders[order], &random, keys), wanted);
        }
        int64_t number = 0;
        bool capped = false;
        OK(db_entity_count(world->fixture.db, &query, 100, &number, &capped));
        assert_int_equal(number, wanted);
        arena_reset(&world->fixture.arena);
    }
}

static void test_db__entities_by_name(void **state) {
    struct world *world = *state;
    struct corpus_random random = {9};
    int64_t keys[CORPUS_NAMES + 1];
    const struct {
        enum query_kind kind;
        const char *text;
        size_t count;
    } cases[] = {
        {QUERY_WORD, "marrow", 2},     {QUERY_WORD, "JOSÉ", 1},   {QUERY_PREFIX, "qui", 1},    {QUERY_PREFIX, "PORT SEL", 2},
        {QUERY_WORD, "lys", 1},        {QUERY_WORD, "łazarz", 1}, {QUERY_WORD, "nobody", 0},   {QUERY_WORD, "***", 0},
        {QUERY_PHRASE, "of reefs", 1}, {QUERY_WORD, "qui", 0},    {QUERY_WORD, "\xff\xfe", 0},
    };
    for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
        struct query_node node = {.kind = cases[i].kind, .text = span_of(cases[i].text)};
        struct db_entity_query query = {.q = &node};
        assert_int_equal(walk_entities(world, &query, DB_APPEARANCES, &random, keys), cases[i].count);
        assert_int_equal(walk_entities(world, &query, DB_NAME, &random, keys), cases[i].count);
    }
}

static void test_db__resolves_names(void **state) {
    struct world *world = *state;
    struct db *db = world->fixture.db;
    int64_t key = 0;
    const struct span *candidates = NULL;
    size_t count = 0;
    OK(db_entity_resolve(db, &world->fixture.arena, SPAN("nell-marrow"), &key, &candidates, &count));
    assert_int_equal(key, world->entity_keys[2]);
    OK(db_entity_resolve(db, &world->fixture.arena, SPAN("NELL marrow"), &key, &candidates, &count));
    assert_int_equal(key, world->entity_keys[2]);
    assert_int_equal(db_entity_resolve(db, &world->fixture.arena, SPAN("Marrow"), &key, &candidates, &count), RESULT_CONFLICT);
    assert_int_equal(count, 2);
    assert_int_equal(db_entity_resolve(db, &world->fixture.arena, SPAN("Selene"), &key, &candidates, &count), RESULT_OK);
    assert_int_equal(db_entity_resolve(db, &world->fixture.arena, SPAN("Nobody"), &key, &candidates, &count), RESULT_NOT_FOUND);
    assert_int_equal(db_entity_resolve(db, &world->fixture.arena, SPAN(""), &key, &candidates, &count), RESULT_NOT_FOUND);
    assert_int_equal(db_entity_resolve(db, &world->fixture.arena, SPAN("\xff"), &key, &candidates, &count), RESULT_NOT_FOUND);
    struct db_entity entity;
    assert_int_equal(db_entity_get(db, &world->fixture.arena, SPAN("Nell Marrow"), &entity), RESULT_NOT_FOUND); /* a name is no id */
}

static void test_db__sources_by_every_order(void **state) {
    struct world *world = *state;
    for (int by_name = 0; by_name < 2; by_name++) {
        struct db_page page = {.order = by_name ? DB_NAME : DB_APPEARANCES, .limit = 1};
        struct db_source_list list = {.more = true};
        size_t count = 0;
        for (; list.more; count++) {
            OK(db_source_query(world->fixture.db, &world->fixture.arena, &page, &list));
            assert_int_equal(list.count, 1);
            assert_int_equal(list.rows[0].article_count, ARTICLES / 4);
            assert_int_equal(list.rows[0].first_published.precision == PRECISION_NONE, 0);
            assert_true(list.rows[0].first_published.seconds <= list.rows[0].last_published.seconds);
            page.has_after = true;
            page.after = list.last;
        }
        assert_int_equal(count, 3);
    }
    struct db_page page = {.order = DB_LAST_SEEN, .limit = 1};
    struct db_source_list list;
    assert_int_equal(db_source_query(world->fixture.db, &world->fixture.arena, &page, &list), RESULT_INVALID);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_db__entities_by_every_order),
        cmocka_unit_test(test_db__entities_by_name),
        cmocka_unit_test(test_db__resolves_names),
        cmocka_unit_test(test_db__sources_by_every_order),
    };
    return cmocka_run_group_tests(tests, world_begin, world_end);
}
