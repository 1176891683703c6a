#ifndef QUOTED_EXTRACT_ENTITY_H
#define QUOTED_EXTRACT_ENTITY_H

/* Links the names of one story to entities: full names with short names, acronyms, possessives; decides type and canonical name for the
   document; collects roles ("Chinese President" before or "the minister of finance," behind a name). Later phrases without a name ("the
   Kremlin leader", "He") are resolved here too. Pure; thread-safe. */

#include "extract/name.h"

struct entity_mention {
    uint32_t first; /* token indexes, half open */
    uint32_t last;
    enum mention_form form;
    int entity; /* index into entities */
};

enum gender { GENDER_UNKNOWN, GENDER_MALE, GENDER_FEMALE };

struct entity_entry {
    struct span name; /* canonical */
    enum entity_type type;
    enum gender gender;
    const struct span *roles;
    size_t role_count;
};

struct entities {
    const struct entity_entry *items; /* in order of first mention */
    size_t count;
    const struct entity_mention *mentions; /* ascending by token, disjoint; names, then what entities_resolve_phrases added */
    size_t mention_count;
};

/* Names, linked, and all nominals ("the Kremlin leader", "the minister", "the company") and personal pronouns (he, she, his, her, ... ;
   they only where it is one organization) that can be resolved with good reason; what cannot is left out. RESULT_MEMORY. */
enum result entities_link(struct arena *arena, const struct tokens *tokens, const struct stretches *stretches,
                          const struct sentences *sentences, const struct names *names, struct entities *ret) MUST_USE;
/* The entity of the mention that covers or overlaps [first, last) in tokens, rightmost head first; -1 where none. */
int entity_in_tokens(const struct entities *entities, size_t first, size_t last);

#endif
