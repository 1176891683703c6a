#ifndef QUOTED_SERVER_ROUTE_H
#define QUOTED_SERVER_ROUTE_H

/* The table of everything that is served: path, parameters, orders, fields, handler. A new resource is a row here and a handler. Static
   data. */

#include "server/reply.h"
#include "server/request.h"

/* Fills the reply. RESULT_NOT_FOUND becomes the route's own problem, other results their table's (see answer.c). */
typedef enum result handler(struct request *request, struct reply *reply);

/* The members of a shape that `fields` may select, bit i for names[i]. */
struct field_set {
    const char *const *names;
    size_t count;
};

struct route {
    const char *path; /* "{id}" stands for one segment */
    handler *handle;
    uint64_t parameters;            /* bit 1 << enum parameter of each that is taken */
    uint32_t orders;                /* bit 1 << enum db_order of each that sort takes */
    enum db_order order;            /* the default */
    const struct field_set *fields; /* NULL where fields is not taken */
    uint64_t default_fields;
    enum problem missing; /* for RESULT_NOT_FOUND */
    bool needs_store;
    bool own_media_type; /* the handler negotiates Accept */
};

enum route_match { ROUTE_NONE, ROUTE_FOUND, ROUTE_WITHOUT_SLASH };

/* Finds the route of the path. ROUTE_WITHOUT_SLASH: it would be one without the slash at its end. *ret_id is the decoded {id}. */
enum route_match route_find(const struct target *target, const struct route **ret, struct span *ret_id);

/* The table itself, for the index and for tests. */
const struct route *route_table(size_t *ret_count);

#endif
