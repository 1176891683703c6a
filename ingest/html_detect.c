#include "ingest/reader.h"

#include <ctype.h>

/* Tags that pages and feeds use for their text; a word in angle brackets alone is no sign of HTML. */
static const struct span TAGS[] = {
    SPAN_INIT("a"),     SPAN_INIT("article"), SPAN_INIT("b"),      SPAN_INIT("blockquote"), SPAN_INIT("body"), SPAN_INIT("br"),
    SPAN_INIT("div"),   SPAN_INIT("em"),      SPAN_INIT("figure"), SPAN_INIT("h1"),         SPAN_INIT("h2"),   SPAN_INIT("h3"),
    SPAN_INIT("head"),  SPAN_INIT("html"),    SPAN_INIT("i"),      SPAN_INIT("iframe"),     SPAN_INIT("img"),  SPAN_INIT("li"),
    SPAN_INIT("ol"),    SPAN_INIT("p"),       SPAN_INIT("script"), SPAN_INIT("section"),    SPAN_INIT("span"), SPAN_INIT("strong"),
    SPAN_INIT("table"), SPAN_INIT("ul"),
};

enum { HTML_TAGS_MIN = 2 }; /* one may be a typing error, or what an article is about */

static bool is_tag_name(struct span name) {
    for (size_t i = 0; i < sizeof TAGS / sizeof *TAGS; i++)
        if (span_equal_ignore_case(name, TAGS[i]))
            return true;
    return false;
}

/* True where text[at] opens one of the tags: "<p>", "</div>", "<br/>", "<a href=". */
static bool is_tag_at(struct span text, size_t at) {
    size_t begin = at + 1;
    if (begin < text.length && text.data[begin] == '/')
        begin++;
    size_t end = begin;
    while (end < text.length && isalnum((unsigned char)text.data[end]))
        end++;
    if (end == begin || end == text.length)
        return false;
    char behind = text.data[end];
    bool closes = behind == '>' || behind == '/' || behind == ' ' || behind == '\n' || behind == '\t' || behind == '\r';
    return closes && is_tag_name(span_slice(text, begin, end));
}

static bool is_declaration(struct span text) {
    static const struct span BEGINS[] = {SPAN_INIT("<!doctype html"), SPAN_INIT("<html"), SPAN_INIT("<?xml"), SPAN_INIT("<rss")};
    for (size_t i = 0; i < sizeof BEGINS / sizeof *BEGINS; i++)
        if (text.length >= BEGINS[i].length && span_equal_ignore_case(span_slice(text, 0, BEGINS[i].length), BEGINS[i]))
            return true;
    return false;
}

bool text_is_html(struct span text) {
    text = span_trim(text);
    if (is_declaration(text))
        return true;
    size_t tags = 0;
    for (size_t at = span_find(text, SPAN("<"), 0); at != SIZE_MAX && tags < HTML_TAGS_MIN; at = span_find(text, SPAN("<"), at + 1))
        if (is_tag_at(text, at) && (at == 0 || ++tags == HTML_TAGS_MIN))
            return true;
    return false;
}
