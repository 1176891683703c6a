#define _GNU_SOURCE /* asprintf */
#include "db/internal.h"
#include "tests/unit/db/fixture.h"

/* No list reads a whole table or sorts one: SQLite is asked how it would run each statement. */

#define SQL(name, mode, text) #name,
static const char *const names[] = {
#include "db/statements.def"
};
#undef SQL

static bool starts_with(const char *text, const char *prefix) {
    return strncmp(text, prefix, strlen(prefix)) == 0;
}

/* Steps that read a table from end to end. A virtual table's "scan" is a search where a plan number stands behind it; a list that came as a
   parameter and the store's one row are short. */
static bool reads_all(const char *step) {
    if (!starts_with(step, "SCAN "))
        return false;
    const char *what = step + strlen("SCAN ");
    return !strstr(step, "VIRTUAL TABLE INDEX") && !starts_with(what, "store") && !starts_with(what, "(subquery") &&
           !starts_with(what, "c") && !starts_with(what, "pragma_");
}

struct verdict {
    bool reads_all;
    bool sorts;
    char step[200];
};

static struct verdict judge(struct db *db, enum statement_id id) {
    CLEANUP_FREE char *sql = NULL;
    assert_true(asprintf(&sql, "EXPLAIN QUERY PLAN %s", statement_sql(id)) > 0);
    sqlite3_stmt *plan = NULL;
    assert_int_equal(sqlite3_prepare_v2(db->sqlite, sql, -1, &plan, NULL), SQLITE_OK);
    struct verdict verdict = {0};
    while (sqlite3_step(plan) == SQLITE_ROW) {
        const char *step = (const char *)sqlite3_column_text(plan, 3);
        bool whole = reads_all(step);
        bool sort = starts_with(step, "USE TEMP B-TREE FOR ORDER BY");
        if (whole || sort)
            snprintf(verdict.step, sizeof(verdict.step), "%s", step);
        verdict.reads_all |= whole;
        verdict.sorts |= sort;
    }
    sqlite3_finalize(plan);
    return verdict;
}

/* These sort a handful of rows that belong to one thing: an article's entities, an entity's aliases, those that share a name. */
static bool may_sort(enum statement_id id) {
    switch (id) {
    case STATEMENT_ARTICLE_APPEARANCES:
    case STATEMENT_APPEARANCE_ROLES:
    case STATEMENT_ENTITY_ALIASES:
    case STATEMENT_ENTITY_ROLES:
    case STATEMENT_ENTITY_NAMED:
    case STATEMENT_SOURCE_NAMED:
    case STATEMENT_ENTITY_STATE:
        return true;
    default:
        return false;
    }
}

static void test_db__no_statement_reads_or_sorts_a_table(void **state) {
    struct fixture *fixture = *state;
    int judged = 0;
    for (int id = 0; id < STATEMENT_COUNT; id++) {
        if (starts_with(names[id], "CHECK_"))
            continue; /* a check reads everything, that is its work */
        struct verdict verdict = judge(fixture->db, (enum statement_id)id);
        if (verdict.reads_all || (verdict.sorts && !may_sort((enum statement_id)id)))
            fail_msg("%s: %s", names[id], verdict.step);
        judged++;
    }
    assert_true(judged > 100);
}

/* The judge itself: it must see what it is there to see. */
static void test_db__plan_judge_sees(void **state) {
    struct fixture *fixture = *state;
    assert_true(judge(fixture->db, STATEMENT_CHECK_APPEARANCES).reads_all);
    assert_true(judge(fixture->db, STATEMENT_ENTITY_ALIASES).sorts);
    assert_false(judge(fixture->db, STATEMENT_ARTICLES_ALL_NEWEST).sorts);
}

static void assert_plan(struct db *db, enum statement_id id, const char *first_step) {
    CLEANUP_FREE char *sql = NULL;
    assert_true(asprintf(&sql, "EXPLAIN QUERY PLAN %s", statement_sql(id)) > 0);
    sqlite3_stmt *plan = NULL;
    assert_int_equal(sqlite3_prepare_v2(db->sqlite, sql, -1, &plan, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_step(plan), SQLITE_ROW);
    assert_string_equal((const char *)sqlite3_column_text(plan, 3), first_step);
    sqlite3_finalize(plan);
}

/* The hot ones, by name: both ends of the key range bound the walk. */
static void test_db__hot_lists_walk_their_index(void **state) {
    struct fixture *fixture = *state;
    struct db *db = fixture->db;
    assert_plan(db, STATEMENT_ARTICLES_ALL_NEWEST, "SEARCH a USING INTEGER PRIMARY KEY (rowid>? AND rowid<?)");
    assert_plan(db, STATEMENT_ARTICLES_BY_SOURCE_NEWEST, "SEARCH a USING INDEX article_by_source (source=? AND rowid>? AND rowid<?)");
    assert_plan(db, STATEMENT_ARTICLES_BY_ENTITY_NEWEST,
                "SEARCH d USING COVERING INDEX appearance_by_entity (entity=? AND article>? AND article<?)");
    assert_plan(db, STATEMENT_QUOTES_ALL_NEWEST, "SEARCH q USING INTEGER PRIMARY KEY (rowid>? AND rowid<?)");
    assert_plan(db, STATEMENT_QUOTES_BY_SPEAKER_NEWEST, "SEARCH q USING INDEX quote_by_speaker (speaker=? AND rowid>? AND rowid<?)");
    assert_plan(db, STATEMENT_QUOTES_BY_ABOUT_NEWEST,
                "SEARCH d USING COVERING INDEX quote_entity_by_entity (entity=? AND quote>? AND quote<?)");
    assert_plan(db, STATEMENT_QUOTES_BY_SOURCE_NEWEST, "SEARCH a USING INDEX article_by_source (source=? AND rowid>? AND rowid<?)");
    assert_plan(db, STATEMENT_ENTITIES_BY_NAME, "SEARCH e USING INDEX sqlite_autoindex_entity_2 ((folded,type)>(?,?))");
    assert_plan(db, STATEMENT_ENTITIES_BY_APPEARANCES_TIED, "SEARCH e USING INDEX entity_by_articles (article_count=? AND rowid<?)");
    assert_plan(db, STATEMENT_ENTITIES_BY_LAST_SEEN_TIED, "SEARCH e USING INDEX entity_by_last_article (last_article=? AND rowid<?)");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_db__no_statement_reads_or_sorts_a_table, fixture_begin, fixture_end),
        cmocka_unit_test_setup_teardown(test_db__plan_judge_sees, fixture_begin, fixture_end),
        cmocka_unit_test_setup_teardown(test_db__hot_lists_walk_their_index, fixture_begin, fixture_end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
