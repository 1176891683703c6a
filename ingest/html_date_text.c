#include "ingest/html_date_text.h"

#include "base/utf8.h"
#include "ingest/ingest.h"
#include "ingest/reader.h"

#include <ctype.h>

enum {
    PARTS_MAX = 48,       /* of one window: day, month, year and what stands between and before them */
    LABEL_WORDS_MAX = 4,  /* "Zuletzt geändert am Montag, den" */
    CENTURY_PIVOT = 70,   /* two digits: 1970 to 2069, cut by the clock */
    FIELD_BYTES_MAX = 160 /* of a metadata field that may be a date */
};

enum part_kind { PART_END, PART_NUMBER, PART_WORD, PART_SIGN };

struct part {
    enum part_kind kind;
    bool glued; /* nothing stands between it and the part before */
    uint32_t sign;
    int value; /* of a number */
    int month; /* of a word */
    size_t digits;
    size_t start, end;
};

struct parts {
    struct part items[PARTS_MAX + 1]; /* one more of kind PART_END */
    size_t count;
};

struct reading {
    struct span text;
    struct parts parts;
    enum date_order order;
    int64_t now;
};

static bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

static struct part read_number(struct span text, size_t at) {
    struct part part = {.kind = PART_NUMBER, .start = at, .end = at};
    while (part.end < text.length && is_digit(text.data[part.end])) {
        part.value = part.digits < 8 ? part.value * 10 + (text.data[part.end] - '0') : 0;
        part.digits++;
        part.end++;
    }
    return part;
}

static struct part read_word(struct span text, size_t at) {
    struct part part = {.kind = PART_WORD, .start = at, .end = at};
    for (size_t step = 0; part.end < text.length; part.end += step) {
        uint32_t c = utf8_decode(text, part.end, &step);
        if (!utf8_is_letter(c) && utf8_class_of(c) != UTF8_MARK && c != 0xBA && c != 0xAA)
            break;
    }
    char folded[DATE_WORD_BYTES_MAX];
    part.month = date_word_month(date_word_fold(span_slice(text, part.start, part.end), folded));
    return part;
}

/* Chinese, Japanese and Korean write the units behind the numbers. */
static bool is_unit(uint32_t c) {
    return c == 0x5E74 || c == 0x6708 || c == 0x65E5 || c == 0xB144 || c == 0xC6D4 || c == 0xC77C;
}

/* Cuts the text from at on into parts until there is no room; returns where it stopped. */
static size_t cut_parts(struct span text, size_t at, struct parts *ret) {
    bool glued = at == 0;
    for (ret->count = 0; at < text.length && ret->count < PARTS_MAX;) {
        size_t step;
        uint32_t c = utf8_decode(text, at, &step);
        enum utf8_class class = utf8_class_of(c);
        struct part part = {.kind = PART_SIGN, .sign = c, .start = at, .end = at + step};
        if (class == UTF8_SPACE || class == UTF8_CONTROL) {
            glued = false;
            at += step;
            continue;
        }
        if (is_digit(text.data[at]))
            part = read_number(text, at);
        else if (utf8_is_letter(c) && !is_unit(c))
            part = read_word(text, at);
        part.end = part.end > at ? part.end : at + step;
        part.glued = glued;
        ret->items[ret->count++] = part;
        glued = true;
        at = part.end;
    }
    ret->items[ret->count] = (struct part){.kind = PART_END, .start = at, .end = at};
    return at;
}

static const struct part *part_at(const struct reading *reading, size_t index) {
    return &reading->parts.items[index < reading->parts.count ? index : reading->parts.count];
}

static bool is_number(const struct reading *reading, size_t index, size_t digits_min, size_t digits_max) {
    const struct part *part = part_at(reading, index);
    return part->kind == PART_NUMBER && part->digits >= digits_min && part->digits <= digits_max;
}

static bool is_sign(const struct reading *reading, size_t index, uint32_t sign) {
    const struct part *part = part_at(reading, index);
    return part->kind == PART_SIGN && part->sign == sign;
}

