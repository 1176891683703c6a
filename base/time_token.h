#ifndef QUOTED_BASE_TIME_TOKEN_H
#define QUOTED_BASE_TIME_TOKEN_H

/* For time_parse.c only: a date cut into numbers, words and signs, and the names among them: months, weekdays, zones, "p.m.". An index past
   the last token is a sign that equals none, so that rules may look ahead. Borrows the text. Thread-safe. */

#include "base/span.h"

enum {
    TIME_TOKEN_CAPACITY = 32, /* JavaScript's form with the zone spelled out, the longest real one, has 20 */
    TIME_UNSET = -1,
};

enum time_token_kind { TIME_NUMBER, TIME_WORD, TIME_SIGN };

struct time_token {
    enum time_token_kind kind;
    bool glued;       /* nothing stands between it and the token before */
    char sign;        /* of a sign; '|' for all separators beyond ASCII */
    struct span text; /* of a number or word */
    int64_t value;    /* of a number; TIME_UNSET where it has too many digits */
};

struct time_tokens {
    struct time_token items[TIME_TOKEN_CAPACITY + 1]; /* one more for the sign that ends them */
    size_t count;
};

struct time_zone {
    struct span name;
    int offset;    /* minutes east of UTC */
    bool american; /* the offset is standard time's, and the date tells whether daylight saving is on: "ET" */
};

/* False for a character that has no place in a date, and for too many tokens. */
bool time_tokenize(struct span text, struct time_tokens *ret);

const struct time_token *time_token_at(const struct time_tokens *tokens, size_t index);
bool time_is_number(const struct time_tokens *tokens, size_t index, size_t digits_min, size_t digits_max);
int time_number_at(const struct time_tokens *tokens, size_t index); /* of at most nine digits */
bool time_is_sign(const struct time_tokens *tokens, size_t index, char sign);
/* Without white space on either side. */
bool time_is_glued_sign(const struct time_tokens *tokens, size_t index, char sign);
bool time_is_word(const struct time_tokens *tokens, size_t index, struct span word); /* in any case */
/* English names, whole or their first three letters or more. */
bool time_is_month(const struct time_tokens *tokens, size_t index, int *ret_month);
bool time_is_weekday(const struct time_tokens *tokens, size_t index);
const struct time_zone *time_zone_at(const struct time_tokens *tokens, size_t index); /* static; NULL where none is named */
/* How many tokens "am", "p.m.", "PM." are, 0: none. */
size_t time_meridiem_at(const struct time_tokens *tokens, size_t index, bool *ret_afternoon);

#endif
