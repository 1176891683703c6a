#include "extract/tagger.h"

#include "extract/tagger_features.h"

#include <math.h>
#include <string.h>

/* Taken from the score of "no name" everywhere: trained for likelihood, the model passes over more names than F1 likes. Tried on the
   development sets. */
static const float OUTSIDE_PENALTY = 0.2F;

/* What keeps any label but "no name" from a plain token; far beyond what transitions weigh. */
static const float PLAIN_PENALTY = -30;

struct model {
    const struct tagger_header *header;
    const uint32_t *keys;
    const int8_t (*rows)[TAGGER_ROW];
};

static struct model model_of(const struct tagger_header *header) {
    const uint32_t *keys = (const uint32_t *)(header + 1);
    return (struct model){header, keys, (const int8_t(*)[TAGGER_ROW])(keys + header->slot_count)};
}

/* Adds the weights of all features of a token to scores. */
static void emission(const struct model *model, const uint32_t *features, size_t count, float scores[TAGGER_LABELS]) {
    int32_t sums[TAGGER_ROW] = {0};
    uint32_t mask = model->header->slot_count - 1;
    for (size_t f = 0; f < count; f++) {
        uint32_t key = features[f] ? features[f] : 1;
        uint32_t at = key & mask;
        while (model->keys[at] > key)
            at = (at + 1) & mask;
        if (model->keys[at] == key)
            for (int label = 0; label < TAGGER_ROW; label++)
                sums[label] += model->rows[at][label];
    }
    for (int label = 0; label < TAGGER_LABELS; label++)
        scores[label] = (float)sums[label] * model->header->scale;
    scores[TAGGER_OUTSIDE] -= OUTSIDE_PENALTY;
}

static void score_token(const struct model *model, const struct tagger_view *view, const struct sentence *sentence, size_t token,
                        float scores[TAGGER_LABELS]) {
    uint32_t features[TAGGER_FEATURES_MAX];
    if (!tagger_is_plain(view, sentence, token)) {
        emission(model, features, tagger_features(view, sentence, token, features), scores);
        return;
    }
    for (int label = 0; label < TAGGER_LABELS; label++)
        scores[label] = label == TAGGER_OUTSIDE ? 0 : PLAIN_PENALTY;
}

typedef float label_scores[TAGGER_LABELS];

static void viterbi(const struct tagger_header *header, label_scores *scores, size_t count, uint8_t (*back)[TAGGER_LABELS],
                    uint8_t *ret_labels) {
    float best[TAGGER_LABELS], next[TAGGER_LABELS];
    for (int y = 0; y < TAGGER_LABELS; y++)
        best[y] = header->start[y] + scores[0][y];
    for (size_t t = 1; t < count; t++) {
        for (int y = 0; y < TAGGER_LABELS; y++) {
            int from = 0;
            for (int x = 1; x < TAGGER_LABELS; x++)
                if (best[x] + header->transition[x][y] > best[from] + header->transition[from][y])
                    from = x;
            back[t][y] = (uint8_t)from;
            next[y] = best[from] + header->transition[from][y] + scores[t][y];
        }
        memcpy(best, next, sizeof best);
    }
    uint8_t label = 0;
    for (uint8_t y = 1; y < TAGGER_LABELS; y++)
        if (best[y] > best[label])
            label = y;
    for (size_t t = count; t-- > 0;) {
        ret_labels[t] = label;
        label = t ? back[t][label] : label;
    }
}

static void normalize(float row[TAGGER_LABELS]) {
    float sum = 0;
    for (int y = 0; y < TAGGER_LABELS; y++)
        sum += row[y];
    for (int y = 0; y < TAGGER_LABELS; y++)
        row[y] /= sum > 0 ? sum : 1;
}

