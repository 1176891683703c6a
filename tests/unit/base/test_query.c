#include "tests/unit/base/check.h"

#include "base/buffer.h"
#include "base/cleanup.h"
#include "base/query.h"

#include <string.h>

static struct arena arena;
static struct error error;

static int set_up(void **state) {
    (void)state;
    arena_init(&arena, 0);
    return 0;
}

static int tear_down(void **state) {
    (void)state;
    arena_done(&arena);
    return 0;
}

/* A tree as one can read it: (and a (or b c) (not d)), with ' before a prefix, [] around a phrase and t: before the title's. */
static void draw(struct buffer *out, const struct query_node *node) {
    static const char *const names[] = {[QUERY_AND] = "(and", [QUERY_OR] = "(or", [QUERY_NOT] = "(not"};
    if (node->field == QUERY_TITLE)
        buffer_append_string(out, "t:");
    switch (node->kind) {
    case QUERY_AND:
    case QUERY_OR:
    case QUERY_NOT:
        buffer_append_string(out, names[node->kind]);
        for (size_t i = 0; i < node->child_count; i++) {
            buffer_append_char(out, ' ');
            draw(out, node->children[i]);
        }
        buffer_append_char(out, ')');
        break;
    case QUERY_WORD:
    case QUERY_PREFIX:
        buffer_append_string(out, node->kind == QUERY_PREFIX ? "'" : "");
        buffer_append_span(out, node->text);
        break;
    case QUERY_PHRASE:
        buffer_append_char(out, '[');
        buffer_append_span(out, node->text);
        buffer_append_char(out, ']');
        break;
    }
}

static void check_tree(const char *text, const char *expected) {
    const struct query_node *root = NULL;
    size_t position = 0;
    if (query_parse(&arena, span_of(text), &root, &position, &error) != RESULT_OK)
        fail_msg("%s: position %zu: %s", text, position, error.message);
    CLEANUP(buffer_done) struct buffer out;
    buffer_init(&out, 0);
    draw(&out, root);
    if (!span_equal(buffer_span(&out), span_of(expected)))
        fail_msg("%s gives %s, not %s", text, out.data, expected);
}

static void test_query__trees(void **state) {
    (void)state;
    check_tree("river", "river");
    check_tree("  river \t bank\n", "(and river bank)");
    check_tree("river AND bank", "(and river bank)");
    check_tree("\"river bank\"", "[river bank]");
    check_tree("“river bank” «other»", "(and [river bank] [other])");
    check_tree("a OR b", "(or a b)");
    check_tree("x a OR b OR c y", "(and x (or a b c) y)");
    check_tree("a OR b AND c", "(and (or a b) c)");
    check_tree("river -bank", "(and river (not bank))");
    check_tree("-bank river", "(and (not bank) river)");
    check_tree("river NOT bank AND NOT \"old bridge\"", "(and river (not bank) (not [old bridge]))");
    check_tree("riv*", "'riv");
    check_tree("title:river title:\"old bridge\" -title:riv*", "(and t:river t:[old bridge] (not t:'riv))");
    check_tree("a -OR", "(and a (not OR))");
    check_tree("or and not Or title", "(and or and not Or title)");
}

static void test_query__punctuation(void **state) {
    (void)state;
    check_tree("Harbour & Sons - news", "(and Harbour Sons news)");
    check_tree("Al-Masri O'Neill 12:30 3.5% naïve", "(and Al-Masri O'Neill 12:30 3.5% naïve)");
    check_tree("a & OR b", "(or a b)");
    check_tree("a OR & b", "(or a b)");
    check_tree("5\"abc\"d", "(and 5 [abc] d)");
    check_tree("новости 世界", "(and новости 世界)");
}

static void check_error(struct span text, enum result result, size_t position) {
    const struct query_node *root = NULL;
    size_t actual = SIZE_MAX;
    error.message[0] = '\0';
    if (query_parse(&arena, text, &root, &actual, &error) != result || actual != position || root != NULL)
        fail_msg("%.*s: %s at %zu: %s", SPAN_PRINT(text), result_name(error.result), actual, error.message);
    assert_true(error.message[0] != '\0');
}

