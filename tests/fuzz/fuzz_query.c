#include "tests/fuzz/fuzz_target.h"

#include "base/cleanup.h"
#include "base/query.h"
#include "base/utf8.h"

/* Any bytes parse to a tree of the promised shape, whose texts lie in the input, or to an error with a position in it. */

enum place { AT_ROOT, UNDER_AND, UNDER_OR, UNDER_NOT };

static size_t check_leaf(const struct query_node *node, struct span text) {
    CHECK(node->child_count == 0 && node->text.length > 0);
    CHECK(node->text.data >= text.data && node->text.data + node->text.length <= text.data + text.length);
    CHECK(utf8_valid(node->text, NULL));
    return 1;
}

/* Returns how many terms the tree has. The recursion is at most three deep, which the places check. */
static size_t check_node(const struct query_node *node, struct span text, enum place place) {
    switch (node->kind) {
    case QUERY_AND:
        CHECK(place == AT_ROOT && node->child_count >= 2);
        break;
    case QUERY_OR:
        CHECK((place == AT_ROOT || place == UNDER_AND) && node->child_count >= 2);
        break;
    case QUERY_NOT:
        CHECK(place == UNDER_AND && node->child_count == 1);
        break;
    default:
        return check_leaf(node, text);
    }
    size_t terms = 0;
    size_t excluded = 0;
    enum place below = node->kind == QUERY_AND ? UNDER_AND : node->kind == QUERY_OR ? UNDER_OR : UNDER_NOT;
    for (size_t i = 0; i < node->child_count; i++) {
        terms += check_node(node->children[i], text, below);
        excluded += node->children[i]->kind == QUERY_NOT;
    }
    CHECK(node->kind != QUERY_AND || excluded < node->child_count);
    return terms;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    CLEANUP(arena_done) struct arena arena;
    arena_init(&arena, 0);
    struct span text = input_span(data, size);
    const struct query_node *root = NULL;
    size_t position = SIZE_MAX;
    struct error error = {.message = ""};
    enum result result = query_parse(&arena, text, &root, &position, &error);
    if (result == RESULT_OK) {
        CHECK(check_node(root, text, AT_ROOT) <= QUERY_TERMS_MAX);
    } else {
        CHECK(result == RESULT_INVALID || result == RESULT_TOO_LARGE);
        CHECK(position <= size && error.message[0] != '\0' && utf8_valid(span_of(error.message), NULL));
    }
    return 0;
}
