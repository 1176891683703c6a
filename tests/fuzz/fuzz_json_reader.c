/* Any bytes as a JSON input: cut into documents, each read. What comes out must be sound: documents are whole pieces of the input in its
   order, and blocks are well-formed text without line ends. */

#include "base/utf8.h"
#include "ingest/feed.h"
#include "ingest/reader.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

struct last {
    uint64_t line;
};

static void require(bool holds) {
    if (!holds)
        abort();
}

static void check_line(struct last *last, uint64_t line) {
    require(line >= last->line || line == 0);
    last->line = line;
}

static enum result take(void *context, const struct ingest_item *item, struct error *error) {
    (void)error;
    check_line(context, item->line);
    require(item->bytes.length > 0 && item->bytes.length <= DOCUMENT_BYTES_MAX);
    struct arena arena;
    arena_init(&arena, 0);
    struct document document;
    struct error why = {0};
    enum result result = reader_json(&arena, item->bytes, 1800000000, &document, &why);
    require(result == RESULT_OK || (result == RESULT_INVALID && why.message[0]));
    for (size_t i = 0; result == RESULT_OK && i < document.block_count; i++) {
        struct span text = document.blocks[i].text;
        size_t bad;
        require(text.length > 0 && utf8_valid(text, &bad) && span_find(text, SPAN("\n"), 0) == SIZE_MAX);
    }
    arena_done(&arena);
    return RESULT_OK;
}

static enum result refuse(void *context, const struct ingest_refusal *refusal, struct error *error) {
    (void)error;
    check_line(context, refusal->line);
    require(refusal->reason[0]);
    return RESULT_OK;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct last last = {0};
    struct feed feed = {.format = FORMAT_JSON, .file_bytes_max = FILE_BYTES_MAX_DEFAULT, .take = take, .refuse = refuse, .context = &last};
    struct error error = {0};
    require(feed_memory(&feed, (struct span){(const char *)data, size}, "fuzz.json", &error) == RESULT_OK);
    return 0;
}
