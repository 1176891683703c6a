#include <limits.h>
#include <stdlib.h>
#include <zlib.h>

#include "base/json.h"
#include "db/put.h"
#include "db/row.h"
#include "db/search_index.h"

/* The rows of one article. Two names of an article may be one entity of the corpus ("José Díaz" and "Jose Diaz"): then the first stands for
   both, and the second's mentions, roles and quotes are the first's. */

enum { COMPRESSION_LEVEL = 6 };

/* An article's entity as the store has it. */
struct local_entity {
    int64_t key;
    size_t first;        /* index of the one that stands for it: itself, or an earlier one of the same key */
    size_t next;         /* the next one that it stands for, or SIZE_MAX */
    size_t last;         /* of the first: the end of that chain */
    int64_t quote_count; /* of the first, as those that follow */
    int64_t about_count;
    size_t about_ordinal; /* of the last quote that was counted as about it */
};

struct locals {
    struct local_entity *items;
    size_t count;    /* of the article's entities */
    size_t distinct; /* of the store's */
};

static int compare_keys(const void *a, const void *b) {
    const struct local_entity *const *x = a;
    const struct local_entity *const *y = b;
    if ((*x)->key != (*y)->key)
        return (*x)->key < (*y)->key ? -1 : 1;
    return *x < *y ? -1 : *x > *y;
}

/* Chains up those that have the same key. */
static enum result join(struct put *put, struct locals *locals) {
    struct local_entity **sorted = arena_alloc_array(put->arena, locals->count, sizeof(*sorted));
    if (!sorted)
        return row_memory(put->db, put->arena);
    for (size_t i = 0; i < locals->count; i++)
        sorted[i] = &locals->items[i];
    if (locals->count)
        qsort(sorted, locals->count, sizeof(*sorted), compare_keys);
    struct local_entity *first = NULL;
    for (size_t i = 0; i < locals->count; i++) {
        struct local_entity *item = sorted[i];
        size_t index = (size_t)(item - locals->items);
        item->next = SIZE_MAX;
        if (first && first->key == item->key) {
            locals->items[first->last].next = index;
        } else {
            first = item;
            locals->distinct++;
        }
        item->first = (size_t)(first - locals->items);
        first->last = index;
    }
    return RESULT_OK;
}

static enum result identify(struct put *put, struct locals *ret) {
    const struct article *article = put->article;
    ret->count = article->entity_count;
    ret->items = arena_alloc_array(put->arena, ret->count, sizeof(*ret->items));
    if (!ret->items)
        return row_memory(put->db, put->arena);
    for (size_t i = 0; i < ret->count; i++) {
        const struct entity *entity = &article->entities[i];
        enum result result = entity_identify(put->db, put->arena, entity->name, entity->type, &ret->items[i].key);
        if (result != RESULT_OK)
            return result;
    }
    return join(put, ret);
}

static void count_quotes(const struct put *put, struct locals *locals) {
    for (size_t i = 0; i < put->article->quote_count; i++) {
        const struct quote *quote = &put->article->quotes[i];
        if (quote->speaker != SPEAKER_NONE)
            locals->items[locals->items[quote->speaker].first].quote_count++;
        for (size_t j = 0; j < quote->about_count; j++) {
            struct local_entity *about = &locals->items[locals->items[quote->about[j]].first];
            if (about->about_ordinal == i + 1)
                continue; /* named twice */
            about->about_ordinal = i + 1;
            about->about_count++;
        }
    }
    for (size_t i = 0; i < locals->count; i++)
        locals->items[i].about_ordinal = 0;
}

/* --- the article itself ------------------------------------------------------------------------------------------------------------------
 */

