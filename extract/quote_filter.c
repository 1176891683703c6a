#include "extract/quote_filter.h"

enum { SHORT_WORDS = 5 }; /* longer stretches are hardly ever titles or scare quotes */

struct shape {
    size_t words;
    size_t capitals; /* words with a capital, the first one not counted */
    size_t lower;    /* words in lower case that are no function words */
    bool ends;       /* a full stop, question or exclamation mark, comma inside */
    bool verb;       /* an auxiliary or a personal pronoun: a clause, not a name */
};

static struct shape shape_of(const struct story *story, const struct stretch *stretch) {
    struct shape shape = {.words = 0};
    uint32_t closed = WORD_PREPOSITION | WORD_DETERMINER | WORD_COORDINATOR;
    for (size_t i = stretch->first; i < stretch->last; i++) {
        const struct token *token = &story->tokens->items[i];
        if (token->kind == TOKEN_PUNCTUATION) {
            char c = token_text(story->tokens, i).data[0];
            shape.ends = c == '.' || c == ',' || c == '!' || c == '?';
            continue;
        }
        if (token->kind != TOKEN_WORD && token->kind != TOKEN_NUMBER)
            continue;
        shape.ends = false;
        shape.words++;
        bool capital = token->shape == SHAPE_CAPITAL || token->shape == SHAPE_UPPER || token->shape == SHAPE_MIXED;
        shape.capitals += capital && shape.words > 1;
        shape.lower += !capital && token->kind == TOKEN_WORD && !(story->classes[i] & closed);
        shape.verb = shape.verb || story->classes[i] & (WORD_AUXILIARY | WORD_PERSONAL);
    }
    return shape;
}

static bool first_is_capital(const struct story *story, const struct stretch *stretch) {
    const struct token *token = &story->tokens->items[stretch->first];
    return token->kind == TOKEN_WORD && token->shape != SHAPE_LOWER;
}

/* "the film "Night Train"", "so-called "experts"". */
static bool is_named_by_neighbour(const struct scene *scene) {
    const struct frame *frame = scene->frame;
    size_t before = node_before(frame, scene->quote);
    if (before < frame->count && frame->nodes[before].role == NODE_COMMA)
        before = node_before(frame, before);
    return before < frame->count && frame->nodes[before].classes & (WORD_TITLE_NOUN | WORD_SCARE);
}

bool quote_is_speech(const struct scene *scene, enum evidence evidence) {
    const struct stretch *stretch = &scene->story->stretches->items[scene->frame->nodes[scene->quote].stretch];
    struct shape shape = shape_of(scene->story, stretch);
    if (evidence == EVIDENCE_CERTAIN || shape.words > SHORT_WORDS)
        return true;
    bool title_case = first_is_capital(scene->story, stretch) && shape.lower == 0;
    if (is_named_by_neighbour(scene))
        return false;
    if (title_case && !shape.verb && evidence < EVIDENCE_STRONG)
        return false;
    if (evidence == EVIDENCE_STRONG)
        return !(title_case && shape.capitals > 0 && !shape.ends);
    if (evidence == EVIDENCE_WEAK)
        return true;
    return shape.verb && shape.words > 3;
}
