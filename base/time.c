#include "base/time.h"

#include <string.h>
#include <time.h>

enum {
    SECONDS_PER_DAY = 86400,
    DAYS_TO_1970 = 719468, /* from 0000-03-01, where the count of the algorithm begins */
    DAYS_PER_ERA = 146097, /* 400 years */
};

/* What four digits of a year can show. */
#define SHOWN_MIN INT64_C(-62167219200) /* 0000-01-01T00:00:00Z */
#define SHOWN_MAX INT64_C(253402300799) /* 9999-12-31T23:59:59Z */

/* A moment's parts as a calendar shows them. */
struct calendar {
    int year;
    int month;
    int day;
    int hour;
    int minute;
    int second;
    int weekday; /* 0: Sunday */
};

/* Both ways by Howard Hinnant's algorithms (https://howardhinnant.github.io/date_algorithms.html): years begin in March, so that the leap
   day is the last. */
static int64_t days_from_civil(int year, int month, int day) {
    int64_t y = month <= 2 ? year - 1 : year;
    int64_t era = (y >= 0 ? y : y - 399) / 400;
    int64_t year_of_era = y - era * 400;
    int64_t day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    int64_t day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    return era * DAYS_PER_ERA + day_of_era - DAYS_TO_1970;
}

static struct calendar calendar_of(int64_t seconds) {
    if (seconds < SHOWN_MIN)
        seconds = SHOWN_MIN;
    if (seconds > SHOWN_MAX)
        seconds = SHOWN_MAX;
    int64_t days = (seconds - SHOWN_MIN) / SECONDS_PER_DAY + SHOWN_MIN / SECONDS_PER_DAY;
    int in_day = (int)(seconds - days * SECONDS_PER_DAY);
    int64_t shifted = days + DAYS_TO_1970;
    int64_t era = (shifted >= 0 ? shifted : shifted - (DAYS_PER_ERA - 1)) / DAYS_PER_ERA;
    int64_t day_of_era = shifted - era * DAYS_PER_ERA;
    int64_t year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    int64_t day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    int month_from_march = (int)((5 * day_of_year + 2) / 153);
    int month = month_from_march < 10 ? month_from_march + 3 : month_from_march - 9;
    return (struct calendar){
        .year = (int)(year_of_era + era * 400 + (month <= 2 ? 1 : 0)),
        .month = month,
        .day = (int)day_of_year - (153 * month_from_march + 2) / 5 + 1,
        .hour = in_day / 3600,
        .minute = in_day / 60 % 60,
        .second = in_day % 60,
        .weekday = (int)(((days + 4) % 7 + 7) % 7), /* 1970-01-01 was a Thursday */
    };
}

