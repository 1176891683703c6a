/* extract FILE: how fast the whole extraction is on one core. FILE has articles as bench/generate prints them. Prints articles and MB a
   second over all of them, then the same for one document that grows to a megabyte, and the most memory that was used. */

#include "extract/extract.h"
#include "base/cleanup.h"

#include <jansson.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

enum {
    ARTICLES_MAX = 100000,
    PARAGRAPHS_MAX = 1 << 20,
    GROWN_LEAST = 4 << 10,
    GROWN_MOST = 1 << 20, /* "no slower than linear in the length of a document up to 1 MB" */
    GROWN_RUNS = 3,       /* the best counts: others use the machine too */
};

struct corpus {
    json_t *articles[ARTICLES_MAX]; /* own the texts */
    size_t count, bytes;
};

struct timing {
    double seconds;
    size_t memory, quotes, entities;
};

static void close_file(FILE **file) {
    if (*file)
        fclose(*file);
}

static void corpus_free(struct corpus **corpus) {
    for (size_t i = 0; *corpus && i < (*corpus)->count; i++)
        json_decref((*corpus)->articles[i]);
    free(*corpus);
}

static struct span field(const json_t *article, const char *key) {
    const json_t *value = json_object_get(article, key);
    return json_is_string(value) ? (struct span){json_string_value(value), json_string_length(value)} : (struct span){0};
}

static bool read_corpus(const char *path, struct corpus *corpus) {
    CLEANUP(close_file) FILE *file = fopen(path, "r");
    json_error_t error;
    while (file && corpus->count < ARTICLES_MAX) {
        json_t *article = json_loadf(file, JSON_DISABLE_EOF_CHECK, &error);
        if (!article)
            break;
        corpus->articles[corpus->count++] = article;
        corpus->bytes += field(article, "text").length;
    }
    return corpus->count > 0;
}

static size_t split_paragraphs(struct span text, struct block *blocks, size_t count) {
    for (size_t at = 0; at < text.length && count < PARAGRAPHS_MAX; count++) {
        size_t end = span_find(text, SPAN("\n\n"), at);
        blocks[count] = (struct block){.text = span_slice(text, at, end), .kind = BLOCK_PARAGRAPH};
        at = end == SIZE_MAX ? text.length : end + 2;
    }
    return count;
}

/* Of this thread: what others do on the machine is not the extraction's time. */
static double cpu_seconds(void) {
    struct timespec now;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static bool extract_one(struct arena *arena, const struct document *document, struct timing *timing) {
    struct article article;
    struct error error = {0};
    double begin = cpu_seconds();
    enum result result = extract_article(arena, document, &article, &error);
    timing->seconds += cpu_seconds() - begin;
    if (result != RESULT_OK) {
        fprintf(stderr, "extract: %s\n", error.message);
        return false;
    }
    timing->memory = arena->used > timing->memory ? arena->used : timing->memory;
    timing->quotes += article.quote_count;
    timing->entities += article.entity_count;
    return true;
}

static bool measure_articles(const struct corpus *corpus, struct block *blocks) {
    struct timing timing = {0};
    CLEANUP(arena_done) struct arena arena;
    arena_init(&arena, 0);
    for (size_t i = 0; i < corpus->count; i++) {
        struct document document = {.title = field(corpus->articles[i], "title"),
                                    .url = field(corpus->articles[i], "url"),
                                    .blocks = blocks,
                                    .language = SPAN("en")};
        document.block_count = split_paragraphs(field(corpus->articles[i], "text"), blocks, 0);
        if (!extract_one(&arena, &document, &timing))
            return false;
        arena_reset(&arena);
    }
    double count = (double)corpus->count;
    printf(
        "extraction, one core: %zu articles of %.1f KB: %.0f articles/s, %.2f MB/s, %.0f us each; %.1f entities, %.1f quotes, at most %.0f "
        "KB "
        "of memory an article\n",
        corpus->count, (double)corpus->bytes / count / 1e3, count / timing.seconds, (double)corpus->bytes / timing.seconds / 1e6,
        timing.seconds / count * 1e6, (double)timing.entities / count, (double)timing.quotes / count, (double)timing.memory / 1e3);
    return true;
}

/* The paragraphs of as many articles as it takes, each other article's names among them. */
static bool measure_grown(const struct corpus *corpus, struct block *blocks, size_t bytes, double *ret_us_per_kb) {
    size_t count = 0, length = 0;
    for (size_t i = 0; i < corpus->count && length < bytes; i++) {
        size_t first = count;
        count = split_paragraphs(field(corpus->articles[i], "text"), blocks, count);
        for (size_t j = first; j < count; j++)
            length += blocks[j].text.length;
        while (count > first + 1 && length > bytes)
            length -= blocks[--count].text.length;
    }
    struct timing best = {0};
    for (int run = 0; run < GROWN_RUNS; run++) {
        struct timing timing = {0};
        CLEANUP(arena_done) struct arena arena;
        arena_init(&arena, 0);
        const struct document document = {.title = SPAN("A long day"), .blocks = blocks, .block_count = count, .language = SPAN("en")};
        if (!extract_one(&arena, &document, &timing))
            return false;
        if (run == 0 || timing.seconds < best.seconds)
            best = timing;
    }
    *ret_us_per_kb = best.seconds * 1e6 / ((double)length / 1e3);
    printf("  %8.1f KB  %9.2f ms  %6.1f us/KB  %8.1f MB of memory\n", (double)length / 1e3, best.seconds * 1e3, *ret_us_per_kb,
           (double)best.memory / 1e6);
    return true;
}

static bool measure(const struct corpus *corpus) {
    CLEANUP_FREE struct block *blocks = calloc(PARAGRAPHS_MAX, sizeof *blocks);
    if (!blocks || !measure_articles(corpus, blocks))
        return false;
    puts("one document that grows (linear: the time of a KB stays as it is)");
    double first = 0, last = 0;
    for (size_t bytes = GROWN_LEAST; bytes <= GROWN_MOST && bytes <= corpus->bytes; bytes *= 4) {
        if (!measure_grown(corpus, blocks, bytes, &last))
            return false;
        first = first > 0 ? first : last;
    }
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    printf(
        "a KB of the longest took %.2f times as long as one of the shortest; peak resident %.0f MB, %.0f MB of it the articles "
        "themselves\n",
        last / first, (double)usage.ru_maxrss / 1e3, (double)corpus->bytes / 1e6);
    return true;
}

int main(int count, char **arguments) {
    CLEANUP(corpus_free) struct corpus *corpus = calloc(1, sizeof *corpus);
    if (count != 2 || !corpus) {
        fputs("usage: extract FILE\n", stderr);
        return 2;
    }
    if (!read_corpus(arguments[1], corpus)) {
        fprintf(stderr, "extract: no articles in %s\n", arguments[1]);
        return 1;
    }
    return measure(corpus) ? 0 : 1;
}