static enum result insert_article(struct put *put, const struct locals *locals) {
    const struct article *article = put->article;
    STATEMENT(insert, put->db, ARTICLE_INSERT);
    bind_int(insert, 1, put->key);
    bind_text(insert, 2, put->id);
    if (put->has_source)
        bind_int(insert, 3, put->source);
    bind_moment(insert, 4, article->published);
    bind_string(insert, 6, article->published_from);
    bind_int(insert, 7, put->added);
    bind_int(insert, 8, put->arrival);
    bind_int(insert, 9, put->db->batch_revision);
    bind_int(insert, 10, value_word_count(article->text));
    bind_int(insert, 11, (int64_t)article->quote_count);
    bind_int(insert, 12, (int64_t)locals->distinct);
    bind_text_or_null(insert, 13, article->language);
    bind_text_or_null(insert, 14, article->section);
    bind_text_or_null(insert, 15, article->title);
    bind_text_or_null(insert, 16, article->url);
    bind_text_or_null(insert, 17, article->image_credit);
    bind_text(insert, 18, article->text);
    return statement_run(insert);
}

static bool is_repeat(const struct span *items, size_t index) {
    for (size_t i = 0; i < index; i++)
        if (span_equal(items[i], items[index]))
            return true;
    return false;
}

static enum result insert_authors(const struct put *put) {
    const struct article *article = put->article;
    int64_t ordinal = 0;
    enum result result = RESULT_OK;
    for (size_t i = 0; i < article->author_count && result == RESULT_OK; i++) {
        if (article->authors[i].length == 0 || is_repeat(article->authors, i))
            continue;
        STATEMENT(insert, put->db, AUTHOR_INSERT);
        bind_int(insert, 1, put->key);
        bind_int(insert, 2, ++ordinal);
        bind_text(insert, 3, article->authors[i]);
        result = statement_run(insert);
    }
    return result;
}

static enum result insert_dropped(const struct put *put) {
    enum result result = RESULT_OK;
    for (size_t i = 0; i < put->article->dropped_count && result == RESULT_OK; i++) {
        const struct dropped *dropped = &put->article->dropped[i];
        STATEMENT(insert, put->db, DROPPED_INSERT);
        bind_int(insert, 1, put->key);
        bind_int(insert, 2, (int64_t)i + 1);
        bind_text(insert, 3, span_of(dropped->why));
        bind_text(insert, 4, dropped->text);
        result = statement_run(insert);
    }
    return result;
}

static enum result insert_original(const struct put *put) {
    const struct db_original *original = put->original;
    uLongf length = compressBound(original->bytes.length);
    CLEANUP_FREE Bytef *packed = malloc(length);
    const Bytef *bytes = (const Bytef *)(original->bytes.length ? original->bytes.data : "");
    if (!packed || compress2(packed, &length, bytes, original->bytes.length, COMPRESSION_LEVEL) != Z_OK)
        return db_fail(put->db, SQLITE_NOMEM);
    STATEMENT(insert, put->db, ORIGINAL_INSERT);
    bind_int(insert, 1, put->key);
    bind_bytes(insert, 2, original->digest, SHA256_BYTES);
    bind_bytes(insert, 3, put->value_digest, SHA256_BYTES);
    bind_int(insert, 4, put->extractor_version);
    bind_text_or_null(insert, 5, original->media_type);
    bind_text_or_null(insert, 6, original->path);
    bind_int(insert, 7, (int64_t)original->bytes.length);
    bind_bytes(insert, 8, packed, length);
    return statement_run(insert);
}

/* --- its entities ------------------------------------------------------------------------------------------------------------------------
 */

static int compare_mentions(const void *a, const void *b) {
    const struct mention *x = a;
    const struct mention *y = b;
    if (x->range.start != y->range.start)
        return x->range.start < y->range.start ? -1 : 1;
    return x->range.end < y->range.end ? -1 : x->range.end > y->range.end;
}

/* All mentions of those that first stands for, in order of the text. */
static enum result gather_mentions(const struct put *put, const struct locals *locals, size_t first, struct mention **ret,
                                   size_t *ret_count) {
    size_t count = 0;
    for (size_t i = first; i != SIZE_MAX; i = locals->items[i].next)
        count += put->article->entities[i].mention_count;
    struct mention *mentions = arena_alloc_array(put->arena, count, sizeof(*mentions));
    if (!mentions)
        return row_memory(put->db, put->arena);
    size_t at = 0;
    for (size_t i = first; i != SIZE_MAX; i = locals->items[i].next)
        for (size_t j = 0; j < put->article->entities[i].mention_count; j++)
            mentions[at++] = put->article->entities[i].mentions[j];
    if (count)
        qsort(mentions, count, sizeof(*mentions), compare_mentions);
    *ret = mentions;
    *ret_count = count;
    return RESULT_OK;
}

