#include <string.h>

#include "extract/entity_build.h"

/* Walks the tokens once: each name is a mention; each phrase and pronoun that can be resolved is one too. Pronouns go to the person of the
   right gender who is nearest and, of several, rather the subject of a sentence; where two are as good, to nobody. */

enum {
    WINDOW = 16,            /* person mentions that a pronoun may still mean */
    SENTENCES_BACK_MAX = 3, /* and how far back they may lie */
    PARAGRAPHS_BACK_MAX = 2,
    IT_SENTENCES_BACK_MAX = 2,
    SCORE_NEEDED = 5,
    SCORE_LEAD = 1, /* over the second best, else it stays open */
};

struct person_mention {
    int entity;
    uint32_t token;
    uint32_t sentence;
    uint32_t paragraph;
    int stretch; /* the quoted stretch that holds it, or -1 */
    bool subject;
};

struct resolver {
    struct entity_work *work;
    struct entity_mention *mentions;
    size_t count;
    size_t capacity;
    struct recent recent;
    struct person_mention window[WINDOW]; /* the latest is at (seen - 1) % WINDOW */
    size_t seen;
    size_t sentence;
    size_t next_phrase;       /* of the work's role phrases */
    bool sentence_has_person; /* outside of marks */
    bool failed;
};

static bool is_preposition(const struct entity_work *work, size_t token) {
    static const char *const words[] = {"of", "to", "with", "by",      "from",  "for",  "against", "about",
                                        "on", "at", "in",   "between", "under", "like", "than"};
    for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++)
        if (token_is(work->tokens, token, words[i]))
            return true;
    return false;
}

static void move_to_front(struct recent *recent, int entity) {
    size_t place = 0;
    while (place < recent->count && recent->entities[place] != entity)
        place++;
    if (place == recent->count && recent->count < RECENT_MAX)
        recent->count++;
    if (place == RECENT_MAX)
        place = RECENT_MAX - 1;
    memmove(recent->entities + 1, recent->entities, place * sizeof(*recent->entities));
    recent->entities[0] = entity;
}

static bool is_subject(const struct resolver *resolver, size_t first, size_t last, bool first_person) {
    const struct entity_work *work = resolver->work;
    const struct sentence *sentence = &work->sentences->items[resolver->sentence];
    if (last < sentence->last && (work->classes[last] & LEXICON_SPEECH_VERB) && work->tokens->items[last].shape == SHAPE_LOWER)
        return true;
    return first_person && (first == sentence->first || !is_preposition(work, first - 1));
}

static void mention(struct resolver *resolver, size_t first, size_t last, enum mention_form form, int entity) {
    struct entity_work *work = resolver->work;
    struct entity_build *build = &work->items[entity];
    struct entity_mention *item =
        arena_push(work->arena, (void **)&resolver->mentions, &resolver->count, &resolver->capacity, sizeof(*resolver->mentions));
    if (!item) {
        resolver->failed = true;
        return;
    }
    *item = (struct entity_mention){(uint32_t)first, (uint32_t)last, form, entity};
    build->last_sentence = (uint32_t)resolver->sentence;
    build->last_token = (uint32_t)first;
    build->speaks = is_subject(resolver, first, last, false);
    /* "(Reuters)" is a credit or an acronym, not what the story goes on about */
    bool bracketed = first > 0 && last < work->tokens->count && token_is(work->tokens, first - 1, "(") && token_is(work->tokens, last, ")");
    if (!bracketed)
        move_to_front(&resolver->recent, entity);
    if (build->type != ENTITY_PERSON)
        return;
    int stretch = stretch_at(work->stretches, first);
    bool leads = stretch < 0 && !resolver->sentence_has_person;
    resolver->sentence_has_person = resolver->sentence_has_person || stretch < 0;
    resolver->window[resolver->seen++ % WINDOW] = (struct person_mention){
        .entity = entity,
        .token = (uint32_t)first,
        .sentence = (uint32_t)resolver->sentence,
        .paragraph = work->tokens->items[first].paragraph,
        .stretch = stretch,
        .subject = is_subject(resolver, first, last, leads),
    };
}

