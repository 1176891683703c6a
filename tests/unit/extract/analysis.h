#ifndef QUOTED_TESTS_EXTRACT_ANALYSIS_H
#define QUOTED_TESTS_EXTRACT_ANALYSIS_H

/* What the unit tests of tokens, sentences, names and entities share: a text analysed step by step in one arena. */

#include "tests/unit/base/check.h"

#include <stdlib.h>
#include <string.h>

#include "extract/entity.h"
#include "extract/name_rules.h"

struct analysis {
    struct arena arena;
    struct tokens tokens;
    struct stretches stretches;
    struct sentences sentences;
    struct names names;
    struct entities entities;
};

/* Everything up to the entities; the names are the rules', so that the tests do not hang on a trained model. */
static inline void analyse(struct analysis *analysis, struct span text) {
    arena_init(&analysis->arena, 0);
    assert_int_equal(tokens_find(&analysis->arena, text, &analysis->tokens), RESULT_OK);
    assert_int_equal(stretches_find(&analysis->arena, &analysis->tokens, &analysis->stretches), RESULT_OK);
    assert_int_equal(sentences_find(&analysis->arena, &analysis->tokens, &analysis->stretches, &analysis->sentences), RESULT_OK);
    assert_int_equal(name_rules_find(&analysis->arena, &analysis->tokens, &analysis->sentences, &analysis->names), RESULT_OK);
    assert_int_equal(entities_link(&analysis->arena, &analysis->tokens, &analysis->stretches, &analysis->sentences, &analysis->names,
                                   &analysis->entities),
                     RESULT_OK);
}

static inline void analysis_done(struct analysis *analysis) {
    arena_done(&analysis->arena);
}

static inline struct span text_of_tokens(const struct analysis *analysis, size_t first, size_t last) {
    return span_slice(analysis->tokens.text, analysis->tokens.items[first].start, analysis->tokens.items[last - 1].end);
}

/* A text of count copies of a piece; freed by the caller. */
static inline struct span repeated(const char *piece, size_t count) {
    size_t length = strlen(piece);
    char *text = malloc(count * length + 1);
    assert_non_null(text);
    for (size_t i = 0; i < count; i++)
        memcpy(text + i * length, piece, length);
    return (struct span){text, count * length};
}

/* What must hold for every text: offsets ascend and lie inside, sentences cover all tokens, names and mentions are disjoint. */
static inline void assert_sound(const struct analysis *analysis) {
    size_t end = 0, next = 0, name = 0, mention = 0;
    for (size_t i = 0; i < analysis->tokens.count; i++) {
        const struct token *token = &analysis->tokens.items[i];
        assert_true(token->start >= end && token->end > token->start && token->end <= analysis->tokens.text.length);
        end = token->end;
    }
    for (size_t i = 0; i < analysis->sentences.count; i++) {
        assert_int_equal(analysis->sentences.items[i].first, next);
        assert_true(analysis->sentences.items[i].last > next);
        next = analysis->sentences.items[i].last;
    }
    assert_int_equal(next, analysis->tokens.count);
    for (size_t i = 0; i < analysis->names.count; i++) {
        assert_true(analysis->names.items[i].first >= name && analysis->names.items[i].last > analysis->names.items[i].first);
        name = analysis->names.items[i].last;
    }
    for (size_t i = 0; i < analysis->entities.mention_count; i++) {
        const struct entity_mention *item = &analysis->entities.mentions[i];
        assert_true(item->first >= mention && item->last > item->first);
        assert_true(item->entity >= 0 && (size_t)item->entity < analysis->entities.count);
        mention = item->last;
    }
}

#endif
