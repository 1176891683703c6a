#ifndef QUOTED_EXTRACT_CLAUSE_READER_H
#define QUOTED_EXTRACT_CLAUSE_READER_H

/* What the files of the clause walk share: the stack of open clauses and who may be a subject. Only for extract/clause*.c. */

#include "extract/clause.h"

enum { OPEN_CLAUSES_MAX = 12 }; /* deeper nesting is no prose; further clauses replace the innermost */

struct reader {
    struct arena *arena;
    size_t capacity; /* of clauses->items */
    bool failed;     /* memory */
    const struct story *story;
    const struct frame *frame;
    struct clauses *clauses;
    int stack[OPEN_CLAUSES_MAX];
    int depth;
    int closed;         /* clause that the last comma closed and whose subject may go on acting, or -1 */
    bool fronted;       /* inside an opening phrase: "On Tuesday", "Speaking to reporters" */
    bool in_group;      /* between the parts of a verb group: "has also said" */
    bool parenthetical; /* the last finite verb stands in the reporter's aside */
    bool group_passive; /* the group has a form of be */
    int group_subject;
    int last_verb;      /* node */
    int last_nonfinite; /* node of the last -ing form of this clause, for "calling X and describing Y" */
};

/* The innermost open clause. */
struct clause *clause_top(const struct reader *reader);
void clause_push(struct reader *reader, size_t node, enum clause_kind kind, int subject, int governor);
void clause_pop(struct reader *reader, size_t node);
/* Closes everything but the main clause. */
void clause_pop_all(struct reader *reader, size_t node);
/* A comma closes the innermost relative or subordinate clause with what it contains, and no complement around it. */
void clause_pop_at_comma(struct reader *reader, size_t node);
/* A clause beside the open one, of the kind: ", and Smith said". */
void clause_replace(struct reader *reader, size_t node, enum clause_kind kind, int subject);

const struct node *reader_node(const struct reader *reader, size_t node); /* NULL behind the end */
uint8_t reader_role(const struct reader *reader, size_t node);            /* NODE_STOP behind the end */
bool reader_word_is(const struct reader *reader, size_t node, const char *word);
/* True if the node's phrase may be a subject: no object pronoun, no day. */
bool reader_is_subject(const struct reader *reader, size_t node);

/* The subject's phrase of a finite verb, opening and closing clauses as the verb shows; -1 where there is none. */
int clause_finite_subject(struct reader *reader, size_t node);
/* The phrase that controls an -ing form. */
int clause_ing_subject(struct reader *reader, size_t node);

#endif