/* The gender that a pronoun tells; GENDER_UNKNOWN where the token is none. */
static enum gender pronoun_gender(const struct entity_work *work, size_t token) {
    static const char *const male[] = {"he", "him", "his", "himself"};
    static const char *const female[] = {"she", "her", "hers", "herself"};
    for (size_t i = 0; i < 4; i++) {
        if (token_is(work->tokens, token, male[i]))
            return GENDER_MALE;
        if (token_is(work->tokens, token, female[i]))
            return GENDER_FEMALE;
    }
    return GENDER_UNKNOWN;
}

static int score_of(const struct resolver *resolver, const struct person_mention *mention, enum gender gender, int stretch) {
    static const int by_distance[] = {6, 5, 3, 2};
    const struct entity_build *entity = &resolver->work->items[mention->entity];
    size_t distance = resolver->sentence - mention->sentence;
    uint32_t paragraph = resolver->work->sentences->items[resolver->sentence].paragraph;
    if (distance > SENTENCES_BACK_MAX || paragraph - mention->paragraph > PARAGRAPHS_BACK_MAX)
        return 0;
    if (entity->gender != GENDER_UNKNOWN && entity->gender != gender)
        return 0;
    if (stretch >= 0)
        return mention->stretch == stretch && entity->gender == gender ? by_distance[0] : 0;
    int score = by_distance[distance] + (mention->subject ? 3 : 0) + (entity->gender == gender ? 2 : 0);
    return mention->stretch >= 0 ? score - 5 : score;
}

/* Whom the pronoun means, or -1. */
static int resolve_pronoun(const struct resolver *resolver, size_t token, enum gender gender, bool *ret_only) {
    int stretch = stretch_at(resolver->work->stretches, token);
    int best = -1, best_score = 0, second = 0;
    size_t count = resolver->seen < WINDOW ? resolver->seen : WINDOW;
    for (size_t i = 1; i <= count; i++) {
        const struct person_mention *mention = &resolver->window[(resolver->seen - i) % WINDOW];
        int score = score_of(resolver, mention, gender, stretch);
        if (score > best_score) {
            if (mention->entity != best)
                second = best_score;
            best = mention->entity;
            best_score = score;
        } else if (mention->entity != best && score > second) {
            second = score;
        }
    }
    *ret_only = second == 0;
    return best_score >= SCORE_NEEDED && best_score >= second + SCORE_LEAD ? best : -1;
}

static void visit_pronoun(struct resolver *resolver, size_t token, enum gender gender) {
    bool only;
    int entity = resolve_pronoun(resolver, token, gender, &only);
    if (entity < 0)
        return;
    struct entity_build *build = &resolver->work->items[entity];
    if (build->gender == GENDER_UNKNOWN && only)
        build->gender = gender;
    mention(resolver, token, token + 1, MENTION_PRONOUN, entity);
}

/* "it said": the organization that is the only one of the last sentences, or the latest that was the subject of such a verb. */
static int resolve_it(const struct resolver *resolver, size_t token) {
    const struct entity_work *work = resolver->work;
    const struct sentence *sentence = &work->sentences->items[resolver->sentence];
    int found = -1, count = 0;
    if (!token_is(work->tokens, token, "it") || token + 1 >= sentence->last || !(work->classes[token + 1] & LEXICON_SPEECH_VERB) ||
        stretch_at(work->stretches, token) >= 0)
        return -1;
    for (size_t i = 0; i < resolver->recent.count; i++) {
        const struct entity_build *entity = &work->items[resolver->recent.entities[i]];
        if (entity->type != ENTITY_ORGANIZATION || entity->last_sentence + IT_SENTENCES_BACK_MAX < resolver->sentence)
            continue;
        if (entity->speaks)
            return resolver->recent.entities[i];
        found = resolver->recent.entities[i];
        count++;
    }
    return count == 1 ? found : -1;
}

