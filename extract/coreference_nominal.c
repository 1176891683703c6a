#include <ctype.h>
#include <string.h>

#include "base/hash.h"
#include "extract/entity_build.h"

/* Phrases without a name: "the Kremlin leader", "the finance minister", "the 45-year-old", "the company". One is resolved where a known
   entity's role or name has its head (or another word for it), its nation is not another one, and no word of it speaks against. */

enum {
    PHRASE_TOKENS_MAX = 7,
    INITIALS_MAX = 8,
    SENTENCES_BACK_MAX = 3, /* for "the company", which any organization may be */
};

struct phrase {
    const struct entity_work *work;
    size_t first; /* behind "the" */
    size_t head;
    unsigned nation;
    bool organization; /* the head can name one */
    bool person;
};

/* Words for one office. */
static const char *const offices[][10] = {
    {"leader", "president", "premier", "chancellor", "chairman", "head", "ruler", "king", "chief", "strongman"},
    {"leader", "minister", "emir", "sultan", "taoiseach", "dictator", "chairwoman", "chair", "queen", "secretary"},
    {"lawmaker", "senator", "congressman", "congresswoman", "representative", "mp", "legislator", "parliamentarian", "deputy", "rep."},
    {"lawmaker", "sen.", "politician", "councillor", "councilwoman", "councilman", "mep", "mayor", "governor", "assemblyman"},
    {"lawyer", "attorney", "counsel", "solicitor", "barrister", "advocate", "jurist"},
    {"spokesperson", "spokesman", "spokeswoman"},
    {"boss", "ceo", "executive", "chief", "chairman", "owner", "founder", "manager", "chairwoman", "coach"},
    {"player", "striker", "midfielder", "defender", "goalkeeper", "winger", "forward", "footballer", "captain", "star"},
    {"coach", "manager", "trainer"},
    {"singer", "musician", "rapper", "songwriter", "singer-songwriter", "vocalist", "star"},
    {"writer", "author", "novelist", "poet", "playwright", "journalist", "columnist"},
    {"academic", "professor", "researcher", "scholar", "scientist", "expert", "lecturer", "economist", "historian", "analyst"},
    {"premier", "minister", "pm"},
    {"cleric", "bishop", "priest", "imam", "pastor", "archbishop", "ayatollah", "pontiff", "pope", "rabbi"},
    {"diplomat", "ambassador", "envoy", "consul"},
    {"official", "minister", "secretary", "commissioner", "director", "spokesman", "spokeswoman", "governor", "undersecretary"},
    {"officer", "policeman", "policewoman", "sergeant", "inspector", "detective", "constable", "superintendent", "captain", "lieutenant"},
    {"commander", "general", "colonel", "admiral", "marshal", "brigadier"},
    {"company", "corporation", "limited", "ltd", "inc", "corp", "bhd", "plc", "holdings", "group"},
    {"company", "firm", "manufacturer", "maker", "automaker", "carmaker", "airline", "retailer", "developer", "operator"},
    {"newspaper", "daily", "outlet", "broadcaster", "channel", "magazine", "weekly", "network", "station"},
    {"team", "club", "side"},
    {"party", "movement", "alliance", "congress", "front", "league", "union", "coalition"},
    {"union", "federation", "confederation", "association"},
    {"court", "tribunal"},
    {"lender", "bank"},
    {"municipality", "council", "city", "metro"},
    {"agency", "authority", "bureau", "administration"},
    {"organisation", "organization", "foundation", "association", "society", "charity", "group"},
};

static bool in_group(const char *const *group, uint64_t hash) {
    for (size_t i = 0; i < 10 && group[i]; i++)
        if (hash_bytes(span_of(group[i])) == hash)
            return true;
    return false;
}

bool coreference_same_office(uint64_t a, uint64_t b) {
    if (a == b)
        return true;
    for (size_t i = 0; i < sizeof(offices) / sizeof(*offices); i++)
        if (in_group(offices[i], a) && in_group(offices[i], b))
            return true;
    return false;
}

static const struct token *token_of(const struct phrase *phrase, size_t index) {
    return &phrase->work->tokens->items[index];
}

