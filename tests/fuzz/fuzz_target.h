#ifndef QUOTED_TESTS_FUZZ_TARGET_H
#define QUOTED_TESTS_FUZZ_TARGET_H

/* What fuzz targets share: the entry point's prototype, and a check that holds also where NDEBUG is set. */

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/span.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define CHECK(condition)                                                                                                                   \
    do {                                                                                                                                   \
        if (!(condition)) {                                                                                                                \
            fprintf(stderr, "%s:%d: not true: %s\n", __FILE__, __LINE__, #condition);                                                      \
            abort();                                                                                                                       \
        }                                                                                                                                  \
    } while (0)

static inline struct span input_span(const uint8_t *data, size_t size) {
    return (struct span){(const char *)data, size};
}

#endif