/* Skips what may stand between the parts of a date with a month's name: dots, commas, hyphens, "de", "th". */
static size_t skip_fillers(const struct reading *reading, size_t index) {
    for (int taken = 0; taken < 3; taken++, index++) {
        const struct part *part = part_at(reading, index);
        char folded[DATE_WORD_BYTES_MAX];
        bool sign = part->kind == PART_SIGN && part->sign < 0x7F && part->sign != '\0' &&
                    (part->sign == '.' || part->sign == ',' || part->sign == '-' || part->sign == '/' || part->sign == '\'');
        bool word = part->kind == PART_WORD && part->month == 0 &&
                    date_word_is_filler(date_word_fold(span_slice(reading->text, part->start, part->end), folded));
        if (!sign && !word && !(part->kind == PART_SIGN && (part->sign == 0xBA || part->sign == 0x2019)))
            break;
    }
    return index;
}

/* Sets the date if there is such a day and it is not in the future. */
static bool set_date(const struct reading *reading, int year, int month, int day, struct text_date *ret) {
    int64_t days;
    if (!time_days_from_date(year, month, day, &days))
        return false;
    struct moment moment = {days * 86400, PRECISION_DAY};
    if (!moment_believable(moment, reading->now))
        return false;
    ret->moment = moment;
    return true;
}

static int full_year(const struct part *part) {
    if (part->digits == 4)
        return part->value;
    return part->value < CENTURY_PIVOT ? 2000 + part->value : 1900 + part->value;
}

/* A year of four digits, or two behind an apostrophe or at a date's end; not the hour of "14:05". */
static bool is_year(const struct reading *reading, size_t index, bool may_be_short) {
    if (is_number(reading, index, 4, 4))
        return true;
    return may_be_short && is_number(reading, index, 2, 2) && !is_sign(reading, index + 1, ':') && !is_sign(reading, index + 1, '.') &&
           part_at(reading, index + 1)->kind != PART_NUMBER;
}

/* "1. März 2024", "1st of March, 2024", "01-Mar-24", "1 de marzo de 2024". */
static bool rule_day_month(const struct reading *reading, size_t index, struct text_date *ret, size_t *ret_last) {
    if (!is_number(reading, index, 1, 2))
        return false;
    size_t month_at = skip_fillers(reading, index + 1);
    int month = part_at(reading, month_at)->month;
    if (month == 0)
        return false;
    size_t year_at = skip_fillers(reading, month_at + 1);
    bool short_form = is_sign(reading, year_at - 1, '-') || is_sign(reading, year_at - 1, '\'') || is_sign(reading, year_at - 1, 0x2019);
    if (!is_year(reading, year_at, short_form))
        return false;
    *ret_last = year_at;
    ret->short_year = part_at(reading, year_at)->digits == 2;
    return set_date(reading, full_year(part_at(reading, year_at)), month, part_at(reading, index)->value, ret);
}

/* "March 1st, 2024", "Mar. 1 2024". */
static bool rule_month_day(const struct reading *reading, size_t index, struct text_date *ret, size_t *ret_last) {
    int month = part_at(reading, index)->month;
    if (month == 0)
        return false;
    size_t day_at = skip_fillers(reading, index + 1);
    size_t year_at = skip_fillers(reading, day_at + 1);
    if (!is_number(reading, day_at, 1, 2) || !is_year(reading, year_at, false))
        return false;
    *ret_last = year_at;
    return set_date(reading, part_at(reading, year_at)->value, month, part_at(reading, day_at)->value, ret);
}

/* "2024. március 1.", "2024 March 1", "2024-Mar-01". */
static bool rule_year_month(const struct reading *reading, size_t index, struct text_date *ret, size_t *ret_last) {
    if (!is_number(reading, index, 4, 4))
        return false;
    size_t month_at = skip_fillers(reading, index + 1);
    int month = part_at(reading, month_at)->month;
    size_t day_at = skip_fillers(reading, month_at + 1);
    if (month == 0 || !is_number(reading, day_at, 1, 2) || is_sign(reading, day_at + 1, ':'))
        return false;
    *ret_last = day_at;
    return set_date(reading, part_at(reading, index)->value, month, part_at(reading, day_at)->value, ret);
}

/* "2024年3月1日", "2024년 3월 1일". */
static bool rule_units(const struct reading *reading, size_t index, struct text_date *ret, size_t *ret_last) {
    const struct part *year = part_at(reading, index + 1), *month = part_at(reading, index + 3), *day = part_at(reading, index + 5);
    bool units = year->kind == PART_SIGN && month->kind == PART_SIGN && day->kind == PART_SIGN && is_unit(year->sign) &&
                 is_unit(month->sign) && is_unit(day->sign);
    if (!units || !is_number(reading, index, 4, 4) || !is_number(reading, index + 2, 1, 2) || !is_number(reading, index + 4, 1, 2))
        return false;
    *ret_last = index + 5;
    return set_date(reading, part_at(reading, index)->value, part_at(reading, index + 2)->value, part_at(reading, index + 4)->value, ret);
}

