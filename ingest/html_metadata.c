#include "ingest/html_metadata.h"

#include "base/public_id.h"
#include "ingest/html_authors.h"
#include "ingest/html_date.h"
#include "ingest/html_plain.h"
#include "ingest/html_title.h"
#include "ingest/reader.h"

#include <libxml/uri.h>
#include <string.h>

enum {
    FIELD_TEXT_MAX = 200, /* bytes of an outlet's or section's name, or of a credit; more is prose */
};

struct reading {
    struct arena *arena;
    struct html_facts facts;
    struct html_jsonld jsonld;
    struct html_metadata *found;
    struct span base; /* absolute; relative addresses are meant from here */
};

/* A place that may tell a field: a value as it stands there, and what to call the place. */
struct source {
    struct span value;
    const char *from;
};

static struct span meta(const struct reading *reading, const char *name) {
    return html_facts_meta(&reading->facts, name);
}

static struct html_field first_text(struct arena *arena, const struct source *sources, size_t count) {
    for (size_t i = 0; i < count; i++) {
        struct span text = html_plain(arena, sources[i].value);
        if (text.length > 0 && text.length <= FIELD_TEXT_MAX)
            return (struct html_field){text, sources[i].from};
    }
    return (struct html_field){0};
}

/* --- addresses ------------------------------------------------------------------------------------------------------------------- */

/* Canonical and absolute; the empty span where the value is no address of the web. */
static struct span absolute(struct reading *reading, struct span value) {
    value = span_trim(value);
    struct span url = {0};
    if (value.length == 0 || value.length > URL_BYTES_MAX)
        return url;
    if (url_canonicalize(reading->arena, value, &url) == RESULT_OK || reading->base.length == 0)
        return url;
    struct span copy = arena_copy(reading->arena, value), base = arena_copy(reading->arena, reading->base);
    if (arena_failed(reading->arena))
        return (struct span){0};
    xmlChar *joined = xmlBuildURI((const xmlChar *)copy.data, (const xmlChar *)base.data);
    if (joined && url_canonicalize(reading->arena, arena_copy(reading->arena, span_of((const char *)joined)), &url) != RESULT_OK)
        url = (struct span){0};
    xmlFree(joined);
    return url;
}

static struct span link_named(const struct reading *reading, struct span rel) {
    for (size_t i = 0; i < reading->facts.links.count; i++) {
        const xmlNode *node = reading->facts.links.items[i].node;
        if (span_equal_ignore_case(span_trim(html_attribute(node, "rel")), rel))
            return html_attribute(node, "href");
    }
    return (struct span){0};
}

/* True for "https://host/": what a template names for all pages. */
static bool is_front_page(struct span url) {
    size_t host = span_find(url, SPAN("://"), 0);
    size_t path = host == SIZE_MAX ? SIZE_MAX : span_find(url, SPAN("/"), host + 3);
    return path == SIZE_MAX || path + 1 == url.length;
}

static void read_url(struct reading *reading, struct span address) {
    const struct source sources[] = {
        {link_named(reading, SPAN("canonical")), "link"}, {meta(reading, "og:url"), "meta"},       {reading->jsonld.url, "json-ld"},
        {meta(reading, "twitter:url"), "meta"},           {meta(reading, "parsely-link"), "meta"}, {address, "address"},
        {link_named(reading, SPAN("shortlink")), "link"},
    };
    struct html_field front = {0};
    for (size_t i = 0; i < sizeof sources / sizeof *sources; i++) {
        struct span url = absolute(reading, sources[i].value);
        if (url.length == 0)
            continue;
        if (!is_front_page(url)) {
            reading->found->url = (struct html_field){url, sources[i].from};
            return;
        }
        if (front.text.length == 0)
            front = (struct html_field){url, sources[i].from};
    }
    reading->found->url = front;
}

static void read_image(struct reading *reading) {
    const struct source sources[] = {
        {meta(reading, "og:image"), "meta"},
        {meta(reading, "og:image:url"), "meta"},
        {meta(reading, "og:image:secure_url"), "meta"},
        {reading->jsonld.image_url, "json-ld"},
        {meta(reading, "twitter:image"), "meta"},
        {meta(reading, "twitter:image:src"), "meta"},
        {meta(reading, "parsely-image-url"), "meta"},
        {link_named(reading, SPAN("image_src")), "link"},
    };
    for (size_t i = 0; i < sizeof sources / sizeof *sources && reading->found->image_url.text.length == 0; i++)
        reading->found->image_url = (struct html_field){absolute(reading, sources[i].value), sources[i].from};
    if (reading->found->image_url.text.length == 0)
        reading->found->image_url.from = NULL;
}

/* The credit of the first picture of the article: what is called so within a <figure>. */
static struct span visible_credit(const struct reading *reading) {
    for (size_t i = 0; i < reading->facts.credits.count; i++) {
        const struct html_mark *mark = &reading->facts.credits.items[i];
        bool in_figure = false;
        for (const xmlNode *above = mark->node; above && !in_figure; above = above->parent)
            in_figure = html_is(above, "figure") || html_is(above, "figcaption");
        if (!in_figure || (mark->zones & ZONE_OUTSIDE & ~(unsigned)ZONE_FOOTER))
            continue;
        struct span text = html_text(reading->arena, mark->node);
        if (text.length > 0 && text.length <= FIELD_TEXT_MAX)
            return text;
    }
    return (struct span){0};
}

/* --- names ----------------------------------------------------------------------------------------------------------------------- */

