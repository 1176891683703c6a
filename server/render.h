#ifndef QUOTED_SERVER_RENDER_H
#define QUOTED_SERVER_RENDER_H

/* From rows to JSON, one renderer a shape, so that a quote looks the same wherever it stands. Each shape's members are one table: the
   bits of `fields`, their names and their order. Thread-safe; the writer is the caller's. */

#include "db/article.h"
#include "db/entity.h"
#include "db/quote.h"
#include "db/source.h"
#include "server/route.h"

#define ARTICLE_FIELDS(X)                                                                                                                  \
    X(ID, "id")                                                                                                                            \
    X(TITLE, "title")                                                                                                                      \
    X(URL, "url")                                                                                                                          \
    X(SOURCE, "source")                                                                                                                    \
    X(AUTHORS, "authors")                                                                                                                  \
    X(LANGUAGE, "language")                                                                                                                \
    X(SECTION, "section")                                                                                                                  \
    X(IMAGE_CREDIT, "image_credit")                                                                                                        \
    X(PUBLISHED, "published")                                                                                                              \
    X(PUBLISHED_PRECISION, "published_precision")                                                                                          \
    X(PUBLISHED_FROM, "published_from")                                                                                                    \
    X(ADDED, "added")                                                                                                                      \
    X(REVISION, "revision")                                                                                                                \
    X(WORD_COUNT, "word_count")                                                                                                            \
    X(QUOTE_COUNT, "quote_count")                                                                                                          \
    X(ENTITY_COUNT, "entity_count")                                                                                                        \
    X(TEXT, "text")                                                                                                                        \
    X(ENTITIES, "entities")                                                                                                                \
    X(QUOTES, "quotes")                                                                                                                    \
    X(DROPPED, "dropped")

#define QUOTE_FIELDS(X)                                                                                                                    \
    X(ID, "id")                                                                                                                            \
    X(TEXT, "text")                                                                                                                        \
    X(KIND, "kind")                                                                                                                        \
    X(SPEAKER, "speaker")                                                                                                                  \
    X(SPEAKER_TEXT, "speaker_text")                                                                                                        \
    X(CUE, "cue")                                                                                                                          \
    X(CONFIDENCE, "confidence")                                                                                                            \
    X(ABOUT, "about")                                                                                                                      \
    X(ARTICLE, "article")                                                                                                                  \
    X(SELECTORS, "selectors")                                                                                                              \
    X(CONTEXT, "context")                                                                                                                  \
    X(LINK, "link")                                                                                                                        \
    X(ADDED, "added")                                                                                                                      \
    X(REVISION, "revision")

#define ENTITY_FIELDS(X)                                                                                                                   \
    X(ID, "id")                                                                                                                            \
    X(NAME, "name")                                                                                                                        \
    X(TYPE, "type")                                                                                                                        \
    X(ALIASES, "aliases")                                                                                                                  \
    X(ROLES, "roles")                                                                                                                      \
    X(ARTICLE_COUNT, "article_count")                                                                                                      \
    X(MENTION_COUNT, "mention_count")                                                                                                      \
    X(QUOTE_COUNT, "quote_count")                                                                                                          \
    X(ABOUT_COUNT, "about_count")                                                                                                          \
    X(FIRST_SEEN, "first_seen")                                                                                                            \
    X(LAST_SEEN, "last_seen")                                                                                                              \
    X(REVISION, "revision")

#define SOURCE_FIELDS(X)                                                                                                                   \
    X(ID, "id")                                                                                                                            \
    X(NAME, "name")                                                                                                                        \
    X(ARTICLE_COUNT, "article_count")                                                                                                      \
    X(QUOTE_COUNT, "quote_count")                                                                                                          \
    X(FIRST_PUBLISHED, "first_published")                                                                                                  \
    X(LAST_PUBLISHED, "last_published")                                                                                                    \
    X(REVISION, "revision")

enum article_field {
#define X(name, word) ARTICLE_##name,
    ARTICLE_FIELDS(X)
#undef X
        ARTICLE_FIELD_COUNT
};
enum quote_field {
#define X(name, word) QUOTE_FIELD_##name,
    QUOTE_FIELDS(X)
#undef X
        QUOTE_FIELD_COUNT
};
enum entity_field {
#define X(name, word) ENTITY_FIELD_##name,
    ENTITY_FIELDS(X)
#undef X
        ENTITY_FIELD_COUNT
};
enum source_field {
#define X(name, word) SOURCE_##name,
    SOURCE_FIELDS(X)
#undef X
        SOURCE_FIELD_COUNT
};

#define FIELD_BIT(field) (UINT64_C(1) << (field))
/* A list's articles come without the long parts; what was dropped comes only where it is asked for. */
#define ARTICLE_FIELDS_LIST (FIELD_BIT(ARTICLE_TEXT) - 1)
#define ARTICLE_FIELDS_ONE (FIELD_BIT(ARTICLE_DROPPED) - 1)
#define QUOTE_FIELDS_ALL (FIELD_BIT(QUOTE_FIELD_COUNT) - 1)
#define ENTITY_FIELDS_ALL (FIELD_BIT(ENTITY_FIELD_COUNT) - 1)
#define SOURCE_FIELDS_ALL (FIELD_BIT(SOURCE_FIELD_COUNT) - 1)

enum { CONFIDENCE_DECIMALS = 3 }; /* of a confidence as it is served and compared */

extern const struct field_set article_fields, quote_fields, entity_fields, source_fields;

/* An article and those of its parts that were loaded. */
struct article_parts {
    const struct db_article *article;
    const struct db_article_entity *entities;
    size_t entity_count;
    const struct db_quote *quotes;
    size_t quote_count;
    const struct dropped *dropped;
    size_t dropped_count;
};

void render_article(struct json_writer *writer, const struct article_parts *parts, uint64_t fields, struct arena *arena);
void render_article_entity(struct json_writer *writer, const struct db_article_entity *entity);
/* Without the fragment's memory the link is null; the arena's failure tells. */
void render_quote(struct json_writer *writer, const struct db_quote *quote, uint64_t fields, struct arena *arena);
void render_entity(struct json_writer *writer, const struct db_entity *entity, uint64_t fields);
void render_source(struct json_writer *writer, const struct db_source *source, uint64_t fields);
void render_stats(struct json_writer *writer, const struct db_stats *stats, int64_t last_modified);

/* {"id", "name"}, or null where id is empty. */
void render_source_reference(struct json_writer *writer, struct span id, struct span name);
/* An RFC 3339 time, or null. */
void render_moment(struct json_writer *writer, const char *key, struct moment moment);

/* The article's URL with a text fragment (https://wicg.github.io/scroll-to-text-fragment/) that scrolls to the quote; data NULL without
 * an http(s) URL. */
struct span text_fragment_link(struct arena *arena, const struct db_quote *quote);

#endif
