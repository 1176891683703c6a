#include "train/crf.h"

#include "extract/tagger_features.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { L = TAGGER_LABELS };

/* FTRL's two sums for one weight. */
struct weight {
    float z;
    float n;
};

struct row {
    struct weight weights[L];
};

struct sequence { /* one sentence, its features as row numbers */
    size_t first; /* token's place in the flat arrays */
    size_t count;
};

struct trainer {
    const struct crf_options *options;
    uint32_t *keys; /* open addressing: feature hash to row */
    uint32_t *row_of;
    uint32_t *seen;
    size_t mask;
    struct row *rows;
    uint32_t *row_keys;
    size_t row_count;
    uint32_t *features;    /* row numbers, flat */
    size_t *feature_begin; /* of each token, flat, one more than tokens */
    uint8_t *labels;
    struct sequence *sequences;
    size_t sequence_count;
    struct weight start[L], transition[L][L];
    uint64_t random;
};

static void *must(void *pointer) {
    if (!pointer) {
        perror("crf");
        exit(1);
    }
    return pointer;
}

static uint64_t next_random(struct trainer *trainer) { /* xorshift64* (Vigna 2016) */
    uint64_t x = trainer->random;
    x ^= x >> 12, x ^= x << 25, x ^= x >> 27;
    trainer->random = x;
    return x * UINT64_C(0x2545F4914F6CDD1D);
}

static size_t place_of(const struct trainer *trainer, uint32_t key) {
    size_t at = key * (size_t)2654435761U & trainer->mask;
    while (trainer->keys[at] && trainer->keys[at] != key)
        at = (at + 1) & trainer->mask;
    return at;
}

enum { TABLE_BITS = 26 };

/* One pass over all tokens of all sentences. */
typedef void on_token(struct trainer *trainer, const uint32_t *features, size_t count, uint8_t label, bool first);

static void each_token(struct trainer *trainer, const struct tagged *tagged, on_token *visit) {
    struct arena arena;
    arena_init(&arena, 0);
    for (size_t d = 0; d < tagged->count; d++) {
        const struct tagged_document *document = &tagged->documents[d];
        const struct tagger_view *view;
        if (tagger_view_make(&arena, &document->tokens, &document->sentences, &document->guesses, &view) != RESULT_OK)
            must(NULL);
        for (size_t s = 0; s < document->sentences.count; s++) {
            const struct sentence *sentence = &document->sentences.items[s];
            for (size_t i = sentence->first; i < sentence->last; i++) {
                uint32_t out[TAGGER_FEATURES_MAX];
                visit(trainer, out, tagger_features(view, sentence, i, out), document->labels[i], i == sentence->first);
            }
        }
        arena_reset(&arena);
    }
    arena_done(&arena);
}

static void count_features(struct trainer *trainer, const uint32_t *features, size_t count, uint8_t label, bool first) {
    (void)label, (void)first;
    for (size_t f = 0; f < count; f++) {
        uint32_t key = features[f] ? features[f] : 1;
        size_t at = place_of(trainer, key);
        trainer->keys[at] = key;
        trainer->seen[at]++;
    }
    trainer->feature_begin[0] += count;
}

static size_t token_count; /* written while the flat arrays are filled */
static size_t feature_count;

static void keep_token(struct trainer *trainer, const uint32_t *features, size_t count, uint8_t label, bool first) {
    if (first)
        trainer->sequences[trainer->sequence_count++] = (struct sequence){token_count, 0};
    trainer->sequences[trainer->sequence_count - 1].count++;
    for (size_t f = 0; f < count; f++) {
        size_t at = place_of(trainer, features[f] ? features[f] : 1);
        if (trainer->row_of[at])
            trainer->features[feature_count++] = trainer->row_of[at] - 1;
    }
    trainer->labels[token_count++] = label;
    trainer->feature_begin[token_count] = feature_count;
}

static void number_rows(struct trainer *trainer) {
    for (size_t at = 0; at <= trainer->mask; at++)
        if (trainer->seen[at] >= (uint32_t)trainer->options->count_min)
            trainer->row_of[at] = (uint32_t)++trainer->row_count;
    trainer->rows = must(calloc(trainer->row_count + 1, sizeof *trainer->rows));
    trainer->row_keys = must(calloc(trainer->row_count + 1, sizeof *trainer->row_keys));
    for (size_t at = 0; at <= trainer->mask; at++)
        if (trainer->row_of[at])
            trainer->row_keys[trainer->row_of[at] - 1] = trainer->keys[at];
}