static bool is_name(struct span value) {
    struct span name = span_trim(value);
    bool address = span_find(name, SPAN("://"), 0) != SIZE_MAX || span_starts_with(name, SPAN("@")) || span_starts_with(name, SPAN("www."));
    return name.length > 0 && !address;
}

static struct span if_name(struct span value) {
    return is_name(value) ? value : (struct span){0};
}

static void read_outlet(struct reading *reading) {
    struct span title = reading->facts.title ? html_text(reading->arena, reading->facts.title) : (struct span){0};
    const struct source sources[] = {
        {if_name(meta(reading, "og:site_name")), "meta"},
        {if_name(reading->jsonld.outlet), "json-ld"},
        {if_name(meta(reading, "application-name")), "meta"},
        {if_name(meta(reading, "apple-mobile-web-app-title")), "meta"},
        {if_name(meta(reading, "dc.publisher")), "meta"},
        {if_name(meta(reading, "cre")), "meta"},
        {html_title_outlet(reading->arena, title, url_host(reading->base)), "page text"},
        {url_host(reading->found->url.text), "url"},
        {url_host(reading->base), "url"},
    };
    reading->found->outlet = first_text(reading->arena, sources, sizeof sources / sizeof *sources);
}

static struct span body_language(const struct reading *reading, const struct html_page *page) {
    struct span language = html_attribute(page->root, "lang");
    if (language.length == 0)
        language = html_attribute(page->root, "xml:lang");
    return language.length > 0 ? language : html_attribute(page->body, "lang");
    (void)reading;
}

/* False on failure of memory. */
static bool read_language(struct reading *reading, const struct html_page *page) {
    const struct source sources[] = {
        {body_language(reading, page), "html"},      {reading->jsonld.language, "json-ld"},  {meta(reading, "og:locale"), "meta"},
        {meta(reading, "content-language"), "meta"}, {meta(reading, "dc.language"), "meta"}, {meta(reading, "language"), "meta"},
        {meta(reading, "dcterms.language"), "meta"}, {meta(reading, "inlanguage"), "meta"},
    };
    struct document scratch = {0};
    for (size_t i = 0; i < sizeof sources / sizeof *sources; i++) {
        if (sources[i].value.length > 40)
            continue;
        if (!document_set_language(reading->arena, &scratch, sources[i].value))
            return false;
        if (scratch.language.length == 0)
            continue;
        reading->found->language = (struct html_field){scratch.language, sources[i].from};
        return true;
    }
    return true;
}

static void read_section(struct reading *reading) {
    const struct source sources[] = {
        {meta(reading, "article:section"), "meta"},     {reading->jsonld.section, "json-ld"},
        {meta(reading, "parsely-section"), "meta"},     {meta(reading, "section"), "meta"},
        {meta(reading, "cxenseparse:section"), "meta"},
    };
    reading->found->section = first_text(reading->arena, sources, sizeof sources / sizeof *sources);
}

static void read_credit(struct reading *reading) {
    const struct source sources[] = {
        {if_name(reading->jsonld.image_credit), "json-ld"},
        {visible_credit(reading), "page text"},
    };
    reading->found->image_credit = first_text(reading->arena, sources, sizeof sources / sizeof *sources);
}

static enum result read_dates(struct reading *reading, int64_t now) {
    struct html_metadata *found = reading->found;
    struct span address = found->url.text;
    const struct html_date_hints hints = {
        .jsonld = &reading->jsonld,
        .url = address,
        .title = found->title.text,
        .order = date_order_of(found->language.text, url_host(address)),
        .now = now,
    };
    struct html_dates dates;
    enum result result = html_dates_read(reading->arena, &reading->facts, &hints, &dates);
    if (result != RESULT_OK)
        return result;
    found->published = dates.published;
    found->published_from = dates.published_from;
    found->modified = dates.modified;
    found->modified_from = dates.modified_from;
    return RESULT_OK;
}

static void choose_base(struct reading *reading, struct span address) {
    struct span canonical = link_named(reading, SPAN("canonical")), og = meta(reading, "og:url"), url = {0};
    const struct span candidates[] = {address, canonical, og};
    for (size_t i = 0; i < sizeof candidates / sizeof *candidates && url.length == 0; i++)
        if (url_canonicalize(reading->arena, span_trim(candidates[i]), &url) != RESULT_OK)
            url = (struct span){0};
    reading->base = url;
}

enum result html_metadata_read(struct arena *arena, const struct html_page *page, struct span address, int64_t now,
                               struct html_metadata *ret) {
    *ret = (struct html_metadata){0};
    struct reading reading = {.arena = arena, .found = ret};
    enum result result = html_facts_gather(arena, page, &reading.facts);
    if (result != RESULT_OK)
        return result;
    choose_base(&reading, address);
    read_url(&reading, address);
    struct span rough_title = html_title_rough(arena, &reading.facts);
    result = html_jsonld_read(arena, &reading.facts, rough_title, ret->url.text, &reading.jsonld);
    if (result != RESULT_OK)
        return result;
    if (ret->url.text.length == 0 || is_front_page(ret->url.text))
        read_url(&reading, address);
    read_outlet(&reading);
    ret->title = html_title_choose(arena, &reading.facts, &reading.jsonld, ret->outlet.text);
    read_section(&reading);
    read_image(&reading);
    read_credit(&reading);
    if (!read_language(&reading, page) || !html_authors_read(arena, &reading.facts, &reading.jsonld, ret))
        return RESULT_MEMORY;
    result = read_dates(&reading, now);
    return arena_failed(arena) ? RESULT_MEMORY : result;
}