/* Their roles without repeats, as JSON; each counts once for the entity. */
static enum result gather_roles(struct put *put, const struct locals *locals, size_t first, struct buffer *json) {
    struct span roles[ROLES_PER_APPEARANCE_MAX];
    size_t count = 0;
    struct json_writer writer;
    json_writer_init(&writer, json, false);
    json_array_begin(&writer);
    for (size_t i = first; i != SIZE_MAX; i = locals->items[i].next) {
        const struct entity *entity = &put->article->entities[i];
        for (size_t j = 0; j < entity->role_count && count < ROLES_PER_APPEARANCE_MAX; j++) {
            roles[count] = entity->roles[j];
            if (roles[count].length == 0 || is_repeat(roles, count))
                continue;
            json_write_string(&writer, roles[count]);
            tally_add(&put->tally, locals->items[first].key, TALLY_ROLE, roles[count], (const int64_t[4]){1});
            count++;
        }
    }
    json_array_end(&writer);
    return buffer_result(json) == RESULT_OK ? RESULT_OK : db_fail(put->db, SQLITE_NOMEM);
}

static enum result insert_mentions(struct put *put, const struct offsets *offsets, int64_t entity, const struct mention *mentions,
                                   size_t count) {
    enum result result = RESULT_OK;
    for (size_t i = 0; i < count && result == RESULT_OK; i++) {
        struct range range = mentions[i].range;
        size_t start = offsets_byte(offsets, range.start);
        size_t end = offsets_byte(offsets, range.end);
        STATEMENT(insert, put->db, MENTION_INSERT);
        bind_int(insert, 1, put->key);
        bind_int(insert, 2, entity);
        bind_int(insert, 3, (int64_t)i + 1);
        bind_string(insert, 4, mention_form_name(mentions[i].form));
        bind_int(insert, 5, range.start);
        bind_int(insert, 6, range.end);
        bind_int(insert, 7, (int64_t)start);
        bind_int(insert, 8, (int64_t)end);
        result = statement_run(insert);
        if (mentions[i].form == MENTION_NAME && end > start && end - start <= NAME_BYTES_MAX)
            tally_add(&put->tally, entity, TALLY_ALIAS, span_slice(put->article->text, start, end), (const int64_t[4]){1, 0});
    }
    return result;
}

static enum result insert_appearance(struct put *put, const struct locals *locals, size_t first, int64_t ordinal,
                                     const struct offsets *offsets) {
    const struct local_entity *local = &locals->items[first];
    struct span name = put->article->entities[first].name;
    struct mention *mentions = NULL;
    size_t count = 0;
    CLEANUP(buffer_done) struct buffer roles;
    buffer_init(&roles, 0);
    enum result result = gather_mentions(put, locals, first, &mentions, &count);
    if (result == RESULT_OK)
        result = gather_roles(put, locals, first, &roles);
    if (result != RESULT_OK)
        return result;
    STATEMENT(insert, put->db, APPEARANCE_INSERT);
    bind_int(insert, 1, put->key);
    bind_int(insert, 2, local->key);
    bind_int(insert, 3, ordinal);
    bind_text(insert, 4, name);
    bind_text(insert, 5, buffer_span(&roles));
    bind_int(insert, 6, (int64_t)count);
    bind_int(insert, 7, local->quote_count);
    bind_int(insert, 8, local->about_count);
    if ((result = statement_run(insert)) != RESULT_OK)
        return result;
    put->delta.mentions += (int64_t)count;
    tally_add(&put->tally, local->key, TALLY_ALIAS, name, (const int64_t[4]){0, 1});
    tally_add(&put->tally, local->key, TALLY_COUNT, (struct span){0},
              (const int64_t[4]){1, (int64_t)count, local->quote_count, local->about_count});
    return insert_mentions(put, offsets, local->key, mentions, count);
}

