#include "ingest/html_authors.h"

#include "base/utf8.h"
#include "ingest/html_date_text.h"
#include "ingest/html_plain.h"
#include "ingest/ingest.h"

enum {
    BYLINE_BYTES_MAX = 160, /* longer is a biography */
    NAME_BYTES_MAX = 80,
    NAME_WORDS_MAX = 6,
    PEOPLE_LOOKED_AT = 48,
};

/* Words before a name, in lower case with the space behind. */
static const struct span PREFIXES[] = {
    SPAN_INIT("written by "), SPAN_INIT("posted by "), SPAN_INIT("published by "), SPAN_INIT("story by "), SPAN_INIT("text by "),
    SPAN_INIT("by: "),        SPAN_INIT("by "),        SPAN_INIT("von: "),         SPAN_INIT("von "),      SPAN_INIT("text: "),
    SPAN_INIT("autor: "),     SPAN_INIT("author: "),   SPAN_INIT("par "),          SPAN_INIT("por "),      SPAN_INIT("di "),
    SPAN_INIT("door "),       SPAN_INIT("av "),        SPAN_INIT("af "),           SPAN_INIT("oleh "),     SPAN_INIT("autorin: "),
};

static struct span without_prefix(struct span name) {
    for (size_t i = 0; i < sizeof PREFIXES / sizeof *PREFIXES; i++)
        if (name.length > PREFIXES[i].length && span_equal_ignore_case(span_slice(name, 0, PREFIXES[i].length), PREFIXES[i]))
            return span_trim(span_slice(name, PREFIXES[i].length, name.length));
    return name;
}

static bool is_same_name(struct arena *arena, struct span a, struct span b) {
    struct span folded_a = {0}, folded_b = {0};
    return a.length > 0 && b.length > 0 && utf8_fold(arena, a, &folded_a) == RESULT_OK && utf8_fold(arena, b, &folded_b) == RESULT_OK &&
           span_equal(folded_a, folded_b);
}

/* Systems' accounts, which stand where an author should. */
static bool is_account(struct span name) {
    static const struct span ACCOUNTS[] = {SPAN_INIT("admin"),     SPAN_INIT("administrator"), SPAN_INIT("editor"), SPAN_INIT("webmaster"),
                                           SPAN_INIT("redaktion"), SPAN_INIT("redaction"),     SPAN_INIT("staff"),  SPAN_INIT("author"),
                                           SPAN_INIT("anonymous"), SPAN_INIT("unknown"),       SPAN_INIT("null"),   SPAN_INIT("none"),
                                           SPAN_INIT("user"),      SPAN_INIT("guest"),         SPAN_INIT("root"),   SPAN_INIT("undefined")};
    for (size_t i = 0; i < sizeof ACCOUNTS / sizeof *ACCOUNTS; i++)
        if (span_equal_ignore_case(name, ACCOUNTS[i]))
            return true;
    return false;
}

/* "Last updated", "Published": a byline's other half. */
static bool begins_with_label(struct span name) {
    struct span rest = name, word;
    char folded[DATE_WORD_BYTES_MAX];
    for (int words = 0; words < 2 && span_split(&rest, ' ', &word); words++) {
        word = span_slice(word, 0, span_ends_with(word, SPAN(":")) ? word.length - 1 : word.length);
        enum date_word_label label = date_word_label(date_word_fold(word, folded));
        if (label == LABEL_PUBLISHED || label == LABEL_UPDATED)
            return true;
    }
    return false;
}

static bool is_person(struct arena *arena, struct span name, const struct html_metadata *metadata) {
    size_t words = 1, digits = 0;
    for (size_t i = 0; i < name.length; i++) {
        words += name.data[i] == ' ';
        digits += name.data[i] >= '0' && name.data[i] <= '9';
    }
    bool address = span_find(name, SPAN("://"), 0) != SIZE_MAX || span_find(name, SPAN("@"), 0) != SIZE_MAX ||
                   span_find(name, SPAN("www."), 0) != SIZE_MAX || span_find(name, SPAN("/"), 0) != SIZE_MAX ||
                   span_find(name, SPAN(".com"), 0) != SIZE_MAX;
    if (name.length < 2 || name.length > NAME_BYTES_MAX || words > NAME_WORDS_MAX || digits > 0 || address || is_account(name))
        return false;
    return !begins_with_label(name) && !is_same_name(arena, name, metadata->outlet.text);
}

/* Keeps the persons among the names. */
static bool keep_persons(struct arena *arena, const struct name_list *names, const char *from, struct html_metadata *ret) {
    struct span *kept = arena_alloc_array(arena, names->count, sizeof *kept);
    if (!kept)
        return false;
    for (size_t i = 0; i < names->count; i++) {
        struct span name = without_prefix(names->items[i]);
        bool repeated = false;
        for (size_t k = 0; k < ret->author_count && !repeated; k++)
            repeated = is_same_name(arena, kept[k], name);
        if (!repeated && is_person(arena, name, ret))
            kept[ret->author_count++] = name;
    }
    if (ret->author_count > 0) {
        ret->authors = kept;
        ret->authors_from = from;
    }
    return !arena_failed(arena);
}

