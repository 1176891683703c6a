#include "extract/tagger_features.h"

#include "base/hash.h"
#include "base/utf8.h"
#include "extract/lexicon.h"

#include <string.h>

enum { AFFIX_MAX = 4, WINDOW = 2, PHRASE_WORDS_MAX = 4, RUN_MAX = 5 };

/* What the whole document tells about a word form. */
enum document_evidence {
    SEEN_CAPITAL_INSIDE = 1 << 0, /* capitalised where no sentence begins */
    SEEN_LOWER = 1 << 1,
    SEEN_BEHIND_TITLE = 1 << 2,
    SEEN_BEHIND_FIRST_NAME = 1 << 3,
    SEEN_BEFORE_ORGANIZATION_WORD = 1 << 4,
    SEEN_BEHIND_PLACE_PREPOSITION = 1 << 5,
    SEEN_BESIDE_SPEECH_VERB = 1 << 6,
    EVIDENCE_BITS = 7,
};

struct token_view {
    uint64_t lower;
    uint32_t exact;
    uint32_t shape; /* hash of the word's shape: "Xx", "X.X.", "d" */
    uint32_t prefix[AFFIX_MAX];
    uint32_t suffix[AFFIX_MAX];
    uint32_t classes; /* of the word alone */
    uint32_t phrase;  /* of a phrase of several words that covers it: class bits, low bits only where it begins there */
    uint8_t evidence;
    uint8_t affixes;    /* how many prefixes and suffixes are set */
    uint8_t run_before; /* capitalised words right before it, at most RUN_MAX */
    uint8_t run_behind;
    uint8_t guess; /* what the rules say: 0 nothing, else place in the name, type and how sure */
    bool phrase_begin;
    bool capital;
};

struct tagger_view {
    const struct tokens *tokens;
    struct token_view *items;
};

static uint32_t mix(uint32_t template_number, uint64_t a, uint64_t b) {
    uint64_t hash = (a + UINT64_C(0x9E3779B97F4A7C15)) * UINT64_C(0xBF58476D1CE4E5B9);
    hash ^= (b + template_number * UINT64_C(0x94D049BB133111EB)) + (hash >> 29);
    hash *= UINT64_C(0xD6E8FEB86659FD93);
    hash ^= hash >> 32;
    hash *= UINT64_C(0xD6E8FEB86659FD93);
    return (uint32_t)(hash >> 32);
}

static char shape_of(uint32_t code_point) {
    switch (utf8_class_of(code_point)) {
    case UTF8_UPPER:
        return 'X';
    case UTF8_LOWER:
        return 'x';
    case UTF8_LETTER:
        return 'l';
    case UTF8_DIGIT:
        return 'd';
    default:
        return code_point < 0x80 ? (char)code_point : '?';
    }
}

static uint32_t shape_hash(struct span word) {
    char shape[16];
    size_t length = 0;
    for (size_t at = 0, step; at < word.length && length < sizeof shape; at += step) {
        char c = shape_of(utf8_decode(word, at, &step));
        if (length < 1 || shape[length - 1] != c || (c == 'X' && length == 1))
            shape[length++] = c;
    }
    return (uint32_t)hash_bytes((struct span){shape, length});
}

/* Byte offsets of the first and last characters' borders: the lower-case form is what affixes are cut from. */
static void set_affixes(struct token_view *item, struct span word) {
    char lower[64];
    size_t borders[sizeof lower + 1], characters = 0, length = 0;
    for (size_t at = 0, step; at < word.length && length + 4 <= sizeof lower; at += step) {
        borders[characters++] = length;
        length += utf8_encode(utf8_lower(utf8_decode(word, at, &step)), lower + length);
    }
    borders[characters] = length;
    for (size_t n = 1; n <= AFFIX_MAX && n < characters; n++) {
        item->prefix[n - 1] = (uint32_t)hash_bytes((struct span){lower, borders[n]});
        item->suffix[n - 1] = (uint32_t)hash_bytes((struct span){lower + borders[characters - n], length - borders[characters - n]});
        item->affixes = (uint8_t)n;
    }
}

static bool is_capital(const struct token *token) {
    return token->kind == TOKEN_WORD && (token->shape == SHAPE_CAPITAL || token->shape == SHAPE_UPPER || token->shape == SHAPE_MIXED);
}

