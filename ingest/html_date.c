#include "ingest/html_date.h"

#include "base/utf8.h"
#include "ingest/html_date_vote.h"
#include "ingest/reader.h"

#include <string.h>

/* How far a kind of evidence is believed by itself; DATE_WEIGHT_MIN (html_date_vote.h) is needed. */
enum {
    WEIGHT_JSONLD = 100,
    WEIGHT_META = 95,
    WEIGHT_META_VAGUE = 60, /* "date", "dc.date": mostly, but not always, the publication */
    WEIGHT_PROPERTY = 85,
    WEIGHT_JSONLD_PAGE = 45, /* a WebPage's: often, when the template was set up */
    WEIGHT_URL = 80,
    WEIGHT_MODIFIED = 32,
    WEIGHT_MODIFIED_VAGUE = 24, /* "last-modified", "og:updated_time": of the page, not of the article */
};

struct meta_name {
    const char *name;
    int weight;
    bool modified;
};

/* In lower case, without what is in front of the last part where it does not matter. */
static const struct meta_name META_NAMES[] = {
    {"article:published_time", WEIGHT_META, false},
    {"article:published", WEIGHT_META, false},
    {"og:article:published_time", WEIGHT_META, false},
    {"og:published_time", WEIGHT_META, false},
    {"og:pubdate", WEIGHT_META, false},
    {"og:publish_date", WEIGHT_META, false},
    {"og:release_date", WEIGHT_META, false},
    {"article:publish_date", WEIGHT_META, false},
    {"article:post_date", WEIGHT_META, false},
    {"article_date_original", WEIGHT_META, false},
    {"cxenseparse:recs:publishtime", WEIGHT_META, false},
    {"cxenseparse:publishtime", WEIGHT_META, false},
    {"datepublished", WEIGHT_META, false},
    {"publishdate", WEIGHT_META, false},
    {"publish_date", WEIGHT_META, false},
    {"publish-date", WEIGHT_META, false},
    {"published_date", WEIGHT_META, false},
    {"published-date", WEIGHT_META, false},
    {"published_time", WEIGHT_META, false},
    {"publishedtime", WEIGHT_META, false},
    {"pubdate", WEIGHT_META, false},
    {"pub_date", WEIGHT_META, false},
    {"publication_date", WEIGHT_META, false},
    {"publicationdate", WEIGHT_META, false},
    {"publication-date", WEIGHT_META, false},
    {"publish-time", WEIGHT_META, false},
    {"parsely-pub-date", WEIGHT_META, false},
    {"parsely-page:pub_date", WEIGHT_META, false},
    {"sailthru.date", WEIGHT_META, false},
    {"dc.date.issued", WEIGHT_META, false},
    {"dcterms.issued", WEIGHT_META, false},
    {"dc.issued", WEIGHT_META, false},
    {"dcsext.articlefirstpublished", WEIGHT_META, false},
    {"prism.publicationdate", WEIGHT_META, false},
    {"citation_publication_date", WEIGHT_META, false},
    {"citation_online_date", WEIGHT_META, false},
    {"article.published", WEIGHT_META, false},
    {"bt:pubdate", WEIGHT_META, false},
    {"rnews:datepublished", WEIGHT_META, false},
    {"displaydate", WEIGHT_META, false},
    {"originalpublicationdate", WEIGHT_META, false},
    {"vr:published_time", WEIGHT_META, false},
    {"shareaholic:article_published_time", WEIGHT_META, false},
    {"article:created", WEIGHT_META_VAGUE, false},
    {"article.created", WEIGHT_META_VAGUE, false},
    {"datecreated", WEIGHT_META_VAGUE, false},
    {"date_created", WEIGHT_META_VAGUE, false},
    {"createdate", WEIGHT_META_VAGUE, false},
    {"creation_date", WEIGHT_META_VAGUE, false},
    {"dc.date.created", WEIGHT_META_VAGUE, false},
    {"dc:date.created", WEIGHT_META_VAGUE, false},
    {"dcterms.created", WEIGHT_META_VAGUE, false},
    {"dcterms:created", WEIGHT_META_VAGUE, false},
    {"dc.created", WEIGHT_META_VAGUE, false},
    {"date", WEIGHT_META_VAGUE, false},
    {"dc.date", WEIGHT_META_VAGUE, false},
    {"dc:date", WEIGHT_META_VAGUE, false},
    {"dcterms.date", WEIGHT_META_VAGUE, false},
    {"article_date", WEIGHT_META_VAGUE, false},
    {"article-date", WEIGHT_META_VAGUE, false},
    {"eomportal-lastupdate", WEIGHT_MODIFIED, true},
    {"article:modified_time", WEIGHT_MODIFIED, true},
    {"article:modified", WEIGHT_MODIFIED, true},
    {"og:article:modified_time", WEIGHT_MODIFIED, true},
    {"og:updated_time", WEIGHT_MODIFIED_VAGUE, true},
    {"og:modified_time", WEIGHT_MODIFIED, true},
    {"datemodified", WEIGHT_MODIFIED, true},
    {"dateupdate", WEIGHT_MODIFIED, true},
    {"modified_time", WEIGHT_MODIFIED, true},
    {"lastmod", WEIGHT_MODIFIED_VAGUE, true},
    {"last-modified", WEIGHT_MODIFIED_VAGUE, true},
    {"dc.date.modified", WEIGHT_MODIFIED, true},
    {"dc:date.modified", WEIGHT_MODIFIED, true},
    {"dcterms.modified", WEIGHT_MODIFIED, true},
    {"revised", WEIGHT_MODIFIED_VAGUE, true},
};

