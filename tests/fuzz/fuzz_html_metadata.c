/* Any bytes as an HTML page: what is read of it must be well-formed, of the length that each field promises, and its dates within the
   clock's bounds. */

#include "base/public_id.h"
#include "base/utf8.h"
#include "ingest/html_metadata.h"
#include "ingest/ingest.h"
#include "tests/fuzz/fuzz_target.h"

enum { NOW = 1800000000 };

static void check_field(const struct html_field *field) {
    size_t bad;
    CHECK(utf8_valid(field->text, &bad));
    CHECK((field->text.length > 0) == (field->from != NULL));
    CHECK(span_find(field->text, SPAN("\n"), 0) == SIZE_MAX);
}

static void check_moment(struct moment moment, const char *from) {
    CHECK((moment.precision == PRECISION_NONE) == (from == NULL));
    CHECK(moment.precision == PRECISION_NONE || (moment.seconds >= TIME_MIN && moment.seconds <= NOW + FUTURE_SECONDS_MAX));
    CHECK(moment.precision != PRECISION_DAY || moment.seconds % 86400 == 0);
}

static void check_metadata(const struct html_metadata *metadata) {
    size_t bad;
    check_field(&metadata->title);
    check_field(&metadata->outlet);
    check_field(&metadata->language);
    check_field(&metadata->url);
    check_field(&metadata->section);
    check_field(&metadata->image_url);
    check_field(&metadata->image_credit);
    CHECK((metadata->author_count > 0) == (metadata->authors_from != NULL));
    for (size_t i = 0; i < metadata->author_count; i++)
        CHECK(metadata->authors[i].length > 0 && utf8_valid(metadata->authors[i], &bad));
    check_moment(metadata->published, metadata->published_from);
    check_moment(metadata->modified, metadata->modified_from);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct arena arena;
    arena_init(&arena, 0);
    struct html_page page = {0};
    struct error error = {0};
    enum result result = html_page_parse(&arena, input_span(data, size), &page, &error);
    CHECK(result == RESULT_OK || (result == RESULT_INVALID && error.message[0]));
    if (result == RESULT_OK) {
        struct html_metadata metadata;
        CHECK(html_metadata_read(&arena, &page, SPAN("https://news.example/2024/03/01/mill"), NOW, &metadata) == RESULT_OK);
        check_metadata(&metadata);
    }
    html_page_done(&page);
    arena_done(&arena);
    return 0;
}
