#ifndef QUOTED_EXTRACT_QUOTE_FILTER_H
#define QUOTED_EXTRACT_QUOTE_FILTER_H

/* Tells quotes from what else stands in quotation marks: titles of works, names of programmes, scare quotes, nicknames. Pure; thread-safe.
 */

#include "extract/cue.h"

/* How strongly the sentence says that somebody uttered the words. */
enum evidence {
    EVIDENCE_NONE,    /* nothing in the sentence */
    EVIDENCE_WEAK,    /* a verb that may take a phrase, somewhere to the left */
    EVIDENCE_STRONG,  /* a verb of saying governs the clause */
    EVIDENCE_CERTAIN, /* the verb stands beside the marks, or the speech goes on */
};

/* known_speaker: who may have said it is an entity of the story. */
bool quote_is_speech(const struct scene *scene, enum evidence evidence, bool known_speaker);

#endif
