#include <sqlite3.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include "tests/unit/db/fixture.h"

/* Opening what is ours, and refusing everything else with a word that names the path. */

static enum result try_open(const char *path, enum db_mode mode, struct error *error) {
    struct db *db = NULL;
    enum result result = db_open(path, mode, &db, error);
    db_close(db);
    return result;
}

static void assert_refused(const char *path, enum db_mode mode, enum result wanted, const char *word) {
    struct error error = {0};
    enum result result = try_open(path, mode, &error);
    if (result != wanted || !strstr(error.message, path) || !strstr(error.message, word))
        fail_msg("%s instead of %s: %s", result_name(result), result_name(wanted), error.message);
}

static const char *file_in(struct fixture *fixture, const char *name, const void *bytes, size_t length) {
    static char path[160];
    snprintf(path, sizeof(path), "%s/%s", fixture->folder, name);
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(bytes, 1, length, file), length);
    assert_int_equal(fclose(file), 0);
    return path;
}

static void run_sql(const char *path, const char *sql) {
    sqlite3 *sqlite = NULL;
    assert_int_equal(sqlite3_open(path, &sqlite), SQLITE_OK);
    assert_int_equal(sqlite3_exec(sqlite, sql, NULL, NULL, NULL), SQLITE_OK);
    sqlite3_close(sqlite);
}

static void test_db__opens_a_new_store(void **state) {
    struct fixture *fixture = *state;
    struct db_stats stats;
    OK(db_stats(fixture->db, &stats));
    assert_int_equal(stats.articles, 0);
    assert_int_equal(stats.revision, 0);
    assert_int_equal(stats.first_published.precision, PRECISION_NONE);
    int64_t modified = 1;
    OK(db_last_modified(fixture->db, &modified));
    assert_int_equal(modified, 0);
    CLEANUP(db_close_pointer) struct db *reader = fixture_open(fixture->path, DB_READ);
    assert_memory_equal(db_secret(reader), db_secret(fixture->db), DB_SECRET_BYTES);
    uint8_t zeros[DB_SECRET_BYTES] = {0};
    assert_memory_not_equal(db_secret(reader), zeros, DB_SECRET_BYTES);
    check(fixture->db);
}

static void test_db__refuses_what_is_not_there(void **state) {
    struct fixture *fixture = *state;
    char path[160];
    snprintf(path, sizeof(path), "%s/missing.db", fixture->folder);
    assert_refused(path, DB_READ, RESULT_NOT_FOUND, "no such file");
    assert_int_equal(access(path, F_OK), -1); /* reading made nothing */
    snprintf(path, sizeof(path), "%s/missing/store.db", fixture->folder);
    assert_refused(path, DB_WRITE, RESULT_IO, "No such file or directory");
    assert_refused(fixture->folder, DB_WRITE, RESULT_INVALID, "not a file");
    assert_refused("/dev/null", DB_WRITE, RESULT_INVALID, "not a file");
}

static void test_db__refuses_strangers(void **state) {
    struct fixture *fixture = *state;
    char noise[8192];
    memset(noise, 'x', sizeof(noise));
    const char *path = file_in(fixture, "noise.db", noise, sizeof(noise));
    assert_refused(path, DB_READ, RESULT_INVALID, "not a database");
    assert_refused(path, DB_WRITE, RESULT_INVALID, "not a database");
    path = file_in(fixture, "text.db", "hello", 5);
    assert_refused(path, DB_WRITE, RESULT_INVALID, "not a database");
    path = file_in(fixture, "empty.db", "", 0);
    assert_refused(path, DB_READ, RESULT_INVALID, "empty");
    OK(try_open(path, DB_WRITE, NULL)); /* an empty file becomes a store */
    path = file_in(fixture, "other.db", "", 0);
    run_sql(path, "CREATE TABLE cookies (name TEXT)");
    assert_refused(path, DB_READ, RESULT_INVALID, "not one of quoted");
    assert_refused(path, DB_WRITE, RESULT_INVALID, "not one of quoted");
    path = file_in(fixture, "named.db", "", 0);
    run_sql(path, "PRAGMA application_id = 7");
    assert_refused(path, DB_WRITE, RESULT_INVALID, "not one of quoted");
}

static void test_db__refuses_other_versions(void **state) {
    struct fixture *fixture = *state;
    db_close(TAKE(fixture->db));
    run_sql(fixture->path, "PRAGMA user_version = 9");
    assert_refused(fixture->path, DB_READ, RESULT_CONFLICT, "version 9");
    assert_refused(fixture->path, DB_WRITE, RESULT_CONFLICT, "up to 1");
    run_sql(fixture->path, "PRAGMA user_version = 0");
    assert_refused(fixture->path, DB_READ, RESULT_CONFLICT, "version 0");
    assert_refused(fixture->path, DB_WRITE, RESULT_CONFLICT, "cannot migrate");
    run_sql(fixture->path, "PRAGMA user_version = 1");
    OK(try_open(fixture->path, DB_READ, NULL));
}

