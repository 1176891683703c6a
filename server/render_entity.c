#include "server/render.h"

#define WANTED(name) (fields & FIELD_BIT(ENTITY_FIELD_##name))

static void render_aliases(struct json_writer *writer, const struct db_entity *entity) {
    json_key(writer, "aliases");
    json_array_begin(writer);
    for (size_t i = 0; i < entity->alias_count; i++) {
        json_object_begin(writer);
        json_member_string(writer, "name", entity->aliases[i].name);
        json_member_int(writer, "count", entity->aliases[i].count);
        json_object_end(writer);
    }
    json_array_end(writer);
}

static void render_words(struct json_writer *writer, const char *key, const struct span *words, size_t count) {
    json_key(writer, key);
    json_array_begin(writer);
    for (size_t i = 0; i < count; i++)
        json_write_string(writer, words[i]);
    json_array_end(writer);
}

void render_entity(struct json_writer *writer, const struct db_entity *entity, uint64_t fields) {
    json_object_begin(writer);
    if (WANTED(ID))
        json_member_string(writer, "id", entity->id);
    if (WANTED(NAME))
        json_member_string(writer, "name", entity->name);
    if (WANTED(TYPE))
        json_member_string(writer, "type", span_of(entity_type_name(entity->type)));
    if (WANTED(ALIASES))
        render_aliases(writer, entity);
    if (WANTED(ROLES))
        render_words(writer, "roles", entity->roles, entity->role_count);
    if (WANTED(ARTICLE_COUNT))
        json_member_int(writer, "article_count", entity->article_count);
    if (WANTED(MENTION_COUNT))
        json_member_int(writer, "mention_count", entity->mention_count);
    if (WANTED(QUOTE_COUNT))
        json_member_int(writer, "quote_count", entity->quote_count);
    if (WANTED(ABOUT_COUNT))
        json_member_int(writer, "about_count", entity->about_count);
    if (WANTED(FIRST_SEEN))
        render_moment(writer, "first_seen", entity->first_seen);
    if (WANTED(LAST_SEEN))
        render_moment(writer, "last_seen", entity->last_seen);
    if (WANTED(REVISION))
        json_member_int(writer, "revision", entity->revision);
    json_object_end(writer);
}

/* The places that name the entity, or those that only refer to it ("the minister", "he"). */
static void render_mentions(struct json_writer *writer, const struct db_article_entity *entity, const char *key, bool names) {
    json_key(writer, key);
    json_array_begin(writer);
    for (size_t i = 0; i < entity->mention_count; i++) {
        const struct mention *mention = &entity->mentions[i];
        if ((mention->form == MENTION_NAME) != names)
            continue;
        json_object_begin(writer);
        json_member_int(writer, "start", mention->range.start);
        json_member_int(writer, "end", mention->range.end);
        json_member_string(writer, "text", entity->mention_texts[i]);
        if (!names)
            json_member_string(writer, "form", span_of(mention_form_name(mention->form)));
        json_object_end(writer);
    }
    json_array_end(writer);
}

void render_article_entity(struct json_writer *writer, const struct db_article_entity *entity) {
    json_object_begin(writer);
    json_member_string(writer, "id", entity->id);
    json_member_string(writer, "name", entity->name);
    json_member_string(writer, "name_here", entity->name_here);
    json_member_string(writer, "type", span_of(entity_type_name(entity->type)));
    render_words(writer, "roles", entity->roles, entity->role_count);
    render_mentions(writer, entity, "mentions", true);
    render_mentions(writer, entity, "references", false);
    json_object_end(writer);
}
