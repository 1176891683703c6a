#include "server/render.h"

#define WANTED(name) (fields & FIELD_BIT(ARTICLE_##name))

static void render_authors(struct json_writer *writer, const struct db_article *article) {
    json_key(writer, "authors");
    json_array_begin(writer);
    for (size_t i = 0; i < article->author_count; i++)
        json_write_string(writer, article->authors[i]);
    json_array_end(writer);
}

static void render_precision(struct json_writer *writer, enum precision precision) {
    static const char *const names[] = {[PRECISION_NONE] = "", [PRECISION_DAY] = "day", [PRECISION_SECOND] = "second"};
    json_member_string_or_null(writer, "published_precision", span_of(names[precision]));
}

static void render_head(struct json_writer *writer, const struct db_article *article, uint64_t fields) {
    if (WANTED(ID))
        json_member_string(writer, "id", article->id);
    if (WANTED(TITLE))
        json_member_string_or_null(writer, "title", article->title);
    if (WANTED(URL))
        json_member_string_or_null(writer, "url", article->url);
    if (WANTED(SOURCE)) {
        json_key(writer, "source");
        render_source_reference(writer, article->source_id, article->source_name);
    }
    if (WANTED(AUTHORS))
        render_authors(writer, article);
    if (WANTED(LANGUAGE))
        json_member_string_or_null(writer, "language", article->language);
    if (WANTED(SECTION))
        json_member_string_or_null(writer, "section", article->section);
    if (WANTED(IMAGE_CREDIT))
        json_member_string_or_null(writer, "image_credit", article->image_credit);
    if (WANTED(PUBLISHED))
        render_moment(writer, "published", article->published);
    if (WANTED(PUBLISHED_PRECISION))
        render_precision(writer, article->published.precision);
    if (WANTED(PUBLISHED_FROM))
        json_member_string_or_null(writer, "published_from", article->published_from);
}

static void render_counts(struct json_writer *writer, const struct db_article *article, uint64_t fields) {
    if (WANTED(ADDED))
        json_member_time(writer, "added", article->added);
    if (WANTED(REVISION))
        json_member_int(writer, "revision", article->revision);
    if (WANTED(WORD_COUNT))
        json_member_int(writer, "word_count", article->word_count);
    if (WANTED(QUOTE_COUNT))
        json_member_int(writer, "quote_count", article->quote_count);
    if (WANTED(ENTITY_COUNT))
        json_member_int(writer, "entity_count", article->entity_count);
}

static void render_dropped(struct json_writer *writer, const struct article_parts *parts) {
    json_key(writer, "dropped");
    json_array_begin(writer);
    for (size_t i = 0; i < parts->dropped_count; i++) {
        json_object_begin(writer);
        json_member_string(writer, "text", parts->dropped[i].text);
        json_member_string(writer, "why", span_of(parts->dropped[i].why));
        json_object_end(writer);
    }
    json_array_end(writer);
}

void render_article(struct json_writer *writer, const struct article_parts *parts, uint64_t fields, struct arena *arena) {
    json_object_begin(writer);
    render_head(writer, parts->article, fields);
    render_counts(writer, parts->article, fields);
    if (WANTED(TEXT))
        json_member_string(writer, "text", parts->article->text);
    if (WANTED(ENTITIES)) {
        json_key(writer, "entities");
        json_array_begin(writer);
        for (size_t i = 0; i < parts->entity_count; i++)
            render_article_entity(writer, &parts->entities[i]);
        json_array_end(writer);
    }
    if (WANTED(QUOTES)) {
        json_key(writer, "quotes");
        json_array_begin(writer);
        for (size_t i = 0; i < parts->quote_count; i++)
            render_quote(writer, &parts->quotes[i], QUOTE_FIELDS_ALL, arena);
        json_array_end(writer);
    }
    if (WANTED(DROPPED))
        render_dropped(writer, parts);
    json_object_end(writer);
}
