#include "server/route.h"

#include "server/handlers.h"
#include "server/render.h"

#define P(name) PARAMETER_BIT(name)
#define ORDER(name) (UINT32_C(1) << DB_##name)

#define ONE (P(FORMAT) | P(PRETTY))
#define SHAPED (ONE | P(FIELDS))
#define LIST (SHAPED | P(SORT) | P(LIMIT) | P(CURSOR) | P(TOTAL))
#define PERIODS (P(SINCE) | P(UNTIL) | P(ADDED_SINCE) | P(ADDED_UNTIL))
#define ABOUT_ARTICLE (P(Q) | P(SOURCE) | P(AUTHOR) | P(SECTION) | P(LANG) | PERIODS)
#define ARTICLES (LIST | ABOUT_ARTICLE | P(SPEAKER) | P(ABOUT))
#define QUOTES (LIST | ABOUT_ARTICLE | P(SPEAKER) | P(ABOUT) | P(TYPE) | P(KIND) | P(MIN_CONFIDENCE))
#define ENTITIES (LIST | P(Q) | P(SOURCE) | P(ENTITY) | P(TYPE) | P(SINCE) | P(UNTIL))

#define BY_TIME (ORDER(NEWEST) | ORDER(OLDEST) | ORDER(ADDED) | ORDER(RELEVANCE))
#define BY_NAME (ORDER(APPEARANCES) | ORDER(NAME))

/* Columns: path; handler; parameters; orders that sort takes, the default; members that fields selects, those that come without it; the
   problem where the path's id is unknown; whether the store is read; whether the handler negotiates its media type itself. */
static const struct route routes[] = {
    {"/v1/articles", handle_articles, ARTICLES | P(ENTITY), BY_TIME, DB_NEWEST, &article_fields, ARTICLE_FIELDS_LIST,
     PROBLEM_PATH_NOT_FOUND, true, false},
    {"/v1/articles/{id}", handle_article, SHAPED, 0, DB_NEWEST, &article_fields, ARTICLE_FIELDS_ONE, PROBLEM_ARTICLE_NOT_FOUND, true,
     false},
    {"/v1/articles/{id}/quotes", handle_article_quotes, SHAPED, 0, DB_NEWEST, &quote_fields, QUOTE_FIELDS_ALL, PROBLEM_ARTICLE_NOT_FOUND,
     true, false},
    {"/v1/articles/{id}/entities", handle_article_entities, ONE, 0, DB_NEWEST, NULL, 0, PROBLEM_ARTICLE_NOT_FOUND, true, false},
    {"/v1/articles/{id}/original", handle_article_original, 0, 0, DB_NEWEST, NULL, 0, PROBLEM_ARTICLE_NOT_FOUND, true, true},
    {"/v1/entities", handle_entities, ENTITIES, BY_NAME | ORDER(LAST_SEEN), DB_APPEARANCES, &entity_fields, ENTITY_FIELDS_ALL,
     PROBLEM_PATH_NOT_FOUND, true, false},
    {"/v1/entities/{id}", handle_entity, SHAPED, 0, DB_NEWEST, &entity_fields, ENTITY_FIELDS_ALL, PROBLEM_ENTITY_NOT_FOUND, true, false},
    {"/v1/entities/{id}/articles", handle_entity_articles, ARTICLES, BY_TIME, DB_NEWEST, &article_fields, ARTICLE_FIELDS_LIST,
     PROBLEM_ENTITY_NOT_FOUND, true, false},
    {"/v1/entities/{id}/quotes", handle_entity_quotes, QUOTES | P(ROLE), BY_TIME, DB_NEWEST, &quote_fields, QUOTE_FIELDS_ALL,
     PROBLEM_ENTITY_NOT_FOUND, true, false},
    {"/v1/quotes", handle_quotes, QUOTES | P(ENTITY), BY_TIME, DB_NEWEST, &quote_fields, QUOTE_FIELDS_ALL, PROBLEM_PATH_NOT_FOUND, true,
     false},
    {"/v1/quotes/{id}", handle_quote, SHAPED, 0, DB_NEWEST, &quote_fields, QUOTE_FIELDS_ALL, PROBLEM_QUOTE_NOT_FOUND, true, false},
    {"/v1/sources", handle_sources, LIST, BY_NAME, DB_APPEARANCES, &source_fields, SOURCE_FIELDS_ALL, PROBLEM_PATH_NOT_FOUND, true, false},
    {"/v1/sources/{id}", handle_source, SHAPED, 0, DB_NEWEST, &source_fields, SOURCE_FIELDS_ALL, PROBLEM_SOURCE_NOT_FOUND, true, false},
    {"/v1/stats", handle_stats, ONE, 0, DB_NEWEST, NULL, 0, PROBLEM_PATH_NOT_FOUND, true, false},
    {"/livez", handle_live, ONE, 0, DB_NEWEST, NULL, 0, PROBLEM_PATH_NOT_FOUND, false, false},
    {"/readyz", handle_ready, ONE, 0, DB_NEWEST, NULL, 0, PROBLEM_PATH_NOT_FOUND, true, false},
    {"/problems", handle_problems, ONE, 0, DB_NEWEST, NULL, 0, PROBLEM_PATH_NOT_FOUND, false, false},
    {"/problems/{id}", handle_problem, ONE, 0, DB_NEWEST, NULL, 0, PROBLEM_PROBLEM_NOT_FOUND, false, false},
    {"/v1", handle_index, ONE, 0, DB_NEWEST, NULL, 0, PROBLEM_PATH_NOT_FOUND, false, false},
    {"/", handle_index, ONE, 0, DB_NEWEST, NULL, 0, PROBLEM_PATH_NOT_FOUND, false, false},
};

const struct route *route_table(size_t *ret_count) {
    *ret_count = sizeof routes / sizeof *routes;
    return routes;
}

static bool template_fits(const struct route *route, const struct target *target, struct span *ret_id) {
    struct span rest = span_of(route->path + 1);
    struct span piece;
    size_t count = 0;
    *ret_id = (struct span){0};
    while (rest.length && span_split(&rest, '/', &piece)) {
        if (count == target->segment_count)
            return false;
        struct span segment = target->segments[count++];
        if (span_equal(piece, SPAN("{id}"))) {
            if (segment.length == 0)
                return false;
            *ret_id = segment;
        } else if (!span_equal(piece, segment)) {
            return false;
        }
    }
    return count == target->segment_count;
}

enum route_match route_find(const struct target *target, const struct route **ret, struct span *ret_id) {
    if (target->segment_count > PATH_SEGMENTS_MAX)
        return ROUTE_NONE;
    for (size_t i = 0; i < sizeof routes / sizeof *routes; i++) {
        struct span id;
        if (!template_fits(&routes[i], target, &id))
            continue;
        *ret = &routes[i];
        *ret_id = id;
        return target->trailing_slash ? ROUTE_WITHOUT_SLASH : ROUTE_FOUND;
    }
    return ROUTE_NONE;
}
