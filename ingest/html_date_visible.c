#include "base/utf8.h"
#include "ingest/html_called.h"
#include "ingest/html_date_vote.h"

/* Dates that a reader of the page sees. What tells whether one is the article's: its distance from the headline, the part of the page it
   lies in, what its element is called, and the word before it. */

enum {
    NEAR_BEFORE = 300,       /* bytes of text between date and headline: section, kicker */
    NEAR_BEHIND = 900,       /* subtitle, byline, summary */
    BESIDE_BEHIND = 250,     /* the headline itself and a byline */
    ELEMENT_BYTES_MAX = 240, /* of an element that is called a date or holds one */
    ELEMENT_NODES_MAX = 24,
    ANCESTORS_LOOKED_AT = 5,
    CLIMB_MAX = 3,
    WEB_BEGIN = 788918400, /* 1995-01-01, when the first newspapers had pages */
    DATELINE_BYTES = 90,
    DATELINE_PLACE_MAX = 45,
    TEXT_EVIDENCE_MAX = 24, /* written dates that are looked at: a list's later ones are others' */

    WEIGHT_TIME_NEAR = 60,
    WEIGHT_TIME_ARTICLE = 34,
    WEIGHT_TIME_FAR = 14,
    WEIGHT_NAMED_NEAR = 50, /* called a date */
    WEIGHT_NAMED_FAR = 22,
    WEIGHT_LINE_NEAR = 40, /* a line that is a date and next to nothing else */
    WEIGHT_LINE_FAR = 8,
    WEIGHT_DATELINE = 36,
    WEIGHT_LABEL = 16, /* added for "Published" */
    WEIGHT_CALLED_PUBLISHED = 15,
    WEIGHT_CHANGED = 28,       /* of what is called updated */
    WEIGHT_CHANGED_LABEL = 32, /* of what a reader sees to be labelled so: enough where nothing else is told */
};

struct looking {
    struct arena *arena;
    struct date_vote *vote;
    const struct html_facts *facts;
    const struct html_date_hints *hints;
    const struct html_mark *headline; /* NULL: not known */
    size_t center;                    /* place around which dates are near */
    unsigned ignored_zones;           /* that the headline lies in too: the page's frame, not its furniture */
};

/* --- the headline ---------------------------------------------------------------------------------------------------------------- */

static bool is_title(struct arena *arena, const struct html_mark *heading, struct span folded_title) {
    struct span folded = {0};
    struct span text = html_text(arena, heading->node);
    if (text.length == 0 || text.length > 1000 || utf8_fold(arena, text, &folded) != RESULT_OK || folded.length < 8)
        return false;
    return span_find(folded_title, folded, 0) != SIZE_MAX || (folded_title.length >= 8 && span_find(folded, folded_title, 0) != SIZE_MAX);
}

static const struct html_mark *find_headline(struct arena *arena, const struct html_facts *facts, struct span title) {
    struct span folded = {0};
    const struct html_mark *first = NULL, *matching = NULL;
    if (title.length > 0 && utf8_fold(arena, title, &folded) != RESULT_OK)
        folded = (struct span){0};
    for (size_t i = 0; i < facts->headings.count && i < 64 && !matching; i++) {
        const struct html_mark *heading = &facts->headings.items[i];
        if (folded.length > 0 && is_title(arena, heading, folded))
            matching = heading;
        if (!first && html_is(heading->node, "h1") && !(heading->zones & ZONE_OUTSIDE))
            first = heading;
    }
    return matching ? matching : first;
}

/* --- weighing -------------------------------------------------------------------------------------------------------------------- */

enum nearness { NEARNESS_NONE, NEARNESS_FAR, NEARNESS_ARTICLE, NEARNESS_NEAR };

