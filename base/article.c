#include "base/article.h"

static const char *const entity_type_names[ENTITY_TYPE_COUNT] = {
    [ENTITY_PERSON] = "person",
    [ENTITY_ORGANIZATION] = "organization",
    [ENTITY_PLACE] = "place",
};

static const char *const quote_kind_names[QUOTE_KIND_COUNT] = {
    [QUOTE_DIRECT] = "direct",
    [QUOTE_MIXED] = "mixed",
    [QUOTE_INDIRECT] = "indirect",
};

static const char *const mention_form_names[MENTION_FORM_COUNT] = {
    [MENTION_NAME] = "name",
    [MENTION_NOMINAL] = "nominal",
    [MENTION_PRONOUN] = "pronoun",
};

/* The index of name among the names, or count. */
static size_t name_index(const char *const *names, size_t count, struct span name) {
    size_t index = 0;
    while (index < count && !span_equal(span_of(names[index]), name))
        index++;
    return index;
}

const char *entity_type_name(enum entity_type type) {
    return entity_type_names[type];
}

bool entity_type_parse(struct span name, enum entity_type *ret) {
    size_t index = name_index(entity_type_names, ENTITY_TYPE_COUNT, name);
    if (index == ENTITY_TYPE_COUNT)
        return false;
    *ret = (enum entity_type)index;
    return true;
}

const char *quote_kind_name(enum quote_kind kind) {
    return quote_kind_names[kind];
}

bool quote_kind_parse(struct span name, enum quote_kind *ret) {
    size_t index = name_index(quote_kind_names, QUOTE_KIND_COUNT, name);
    if (index == QUOTE_KIND_COUNT)
        return false;
    *ret = (enum quote_kind)index;
    return true;
}

const char *mention_form_name(enum mention_form form) {
    return mention_form_names[form];
}