static enum result insert_appearances(struct put *put, const struct locals *locals, const struct offsets *offsets) {
    int64_t ordinal = 0;
    enum result result = RESULT_OK;
    for (size_t i = 0; i < locals->count && result == RESULT_OK; i++)
        if (locals->items[i].first == i)
            result = insert_appearance(put, locals, i, ++ordinal, offsets);
    return result;
}

/* --- its quotes --------------------------------------------------------------------------------------------------------------------------
 */

static void bind_range(struct statement *statement, int index, struct span text, struct range range) {
    if (text.length == 0)
        return; /* stays NULL */
    bind_int(statement, index, range.start);
    bind_int(statement, index + 1, range.end);
}

static enum result insert_quote(struct put *put, const struct locals *locals, const struct offsets *offsets, size_t index) {
    const struct quote *quote = &put->article->quotes[index];
    int64_t ordinal = (int64_t)index + 1;
    STATEMENT(insert, put->db, QUOTE_INSERT);
    bind_int(insert, 1, key_of_quote(put->key, ordinal));
    bind_int(insert, 2, put->key);
    bind_int(insert, 3, ordinal);
    bind_string(insert, 4, quote_kind_name(quote->kind));
    bind_real(insert, 5, quote->confidence);
    if (quote->speaker != SPEAKER_NONE)
        bind_int(insert, 6, locals->items[quote->speaker].key);
    bind_int(insert, 7, quote->range.start);
    bind_int(insert, 8, quote->range.end);
    bind_int(insert, 9, (int64_t)offsets_byte(offsets, quote->range.start));
    bind_int(insert, 10, (int64_t)offsets_byte(offsets, quote->range.end));
    bind_range(insert, 11, quote->speaker_text, quote->speaker_range);
    bind_range(insert, 13, quote->cue, quote->cue_range);
    bind_text_or_null(insert, 15, quote->speaker_text);
    bind_text_or_null(insert, 16, quote->cue);
    bind_string(insert, 17, quote->rule);
    bind_text(insert, 18, quote->text);
    put->delta.quotes_with_speaker += quote->speaker != SPEAKER_NONE;
    return statement_run(insert);
}

static enum result insert_about(struct put *put, const struct locals *locals, size_t index) {
    const struct quote *quote = &put->article->quotes[index];
    int64_t ordinal = 0;
    enum result result = RESULT_OK;
    for (size_t i = 0; i < quote->about_count && result == RESULT_OK; i++) {
        struct local_entity *about = &locals->items[locals->items[quote->about[i]].first];
        if (about->about_ordinal == index + 1)
            continue;
        about->about_ordinal = index + 1;
        STATEMENT(insert, put->db, QUOTE_ENTITY_INSERT);
        bind_int(insert, 1, key_of_quote(put->key, (int64_t)index + 1));
        bind_int(insert, 2, ++ordinal);
        bind_int(insert, 3, about->key);
        result = statement_run(insert);
    }
    return result;
}

static enum result insert_quotes(struct put *put, const struct locals *locals, const struct offsets *offsets) {
    enum result result = RESULT_OK;
    for (size_t i = 0; i < put->article->quote_count && result == RESULT_OK; i++) {
        result = insert_quote(put, locals, offsets, i);
        if (result == RESULT_OK)
            result = insert_about(put, locals, i);
    }
    return result;
}

enum result put_rows(struct put *put) {
    struct locals locals = {0};
    struct offsets offsets;
    put->delta.articles++;
    put->delta.quotes += (int64_t)put->article->quote_count;
    enum result result = identify(put, &locals);
    if (result == RESULT_OK && offsets_make(put->arena, put->article->text, &offsets) != RESULT_OK)
        result = db_fail(put->db, SQLITE_NOMEM);
    if (result != RESULT_OK)
        return result;
    count_quotes(put, &locals);
    result = insert_article(put, &locals);
    if (result == RESULT_OK)
        result = insert_authors(put);
    if (result == RESULT_OK)
        result = insert_appearances(put, &locals, &offsets);
    if (result == RESULT_OK)
        result = insert_quotes(put, &locals, &offsets);
    if (result == RESULT_OK)
        result = insert_dropped(put);
    if (result == RESULT_OK)
        result = insert_original(put);
    return result == RESULT_OK ? search_index_note_article(put->db, put->key) : result;
}
