#include "tests/unit/base/check.h"

#include "base/arena.h"
#include "base/cleanup.h"

#include <stdalign.h>
#include <string.h>

static void test_arena__pieces_are_zeroed_and_aligned(void **state) {
    (void)state;
    struct arena arena;
    arena_init(&arena, 0);
    for (int round = 0; round < 3; round++) {
        for (size_t size = 0; size < 3000; size += 37) {
            unsigned char *piece = arena_alloc(&arena, size);
            assert_non_null(piece);
            assert_int_equal((uintptr_t)piece % alignof(max_align_t), 0);
            for (size_t i = 0; i < size; i++)
                assert_int_equal(piece[i], 0);
            memset(piece, 0xAB, size);
        }
        arena_reset(&arena);
        assert_int_equal(arena.used, 0);
    }
    arena_done(&arena);
}

static void test_arena__pieces_do_not_overlap(void **state) {
    (void)state;
    struct arena arena;
    arena_init(&arena, 0);
    unsigned char *pieces[64];
    size_t sizes[64];
    for (size_t i = 0; i < 64; i++) {
        sizes[i] = i % 7 == 0 ? 300000 + i : 1 + i * 97;
        pieces[i] = arena_alloc(&arena, sizes[i]);
        assert_non_null(pieces[i]);
        memset(pieces[i], (int)i, sizes[i]);
    }
    for (size_t i = 0; i < 64; i++)
        for (size_t at = 0; at < sizes[i]; at++)
            if (pieces[i][at] != i)
                fail_msg("piece %zu was overwritten at %zu", i, at);
    arena_reset(&arena);
    assert_non_null(arena_alloc(&arena, 10));
    arena_done(&arena);
    arena_done(&arena);
}

static void test_arena__reset_after_large_pieces_only(void **state) {
    (void)state;
    struct arena arena;
    arena_init(&arena, 0);
    for (size_t round = 0; round < 3; round++) {
        for (size_t i = 0; i < 3; i++)
            assert_non_null(arena_alloc(&arena, (size_t)1 << 20));
        arena_reset(&arena);
        assert_int_equal(arena.used, 0);
    }
    assert_non_null(arena_alloc(&arena, 1));
    arena_done(&arena);
}

static void test_arena__ceiling_fails_for_good(void **state) {
    (void)state;
    struct arena arena;
    arena_init(&arena, 100);
    assert_non_null(arena_alloc(&arena, 60));
    assert_null(arena_alloc(&arena, 41));
    assert_true(arena_failed(&arena));
    assert_null(arena_alloc(&arena, 1));
    assert_null(arena_copy(&arena, SPAN("a")).data);
    assert_null(arena_print(&arena, "%d", 1).data);
    arena_done(&arena);
    assert_false(arena_failed(&arena));
    assert_non_null(arena_alloc(&arena, 100));
    arena_done(&arena);
}

static void test_arena__overflow_fails(void **state) {
    (void)state;
    struct arena arena;
    arena_init(&arena, 0);
    assert_null(arena_alloc_array(&arena, SIZE_MAX / 2, 3));
    assert_true(arena_failed(&arena));
    arena_done(&arena);
    assert_null(arena_alloc(&arena, SIZE_MAX));
    arena_done(&arena);
    assert_null(arena_alloc(&arena, SIZE_MAX - 8));
    arena_done(&arena);
    struct span impossible = {"", SIZE_MAX};
    assert_null(arena_copy(&arena, impossible).data);
    arena_done(&arena);
}

static void test_arena__copy_ends_with_nul(void **state) {
    (void)state;
    struct arena arena;
    arena_init(&arena, 0);
    struct span copy = arena_copy(&arena, SPAN("a\0b"));
    assert_int_equal(copy.length, 3);
    assert_memory_equal(copy.data, "a\0b", 4);
    copy = arena_copy(&arena, (struct span){NULL, 0});
    assert_non_null(copy.data);
    assert_int_equal(copy.data[0], '\0');
    arena_done(&arena);
}

static void test_arena__print_of_any_length(void **state) {
    (void)state;
    struct arena arena;
    arena_init(&arena, 0);
    for (int width = 1; width < 2000; width += 17) {
        struct span text = arena_print(&arena, "%*d", width, 7);
        assert_int_equal(text.length, width);
        assert_int_equal(strlen(text.data), width);
        assert_int_equal(text.data[width - 1], '7');
    }
    arena_done(&arena);
}

static void test_arena__push_grows(void **state) {
    (void)state;
    struct arena arena;
    arena_init(&arena, 0);
    int *items = NULL;
    size_t count = 0;
    size_t capacity = 0;
    for (int i = 0; i < 1000; i++) {
        int *item = arena_push(&arena, (void **)&items, &count, &capacity, sizeof(*items));
        assert_non_null(item);
        assert_int_equal(*item, 0);
        *item = i;
    }
    assert_int_equal(count, 1000);
    for (int i = 0; i < 1000; i++)
        assert_int_equal(items[i], i);
    arena_done(&arena);
}

static void test_arena__push_past_the_ceiling_keeps_the_array(void **state) {
    (void)state;
    struct arena arena;
    arena_init(&arena, 100);
    char *items = NULL;
    size_t count = 0;
    size_t capacity = 0;
    char *item;
    while ((item = arena_push(&arena, (void **)&items, &count, &capacity, 1)) != NULL)
        *item = (char)count;
    assert_true(arena_failed(&arena));
    assert_int_equal(count, capacity);
    for (size_t i = 0; i < count; i++)
        assert_int_equal(items[i], i + 1);
    arena_done(&arena);
}

static void test_cleanup__take_empties_the_variable(void **state) {
    (void)state;
    CLEANUP_FREE char *owned = malloc(1);
    char *given = TAKE(owned);
    assert_null(owned);
    assert_non_null(given);
    free(given);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_arena__pieces_are_zeroed_and_aligned),
        cmocka_unit_test(test_arena__pieces_do_not_overlap),
        cmocka_unit_test(test_arena__reset_after_large_pieces_only),
        cmocka_unit_test(test_arena__ceiling_fails_for_good),
        cmocka_unit_test(test_arena__overflow_fails),
        cmocka_unit_test(test_arena__copy_ends_with_nul),
        cmocka_unit_test(test_arena__print_of_any_length),
        cmocka_unit_test(test_arena__push_grows),
        cmocka_unit_test(test_arena__push_past_the_ceiling_keeps_the_array),
        cmocka_unit_test(test_cleanup__take_empties_the_variable),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
