#ifndef QUOTED_EXTRACT_TAGGER_H
#define QUOTED_EXTRACT_TAGGER_H

/* The trained name tagger: a linear-chain conditional random field (Lafferty, McCallum and Pereira 2001) over hashed features, decoded by
   Viterbi; each name's score is the smallest marginal probability of its tokens' labels. The model is data/tagger.model, made by `make
   tagger`, embedded by the build. Pure; thread-safe. */

#include "extract/name.h"

enum {
    TAGGER_LABELS = 7, /* O, then B- and I- of person, organization, place */
    TAGGER_VERSION = 1,
};

enum { TAGGER_OUTSIDE = 0 };
#define TAGGER_BEGIN(type) (1 + 2 * (int)(type))
#define TAGGER_INSIDE(type) (2 + 2 * (int)(type))

/* The model file: this header, then slot_count keys (uint32_t), then slot_count rows of TAGGER_ROW weights (int8_t) in the same order; an
   open-addressing table with linear probing from key & (slot_count - 1); key 0 is a free slot. Keys were put in largest first, so that
   along a probe they only fall and a search may stop at the first smaller one (ordered hash table, Amble and Knuth 1974): most features
   that a text has are not in the model. Little-endian. */
enum { TAGGER_ROW = TAGGER_LABELS };

struct tagger_header {
    char magic[4]; /* "QTAG" */
    uint32_t version;
    uint32_t labels;
    uint32_t slot_count; /* a power of two */
    float scale;         /* a weight is row byte * scale */
    float start[TAGGER_LABELS];
    float transition[TAGGER_LABELS][TAGGER_LABELS]; /* from, to */
};

/* The model that the program carries; constant. */
const struct tagger_header *tagger_model(void);

/* Tags the sentences with the model; guesses: what the rules found. RESULT_MEMORY. */
enum result tagger_find(struct arena *arena, const struct tagger_header *model, const struct tokens *tokens,
                        const struct sentences *sentences, const struct names *guesses, struct names *ret) MUST_USE;

#endif