/* A store whose schema somebody changed fails at open, not at the first request. */
static void test_db__notices_drift(void **state) {
    struct fixture *fixture = *state;
    db_close(TAKE(fixture->db));
    run_sql(fixture->path, "ALTER TABLE article RENAME COLUMN section TO desk");
    assert_refused(fixture->path, DB_READ, RESULT_CORRUPT, "section");
}

static void put_some(struct db *db, int count) {
    OK(db_begin(db));
    for (int i = 0; i < count; i++) {
        char url[64];
        snprintf(url, sizeof(url), "https://open.example/%d", i);
        put_plain(db, url, moment_at(1709294400 + i), NULL);
    }
    OK(db_commit(db));
}

static void test_db__notices_damage(void **state) {
    struct fixture *fixture = *state;
    put_some(fixture->db, 300);
    db_close(TAKE(fixture->db));
    FILE *file = fopen(fixture->path, "r+b");
    assert_non_null(file);
    struct stat status;
    assert_int_equal(stat(fixture->path, &status), 0);
    char noise[4096];
    memset(noise, 0xa5, sizeof(noise));
    for (long at = 40 * 4096; at + 4096 < status.st_size; at += 3 * 4096) {
        fseek(file, at, SEEK_SET);
        assert_int_equal(fwrite(noise, 1, sizeof(noise), file), sizeof(noise));
    }
    fclose(file);
    struct db *db = NULL;
    struct error error = {0};
    if (db_open(fixture->path, DB_WRITE, &db, &error) == RESULT_OK) { /* the damage lies in what was not read yet */
        assert_int_equal(db_check(db, &error), RESULT_CORRUPT);
        struct db_article_list list;
        const struct db_article_query query = {0};
        const struct db_page page = {.order = DB_OLDEST, .limit = 1000};
        (void)!db_article_query(db, &fixture->arena, &query, &page, true, &list); /* whatever it says, it comes back */
    }
    assert_non_null(strstr(error.message, fixture->path));
    db_close(db);
}

/* Counts that do not fit are found, each of them. */
static void test_db__check_finds_wrong_counts(void **state) {
    struct fixture *fixture = *state;
    static struct draft draft;
    draft_begin(&draft, "https://check.example/1", "Checked", moment_at(1709294400));
    int speaker = draft_entity(&draft, "Mara Quist", ENTITY_PERSON);
    draft_role(&draft, speaker, "Keeper");
    draft_quote(&draft, "Count me", speaker, speaker);
    put(fixture->db, &draft.article, NULL);
    check(fixture->db);
    const char *const damages[] = {
        "UPDATE entity SET article_count = 2",
        "UPDATE entity SET mention_count = 2",
        "UPDATE entity SET quote_count = 0",
        "UPDATE entity SET about_count = 0",
        "UPDATE entity SET last_article = 5",
        "UPDATE entity SET first_article = NULL",
        "UPDATE entity SET name = 'Someone'",
        "UPDATE alias SET mention_count = 2",
        "DELETE FROM alias",
        "UPDATE role SET article_count = 2",
        "DELETE FROM role",
        "UPDATE source SET article_count = 2",
        "UPDATE source SET quote_count = 2",
        "UPDATE store SET articles = 2",
        "UPDATE store SET persons = 2",
        "UPDATE store SET mentions = 2",
        "UPDATE article SET quote_count = 2",
        "UPDATE article SET entity_count = 2",
        "UPDATE article SET published = published + 1",
        "UPDATE appearance SET about_count = 0",
        "DELETE FROM mention",
        "DELETE FROM quote_entity",
        "DELETE FROM original",
        "PRAGMA foreign_keys = OFF; DELETE FROM entity",
        "DROP TRIGGER quote_search_delete; PRAGMA foreign_keys = OFF; DELETE FROM quote",
        "DROP TRIGGER article_search_update; UPDATE article SET title = 'Other words'",
        "DROP TRIGGER alias_search_update; UPDATE alias SET folded = 'other'",
    };
    db_close(TAKE(fixture->db));
    char copy[192], command[700];
    snprintf(copy, sizeof(copy), "%s.copy", fixture->path);
    for (size_t i = 0; i < sizeof(damages) / sizeof(*damages); i++) {
        snprintf(command, sizeof(command), "rm -f '%s'*; cp '%s' '%s'", copy, fixture->path, copy);
        assert_int_equal(system(command), 0);
        run_sql(copy, damages[i]);
        CLEANUP(db_close_pointer) struct db *db = fixture_open(copy, DB_WRITE);
        struct error error = {0};
        if (db_check(db, &error) != RESULT_CORRUPT)
            fail_msg("not noticed: %s", damages[i]);
    }
}