static enum nearness nearness_of(const struct looking *looking, const struct html_mark *mark) {
    unsigned zones = mark->zones & ~looking->ignored_zones;
    bool headed = looking->headline && mark->place >= looking->center;
    size_t behind = headed ? mark->place - looking->center : 0;
    /* Right behind the headline stands what belongs to it, though in a box of its own; behind the story's beginning stand boxes of others.
     */
    bool before_story = looking->facts->story < looking->center || looking->facts->story >= mark->place;
    if (headed && before_story && behind <= BESIDE_BEHIND && !(zones & (ZONE_COMMENTS | ZONE_FOOTER)))
        return NEARNESS_NEAR;
    bool aside = zones & ZONE_OUTSIDE;
    bool same_article =
        headed && before_story && behind <= NEAR_BEHIND && (zones & ZONE_ARTICLE) && mark->number == looking->headline->number;
    if (aside && !(same_article && (zones & ZONE_OUTSIDE) == ZONE_ASIDE))
        return NEARNESS_NONE;
    if (aside)
        return NEARNESS_ARTICLE;
    const struct html_mark *headline = looking->headline;
    bool other_article = headline && looking->facts->articles > 1 && mark->number > headline->number + 1;
    if (other_article)
        return NEARNESS_FAR;
    bool before = looking->center >= mark->place;
    size_t distance = before ? looking->center - mark->place : mark->place - looking->center;
    /* A date in a link names another page, unless it stands with the headline. */
    if (distance <= (before ? NEAR_BEFORE : NEAR_BEHIND))
        return NEARNESS_NEAR;
    return (zones & ZONE_LINK) ? NEARNESS_FAR : (mark->zones & ZONE_ARTICLE) ? NEARNESS_ARTICLE : NEARNESS_FAR;
}

static const char PUBLISHED_NAMES[] = "|published|publish|publication|pubdate|posted|created|postdate|";
static const char UPDATED_NAMES[] = "|updated|update|modified|lastmod|changed|";

/* By the element's class: "published", "updated", or neither. Themes write both for one time. */
static enum date_word_label called(const xmlNode *node) {
    bool published = html_is_called(node, PUBLISHED_NAMES) || html_has_attribute(node, "pubdate");
    if (published)
        return LABEL_PUBLISHED;
    return html_is_called(node, UPDATED_NAMES) ? LABEL_UPDATED : LABEL_NONE;
}

static void add(const struct looking *looking, struct moment moment, const char *from, int weight, enum date_word_label label) {
    bool modified = label == LABEL_UPDATED;
    if (modified && weight > WEIGHT_CHANGED)
        weight = WEIGHT_CHANGED;
    date_vote_add(looking->vote, (struct date_evidence){moment, from, weight, modified});
}

/* --- <time> ---------------------------------------------------------------------------------------------------------------------- */

static struct span value_of_time(const struct looking *looking, const xmlNode *node) {
    static const char *const NAMES[] = {"datetime", "content", "title"};
    struct moment moment;
    for (size_t i = 0; i < sizeof NAMES / sizeof *NAMES; i++) {
        struct span value = html_attribute(node, NAMES[i]);
        if (value.length > 0 && text_date_parse(value, looking->hints->order, looking->hints->now, &moment))
            return value;
    }
    return html_is(node, "time") ? html_text(looking->arena, node) : (struct span){0};
}

static enum date_word_label label_in(struct span text) {
    char folded[DATE_WORD_BYTES_MAX];
    enum date_word_label found = LABEL_NONE;
    size_t words = 0;
    for (size_t at = 0; at < text.length && words < 6;) {
        size_t step = 0, begin = at;
        for (uint32_t c; at < text.length && (c = utf8_decode(text, at, &step), utf8_is_letter(c)); at += step)
            ;
        if (at > begin) {
            words++;
            enum date_word_label label = date_word_label(date_word_fold(span_slice(text, begin, at), folded));
            if (label == LABEL_UPDATED)
                return label;
            found = label != LABEL_NONE ? label : found;
            continue;
        }
        at += step;
    }
    return found;
}

/* The label that stands as text right before the element: "Updated <time>". */
static enum date_word_label label_beside(const struct looking *looking, const xmlNode *node) {
    const xmlNode *before = node->prev;
    struct span text = html_node_text(before);
    if (before && before->type == XML_ELEMENT_NODE && !html_is(before, "time"))
        text = html_text(looking->arena, before);
    text = span_trim(text);
    return text.length > 0 && text.length <= 60 ? label_in(text) : LABEL_NONE;
}

