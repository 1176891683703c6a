#ifndef QUOTED_DB_VALUE_H
#define QUOTED_DB_VALUE_H

/* The article value as the store sees it: whether it can be stored, what it amounts to, and where its code points are. Inside db/ only. */

#include "base/article.h"
#include "base/hash.h"
#include "db/tally.h"

enum {
    AUTHORS_MAX = 1000,            /* a byline; more is a list of something else */
    ROLES_PER_APPEARANCE_MAX = 64, /* further ones are left out: nobody has that many in one article */
};

/* RESULT_INVALID or RESULT_TOO_LARGE with the reason in error: a range outside the text, bytes that are not UTF-8, too much of something.
 */
enum result value_check(const struct article *article, struct error *error) MUST_USE;
/* SHA-256 over all of it: two values of the same digest are the same to every reader. RESULT_MEMORY. */
enum result value_digest(const struct article *article, uint8_t ret[SHA256_BYTES]) MUST_USE;
/* Stretches between white space. */
int64_t value_word_count(struct span text);

/* From code points to bytes of a well-formed text, O(1) by a table of every 64th code point. */
struct offsets {
    struct span text;
    const uint32_t *table;
};
enum result offsets_make(struct arena *arena, struct span text, struct offsets *ret) MUST_USE;
size_t offsets_byte(const struct offsets *offsets, uint32_t code_point);

#endif
