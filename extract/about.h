#ifndef QUOTED_EXTRACT_ABOUT_H
#define QUOTED_EXTRACT_ABOUT_H

/* Whom a quote is about: the entities named in it, and for a phrase in a reported clause those that stand between the cue and the marks
   ("referring to Bo Chen as a "friend""). Pure; thread-safe. */

#include "extract/frame.h"

/* Entities of the mentions in tokens [first, last) and [quoted_first, quoted_last), in order, no repeats, without the speaker.
 * RESULT_MEMORY. */
enum result about_find(struct arena *arena, const struct entities *entities, struct range reported, struct range quoted, int speaker,
                       const int **ret, size_t *ret_count) MUST_USE;

#endif
