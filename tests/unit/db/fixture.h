#ifndef QUOTED_TESTS_DB_FIXTURE_H
#define QUOTED_TESTS_DB_FIXTURE_H

/* What the store's tests share: a folder that goes away, and articles made from a few words. People and outlets are invented. */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/cleanup.h"
#include "base/hash.h"
#include "base/public_id.h"
#include "base/time.h"
#include "db/article.h"
#include "db/entity.h"
#include "db/quote.h"
#include "db/source.h"
#include "db/write.h"

#define OK(call) assert_int_equal((call), RESULT_OK)
#define MAYBE_UNUSED __attribute__((unused))

struct fixture {
    char folder[64];
    char path[128];
    struct db *db; /* open for writing */
    struct arena arena;
};

static MAYBE_UNUSED void fixture_remove(const char *folder) {
    char command[128];
    snprintf(command, sizeof(command), "rm -rf '%s'", folder);
    assert_int_equal(system(command), 0);
}

static MAYBE_UNUSED struct db *fixture_open(const char *path, enum db_mode mode) {
    struct error error = {0};
    struct db *db = NULL;
    if (db_open(path, mode, &db, &error) != RESULT_OK)
        fail_msg("%s", error.message);
    return db;
}

static MAYBE_UNUSED int fixture_begin(void **state) {
    struct fixture *fixture = calloc(1, sizeof(*fixture));
    assert_non_null(fixture);
    strcpy(fixture->folder, "/tmp/quoted-db-XXXXXX");
    assert_non_null(mkdtemp(fixture->folder));
    snprintf(fixture->path, sizeof(fixture->path), "%s/store.db", fixture->folder);
    fixture->db = fixture_open(fixture->path, DB_WRITE);
    arena_init(&fixture->arena, 0);
    *state = fixture;
    return 0;
}

static MAYBE_UNUSED int fixture_end(void **state) {
    struct fixture *fixture = *state;
    arena_done(&fixture->arena);
    db_close(fixture->db);
    fixture_remove(fixture->folder);
    free(fixture);
    return 0;
}

/* --- articles ------------------------------------------------------------------------------------------------------------------------- */

/* An article under construction: text grows by phrases, and mentions and quotes are noted where they stand. */
struct draft {
    struct arena *arena;
    struct article article;
    char text[8192];
    size_t length;
    struct entity entities[16];
    struct mention mentions[16][16];
    struct span roles[16][4];
    struct quote quotes[64];
    int abouts[64][4];
};

static MAYBE_UNUSED uint32_t draft_code_points(const struct draft *draft) {
    uint32_t count = 0;
    for (size_t i = 0; i < draft->length; i++)
        count += ((unsigned char)draft->text[i] & 0xc0) != 0x80;
    return count;
}

static MAYBE_UNUSED struct range draft_append(struct draft *draft, const char *words) {
    struct range range = {draft_code_points(draft), 0};
    size_t length = strlen(words);
    assert_true(draft->length + length < sizeof(draft->text));
    memcpy(draft->text + draft->length, words, length + 1);
    draft->length += length;
    range.end = draft_code_points(draft);
    draft->article.text = (struct span){draft->text, draft->length};
    return range;
}

static MAYBE_UNUSED void draft_begin(struct draft *draft, const char *url, const char *title, struct moment published) {
    memset(draft, 0, sizeof(*draft));
    draft->article.url = span_of(url);
    draft->article.title = span_of(title);
    draft->article.published = published;
    draft->article.language = SPAN("en");
    draft->article.entities = draft->entities;
    draft->article.quotes = draft->quotes;
    draft->article.text = (struct span){draft->text, 0};
}

/* Writes the name into the text as its first mention; gives the entity's index. */
static MAYBE_UNUSED int draft_entity(struct draft *draft, const char *name, enum entity_type type) {
    size_t index = draft->article.entity_count++;
    assert_true(index < 16);
    struct range range = draft_append(draft, name);
    draft_append(draft, " ");
    draft->mentions[index][0] = (struct mention){range, MENTION_NAME};
    draft->entities[index] = (struct entity){
        .name = span_of(name), .type = type, .mentions = draft->mentions[index], .mention_count = 1, .roles = draft->roles[index]};
    return (int)index;
}

static MAYBE_UNUSED void draft_mention(struct draft *draft, int entity, const char *words, enum mention_form form) {
    struct entity *named = &draft->entities[entity];
    assert_true(named->mention_count < 16);
    struct range range = draft_append(draft, words);
    draft_append(draft, " ");
    draft->mentions[entity][named->mention_count++] = (struct mention){range, form};
}

static MAYBE_UNUSED void draft_role(struct draft *draft, int entity, const char *role) {
    struct entity *named = &draft->entities[entity];
    assert_true(named->role_count < 4);
    draft->roles[entity][named->role_count++] = span_of(role);
}

/* about: -1 for none. */
static MAYBE_UNUSED void draft_quote(struct draft *draft, const char *words, int speaker, int about) {
    size_t index = draft->article.quote_count++;
    assert_true(index < 64);
    draft_append(draft, "\"");
    struct range range = draft_append(draft, words);
    draft_append(draft, "\" ");
    draft->abouts[index][0] = about;
    draft->quotes[index] = (struct quote){.text = span_of(words),
                                          .range = range,
                                          .kind = QUOTE_DIRECT,
                                          .speaker = speaker,
                                          .cue = (struct span){0},
                                          .confidence = 0.9,
                                          .about = draft->abouts[index],
                                          .about_count = about >= 0,
                                          .rule = "test"};
}

static MAYBE_UNUSED struct moment moment_at(int64_t seconds) {
    return (struct moment){seconds, PRECISION_SECOND};
}

static MAYBE_UNUSED enum db_outcome put_in_batch(struct db *db, const struct article *article, int version, char *ret_id) {
    struct db_original original = {.bytes = article->text, .media_type = SPAN("text/plain"), .path = SPAN("invented.txt")};
    sha256(original.bytes, original.digest);
    enum db_outcome outcome = DB_UNCHANGED;
    struct error error = {0};
    char id[ARTICLE_ID_LENGTH + 1];
    if (db_put_article(db, article, &original, version, &outcome, ret_id ? ret_id : id, &error) != RESULT_OK)
        fail_msg("%s", error.message);
    return outcome;
}

static MAYBE_UNUSED enum db_outcome put(struct db *db, const struct article *article, char *ret_id) {
    OK(db_begin(db));
    enum db_outcome outcome = put_in_batch(db, article, 1, ret_id);
    OK(db_commit(db));
    return outcome;
}

/* The smallest article. */
static MAYBE_UNUSED enum db_outcome put_plain(struct db *db, const char *url, struct moment published, char *ret_id) {
    static struct draft draft;
    draft_begin(&draft, url, "Plain", published);
    draft_append(&draft, "Nothing much happened.");
    return put_in_batch(db, &draft.article, 1, ret_id);
}

static MAYBE_UNUSED void check(struct db *db) {
    struct error error = {0};
    if (db_check(db, &error) != RESULT_OK)
        fail_msg("%s", error.message);
}

static MAYBE_UNUSED bool span_is(struct span span, const char *text) {
    return span_equal(span, span_of(text));
}

#define assert_span(span, text)                                                                                                            \
    do {                                                                                                                                   \
        if (!span_is((span), (text)))                                                                                                      \
            fail_msg("\"%.*s\" is not \"%s\"", SPAN_PRINT(span), (text));                                                                  \
    } while (0)

#endif
