#include "ingest/html_jsonld.h"

#include "base/cleanup.h"
#include "base/public_id.h"
#include "base/utf8.h"
#include "ingest/html_jsonld_mend.h"
#include "ingest/html_plain.h"

#include <jansson.h>
#include <string.h>

enum {
    SCRIPTS_MAX = 32,      /* pages have a handful */
    HOPS_MAX = 4,          /* from a value to its name: list, object, reference */
    TYPES_MAX = 8,         /* of one object */
    AUTHORS_MAX = 32,      /* of one article */
    SCORE_ARTICLE = 100,   /* a type of article, at a place where the page speaks of itself */
    SCORE_STANDS_FOR = 50, /* a video or recipe may be the page's main thing */
    SCORE_LISTED = 60,     /* taken off what stands in a list of others */
    SCORE_MATCH = 30,      /* its title or URL is the page's */
    SCORE_MIN = 45,        /* an article in a list whose title is the page's still counts */
};

struct node {
    const json_t *object;
    bool listed; /* below a key that lists other pages */
};

struct reading {
    struct arena *arena;
    json_t *roots[SCRIPTS_MAX];
    size_t root_count;
    struct node *nodes; /* all objects, those near the root first */
    size_t count, capacity;
    struct html_jsonld *found;
};

static void release(struct reading *reading) {
    for (size_t i = 0; i < reading->root_count; i++)
        json_decref(reading->roots[i]);
}

static struct span string_of(const json_t *value) {
    return json_is_string(value) ? (struct span){json_string_value(value), json_string_length(value)} : (struct span){0};
}

/* --- parsing --------------------------------------------------------------------------------------------------------------------- */

/* Where JSON begins: behind "<!--", "//<![CDATA[" and the like. */
static size_t json_begin(struct span text, size_t from) {
    for (; from < text.length; from++) {
        bool begins = text.data[from] == '{' || text.data[from] == '[';
        /* "[CDATA[" is no list. */
        if (begins && span_starts_with(span_slice(text, from, text.length), SPAN("[CDATA[")))
            from += 6;
        else if (begins)
            break;
    }
    return from;
}

/* Parses values that stand one after another. False where the first one is broken. *ret_memory: memory ran out. */
static bool parse_values(struct reading *reading, struct span text, bool *ret_memory) {
    bool any = false;
    size_t at = json_begin(text, 0);
    while (at < text.length && reading->root_count < SCRIPTS_MAX) {
        json_error_t why;
        size_t flags = JSON_DISABLE_EOF_CHECK | JSON_DECODE_INT_AS_REAL | JSON_ALLOW_NUL;
        json_t *root = json_loadb(text.data + at, text.length - at, flags, &why);
        if (!root) {
            *ret_memory = json_error_code(&why) == json_error_out_of_memory;
            return any;
        }
        reading->roots[reading->root_count++] = root;
        any = true;
        at = json_begin(text, at + (size_t)why.position);
    }
    return any || text.length == 0;
}

static void scan_broken(struct reading *reading, struct span text) {
    struct html_jsonld *found = reading->found;
    struct span published = jsonld_scan(text, SPAN("datePublished")), modified = jsonld_scan(text, SPAN("dateModified"));
    if (found->published.length == 0)
        found->published = arena_copy(reading->arena, published);
    if (found->modified.length == 0)
        found->modified = arena_copy(reading->arena, modified);
}

static enum result parse_script(struct reading *reading, const xmlNode *script) {
    struct span text = span_trim(html_raw_text(reading->arena, script));
    bool memory = false;
    if (text.length == 0 || text.length > JSONLD_BYTES_MAX)
        return arena_failed(reading->arena) ? RESULT_MEMORY : RESULT_OK;
    if (parse_values(reading, text, &memory) || memory)
        return memory ? RESULT_MEMORY : RESULT_OK;
    struct span mended = jsonld_mend(reading->arena, text);
    if (!parse_values(reading, mended, &memory) && !memory)
        scan_broken(reading, text);
    return memory || arena_failed(reading->arena) ? RESULT_MEMORY : RESULT_OK;
}

