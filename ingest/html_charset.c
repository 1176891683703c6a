#include "ingest/html_charset.h"

#include "base/cleanup.h"
#include "base/utf8.h"

#include <ctype.h>
#include <errno.h>
#include <iconv.h>
#include <string.h>

enum {
    DECLARATION_BYTES = 8192, /* browsers look at 1024 and then again while parsing; pages with long scripts before need more */
    CONTROLS_ONE_IN = 20,     /* more stray controls than this make no page */
    CONVERTED_GROWTH = 3,     /* bytes of UTF-8 that one byte of any other charset becomes, at most */
};

/* Labels as pages write them, and what iconv knows that stands for the same as in browsers. */
struct charset_label {
    struct span label;
    const char *name;
};

static const struct charset_label LABELS[] = {
    {SPAN_INIT("utf-8"), "UTF-8"},
    {SPAN_INIT("utf8"), "UTF-8"},
    {SPAN_INIT("utf-16"), "UTF-8"}, /* a page whose <meta> can be read as bytes is not in it */
    {SPAN_INIT("iso-8859-1"), "CP1252"},
    {SPAN_INIT("iso8859-1"), "CP1252"},
    {SPAN_INIT("latin1"), "CP1252"},
    {SPAN_INIT("us-ascii"), "CP1252"},
    {SPAN_INIT("ascii"), "CP1252"},
    {SPAN_INIT("windows-1252"), "CP1252"},
    {SPAN_INIT("cp1252"), "CP1252"},
    {SPAN_INIT("iso-8859-15"), "ISO-8859-15"},
    {SPAN_INIT("iso-8859-2"), "ISO-8859-2"},
    {SPAN_INIT("windows-1250"), "CP1250"},
    {SPAN_INIT("windows-1251"), "CP1251"},
    {SPAN_INIT("cp1251"), "CP1251"},
    {SPAN_INIT("koi8-r"), "KOI8-R"},
    {SPAN_INIT("koi8-u"), "KOI8-U"},
    {SPAN_INIT("iso-8859-5"), "ISO-8859-5"},
    {SPAN_INIT("iso-8859-7"), "ISO-8859-7"},
    {SPAN_INIT("windows-1253"), "CP1253"},
    {SPAN_INIT("iso-8859-9"), "CP1254"},
    {SPAN_INIT("windows-1254"), "CP1254"},
    {SPAN_INIT("iso-8859-8"), "ISO-8859-8"},
    {SPAN_INIT("iso-8859-8-i"), "ISO-8859-8"},
    {SPAN_INIT("windows-1255"), "CP1255"},
    {SPAN_INIT("iso-8859-6"), "ISO-8859-6"},
    {SPAN_INIT("windows-1256"), "CP1256"},
    {SPAN_INIT("windows-1257"), "CP1257"},
    {SPAN_INIT("iso-8859-13"), "ISO-8859-13"},
    {SPAN_INIT("iso-8859-4"), "ISO-8859-4"},
    {SPAN_INIT("windows-1258"), "CP1258"},
    {SPAN_INIT("tis-620"), "CP874"},
    {SPAN_INIT("windows-874"), "CP874"},
    {SPAN_INIT("iso-8859-11"), "CP874"},
    {SPAN_INIT("gb2312"), "GB18030"},
    {SPAN_INIT("gbk"), "GB18030"},
    {SPAN_INIT("gb18030"), "GB18030"},
    {SPAN_INIT("big5"), "BIG5-HKSCS"},
    {SPAN_INIT("big5-hkscs"), "BIG5-HKSCS"},
    {SPAN_INIT("shift_jis"), "CP932"},
    {SPAN_INIT("shift-jis"), "CP932"},
    {SPAN_INIT("x-sjis"), "CP932"},
    {SPAN_INIT("windows-31j"), "CP932"},
    {SPAN_INIT("euc-jp"), "EUC-JP"},
    {SPAN_INIT("iso-2022-jp"), "ISO-2022-JP"},
    {SPAN_INIT("euc-kr"), "CP949"},
    {SPAN_INIT("ks_c_5601-1987"), "CP949"},
    {SPAN_INIT("windows-949"), "CP949"},
    {SPAN_INIT("macintosh"), "MACINTOSH"},
};

