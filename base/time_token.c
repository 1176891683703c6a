#include "base/time_token.h"

#include "base/utf8.h"

enum { NUMBER_DIGITS_MAX = 18 }; /* what an int64_t holds whatever the digits are */

/* Where a name stands for several zones it is the one that most news means by it: BST British summer, CST US central, IST India. */
static const struct time_zone zones[] = {
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

static struct time_token number_token(struct span text) {
    struct time_token token = {.kind = TIME_NUMBER, .text = text, .value = TIME_UNSET};
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

bool time_tokenize(struct span text, struct time_tokens *ret) {
    *ret = (struct time_tokens){.count = 0};
    bool glued = true;
    for (size_t at = 0; at < text.length;) {
        size_t end = at;
        struct time_token token;
        if (is_digit(text.data[at])) {
            while (end < text.length && is_digit(text.data[end]))
                end++;
            token = number_token(span_slice(text, at, end));
        } else if (is_word_letter(text.data[at])) {
            while (end < text.length && is_word_letter(text.data[end]))
                end++;
            token = (struct time_token){.kind = TIME_WORD, .text = span_slice(text, at, end)};
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
            token = (struct time_token){.kind = TIME_SIGN, .sign = sign};
        }
        if (ret->count == TIME_TOKEN_CAPACITY)
            return false;
        token.glued = glued;
        ret->items[ret->count++] = token;
        glued = true;
        at = end;
    }
    ret->items[ret->count] = (struct time_token){.kind = TIME_SIGN};
    return true;
}

const struct time_token *time_token_at(const struct time_tokens *tokens, size_t index) {
    return &tokens->items[index < tokens->count ? index : tokens->count];
}

bool time_is_number(const struct time_tokens *tokens, size_t index, size_t digits_min, size_t digits_max) {
    const struct time_token *token = time_token_at(tokens, index);
    return token->kind == TIME_NUMBER && token->text.length >= digits_min && token->text.length <= digits_max;
}

int time_number_at(const struct time_tokens *tokens, size_t index) {
    return (int)time_token_at(tokens, index)->value;
}

bool time_is_sign(const struct time_tokens *tokens, size_t index, char sign) {
    const struct time_token *token = time_token_at(tokens, index);
    return token->kind == TIME_SIGN && token->sign == sign && sign != '\0';
}

bool time_is_glued_sign(const struct time_tokens *tokens, size_t index, char sign) {
    return time_is_sign(tokens, index, sign) && time_token_at(tokens, index)->glued && time_token_at(tokens, index + 1)->glued;
}

bool time_is_word(const struct time_tokens *tokens, size_t index, struct span word) {
    const struct time_token *token = time_token_at(tokens, index);
    return token->kind == TIME_WORD && span_equal_ignore_case(token->text, word);
}

/* Whether the token is one of the names or a beginning of it of at least three letters; its index is in *ret. */
static bool is_name(const struct time_tokens *tokens, size_t index, const struct span *names, size_t count, int *ret) {
    const struct time_token *token = time_token_at(tokens, index);
    if (token->kind != TIME_WORD || token->text.length < 3)
        return false;
    for (size_t i = 0; i < count; i++)
        if (span_equal_ignore_case(token->text, span_slice(names[i], 0, token->text.length))) {
            *ret = (int)i;
            return true;
        }
    return false;
}

bool time_is_month(const struct time_tokens *tokens, size_t index, int *ret_month) {
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

bool time_is_weekday(const struct time_tokens *tokens, size_t index) {
    static const struct span weekdays[] = {
        SPAN_INIT("Sunday"),   SPAN_INIT("Monday"), SPAN_INIT("Tuesday"),  SPAN_INIT("Wednesday"),
        SPAN_INIT("Thursday"), SPAN_INIT("Friday"), SPAN_INIT("Saturday"), SPAN_INIT("Weds"),
    };
    int weekday;
    return is_name(tokens, index, weekdays, sizeof(weekdays) / sizeof(weekdays[0]), &weekday);
}

const struct time_zone *time_zone_at(const struct time_tokens *tokens, size_t index) {
    for (size_t i = 0; i < sizeof(zones) / sizeof(zones[0]); i++)
        if (time_is_word(tokens, index, zones[i].name))
            return &zones[i];
    return NULL;
}

/* How many tokens "am", "p.m.", "PM." are, 0: none. */
size_t time_meridiem_at(const struct time_tokens *tokens, size_t index, bool *ret_afternoon) {
    bool short_form = time_is_word(tokens, index, SPAN("am")) || time_is_word(tokens, index, SPAN("pm"));
    bool dotted = (time_is_word(tokens, index, SPAN("a")) || time_is_word(tokens, index, SPAN("p"))) &&
                  time_is_sign(tokens, index + 1, '.') && time_is_word(tokens, index + 2, SPAN("m"));
    if (!short_form && !dotted)
        return 0;
    *ret_afternoon = (time_token_at(tokens, index)->text.data[0] | 0x20) == 'p';
    size_t taken = dotted ? 3 : 1;
    return time_is_sign(tokens, index + taken, '.') ? taken + 1 : taken;
}
