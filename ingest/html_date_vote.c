#include "ingest/html_date_vote.h"

#include <string.h>

enum {
    DAY = 24 * 60 * 60,
    WEIGHT_MONTH = 20,  /* given to dates of the month that the URL names */
    WEIGHT_STRONG = 90, /* a field that means the publication and nothing else */
};

void date_vote_add(struct date_vote *vote, struct date_evidence evidence) {
    /* Midnight of 1970 is what an empty field of a database is printed as. */
    if (evidence.moment.seconds >= -DAY && evidence.moment.seconds <= DAY)
        return;
    if (vote->count < DATE_EVIDENCE_MAX) {
        vote->items[vote->count++] = evidence;
        return;
    }
    size_t weakest = 0;
    for (size_t i = 1; i < vote->count; i++)
        if (vote->items[i].weight <= vote->items[weakest].weight)
            weakest = i;
    if (vote->items[weakest].weight < evidence.weight)
        vote->items[weakest] = evidence;
}

/* Whether two tell the same day, as far as outlets' zones allow. */
static bool agree(struct moment a, struct moment b) {
    int64_t apart = a.seconds - b.seconds;
    if (a.precision == PRECISION_DAY && b.precision == PRECISION_DAY)
        return apart == 0;
    if (a.precision == PRECISION_SECOND && b.precision == PRECISION_SECOND)
        return apart > -DAY && apart < DAY;
    /* A clock reading against a day: within the day, or half a day outside of it. */
    int64_t clock_in_day = a.precision == PRECISION_SECOND ? apart : -apart;
    return clock_in_day >= -DAY / 2 && clock_in_day < DAY + DAY / 2;
}

static bool is_same_kind(const struct date_evidence *a, const struct date_evidence *b) {
    return strcmp(a->from, b->from) == 0;
}

/* A kind of evidence that says a day twice says it once. */
static bool is_first_of_kind(const struct date_vote *vote, size_t index, struct moment day) {
    for (size_t i = 0; i < vote->count; i++) {
        const struct date_evidence *other = &vote->items[i];
        bool before = other->weight > vote->items[index].weight || (other->weight == vote->items[index].weight && i < index);
        if (before && i != index && is_same_kind(other, &vote->items[index]) && agree(other->moment, day))
            return false;
    }
    return true;
}

static int weight_of_day(const struct date_vote *vote, struct moment day) {
    int weight = 0;
    for (size_t i = 0; i < vote->count; i++)
        if (agree(vote->items[i].moment, day) && is_first_of_kind(vote, i, day))
            weight += vote->items[i].weight;
    int64_t into_month = day.seconds - vote->month.seconds;
    bool in_month = vote->month.precision != PRECISION_NONE && into_month >= -DAY && into_month < 32 * DAY;
    return weight + (in_month ? WEIGHT_MONTH : 0);
}

static bool is_a_change(const struct date_vote *vote, struct moment day) {
    for (size_t i = 0; i < vote->count; i++)
        if (vote->items[i].modified && agree(vote->items[i].moment, day))
            return true;
    return false;
}

/* Outlets show the last change as the date. Where a day is also that of a change, and a strong field tells an earlier one that is not,
   the earlier one is the publication's. */
static const struct date_evidence *before_change(const struct date_vote *vote, const struct date_evidence *chosen) {
    if (!is_a_change(vote, chosen->moment))
        return chosen;
    const struct date_evidence *earlier = chosen;
    for (size_t i = 0; i < vote->count; i++) {
        const struct date_evidence *item = &vote->items[i];
        bool strong = !item->modified && item->weight >= WEIGHT_STRONG;
        if (strong && item->moment.seconds < earlier->moment.seconds && !agree(item->moment, chosen->moment) &&
            !is_a_change(vote, item->moment))
            earlier = item;
    }
    return earlier;
}

const struct date_evidence *date_vote_winner(const struct date_vote *vote) {
    const struct date_evidence *best = NULL;
    int best_weight = DATE_WEIGHT_MIN - 1;
    for (size_t i = 0; i < vote->count; i++) {
        int weight = weight_of_day(vote, vote->items[i].moment);
        bool better = weight > best_weight || (best && weight == best_weight && vote->items[i].weight > best->weight);
        if (!better)
            continue;
        best = &vote->items[i];
        best_weight = weight;
    }
    /* Of those that tell this day, the most trusted; a clock reading beats a bare day of the same trust. */
    const struct date_evidence *chosen = best;
    for (size_t i = 0; best && i < vote->count; i++) {
        const struct date_evidence *item = &vote->items[i];
        if (agree(item->moment, best->moment) && item->weight > chosen->weight)
            chosen = item;
    }
    return chosen ? before_change(vote, chosen) : NULL;
}

const struct date_evidence *date_vote_modified(const struct date_vote *vote) {
    const struct date_evidence *best = NULL;
    for (size_t i = 0; i < vote->count; i++)
        if (vote->items[i].modified && (!best || vote->items[i].weight > best->weight))
            best = &vote->items[i];
    return best;
}
