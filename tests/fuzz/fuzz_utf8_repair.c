#include "tests/fuzz/fuzz_target.h"

#include "base/cleanup.h"
#include "base/utf8.h"

#include <string.h>

/* Whatever comes in: repaired text is UTF-8 without NULs and strange controls, and repairing, normalizing and folding it again change
 * nothing. */

static void check_text(struct span text) {
    size_t length;
    CHECK(utf8_valid(text, NULL));
    for (size_t at = 0; at < text.length; at += length) {
        uint32_t character = utf8_decode(text, at, &length);
        bool control = character < 0x20 || (character >= 0x7F && character < 0xA0);
        CHECK(!control || character == '\t' || character == '\n' || character == '\f');
        size_t before;
        CHECK(utf8_decode_before(text, at + length, &before) == character && before == length);
    }
}

static void check_index(struct arena *arena, struct span text) {
    struct utf8_index index;
    CHECK(utf8_index_make(arena, text, &index) == RESULT_OK);
    CHECK(utf8_index_code_point(&index, text.length) == utf8_count(text));
    CHECK(utf8_index_code_point(&index, text.length / 2) == utf8_count(span_slice(text, 0, text.length / 2)));
}

static void check_forms(struct arena *arena, struct span text) {
    struct span once;
    struct span twice;
    CHECK(utf8_normalize(arena, text, &once) == RESULT_OK && utf8_valid(once, NULL));
    CHECK(utf8_normalize(arena, once, &twice) == RESULT_OK && span_equal(once, twice));
    struct span folded;
    CHECK(utf8_fold(arena, text, &folded) == RESULT_OK && utf8_valid(folded, NULL));
    CHECK(utf8_fold(arena, folded, &twice) == RESULT_OK && span_equal(folded, twice));
    CHECK(span_find(folded, SPAN("  "), 0) == SIZE_MAX && span_equal(folded, span_trim(folded)));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    CLEANUP(arena_done) struct arena arena;
    arena_init(&arena, 0);
    struct span text = {NULL, 0};
    enum utf8_origin origin;
    struct error error = {.message = ""};
    enum result result = utf8_repair(&arena, input_span(data, size), &text, &origin, &error);
    if (result != RESULT_OK) {
        CHECK(result == RESULT_INVALID && strstr(error.message, "byte") != NULL);
        return 0;
    }
    check_text(text);
    struct span again;
    CHECK(utf8_repair(&arena, text, &again, &origin, &error) == RESULT_OK || span_starts_with(text, SPAN("\xEF\xBB\xBF")));
    check_index(&arena, text);
    check_forms(&arena, text);
    return 0;
}
