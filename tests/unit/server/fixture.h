#ifndef QUOTED_TESTS_UNIT_SERVER_FIXTURE_H
#define QUOTED_TESTS_UNIT_SERVER_FIXTURE_H

/* A real store in a temporary folder, filled through db/write.h with articles about invented people, and requests to the server's core
   without any socket. */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/hash.h"
#include "base/public_id.h"
#include "base/time.h"
#include "base/utf8.h"
#include "db/write.h"
#include "server/answer.h"

enum { PARTS_MAX = 8, MENTIONS_MAX = 64, NOW = 2000000000 };

struct quote_plan {
    const char *text; /* must stand in the article's text */
    enum quote_kind kind;
    int speaker; /* index of a name, or SPEAKER_NONE */
    const char *cue;
    double confidence;
    int about; /* index of a name, or -1 */
};

struct article_plan {
    const char *url;
    const char *title;
    const char *source;
    const char *text;
    const char *author;
    const char *section;
    int64_t published; /* 0: not known */
    const char *names[PARTS_MAX];
    enum entity_type types[PARTS_MAX];
    struct quote_plan quotes[PARTS_MAX];
};

struct fixture {
    char folder[64];
    char path[96];
    struct db *writer;
    struct store *store;
    struct service service;
    struct arena arena;
    struct reply reply;
    json_t *body;
};

static inline struct range range_in(struct span text, struct span part, size_t from) {
    size_t at = span_find(text, part, from);
    assert_true(at != SIZE_MAX);
    uint32_t start = (uint32_t)utf8_count(span_slice(text, 0, at));
    return (struct range){start, start + (uint32_t)utf8_count(part)};
}

static inline size_t plan_entities(struct arena *arena, const struct article_plan *plan, struct entity *entities) {
    struct span text = span_of(plan->text);
    size_t count = 0;
    for (; count < PARTS_MAX && plan->names[count]; count++) {
        struct span name = span_of(plan->names[count]);
        struct mention *mentions = arena_alloc_array(arena, MENTIONS_MAX, sizeof *mentions);
        size_t mention_count = 0;
        for (size_t at = span_find(text, name, 0); at != SIZE_MAX && mention_count < MENTIONS_MAX; at = span_find(text, name, at + 1))
            mentions[mention_count++] = (struct mention){range_in(text, name, at), MENTION_NAME};
        assert_true(mention_count > 0);
        entities[count] = (struct entity){.name = name, .type = plan->types[count], .mentions = mentions, .mention_count = mention_count};
    }
    return count;
}

static inline size_t plan_quotes(struct arena *arena, const struct article_plan *plan, struct quote *quotes) {
    struct span text = span_of(plan->text);
    size_t count = 0;
    for (; count < PARTS_MAX && plan->quotes[count].text; count++) {
        const struct quote_plan *from = &plan->quotes[count];
        struct quote *to = &quotes[count];
        *to = (struct quote){.text = span_of(from->text), .kind = from->kind, .speaker = from->speaker, .confidence = from->confidence};
        to->range = range_in(text, to->text, 0);
        to->rule = "test";
        if (from->cue) {
            to->cue = span_of(from->cue);
            to->cue_range = range_in(text, to->cue, 0);
        }
        if (from->speaker != SPEAKER_NONE) {
            to->speaker_text = span_of(plan->names[from->speaker]);
            to->speaker_range = range_in(text, to->speaker_text, 0);
        }
        if (from->about >= 0) {
            int *about = arena_alloc(arena, sizeof *about);
            *about = from->about;
            to->about = about;
            to->about_count = 1;
        }
    }
    return count;
}

