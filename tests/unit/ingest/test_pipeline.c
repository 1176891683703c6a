#include "tests/unit/ingest/check.h"

#include "base/buffer.h"
#include "db/write.h"
#include "ingest/ingest.h"

#include <stdio.h>
#include <unistd.h>

/* A folder that goes away with the test, with a database in it, and what a run said. */
struct fixture {
    char root[64];
    char db[128];
    char dump[128];
    struct buffer refusals;
    uint64_t told;    /* documents of the last progress */
    atomic_int stop;  /* handed to the run */
    uint64_t stop_at; /* documents at which the flag rises; 0: never */
    size_t visited;
    enum result answer; /* of the visit */
};

static int setup(void **state) {
    struct fixture *fixture = calloc(1, sizeof *fixture);
    if (!fixture)
        return -1;
    strcpy(fixture->root, "/tmp/quoted-pipeline-XXXXXX");
    if (!mkdtemp(fixture->root))
        return -1;
    snprintf(fixture->db, sizeof fixture->db, "%s/test.db", fixture->root);
    snprintf(fixture->dump, sizeof fixture->dump, "%s/dump.ndjson", fixture->root);
    buffer_init(&fixture->refusals, 0);
    *state = fixture;
    return 0;
}

static int teardown(void **state) {
    struct fixture *fixture = *state;
    char command[128];
    snprintf(command, sizeof command, "rm -rf '%s'", fixture->root);
    int status = system(command);
    buffer_done(&fixture->refusals);
    free(fixture);
    return status;
}

static void on_refusal(void *context, const struct ingest_refusal *refusal) {
    struct fixture *fixture = context;
    buffer_print(&fixture->refusals, "%llu %s\n", (unsigned long long)refusal->line, refusal->reason);
}

static void on_progress(void *context, const struct ingest_progress *progress) {
    struct fixture *fixture = context;
    assert_true(progress->documents > fixture->told);
    assert_true(progress->bytes_read <= progress->bytes_total);
    fixture->told = progress->documents;
    if (fixture->stop_at > 0 && progress->documents >= fixture->stop_at)
        fixture->stop = 1;
}

/* Lines of articles number first to first + count - 1; a bad one after each every-th. */
static void write_dump(const struct fixture *fixture, int first, int count, int every) {
    FILE *file = fopen(fixture->dump, "w");
    assert_non_null(file);
    for (int i = first; i < first + count; i++) {
        fprintf(file,
                "{\"title\":\"Mill %d\",\"url\":\"https://echo.example/%d\",\"text\":\"The mill number %d closed on Monday, said its "
                "owner.\"}\n",
                i, i, i);
        if (every > 0 && (i - first + 1) % every == 0)
            fputs("{\"text\": 7}\n", file);
    }
    fclose(file);
}

static struct ingest_options options_of(struct fixture *fixture, const char *const *paths) {
    return (struct ingest_options){
        .db_path = fixture->db,
        .paths = paths,
        .path_count = 1,
        .now = NOW,
        .on_refusal = on_refusal,
        .on_progress = on_progress,
        .context = fixture,
        .stop = &fixture->stop,
    };
}

static struct ingest_summary run(struct fixture *fixture, bool fail_fast, enum result expected) {
    const char *paths[] = {fixture->dump};
    struct ingest_options options = options_of(fixture, paths);
    options.fail_fast = fail_fast;
    struct ingest_summary summary;
    struct error error = {0};
    fixture->told = 0;
    enum result result = ingest_run(&options, &summary, &error);
    if (result != expected)
        fail_msg("%s: %s", result_name(result), error.message);
    return summary;
}

static void test_ingest_run__batches(void **state) {
    struct fixture *fixture = *state;
    static const int COUNTS[] = {1, BATCH_DOCUMENTS - 1, BATCH_DOCUMENTS, BATCH_DOCUMENTS + 1};
    int first = 0;
    for (size_t i = 0; i < sizeof COUNTS / sizeof *COUNTS; i++) {
        write_dump(fixture, first, COUNTS[i], 0);
        struct ingest_summary summary = run(fixture, false, RESULT_OK);
        assert_int_equal(summary.added, COUNTS[i]);
        assert_int_equal(summary.documents, COUNTS[i]);
        assert_int_equal(fixture->told, COUNTS[i]);
        summary = run(fixture, false, RESULT_OK);
        assert_int_equal(summary.unchanged, COUNTS[i]);
        assert_int_equal(summary.added + summary.replaced + summary.refused, 0);
        first += COUNTS[i];
    }
}

