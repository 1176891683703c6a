#include "extract/quote_filter.h"

enum { SHORT_WORDS = 5 }; /* longer stretches are hardly ever scare quotes */
enum { TITLE_WORDS = 8 }; /* longer stretches in title case are hardly ever titles */

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

static size_t skip_articles(const struct frame *frame, size_t node) {
    while (node < frame->count && (frame->nodes[node].role == NODE_COMMA || frame->nodes[node].role == NODE_DETERMINER))
        node = node_before(frame, node);
    size_t known = node < frame->count && frame->nodes[node].role == NODE_PREPOSITION ? node_before(frame, node) : frame->count;
    return known < frame->count && frame->nodes[known].classes & WORD_SCARE ? known : node; /* "known as" */
}

/* "the film "Night Train"", "so-called "experts"", ""Night Train," a play about": the words beside the marks say what they enclose. */
static bool is_named_by_neighbour(const struct scene *scene) {
    const struct frame *frame = scene->frame;
    size_t before = skip_articles(frame, node_before(frame, scene->quote));
    if (before < frame->count && frame->nodes[before].classes & (WORD_TITLE_NOUN | WORD_SCARE))
        return true;
    size_t behind = scene->quote + 1;
    while (behind < frame->count && behind <= scene->quote + 3 &&
           (frame->nodes[behind].role == NODE_COMMA || frame->nodes[behind].role == NODE_DETERMINER))
        behind++;
    return behind > scene->quote + 1 && behind < frame->count && frame->nodes[behind].classes & WORD_TITLE_NOUN &&
           frame->nodes[behind].role == NODE_NOUN;
}

/* "on "Night Train"", "Radio One's "Night Train"": where works stand. */
static bool is_title_place(const struct scene *scene) {
    const struct frame *frame = scene->frame;
    size_t before = node_before(frame, scene->quote);
    if (before >= frame->count)
        return false;
    const struct tokens *tokens = scene->story->tokens;
    size_t token = frame->nodes[before].last - 1;
    return frame->nodes[before].role == NODE_POSSESSIVE ||
           (frame->nodes[before].role == NODE_PREPOSITION && (token_is(tokens, token, "on") || token_is(tokens, token, "in") ||
                                                              token_is(tokens, token, "from") || token_is(tokens, token, "at")));
}

/* "the "Coffee Road"", "a group "Helios"": a capitalised name behind an article or a noun. */
static bool is_apposed_name(const struct scene *scene, const struct shape *shape) {
    size_t before = node_before(scene->frame, scene->quote);
    if (before >= scene->frame->count)
        return false;
    const struct node *node = &scene->frame->nodes[before];
    if (node->role == NODE_DETERMINER)
        return shape->capitals > 0;
    return node->role == NODE_NOUN && scene->story->tokens->items[node->last - 1].shape == SHAPE_LOWER &&
           (shape->capitals > 0 || shape->words == 1);
}

bool quote_is_speech(const struct scene *scene, enum evidence evidence, bool known_speaker) {
    const struct stretch *stretch = &scene->story->stretches->items[scene->frame->nodes[scene->quote].stretch];
    struct shape shape = shape_of(scene->story, stretch);
    bool title_case = first_is_capital(scene->story, stretch) && shape.lower == 0;
    bool short_title = title_case && shape.words <= TITLE_WORDS;
    if (short_title && (is_named_by_neighbour(scene) || is_title_place(scene)))
        return false;
    if (evidence == EVIDENCE_CERTAIN || shape.words > SHORT_WORDS)
        return true;
    if (is_named_by_neighbour(scene))
        return false;
    if (title_case && !shape.verb && evidence < EVIDENCE_STRONG)
        return false;
    if (title_case && is_apposed_name(scene, &shape))
        return false;
    if (evidence == EVIDENCE_STRONG)
        return !(title_case && shape.capitals > 0 && !shape.ends);
    if (evidence == EVIDENCE_WEAK)
        return known_speaker;
    return shape.verb && shape.words > 3;
}
