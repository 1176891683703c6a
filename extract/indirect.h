#ifndef QUOTED_EXTRACT_INDIRECT_H
#define QUOTED_EXTRACT_INDIRECT_H

/* Reported speech without quotation marks: "Ann Lee said that …", "…, Ann Lee said", "according to Ann Lee, …". Only what a verb of saying
   or "according to" governs; a clause that has quoted words in it is left to the rules for marks. Pure; thread-safe. */

#include "extract/cue.h"

enum reported_form {
    REPORTED_COMPLEMENT, /* said that …, said … */
    REPORTED_TRAILING,   /* …, she said */
    REPORTED_ACCORDING,  /* according to her, … */
    REPORTED_INFINITIVE, /* vowed to … */
    REPORTED_OBJECT,     /* announced the … */
};

struct reported {
    enum reported_form form;
    struct cue cue;
    uint32_t first; /* nodes of what was said, half open */
    uint32_t last;
};

enum { REPORTED_MAX = 8 }; /* of one sentence; more are enumerations that no reader would take for statements */

/* Those of one sentence, ascending and disjoint; returns how many. */
size_t indirect_find(const struct story *story, const struct frame *frame, const struct clauses *clauses,
                     struct reported ret[REPORTED_MAX]);

#endif
