#ifndef QUOTED_EXTRACT_LEXICON_H
#define QUOTED_EXTRACT_LEXICON_H

/* The word lists of data/, embedded by the build as sorted tables of hashes: which classes a word or a phrase of up to four words belongs
   to. Constant after the program is built; thread-safe. The .txt files of data/ are the sources, one entry a line, '#' comments with the provenance. */

#include "base/span.h"

/* Bits; a word may be in several lists. */
enum lexicon_class {
    LEXICON_FIRST_NAME = 1 << 0,
    LEXICON_SURNAME_PARTICLE = 1 << 1, /* de, van, bin, al */
    LEXICON_TITLE = 1 << 2,            /* Mr, President, Minister, Gen. */
    LEXICON_COUNTRY = 1 << 3,
    LEXICON_DEMONYM = 1 << 4, /* Russian, Chinese */
    LEXICON_CITY = 1 << 5,
    LEXICON_REGION = 1 << 6,
    LEXICON_ORGANIZATION_WORD = 1 << 7, /* Ministry, Corp, University, Party */
    LEXICON_ORGANIZATION = 1 << 8,      /* known by name alone: CCTV, NATO */
    LEXICON_CALENDAR = 1 << 9,          /* months, days */
    LEXICON_SPEECH_VERB = 1 << 10,      /* every form: say, says, said, saying */
    LEXICON_ROLE_NOUN = 1 << 11,        /* leader, spokesman, professor */
    LEXICON_COMMON = 1 << 12,           /* common words of English in lower case: a capital at a sentence's begin tells nothing */
    LEXICON_ABBREVIATION = 1 << 13,     /* a dot behind it ends no sentence */
    LEXICON_FEMALE_NAME = 1 << 14,
    LEXICON_MALE_NAME = 1 << 15,
};

/* The classes of a word or phrase given in any case; 0 where unknown. Words of a phrase are separated by one space. */
uint32_t lexicon_classes(struct span phrase);
/* The same for a hash made with hash_bytes over the lower-case form (token.lower for one word). */
uint32_t lexicon_classes_of_hash(uint64_t lower_hash);

#endif
