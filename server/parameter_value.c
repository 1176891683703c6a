#include "server/reading.h"

#include "base/article.h"
#include "base/language.h"
#include "base/utf8.h"
#include "server/render.h"

#include <assert.h>

/* Complains that value is none of the allowed words, and names the nearest. */
static void complain_choice(struct reading *reading, enum parameter parameter, struct span value, const struct span *allowed,
                            size_t count) {
    struct span nearest = parameter_nearest(value, allowed, count);
    struct span text = text_shown(value);
    struct complaint *complaint = nearest.data ? complain_value(reading, parameter, "\"%.*s\" is not allowed; did you mean \"%.*s\"?",
                                                                SPAN_PRINT(text), SPAN_PRINT(nearest))
                                               : complain_value(reading, parameter, "\"%.*s\" is not allowed.", SPAN_PRINT(text));
    struct span *copy = arena_alloc_array(reading->arena, count, sizeof *copy);
    for (size_t i = 0; copy && i < count; i++)
        copy[i] = allowed[i];
    complaint->allowed = copy;
    complaint->allowed_count = copy ? count : 0;
}

/* What the complaint says is allowed, where it is not a list of words; text is static. */
static void allow(struct reading *reading, struct complaint *complaint, const char *text) {
    struct span *allowed = arena_alloc_array(reading->arena, 1, sizeof *allowed);
    if (!allowed)
        return;
    allowed[0] = span_of(text);
    complaint->allowed = allowed;
    complaint->allowed_count = 1;
}

/* The place of value among words; complains and answers false where it is none of them. */
static bool choose(struct reading *reading, enum parameter parameter, struct span value, const struct span *words, size_t count,
                   size_t *ret) {
    for (size_t i = 0; i < count; i++) {
        if (span_equal(value, words[i])) {
            *ret = i;
            return true;
        }
    }
    complain_choice(reading, parameter, value, words, count);
    return false;
}

static void complain_query(struct reading *reading, enum parameter parameter, size_t position, const char *message) {
    struct complaint *complaint = complain_value(reading, parameter, "%s", message);
    complaint->problem = PROBLEM_INVALID_QUERY;
    complaint->has_position = true;
    complaint->position = position;
}

/* A term of the tree that asks for titles, or NULL; a tree is three deep at most (base/query.h). */
static const struct query_node *find_title(const struct query_node *node) {
    const struct query_node *found = node->field == QUERY_TITLE ? node : NULL;
    for (size_t i = 0; i < node->child_count && !found; i++)
        found = find_title(node->children[i]);
    return found;
}

void read_search(struct reading *reading, enum parameter parameter, const struct query_pair *pair) {
    size_t position = 0;
    struct error error = {0};
    enum result result = query_parse(reading->arena, pair->value, &reading->out->q, &position, &error);
    if (result == RESULT_MEMORY) {
        reading->out_of_memory = true;
        return;
    }
    if (result != RESULT_OK) {
        complain_query(reading, parameter, position, error.message);
        return;
    }
    const struct query_node *title = reading->route->fields == &article_fields ? NULL : find_title(reading->out->q);
    if (title) {
        size_t offset = (size_t)(title->text.data - pair->value.data); /* a tree borrows from its text */
        complain_query(reading, parameter, utf8_count(span_slice(pair->value, 0, offset)), "title: is for articles only");
    }
}

/* Cuts a leading minus: the value is excluded. */
static bool cut_minus(struct span *value) {
    bool excluded = value->length > 0 && value->data[0] == '-';
    if (excluded)
        *value = span_slice(*value, 1, value->length);
    return excluded;
}

void read_name(struct reading *reading, enum parameter parameter, const struct query_pair *pair) {
    struct span value = pair->value;
    bool excluded = cut_minus(&value);
    value = span_trim(value);
    if (value.length == 0) {
        complain_value(reading, parameter, "The value is empty.");
        return;
    }
    if (value.length > VALUE_BYTES_MAX) {
        complain_value(reading, parameter, "The value may have %d bytes.", VALUE_BYTES_MAX);
        return;
    }
    struct word_filter *filter = &reading->out->words[parameter];
    void *items = excluded ? (void *)(uintptr_t)filter->exclude : (void *)(uintptr_t)filter->include;
    size_t *count = excluded ? &filter->exclude_count : &filter->include_count;
    struct span *place = arena_push(reading->arena, &items, count, &reading->word_capacity[parameter][excluded], sizeof *place);
    if (!place)
        return;
    *place = value;
    if (excluded)
        filter->exclude = items;
    else
        filter->include = items;
}

void read_language(struct reading *reading, enum parameter parameter, const struct query_pair *pair) {
    struct span value = pair->value;
    bool excluded = cut_minus(&value);
    struct span tag = language_tag(reading->arena, value);
    if (tag.length == 0) {
        complain_value(reading, parameter, "A language is a tag like \"en\" or \"pt-BR\".");
        return;
    }
    struct query_pair spelled = *pair;
    spelled.value = excluded ? arena_print(reading->arena, "-%.*s", SPAN_PRINT(tag)) : tag;
    read_name(reading, parameter, &spelled);
}

void read_type(struct reading *reading, enum parameter parameter, const struct query_pair *pair) {
    struct span words[ENTITY_TYPE_COUNT];
    for (size_t i = 0; i < ENTITY_TYPE_COUNT; i++)
        words[i] = span_of(entity_type_name((enum entity_type)i));
    struct span value = pair->value;
    uint32_t *bits = cut_minus(&value) ? &reading->excluded_types : &reading->out->types;
    size_t choice;
    if (choose(reading, parameter, value, words, ENTITY_TYPE_COUNT, &choice))
        *bits |= UINT32_C(1) << choice;
}

