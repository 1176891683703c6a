#include "ingest/html_names.h"

#include "base/hash.h"

#include <ctype.h>
#include <string.h>

enum {
    WORD_BYTES_MAX = 16,  /* longer ones are in no list */
    NAME_BYTES_MAX = 400, /* of one attribute; generated class lists may be endless */
    STATES = 1 << 16,     /* a word that says that the name tells of something else: "has-sidebar", "no-comments" */
};

struct word_evidence {
    char word[WORD_BYTES_MAX];
    unsigned evidence;
};

/* Sorted by word. */
static const struct word_evidence WORDS[] = {
#define F NAMES_FURNITURE
#define A NAMES_ASIDE
#define S NAMES_STORY
#define C NAMES_COMMENTS
#define B NAMES_BYLINE
#define P NAMES_CAPTION
    {"ad", F},
    {"addthis", F},
    {"addtoany", F},
    {"ads", F},
    {"adsbygoogle", F},
    {"adsense", F},
    {"advert", F},
    {"advertisement", F},
    {"agegate", F},
    {"alert", A},
    {"article", S},
    {"articlebody", S},
    {"aside", A},
    {"author", B},
    {"authors", B},
    {"banner", A},
    {"bio", F},
    {"biography", F},
    {"blog", S},
    {"body", S},
    {"bookmark", A},
    {"bottom", A},
    {"breadcrumb", F},
    {"breadcrumbs", F},
    {"byline", B},
    {"caption", P},
    {"captions", P},
    {"carousel", A},
    {"colophon", F},
    {"comment", C},
    {"commentlist", C},
    {"comments", C},
    {"consent", F},
    {"content", S},
    {"contributor", B},
    {"cookie", F},
    {"cookies", F},
    {"copyright", F},
    {"credit", P},
    {"crumbs", F},
    {"cta", F},
    {"date", B},
    {"dateline", B},
    {"disclaimer", A},
    {"disqus", C},
    {"donate", F},
    {"donation", F},
    {"editsection", F},
    {"embed", A},
    {"entry", S},
    {"feedback", F},
    {"figcaption", P},
    {"flyout", F},
    {"follow", F},
    {"foot", A},
    {"footer", A},
    {"gallery", F},
    {"gdpr", F},
    {"has", STATES},
    {"header", A},
    {"hidden", STATES},
    {"hide", STATES},
    {"is", STATES},
    {"jumplink", F},
    {"kicker", B},
    {"legal", A},
    {"lightbox", A},
    {"login", F},
    {"main", S},
    {"mainnav", F},
    {"masthead", F},
    {"mce", STATES},
    {"menu", F},
    {"meta", B},
    {"metadata", B},
    {"modal", F},
    {"more", A},
    {"mostpopular", F},
    {"mostread", F},
    {"nav", F},
    {"navbar", F},
    {"navbox", F},
    {"navigation", F},
    {"newsletter", F},
    {"no", STATES},
    {"noprint", F},
    {"not", STATES},
    {"outbrain", F},
    {"overlay", A},
    {"pager", F},
    {"pagination", F},
    {"paywall", A},
    {"pingback", C},
    {"pinterest", F},
    {"playlist", A},
    {"popular", F},
    {"popup", A},
    {"post", S},
    {"posted", B},
    {"postmeta", B},
    {"postmetadata", B},
    {"prefooter", F},
    {"promo", F},
    {"promos", F},
    {"promotion", F},
    {"pubdate", B},
    {"rating", A},
    {"ratings", A},
    {"readmore", F},
    {"recirc", F},
    {"recirculation", F},
    {"recommend", F},
    {"recommendation", F},
    {"recommendations", F},
    {"recommended", F},
    {"related", F},
    {"relatedposts", F},
    {"relatedtopics", F},
    {"replies", C},
    {"reply", C},
    {"respond", C},
    {"rss", F},
    {"search", F},
    {"shade", A},
    {"share", F},
    {"sharebar", F},
    {"sharedaddy", F},
    {"shariff", F},
    {"sharing", F},
    {"shoutbox", C},
    {"show", STATES},
    {"sidebar", A},
    {"sidebars", A},
    {"signup", F},
    {"siteheader", F},
    {"sitemap", F},
    {"skip", F},
    {"skyscraper", F},
    {"sociable", F},
    {"social", F},
    {"sponsor", F},
    {"sponsored", F},
    {"sponsors", F},
    {"story", S},
    {"subnav", F},
    {"subscribe", F},
    {"subscription", A},
    {"syndication", A},
    {"taboola", F},
    {"tag", A},
    {"tagcloud", F},
    {"tags", F},

    {"teasers", F},
    {"text", S},
    {"timestamp", B},
    {"toolbar", F},
    {"tooltip", F},
    {"trackback", C},
    {"trending", F},
    {"twitter", A},
    {"upsell", F},
    {"widget", A},
    {"widgets", A},
    {"with", STATES},
    {"without", STATES},
#undef F
#undef A
#undef S
#undef C
#undef B
#undef P
};