static void test_query__errors_tell_their_position(void **state) {
    (void)state;
    static const struct {
        struct span text;
        size_t position;
    } cases[] = {
        {SPAN_INIT(""), 0},           {SPAN_INIT("  & - "), 0},      {SPAN_INIT("-a"), 0},          {SPAN_INIT("-a -b"), 0},
        {SPAN_INIT("é \"a"), 2},      {SPAN_INIT("a \"\""), 2},      {SPAN_INIT("a \" - \""), 2},   {SPAN_INIT("OR a"), 0},
        {SPAN_INIT("é OR"), 2},       {SPAN_INIT("a OR OR b"), 5},   {SPAN_INIT("a AND OR b"), 6},  {SPAN_INIT("AND a"), 0},
        {SPAN_INIT("a NOT"), 2},      {SPAN_INIT("a NOT NOT b"), 6}, {SPAN_INIT("a OR -b"), 5},     {SPAN_INIT("-a OR b"), 3},
        {SPAN_INIT("a OR NOT b"), 5}, {SPAN_INIT("a --b"), 3},       {SPAN_INIT("a NOT -b"), 6},    {SPAN_INIT("a b*c"), 3},
        {SPAN_INIT("a *"), 2},        {SPAN_INIT("a b**"), 3},       {SPAN_INIT("\"a b\"*"), 5},    {SPAN_INIT("(a b)"), 0},
        {SPAN_INIT("a (b)"), 2},      {SPAN_INIT("a)"), 1},          {SPAN_INIT("é author:b"), 2},  {SPAN_INIT("Title:a"), 0},
        {SPAN_INIT("title:"), 6},     {SPAN_INIT("title: a"), 6},    {SPAN_INIT("title:&"), 6},     {SPAN_INIT("title:-a"), 6},
        {SPAN_INIT("title:\"\""), 6}, {SPAN_INIT("a -&"), 3},        {SPAN_INIT("https://a.b"), 0}, {SPAN_INIT("title:title:a"), 6},
        {SPAN_INIT("é\0"), 1},        {SPAN_INIT("é \x1B"), 2},      {SPAN_INIT("é\xC2\x80"), 1},   {SPAN_INIT("\"é\x01\""), 2},
        {SPAN_INIT("éé\xFF"), 2},     {SPAN_INIT("a -(b)"), 3},
    };
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
        check_error(cases[i].text, RESULT_INVALID, cases[i].position);
}

static void test_query__limits(void **state) {
    (void)state;
    char text[QUERY_BYTES_MAX + 1];
    for (size_t i = 0; i < sizeof(text); i++)
        text[i] = 'a';
    check_error((struct span){text, QUERY_BYTES_MAX + 1}, RESULT_TOO_LARGE, QUERY_BYTES_MAX);
    const struct query_node *root;
    assert_int_equal(query_parse(&arena, (struct span){text, QUERY_BYTES_MAX}, &root, NULL, NULL), RESULT_OK);
    for (size_t i = 1; i < sizeof(text); i += 2)
        text[i] = ' ';
    assert_int_equal(query_parse(&arena, (struct span){text, 2 * QUERY_TERMS_MAX}, &root, NULL, NULL), RESULT_OK);
    assert_int_equal(root->child_count, QUERY_TERMS_MAX);
    check_error((struct span){text, 2 * QUERY_TERMS_MAX + 1}, RESULT_TOO_LARGE, 2 * QUERY_TERMS_MAX);
}

static void test_query__unknown_field_is_named(void **state) {
    (void)state;
    const struct query_node *root;
    assert_int_equal(query_parse(&arena, SPAN("author:jo"), &root, NULL, &error), RESULT_INVALID);
    assert_non_null(strstr(error.message, "\"author\""));
    assert_int_equal(query_parse(&arena, SPAN("author:jo"), &root, NULL, NULL), RESULT_INVALID);
}

static void test_query__without_memory(void **state) {
    (void)state;
    size_t failures = 0;
    for (size_t ceiling = 1; ceiling < 4000; ceiling += 8) {
        struct arena small;
        arena_init(&small, ceiling);
        const struct query_node *root;
        enum result result = query_parse(&small, SPAN("a OR b c -d \"e f\""), &root, NULL, &error);
        assert_true(result == RESULT_OK || result == RESULT_MEMORY);
        failures += result == RESULT_MEMORY;
        arena_done(&small);
    }
    assert_true(failures > 10 && failures < 499);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_query__trees, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_query__punctuation, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_query__errors_tell_their_position, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_query__limits, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_query__unknown_field_is_named, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_query__without_memory, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