/* What pages of a language are in where they do not say: the browsers' fallback by locale. */
static const struct charset_label LANGUAGES[] = {
    {SPAN_INIT("ru"), "CP1251"}, {SPAN_INIT("uk"), "CP1251"}, {SPAN_INIT("bg"), "CP1251"}, {SPAN_INIT("sr"), "CP1251"},
    {SPAN_INIT("pl"), "CP1250"}, {SPAN_INIT("cs"), "CP1250"}, {SPAN_INIT("hu"), "CP1250"}, {SPAN_INIT("sk"), "CP1250"},
    {SPAN_INIT("ro"), "CP1250"}, {SPAN_INIT("hr"), "CP1250"}, {SPAN_INIT("el"), "CP1253"}, {SPAN_INIT("tr"), "CP1254"},
    {SPAN_INIT("he"), "CP1255"}, {SPAN_INIT("ar"), "CP1256"}, {SPAN_INIT("fa"), "CP1256"}, {SPAN_INIT("vi"), "CP1258"},
    {SPAN_INIT("th"), "CP874"},  {SPAN_INIT("ja"), "CP932"},  {SPAN_INIT("ko"), "CP949"},  {SPAN_INIT("zh"), "GB18030"},
};

static const char *find_label(const struct charset_label *labels, size_t count, struct span label) {
    for (size_t i = 0; i < count; i++)
        if (span_equal_ignore_case(labels[i].label, label))
            return labels[i].name;
    return NULL;
}

/* Where word stands in any case at or behind from, or SIZE_MAX. */
static size_t find_word(struct span text, struct span word, size_t from) {
    for (size_t at = from; at + word.length <= text.length; at++)
        if (span_equal_ignore_case(span_slice(text, at, at + word.length), word))
            return at;
    return SIZE_MAX;
}

/* The value behind NAME = at the place behind the name: quoted or not. */
static struct span value_behind(struct span text, size_t at) {
    while (at < text.length && isspace((unsigned char)text.data[at]))
        at++;
    if (at == text.length || text.data[at] != '=')
        return (struct span){0};
    at++;
    while (at < text.length && (isspace((unsigned char)text.data[at]) || text.data[at] == '"' || text.data[at] == '\''))
        at++;
    size_t end = at;
    while (end < text.length && (isalnum((unsigned char)text.data[end]) || strchr("-_:.", text.data[end])))
        end++;
    return span_slice(text, at, end);
}

const char *html_charset_declared(struct span bytes) {
    struct span head = span_slice(bytes, 0, DECLARATION_BYTES);
    if (span_starts_with(head, SPAN("<?xml"))) {
        size_t end = span_find(head, SPAN("?>"), 0);
        struct span declaration = span_slice(head, 0, end);
        size_t at = find_word(declaration, SPAN("encoding"), 0);
        if (at != SIZE_MAX)
            return find_label(LABELS, sizeof LABELS / sizeof *LABELS, value_behind(declaration, at + strlen("encoding")));
    }
    for (size_t at = find_word(head, SPAN("<meta"), 0); at != SIZE_MAX; at = find_word(head, SPAN("<meta"), at + 1)) {
        struct span meta = span_slice(head, at, span_find(head, SPAN(">"), at));
        size_t place = find_word(meta, SPAN("charset"), 0);
        if (place == SIZE_MAX)
            continue;
        const char *name = find_label(LABELS, sizeof LABELS / sizeof *LABELS, value_behind(meta, place + strlen("charset")));
        if (name)
            return name;
    }
    return NULL;
}

static const char *charset_of_language(struct span bytes) {
    struct span head = span_slice(bytes, 0, DECLARATION_BYTES);
    size_t at = find_word(head, SPAN("<html"), 0);
    if (at == SIZE_MAX)
        return NULL;
    struct span tag = span_slice(head, at, span_find(head, SPAN(">"), at));
    size_t place = find_word(tag, SPAN("lang"), 0);
    if (place == SIZE_MAX)
        return NULL;
    return find_label(LANGUAGES, sizeof LANGUAGES / sizeof *LANGUAGES, span_slice(value_behind(tag, place + strlen("lang")), 0, 2));
}

/* Well-formed and ill-formed characters beyond ASCII. */
struct census {
    size_t well;
    size_t ill;
};

static struct census count_beyond_ascii(struct span bytes) {
    struct census census = {0};
    for (size_t at = 0; at < bytes.length;) {
        if ((unsigned char)bytes.data[at] < 0x80) {
            at++;
            continue;
        }
        size_t length;
        utf8_decode(bytes, at, &length);
        census.well += length > 1;
        census.ill += length == 1;
        at += length;
    }
    return census;
}

