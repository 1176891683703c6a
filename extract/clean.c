#include "extract/clean.h"

#include "extract/clean_chosen.h"
#include "extract/clean_furniture.h"
#include "extract/clean_meta.h"
#include "extract/clean_story.h"
#include "extract/clean_title.h"
#include "extract/clean_unit.h"

/* The way: blocks are cut into units, each unit is weighed, the best way through them tells story from furniture, the title is chosen among
   what stands before the story, and what the dropped lines tell (date, authors, credit, outlet) is kept. */

struct cleaning {
    struct arena *arena;
    const struct document *document;
    struct units units;
    size_t story_start; /* unit */
    size_t story_end;
    struct authors authors;
    struct body *body;
};

/* ---- metadata lines ---- */

static void mark(struct unit *unit, enum clean_why meta, bool sure) {
    unit->meta = meta;
    unit->meta_sure = sure;
}

static void mark_unit(struct cleaning *cleaning, struct unit *unit, size_t *dates) {
    struct authors ignored = {.count = 0};
    struct date_line date;
    struct span credit;
    bool caption;
    if (byline_read(cleaning->arena, unit, &ignored)) {
        mark(unit, WHY_BYLINE, true);
    } else if (date_line_read(unit, &date)) {
        mark(unit, WHY_DATE, date.label != DATE_PLAIN);
        *dates += date.label == DATE_PLAIN;
    } else if (unit->evidence < EVIDENCE_EDGE && credit_read(unit, &credit, &caption)) {
        mark(unit, caption ? WHY_CAPTION : WHY_CREDIT, true);
    }
}

/* A name alone on its line is a byline beside a date or a role, and the role with it. */
static void mark_lone_name(struct unit *unit, struct unit *next) {
    bool role = byline_is_role(next);
    if (unit->meta || !byline_is_name(unit) || (!role && next->meta != WHY_DATE))
        return;
    mark(unit, WHY_BYLINE, true);
    if (role)
        mark(next, WHY_BYLINE, true);
}

static void mark_meta(struct cleaning *cleaning) {
    struct units *units = &cleaning->units;
    size_t dates = 0;
    for (size_t i = 0; i < units->count; i++)
        mark_unit(cleaning, &units->items[i], &dates);
    for (size_t i = 0; i < units->count; i++) {
        struct unit *unit = &units->items[i];
        struct unit *next = i + 1 < units->count ? unit + 1 : NULL;
        if (next && unit->meta == WHY_BYLINE && byline_is_role(next))
            mark(next, WHY_BYLINE, true);
        else if (next)
            mark_lone_name(unit, next);
        if (unit->meta == WHY_DATE && dates == 1) /* several plain dates may head the parts of a chronicle; one does not */
            unit->meta_sure = true;
    }
}

static void take_date(struct cleaning *cleaning) {
    struct body *body = cleaning->body;
    enum date_label best = DATE_UPDATED;
    for (size_t i = 0; i < cleaning->units.count; i++) {
        const struct unit *unit = &cleaning->units.items[i];
        struct date_line date;
        bool found = unit->meta == WHY_DATE ? date_line_read(unit, &date) : unit->meta == WHY_BYLINE && date_in_byline(unit, &date);
        if (!found || unit->role != ROLE_DROPPED || (date.label == DATE_PLAIN && i >= cleaning->story_end))
            continue;
        bool better = body->published.precision == PRECISION_NONE || (best == DATE_UPDATED && date.label != DATE_UPDATED);
        if (!better)
            continue;
        best = date.label;
        body->published = date.moment;
        body->published_from = "page";
    }
    if (body->published.precision != PRECISION_NONE || cleaning->story_start == cleaning->units.count)
        return;
    if (dateline_read(&cleaning->units.items[cleaning->story_start], &body->published))
        body->published_from = "dateline";
    else
        body->published = (struct moment){0, PRECISION_NONE};
}

static void take_authors(struct cleaning *cleaning) {
    for (size_t i = 0; i < cleaning->units.count; i++) {
        const struct unit *unit = &cleaning->units.items[i];
        if (unit->role != ROLE_DROPPED || unit->meta != WHY_BYLINE)
            continue;
        if (!byline_read(cleaning->arena, unit, &cleaning->authors) && !byline_is_role(unit))
            byline_add(cleaning->arena, unit->text, &cleaning->authors);
    }
}

