#include "base/result.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static const char *const result_names[] = {
    [RESULT_OK] = "ok",
    [RESULT_NOT_FOUND] = "not found",
    [RESULT_INVALID] = "invalid",
    [RESULT_TOO_LARGE] = "too large",
    [RESULT_CONFLICT] = "conflict",
    [RESULT_BUSY] = "busy",
    [RESULT_DEADLINE] = "deadline passed",
    [RESULT_MEMORY] = "out of memory",
    [RESULT_IO] = "input or output failed",
    [RESULT_CORRUPT] = "corrupt",
};

const char *result_name(enum result result) {
    size_t index = (size_t)result;
    return index < sizeof(result_names) / sizeof(result_names[0]) ? result_names[index] : "unknown";
}

/* Formats into out and, where the text does not fit, ends it before the character that was cut. */
static void print_cut(char out[ERROR_MESSAGE_MAX], const char *format, va_list arguments) {
    int length = vsnprintf(out, ERROR_MESSAGE_MAX, format, arguments);
    if (length < 0) {
        out[0] = '\0';
        return;
    }
    if (length < ERROR_MESSAGE_MAX)
        return;
    size_t end = ERROR_MESSAGE_MAX - 1;
    size_t start = end;
    while (start > 0 && end - start < 3 && ((unsigned char)out[start - 1] & 0xC0) == 0x80)
        start--;
    if (start > 0 && (unsigned char)out[start - 1] >= 0xC0) {
        unsigned char lead = (unsigned char)out[start - 1];
        size_t needed = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
        if (end - (start - 1) < needed)
            out[start - 1] = '\0';
    }
}

enum result error_set(struct error *error, enum result result, const char *format, ...) {
    if (error == NULL)
        return result;
    /* Formatted aside, because an argument may be the message itself. */
    char message[ERROR_MESSAGE_MAX];
    va_list arguments;
    va_start(arguments, format);
    print_cut(message, format, arguments);
    va_end(arguments);
    error->result = result;
    memcpy(error->message, message, strlen(message) + 1);
    return result;
}

enum result error_prefix(struct error *error, const char *format, ...) {
    char prefix[ERROR_MESSAGE_MAX];
    va_list arguments;
    va_start(arguments, format);
    print_cut(prefix, format, arguments);
    va_end(arguments);
    return error_set(error, error->result, "%s: %s", prefix, error->message);
}
