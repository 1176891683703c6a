#include "base/time.h"

#include "base/utf8.h"

/* Cuts a date into tokens and tries a table of rules at each; a token that no rule takes refuses the whole. */

enum {
    TEXT_MAX = 128,  /* bytes; the longest real form, JavaScript's with the zone spelled out, has 70 */
    TOKENS_MAX = 32, /* the same form has 20 */
    NUMBER_DIGITS_MAX = 18,
    UNSET = -1,
};

enum token_kind { TOKEN_NUMBER, TOKEN_WORD, TOKEN_SIGN };

struct token {
    enum token_kind kind;
    bool glued;       /* nothing stands between it and the token before */
    char sign;        /* of a sign; '|' for all separators beyond ASCII */
    struct span text; /* of a number or word */
    int64_t value;    /* of a number; UNSET where it has too many digits */
};

struct tokens {
    struct token items[TOKENS_MAX + 1]; /* one more: a sign of '\0' ends them, so that rules may look ahead */
    size_t count;
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
typedef size_t rule_function(const struct tokens *tokens, size_t index, struct fields *fields);

struct zone {
    struct span name;
    int offset; /* minutes */
    bool american;
};

/* Where a name stands for several zones it is the one that most news means by it: BST British summer, CST US central, IST India. */
static const struct zone zones[] = {
    {SPAN_INIT("Z"), 0, false},       {SPAN_INIT("GMT"), 0, false},     {SPAN_INIT("UTC"), 0, false},    {SPAN_INIT("UT"), 0, false},
    {SPAN_INIT("EST"), -300, false},  {SPAN_INIT("EDT"), -240, false},  {SPAN_INIT("CST"), -360, false}, {SPAN_INIT("CDT"), -300, false},
    {SPAN_INIT("MST"), -420, false},  {SPAN_INIT("MDT"), -360, false},  {SPAN_INIT("PST"), -480, false}, {SPAN_INIT("PDT"), -420, false},
    {SPAN_INIT("ET"), -300, true},    {SPAN_INIT("CT"), -360, true},    {SPAN_INIT("MT"), -420, true},   {SPAN_INIT("PT"), -480, true},
    {SPAN_INIT("AKST"), -540, false}, {SPAN_INIT("AKDT"), -480, false}, {SPAN_INIT("HST"), -600, false}, {SPAN_INIT("AST"), -240, false},
    {SPAN_INIT("ADT"), -180, false},  {SPAN_INIT("NST"), -210, false},  {SPAN_INIT("BRT"), -180, false}, {SPAN_INIT("ART"), -180, false},
    {SPAN_INIT("WET"), 0, false},     {SPAN_INIT("WEST"), 60, false},   {SPAN_INIT("BST"), 60, false},   {SPAN_INIT("CET"), 60, false},
    {SPAN_INIT("CEST"), 120, false},  {SPAN_INIT("EET"), 120, false},   {SPAN_INIT("EEST"), 180, false}, {SPAN_INIT("MSK"), 180, false},
    {SPAN_INIT("SAST"), 120, false},  {SPAN_INIT("WAT"), 60, false},    {SPAN_INIT("CAT"), 120, false},  {SPAN_INIT("EAT"), 180, false},
    {SPAN_INIT("TRT"), 180, false},   {SPAN_INIT("PKT"), 300, false},   {SPAN_INIT("IST"), 330, false},  {SPAN_INIT("WIB"), 420, false},
    {SPAN_INIT("ICT"), 420, false},   {SPAN_INIT("HKT"), 480, false},   {SPAN_INIT("SGT"), 480, false},  {SPAN_INIT("PHT"), 480, false},
    {SPAN_INIT("AWST"), 480, false},  {SPAN_INIT("JST"), 540, false},   {SPAN_INIT("KST"), 540, false},  {SPAN_INIT("ACST"), 570, false},
    {SPAN_INIT("AEST"), 600, false},  {SPAN_INIT("AEDT"), 660, false},  {SPAN_INIT("NZST"), 720, false}, {SPAN_INIT("NZDT"), 780, false},
};

static bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

static bool is_word_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static struct token number_token(struct span text) {
    struct token token = {.kind = TOKEN_NUMBER, .text = text, .value = UNSET};
    if (text.length <= NUMBER_DIGITS_MAX) {
        token.value = 0;
        for (size_t i = 0; i < text.length; i++)
            token.value = token.value * 10 + (text.data[i] - '0');
    }
    return token;
}

/* The ASCII sign for a character between words and numbers: a space, a separator, a minus; '\0' where it has no place in a date. */
static char sign_of(uint32_t character) {
    switch (character) {
    case 0x00A0: /* no-break, thin and narrow spaces: ICU writes them before "PM" */
    case 0x2007:
    case 0x2009:
    case 0x202F:
        return ' ';
    case 0x00B7: /* middle dot, en and em dash, bullet */
    case 0x2013:
    case 0x2014:
    case 0x2022:
        return '|';
    case 0x2212:
        return '-';
    default:
        return character < 0x7F && character >= ' ' ? (char)character : '\0';
    }
}

static bool tokenize(struct span text, struct tokens *ret) {
    *ret = (struct tokens){.count = 0};
    bool glued = true;
    for (size_t at = 0; at < text.length;) {
        size_t end = at;
        struct token token;
        if (is_digit(text.data[at])) {
            while (end < text.length && is_digit(text.data[end]))
                end++;
            token = number_token(span_slice(text, at, end));
        } else if (is_word_letter(text.data[at])) {
            while (end < text.length && is_word_letter(text.data[end]))
                end++;
            token = (struct token){.kind = TOKEN_WORD, .text = span_slice(text, at, end)};
        } else {
            size_t length;
            char sign = sign_of(utf8_decode(text, at, &length));
            end = at + length;
            if (sign == ' ' || text.data[at] == '\t' || text.data[at] == '\n') {
                glued = false;
                at = end;
                continue;
            }
            if (sign == '\0')
                return false;
            token = (struct token){.kind = TOKEN_SIGN, .sign = sign};
        }
        if (ret->count == TOKENS_MAX)
            return false;
        token.glued = glued;
        ret->items[ret->count++] = token;
        glued = true;
        at = end;
    }
    ret->items[ret->count] = (struct token){.kind = TOKEN_SIGN};
    return true;
}

static const struct token *token_at(const struct tokens *tokens, size_t index) {
    return &tokens->items[index < tokens->count ? index : tokens->count];
}

static bool is_number(const struct tokens *tokens, size_t index, size_t digits_min, size_t digits_max) {
    const struct token *token = token_at(tokens, index);
    return token->kind == TOKEN_NUMBER && token->text.length >= digits_min && token->text.length <= digits_max;
}

static int number_at(const struct tokens *tokens, size_t index) {
    return (int)token_at(tokens, index)->value;
}

static bool is_sign(const struct tokens *tokens, size_t index, char sign) {
    const struct token *token = token_at(tokens, index);
    return token->kind == TOKEN_SIGN && token->sign == sign && sign != '\0';
}

static bool is_glued_sign(const struct tokens *tokens, size_t index, char sign) {
    return is_sign(tokens, index, sign) && token_at(tokens, index)->glued && token_at(tokens, index + 1)->glued;
}

static bool is_word(const struct tokens *tokens, size_t index, struct span word) {
    const struct token *token = token_at(tokens, index);
    return token->kind == TOKEN_WORD && span_equal_ignore_case(token->text, word);
}

/* Whether the token is one of the names or a beginning of it of at least three letters; its index is in *ret. */
static bool is_name(const struct tokens *tokens, size_t index, const struct span *names, size_t count, int *ret) {
    const struct token *token = token_at(tokens, index);
    if (token->kind != TOKEN_WORD || token->text.length < 3)
        return false;
    for (size_t i = 0; i < count; i++)
        if (span_equal_ignore_case(token->text, span_slice(names[i], 0, token->text.length))) {
            *ret = (int)i;
            return true;
        }
    return false;
}

static bool is_month(const struct tokens *tokens, size_t index, int *ret_month) {
    static const struct span months[] = {
        SPAN_INIT("January"),   SPAN_INIT("February"), SPAN_INIT("March"),    SPAN_INIT("April"),
        SPAN_INIT("May"),       SPAN_INIT("June"),     SPAN_INIT("July"),     SPAN_INIT("August"),
        SPAN_INIT("September"), SPAN_INIT("October"),  SPAN_INIT("November"), SPAN_INIT("December"),
    };
    int month;
    if (!is_name(tokens, index, months, sizeof(months) / sizeof(months[0]), &month))
        return false;
    *ret_month = month + 1;
    return true;
}

static bool is_weekday(const struct tokens *tokens, size_t index) {
    static const struct span weekdays[] = {
        SPAN_INIT("Sunday"),   SPAN_INIT("Monday"), SPAN_INIT("Tuesday"),  SPAN_INIT("Wednesday"),
        SPAN_INIT("Thursday"), SPAN_INIT("Friday"), SPAN_INIT("Saturday"), SPAN_INIT("Weds"),
    };
    int weekday;
    return is_name(tokens, index, weekdays, sizeof(weekdays) / sizeof(weekdays[0]), &weekday);
}

static const struct zone *zone_at(const struct tokens *tokens, size_t index) {
    for (size_t i = 0; i < sizeof(zones) / sizeof(zones[0]); i++)
        if (is_word(tokens, index, zones[i].name))
            return &zones[i];
    return NULL;
}

/* How many tokens "am", "p.m.", "PM." are, 0: none. */
static size_t meridiem_at(const struct tokens *tokens, size_t index, bool *ret_afternoon) {
    bool short_form = is_word(tokens, index, SPAN("am")) || is_word(tokens, index, SPAN("pm"));
    bool dotted = (is_word(tokens, index, SPAN("a")) || is_word(tokens, index, SPAN("p"))) && is_sign(tokens, index + 1, '.') &&
                  is_word(tokens, index + 2, SPAN("m"));
    if (!short_form && !dotted)
        return 0;
    *ret_afternoon = (token_at(tokens, index)->text.data[0] | 0x20) == 'p';
    size_t taken = dotted ? 3 : 1;
    return is_sign(tokens, index + taken, '.') ? taken + 1 : taken;
}

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
static size_t rule_compact_date(const struct tokens *tokens, size_t index, struct fields *fields) {
    const struct token *token = token_at(tokens, index);
    if (has_date_part(fields) || token->kind != TOKEN_NUMBER || (token->text.length != 8 && token->text.length != 14))
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
static char joined_by(const struct tokens *tokens, size_t index) {
    char sign = token_at(tokens, index + 1)->sign;
    bool known = sign == '-' || sign == '/' || sign == '.';
    bool joined = known && is_glued_sign(tokens, index + 1, sign) && is_glued_sign(tokens, index + 3, sign);
    return joined ? sign : '\0';
}

/* "2024-03-01", "2024/3/1". */
static size_t rule_year_first(const struct tokens *tokens, size_t index, struct fields *fields) {
    if (has_date_part(fields) || !is_number(tokens, index, 4, 4) || joined_by(tokens, index) == '\0' ||
        !is_number(tokens, index + 2, 1, 2) || !is_number(tokens, index + 4, 1, 2))
        return 0;
    set_date(fields, number_at(tokens, index), number_at(tokens, index + 2), number_at(tokens, index + 4));
    return 5;
}

/* "01.03.2024"; "25/03/2024" and "03/25/2024", which can mean one day only. */
static size_t rule_year_last(const struct tokens *tokens, size_t index, struct fields *fields) {
    char sign = joined_by(tokens, index);
    if (has_date_part(fields) || sign == '\0' || !is_number(tokens, index, 1, 2) || !is_number(tokens, index + 2, 1, 2) ||
        !is_number(tokens, index + 4, 4, 4))
        return 0;
    int first = number_at(tokens, index);
    int second = number_at(tokens, index + 2);
    if (sign != '.' && first != second && first <= 12 && second <= 12)
        return 0;
    bool day_first = sign == '.' || first > 12;
    set_date(fields, number_at(tokens, index + 4), day_first ? second : first, day_first ? first : second);
    return 5;
}

/* A year of two digits as RFC 2822, section 4.3, reads it. */
static int full_year(int year, size_t digits) {
    return digits > 2 ? year : year < 50 ? 2000 + year : 1900 + year;
}

/* "01-Mar-2024", "1 Mar 24": a year of two digits only here, where nothing else can stand. */
static size_t rule_day_month_year(const struct tokens *tokens, size_t index, struct fields *fields) {
    bool hyphens = is_sign(tokens, index + 1, '-');
    size_t month_at = index + (hyphens ? 2 : 1);
    size_t year_at = month_at + (hyphens ? 2 : 1);
    int month;
    if (has_date_part(fields) || !is_number(tokens, index, 1, 2) || !is_month(tokens, month_at, &month) ||
        (hyphens && !is_sign(tokens, month_at + 1, '-')))
        return 0;
    bool short_year = is_number(tokens, year_at, 2, 2) && !is_sign(tokens, year_at + 1, ':') && !is_sign(tokens, year_at + 1, '.');
    bool ignored;
    if ((!short_year && !is_number(tokens, year_at, 4, 4)) || meridiem_at(tokens, year_at + 1, &ignored) > 0)
        return 0;
    set_date(fields, full_year(number_at(tokens, year_at), token_at(tokens, year_at)->text.length), month, number_at(tokens, index));
    return year_at + 1 - index;
}

/* "14:05", "14:05:30.123", "2 pm"; "14.05" where it can be nothing else. */
static size_t rule_clock(const struct tokens *tokens, size_t index, struct fields *fields) {
    if (fields->hour != UNSET || !is_number(tokens, index, 1, 2))
        return 0;
    bool ignored;
    if (meridiem_at(tokens, index + 1, &ignored) > 0) {
        set_clock(fields, number_at(tokens, index), 0, 0);
        return 1;
    }
    bool dotted = is_glued_sign(tokens, index + 1, '.') && (has_date(fields) || meridiem_at(tokens, index + 3, &ignored) > 0);
    if ((!dotted && !is_sign(tokens, index + 1, ':')) || !is_number(tokens, index + 2, 2, 2))
        return 0;
    set_clock(fields, number_at(tokens, index), number_at(tokens, index + 2), 0);
    if (dotted || !is_sign(tokens, index + 3, ':') || !is_number(tokens, index + 4, 2, 2))
        return 3;
    fields->second = number_at(tokens, index + 4);
    bool fraction = (is_glued_sign(tokens, index + 5, '.') || is_glued_sign(tokens, index + 5, ',')) && is_number(tokens, index + 6, 1, 99);
    return fraction ? 7 : 5;
}

/* "1430 GMT". */
static size_t rule_military_clock(const struct tokens *tokens, size_t index, struct fields *fields) {
    if (fields->hour != UNSET || !is_number(tokens, index, 4, 4) || zone_at(tokens, index + 1) == NULL)
        return 0;
    set_clock(fields, number_at(tokens, index) / 100, number_at(tokens, index) % 100, 0);
    return 1;
}

/* ISO 8601's "T", and its compact time behind it. */
static size_t rule_iso_time(const struct tokens *tokens, size_t index, struct fields *fields) {
    if (!has_date(fields) || fields->hour != UNSET || !is_word(tokens, index, SPAN("T")))
        return 0;
    if (is_number(tokens, index + 1, 6, 6)) {
        int clock = number_at(tokens, index + 1);
        set_clock(fields, clock / 10000, clock / 100 % 100, clock % 100);
        bool fraction = is_glued_sign(tokens, index + 2, '.') && is_number(tokens, index + 3, 1, 99);
        return fraction ? 4 : 2;
    }
    if (is_number(tokens, index + 1, 4, 4)) {
        set_clock(fields, number_at(tokens, index + 1) / 100, number_at(tokens, index + 1) % 100, 0);
        return 2;
    }
    return is_number(tokens, index + 1, 2, 2) ? 1 : 0;
}

static size_t rule_meridiem(const struct tokens *tokens, size_t index, struct fields *fields) {
    bool afternoon;
    size_t taken = meridiem_at(tokens, index, &afternoon);
    if (taken == 0 || fields->has_meridiem || fields->hour < 1 || fields->hour > 12)
        return 0;
    fields->hour = fields->hour % 12 + (afternoon ? 12 : 0);
    fields->has_meridiem = true;
    return taken;
}

static size_t rule_zone_name(const struct tokens *tokens, size_t index, struct fields *fields) {
    const struct zone *zone = zone_at(tokens, index);
    if (zone == NULL || fields->hour == UNSET || fields->has_zone)
        return 0;
    fields->has_zone = true;
    fields->zone_is_utc = zone->offset == 0;
    fields->american = zone->american;
    fields->offset = zone->offset;
    return 1;
}

/* "+0530", "-05:00", "+01"; behind "GMT" too. */
static size_t rule_offset(const struct tokens *tokens, size_t index, struct fields *fields) {
    bool negative = is_sign(tokens, index, '-');
    if ((!negative && !is_sign(tokens, index, '+')) || !token_at(tokens, index + 1)->glued || fields->hour == UNSET ||
        (fields->has_zone && !fields->zone_is_utc))
        return 0;
    int hours;
    int minutes = 0;
    size_t taken = 2;
    if (is_number(tokens, index + 1, 4, 4)) {
        hours = number_at(tokens, index + 1) / 100;
        minutes = number_at(tokens, index + 1) % 100;
    } else if (is_number(tokens, index + 1, 1, 2)) {
        hours = number_at(tokens, index + 1);
        if (is_glued_sign(tokens, index + 2, ':') && is_number(tokens, index + 3, 2, 2)) {
            minutes = number_at(tokens, index + 3);
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

static size_t with_dot(const struct tokens *tokens, size_t index) {
    return is_sign(tokens, index + 1, '.') ? 2 : 1;
}

static size_t rule_weekday(const struct tokens *tokens, size_t index, struct fields *fields) {
    (void)fields;
    return is_weekday(tokens, index) ? with_dot(tokens, index) : 0;
}

static size_t rule_month(const struct tokens *tokens, size_t index, struct fields *fields) {
    if (fields->month != UNSET || !is_month(tokens, index, &fields->month))
        return 0;
    return with_dot(tokens, index);
}

static size_t rule_year(const struct tokens *tokens, size_t index, struct fields *fields) {
    if (fields->year != UNSET || !is_number(tokens, index, 4, 4))
        return 0;
    fields->year = number_at(tokens, index);
    return 1;
}

/* "1", "1st". */
static size_t rule_day(const struct tokens *tokens, size_t index, struct fields *fields) {
    if (fields->day != UNSET || !is_number(tokens, index, 1, 2))
        return 0;
    fields->day = number_at(tokens, index);
    bool ordinal = is_word(tokens, index + 1, SPAN("st")) || is_word(tokens, index + 1, SPAN("nd")) ||
                   is_word(tokens, index + 1, SPAN("rd")) || is_word(tokens, index + 1, SPAN("th"));
    return ordinal && token_at(tokens, index + 1)->glued ? 2 : 1;
}

/* JavaScript's "(Coordinated Universal Time)". */
static size_t rule_comment(const struct tokens *tokens, size_t index, struct fields *fields) {
    (void)fields;
    if (!is_sign(tokens, index, '('))
        return 0;
    for (size_t end = index + 1; end < tokens->count; end++)
        if (is_sign(tokens, end, ')'))
            return end + 1 - index;
    return 0;
}

static size_t rule_filler(const struct tokens *tokens, size_t index, struct fields *fields) {
    (void)fields;
    bool sign = is_sign(tokens, index, ',') || is_sign(tokens, index, '|') || is_sign(tokens, index, ';') ||
                (is_sign(tokens, index, '-') && !token_at(tokens, index + 1)->glued);
    bool word = is_word(tokens, index, SPAN("at")) || is_word(tokens, index, SPAN("on")) || is_word(tokens, index, SPAN("of"));
    return sign || word ? 1 : 0;
}

/* In the order in which they are tried: the longer forms first. */
static rule_function *const rules[] = {
    rule_compact_date, rule_year_first, rule_year_last, rule_day_month_year, rule_clock,   rule_military_clock,
    rule_iso_time,     rule_meridiem,   rule_zone_name, rule_offset,         rule_weekday, rule_month,
    rule_year,         rule_day,        rule_comment,   rule_filler,
};

static bool apply_rules(const struct tokens *tokens, struct fields *fields) {
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
static bool parse_epoch(const struct tokens *tokens, struct moment *ret) {
    bool fraction = tokens->count == 3 && is_number(tokens, 0, 10, 10) && is_glued_sign(tokens, 1, '.') && is_number(tokens, 2, 1, 99);
    bool alone = tokens->count == 1 && (is_number(tokens, 0, 10, 10) || is_number(tokens, 0, 13, 13));
    if (!fraction && !alone)
        return false;
    int64_t value = token_at(tokens, 0)->value;
    if (token_at(tokens, 0)->text.length == 13)
        value /= 1000;
    if (value > TIME_MAX)
        return false;
    *ret = (struct moment){value, PRECISION_SECOND};
    return true;
}

bool time_parse(struct span text, struct moment *ret) {
    text = span_trim(text);
    struct tokens tokens;
    if (text.length == 0 || text.length > TEXT_MAX || !tokenize(text, &tokens))
        return false;
    if (parse_epoch(&tokens, ret))
        return true;
    struct fields fields = {.year = UNSET, .month = UNSET, .day = UNSET, .hour = UNSET};
    return apply_rules(&tokens, &fields) && moment_of(&fields, ret);
}
