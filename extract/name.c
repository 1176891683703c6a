#include "extract/name.h"

#include "extract/name_rules.h"
#include "extract/tagger.h"

/* The rules guess, and the tagger, which sees their guesses beside everything else, decides. */
enum result names_find(struct arena *arena, const struct tokens *tokens, const struct sentences *sentences, struct names *ret) {
    struct names guesses;
    enum result result = name_rules_find(arena, tokens, sentences, &guesses);
    return result == RESULT_OK ? tagger_find(arena, tagger_model(), tokens, sentences, &guesses, ret) : result;
}