/* The sign between three numbers, 0 where they are no such date. Only behind dots may be white space ("1. 3. 2024"). */
static uint32_t joined_by(const struct reading *reading, size_t index) {
    const struct part *first = part_at(reading, index + 1), *second = part_at(reading, index + 3);
    if (first->kind != PART_SIGN || second->kind != PART_SIGN || first->sign != second->sign)
        return 0;
    uint32_t sign = first->sign;
    bool glued =
        first->glued && second->glued && (sign == '.' || (part_at(reading, index + 2)->glued && part_at(reading, index + 4)->glued));
    bool known = sign == '.' || sign == '/' || sign == '-' || sign == 0x2010 || sign == 0x2011;
    return glued && known ? sign : 0;
}

/* "2024-03-01", "2024.3.1", "2024/03/01". */
static bool rule_year_first(const struct reading *reading, size_t index, struct text_date *ret, size_t *ret_last) {
    if (!is_number(reading, index, 4, 4) || joined_by(reading, index) == 0 || !is_number(reading, index + 2, 1, 2) ||
        !is_number(reading, index + 4, 1, 2))
        return false;
    *ret_last = index + 4;
    return set_date(reading, part_at(reading, index)->value, part_at(reading, index + 2)->value, part_at(reading, index + 4)->value, ret);
}

/* "01.03.2024", "1.3.24", "3/1/2024" where the order is known. */
static bool rule_year_last(const struct reading *reading, size_t index, struct text_date *ret, size_t *ret_last) {
    uint32_t sign = joined_by(reading, index);
    const struct part *year = part_at(reading, index + 4);
    bool short_year = year->kind == PART_NUMBER && year->digits == 2 && year->glued;
    if (sign == 0 || !is_number(reading, index, 1, 2) || !is_number(reading, index + 2, 1, 2) ||
        !(short_year || is_number(reading, index + 4, 4, 4)))
        return false;
    int first = part_at(reading, index)->value, second = part_at(reading, index + 2)->value;
    bool open = first <= 12 && second <= 12 && first != second && sign != '.';
    if (open && reading->order == ORDER_UNKNOWN)
        return false;
    bool day_first = sign == '.' || first > 12 || (open && reading->order == ORDER_DAY_FIRST);
    *ret_last = index + 4;
    ret->short_year = short_year;
    return set_date(reading, full_year(year), day_first ? second : first, day_first ? first : second, ret);
}

/* A number that goes on something else is no date's: "192.168.10.2020", "v1.2.2020", "AB-12-03-2020". */
static bool is_continued(const struct reading *reading, size_t index) {
    if (index == 0 || !part_at(reading, index)->glued)
        return false;
    const struct part *before = part_at(reading, index - 1);
    bool joins =
        before->kind == PART_WORD || (before->kind == PART_SIGN && (before->sign == '.' || before->sign == '-' || before->sign == '/'));
    return before->kind == PART_NUMBER || (joins && before->glued && index >= 2) || (before->kind == PART_WORD && before->month == 0);
}

static bool is_date_at(const struct reading *reading, size_t index, struct text_date *ret, size_t *ret_last) {
    static bool (*const RULES[])(const struct reading *, size_t, struct text_date *, size_t *) = {
        rule_year_first, rule_year_last, rule_day_month, rule_year_month, rule_month_day, rule_units,
    };
    const struct part *part = part_at(reading, index);
    if ((part->kind != PART_NUMBER && part->month == 0) || is_continued(reading, index))
        return false;
    *ret = (struct text_date){.start = part->start};
    for (size_t i = 0; i < sizeof RULES / sizeof *RULES; i++)
        if (RULES[i](reading, index, ret, ret_last))
            return true;
    return false;
}

/* The label that stands right before the date: "Last updated on Friday, ..." */
static enum date_word_label label_before(const struct reading *reading, size_t index) {
    enum date_word_label found = LABEL_NONE;
    for (int words = 0; index > 0 && words < LABEL_WORDS_MAX; index--) {
        const struct part *part = part_at(reading, index - 1);
        char folded[DATE_WORD_BYTES_MAX];
        bool breaks = part->kind == PART_NUMBER || (part->kind == PART_SIGN && (part->sign == '|' || part->sign == 0x2022));
        if (breaks)
            break;
        if (part->kind == PART_SIGN && part->sign == 0xA9)
            return LABEL_OTHER;
        if (part->kind != PART_WORD)
            continue;
        words++;
        enum date_word_label label = date_word_label(date_word_fold(span_slice(reading->text, part->start, part->end), folded));
        /* "Updated on": the word that says more wins over the small one behind it. */
        if (label == LABEL_UPDATED || label == LABEL_OTHER)
            return label;
        found = label != LABEL_NONE ? label : found;
    }
    return found;
}

