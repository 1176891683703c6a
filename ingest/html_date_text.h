#ifndef QUOTED_INGEST_HTML_DATE_TEXT_H
#define QUOTED_INGEST_HTML_DATE_TEXT_H

/* Dates as people write them, in many languages: "1. März 2024", "March 1st, 2024", "2024. március 1.", "1/3/2024", "2024年3月1日". Only
   the day is read: a clock without a zone tells nothing beyond the outlet's day. Well-formed UTF-8 in. Pure, thread-safe, linear time. */

#include "base/time.h"
#include "ingest/html_date_words.h"

/* What 3/4/2024 means. */
enum date_order { ORDER_UNKNOWN, ORDER_DAY_FIRST, ORDER_MONTH_FIRST };

struct text_date {
    struct moment moment; /* PRECISION_DAY */
    size_t start, end;    /* bytes of the text */
    enum date_word_label label;
    bool short_year; /* two digits: a guess of the century */
};

/* The first date at or behind from. now (seconds) bounds it: later days are no dates. False where there is none. */
bool text_date_find(struct span text, size_t from, enum date_order order, int64_t now, struct text_date *ret);

/* A date of a metadata field, in any of the forms of time_parse or of text_date_find. Midnight is no clock reading but a day. */
bool text_date_parse(struct span value, enum date_order order, int64_t now, struct moment *ret);

/* The order of pages in this language (BCP 47), the country of host's top-level domain included where the language does not decide. */
enum date_order date_order_of(struct span language, struct span host);

#endif