static void test_ingest_run__refusals(void **state) {
    struct fixture *fixture = *state;
    write_dump(fixture, 0, 6, 2);
    struct ingest_summary summary = run(fixture, false, RESULT_OK);
    assert_int_equal(summary.added, 6);
    assert_int_equal(summary.refused, 3);
    assert_int_equal(summary.documents, 9);
    assert_contains(fixture->refusals.data, "3 \"text\" is a number, not a text\n6 ");
}

static void test_ingest_run__fail_fast(void **state) {
    struct fixture *fixture = *state;
    write_dump(fixture, 0, 6, 2);
    struct ingest_summary summary = run(fixture, true, RESULT_INVALID);
    assert_int_equal(summary.added, 2);
    assert_int_equal(summary.refused, 1);
    summary = run(fixture, false, RESULT_OK);
    assert_int_equal(summary.unchanged, 2);
    assert_int_equal(summary.added, 4);
}

static void test_ingest_run__stop_keeps_what_was_read(void **state) {
    struct fixture *fixture = *state;
    write_dump(fixture, 0, 4 * BATCH_DOCUMENTS, 0);
    fixture->stop_at = BATCH_DOCUMENTS;
    struct ingest_summary summary = run(fixture, false, RESULT_DEADLINE);
    assert_int_equal(summary.added, BATCH_DOCUMENTS);
    assert_string_equal(summary.last_path, fixture->dump);
    fixture->stop = 0;
    fixture->stop_at = 0;
    summary = run(fixture, false, RESULT_OK);
    assert_int_equal(summary.unchanged, BATCH_DOCUMENTS);
    assert_int_equal(summary.added, 3 * BATCH_DOCUMENTS);
}

static void test_ingest_run__no_database(void **state) {
    struct fixture *fixture = *state;
    write_dump(fixture, 0, 1, 0);
    snprintf(fixture->db, sizeof fixture->db, "%s/none/test.db", fixture->root);
    const char *paths[] = {fixture->dump};
    struct ingest_options options = options_of(fixture, paths);
    struct ingest_summary summary;
    struct error error = {0};
    assert_true(ingest_run(&options, &summary, &error) != RESULT_OK);
    assert_contains(error.message, fixture->db);
    assert_int_equal(summary.documents, 0);
}

static enum result on_article(void *context, const struct article *article) {
    struct fixture *fixture = context;
    assert_true(article->text.length > 0);
    fixture->visited++;
    return fixture->answer;
}

static void test_ingest_extract__visits_in_order(void **state) {
    struct fixture *fixture = *state;
    write_dump(fixture, 0, 300, 100);
    const char *paths[] = {fixture->dump};
    struct ingest_options options = options_of(fixture, paths);
    struct ingest_summary summary;
    struct error error = {0};
    assert_int_equal(ingest_extract(&options, on_article, &summary, &error), RESULT_OK);
    assert_int_equal(fixture->visited, 300);
    assert_int_equal(summary.refused, 3);
    assert_int_equal(access(fixture->db, F_OK), -1);
    fixture->answer = RESULT_IO;
    fixture->visited = 0;
    fixture->told = 0;
    assert_int_equal(ingest_extract(&options, on_article, &summary, &error), RESULT_IO);
    assert_int_equal(fixture->visited, 1);
}

#define pipeline_test(function) cmocka_unit_test_setup_teardown(function, setup, teardown)

int main(void) {
    const struct CMUnitTest tests[] = {
        pipeline_test(test_ingest_run__batches),     pipeline_test(test_ingest_run__refusals),
        pipeline_test(test_ingest_run__fail_fast),   pipeline_test(test_ingest_run__stop_keeps_what_was_read),
        pipeline_test(test_ingest_run__no_database), pipeline_test(test_ingest_extract__visits_in_order),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
