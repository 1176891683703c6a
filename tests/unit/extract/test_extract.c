#include "tests/unit/base/check.h"

#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "extract/extract.h"

enum { BLOCKS_MAX = 64 };

struct fixture {
    struct arena arena;
    struct block blocks[BLOCKS_MAX];
    struct document document;
    struct article article;
    struct error error;
};

/* Paragraphs are separated by empty lines. */
static enum result extract_text(struct fixture *fixture, struct span text) {
    arena_init(&fixture->arena, 0);
    size_t count = 0;
    struct span line;
    while (count < BLOCKS_MAX && span_split(&text, '\n', &line))
        if (span_trim(line).length > 0)
            fixture->blocks[count++] = (struct block){span_trim(line), BLOCK_PARAGRAPH};
    fixture->document = (struct document){.blocks = fixture->blocks, .block_count = count, .whole = true};
    return extract_article(&fixture->arena, &fixture->document, &fixture->article, &fixture->error);
}

static const char story[] =
    "QUILLPORT, May 3 (Radio Nine) – “The piers are safe,” Harbour Minister Ada Møss said on Monday.\n\n"
    "“Nobody has to worry, not even in a storm,” she told Radio Nine. “We built them well.”\n\n"
    "Mayor Bo Trenk called the piers “a long joke” and said that Møss was a friend of the builders.\n\n"
    "‘Zażółć gęślą jaźń’ is written over the café’s door.\n\n"
    "According to Trenk, the port will close.";

static const struct quote *find_quote(const struct article *article, const char *words) {
    for (size_t i = 0; i < article->quote_count; i++)
        if (span_equal(article->quotes[i].text, span_of(words)))
            return &article->quotes[i];
    fail_msg("no quote <%s>", words);
    return NULL;
}

static struct span speaker_name(const struct article *article, const struct quote *quote) {
    return quote->speaker == SPEAKER_NONE ? (struct span){NULL, 0} : article->entities[quote->speaker].name;
}

static void test_extract__quotes_with_their_speakers(void **state) {
    (void)state;
    struct fixture fixture;
    assert_int_equal(extract_text(&fixture, span_of(story)), RESULT_OK);
    const struct article *article = &fixture.article;
    const struct quote *quote = find_quote(article, "The piers are safe,");
    assert_span(speaker_name(article, quote), "Ada Møss");
    assert_span(quote->cue, "said");
    assert_int_equal(quote->kind, QUOTE_DIRECT);
    assert_span(speaker_name(article, find_quote(article, "We built them well.")), "Ada Møss");
    quote = find_quote(article, "a long joke");
    assert_span(speaker_name(article, quote), "Bo Trenk");
    assert_int_equal(quote->kind, QUOTE_MIXED);
    quote = find_quote(article, "the port will close");
    assert_int_equal(quote->kind, QUOTE_INDIRECT);
    assert_span(speaker_name(article, quote), "Bo Trenk");
    arena_done(&fixture.arena);
}

static void test_extract__metadata_of_the_document_is_kept(void **state) {
    (void)state;
    struct fixture fixture;
    arena_init(&fixture.arena, 0);
    struct block block = {SPAN("\"We are open,\" said Ada Moss."), BLOCK_PARAGRAPH};
    struct document document = {.title = SPAN("Port opens"),
                                .blocks = &block,
                                .block_count = 1,
                                .whole = true,
                                .url = SPAN("https://quill.example/1"),
                                .language = SPAN("en"),
                                .section = SPAN("Ports")};
    assert_int_equal(extract_article(&fixture.arena, &document, &fixture.article, &fixture.error), RESULT_OK);
    assert_span(fixture.article.title, "Port opens");
    assert_span(fixture.article.url, "https://quill.example/1");
    assert_span(fixture.article.language, "en");
    assert_span(fixture.article.section, "Ports");
    arena_done(&fixture.arena);
}

static void test_extract__no_story_is_invalid(void **state) {
    (void)state;
    struct fixture fixture;
    assert_int_equal(extract_text(&fixture, SPAN("")), RESULT_INVALID);
    assert_true(strlen(fixture.error.message) > 0);
    arena_done(&fixture.arena);
}

static void test_extract__too_long_a_story(void **state) {
    (void)state;
    enum { SIZE = STORY_BYTES_MAX + 2 };
    char *text = malloc(SIZE);
    assert_non_null(text);
    for (size_t i = 0; i < SIZE; i++)
        text[i] = i % 8 == 7 ? ' ' : 'a';
    text[SIZE - 1] = 'a';
    struct fixture fixture;
    assert_int_equal(extract_text(&fixture, (struct span){text, SIZE}), RESULT_TOO_LARGE);
    arena_done(&fixture.arena);
    free(text);
}

static void test_extract__memory_ceiling(void **state) {
    (void)state;
    for (size_t ceiling = 1; ceiling < 200000; ceiling += ceiling / 2 + 64) {
        struct arena arena;
        arena_init(&arena, ceiling);
        struct block block = {SPAN("\"We are open,\" said Ada Moss. Bo Trenk called her \"a friend\" and said that he was glad."),
                              BLOCK_PARAGRAPH};
        struct document document = {.blocks = &block, .block_count = 1, .whole = true};
        struct article article;
        struct error error;
        enum result result = extract_article(&arena, &document, &article, &error);
        assert_true(result == RESULT_OK || result == RESULT_MEMORY);
        arena_done(&arena);
    }
}

