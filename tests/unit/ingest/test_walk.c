#include "tests/unit/ingest/check.h"

#include "base/buffer.h"
#include "ingest/ingest.h"
#include "ingest/walk.h"

#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

/* A folder that goes away with the test, and what a walk of it said, one line each without the folder's own name. */
struct fixture {
    char root[64];
    struct buffer said;
    enum result answer;
};

static int setup(void **state) {
    struct fixture *fixture = calloc(1, sizeof *fixture);
    if (!fixture)
        return -1;
    strcpy(fixture->root, "/tmp/quoted-walk-XXXXXX");
    buffer_init(&fixture->said, 0);
    *state = fixture;
    return mkdtemp(fixture->root) ? 0 : -1;
}

static int teardown(void **state) {
    struct fixture *fixture = *state;
    char command[128];
    snprintf(command, sizeof command, "rm -rf '%s'", fixture->root);
    int status = system(command);
    buffer_done(&fixture->said);
    free(fixture);
    return status;
}

static const char *path_of(const struct fixture *fixture, const char *name, char out[512]) {
    snprintf(out, 512, "%s/%s", fixture->root, name);
    return out;
}

static void make_file(const struct fixture *fixture, const char *name, const char *content) {
    char path[512];
    FILE *file = fopen(path_of(fixture, name, path), "w");
    assert_non_null(file);
    fputs(content, file);
    fclose(file);
}

static void make_folder(const struct fixture *fixture, const char *name) {
    char path[512];
    assert_int_equal(mkdir(path_of(fixture, name, path), 0755), 0);
}

static void make_link(const struct fixture *fixture, const char *target, const char *name) {
    char path[512];
    assert_int_equal(symlink(target, path_of(fixture, name, path)), 0);
}

static enum result on_file(void *context, const char *path, uint64_t size, struct error *error) {
    (void)error;
    struct fixture *fixture = context;
    buffer_print(&fixture->said, "%s %llu\n", path + strlen(fixture->root), (unsigned long long)size);
    return fixture->answer;
}

static enum result on_refusal(void *context, const char *path, const char *reason, struct error *error) {
    (void)error;
    struct fixture *fixture = context;
    buffer_print(&fixture->said, "%s! %s\n", path + strlen(fixture->root), reason);
    return fixture->answer;
}

static enum result walk(struct fixture *fixture, const char *path) {
    const struct walk walk = {.file = on_file, .refuse = on_refusal, .context = fixture};
    struct error error = {0};
    return walk_path(&walk, path, &error);
}

static void test_walk__sorted_and_recursive(void **state) {
    struct fixture *fixture = *state;
    make_file(fixture, "b.txt", "12");
    make_file(fixture, "a.txt", "1");
    make_file(fixture, "B.txt", "");
    make_file(fixture, ".hidden", "1");
    make_folder(fixture, ".git");
    make_file(fixture, ".git/x.txt", "1");
    make_folder(fixture, "aa");
    make_file(fixture, "aa/z.txt", "123");
    assert_int_equal(walk(fixture, fixture->root), RESULT_OK);
    assert_span(buffer_span(&fixture->said), "/B.txt 0\n/a.txt 1\n/aa/z.txt 3\n/b.txt 2\n");
}

static void test_walk__a_file_is_itself(void **state) {
    struct fixture *fixture = *state;
    char path[512];
    make_file(fixture, ".hidden", "1");
    assert_int_equal(walk(fixture, path_of(fixture, ".hidden", path)), RESULT_OK);
    assert_span(buffer_span(&fixture->said), "/.hidden 1\n");
}

static void test_walk__links_back_are_not_followed(void **state) {
    struct fixture *fixture = *state;
    make_folder(fixture, "one");
    make_file(fixture, "one/a.txt", "1");
    make_link(fixture, "..", "one/up");
    make_link(fixture, ".", "one/here");
    make_link(fixture, "one", "two");
    make_link(fixture, "nowhere", "z");
    assert_int_equal(walk(fixture, fixture->root), RESULT_OK);
    assert_span(buffer_span(&fixture->said), "/one/a.txt 1\n/two/a.txt 1\n/z! No such file or directory\n");
}

static void test_walk__too_deep(void **state) {
    struct fixture *fixture = *state;
    char path[512] = "d";
    for (int depth = 0; depth < FOLDER_DEPTH_MAX; depth++) {
        make_folder(fixture, path);
        strcat(path, "/d");
    }
    make_file(fixture, "e.txt", "1");
    assert_int_equal(walk(fixture, fixture->root), RESULT_OK);
    assert_contains(fixture->said.data, "! folders are nested too deeply\n");
    assert_contains(fixture->said.data, "/e.txt 1\n");
}

static void test_walk__what_is_not_there(void **state) {
    struct fixture *fixture = *state;
    char path[512];
    assert_int_equal(walk(fixture, path_of(fixture, "none", path)), RESULT_OK);
    assert_span(buffer_span(&fixture->said), "/none! No such file or directory\n");
}

static void test_walk__ends_with_the_callers_result(void **state) {
    struct fixture *fixture = *state;
    fixture->answer = RESULT_BUSY;
    make_file(fixture, "a.txt", "1");
    make_file(fixture, "b.txt", "1");
    assert_int_equal(walk(fixture, fixture->root), RESULT_BUSY);
    assert_span(buffer_span(&fixture->said), "/a.txt 1\n");
}

#define walk_test(function) cmocka_unit_test_setup_teardown(function, setup, teardown)

int main(void) {
    const struct CMUnitTest tests[] = {
        walk_test(test_walk__sorted_and_recursive),        walk_test(test_walk__a_file_is_itself),
        walk_test(test_walk__links_back_are_not_followed), walk_test(test_walk__too_deep),
        walk_test(test_walk__what_is_not_there),           walk_test(test_walk__ends_with_the_callers_result),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
