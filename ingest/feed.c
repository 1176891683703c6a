#include "ingest/feed.h"

#include "base/buffer.h"
#include "base/cleanup.h"
#include "base/utf8.h"
#include "ingest/format.h"
#include "ingest/input.h"
#include "ingest/json_split.h"
#include "ingest/walk.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

bool feed_stopped(const struct feed *feed) {
    return feed->stop && *feed->stop;
}

uint64_t feed_bytes_read(const struct feed *feed) {
    return feed->bytes_done + (feed->current ? feed->current->bytes_read : 0);
}

enum result feed_refuse(struct feed *feed, const char *path, uint64_t line, uint64_t item, struct error *error, const char *format, ...) {
    char reason[ERROR_MESSAGE_MAX];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(reason, sizeof reason, format, arguments);
    va_end(arguments);
    const struct ingest_refusal refusal = {.path = path, .line = line, .item = item, .reason = reason};
    return feed->refuse(feed->context, &refusal, error);
}

/* A failure to read condemns the file; everything else the run. */
static bool condemns_file(enum result result) {
    return result == RESULT_INVALID || result == RESULT_IO || result == RESULT_TOO_LARGE;
}

static enum result feed_whole(struct feed *feed, struct input *input, enum ingest_format format, struct error *error) {
    CLEANUP(buffer_done) struct buffer bytes;
    buffer_init(&bytes, 0);
    struct error why = {0};
    enum result result = input_read_all(input, feed->file_bytes_max, &bytes, &why);
    if (condemns_file(result))
        return feed_refuse(feed, input->path, 0, 0, error, "%s", why.message);
    if (result != RESULT_OK)
        return error_set(error, result, "%s: %s", input->path, why.message);
    const struct ingest_item item = {.bytes = buffer_span(&bytes), .format = format, .path = input->path};
    return feed->take(feed->context, &item, error);
}

/* JSON in UTF-16 is rare enough to be held in memory whole. */
static enum result feed_utf16_json(struct feed *feed, struct input *input, struct error *error) {
    CLEANUP(buffer_done) struct buffer bytes;
    buffer_init(&bytes, 0);
    CLEANUP(arena_done) struct arena arena;
    arena_init(&arena, 0);
    struct error why = {0};
    enum result result = input_read_all(input, feed->file_bytes_max, &bytes, &why);
    struct span text = {0};
    enum utf8_origin origin;
    if (result == RESULT_OK)
        result = utf8_repair(&arena, buffer_span(&bytes), &text, &origin, &why);
    if (condemns_file(result))
        return feed_refuse(feed, input->path, 0, 0, error, "%s", why.message);
    if (result != RESULT_OK)
        return error_set(error, result, "%s: %s", input->path, why.message);
    struct input converted;
    input_memory(text, input->path, &converted);
    return json_split(feed, &converted, error);
}

static enum result feed_by_format(struct feed *feed, struct input *input, struct error *error) {
    struct error why = {0};
    struct span head = {0};
    enum ingest_format format = FORMAT_AUTO;
    enum result result = input_head(input, &head, &why);
    if (result == RESULT_OK)
        result = format_detect(span_of(input->path), head, feed->format, &format, &why);
    if (condemns_file(result))
        return feed_refuse(feed, input->path, 0, 0, error, "%s", why.message);
    if (result != RESULT_OK)
        return error_set(error, result, "%s: %s", input->path, why.message);
    if (format != FORMAT_JSON)
        return feed_whole(feed, input, format, error);
    return format_is_utf16(head) ? feed_utf16_json(feed, input, error) : json_split(feed, input, error);
}

static enum result feed_input(struct feed *feed, struct input *input, struct error *error) {
    feed->current = input;
    enum result result = feed_by_format(feed, input, error);
    feed->current = NULL;
    feed->bytes_done += input->bytes_read;
    return result;
}

static enum result feed_file(void *context, const char *path, uint64_t size, struct error *error) {
    (void)size;
    struct feed *feed = context;
    if (feed_stopped(feed))
        return error_set(error, RESULT_DEADLINE, "stopped before %s", path);
    CLEANUP(input_close) struct input input;
    struct error why = {0};
    enum result result = input_open(path, feed->stop, &input, &why);
    if (result != RESULT_OK)
        return feed_refuse(feed, path, 0, 0, error, "%s", why.message);
    return feed_input(feed, &input, error);
}

static enum result refuse_path(void *context, const char *path, const char *reason, struct error *error) {
    return feed_refuse(context, path, 0, 0, error, "%s", reason);
}

enum result feed_path(struct feed *feed, const char *path, struct error *error) {
    if (strcmp(path, "-") == 0)
        return feed_file(feed, path, 0, error);
    const struct walk walk = {.file = feed_file, .refuse = refuse_path, .context = feed};
    return walk_path(&walk, path, error);
}

enum result feed_memory(struct feed *feed, struct span bytes, const char *path, struct error *error) {
    struct input input;
    input_memory(bytes, path, &input);
    return feed_input(feed, &input, error);
}
