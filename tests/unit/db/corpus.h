#ifndef QUOTED_TESTS_DB_CORPUS_H
#define QUOTED_TESTS_DB_CORPUS_H

/* Articles made from a number: the same number gives the same article, so that a test can say from the numbers alone what a store must
 * hold. */

#include "db/internal.h"
#include "tests/unit/db/fixture.h"

enum { CORPUS_NAMES = 12, CORPUS_URLS = 40, CORPUS_DAYS = 30 };

struct corpus_name {
    const char *name;
    enum entity_type type;
    const char *alias;
};

/* Two spellings of one person, one slug in two types, a short form that two share, and a name of signs only. */
static const struct corpus_name corpus_names[CORPUS_NAMES] = {
    {"José Marrow", ENTITY_PERSON, "Marrow"},
    {"Jose Marrow", ENTITY_PERSON, "Marrow"},
    {"Nell Marrow", ENTITY_PERSON, "Marrow"},
    {"Port Selene", ENTITY_PLACE, "Selene"},
    {"Port Selene", ENTITY_ORGANIZATION, "PSFC"},
    {"Ana Brandt-Lys", ENTITY_PERSON, "Brandt-Lys"},
    {"Łazarz Öd", ENTITY_PERSON, "Öd"},
    {"Dockers Union", ENTITY_ORGANIZATION, "the Union"},
    {"Vell", ENTITY_PLACE, "Vell"},
    {"***", ENTITY_ORGANIZATION, "***"},
    {"Ministry of Reefs", ENTITY_ORGANIZATION, "Ministry"},
    {"Quill Ostrava", ENTITY_PERSON, "Quill"},
};

static const char *const corpus_words[] = {"harbour", "storm",  "election", "bridge",  "budget",
                                           "tide",    "strike", "quarrel",  "lantern", "ferry"};
enum { CORPUS_WORDS = 10 };
static const char *const corpus_sources[] = {"example.com", "tides.example", "news.example.org", ""};
static const char *const corpus_authors[] = {"Ida Penn", "Bo Carver", "Lu Farrow"};
static const char *const corpus_languages[] = {"en", "fr", ""};
static const char *const corpus_sections[] = {"world", "sport", ""};

struct corpus_random {
    uint64_t state;
};

static MAYBE_UNUSED uint32_t corpus_next(struct corpus_random *random, uint32_t below) {
    random->state ^= random->state << 13;
    random->state ^= random->state >> 7;
    random->state ^= random->state << 17;
    return (uint32_t)((random->state >> 11) % below);
}

/* What an article is made of, for a test to look at. */
struct corpus_article {
    char url[96];
    char title[64];
    int source; /* index; 3: none */
    int language, section;
    bool has_author[3];
    int names[4]; /* indexes, no repeats */
    int name_count;
    int quote_count;
    int speaker[4]; /* index into names, or -1 */
    int about[4];
    int words[4]; /* of each quote */
    int kind[4];
    double confidence[4];
    int text_word;
    struct moment published;
    struct span authors[3];
    struct draft draft;
};

static MAYBE_UNUSED struct moment corpus_moment(struct corpus_random *random) {
    int64_t day = INT64_C(1700006400) + (int64_t)corpus_next(random, CORPUS_DAYS) * 86400;
    switch (corpus_next(random, 6)) {
    case 0:
        return (struct moment){0, PRECISION_NONE};
    case 1:
        return (struct moment){day, PRECISION_DAY};
    default:
        return (struct moment){day + corpus_next(random, 86400), PRECISION_SECOND};
    }
}