static unsigned nation_of_token(const struct phrase *phrase, size_t index) {
    return token_of(phrase, index)->shape == SHAPE_LOWER ? 0 : lexicon_nation_of_hash(token_of(phrase, index)->lower);
}

/* "the 45-year-old" */
static bool is_age_phrase(const struct entity_work *work, size_t token) {
    return span_ends_with(token_text(work->tokens, token), SPAN("-year-old"));
}

static bool may_qualify(const struct entity_work *work, size_t token) {
    const struct token *item = &work->tokens->items[token];
    const uint32_t qualifiers = LEXICON_DEMONYM | LEXICON_COUNTRY | LEXICON_CITY | LEXICON_REGION | LEXICON_SEAT | LEXICON_ROLE_MODIFIER |
                                LEXICON_ROLE_NOUN | LEXICON_TITLE | LEXICON_ORGANIZATION_NOUN | LEXICON_ORGANIZATION_WORD |
                                LEXICON_OTHER_WORD | LEXICON_COMMON;
    if (item->kind != TOKEN_WORD || (work->classes[token] & LEXICON_FUNCTION))
        return item->kind == TOKEN_WORD && item->shape == SHAPE_UPPER && (work->classes[token] & LEXICON_COUNTRY);
    return (work->classes[token] & qualifiers) || item->shape == SHAPE_UPPER || is_age_phrase(work, token);
}

/* True if what stands behind the head goes on with the phrase, so that the head is not one: "the president elect", "the company car". */
static bool goes_on(const struct phrase *phrase, size_t next, const struct sentence *sentence) {
    const struct entity_work *work = phrase->work;
    if (next >= sentence->last)
        return false;
    const struct token *item = token_of(phrase, next);
    uint32_t classes = work->classes[next];
    if (item->kind != TOKEN_WORD || (classes & (LEXICON_FUNCTION | LEXICON_SPEECH_VERB | LEXICON_CALENDAR)))
        return false;
    if (item->shape != SHAPE_LOWER)
        return true;
    struct span text = token_text(work->tokens, next);
    bool verb = span_ends_with(text, SPAN("ed")) || span_ends_with(text, SPAN("s")) || span_ends_with(text, SPAN("ly"));
    static const char *const past[] = {"made",  "took",    "went",  "left", "came",  "met",  "gave", "held", "won",   "lost",
                                       "began", "became",  "sent",  "put",  "got",   "kept", "led",  "ran",  "saw",   "knew",
                                       "felt",  "brought", "found", "grew", "broke", "fell", "rose", "paid", "built", "sought",
                                       "stood", "struck",  "flew",  "drew", "spent", "set",  "cut",  "hit"};
    for (size_t i = 0; i < sizeof(past) / sizeof(*past) && !verb; i++)
        verb = span_equal(text, span_of(past[i]));
    return phrase->organization && !verb;
}

/* The first letters of a role's words in capitals, small words left out, those behind hyphens too: "officer-in-charge" gives OC. */
static size_t initials_of(const struct phrase *phrase, const struct role *role, char initials[INITIALS_MAX]) {
    static const char *const small[] = {"of", "the", "in", "for", "and", "to", "on", "at"};
    size_t count = 0;
    for (uint32_t i = role->first; i < role->last; i++) {
        struct span rest = token_text(phrase->work->tokens, i), part;
        if (phrase->work->classes[i] & (LEXICON_DEMONYM | LEXICON_COUNTRY))
            continue;
        while (span_split(&rest, '-', &part)) {
            bool counts = part.length > 0 && isalpha((unsigned char)part.data[0]);
            for (size_t w = 0; w < sizeof(small) / sizeof(*small); w++)
                counts = counts && !span_equal_ignore_case(part, span_of(small[w]));
            if (counts && count < INITIALS_MAX)
                initials[count++] = (char)toupper((unsigned char)part.data[0]);
        }
    }
    return count;
}

/* "AG" for "Attorney General", "CEC" for "chief election commissioner". */
static bool is_initials_of(const struct phrase *phrase, const struct role *role) {
    char initials[INITIALS_MAX];
    size_t count = initials_of(phrase, role, initials);
    return count >= 2 && span_equal((struct span){initials, count}, token_text(phrase->work->tokens, phrase->head));
}

