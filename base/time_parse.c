#include "base/time.h"

#include "base/time_token.h"

/* Cuts a date into tokens and tries a table of rules at each; a token that no rule takes refuses the whole. */

enum {
    TEXT_MAX = 128, /* bytes; JavaScript's form with the zone spelled out, the longest real one, has 70 */
    UNSET = TIME_UNSET,
};

/* What has been read so far; UNSET where nothing was. */
struct fields {
    int year;
    int month;
    int day;
    int hour;
    int minute;
    int second;
    bool has_meridiem;
    bool has_zone;
    bool zone_is_utc; /* named so, so that an offset may follow: "GMT+0100" */
    bool american;    /* "ET": the offset is standard time's, and the date tells whether daylight saving is on */
    int offset;       /* minutes east of UTC */
};

/* Each rule returns how many tokens it took at index, 0: none. */
typedef size_t rule_function(const struct time_tokens *tokens, size_t index, struct fields *fields);

static bool has_date(const struct fields *fields) {
    return fields->year != UNSET && fields->month != UNSET && fields->day != UNSET;
}

static bool has_date_part(const struct fields *fields) {
    return fields->year != UNSET || fields->month != UNSET || fields->day != UNSET;
}

static void set_date(struct fields *fields, int year, int month, int day) {
    fields->year = year;
    fields->month = month;
    fields->day = day;
}

static void set_clock(struct fields *fields, int hour, int minute, int second) {
    fields->hour = hour;
    fields->minute = minute;
    fields->second = second;
}

/* "20240301", "20240301120000". */
static size_t rule_compact_date(const struct time_tokens *tokens, size_t index, struct fields *fields) {
    const struct time_token *token = time_token_at(tokens, index);
    if (has_date_part(fields) || token->kind != TIME_NUMBER || (token->text.length != 8 && token->text.length != 14))
        return 0;
    int64_t date = token->value;
    if (token->text.length == 14) {
        if (fields->hour != UNSET)
            return 0;
        set_clock(fields, (int)(date / 10000 % 100), (int)(date / 100 % 100), (int)(date % 100));
        date /= 1000000;
    }
    set_date(fields, (int)(date / 10000), (int)(date / 100 % 100), (int)(date % 100));
    return 1;
}

/* The sign that joins three numbers without spaces, or '\0'. */
static char joined_by(const struct time_tokens *tokens, size_t index) {
    char sign = time_token_at(tokens, index + 1)->sign;
    bool known = sign == '-' || sign == '/' || sign == '.';
    bool joined = known && time_is_glued_sign(tokens, index + 1, sign) && time_is_glued_sign(tokens, index + 3, sign);
    return joined ? sign : '\0';
}

/* "2024-03-01", "2024/3/1". */
static size_t rule_year_first(const struct time_tokens *tokens, size_t index, struct fields *fields) {
    if (has_date_part(fields) || !time_is_number(tokens, index, 4, 4) || joined_by(tokens, index) == '\0' ||
        !time_is_number(tokens, index + 2, 1, 2) || !time_is_number(tokens, index + 4, 1, 2))
        return 0;
    set_date(fields, time_number_at(tokens, index), time_number_at(tokens, index + 2), time_number_at(tokens, index + 4));
    return 5;
}

/* "01.03.2024"; "25/03/2024" and "03/25/2024", which can mean one day only. */
static size_t rule_year_last(const struct time_tokens *tokens, size_t index, struct fields *fields) {
    char sign = joined_by(tokens, index);
    if (has_date_part(fields) || sign == '\0' || !time_is_number(tokens, index, 1, 2) || !time_is_number(tokens, index + 2, 1, 2) ||
        !time_is_number(tokens, index + 4, 4, 4))
        return 0;
    int first = time_number_at(tokens, index);
    int second = time_number_at(tokens, index + 2);
    if (sign != '.' && first != second && first <= 12 && second <= 12)
        return 0;
    bool day_first = sign == '.' || first > 12;
    set_date(fields, time_number_at(tokens, index + 4), day_first ? second : first, day_first ? first : second);
    return 5;
}

/* A year of two digits as RFC 2822, section 4.3, reads it. */
static int full_year(int year, size_t digits) {
    return digits > 2 ? year : year < 50 ? 2000 + year : 1900 + year;
}