/* --- the objects ----------------------------------------------------------------------------------------------------------------- */

static bool is_listing_key(const char *key) {
    static const char *const KEYS[] = {"itemListElement", "blogPost", "blogPosts",   "hasPart",  "relatedLink", "mentions",
                                       "comment",         "review",   "citation",    "isPartOf", "isBasedOn",   "liveBlogUpdate",
                                       "subjectOf",       "about",    "workExample", "video",    "image",       "associatedMedia"};
    for (size_t i = 0; i < sizeof KEYS / sizeof *KEYS; i++)
        if (strcmp(key, KEYS[i]) == 0)
            return true;
    return false;
}

static bool add_node(struct reading *reading, const json_t *value, bool listed) {
    if ((!json_is_object(value) && !json_is_array(value)) || reading->count == JSONLD_NODES_MAX)
        return true;
    struct node *node = arena_push(reading->arena, (void **)&reading->nodes, &reading->count, &reading->capacity, sizeof *node);
    if (!node)
        return false;
    *node = (struct node){value, listed};
    return true;
}

/* All objects and lists, breadth first. */
static bool collect(struct reading *reading) {
    for (size_t i = 0; i < reading->root_count; i++)
        if (!add_node(reading, reading->roots[i], false))
            return false;
    for (size_t i = 0; i < reading->count; i++) {
        struct node node = reading->nodes[i];
        size_t index;
        const char *key;
        json_t *value;
        json_array_foreach(node.object, index, value) if (!add_node(reading, value, node.listed)) return false;
        if (!json_is_object(node.object))
            continue;
        json_object_foreach((json_t *)node.object, key,
                            value) if (!add_node(reading, value, node.listed || is_listing_key(key))) return false;
    }
    return true;
}

/* "http://schema.org/NewsArticle" is NewsArticle. */
static struct span type_name(const json_t *type) {
    struct span name = string_of(type);
    size_t begin = name.length;
    while (begin > 0 && name.data[begin - 1] != '/' && name.data[begin - 1] != '#' && name.data[begin - 1] != ':')
        begin--;
    return span_slice(name, begin, name.length);
}

static bool has_type(const json_t *object, bool (*test)(struct span name)) {
    const json_t *type = json_object_get(object, "@type");
    if (!json_is_array(type))
        return test(type_name(type));
    for (size_t i = 0; i < json_array_size(type) && i < TYPES_MAX; i++)
        if (test(type_name(json_array_get(type, i))))
            return true;
    return false;
}

static bool is_article_type(struct span name) {
    return span_ends_with(name, SPAN("Article")) || span_ends_with(name, SPAN("BlogPosting")) || span_equal(name, SPAN("Report")) ||
           span_equal(name, SPAN("SocialMediaPosting")) || span_equal(name, SPAN("Review")) || span_equal(name, SPAN("CreativeWork"));
}

static bool is_substitute_type(struct span name) {
    static const struct span TYPES[] = {SPAN_INIT("VideoObject"),  SPAN_INIT("Recipe"),       SPAN_INIT("PodcastEpisode"),
                                        SPAN_INIT("ImageGallery"), SPAN_INIT("MediaGallery"), SPAN_INIT("DiscussionForumPosting"),
                                        SPAN_INIT("AudioObject"),  SPAN_INIT("QAPage"),       SPAN_INIT("HowTo")};
    for (size_t i = 0; i < sizeof TYPES / sizeof *TYPES; i++)
        if (span_equal(name, TYPES[i]))
            return true;
    return false;
}

static bool is_page_type(struct span name) {
    return span_ends_with(name, SPAN("WebPage")) || span_equal(name, SPAN("ItemPage"));
}

static bool is_site_type(struct span name) {
    return span_equal(name, SPAN("WebSite"));
}

/* The object that {"@id": ...} refers to; value itself where it is none. */
static const json_t *resolve(const struct reading *reading, const json_t *value) {
    struct span id = string_of(json_object_get(value, "@id"));
    if (id.length == 0 || json_object_size(value) > 2 || json_object_get(value, "name"))
        return value;
    for (size_t i = 0; i < reading->count; i++) {
        const json_t *object = reading->nodes[i].object;
        if (object != value && json_object_size(object) > 1 && span_equal(string_of(json_object_get(object, "@id")), id))
            return object;
    }
    return value;
}