static bool role_has_word(const struct phrase *phrase, const struct role *role, uint64_t word) {
    for (uint32_t i = role->first; i < role->last; i++)
        if (token_of(phrase, i)->lower == word)
            return true;
    return false;
}

static bool entity_has_word(const struct phrase *phrase, const struct entity_build *entity, uint64_t word) {
    for (uint32_t i = entity->first; i < entity->last; i++)
        if (token_of(phrase, i)->lower == word)
            return true;
    for (size_t r = 0; r < entity->role_count; r++)
        if (role_has_word(phrase, &entity->roles[r], word))
            return true;
    return false;
}

/* What stands behind "of" in a role is not what its bearer is: "spokesman of the president". */
static bool opens_complement(const struct phrase *phrase, uint32_t token) {
    static const char *const words[] = {"of", "for", "at", "in", "to", "with", "from"};
    for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++)
        if (token_is(phrase->work->tokens, token, words[i]))
            return true;
    return false;
}

/* How well the head fits: 2 the same word, 1 another for it, 0 not. */
static int head_fit(const struct phrase *phrase, const struct entity_build *entity) {
    uint64_t head = token_of(phrase, phrase->head)->lower;
    int fit = 0;
    if (is_age_phrase(phrase->work, phrase->head)) {
        struct span text = token_text(phrase->work->tokens, phrase->head);
        return entity->age != 0 && entity->age == hash_bytes(span_slice(text, 0, text.length - strlen("-year-old"))) ? 2 : 0;
    }
    for (size_t r = 0; r < entity->role_count; r++)
        for (uint32_t i = entity->roles[r].first; i < entity->roles[r].last && !opens_complement(phrase, i); i++) {
            uint64_t word = token_of(phrase, i)->lower;
            bool heads = entity_is_role_head(phrase->work, i, entity->type == ENTITY_ORGANIZATION);
            if (word == head && heads)
                return 2;
            fit = heads && coreference_same_office(word, head) ? 1 : fit;
        }
    if (entity->type == ENTITY_PERSON) {
        for (size_t r = 0; r < entity->role_count && fit == 0; r++)
            fit = token_of(phrase, phrase->head)->shape == SHAPE_UPPER && is_initials_of(phrase, &entity->roles[r]) ? 2 : 0;
        return fit;
    }
    for (uint32_t i = entity->first; i < entity->last; i++) {
        if (token_of(phrase, i)->lower == head)
            return 2;
        if ((phrase->work->classes[i] & LEXICON_ORGANIZATION_WORD) && coreference_same_office(token_of(phrase, i)->lower, head))
            fit = 1;
    }
    return fit;
}

/* True if no word before the head speaks against the entity. */
static bool qualifiers_fit(const struct phrase *phrase, const struct entity_build *entity) {
    for (size_t i = phrase->first; i < phrase->head; i++) {
        uint32_t classes = phrase->work->classes[i];
        if (nation_of_token(phrase, i) != 0) {
            if (entity->nation != phrase->nation)
                return false;
            continue;
        }
        if (entity_has_word(phrase, entity, token_of(phrase, i)->lower))
            continue;
        bool harmless = (classes & LEXICON_COMMON) && !(classes & (LEXICON_ROLE_NOUN | LEXICON_TITLE | LEXICON_ORGANIZATION_NOUN)) &&
                        token_of(phrase, i)->shape == SHAPE_LOWER && !(classes & LEXICON_ROLE_MODIFIER);
        if (!harmless && !is_age_phrase(phrase->work, i) && !token_is(phrase->work->tokens, i, "former"))
            return false;
    }
    return true;
}

/* "of X" behind the head: X must be in the entity's roles or name, or its nation. */
static bool complement_fits(const struct phrase *phrase, const struct entity_build *entity, const struct sentence *sentence) {
    size_t i = phrase->head + 1;
    if (i >= sentence->last || !token_is(phrase->work->tokens, i, "of"))
        return true;
    i++;
    if (i < sentence->last && token_is(phrase->work->tokens, i, "the"))
        i++;
    if (i >= sentence->last)
        return true;
    unsigned nation = nation_of_token(phrase, i);
    return (nation != 0 && nation == entity->nation) || entity_has_word(phrase, entity, token_of(phrase, i)->lower);
}

