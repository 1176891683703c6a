#include "ingest/html_facts.h"

#include "ingest/html_called.h"

enum {
    LINE_BYTES_MAX = 160, /* a line that tells a date tells little else */
    FRAMES_MAX = 24,      /* elements with misleading names that hold half of the page: counting the text of each takes time */
    STORY_BYTES_MIN = 140 /* a paragraph of prose, no teaser's or caption's line */
};

static bool is_footer(const xmlNode *node, unsigned called) {
    /* "entry-footer" holds what blogs tell of an article: author and date. */
    return html_is(node, "footer") || ((called & CALLED_FOOTER) && !(called & CALLED_STORY));
}

/* What a node's own tag and names say of the zones it makes. Comments and the footer come behind the story: what is called so before it
   is something else, an opinion piece or a part of the head. */
static unsigned zones_named(const xmlNode *node, unsigned called, bool story_begun) {
    unsigned zones = 0;
    if (html_is(node, "aside") || (called & CALLED_ASIDE))
        zones |= ZONE_ASIDE;
    if (story_begun && (called & CALLED_COMMENTS))
        zones |= ZONE_COMMENTS;
    if (story_begun && is_footer(node, called))
        zones |= ZONE_FOOTER;
    if (html_is(node, "nav") || html_is(node, "select") || (called & CALLED_NAVIGATION))
        zones |= ZONE_NAVIGATION;
    return zones;
}

struct walk {
    struct arena *arena;
    struct html_facts *facts;
    size_t place;
    unsigned zones[HTML_DEPTH_MAX + 8]; /* of the ancestors, by depth */
    size_t depth;
    size_t total; /* bytes of text of the whole page */
    int measured; /* elements that turned out to be the page's frame */
};

/* Bytes of text below the node; stops counting past limit. */
static size_t text_bytes(const xmlNode *top, size_t limit) {
    size_t bytes = 0;
    for (const xmlNode *node = top; node && bytes <= limit;) {
        bool opaque = html_is(node, "script") || html_is(node, "style") || html_is(node, "noscript");
        bytes += opaque ? 0 : html_node_text(node).length;
        node = opaque ? html_next_beside(node, top) : html_next(node, top);
    }
    return bytes;
}

/* Zones of the node: those above, and what it adds. An element that holds half of the page is its frame, whatever it is called
   ("page with-sidebar"). */
static unsigned zones_of(struct walk *walk, const xmlNode *node, unsigned called, unsigned above) {
    unsigned zones = above;
    if (html_is(node, "body") || html_is(node, "html"))
        return zones;
    zones |= html_is(node, "a") ? ZONE_LINK : 0;
    zones |= html_is(node, "article") || html_is(node, "main") ? ZONE_ARTICLE : 0;
    zones |= (called & CALLED_AUTHOR_BOX) ? ZONE_AUTHOR_BOX : 0;
    unsigned added = zones_named(node, called, walk->facts->story != SIZE_MAX) & ~above;
    if (html_is(node, "footer") && (above & ZONE_ARTICLE))
        added &= ~(unsigned)ZONE_FOOTER;
    if (added == 0 || walk->measured == FRAMES_MAX || text_bytes(node, walk->total / 2) <= walk->total / 2)
        return zones | added;
    walk->measured++;
    return zones;
}

static bool add_mark(struct walk *walk, struct html_marks *marks, const xmlNode *node, unsigned zones) {
    if (marks->count == FACTS_MAX)
        return true;
    struct html_mark *mark = arena_push(walk->arena, (void **)&marks->items, &marks->count, &marks->capacity, sizeof *mark);
    if (!mark)
        return false;
    *mark = (struct html_mark){node, zones, walk->place, walk->facts->articles};
    return true;
}

static bool add_meta(struct walk *walk, const xmlNode *node) {
    static const char *const NAMES[] = {"property", "name", "itemprop", "http-equiv"};
    struct html_metas *metas = &walk->facts->metas;
    struct span content = span_trim(html_attribute(node, "content"));
    for (size_t i = 0; i < sizeof NAMES / sizeof *NAMES && content.length > 0 && metas->count < FACTS_MAX; i++) {
        struct span name = span_trim(html_attribute(node, NAMES[i]));
        if (name.length == 0)
            continue;
        struct html_meta *meta = arena_push(walk->arena, (void **)&metas->items, &metas->count, &metas->capacity, sizeof *meta);
        if (!meta)
            return false;
        *meta = (struct html_meta){name, content};
    }
    return true;
}

static bool is_json_ld(const xmlNode *node) {
    struct span type = html_attribute(node, "type");
    struct span begin = SPAN("application/ld+json");
    return html_is(node, "script") && type.length >= begin.length && span_equal_ignore_case(span_slice(type, 0, begin.length), begin);
}