/* The string that a value stands for, by way of lists, references and the keys that hold it. */
static struct span text_of(const struct reading *reading, const json_t *value, const char *const *keys) {
    for (int hop = 0; hop < HOPS_MAX && value; hop++) {
        if (json_is_string(value))
            return span_trim(string_of(value));
        const json_t *inner = json_is_array(value) ? json_array_get(value, 0) : NULL;
        const json_t *object = json_is_object(value) ? resolve(reading, value) : NULL;
        for (const char *const *key = keys; object && *key && !inner; key++)
            inner = json_object_get(object, *key);
        value = inner;
    }
    return (struct span){0};
}

static const char *const NAME_KEYS[] = {"name", "alternateName", "@value", "headline", NULL};
static const char *const URL_KEYS[] = {"contentUrl", "url", "@id", NULL};
static const char *const VALUE_KEYS[] = {"@value", NULL};

/* --- which one ------------------------------------------------------------------------------------------------------------------- */

static bool is_same_text(struct arena *arena, struct span a, struct span b) {
    struct span folded_a = {0}, folded_b = {0};
    if (a.length == 0 || b.length == 0 || utf8_fold(arena, a, &folded_a) != RESULT_OK || utf8_fold(arena, b, &folded_b) != RESULT_OK)
        return false;
    struct span longer = folded_a.length >= folded_b.length ? folded_a : folded_b;
    struct span shorter = folded_a.length >= folded_b.length ? folded_b : folded_a;
    return shorter.length >= 8 ? span_find(longer, shorter, 0) != SIZE_MAX : span_equal(longer, shorter);
}

static struct span url_of(const struct reading *reading, const json_t *object) {
    struct span url = text_of(reading, json_object_get(object, "url"), URL_KEYS);
    return url.length > 0 ? url : text_of(reading, json_object_get(object, "mainEntityOfPage"), URL_KEYS);
}

static int score_of(const struct reading *reading, const struct node *node, struct span title, struct span url) {
    int score = 0;
    if (!json_is_object(node->object))
        return 0;
    if (has_type(node->object, is_article_type))
        score = SCORE_ARTICLE;
    else if (has_type(node->object, is_substitute_type))
        score = SCORE_STANDS_FOR;
    if (score == 0)
        return 0;
    score -= node->listed ? SCORE_LISTED : 0;
    struct span headline = text_of(reading, json_object_get(node->object, "headline"), NAME_KEYS);
    if (headline.length == 0)
        headline = text_of(reading, json_object_get(node->object, "name"), NAME_KEYS);
    if (is_same_text(reading->arena, headline, title))
        score += SCORE_MATCH;
    struct span canonical = {0};
    if (url.length > 0 && url_canonicalize(reading->arena, url_of(reading, node->object), &canonical) == RESULT_OK)
        score += span_equal(canonical, url) ? SCORE_MATCH : 0;
    return score + (json_object_get(node->object, "datePublished") ? 1 : 0);
}

static const json_t *choose(const struct reading *reading, struct span title, struct span url) {
    const json_t *best = NULL;
    int best_score = SCORE_MIN - 1;
    for (size_t i = 0; i < reading->count; i++) {
        int score = score_of(reading, &reading->nodes[i], title, url);
        if (score > best_score) {
            best = reading->nodes[i].object;
            best_score = score;
        }
    }
    return best;
}

static const json_t *first_of_type(const struct reading *reading, bool (*test)(struct span name)) {
    for (size_t i = 0; i < reading->count; i++)
        if (json_is_object(reading->nodes[i].object) && !reading->nodes[i].listed && has_type(reading->nodes[i].object, test))
            return reading->nodes[i].object;
    return NULL;
}

/* --- the fields ------------------------------------------------------------------------------------------------------------------ */

static void set(struct reading *reading, struct span *field, const json_t *object, const char *key, const char *const *keys) {
    if (field->length == 0 && object)
        *field = html_plain(reading->arena, text_of(reading, json_object_get(object, key), keys));
}

