#ifndef QUOTED_BASE_CLEANUP_H
#define QUOTED_BASE_CLEANUP_H

/* Cleanup variables: a foreign object lives in a variable with CLEANUP(function) and leaves only through TAKE(). */

#include <stdlib.h>

#define CLEANUP(function) __attribute__((cleanup(function)))

/* The pointer's value; the variable is NULL afterwards. */
#define TAKE(pointer)                                                                                                                      \
    __extension__({                                                                                                                        \
        __typeof__(pointer) take_value_ = (pointer);                                                                                       \
        (pointer) = NULL;                                                                                                                  \
        take_value_;                                                                                                                       \
    })

static inline void cleanup_free(void *pointer) {
    free(*(void **)pointer);
}
#define CLEANUP_FREE CLEANUP(cleanup_free)

#endif