/* "01-Mar-2024", "1 Mar 24": a year of two digits only here, where nothing else can stand. */
static size_t rule_day_month_year(const struct time_tokens *tokens, size_t index, struct fields *fields) {
    bool hyphens = time_is_sign(tokens, index + 1, '-');
    size_t month_at = index + (hyphens ? 2 : 1);
    size_t year_at = month_at + (hyphens ? 2 : 1);
    int month;
    if (has_date_part(fields) || !time_is_number(tokens, index, 1, 2) || !time_is_month(tokens, month_at, &month) ||
        (hyphens && !time_is_sign(tokens, month_at + 1, '-')))
        return 0;
    bool short_year =
        time_is_number(tokens, year_at, 2, 2) && !time_is_sign(tokens, year_at + 1, ':') && !time_is_sign(tokens, year_at + 1, '.');
    bool ignored;
    if ((!short_year && !time_is_number(tokens, year_at, 4, 4)) || time_meridiem_at(tokens, year_at + 1, &ignored) > 0)
        return 0;
    set_date(fields, full_year(time_number_at(tokens, year_at), time_token_at(tokens, year_at)->text.length), month,
             time_number_at(tokens, index));
    return year_at + 1 - index;
}

/* "14:05", "14:05:30.123", "2 pm"; "14.05" where it can be nothing else. */
static size_t rule_clock(const struct time_tokens *tokens, size_t index, struct fields *fields) {
    if (fields->hour != UNSET || !time_is_number(tokens, index, 1, 2))
        return 0;
    bool ignored;
    if (time_meridiem_at(tokens, index + 1, &ignored) > 0) {
        set_clock(fields, time_number_at(tokens, index), 0, 0);
        return 1;
    }
    bool dotted = time_is_glued_sign(tokens, index + 1, '.') && (has_date(fields) || time_meridiem_at(tokens, index + 3, &ignored) > 0);
    if ((!dotted && !time_is_sign(tokens, index + 1, ':')) || !time_is_number(tokens, index + 2, 2, 2))
        return 0;
    set_clock(fields, time_number_at(tokens, index), time_number_at(tokens, index + 2), 0);
    if (dotted || !time_is_sign(tokens, index + 3, ':') || !time_is_number(tokens, index + 4, 2, 2))
        return 3;
    fields->second = time_number_at(tokens, index + 4);
    bool fraction = (time_is_glued_sign(tokens, index + 5, '.') || time_is_glued_sign(tokens, index + 5, ',')) &&
                    time_is_number(tokens, index + 6, 1, 99);
    return fraction ? 7 : 5;
}

/* "1430 GMT". */
static size_t rule_military_clock(const struct time_tokens *tokens, size_t index, struct fields *fields) {
    if (fields->hour != UNSET || !time_is_number(tokens, index, 4, 4) || time_zone_at(tokens, index + 1) == NULL)
        return 0;
    set_clock(fields, time_number_at(tokens, index) / 100, time_number_at(tokens, index) % 100, 0);
    return 1;
}

/* ISO 8601's "T", and its compact time behind it. */
static size_t rule_iso_time(const struct time_tokens *tokens, size_t index, struct fields *fields) {
    if (!has_date(fields) || fields->hour != UNSET || !time_is_word(tokens, index, SPAN("T")))
        return 0;
    if (time_is_number(tokens, index + 1, 6, 6)) {
        int clock = time_number_at(tokens, index + 1);
        set_clock(fields, clock / 10000, clock / 100 % 100, clock % 100);
        bool fraction = time_is_glued_sign(tokens, index + 2, '.') && time_is_number(tokens, index + 3, 1, 99);
        return fraction ? 4 : 2;
    }
    if (time_is_number(tokens, index + 1, 4, 4)) {
        set_clock(fields, time_number_at(tokens, index + 1) / 100, time_number_at(tokens, index + 1) % 100, 0);
        return 2;
    }
    if (!time_is_number(tokens, index + 1, 2, 2))
        return 0;
    if (time_is_sign(tokens, index + 2, ':'))
        return 1;
    set_clock(fields, time_number_at(tokens, index + 1), 0, 0);
    return 2;
}

static size_t rule_meridiem(const struct time_tokens *tokens, size_t index, struct fields *fields) {
    bool afternoon;
    size_t taken = time_meridiem_at(tokens, index, &afternoon);
    if (taken == 0 || fields->has_meridiem || fields->hour < 1 || fields->hour > 12)
        return 0;
    fields->hour = fields->hour % 12 + (afternoon ? 12 : 0);
    fields->has_meridiem = true;
    return taken;
}

