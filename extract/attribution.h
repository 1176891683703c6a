#ifndef QUOTED_EXTRACT_ATTRIBUTION_H
#define QUOTED_EXTRACT_ATTRIBUTION_H

/* Decides which stretches are quotes (and not titles or scare quotes), who said each, by which cue, whom it is about and how sure that is.
   The rules are a table in the order in which they are tried; each has a name and a confidence. Pure; thread-safe. */

#include "extract/entity.h"

struct attribution {
    uint32_t start; /* bytes of the words, marks excluded */
    uint32_t end;
    enum quote_kind kind;
    int speaker;            /* entity index or SPEAKER_NONE */
    uint32_t speaker_first; /* tokens of the mention beside the quote; empty range where none */
    uint32_t speaker_last;
    uint32_t cue_first; /* tokens of the cue; empty range where none */
    uint32_t cue_last;
    double confidence;
    const int *about; /* entity indexes */
    size_t about_count;
    const char *rule; /* static */
};

struct attributions {
    const struct attribution *items; /* ascending by start */
    size_t count;
};

/* RESULT_MEMORY. */
enum result attributions_find(struct arena *arena, const struct tokens *tokens, const struct stretches *stretches,
                              const struct sentences *sentences, const struct entities *entities, struct attributions *ret) MUST_USE;

#endif