static void add_times(const struct looking *looking) {
    static const int WEIGHTS[] = {0, WEIGHT_TIME_FAR, WEIGHT_TIME_ARTICLE, WEIGHT_TIME_NEAR};
    for (size_t i = 0; i < looking->facts->times.count; i++) {
        const struct html_mark *mark = &looking->facts->times.items[i];
        enum nearness nearness = nearness_of(looking, mark);
        struct moment moment;
        if (nearness == NEARNESS_NONE || mark->node->type != XML_ELEMENT_NODE ||
            !text_date_parse(value_of_time(looking, mark->node), looking->hints->order, looking->hints->now, &moment))
            continue;
        enum date_word_label label = called(mark->node);
        int weight = WEIGHTS[nearness] + (label == LABEL_PUBLISHED && nearness > NEARNESS_FAR ? WEIGHT_CALLED_PUBLISHED : 0);
        if (label == LABEL_NONE)
            label = label_beside(looking, mark->node);
        add(looking, moment, "time element", weight, label);
    }
}

/* --- written dates --------------------------------------------------------------------------------------------------------------- */

/* Dates of lives, foundations and calendars, as info boxes and hCard mark them. */
static bool is_of_subject(const xmlNode *node) {
    static const char NAMES[] = "|bday|birth|born|dtstart|dtend|infobox|founded|deathdate|expires|deadline|";
    for (int up = 0; up < ANCESTORS_LOOKED_AT && node; up++, node = node->parent)
        if (html_is_called(node, NAMES))
            return true;
    return false;
}

/* False for what holds much: its text is not the date's. */
static bool is_small(const xmlNode *top) {
    size_t nodes = 0, bytes = 0;
    for (const xmlNode *node = top; node; node = html_next(node, top)) {
        nodes++;
        bytes += html_node_text(node).length;
        if (nodes > ELEMENT_NODES_MAX || bytes > 2 * ELEMENT_BYTES_MAX)
            return false;
    }
    return true;
}

/* Whether the date stands in a sentence rather than alone. */
static bool is_in_prose(const struct text_date *date, struct span text) {
    size_t others = text.length - (date->end - date->start);
    bool ends = span_ends_with(text, SPAN(".")) && date->end + 1 < text.length;
    return others > (ends ? 20 : 60) && others > (ends ? 1 : 3) * (date->end - date->start);
}

/* "By Ann Example on 1 March 2024": who says who wrote it says when. */
static bool begins_byline(struct span text) {
    char folded[DATE_WORD_BYTES_MAX];
    size_t space = span_find(text, SPAN(" "), 0);
    return space != SIZE_MAX && date_word_is_by(date_word_fold(span_slice(text, 0, space), folded));
}

/* Adds the dates of a short text. True where there was one. */
static bool add_text(const struct looking *looking, struct span text, enum date_word_label called_so, int weight) {
    bool any = false, byline = begins_byline(text);
    struct text_date date;
    for (size_t from = 0; text_date_find(text, from, looking->hints->order, looking->hints->now, &date); from = date.end) {
        enum date_word_label label = date.label != LABEL_NONE ? date.label : called_so;
        /* What was printed before the web says so in its metadata, or with a word before it. */
        if (label == LABEL_OTHER || (date.moment.seconds < WEB_BEGIN && date.label == LABEL_NONE))
            continue;
        bool labelled = date.label == LABEL_PUBLISHED || (byline && date.label == LABEL_NONE && !any);
        int given = weight + (labelled ? WEIGHT_LABEL : 0);
        if (date.label == LABEL_UPDATED && !any) {
            date_vote_add(looking->vote, (struct date_evidence){date.moment, "page text", WEIGHT_CHANGED_LABEL, true});
            any = true;
            continue;
        }
        if (is_in_prose(&date, text) && !labelled)
            given /= 2;
        /* Behind the first come ends of events, changes, and other articles' dates. */
        if (any && !labelled)
            given /= 2;
        if (date.short_year)
            given -= given / 4;
        add(looking, date.moment, "page text", given, label);
        any = true;
    }
    return any;
}

