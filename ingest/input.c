#include "ingest/input.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { READ_BYTES = 256 << 10 }; /* large enough that system calls cost nothing beside the work on the bytes */

static const char *kind_of(mode_t mode) {
    if (S_ISDIR(mode))
        return "a folder, not a file";
    if (S_ISFIFO(mode))
        return "a named pipe, not a file (\"-\" reads standard input)";
    if (S_ISSOCK(mode))
        return "a socket, not a file";
    return "a device, not a file";
}

static enum result open_file(struct input *input, struct error *error) {
    /* Non-blocking, so that a named pipe without a writer is refused instead of waited for; it changes nothing for regular files. */
    input->fd = open(input->path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
    if (input->fd < 0)
        return error_set(error, errno == ENXIO ? RESULT_INVALID : RESULT_IO, "%s",
                         errno == ENXIO ? "a socket or device, not a file" : strerror(errno));
    input->owns_fd = true;
    struct stat status;
    if (fstat(input->fd, &status) != 0)
        return error_set(error, RESULT_IO, "%s", strerror(errno));
    if (!S_ISREG(status.st_mode))
        return error_set(error, RESULT_INVALID, "%s", kind_of(status.st_mode));
    input->size = (uint64_t)status.st_size;
    return RESULT_OK;
}

enum result input_open(const char *path, const atomic_int *stop, struct input *ret, struct error *error) {
    *ret = (struct input){.path = path, .fd = -1, .stop = stop};
    if (strcmp(path, "-") != 0)
        return open_file(ret, error);
    ret->fd = STDIN_FILENO;
    struct stat status;
    if (fstat(ret->fd, &status) != 0)
        return error_set(error, RESULT_IO, "%s", strerror(errno));
    if (S_ISDIR(status.st_mode))
        return error_set(error, RESULT_INVALID, "%s", kind_of(status.st_mode));
    return RESULT_OK;
}

void input_memory(struct span bytes, const char *path, struct input *ret) {
    *ret = (struct input){.path = path, .fd = -1, .memory = bytes, .size = bytes.length};
}

void input_close(struct input *input) {
    if (input->owns_fd)
        close(input->fd);
    input->fd = -1;
    input->owns_fd = false;
}

static bool stopped(const struct input *input) {
    return input->stop && *input->stop;
}

static enum result read_some(struct input *input, char *data, size_t size, size_t *ret_length, struct error *error) {
    if (input->fd < 0) {
        size_t length = size < input->memory.length ? size : input->memory.length;
        if (length > 0)
            memcpy(data, input->memory.data, length);
        input->memory = span_slice(input->memory, length, input->memory.length);
        input->bytes_read += length;
        *ret_length = length;
        return RESULT_OK;
    }
    for (;;) {
        if (stopped(input))
            return error_set(error, RESULT_DEADLINE, "stopped");
        ssize_t got = read(input->fd, data, size);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return error_set(error, RESULT_IO, "%s", strerror(errno));
        input->bytes_read += (uint64_t)got;
        *ret_length = (size_t)got;
        return RESULT_OK;
    }
}

enum result input_head(struct input *input, struct span *ret, struct error *error) {
    while (input->head_length < sizeof input->head) {
        size_t got = 0;
        enum result result = read_some(input, input->head + input->head_length, sizeof input->head - input->head_length, &got, error);
        if (result != RESULT_OK)
            return result;
        if (got == 0)
            break;
        input->head_length += got;
    }
    *ret = (struct span){input->head, input->head_length};
    return RESULT_OK;
}

enum result input_read(struct input *input, char *data, size_t size, size_t *ret_length, struct error *error) {
    size_t ahead = input->head_length - input->head_used;
    if (ahead == 0)
        return read_some(input, data, size, ret_length, error);
    *ret_length = size < ahead ? size : ahead;
    memcpy(data, input->head + input->head_used, *ret_length);
    input->head_used += *ret_length;
    return RESULT_OK;
}

static enum result too_large(uint64_t bytes_max, struct error *error) {
    return error_set(error, RESULT_TOO_LARGE, "larger than %llu bytes, the most that a text file may have (--max-file-size)",
                     (unsigned long long)bytes_max);
}

enum result input_read_all(struct input *input, uint64_t bytes_max, struct buffer *ret, struct error *error) {
    if (input->size > bytes_max)
        return too_large(bytes_max, error);
    for (;;) {
        char *place = buffer_reserve(ret, READ_BYTES);
        if (!place)
            return error_set(error, RESULT_MEMORY, "out of memory");
        size_t got = 0;
        enum result result = input_read(input, place, READ_BYTES, &got, error);
        if (result != RESULT_OK)
            return result;
        if (got == 0)
            return RESULT_OK;
        buffer_grown(ret, got);
        if (ret->length > bytes_max)
            return too_large(bytes_max, error);
    }
}
