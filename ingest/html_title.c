#include "ingest/html_title.h"

#include "base/utf8.h"
#include "ingest/html_plain.h"

enum {
    CANDIDATES_MAX = 8,
    HEADINGS_LOOKED_AT = 16,
    TITLE_BYTES_MAX = 1000, /* longer is no headline */
    SEPARATORS_MAX = 8,     /* of one title */
    AGREEMENT = 3,          /* a second witness is worth more than any place's own trust */
    SHORT_TITLE = 12,       /* bytes; "News" agrees with everything */
};

struct candidate {
    struct html_field field;
    struct span folded;
    int trust;
};

struct candidates {
    struct candidate items[CANDIDATES_MAX];
    size_t count;
};

static struct span fold(struct arena *arena, struct span text) {
    struct span folded = {0};
    return utf8_fold(arena, text, &folded) == RESULT_OK ? folded : (struct span){0};
}

struct span html_title_rough(struct arena *arena, const struct html_facts *facts) {
    struct span title = html_plain(arena, html_facts_meta(facts, "og:title"));
    if (title.length == 0 && facts->title)
        title = html_text(arena, facts->title);
    return span_slice(title, 0, title.length <= TITLE_BYTES_MAX ? title.length : 0);
}

/* The length of a separator between headline and outlet at the byte, spaces included; 0 where there is none. */
static size_t separator_at(struct span text, size_t at) {
    static const struct span SEPARATORS[] = {SPAN_INIT(" | "),      SPAN_INIT(" - "),      SPAN_INIT(" \u2013 "), SPAN_INIT(" \u2014 "),
                                             SPAN_INIT(" \u00B7 "), SPAN_INIT(" \u2022 "), SPAN_INIT(" \u00BB "), SPAN_INIT(" :: "),
                                             SPAN_INIT(" // "),     SPAN_INIT(" \u00AB "), SPAN_INIT(" > ")};
    for (size_t i = 0; text.data[at] == ' ' && i < sizeof SEPARATORS / sizeof *SEPARATORS; i++)
        if (span_starts_with(span_slice(text, at, text.length), SEPARATORS[i]))
            return SEPARATORS[i].length;
    return 0;
}

/* Whether one name is the other's beginning, end or all of it: "The Oststadt Echo", "Oststadt Echo". */
static bool names_agree(struct span a, struct span b) {
    struct span longer = a.length >= b.length ? a : b, shorter = a.length >= b.length ? b : a;
    return shorter.length >= 3 && shorter.length * 3 >= longer.length &&
           (span_starts_with(longer, shorter) || span_ends_with(longer, shorter));
}

/* Cuts the outlet's name off the end, and off the beginning. */
static struct span without_outlet(struct arena *arena, struct span title, struct span outlet) {
    struct span folded_outlet = fold(arena, outlet);
    if (folded_outlet.length == 0)
        return title;
    for (size_t at = title.length; at-- > 0;) {
        size_t length = separator_at(title, at);
        if (length > 0 && names_agree(fold(arena, span_slice(title, at + length, title.length)), folded_outlet))
            return span_trim(span_slice(title, 0, at));
        bool in_front = length > 0 && at <= title.length / 2;
        if (in_front && names_agree(fold(arena, span_slice(title, 0, at)), folded_outlet))
            return span_trim(span_slice(title, at + length, title.length));
    }
    return title;
}

static void add(struct arena *arena, struct candidates *candidates, struct span text, const char *from, int trust, struct span outlet) {
    if (text.length == 0 || text.length > TITLE_BYTES_MAX || candidates->count == CANDIDATES_MAX)
        return;
    struct span title = without_outlet(arena, text, outlet);
    struct span folded = fold(arena, title), folded_outlet = fold(arena, outlet);
    /* The outlet's name alone is a logo's heading, not a headline. */
    if (folded.length == 0 || (folded_outlet.length > 0 && span_equal(folded, folded_outlet)))
        return;
    candidates->items[candidates->count++] = (struct candidate){{title, from}, folded, trust};
}

static void add_headings(struct arena *arena, struct candidates *candidates, const struct html_facts *facts, struct span outlet) {
    size_t added = 0;
    for (size_t i = 0; i < facts->headings.count && i < HEADINGS_LOOKED_AT && added < 2; i++) {
        const struct html_mark *mark = &facts->headings.items[i];
        bool headline = html_is(mark->node, "h1") || html_attribute(mark->node, "itemprop").length > 0;
        if (!headline || (mark->zones & (ZONE_COMMENTS | ZONE_FOOTER | ZONE_ASIDE)))
            continue;
        add(arena, candidates, html_text(arena, mark->node), "page text", 1, outlet);
        added++;
    }
}

static int agreement(const struct candidates *candidates, size_t index) {
    struct span own = candidates->items[index].folded;
    int sum = 0;
    for (size_t i = 0; i < candidates->count; i++) {
        struct span other = candidates->items[i].folded;
        if (i == index)
            continue;
        bool holds = own.length >= SHORT_TITLE && span_find(other, own, 0) != SIZE_MAX;
        sum += span_equal(own, other) ? AGREEMENT : holds ? AGREEMENT - 1 : 0;
    }
    return sum;
}

struct html_field html_title_choose(struct arena *arena, const struct html_facts *facts, const struct html_jsonld *jsonld,
                                    struct span outlet) {
    struct candidates candidates = {0};
    if (jsonld->is_article)
        add(arena, &candidates, jsonld->headline, "json-ld", 3, outlet);
    add(arena, &candidates, html_plain(arena, html_facts_meta(facts, "og:title")), "meta", 3, outlet);
    add(arena, &candidates, html_plain(arena, html_facts_meta(facts, "twitter:title")), "meta", 1, outlet);
    add_headings(arena, &candidates, facts, outlet);
    /* A heading that <title> does not hold is a logo's more often than the headline. */
    if (facts->title)
        add(arena, &candidates, html_text(arena, facts->title), "html", 2, outlet);
    const struct candidate *best = NULL;
    int best_score = -1;
    for (size_t i = 0; i < candidates.count; i++) {
        int score = agreement(&candidates, i) + candidates.items[i].trust;
        if (score > best_score) {
            best_score = score;
            best = &candidates.items[i];
        }
    }
    return best ? best->field : (struct html_field){0};
}

/* The host's first label without what is no letter: "oststadtecho". */
static bool is_of_host(struct arena *arena, struct span part, struct span host) {
    struct span folded = fold(arena, part);
    size_t at = 0;
    for (size_t i = 0; i < folded.length; i++) {
        if (folded.data[i] == ' ')
            continue;
        while (at < host.length && (host.data[at] == '-' || host.data[at] == '.'))
            at++;
        if (at >= host.length || host.data[at] != folded.data[i])
            return false;
        at++;
    }
    return at >= 3;
}

struct span html_title_outlet(struct arena *arena, struct span title, struct span host) {
    if (title.length > TITLE_BYTES_MAX || host.length == 0)
        return (struct span){0};
    int separators = 0;
    size_t end = title.length;
    for (size_t at = title.length; at-- > 0 && separators < SEPARATORS_MAX;) {
        size_t length = separator_at(title, at);
        if (length == 0)
            continue;
        separators++;
        struct span part = span_slice(title, at + length, end);
        if (is_of_host(arena, part, host))
            return part;
        end = at;
    }
    return (struct span){0};
}