static const struct meta_name *find_meta_name(struct span name) {
    for (size_t i = 0; i < sizeof META_NAMES / sizeof *META_NAMES; i++)
        if (span_equal_ignore_case(name, span_of(META_NAMES[i].name)))
            return &META_NAMES[i];
    return NULL;
}

static const struct meta_name *meta_named(struct span name) {
    const struct meta_name *found = find_meta_name(name);
    size_t colon = found ? SIZE_MAX : span_find(name, SPAN(":"), 0);
    /* Systems put their own prefix in front: "acme:published_time". */
    return colon == SIZE_MAX ? found : find_meta_name(span_slice(name, colon + 1, name.length));
}

static void add_value(struct date_vote *vote, const struct html_date_hints *hints, struct span value, int weight, bool modified,
                      const char *from) {
    struct moment moment;
    if (!text_date_parse(value, hints->order, hints->now, &moment))
        return;
    date_vote_add(vote, (struct date_evidence){moment, from, weight, modified});
}

static void add_jsonld(struct date_vote *vote, const struct html_date_hints *hints) {
    const struct html_jsonld *jsonld = hints->jsonld;
    add_value(vote, hints, jsonld->published, WEIGHT_JSONLD, false, "json-ld");
    if (jsonld->published.length == 0)
        add_value(vote, hints, jsonld->created, WEIGHT_META_VAGUE, false, "json-ld");
    add_value(vote, hints, jsonld->page_published, WEIGHT_JSONLD_PAGE, false, "json-ld");
    add_value(vote, hints, jsonld->modified, WEIGHT_MODIFIED, true, "json-ld");
    add_value(vote, hints, jsonld->page_modified, WEIGHT_MODIFIED_VAGUE, true, "json-ld");
}

static void add_metas(struct date_vote *vote, const struct html_facts *facts, const struct html_date_hints *hints) {
    for (size_t i = 0; i < facts->metas.count; i++) {
        const struct html_meta *meta = &facts->metas.items[i];
        const struct meta_name *name = meta_named(meta->name);
        if (name)
            add_value(vote, hints, meta->content, name->weight, name->modified, "meta");
    }
}

/* --- the URL --------------------------------------------------------------------------------------------------------------------- */

static bool digits_at(struct span text, size_t at, size_t count, int *ret) {
    *ret = 0;
    for (size_t i = at; i < at + count; i++) {
        if (i >= text.length || text.data[i] < '0' || text.data[i] > '9')
            return false;
        *ret = *ret * 10 + (text.data[i] - '0');
    }
    bool longer = at + count < text.length && text.data[at + count] >= '0' && text.data[at + count] <= '9';
    return !longer;
}

/* "2024/03/01", "2024-3-1", "20240301" at the byte. */
static bool url_date_at(struct span url, size_t at, int date[3]) {
    int whole;
    if (digits_at(url, at, 8, &whole)) {
        date[0] = whole / 10000, date[1] = whole / 100 % 100, date[2] = whole % 100;
        return date[0] >= 1990;
    }
    if (!digits_at(url, at, 4, &date[0]))
        return false;
    size_t next = at + 4;
    char sign = next < url.length ? url.data[next] : '\0';
    if (sign != '/' && sign != '-' && sign != '_' && sign != '.')
        return false;
    for (int i = 1; i <= 2; i++) {
        if (next >= url.length || url.data[next] != sign)
            return false;
        size_t count = digits_at(url, next + 1, 2, &date[i]) ? 2 : 1;
        if (!digits_at(url, next + 1, count, &date[i]))
            return false;
        next += 1 + count;
    }
    return true;
}

