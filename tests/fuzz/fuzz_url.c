#include "tests/fuzz/fuzz_target.h"

#include "base/cleanup.h"
#include "base/public_id.h"
#include "base/utf8.h"

#include <string.h>

/* A canonical URL stays as it is, has a host and no fragment; a slug and an article's id can stand in a path. */

static void check_url(struct arena *arena, struct span url) {
    struct span once;
    if (url_canonicalize(arena, url, &once) != RESULT_OK)
        return;
    CHECK(span_starts_with(once, SPAN("http://")) || span_starts_with(once, SPAN("https://")));
    CHECK(utf8_valid(once, NULL) && url_host(once).length > 0);
    CHECK(memchr(once.data, '#', once.length) == NULL && memchr(once.data, ' ', once.length) == NULL);
    struct span twice;
    if (once.length <= URL_BYTES_MAX)
        CHECK(url_canonicalize(arena, once, &twice) == RESULT_OK && span_equal(once, twice));
}

static void check_host(struct span url) {
    struct span host = url_host(url);
    CHECK(host.length == 0 || (host.data >= url.data && host.data + host.length <= url.data + url.length));
}

static void check_slug(struct arena *arena, struct span name) {
    struct span slug;
    enum result result = slug_make(arena, name, &slug);
    CHECK((result == RESULT_OK) == utf8_valid(name, NULL));
    if (result != RESULT_OK)
        return;
    CHECK(slug.length > 0 && slug.length <= SLUG_MAX && utf8_valid(slug, NULL));
    CHECK(slug.data[0] != '-' && slug.data[slug.length - 1] != '-' && span_find(slug, SPAN("--"), 0) == SIZE_MAX);
    CHECK(memchr(slug.data, '/', slug.length) == NULL && memchr(slug.data, ' ', slug.length) == NULL);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    CLEANUP(arena_done) struct arena arena;
    arena_init(&arena, 0);
    struct span text = input_span(data, size);
    check_url(&arena, text);
    check_host(text);
    check_slug(&arena, text);
    char id[ARTICLE_ID_LENGTH + 1];
    public_id_article(text, text, id);
    CHECK(public_id_is_article(span_of(id)));
    struct span article;
    uint32_t ordinal;
    if (public_id_parse_quote(text, &article, &ordinal))
        CHECK(public_id_is_article(article) && ordinal > 0);
    return 0;
}