static MAYBE_UNUSED void corpus_head(struct corpus_article *made, struct corpus_random *random, int url) {
    made->source = url % 4;
    made->text_word = (int)corpus_next(random, CORPUS_WORDS);
    if (made->source < 3)
        snprintf(made->url, sizeof(made->url), "https://%s/story/%d", corpus_sources[made->source], url);
    snprintf(made->title, sizeof(made->title), "The %s of day %d", corpus_words[corpus_next(random, CORPUS_WORDS)], url);
    made->published = corpus_moment(random);
    draft_begin(&made->draft, made->url, made->title, made->published);
    made->language = (int)corpus_next(random, 3);
    made->section = (int)corpus_next(random, 3);
    made->draft.article.language = span_of(corpus_languages[made->language]);
    made->draft.article.section = span_of(corpus_sections[made->section]);
    size_t count = 0;
    for (int i = 0; i < 3; i++)
        if ((made->has_author[i] = corpus_next(random, 3) == 0))
            made->authors[count++] = span_of(corpus_authors[i]);
    made->draft.article.authors = made->authors;
    made->draft.article.author_count = count;
}

/* An article without URL is known by its text, which must then not change with the version. */
static MAYBE_UNUSED void corpus_make(struct corpus_article *made, int url, uint32_t version) {
    memset(made, 0, sizeof(*made));
    struct corpus_random random = {(uint64_t)url * 7919 + (uint64_t)(url % 4 == 3 ? 0 : version) * 104729 + 1};
    for (int i = 0; i < 8; i++)
        corpus_next(&random, 2);
    corpus_head(made, &random, url);
    struct draft *draft = &made->draft;
    char opening[64];
    snprintf(opening, sizeof(opening), "Number %d, a %s.\n\n", url, corpus_words[made->text_word]);
    draft_append(draft, opening);
    made->name_count = (int)corpus_next(&random, 5);
    for (int i = 0, at = (int)corpus_next(&random, CORPUS_NAMES); i < made->name_count; i++, at += 1 + (int)corpus_next(&random, 2)) {
        made->names[i] = at % CORPUS_NAMES;
        const struct corpus_name *name = &corpus_names[made->names[i]];
        draft_entity(draft, name->name, name->type);
        for (uint32_t more = corpus_next(&random, 3); more > 0; more--)
            draft_mention(draft, i, more == 2 ? "they" : name->alias, more == 2 ? MENTION_PRONOUN : MENTION_NAME);
        if (corpus_next(&random, 2))
            draft_role(draft, i, corpus_next(&random, 2) ? "Chair" : "Keeper");
    }
    made->quote_count = (int)corpus_next(&random, 5);
    for (int i = 0; i < made->quote_count; i++) {
        char words[64];
        made->words[i] = (int)corpus_next(&random, CORPUS_WORDS);
        made->speaker[i] = made->name_count ? (int)corpus_next(&random, (uint32_t)made->name_count + 1) - 1 : -1;
        made->about[i] = made->name_count ? (int)corpus_next(&random, (uint32_t)made->name_count + 1) - 1 : -1;
        snprintf(words, sizeof(words), "no %s without a reason", corpus_words[made->words[i]]);
        static char kept[4][64];
        strcpy(kept[i], words);
        draft_quote(draft, kept[i], made->speaker[i], made->about[i]);
        made->kind[i] = (int)corpus_next(&random, 3);
        made->confidence[i] = (double)corpus_next(&random, 11) / 10;
        draft->quotes[i].kind = (enum quote_kind)made->kind[i];
        draft->quotes[i].confidence = made->confidence[i];
        draft_append(draft, "\n\n");
    }
    draft_append(draft, "The end.");
}

/* Two names are one entity where they fold to the same: here only the first two. */
static MAYBE_UNUSED int corpus_entity(int name) {
    return name == 1 ? 0 : name;
}

static MAYBE_UNUSED bool corpus_appears(const struct corpus_article *made, int entity) {
    for (int i = 0; i < made->name_count; i++)
        if (corpus_entity(made->names[i]) == entity)
            return true;
    return false;
}

static MAYBE_UNUSED bool corpus_quote_by(const struct corpus_article *made, int quote, int entity) {
    return made->speaker[quote] >= 0 && corpus_entity(made->names[made->speaker[quote]]) == entity;
}

static MAYBE_UNUSED bool corpus_quote_about(const struct corpus_article *made, int quote, int entity) {
    return made->about[quote] >= 0 && corpus_entity(made->names[made->about[quote]]) == entity;
}

#endif
