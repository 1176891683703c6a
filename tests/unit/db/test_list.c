#include "tests/unit/db/world.h"

/* Every filter and order, walked to the last row by pages of random size, against a plain loop over what was put. */

enum { ROWS_MAX = 1000 };

/* One row of a list as the plain loop sees it. */
struct row {
    char id[40];
    struct moment published;
    int arrival;
    int quote;
};

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

/* --- walking ---------------------------------------------------------------------------------------------------------------------------
 */

static int find_article(const struct world *world, struct span id) {
    for (int i = 0; i < ARTICLES; i++)
        if (span_is(id, world->ids[i]))
            return i;
    fail_msg("an article that nobody put");
    return -1;
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

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_db__every_filter_and_order),
        cmocka_unit_test(test_db__quotes_of_articles),
        cmocka_unit_test(test_db__nothing_included),
    };
    return cmocka_run_group_tests(tests, world_begin, world_end);
}
