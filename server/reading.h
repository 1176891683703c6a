#ifndef QUOTED_SERVER_READING_H
#define QUOTED_SERVER_READING_H

/* Inside of the parameter parser: the state of one reading and the readers of single values, one a kind of value. Not for handlers. */

#include "server/route.h"

struct reading {
    struct arena *arena;
    const struct route *route;
    struct parameters *out;
    struct complaints *complaints;
    uint32_t excluded_types;
    uint32_t excluded_kinds;
    const struct query_pair *periods[PARAMETER_COUNT]; /* since, until and so on: read together at the end */
    size_t word_capacity[PARAMETER_COUNT][2];          /* included, excluded */
    bool out_of_memory;
};

/* Reads one value into reading->out, or complains. */
typedef void reader(struct reading *reading, enum parameter parameter, const struct query_pair *pair);

reader read_search, read_name, read_language, read_type, read_kind, read_role, read_period, read_confidence, read_sort, read_fields,
    read_limit, read_cursor, read_flag, read_format;

/* Complains about the value with a printf-made detail. */
struct complaint *complain_value(struct reading *reading, enum parameter parameter, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

#endif
