#ifndef QUOTED_EXTRACT_CLEAN_FURNITURE_H
#define QUOTED_EXTRACT_CLEAN_FURNITURE_H

/* How much a unit looks like a page's furniture: the words it shares with the table of patterns, and how it speaks (an imperative, "you",
   "we", no sentence). Internal to extract/clean*; pure. */

#include "extract/clean_unit.h"

enum {
    EVIDENCE_EDGE = 3, /* furniture where it stands before or behind the story */
    EVIDENCE_CORE = 5, /* furniture even between two paragraphs of the story */
};

/* A section of furniture that a unit opens: what follows belongs to it until the story comes back. */
enum section { SECTION_NONE, SECTION_LETTER, SECTION_SIGNUP, SECTION_RELATED, SECTION_COMMENTS, SECTION_BIO };

/* Fills furniture and evidence. */
void furniture_weigh(struct unit *unit);
/* The section that the weighed unit opens. */
enum section furniture_opens(const struct unit *unit);

#endif