/* "1-3-2024" at the byte. */
static bool url_date_backwards_at(struct span url, size_t at, const struct html_date_hints *hints, int date[3]) {
    struct text_date found;
    size_t end = at;
    while (end < url.length && end - at < 10 && url.data[end] != '/' && url.data[end] != '.')
        end++;
    struct span part = span_slice(url, at, end);
    if (!text_date_find(part, 0, hints->order, hints->now, &found) || found.start > 0 || found.end < 8)
        return false;
    return digits_at(url, at + found.end - 4, 4, &date[0]) && digits_at(url, at + found.end - 7, 2, &date[1]) &&
           digits_at(url, at, 2, &date[2]);
}

/* "/2024/03/": no day, but dates of that month are likelier. */
static bool url_month_at(struct span url, size_t at, int date[3]) {
    bool framed = at > 0 && url.data[at - 1] == '/' && digits_at(url, at, 4, &date[0]) && at + 4 < url.length && url.data[at + 4] == '/' &&
                  digits_at(url, at + 5, 2, &date[1]) && at + 7 < url.length && url.data[at + 7] == '/';
    date[2] = 1;
    return framed && date[0] >= 1990;
}

static struct span url_path(struct span url, size_t *ret_from) {
    size_t query = span_find(url, SPAN("?"), 0);
    url = span_slice(url, 0, query == SIZE_MAX ? url.length : query);
    size_t host = span_find(url, SPAN("://"), 0);
    *ret_from = host == SIZE_MAX ? SIZE_MAX : span_find(url, SPAN("/"), host + 3);
    return url;
}

static void add_url(struct date_vote *vote, const struct html_date_hints *hints) {
    size_t from;
    struct span url = url_path(hints->url, &from);
    for (size_t at = from; at < url.length; at++) {
        int date[3];
        int64_t days;
        bool begins = at > 0 && url.data[at] >= '0' && url.data[at] <= '9' && !(url.data[at - 1] >= '0' && url.data[at - 1] <= '9');
        if (!begins)
            continue;
        bool whole = url_date_at(url, at, date) || url_date_backwards_at(url, at, hints, date);
        bool month = !whole && url_month_at(url, at, date);
        if ((!whole && !month) || !time_days_from_date(date[0], date[1], date[2], &days))
            continue;
        struct moment moment = {days * 86400, PRECISION_DAY};
        if (!moment_believable(moment, hints->now))
            continue;
        if (whole)
            date_vote_add(vote, (struct date_evidence){moment, "url", WEIGHT_URL, false});
        else
            vote->month = moment;
        return;
    }
}

/* --- microdata ------------------------------------------------------------------------------------------------------------------- */

static void add_properties(struct arena *arena, struct date_vote *vote, const struct html_facts *facts,
                           const struct html_date_hints *hints) {
    for (size_t i = 0; i < facts->properties.count; i++) {
        const struct html_mark *mark = &facts->properties.items[i];
        struct span name = html_attribute(mark->node, "itemprop");
        bool published = span_find(name, SPAN("datePublished"), 0) != SIZE_MAX || span_find(name, SPAN("uploadDate"), 0) != SIZE_MAX;
        bool created = span_find(name, SPAN("dateCreated"), 0) != SIZE_MAX;
        bool modified = span_find(name, SPAN("dateModified"), 0) != SIZE_MAX;
        if ((!published && !created && !modified) || (mark->zones & ZONE_OUTSIDE))
            continue;
        struct span value = html_attribute(mark->node, "content");
        if (value.length == 0)
            value = html_attribute(mark->node, "datetime");
        if (value.length == 0)
            value = html_text(arena, mark->node);
        int weight = published && !modified ? WEIGHT_PROPERTY : created ? WEIGHT_META_VAGUE : WEIGHT_MODIFIED;
        add_value(vote, hints, value, weight, modified && !published && !created, "microdata");
    }
}

enum result html_dates_read(struct arena *arena, const struct html_facts *facts, const struct html_date_hints *hints,
                            struct html_dates *ret) {
    struct date_vote vote = {.count = 0};
    add_jsonld(&vote, hints);
    add_metas(&vote, facts, hints);
    add_properties(arena, &vote, facts, hints);
    add_url(&vote, hints);
    html_date_visible(arena, &vote, facts, hints);
    *ret = (struct html_dates){0};
    const struct date_evidence *published = date_vote_winner(&vote);
    if (published) {
        ret->published = published->moment;
        ret->published_from = published->from;
    }
    const struct date_evidence *modified = date_vote_modified(&vote);
    if (modified && (!published || modified->moment.seconds >= published->moment.seconds)) {
        ret->modified = modified->moment;
        ret->modified_from = modified->from;
    }
    return arena_failed(arena) ? RESULT_MEMORY : RESULT_OK;
}