void read_kind(struct reading *reading, enum parameter parameter, const struct query_pair *pair) {
    struct span words[QUOTE_KIND_COUNT];
    for (size_t i = 0; i < QUOTE_KIND_COUNT; i++)
        words[i] = span_of(quote_kind_name((enum quote_kind)i));
    struct span value = pair->value;
    uint32_t *bits = cut_minus(&value) ? &reading->excluded_kinds : &reading->out->kinds;
    size_t choice;
    if (choose(reading, parameter, value, words, QUOTE_KIND_COUNT, &choice))
        *bits |= UINT32_C(1) << choice;
}

void read_role(struct reading *reading, enum parameter parameter, const struct query_pair *pair) {
    static const struct span words[] = {SPAN_INIT("speaker"), SPAN_INIT("about")};
    size_t choice;
    if (choose(reading, parameter, pair->value, words, 2, &choice))
        reading->out->role = choice == 0 ? ROLE_SPEAKER : ROLE_ABOUT;
}

void read_period(struct reading *reading, enum parameter parameter, const struct query_pair *pair) {
    reading->periods[parameter] = pair;
}

void read_confidence(struct reading *reading, enum parameter parameter, const struct query_pair *pair) {
    double value = 0;
    double scale = 0; /* 0: before the point */
    size_t digits = 0;
    bool well_formed = pair->value.length <= 20;
    for (size_t i = 0; i < pair->value.length && well_formed; i++) {
        char c = pair->value.data[i];
        if (c == '.' && scale == 0) {
            scale = 1;
        } else if (c >= '0' && c <= '9') {
            digits++;
            if (scale > 0)
                scale /= 10;
            value = scale > 0 ? value + (c - '0') * scale : value * 10 + (c - '0');
        } else {
            well_formed = false;
        }
    }
    if (well_formed && digits > 0 && value <= 1)
        reading->out->min_confidence = value;
    else
        allow(reading, complain_value(reading, parameter, "The value must be a number from 0 to 1."), "0 to 1");
}

void read_sort(struct reading *reading, enum parameter parameter, const struct query_pair *pair) {
    static const struct {
        struct span word;
        enum db_order order;
    } orders[] = {
        {SPAN_INIT("newest"), DB_NEWEST},       {SPAN_INIT("oldest"), DB_OLDEST},           {SPAN_INIT("added"), DB_ADDED},
        {SPAN_INIT("relevance"), DB_RELEVANCE}, {SPAN_INIT("appearances"), DB_APPEARANCES}, {SPAN_INIT("name"), DB_NAME},
        {SPAN_INIT("last_seen"), DB_LAST_SEEN},
    };
    struct span words[sizeof orders / sizeof *orders];
    enum db_order values[sizeof orders / sizeof *orders];
    size_t count = 0;
    for (size_t i = 0; i < sizeof orders / sizeof *orders; i++) {
        if (!(reading->route->orders & (UINT32_C(1) << orders[i].order)))
            continue;
        words[count] = orders[i].word;
        values[count++] = orders[i].order;
    }
    size_t choice;
    if (choose(reading, parameter, pair->value, words, count, &choice))
        reading->out->order = values[choice];
}

void read_fields(struct reading *reading, enum parameter parameter, const struct query_pair *pair) {
    const struct field_set *set = reading->route->fields;
    struct span names[FIELDS_NAMES_MAX + 1];
    size_t count = 0;
    for (; count < set->count && count < FIELDS_NAMES_MAX; count++)
        names[count] = span_of(set->names[count]);
    names[count] = SPAN("*"); /* what comes without fields */
    uint64_t fields = 0;
    struct span rest = pair->value;
    struct span piece;
    size_t pieces = 0;
    while (span_split(&rest, ',', &piece) && pieces++ <= FIELDS_NAMES_MAX) {
        size_t choice;
        if (!choose(reading, parameter, span_trim(piece), names, count + 1, &choice))
            return;
        fields |= choice == count ? reading->route->default_fields : UINT64_C(1) << choice;
    }
    if (pieces > FIELDS_NAMES_MAX)
        complain_value(reading, parameter, "At most %d fields can be named.", FIELDS_NAMES_MAX);
    reading->out->fields = fields;
}

void read_limit(struct reading *reading, enum parameter parameter, const struct query_pair *pair) {
    uint32_t value = 0;
    bool well_formed = pair->value.length >= 1 && pair->value.length <= 6;
    for (size_t i = 0; i < pair->value.length && well_formed; i++) {
        char c = pair->value.data[i];
        well_formed = c >= '0' && c <= '9';
        value = value * 10 + (uint32_t)(c - '0');
    }
    if (well_formed && value >= 1 && value <= LIMIT_MAX)
        reading->out->limit = value;
    else
        allow(reading, complain_value(reading, parameter, "The value must be a whole number from 1 to %d.", LIMIT_MAX), "1 to 100");
    static_assert(LIMIT_MAX == 100, "what the complaint says");
}

void read_cursor(struct reading *reading, enum parameter parameter, const struct query_pair *pair) {
    (void)parameter;
    reading->out->cursor = pair->value.data ? pair->value : SPAN("");
}

void read_flag(struct reading *reading, enum parameter parameter, const struct query_pair *pair) {
    static const struct span words[] = {SPAN_INIT("true"), SPAN_INIT("false")};
    size_t choice = 0;
    if (pair->has_value && !choose(reading, parameter, pair->value, words, 2, &choice))
        return;
    if (parameter == PARAMETER_PRETTY)
        reading->out->pretty = choice == 0;
    else
        reading->out->total = choice == 0;
}

void read_format(struct reading *reading, enum parameter parameter, const struct query_pair *pair) {
    static const struct span words[] = {SPAN_INIT("json")};
    size_t choice;
    (void)choose(reading, parameter, pair->value, words, 1, &choice);
}
