#include "tests/unit/db/corpus.h"

/* Every filter and order, walked to the last row by pages of random size, against a plain loop over what was put. */

enum { ARTICLES = 160, ROWS_MAX = 1000, BATCH = 10 };

/* One row of a list as the plain loop sees it. */
struct row {
    char id[40];
    struct moment published;
    int arrival;
    int quote;
};

struct world {
    struct fixture fixture;
    struct corpus_article *made[ARTICLES]; /* in order of arrival */
    char ids[ARTICLES][ARTICLE_ID_LENGTH + 1];
    int64_t added[ARTICLES];
    int64_t entity_keys[CORPUS_NAMES];
    int64_t source_keys[3];
};

/* Moments of arrival are set, so that periods of arrival can be asked for. */
static void fill(struct world *world) {
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

static int64_t resolve(struct world *world, const char *id) {
    int64_t key = 0;
    const struct span *candidates = NULL;
    size_t count = 0;
    OK(db_entity_resolve(world->fixture.db, &world->fixture.arena, span_of(id), &key, &candidates, &count));
    return key;
}

static int world_begin(void **state) {
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

static int world_end(void **state) {
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

static uint32_t some(struct corpus_random *random, uint32_t of, uint32_t one_in) {
    if (corpus_next(random, one_in) != 0)
        return 0;
    uint32_t bits = 1u << corpus_next(random, of);
    if (corpus_next(random, 3) == 0)
        bits |= 1u << corpus_next(random, of);
    return bits;
}

/* Bits of names that are one entity go together. */
static uint32_t some_entities(struct corpus_random *random, uint32_t one_in) {
    uint32_t bits = some(random, CORPUS_NAMES, one_in);
    return bits & 3 ? bits | 3 : bits;
}

static struct question ask(struct corpus_random *random) {
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

static bool in(uint32_t bits, int index) {
    return (bits >> index & 1) != 0;
}

static bool passes_word(uint32_t any, uint32_t none, int index) {
    return (!any || in(any, index)) && !in(none, index);
}

static bool passes_common(const struct world *world, const struct question *question, int i) {
    const struct corpus_article *made = world->made[i];
    if (!passes_word(question->source, question->source_not, made->source))
        return false;
    if (!passes_word(question->language, question->language_not, made->language) ||
        !passes_word(question->section, question->section_not, made->section))
        return false;
    bool any_author = question->author == 0;
    for (int author = 0; author < 3; author++) {
        any_author |= made->has_author[author] && in(question->author, author);
        if (made->has_author[author] && in(question->author_not, author))
            return false;
    }
    if (!any_author)
        return false;
    const struct moment *published = &made->published;
    if (question->has_published && (published->precision == PRECISION_NONE || published->seconds < question->published.start ||
                                    published->seconds >= question->published.end))
        return false;
    return !question->has_added || (world->added[i] >= question->added.start && world->added[i] < question->added.end);
}

typedef bool has_entity(const struct corpus_article *made, int entity);

static bool speaks(const struct corpus_article *made, int entity) {
    for (int i = 0; i < made->quote_count; i++)
        if (corpus_quote_by(made, i, entity))
            return true;
    return false;
}

static bool is_subject(const struct corpus_article *made, int entity) {
    for (int i = 0; i < made->quote_count; i++)
        if (corpus_quote_about(made, i, entity))
            return true;
    return false;
}

static bool passes_entities(const struct corpus_article *made, uint32_t any, uint32_t none, has_entity *has) {
    bool found = any == 0;
    for (int entity = 0; entity < CORPUS_NAMES; entity++) {
        if (corpus_entity(entity) != entity || !has(made, entity))
            continue;
        found |= in(any, entity);
        if (in(none, entity))
            return false;
    }
    return found;
}

static bool has_word(const struct corpus_article *made, int word) {
    if (made->text_word == word || strstr(made->title, corpus_words[word]))
        return true;
    for (int i = 0; i < made->quote_count; i++)
        if (made->words[i] == word)
            return true;
    return false;
}

static bool article_passes(const struct world *world, const struct question *question, int i) {
    const struct corpus_article *made = world->made[i];
    return passes_common(world, question, i) && passes_entities(made, question->entity, question->entity_not, corpus_appears) &&
           passes_entities(made, question->speaker, question->speaker_not, speaks) &&
           passes_entities(made, question->about, question->about_not, is_subject) &&
           (question->word < 0 || has_word(made, question->word));
}

static bool quote_passes(const struct world *world, const struct question *question, int i, int quote) {
    const struct corpus_article *made = world->made[i];
    if (!passes_common(world, question, i) || (question->word >= 0 && made->words[quote] != question->word))
        return false;
    if ((question->kinds && !in(question->kinds, made->kind[quote])) || made->confidence[quote] < question->min_confidence)
        return false;
    int speaker = made->speaker[quote] < 0 ? 31 : corpus_entity(made->names[made->speaker[quote]]);
    int about = made->about[quote] < 0 ? 31 : corpus_entity(made->names[made->about[quote]]);
    if (question->speaker_types && (speaker == 31 || !in(question->speaker_types, (int)corpus_names[speaker].type)))
        return false;
    if ((question->entity && !in(question->entity, speaker) && !in(question->entity, about)) || in(question->entity_not, speaker) ||
        in(question->entity_not, about))
        return false;
    return passes_word(question->speaker, question->speaker_not, speaker) && passes_word(question->about, question->about_not, about);
}

/* --- the question for the store --------------------------------------------------------------------------------------------------------
 */

struct keys {
    int64_t any[CORPUS_NAMES];
    int64_t none[CORPUS_NAMES];
};

static struct key_filter key_filter(struct keys *keys, const int64_t *all, int count, uint32_t any, uint32_t none) {
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

static struct word_filter word_filter(struct words *words, const char *const *all, uint32_t any, uint32_t none) {
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

static void put_question(const struct world *world, const struct question *question, struct asked *asked) {
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

/* --- walking ---------------------------------------------------------------------------------------------------------------------------
 */

static int find_article(const struct world *world, struct span id) {
    for (int i = 0; i < ARTICLES; i++)
        if (span_is(id, world->ids[i]))
            return i;
    fail_msg("an article that nobody put");
    return -1;
}

static int undated(struct moment moment) {
    return moment.precision == PRECISION_NONE;
}

/* True if b may follow a. */
static bool in_order(enum db_order order, const struct row *a, const struct row *b) {
    switch (order) {
    case DB_NEWEST:
        return undated(a->published) == undated(b->published) ? undated(a->published) || a->published.seconds >= b->published.seconds
                                                              : undated(b->published);
    case DB_OLDEST:
        return undated(a->published) == undated(b->published) ? undated(a->published) || a->published.seconds <= b->published.seconds
                                                              : undated(b->published);
    case DB_ADDED:
        return a->arrival >= b->arrival;
    default:
        return true;
    }
}

static size_t walk_articles(struct world *world, const struct db_article_query *query, enum db_order order, struct corpus_random *random,
                            struct row *rows) {
    struct db_page page = {.order = order};
    size_t count = 0;
    struct db_article_list list = {.more = true};
    while (list.more) {
        page.limit = 1 + corpus_next(random, 20);
        OK(db_article_query(world->fixture.db, &world->fixture.arena, query, &page, false, &list));
        assert_true(list.count <= page.limit && (list.count == page.limit || !list.more));
        for (size_t i = 0; i < list.count; i++) {
            assert_true(count < ROWS_MAX);
            struct row *row = &rows[count++];
            *row = (struct row){.published = list.rows[i].published, .arrival = find_article(world, list.rows[i].id)};
        }
        page.has_after = true;
        page.after = list.last;
    }
    return count;
}

static size_t walk_quotes(struct world *world, const struct db_quote_query *query, enum db_order order, struct corpus_random *random,
                          struct row *rows) {
    struct db_page page = {.order = order};
    size_t count = 0;
    struct db_quote_list list = {.more = true};
    while (list.more) {
        page.limit = 1 + corpus_next(random, 20);
        OK(db_quote_query(world->fixture.db, &world->fixture.arena, query, &page, &list));
        assert_true(list.count <= page.limit && (list.count == page.limit || !list.more));
        for (size_t i = 0; i < list.count; i++) {
            assert_true(count < ROWS_MAX);
            struct row *row = &rows[count++];
            *row = (struct row){.published = list.rows[i].published, .arrival = find_article(world, list.rows[i].article_id)};
            row->quote = (int)list.rows[i].ordinal - 1;
        }
        page.has_after = true;
        page.after = list.last;
    }
    return count;
}

static void check_walk(enum db_order order, const struct row *rows, size_t count, const bool *wanted, size_t wanted_count) {
    static bool seen[ARTICLES * 8];
    memset(seen, 0, sizeof(seen));
    for (size_t i = 0; i < count; i++) {
        int place = rows[i].arrival * 8 + rows[i].quote;
        assert_true(wanted[place]);
        assert_false(seen[place]);
        seen[place] = true;
        if (i > 0 && !in_order(order, &rows[i - 1], &rows[i]))
            fail_msg("row %zu is out of order %d", i, (int)order);
    }
    assert_int_equal(count, wanted_count);
}

static const enum db_order orders[] = {DB_NEWEST, DB_OLDEST, DB_ADDED, DB_RELEVANCE};

static void ask_articles(struct world *world, const struct question *question, const struct asked *asked, struct corpus_random *random) {
    static bool wanted[ARTICLES * 8];
    static struct row rows[ROWS_MAX];
    memset(wanted, 0, sizeof(wanted));
    size_t wanted_count = 0;
    for (int i = 0; i < ARTICLES; i++)
        if ((wanted[i * 8] = article_passes(world, question, i)))
            wanted_count++;
    for (size_t i = 0; i < 4; i++) {
        if (orders[i] == DB_RELEVANCE && question->word < 0)
            continue;
        size_t count = walk_articles(world, &asked->article, orders[i], random, rows);
        check_walk(orders[i], rows, count, wanted, wanted_count);
    }
    int64_t number = 0;
    bool capped = false;
    OK(db_article_count(world->fixture.db, &asked->article, 1000, &number, &capped));
    assert_int_equal(number, wanted_count);
    assert_false(capped);
}

static void ask_quotes(struct world *world, const struct question *question, const struct asked *asked, struct corpus_random *random) {
    static bool wanted[ARTICLES * 8];
    static struct row rows[ROWS_MAX];
    memset(wanted, 0, sizeof(wanted));
    size_t wanted_count = 0;
    for (int i = 0; i < ARTICLES; i++)
        for (int quote = 0; quote < world->made[i]->quote_count; quote++)
            if ((wanted[i * 8 + quote] = quote_passes(world, question, i, quote)))
                wanted_count++;
    for (size_t i = 0; i < 4; i++) {
        if (orders[i] == DB_RELEVANCE && question->word < 0)
            continue;
        size_t count = walk_quotes(world, &asked->quote, orders[i], random, rows);
        check_walk(orders[i], rows, count, wanted, wanted_count);
    }
    int64_t number = 0;
    bool capped = false;
    OK(db_quote_count(world->fixture.db, &asked->quote, 3, &number, &capped));
    assert_int_equal(number, wanted_count > 3 ? 3 : wanted_count);
    assert_int_equal(capped, wanted_count > 3);
}

static void test_db__every_filter_and_order(void **state) {
    struct world *world = *state;
    struct corpus_random random = {4711};
    struct asked asked;
    for (int i = 0; i < 400; i++) {
        struct question question = ask(&random);
        put_question(world, &question, &asked);
        ask_articles(world, &question, &asked, &random);
        ask_quotes(world, &question, &asked, &random);
        arena_reset(&world->fixture.arena);
    }
}

static void test_db__quotes_of_articles(void **state) {
    struct world *world = *state;
    struct corpus_random random = {5};
    static struct row rows[ROWS_MAX];
    int64_t keys[3], revision = 0;
    size_t wanted = 0;
    for (int i = 0; i < 3; i++) {
        OK(db_article_revision(world->fixture.db, span_of(world->ids[i * 7]), &keys[i], &revision));
        wanted += (size_t)world->made[i * 7]->quote_count;
    }
    struct db_quote_query query = {.article = {.include = keys, .include_count = 3, .is_set = true}};
    for (size_t i = 0; i < 3; i++)
        assert_int_equal(walk_quotes(world, &query, orders[i], &random, rows), wanted);
    query.article = (struct key_filter){.exclude = keys, .exclude_count = 3};
    int64_t number = 0;
    bool capped = false;
    OK(db_quote_count(world->fixture.db, &query, 10000, &number, &capped));
    struct db_stats stats;
    OK(db_stats(world->fixture.db, &stats));
    assert_int_equal(number, stats.quotes - (int64_t)wanted);
}

/* A filter that was asked for and resolved to nothing matches nothing. */
static void test_db__nothing_included(void **state) {
    struct world *world = *state;
    struct db_article_query query = {.entity = {.is_set = true}};
    struct db_page page = {.order = DB_NEWEST, .limit = 5};
    struct db_article_list list;
    OK(db_article_query(world->fixture.db, &world->fixture.arena, &query, &page, false, &list));
    assert_int_equal(list.count, 0);
    assert_false(list.more);
}

/* --- entities and sources ---------------------------------------------------------------------------------------------------------------
 */

static bool entity_follows(enum db_order order, const struct db_entity *a, const struct db_entity *b) {
    if (order == DB_APPEARANCES)
        return a->article_count >= b->article_count;
    if (order == DB_LAST_SEEN)
        return undated(a->last_seen) == undated(b->last_seen) ? a->last_seen.seconds >= b->last_seen.seconds : undated(b->last_seen);
    return true;
}

static size_t walk_entities(struct world *world, const struct db_entity_query *query, enum db_order order, struct corpus_random *random,
                            int64_t *keys) {
    struct db_page page = {.order = order};
    struct db_entity_list list = {.more = true};
    size_t count = 0;
    struct db_entity last = {0};
    while (list.more) {
        page.limit = 1 + corpus_next(random, 4);
        OK(db_entity_query(world->fixture.db, &world->fixture.arena, query, &page, &list));
        for (size_t i = 0; i < list.count; i++) {
            assert_true(count == 0 || entity_follows(order, &last, &list.rows[i]));
            last = list.rows[i];
            for (size_t j = 0; j < count; j++)
                assert_int_not_equal(keys[j], last.key);
            keys[count++] = last.key;
        }
        page.has_after = true;
        page.after = list.last;
    }
    return count;
}

static bool entity_passes(const struct world *world, const struct question *question, int entity) {
    if (question->kinds && !in(question->kinds, (int)corpus_names[entity].type))
        return false;
    if ((question->entity && !in(question->entity, entity)) || in(question->entity_not, entity))
        return false;
    bool of_source = !question->source, of_other = !question->source_not, seen = !question->has_published;
    for (int i = 0; i < ARTICLES; i++) {
        const struct corpus_article *made = world->made[i];
        if (!corpus_appears(made, entity))
            continue;
        of_source |= in(question->source, made->source);
        of_other |= !in(question->source_not, made->source);
        seen |= made->published.precision != PRECISION_NONE && made->published.seconds >= question->published.start &&
                made->published.seconds < question->published.end;
    }
    return of_source && of_other && seen;
}

static void test_db__entities_by_every_order(void **state) {
    struct world *world = *state;
    struct corpus_random random = {77};
    struct asked asked;
    static const enum db_order entity_orders[] = {DB_APPEARANCES, DB_NAME, DB_LAST_SEEN};
    for (int i = 0; i < 200; i++) {
        struct question question = ask(&random);
        put_question(world, &question, &asked);
        struct db_entity_query query = {.types = question.kinds,
                                        .source = asked.article.source,
                                        .entity = asked.article.entity,
                                        .has_seen = question.has_published,
                                        .seen = question.published};
        size_t wanted = 0;
        for (int entity = 0; entity < CORPUS_NAMES; entity++)
            wanted += corpus_entity(entity) == entity && entity_passes(world, &question, entity);
        for (int order = 0; order < 3; order++) {
            int64_t keys[CORPUS_NAMES + 1];
            assert_int_equal(walk_entities(world, &query, entity_orders[order], &random, keys), wanted);
        }
        int64_t number = 0;
        bool capped = false;
        OK(db_entity_count(world->fixture.db, &query, 100, &number, &capped));
        assert_int_equal(number, wanted);
        arena_reset(&world->fixture.arena);
    }
}

static void test_db__entities_by_name(void **state) {
    struct world *world = *state;
    struct corpus_random random = {9};
    int64_t keys[CORPUS_NAMES + 1];
    const struct {
        enum query_kind kind;
        const char *text;
        size_t count;
    } cases[] = {
        {QUERY_WORD, "marrow", 2},     {QUERY_WORD, "JOSÉ", 1},   {QUERY_PREFIX, "qui", 1},    {QUERY_PREFIX, "PORT SEL", 2},
        {QUERY_WORD, "lys", 1},        {QUERY_WORD, "łazarz", 1}, {QUERY_WORD, "nobody", 0},   {QUERY_WORD, "***", 0},
        {QUERY_PHRASE, "of reefs", 1}, {QUERY_WORD, "qui", 0},    {QUERY_WORD, "\xff\xfe", 0},
    };
    for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
        struct query_node node = {.kind = cases[i].kind, .text = span_of(cases[i].text)};
        struct db_entity_query query = {.q = &node};
        assert_int_equal(walk_entities(world, &query, DB_APPEARANCES, &random, keys), cases[i].count);
        assert_int_equal(walk_entities(world, &query, DB_NAME, &random, keys), cases[i].count);
    }
}

static void test_db__resolves_names(void **state) {
    struct world *world = *state;
    struct db *db = world->fixture.db;
    int64_t key = 0;
    const struct span *candidates = NULL;
    size_t count = 0;
    OK(db_entity_resolve(db, &world->fixture.arena, SPAN("nell-marrow"), &key, &candidates, &count));
    assert_int_equal(key, world->entity_keys[2]);
    OK(db_entity_resolve(db, &world->fixture.arena, SPAN("NELL marrow"), &key, &candidates, &count));
    assert_int_equal(key, world->entity_keys[2]);
    assert_int_equal(db_entity_resolve(db, &world->fixture.arena, SPAN("Marrow"), &key, &candidates, &count), RESULT_CONFLICT);
    assert_int_equal(count, 2);
    assert_int_equal(db_entity_resolve(db, &world->fixture.arena, SPAN("Selene"), &key, &candidates, &count), RESULT_OK);
    assert_int_equal(db_entity_resolve(db, &world->fixture.arena, SPAN("Nobody"), &key, &candidates, &count), RESULT_NOT_FOUND);
    assert_int_equal(db_entity_resolve(db, &world->fixture.arena, SPAN(""), &key, &candidates, &count), RESULT_NOT_FOUND);
    assert_int_equal(db_entity_resolve(db, &world->fixture.arena, SPAN("\xff"), &key, &candidates, &count), RESULT_NOT_FOUND);
    struct db_entity entity;
    assert_int_equal(db_entity_get(db, &world->fixture.arena, SPAN("Nell Marrow"), &entity), RESULT_NOT_FOUND); /* a name is no id */
}

static void test_db__sources_by_every_order(void **state) {
    struct world *world = *state;
    for (int by_name = 0; by_name < 2; by_name++) {
        struct db_page page = {.order = by_name ? DB_NAME : DB_APPEARANCES, .limit = 1};
        struct db_source_list list = {.more = true};
        size_t count = 0;
        for (; list.more; count++) {
            OK(db_source_query(world->fixture.db, &world->fixture.arena, &page, &list));
            assert_int_equal(list.count, 1);
            assert_int_equal(list.rows[0].article_count, ARTICLES / 4);
            assert_int_equal(list.rows[0].first_published.precision == PRECISION_NONE, 0);
            assert_true(list.rows[0].first_published.seconds <= list.rows[0].last_published.seconds);
            page.has_after = true;
            page.after = list.last;
        }
        assert_int_equal(count, 3);
    }
    struct db_page page = {.order = DB_LAST_SEEN, .limit = 1};
    struct db_source_list list;
    assert_int_equal(db_source_query(world->fixture.db, &world->fixture.arena, &page, &list), RESULT_INVALID);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_db__every_filter_and_order), cmocka_unit_test(test_db__quotes_of_articles),
        cmocka_unit_test(test_db__nothing_included),       cmocka_unit_test(test_db__entities_by_every_order),
        cmocka_unit_test(test_db__entities_by_name),       cmocka_unit_test(test_db__resolves_names),
        cmocka_unit_test(test_db__sources_by_every_order),
    };
    return cmocka_run_group_tests(tests, world_begin, world_end);
}
