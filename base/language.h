#ifndef QUOTED_BASE_LANGUAGE_H
#define QUOTED_BASE_LANGUAGE_H

/* Language tags (BCP 47, RFC 5646) as far as their form tells: what is stored and what is asked for are brought to one spelling here, so
   that comparing them is comparing bytes. No registry of languages. Thread-safe. */

#include "base/arena.h"

/* The tag in the case that RFC 5646 recommends ("EN-gb" is "en-GB", "zh_hant" is "zh-Hant"; "_" counts as "-"), copied into the arena; the
   empty span where the text is none, or memory fails (arena_failed tells). */
struct span language_tag(struct arena *arena, struct span text);

#endif