static bool is_organization(struct span name) {
    return span_ends_with(name, SPAN("Organization"));
}

static bool add_author(struct reading *reading, const json_t *author) {
    const json_t *object = json_is_object(author) ? resolve(reading, author) : NULL;
    const json_t *names = object ? json_object_get(object, "name") : NULL;
    if (object && has_type(object, is_organization))
        return true;
    size_t count = json_is_array(names) ? json_array_size(names) : 1;
    for (size_t i = 0; i < count && i < AUTHORS_MAX; i++) {
        const json_t *name = json_is_array(names) ? json_array_get(names, i) : author;
        if (!authors_add(reading->arena, &reading->found->authors, html_plain(reading->arena, text_of(reading, name, NAME_KEYS))))
            return false;
    }
    return true;
}

static bool add_authors(struct reading *reading, const json_t *value) {
    size_t count = json_is_array(value) ? json_array_size(value) : value != NULL;
    for (size_t i = 0; i < count && i < AUTHORS_MAX; i++)
        if (!add_author(reading, json_is_array(value) ? json_array_get(value, i) : value))
            return false;
    return true;
}

static bool read_article(struct reading *reading, const json_t *article) {
    struct html_jsonld *found = reading->found;
    found->is_article = article && has_type(article, is_article_type);
    set(reading, &found->headline, article, "headline", NAME_KEYS);
    set(reading, &found->headline, article, "name", NAME_KEYS);
    set(reading, &found->published, article, "datePublished", VALUE_KEYS);
    set(reading, &found->published, article, "uploadDate", VALUE_KEYS);
    set(reading, &found->created, article, "dateCreated", VALUE_KEYS);
    set(reading, &found->modified, article, "dateModified", VALUE_KEYS);
    set(reading, &found->outlet, article, "publisher", NAME_KEYS);
    set(reading, &found->outlet, article, "sourceOrganization", NAME_KEYS);
    set(reading, &found->language, article, "inLanguage", NAME_KEYS);
    set(reading, &found->section, article, "articleSection", NAME_KEYS);
    set(reading, &found->image_url, article, "image", URL_KEYS);
    set(reading, &found->image_url, article, "thumbnailUrl", URL_KEYS);
    if (!article)
        return true;
    found->url = html_plain(reading->arena, url_of(reading, article));
    const json_t *image = json_object_get(article, "image");
    image = json_is_array(image) ? json_array_get(image, 0) : image;
    image = json_is_object(image) ? resolve(reading, image) : NULL;
    set(reading, &found->image_credit, image, "creditText", NAME_KEYS);
    set(reading, &found->image_credit, image, "creator", NAME_KEYS);
    set(reading, &found->image_credit, image, "copyrightHolder", NAME_KEYS);
    return add_authors(reading, json_object_get(article, "author")) &&
           (found->authors.count > 0 || add_authors(reading, json_object_get(article, "creator")));
}

enum result html_jsonld_read(struct arena *arena, const struct html_facts *facts, struct span title, struct span url,
                             struct html_jsonld *ret) {
    *ret = (struct html_jsonld){0};
    CLEANUP(release) struct reading reading = {.arena = arena, .found = ret};
    for (size_t i = 0; i < facts->scripts.count && i < SCRIPTS_MAX; i++) {
        enum result result = parse_script(&reading, facts->scripts.items[i].node);
        if (result != RESULT_OK)
            return result;
    }
    if (!collect(&reading) || !read_article(&reading, choose(&reading, title, url)))
        return RESULT_MEMORY;
    const json_t *page = first_of_type(&reading, is_page_type);
    set(&reading, &ret->page_published, page, "datePublished", VALUE_KEYS);
    set(&reading, &ret->page_modified, page, "dateModified", VALUE_KEYS);
    set(&reading, &ret->language, page, "inLanguage", NAME_KEYS);
    set(&reading, &ret->outlet, first_of_type(&reading, is_site_type), "name", NAME_KEYS);
    return arena_failed(arena) ? RESULT_MEMORY : RESULT_OK;
}
