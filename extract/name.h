#ifndef QUOTED_EXTRACT_NAME_H
#define QUOTED_EXTRACT_NAME_H

/* Finds names of people, organizations and places in the tokens: rules and word lists guess (name_rules.h), a trained tagger decides
   (tagger.h). A name is a token range with a type; titles and "the" stay outside. Pure; thread-safe. */

#include "base/article.h"
#include "extract/sentence.h"

struct name {
    uint32_t first; /* token indexes, half open */
    uint32_t last;
    enum entity_type type;
    float score; /* 0 to 1 */
};

struct names {
    const struct name *items; /* ascending, disjoint */
    size_t count;
};

/* RESULT_MEMORY. */
enum result names_find(struct arena *arena, const struct tokens *tokens, const struct sentences *sentences, struct names *ret) MUST_USE;

#endif