/* A byte that Windows-1252 has and UTF-8 does not allow there, as UTF-8. */
static size_t write_stray(unsigned char byte, char out[4]) {
    static const uint16_t HIGH_CONTROLS[32] = {
        0x20AC, 0xFFFD, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0xFFFD, 0x017D, 0xFFFD,
        0xFFFD, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0xFFFD, 0x017E, 0x0178,
    };
    return utf8_encode(byte >= 0x80 && byte < 0xA0 ? HIGH_CONTROLS[byte - 0x80] : byte, out);
}

static enum result repair(struct arena *arena, struct span bytes, size_t ill, struct span *ret) {
    if (ill > (SIZE_MAX - bytes.length) / 2)
        return RESULT_MEMORY;
    char *out = arena_alloc(arena, bytes.length + 2 * ill);
    if (!out)
        return RESULT_MEMORY;
    size_t length = 0;
    for (size_t at = 0, step; at < bytes.length; at += step) {
        step = 1;
        if ((unsigned char)bytes.data[at] < 0x80) {
            out[length++] = bytes.data[at];
            continue;
        }
        utf8_decode(bytes, at, &step);
        if (step == 1) {
            length += write_stray((unsigned char)bytes.data[at], out + length);
        } else {
            memcpy(out + length, bytes.data + at, step);
            length += step;
        }
    }
    *ret = (struct span){out, length};
    return RESULT_OK;
}

static void close_converter(iconv_t *converter) {
    if (*converter != (iconv_t)-1)
        iconv_close(*converter);
}

/* Bytes that the charset does not have become U+FFFD. RESULT_NOT_FOUND where the system does not know it. */
static enum result convert(struct arena *arena, struct span bytes, const char *charset, struct span *ret) {
    CLEANUP(close_converter) iconv_t converter = iconv_open("UTF-8", charset);
    if (converter == (iconv_t)-1)
        return RESULT_NOT_FOUND;
    if (bytes.length > SIZE_MAX / CONVERTED_GROWTH - 4)
        return RESULT_MEMORY;
    size_t room = bytes.length * CONVERTED_GROWTH + 4;
    char *out = arena_alloc(arena, room);
    if (!out)
        return RESULT_MEMORY;
    char *in = (char *)bytes.data, *place = out;
    size_t left = bytes.length;
    while (left > 0 && room >= 4) {
        if (iconv(converter, &in, &left, &place, &room) != (size_t)-1 || errno == E2BIG || room < 4)
            break;
        size_t written = utf8_encode(0xFFFD, place);
        place += written;
        room -= written;
        in++;
        left--;
    }
    *ret = (struct span){out, (size_t)(place - out)};
    return RESULT_OK;
}

static enum result decode(struct arena *arena, struct span bytes, struct span *ret) {
    if (span_starts_with(bytes, SPAN("\xFE\xFF")))
        return convert(arena, span_slice(bytes, 2, bytes.length), "UTF-16BE", ret);
    if (span_starts_with(bytes, SPAN("\xFF\xFE")))
        return convert(arena, span_slice(bytes, 2, bytes.length), "UTF-16LE", ret);
    if (span_starts_with(bytes, SPAN("\xEF\xBB\xBF")))
        bytes = span_slice(bytes, 3, bytes.length);
    struct census census = count_beyond_ascii(bytes);
    const char *declared = html_charset_declared(bytes);
    bool escapes = declared && strcmp(declared, "ISO-2022-JP") == 0;
    bool says_utf8 = declared && strcmp(declared, "UTF-8") == 0;
    if (!escapes && (census.ill == 0 || says_utf8 || (!declared && census.well > census.ill)))
        return repair(arena, bytes, census.ill, ret);
    const char *charset = declared ? declared : charset_of_language(bytes);
    enum result result = convert(arena, bytes, charset ? charset : "CP1252", ret);
    return result == RESULT_NOT_FOUND ? repair(arena, bytes, census.ill + census.well, ret) : result;
}

enum result html_decode(struct arena *arena, struct span bytes, struct span *ret, struct error *error) {
    struct span text = {0};
    if (decode(arena, bytes, &text) != RESULT_OK)
        return error_set(error, RESULT_MEMORY, "out of memory");
    char *data = (char *)text.data;
    size_t controls = 0;
    for (size_t i = 0; i < text.length; i++) {
        unsigned char byte = (unsigned char)data[i];
        if (byte >= 0x20 || byte == '\n' || byte == '\r' || byte == '\t' || byte == '\f')
            continue;
        data[i] = ' ';
        controls++;
    }
    if (controls > text.length / CONTROLS_ONE_IN + 1)
        return error_set(error, RESULT_INVALID, "binary: %zu of %zu bytes are control characters", controls, text.length);
    *ret = text;
    return RESULT_OK;
}