/* Forward and backward sums in scaled probabilities; scores become the marginal probabilities. */
static void marginals(const struct tagger_header *header, label_scores *scores, size_t count, label_scores *forward) {
    float step[TAGGER_LABELS][TAGGER_LABELS], backward[TAGGER_LABELS];
    for (int x = 0; x < TAGGER_LABELS; x++)
        for (int y = 0; y < TAGGER_LABELS; y++)
            step[x][y] = expf(header->transition[x][y]);
    for (size_t t = 0; t < count; t++) {
        float top = scores[t][0];
        for (int y = 1; y < TAGGER_LABELS; y++)
            top = scores[t][y] > top ? scores[t][y] : top;
        for (int y = 0; y < TAGGER_LABELS; y++) {
            scores[t][y] = expf(scores[t][y] - top);
            float sum = t ? 0 : expf(header->start[y]);
            for (int x = 0; t && x < TAGGER_LABELS; x++)
                sum += forward[t - 1][x] * step[x][y];
            forward[t][y] = sum * scores[t][y];
        }
        normalize(forward[t]);
    }
    for (int y = 0; y < TAGGER_LABELS; y++)
        backward[y] = 1;
    for (size_t t = count; t-- > 0;) {
        label_scores behind;
        for (int x = 0; x < TAGGER_LABELS; x++) {
            behind[x] = backward[x] * scores[t][x];
            scores[t][x] = forward[t][x] * backward[x];
        }
        normalize(scores[t]);
        for (int x = 0; x < TAGGER_LABELS; x++) {
            backward[x] = 0;
            for (int y = 0; y < TAGGER_LABELS; y++)
                backward[x] += step[x][y] * behind[y];
        }
        normalize(backward);
    }
}

struct name_list {
    struct name *items;
    size_t count;
    size_t capacity;
};

/* Reads the names off the labels; an I- without its B- begins a name as well. */
static enum result take_names(struct arena *arena, const struct sentence *sentence, const uint8_t *labels, label_scores *probability,
                              struct name_list *names) {
    size_t count = sentence->last - sentence->first;
    for (size_t t = 0; t < count;) {
        if (labels[t] == TAGGER_OUTSIDE) {
            t++;
            continue;
        }
        int type = (labels[t] - 1) / 2;
        float score = probability[t][labels[t]];
        size_t end = t + 1;
        for (; end < count && labels[end] == TAGGER_INSIDE(type); end++)
            score = fminf(score, probability[end][labels[end]]);
        struct name *name = arena_push(arena, (void **)&names->items, &names->count, &names->capacity, sizeof *name);
        if (!name)
            return RESULT_MEMORY;
        *name = (struct name){(uint32_t)(sentence->first + t), (uint32_t)(sentence->first + end), (enum entity_type)type, score};
        t = end;
    }
    return RESULT_OK;
}

struct workspace { /* for the longest sentence */
    label_scores *scores;
    label_scores *forward;
    uint8_t (*back)[TAGGER_LABELS];
    uint8_t *labels;
};

static enum result workspace_make(struct arena *arena, const struct sentences *sentences, struct workspace *ret) {
    size_t longest = 1;
    for (size_t s = 0; s < sentences->count; s++)
        if (sentences->items[s].last - sentences->items[s].first > longest)
            longest = sentences->items[s].last - sentences->items[s].first;
    ret->scores = arena_alloc_array(arena, longest, sizeof *ret->scores);
    ret->forward = arena_alloc_array(arena, longest, sizeof *ret->forward);
    ret->back = arena_alloc_array(arena, longest, sizeof *ret->back);
    ret->labels = arena_alloc(arena, longest);
    return arena_failed(arena) ? RESULT_MEMORY : RESULT_OK;
}

enum result tagger_find(struct arena *arena, const struct tagger_header *header, const struct tokens *tokens,
                        const struct sentences *sentences, const struct names *guesses, struct names *ret) {
    struct model model = model_of(header);
    const struct tagger_view *view;
    struct workspace work;
    if (tagger_view_make(arena, tokens, sentences, guesses, &view) != RESULT_OK || workspace_make(arena, sentences, &work) != RESULT_OK)
        return RESULT_MEMORY;
    struct name_list names = {0};
    for (size_t s = 0; s < sentences->count; s++) {
        const struct sentence *sentence = &sentences->items[s];
        size_t count = sentence->last - sentence->first;
        if (!count)
            continue;
        for (size_t t = 0; t < count; t++)
            score_token(&model, view, sentence, sentence->first + t, work.scores[t]);
        viterbi(model.header, work.scores, count, work.back, work.labels);
        bool any = false;
        for (size_t t = 0; t < count; t++)
            any |= work.labels[t] != TAGGER_OUTSIDE;
        if (!any)
            continue;
        marginals(model.header, work.scores, count, work.forward);
        if (take_names(arena, sentence, work.labels, work.scores, &names) != RESULT_OK)
            return RESULT_MEMORY;
    }
    *ret = (struct names){names.items, names.count};
    return RESULT_OK;
}