/* Cuts off what stands behind the names on the same line: dates, times, counters. */
static struct span before_date(struct span line) {
    struct text_date date;
    if (text_date_find(line, 0, ORDER_DAY_FIRST, TIME_MAX - FUTURE_SECONDS_MAX, &date))
        line = span_slice(line, 0, date.start);
    size_t end = 0;
    while (end < line.length && !(line.data[end] >= '0' && line.data[end] <= '9'))
        end++;
    size_t bullet = span_find(line, SPAN("\u2022"), 0), bar = span_find(line, SPAN(" | "), 0);
    end = bullet < end ? bullet : end;
    return span_trim(span_slice(line, 0, bar < end ? bar : end));
}

static bool add_line(struct arena *arena, struct name_list *names, struct span line) {
    line = without_prefix(before_date(line));
    return line.length == 0 || line.length > BYLINE_BYTES_MAX || authors_add(arena, names, line);
}

static bool from_metas(struct arena *arena, const struct html_facts *facts, struct html_metadata *ret) {
    static const char *const NAMES[] = {
        "author", "article:author", "article:author:name", "parsely-author", "sailthru.author",    "dc.creator", "dcterms.creator",
        "byl",    "byline",         "citation_author",     "og:author",      "cxenseparse:author", "authors"};
    for (size_t i = 0; i < sizeof NAMES / sizeof *NAMES && ret->author_count == 0; i++) {
        struct name_list names = {0};
        for (size_t k = 0; k < facts->metas.count && names.count < PEOPLE_LOOKED_AT; k++)
            if (span_equal_ignore_case(facts->metas.items[k].name, span_of(NAMES[i])) &&
                !add_line(arena, &names, html_plain(arena, facts->metas.items[k].content)))
                return false;
        if (!keep_persons(arena, &names, "meta", ret))
            return false;
    }
    return true;
}

static const xmlNode *name_below(const xmlNode *node) {
    for (const xmlNode *at = node; at; at = html_next(at, node))
        if (at->type == XML_ELEMENT_NODE && span_equal(html_attribute(at, "itemprop"), SPAN("name")))
            return at;
    return node;
}

static bool from_properties(struct arena *arena, const struct html_facts *facts, struct html_metadata *ret) {
    struct name_list names = {0};
    size_t looked = 0;
    for (size_t i = 0; i < facts->properties.count && looked < PEOPLE_LOOKED_AT; i++) {
        const struct html_mark *mark = &facts->properties.items[i];
        if (!span_equal(html_attribute(mark->node, "itemprop"), SPAN("author")) || (mark->zones & (ZONE_COMMENTS | ZONE_ASIDE)))
            continue;
        looked++;
        const xmlNode *name = name_below(mark->node);
        struct span text = html_attribute(name, "content");
        if (!add_line(arena, &names, text.length > 0 ? html_plain(arena, text) : html_text(arena, name)))
            return false;
    }
    return keep_persons(arena, &names, "microdata", ret);
}

/* Bylines that the page shows: those linked to an author first, then those that are only called so. */
static bool from_people(struct arena *arena, const struct html_facts *facts, bool linked, struct html_metadata *ret) {
    struct name_list names = {0};
    size_t looked = 0;
    for (size_t i = 0; i < facts->people.count && looked < PEOPLE_LOOKED_AT && names.count == 0; i++) {
        const struct html_mark *mark = &facts->people.items[i];
        bool has_rel = html_attribute(mark->node, "rel").length > 0;
        if (has_rel != linked || html_is(mark->node, "link") || (mark->zones & ZONE_OUTSIDE))
            continue;
        looked++;
        struct span text = html_text(arena, mark->node);
        struct span bare = without_prefix(text);
        /* Without a link or "By" before it, a text that is only called so must look like a name and no more. */
        bool sure = linked || bare.length != text.length || text.length <= NAME_BYTES_MAX / 2;
        if (sure && !add_line(arena, &names, text))
            return false;
    }
    return keep_persons(arena, &names, "page text", ret);
}

bool html_authors_read(struct arena *arena, const struct html_facts *facts, const struct html_jsonld *jsonld, struct html_metadata *ret) {
    if (!keep_persons(arena, &jsonld->authors, "json-ld", ret))
        return false;
    if (ret->author_count == 0 && !from_metas(arena, facts, ret))
        return false;
    if (ret->author_count == 0 && !from_properties(arena, facts, ret))
        return false;
    if (ret->author_count == 0 && !from_people(arena, facts, true, ret))
        return false;
    return ret->author_count > 0 || from_people(arena, facts, false, ret);
}
