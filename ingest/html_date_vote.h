#ifndef QUOTED_INGEST_HTML_DATE_VOTE_H
#define QUOTED_INGEST_HTML_DATE_VOTE_H

/* Which of the dates that a page tells is the publication's. For ingest/html_date*.c only. Thread-safe. */

#include "ingest/html_date.h"

enum {
    DATE_EVIDENCE_MAX = 96, /* pages tell a date a dozen times; lists of articles more often, and those at the top count */
    DATE_WEIGHT_MIN = 30,   /* less than this is a guess */
};

struct date_evidence {
    struct moment moment;
    const char *from; /* static */
    int weight;
    bool modified; /* of a change: counts for publication only where nothing else is told */
};

struct date_vote {
    struct date_evidence items[DATE_EVIDENCE_MAX];
    size_t count;
    struct moment month; /* the first day of a month that the URL names without a day; PRECISION_NONE: none */
};

/* The strongest stay when there is no room. */
void date_vote_add(struct date_vote *vote, struct date_evidence evidence);
/* NULL where nothing can be believed; borrowed from the vote. */
const struct date_evidence *date_vote_winner(const struct date_vote *vote);
const struct date_evidence *date_vote_modified(const struct date_vote *vote);

/* Adds the <time> elements and written dates of the page, weighed by their place. Memory failures show in the arena. */
void html_date_visible(struct arena *arena, struct date_vote *vote, const struct html_facts *facts, const struct html_date_hints *hints);

#endif
