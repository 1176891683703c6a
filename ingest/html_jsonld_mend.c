#include "ingest/html_jsonld_mend.h"

#include <ctype.h>

struct mending {
    struct span text;
    char *out;
    size_t length;
    size_t at;
};

static char peek(const struct mending *mending, size_t ahead) {
    size_t at = mending->at + ahead;
    return at < mending->text.length ? mending->text.data[at] : '\0';
}

static void put(struct mending *mending, char c) {
    mending->out[mending->length++] = c;
}

/* The value of four hexadecimal digits, -1 where they are none. */
static int hex4(const struct mending *mending, size_t ahead) {
    int value = 0;
    for (size_t i = 0; i < 4; i++) {
        int c = tolower((unsigned char)peek(mending, ahead + i));
        if (!isxdigit(c))
            return -1;
        value = value * 16 + (c <= '9' ? c - '0' : c - 'a' + 10);
    }
    return value;
}

static void keep(struct mending *mending, size_t count) {
    for (size_t i = 0; i < count; i++)
        put(mending, mending->text.data[mending->at++]);
}

/* At a backslash within a string: a sound escape is kept, of another one only the character. */
static void mend_escape(struct mending *mending) {
    char c = peek(mending, 1);
    int code = c == 'u' ? hex4(mending, 2) : -1;
    if (c == '"' || c == '\\' || c == '/' || c == 'b' || c == 'f' || c == 'n' || c == 'r' || c == 't') {
        keep(mending, 2);
        return;
    }
    if (code < 0) {
        mending->at++;
        return;
    }
    bool high = code >= 0xD800 && code < 0xDC00, low = code >= 0xDC00 && code < 0xE000;
    int second = high && peek(mending, 6) == '\\' && peek(mending, 7) == 'u' ? hex4(mending, 8) : -1;
    if (second >= 0xDC00 && second < 0xE000) {
        keep(mending, 12);
    } else if (high || low || code == 0) {
        put(mending, ' ');
        mending->at += 6;
    } else {
        keep(mending, 6);
    }
}

static void mend_string(struct mending *mending) {
    keep(mending, 1);
    while (mending->at < mending->text.length) {
        char c = peek(mending, 0);
        if (c == '\\') {
            mend_escape(mending);
            continue;
        }
        put(mending, (unsigned char)c < ' ' ? ' ' : c);
        mending->at++;
        if (c == '"')
            return;
    }
}

/* A comma before a closing bracket or another comma goes. The look ahead is over white space that is copied later: it is not looked at
   twice, since a comma that is kept ends it. */
static void mend_comma(struct mending *mending) {
    size_t ahead = 1;
    while (isspace((unsigned char)peek(mending, ahead)))
        ahead++;
    char next = peek(mending, ahead);
    if (next != '}' && next != ']' && next != ',')
        put(mending, ',');
    mending->at++;
}

static bool skip_comment(struct mending *mending) {
    if (peek(mending, 0) != '/' || peek(mending, 1) != '*')
        return false;
    size_t end = span_find(mending->text, SPAN("*/"), mending->at + 2);
    mending->at = end == SIZE_MAX ? mending->text.length : end + 2;
    return true;
}

struct span jsonld_mend(struct arena *arena, struct span text) {
    struct mending mending = {.text = text, .out = arena_alloc(arena, text.length)};
    if (!mending.out)
        return (struct span){0};
    while (mending.at < text.length) {
        char c = peek(&mending, 0);
        if (c == '"')
            mend_string(&mending);
        else if (c == ',')
            mend_comma(&mending);
        else if (!skip_comment(&mending))
            keep(&mending, 1);
    }
    return (struct span){mending.out, mending.length};
}

struct span jsonld_scan(struct span text, struct span key) {
    for (size_t at = 0; (at = span_find(text, key, at)) != SIZE_MAX; at += key.length) {
        size_t end = at + key.length;
        if (at == 0 || text.data[at - 1] != '"' || end >= text.length || text.data[end] != '"')
            continue;
        end++;
        while (end < text.length && (isspace((unsigned char)text.data[end]) || text.data[end] == ':'))
            end++;
        if (end >= text.length || text.data[end] != '"')
            continue;
        size_t close = span_find(text, SPAN("\""), end + 1);
        return close == SIZE_MAX ? (struct span){0} : span_slice(text, end + 1, close);
    }
    return (struct span){0};
}
