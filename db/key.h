#ifndef QUOTED_DB_KEY_H
#define QUOTED_DB_KEY_H

/* The arithmetic of keys; schema.sql explains it. Inside db/ only. Thread rule: values, and a connection's for what takes one. */

#include "base/time.h"
#include "db/internal.h"

enum {
    KEY_SLOT_BITS = 12,    /* 4,096 articles of one second have a key of their own */
    KEY_ORDINAL_BITS = 12, /* quotes of an article: 1 to 4,095 */
    KEY_BITS = 46,
    KEY_MOVES_MAX = 256, /* seconds whose articles must make room for one: a day of 4,096 articles each second is far from that */
};

#define KEY_UNDATED_FIRST (-(INT64_C(1) << KEY_BITS))
/* Beyond every article's key, with room to multiply by the quotes of one. */
#define KEY_LOWEST (-(INT64_C(1) << (KEY_BITS + 1)))
#define KEY_HIGHEST ((INT64_C(1) << (KEY_BITS + 1)) - 1)

_Static_assert(TIME_MAX - TIME_MIN < INT64_C(1) << (KEY_BITS - KEY_SLOT_BITS), "a moment fits into a key");
_Static_assert(KEY_BITS + 2 + KEY_ORDINAL_BITS < 63, "a quote's key fits into 64 bits");

static inline int64_t key_of_moment(int64_t seconds) {
    return (seconds - TIME_MIN) * (1 << KEY_SLOT_BITS);
}
static inline int64_t key_of_quote(int64_t article, int64_t ordinal) {
    return article * (1 << KEY_ORDINAL_BITS) + ordinal;
}
static inline int64_t key_first_quote(int64_t article) {
    return key_of_quote(article, 0);
}
static inline int64_t key_last_quote(int64_t article) {
    return key_of_quote(article, (1 << KEY_ORDINAL_BITS) - 1);
}

/* A free key for an article of that moment, after moving up those that stand in its way. RESULT_TOO_LARGE past KEY_MOVES_MAX. */
enum result key_assign(struct db *db, struct moment published, int64_t *ret) MUST_USE;

/* The keys of articles published in the period; *ret_low > *ret_high where there are none. */
enum result key_range(struct db *db, struct period period, int64_t *ret_low, int64_t *ret_high) MUST_USE;
/* The arrivals of articles added in the period, likewise. */
enum result arrival_range(struct db *db, struct period period, int64_t *ret_low, int64_t *ret_high) MUST_USE;

#endif
