#include <string.h>

#include "base/hash.h"
#include "extract/name_rules.h"

/* A phrase that is looked up has at most this many bytes. */
enum { PHRASE_BYTES_MAX = 96 };

bool name_is_capital(const struct name_work *work, size_t index) {
    const struct token *token = &work->tokens->items[index];
    if (token->kind != TOKEN_WORD)
        return false;
    if (token->shape == SHAPE_CAPITAL || token->shape == SHAPE_UPPER)
        return true;
    /* "al-Sisi", "eBay", but not "e-Health" in a heading */
    return token->shape == SHAPE_MIXED && token->end - token->start > 3;
}

struct name_word *name_word_of(const struct name_work *work, uint64_t lower) {
    if (!work->words.slots || lower == 0)
        return NULL;
    for (size_t i = lower & work->words.mask;; i = (i + 1) & work->words.mask) {
        struct name_word *word = &work->words.slots[i];
        if (word->lower == lower)
            return word;
        if (word->lower == 0)
            return NULL;
    }
}

static struct name_word *put(struct name_words *words, uint64_t lower) {
    for (size_t i = lower & words->mask;; i = (i + 1) & words->mask) {
        struct name_word *word = &words->slots[i];
        if (word->lower == 0)
            word->lower = lower;
        if (word->lower == lower)
            return word;
    }
}

static bool ends_like_common(const struct name_work *work, size_t index) {
    static const char *const endings[] = {"ing", "ly", "tion", "ness", "ment", "ally", "ised", "ized", "able"};
    struct span text = token_text(work->tokens, index);
    if (work->classes[index] & (LEXICON_FIRST_NAME | LEXICON_SURNAME | LEXICON_CITY | LEXICON_REGION | LEXICON_COUNTRY))
        return false;
    for (size_t i = 0; i < sizeof(endings) / sizeof(*endings); i++)
        if (text.length > 6 && span_ends_with(text, span_of(endings[i])))
            return true;
    return false;
}

/* "joins", "unleashed": a common word with an ending. */
static bool stem_is_common(const struct name_work *work, size_t index) {
    static const char *const endings[] = {"s", "es", "d", "ed", "er", "ing"};
    struct span text = token_text(work->tokens, index);
    if (text.length < 5 ||
        (work->classes[index] & (LEXICON_FIRST_NAME | LEXICON_SURNAME | LEXICON_CITY | LEXICON_REGION | LEXICON_COUNTRY)))
        return false;
    for (size_t i = 0; i < sizeof(endings) / sizeof(*endings); i++) {
        struct span stem = span_slice(text, 0, text.length - strlen(endings[i]));
        if (span_ends_with(text, span_of(endings[i])) && (lexicon_classes(stem) & LEXICON_COMMON))
            return true;
    }
    return false;
}

bool name_is_common(const struct name_work *work, size_t index) {
    const struct name_word *word = name_word_of(work, work->tokens->items[index].lower);
    uint32_t classes = work->classes[index];
    if (word && word->inner_capital > 0 && word->lower_case == 0 && !(classes & LEXICON_FUNCTION))
        return (classes & LEXICON_COMMON) && word->inner_capital < 2;
    if (classes & (LEXICON_COMMON | LEXICON_FUNCTION))
        return true;
    return (word && word->lower_case > 0) || ends_like_common(work, index) || stem_is_common(work, index);
}

bool name_begins(const struct name_work *work, const struct sentence *sentence, size_t index) {
    static const char *const openers[] = {":", "—", "–", "-", "--", "•", "*", "(", "[", "...", "…", "?", "!", ".", ";", "►", "·", "/", "|"};
    if (index == sentence->first)
        return true;
    const struct token *before = &work->tokens->items[index - 1];
    if (before->kind == TOKEN_MARK)
        return true;
    if (before->kind == TOKEN_NUMBER)
        return index - 1 == sentence->first;
    if (before->kind != TOKEN_PUNCTUATION)
        return false;
    struct span text = token_text(work->tokens, index - 1);
    for (size_t i = 0; i < sizeof(openers) / sizeof(*openers); i++)
        if (span_equal(text, span_of(openers[i])))
            return true;
    return false;
}

uint32_t name_phrase_classes(const struct name_work *work, size_t first, size_t last) {
    char phrase[PHRASE_BYTES_MAX];
    size_t length = 0;
    if (last - first == 1)
        return work->classes[first];
    if (last - first > LEXICON_WORDS_MAX + 1)
        return 0;
    for (size_t i = first; i < last; i++) {
        struct span text = token_text(work->tokens, i);
        bool space = i > first && work->tokens->items[i].space_before;
        if (length + text.length + space > sizeof(phrase))
            return 0;
        if (space)
            phrase[length++] = ' ';
        memcpy(phrase + length, text.data, text.length);
        length += text.length;
    }
    return lexicon_classes((struct span){phrase, length});
}

/* A heading has capitals on all that could have them. */
static enum name_style style_of(const struct name_work *work, const struct sentence *sentence) {
    size_t words = 0, upper = 0, capital = 0, lower = 0;
    for (size_t i = sentence->first; i < sentence->last; i++) {
        const struct token *token = &work->tokens->items[i];
        if (token->kind != TOKEN_WORD)
            continue;
        words++;
        upper += token->shape == SHAPE_UPPER;
        capital += token->shape == SHAPE_CAPITAL;
        lower += token->shape == SHAPE_LOWER && !(work->classes[i] & (LEXICON_FUNCTION | LEXICON_SURNAME_PARTICLE));
    }
    if (words >= 3 && upper > 2 * (capital + lower))
        return STYLE_UPPER;
    return words >= 4 && lower == 0 && capital >= 3 ? STYLE_TITLE : STYLE_PROSE;
}

static void count_words(struct name_work *work) {
    for (size_t s = 0; s < work->sentences->count; s++) {
        const struct sentence *sentence = &work->sentences->items[s];
        if (work->styles[s] != STYLE_PROSE)
            continue;
        for (size_t i = sentence->first; i < sentence->last; i++) {
            const struct token *token = &work->tokens->items[i];
            if (token->kind != TOKEN_WORD)
                continue;
            struct name_word *word = put(&work->words, token->lower);
            word->lower_case += token->shape == SHAPE_LOWER;
            word->inner_capital += name_is_capital(work, i) && !name_begins(work, sentence, i);
        }
    }
}

enum result name_work_make(struct arena *arena, const struct tokens *tokens, const struct sentences *sentences, struct name_work *ret) {
    struct name_work work = {.arena = arena, .tokens = tokens, .sentences = sentences};
    uint32_t *classes = arena_alloc_array(arena, tokens->count + 1, sizeof(*classes));
    uint8_t *styles = arena_alloc_array(arena, sentences->count + 1, sizeof(*styles));
    size_t size = 64;
    while (size < 2 * tokens->count)
        size *= 2;
    work.words.slots = arena_alloc_array(arena, size, sizeof(*work.words.slots));
    if (!classes || !styles || !work.words.slots)
        return RESULT_MEMORY;
    work.words.mask = size - 1;
    for (size_t i = 0; i < tokens->count; i++)
        classes[i] = tokens->items[i].kind == TOKEN_WORD ? lexicon_classes_of_hash(tokens->items[i].lower) : 0;
    work.classes = classes;
    for (size_t s = 0; s < sentences->count; s++)
        styles[s] = (uint8_t)style_of(&work, &sentences->items[s]);
    work.styles = styles;
    count_words(&work);
    *ret = work;
    return RESULT_OK;
}