static int compare_word(const char *word, size_t length, const struct word_evidence *entry) {
    int order = memcmp(word, entry->word, length);
    return order != 0 ? order : entry->word[length] == '\0' ? 0 : -1;
}

static unsigned evidence_of_word(const char *word, size_t length) {
    size_t low = 0, high = sizeof WORDS / sizeof *WORDS;
    if (length >= WORD_BYTES_MAX)
        return 0;
    while (low < high) {
        size_t middle = (low + high) / 2;
        int order = compare_word(word, length, &WORDS[middle]);
        if (order == 0)
            return WORDS[middle].evidence;
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return 0;
}

/* One name of a list: "post-comments", "relatedContent". */
static unsigned evidence_of_name(struct span name) {
    unsigned evidence = 0;
    char word[WORD_BYTES_MAX];
    size_t length = 0;
    for (size_t i = 0; i <= name.length; i++) {
        char c = i < name.length ? name.data[i] : '-';
        bool begins = isupper((unsigned char)c) && i > 0 && islower((unsigned char)name.data[i - 1]);
        if (!isalpha((unsigned char)c) || begins) {
            evidence |= length > 0 ? evidence_of_word(word, length) : 0;
            length = 0;
        }
        if (isalpha((unsigned char)c)) {
            if (length < WORD_BYTES_MAX)
                word[length] = (char)tolower((unsigned char)c);
            length += length < WORD_BYTES_MAX;
        }
    }
    return evidence & STATES ? 0 : evidence;
}

static unsigned evidence_of_list(struct span names) {
    unsigned evidence = 0;
    size_t at = 0;
    names = span_slice(names, 0, NAME_BYTES_MAX);
    while (at < names.length) {
        size_t end = at;
        while (end < names.length && !isspace((unsigned char)names.data[end]))
            end++;
        evidence |= evidence_of_name(span_slice(names, at, end));
        at = end + 1;
    }
    return evidence;
}

static unsigned evidence_of_role(struct span role) {
    static const struct span FURNITURE[] = {SPAN_INIT("navigation"),  SPAN_INIT("menu"),   SPAN_INIT("menubar"), SPAN_INIT("dialog"),
                                            SPAN_INIT("alertdialog"), SPAN_INIT("search"), SPAN_INIT("toolbar"), SPAN_INIT("contentinfo")};
    for (size_t i = 0; i < sizeof FURNITURE / sizeof *FURNITURE; i++)
        if (span_equal_ignore_case(role, FURNITURE[i]))
            return NAMES_FURNITURE;
    if (span_equal_ignore_case(role, SPAN("complementary")) || span_equal_ignore_case(role, SPAN("banner")))
        return NAMES_ASIDE;
    return span_equal_ignore_case(role, SPAN("main")) || span_equal_ignore_case(role, SPAN("article")) ? NAMES_STORY : 0;
}

static bool style_hides(struct span style) {
    char plain[128];
    size_t length = 0;
    for (size_t i = 0; i < style.length && length < sizeof plain; i++)
        if (!isspace((unsigned char)style.data[i]))
            plain[length++] = (char)tolower((unsigned char)style.data[i]);
    struct span text = {plain, length};
    return span_find(text, SPAN("display:none"), 0) != SIZE_MAX || span_find(text, SPAN("visibility:hidden"), 0) != SIZE_MAX;
}

static unsigned evidence_of_attribute(struct span name, struct span value) {
    if (span_equal(name, SPAN("class")) || span_equal(name, SPAN("id")))
        return evidence_of_list(value);
    if (span_equal(name, SPAN("role")))
        return evidence_of_role(value);
    if (span_equal(name, SPAN("itemprop"))) {
        bool body = span_find(value, SPAN("articleBody"), 0) != SIZE_MAX || span_find(value, SPAN("blogPost"), 0) != SIZE_MAX;
        bool comment = span_equal_ignore_case(value, SPAN("comment"));
        return body ? NAMES_STORY | NAMES_STORY_SURE : comment ? NAMES_COMMENTS : 0;
    }
    if (span_equal(name, SPAN("style")))
        return style_hides(value) ? NAMES_HIDDEN : 0;
    if (span_equal(name, SPAN("hidden")))
        return NAMES_HIDDEN;
    if (span_equal(name, SPAN("aria-hidden")))
        return span_equal_ignore_case(value, SPAN("true")) ? NAMES_HIDDEN : 0;
    if (span_equal(name, SPAN("rel")))
        return span_equal_ignore_case(value, SPAN("author")) ? NAMES_BYLINE : 0;
    return 0;
}

unsigned html_names_evidence(const xmlNode *element) {
    unsigned evidence = 0;
    for (const xmlAttr *attribute = element->properties; attribute; attribute = attribute->next) {
        struct span value = attribute->children ? span_of((const char *)attribute->children->content) : (struct span){0};
        evidence |= evidence_of_attribute(span_of((const char *)attribute->name), value);
    }
    return evidence;
}
