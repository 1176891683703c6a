#include "ingest/json_split.h"

#include "base/cleanup.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

enum {
    WINDOW_BYTES = 256 << 10, /* a reading step; holds most documents whole */
    NOWHERE = -1,             /* no byte: the input's end, or a failure that is in split.result */
    ANY_INDENT = -1,
};

/* What may stand next inside a document. */
enum expectation { EXPECT_VALUE, EXPECT_VALUE_OR_END, EXPECT_KEY, EXPECT_KEY_OR_END, EXPECT_COLON, EXPECT_COMMA_OR_END };

/* How following a document ended. */
enum outcome { COMPLETE, BROKEN, BROKEN_IN_STRING, BROKEN_AT_END, BROKEN_BY_NESTING, UNREADABLE };

/* The window holds bytes [kept, end) of the input; everything before kept is done with. A document that passes DOCUMENT_BYTES_MAX is let
   go of (too_long) and only followed. */
struct split {
    struct feed *feed;
    struct input *input;
    struct error *error;
    enum result result; /* sticky: of memory or of reading */
    struct error why;   /* beside it, where reading failed */
    char *window;
    size_t capacity;
    size_t kept;
    size_t at;
    size_t end;
    uint64_t line; /* of at, from 1 */
    int indent;    /* blanks before at on its line; ANY_INDENT behind the first other byte */
    bool in_array;
    uint64_t item; /* of the array */
    bool too_long;
    uint64_t value_line;
    int value_indent;
    uint64_t garbage_line; /* the last line that was refused because nothing begins on it */
};

static void split_done(struct split *split) {
    free(split->window);
}

/* Makes room behind end: moves what is kept to the front, or grows. */
static bool make_room(struct split *split) {
    if (split->end - split->kept > DOCUMENT_BYTES_MAX) {
        split->too_long = true;
        split->kept = split->at;
    }
    size_t held = split->end - split->kept;
    if (split->kept > 0 && held <= split->capacity / 2) {
        memmove(split->window, split->window + split->kept, held);
        split->at -= split->kept;
        split->end = held;
        split->kept = 0;
    }
    if (split->capacity - split->end >= WINDOW_BYTES / 2)
        return true;
    size_t capacity = split->capacity == 0 ? WINDOW_BYTES : split->capacity * 2;
    char *window = realloc(split->window, capacity);
    if (!window) {
        split->result = error_set(&split->why, RESULT_MEMORY, "out of memory");
        return false;
    }
    split->window = window;
    split->capacity = capacity;
    return true;
}

static bool refill(struct split *split) {
    if (split->result != RESULT_OK || !make_room(split))
        return false;
    size_t got = 0;
    split->result = input_read(split->input, split->window + split->end, split->capacity - split->end, &got, &split->why);
    if (split->result != RESULT_OK)
        return false;
    split->end += got;
    return got > 0;
}

static inline int peek(struct split *split) {
    if (split->at == split->end && !refill(split))
        return NOWHERE;
    return (unsigned char)split->window[split->at];
}

static inline void step(struct split *split, int byte) {
    split->at++;
    if (byte == '\n') {
        split->line++;
        split->indent = 0;
    } else if (split->indent != ANY_INDENT) {
        split->indent = (byte == ' ' || byte == '\t') && split->indent < INT_MAX ? split->indent + 1 : ANY_INDENT;
    }
}

static bool is_blank(int byte) {
    return byte == ' ' || byte == '\t' || byte == '\r' || byte == '\n';
}

