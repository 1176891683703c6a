#ifndef QUOTED_TESTS_BASE_CHECK_H
#define QUOTED_TESTS_BASE_CHECK_H

/* What the unit tests of base share: cmocka with the headers that it wants before it, and spans compared with texts. */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/span.h"

static inline void check_span(struct span actual, struct span expected, const char *file, int line) {
    if (!span_equal(actual, expected)) {
        print_error("got      \"%.*s\"\nexpected \"%.*s\"\n", SPAN_PRINT(actual), SPAN_PRINT(expected));
        _fail(file, line);
    }
}
#define assert_span(actual, literal) check_span(actual, SPAN(literal), __FILE__, __LINE__)

#endif
