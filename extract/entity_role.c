#include "extract/entity_build.h"

/* What stands around the names: roles before them ("Russian President") and behind a comma ("minister of finance,"), the gender that
   titles, roles and first names tell, the nation, the age. */

enum { AGE_DIGITS_MAX = 2 };

static const uint32_t ROLE_WORDS = LEXICON_TITLE | LEXICON_ROLE_NOUN | LEXICON_ROLE_MODIFIER | LEXICON_DEMONYM | LEXICON_ORGANIZATION_NOUN;

struct finder {
    struct entity_work *work;
    const struct sentence *sentence;
    const struct name *name;
    const struct name *before; /* the name before it in the same sentence, or NULL */
    struct entity_build *entity;
};

static uint32_t classes_at(const struct finder *finder, size_t index) {
    return index < finder->sentence->last ? finder->work->classes[index] : 0;
}

static bool is_word(const struct finder *finder, size_t index, const char *word) {
    return index >= finder->sentence->first && index < finder->sentence->last && token_is(finder->work->tokens, index, word);
}

static bool is_organization(const struct finder *finder) {
    return finder->entity->type == ENTITY_ORGANIZATION;
}

bool entity_is_role_head(const struct entity_work *work, size_t token, bool organizations) {
    uint32_t classes = work->classes[token];
    if (work->tokens->items[token].kind != TOKEN_WORD || (classes & LEXICON_FUNCTION))
        return false;
    return organizations ? classes & LEXICON_ORGANIZATION_NOUN : classes & (LEXICON_ROLE_NOUN | LEXICON_TITLE);
}

/* Forms of address say nothing about what somebody is. */
static bool is_address(const struct finder *finder, size_t index) {
    static const char *const addresses[] = {"mr",   "mr.",   "mrs",    "mrs.",   "ms",      "ms.",      "miss",      "mx",   "mx.",
                                            "sir",  "madam", "madame", "dr",     "dr.",     "messrs",   "mme",       "mme.", "herr",
                                            "frau", "don",   "doña",   "señor",  "señora",  "lady",     "lord",      "st.",  "smt.",
                                            "shri", "sri",   "haji",   "alhaji", "md",      "hon",      "hon.",      "nana", "datuk",
                                            "tun",  "puan",  "sheikh", "shaikh", "sheikha", "highness", "excellency"};
    for (size_t i = 0; i < sizeof(addresses) / sizeof(*addresses); i++)
        if (is_word(finder, index, addresses[i]))
            return true;
    return false;
}

static void set_gender(struct entity_build *entity, uint32_t classes) {
    bool male = classes & LEXICON_MALE_NAME, female = classes & LEXICON_FEMALE_NAME;
    if (male != female && entity->gender == GENDER_UNKNOWN)
        entity->gender = male ? GENDER_MALE : GENDER_FEMALE;
}

static bool same_words(const struct entity_work *work, const struct role *role, uint32_t first, uint32_t last) {
    if (role->last - role->first != last - first)
        return false;
    for (uint32_t i = 0; i < last - first; i++)
        if (work->tokens->items[role->first + i].lower != work->tokens->items[first + i].lower)
            return false;
    return true;
}

static unsigned nation_in(const struct finder *finder, uint32_t first, uint32_t last) {
    struct span text = finder->work->tokens->text;
    for (uint32_t i = first; i < last; i++)
        for (uint32_t end = i + 3 < last ? i + 3 : last; end > i; end--) {
            const struct token *items = finder->work->tokens->items;
            unsigned nation = lexicon_nation(span_slice(text, items[i].start, items[end - 1].end));
            if (nation != 0 && items[i].shape != SHAPE_LOWER)
                return nation;
        }
    return 0;
}

static void add_role(struct finder *finder, uint32_t first, uint32_t last) {
    struct entity_build *entity = finder->entity;
    for (uint32_t i = first; i < last; i++)
        if (entity->type == ENTITY_PERSON)
            set_gender(entity, entity_is_role_head(finder->work, i, false) ? classes_at(finder, i) : 0);
    if (entity->nation == 0)
        entity->nation = nation_in(finder, first, last);
    for (size_t i = 0; i < entity->role_count; i++)
        if (same_words(finder->work, &entity->roles[i], first, last))
            return;
    if (entity->role_count < ROLES_MAX)
        entity->roles[entity->role_count++] = (struct role){first, last};
}

/* Words that stand at a role's begin without being of it. */
static bool is_loose(const struct finder *finder, size_t index) {
    static const char *const loose[] = {"his", "her",  "most", "very", "right",   "old", "young",
                                        "new", "then", "late", "top",  "leading", "any"};
    for (size_t i = 0; i < sizeof(loose) / sizeof(*loose); i++)
        if (is_word(finder, index, loose[i]))
            return true;
    return false;
}

