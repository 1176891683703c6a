/* Any bytes as the lines of a page: what is kept must be well-formed, normalized paragraphs, every unit must come out exactly once (as
   title, story or dropped), and the same page must give the same story twice. */

#include <string.h>

#include "base/utf8.h"
#include "extract/clean.h"
#include "tests/fuzz/fuzz_target.h"

static void split_lines(struct arena *arena, struct span text, struct document *document) {
    struct block *blocks = NULL;
    size_t count = 0, capacity = 0;
    struct span line;
    while (span_split(&text, '\n', &line)) {
        struct block *block = arena_push(arena, (void **)&blocks, &count, &capacity, sizeof(*block));
        CHECK(block);
        /* A page break stands for a heading. */
        *block = (struct block){line, line.length > 0 && line.data[0] == '\f' ? BLOCK_HEADING : BLOCK_PARAGRAPH};
    }
    document->blocks = blocks;
    document->block_count = count;
}

static void check_text(struct arena *arena, struct span text) {
    struct span normal;
    size_t bad;
    CHECK(text.length > 0 && utf8_valid(text, &bad));
    CHECK(utf8_normalize(arena, text, &normal) == RESULT_OK && span_equal(normal, text));
    CHECK(text.data[0] != '\n' && text.data[0] != ' ');
    CHECK(text.data[text.length - 1] != '\n' && text.data[text.length - 1] != ' ');
    CHECK(span_find(text, SPAN("\n\n\n"), 0) == SIZE_MAX && span_find(text, SPAN("  "), 0) == SIZE_MAX);
    CHECK(span_find(text, SPAN(" \n"), 0) == SIZE_MAX && span_find(text, SPAN("\n "), 0) == SIZE_MAX);
    for (size_t i = 0; i < text.length; i++)
        CHECK((unsigned char)text.data[i] >= ' ' || text.data[i] == '\n');
}

/* Nothing invisible; only the whole of an input keeps that. */
static void check_visible(struct span text) {
    CHECK(span_find(text, SPAN("\u00AD"), 0) == SIZE_MAX && span_find(text, SPAN("\u200B"), 0) == SIZE_MAX);
}

static bool is_ascii(struct span text) {
    for (size_t i = 0; i < text.length; i++)
        if ((unsigned char)text.data[i] >= 0x80)
            return false;
    return true;
}

static size_t paragraphs(struct span text) {
    size_t count = text.length > 0;
    for (size_t at = 0; (at = span_find(text, SPAN("\n\n"), at)) != SIZE_MAX; at += 2)
        count++;
    return count;
}

static void check_body(struct arena *arena, const struct body *body) {
    check_text(arena, body->text);
    for (size_t i = 0; i < body->dropped_count; i++) {
        check_text(arena, body->dropped[i].text);
        CHECK(body->dropped[i].why && body->dropped[i].why[0]);
    }
    for (size_t i = 0; i < body->author_count; i++)
        CHECK(body->authors[i].length > 0);
    CHECK((body->published.precision == PRECISION_NONE) == (body->published_from == NULL));
}

static enum result clean(struct arena *arena, struct span text, bool whole, struct body *ret) {
    struct document document = {.whole = whole};
    struct error error = {0};
    split_lines(arena, text, &document);
    enum result result = body_find(arena, &document, ret, &error);
    CHECK(result == RESULT_OK || (result == RESULT_INVALID && error.message[0]));
    return result;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct arena arena;
    arena_init(&arena, 0);
    struct body body, again, whole;
    struct span text = input_span(data, size);
    enum result result = clean(&arena, text, false, &body);
    enum result whole_result = clean(&arena, text, true, &whole);
    if (result == RESULT_OK) {
        check_body(&arena, &body);
        check_visible(body.text);
        CHECK(clean(&arena, text, false, &again) == RESULT_OK && span_equal(body.text, again.text));
        CHECK(body.dropped_count == again.dropped_count && span_equal(body.title, again.title));
        CHECK(whole_result == RESULT_OK);
        check_body(&arena, &whole);
        CHECK(whole.dropped_count == 0 && whole.title.length == 0);
        /* Lines with nothing visible in them are paragraphs of the whole only. */
        size_t units = paragraphs(body.text) + body.dropped_count + (body.title.length > 0);
        CHECK(units <= paragraphs(whole.text));
        CHECK(units == paragraphs(whole.text) || !is_ascii(text));
    }
    arena_done(&arena);
    return 0;
}
