#include "extract/sentence.h"

#include "extract/lexicon.h"

/* How many tokens behind a closing mark may stand before the cue in "NAME said": a name with title and particles is no longer. */
enum { ATTRIBUTION_NAME_MAX = 8 };

struct splitter {
    const struct tokens *tokens;
    const struct stretches *stretches;
    size_t next_stretch; /* the first that ends behind the current token */
};

static uint32_t classes_of(const struct splitter *splitter, size_t index) {
    return lexicon_classes_of_hash(splitter->tokens->items[index].lower);
}

static bool is_any(const struct splitter *splitter, size_t index, const char *const *words, size_t count) {
    struct span text = token_text(splitter->tokens, index);
    for (size_t i = 0; i < count; i++)
        if (span_equal(text, span_of(words[i])))
            return true;
    return false;
}
#define IS_ANY(splitter, index, words) is_any(splitter, index, words, sizeof(words) / sizeof(*(words)))

static bool is_stop(const struct splitter *splitter, size_t index) {
    static const char *const stops[] = {".", "?", "!", "…", "...", "....", "。", "！", "？", "।", "؟", "۔"};
    return splitter->tokens->items[index].kind == TOKEN_PUNCTUATION && IS_ANY(splitter, index, stops);
}

static bool same_paragraph(const struct splitter *splitter, size_t a, size_t b) {
    return b < splitter->tokens->count && splitter->tokens->items[a].paragraph == splitter->tokens->items[b].paragraph;
}

static bool is_capital(const struct token *token) {
    return token->kind == TOKEN_WORD && (token->shape == SHAPE_CAPITAL || token->shape == SHAPE_UPPER);
}

/* True if a sentence may begin with the token. */
static bool may_begin(const struct splitter *splitter, size_t index) {
    static const char *const openers[] = {"(", "[", "$", "£", "€", "¥", "—", "–", "-", "--", "•", "*", "@", "#", "¿", "¡", "·", "►"};
    const struct token *token = &splitter->tokens->items[index];
    switch ((enum token_kind)token->kind) {
    case TOKEN_WORD:
        return token->shape != SHAPE_LOWER;
    case TOKEN_NUMBER:
    case TOKEN_MARK:
        return token->space_before;
    case TOKEN_POSSESSIVE:
        return false;
    case TOKEN_PUNCTUATION:
        return IS_ANY(splitter, index, openers);
    }
    return false;
}

/* "etc.", "a.m.", "Inc." and "U.S." may end a sentence too; "Mr." and "John F." do not. */
static bool abbreviation_ends(const struct splitter *splitter, size_t index) {
    static const char *const often_last[] = {"a.m.", "p.m.", "etc.", "Inc.", "Corp.", "Ltd.", "Co.", "Jr.", "Sr.", "Bros.", "B.C.", "A.D."};
    const struct token *token = &splitter->tokens->items[index];
    struct span text = token_text(splitter->tokens, index);
    if (token->kind != TOKEN_WORD || text.length < 3 || text.data[text.length - 1] != '.')
        return false;
    uint32_t next = classes_of(splitter, index + 1);
    if (!is_capital(&splitter->tokens->items[index + 1]))
        return false;
    if (IS_ANY(splitter, index, often_last))
        return next & (LEXICON_FUNCTION | LEXICON_COMMON);
    return (next & LEXICON_FUNCTION) && !(classes_of(splitter, index) & LEXICON_TITLE);
}

/* True if what begins at index reads "NAME said", the attribution of the quote before it. A full stop inside the marks is rare before an
   attribution, so there (strict) the cue must have nothing to say itself. */
static bool attribution_follows(const struct splitter *splitter, size_t index, bool strict) {
    const struct tokens *tokens = splitter->tokens;
    size_t i = index;
    while (i < index + ATTRIBUTION_NAME_MAX && same_paragraph(splitter, index, i)) {
        const struct token *token = &tokens->items[i];
        uint32_t classes = classes_of(splitter, i);
        bool name = (is_capital(token) && !(classes & LEXICON_FUNCTION)) || (i > index && (classes & LEXICON_SURNAME_PARTICLE));
        if (token->kind != TOKEN_WORD || !name)
            break;
        i++;
    }
    if (i == index || !same_paragraph(splitter, index, i) || tokens->items[i].shape != SHAPE_LOWER ||
        !(classes_of(splitter, i) & LEXICON_SPEECH_VERB))
        return false;
    if (!same_paragraph(splitter, index, i + 1))
        return true;
    if (is_stop(splitter, i + 1))
        return true;
    if (strict)
        return false;
    bool has_object = token_is(tokens, i, "asked") || token_is(tokens, i, "told");
    return has_object || tokens->items[i + 1].kind == TOKEN_PUNCTUATION || !(classes_of(splitter, i + 1) & LEXICON_FUNCTION) ||
           token_is(tokens, i + 1, "in") || token_is(tokens, i + 1, "on") || token_is(tokens, i + 1, "at") ||
           token_is(tokens, i + 1, "during") || token_is(tokens, i + 1, "after");
}

