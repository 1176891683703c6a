#define _GNU_SOURCE /* memmem: linear also for hostile needles */
#include "base/span.h"

#include <string.h>

struct span span_of(const char *string) {
    return string == NULL ? (struct span){NULL, 0} : (struct span){string, strlen(string)};
}

struct span span_slice(struct span span, size_t start, size_t end) {
    if (end > span.length)
        end = span.length;
    if (start > end)
        start = end;
    return span.data == NULL ? span : (struct span){span.data + start, end - start};
}

bool span_equal(struct span a, struct span b) {
    return a.length == b.length && (a.length == 0 || memcmp(a.data, b.data, a.length) == 0);
}

static unsigned char ascii_lower(char c) {
    unsigned char byte = (unsigned char)c;
    return byte >= 'A' && byte <= 'Z' ? (unsigned char)(byte | 0x20) : byte;
}

bool span_equal_ignore_case(struct span a, struct span b) {
    if (a.length != b.length)
        return false;
    for (size_t i = 0; i < a.length; i++)
        if (ascii_lower(a.data[i]) != ascii_lower(b.data[i]))
            return false;
    return true;
}

int span_compare(struct span a, struct span b) {
    size_t common = a.length < b.length ? a.length : b.length;
    int order = common == 0 ? 0 : memcmp(a.data, b.data, common);
    return order != 0 ? order : (a.length > b.length) - (a.length < b.length);
}

bool span_starts_with(struct span span, struct span prefix) {
    return prefix.length <= span.length && span_equal(span_slice(span, 0, prefix.length), prefix);
}

bool span_ends_with(struct span span, struct span suffix) {
    return suffix.length <= span.length && span_equal(span_slice(span, span.length - suffix.length, span.length), suffix);
}

static bool is_white_space(char c) {
    return c == ' ' || (c >= '\t' && c <= '\r');
}

struct span span_trim(struct span span) {
    size_t start = 0;
    size_t end = span.length;
    while (start < end && is_white_space(span.data[start]))
        start++;
    while (end > start && is_white_space(span.data[end - 1]))
        end--;
    return span_slice(span, start, end);
}

size_t span_find(struct span haystack, struct span needle, size_t from) {
    if (from > haystack.length || needle.length > haystack.length - from)
        return SIZE_MAX;
    if (needle.length == 0)
        return from;
    const char *found = memmem(haystack.data + from, haystack.length - from, needle.data, needle.length);
    return found == NULL ? SIZE_MAX : (size_t)(found - haystack.data);
}

bool span_split(struct span *rest, char separator, struct span *ret_piece) {
    if (rest->data == NULL)
        return false;
    const char *found = rest->length == 0 ? NULL : memchr(rest->data, separator, rest->length);
    if (found == NULL) {
        *ret_piece = *rest;
        *rest = (struct span){NULL, 0};
        return true;
    }
    size_t length = (size_t)(found - rest->data);
    *ret_piece = span_slice(*rest, 0, length);
    *rest = span_slice(*rest, length + 1, rest->length);
    return true;
}
