/* Trains the name tagger and writes its model; with --dev also scores it (exact span and type) on tagged files. */

#include "train/crf.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char usage[] =
    "usage: tagger_train [--epochs N] [--l1 X] [--alpha X] [--dropout X] [--seed N] [--features N] [--count-min N] [--times N FILE] "
    "[--dev FILE] --out MODEL FILE...\n"
    "FILE: token TAB tag lines (BIO; PER, ORG, LOC), an empty line between sentences. --times N FILE reads a file N times.\n";

struct score {
    size_t hit, got, want;
};

static size_t spans_of(const struct tagged_document *document, struct name *out) {
    size_t count = 0;
    for (uint32_t i = 0; i < document->tokens.count; i++) {
        int label = document->labels[i];
        bool follows = i && label && label % 2 == 0 && (document->labels[i - 1] + 1) / 2 == label / 2;
        if (label && !follows)
            out[count++] = (struct name){i, i + 1, (enum entity_type)((label - 1) / 2), 1};
        else if (follows)
            out[count - 1].last = i + 1;
    }
    return count;
}

static void add_score(struct score scores[3], const struct name *gold, size_t gold_count, const struct names *names) {
    for (size_t g = 0; g < gold_count; g++)
        scores[gold[g].type].want++;
    for (size_t n = 0; n < names->count; n++) {
        const struct name *name = &names->items[n];
        scores[name->type].got++;
        for (size_t g = 0; g < gold_count; g++)
            scores[name->type].hit += gold[g].first == name->first && gold[g].last == name->last && gold[g].type == name->type;
    }
}

static double f1(const struct score *score) {
    return score->got + score->want ? 200.0 * (double)score->hit / (double)(score->got + score->want) : 0;
}

static bool evaluate(const struct tagger_header *model, const char *path) {
    struct tagged dev;
    struct score scores[3] = {{0}};
    tagged_init(&dev);
    bool done = tagged_read(&dev, path);
    for (size_t d = 0; done && d < dev.count; d++) {
        struct arena arena;
        struct names names;
        arena_init(&arena, 0);
        struct name *gold = arena_alloc_array(&arena, dev.documents[d].tokens.count + 1, sizeof *gold);
        done = gold && tagger_find(&arena, model, &dev.documents[d].tokens, &dev.documents[d].sentences, &dev.documents[d].guesses,
                                   &names) == RESULT_OK;
        if (done)
            add_score(scores, gold, spans_of(&dev.documents[d], gold), &names);
        arena_done(&arena);
    }
    struct score all = {scores[0].hit + scores[1].hit + scores[2].hit, scores[0].got + scores[1].got + scores[2].got,
                        scores[0].want + scores[1].want + scores[2].want};
    printf("%s: F1 %.1f (PER %.1f ORG %.1f LOC %.1f), P %.1f R %.1f\n", path, f1(&all), f1(&scores[0]), f1(&scores[1]), f1(&scores[2]),
           100.0 * (double)all.hit / (double)(all.got ? all.got : 1), 100.0 * (double)all.hit / (double)(all.want ? all.want : 1));
    tagged_done(&dev);
    return done;
}

static bool write_file(const char *path, const void *data, size_t size) {
    FILE *file = fopen(path, "wb");
    bool done = file && fwrite(data, 1, size, file) == size;
    done = (!file || fclose(file) == 0) && done;
    if (!done)
        perror(path);
    return done;
}

enum { DEV_FILES_MAX = 8 };

struct request {
    struct crf_options options;
    const char *out;
    const char *dev[DEV_FILES_MAX];
    size_t dev_count;
};

/* Takes the arguments in order, reading the training files as they come. */
static bool take_arguments(int argc, char **argv, struct request *request, struct tagged *tagged) {
    struct crf_options *options = &request->options;
    for (int i = 1; i < argc; i++) {
        const char *name = argv[i];
        if (name[0] != '-') {
            if (!tagged_read(tagged, name))
                return false;
            continue;
        }
        if (i + 1 >= argc)
            return false;
        const char *value = argv[++i];
        if (!strcmp(name, "--epochs"))
            options->epochs = atoi(value);
        else if (!strcmp(name, "--l1"))
            options->l1 = atof(value);
        else if (!strcmp(name, "--alpha"))
            options->alpha = atof(value);
        else if (!strcmp(name, "--dropout"))
            options->dropout = atof(value);
        else if (!strcmp(name, "--seed"))
            options->seed = strtoull(value, NULL, 10);
        else if (!strcmp(name, "--features"))
            options->features_max = strtoull(value, NULL, 10);
        else if (!strcmp(name, "--count-min"))
            options->count_min = atoi(value);
        else if (!strcmp(name, "--out"))
            request->out = value;
        else if (!strcmp(name, "--dev") && request->dev_count < DEV_FILES_MAX)
            request->dev[request->dev_count++] = value;
        else if (!strcmp(name, "--times") && i + 1 < argc) {
            for (int times = atoi(value), n = 0; n < times; n++)
                if (!tagged_read(tagged, argv[i + 1]))
                    return false;
            i++;
        } else
            return false;
    }
    return request->out && tagged->count;
}

int main(int argc, char **argv) {
    struct request request = {
        .options = {
            .alpha = 0.05, .beta = 1, .l1 = 2, .l2 = 0, .dropout = 0.25, .epochs = 10, .count_min = 2, .seed = 1, .features_max = 104000}};
    struct tagged tagged;
    tagged_init(&tagged);
    if (!take_arguments(argc, argv, &request, &tagged)) {
        fputs(usage, stderr);
        return 2;
    }
    size_t size;
    struct tagger_header *model = crf_train(&tagged, &request.options, &size);
    bool done = write_file(request.out, model, size);
    fprintf(stderr, "%s: %zu bytes\n", request.out, size);
    for (size_t i = 0; i < request.dev_count; i++)
        done = evaluate(model, request.dev[i]) && done;
    free(model);
    tagged_done(&tagged);
    return done ? 0 : 1;
}