static void set_token(struct token_view *item, const struct tokens *tokens, size_t index) {
    const struct token *token = &tokens->items[index];
    struct span word = token_text(tokens, index);
    item->lower = token->lower;
    item->exact = (uint32_t)hash_bytes(word);
    item->shape = shape_hash(word);
    item->classes = lexicon_classes_of_hash(token->lower);
    item->capital = is_capital(token);
    if (token->kind == TOKEN_WORD)
        set_affixes(item, word);
}

static void set_phrases(struct tagger_view *view, size_t index, size_t end) {
    const struct token *items = view->tokens->items;
    if (!view->items[index].capital)
        return;
    for (size_t words = PHRASE_WORDS_MAX; words >= 2; words--) {
        if (index + words > end)
            continue;
        struct span phrase = span_slice(view->tokens->text, items[index].start, items[index + words - 1].end);
        uint32_t classes = lexicon_classes(phrase);
        if (!classes)
            continue;
        for (size_t i = 0; i < words; i++) {
            view->items[index + i].phrase |= classes;
            view->items[index + i].phrase_begin |= i == 0;
        }
        return;
    }
}

/* An open-addressing table from a word form to its evidence. */
struct evidence_table {
    uint64_t *keys;
    uint8_t *bits;
    size_t mask;
};

static uint8_t *evidence_of(struct evidence_table *table, uint64_t key) {
    key |= 1; /* zero marks a free place */
    size_t at = (size_t)(key >> 7) & table->mask;
    while (table->keys[at] && table->keys[at] != key)
        at = (at + 1) & table->mask;
    table->keys[at] = key;
    return &table->bits[at];
}

static bool is_place_preposition(const struct tokens *tokens, size_t index) {
    return token_is(tokens, index, "in") || token_is(tokens, index, "at") || token_is(tokens, index, "from") ||
           token_is(tokens, index, "near");
}

static uint8_t evidence_here(const struct tagger_view *view, const struct sentence *sentence, size_t index) {
    const struct token_view *items = view->items;
    if (!items[index].capital)
        return view->tokens->items[index].shape == SHAPE_LOWER ? SEEN_LOWER : 0;
    uint8_t bits = 0;
    if (index > sentence->first) {
        bits |= view->tokens->items[index - 1].kind == TOKEN_MARK ? 0 : SEEN_CAPITAL_INSIDE;
        bits |= items[index - 1].classes & LEXICON_TITLE ? SEEN_BEHIND_TITLE : 0;
        bits |= items[index - 1].capital && items[index - 1].classes & LEXICON_FIRST_NAME ? SEEN_BEHIND_FIRST_NAME : 0;
        bits |= is_place_preposition(view->tokens, index - 1) ? SEEN_BEHIND_PLACE_PREPOSITION : 0;
        bits |= items[index - 1].classes & LEXICON_SPEECH_VERB && !items[index - 1].capital ? SEEN_BESIDE_SPEECH_VERB : 0;
    }
    if (index + 1 < sentence->last) {
        bits |= items[index + 1].capital && items[index + 1].classes & LEXICON_ORGANIZATION_WORD ? SEEN_BEFORE_ORGANIZATION_WORD : 0;
        bits |= items[index + 1].classes & LEXICON_SPEECH_VERB && !items[index + 1].capital ? SEEN_BESIDE_SPEECH_VERB : 0;
    }
    return bits;
}

static enum result set_evidence(struct arena *arena, struct tagger_view *view, const struct sentences *sentences) {
    size_t capacity = 16;
    while (capacity < view->tokens->count * 2)
        capacity *= 2;
    struct evidence_table table = {arena_alloc_array(arena, capacity, sizeof(uint64_t)), arena_alloc(arena, capacity), capacity - 1};
    if (!table.keys || !table.bits)
        return RESULT_MEMORY;
    for (size_t s = 0; s < sentences->count; s++)
        for (size_t i = sentences->items[s].first; i < sentences->items[s].last; i++)
            *evidence_of(&table, view->items[i].lower) |= evidence_here(view, &sentences->items[s], i);
    for (size_t i = 0; i < view->tokens->count; i++)
        view->items[i].evidence = *evidence_of(&table, view->items[i].lower);
    return RESULT_OK;
}

