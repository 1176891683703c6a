#include "ingest/format.h"

#include "base/span.h"
#include "ingest/reader.h"

struct named_format {
    struct span suffix;
    enum ingest_format format;
};

static const struct named_format SUFFIXES[] = {
    {SPAN_INIT(".txt"), FORMAT_TEXT},  {SPAN_INIT(".text"), FORMAT_TEXT},   {SPAN_INIT(".md"), FORMAT_TEXT},
    {SPAN_INIT(".html"), FORMAT_HTML}, {SPAN_INIT(".htm"), FORMAT_HTML},    {SPAN_INIT(".xhtml"), FORMAT_HTML},
    {SPAN_INIT(".json"), FORMAT_JSON}, {SPAN_INIT(".ndjson"), FORMAT_JSON}, {SPAN_INIT(".jsonl"), FORMAT_JSON},
};

/* Formats that people have beside text, by their first bytes, so that the refusal can name them. */
struct magic {
    struct span bytes;
    const char *what;
};

static const struct magic MAGICS[] = {
    {SPAN_INIT("\x1f\x8b"), "gzip is not read yet; unpack it first"},
    {SPAN_INIT("\x28\xb5\x2f\xfd"), "Zstandard is not read yet; unpack it first"},
    {SPAN_INIT("BZh"), "bzip2 is not read; unpack it first"},
    {SPAN_INIT("\xfd"
               "7zXZ"),
     "xz is not read; unpack it first"},
    {SPAN_INIT("PK\x03\x04"), "ZIP is not read yet; unpack it first"},
    {SPAN_INIT("WARC/"), "WARC is not read yet"},
    {SPAN_INIT("SQLite format 3"), "an SQLite database, not an article"},
    {SPAN_INIT("%PDF-"), "PDF is not read"},
    {SPAN_INIT("\x89PNG"), "a picture, not an article"},
    {SPAN_INIT("\xff\xd8\xff"), "a picture, not an article"},
    {SPAN_INIT("GIF8"), "a picture, not an article"},
};

static bool ends_with_ignoring_case(struct span text, struct span suffix) {
    return text.length >= suffix.length && span_equal_ignore_case(span_slice(text, text.length - suffix.length, text.length), suffix);
}

static enum ingest_format by_name(struct span path) {
    for (size_t i = 0; i < sizeof SUFFIXES / sizeof *SUFFIXES; i++)
        if (ends_with_ignoring_case(path, SUFFIXES[i].suffix))
            return SUFFIXES[i].format;
    return FORMAT_AUTO;
}

static struct span without_mark_and_space(struct span head) {
    if (span_starts_with(head, SPAN("\xef\xbb\xbf")))
        head = span_slice(head, 3, head.length);
    return span_trim(head);
}

/* "{" opens JSON; "[" opens JSON only before an object or an end, since "[Photo: ...]" opens a text. */
static bool looks_like_json(struct span head) {
    if (head.length == 0 || (head.data[0] != '{' && head.data[0] != '['))
        return false;
    struct span behind = span_trim(span_slice(head, 1, head.length));
    if (behind.length == 0)
        return true;
    return head.data[0] == '{' ? behind.data[0] == '"' || behind.data[0] == '}' : behind.data[0] == '{' || behind.data[0] == ']';
}

bool format_is_utf16(struct span head) {
    return span_starts_with(head, SPAN("\xff\xfe")) || span_starts_with(head, SPAN("\xfe\xff"));
}

enum result format_detect(struct span path, struct span head, enum ingest_format wanted, enum ingest_format *ret, struct error *error) {
    if (head.length == 0)
        return error_set(error, RESULT_INVALID, "an empty file");
    for (size_t i = 0; i < sizeof MAGICS / sizeof *MAGICS; i++)
        if (span_starts_with(head, MAGICS[i].bytes))
            return error_set(error, RESULT_INVALID, "%s", MAGICS[i].what);
    enum ingest_format format = wanted != FORMAT_AUTO ? wanted : by_name(path);
    struct span begin = without_mark_and_space(head);
    bool markup = begin.length > 0 && begin.data[0] == '<' && text_is_html(begin);
    if (format == FORMAT_AUTO)
        format = looks_like_json(begin) ? FORMAT_JSON : FORMAT_TEXT;
    /* Names are wrong more often than markup at the begin; who says "text" means it. */
    if (format == FORMAT_TEXT && wanted == FORMAT_AUTO && markup)
        format = FORMAT_HTML;
    if (format == FORMAT_JSON && !format_is_utf16(head) && begin.length > 0 && begin.data[0] != '{' && begin.data[0] != '[')
        return error_set(error, RESULT_INVALID, "not JSON: begins neither with an object nor with an array");
    *ret = format;
    return RESULT_OK;
}
