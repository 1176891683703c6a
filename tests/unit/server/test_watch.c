#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <sys/socket.h>
#include <unistd.h>

#include "server/watch.h"

struct fixture {
    struct watch *watch;
    int sockets[2]; /* ours, and the client's */
};

static int setup(void **state) {
    static struct fixture fixture;
    fixture = (struct fixture){0};
    assert_int_equal(watch_start(&fixture.watch), RESULT_OK);
    assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM, 0, fixture.sockets), 0);
    *state = &fixture;
    return 0;
}

static int teardown(void **state) {
    struct fixture *fixture = *state;
    (void)close(fixture->sockets[0]);
    (void)close(fixture->sockets[1]);
    watch_stop(fixture->watch);
    return 0;
}

static void test_watch__shuts_down_what_is_due(void **state) {
    struct fixture *fixture = *state;
    struct watched *watched = watch_add(fixture->watch, fixture->sockets[0]);
    assert_non_null(watched);
    watch_allow(watched, 0);
    char byte;
    assert_int_equal(read(fixture->sockets[1], &byte, 1), 0); /* waits for the end */
    watch_remove(fixture->watch, watched);
}

static void test_watch__leaves_alone_what_has_time(void **state) {
    struct fixture *fixture = *state;
    int others[2];
    assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM, 0, others), 0);
    struct watched *patient = watch_add(fixture->watch, fixture->sockets[0]);
    struct watched *due = watch_add(fixture->watch, others[0]);
    watch_allow(patient, 3600000);
    watch_allow(due, 0);
    char byte = 'x';
    assert_int_equal(read(others[1], &byte, 1), 0); /* the watch has looked around */
    assert_int_equal(write(fixture->sockets[0], "y", 1), 1);
    assert_int_equal(read(fixture->sockets[1], &byte, 1), 1);
    assert_int_equal(byte, 'y');
    watch_remove(fixture->watch, due);
    watch_remove(fixture->watch, patient);
    (void)close(others[0]);
    (void)close(others[1]);
}

static void test_watch__takes_null(void **state) {
    struct fixture *fixture = *state;
    watch_allow(NULL, 5);
    watch_remove(fixture->watch, NULL);
    watch_stop(NULL);
}

int main(void) {
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
    const struct CMUnitTest tests[] = {
        TEST(test_watch__shuts_down_what_is_due),
        TEST(test_watch__leaves_alone_what_has_time),
        TEST(test_watch__takes_null),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
