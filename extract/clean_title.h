#ifndef QUOTED_EXTRACT_CLEAN_TITLE_H
#define QUOTED_EXTRACT_CLEAN_TITLE_H

/* Which line before the story is its headline. Internal to extract/clean*; pure. */

#include "extract/clean_unit.h"

enum { TITLE_NONE = -1 };

/* The index of the title among the units, whose roles are decided; TITLE_NONE where there is none. */
int title_find(const struct units *units);
/* The index of the first unit of the story; units->count where there is none. */
size_t title_story_start(const struct units *units);
/* How many words the line shares with the story's beginning; common_only leaves out those that begin with a capital there, as names do. */
int title_shared_words(const struct units *units, const struct unit *line, size_t story_start, bool common_only);

/* The title without the outlet's name that pages append to it: "Ferry Sinks | The Example Times". */
struct span title_without_outlet(struct span title, struct span outlet);

#endif
