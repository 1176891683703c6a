#ifndef QUOTED_EXTRACT_CLEAN_FURNITURE_TABLE_H
#define QUOTED_EXTRACT_CLEAN_FURNITURE_TABLE_H

/* The vocabulary of furniture as a table. Evidence adds up over all rules that match a unit; clean_furniture.h has the thresholds. A
   button's word in a long sentence says nothing, so each rule tells how long a unit may be for it to count. Internal to extract/clean*. */

#include "extract/clean_furniture.h"

struct furniture_rule {
    const char *pattern;     /* see unit_matches_at; "^" before it: at the unit's begin only */
    enum clean_why why;      /* what it speaks for */
    unsigned char weight;    /* how strongly; EVIDENCE_CORE or more only where no story would word it so */
    unsigned char words_max; /* of the unit */
    enum section opens;
};

extern const struct furniture_rule furniture_rules[];
extern const size_t furniture_rule_count; /* at most FURNITURE_RULES_MOST */
enum { FURNITURE_RULES_MOST = 256 };

#endif
