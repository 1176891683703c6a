/* Any bytes, made valid by utf8_repair, through the whole extractor: every range lies in the text, quotes are ascending and disjoint, and
   what a quote says of its words is what stands there. The first byte chooses whether the input is taken whole or cleaned. */

#include "base/utf8.h"
#include "extract/extract.h"
#include "tests/fuzz/fuzz_target.h"

enum { BLOCKS_MAX = 4096 };
enum { ARENA_BYTES_MAX = 1 << 30 };

static struct span text_at(const struct utf8_index *index, struct range range) {
    size_t start = 0, length;
    for (uint32_t i = 0; i < range.start; i++, start += length)
        utf8_decode(index->text, start, &length);
    size_t end = start;
    for (uint32_t i = range.start; i < range.end; i++, end += length)
        utf8_decode(index->text, end, &length);
    return span_slice(index->text, start, end);
}

static void check_quote(const struct article *article, const struct utf8_index *index, uint32_t count, const struct quote *quote) {
    CHECK(quote->range.start < quote->range.end && quote->range.end <= count);
    CHECK(span_equal(text_at(index, quote->range), quote->text));
    CHECK(quote->speaker_range.start <= quote->speaker_range.end && quote->speaker_range.end <= count);
    CHECK(span_equal(text_at(index, quote->speaker_range), quote->speaker_text));
    CHECK(quote->cue_range.start <= quote->cue_range.end && quote->cue_range.end <= count);
    CHECK(span_equal(text_at(index, quote->cue_range), quote->cue));
    CHECK(quote->speaker == SPEAKER_NONE || (quote->speaker >= 0 && (size_t)quote->speaker < article->entity_count));
    CHECK(quote->confidence > 0 && quote->confidence <= 1);
    CHECK(quote->rule != NULL);
    for (size_t i = 0; i < quote->about_count; i++)
        CHECK(quote->about[i] >= 0 && (size_t)quote->about[i] < article->entity_count);
}

static void check_article(struct arena *arena, const struct article *article) {
    struct utf8_index index;
    CHECK(utf8_valid(article->text, NULL));
    if (utf8_index_make(arena, article->text, &index))
        return;
    uint32_t count = (uint32_t)utf8_count(article->text), end = 0;
    for (size_t i = 0; i < article->entity_count; i++) {
        CHECK(article->entities[i].mention_count > 0);
        for (size_t k = 0; k < article->entities[i].mention_count; k++) {
            struct range range = article->entities[i].mentions[k].range;
            CHECK(range.start < range.end && range.end <= count);
        }
    }
    for (size_t i = 0; i < article->quote_count; i++) {
        check_quote(article, &index, count, &article->quotes[i]);
        CHECK(article->quotes[i].range.start >= end);
        end = article->quotes[i].range.end;
    }
}

static size_t split_blocks(struct span text, struct block *blocks) {
    size_t count = 0;
    struct span line;
    while (count < BLOCKS_MAX && span_split(&text, '\n', &line)) {
        line = span_trim(line);
        if (line.length > 0)
            blocks[count++] = (struct block){line, BLOCK_PARAGRAPH};
    }
    return count;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    if (size < 1)
        return 0;
    static struct block blocks[BLOCKS_MAX];
    struct arena arena;
    struct span text;
    enum utf8_origin origin;
    struct error error;
    struct article article;
    arena_init(&arena, ARENA_BYTES_MAX);
    if (utf8_repair(&arena, (struct span){(const char *)data + 1, size - 1}, &text, &origin, &error) == RESULT_OK) {
        struct document document = {.blocks = blocks, .block_count = split_blocks(text, blocks), .whole = data[0] % 2 == 1};
        if (extract_article(&arena, &document, &article, &error) == RESULT_OK)
            check_article(&arena, &article);
    }
    arena_done(&arena);
    return 0;
}