static size_t rule_zone_name(const struct time_tokens *tokens, size_t index, struct fields *fields) {
    const struct time_zone *zone = time_zone_at(tokens, index);
    if (zone == NULL || fields->hour == UNSET || fields->has_zone)
        return 0;
    fields->has_zone = true;
    fields->zone_is_utc = zone->offset == 0;
    fields->american = zone->american;
    fields->offset = zone->offset;
    return 1;
}

/* "+0530", "-05:00", "+01"; behind "GMT" too. */
static size_t rule_offset(const struct time_tokens *tokens, size_t index, struct fields *fields) {
    bool negative = time_is_sign(tokens, index, '-');
    if ((!negative && !time_is_sign(tokens, index, '+')) || !time_token_at(tokens, index + 1)->glued || fields->hour == UNSET ||
        (fields->has_zone && !fields->zone_is_utc))
        return 0;
    int hours;
    int minutes = 0;
    size_t taken = 2;
    if (time_is_number(tokens, index + 1, 4, 4)) {
        hours = time_number_at(tokens, index + 1) / 100;
        minutes = time_number_at(tokens, index + 1) % 100;
    } else if (time_is_number(tokens, index + 1, 1, 2)) {
        hours = time_number_at(tokens, index + 1);
        if (time_is_glued_sign(tokens, index + 2, ':') && time_is_number(tokens, index + 3, 2, 2)) {
            minutes = time_number_at(tokens, index + 3);
            taken = 4;
        }
    } else {
        return 0;
    }
    if (hours > 15 || minutes > 59)
        return 0;
    fields->offset = (hours * 60 + minutes) * (negative ? -1 : 1);
    fields->has_zone = true;
    fields->zone_is_utc = false;
    return taken;
}

static size_t with_dot(const struct time_tokens *tokens, size_t index) {
    return time_is_sign(tokens, index + 1, '.') ? 2 : 1;
}

static size_t rule_weekday(const struct time_tokens *tokens, size_t index, struct fields *fields) {
    (void)fields;
    return time_is_weekday(tokens, index) ? with_dot(tokens, index) : 0;
}

static size_t rule_month(const struct time_tokens *tokens, size_t index, struct fields *fields) {
    if (fields->month != UNSET || !time_is_month(tokens, index, &fields->month))
        return 0;
    return with_dot(tokens, index);
}

static size_t rule_year(const struct time_tokens *tokens, size_t index, struct fields *fields) {
    if (fields->year != UNSET || !time_is_number(tokens, index, 4, 4))
        return 0;
    fields->year = time_number_at(tokens, index);
    return 1;
}

/* "1", "1st". */
static size_t rule_day(const struct time_tokens *tokens, size_t index, struct fields *fields) {
    if (fields->day != UNSET || !time_is_number(tokens, index, 1, 2))
        return 0;
    fields->day = time_number_at(tokens, index);
    bool ordinal = time_is_word(tokens, index + 1, SPAN("st")) || time_is_word(tokens, index + 1, SPAN("nd")) ||
                   time_is_word(tokens, index + 1, SPAN("rd")) || time_is_word(tokens, index + 1, SPAN("th"));
    return ordinal && time_token_at(tokens, index + 1)->glued ? 2 : 1;
}

/* JavaScript's "(Coordinated Universal Time)". */
static size_t rule_comment(const struct time_tokens *tokens, size_t index, struct fields *fields) {
    (void)fields;
    if (!time_is_sign(tokens, index, '('))
        return 0;
    for (size_t end = index + 1; end < tokens->count; end++)
        if (time_is_sign(tokens, end, ')'))
            return end + 1 - index;
    return 0;
}

static size_t rule_filler(const struct time_tokens *tokens, size_t index, struct fields *fields) {
    (void)fields;
    bool sign = time_is_sign(tokens, index, ',') || time_is_sign(tokens, index, '|') || time_is_sign(tokens, index, ';') ||
                (time_is_sign(tokens, index, '-') && !time_token_at(tokens, index + 1)->glued);
    bool word =
        time_is_word(tokens, index, SPAN("at")) || time_is_word(tokens, index, SPAN("on")) || time_is_word(tokens, index, SPAN("of"));
    return sign || word ? 1 : 0;
}

