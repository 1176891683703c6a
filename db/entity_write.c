#include "base/hash.h"
#include "base/public_id.h"
#include "base/utf8.h"
#include "db/tally.h"

/* Which entity of the corpus a name of an article is. */

enum { HASHED_ID_DIGITS = 8 }; /* of the name's SHA-256, in the id of the third and later entities that share a slug */

static enum result is_taken(struct db *db, struct span id, bool *ret) {
    STATEMENT(taken, db, ENTITY_ID_TAKEN);
    bind_text(taken, 1, id);
    return statement_step(taken, ret);
}

static struct span hashed_id(struct arena *arena, struct span slug, const char *type, struct span folded) {
    uint8_t digest[SHA256_BYTES];
    sha256(folded, digest);
    char digits[2 * SHA256_BYTES + 1];
    for (size_t i = 0; i < SHA256_BYTES; i++) {
        digits[2 * i] = "0123456789abcdef"[digest[i] >> 4];
        digits[2 * i + 1] = "0123456789abcdef"[digest[i] & 15];
    }
    return arena_print(arena, "%.*s-%s-%.*s", SPAN_PRINT(slug), type, HASHED_ID_DIGITS, digits);
}

/* The slug; where another entity has it, the type behind it; where that is taken too, a hash of the name. */
static enum result choose_id(struct db *db, struct arena *arena, struct span slug, const char *type, struct span folded, struct span *ret) {
    const struct span candidates[] = {slug, arena_print(arena, "%.*s-%s", SPAN_PRINT(slug), type), hashed_id(arena, slug, type, folded)};
    for (size_t i = 0; i < sizeof(candidates) / sizeof(*candidates); i++) {
        bool taken = false;
        enum result result = is_taken(db, candidates[i], &taken);
        if (result != RESULT_OK)
            return result;
        if (!taken) {
            *ret = candidates[i];
            return arena_failed(arena) ? db_fail(db, SQLITE_NOMEM) : RESULT_OK;
        }
    }
    return db_refuse(db, RESULT_CORRUPT, "two names have the same hash");
}

static enum result insert(struct db *db, struct arena *arena, struct span name, struct span slug, struct span folded, enum entity_type type,
                          int64_t *ret_key) {
    struct span id = {0};
    enum result result = choose_id(db, arena, slug, entity_type_name(type), folded, &id);
    if (result != RESULT_OK)
        return result;
    STATEMENT(insert, db, ENTITY_INSERT);
    bind_text(insert, 1, id);
    bind_string(insert, 2, entity_type_name(type));
    bind_text(insert, 3, folded);
    bind_text(insert, 4, name);
    bind_int(insert, 5, db->batch_revision);
    result = statement_run(insert);
    *ret_key = sqlite3_last_insert_rowid(db->sqlite);
    return result;
}

enum result entity_identify(struct db *db, struct arena *arena, struct span name, enum entity_type type, int64_t *ret_key) {
    struct span folded = {0}, slug = {0};
    enum result result = utf8_fold(arena, name, &folded);
    if (result == RESULT_OK)
        result = slug_make(arena, name, &slug);
    if (result != RESULT_OK)
        return db_refuse(db, result, "a name cannot be folded");
    if (folded.length == 0) /* nothing but signs: its slug is a hash of it */
        folded = slug;
    {
        STATEMENT(find, db, ENTITY_BY_NAME);
        bind_text(find, 1, folded);
        bind_string(find, 2, entity_type_name(type));
        bool found = false;
        result = statement_step(find, &found);
        if (result != RESULT_OK)
            return result;
        if (found) {
            *ret_key = column_int(find, 0);
            return RESULT_OK;
        }
    }
    return insert(db, arena, name, slug, folded, type, ret_key);
}
