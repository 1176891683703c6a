#ifndef QUOTED_EXTRACT_LEXICON_H
#define QUOTED_EXTRACT_LEXICON_H

/* The word lists of data/, embedded by the build as a sorted table of hashes: which classes a word or a phrase of up to LEXICON_WORDS_MAX
   words belongs to, and which nation it stands for. Constant after the program is built; thread-safe. the .txt files of data/ are the
   sources; their format is described in tools/lexicon_make.c, their provenance in their first lines. */

#include "base/span.h"

enum { LEXICON_WORDS_MAX = 5 };

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
    LEXICON_FEMALE_NAME = 1 << 14,      /* a woman's name, title or role: Maria, Mrs, queen */
    LEXICON_MALE_NAME = 1 << 15,
    LEXICON_COMPOUND_HEAD = 1 << 16,     /* before a hyphen and a name: pro, anti, ex */
    LEXICON_COMPOUND_TAIL = 1 << 17,     /* behind a name and a hyphen: based, led, backed */
    LEXICON_PLACE_WORD = 1 << 18,        /* Lake, Mount, River, Province, City, Airport */
    LEXICON_ROLE_MODIFIER = 1 << 19,     /* former, deputy, prime, foreign: before a title */
    LEXICON_ORGANIZATION_NOUN = 1 << 20, /* in lower case what an organization is called: company, ministry, club */
    LEXICON_SEAT = 1 << 21,              /* a seat of power that stands for a government: Kremlin, White House */
    LEXICON_SURNAME = 1 << 22,           /* family names that are frequent and not much else: Kim, Mohamed, Okafor */
    LEXICON_FUNCTION = 1 << 23,          /* words that are never a name by themselves, capital or not: the, I, however, who */
    LEXICON_OTHER_WORD = 1 << 24,        /* heads of names that are no person, organization or place: Cup, Act, War, Day */
};

/* The classes of a word or phrase given in any case; 0 where unknown. Words of a phrase are separated by one space. */
uint32_t lexicon_classes(struct span phrase);
/* The same for a hash made with hash_bytes over the lower-case form (token.lower for one word). */
uint32_t lexicon_classes_of_hash(uint64_t lower_hash);

/* The nation for which a country's name, its people's name, its capital or seat of government stands ("Russia", "Russian", "Moscow",
   "Kremlin"), by number; 0 where none. */
unsigned lexicon_nation_of_hash(uint64_t lower_hash);
unsigned lexicon_nation(struct span phrase);
/* The nation's English name ("Russia"), static; empty for 0. */
struct span lexicon_nation_name(unsigned nation);

#endif