/* In the order in which they are tried: the longer forms first. */
static rule_function *const rules[] = {
    rule_compact_date, rule_year_first, rule_year_last, rule_day_month_year, rule_clock,   rule_military_clock,
    rule_iso_time,     rule_meridiem,   rule_zone_name, rule_offset,         rule_weekday, rule_month,
    rule_year,         rule_day,        rule_comment,   rule_filler,
};

static bool apply_rules(const struct time_tokens *tokens, struct fields *fields) {
    size_t index = 0;
    while (index < tokens->count) {
        size_t taken = 0;
        for (size_t i = 0; i < sizeof(rules) / sizeof(rules[0]) && taken == 0; i++)
            taken = rules[i](tokens, index, fields);
        if (taken == 0)
            return false;
        index += taken;
    }
    return has_date(fields);
}

/* The day of the nth Sunday of a month; nth 0: the last. Days since 1970, on which a Thursday fell. */
static int64_t sunday_of(int year, int month, int nth) {
    int64_t first;
    time_days_from_date(year, month, 1, &first);
    int64_t sunday = first + (7 - (first % 7 + 7 + 4) % 7) % 7;
    if (nth > 0)
        return sunday + 7 * (nth - 1);
    int64_t next_month;
    time_days_from_date(month == 12 ? year + 1 : year, month == 12 ? 1 : month + 1, 1, &next_month);
    while (sunday + 7 < next_month)
        sunday += 7;
    return sunday;
}

/* Whether daylight saving was on in the United States at a wall clock's time, in seconds since 1970 of that clock (15 U.S.C. 260a as
   amended in 1966, 1986 and 2005). */
static bool is_american_summer(int year, int64_t wall) {
    if (year < 1967)
        return false;
    int64_t begin = year >= 2007 ? sunday_of(year, 3, 2) : sunday_of(year, 4, year >= 1987 ? 1 : 0);
    int64_t end = year >= 2007 ? sunday_of(year, 11, 1) : sunday_of(year, 10, 0);
    return wall >= begin * 86400 + 7200 && wall < end * 86400 + 7200;
}

static bool moment_of(const struct fields *fields, struct moment *ret) {
    int64_t days;
    if (!time_days_from_date(fields->year, fields->month, fields->day, &days))
        return false;
    int64_t seconds = days * 86400;
    if (fields->hour != UNSET) {
        bool end_of_day = fields->hour == 24 && fields->minute == 0 && fields->second == 0;
        if ((fields->hour > 23 && !end_of_day) || fields->minute > 59 || fields->second > 60)
            return false;
        /* A leap second is the last second once more. */
        seconds += fields->hour * 3600 + fields->minute * 60 + (fields->second == 60 ? 59 : fields->second);
        int summer = fields->american && is_american_summer(fields->year, seconds) ? 60 : 0;
        seconds -= (fields->offset + summer) * 60;
    }
    if (seconds < TIME_MIN || seconds > TIME_MAX)
        return false;
    *ret = (struct moment){seconds, fields->hour == UNSET ? PRECISION_DAY : PRECISION_SECOND};
    return true;
}

/* Unix seconds (with or without a fraction) and milliseconds. */
static bool parse_epoch(const struct time_tokens *tokens, struct moment *ret) {
    bool fraction =
        tokens->count == 3 && time_is_number(tokens, 0, 10, 10) && time_is_glued_sign(tokens, 1, '.') && time_is_number(tokens, 2, 1, 99);
    bool alone = tokens->count == 1 && (time_is_number(tokens, 0, 10, 10) || time_is_number(tokens, 0, 13, 13));
    if (!fraction && !alone)
        return false;
    int64_t value = time_token_at(tokens, 0)->value;
    if (time_token_at(tokens, 0)->text.length == 13)
        value /= 1000;
    if (value > TIME_MAX)
        return false;
    *ret = (struct moment){value, PRECISION_SECOND};
    return true;
}

bool time_parse(struct span text, struct moment *ret) {
    text = span_trim(text);
    struct time_tokens tokens;
    if (text.length == 0 || text.length > TEXT_MAX || !time_tokenize(text, &tokens))
        return false;
    if (parse_epoch(&tokens, ret))
        return true;
    struct fields fields = {.year = UNSET, .month = UNSET, .day = UNSET, .hour = UNSET};
    return apply_rules(&tokens, &fields) && moment_of(&fields, ret);
}