/* Numbers and the three names; what exactly they may be is for the reader. */
static bool is_scalar(int byte) {
    return (byte >= '0' && byte <= '9') || (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') || byte == '-' || byte == '+' ||
           byte == '.';
}

static enum outcome at_end(const struct split *split) {
    return split->result == RESULT_OK ? BROKEN_AT_END : UNREADABLE;
}

static inline bool is_plain_in_string(char byte) {
    return byte != '"' && byte != '\\' && byte != '\n';
}

/* From the opening mark past the closing one. */
static enum outcome follow_string(struct split *split) {
    step(split, '"');
    for (;;) {
        while (split->at < split->end && is_plain_in_string(split->window[split->at]))
            split->at++;
        int byte = peek(split);
        if (byte == NOWHERE)
            return at_end(split);
        if (byte == '\n')
            return BROKEN_IN_STRING;
        step(split, byte);
        if (byte == '"')
            return COMPLETE;
        if (byte == '\\') {
            byte = peek(split);
            if (byte != NOWHERE && byte != '\n')
                step(split, byte);
        }
    }
}

static enum outcome follow_scalar(struct split *split) {
    int byte = peek(split);
    while (byte != NOWHERE && is_scalar(byte)) {
        step(split, byte);
        byte = peek(split);
    }
    return split->result == RESULT_OK ? COMPLETE : UNREADABLE;
}

struct nesting {
    char open[JSON_NESTING_MAX];
    size_t depth;
    enum expectation expect;
};

static bool value_may_begin(const struct nesting *nesting) {
    return nesting->expect == EXPECT_VALUE || nesting->expect == EXPECT_VALUE_OR_END;
}

static enum outcome follow_open(struct split *split, struct nesting *nesting, char byte) {
    if (!value_may_begin(nesting))
        return BROKEN;
    if (nesting->depth == JSON_NESTING_MAX)
        return BROKEN_BY_NESTING;
    nesting->open[nesting->depth++] = byte;
    nesting->expect = byte == '{' ? EXPECT_KEY_OR_END : EXPECT_VALUE_OR_END;
    step(split, byte);
    return COMPLETE;
}

static enum outcome follow_close(struct split *split, struct nesting *nesting, char byte) {
    char opened = byte == '}' ? '{' : '[';
    enum expectation empty = byte == '}' ? EXPECT_KEY_OR_END : EXPECT_VALUE_OR_END;
    if (nesting->depth == 0 || nesting->open[nesting->depth - 1] != opened ||
        (nesting->expect != empty && nesting->expect != EXPECT_COMMA_OR_END))
        return BROKEN;
    nesting->depth--;
    nesting->expect = EXPECT_COMMA_OR_END;
    step(split, byte);
    return COMPLETE;
}

static enum outcome follow_comma(struct split *split, struct nesting *nesting) {
    if (nesting->expect != EXPECT_COMMA_OR_END)
        return BROKEN;
    nesting->expect = nesting->open[nesting->depth - 1] == '{' ? EXPECT_KEY : EXPECT_VALUE;
    step(split, ',');
    return COMPLETE;
}

static enum outcome follow_colon(struct split *split, struct nesting *nesting) {
    if (nesting->expect != EXPECT_COLON)
        return BROKEN;
    nesting->expect = EXPECT_VALUE;
    step(split, ':');
    return COMPLETE;
}

/* A string is a key or a value. */
static enum outcome follow_text(struct split *split, struct nesting *nesting) {
    bool key = nesting->expect == EXPECT_KEY || nesting->expect == EXPECT_KEY_OR_END;
    if (!key && !value_may_begin(nesting))
        return BROKEN;
    nesting->expect = key ? EXPECT_COLON : EXPECT_COMMA_OR_END;
    return follow_string(split);
}

static enum outcome follow_next(struct split *split, struct nesting *nesting, int byte) {
    switch (byte) {
    case '{':
    case '[':
        return follow_open(split, nesting, (char)byte);
    case '}':
    case ']':
        return follow_close(split, nesting, (char)byte);
    case ',':
        return follow_comma(split, nesting);
    case ':':
        return follow_colon(split, nesting);
    case '"':
        return follow_text(split, nesting);
    default:
        if (!is_scalar(byte) || !value_may_begin(nesting))
            return BROKEN;
        nesting->expect = EXPECT_COMMA_OR_END;
        return follow_scalar(split);
    }
}

/* From the value's first byte past its last. */
static enum outcome follow_value(struct split *split) {
    struct nesting nesting = {.expect = EXPECT_VALUE};
    do {
        int byte = peek(split);
        if (byte == NOWHERE)
            return at_end(split);
        if (is_blank(byte)) {
            step(split, byte);
            continue;
        }
        enum outcome outcome = follow_next(split, &nesting, byte);
        if (outcome != COMPLETE)
            return outcome;
    } while (nesting.depth > 0);
    return COMPLETE;
}

static void skip_line(struct split *split) {
    for (int byte = peek(split); byte != NOWHERE; byte = peek(split)) {
        step(split, byte);
        if (byte == '\n')
            return;
        split->kept = split->at;
    }
}

/* Goes on at the next line that begins an object where the broken one began: from the broken one's own second line, where it is still
   held. Lines are read again for each such begin that was open when it broke, of which there are at most JSON_NESTING_MAX. */
static void resume_behind_broken(struct split *split) {
    if (!split->too_long) {
        split->at = split->kept;
        split->line = split->value_line;
    }
    for (;;) {
        skip_line(split);
        split->kept = split->at;
        int byte = peek(split);
        while (byte == ' ' || byte == '\t') {
            step(split, byte);
            byte = peek(split);
        }
        split->kept = split->at;
        if (byte == NOWHERE)
            return;
        if (byte == '{' && (split->value_indent == ANY_INDENT || split->indent == split->value_indent))
            return;
    }
}

static enum result refuse_broken(struct split *split, enum outcome outcome) {
    const char *path = split->input->path;
    uint64_t line = split->value_line;
    unsigned long long at = (unsigned long long)split->line;
    if (outcome == BROKEN_IN_STRING)
        return feed_refuse(split->feed, path, line, split->item, split->error, "the JSON breaks off in a string (line %llu)", at);
    if (outcome == BROKEN_AT_END)
        return feed_refuse(split->feed, path, line, split->item, split->error, "the JSON breaks off at the end of the file");
    if (outcome == BROKEN_BY_NESTING)
        return feed_refuse(split->feed, path, line, split->item, split->error, "JSON nested more than %d levels deep (line %llu)",
                           JSON_NESTING_MAX, at);
    int byte = peek(split);
    if (byte > ' ' && byte < 0x7f)
        return feed_refuse(split->feed, path, line, split->item, split->error, "not JSON: unexpected %c in line %llu", byte, at);
    return feed_refuse(split->feed, path, line, split->item, split->error, "not JSON: unexpected byte %#x in line %llu", (unsigned)byte,
                       at);
}

static enum result hand_over(struct split *split) {
    if (split->too_long || split->at - split->kept > DOCUMENT_BYTES_MAX)
        return feed_refuse(split->feed, split->input->path, split->value_line, split->item, split->error, "a document longer than %d MiB",
                           DOCUMENT_BYTES_MAX >> 20);
    const struct ingest_item item = {
        .bytes = {split->window + split->kept, split->at - split->kept},
        .format = FORMAT_JSON,
        .path = split->input->path,
        .line = split->value_line,
        .item = split->item,
    };
    return split->feed->take(split->feed->context, &item, split->error);
}

static enum result split_value(struct split *split) {
    split->too_long = false;
    split->kept = split->at;
    split->value_line = split->line;
    split->value_indent = split->indent;
    if (split->in_array)
        split->item++;
    enum outcome outcome = follow_value(split);
    if (outcome == UNREADABLE)
        return RESULT_OK;
    if (outcome == COMPLETE) {
        enum result result = hand_over(split);
        split->kept = split->at;
        return result;
    }
    enum result result = refuse_broken(split, outcome);
    /* The array's end may stand on the line that is skipped. */
    if (split->value_indent == ANY_INDENT)
        split->in_array = false;
    split->item = split->in_array ? split->item : 0;
    resume_behind_broken(split);
    return result;
}

/* A line on which nothing begins: refused once for a run of such lines. */
static enum result refuse_garbage(struct split *split) {
    uint64_t line = split->line;
    enum result result = RESULT_OK;
    if (split->garbage_line == 0 || split->garbage_line + 1 != line)
        result = feed_refuse(split->feed, split->input->path, line, 0, split->error, "not a JSON object");
    split->garbage_line = line;
    skip_line(split);
    return result;
}

static bool begins_value(const struct split *split, int byte) {
    return byte == '{' || (split->in_array && (byte == '[' || byte == '"' || is_scalar(byte)));
}

static enum result split_next(struct split *split, int byte) {
    if (begins_value(split, byte))
        return split_value(split);
    bool opens = byte == '[' && !split->in_array;
    bool closes = byte == ']';
    if (!opens && !closes && !is_blank(byte) && byte != ',')
        return refuse_garbage(split);
    if (opens || closes) {
        split->in_array = opens;
        split->item = 0;
    }
    step(split, byte);
    return RESULT_OK;
}

/* What is left to say when the bytes are at an end. */
static enum result finish(struct split *split) {
    if (split->result == RESULT_IO)
        return feed_refuse(split->feed, split->input->path, split->line, 0, split->error, "%s", split->why.message);
    if (split->result != RESULT_OK)
        return error_set(split->error, split->result, "%s: %s", split->input->path, split->why.message);
    if (split->in_array)
        return feed_refuse(split->feed, split->input->path, split->line, 0, split->error,
                           "the JSON array breaks off at the end of the file");
    return RESULT_OK;
}

static void skip_byte_order_mark(struct split *split) {
    while (split->end < 3 && refill(split)) {
    }
    if (split->end >= 3 && memcmp(split->window, "\xef\xbb\xbf", 3) == 0)
        split->at = 3;
}

enum result json_split(struct feed *feed, struct input *input, struct error *error) {
    CLEANUP(split_done) struct split split = {.feed = feed, .input = input, .error = error, .line = 1};
    skip_byte_order_mark(&split);
    enum result result = RESULT_OK;
    while (result == RESULT_OK) {
        split.kept = split.at;
        int byte = peek(&split);
        if (byte == NOWHERE)
            return finish(&split);
        result = split_next(&split, byte);
    }
    return result;
}