static int resolve(const struct phrase *phrase, const struct recent *recent, size_t sentence) {
    int best = -1, best_fit = 0;
    bool tied = false;
    for (size_t r = 0; r < recent->count; r++) {
        const struct entity_build *entity = &phrase->work->items[recent->entities[r]];
        bool kind = entity->type == ENTITY_PERSON ? phrase->person : entity->type == ENTITY_ORGANIZATION && phrase->organization;
        if (!kind || !qualifiers_fit(phrase, entity) || !complement_fits(phrase, entity, &phrase->work->sentences->items[sentence]))
            continue;
        int fit = head_fit(phrase, entity);
        if (fit == 0)
            continue;
        /* the same word outdoes another for it, the named nation an unnamed one; among equals the one of a later sentence */
        fit += phrase->nation != 0 ? 2 : 0;
        if (best < 0 || fit > best_fit) {
            tied = false;
            best = recent->entities[r];
            best_fit = fit;
        } else if (fit == best_fit && entity->last_sentence == phrase->work->items[best].last_sentence) {
            tied = true;
        }
    }
    return tied ? -1 : best;
}

/* True if the organization's own name says that it is another kind of thing than the head: a ministry is no company. */
static bool is_other_kind(const struct phrase *phrase, const struct entity_build *entity) {
    for (uint32_t i = entity->first; i < entity->last; i++) {
        uint32_t classes = phrase->work->classes[i];
        if ((classes & LEXICON_ORGANIZATION_WORD) && (classes & LEXICON_ORGANIZATION_NOUN) &&
            !coreference_same_office(token_of(phrase, i)->lower, token_of(phrase, phrase->head)->lower))
            return true;
    }
    return false;
}

/* "the company", "the group", alone: the only organization of the last sentences that can be one. */
static int resolve_generic(const struct phrase *phrase, const struct recent *recent, size_t sentence) {
    static const char *const generic[] = {"company", "firm", "group", "agency",  "organisation", "organization", "party", "club",
                                          "team",    "side", "union", "startup", "manufacturer", "airline",      "bank",  "movement"};
    bool known = false;
    int only = -1;
    for (size_t i = 0; i < sizeof(generic) / sizeof(*generic); i++)
        known = known || token_is(phrase->work->tokens, phrase->head, generic[i]);
    if (!known || phrase->head != phrase->first)
        return -1;
    for (size_t r = 0; r < recent->count; r++) {
        const struct entity_build *entity = &phrase->work->items[recent->entities[r]];
        if (entity->type != ENTITY_ORGANIZATION || entity->last_sentence + SENTENCES_BACK_MAX < sentence || is_other_kind(phrase, entity))
            continue;
        if (only >= 0)
            return -1;
        only = recent->entities[r];
    }
    return only;
}

size_t coreference_nominal(const struct entity_work *work, const struct recent *recent, size_t token, size_t sentence, int *ret_entity) {
    const struct sentence *place = &work->sentences->items[sentence];
    struct phrase phrase = {.work = work, .first = token + 1, .head = token};
    *ret_entity = -1;
    if (!token_is(work->tokens, token, "the"))
        return token;
    for (size_t i = phrase.first; i < place->last && i < phrase.first + PHRASE_TOKENS_MAX && may_qualify(work, i); i++) {
        bool person = entity_is_role_head(work, i, false) || is_age_phrase(work, i) ||
                      (work->tokens->items[i].shape == SHAPE_UPPER && work->tokens->items[i].end - work->tokens->items[i].start <= 3);
        bool organization = entity_is_role_head(work, i, true);
        if (!person && !organization)
            continue;
        phrase.head = i;
        phrase.person = person;
        phrase.organization = organization;
    }
    if (phrase.head == token || goes_on(&phrase, phrase.head + 1, place))
        return token;
    for (size_t i = phrase.first; i < phrase.head && phrase.nation == 0; i++)
        phrase.nation = nation_of_token(&phrase, i);
    *ret_entity = resolve(&phrase, recent, sentence);
    if (*ret_entity < 0 && phrase.organization)
        *ret_entity = resolve_generic(&phrase, recent, sentence);
    return *ret_entity < 0 ? token : phrase.head + 1;
}
