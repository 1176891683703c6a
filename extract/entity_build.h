#ifndef QUOTED_EXTRACT_ENTITY_BUILD_H
#define QUOTED_EXTRACT_ENTITY_BUILD_H

/* The parts of entity linking, for extract/entity*.c and extract/coreference*.c alone: the entities while they are being made. Every look
   at "the entities so far" is bounded, so that a text of names alone costs no more than another. Pure; everything lives in the caller's
   arena. */

#include "extract/entity.h"
#include "extract/lexicon.h"

enum {
    ROLES_MAX = 8,        /* kept an entity; more is a list, not a description */
    ROLE_TOKENS_MAX = 12, /* the longest role ("minister of state for foreign affairs of the republic of ...") */
};

struct role {
    uint32_t first; /* tokens */
    uint32_t last;
};

struct entity_build {
    uint32_t first; /* tokens of the fullest form */
    uint32_t last;
    unsigned words; /* of the fullest form */
    bool loose;     /* the fullest form is from a heading or all in capitals, where a name's end is not clear */
    float votes[ENTITY_TYPE_COUNT];
    enum entity_type type;
    enum gender gender;
    unsigned nation; /* of whom or what it is, from its roles; for a country itself; 0 unknown */
    struct role roles[ROLES_MAX];
    size_t role_count;
    uint64_t age;           /* the token "45" as hash; 0 unknown */
    uint32_t last_sentence; /* of its latest mention, while phrases are resolved */
    uint32_t last_token;
    bool mentioned;
    bool speaks; /* its latest mention is the subject of a verb of speech */
};

/* A role's head that stands beside the name but apart from it, "Secretary" of "Secretary of State Ada Byron": a phrase for its bearer. */
struct role_phrase {
    uint32_t first; /* tokens */
    uint32_t last;
    int entity;
};

struct entity_work {
    struct arena *arena;
    const struct tokens *tokens;
    const struct stretches *stretches;
    const struct sentences *sentences;
    const struct names *names;
    const uint32_t *classes; /* of each token */
    struct entity_build *items;
    size_t count;
    size_t capacity;
    int *entity_of_name;         /* for each name */
    struct role_phrase *phrases; /* ascending but for rare exceptions */
    size_t phrase_count;
    size_t phrase_capacity;
};

/* Makes the entities of all names and says which name is whose. RESULT_MEMORY. */
enum result entity_link_names(struct entity_work *work) MUST_USE;
/* Collects roles, gender, nation and age of the entities from what stands around their names. RESULT_MEMORY. */
enum result entity_find_roles(struct entity_work *work) MUST_USE;

/* The word under which a token of a name is compared: "al-" and "el-" are left off. 0 for what is no word of a name. */
uint64_t entity_word(const struct entity_work *work, size_t token);
/* True if the token is a role noun, title or, where organizations is set, a noun for organizations. */
bool entity_is_role_head(const struct entity_work *work, size_t token, bool organizations);

/* Names, phrases and pronouns in order, resolved: the mentions. RESULT_MEMORY. */
enum result coreference_resolve(struct entity_work *work, const struct entity_mention **ret, size_t *ret_count) MUST_USE;

enum { RECENT_MAX = 48 /* entities that a phrase may still mean */ };

struct recent {
    int entities[RECENT_MAX]; /* the latest first */
    size_t count;
};

/* A phrase such as "the Kremlin leader" that begins at token: its end, or token where there is none. *ret_entity is whom it means, or -1.
 */
size_t coreference_nominal(const struct entity_work *work, const struct recent *recent, size_t token, size_t sentence, int *ret_entity);
/* True if the two words name one office or trade: "leader" and "president". Hashes of lower-case words. */
bool coreference_same_office(uint64_t a, uint64_t b);

#endif
