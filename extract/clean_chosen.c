#include "extract/clean_chosen.h"

#include "extract/clean_furniture.h"

enum {
    PROSE_WORDS = 12,     /* a sentence of that many is a paragraph of the story */
    FURNITURE_WORDS = 60, /* longer paragraphs are story, whatever their words */
};

static bool is_prose(const struct unit *unit) {
    return unit->ends_sentence && unit->word_count >= PROSE_WORDS && unit->evidence < EVIDENCE_EDGE;
}

static void drop(struct unit *unit, enum clean_why why) {
    unit->role = ROLE_DROPPED;
    unit->why = why;
}

static bool is_furniture(const struct unit *unit, int evidence) {
    return unit->evidence >= evidence && unit->word_count <= FURNITURE_WORDS && unit->quoted == 0 && unit->speech == 0;
}

/* Drops what a line before the first or behind the last paragraph tells of the page; false where the line is none. */
static bool drop_at_edge(struct unit *unit) {
    if (unit->role == ROLE_DROPPED)
        return true;
    if (is_furniture(unit, EVIDENCE_EDGE))
        drop(unit, unit->furniture);
    else if (unit->meta)
        drop(unit, unit->meta);
    return unit->role == ROLE_DROPPED;
}

void chosen_clean(struct units *units) {
    size_t first = 0, end = units->count;
    while (first < units->count && !is_prose(&units->items[first]))
        first++;
    if (first == units->count)
        return;
    for (size_t i = 0; i < units->count; i++) {
        struct unit *unit = &units->items[i];
        if (is_furniture(unit, EVIDENCE_CORE))
            drop(unit, unit->furniture);
        else if (unit->meta_sure && (unit->meta == WHY_CREDIT || unit->meta == WHY_CAPTION))
            drop(unit, unit->meta);
        else if (i < first)
            drop_at_edge(unit);
    }
    while (end > first && drop_at_edge(&units->items[end - 1]))
        end--;
}
