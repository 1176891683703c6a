#include "server/article.h"

#include "db/write.h"
#include "server/accept.h"
#include "server/condition.h"
#include "server/handlers.h"

#include <stdlib.h>

enum result article_filters(struct request *request, struct db_article_query *ret) {
    const struct parameters *parameters = &request->parameters;
    *ret = (struct db_article_query){
        .q = parameters->q,
        .language = parameters->words[PARAMETER_LANG],
        .author = parameters->words[PARAMETER_AUTHOR],
        .section = parameters->words[PARAMETER_SECTION],
        .has_published = parameters->has_published,
        .published = parameters->published,
        .has_added = parameters->has_added,
        .added = parameters->added,
    };
    enum result result = resolve_sources(request, &ret->source);
    if (result == RESULT_OK)
        result = resolve_entities(request, PARAMETER_ENTITY, &ret->entity);
    if (result == RESULT_OK)
        result = resolve_entities(request, PARAMETER_SPEAKER, &ret->speaker);
    if (result == RESULT_OK)
        result = resolve_entities(request, PARAMETER_ABOUT, &ret->about);
    return result;
}

static int compare_ordinals(const void *a, const void *b) {
    uint32_t first = ((const struct db_quote *)a)->ordinal;
    uint32_t second = ((const struct db_quote *)b)->ordinal;
    return (first > second) - (first < second);
}

/* All quotes of an article in the order of its text. */
static enum result load_quotes(const struct request *request, int64_t article_key, const struct db_quote **ret, size_t *ret_count) {
    const struct db_quote_query query = {.article = {.include = &article_key, .include_count = 1, .is_set = true}};
    const struct db_page page = {.order = DB_NEWEST, .limit = QUOTES_PER_ARTICLE_MAX};
    struct db_quote_list list = {0};
    enum result result = db_quote_query(request->db, request->arena, &query, &page, &list);
    if (result != RESULT_OK)
        return result;
    struct db_quote *rows = arena_alloc_array(request->arena, list.count, sizeof *rows);
    if (!rows)
        return RESULT_MEMORY;
    for (size_t i = 0; i < list.count; i++)
        rows[i] = list.rows[i];
    qsort(rows, list.count, sizeof *rows, compare_ordinals);
    *ret = rows;
    *ret_count = list.count;
    return RESULT_OK;
}

/* Loads the parts that fields names. */
static enum result load_parts(const struct request *request, const struct db_article *article, struct article_parts *ret) {
    uint64_t fields = request->parameters.fields;
    *ret = (struct article_parts){.article = article};
    enum result result = RESULT_OK;
    if (fields & FIELD_BIT(ARTICLE_ENTITIES))
        result = db_article_entities(request->db, request->arena, article->key, &ret->entities, &ret->entity_count);
    if (result == RESULT_OK && (fields & FIELD_BIT(ARTICLE_QUOTES)))
        result = load_quotes(request, article->key, &ret->quotes, &ret->quote_count);
    if (result == RESULT_OK && (fields & FIELD_BIT(ARTICLE_DROPPED)))
        result = db_article_dropped(request->db, request->arena, article->key, &ret->dropped, &ret->dropped_count);
    return result;
}

static enum result write_articles(const struct request *request, struct json_writer *writer, const struct db_article_list *list) {
    for (size_t i = 0; i < list->count; i++) {
        struct article_parts parts;
        enum result result = load_parts(request, &list->rows[i], &parts);
        if (result == RESULT_OK)
            result = buffer_result(writer->out); /* no use in loading what cannot be sent */
        if (result != RESULT_OK)
            return result;
        render_article(writer, &parts, request->parameters.fields, request->arena);
    }
    return RESULT_OK;
}

enum result reply_articles(struct request *request, struct reply *reply, const struct db_article_query *query) {
    struct db_page page;
    bool answered = false;
    enum result result = list_open(request, reply, &page, &answered);
    if (result != RESULT_OK || answered)
        return result;
    bool with_text = request->parameters.fields & FIELD_BIT(ARTICLE_TEXT);
    struct db_article_list list = {0};
    result = db_article_query(request->db, request->arena, query, &page, with_text, &list);
    if (result != RESULT_OK)
        return result;
    struct list_end end = {.more = list.more, .last = list.last, .has_total = request->parameters.total};
    if (end.has_total)
        result = db_article_count(request->db, query, TOTAL_MAX, &end.total, &end.capped);
    if (result != RESULT_OK)
        return result;
    struct json_writer writer;
    list_begin(reply, &writer);
    result = write_articles(request, &writer, &list);
    return result == RESULT_OK ? list_finish(request, reply, &writer, &end) : result;
}

