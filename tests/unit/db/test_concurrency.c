#define _GNU_SOURCE /* mount */
#include <signal.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include "db/internal.h"
#include "tests/unit/db/fixture.h"

/* Several connections and processes on one store; time that is up, and a disk that fills. */

static const char *url_of(int number) {
    static char url[64];
    snprintf(url, sizeof(url), "https://many.example/%d", number);
    return url;
}

static void put_some(struct db *db, int first, int count) {
    OK(db_begin(db));
    for (int i = first; i < first + count; i++)
        put_plain(db, url_of(i), moment_at(1709294400 + i), NULL);
    OK(db_commit(db));
}

static int64_t articles_in(struct db *db) {
    struct db_stats stats;
    OK(db_stats(db, &stats));
    return stats.articles;
}

static size_t page_of(struct db *db, struct arena *arena, struct db_place *after, bool *more) {
    struct db_article_query query = {0};
    struct db_page page = {.order = DB_NEWEST, .limit = 7, .has_after = after->key != 0, .after = *after};
    struct db_article_list list;
    OK(db_article_query(db, arena, &query, &page, false, &list));
    *after = list.last;
    *more = list.more;
    return list.count;
}

static void test_db__snapshot_sees_one_state(void **state) {
    struct fixture *fixture = *state;
    put_some(fixture->db, 0, 20);
    CLEANUP(db_close_pointer) struct db *reader = fixture_open(fixture->path, DB_READ);
    int64_t before = 0, after = 0;
    OK(db_snapshot_begin(reader));
    OK(db_revision(reader, &before));
    put_some(fixture->db, 20, 20);
    OK(db_revision(reader, &after));
    assert_int_equal(after, before);
    assert_int_equal(articles_in(reader), 20);
    db_snapshot_end(reader);
    assert_int_equal(articles_in(reader), 40); /* at once */
    OK(db_begin(fixture->db));
    put_plain(fixture->db, url_of(99), moment_at(1709294400), NULL);
    assert_int_equal(articles_in(reader), 40); /* not before it is committed */
    OK(db_commit(fixture->db));
    assert_int_equal(articles_in(reader), 41);
}

/* A walk whose pages lie before and after a write sees every row that was there, once. */
static void test_db__walk_is_not_torn_by_writes(void **state) {
    struct fixture *fixture = *state;
    put_some(fixture->db, 0, 40);
    CLEANUP(db_close_pointer) struct db *reader = fixture_open(fixture->path, DB_READ);
    struct db_place after = {0};
    bool more = true;
    size_t seen = 0;
    for (int page = 0; more; page++) {
        seen += page_of(reader, &fixture->arena, &after, &more);
        put_some(fixture->db, 1000 + page, 1); /* newer than all: comes before the walk's place */
    }
    assert_int_equal(seen, 40);
}

/* Two writers' batches take turns; none is lost, no reader sees half of one. */
static void test_db__writers_take_turns(void **state) {
    struct fixture *fixture = *state;
    enum { WRITERS = 3, BATCHES = 10, IN_BATCH = 10 };
    db_close(TAKE(fixture->db));
    pid_t children[WRITERS];
    for (int writer = 0; writer < WRITERS; writer++) {
        children[writer] = fork();
        assert_true(children[writer] >= 0);
        if (children[writer] == 0) {
            struct error error = {0};
            struct db *db = NULL;
            if (db_open(fixture->path, DB_WRITE, &db, &error) != RESULT_OK)
                _exit(1);
            for (int batch = 0; batch < BATCHES; batch++)
                put_some(db, writer * 1000 + batch * IN_BATCH, IN_BATCH);
            db_close(db);
            _exit(0);
        }
    }
    CLEANUP(db_close_pointer) struct db *reader = fixture_open(fixture->path, DB_READ);
    for (int i = 0; i < 200; i++)
        assert_int_equal(articles_in(reader) % IN_BATCH, 0);
    for (int writer = 0; writer < WRITERS; writer++) {
        int status = 1;
        assert_int_equal(waitpid(children[writer], &status, 0), children[writer]);
        assert_int_equal(status, 0);
    }
    assert_int_equal(articles_in(reader), WRITERS * BATCHES * IN_BATCH);
    int64_t revision = 0;
    OK(db_revision(reader, &revision));
    assert_int_equal(revision, WRITERS * BATCHES);
    fixture->db = fixture_open(fixture->path, DB_WRITE);
    check(fixture->db);
}

/* Killed in the middle of a batch: what was committed is there, the rest is not. */
static void test_db__killed_writer_leaves_whole_batches(void **state) {
    struct fixture *fixture = *state;
    db_close(TAKE(fixture->db));
    int ready[2];
    assert_int_equal(pipe(ready), 0);
    pid_t child = fork();
    if (child == 0) {
        struct db *db = fixture_open(fixture->path, DB_WRITE);
        put_some(db, 0, 10);
        OK(db_begin(db));
        for (int i = 100; i < 150; i++)
            put_plain(db, url_of(i), moment_at(1709294400 + i), NULL);
        if (write(ready[1], "x", 1) == 1)
            pause();
        _exit(0);
    }
    char byte = 0;
    assert_int_equal(read(ready[0], &byte, 1), 1);
    assert_int_equal(kill(child, SIGKILL), 0);
    assert_int_equal(waitpid(child, NULL, 0), child);
    close(ready[0]);
    close(ready[1]);
    CLEANUP(db_close_pointer) struct db *reader = fixture_open(fixture->path, DB_READ);
    assert_int_equal(articles_in(reader), 10);
    fixture->db = fixture_open(fixture->path, DB_WRITE);
    check(fixture->db);
    put_some(fixture->db, 100, 50);
    assert_int_equal(articles_in(reader), 60);
}

