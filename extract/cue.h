#ifndef QUOTED_EXTRACT_CUE_H
#define QUOTED_EXTRACT_CUE_H

/* Looks in one sentence for what tells who utters a quoted stretch: a verb of saying behind or before it, "according to", a noun such as
   "claim", a colon, a signature. Each finder is one rule; attribution.c holds their order. Pure; thread-safe. */

#include "extract/clause.h"

enum { CUE_REACH = 80 }; /* nodes between a quote and its cue: longer sentences exist, such distances do not; keeps the search linear */

/* Where a speaker stands: nodes of a frame, the head among them. */
struct place {
    uint32_t first; /* nodes, half open */
    uint32_t last;
    int head; /* node, or -1: nobody is told */
};

struct cue {
    struct place speaker;
    int verb;     /* node of the verb or noun, or -1 */
    int cue_last; /* node behind the cue's last word; verb + 1 where it is one word */
};

/* One sentence as the finders see it. */
struct scene {
    const struct story *story;
    const struct frame *frame;
    const struct clauses *clauses;
    size_t quote; /* node of the quote, or of a colon that introduces one in the next sentence */
};

typedef bool cue_finder(const struct scene *scene, struct cue *ret);

bool cue_following(const struct scene *scene, struct cue *ret);     /* "Q," Ann Lee said */
bool cue_following_any(const struct scene *scene, struct cue *ret); /* "Q," Ann Lee smiled */
bool cue_begins(const struct scene *scene, struct cue *ret);        /* of a sentence behind the quote: Ann Lee said on Monday. */
bool cue_signature(const struct scene *scene, struct cue *ret);     /* "Q" - Ann Lee */
bool cue_beside(const struct scene *scene, struct cue *ret);        /* Ann Lee said, "Q" */
bool cue_trailing(const struct scene *scene, struct cue *ret);      /* It was "q" for all, Ann Lee said */
bool cue_leading(const struct scene *scene, struct cue *ret);       /* Ann Lee said that it was a "q" */
bool cue_naming(const struct scene *scene, struct cue *ret);        /* Ann Lee called it a "q" */
bool cue_according(const struct scene *scene, struct cue *ret);     /* according to Ann Lee */
bool cue_noun(const struct scene *scene, struct cue *ret);          /* Ann Lee's claim that it was a "q" */
bool cue_colon(const struct scene *scene, struct cue *ret);         /* Ann Lee: "Q" */
bool cue_thinking(const struct scene *scene, struct cue *ret);      /* Ann Lee thinks it a "q" */
bool cue_subject(const struct scene *scene, struct cue *ret);       /* Ann Lee is proud of a "q" */

/* The place of a phrase with what is attached to it; a name in apposition to a common noun ("her deputy, Bo Chen,") is the head. */
struct place place_of_phrase(const struct frame *frame, int phrase, size_t limit);

#endif