static void take_credit(struct cleaning *cleaning, size_t title) {
    for (size_t i = title; i < cleaning->story_end; i++) {
        const struct unit *unit = &cleaning->units.items[i];
        struct span credit;
        bool caption;
        if (unit->role != ROLE_DROPPED || (unit->meta != WHY_CREDIT && unit->meta != WHY_CAPTION))
            continue;
        if (!credit_read(unit, &credit, &caption))
            continue;
        cleaning->body->image_credit = credit;
        return;
    }
}

/* ---- title and edges ---- */

enum {
    DECK_WORDS_MIN = 7,
    SUBHEADING_WORDS_MIN = 3, /* right above the story */
};

/* A line between title and story that says in a sentence what the story says: the standfirst, or a subheading right above the story's first
   paragraph. Both are story. */
static bool is_deck(const struct cleaning *cleaning, size_t index) {
    const struct unit *unit = &cleaning->units.items[index];
    bool above = index + 1 == cleaning->story_start;
    if (unit->role != ROLE_DROPPED || unit->why == WHY_TITLE || unit->meta || unit->evidence >= EVIDENCE_EDGE)
        return false;
    if (unit->word_count < (above ? SUBHEADING_WORDS_MIN : DECK_WORDS_MIN))
        return false;
    return title_shared_words(&cleaning->units, unit, cleaning->story_start, unit->word_count < DECK_WORDS_MIN) > 0;
}

static void find_edges(struct cleaning *cleaning) {
    cleaning->story_start = title_story_start(&cleaning->units);
    cleaning->story_end = cleaning->units.count;
    while (cleaning->story_end > cleaning->story_start && cleaning->units.items[cleaning->story_end - 1].role != ROLE_STORY)
        cleaning->story_end--;
}

static void drop_repeated_title(struct cleaning *cleaning, struct unit *title) {
    for (size_t i = 0; i < cleaning->units.count; i++) {
        struct unit *unit = &cleaning->units.items[i];
        if (unit == title || unit->role == ROLE_TITLE || !unit_same_words(unit, title))
            continue;
        unit->role = ROLE_DROPPED;
        unit->why = WHY_TITLE;
    }
}

/* Returns the index of the first unit behind the title. */
static enum result settle_title(struct cleaning *cleaning, size_t *ret_behind) {
    struct units *units = &cleaning->units;
    *ret_behind = 0;
    struct unit given;
    if (cleaning->document->title.length > 0) {
        enum result result = unit_read(cleaning->arena, cleaning->document->title, BLOCK_HEADING, false, &given);
        if (result)
            return result;
        cleaning->body->title = given.text;
        drop_repeated_title(cleaning, &given);
    } else {
        int title = title_find(units);
        if (title != TITLE_NONE) {
            units->items[title].role = ROLE_TITLE;
            units->items[title].why = WHY_NONE;
            cleaning->body->title = units->items[title].text;
            drop_repeated_title(cleaning, &units->items[title]);
            *ret_behind = (size_t)title + 1;
        }
    }
    find_edges(cleaning);
    for (size_t i = *ret_behind; i < cleaning->story_start; i++)
        if (is_deck(cleaning, i))
            units->items[i].role = ROLE_STORY;
    find_edges(cleaning);
    return RESULT_OK;
}

/* ---- what comes out ---- */

static enum result join_story(struct cleaning *cleaning) {
    const struct units *units = &cleaning->units;
    size_t length = 0;
    for (size_t i = 0; i < units->count; i++)
        length += units->items[i].role == ROLE_STORY ? units->items[i].text.length + 2 : 0;
    char *text = arena_alloc(cleaning->arena, length);
    if (!text)
        return RESULT_MEMORY;
    size_t at = 0;
    for (size_t i = 0; i < units->count; i++) {
        const struct unit *unit = &units->items[i];
        if (unit->role != ROLE_STORY)
            continue;
        if (at > 0) {
            text[at++] = '\n';
            text[at++] = '\n';
        }
        for (size_t j = 0; j < unit->text.length; j++)
            text[at++] = unit->text.data[j];
    }
    cleaning->body->text = (struct span){text, at};
    return RESULT_OK;
}