/* Where the role that ends before token end begins; end where there is none. An organization's or a nation's name may begin it. */
static uint32_t role_begin(const struct finder *finder, uint32_t end) {
    const struct token *items = finder->work->tokens->items;
    uint32_t i = end;
    while (i > finder->sentence->first && end - i < ROLE_TOKENS_MAX) {
        if (finder->before && finder->before->last == i && finder->before->type != ENTITY_PERSON) {
            i = finder->before->first;
            break;
        }
        if (finder->before && finder->before->first < i && finder->before->last >= i)
            break;
        bool possessive = items[i - 1].kind == TOKEN_POSSESSIVE && i < end && finder->before && finder->before->last == i - 1 &&
                          finder->before->type != ENTITY_PERSON;
        bool word =
            items[i - 1].kind == TOKEN_WORD && (classes_at(finder, i - 1) & (ROLE_WORDS | LEXICON_COUNTRY)) && !is_address(finder, i - 1);
        const uint32_t kinds = LEXICON_ORGANIZATION_WORD | LEXICON_OTHER_WORD | LEXICON_PLACE_WORD;
        bool capital = items[i - 1].shape == SHAPE_CAPITAL && (classes_at(finder, i - 1) & LEXICON_COMMON);
        bool noun = items[i - 1].kind == TOKEN_WORD && i < end && ((classes_at(finder, i - 1) & kinds) || capital) &&
                    !(classes_at(finder, i - 1) & LEXICON_FUNCTION);
        if (!possessive && !word && !noun)
            break;
        i--;
    }
    while (i < end && (is_loose(finder, i) || items[i].kind == TOKEN_POSSESSIVE))
        i++;
    return i;
}

/* Small words that may stand inside a role: "minister of state for trade and industry". */
static bool is_joint(const struct finder *finder, uint32_t index) {
    static const char *const joints[] = {"of", "for", "the", "and", "in", "at", "to", "on"};
    for (size_t i = 0; i < sizeof(joints) / sizeof(*joints); i++)
        if (is_word(finder, index, joints[i]))
            return true;
    return false;
}

/* Notes the words of the role up to its complement as a phrase for the entity. */
static void note_phrase(struct finder *finder, uint32_t first, uint32_t last) {
    struct entity_work *work = finder->work;
    uint32_t end = first, begin = first;
    while (end < last && !is_joint(finder, end))
        end++;
    if (first > finder->sentence->first && is_word(finder, first - 1, "the"))
        begin--;
    if (first == end)
        return;
    struct role_phrase *phrase =
        arena_push(work->arena, (void **)&work->phrases, &work->phrase_count, &work->phrase_capacity, sizeof(*work->phrases));
    if (phrase)
        *phrase = (struct role_phrase){begin, end, (int)(finder->entity - work->items)};
}

/* "member of parliament Ada Byron", "Minister of Health Ada Byron": a role whose complement stands before the name. */
static void role_with_complement(struct finder *finder, uint32_t end) {
    for (uint32_t i = end; i > finder->sentence->first + 1 && end - i < ROLE_TOKENS_MAX / 2; i--) {
        if (finder->work->tokens->items[i - 1].kind != TOKEN_WORD)
            return;
        bool of = is_word(finder, i - 1, "of") || is_word(finder, i - 1, "for");
        if (of && i < end && entity_is_role_head(finder->work, i - 2, is_organization(finder))) {
            uint32_t begin = role_begin(finder, i - 1);
            add_role(finder, begin, end);
            note_phrase(finder, begin, end);
            return;
        }
        if ((classes_at(finder, i - 1) & LEXICON_FUNCTION) && !is_joint(finder, i - 1))
            return;
    }
}

/* "The rector of the university of Xville, Ada Byron, said": the words from "the" to the comma, where a role opens them. */
static void role_before_comma(struct finder *finder, uint32_t comma) {
    uint32_t last = finder->name->last;
    bool goes_on = is_word(finder, last, ",") || (classes_at(finder, last) & (LEXICON_SPEECH_VERB | LEXICON_FUNCTION));
    uint32_t begin = comma;
    if (!goes_on || is_word(finder, last, "and"))
        return;
    for (uint32_t i = comma; i > finder->sentence->first && comma - i < 2 * ROLE_TOKENS_MAX; i--) {
        bool article = is_word(finder, i - 1, "the") || is_word(finder, i - 1, "a") || is_word(finder, i - 1, "an");
        if (finder->work->tokens->items[i - 1].kind != TOKEN_WORD ||
            ((classes_at(finder, i - 1) & LEXICON_FUNCTION) && !article && !is_joint(finder, i - 1)))
            break;
        for (uint32_t head = i; article && head < i + 5 && head < comma && !is_joint(finder, head); head++)
            if (entity_is_role_head(finder->work, head, is_organization(finder)))
                begin = i;
    }
    if (begin < comma && comma - begin <= ROLE_TOKENS_MAX) {
        add_role(finder, begin, comma);
        note_phrase(finder, begin, comma);
    }
}

