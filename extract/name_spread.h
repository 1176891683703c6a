#ifndef QUOTED_EXTRACT_NAME_SPREAD_H
#define QUOTED_EXTRACT_NAME_SPREAD_H

/* One story calls one thing by one name: what the tagger saw at one place is carried to the others. A name's type is the one that its
   places favour together, and words that are a sure name at one place, or the last name of a person named in full, are that name
   where the tagger passed them by. Linear in the tokens. Pure; thread-safe. */

#include "extract/name.h"

/* RESULT_MEMORY. *ret lives in the arena; found is left as it is. */
enum result names_spread(struct arena *arena, const struct tokens *tokens, const struct names *found, struct names *ret) MUST_USE;

#endif
