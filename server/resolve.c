#include "db/entity.h"
#include "db/source.h"
#include "server/list.h"

typedef enum result resolver(struct db *db, struct arena *arena, struct span id_or_name, int64_t *ret_key,
                             const struct span **ret_candidates, size_t *ret_candidate_count);

static void complain_ambiguous(struct request *request, enum parameter parameter, struct span value, const struct span *candidates,
                               size_t count) {
    struct span name = text_shown(value);
    struct complaint *complaint =
        complaint_add(&request->complaints, PROBLEM_AMBIGUOUS_NAME, parameter_name(parameter),
                      arena_print(request->arena, "\"%.*s\" means more than one; ask with one of the ids in allowed.", SPAN_PRINT(name)));
    complaint->allowed = candidates;
    complaint->allowed_count = count;
}

static enum result resolve_values(struct request *request, enum parameter parameter, resolver *resolve, const struct span *values,
                                  size_t count, const int64_t **ret, size_t *ret_count) {
    int64_t *keys = arena_alloc_array(request->arena, count, sizeof *keys);
    if (!keys)
        return RESULT_MEMORY;
    *ret = keys;
    for (size_t i = 0; i < count; i++) {
        const struct span *candidates = NULL;
        size_t candidate_count = 0;
        enum result result = resolve(request->db, request->arena, values[i], &keys[*ret_count], &candidates, &candidate_count);
        if (result == RESULT_OK)
            ++*ret_count;
        else if (result == RESULT_CONFLICT)
            complain_ambiguous(request, parameter, values[i], candidates, candidate_count);
        else if (result != RESULT_NOT_FOUND)
            return result;
    }
    return RESULT_OK;
}

static enum result resolve_filter(struct request *request, enum parameter parameter, resolver *resolve, struct key_filter *ret) {
    const struct word_filter *words = &request->parameters.words[parameter];
    *ret = (struct key_filter){.is_set = words->include_count > 0};
    enum result result = RESULT_OK;
    if (words->include_count)
        result = resolve_values(request, parameter, resolve, words->include, words->include_count, &ret->include, &ret->include_count);
    if (result == RESULT_OK && words->exclude_count)
        result = resolve_values(request, parameter, resolve, words->exclude, words->exclude_count, &ret->exclude, &ret->exclude_count);
    return result;
}

enum result resolve_entities(struct request *request, enum parameter parameter, struct key_filter *ret) {
    return resolve_filter(request, parameter, db_entity_resolve, ret);
}

enum result resolve_sources(struct request *request, struct key_filter *ret) {
    return resolve_filter(request, PARAMETER_SOURCE, db_source_resolve, ret);
}

enum result key_filter_of(struct request *request, int64_t key, struct key_filter *ret) {
    int64_t *keys = arena_alloc_array(request->arena, 1, sizeof *keys);
    if (!keys)
        return RESULT_MEMORY;
    keys[0] = key;
    *ret = (struct key_filter){.include = keys, .include_count = 1, .is_set = true};
    return RESULT_OK;
}
