#ifndef QUOTED_TESTS_INGEST_HTML_CHECK_H
#define QUOTED_TESTS_INGEST_HTML_CHECK_H

/* A page of a test as its metadata; the day of a moment as text. */

#include "tests/unit/ingest/check.h"

#include "ingest/html_metadata.h"

static inline struct html_metadata read_page(void **state, struct span html) {
    struct html_page page = {0};
    struct html_metadata metadata;
    struct error error = {0};
    if (html_page_parse(*state, html, &page, &error) != RESULT_OK)
        fail_msg("%s", error.message);
    assert_int_equal(html_metadata_read(*state, &page, (struct span){0}, NOW, &metadata), RESULT_OK);
    html_page_done(&page);
    return metadata;
}

/* "2024-03-01", "2024-03-01T09:30:00Z", or "none". */
static inline struct span moment_text(void **state, struct moment moment) {
    char out[RFC3339_LENGTH + 1];
    if (moment.precision == PRECISION_NONE)
        return SPAN("none");
    time_format_rfc3339(moment.seconds, out);
    return arena_print(*state, "%.*s", moment.precision == PRECISION_DAY ? 10 : RFC3339_LENGTH, out);
}

#define assert_published(state, html, day) assert_span(moment_text(state, read_page(state, SPAN(html)).published), day)

#endif
