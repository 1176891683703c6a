#ifndef QUOTED_EXTRACT_TAGGER_FEATURES_H
#define QUOTED_EXTRACT_TAGGER_FEATURES_H

/* The features of the name tagger: what it sees of a token, its neighbours, the word lists, the guesses of the rules and the rest of the
   document, each as one 32-bit hash. Trainer and decoder call the same code, so that they cannot drift apart. Changing anything here asks
   for `make tagger`. Pure; thread-safe. */

#include "extract/name.h"

enum {
    TAGGER_FEATURES_MAX = 96, /* a token has about 60 */
};

struct tagger_view; /* a document's tokens with all that is computed once a token */

/* guesses: the names that the rules found. RESULT_MEMORY. *ret borrows tokens and sentences and lives in the arena. */
enum result tagger_view_make(struct arena *arena, const struct tokens *tokens, const struct sentences *sentences,
                             const struct names *guesses, const struct tagger_view **ret) MUST_USE;

/* Writes the features of a token, which lies in the sentence, and returns how many. */
size_t tagger_features(const struct tagger_view *view, const struct sentence *sentence, size_t token, uint32_t out[TAGGER_FEATURES_MAX]);

/* True for a token that is no name by its looks: no capital and none within two tokens of the sentence. Decoding spares itself such tokens,
 * most of a text. */
bool tagger_is_plain(const struct tagger_view *view, const struct sentence *sentence, size_t token);

#endif