static void set_runs(struct tagger_view *view, const struct sentence *sentence) {
    uint8_t run = 0;
    for (size_t i = sentence->first; i < sentence->last; i++) {
        view->items[i].run_before = run;
        run = !view->items[i].capital ? 0 : run < RUN_MAX ? (uint8_t)(run + 1) : run;
    }
    run = 0;
    for (size_t i = sentence->last; i-- > sentence->first;) {
        view->items[i].run_behind = run;
        run = !view->items[i].capital ? 0 : run < RUN_MAX ? (uint8_t)(run + 1) : run;
    }
}

enum { GUESS_SURE_STEPS = 3 };

/* First, inside or last-and-only places are told apart, and the rules' score in coarse steps. */
static void set_guesses(struct tagger_view *view, const struct names *guesses) {
    for (size_t n = 0; n < guesses->count; n++) {
        const struct name *name = &guesses->items[n];
        int sure = name->score < 0.6F ? 0 : name->score < 0.8F ? 1 : 2;
        for (size_t i = name->first; i < name->last; i++)
            view->items[i].guess = (uint8_t)(1 + sure + GUESS_SURE_STEPS * (2 * (int)name->type + (i > name->first)));
    }
}

enum result tagger_view_make(struct arena *arena, const struct tokens *tokens, const struct sentences *sentences,
                             const struct names *guesses, const struct tagger_view **ret) {
    struct tagger_view *view = arena_alloc(arena, sizeof *view);
    if (!view)
        return RESULT_MEMORY;
    view->tokens = tokens;
    view->items = arena_alloc_array(arena, tokens->count + 1, sizeof *view->items);
    if (!view->items)
        return RESULT_MEMORY;
    for (size_t i = 0; i < tokens->count; i++)
        set_token(&view->items[i], tokens, i);
    for (size_t s = 0; s < sentences->count; s++) {
        for (size_t i = sentences->items[s].first; i < sentences->items[s].last; i++)
            set_phrases(view, i, sentences->items[s].last);
        set_runs(view, &sentences->items[s]);
    }
    set_guesses(view, guesses);
    *ret = view;
    return set_evidence(arena, view, sentences);
}

struct feature_list {
    uint32_t *out;
    size_t count;
};

static void add(struct feature_list *list, uint32_t template_number, uint64_t a, uint64_t b) {
    if (list->count < TAGGER_FEATURES_MAX)
        list->out[list->count++] = mix(template_number, a, b);
}

/* The token at an offset from the middle, or a border mark outside the sentence. */
static const struct token_view *neighbour(const struct tagger_view *view, const struct sentence *sentence, size_t token, int offset) {
    static const struct token_view before = {.lower = 1, .exact = 1, .shape = 1}, behind = {.lower = 2, .exact = 2, .shape = 2};
    if (offset < 0 && token < sentence->first + (size_t)-offset)
        return &before;
    size_t at = token + (size_t)offset;
    return at >= sentence->last ? &behind : &view->items[at];
}

static void add_words(struct feature_list *list, const struct token_view *const n[2 * WINDOW + 1]) {
    for (uint32_t i = 0; i < 2 * WINDOW + 1; i++)
        add(list, 1 + i, n[i]->lower, 0);
    add(list, 6, n[2]->exact, 0);
    add(list, 7, n[1]->lower, n[2]->lower);
    add(list, 8, n[2]->lower, n[3]->lower);
    add(list, 9, n[1]->lower, n[3]->lower + n[2]->shape);
    add(list, 10, n[0]->lower, n[1]->lower + n[2]->shape);
    add(list, 11, n[3]->lower, n[4]->lower + n[2]->shape);
    add(list, 12, n[1]->lower, n[2]->shape);
    add(list, 13, n[3]->lower, n[2]->shape);
}

static void add_shapes(struct feature_list *list, const struct token_view *const n[2 * WINDOW + 1]) {
    for (uint32_t i = 1; i <= 3; i++)
        add(list, 13 + i, n[i]->shape, 0);
    add(list, 17, n[1]->shape, n[2]->shape);
    add(list, 18, n[2]->shape, n[3]->shape);
    add(list, 19, n[1]->shape, ((uint64_t)n[2]->shape << 32) | n[3]->shape);
    add(list, 20, (uint64_t)n[0]->shape << 32 | n[1]->shape, ((uint64_t)n[2]->shape << 32) | n[3]->shape);
    for (uint32_t i = 0; i < n[2]->affixes; i++) {
        add(list, 24 + i, n[2]->prefix[i], n[2]->capital);
        add(list, 28 + i, n[2]->suffix[i], n[2]->capital);
    }
    if (n[1]->affixes >= 3)
        add(list, 32, n[1]->suffix[2], n[1]->capital);
    if (n[3]->affixes >= 3)
        add(list, 33, n[3]->suffix[2], n[3]->capital);
}