/* --- readers and writers ----------------------------------------------------------------------------------------------------------------
 */

static void test_db__reader_cannot_write(void **state) {
    struct fixture *fixture = *state;
    CLEANUP(db_close_pointer) struct db *reader = fixture_open(fixture->path, DB_READ);
    assert_int_equal(db_begin(reader), RESULT_CONFLICT);
    assert_int_equal(db_delete_article(reader, SPAN("x")), RESULT_CONFLICT);
    struct error error = {0};
    assert_int_equal(db_check(reader, &error), RESULT_CONFLICT);
}

static void test_db__transactions_do_not_nest(void **state) {
    struct fixture *fixture = *state;
    OK(db_snapshot_begin(fixture->db));
    assert_int_equal(db_snapshot_begin(fixture->db), RESULT_CONFLICT);
    assert_int_equal(db_begin(fixture->db), RESULT_CONFLICT);
    db_snapshot_end(fixture->db);
    db_snapshot_end(fixture->db);
    OK(db_begin(fixture->db));
    assert_int_equal(db_begin(fixture->db), RESULT_CONFLICT);
    db_rollback(fixture->db);
    db_rollback(fixture->db);
    assert_int_equal(db_commit(fixture->db), RESULT_CONFLICT);
}

static void test_db__reads_after_the_writer_has_gone(void **state) {
    struct fixture *fixture = *state;
    put_some(fixture->db, 3);
    db_close(TAKE(fixture->db));
    char log[160];
    snprintf(log, sizeof(log), "%s-wal", fixture->path);
    assert_int_equal(access(log, F_OK), -1); /* the last writer has cleaned up */
    CLEANUP(db_close_pointer) struct db *reader = fixture_open(fixture->path, DB_READ);
    struct db_stats stats;
    OK(db_stats(reader, &stats));
    assert_int_equal(stats.articles, 3);
}

/* In another process, as somebody who may not write there. Only where this runs as root. */
static void test_db__says_why_a_closed_folder_cannot_be_read(void **state) {
    struct fixture *fixture = *state;
    if (geteuid() != 0)
        skip();
    put_some(fixture->db, 3);
    db_close(TAKE(fixture->db));
    assert_int_equal(chmod(fixture->folder, 0755), 0);
    assert_int_equal(chmod(fixture->path, 0644), 0);
    pid_t child = fork();
    if (child == 0) {
        struct error error = {0};
        if (setuid(65534) != 0)
            _exit(1);
        enum result result = try_open(fixture->path, DB_READ, &error);
        bool is_clear = result == RESULT_IO && strstr(error.message, fixture->path) && strstr(error.message, "write beside it");
        if (!is_clear)
            fprintf(stderr, "%s: %s\n", result_name(result), error.message);
        result = try_open(fixture->path, DB_WRITE, &error);
        bool is_refused = result == RESULT_IO && strstr(error.message, fixture->path);
        if (!is_refused)
            fprintf(stderr, "%s: %s\n", result_name(result), error.message);
        _exit(is_clear && is_refused ? 0 : 1);
    }
    int status = 1;
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_int_equal(status, 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_db__opens_a_new_store, fixture_begin, fixture_end),
        cmocka_unit_test_setup_teardown(test_db__refuses_what_is_not_there, fixture_begin, fixture_end),
        cmocka_unit_test_setup_teardown(test_db__refuses_strangers, fixture_begin, fixture_end),
        cmocka_unit_test_setup_teardown(test_db__refuses_other_versions, fixture_begin, fixture_end),
        cmocka_unit_test_setup_teardown(test_db__notices_drift, fixture_begin, fixture_end),
        cmocka_unit_test_setup_teardown(test_db__notices_damage, fixture_begin, fixture_end),
        cmocka_unit_test_setup_teardown(test_db__check_finds_wrong_counts, fixture_begin, fixture_end),
        cmocka_unit_test_setup_teardown(test_db__reader_cannot_write, fixture_begin, fixture_end),
        cmocka_unit_test_setup_teardown(test_db__transactions_do_not_nest, fixture_begin, fixture_end),
        cmocka_unit_test_setup_teardown(test_db__reads_after_the_writer_has_gone, fixture_begin, fixture_end),
        cmocka_unit_test_setup_teardown(test_db__says_why_a_closed_folder_cannot_be_read, fixture_begin, fixture_end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
