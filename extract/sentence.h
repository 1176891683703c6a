#ifndef QUOTED_EXTRACT_SENTENCE_H
#define QUOTED_EXTRACT_SENTENCE_H

/* Splits a story into sentences on the frame in which each quoted stretch is one node: a full stop inside marks ends the outer sentence
   only where the mark closes it and no "NAME said" follows. Knows abbreviations, initials, decimals, ellipses. Pure; thread-safe. */

#include "extract/stretch.h"

struct sentence {
    uint32_t first; /* token indexes, half open */
    uint32_t last;
    uint32_t paragraph;
};

struct sentences {
    const struct sentence *items; /* ascending, cover all tokens */
    size_t count;
};

enum result sentences_find(struct arena *arena, const struct tokens *tokens, const struct stretches *stretches,
                           struct sentences *ret) MUST_USE;
/* Index of the sentence that holds the token. Binary search. */
size_t sentence_at(const struct sentences *sentences, size_t token);

#endif
