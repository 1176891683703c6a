#ifndef QUOTED_TESTS_INGEST_CHECK_H
#define QUOTED_TESTS_INGEST_CHECK_H

/* What the unit tests of ingest share: cmocka with the headers that it wants before it, spans compared with texts, and an arena a test. */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/result.h"
#include "base/span.h"

#include <stdlib.h>
#include <string.h>

static inline void check_span(struct span actual, struct span expected, const char *file, int line) {
    if (!span_equal(actual, expected)) {
        print_error("got      \"%.*s\"\nexpected \"%.*s\"\n", SPAN_PRINT(actual), SPAN_PRINT(expected));
        _fail(file, line);
    }
}
#define assert_span(actual, literal) check_span(actual, SPAN(literal), __FILE__, __LINE__)

static inline void check_contains(const char *text, const char *part, const char *file, int line) {
    if (!strstr(text, part)) {
        print_error("\"%s\"\ndoes not contain \"%s\"\n", text, part);
        _fail(file, line);
    }
}
#define assert_contains(text, part) check_contains(text, part, __FILE__, __LINE__)

static inline int arena_setup(void **state) {
    struct arena *arena = malloc(sizeof *arena);
    if (!arena)
        return -1;
    arena_init(arena, 0);
    *state = arena;
    return 0;
}

static inline int arena_teardown(void **state) {
    arena_done(*state);
    free(*state);
    return 0;
}

#define arena_test(function) cmocka_unit_test_setup_teardown(function, arena_setup, arena_teardown)

enum { NOW = 1800000000 }; /* 2027-01-15: the tests' clock */

#endif