/* A list's "1." is not a sentence. */
static bool is_enumeration(const struct splitter *splitter, size_t first, size_t last) {
    return last - first == 2 && splitter->tokens->items[first].kind == TOKEN_NUMBER && is_stop(splitter, first + 1);
}

/* The stretch around the token if it is one node of the frame: marked at both ends. */
static const struct stretch *node_at(struct splitter *splitter, size_t index) {
    const struct stretches *stretches = splitter->stretches;
    while (splitter->next_stretch < stretches->count && stretches->items[splitter->next_stretch].last <= index)
        splitter->next_stretch++;
    if (splitter->next_stretch == stretches->count)
        return NULL;
    const struct stretch *stretch = &stretches->items[splitter->next_stretch];
    return stretch->first <= index && stretch->opened && stretch->closed ? stretch : NULL;
}

static bool opens_stretch(const struct splitter *splitter, size_t index) {
    for (size_t i = splitter->next_stretch; i < splitter->stretches->count && i <= splitter->next_stretch + 1; i++)
        if (splitter->stretches->items[i].first == index + 1 && splitter->stretches->items[i].opened)
            return true;
    return false;
}

/* Closing marks and brackets that belong to the sentence before them. */
static size_t skip_closers(const struct splitter *splitter, size_t index, size_t next) {
    static const char *const brackets[] = {")", "]"};
    while (same_paragraph(splitter, index, next)) {
        const struct token *token = &splitter->tokens->items[next];
        bool mark = token->kind == TOKEN_MARK && !token->space_before && !opens_stretch(splitter, next);
        if (!mark && !(token->kind == TOKEN_PUNCTUATION && IS_ANY(splitter, next, brackets)) && !is_stop(splitter, next))
            break;
        next++;
    }
    return next;
}

/* The first token behind the piece that begins at index: a token, or a node with its closing mark; *ret_end: a sentence ends there. */
static size_t step(struct splitter *splitter, size_t first, size_t index, bool *ret_end) {
    const struct stretch *node = node_at(splitter, index);
    size_t last = node ? node->last - 1 : index;
    size_t next = node ? (size_t)node->last + (node->last < splitter->tokens->count) : index + 1;
    bool stop = is_stop(splitter, last);
    if (stop)
        next = skip_closers(splitter, last, next);
    *ret_end = true;
    if (!same_paragraph(splitter, last, next))
        return next;
    stop = stop || (!node && abbreviation_ends(splitter, last));
    bool strict = span_equal(token_text(splitter->tokens, last), SPAN("."));
    *ret_end = stop && may_begin(splitter, next) && !is_enumeration(splitter, first, next) &&
               !(node && attribution_follows(splitter, next, strict));
    return next;
}

enum result sentences_find(struct arena *arena, const struct tokens *tokens, const struct stretches *stretches, struct sentences *ret) {
    struct splitter splitter = {.tokens = tokens, .stretches = stretches};
    struct sentence *items = NULL;
    size_t count = 0, capacity = 0, first = 0;
    for (size_t index = 0; index < tokens->count;) {
        bool end;
        index = step(&splitter, first, index, &end);
        if (!end)
            continue;
        struct sentence *sentence = arena_push(arena, (void **)&items, &count, &capacity, sizeof(*items));
        if (!sentence)
            return RESULT_MEMORY;
        *sentence = (struct sentence){(uint32_t)first, (uint32_t)index, tokens->items[first].paragraph};
        first = index;
    }
    *ret = (struct sentences){items, count};
    return RESULT_OK;
}

size_t sentence_at(const struct sentences *sentences, size_t token) {
    size_t low = 0, high = sentences->count;
    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;
        if (sentences->items[middle].first <= token)
            low = middle;
        else
            high = middle;
    }
    return low;
}
