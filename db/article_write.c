#include <string.h>

#include "base/public_id.h"
#include "db/put.h"
#include "db/write.h"

/* Putting and deleting an article inside the batch that is open. */

/* What is stored under a public id. */
struct stored {
    bool found;
    int64_t key;
    struct moment published; /* only whether it has one, and its second */
    int64_t added;
    int64_t arrival;
    bool has_source;
    int64_t source;
    int64_t quotes;
    int64_t quotes_with_speaker;
    int64_t mentions;
    uint8_t digest[SHA256_BYTES];
    uint8_t value_digest[SHA256_BYTES];
    int64_t extractor_version;
};

static bool copy_digest(const struct statement *row, int column, uint8_t ret[SHA256_BYTES]) {
    struct span digest = column_span(row, column);
    if (digest.length != SHA256_BYTES)
        return false;
    memcpy(ret, digest.data, SHA256_BYTES);
    return true;
}

static enum result find_stored(struct db *db, struct span id, struct stored *ret) {
    *ret = (struct stored){0};
    STATEMENT(row, db, ARTICLE_STORED);
    bind_text(row, 1, id);
    enum result result = statement_step(row, &ret->found);
    if (result != RESULT_OK || !ret->found)
        return result;
    ret->key = column_int(row, 0);
    if (!column_is_null(row, 1))
        ret->published = (struct moment){column_int(row, 1), PRECISION_SECOND};
    ret->added = column_int(row, 2);
    ret->arrival = column_int(row, 3);
    ret->has_source = !column_is_null(row, 4);
    ret->source = column_int(row, 4);
    ret->quotes = column_int(row, 5);
    ret->extractor_version = column_int(row, 8);
    ret->quotes_with_speaker = column_int(row, 9);
    ret->mentions = column_int(row, 10);
    if (!copy_digest(row, 6, ret->digest) || !copy_digest(row, 7, ret->value_digest))
        return db_refuse(db, RESULT_CORRUPT, "an original has a damaged digest");
    return RESULT_OK;
}

/* --- removing ----------------------------------------------------------------------------------------------------------------------------
 */

/* Takes the stored article off the tally and the store's counts, and its rows away; foreign keys take its parts. */
static enum result remove_stored(struct db *db, const struct stored *stored, struct tally *tally, struct store_delta *delta) {
    enum result result = tally_stored(db, tally, stored->key);
    if (result != RESULT_OK)
        return result;
    delta->articles--;
    delta->quotes -= stored->quotes;
    delta->quotes_with_speaker -= stored->quotes_with_speaker;
    delta->mentions -= stored->mentions;
    STATEMENT(delete, db, ARTICLE_DELETE);
    bind_int(delete, 1, stored->key);
    return statement_run(delete);
}

static enum result count_store(struct db *db, const struct store_delta *delta) {
    STATEMENT(count, db, STORE_COUNT);
    bind_int(count, 1, delta->articles);
    bind_int(count, 2, delta->quotes);
    bind_int(count, 3, delta->quotes_with_speaker);
    bind_int(count, 4, delta->mentions);
    bind_int(count, 5, delta->entities[ENTITY_PERSON]);
    bind_int(count, 6, delta->entities[ENTITY_ORGANIZATION]);
    bind_int(count, 7, delta->entities[ENTITY_PLACE]);
    bind_int(count, 8, delta->sources);
    return statement_run(count);
}

static enum result delete_stored(struct db *db, struct arena *arena, struct span id, const struct stored *stored) {
    struct tally tally = {.arena = arena};
    struct store_delta delta = {0};
    enum result result = change_log(db, "article", id, "deleted");
    if (result == RESULT_OK)
        result = remove_stored(db, stored, &tally, &delta);
    if (result == RESULT_OK && stored->has_source)
        result = source_change(db, arena, stored->source, -1, -stored->quotes, (struct span){0}, &delta);
    if (result == RESULT_OK)
        result = tally_write(db, &tally, &delta);
    return result == RESULT_OK ? count_store(db, &delta) : result;
}