static void role_before(struct finder *finder) {
    uint32_t end = finder->name->first;
    const struct token *items = finder->work->tokens->items;
    if (end == finder->sentence->first)
        return;
    if (is_word(finder, end - 1, ",")) {
        role_before_comma(finder, end - 1);
        return;
    }
    if (is_address(finder, end - 1)) {
        if (finder->entity->type == ENTITY_PERSON)
            set_gender(finder->entity, classes_at(finder, end - 1));
        while (end > finder->sentence->first && is_address(finder, end - 1))
            end--;
    }
    /* "the chief election commissioner (CEC) Ada Byron" */
    if (end > finder->sentence->first + 3 && is_word(finder, end - 1, ")") && is_word(finder, end - 3, "("))
        end -= 3;
    if (end == finder->sentence->first || items[end - 1].kind != TOKEN_WORD)
        return;
    if (!entity_is_role_head(finder->work, end - 1, is_organization(finder))) {
        role_with_complement(finder, end);
        return;
    }
    uint32_t begin = role_begin(finder, end);
    if (begin < end)
        add_role(finder, begin, end);
}

static bool ends_apposition(const struct finder *finder, uint32_t index) {
    if (index >= finder->sentence->last)
        return true;
    enum token_kind kind = finder->work->tokens->items[index].kind;
    return (kind == TOKEN_PUNCTUATION && !is_word(finder, index, "-") && !is_word(finder, index, "&")) || kind == TOKEN_MARK ||
           is_word(finder, index, "who") || is_word(finder, index, "which") || is_word(finder, index, "and") ||
           is_word(finder, index, "said");
}

/* "Jane Doe, the minister of finance, said": the words between the commas where one of them, before any "of", is a role. */
static void role_behind(struct finder *finder) {
    uint32_t i = finder->name->last;
    if (!is_word(finder, i, ","))
        return;
    i++;
    if (is_word(finder, i, "a") || is_word(finder, i, "an") || is_word(finder, i, "the") || is_word(finder, i, "his") ||
        is_word(finder, i, "her"))
        i++;
    uint32_t begin = i, head = 0;
    bool before_of = true;
    for (; i < begin + ROLE_TOKENS_MAX && !ends_apposition(finder, i); i++) {
        uint32_t classes = classes_at(finder, i);
        if (is_word(finder, i, "of") || is_word(finder, i, "for") || is_word(finder, i, "at") || is_word(finder, i, "in") ||
            is_word(finder, i, "to") || is_word(finder, i, "with") || is_word(finder, i, "from"))
            before_of = false;
        else if (before_of && ((classes & LEXICON_FUNCTION) || ((classes & LEXICON_SPEECH_VERB) && !(classes & ROLE_WORDS))))
            return;
        if (before_of && entity_is_role_head(finder->work, i, is_organization(finder)))
            head = i;
    }
    if (head == 0 || !ends_apposition(finder, i) || (classes_at(finder, begin) & LEXICON_FIRST_NAME))
        return;
    /* a list of people, "Ann Lee, President Roe and ...", is no description */
    if (i < finder->sentence->last && is_word(finder, i, "and"))
        return;
    add_role(finder, begin, i);
}

static void find_age(struct finder *finder) {
    uint32_t i = finder->name->last;
    if (!is_word(finder, i, ",") || i + 1 >= finder->sentence->last)
        return;
    const struct token *age = &finder->work->tokens->items[i + 1];
    bool closed = i + 2 >= finder->sentence->last || finder->work->tokens->items[i + 2].kind == TOKEN_PUNCTUATION;
    if (age->kind == TOKEN_NUMBER && age->end - age->start <= AGE_DIGITS_MAX && closed)
        finder->entity->age = age->lower;
}

static void read_first_name(struct finder *finder) {
    const struct name *name = finder->name;
    if (finder->entity->type != ENTITY_PERSON || finder->entity->gender != GENDER_UNKNOWN)
        return;
    for (uint32_t i = name->first; i < name->last && finder->entity->gender == GENDER_UNKNOWN; i++)
        if ((classes_at(finder, i) & LEXICON_FIRST_NAME) && (name->last - name->first > 1 || !(classes_at(finder, i) & LEXICON_SURNAME)))
            set_gender(finder->entity, classes_at(finder, i));
}

enum result entity_find_roles(struct entity_work *work) {
    size_t sentence = 0;
    for (size_t i = 0; i < work->names->count; i++) {
        const struct name *name = &work->names->items[i];
        while (sentence + 1 < work->sentences->count && work->sentences->items[sentence].last <= name->first)
            sentence++;
        struct finder finder = {
            .work = work,
            .sentence = &work->sentences->items[sentence],
            .name = name,
            .entity = &work->items[work->entity_of_name[i]],
        };
        if (i > 0 && work->names->items[i - 1].first >= finder.sentence->first)
            finder.before = &work->names->items[i - 1];
        if (finder.entity->type == ENTITY_PLACE) {
            if (finder.entity->nation == 0)
                finder.entity->nation = nation_in(&finder, name->first, name->last);
            continue;
        }
        role_before(&finder);
        role_behind(&finder);
        find_age(&finder);
        read_first_name(&finder);
    }
    return arena_failed(work->arena) ? RESULT_MEMORY : RESULT_OK;
}
