#ifndef QUOTED_BASE_RESULT_H
#define QUOTED_BASE_RESULT_H

/* How every fallible function of quoted answers: one closed set of results, and beside it a message for a person.
   Libraries (base, extract, ingest, db) fill the message and never log; cli and server print it once. Thread rule: values only. */

#include <stddef.h>

enum result {
    RESULT_OK = 0,
    RESULT_NOT_FOUND, /* what was asked for is not there */
    RESULT_INVALID,   /* the input is not what it must be */
    RESULT_TOO_LARGE, /* a named limit was passed */
    RESULT_CONFLICT,  /* the state forbids it: a newer schema, a read-only store */
    RESULT_BUSY,      /* somebody else holds it; trying again may help */
    RESULT_DEADLINE,  /* the time that was allowed is over, or the work was cancelled */
    RESULT_MEMORY,    /* allocation failed */
    RESULT_IO,        /* the operating system refused: permission, full disk, broken pipe */
    RESULT_CORRUPT,   /* stored data contradicts itself */
};

enum { ERROR_MESSAGE_MAX = 512 }; /* bytes with the closing NUL; longer messages are cut at a character */

struct error {
    enum result result;
    char message[ERROR_MESSAGE_MAX];
};

/* The result in a word ("not found"), static. */
const char *result_name(enum result result);

/* Stores result and a printf-style message in error (which may be NULL) and returns result. */
enum result error_set(struct error *error, enum result result, const char *format, ...) __attribute__((format(printf, 3, 4)));

/* Puts a printf-style prefix and ": " before the message that error holds; returns its result. error may not be NULL. */
enum result error_prefix(struct error *error, const char *format, ...) __attribute__((format(printf, 2, 3)));

#define MUST_USE __attribute__((warn_unused_result))

#endif
