#include "ingest/reader.h"

#include "base/language.h"
#include "base/public_id.h"
#include "base/utf8.h"
#include "ingest/ingest.h"

#include <string.h>

enum { BYLINE_AUTHORS_MAX = 64 }; /* a paper with more names its team instead */

struct span text_one_line(struct arena *arena, struct span text) {
    char *data = arena_alloc(arena, text.length);
    if (!data)
        return (struct span){0};
    size_t length = 0;
    bool pending = false;
    for (size_t at = 0, step = 0; at < text.length; at += step) {
        uint32_t c = utf8_decode(text, at, &step);
        enum utf8_class class = utf8_class_of(c);
        /* Formatting characters (joiners, marks of direction) belong to the words of many scripts. */
        if (class == UTF8_SPACE || c < 0x20 || (c >= 0x7f && c < 0xa0)) {
            pending = length > 0;
            continue;
        }
        if (pending)
            data[length++] = ' ';
        pending = false;
        memcpy(data + length, text.data + at, step);
        length += step;
    }
    return (struct span){data, length};
}

bool moment_believable(struct moment moment, int64_t now) {
    return moment.precision != PRECISION_NONE && moment.seconds >= TIME_MIN && moment.seconds <= now + FUTURE_SECONDS_MAX;
}

bool document_set_url(struct arena *arena, struct document *document, struct span value) {
    struct span url = {0};
    enum result result = url_canonicalize(arena, span_trim(value), &url);
    if (result == RESULT_OK)
        document->url = url;
    return result != RESULT_MEMORY;
}

void document_set_published(struct document *document, struct span value, int64_t now, const char *from) {
    struct moment moment = {0};
    if (!time_parse(span_trim(value), &moment) || !moment_believable(moment, now))
        return;
    document->published = moment;
    document->published_from = from;
}

bool document_set_language(struct arena *arena, struct document *document, struct span value) {
    struct span tag = language_tag(arena, value);
    if (tag.length)
        document->language = tag;
    return !arena_failed(arena);
}

bool document_set_source(struct arena *arena, struct document *document, struct span value) {
    struct span name = text_one_line(arena, value);
    bool address = span_starts_with(name, SPAN("http://")) || span_starts_with(name, SPAN("https://"));
    document->source_name = address ? url_host(name) : name;
    return !arena_failed(arena);
}

static bool is_known(const struct name_list *list, struct span name) {
    for (size_t i = 0; i < list->count; i++)
        if (span_equal(list->items[i], name))
            return true;
    return false;
}

static bool add_name(struct arena *arena, struct name_list *list, struct span name) {
    name = span_trim(name);
    if (name.length == 0 || span_equal_ignore_case(name, SPAN("and")) || list->count == BYLINE_AUTHORS_MAX || is_known(list, name))
        return true;
    struct span *place = arena_push(arena, (void **)&list->items, &list->count, &list->capacity, sizeof *place);
    if (!place)
        return false;
    *place = name;
    return true;
}

/* The length of the separator that begins at the byte; 0 where none does. */
static size_t separator_at(struct span text, size_t at) {
    static const struct span SEPARATORS[] = {SPAN_INIT(", and "), SPAN_INIT(" and "), SPAN_INIT(" & "),
                                             SPAN_INIT(","),      SPAN_INIT(";"),     SPAN_INIT("|")};
    struct span rest = span_slice(text, at, text.length);
    for (size_t i = 0; i < sizeof SEPARATORS / sizeof *SEPARATORS; i++)
        if (rest.length >= SEPARATORS[i].length && span_equal_ignore_case(span_slice(rest, 0, SEPARATORS[i].length), SEPARATORS[i]))
            return SEPARATORS[i].length;
    return 0;
}

bool authors_add(struct arena *arena, struct name_list *list, struct span text) {
    struct span line = text_one_line(arena, text);
    if (line.length > 3 && span_equal_ignore_case(span_slice(line, 0, 3), SPAN("by ")))
        line = span_slice(line, 3, line.length);
    size_t begin = 0;
    for (size_t at = 0; at < line.length;) {
        size_t length = separator_at(line, at);
        if (length > 0 && !add_name(arena, list, span_slice(line, begin, at)))
            return false;
        at += length > 0 ? length : 1;
        begin = length > 0 ? at : begin;
    }
    return add_name(arena, list, span_slice(line, begin, line.length)) && !arena_failed(arena);
}