static void load(struct trainer *trainer, const struct tagged *tagged) {
    size_t tokens = 0, sentences = 0;
    for (size_t d = 0; d < tagged->count; d++) {
        tokens += tagged->documents[d].tokens.count;
        sentences += tagged->documents[d].sentences.count;
    }
    trainer->mask = ((size_t)1 << TABLE_BITS) - 1;
    trainer->keys = must(calloc(trainer->mask + 1, sizeof *trainer->keys));
    trainer->row_of = must(calloc(trainer->mask + 1, sizeof *trainer->row_of));
    trainer->seen = must(calloc(trainer->mask + 1, sizeof *trainer->seen));
    trainer->feature_begin = must(calloc(tokens + 1, sizeof *trainer->feature_begin));
    each_token(trainer, tagged, count_features);
    trainer->features = must(calloc(trainer->feature_begin[0] + 1, sizeof *trainer->features));
    trainer->feature_begin[0] = 0;
    trainer->labels = must(calloc(tokens + 1, 1));
    trainer->sequences = must(calloc(sentences + 1, sizeof *trainer->sequences));
    number_rows(trainer);
    each_token(trainer, tagged, keep_token);
    free(trainer->keys), free(trainer->row_of), free(trainer->seen);
}

static float value_of(const struct crf_options *options, const struct weight *weight) {
    double z = weight->z;
    if (fabs(z) <= options->l1)
        return 0;
    return (float)(-(z - (z > 0 ? options->l1 : -options->l1)) /
                   ((options->beta + sqrt((double)weight->n)) / options->alpha + options->l2));
}

static void step(const struct crf_options *options, struct weight *weight, double gradient) {
    if (gradient == 0)
        return;
    double value = (double)value_of(options, weight);
    double n = (double)weight->n + gradient * gradient;
    weight->z += (float)(gradient - (sqrt(n) - sqrt((double)weight->n)) / options->alpha * value);
    weight->n = (float)n;
}

struct lattice { /* of one sentence */
    double (*score)[L];
    double (*forward)[L];
    double (*backward)[L];
    uint32_t *active; /* features left by dropout, flat */
    size_t *active_begin;
    size_t capacity;
    size_t active_capacity;
};

static void reserve(struct lattice *lattice, size_t tokens, size_t features) {
    if (tokens >= lattice->capacity) {
        lattice->capacity = tokens * 2 + 1;
        lattice->score = must(realloc(lattice->score, lattice->capacity * sizeof *lattice->score));
        lattice->forward = must(realloc(lattice->forward, lattice->capacity * sizeof *lattice->forward));
        lattice->backward = must(realloc(lattice->backward, lattice->capacity * sizeof *lattice->backward));
        lattice->active_begin = must(realloc(lattice->active_begin, (lattice->capacity + 1) * sizeof *lattice->active_begin));
    }
    if (features >= lattice->active_capacity) {
        lattice->active_capacity = features * 2 + 1;
        lattice->active = must(realloc(lattice->active, lattice->active_capacity * sizeof *lattice->active));
    }
}

static void emit(struct trainer *trainer, const struct sequence *sequence, struct lattice *lattice) {
    size_t kept = 0;
    uint64_t limit = (uint64_t)((1 - trainer->options->dropout) * 4294967296.0);
    for (size_t t = 0; t < sequence->count; t++) {
        memset(lattice->score[t], 0, sizeof lattice->score[t]);
        lattice->active_begin[t] = kept;
        for (size_t f = trainer->feature_begin[sequence->first + t]; f < trainer->feature_begin[sequence->first + t + 1]; f++) {
            if ((next_random(trainer) >> 32) >= limit)
                continue;
            lattice->active[kept++] = trainer->features[f];
            for (int y = 0; y < L; y++)
                lattice->score[t][y] += (double)value_of(trainer->options, &trainer->rows[trainer->features[f]].weights[y]);
        }
    }
    lattice->active_begin[sequence->count] = kept;
}