/* The bytes of a code-point range, counted from the text's begin: not by the table that the extractor uses. */
static struct span slice_code_points(struct span text, struct range range) {
    size_t offsets[2] = {0, 0}, length, at = 0;
    for (uint32_t i = 0; i <= range.end; i++) {
        if (i == range.start)
            offsets[0] = at;
        if (i == range.end)
            offsets[1] = at;
        if (at < text.length) {
            utf8_decode(text, at, &length);
            at += length;
        }
    }
    return span_slice(text, offsets[0], offsets[1]);
}

static void check_invariants(const struct article *article) {
    uint32_t count = (uint32_t)utf8_count(article->text), end = 0;
    for (size_t i = 0; i < article->quote_count; i++) {
        const struct quote *quote = &article->quotes[i];
        assert_true(quote->range.start >= end && quote->range.start < quote->range.end && quote->range.end <= count);
        assert_true(quote->speaker_range.end <= count && quote->cue_range.end <= count);
        assert_true(span_equal(slice_code_points(article->text, quote->range), quote->text));
        assert_true(span_equal(slice_code_points(article->text, quote->speaker_range), quote->speaker_text));
        assert_true(span_equal(slice_code_points(article->text, quote->cue_range), quote->cue));
        assert_true(quote->speaker == SPEAKER_NONE || (size_t)quote->speaker < article->entity_count);
        assert_true(quote->confidence > 0 && quote->confidence <= 1);
        for (size_t k = 0; k < quote->about_count; k++) {
            assert_true(quote->about[k] >= 0 && (size_t)quote->about[k] < article->entity_count);
            assert_true(quote->about[k] != quote->speaker);
            for (size_t m = 0; m < k; m++)
                assert_int_not_equal(quote->about[m], quote->about[k]);
        }
        end = quote->range.end;
    }
    for (size_t i = 0; i < article->entity_count; i++) {
        const struct entity *entity = &article->entities[i];
        assert_true(entity->mention_count > 0);
        for (size_t k = 0; k < entity->mention_count; k++) {
            assert_true(entity->mentions[k].range.start < entity->mentions[k].range.end && entity->mentions[k].range.end <= count);
            assert_true(k == 0 || entity->mentions[k].range.start >= entity->mentions[k - 1].range.end);
        }
    }
}

static uint32_t next_random(uint32_t *seed) {
    *seed = *seed * 1664525u + 1013904223u;
    return *seed >> 8;
}

/* Words, marks and letters of several scripts taken out, doubled and put elsewhere. */
static size_t mutate(char *text, size_t length, size_t capacity, uint32_t *seed) {
    static const char *const pieces[] = {"\"",   "“",     "”",      "'",    "‘", "’",    "«", "»",   ", ", ". ", "said ",
                                         "who ", "that ", "Трамп ", "東京", "é", "\n\n", ":", " - ", "(",  ")"};
    enum { PIECES = sizeof pieces / sizeof *pieces };
    for (int edits = 0; edits < 12; edits++) {
        size_t at = next_random(seed) % (length + 1);
        while (at < length && ((unsigned char)text[at] & 0xC0) == 0x80)
            at++;
        size_t cut = next_random(seed) % 3 == 0 ? next_random(seed) % 30 : 0;
        size_t end = at + cut < length ? at + cut : length;
        while (end < length && ((unsigned char)text[end] & 0xC0) == 0x80)
            end++;
        memmove(text + at, text + end, length - end);
        length -= end - at;
        const char *piece = pieces[next_random(seed) % PIECES];
        size_t size = strlen(piece);
        if (length + size > capacity)
            continue;
        memmove(text + at + size, text + at, length - at);
        memcpy(text + at, piece, size);
        length += size;
    }
    return length;
}

static void test_extract__invariants_hold_for_mutated_stories(void **state) {
    (void)state;
    enum { ROUNDS = 1500 };
    uint32_t seed = 7;
    for (int i = 0; i < ROUNDS; i++) {
        char text[2 * sizeof story];
        memcpy(text, story, sizeof story - 1);
        size_t length = mutate(text, sizeof story - 1, sizeof text, &seed);
        struct fixture fixture;
        if (extract_text(&fixture, (struct span){text, length}) == RESULT_OK)
            check_invariants(&fixture.article);
        arena_done(&fixture.arena);
    }
}

static void test_extract__same_input_same_output(void **state) {
    (void)state;
    struct fixture a, b;
    assert_int_equal(extract_text(&a, span_of(story)), RESULT_OK);
    assert_int_equal(extract_text(&b, span_of(story)), RESULT_OK);
    assert_int_equal(a.article.quote_count, b.article.quote_count);
    for (size_t i = 0; i < a.article.quote_count; i++) {
        const struct quote *x = &a.article.quotes[i], *y = &b.article.quotes[i];
        assert_int_equal(x->range.start, y->range.start);
        assert_int_equal(x->speaker, y->speaker);
        assert_string_equal(x->rule, y->rule);
    }
    arena_done(&a.arena);
    arena_done(&b.arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_extract__quotes_with_their_speakers),
        cmocka_unit_test(test_extract__metadata_of_the_document_is_kept),
        cmocka_unit_test(test_extract__no_story_is_invalid),
        cmocka_unit_test(test_extract__too_long_a_story),
        cmocka_unit_test(test_extract__memory_ceiling),
        cmocka_unit_test(test_extract__invariants_hold_for_mutated_stories),
        cmocka_unit_test(test_extract__same_input_same_output),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