static void add_named(const struct looking *looking) {
    static const int WEIGHTS[] = {0, WEIGHT_NAMED_FAR, WEIGHT_NAMED_FAR, WEIGHT_NAMED_NEAR};
    int found = 0;
    for (size_t i = 0; i < looking->facts->dated.count && found < TEXT_EVIDENCE_MAX; i++) {
        const struct html_mark *mark = &looking->facts->dated.items[i];
        enum nearness nearness = nearness_of(looking, mark);
        if (nearness == NEARNESS_NONE || is_of_subject(mark->node) || !is_small(mark->node))
            continue;
        struct span text = html_text(looking->arena, mark->node);
        if (text.length <= ELEMENT_BYTES_MAX && add_text(looking, text, called(mark->node), WEIGHTS[nearness]))
            found++;
    }
}

/* The smallest element around the text that holds a date, since its parts may be marked one by one; NULL where there is none. */
static const xmlNode *dated_element(const struct looking *looking, const xmlNode *text, struct span *ret) {
    const xmlNode *element = text->parent;
    for (int up = 0; up < CLIMB_MAX && element && is_small(element); up++, element = element->parent) {
        struct text_date date;
        *ret = html_text(looking->arena, element);
        if (ret->length > ELEMENT_BYTES_MAX)
            return NULL;
        if (text_date_find(*ret, 0, looking->hints->order, looking->hints->now, &date))
            return element;
    }
    return NULL;
}

static void add_lines(const struct looking *looking) {
    static const int WEIGHTS[] = {0, WEIGHT_LINE_FAR, WEIGHT_LINE_FAR, WEIGHT_LINE_NEAR};
    int found = 0;
    const xmlNode *last = NULL;
    for (size_t i = 0; i < looking->facts->lines.count && found < TEXT_EVIDENCE_MAX; i++) {
        const struct html_mark *mark = &looking->facts->lines.items[i];
        enum nearness nearness = nearness_of(looking, mark);
        if (nearness == NEARNESS_NONE || is_of_subject(mark->node->parent))
            continue;
        struct span text = {0};
        const xmlNode *element = dated_element(looking, mark->node, &text);
        if (element && element == last)
            continue;
        last = element;
        /* A text within a longer one, which a line break or a link cuts, is read by itself. */
        if (add_text(looking, element ? text : html_node_text(mark->node), LABEL_NONE, WEIGHTS[nearness]))
            found++;
    }
}

/* "(1.3.2024) The mill ...", "RIVERTON, March 1, 2024 - The mill ...": a date that opens the story. */
static void add_dateline(const struct looking *looking) {
    struct span opening = span_slice(looking->facts->opening, 0, DATELINE_BYTES);
    struct text_date date;
    if (!text_date_find(opening, 0, looking->hints->order, looking->hints->now, &date))
        return;
    struct span behind = span_trim(span_slice(opening, date.end, opening.length));
    bool opens = date.start <= 2;
    bool dash = span_starts_with(behind, SPAN("-")) || span_starts_with(behind, SPAN("\u2013")) || span_starts_with(behind, SPAN("\u2014"));
    if ((opens && date.moment.seconds >= WEB_BEGIN) || (dash && date.start <= DATELINE_PLACE_MAX))
        add(looking, date.moment, "page text", WEIGHT_DATELINE, LABEL_NONE);
}

void html_date_visible(struct arena *arena, struct date_vote *vote, const struct html_facts *facts, const struct html_date_hints *hints) {
    struct looking looking = {.arena = arena, .vote = vote, .facts = facts, .hints = hints};
    looking.headline = find_headline(arena, facts, hints->title);
    if (looking.headline) {
        looking.center = looking.headline->place;
        looking.ignored_zones = looking.headline->zones & (ZONE_ASIDE | ZONE_NAVIGATION | ZONE_FOOTER);
    } else {
        looking.center = facts->story == SIZE_MAX ? 0 : facts->story;
    }
    add_times(&looking);
    add_named(&looking);
    add_lines(&looking);
    add_dateline(&looking);
}
