#ifndef QUOTED_EXTRACT_CLAUSE_H
#define QUOTED_EXTRACT_CLAUSE_H

/* One walk over a sentence's frame that gives every verb its subject and its clause: main, complement ("said that …", "said …"), relative,
   subordinate. Participles and infinitives take the subject that controls them. No parse tree: a bounded stack of open clauses. Pure;
   thread-safe. */

#include "extract/frame.h"

enum clause_kind { CLAUSE_MAIN, CLAUSE_COMPLEMENT, CLAUSE_RELATIVE, CLAUSE_SUBORDINATE };

struct clause {
    enum clause_kind kind;
    int subject;    /* phrase, or -1 */
    int governor;   /* verb node whose complement it is, or -1 */
    int parent;     /* clause, or -1 */
    int pronoun;    /* node of "who" where the subject is its antecedent, or -1 */
    int verb;       /* its last verb node so far, or -1 */
    uint32_t first; /* nodes, half open; last is where it was closed */
    uint32_t last;
    bool has_verb;
    bool after_comma;
};

struct verb {
    int clause;    /* -1: the node is no verb */
    int subject;   /* phrase, or -1 */
    bool passive;  /* "was called", or a participle alone */
    bool inverted; /* "said Smith" */
    bool governs;  /* has a complement clause */
};

struct clauses {
    struct clause *items;
    size_t count;
    struct verb *verbs; /* one a node */
};

/* RESULT_MEMORY. */
enum result clauses_find(struct arena *arena, const struct story *story, const struct frame *frame, struct clauses *ret) MUST_USE;
/* The phrase that the one is attached to by prepositions ("the head of the board": of the board, the head). */
int phrase_chain_head(const struct frame *frame, int phrase, bool joint);
/* True if the quote node's words end a clause: a comma, a full stop, a question or exclamation mark inside, or a comma behind. */
bool quote_ends_clause(const struct story *story, const struct frame *frame, size_t node);

#endif
