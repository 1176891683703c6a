#ifndef QUOTED_EXTRACT_WORD_H
#define QUOTED_EXTRACT_WORD_H

/* What a word of English can be in a clause: function words, verbs by what they do to a quoted phrase, and the form a verb stands in.
   Closed classes and verbs are tables of lemmas; inflected forms are undone by rule. One word may have several classes, the clause decides.
   Pure; thread-safe. */

#include "base/span.h"

/* Bits. */
enum word_class {
    WORD_DETERMINER = 1 << 0,
    WORD_POSSESSIVE_PRONOUN = 1 << 1, /* my, his */
    WORD_PRONOUN = 1 << 2,            /* may be a subject alone: he, this, others */
    WORD_PERSONAL = 1 << 3,           /* he, him, his, they */
    WORD_OBJECT = 1 << 4,             /* him, himself */
    WORD_PREPOSITION = 1 << 5,
    WORD_AUXILIARY = 1 << 6,
    WORD_BE = 1 << 7,
    WORD_MODAL = 1 << 8, /* a bare verb follows */
    WORD_ADVERB = 1 << 9,
    WORD_COORDINATOR = 1 << 10,
    WORD_SUBORDINATOR = 1 << 11,
    WORD_RELATIVE = 1 << 12,
    WORD_THAT = 1 << 13,
    WORD_CUE_NOUN = 1 << 14,   /* statement, claim, tweet: what it contains was uttered */
    WORD_TITLE_NOUN = 1 << 15, /* film, song, titled: marks beside it enclose a title */
    WORD_TIME = 1 << 16,
    WORD_SCARE = 1 << 17, /* so-called, dubbed: marks behind it enclose a name */
    WORD_SAY = 1 << 18,   /* verb of saying: its object is what was uttered */
    WORD_CALL = 1 << 19,  /* verb that may take a quoted phrase: call, describe, praise */
    WORD_THINK = 1 << 20, /* verb of thinking or showing */
    WORD_VERB = 1 << 21,  /* any other verb */
    WORD_PAST = 1 << 22,
    WORD_PARTICIPLE = 1 << 23, /* past participle that is no past form: written */
    WORD_ING = 1 << 24,
    WORD_PRESENT_S = 1 << 25,
    WORD_BASE = 1 << 26,
    WORD_GUESSED = 1 << 27,  /* a verb by its ending only */
    WORD_NAMING = 1 << 29,   /* called, titled, dubbed: a name follows */
    WORD_NOUN_TOO = 1 << 28, /* a verb whose bare and -s forms are nouns as well: claim, report */
};

enum {
    WORD_ANY_VERB = WORD_SAY | WORD_CALL | WORD_THINK | WORD_VERB,
    WORD_ANY_FORM = WORD_PAST | WORD_PARTICIPLE | WORD_ING | WORD_PRESENT_S | WORD_BASE,
};

/* The classes of a word in any case; 0 for a word that is in no table and ends like no verb or adverb. */
uint32_t word_classes(struct span word);

#endif
