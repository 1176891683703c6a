/* Any bytes as a plain text: what is read must be well-formed blocks without line ends, in the order of the text and no longer than it. */

#include "base/utf8.h"
#include "ingest/reader.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require(bool holds) {
    if (!holds)
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct arena arena;
    arena_init(&arena, 0);
    struct document document;
    struct error error = {0};
    enum result result = reader_text(&arena, (struct span){(const char *)data, size}, 1800000000, &document, &error);
    require(result == RESULT_OK || (result == RESULT_INVALID && error.message[0]));
    size_t total = 0;
    for (size_t i = 0; result == RESULT_OK && i < document.block_count; i++) {
        struct span text = document.blocks[i].text;
        size_t bad;
        require(text.length > 0 && utf8_valid(text, &bad) && span_find(text, SPAN("\n"), 0) == SIZE_MAX);
        total += text.length;
    }
    /* UTF-16 and Windows-1252 grow by half at most, a byte to three. */
    require(result != RESULT_OK || (total > 0 && total <= 3 * size));
    arena_done(&arena);
    return 0;
}