static void normalize(double row[L]) {
    double sum = 0;
    for (int y = 0; y < L; y++)
        sum += row[y];
    for (int y = 0; y < L; y++)
        row[y] /= sum;
}

/* Turns scores into factors exp(score - top) and runs both directions. */
static void sum_paths(struct lattice *lattice, size_t count, const double start[L], double (*transition)[L]) {
    for (size_t t = 0; t < count; t++) {
        double top = lattice->score[t][0];
        for (int y = 1; y < L; y++)
            top = fmax(top, lattice->score[t][y]);
        for (int y = 0; y < L; y++) {
            lattice->score[t][y] = exp(lattice->score[t][y] - top);
            double sum = t ? 0 : start[y];
            for (int x = 0; t && x < L; x++)
                sum += lattice->forward[t - 1][x] * transition[x][y];
            lattice->forward[t][y] = sum * lattice->score[t][y];
        }
        normalize(lattice->forward[t]);
    }
    for (size_t t = count; t-- > 0;) {
        for (int x = 0; x < L; x++) {
            double sum = t + 1 == count ? 1 : 0;
            for (int y = 0; t + 1 < count && y < L; y++)
                sum += transition[x][y] * lattice->score[t + 1][y] * lattice->backward[t + 1][y];
            lattice->backward[t][x] = sum;
        }
        normalize(lattice->backward[t]);
    }
}

static void learn_transitions(struct trainer *trainer, const struct sequence *sequence, struct lattice *lattice, double (*transition)[L]) {
    const uint8_t *labels = trainer->labels + sequence->first;
    for (size_t t = 1; t < sequence->count; t++) {
        double pair[L][L], sum = 0;
        for (int x = 0; x < L; x++)
            for (int y = 0; y < L; y++)
                sum += pair[x][y] = lattice->forward[t - 1][x] * transition[x][y] * lattice->score[t][y] * lattice->backward[t][y];
        for (int x = 0; x < L; x++)
            for (int y = 0; y < L; y++)
                step(trainer->options, &trainer->transition[x][y], pair[x][y] / sum - (labels[t - 1] == x && labels[t] == y));
    }
}

static double learn(struct trainer *trainer, const struct sequence *sequence, struct lattice *lattice) {
    double start[L], transition[L][L], loss = 0;
    const uint8_t *labels = trainer->labels + sequence->first;
    for (int x = 0; x < L; x++) {
        start[x] = exp((double)value_of(trainer->options, &trainer->start[x]));
        for (int y = 0; y < L; y++)
            transition[x][y] = exp((double)value_of(trainer->options, &trainer->transition[x][y]));
    }
    size_t features = trainer->feature_begin[sequence->first + sequence->count] - trainer->feature_begin[sequence->first];
    reserve(lattice, sequence->count, features);
    emit(trainer, sequence, lattice);
    sum_paths(lattice, sequence->count, start, transition);
    for (size_t t = 0; t < sequence->count; t++) {
        double marginal[L];
        for (int y = 0; y < L; y++)
            marginal[y] = lattice->forward[t][y] * lattice->backward[t][y];
        normalize(marginal);
        loss -= log(fmax(marginal[labels[t]], 1e-12));
        marginal[labels[t]] -= 1;
        for (int y = 0; y < L; y++) {
            if (fabs(marginal[y]) < 1e-6)
                continue;
            if (t == 0)
                step(trainer->options, &trainer->start[y], marginal[y]);
            for (size_t f = lattice->active_begin[t]; f < lattice->active_begin[t + 1]; f++)
                step(trainer->options, &trainer->rows[lattice->active[f]].weights[y], marginal[y]);
        }
    }
    learn_transitions(trainer, sequence, lattice, transition);
    return loss;
}

struct heavy {
    float weight;
    uint32_t row;
};

static int by_weight(const void *a, const void *b) {
    float x = ((const struct heavy *)a)->weight, y = ((const struct heavy *)b)->weight;
    return (x < y) - (x > y);
}

static const uint32_t *compared_keys; /* qsort has no context */

static int by_key(const void *a, const void *b) {
    uint32_t x = compared_keys[((const struct heavy *)a)->row], y = compared_keys[((const struct heavy *)b)->row];
    return (x < y) - (x > y);
}

