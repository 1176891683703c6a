#include "server/target.h"

#include "base/utf8.h"

#include <string.h>

static int hex_value(char c) {
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    if (c >= 'A' && c <= 'F')
        return c - 'A' + 10;
    return -1;
}

/* RESULT_INVALID on a bad escape, a NUL, or what is not UTF-8. plus_is_space: as HTML forms encode (query only). */
static enum result percent_decode(struct arena *arena, struct span raw, bool plus_is_space, struct span *ret) {
    char *out = arena_alloc(arena, raw.length + 1);
    if (!out)
        return RESULT_MEMORY;
    size_t length = 0;
    for (size_t i = 0; i < raw.length; i++) {
        char c = raw.data[i];
        if (c == '%') {
            int high = i + 2 < raw.length ? hex_value(raw.data[i + 1]) : -1;
            int low = high >= 0 ? hex_value(raw.data[i + 2]) : -1;
            if (low < 0)
                return RESULT_INVALID;
            c = (char)(high * 16 + low);
            i += 2;
        } else if (c == '+' && plus_is_space) {
            c = ' ';
        }
        if (c == '\0')
            return RESULT_INVALID;
        out[length++] = c;
    }
    struct span decoded = {out, length};
    if (!utf8_valid(decoded, NULL))
        return RESULT_INVALID;
    *ret = decoded;
    return RESULT_OK;
}

/* The path and query of an absolute-form target (RFC 9112 section 3.2.2), else the target as it is. */
static struct span without_authority(struct span raw) {
    static const char *const schemes[] = {"http://", "https://"};
    for (size_t i = 0; i < 2; i++) {
        size_t length = strlen(schemes[i]);
        if (raw.length < length || !span_equal_ignore_case(span_slice(raw, 0, length), span_of(schemes[i])))
            continue;
        size_t end = length;
        while (end < raw.length && raw.data[end] != '/' && raw.data[end] != '?')
            end++;
        return span_slice(raw, end, raw.length);
    }
    return raw;
}

static enum result parse_path(struct arena *arena, struct span path, struct target *target, struct error *error) {
    target->path = path;
    if (path.length == 0 || path.data[0] != '/')
        return error_set(error, RESULT_INVALID, "The path does not begin with a slash.");
    struct span rest = span_slice(path, 1, path.length);
    target->trailing_slash = rest.length > 0 && rest.data[rest.length - 1] == '/';
    if (target->trailing_slash)
        rest.length--;
    struct span piece;
    while (path.length > 1 && span_split(&rest, '/', &piece)) {
        struct span decoded = {0};
        enum result result = percent_decode(arena, piece, false, &decoded);
        if (result == RESULT_INVALID)
            return error_set(error, result, "A segment of the path holds a bad percent escape, a NUL or bytes that are not UTF-8.");
        if (result != RESULT_OK)
            return result;
        if (target->segment_count < PATH_SEGMENTS_MAX)
            target->segments[target->segment_count] = decoded;
        target->segment_count++;
    }
    return RESULT_OK;
}

static enum result decode_pair(struct arena *arena, struct span piece, struct query_pair *ret) {
    size_t equals = span_find(piece, SPAN("="), 0);
    *ret = (struct query_pair){.name = piece, .has_value = equals != SIZE_MAX};
    if (ret->has_value) {
        ret->name = span_slice(piece, 0, equals);
        ret->value = span_slice(piece, equals + 1, piece.length);
    }
    struct span name = {0};
    struct span value = {0};
    enum result result = percent_decode(arena, ret->name, true, &name);
    if (result == RESULT_OK)
        ret->name = name;
    if (result == RESULT_OK)
        result = percent_decode(arena, ret->value, true, &value);
    /* Composed, as the store's texts are: é must find é however it was typed. */
    if (result == RESULT_OK)
        result = utf8_normalize(arena, value, &ret->value);
    ret->malformed = result == RESULT_INVALID;
    return ret->malformed ? RESULT_OK : result;
}

static enum result parse_query(struct arena *arena, struct span query, struct target *target) {
    struct query_pair *pairs = NULL;
    size_t stored = 0;
    size_t capacity = 0;
    struct span piece;
    while (span_split(&query, '&', &piece)) {
        if (piece.length == 0)
            continue;
        target->pair_count++;
        if (stored == QUERY_PAIRS_MAX)
            continue;
        struct query_pair *pair = arena_push(arena, (void **)&pairs, &stored, &capacity, sizeof *pair);
        if (!pair)
            return RESULT_MEMORY;
        enum result result = decode_pair(arena, piece, pair);
        if (result != RESULT_OK)
            return result;
    }
    target->pairs = pairs;
    return RESULT_OK;
}

enum result target_parse(struct arena *arena, struct span raw, struct target *ret, struct error *error) {
    if (raw.length > TARGET_BYTES_MAX)
        return error_set(error, RESULT_TOO_LARGE, "Path and query may have %d bytes.", TARGET_BYTES_MAX);
    struct target target = {0};
    if (span_equal(raw, SPAN("*"))) {
        target.path = raw;
        target.is_asterisk = true;
        *ret = target;
        return RESULT_OK;
    }
    struct span rest = without_authority(raw);
    size_t mark = span_find(rest, SPAN("?"), 0);
    struct span path = mark == SIZE_MAX ? rest : span_slice(rest, 0, mark);
    struct span query = mark == SIZE_MAX ? (struct span){0} : span_slice(rest, mark + 1, rest.length);
    if (path.length == 0 && rest.data != raw.data)
        path = SPAN("/");
    enum result result = parse_path(arena, path, &target, error);
    if (result == RESULT_OK && query.length)
        result = parse_query(arena, query, &target);
    if (result == RESULT_OK)
        *ret = target;
    return result;
}

struct span percent_encode(struct arena *arena, struct span text) {
    static const char digits[] = "0123456789ABCDEF";
    char *out = arena_alloc(arena, text.length * 3 + 1);
    if (!out)
        return (struct span){0};
    size_t length = 0;
    for (size_t i = 0; i < text.length; i++) {
        unsigned char byte = (unsigned char)text.data[i];
        bool alphanumeric = (byte >= '0' && byte <= '9') || (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z');
        if (alphanumeric || byte == '-' || byte == '.' || byte == '_' || byte == '~') {
            out[length++] = (char)byte;
        } else {
            out[length++] = '%';
            out[length++] = digits[byte >> 4];
            out[length++] = digits[byte & 15];
        }
    }
    return (struct span){out, length};
}