static enum result list_dropped(struct cleaning *cleaning) {
    const struct units *units = &cleaning->units;
    size_t count = 0, at = 0;
    for (size_t i = 0; i < units->count; i++)
        count += units->items[i].role == ROLE_DROPPED;
    struct dropped *dropped = arena_alloc_array(cleaning->arena, count, sizeof(*dropped));
    if (!dropped)
        return RESULT_MEMORY;
    for (size_t i = 0; i < units->count; i++)
        if (units->items[i].role == ROLE_DROPPED)
            dropped[at++] = (struct dropped){units->items[i].text, clean_why_word(units->items[i].why)};
    cleaning->body->dropped = dropped;
    cleaning->body->dropped_count = count;
    return RESULT_OK;
}

/* What the format told is better than what the page shows. */
static enum result take_given(struct cleaning *cleaning) {
    const struct document *document = cleaning->document;
    struct body *body = cleaning->body;
    if (document->source_name.length > 0)
        body->source_name = document->source_name;
    if (document->published.precision != PRECISION_NONE) {
        body->published = document->published;
        body->published_from = document->published_from;
    }
    if (document->author_count > 0) {
        body->authors = document->authors;
        body->author_count = document->author_count;
        return RESULT_OK;
    }
    struct span *authors = arena_alloc_array(cleaning->arena, cleaning->authors.count, sizeof(*authors));
    if (!authors)
        return RESULT_MEMORY;
    for (size_t i = 0; i < cleaning->authors.count; i++)
        authors[i] = cleaning->authors.items[i];
    body->authors = authors;
    body->author_count = cleaning->authors.count;
    return RESULT_OK;
}

/* Weighs the units and finds the lines that tell of the article. */
static enum result weigh_units(struct cleaning *cleaning) {
    const struct furniture_index *index = furniture_index_make(cleaning->arena);
    if (!index)
        return RESULT_MEMORY;
    for (size_t i = 0; i < cleaning->units.count; i++)
        furniture_weigh(index, &cleaning->units.items[i]);
    mark_meta(cleaning);
    return RESULT_OK;
}

static enum result clean_units(struct cleaning *cleaning) {
    enum result result = weigh_units(cleaning);
    if (result)
        return result;
    result = story_find(cleaning->arena, &cleaning->units);
    if (result)
        return result;
    size_t behind_title;
    result = settle_title(cleaning, &behind_title);
    if (result)
        return result;
    take_date(cleaning);
    take_authors(cleaning);
    take_credit(cleaning, behind_title);
    cleaning->body->source_name = outlet_find(&cleaning->units);
    return RESULT_OK;
}

/* The reader of a page has found story and metadata: what it could not see is taken out. */
static enum result clean_chosen(struct cleaning *cleaning) {
    enum result result = weigh_units(cleaning);
    if (result)
        return result;
    chosen_clean(&cleaning->units);
    size_t behind_title;
    result = settle_title(cleaning, &behind_title);
    if (result)
        return result;
    take_date(cleaning);
    take_authors(cleaning);
    take_credit(cleaning, behind_title);
    return RESULT_OK;
}

static enum result normalize_title(struct cleaning *cleaning) {
    return clean_normalize(cleaning->arena, cleaning->document->title, false, &cleaning->body->title);
}

enum result body_find(struct arena *arena, const struct document *document, struct body *ret, struct error *error) {
    struct body body = {.published = {0, PRECISION_NONE}};
    struct cleaning cleaning = {.arena = arena, .document = document, .body = &body};
    enum result result = units_make(arena, document, &cleaning.units);
    if (!result)
        result = document->whole ? normalize_title(&cleaning) : document->chosen ? clean_chosen(&cleaning) : clean_units(&cleaning);
    if (!result)
        result = take_given(&cleaning);
    if (!result && !document->whole)
        body.title = title_without_outlet(body.title, body.source_name);
    if (!result)
        result = join_story(&cleaning);
    if (!result)
        result = list_dropped(&cleaning);
    if (arena_failed(arena))
        result = RESULT_MEMORY;
    if (result == RESULT_MEMORY)
        return error_set(error, result, "out of memory");
    if (result == RESULT_INVALID)
        return error_set(error, result, "text is not UTF-8");
    if (body.text.length == 0)
        return error_set(error, RESULT_INVALID, "no story in it: %zu of %zu paragraphs were furniture", body.dropped_count,
                         cleaning.units.count);
    *ret = body;
    return RESULT_OK;
}
