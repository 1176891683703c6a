#ifndef QUOTED_EXTRACT_CLEAN_META_H
#define QUOTED_EXTRACT_CLEAN_META_H

/* What a page says about the article besides telling it: dates, authors, image credit, outlet. Internal to extract/clean*; pure. */

#include "extract/clean_unit.h"

enum date_label { DATE_PLAIN, DATE_PUBLISHED, DATE_UPDATED };

struct date_line {
    struct moment moment;
    enum date_label label;
};

/* True if the unit is a date line: a date, perhaps a label, a weekday, a time, and next to nothing else. */
bool date_line_read(const struct unit *unit, struct date_line *ret);
/* The same for a byline that tells the date too: "By Ann Example | March 1, 2024". */
bool date_in_byline(const struct unit *unit, struct date_line *ret);
/* The date with a year in the dateline that opens a story: "RIVERTON, March 1, 2024 (Agency) —". */
bool dateline_read(const struct unit *unit, struct moment *ret);

enum { BYLINE_NAMES = 16 }; /* more names in one line are a list of something else */

struct authors {
    struct span items[BYLINE_NAMES]; /* in the arena */
    size_t count;
};

/* True if the unit is a byline ("By Ann Example and Bo Ek, Staff Writers"); appends the names that it does not have yet. RESULT_MEMORY
   shows in the arena. */
bool byline_read(struct arena *arena, const struct unit *unit, struct authors *authors);
/* The same for a name alone on its line, which is a byline only beside a date or a role. */
bool byline_is_name(const struct unit *unit);
bool byline_is_role(const struct unit *unit);
void byline_add(struct arena *arena, struct span name, struct authors *authors);

/* True if the unit is an image credit, or a caption that ends in one: *ret is the credit without its label, *ret_caption tells which. */
bool credit_read(const struct unit *unit, struct span *ret, bool *ret_caption);

/* The outlet's name, as the dropped units tell it; empty where they do not. Borrowed from the units. */
struct span outlet_find(const struct units *units);
/* True if outlets are named with this word: "Times", "Herald". */
bool outlet_word_is(const struct word *word);
/* True if the words of a name say that it is an outlet's: "The Example Times". */
bool outlet_is_named(struct span name);

#endif
