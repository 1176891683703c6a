#include "tests/unit/db/corpus.h"

/* Hundreds of random puts, replacements, deletions and failures; after each stretch the store is recounted, by itself and from a model. */

struct model {
    bool present[CORPUS_URLS];
    uint32_t version[CORPUS_URLS];
};

struct sums {
    int64_t articles, quotes, quotes_with_speaker, mentions;
    int64_t entity[CORPUS_NAMES][4]; /* articles, mentions, quotes, about */
};

static void add_article(struct sums *sums, const struct corpus_article *made) {
    sums->articles++;
    sums->quotes += made->quote_count;
    for (int i = 0; i < made->quote_count; i++) {
        sums->quotes_with_speaker += made->speaker[i] >= 0;
        for (int entity = 0; entity < CORPUS_NAMES; entity++) {
            sums->entity[entity][2] += corpus_quote_by(made, i, entity);
            sums->entity[entity][3] += corpus_quote_about(made, i, entity);
        }
    }
    for (int entity = 0; entity < CORPUS_NAMES; entity++)
        sums->entity[entity][0] += corpus_appears(made, entity);
    for (int i = 0; i < made->name_count; i++) {
        int64_t mentions = (int64_t)made->draft.entities[i].mention_count;
        sums->mentions += mentions;
        sums->entity[corpus_entity(made->names[i])][1] += mentions;
    }
}

static struct sums recount(const struct model *model) {
    struct sums sums = {0};
    static struct corpus_article made;
    for (int url = 0; url < CORPUS_URLS; url++)
        if (model->present[url]) {
            corpus_make(&made, url, model->version[url]);
            add_article(&sums, &made);
        }
    return sums;
}

static void compare_entity(struct fixture *fixture, int name, const int64_t counts[4]) {
    const struct db_entity_query query = {.types = 1u << corpus_names[name].type};
    struct db_page page = {.order = DB_APPEARANCES, .limit = 100};
    struct db_entity_list list;
    OK(db_entity_query(fixture->db, &fixture->arena, &query, &page, &list));
    assert_false(list.more);
    for (size_t i = 0; i < list.count; i++) {
        const struct db_entity *entity = &list.rows[i];
        if (!span_is(entity->name, corpus_names[name].name) && !(name == 0 && span_is(entity->name, "Jose Marrow")))
            continue;
        assert_int_equal(entity->article_count, counts[0]);
        assert_int_equal(entity->mention_count, counts[1]);
        assert_int_equal(entity->quote_count, counts[2]);
        assert_int_equal(entity->about_count, counts[3]);
        return;
    }
    assert_int_equal(counts[0], 0); /* hidden */
}

static void compare(struct fixture *fixture, const struct model *model) {
    struct sums sums = recount(model);
    struct db_stats stats;
    OK(db_stats(fixture->db, &stats));
    assert_int_equal(stats.articles, sums.articles);
    assert_int_equal(stats.quotes, sums.quotes);
    assert_int_equal(stats.quotes_with_speaker, sums.quotes_with_speaker);
    assert_int_equal(stats.mentions, sums.mentions);
    for (int name = 0; name < CORPUS_NAMES; name++)
        if (corpus_entity(name) == name)
            compare_entity(fixture, name, sums.entity[name]);
    check(fixture->db);
}

static void put_one(struct fixture *fixture, struct model *model, int url, uint32_t version) {
    static struct corpus_article made;
    corpus_make(&made, url, version);
    char id[ARTICLE_ID_LENGTH + 1];
    enum db_outcome outcome = put_in_batch(fixture->db, &made.draft.article, 1, id);
    bool is_same = model->present[url] && (model->version[url] == version || url % 4 == 3);
    assert_int_equal(outcome, !model->present[url] ? DB_ADDED_NEW : is_same ? DB_UNCHANGED : DB_REPLACED);
    model->present[url] = true;
    model->version[url] = version;
}

/* A quote that lies outside the text: refused, and nothing of the article stays. */
static void put_bad(struct fixture *fixture, int url, uint32_t version) {
    static struct corpus_article made;
    corpus_make(&made, url, version);
    draft_quote(&made.draft, "beyond", SPEAKER_NONE, -1);
    made.draft.quotes[made.quote_count].range.end = 100000;
    struct db_original original = {.bytes = SPAN("x")};
    enum db_outcome outcome;
    char id[ARTICLE_ID_LENGTH + 1];
    struct error error = {0};
    assert_int_equal(db_put_article(fixture->db, &made.draft.article, &original, 1, &outcome, id, &error), RESULT_INVALID);
    assert_non_null(strstr(error.message, "outside"));
}

static void delete_one(struct fixture *fixture, struct model *model, int url) {
    static struct corpus_article made;
    corpus_make(&made, url, model->version[url]);
    char id[ARTICLE_ID_LENGTH + 1];
    public_id_article(made.draft.article.url, made.draft.article.text, id);
    assert_int_equal(db_delete_article(fixture->db, span_of(id)), model->present[url] ? RESULT_OK : RESULT_NOT_FOUND);
    model->present[url] = false;
}

static void step(struct fixture *fixture, struct model *model, struct corpus_random *random) {
    int url = (int)corpus_next(random, CORPUS_URLS);
    switch (corpus_next(random, 10)) {
    case 0:
    case 1:
    case 2:
        delete_one(fixture, model, url);
        break;
    case 3:
        put_bad(fixture, url, 5);
        break;
    default:
        put_one(fixture, model, url, corpus_next(random, 4));
    }
}

static void test_db__counts_stay_right(void **state) {
    struct fixture *fixture = *state;
    struct model model = {0};
    struct corpus_random random = {42};
    int64_t before = 0;
    for (int round = 0; round < 25; round++) {
        struct model old = model;
        OK(db_begin(fixture->db));
        for (int i = 0; i < 20; i++)
            step(fixture, &model, &random);
        if (round % 5 == 4) { /* as if nothing had been */
            db_rollback(fixture->db);
            model = old;
        } else {
            OK(db_commit(fixture->db));
        }
        compare(fixture, &model);
        int64_t revision = 0;
        OK(db_revision(fixture->db, &revision));
        assert_int_equal(revision, round % 5 == 4 ? before : before + 1);
        before = revision;
        arena_reset(&fixture->arena);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_db__counts_stay_right, fixture_begin, fixture_end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
