#ifndef QUOTED_TESTS_DB_WORLD_H
#define QUOTED_TESTS_DB_WORLD_H

/* A store full of made articles, and random questions to it, for the tests of lists. */

#include "tests/unit/db/corpus.h"

enum { ARTICLES = 160, BATCH = 10 };

struct world {
    struct fixture fixture;
    struct corpus_article *made[ARTICLES]; /* in order of arrival */
    char ids[ARTICLES][ARTICLE_ID_LENGTH + 1];
    int64_t added[ARTICLES];
    int64_t entity_keys[CORPUS_NAMES];
    int64_t source_keys[3];
};

/* Moments of arrival are set, so that periods of arrival can be asked for. */
static MAYBE_UNUSED void fill(struct world *world) {
    struct db *db = world->fixture.db;
    for (int first = 0; first < ARTICLES; first += BATCH) {
        OK(db_begin(db));
        db->batch_time = 1750000000 + first;
        for (int i = first; i < first + BATCH; i++) {
            world->made[i] = malloc(sizeof(struct corpus_article));
            assert_non_null(world->made[i]);
            corpus_make(world->made[i], i, 1);
            put_in_batch(db, &world->made[i]->draft.article, 1, world->ids[i]);
            world->added[i] = db->batch_time;
        }
        OK(db_commit(db));
    }
}

static MAYBE_UNUSED int64_t resolve(struct world *world, const char *id) {
    int64_t key = 0;
    const struct span *candidates = NULL;
    size_t count = 0;
    OK(db_entity_resolve(world->fixture.db, &world->fixture.arena, span_of(id), &key, &candidates, &count));
    return key;
}

static MAYBE_UNUSED int world_begin(void **state) {
    struct world *world = calloc(1, sizeof(*world));
    assert_non_null(world);
    void *fixture = NULL;
    fixture_begin(&fixture);
    world->fixture = *(struct fixture *)fixture;
    free(fixture);
    fill(world);
    for (int name = 0; name < CORPUS_NAMES; name++) {
        struct db_entity_query query = {.types = 1u << corpus_names[name].type};
        struct db_page page = {.order = DB_NAME, .limit = 100};
        struct db_entity_list list;
        OK(db_entity_query(world->fixture.db, &world->fixture.arena, &query, &page, &list));
        for (size_t i = 0; i < list.count; i++)
            for (size_t j = 0; j < list.rows[i].alias_count; j++)
                if (span_is(list.rows[i].aliases[j].name, corpus_names[name].name))
                    world->entity_keys[name] = list.rows[i].key;
        assert_int_not_equal(world->entity_keys[name], 0);
    }
    assert_int_equal(world->entity_keys[0], world->entity_keys[1]);
    assert_int_equal(resolve(world, "Quill Ostrava"), world->entity_keys[11]);
    for (int i = 0; i < 3; i++) {
        const struct span *candidates = NULL;
        size_t count = 0;
        OK(db_source_resolve(world->fixture.db, &world->fixture.arena, span_of(corpus_sources[i]), &world->source_keys[i], &candidates,
                             &count));
    }
    *state = world;
    return 0;
}

static MAYBE_UNUSED int world_end(void **state) {
    struct world *world = *state;
    for (int i = 0; i < ARTICLES; i++)
        free(world->made[i]);
    arena_done(&world->fixture.arena);
    db_close(world->fixture.db);
    fixture_remove(world->fixture.folder);
    free(world);
    return 0;
}

/* --- a random question and what must answer it ---------------------------------------------------------------------------------------- */

/* For each filter bit masks of what is wanted and what is not; 0: not asked. */
struct question {
    uint32_t source, source_not, entity, entity_not, speaker, speaker_not, about, about_not;
    uint32_t language, language_not, author, author_not, section, section_not;
    uint32_t kinds, speaker_types;
    int word; /* of q, or -1 */
    bool has_published, has_added;
    struct period published, added;
    double min_confidence;
};

static MAYBE_UNUSED uint32_t some(struct corpus_random *random, uint32_t of, uint32_t one_in) {
    if (corpus_next(random, one_in) != 0)
        return 0;
    uint32_t bits = 1u << corpus_next(random, of);
    if (corpus_next(random, 3) == 0)
        bits |= 1u << corpus_next(random, of);
    return bits;
}

/* Bits of names that are one entity go together. */
static MAYBE_UNUSED uint32_t some_entities(struct corpus_random *random, uint32_t one_in) {
    uint32_t bits = some(random, CORPUS_NAMES, one_in);
    return bits & 3 ? bits | 3 : bits;
}

