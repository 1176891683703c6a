#include "server/quote.h"

#include "base/public_id.h"
#include "server/condition.h"
#include "server/handlers.h"
#include "server/render.h"

#include <math.h>

/* Confidences are compared as they are served, rounded: what is served as 0.9 reaches a limit of 0.9, whatever its last bits are. */
static double least_confidence(double limit) {
    double unit = pow(10, -CONFIDENCE_DECIMALS);
    double slip = 1e-6; /* of a unit: of the division */
    return (ceil(limit / unit - slip) - 0.5) * unit;
}

enum result quote_filters(struct request *request, struct db_quote_query *ret) {
    const struct parameters *parameters = &request->parameters;
    *ret = (struct db_quote_query){
        .q = parameters->q,
        .kinds = parameters->kinds,
        .speaker_types = parameters->types,
        .language = parameters->words[PARAMETER_LANG],
        .author = parameters->words[PARAMETER_AUTHOR],
        .section = parameters->words[PARAMETER_SECTION],
        .has_published = parameters->has_published,
        .published = parameters->published,
        .has_added = parameters->has_added,
        .added = parameters->added,
        .min_confidence = least_confidence(parameters->min_confidence),
    };
    enum result result = resolve_sources(request, &ret->source);
    if (result == RESULT_OK)
        result = resolve_entities(request, PARAMETER_ENTITY, &ret->entity);
    if (result == RESULT_OK)
        result = resolve_entities(request, PARAMETER_SPEAKER, &ret->speaker);
    if (result == RESULT_OK)
        result = resolve_entities(request, PARAMETER_ABOUT, &ret->about);
    /* Every kind or type was excluded: an article filter that is set and empty matches nothing, which no mask can say. */
    if (parameters->nothing)
        ret->article.is_set = true;
    return result;
}

enum result reply_quotes(struct request *request, struct reply *reply, const struct db_quote_query *query) {
    struct db_page page;
    bool answered = false;
    enum result result = list_open(request, reply, &page, &answered);
    if (result != RESULT_OK || answered)
        return result;
    struct db_quote_list list = {0};
    result = db_quote_query(request->db, request->arena, query, &page, &list);
    if (result != RESULT_OK)
        return result;
    struct list_end end = {.more = list.more, .last = list.last, .has_total = request->parameters.total};
    if (end.has_total)
        result = db_quote_count(request->db, query, TOTAL_MAX, &end.total, &end.capped);
    if (result != RESULT_OK)
        return result;
    struct json_writer writer;
    list_begin(reply, &writer);
    for (size_t i = 0; i < list.count; i++)
        render_quote(&writer, &list.rows[i], request->parameters.fields, request->arena);
    return list_finish(request, reply, &writer, &end);
}

enum result handle_quotes(struct request *request, struct reply *reply) {
    struct db_quote_query query;
    enum result result = quote_filters(request, &query);
    return result == RESULT_OK ? reply_quotes(request, reply, &query) : result;
}

enum result handle_quote(struct request *request, struct reply *reply) {
    struct span article_id;
    uint32_t ordinal = 0;
    if (!public_id_parse_quote(request->id, &article_id, &ordinal))
        return RESULT_NOT_FOUND;
    struct db_quote quote = {0};
    enum result result = db_quote_get(request->db, request->arena, article_id, ordinal, &quote);
    if (result != RESULT_OK)
        return result;
    /* From the store's revision, as an article's: the speaker's name may change without the quote. */
    if (condition_item(request, reply, request->revision))
        return RESULT_OK;
    struct json_writer writer;
    reply_json_begin(reply, &writer);
    render_quote(&writer, &quote, request->parameters.fields, request->arena);
    reply_json_end(reply);
    return RESULT_OK;
}
