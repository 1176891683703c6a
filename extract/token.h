#ifndef QUOTED_EXTRACT_TOKEN_H
#define QUOTED_EXTRACT_TOKEN_H

/* Cuts a story into tokens: words (with inner apostrophes, hyphens and abbreviation dots: "O'Brien", "Al-Sisi", "U.S.", "Mr."), possessive
   endings as tokens of their own ("'s", "’"), numbers, punctuation. Offsets are bytes into the story. Pure; thread-safe. */

#include "base/arena.h"
#include "base/result.h"

enum token_kind { TOKEN_WORD, TOKEN_NUMBER, TOKEN_POSSESSIVE, TOKEN_PUNCTUATION, TOKEN_MARK /* quotation mark, single or double */ };

enum token_shape {                /* of words */
                   SHAPE_LOWER,   /* "said" */
                   SHAPE_CAPITAL, /* "Putin", "McDonald", "iPhone" has SHAPE_MIXED */
                   SHAPE_UPPER,   /* "CCTV", "U.S."; two capitals or more, no lower case */
                   SHAPE_MIXED,
                   SHAPE_NONE, /* letters without case, or no letters */
};

struct token {
    uint32_t start; /* bytes */
    uint32_t end;
    uint32_t paragraph; /* 0, 1, ... */
    uint8_t kind;       /* enum token_kind */
    uint8_t shape;      /* enum token_shape */
    bool space_before;  /* white space or a paragraph's begin before it */
    uint64_t lower;     /* hash_bytes of its lower-case form, curly apostrophes made straight */
};

struct tokens {
    struct span text;
    const struct token *items;
    size_t count;
};

/* RESULT_MEMORY. *ret borrows text and lives in the arena. */
enum result tokens_find(struct arena *arena, struct span text, struct tokens *ret) MUST_USE;

struct span token_text(const struct tokens *tokens, size_t index);
/* True if the token's lower-case form is the word ("said"), which must be lower-case. */
bool token_is(const struct tokens *tokens, size_t index, const char *word);

#endif
