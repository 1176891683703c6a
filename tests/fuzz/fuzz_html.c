/* Any bytes as an HTML page: what is read must be well-formed blocks, not empty, in bounded memory, and the same when read as a piece. */

#include "tests/fuzz/fuzz_target.h"

#include "base/utf8.h"
#include "ingest/reader.h"

enum { GROWTH = 4 }; /* a byte of a legacy charset becomes three; metadata is not counted */

static void check_blocks(const struct document *document, size_t size) {
    size_t total = 0, bad;
    for (size_t i = 0; i < document->block_count; i++) {
        struct span text = document->blocks[i].text;
        CHECK(text.length > 0 && utf8_valid(text, &bad));
        CHECK(text.data[0] != ' ' && text.data[text.length - 1] != ' ');
        total += text.length;
    }
    CHECK(total > 0 && total <= GROWTH * size + 64);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct arena arena;
    arena_init(&arena, 0);
    struct document document = {0}, piece = {0};
    struct error error = {0};
    enum result result = reader_html(&arena, input_span(data, size), 1800000000, &document, &error);
    CHECK(result == RESULT_OK || (result == RESULT_INVALID && error.message[0]));
    if (result == RESULT_OK)
        check_blocks(&document, size);
    result = reader_html_piece(&arena, input_span(data, size), &piece, &error);
    CHECK(result == RESULT_OK || result == RESULT_INVALID);
    if (result == RESULT_OK)
        check_blocks(&piece, size);
    arena_done(&arena);
    return 0;
}
