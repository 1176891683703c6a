#include "db/key.h"
#include "tests/unit/db/fixture.h"

/* Keys agree with the order of publication whatever happens: full seconds, dates without time, no date, moves. */

static const int64_t noon = 1709294400;

static const char *url_of(int number) {
    static char url[64];
    snprintf(url, sizeof(url), "https://keys.example/%d", number);
    return url;
}

static int64_t key_of(struct db *db, const char *id) {
    int64_t key = 0, revision = 0;
    OK(db_article_revision(db, span_of(id), &key, &revision));
    return key;
}

static void fill(struct db *db, int first, int count, struct moment published) {
    for (int i = first; i < first + count; i++)
        assert_int_equal(put_plain(db, url_of(i), published, NULL), DB_ADDED_NEW);
}

/* As if the second were full but for free slots at its end: count articles in its first slots, one in the last that is taken. */
static void crowd(struct db *db, int first, int count, int64_t seconds, int free) {
    fill(db, first, count + 1, moment_at(seconds));
    char sql[200];
    int64_t key = key_of_moment(seconds);
    snprintf(sql, sizeof(sql), "UPDATE article SET key = %lld WHERE key = %lld", (long long)key + 4095 - free, (long long)key + count);
    assert_int_equal(sqlite3_exec(db->sqlite, sql, NULL, NULL, NULL), SQLITE_OK);
}

static void test_db__key_is_the_moment(void **state) {
    struct fixture *fixture = *state;
    char id[ARTICLE_ID_LENGTH + 1];
    OK(db_begin(fixture->db));
    put_plain(fixture->db, url_of(0), moment_at(noon), id);
    assert_int_equal(key_of(fixture->db, id), (noon - TIME_MIN) << 12);
    put_plain(fixture->db, url_of(1), moment_at(noon), id);
    assert_int_equal(key_of(fixture->db, id), ((noon - TIME_MIN) << 12) + 1);
    put_plain(fixture->db, url_of(2), (struct moment){noon, PRECISION_DAY}, id);
    assert_int_equal(key_of(fixture->db, id), ((noon - TIME_MIN) << 12) + 2);
    put_plain(fixture->db, url_of(3), moment_at(TIME_MIN), id);
    assert_int_equal(key_of(fixture->db, id), 0);
    put_plain(fixture->db, url_of(4), moment_at(TIME_MAX), id);
    assert_int_equal(key_of(fixture->db, id), (TIME_MAX - TIME_MIN) << 12);
    put_plain(fixture->db, url_of(5), (struct moment){0, PRECISION_NONE}, id);
    assert_int_equal(key_of(fixture->db, id), -(INT64_C(1) << 46));
    put_plain(fixture->db, url_of(6), (struct moment){0, PRECISION_NONE}, id);
    assert_int_equal(key_of(fixture->db, id), -(INT64_C(1) << 46) + 1);
    OK(db_commit(fixture->db));
    check(fixture->db);
}

/* 4,096 of one second, one of the next, then more of the first: the later one moves up. */
static void test_db__key_of_a_full_second(void **state) {
    struct fixture *fixture = *state;
    struct db *db = fixture->db;
    char later[ARTICLE_ID_LENGTH + 1], more[ARTICLE_ID_LENGTH + 1];
    OK(db_begin(db));
    fill(db, 0, 4096, moment_at(noon));
    put_plain(db, url_of(5000), moment_at(noon + 1), later);
    assert_int_equal(key_of(db, later), key_of_moment(noon + 1));
    OK(db_commit(db));
    int64_t revision = 0, moved_revision = 0, key = 0;
    OK(db_revision(db, &revision));
    OK(db_begin(db));
    put_plain(db, url_of(5001), moment_at(noon), more);
    OK(db_commit(db));
    assert_int_equal(key_of(db, more), key_of_moment(noon + 1));
    assert_int_equal(key_of(db, later), key_of_moment(noon + 1) + 1);
    OK(db_article_revision(db, span_of(later), &key, &moved_revision));
    assert_int_equal(moved_revision, revision); /* it moved, it did not change */
    check(db);
    struct db_article_query query = {.has_published = true, .published = {noon, noon + 1}};
    int64_t count = 0;
    bool capped = false;
    OK(db_article_count(db, &query, 100000, &count, &capped));
    assert_int_equal(count, 4097);
    query.published = (struct period){noon + 1, noon + 2};
    OK(db_article_count(db, &query, 100000, &count, &capped));
    assert_int_equal(count, 1);
}

static void put_talking(struct db *db, const char *url, int64_t seconds, char *ret_id) {
    static struct draft draft;
    draft_begin(&draft, url, "Talk", moment_at(seconds));
    int speaker = draft_entity(&draft, "Mara Quist", ENTITY_PERSON);
    int place = draft_entity(&draft, "Vell", ENTITY_PLACE);
    draft_quote(&draft, "We move up", speaker, place);
    draft_quote(&draft, "And up again", speaker, -1);
    put_in_batch(db, &draft.article, 1, ret_id);
}

