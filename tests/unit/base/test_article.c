#include "tests/unit/base/check.h"

#include "base/article.h"

static void test_article__names_there_and_back(void **state) {
    (void)state;
    for (int i = 0; i < ENTITY_TYPE_COUNT; i++) {
        enum entity_type type = ENTITY_PERSON;
        assert_true(entity_type_parse(span_of(entity_type_name((enum entity_type)i)), &type));
        assert_int_equal(type, i);
    }
    for (int i = 0; i < QUOTE_KIND_COUNT; i++) {
        enum quote_kind kind = QUOTE_DIRECT;
        assert_true(quote_kind_parse(span_of(quote_kind_name((enum quote_kind)i)), &kind));
        assert_int_equal(kind, i);
    }
    for (int i = 0; i < MENTION_FORM_COUNT; i++)
        assert_non_null(mention_form_name((enum mention_form)i));
}

static void test_article__other_names_are_refused(void **state) {
    (void)state;
    static const struct span bad[] = {SPAN_INIT(""), SPAN_INIT("Person"), SPAN_INIT("perso"), SPAN_INIT("persons"), SPAN_INIT("direct\0")};
    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
        enum entity_type type;
        enum quote_kind kind;
        assert_false(entity_type_parse(bad[i], &type));
        assert_false(quote_kind_parse(bad[i], &kind));
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_article__names_there_and_back),
        cmocka_unit_test(test_article__other_names_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
