#ifndef QUOTED_EXTRACT_FRAME_H
#define QUOTED_EXTRACT_FRAME_H

/* The frame of a sentence: its tokens as nodes in which each quoted stretch (with its marks) and each named mention is one node, every node
   with the one role that it plays in the clause, and the noun phrases over them. Everything lives in the arena. Pure; thread-safe. */

#include "extract/entity.h"
#include "extract/word.h"

enum node_role {
    NODE_NOUN, /* nouns, adjectives, numbers, unknown words */
    NODE_NAME,
    NODE_NOMINAL, /* a whole phrase that names a known entity: "the Kremlin leader" */
    NODE_PRONOUN,
    NODE_OBJECT, /* him, himself */
    NODE_DETERMINER,
    NODE_POSSESSIVE,
    NODE_PREPOSITION,
    NODE_TO, /* before a bare verb */
    NODE_AUXILIARY,
    NODE_FINITE,     /* a verb that has a subject of its own */
    NODE_PARTICIPLE, /* past participle: with an auxiliary, or alone */
    NODE_ING,
    NODE_BARE, /* behind to or a modal */
    NODE_ADVERB,
    NODE_COORDINATOR,
    NODE_SUBORDINATOR,
    NODE_RELATIVE,
    NODE_THAT,
    NODE_QUOTE,
    NODE_COMMA,
    NODE_COLON,
    NODE_SEMICOLON,
    NODE_DASH,
    NODE_STOP,  /* . ? ! ... */
    NODE_ASIDE, /* in brackets */
    NODE_OTHER,
};

struct node {
    uint32_t first; /* tokens, half open */
    uint32_t last;
    uint32_t classes; /* word_class bits of its (last) word */
    int32_t stretch;  /* of NODE_QUOTE, else -1 */
    int32_t mention;  /* index into the entities' mentions, or -1 */
    int32_t phrase;   /* the noun phrase it belongs to, or -1 */
    uint8_t role;
};

/* A noun phrase without what is attached behind it. */
struct phrase {
    uint32_t first; /* nodes of its frame, half open */
    uint32_t last;
    uint32_t head;
};

struct frame {
    struct node *nodes;
    size_t count;
    struct phrase *phrases;
    size_t phrase_count;
    uint32_t paragraph;
    bool has_quote;
    bool bare; /* nothing but quotes and punctuation */
};

/* What all steps of the attribution look at. */
struct story {
    const struct tokens *tokens;
    const struct stretches *stretches;
    const struct sentences *sentences;
    const struct entities *entities;
    const uint32_t *classes; /* word_class bits of each token */
};

/* RESULT_MEMORY. */
enum result story_make(struct arena *arena, const struct tokens *tokens, const struct stretches *stretches,
                       const struct sentences *sentences, const struct entities *entities, struct story *ret) MUST_USE;
/* The frames of all sentences, in order; a stretch belongs to the sentence in which it begins. RESULT_MEMORY. */
enum result frames_make(struct arena *arena, const struct story *story, struct frame **ret) MUST_USE;

/* Tokens of the phrase, with an article and possessives, and the prepositional phrases that are attached to it up to node limit. */
struct range phrase_tokens(const struct frame *frame, int phrase, size_t limit);
/* The mention that the phrase's head is, or -1. */
int phrase_mention(const struct frame *frame, int phrase);
/* Nodes before and behind that are no adverbs and no asides; frame->count where there are none. */
size_t node_before(const struct frame *frame, size_t node);
size_t node_behind(const struct frame *frame, size_t node);
bool node_is_verb(const struct node *node);

#endif
