#include "base/log.h"

#include "base/time.h"
#include "base/utf8.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum {
    LINE_MAX_BYTES = 4096, /* PIPE_BUF: up to here a pipe too takes a line whole */
    MESSAGE_MAX = 2048,
    QUOTED_MAX = 3072, /* where the message ends at most, so that pairs have room behind it */
    ESCAPE_ROOM = 8,   /* the longest escape, the closing quotation mark and the line's end */
};

static const char *const level_names[] = {
    [LOG_LEVEL_ERROR] = "error",
    [LOG_LEVEL_WARNING] = "warning",
    [LOG_LEVEL_INFO] = "info",
    [LOG_LEVEL_DEBUG] = "debug",
};
enum { LEVEL_COUNT = sizeof(level_names) / sizeof(level_names[0]) };

static _Atomic(enum log_level) log_level = LOG_LEVEL_INFO;

/* Held while a line is written too, so that a reopening cannot close the file under it. */
static pthread_mutex_t log_mutex = PTHREAD_MUTEX_INITIALIZER;
static int log_file = STDERR_FILENO;
static char *log_path; /* owned; NULL: standard error */

void log_set_level(enum log_level level) {
    atomic_store_explicit(&log_level, level, memory_order_relaxed);
}

bool log_level_parse(struct span name, enum log_level *ret) {
    for (int i = 0; i < LEVEL_COUNT; i++)
        if (span_equal(name, span_of(level_names[i]))) {
            *ret = (enum log_level)i;
            return true;
        }
    return false;
}

static void close_file(int file) {
    if (file != STDERR_FILENO)
        close(file);
}

static int open_file(const char *path) {
    return open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC | O_NOCTTY, 0640);
}

bool log_open(const char *path) {
    int file = STDERR_FILENO;
    char *copy = NULL;
    if (path != NULL) {
        copy = strdup(path);
        if (copy == NULL)
            return false;
        file = open_file(path);
        if (file < 0) {
            free(copy);
            return false;
        }
    }
    pthread_mutex_lock(&log_mutex);
    close_file(log_file);
    free(log_path);
    log_file = file;
    log_path = copy;
    pthread_mutex_unlock(&log_mutex);
    return true;
}

bool log_reopen(void) {
    bool done = true;
    int failure = 0;
    pthread_mutex_lock(&log_mutex);
    if (log_path != NULL) {
        int file = open_file(log_path);
        done = file >= 0;
        failure = errno;
        if (done) {
            close_file(log_file);
            log_file = file;
        }
    }
    pthread_mutex_unlock(&log_mutex);
    if (!done)
        errno = failure;
    return done;
}

/* Adds text between quotation marks so that no byte of it can end the line or move a terminal's cursor. What
   would pass limit is left out. */
static size_t add_quoted(char *line, size_t at, size_t limit, struct span text) {
    static const char hex[] = "0123456789abcdef";
    line[at++] = '"';
    size_t length;
    for (size_t i = 0; i < text.length && at + ESCAPE_ROOM < limit; i += length) {
        uint32_t character = utf8_decode(text, i, &length);
        unsigned char byte = (unsigned char)text.data[i];
        bool ill_formed = byte >= 0x80 && length == 1;
        bool control = character < 0x20 || character == 0x7F || (character >= 0x80 && character < 0xA0);
        if (character == '"' || character == '\\') {
            line[at++] = '\\';
            line[at++] = (char)byte;
        } else if (character == '\n') {
            line[at++] = '\\';
            line[at++] = 'n';
        } else if (control || ill_formed) {
            unsigned char shown = ill_formed ? byte : (unsigned char)character;
            memcpy(line + at, "\\x", 2);
            line[at + 2] = hex[shown >> 4];
            line[at + 3] = hex[shown & 0xF];
            at += 4;
        } else {
            memcpy(line + at, text.data + i, length);
            at += length;
        }
    }
    line[at++] = '"';
    return at;
}

static void write_line(const char *line, size_t length) {
    pthread_mutex_lock(&log_mutex);
    ssize_t written;
    do
        written = write(log_file, line, length);
    while (written < 0 && errno == EINTR);
    pthread_mutex_unlock(&log_mutex);
}

static void log_message(enum log_level level, struct span pairs, struct span message) {
    char line[LINE_MAX_BYTES];
    char now[RFC3339_LENGTH + 1];
    time_format_rfc3339(time_now(), now);
    size_t at = (size_t)snprintf(line, sizeof(line), "time=%s level=%s message=", now, level_names[level]);
    at = add_quoted(line, at, QUOTED_MAX, message);
    if (pairs.length > 0 && pairs.length < LINE_MAX_BYTES - 1 - at) {
        memcpy(line + at, pairs.data, pairs.length);
        at += pairs.length;
    }
    line[at++] = '\n';
    write_line(line, at);
}

static void log_format(enum log_level level, struct span pairs, const char *format, va_list arguments) {
    int saved = errno;
    char message[MESSAGE_MAX];
    int length = vsnprintf(message, sizeof(message), format, arguments);
    log_message(level, pairs, (struct span){message, length < 0 ? 0 : strlen(message)});
    errno = saved;
}

static bool is_wanted(enum log_level level) {
    return level <= atomic_load_explicit(&log_level, memory_order_relaxed);
}

void log_line(enum log_level level, const char *format, ...) {
    if (!is_wanted(level))
        return;
    va_list arguments;
    va_start(arguments, format);
    log_format(level, (struct span){NULL, 0}, format, arguments);
    va_end(arguments);
}

void log_line_with(enum log_level level, struct span pairs, const char *format, ...) {
    if (!is_wanted(level))
        return;
    va_list arguments;
    va_start(arguments, format);
    log_format(level, pairs, format, arguments);
    va_end(arguments);
}

void log_pair(struct buffer *pairs, const char *key, struct span value) {
    char quoted[LINE_MAX_BYTES];
    size_t length = add_quoted(quoted, 0, sizeof(quoted), value);
    buffer_append_char(pairs, ' ');
    buffer_append_string(pairs, key);
    buffer_append_char(pairs, '=');
    buffer_append(pairs, quoted, length);
}
