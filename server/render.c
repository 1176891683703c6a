#include "server/render.h"

#define X(name, word) word,
static const char *const article_names[] = {ARTICLE_FIELDS(X)};
static const char *const quote_names[] = {QUOTE_FIELDS(X)};
static const char *const entity_names[] = {ENTITY_FIELDS(X)};
static const char *const source_names[] = {SOURCE_FIELDS(X)};
#undef X

const struct field_set article_fields = {article_names, ARTICLE_FIELD_COUNT};
const struct field_set quote_fields = {quote_names, QUOTE_FIELD_COUNT};
const struct field_set entity_fields = {entity_names, ENTITY_FIELD_COUNT};
const struct field_set source_fields = {source_names, SOURCE_FIELD_COUNT};

void render_moment(struct json_writer *writer, const char *key, struct moment moment) {
    if (moment.precision != PRECISION_NONE) {
        json_member_time(writer, key, moment.seconds);
        return;
    }
    json_key(writer, key);
    json_write_null(writer);
}

void render_source_reference(struct json_writer *writer, struct span id, struct span name) {
    if (id.length == 0) {
        json_write_null(writer);
        return;
    }
    json_object_begin(writer);
    json_member_string(writer, "id", id);
    json_member_string(writer, "name", name);
    json_object_end(writer);
}
