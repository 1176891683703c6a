#ifndef QUOTED_BENCH_WORLD_H
#define QUOTED_BENCH_WORLD_H

/* The invented world that benchmark articles are about: the names, places and sentence frames of data/corpus, the frames of
   bench/frames.txt, the words of data/common.txt, and dice. Loaded once, read only afterwards; everything is decided by dice, so that one
   seed gives one corpus. Not thread-safe. */

#include "base/buffer.h"
#include "base/span.h"

/* SplitMix64 (https://prng.di.unimi.it/splitmix64.c, public domain): any two states give streams that have nothing in common. */
struct dice {
    uint64_t state;
};
struct dice dice_of(uint64_t seed, uint64_t stream);
uint64_t dice_next(struct dice *dice);
double dice_unit(struct dice *dice);                 /* 0 <= x < 1 */
size_t dice_below(struct dice *dice, size_t count);  /* 0 to count - 1; 0 where count is 0 */
size_t dice_ranked(struct dice *dice, size_t count); /* the same, rank r with a chance near 1 / (r + 10): Mandelbrot's form of Zipf's law */
bool dice_chance(struct dice *dice, double chance);

struct list {
    char name[32];
    struct span *items;
    size_t count, capacity;
};

enum frame_kind { FRAME_BODY, FRAME_HEADLINE, FRAME_LEAD, FRAME_FILLER, FRAME_QUOTE, FRAME_CLAUSE };
enum { FRAME_KIND_COUNT = 6, LISTS_MAX = 32, CULTURES_MAX = 128 };

struct culture {
    struct list given, family;
    bool family_first, called_by_given;
};

struct world {
    struct list frames[FRAME_KIND_COUNT];
    struct list lists[LISTS_MAX];
    size_t list_count;
    struct culture cultures[CULTURES_MAX];
    size_t culture_count;
    struct list words;
    size_t people; /* how many there are; the first are the best known */
    char **files;  /* what the spans borrow from */
    size_t file_count;
};

/* Reads what is needed below the root of the source tree; says on standard error what is missing. */
bool world_open(const char *root, struct world *ret);
void world_close(struct world *world);
const struct list *world_list(const struct world *world, struct span name);

enum { CAST_MAX = 6 };
/* Whom and what one article is about. */
struct story {
    uint64_t seed;
    size_t cast[CAST_MAX]; /* people */
    size_t cast_count;
};

/* Appends a frame of the kind with its slots filled. */
void world_sentence(const struct world *world, enum frame_kind kind, const struct story *story, struct dice *dice, struct buffer *out);
/* Appends the name of a person: whole, or what a later mention says. */
void world_person(const struct world *world, size_t person, bool whole, struct buffer *out);

#endif