static bool is_leap_year(int year) {
    return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

bool time_days_from_date(int year, int month, int day, int64_t *ret_days) {
    static const int lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    if (month < 1 || month > 12 || day < 1 || year < -9999 || year > 9999)
        return false;
    int length = lengths[month - 1] + (month == 2 && is_leap_year(year) ? 1 : 0);
    if (day > length)
        return false;
    *ret_days = days_from_civil(year, month, day);
    return true;
}

static char *write_digits(char *out, int value, int digits) {
    for (int i = digits - 1; i >= 0; i--) {
        out[i] = (char)('0' + value % 10);
        value /= 10;
    }
    return out + digits;
}

static char *write_clock(char *out, const struct calendar *calendar) {
    out = write_digits(out, calendar->hour, 2);
    *out++ = ':';
    out = write_digits(out, calendar->minute, 2);
    *out++ = ':';
    return write_digits(out, calendar->second, 2);
}

void time_format_rfc3339(int64_t seconds, char out[RFC3339_LENGTH + 1]) {
    struct calendar calendar = calendar_of(seconds);
    out = write_digits(out, calendar.year, 4);
    *out++ = '-';
    out = write_digits(out, calendar.month, 2);
    *out++ = '-';
    out = write_digits(out, calendar.day, 2);
    *out++ = 'T';
    out = write_clock(out, &calendar);
    *out++ = 'Z';
    *out = '\0';
}

void time_format_http(int64_t seconds, char out[IMF_FIXDATE_LENGTH + 1]) {
    static const char weekdays[] = "Sun, Mon, Tue, Wed, Thu, Fri, Sat, ";
    static const char months[] = " Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec ";
    struct calendar calendar = calendar_of(seconds);
    memcpy(out, weekdays + calendar.weekday * 5, 5);
    out = write_digits(out + 5, calendar.day, 2);
    memcpy(out, months + (calendar.month - 1) * 4, 5);
    out = write_digits(out + 5, calendar.year, 4);
    *out++ = ' ';
    out = write_clock(out, &calendar);
    memcpy(out, " GMT", 5);
}

static bool read_digits(struct span text, size_t at, size_t count, int *ret) {
    if (at > text.length || count > text.length - at)
        return false;
    int value = 0;
    for (size_t i = at; i < at + count; i++) {
        if (text.data[i] < '0' || text.data[i] > '9')
            return false;
        value = value * 10 + (text.data[i] - '0');
    }
    *ret = value;
    return true;
}

static bool is_at(struct span text, size_t at, char c) {
    return at < text.length && text.data[at] == c;
}

static bool period_of(int64_t start, int64_t end, struct period *ret) {
    if (start < TIME_MIN || start > TIME_MAX)
        return false;
    *ret = (struct period){start, end};
    return true;
}

static bool period_of_days(int64_t first_day, int64_t end_day, struct period *ret) {
    return period_of(first_day * SECONDS_PER_DAY, end_day * SECONDS_PER_DAY, ret);
}

/* The zone of an RFC 3339 time as seconds to take away: "Z", "+02:00". Nothing may follow. */
static bool read_zone(struct span text, size_t at, int *ret_offset) {
    *ret_offset = 0;
    if (text.length == at + 1)
        return is_at(text, at, 'Z') || is_at(text, at, 'z');
    int hours;
    int minutes;
    if (text.length != at + 6 || !(is_at(text, at, '+') || is_at(text, at, '-')) || !is_at(text, at + 3, ':') ||
        !read_digits(text, at + 1, 2, &hours) || !read_digits(text, at + 4, 2, &minutes) || hours > 23 || minutes > 59)
        return false;
    *ret_offset = (hours * 60 + minutes) * (text.data[at] == '-' ? -60 : 60);
    return true;
}

/* The time behind an RFC 3339 date, in seconds of that day in UTC. */
static bool read_time(struct span text, size_t at, int64_t *ret_seconds) {
    int hour;
    int minute;
    int second;
    if (!(is_at(text, at, 'T') || is_at(text, at, 't') || is_at(text, at, ' ')) || !read_digits(text, at + 1, 2, &hour) ||
        !is_at(text, at + 3, ':') || !read_digits(text, at + 4, 2, &minute) || !is_at(text, at + 6, ':') ||
        !read_digits(text, at + 7, 2, &second))
        return false;
    if (hour > 23 || minute > 59 || second > 60)
        return false;
    at += 9;
    if (is_at(text, at, '.')) {
        size_t digits = at + 1;
        while (digits < text.length && text.data[digits] >= '0' && text.data[digits] <= '9')
            digits++;
        if (digits == at + 1)
            return false;
        at = digits;
    }
    int offset;
    if (!read_zone(text, at, &offset))
        return false;
    /* A leap second is the last second once more. */
    *ret_seconds = hour * 3600 + minute * 60 + (second == 60 ? 59 : second) - offset;
    return true;
}

bool time_parse_period(struct span text, struct period *ret) {
    int year;
    int month;
    int day;
    int64_t start;
    int64_t end;
    if (!read_digits(text, 0, 4, &year))
        return false;
    if (text.length == 4)
        return time_days_from_date(year, 1, 1, &start) && period_of_days(start, days_from_civil(year + 1, 1, 1), ret);
    if (!is_at(text, 4, '-') || !read_digits(text, 5, 2, &month))
        return false;
    if (text.length == 7) {
        end = month == 12 ? days_from_civil(year + 1, 1, 1) : days_from_civil(year, month + 1, 1);
        return time_days_from_date(year, month, 1, &start) && period_of_days(start, end, ret);
    }
    if (!is_at(text, 7, '-') || !read_digits(text, 8, 2, &day) || !time_days_from_date(year, month, day, &start))
        return false;
    if (text.length == 10)
        return period_of_days(start, start + 1, ret);
    int64_t seconds;
    if (!read_time(text, 10, &seconds))
        return false;
    seconds += start * SECONDS_PER_DAY;
    return period_of(seconds, seconds + 1, ret);
}

int64_t time_now(void) {
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    return now.tv_sec;
}

int64_t time_monotonic_ns(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec * INT64_C(1000000000) + now.tv_nsec;
}
