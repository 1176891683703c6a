#ifndef QUOTED_EXTRACT_STRETCH_H
#define QUOTED_EXTRACT_STRETCH_H

/* Pairs quotation marks: curly, straight, doubled single, guillemets, low-high; marks missing at one end; a mark reopened in each paragraph
   of a long quote; quotes within quotes; single marks as outer marks (British); apostrophes are not marks. A stretch is what one outer pair
   encloses within one paragraph. Linear time. Pure; thread-safe. */

#include "extract/token.h"

struct stretch {
    uint32_t first; /* token index of the first token inside */
    uint32_t last;  /* token index one past the last token inside; not empty */
    uint32_t start; /* bytes, marks excluded */
    uint32_t end;
    bool opened;    /* has an opening mark */
    bool closed;    /* has a closing mark */
    bool continued; /* unclosed, and the next paragraph opens again: one speech goes on there */
};

struct stretches {
    const struct stretch *items; /* ascending, disjoint */
    size_t count;
};

/* RESULT_MEMORY. */
enum result stretches_find(struct arena *arena, const struct tokens *tokens, struct stretches *ret) MUST_USE;
/* The stretch that holds the token, or -1. Binary search. */
int stretch_at(const struct stretches *stretches, size_t token);

#endif
