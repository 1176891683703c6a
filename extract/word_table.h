#ifndef QUOTED_EXTRACT_WORD_TABLE_H
#define QUOTED_EXTRACT_WORD_TABLE_H

/* The tables behind extract/word.h; each is sorted bytewise by its first column. Constant. */

#include "extract/word.h"

struct word_entry {
    const char *word; /* lower case */
    uint32_t classes;
};

/* An inflected form that no rule undoes. */
struct word_irregular {
    const char *word;
    const char *lemma;
    uint32_t form; /* WORD_PAST or WORD_PARTICIPLE */
};

extern const struct word_entry word_table[];
extern const size_t word_table_count;
extern const struct word_entry word_lemmas[];
extern const size_t word_lemma_count;
extern const struct word_irregular word_irregulars[];
extern const size_t word_irregular_count;

#endif
