#ifndef QUOTED_BASE_QUERY_H
#define QUOTED_BASE_QUERY_H

/* The q language, parsed into a tree that knows no search engine; db/ compiles it to the index's own language. Every byte string parses to
   a tree or to an error with the position. Thread-safe.

     query       = alternative { ["AND"] alternative }    all of them; at least one without "-"
     alternative = term { "OR" term }                     any of them: OR joins only what stands beside it, as web searches do
                 | ("-" | "NOT") term
     term        = ["title:"] (word | word "*" | phrase)
     phrase      = a quotation mark, straight or curly, to the next one

   AND, OR and NOT are capitals. A word of punctuation only ("&", "-") is skipped. Parentheses, other fields than title, a star elsewhere
   than at a word's end, and control characters are errors: never a search for something else than what was meant. */

#include "base/arena.h"
#include "base/result.h"

enum query_kind { QUERY_AND, QUERY_OR, QUERY_NOT, QUERY_WORD, QUERY_PREFIX, QUERY_PHRASE };
enum query_field { QUERY_ANY_FIELD, QUERY_TITLE };

enum {
    QUERY_BYTES_MAX = 1000, /* a question a person types; longer is a mistake */
    QUERY_TERMS_MAX = 32,   /* each term is a walk of an index */
};

/* QUERY_AND and QUERY_OR have two children or more, QUERY_NOT one, a leaf. Under QUERY_AND stand leaves, QUERY_OR and, beside at least one
   of these, QUERY_NOT; under QUERY_OR leaves: so a tree is at most three deep. */
struct query_node {
    enum query_kind kind;
    enum query_field field;
    struct span text; /* of a word, prefix (star cut) or phrase (quotes cut); holds a letter or digit, and no control but white space */
    const struct query_node *const *children;
    size_t child_count;
};

/* Parses text; borrows from it. RESULT_INVALID with *ret_position (code points) and a message; RESULT_TOO_LARGE past a limit;
 * RESULT_MEMORY. */
enum result query_parse(struct arena *arena, struct span text, const struct query_node **ret, size_t *ret_position,
                        struct error *error) MUST_USE;

#endif