/* Stores the plan in a transaction of its own; ret_id (may be NULL) has ARTICLE_ID_LENGTH + 1 bytes. */
static inline enum db_outcome store_article(struct fixture *fixture, const struct article_plan *plan, char *ret_id) {
    struct arena arena;
    arena_init(&arena, 0);
    struct entity entities[PARTS_MAX];
    struct quote quotes[PARTS_MAX];
    struct span author = span_of(plan->author);
    const struct dropped dropped = {.text = SPAN("Share this story!"), .why = "share"};
    struct article article = {
        .title = span_of(plan->title),
        .text = span_of(plan->text),
        .language = SPAN("en"),
        .url = span_of(plan->url),
        .source_name = span_of(plan->source),
        .section = span_of(plan->section),
        .authors = &author,
        .author_count = plan->author ? 1 : 0,
        .published = {plan->published, plan->published ? PRECISION_SECOND : PRECISION_NONE},
        .published_from = plan->published ? "header" : NULL,
        .dropped = &dropped,
        .dropped_count = 1,
        .entities = entities,
        .entity_count = plan_entities(&arena, plan, entities),
        .quotes = quotes,
        .quote_count = plan_quotes(&arena, plan, quotes),
    };
    struct db_original original = {.bytes = span_of(plan->text), .media_type = SPAN("text/plain"), .path = SPAN("plan.txt")};
    sha256(original.bytes, original.digest);
    enum db_outcome outcome;
    char id[ARTICLE_ID_LENGTH + 1];
    struct error error = {0};
    assert_int_equal(db_begin(fixture->writer), RESULT_OK);
    if (db_put_article(fixture->writer, &article, &original, 1, &outcome, id, &error) != RESULT_OK)
        fail_msg("%s", error.message);
    assert_int_equal(db_commit(fixture->writer), RESULT_OK);
    if (ret_id)
        memcpy(ret_id, id, sizeof id);
    arena_done(&arena);
    return outcome;
}

static inline int fixture_setup(void **state) {
    struct fixture *fixture = calloc(1, sizeof *fixture);
    const char *folder = getenv("TMPDIR");
    snprintf(fixture->folder, sizeof fixture->folder, "%.40s/quoted-XXXXXX", folder ? folder : "/tmp");
    assert_non_null(mkdtemp(fixture->folder));
    snprintf(fixture->path, sizeof fixture->path, "%s/store.db", fixture->folder);
    struct error error = {0};
    bool made = false;
    if (db_open(fixture->path, DB_WRITE, &fixture->writer, &error) != RESULT_OK)
        fail_msg("%s", error.message);
    if (store_open(fixture->path, false, &fixture->store, &made, &error) != RESULT_OK)
        fail_msg("%s", error.message);
    assert_false(made);
    fixture->service = (struct service){.store = fixture->store, .deadline_ms = 60000};
    arena_init(&fixture->arena, 0);
    reply_init(&fixture->reply, &fixture->arena);
    *state = fixture;
    return 0;
}

static inline int fixture_teardown(void **state) {
    struct fixture *fixture = *state;
    json_decref(fixture->body);
    reply_done(&fixture->reply);
    arena_done(&fixture->arena);
    store_close(fixture->store);
    db_close(fixture->writer);
    static const char *const endings[] = {"", "-wal", "-shm"};
    char path[128];
    for (size_t i = 0; i < 3; i++) {
        snprintf(path, sizeof path, "%s%s", fixture->path, endings[i]);
        (void)unlink(path);
    }
    (void)rmdir(fixture->folder);
    free(fixture);
    return 0;
}

/* One request; headers are name, value, … NULL. The reply and the body's JSON live until the next request. */
static inline int ask(struct fixture *fixture, const char *method, const char *target, ...) {
    struct header headers[20] = {{SPAN("Host"), SPAN("localhost")}};
    struct request_head head = {.method = span_of(method),
                                .version = SPAN("HTTP/1.1"),
                                .target = span_of(target),
                                .headers = headers,
                                .header_count = 1,
                                .now = NOW,
                                .started_ns = time_monotonic_ns()};
    va_list list;
    va_start(list, target);
    for (const char *name = va_arg(list, const char *); name; name = va_arg(list, const char *))
        headers[head.header_count++] = (struct header){span_of(name), span_of(va_arg(list, const char *))};
    va_end(list);
    json_decref(fixture->body);
    fixture->body = NULL;
    reply_done(&fixture->reply);
    reply_init(&fixture->reply, &fixture->arena);
    service_answer(&fixture->service, &head, &fixture->arena, &fixture->reply);
    struct span body = buffer_span(&fixture->reply.body);
    struct span type = reply_header_value(&fixture->reply, "Content-Type");
    if (span_ends_with(type, SPAN("json")))
        assert_non_null(fixture->body = json_loadb(body.data, body.length, JSON_REJECT_DUPLICATES, NULL));
    return fixture->reply.status;
}