/* --- savepoints --------------------------------------------------------------------------------------------------------------------------
 */

static enum result run(struct db *db, enum statement_id id) {
    CLEANUP(statement_done) struct statement *statement = statement_get(db, id);
    return statement_run(statement);
}

/* Keeps what was done since the savepoint, or undoes it; the message of what went wrong stays. */
static enum result close_savepoint(struct db *db, enum result result) {
    if (result == RESULT_OK && (result = run(db, STATEMENT_SAVEPOINT_KEEP)) == RESULT_OK) {
        db->wrote = true;
        return RESULT_OK;
    }
    if (sqlite3_get_autocommit(db->sqlite)) { /* SQLite has rolled back all of the batch: a full disk, say */
        db->in_batch = false;
        return result;
    }
    int64_t deadline = db->deadline_ns;
    db->deadline_ns = 0; /* undoing takes the time it takes */
    char message[ERROR_MESSAGE_MAX];
    memcpy(message, db->message, sizeof(message));
    if (run(db, STATEMENT_SAVEPOINT_UNDO) != RESULT_OK || run(db, STATEMENT_SAVEPOINT_KEEP) != RESULT_OK)
        db_rollback(db); /* rather none of the batch than half an article */
    memcpy(db->message, message, sizeof(message));
    db->deadline_ns = deadline;
    return result;
}

enum result db_delete_article(struct db *db, struct span id) {
    if (!db->in_batch)
        return db_refuse(db, RESULT_CONFLICT, "no transaction is open");
    struct stored stored;
    enum result result = find_stored(db, id, &stored);
    if (result != RESULT_OK)
        return result;
    if (!stored.found)
        return db_refuse(db, RESULT_NOT_FOUND, "no such article");
    if ((result = run(db, STATEMENT_SAVEPOINT_BEGIN)) != RESULT_OK)
        return result;
    CLEANUP(arena_done) struct arena arena;
    arena_init(&arena, 0);
    return close_savepoint(db, delete_stored(db, &arena, id, &stored));
}

/* --- putting -----------------------------------------------------------------------------------------------------------------------------
 */

enum result db_known_original(struct db *db, const uint8_t digest[32], int extractor_version, bool *ret_known, char *ret_id) {
    STATEMENT(known, db, KNOWN_ORIGINAL);
    bind_bytes(known, 1, digest, SHA256_BYTES);
    bind_int(known, 2, extractor_version);
    enum result result = statement_step(known, ret_known);
    if (result != RESULT_OK || !*ret_known)
        return result;
    struct span id = column_span(known, 0);
    if (id.length != ARTICLE_ID_LENGTH)
        return db_refuse(db, RESULT_CORRUPT, "an article has a damaged id");
    memcpy(ret_id, id.data, ARTICLE_ID_LENGTH);
    ret_id[ARTICLE_ID_LENGTH] = '\0';
    return RESULT_OK;
}

static enum result next_arrival(struct db *db, int64_t *ret) {
    STATEMENT(next, db, STORE_ARRIVAL);
    bool row = false;
    enum result result = statement_step(next, &row);
    *ret = row ? column_int(next, 0) : 0;
    return result;
}

/* Its old key where its moment is the same, else a new one. The old rows are gone by now. */
static enum result place(struct put *put, const struct stored *stored) {
    struct moment published = put->article->published;
    bool was_dated = stored->published.precision != PRECISION_NONE;
    bool is_dated = published.precision != PRECISION_NONE;
    if (stored->found && was_dated == is_dated && (!is_dated || stored->published.seconds == published.seconds)) {
        put->key = stored->key;
        return RESULT_OK;
    }
    return key_assign(put->db, published, &put->key);
}

