#ifndef QUOTED_INGEST_HTML_DATE_WORDS_H
#define QUOTED_INGEST_HTML_DATE_WORDS_H

/* Words that stand in written dates: months of many languages, words between the parts of a date, and labels. For ingest/html_date*.c only.
   Thread-safe. */

#include "base/span.h"

enum { DATE_WORD_BYTES_MAX = 48 }; /* a longer word is no month in any of these languages */

enum date_word_label {
    LABEL_NONE,
    LABEL_PUBLISHED, /* "Published", "Veröffentlicht", "Pubblicato" */
    LABEL_UPDATED,   /* "Updated", "Aktualisiert", "Mis à jour" */
    LABEL_OTHER,     /* of something else: "Copyright", "Registered", "Born" */
};

/* The word in lower case, without a dot at the end; the empty span where it is too long. Borrowed from out. */
struct span date_word_fold(struct span word, char out[DATE_WORD_BYTES_MAX]);

/* 1 to 12; 0 for a word that names no month. The word as date_word_fold makes it. */
int date_word_month(struct span word);
/* A word that may stand between day, month and year: "de", "of", "am", "th". */
bool date_word_is_filler(struct span word);
/* A day of the week, whole or short. */
bool date_word_is_weekday(struct span word);
/* A word that begins a byline: "By", "Von". */
bool date_word_is_by(struct span word);
enum date_word_label date_word_label(struct span word);

#endif
