#include "db/listed.h"

#include <stdlib.h>
#include <string.h>

/* Keys: sorted numbers of this machine, 8 bytes each. Words: for each its length in 8 bytes, then its bytes. The blobs live for one query.
 */

static int compare_keys(const void *a, const void *b) {
    int64_t x, y;
    memcpy(&x, a, sizeof(x)); /* a blob's bytes need not be aligned */
    memcpy(&y, b, sizeof(y));
    return (x > y) - (x < y);
}

static bool has_key(struct span list, int64_t key) {
    return bsearch(&key, list.data, list.length / sizeof(key), sizeof(key), compare_keys) != NULL;
}

static bool has_word(struct span list, struct span word) {
    size_t at = 0;
    uint64_t length = 0;
    while (at + sizeof(length) <= list.length) {
        memcpy(&length, list.data + at, sizeof(length));
        at += sizeof(length);
        if (span_equal(span_slice(list, at, at + length), word))
            return true;
        at += length;
    }
    return false;
}

static void listed(sqlite3_context *context, int count, sqlite3_value **values) {
    (void)count;
    struct span list = {sqlite3_value_blob(values[0]), (size_t)sqlite3_value_bytes(values[0])};
    bool found = false;
    if (sqlite3_value_type(values[1]) == SQLITE_INTEGER)
        found = list.length && has_key(list, sqlite3_value_int64(values[1]));
    else if (sqlite3_value_type(values[1]) == SQLITE_TEXT)
        found = has_word(list, (struct span){sqlite3_value_blob(values[1]), (size_t)sqlite3_value_bytes(values[1])});
    sqlite3_result_int(context, found); /* NULL is in no list */
}

enum result listed_register(struct db *db) {
    int flags = SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_DIRECTONLY;
    int code = sqlite3_create_function_v2(db->sqlite, "listed", 2, flags, NULL, listed, NULL, NULL, NULL);
    return code == SQLITE_OK ? RESULT_OK : db_fail(db, code);
}

enum result listed_keys(struct db *db, struct arena *arena, const int64_t *keys, size_t count, struct span *ret) {
    int64_t *sorted = arena_alloc_array(arena, count, sizeof(*sorted));
    if (!sorted)
        return db_fail(db, SQLITE_NOMEM);
    if (count) {
        memcpy(sorted, keys, count * sizeof(*sorted));
        qsort(sorted, count, sizeof(*sorted), compare_keys);
    }
    *ret = (struct span){(const char *)sorted, count * sizeof(*sorted)};
    return RESULT_OK;
}

enum result listed_words(struct db *db, struct arena *arena, const struct span *words, size_t count, struct span *ret) {
    size_t total = 0;
    for (size_t i = 0; i < count; i++)
        total += sizeof(uint64_t) + words[i].length;
    char *bytes = arena_alloc(arena, total);
    if (!bytes)
        return db_fail(db, SQLITE_NOMEM);
    size_t at = 0;
    for (size_t i = 0; i < count; i++) {
        uint64_t length = words[i].length;
        memcpy(bytes + at, &length, sizeof(length));
        at += sizeof(length);
        if (length)
            memcpy(bytes + at, words[i].data, words[i].length);
        at += words[i].length;
    }
    *ret = (struct span){bytes, total};
    return RESULT_OK;
}