static void put_row(struct tagger_header *header, const struct trainer *trainer, uint32_t row, float keep) {
    uint32_t *keys = (uint32_t *)(header + 1), mask = header->slot_count - 1;
    int8_t(*rows)[TAGGER_ROW] = (int8_t(*)[TAGGER_ROW])(keys + header->slot_count);
    uint32_t at = trainer->row_keys[row] & mask;
    while (keys[at])
        at = (at + 1) & mask;
    keys[at] = trainer->row_keys[row];
    for (int y = 0; y < L; y++)
        rows[at][y] =
            (int8_t)lrintf(fminf(fmaxf(keep * value_of(trainer->options, &trainer->rows[row].weights[y]) / header->scale, -127), 127));
}

static struct tagger_header *export_model(const struct trainer *trainer, size_t *ret_size) {
    struct heavy *heavy = must(calloc(trainer->row_count + 1, sizeof *heavy));
    size_t count = 0;
    float top = 0, keep = (float)(1 - trainer->options->dropout);
    for (uint32_t row = 0; row < trainer->row_count; row++) {
        float weight = 0;
        for (int y = 0; y < L; y++)
            weight = fmaxf(weight, fabsf(value_of(trainer->options, &trainer->rows[row].weights[y])));
        if (weight > 0)
            heavy[count++] = (struct heavy){weight, row};
        top = fmaxf(top, weight);
    }
    fprintf(stderr, "%zu of %zu features have a weight; the heaviest %.2f\n", count, trainer->row_count, (double)top);
    qsort(heavy, count, sizeof *heavy, by_weight);
    count = count < trainer->options->features_max ? count : trainer->options->features_max;
    uint32_t slots = 1024;
    while ((double)slots * 0.8 < (double)count)
        slots *= 2;
    *ret_size = sizeof(struct tagger_header) + slots * (sizeof(uint32_t) + TAGGER_ROW);
    struct tagger_header *header = must(calloc(1, *ret_size));
    *header =
        (struct tagger_header){.magic = "QTAG", .version = TAGGER_VERSION, .labels = L, .slot_count = slots, .scale = keep * top / 127};
    for (int x = 0; x < L; x++) {
        header->start[x] = value_of(trainer->options, &trainer->start[x]);
        for (int y = 0; y < L; y++)
            header->transition[x][y] = value_of(trainer->options, &trainer->transition[x][y]);
    }
    compared_keys = trainer->row_keys;
    qsort(heavy, count, sizeof *heavy, by_key);
    for (size_t i = 0; i < count; i++)
        put_row(header, trainer, heavy[i].row, keep);
    free(heavy);
    return header;
}

static void shuffle(struct trainer *trainer) {
    for (size_t i = trainer->sequence_count; i > 1; i--) {
        size_t j = (size_t)(next_random(trainer) % i);
        struct sequence swap = trainer->sequences[i - 1];
        trainer->sequences[i - 1] = trainer->sequences[j];
        trainer->sequences[j] = swap;
    }
}

struct tagger_header *crf_train(const struct tagged *tagged, const struct crf_options *options, size_t *ret_size) {
    struct trainer trainer = {.options = options, .random = options->seed | 1};
    struct lattice lattice = {0};
    token_count = feature_count = 0;
    load(&trainer, tagged);
    fprintf(stderr, "%zu documents, %zu sentences, %zu tokens, %zu features\n", tagged->count, trainer.sequence_count, token_count,
            trainer.row_count);
    for (int epoch = 1; epoch <= options->epochs; epoch++) {
        double loss = 0;
        shuffle(&trainer);
        for (size_t s = 0; s < trainer.sequence_count; s++)
            loss += learn(&trainer, &trainer.sequences[s], &lattice);
        fprintf(stderr, "epoch %d: loss %.4f a token\n", epoch, loss / (double)token_count);
    }
    struct tagger_header *model = export_model(&trainer, ret_size);
    free(lattice.score), free(lattice.forward), free(lattice.backward), free(lattice.active), free(lattice.active_begin);
    free(trainer.rows), free(trainer.row_keys), free(trainer.features), free(trainer.feature_begin), free(trainer.labels),
        free(trainer.sequences);
    return model;
}