/* What moves takes its quotes, mentions and index entries along, and a chain of full seconds moves as a whole. */
static void test_db__key_moves_everything(void **state) {
    struct fixture *fixture = *state;
    struct db *db = fixture->db;
    char first[ARTICLE_ID_LENGTH + 1], second[ARTICLE_ID_LENGTH + 1];
    OK(db_begin(db));
    crowd(db, 0, 3, noon, 1);
    crowd(db, 10000, 3, noon + 1, 1);
    put_talking(db, url_of(20000), noon + 1, first);
    put_talking(db, url_of(20001), noon + 2, second);
    fill(db, 30000, 1, moment_at(noon));
    assert_int_equal(key_of(db, second), key_of_moment(noon + 2));
    fill(db, 30001, 1, moment_at(noon)); /* over: one of noon + 1 goes to noon + 2, and that one further */
    OK(db_commit(db));
    assert_int_equal(key_of(db, second), key_of_moment(noon + 2) + 1);
    check(db);
    struct db_quote quote;
    OK(db_quote_get(db, &fixture->arena, span_of(second), 2, &quote));
    assert_span(quote.text, "And up again");
    assert_int_equal(quote.key, key_of_quote(key_of(db, second), 2));
    struct query_node node = {.kind = QUERY_PHRASE, .text = SPAN("up again")};
    struct db_quote_query query = {.q = &node};
    struct db_quote_list list;
    struct db_page page = {.order = DB_NEWEST, .limit = 10};
    OK(db_quote_query(db, &fixture->arena, &query, &page, &list));
    assert_int_equal(list.count, 2);
    assert_span(list.rows[0].article_id, second);
}

static void test_db__key_chain_is_bounded(void **state) {
    struct fixture *fixture = *state;
    struct db *db = fixture->db;
    OK(db_begin(db));
    for (int i = 0; i < KEY_MOVES_MAX + 2; i++)
        crowd(db, i * 10, 1, noon + i, 0);
    OK(db_commit(db));
    check(db);
    static struct draft draft;
    draft_begin(&draft, url_of(99999), "One too many", moment_at(noon));
    draft_append(&draft, "Full.");
    struct db_original original = {.bytes = SPAN("x")};
    enum db_outcome outcome;
    char id[ARTICLE_ID_LENGTH + 1];
    struct error error = {0};
    OK(db_begin(db));
    enum result result = db_put_article(db, &draft.article, &original, 1, &outcome, id, &error);
    OK(db_commit(db));
    assert_int_equal(result, RESULT_TOO_LARGE);
    assert_non_null(strstr(error.message, "full seconds"));
    check(db);
}

static void test_db__key_of_another_date(void **state) {
    struct fixture *fixture = *state;
    struct db *db = fixture->db;
    char id[ARTICLE_ID_LENGTH + 1];
    OK(db_begin(db));
    put_talking(db, url_of(1), noon, id);
    OK(db_commit(db));
    OK(db_begin(db));
    put_talking(db, url_of(1), noon - 86400, id);
    OK(db_commit(db));
    assert_int_equal(key_of(db, id), key_of_moment(noon - 86400));
    struct db_entity entity;
    OK(db_entity_get(db, &fixture->arena, SPAN("mara-quist"), &entity));
    assert_int_equal(entity.first_seen.seconds, noon - 86400);
    assert_int_equal(entity.last_seen.seconds, noon - 86400);
    assert_int_equal(entity.article_count, 1);
    check(db);
}

/* Random moments in few crowded seconds: the order by key is the order by published after every put. */
static void test_db__key_order_under_pressure(void **state) {
    struct fixture *fixture = *state;
    struct db *db = fixture->db;
    uint32_t random = 12345;
    OK(db_begin(db));
    for (int i = 0; i < 6; i++)
        crowd(db, 100000 + i * 10000, 40, noon + i, 5);
    for (int i = 0; i < 200; i++) {
        random = random * 1664525 + 1013904223;
        fill(db, i, 1, moment_at(noon + (random >> 16) % 6));
    }
    OK(db_commit(db));
    check(db); /* asks for the order, among others */
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_db__key_is_the_moment, fixture_begin, fixture_end),
        cmocka_unit_test_setup_teardown(test_db__key_of_a_full_second, fixture_begin, fixture_end),
        cmocka_unit_test_setup_teardown(test_db__key_moves_everything, fixture_begin, fixture_end),
        cmocka_unit_test_setup_teardown(test_db__key_chain_is_bounded, fixture_begin, fixture_end),
        cmocka_unit_test_setup_teardown(test_db__key_of_another_date, fixture_begin, fixture_end),
        cmocka_unit_test_setup_teardown(test_db__key_order_under_pressure, fixture_begin, fixture_end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
