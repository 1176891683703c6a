#ifndef QUOTED_EXTRACT_NAME_RULES_H
#define QUOTED_EXTRACT_NAME_RULES_H

/* The parts of the rule-made name finder, for extract/name*.c and the trainer alone: the story's words with their classes and counts, the
   capitalized runs cut from them, and the votes that say what each run names. Pure; thread-safe; everything lives in the caller's arena. */

#include "extract/lexicon.h"
#include "extract/name.h"

/* Longer runs of capitals are headings, not names. */
enum { NAME_TOKENS_MAX = 12 };

/* How a sentence is written, which says what its capitals tell. */
enum name_style { STYLE_PROSE, STYLE_TITLE /* A Heading Like This */, STYLE_UPPER /* ALL CAPITALS */ };

/* How often a word stands in which way outside of headings. */
struct name_word {
    uint64_t lower;
    uint32_t inner_capital; /* capitalized where no sentence begins */
    uint32_t lower_case;
    int32_t evidence[ENTITY_TYPE_COUNT]; /* from the surer runs that it is part of */
};

struct name_words {
    struct name_word *slots; /* open addressing, a power of two, lower 0: free */
    size_t mask;
};

struct name_work {
    struct arena *arena;
    const struct tokens *tokens;
    const struct sentences *sentences;
    const uint32_t *classes; /* of each token */
    const uint8_t *styles;   /* enum name_style of each sentence */
    struct name_words words;
};

/* A run that may be a name, and the votes for what it names. */
struct name_run {
    uint32_t first;
    uint32_t last;
    uint32_t sentence;
    uint64_t key; /* of its words in lower case */
    int votes[ENTITY_TYPE_COUNT];
    int other;     /* votes for none of the three */
    bool doubtful; /* begins a sentence with a common word, or stands in a heading */
    bool after_title;
};

struct name_runs {
    struct name_run *items;
    size_t count;
    size_t capacity;
};

/* Counts the words and tells the sentences' styles. RESULT_MEMORY. */
enum result name_work_make(struct arena *arena, const struct tokens *tokens, const struct sentences *sentences,
                           struct name_work *ret) MUST_USE;
/* The word's counts; NULL where it does not occur. */
struct name_word *name_word_of(const struct name_work *work, uint64_t lower);

bool name_is_capital(const struct name_work *work, size_t index);
/* True for a word that is no name unless the story shows otherwise: in the list of common words, or seen in lower case. */
bool name_is_common(const struct name_work *work, size_t index);
/* True if a sentence, a quote or a line begins with the token, so that its capital tells nothing. */
bool name_begins(const struct name_work *work, const struct sentence *sentence, size_t index);
/* Classes of the words [first, last) as one phrase; 0 where it is in no list. */
uint32_t name_phrase_classes(const struct name_work *work, size_t first, size_t last);

/* Cuts the runs of one sentence. RESULT_MEMORY. */
enum result name_runs_cut(const struct name_work *work, size_t sentence, struct name_runs *runs) MUST_USE;
/* Votes for what the run names, from its words and from what stands beside it. */
void name_run_vote(const struct name_work *work, struct name_run *run);
/* Lets all runs of the story vote together: same words, parts of known people, acronyms of known organizations. RESULT_MEMORY. */
enum result name_runs_agree(const struct name_work *work, struct name_runs *runs) MUST_USE;
/* What the run names and how sure that is (0: nothing). */
float name_run_type(const struct name_run *run, enum entity_type *ret);

/* The names that rules and word lists alone find, each with a score from 0.5 to 1. RESULT_MEMORY. */
enum result name_rules_find(struct arena *arena, const struct tokens *tokens, const struct sentences *sentences,
                            struct names *ret) MUST_USE;

#endif