static enum result change_sources(struct put *put, const struct stored *stored) {
    int64_t quotes = (int64_t)put->article->quote_count;
    struct span name = put->article->source_name;
    bool is_same = stored->has_source && put->has_source && stored->source == put->source;
    if (is_same)
        return source_change(put->db, put->arena, put->source, 0, quotes - stored->quotes, name, &put->delta);
    enum result result = RESULT_OK;
    if (stored->has_source)
        result = source_change(put->db, put->arena, stored->source, -1, -stored->quotes, (struct span){0}, &put->delta);
    if (put->has_source && result == RESULT_OK)
        result = source_change(put->db, put->arena, put->source, 1, quotes, name, &put->delta);
    return result;
}

static enum result store(struct put *put, const struct stored *stored) {
    struct db *db = put->db;
    const struct article *article = put->article;
    enum result result = change_log(db, "article", put->id, stored->found ? "changed" : "added");
    if (result == RESULT_OK && stored->found)
        result = remove_stored(db, stored, &put->tally, &put->delta);
    if (result == RESULT_OK)
        result = place(put, stored);
    put->has_source = article->url.length || article->source_name.length;
    if (result == RESULT_OK && put->has_source)
        result = source_identify(db, put->arena, article->url, article->source_name, &put->source);
    put->added = stored->found ? stored->added : db->batch_time;
    put->arrival = stored->arrival;
    if (result == RESULT_OK && !stored->found)
        result = next_arrival(db, &put->arrival);
    if (result == RESULT_OK)
        result = put_rows(put);
    if (result == RESULT_OK)
        result = change_sources(put, stored);
    if (result == RESULT_OK)
        result = tally_write(db, &put->tally, &put->delta);
    return result == RESULT_OK ? count_store(db, &put->delta) : result;
}

/* The same article: at most, which extractor has seen its bytes last. No reader can tell, so the revision stays. */
static enum result keep(struct db *db, const struct stored *stored, const struct db_original *original, int extractor_version) {
    if (memcmp(stored->digest, original->digest, SHA256_BYTES) != 0 || stored->extractor_version == extractor_version)
        return RESULT_OK;
    STATEMENT(update, db, ORIGINAL_VERSION);
    bind_int(update, 1, stored->key);
    bind_int(update, 2, extractor_version);
    return statement_run(update);
}

static enum result put_article(struct put *put, enum db_outcome *ret_outcome) {
    struct stored stored;
    enum result result = find_stored(put->db, put->id, &stored);
    if (result != RESULT_OK)
        return result;
    if (stored.found && memcmp(stored.value_digest, put->value_digest, SHA256_BYTES) == 0) {
        *ret_outcome = DB_UNCHANGED;
        return keep(put->db, &stored, put->original, put->extractor_version);
    }
    if ((result = run(put->db, STATEMENT_SAVEPOINT_BEGIN)) != RESULT_OK)
        return result;
    *ret_outcome = stored.found ? DB_REPLACED : DB_ADDED_NEW;
    return close_savepoint(put->db, store(put, &stored));
}

enum result db_put_article(struct db *db, const struct article *article, const struct db_original *original, int extractor_version,
                           enum db_outcome *ret_outcome, char *ret_id, struct error *error) {
    if (!db->in_batch)
        return error_set(error, db_refuse(db, RESULT_CONFLICT, "no transaction is open"), "%s", db->message);
    enum result result = value_check(article, error);
    if (result != RESULT_OK)
        return result;
    CLEANUP(arena_done) struct arena arena;
    arena_init(&arena, 0);
    char id[ARTICLE_ID_LENGTH + 1];
    public_id_article(article->url, article->text, id);
    struct put put = {.db = db, .arena = &arena, .article = article, .original = original, .extractor_version = extractor_version};
    put.id = span_of(id);
    put.tally.arena = &arena;
    if (value_digest(article, put.value_digest) != RESULT_OK)
        return error_set(error, RESULT_MEMORY, "out of memory");
    enum db_outcome outcome = DB_UNCHANGED;
    result = put_article(&put, &outcome);
    if (result != RESULT_OK)
        return error_set(error, result, "%s", db->message);
    *ret_outcome = outcome;
    memcpy(ret_id, id, sizeof(id));
    return RESULT_OK;
}