static void add_lists(struct feature_list *list, const struct token_view *const n[2 * WINDOW + 1]) {
    for (uint32_t i = 0; i < 2 * WINDOW + 1; i++)
        add(list, 40 + i, n[i]->classes, n[i]->capital);
    add(list, 45, n[2]->classes, n[2]->shape);
    add(list, 46, n[1]->classes, (uint64_t)n[2]->classes << 1 | n[2]->capital);
    add(list, 47, n[2]->classes, (uint64_t)n[3]->classes << 1 | n[3]->capital);
    add(list, 48, (uint64_t)n[1]->classes << 32 | n[2]->classes, n[3]->classes);
    for (uint32_t bits = n[2]->classes; bits; bits &= bits - 1)
        add(list, 49, bits & -bits, n[2]->capital);
    add(list, 50, n[2]->phrase, n[2]->phrase_begin);
    add(list, 51, n[2]->phrase, n[3]->phrase);
    add(list, 52, n[1]->phrase, n[2]->shape);
    add(list, 53, n[3]->phrase, n[3]->phrase_begin);
}

static void add_document(struct feature_list *list, const struct token_view *const n[2 * WINDOW + 1], bool first) {
    for (uint32_t bit = 0; bit < EVIDENCE_BITS; bit++)
        if (n[2]->evidence & (1U << bit))
            add(list, 60, bit, n[2]->capital);
    add(list, 61, n[2]->evidence, (uint64_t)n[2]->shape << 1 | first);
    add(list, 62, n[2]->evidence, n[3]->evidence);
    add(list, 63, n[1]->evidence, n[2]->evidence);
    add(list, 64, n[2]->evidence, n[2]->classes);
    add(list, 65, first, n[2]->shape);
    add(list, 66, first, n[2]->lower);
    add(list, 67, n[2]->run_before, n[2]->run_behind);
    add(list, 68, (uint64_t)n[2]->run_before << 8 | n[2]->run_behind, n[2]->classes);
    add(list, 69, 0, 0);
}

static void add_guesses(struct feature_list *list, const struct token_view *const n[2 * WINDOW + 1]) {
    for (uint32_t i = 1; i <= 3; i++)
        add(list, 70 + i, n[i]->guess, 0);
    add(list, 74, n[1]->guess, n[2]->guess);
    add(list, 75, n[2]->guess, n[3]->guess);
    add(list, 76, (uint64_t)n[1]->guess << 8 | n[2]->guess, n[3]->guess);
    add(list, 77, n[2]->guess, n[2]->shape);
    add(list, 78, n[2]->guess, n[2]->lower);
    add(list, 79, n[2]->guess, n[2]->classes);
    add(list, 80, n[2]->guess, n[2]->evidence);
    add(list, 81, n[2]->guess, n[1]->lower);
    add(list, 82, n[2]->guess, n[3]->lower);
    add(list, 83, n[2]->guess, (uint64_t)n[2]->run_before << 8 | n[2]->run_behind);
}

size_t tagger_features(const struct tagger_view *view, const struct sentence *sentence, size_t token, uint32_t out[TAGGER_FEATURES_MAX]) {
    struct feature_list list = {out, 0};
    const struct token_view *n[2 * WINDOW + 1];
    for (int offset = -WINDOW; offset <= WINDOW; offset++)
        n[offset + WINDOW] = neighbour(view, sentence, token, offset);
    add_words(&list, n);
    add_shapes(&list, n);
    add_lists(&list, n);
    add_document(&list, n, token == sentence->first);
    add_guesses(&list, n);
    return list.count;
}

bool tagger_is_plain(const struct tagger_view *view, const struct sentence *sentence, size_t token) {
    size_t first = token >= sentence->first + WINDOW ? token - WINDOW : sentence->first;
    size_t last = token + WINDOW < sentence->last ? token + WINDOW + 1 : sentence->last;
    for (size_t i = first; i < last; i++)
        if (view->items[i].capital || view->items[i].guess)
            return false;
    return true;
}
