#include "db/search_index.h"

#include <stdlib.h>

#include "base/buffer.h"

enum { NOTES_FIRST = 1024 };

static enum result note(struct db *db, struct key_notes *notes, int64_t key) {
    if (notes->count == notes->capacity) {
        size_t capacity = notes->capacity ? notes->capacity * 2 : NOTES_FIRST;
        int64_t *keys = realloc(notes->keys, capacity * sizeof(*keys));
        if (!keys)
            return db_fail(db, SQLITE_NOMEM);
        notes->keys = keys;
        notes->capacity = capacity;
    }
    notes->keys[notes->count++] = key;
    return RESULT_OK;
}

enum result search_index_note_article(struct db *db, int64_t key) {
    return note(db, &db->new_articles, key);
}

enum result search_index_note_alias(struct db *db, int64_t key) {
    return note(db, &db->new_aliases, key);
}

static int compare_keys(const void *a, const void *b) {
    int64_t x = *(const int64_t *)a;
    int64_t y = *(const int64_t *)b;
    return x < y ? -1 : x > y;
}

/* Ascending and without repeats, as a JSON array: FTS5 is quickest with rows in the order of their keys. */
static void print_keys(struct key_notes *notes, struct buffer *json) {
    qsort(notes->keys, notes->count, sizeof(*notes->keys), compare_keys);
    for (size_t i = 0; i < notes->count; i++) {
        if (i > 0 && notes->keys[i] == notes->keys[i - 1])
            continue;
        buffer_append_char(json, i == 0 ? '[' : ',');
        buffer_append_int(json, notes->keys[i]);
    }
    buffer_append_char(json, ']');
}

static enum result run(struct db *db, enum statement_id id, struct span keys) {
    CLEANUP(statement_done) struct statement *index = statement_get(db, id);
    bind_text(index, 1, keys);
    return statement_run(index);
}

static enum result write_notes(struct db *db, struct key_notes *notes, const enum statement_id *ids, size_t id_count) {
    if (notes->count == 0)
        return RESULT_OK;
    CLEANUP(buffer_done) struct buffer json;
    buffer_init(&json, 0);
    print_keys(notes, &json);
    if (buffer_result(&json) != RESULT_OK)
        return db_fail(db, SQLITE_NOMEM);
    enum result result = RESULT_OK;
    for (size_t i = 0; i < id_count && result == RESULT_OK; i++)
        result = run(db, ids[i], buffer_span(&json));
    return result;
}

enum result search_index_write(struct db *db) {
    static const enum statement_id OF_ARTICLES[] = {STATEMENT_INDEX_ARTICLES, STATEMENT_INDEX_QUOTES};
    static const enum statement_id OF_ALIASES[] = {STATEMENT_INDEX_ALIASES};
    enum result result = write_notes(db, &db->new_articles, OF_ARTICLES, 2);
    if (result == RESULT_OK)
        result = write_notes(db, &db->new_aliases, OF_ALIASES, 1);
    search_index_forget(db);
    return result;
}

void search_index_forget(struct db *db) {
    db->new_articles.count = 0;
    db->new_aliases.count = 0;
}

void search_index_free(struct db *db) {
    free(db->new_articles.keys);
    free(db->new_aliases.keys);
}