static inline int get(struct fixture *fixture, const char *target) {
    return ask(fixture, "GET", target, NULL);
}

/* The reply's header as a C string; "" where there is none. */
static inline const char *header_of(struct fixture *fixture, const char *name) {
    struct span value = reply_header_value(&fixture->reply, name);
    return value.data ? value.data : "";
}

/* A member of the body by path: names and numbers divided by dots ("items.0.id"). */
static inline json_t *member(struct fixture *fixture, const char *path) {
    json_t *at = fixture->body;
    struct span rest = span_of(path);
    struct span piece;
    while (at && span_split(&rest, '.', &piece)) {
        char name[64];
        snprintf(name, sizeof name, "%.*s", SPAN_PRINT(piece));
        at = json_is_array(at) ? json_array_get(at, (size_t)atoi(name)) : json_object_get(at, name);
    }
    return at;
}

static inline const char *text_of(struct fixture *fixture, const char *path) {
    const char *text = json_string_value(member(fixture, path));
    return text ? text : "(no string)";
}

static inline long long int_of(struct fixture *fixture, const char *path) {
    json_t *value = member(fixture, path);
    assert_true(json_is_integer(value));
    return json_integer_value(value);
}

static inline size_t count_of(struct fixture *fixture, const char *path) {
    json_t *value = member(fixture, path);
    assert_true(json_is_array(value));
    return json_array_size(value);
}

/* The reply is a problem document of this code. */
static inline void assert_problem(struct fixture *fixture, int status, const char *code) {
    assert_int_equal(fixture->reply.status, status);
    assert_string_equal(header_of(fixture, "Content-Type"), "application/problem+json");
    assert_string_equal(text_of(fixture, "code"), code);
    assert_int_equal(int_of(fixture, "status"), status);
    assert_true(strlen(text_of(fixture, "title")) > 0 && strlen(text_of(fixture, "detail")) > 0);
    char type[80];
    snprintf(type, sizeof type, "/problems/%s", code);
    assert_string_equal(text_of(fixture, "type"), type);
}

#define DAY 86400
#define SPRING_2024 1710000000 /* 2024-03-09T16:00:00Z */

static const struct article_plan harbour_plan = {
    .url = "https://example.org/harbour",
    .title = "Harbour to reopen",
    .source = "Example Courier",
    .author = "Ines Paar",
    .section = "Coast",
    .published = SPRING_2024,
    .text =
        "Mayor Ada Vell said the harbour in Port Quill would open. \"We will not wait another year,\" said Ada Vell.\n\n"
        "Tor Lind disagreed. \"Vell has a well-known taste for speed, and for risk,\" Tor Lind warned.",
    .names = {"Ada Vell", "Port Quill", "Tor Lind"},
    .types = {ENTITY_PERSON, ENTITY_PLACE, ENTITY_PERSON},
    .quotes = {{"We will not wait another year,", QUOTE_DIRECT, 0, "said", 0.95, -1},
               {"Vell has a well-known taste for speed, and for risk,", QUOTE_DIRECT, 2, "warned", 0.8, 0}},
};

static const struct article_plan bridge_plan = {
    .url = "https://news.example.net/bridge",
    .title = "Bridge closed",
    .source = "Net News",
    .published = SPRING_2024 + DAY,
    .text = "Tor Lind called the bridge \"a danger to all\" on Sunday. The Quill Works declined to comment.",
    .names = {"Tor Lind", "Quill Works"},
    .types = {ENTITY_PERSON, ENTITY_ORGANIZATION},
    .quotes = {{"a danger to all", QUOTE_MIXED, 0, "called", 0.6, -1}},
};

/* No address, no date. */
static const struct article_plan letter_plan = {
    .title = "A letter",
    .source = "Example Courier",
    .text = "Somebody wrote that \"nothing ever changes here\" and Ada Vell smiled.",
    .names = {"Ada Vell"},
    .types = {ENTITY_PERSON},
    .quotes = {{"nothing ever changes here", QUOTE_INDIRECT, SPEAKER_NONE, "wrote", 0.4, -1}},
};

static inline void store_all_plans(struct fixture *fixture) {
    store_article(fixture, &harbour_plan, NULL);
    store_article(fixture, &bridge_plan, NULL);
    store_article(fixture, &letter_plan, NULL);
}

#endif
