#include "base/json.h"

#include "base/time.h"
#include "base/utf8.h"

#include <assert.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

enum {
    ESCAPE_BYTES = 6,  /* "\u001f" */
    DECIMALS_MAX = 17, /* more digits than a double has */
    REAL_BYTES = 352,  /* the largest double has 309 digits before the point */
    INDENT_SPACES = 2,
};

static bool must_escape(unsigned char byte) {
    return byte < 0x20 || byte == '"' || byte == '\\';
}

void json_writer_init(struct json_writer *writer, struct buffer *out, bool pretty) {
    *writer = (struct json_writer){.out = out, .pretty = pretty};
}

static void new_line(struct json_writer *writer) {
    static const char spaces[1 + JSON_DEPTH_MAX * INDENT_SPACES] = "\n                                                                ";
    buffer_append(writer->out, spaces, 1 + (size_t)writer->depth * INDENT_SPACES);
}

/* What stands between the value or key that comes now and what was before it. */
static void separate(struct json_writer *writer) {
    if (writer->after_key) {
        writer->after_key = false;
        return;
    }
    if (writer->depth == 0)
        return;
    bool *has_items = &writer->has_items[writer->depth - 1];
    if (*has_items)
        buffer_append_char(writer->out, ',');
    *has_items = true;
    if (writer->pretty)
        new_line(writer);
}

static void begin(struct json_writer *writer, char bracket) {
    separate(writer);
    assert(writer->depth < JSON_DEPTH_MAX);
    buffer_append_char(writer->out, bracket);
    writer->has_items[writer->depth++] = false;
}

static void end(struct json_writer *writer, char bracket) {
    assert(writer->depth > 0 && !writer->after_key);
    writer->depth--;
    if (writer->pretty && writer->has_items[writer->depth])
        new_line(writer);
    buffer_append_char(writer->out, bracket);
}

void json_object_begin(struct json_writer *writer) {
    begin(writer, '{');
}

void json_object_end(struct json_writer *writer) {
    end(writer, '}');
}

void json_array_begin(struct json_writer *writer) {
    begin(writer, '[');
}

void json_array_end(struct json_writer *writer) {
    end(writer, ']');
}

static void append_escape(struct buffer *out, unsigned char byte) {
    static const char hex[] = "0123456789abcdef";
    static const char letters[] = "btn\0fr"; /* for 0x08 to 0x0D */
    char escape[ESCAPE_BYTES] = {'\\', (char)byte};
    if (byte == '"' || byte == '\\') {
        buffer_append(out, escape, 2);
    } else if (byte >= 0x08 && byte <= 0x0D && letters[byte - 0x08] != '\0') {
        escape[1] = letters[byte - 0x08];
        buffer_append(out, escape, 2);
    } else {
        memcpy(escape, "\\u00", 4);
        escape[4] = hex[byte >> 4];
        escape[5] = hex[byte & 0xF];
        buffer_append(out, escape, sizeof(escape));
    }
}

/* True if any of eight bytes is beyond ASCII, a control, a quotation mark or a backslash ("Bit Twiddling Hacks": a byte less than n, a
   zero byte; exact where no byte is beyond ASCII). */
static bool any_special(uint64_t eight) {
    const uint64_t ones = UINT64_C(0x0101010101010101);
    const uint64_t tops = UINT64_C(0x8080808080808080);
    uint64_t quote = eight ^ (ones * '"');
    uint64_t backslash = eight ^ (ones * '\\');
    return ((eight | (eight - ones * 0x20) | (quote - ones) | (backslash - ones)) & tops) != 0;
}

/* The first byte at or after from that cannot be copied as it is, or the length. */
static size_t plain_end(struct span value, size_t from) {
    size_t at = from;
    while (at < value.length) {
        uint64_t eight;
        while (value.length - at >= sizeof(eight)) {
            memcpy(&eight, value.data + at, sizeof(eight));
            if (any_special(eight))
                break;
            at += sizeof(eight);
        }
        size_t stop = value.length - at > sizeof(eight) ? at + sizeof(eight) : value.length;
        while (at < stop) {
            unsigned char byte = (unsigned char)value.data[at];
            size_t length = 1;
            if (must_escape(byte))
                return at;
            if (byte >= 0x80) {
                utf8_decode(value, at, &length);
                if (length == 1)
                    return at;
            }
            at += length;
        }
    }
    return at;
}

static void append_quoted(struct buffer *out, struct span value) {
    buffer_append_char(out, '"');
    for (size_t at = 0; at < value.length;) {
        size_t stop = plain_end(value, at);
        buffer_append(out, value.data + at, stop - at);
        if (stop == value.length)
            break;
        unsigned char byte = (unsigned char)value.data[stop];
        if (byte >= 0x80)
            buffer_append_string(out, "\xEF\xBF\xBD");
        else
            append_escape(out, byte);
        at = stop + 1;
    }
    buffer_append_char(out, '"');
}

void json_key(struct json_writer *writer, const char *key) {
    assert(!writer->after_key && writer->depth > 0);
    separate(writer);
    append_quoted(writer->out, span_of(key));
    buffer_append(writer->out, ": ", writer->pretty ? 2 : 1);
    writer->after_key = true;
}

void json_write_string(struct json_writer *writer, struct span value) {
    separate(writer);
    append_quoted(writer->out, value);
}

void json_write_int(struct json_writer *writer, int64_t value) {
    separate(writer);
    buffer_append_int(writer->out, value);
}

void json_write_real(struct json_writer *writer, double value, int decimals) {
    if (!isfinite(value)) {
        json_write_null(writer);
        return;
    }
    separate(writer);
    if (decimals < 0)
        decimals = 0;
    if (decimals > DECIMALS_MAX)
        decimals = DECIMALS_MAX;
    char text[REAL_BYTES];
    int printed = snprintf(text, sizeof(text), "%.*f", decimals, value);
    assert(printed > decimals && (size_t)printed < sizeof(text));
    size_t length = (size_t)printed;
    if (decimals > 0) {
        text[length - (size_t)decimals - 1] = '.'; /* a locale may have written a comma */
        while (text[length - 1] == '0')
            length--;
        if (text[length - 1] == '.')
            length--;
    }
    if (length == 2 && memcmp(text, "-0", 2) == 0)
        buffer_append_char(writer->out, '0');
    else
        buffer_append(writer->out, text, length);
}

void json_write_bool(struct json_writer *writer, bool value) {
    separate(writer);
    buffer_append_string(writer->out, value ? "true" : "false");
}

void json_write_null(struct json_writer *writer) {
    separate(writer);
    buffer_append(writer->out, "null", 4);
}

void json_write_raw(struct json_writer *writer, struct span value) {
    separate(writer);
    buffer_append_span(writer->out, value);
}

void json_member_string(struct json_writer *writer, const char *key, struct span value) {
    json_key(writer, key);
    json_write_string(writer, value);
}

void json_member_string_or_null(struct json_writer *writer, const char *key, struct span value) {
    json_key(writer, key);
    if (value.length == 0)
        json_write_null(writer);
    else
        json_write_string(writer, value);
}

void json_member_int(struct json_writer *writer, const char *key, int64_t value) {
    json_key(writer, key);
    json_write_int(writer, value);
}

void json_member_bool(struct json_writer *writer, const char *key, bool value) {
    json_key(writer, key);
    json_write_bool(writer, value);
}

void json_member_time(struct json_writer *writer, const char *key, int64_t seconds) {
    char text[RFC3339_LENGTH + 1];
    time_format_rfc3339(seconds, text);
    json_key(writer, key);
    json_write_string(writer, (struct span){text, RFC3339_LENGTH});
}
