#ifndef QUOTED_EXTRACT_RULE_H
#define QUOTED_EXTRACT_RULE_H

/* The rules that give a quote its speaker, in the order in which they are tried, each with its name, how often it is right, and how sure it
   makes it that the words are a quote at all. Constant. */

#include "extract/cue.h"
#include "extract/quote_filter.h"

enum rule {
    RULE_FOLLOWING,
    RULE_SIGNATURE,
    RULE_TRAILING,
    RULE_BESIDE,
    RULE_FOLLOWING_ANY,
    RULE_LEADING,
    RULE_NAMING,
    RULE_ACCORDING,
    RULE_NOUN,
    RULE_COLON,
    RULE_THINKING,
    RULE_CONTINUED,
    RULE_PARAGRAPH,
    RULE_INTRODUCED,
    RULE_REPORTED,
    RULE_NEXT,
    RULE_SUBJECT,
    RULE_LAST_SPEAKER,
    RULE_NOBODY,
    RULE_REPORTED_COMPLEMENT, /* these four in the order of enum reported_form */
    RULE_REPORTED_TRAILING,
    RULE_REPORTED_ACCORDING,
    RULE_REPORTED_INFINITIVE,
    RULE_REPORTED_OBJECT,
    RULE_COUNT,
};

struct rule_entry {
    const char *name;
    cue_finder *finder; /* looks in the quote's own sentence; NULL: the rule looks at other sentences */
    /* Share of quotes in annotated news (840 US articles) for which the rule found the right speaker: as a known entity named by a name or
       a noun, as one named by a pronoun, and where only a mention of nobody known was found. */
    double named;
    double pronoun;
    double unknown;
    enum evidence evidence;
};

extern const struct rule_entry rule_table[RULE_COUNT];

#endif
