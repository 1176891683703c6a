#ifndef QUOTED_BASE_TIME_H
#define QUOTED_BASE_TIME_H

/* Moments and periods. Seconds are since 1970-01-01T00:00:00Z, leap seconds ignored (POSIX); years 1600 to 2143 can be told (TIME_MIN,
   TIME_MAX). Parsers are strict about ranges (no 30 February) and never ask the clock. Thread-safe. */

#include "base/span.h"

#define TIME_MIN INT64_C(-11676096000) /* 1600-01-01T00:00:00Z: older news does not exist in print */
#define TIME_MAX INT64_C(5490719999)   /* 2143-12-29, the last second that fits 34 bits from TIME_MIN is 2144-05-30 */

enum precision { PRECISION_NONE, PRECISION_DAY, PRECISION_SECOND };

struct moment {
    int64_t seconds;          /* for PRECISION_DAY: midnight UTC of that day */
    enum precision precision; /* PRECISION_NONE: not known */
};

/* A half-open period: start <= t < end. */
struct period {
    int64_t start;
    int64_t end;
};

enum { RFC3339_LENGTH = 20 }; /* "2024-03-01T12:00:00Z" */

/* Writes YYYY-MM-DDTHH:MM:SSZ and a NUL. */
void time_format_rfc3339(int64_t seconds, char out[RFC3339_LENGTH + 1]);
/* Writes an IMF-fixdate for HTTP headers ("Fri, 01 Mar 2024 12:00:00 GMT") and a NUL. */
enum { IMF_FIXDATE_LENGTH = 29 };
void time_format_http(int64_t seconds, char out[IMF_FIXDATE_LENGTH + 1]);

/* A moment as articles' metadata writes it: RFC 3339 and ISO 8601 with or without zone and time, RFC 2822, "March 1, 2024", "1 March
   2024 14:05 GMT", "01.03.2024" (day first where the separator is a dot), "2024/03/01", Unix seconds or milliseconds. A form whose day and
   month cannot be told apart (03/04/2024) is refused. A time without zone is UTC. False if it is none of these or out of range. */
bool time_parse(struct span text, struct moment *ret);
/* A year, month, day or RFC 3339 time as the API takes it, as the period that it covers: "2024", "2024-03", "2024-03-01" whole, a time one
 * second. */
bool time_parse_period(struct span text, struct period *ret);
/* Days since 1970-01-01 of a date of the proleptic Gregorian calendar; false if there is no such day. */
bool time_days_from_date(int year, int month, int day, int64_t *ret_days);

int64_t time_now(void);          /* the wall clock, seconds */
int64_t time_monotonic_ns(void); /* for deadlines and durations */

#endif
