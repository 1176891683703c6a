#include "extract/name.h"

#include "extract/name_rules.h"
#include "extract/name_spread.h"
#include "extract/tagger.h"

/* The rules guess, the tagger, which sees their guesses beside everything else, decides, and the story is made to agree with itself. */
enum result names_find(struct arena *arena, const struct tokens *tokens, const struct sentences *sentences, struct names *ret) {
    struct names guesses, found;
    enum result result = name_rules_find(arena, tokens, sentences, &guesses);
    if (result == RESULT_OK)
        result = tagger_find(arena, tagger_model(), tokens, sentences, &guesses, &found);
    return result == RESULT_OK ? names_spread(arena, tokens, &found, ret) : result;
}
