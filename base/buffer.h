#ifndef QUOTED_BASE_BUFFER_H
#define QUOTED_BASE_BUFFER_H

/* A growing byte buffer with a ceiling that is stated when it is made and a sticky error: after the first failure (memory or
   ceiling) every append does nothing, and one look at buffer_result at the end tells. Not thread-safe. */

#include "base/result.h"
#include "base/span.h"

struct buffer {
    char *data; /* owned; always NUL-terminated when not NULL */
    size_t length;
    size_t capacity;
    size_t ceiling; /* bytes; 0: none */
    enum result result;
};

void buffer_init(struct buffer *buffer, size_t ceiling);
void buffer_done(struct buffer *buffer);                /* frees; the buffer is empty and usable again */
void buffer_clear(struct buffer *buffer);               /* length 0, error forgotten, memory kept */
enum result buffer_result(const struct buffer *buffer); /* RESULT_OK, RESULT_MEMORY or RESULT_TOO_LARGE */
struct span buffer_span(const struct buffer *buffer);   /* borrowed until the next append */
/* Gives the bytes away: the caller frees them with free(). NULL when empty or failed. */
char *buffer_take(struct buffer *buffer, size_t *ret_length);

void buffer_append(struct buffer *buffer, const void *data, size_t length);
void buffer_append_span(struct buffer *buffer, struct span span);
void buffer_append_char(struct buffer *buffer, char c);
void buffer_append_string(struct buffer *buffer, const char *string);
void buffer_append_uint(struct buffer *buffer, uint64_t value);
void buffer_append_int(struct buffer *buffer, int64_t value);
void buffer_print(struct buffer *buffer, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* Room for at least length more bytes; returns the place to write or NULL. buffer_grown then says how many were written. */
char *buffer_reserve(struct buffer *buffer, size_t length);
void buffer_grown(struct buffer *buffer, size_t length);

#endif
