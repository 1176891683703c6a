#include "db/entity.h"

#include "server/article.h"
#include "server/condition.h"
#include "server/handlers.h"
#include "server/quote.h"

static enum result entity_filters(struct request *request, struct db_entity_query *ret) {
    const struct parameters *parameters = &request->parameters;
    *ret = (struct db_entity_query){
        .q = parameters->q,
        .types = parameters->types,
        .has_seen = parameters->has_published,
        .seen = parameters->published,
    };
    enum result result = resolve_sources(request, &ret->source);
    if (result == RESULT_OK)
        result = resolve_entities(request, PARAMETER_ENTITY, &ret->entity);
    if (parameters->nothing)
        ret->entity = (struct key_filter){.is_set = true};
    return result;
}

static enum result reply_entities(struct request *request, struct reply *reply, const struct db_entity_query *query) {
    struct db_page page;
    bool answered = false;
    enum result result = list_open(request, reply, &page, &answered);
    if (result != RESULT_OK || answered)
        return result;
    struct db_entity_list list = {0};
    result = db_entity_query(request->db, request->arena, query, &page, &list);
    if (result != RESULT_OK)
        return result;
    struct list_end end = {.more = list.more, .last = list.last, .has_total = request->parameters.total};
    if (end.has_total)
        result = db_entity_count(request->db, query, TOTAL_MAX, &end.total, &end.capped);
    if (result != RESULT_OK)
        return result;
    struct json_writer writer;
    list_begin(reply, &writer);
    for (size_t i = 0; i < list.count; i++)
        render_entity(&writer, &list.rows[i], request->parameters.fields);
    return list_finish(request, reply, &writer, &end);
}

enum result handle_entities(struct request *request, struct reply *reply) {
    struct db_entity_query query;
    enum result result = entity_filters(request, &query);
    return result == RESULT_OK ? reply_entities(request, reply, &query) : result;
}

enum result handle_entity(struct request *request, struct reply *reply) {
    struct db_entity entity = {0};
    enum result result = db_entity_get(request->db, request->arena, request->id, &entity);
    if (result != RESULT_OK)
        return result;
    if (condition_item(request, reply, entity.revision))
        return RESULT_OK;
    struct json_writer writer;
    reply_json_begin(reply, &writer);
    render_entity(&writer, &entity, request->parameters.fields);
    reply_json_end(reply);
    return RESULT_OK;
}

/* A filter of the path's entity alone. */
static enum result path_entity(struct request *request, struct key_filter *ret) {
    struct db_entity entity = {0};
    enum result result = db_entity_get(request->db, request->arena, request->id, &entity);
    return result == RESULT_OK ? key_filter_of(request, entity.key, ret) : result;
}

enum result handle_entity_articles(struct request *request, struct reply *reply) {
    struct db_article_query query;
    enum result result = article_filters(request, &query);
    if (result == RESULT_OK)
        result = path_entity(request, &query.entity);
    return result == RESULT_OK ? reply_articles(request, reply, &query) : result;
}

/* role says in which part the path's entity stands; the parameter of that name would say it a second time. */
static void check_role(struct request *request) {
    enum role role = request->parameters.role;
    enum parameter taken = role == ROLE_SPEAKER ? PARAMETER_SPEAKER : PARAMETER_ABOUT;
    if (role == ROLE_ANY || !(request->parameters.given & (UINT64_C(1) << taken)))
        return;
    struct span name = parameter_name(taken);
    complaint_add(
        &request->complaints, PROBLEM_INVALID_PARAMETER, name,
        arena_print(request->arena, "With role=%.*s the entity of the path is meant; leave %.*s out.", SPAN_PRINT(name), SPAN_PRINT(name)));
}

enum result handle_entity_quotes(struct request *request, struct reply *reply) {
    struct db_quote_query query;
    struct key_filter entity;
    enum result result = quote_filters(request, &query);
    if (result == RESULT_OK)
        result = path_entity(request, &entity);
    if (result != RESULT_OK)
        return result;
    check_role(request);
    switch (request->parameters.role) {
    case ROLE_SPEAKER:
        query.speaker = entity;
        break;
    case ROLE_ABOUT:
        query.about = entity;
        break;
    case ROLE_ANY:
        query.entity = entity;
        break;
    }
    return reply_quotes(request, reply, &query);
}
