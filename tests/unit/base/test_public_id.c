#include "tests/unit/base/check.h"

#include "base/public_id.h"
#include "base/utf8.h"

#include <string.h>

static void test_public_id__article_hangs_on_the_url_only(void **state) {
    (void)state;
    char a[ARTICLE_ID_LENGTH + 1];
    char b[ARTICLE_ID_LENGTH + 1];
    public_id_article(SPAN("https://example.org/1"), SPAN("text"), a);
    public_id_article(SPAN("https://example.org/1"), SPAN("other text"), b);
    assert_string_equal(a, b);
    assert_int_equal(strlen(a), ARTICLE_ID_LENGTH);
    assert_true(public_id_is_article(span_of(a)));
    public_id_article(SPAN(""), SPAN("text"), a);
    public_id_article(SPAN(""), SPAN("other text"), b);
    assert_string_not_equal(a, b);
}

/* Ids are promised to be the same for ever. */
static void test_public_id__article_never_changes(void **state) {
    (void)state;
    char id[ARTICLE_ID_LENGTH + 1];
    public_id_article(SPAN(""), SPAN("abc"), id);
    assert_string_equal(id, "xj4bnp4pahh6uqkb");
}

static void test_public_id__what_is_no_article(void **state) {
    (void)state;
    static const struct span bad[] = {SPAN_INIT(""),
                                      SPAN_INIT("xj4bnp4pahh6uqk"),
                                      SPAN_INIT("xj4bnp4pahh6uqkbb"),
                                      SPAN_INIT("XJ4BNP4PAHH6UQKB"),
                                      SPAN_INIT("xj4bnp4pahh6uqk1"),
                                      SPAN_INIT("xj4bnp4pahh6uqk-"),
                                      SPAN_INIT("xj4bnp4pahh6uq\xC3\xA9")};
    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
        assert_false(public_id_is_article(bad[i]));
}

static void test_public_id__quotes(void **state) {
    (void)state;
    struct span article;
    uint32_t ordinal;
    assert_true(public_id_parse_quote(SPAN("xj4bnp4pahh6uqkb-1"), &article, &ordinal));
    assert_span(article, "xj4bnp4pahh6uqkb");
    assert_int_equal(ordinal, 1);
    assert_true(public_id_parse_quote(SPAN("xj4bnp4pahh6uqkb-4294967295"), &article, &ordinal));
    assert_int_equal(ordinal, UINT32_MAX);
    static const struct span bad[] = {SPAN_INIT("xj4bnp4pahh6uqkb"),
                                      SPAN_INIT("xj4bnp4pahh6uqkb-"),
                                      SPAN_INIT("xj4bnp4pahh6uqkb-0"),
                                      SPAN_INIT("xj4bnp4pahh6uqkb-01"),
                                      SPAN_INIT("xj4bnp4pahh6uqkb-4294967296"),
                                      SPAN_INIT("xj4bnp4pahh6uqkb-99999999999"),
                                      SPAN_INIT("xj4bnp4pahh6uqkb-1a"),
                                      SPAN_INIT("xj4bnp4pahh6uqkb_1"),
                                      SPAN_INIT("xj4bnp4pahh6uqkb--1"),
                                      SPAN_INIT("-1"),
                                      SPAN_INIT("")};
    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
        assert_false(public_id_parse_quote(bad[i], &article, &ordinal));
}

static void check_slug(struct span name, struct span expected) {
    struct arena arena;
    arena_init(&arena, 0);
    struct span slug;
    assert_int_equal(slug_make(&arena, name, &slug), RESULT_OK);
    check_span(slug, expected, __FILE__, __LINE__);
    arena_done(&arena);
}

static void test_slug__names(void **state) {
    (void)state;
    check_slug(SPAN("Oona Velasco"), SPAN("oona-velasco"));
    check_slug(SPAN("Æther & Łąka, Ltd."), SPAN("aether-laka-ltd"));
    check_slug(SPAN("  --Joan-- "), SPAN("joan"));
    check_slug(SPAN("Жанна Ольге"), SPAN("жанна-ольге"));
}

static void test_slug__nothing_left(void **state) {
    (void)state;
    check_slug(SPAN("abc!"), SPAN("abc"));
    check_slug(SPAN("???"), SPAN("xa03b221c6c6e"));
    struct arena arena;
    arena_init(&arena, 0);
    struct span a;
    struct span b;
    assert_int_equal(slug_make(&arena, SPAN("☂"), &a), RESULT_OK);
    assert_int_equal(slug_make(&arena, SPAN("☃"), &b), RESULT_OK);
    assert_int_equal(a.length, 13);
    assert_false(span_equal(a, b));
    arena_done(&arena);
}

static void test_slug__long_names_are_cut(void **state) {
    (void)state;
    struct arena arena;
    arena_init(&arena, 0);
    char name[600];
    for (size_t word = 1; word < 120; word++) {
        size_t length = 0;
        while (length + 2 < sizeof(name)) {
            memcpy(name + length, length / 2 % (word + 1) == word ? "- " : "\xC3\xB1", 2);
            length += 2;
        }
        struct span slug;
        assert_int_equal(slug_make(&arena, (struct span){name, length}, &slug), RESULT_OK);
        assert_true(slug.length > 0 && slug.length <= SLUG_MAX);
        assert_true(slug.data[slug.length - 1] != '-');
        for (size_t i = 0; i < sizeof(name); i++)
            name[i] = "\xD0\xB6"[i % 2];
        assert_int_equal(slug_make(&arena, (struct span){name, sizeof(name)}, &slug), RESULT_OK);
        assert_true(slug.length <= SLUG_MAX && utf8_valid(slug, NULL));
    }
    arena_done(&arena);
}

static void test_slug__refuses_ill_formed(void **state) {
    (void)state;
    struct arena arena;
    arena_init(&arena, 0);
    struct span slug;
    assert_int_equal(slug_make(&arena, SPAN("Ren\xE9"), &slug), RESULT_INVALID);
    arena_done(&arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_public_id__article_hangs_on_the_url_only),
        cmocka_unit_test(test_public_id__article_never_changes),
        cmocka_unit_test(test_public_id__what_is_no_article),
        cmocka_unit_test(test_public_id__quotes),
        cmocka_unit_test(test_slug__names),
        cmocka_unit_test(test_slug__nothing_left),
        cmocka_unit_test(test_slug__long_names_are_cut),
        cmocka_unit_test(test_slug__refuses_ill_formed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
