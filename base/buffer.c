#include "base/buffer.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    CAPACITY_FIRST = 256,
    DECIMAL_MAX = 20, /* digits of 2^64 - 1 */
};

void buffer_init(struct buffer *buffer, size_t ceiling) {
    *buffer = (struct buffer){.ceiling = ceiling};
}

void buffer_done(struct buffer *buffer) {
    free(buffer->data);
    buffer_init(buffer, buffer->ceiling);
}

void buffer_clear(struct buffer *buffer) {
    buffer->length = 0;
    buffer->result = RESULT_OK;
    if (buffer->data != NULL)
        buffer->data[0] = '\0';
}

enum result buffer_result(const struct buffer *buffer) {
    return buffer->result;
}

struct span buffer_span(const struct buffer *buffer) {
    return (struct span){buffer->data, buffer->length};
}

char *buffer_take(struct buffer *buffer, size_t *ret_length) {
    char *data = NULL;
    if (buffer->result == RESULT_OK && buffer->length > 0) {
        data = buffer->data;
        *ret_length = buffer->length;
        buffer->data = NULL;
    } else {
        *ret_length = 0;
    }
    buffer_done(buffer);
    return data;
}

/* Makes room for length more bytes and a NUL; false and the sticky error where that cannot be. */
static bool grow(struct buffer *buffer, size_t length) {
    if (buffer->result != RESULT_OK)
        return false;
    size_t most = buffer->ceiling == 0 || buffer->ceiling > SIZE_MAX / 4 ? SIZE_MAX / 4 : buffer->ceiling;
    if (length > most || buffer->length > most - length) {
        buffer->result = buffer->ceiling == 0 ? RESULT_MEMORY : RESULT_TOO_LARGE;
        return false;
    }
    size_t needed = buffer->length + length + 1;
    if (needed <= buffer->capacity)
        return true;
    size_t capacity = buffer->capacity < CAPACITY_FIRST ? CAPACITY_FIRST : buffer->capacity * 2;
    if (buffer->ceiling != 0 && capacity > buffer->ceiling + 1)
        capacity = buffer->ceiling + 1;
    if (capacity < needed)
        capacity = needed;
    char *data = realloc(buffer->data, capacity);
    if (data == NULL) {
        buffer->result = RESULT_MEMORY;
        return false;
    }
    buffer->data = data;
    buffer->capacity = capacity;
    data[buffer->length] = '\0';
    return true;
}

char *buffer_reserve(struct buffer *buffer, size_t length) {
    return grow(buffer, length) ? buffer->data + buffer->length : NULL;
}

void buffer_grown(struct buffer *buffer, size_t length) {
    buffer->length += length;
    buffer->data[buffer->length] = '\0';
}

void buffer_append(struct buffer *buffer, const void *data, size_t length) {
    if (length == 0 || !grow(buffer, length))
        return;
    memcpy(buffer->data + buffer->length, data, length);
    buffer_grown(buffer, length);
}

void buffer_append_span(struct buffer *buffer, struct span span) {
    buffer_append(buffer, span.data, span.length);
}

void buffer_append_char(struct buffer *buffer, char c) {
    if (!grow(buffer, 1))
        return;
    buffer->data[buffer->length] = c;
    buffer_grown(buffer, 1);
}

void buffer_append_string(struct buffer *buffer, const char *string) {
    buffer_append(buffer, string, strlen(string));
}

void buffer_append_uint(struct buffer *buffer, uint64_t value) {
    char digits[DECIMAL_MAX];
    size_t start = sizeof(digits);
    do {
        digits[--start] = (char)('0' + value % 10);
        value /= 10;
    } while (value != 0);
    buffer_append(buffer, digits + start, sizeof(digits) - start);
}

void buffer_append_int(struct buffer *buffer, int64_t value) {
    if (value < 0)
        buffer_append_char(buffer, '-');
    buffer_append_uint(buffer, value < 0 ? 0 - (uint64_t)value : (uint64_t)value);
}

void buffer_print(struct buffer *buffer, const char *format, ...) {
    if (!grow(buffer, 0))
        return;
    va_list arguments;
    va_start(arguments, format);
    int length = vsnprintf(buffer->data + buffer->length, buffer->capacity - buffer->length, format, arguments);
    va_end(arguments);
    if (length < 0) {
        buffer->data[buffer->length] = '\0';
        buffer->result = RESULT_MEMORY;
        return;
    }
    if ((size_t)length >= buffer->capacity - buffer->length) {
        buffer->data[buffer->length] = '\0';
        if (!grow(buffer, (size_t)length))
            return;
        va_start(arguments, format);
        length = vsnprintf(buffer->data + buffer->length, buffer->capacity - buffer->length, format, arguments);
        va_end(arguments);
    }
    buffer_grown(buffer, (size_t)length);
}