/* True if a name begins before end and goes on behind it. */
static bool cuts_name(const struct resolver *resolver, size_t next_name, size_t end) {
    const struct names *names = resolver->work->names;
    for (size_t i = next_name; i < names->count && names->items[i].first < end; i++)
        if (names->items[i].last > end)
            return true;
    return false;
}

/* A role that stands beside its bearer's name: the first token behind it, or token. */
static size_t visit_role(struct resolver *resolver, size_t token, size_t next_name) {
    const struct entity_work *work = resolver->work;
    while (resolver->next_phrase < work->phrase_count && work->phrases[resolver->next_phrase].first < token)
        resolver->next_phrase++;
    if (resolver->next_phrase == work->phrase_count || work->phrases[resolver->next_phrase].first != token)
        return token;
    const struct role_phrase *phrase = &work->phrases[resolver->next_phrase++];
    if (cuts_name(resolver, next_name, phrase->last))
        return token;
    mention(resolver, token, phrase->last, MENTION_NOMINAL, phrase->entity);
    return phrase->last;
}

/* A phrase or pronoun that means an entity so far: the first token behind it, or token. */
static size_t visit_phrase(struct resolver *resolver, size_t token, size_t next_name) {
    const struct entity_work *work = resolver->work;
    const struct name *name = next_name < work->names->count ? &work->names->items[next_name] : NULL;
    int entity = resolve_it(resolver, token);
    if (entity >= 0) {
        mention(resolver, token, token + 1, MENTION_PRONOUN, entity);
        return token + 1;
    }
    size_t end = coreference_nominal(work, &resolver->recent, token, resolver->sentence, &entity);
    /* "the EC" is the commission that the story has spelled out */
    bool spelled_out = name && name->first + 1 == end && work->items[work->entity_of_name[next_name]].words > 1;
    if (end == token || (name && name->first == end) || spelled_out || cuts_name(resolver, next_name, end))
        return token;
    mention(resolver, token, end, MENTION_NOMINAL, entity);
    return end;
}

/* What begins at token; returns the first token behind it. */
static size_t visit(struct resolver *resolver, size_t token, size_t *next_name) {
    struct entity_work *work = resolver->work;
    while (*next_name < work->names->count && work->names->items[*next_name].first < token)
        (*next_name)++;
    size_t end = visit_role(resolver, token, *next_name);
    if (end > token)
        return end;
    if (*next_name < work->names->count && work->names->items[*next_name].first == token) {
        const struct name *name = &work->names->items[*next_name];
        mention(resolver, name->first, name->last, MENTION_NAME, work->entity_of_name[(*next_name)++]);
        return name->last;
    }
    if (work->tokens->items[token].kind != TOKEN_WORD)
        return token + 1;
    enum gender gender = pronoun_gender(work, token);
    if (gender != GENDER_UNKNOWN) {
        visit_pronoun(resolver, token, gender);
        return token + 1;
    }
    end = visit_phrase(resolver, token, *next_name);
    return end > token ? end : token + 1;
}

enum result coreference_resolve(struct entity_work *work, const struct entity_mention **ret, size_t *ret_count) {
    struct resolver resolver = {.work = work};
    size_t next_name = 0;
    for (size_t token = 0; token < work->tokens->count && !resolver.failed;) {
        while (resolver.sentence + 1 < work->sentences->count && work->sentences->items[resolver.sentence].last <= token) {
            resolver.sentence++;
            resolver.sentence_has_person = false;
        }
        token = visit(&resolver, token, &next_name);
    }
    *ret = resolver.mentions;
    *ret_count = resolver.count;
    return resolver.failed ? RESULT_MEMORY : RESULT_OK;
}
