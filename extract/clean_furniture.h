#ifndef QUOTED_EXTRACT_CLEAN_FURNITURE_H
#define QUOTED_EXTRACT_CLEAN_FURNITURE_H

/* How much a unit looks like a page's furniture: the words it shares with the table of patterns, and how it speaks (an imperative, "you",
   "we", no sentence). Internal to extract/clean*; pure. */

#include "extract/clean_unit.h"

enum {
    EVIDENCE_EDGE = 3, /* furniture where it stands before or behind the story */
    EVIDENCE_CORE = 5, /* furniture even between two paragraphs of the story */
};

/* Finds by a unit's words the rules that may match there, so that weighing costs time in the words and not in words times rules. */
struct furniture_index;

/* Made once a document, in the arena; NULL where memory runs out. */
const struct furniture_index *furniture_index_make(struct arena *arena);
/* Fills furniture, evidence and opens. */
void furniture_weigh(const struct furniture_index *index, struct unit *unit);

#endif