/* --- time -------------------------------------------------------------------------------------------------------------------------------
 */

static void test_db__deadline(void **state) {
    struct fixture *fixture = *state;
    put_some(fixture->db, 0, 500);
    CLEANUP(db_close_pointer) struct db *reader = fixture_open(fixture->path, DB_READ);
    struct query_node node = {.kind = QUERY_WORD, .text = SPAN("happened")};
    struct db_article_query query = {.q = &node, .language = {.exclude = (struct span[]){SPAN("en")}, .exclude_count = 1}};
    struct db_page page = {.order = DB_NEWEST, .limit = 10};
    struct db_article_list list;
    db_set_deadline(reader, time_monotonic_ns() - 1);
    assert_int_equal(db_article_query(reader, &fixture->arena, &query, &page, false, &list), RESULT_DEADLINE);
    struct db_stats stats;
    assert_int_equal(db_stats(reader, &stats), RESULT_DEADLINE);
    int64_t revision = 0;
    assert_int_equal(db_revision(reader, &revision), RESULT_DEADLINE);
    db_set_deadline(reader, time_monotonic_ns() + INT64_C(60000000000));
    OK(db_article_query(reader, &fixture->arena, &query, &page, false, &list));
    assert_int_equal(list.count, 0);
    db_set_deadline(reader, 0);
    OK(db_stats(reader, &stats));
}

/* In the middle of a statement, too: the handler is asked while SQLite counts. */
static void test_db__deadline_in_the_middle(void **state) {
    struct fixture *fixture = *state;
    put_some(fixture->db, 0, 10);
    CLEANUP(db_close_pointer) struct db *reader = fixture_open(fixture->path, DB_READ);
    db_set_deadline(reader, time_monotonic_ns() + 20000000);
    enum result result = db_execute(reader, "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n");
    assert_int_equal(result, RESULT_DEADLINE);
    db_set_deadline(reader, 0);
    assert_int_equal(articles_in(reader), 10);
}

/* --- space ------------------------------------------------------------------------------------------------------------------------------
 */

static void try_to_fill(struct db *db, const char *path, int *ret_committed) {
    static struct draft draft;
    char words[256];
    struct error error = {0};
    for (int batch = 0; batch < 1000; batch++) {
        enum result result = db_begin(db);
        for (int i = 0; i < 20 && result == RESULT_OK; i++) {
            draft_begin(&draft, url_of(batch * 20 + i), "Filling", moment_at(1709294400 + batch));
            for (int word = 0; word < 20; word++) {
                snprintf(words, sizeof(words), "word%d of article%d number%d. ", word * 7919 % 1000, batch * 20 + i, batch * i * 31 + word);
                draft_append(&draft, words);
            }
            struct db_original original = {.bytes = draft.article.text};
            enum db_outcome outcome;
            char id[ARTICLE_ID_LENGTH + 1];
            result = db_put_article(db, &draft.article, &original, 1, &outcome, id, &error);
            if (result != RESULT_OK)
                assert_non_null(strstr(error.message, "disk is full"));
        }
        if (result == RESULT_OK)
            result = db_commit(db);
        if (result != RESULT_OK) {
            assert_int_equal(result, RESULT_IO);
            assert_non_null(strstr(db_error_message(db), path));
            db_rollback(db);
            return;
        }
        *ret_committed += 20;
    }
    fail_msg("the disk did not fill");
}

static void test_db__full_file(void **state) {
    struct fixture *fixture = *state;
    int committed = 0;
    OK(db_execute(fixture->db, "PRAGMA max_page_count = 300"));
    try_to_fill(fixture->db, fixture->path, &committed);
    assert_true(committed > 0);
    assert_int_equal(articles_in(fixture->db), committed);
    check(fixture->db);
    OK(db_execute(fixture->db, "PRAGMA max_page_count = 100000"));
    put_some(fixture->db, 900000, 5); /* there is room again, and the store goes on */
    assert_int_equal(articles_in(fixture->db), committed + 5);
    check(fixture->db);
}

/* A real small disk, where this may mount one. */
static void test_db__full_disk(void **state) {
    struct fixture *fixture = *state;
    char folder[128], path[160];
    snprintf(folder, sizeof(folder), "%s/disk", fixture->folder);
    snprintf(path, sizeof(path), "%s/store.db", folder);
    assert_int_equal(mkdir(folder, 0700), 0);
    if (mount("tmpfs", folder, "tmpfs", 0, "size=3m") != 0)
        skip();
    struct db *db = fixture_open(path, DB_WRITE);
    int committed = 0;
    try_to_fill(db, path, &committed);
    assert_true(committed > 0);
    assert_int_equal(articles_in(db), committed);
    db_close(db);
    assert_int_equal(umount(folder), 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_db__snapshot_sees_one_state, fixture_begin, fixture_end),
        cmocka_unit_test_setup_teardown(test_db__walk_is_not_torn_by_writes, fixture_begin, fixture_end),
        cmocka_unit_test_setup_teardown(test_db__writers_take_turns, fixture_begin, fixture_end),
        cmocka_unit_test_setup_teardown(test_db__killed_writer_leaves_whole_batches, fixture_begin, fixture_end),
        cmocka_unit_test_setup_teardown(test_db__deadline, fixture_begin, fixture_end),
        cmocka_unit_test_setup_teardown(test_db__deadline_in_the_middle, fixture_begin, fixture_end),
        cmocka_unit_test_setup_teardown(test_db__full_file, fixture_begin, fixture_end),
        cmocka_unit_test_setup_teardown(test_db__full_disk, fixture_begin, fixture_end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