static bool has_digit(struct span text) {
    for (size_t i = 0; i < text.length; i++)
        if (text.data[i] >= '0' && text.data[i] <= '9')
            return true;
    return false;
}

static bool is_time(const xmlNode *node) {
    if (html_is(node, "time") || html_has_attribute(node, "datetime"))
        return true;
    return (html_is(node, "abbr") || html_is(node, "span")) && has_digit(html_attribute(node, "title"));
}

static bool note_named(struct walk *walk, const xmlNode *node, unsigned called, unsigned zones) {
    struct html_facts *facts = walk->facts;
    struct span rel = html_attribute(node, "rel");
    if ((called & CALLED_DATE) && !add_mark(walk, &facts->dated, node, zones))
        return false;
    bool author = html_name_holds(rel, "|author|") || (called & CALLED_AUTHOR);
    if (author && !add_mark(walk, &facts->people, node, zones))
        return false;
    return !(called & CALLED_CREDIT) || add_mark(walk, &facts->credits, node, zones);
}

static bool note_element(struct walk *walk, const xmlNode *node, unsigned called, unsigned zones) {
    struct html_facts *facts = walk->facts;
    facts->articles += html_is(node, "article");
    if (html_is(node, "meta") && !add_meta(walk, node))
        return false;
    if (html_is(node, "title") && !facts->title)
        facts->title = node;
    if (html_is(node, "link") && html_has_attribute(node, "rel"))
        return add_mark(walk, &facts->links, node, zones);
    if (is_json_ld(node))
        return add_mark(walk, &facts->scripts, node, zones);
    bool heading = html_is(node, "h1") || html_is(node, "h2") || html_name_holds(html_attribute(node, "itemprop"), "|headline|");
    if (heading && !add_mark(walk, &facts->headings, node, zones))
        return false;
    if (html_has_attribute(node, "itemprop") && !add_mark(walk, &facts->properties, node, zones))
        return false;
    if (is_time(node) && !add_mark(walk, &facts->times, node, zones))
        return false;
    return note_named(walk, node, called, zones);
}

static bool note_text(struct walk *walk, const xmlNode *node, unsigned zones) {
    struct span text = span_trim(html_node_text(node));
    bool hidden = html_is(node->parent, "script") || html_is(node->parent, "style") || html_is(node->parent, "noscript") ||
                  html_is(node->parent, "title");
    if (hidden || text.length == 0)
        return true;
    if (text.length <= LINE_BYTES_MAX && has_digit(text) && !add_mark(walk, &walk->facts->lines, node, zones))
        return false;
    bool outside = zones & (ZONE_OUTSIDE | ZONE_LINK);
    if (text.length >= STORY_BYTES_MIN && walk->facts->story == SIZE_MAX && !outside) {
        walk->facts->story = walk->place;
        walk->facts->opening = text;
    }
    walk->place += text.length;
    return true;
}

/* The node behind this one in the order of the page, and its depth. */
static const xmlNode *step(struct walk *walk, const xmlNode *node, const xmlNode *top) {
    bool opaque = html_is(node, "script") || html_is(node, "style") || html_is(node, "template");
    if (node->type == XML_ELEMENT_NODE && node->children && !opaque && walk->depth + 1 < sizeof walk->zones / sizeof *walk->zones) {
        walk->depth++;
        return node->children;
    }
    while (node != top && !node->next) {
        node = node->parent;
        walk->depth--;
    }
    return node == top ? NULL : node->next;
}

enum result html_facts_gather(struct arena *arena, const struct html_page *page, struct html_facts *ret) {
    *ret = (struct html_facts){.story = SIZE_MAX};
    struct walk walk = {.arena = arena, .facts = ret, .total = text_bytes(page->root, SIZE_MAX - 1)};
    for (const xmlNode *node = page->root; node; node = step(&walk, node, page->root)) {
        unsigned above = walk.depth > 0 ? walk.zones[walk.depth - 1] : 0;
        bool element = node->type == XML_ELEMENT_NODE;
        unsigned called = element ? html_called(node) : 0;
        unsigned zones = element ? zones_of(&walk, node, called, above) : above;
        walk.zones[walk.depth] = zones;
        if (element ? !note_element(&walk, node, called, zones) : !note_text(&walk, node, zones))
            return RESULT_MEMORY;
    }
    ret->length = walk.place;
    return arena_failed(arena) ? RESULT_MEMORY : RESULT_OK;
}

struct span html_facts_meta(const struct html_facts *facts, const char *name) {
    for (size_t i = 0; i < facts->metas.count; i++)
        if (span_equal_ignore_case(facts->metas.items[i].name, span_of(name)))
            return facts->metas.items[i].content;
    return (struct span){0};
}
