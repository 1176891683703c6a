#include "tests/unit/base/check.h"

#include "base/cleanup.h"
#include "base/log.h"

#include <errno.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct fixture {
    char folder[64];
    char path[96];
    char moved[96];
    char text[1 << 20];
};

static int set_up(void **state) {
    struct fixture *fixture = calloc(1, sizeof(*fixture));
    strcpy(fixture->folder, "/tmp/quoted-test-log-XXXXXX");
    if (fixture == NULL || mkdtemp(fixture->folder) == NULL)
        return -1;
    snprintf(fixture->path, sizeof(fixture->path), "%s/log", fixture->folder);
    snprintf(fixture->moved, sizeof(fixture->moved), "%s/log.1", fixture->folder);
    log_set_level(LOG_LEVEL_INFO);
    *state = fixture;
    return log_open(fixture->path) ? 0 : -1;
}

static int tear_down(void **state) {
    struct fixture *fixture = *state;
    log_open(NULL);
    unlink(fixture->path);
    unlink(fixture->moved);
    rmdir(fixture->folder);
    free(fixture);
    return 0;
}

static struct span read_back(struct fixture *fixture, const char *path) {
    FILE *file = fopen(path, "r");
    assert_non_null(file);
    size_t length = fread(fixture->text, 1, sizeof(fixture->text), file);
    fclose(file);
    return (struct span){fixture->text, length};
}

/* What stands behind the time of the only line. */
static struct span only_line(struct fixture *fixture) {
    struct span text = read_back(fixture, fixture->path);
    assert_true(span_starts_with(text, SPAN("time=")));
    assert_int_equal(span_find(text, SPAN("\n"), 0), text.length - 1);
    return span_slice(text, sizeof("time=2024-03-01T12:00:00Z ") - 1, text.length);
}

static void test_log__line(void **state) {
    struct fixture *fixture = *state;
    errno = ENOENT;
    log_line(LOG_LEVEL_WARNING, "port %d is \"busy\"", 8080);
    assert_int_equal(errno, ENOENT);
    assert_span(only_line(fixture), "level=warning message=\"port 8080 is \\\"busy\\\"\"\n");
}

static void test_log__hostile_text_stays_in_its_line(void **state) {
    struct fixture *fixture = *state;
    log_line(LOG_LEVEL_ERROR, "%s", "a\nlevel=error\r\t\x1B[31m\\ é \xC2\x9B \xFF");
    assert_span(only_line(fixture), "level=error message=\"a\\nlevel=error\\x0d\\x09\\x1b[31m\\\\ é \\x9b \\xff\"\n");
}

static void test_log__pairs(void **state) {
    struct fixture *fixture = *state;
    CLEANUP(buffer_done) struct buffer pairs;
    buffer_init(&pairs, 0);
    log_pair(&pairs, "method", SPAN("GET"));
    log_pair(&pairs, "path", SPAN("/v1/\" x=\"y\n"));
    log_line_with(LOG_LEVEL_INFO, buffer_span(&pairs), "answered");
    assert_span(only_line(fixture), "level=info message=\"answered\" method=\"GET\" path=\"/v1/\\\" x=\\\"y\\n\"\n");
}

static void test_log__long_lines_are_cut(void **state) {
    struct fixture *fixture = *state;
    CLEANUP(buffer_done) struct buffer pairs;
    buffer_init(&pairs, 0);
    char text[9000];
    memset(text, '\x01', sizeof(text) - 1);
    text[sizeof(text) - 1] = '\0';
    log_pair(&pairs, "k", span_of(text));
    log_line_with(LOG_LEVEL_INFO, buffer_span(&pairs), "%s", text);
    struct span line = only_line(fixture);
    assert_true(line.length > 2000 && line.length <= 4096);
    assert_true(span_ends_with(line, SPAN("\\x01\"\n")));
}

static void test_log__levels(void **state) {
    struct fixture *fixture = *state;
    log_line(LOG_LEVEL_DEBUG, "not yet");
    log_set_level(LOG_LEVEL_ERROR);
    log_line(LOG_LEVEL_WARNING, "no more");
    assert_int_equal(read_back(fixture, fixture->path).length, 0);
    enum log_level level;
    assert_true(log_level_parse(SPAN("debug"), &level));
    assert_int_equal(level, LOG_LEVEL_DEBUG);
    assert_false(log_level_parse(SPAN("DEBUG"), &level));
    assert_false(log_level_parse(SPAN(""), &level));
}

static void test_log__reopen_after_rotation(void **state) {
    struct fixture *fixture = *state;
    log_line(LOG_LEVEL_INFO, "before");
    assert_int_equal(rename(fixture->path, fixture->moved), 0);
    log_line(LOG_LEVEL_INFO, "still there");
    assert_true(log_reopen());
    log_line(LOG_LEVEL_INFO, "after");
    assert_true(span_find(read_back(fixture, fixture->moved), SPAN("still there"), 0) != SIZE_MAX);
    assert_span(only_line(fixture), "level=info message=\"after\"\n");
}

static void test_log__unopenable_path_keeps_the_old_one(void **state) {
    struct fixture *fixture = *state;
    assert_false(log_open("/nonexistent/folder/log"));
    assert_int_equal(errno, ENOENT);
    log_line(LOG_LEVEL_INFO, "here");
    assert_span(only_line(fixture), "level=info message=\"here\"\n");
}

enum { THREADS = 4, LINES = 500 };

static void *write_lines(void *unused) {
    (void)unused;
    for (int i = 0; i < LINES; i++) {
        log_line(LOG_LEVEL_INFO, "%0100d", i);
        if (i % 50 == 0)
            log_reopen();
    }
    return NULL;
}

static void test_log__threads_do_not_mix(void **state) {
    struct fixture *fixture = *state;
    pthread_t threads[THREADS];
    for (int i = 0; i < THREADS; i++)
        assert_int_equal(pthread_create(&threads[i], NULL, write_lines, NULL), 0);
    for (int i = 0; i < THREADS; i++)
        pthread_join(threads[i], NULL);
    struct span rest = read_back(fixture, fixture->path);
    struct span line;
    size_t lines = 0;
    while (span_split(&rest, '\n', &line) && line.length > 0) {
        assert_true(span_starts_with(line, SPAN("time=")));
        assert_int_equal(line.length, sizeof("time=2024-03-01T12:00:00Z level=info message=\"\"") - 1 + 100);
        lines++;
    }
    assert_int_equal(lines, THREADS * LINES);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_log__line, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_log__hostile_text_stays_in_its_line, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_log__pairs, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_log__long_lines_are_cut, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_log__levels, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_log__reopen_after_rotation, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_log__unopenable_path_keeps_the_old_one, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_log__threads_do_not_mix, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