bool text_date_find(struct span text, size_t from, enum date_order order, int64_t now, struct text_date *ret) {
    struct reading reading = {.text = text, .order = order, .now = now};
    for (size_t at = from; at < text.length;) {
        size_t stop = cut_parts(text, at, &reading.parts), last;
        for (size_t i = 0; i < reading.parts.count; i++) {
            if (!is_date_at(&reading, i, ret, &last))
                continue;
            ret->end = part_at(&reading, last)->end;
            ret->label = label_before(&reading, i);
            return true;
        }
        if (stop >= text.length || reading.parts.count < PARTS_MAX)
            return false;
        /* A date may lie across the windows: the next one begins before this one's end. */
        at = reading.parts.items[PARTS_MAX - PARTS_MAX / 3].start;
    }
    return false;
}

/* True where the value's clock says 00:00 or 00:00:00 and no more: "2024-03-01T00:00:00+01:00". */
static bool is_midnight(struct span value) {
    if (value.length < 16 || value.data[4] != '-' || value.data[7] != '-' || !(value.data[10] == 'T' || value.data[10] == ' '))
        return false;
    for (size_t i = 11; i < value.length; i++) {
        char c = value.data[i];
        if (i > 11 && (c == '+' || c == '-' || c == 'Z' || c == 'z' || c == ' '))
            return i >= 16;
        if (c != '0' && c != ':' && c != '.')
            return false;
    }
    return true;
}

bool text_date_parse(struct span value, enum date_order order, int64_t now, struct moment *ret) {
    value = span_trim(value);
    struct moment moment;
    struct text_date found;
    if (value.length == 0 || value.length > FIELD_BYTES_MAX)
        return false;
    /* A clock at midnight was made from a date alone; in another zone it would name another day. */
    struct span day = is_midnight(value) ? span_slice(value, 0, 10) : value;
    if (time_parse(day, &moment) && moment_believable(moment, now)) {
        *ret = moment;
        return true;
    }
    if (!text_date_find(value, 0, order, now, &found))
        return false;
    *ret = found.moment;
    return true;
}

static bool is_listed(struct span value, const char *const *list) {
    for (; *list; list++)
        if (span_equal_ignore_case(value, span_of(*list)))
            return true;
    return false;
}

enum date_order date_order_of(struct span language, struct span host) {
    /* Month first is the habit of the United States, and of some that took it over (Unicode CLDR, dateFormats short). */
    static const char *const MONTH_FIRST[] = {"us", "ph", "pr", NULL};
    static const char *const MONTH_FIRST_DOMAINS[] = {"us", "gov", "mil", "edu", "ph", NULL};
    static const char *const OPEN_DOMAINS[] = {"com", "org", "net", "info", "io", "co", "tv", "news", "biz", "ca", "", NULL};
    size_t dash = span_find(language, SPAN("-"), 0);
    struct span primary = span_slice(language, 0, dash == SIZE_MAX ? language.length : dash);
    struct span region = dash == SIZE_MAX ? (struct span){0} : span_slice(language, language.length - 2, language.length);
    size_t dot = host.length;
    while (dot > 0 && host.data[dot - 1] != '.')
        dot--;
    struct span domain = dot > 0 ? span_slice(host, dot, host.length) : (struct span){0};
    if (primary.length > 0 && !span_equal_ignore_case(primary, SPAN("en")))
        return ORDER_DAY_FIRST;
    if (is_listed(domain, MONTH_FIRST_DOMAINS))
        return ORDER_MONTH_FIRST;
    /* Outlets of other countries leave "en-US" in their pages, which were made from American templates. */
    if (domain.length == 2 && !is_listed(domain, OPEN_DOMAINS))
        return ORDER_DAY_FIRST;
    if (is_listed(region, MONTH_FIRST))
        return ORDER_MONTH_FIRST;
    return region.length == 2 ? ORDER_DAY_FIRST : ORDER_UNKNOWN;
}
