#include "base/time.h"
#include "server/parameter.h"

/* A zone's plus that nobody escaped arrives as a space ("12:00:00 02:00"): there is nothing else it could have meant. */
static struct span restore_plus(struct arena *arena, struct span text) {
    if (text.length < 20 || !(text.data[10] == 'T' || text.data[10] == 't'))
        return text;
    size_t zone = text.length;
    while (zone > 0 && text.data[zone - 1] != ' ')
        zone--;
    if (zone < 17 || text.length - zone > 5)
        return text;
    return arena_print(arena, "%.*s+%.*s", SPAN_PRINT(span_slice(text, 0, zone - 1)), SPAN_PRINT(span_slice(text, zone, text.length)));
}

static bool parse_one(struct arena *arena, const struct query_pair *pair, enum parameter parameter, struct period *ret,
                      struct complaints *complaints) {
    if (time_parse_period(restore_plus(arena, pair->value), ret))
        return true;
    struct span value = text_shown(pair->value);
    static const struct span allowed[] = {SPAN_INIT("2024"), SPAN_INIT("2024-03"), SPAN_INIT("2024-03-01"),
                                          SPAN_INIT("2024-03-01T12:00:00Z")};
    struct complaint *complaint =
        complaint_add(complaints, PROBLEM_INVALID_PARAMETER, parameter_name(parameter),
                      arena_print(arena, "\"%.*s\" is no year, month, day or RFC 3339 time from 1600 to 2143.", SPAN_PRINT(value)));
    complaint->allowed = allowed;
    complaint->allowed_count = sizeof allowed / sizeof *allowed;
    return false;
}

bool period_parse(struct arena *arena, const struct query_pair *since, const struct query_pair *until, enum parameter since_id,
                  struct period *ret, struct complaints *complaints) {
    struct period first = {TIME_MIN, TIME_MIN};
    struct period last = {TIME_MAX, TIME_MAX + 1};
    bool good = !since || parse_one(arena, since, since_id, &first, complaints);
    /* until stands right behind its since in the table of parameters. */
    good = (!until || parse_one(arena, until, (enum parameter)(since_id + 1), &last, complaints)) && good;
    if (!good)
        return false;
    bool until_is_time = until && last.end - last.start == 1;
    ret->start = first.start;
    ret->end = until_is_time ? last.start : last.end;
    /* A time as until excludes itself, so that since and until may be equal; a day, month or year includes itself. */
    if (ret->start > ret->end || (ret->start == ret->end && !until_is_time)) {
        struct span name = parameter_name(since_id);
        struct span until_name = parameter_name((enum parameter)(since_id + 1));
        complaint_add(complaints, PROBLEM_INVALID_PERIOD, name,
                      arena_print(arena, "%.*s lies behind %.*s.", SPAN_PRINT(name), SPAN_PRINT(until_name)));
        return false;
    }
    return true;
}