enum result handle_articles(struct request *request, struct reply *reply) {
    struct db_article_query query;
    enum result result = article_filters(request, &query);
    return result == RESULT_OK ? reply_articles(request, reply, &query) : result;
}

/* The path's article; *ret_current: the client's copy is, and the reply finished. The tag is made from the store's revision, not from the
   article's: names of sources and entities stand in it, and they change when other articles come. */
static enum result open_article(struct request *request, struct reply *reply, int64_t *ret_key, bool *ret_current) {
    int64_t revision = 0;
    enum result result = db_article_revision(request->db, request->id, ret_key, &revision);
    if (result == RESULT_OK)
        *ret_current = condition_item(request, reply, request->revision);
    return result;
}

enum result handle_article(struct request *request, struct reply *reply) {
    int64_t key = 0;
    bool current = false;
    enum result result = open_article(request, reply, &key, &current);
    if (result != RESULT_OK || current)
        return result;
    struct db_article article = {0};
    struct article_parts parts;
    result = db_article_get(request->db, request->arena, request->id, &article);
    if (result == RESULT_OK)
        result = load_parts(request, &article, &parts);
    if (result != RESULT_OK)
        return result;
    struct json_writer writer;
    reply_json_begin(reply, &writer);
    render_article(&writer, &parts, request->parameters.fields, request->arena);
    reply_json_end(reply);
    return RESULT_OK;
}

enum result handle_article_quotes(struct request *request, struct reply *reply) {
    int64_t key = 0;
    bool current = false;
    const struct db_quote *quotes = NULL;
    size_t count = 0;
    enum result result = open_article(request, reply, &key, &current);
    if (result == RESULT_OK && !current)
        result = load_quotes(request, key, &quotes, &count);
    if (result != RESULT_OK || current)
        return result;
    struct json_writer writer;
    list_begin(reply, &writer);
    for (size_t i = 0; i < count; i++)
        render_quote(&writer, &quotes[i], request->parameters.fields, request->arena);
    return list_finish(request, reply, &writer, &(struct list_end){0});
}

enum result handle_article_entities(struct request *request, struct reply *reply) {
    int64_t key = 0;
    bool current = false;
    const struct db_article_entity *entities = NULL;
    size_t count = 0;
    enum result result = open_article(request, reply, &key, &current);
    if (result == RESULT_OK && !current)
        result = db_article_entities(request->db, request->arena, key, &entities, &count);
    if (result != RESULT_OK || current)
        return result;
    struct json_writer writer;
    list_begin(reply, &writer);
    for (size_t i = 0; i < count; i++)
        render_article_entity(&writer, &entities[i]);
    return list_finish(request, reply, &writer, &(struct list_end){0});
}

/* A type that can stand in a header; what came from outside may be anything. */
static struct span harmless_media_type(struct span media_type) {
    bool slash = false;
    for (size_t i = 0; i < media_type.length; i++) {
        char c = media_type.data[i];
        bool token = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '.' || c == '+';
        bool parameter = c == ';' || c == '=' || c == ' ' || c == '_';
        slash |= c == '/';
        if (!token && !parameter && c != '/')
            return SPAN("application/octet-stream");
    }
    return slash ? media_type : SPAN("application/octet-stream");
}

enum result handle_article_original(struct request *request, struct reply *reply) {
    int64_t key = 0;
    int64_t revision = 0;
    struct db_original original = {0};
    enum result result = db_article_revision(request->db, request->id, &key, &revision);
    if (result == RESULT_OK)
        result = db_article_original(request->db, request->arena, key, &original);
    if (result != RESULT_OK)
        return result;
    struct span media_type = harmless_media_type(original.media_type);
    if (!accept_allows(request_header(request, "Accept"), media_type)) {
        reply_problem(reply, PROBLEM_NOT_ACCEPTABLE, arena_print(request->arena, "The original is %.*s.", SPAN_PRINT(media_type)), NULL);
        return RESULT_OK;
    }
    if (condition_digest(request, reply, (struct span){(const char *)original.digest, sizeof original.digest}))
        return RESULT_OK;
    reply_header(reply, "Content-Type", media_type);
    /* Foreign pages must not act under our origin. */
    reply_header(reply, "Content-Security-Policy", SPAN("default-src 'none'; sandbox"));
    buffer_append_span(&reply->body, original.bytes);
    return RESULT_OK;
}
