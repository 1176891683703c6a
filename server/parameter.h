#ifndef QUOTED_SERVER_PARAMETER_H
#define QUOTED_SERVER_PARAMETER_H

/* Query parameters: one table of all there are, each with its parser, so that a name means the same and is checked the same everywhere.
   Values come out typed and bounded; what is wrong comes out as complaints that name the parameter, the reason and what is allowed. Lives
   in the request's arena. Thread-safe. */

#include "base/query.h"
#include "db/filter.h"
#include "server/problem.h"
#include "server/target.h"

#define PARAMETERS(X)                                                                                                                      \
    X(Q, "q")                                                                                                                              \
    X(SOURCE, "source")                                                                                                                    \
    X(AUTHOR, "author")                                                                                                                    \
    X(SECTION, "section")                                                                                                                  \
    X(ENTITY, "entity")                                                                                                                    \
    X(SPEAKER, "speaker")                                                                                                                  \
    X(ABOUT, "about")                                                                                                                      \
    X(ROLE, "role")                                                                                                                        \
    X(TYPE, "type")                                                                                                                        \
    X(KIND, "kind")                                                                                                                        \
    X(LANG, "lang")                                                                                                                        \
    X(SINCE, "since")                                                                                                                      \
    X(UNTIL, "until")                                                                                                                      \
    X(ADDED_SINCE, "added_since")                                                                                                          \
    X(ADDED_UNTIL, "added_until")                                                                                                          \
    X(MIN_CONFIDENCE, "min_confidence")                                                                                                    \
    X(SORT, "sort")                                                                                                                        \
    X(FIELDS, "fields")                                                                                                                    \
    X(LIMIT, "limit")                                                                                                                      \
    X(CURSOR, "cursor")                                                                                                                    \
    X(TOTAL, "total")                                                                                                                      \
    X(FORMAT, "format")                                                                                                                    \
    X(PRETTY, "pretty")

enum parameter {
#define X(name, word) PARAMETER_##name,
    PARAMETERS(X)
#undef X
        PARAMETER_COUNT
};

#define PARAMETER_BIT(name) (UINT64_C(1) << PARAMETER_##name)

enum {
    LIMIT_DEFAULT = 20,
    LIMIT_MAX = 100,        /* a page that a person or a front end still handles; cursors reach the rest */
    VALUE_BYTES_MAX = 1000, /* of a name, author or section; longer is a mistake */
    FIELDS_NAMES_MAX = 32,
};

enum role { ROLE_ANY, ROLE_SPEAKER, ROLE_ABOUT };

struct parameters {
    const struct query_pair *pairs[QUERY_PAIRS_MAX]; /* those that were understood, in the order of the request */
    enum parameter ids[QUERY_PAIRS_MAX];             /* beside pairs */
    size_t pair_count;
    uint64_t given; /* bits */

    const struct query_node *q;
    struct word_filter words[PARAMETER_COUNT]; /* of SOURCE, AUTHOR, SECTION, ENTITY, SPEAKER, ABOUT, LANG */
    uint32_t types;                            /* bit 1 << enum entity_type; 0: all */
    uint32_t kinds;                            /* bit 1 << enum quote_kind; 0: all */
    bool nothing;                              /* types or kinds exclude each other: nothing can match */
    enum role role;
    bool has_published;
    struct period published;
    bool has_added;
    struct period added;
    double min_confidence;
    enum db_order order;
    uint64_t fields;
    uint32_t limit;
    struct span cursor; /* data NULL: none */
    bool total;
    bool pretty;
};

struct route;

/* Reads the target's pairs for the route. RESULT_OK also with complaints; RESULT_MEMORY. */
enum result parameters_parse(struct arena *arena, const struct route *route, const struct target *target, struct parameters *ret,
                             struct complaints *complaints) MUST_USE;

/* "name=value&…" of the parameters in mask, percent-encoded, in the order of the table: equal requests give equal bytes. */
struct span parameters_canonical(struct arena *arena, const struct parameters *parameters, uint64_t mask);

struct span parameter_name(enum parameter parameter);

/* since and until as typed by the client. Answers false with a complaint at an impossible value or a beginning behind the end. */
bool period_parse(struct arena *arena, const struct query_pair *since, const struct query_pair *until, enum parameter since_id,
                  struct period *ret, struct complaints *complaints);

/* The name among names that is most like word, empty where none is near. */
struct span parameter_nearest(struct span word, const struct span *names, size_t count);

#endif
