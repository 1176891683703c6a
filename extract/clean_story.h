#ifndef QUOTED_EXTRACT_CLEAN_STORY_H
#define QUOTED_EXTRACT_CLEAN_STORY_H

/* Where the story is: the best way through the units from what stands before it, through the story and the boxes that interrupt it, to what
   stands behind it. Internal to extract/clean*; pure. */

#include "extract/clean_unit.h"

/* How much a unit reads like a sentence of a story, whatever it says; 0 for what is no sentence. */
int story_prose(const struct unit *unit);
/* Decides role and why of every weighed unit; where no story is found, of what is no furniture. RESULT_MEMORY. */
enum result story_find(struct arena *arena, struct units *units) MUST_USE;

#endif