static MAYBE_UNUSED struct question ask(struct corpus_random *random) {
    struct question question = {
        .source = some(random, 3, 5),
        .source_not = some(random, 3, 7),
        .entity = some_entities(random, 5),
        .entity_not = some_entities(random, 8),
        .speaker = some_entities(random, 5),
        .speaker_not = some_entities(random, 8),
        .about = some_entities(random, 5),
        .about_not = some_entities(random, 8),
        .language = some(random, 2, 6),
        .language_not = some(random, 2, 9),
        .author = some(random, 3, 6),
        .author_not = some(random, 3, 9),
        .section = some(random, 2, 6),
        .section_not = some(random, 2, 9),
        .kinds = some(random, 3, 5),
        .speaker_types = some(random, 3, 6),
        .word = corpus_next(random, 4) ? -1 : (int)corpus_next(random, CORPUS_WORDS),
        .has_published = corpus_next(random, 4) == 0,
        .has_added = corpus_next(random, 5) == 0,
        .min_confidence = corpus_next(random, 5) ? 0 : 0.5,
    };
    question.published.start = 1700006400 + (int64_t)corpus_next(random, 20) * 86400;
    question.published.end = question.published.start + (int64_t)corpus_next(random, 15) * 86400;
    question.added.start = 1750000000 + (int64_t)corpus_next(random, ARTICLES);
    question.added.end = question.added.start + (int64_t)corpus_next(random, 80);
    return question;
}

static MAYBE_UNUSED bool in(uint32_t bits, int index) {
    return (bits >> index & 1) != 0;
}

/* --- the question for the store --------------------------------------------------------------------------------------------------------
 */

struct keys {
    int64_t any[CORPUS_NAMES];
    int64_t none[CORPUS_NAMES];
};

static MAYBE_UNUSED struct key_filter key_filter(struct keys *keys, const int64_t *all, int count, uint32_t any, uint32_t none) {
    struct key_filter filter = {.include = keys->any, .exclude = keys->none, .is_set = any != 0};
    for (int i = 0; i < count; i++) {
        if (in(any, i))
            keys->any[filter.include_count++] = all[i];
        if (in(none, i))
            keys->none[filter.exclude_count++] = all[i];
    }
    return filter;
}

struct words {
    struct span any[3];
    struct span none[3];
};

static MAYBE_UNUSED struct word_filter word_filter(struct words *words, const char *const *all, uint32_t any, uint32_t none) {
    struct word_filter filter = {.include = words->any, .exclude = words->none};
    for (int i = 0; i < 3; i++) {
        if (in(any, i))
            words->any[filter.include_count++] = span_of(all[i]);
        if (in(none, i))
            words->none[filter.exclude_count++] = span_of(all[i]);
    }
    return filter;
}

struct asked {
    struct keys source, entity, speaker, about;
    struct words language, author, section;
    struct query_node word;
    struct db_article_query article;
    struct db_quote_query quote;
};

static MAYBE_UNUSED void put_question(const struct world *world, const struct question *question, struct asked *asked) {
    struct db_article_query *article = &asked->article;
    memset(asked, 0, sizeof(*asked));
    article->source = key_filter(&asked->source, world->source_keys, 3, question->source, question->source_not);
    article->entity = key_filter(&asked->entity, world->entity_keys, CORPUS_NAMES, question->entity, question->entity_not);
    article->speaker = key_filter(&asked->speaker, world->entity_keys, CORPUS_NAMES, question->speaker, question->speaker_not);
    article->about = key_filter(&asked->about, world->entity_keys, CORPUS_NAMES, question->about, question->about_not);
    article->language = word_filter(&asked->language, corpus_languages, question->language, question->language_not);
    article->author = word_filter(&asked->author, corpus_authors, question->author, question->author_not);
    article->section = word_filter(&asked->section, corpus_sections, question->section, question->section_not);
    article->has_published = question->has_published;
    article->published = question->published;
    article->has_added = question->has_added;
    article->added = question->added;
    if (question->word >= 0) {
        asked->word = (struct query_node){.kind = QUERY_WORD, .text = span_of(corpus_words[question->word])};
        article->q = &asked->word;
    }
    asked->quote = (struct db_quote_query){
        .q = article->q,
        .source = article->source,
        .entity = article->entity,
        .speaker = article->speaker,
        .about = article->about,
        .language = article->language,
        .author = article->author,
        .section = article->section,
        .has_published = question->has_published,
        .published = question->published,
        .has_added = question->has_added,
        .added = question->added,
        .kinds = question->kinds,
        .speaker_types = question->speaker_types,
        .min_confidence = question->min_confidence,
    };
}

static MAYBE_UNUSED int undated(struct moment moment) {
    return moment.precision == PRECISION_NONE;
}

#endif
