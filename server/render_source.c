#include "server/render.h"

#define WANTED(name) (fields & FIELD_BIT(SOURCE_##name))

void render_source(struct json_writer *writer, const struct db_source *source, uint64_t fields) {
    json_object_begin(writer);
    if (WANTED(ID))
        json_member_string(writer, "id", source->id);
    if (WANTED(NAME))
        json_member_string(writer, "name", source->name);
    if (WANTED(ARTICLE_COUNT))
        json_member_int(writer, "article_count", source->article_count);
    if (WANTED(QUOTE_COUNT))
        json_member_int(writer, "quote_count", source->quote_count);
    if (WANTED(FIRST_PUBLISHED))
        render_moment(writer, "first_published", source->first_published);
    if (WANTED(LAST_PUBLISHED))
        render_moment(writer, "last_published", source->last_published);
    if (WANTED(REVISION))
        json_member_int(writer, "revision", source->revision);
    json_object_end(writer);
}

void render_stats(struct json_writer *writer, const struct db_stats *stats, int64_t last_modified) {
    json_object_begin(writer);
    json_member_int(writer, "articles", stats->articles);
    json_member_int(writer, "quotes", stats->quotes);
    json_member_int(writer, "quotes_with_speaker", stats->quotes_with_speaker);
    json_key(writer, "entities");
    json_object_begin(writer);
    for (size_t i = 0; i < ENTITY_TYPE_COUNT; i++)
        json_member_int(writer, entity_type_name((enum entity_type)i), stats->entities[i]);
    json_object_end(writer);
    json_member_int(writer, "mentions", stats->mentions);
    json_member_int(writer, "sources", stats->sources);
    render_moment(writer, "first_published", stats->first_published);
    render_moment(writer, "last_published", stats->last_published);
    render_moment(writer, "last_modified", (struct moment){last_modified, last_modified ? PRECISION_SECOND : PRECISION_NONE});
    json_member_int(writer, "revision", stats->revision);
    json_member_int(writer, "bytes", stats->bytes);
    json_object_end(writer);
}
