#include <string.h>

#include "base/hash.h"
#include "base/utf8.h"
#include "extract/entity_build.h"

/* Names become entities: the same words are the same entity; "J. Doe", "Doe" and "Jane" are Jane Doe where she is the latest who fits;
   "AU" is the African Union; "U.S." the United States. Several words first, then single ones, so that a headline's "Doe" finds the full
   name behind it. */

enum {
    WORDS_MAX = 16,      /* of a name that are compared */
    CHAIN_MAX = 8,       /* entities with one word that are looked at, the latest first */
    PART_BYTES_MAX = 64, /* the longest word with "al-" before it that is compared without */
    ACRONYM_BYTES_MAX = 12,
    HEADING_TOKENS_MAX = 40,
};

struct link {
    uint64_t word;
    int entity;
    int next; /* an older one with the same slot's word, or -1 */
};

struct table {
    int *slots; /* index of the latest link, or -1 */
    size_t mask;
    struct link *links;
    size_t count;
    size_t capacity;
};

struct linker {
    struct entity_work *work;
    struct table keys;  /* all words of a name, in order */
    struct table words; /* each word of a person's or organization's name of several words */
    struct table acronyms;
};

struct words {
    uint64_t items[WORDS_MAX];
    size_t count;
};

uint64_t entity_word(const struct entity_work *work, size_t token) {
    const struct token *item = &work->tokens->items[token];
    if (item->kind != TOKEN_WORD)
        return 0;
    struct span text = token_text(work->tokens, token);
    struct span prefix = span_slice(text, 0, 3);
    if (text.length < 6 || text.length > PART_BYTES_MAX ||
        !(span_equal_ignore_case(prefix, SPAN("al-")) || span_equal_ignore_case(prefix, SPAN("el-"))))
        return item->lower;
    char lower[PART_BYTES_MAX * 2];
    size_t written = 0, length = 0;
    for (size_t i = prefix.length; i < text.length; i += length)
        written += utf8_encode(utf8_lower(utf8_decode(text, i, &length)), lower + written);
    return hash_bytes((struct span){lower, written});
}

static struct words words_of(const struct entity_work *work, uint32_t first, uint32_t last) {
    struct words words = {.count = 0};
    for (uint32_t i = first; i < last && words.count < WORDS_MAX; i++) {
        uint64_t word = entity_word(work, i);
        if (word != 0 && !token_is(work->tokens, i, "al") && !token_is(work->tokens, i, "el"))
            words.items[words.count++] = word;
    }
    return words;
}

static uint64_t key_of(const struct words *words) {
    uint64_t key = words->count;
    for (size_t i = 0; i < words->count; i++)
        key = hash_combine(key, words->items[i]);
    return key;
}

static bool table_make(struct arena *arena, struct table *table, size_t expected) {
    size_t size = 64;
    while (size < 2 * expected)
        size *= 2;
    table->slots = arena_alloc_array(arena, size, sizeof(*table->slots));
    table->mask = size - 1;
    if (!table->slots)
        return false;
    memset(table->slots, 0xff, size * sizeof(*table->slots));
    return true;
}

static int *slot_of(struct table *table, uint64_t word) {
    size_t i = (size_t)word & table->mask;
    while (table->slots[i] >= 0 && table->links[table->slots[i]].word != word)
        i = (i + 1) & table->mask;
    return &table->slots[i];
}

static int latest(struct table *table, uint64_t word) {
    int link = *slot_of(table, word);
    return link < 0 ? -1 : table->links[link].entity;
}

/* The table has room for twice as many words as it was made for, so a free slot is always found. */
static bool remember(struct arena *arena, struct table *table, uint64_t word, int entity) {
    int *slot = slot_of(table, word);
    if (*slot >= 0 && table->links[*slot].entity == entity)
        return true;
    struct link *link = arena_push(arena, (void **)&table->links, &table->count, &table->capacity, sizeof(*table->links));
    if (!link)
        return false;
    *link = (struct link){word, entity, *slot};
    *slot = (int)table->count - 1;
    return true;
}

static bool is_upper_name(const struct entity_work *work, uint32_t first, uint32_t last) {
    for (uint32_t i = first; i < last; i++)
        if (work->tokens->items[i].kind == TOKEN_WORD && work->tokens->items[i].shape != SHAPE_UPPER)
            return false;
    return true;
}

/* True if the token's sentence has capitals on all words that could have them. Looks at few words only: a long sentence is no heading. */
static bool is_heading(const struct entity_work *work, uint32_t token) {
    const struct sentence *sentence = &work->sentences->items[sentence_at(work->sentences, token)];
    size_t capitals = 0;
    if (sentence->last - sentence->first > HEADING_TOKENS_MAX)
        return false;
    for (size_t i = sentence->first; i < sentence->last; i++) {
        const struct token *item = &work->tokens->items[i];
        if (item->kind != TOKEN_WORD)
            continue;
        if (item->shape == SHAPE_LOWER && !(work->classes[i] & (LEXICON_FUNCTION | LEXICON_SURNAME_PARTICLE)))
            return false;
        capitals += item->shape == SHAPE_CAPITAL || item->shape == SHAPE_UPPER;
    }
    return capitals >= 3;
}

/* Takes the name as the entity's fullest form where it is fuller than what there is. */
static void consider_form(struct entity_work *work, struct entity_build *entity, const struct name *name, size_t words) {
    bool loose = (words > 1 && is_upper_name(work, name->first, name->last)) || is_heading(work, name->first);
    if (entity->words == 0 || (entity->loose && !loose) || (entity->loose == loose && words > entity->words)) {
        entity->first = name->first;
        entity->last = name->last;
        entity->words = (unsigned)words;
        entity->loose = loose;
    }
    entity->votes[name->type] += name->score;
}

static int make_entity(struct linker *linker) {
    struct entity_work *work = linker->work;
    struct entity_build *entity = arena_push(work->arena, (void **)&work->items, &work->count, &work->capacity, sizeof(*work->items));
    return entity ? (int)work->count - 1 : -1;
}

/* "J." fits "Jane", "Jane" fits "Jane". */
static bool first_names_fit(const struct entity_work *work, uint32_t a, uint32_t b) {
    struct span left = token_text(work->tokens, a), right = token_text(work->tokens, b);
    if (left.length == 0 || right.length == 0 || left.data[0] != right.data[0])
        return false;
    bool initial = (left.length == 2 && left.data[1] == '.') || (right.length == 2 && right.data[1] == '.');
    return initial || span_equal(left, right);
}

/* True if the words of the shorter stand in the longer in their order. */
static bool is_part(const struct words *shorter, const struct words *longer) {
    size_t next = 0;
    for (size_t i = 0; i < longer->count && next < shorter->count; i++)
        next += longer->items[i] == shorter->items[next];
    return next == shorter->count;
}

/* True if both, of several words, can name one person. */
static bool same_person(const struct entity_work *work, const struct entity_build *entity, const struct name *name,
                        const struct words *words) {
    struct words known = words_of(work, entity->first, entity->last);
    if (known.count < 2 || words->count < 2)
        return false;
    bool last = known.items[known.count - 1] == words->items[words->count - 1];
    bool first = known.items[0] == words->items[0];
    if (last && first_names_fit(work, entity->first, name->first))
        return true;
    const struct words *shorter = known.count < words->count ? &known : words;
    return (first || last) && is_part(shorter, shorter == words ? &known : words);
}

static enum entity_type leading_type(const struct entity_build *entity) {
    enum entity_type best = ENTITY_PERSON;
    for (int type = 1; type < ENTITY_TYPE_COUNT; type++)
        if (entity->votes[type] > entity->votes[best])
            best = (enum entity_type)type;
    return best;
}

static int find_person(struct linker *linker, const struct name *name, const struct words *words) {
    for (int end = 0; end < 2; end++) {
        int link = *slot_of(&linker->words, words->items[end == 0 ? words->count - 1 : 0]);
        for (int seen = 0; link >= 0 && seen < CHAIN_MAX; seen++, link = linker->words.links[link].next) {
            struct entity_build *entity = &linker->work->items[linker->words.links[link].entity];
            if (leading_type(entity) == ENTITY_PERSON && same_person(linker->work, entity, name, words))
                return linker->words.links[link].entity;
        }
    }
    return -1;
}

/* The capitals of the words, hashed as the acronym's token would be; 0 where there are fewer than two. */
static uint64_t acronym_of(const struct entity_work *work, const struct name *name) {
    char letters[ACRONYM_BYTES_MAX];
    size_t count = 0;
    for (uint32_t i = name->first; i < name->last; i++) {
        struct span text = token_text(work->tokens, i);
        if (text.length > 0 && text.data[0] >= 'A' && text.data[0] <= 'Z' && count < sizeof(letters))
            letters[count++] = (char)(text.data[0] + 32);
    }
    return count < 2 || name->last - name->first < 2 ? 0 : hash_bytes((struct span){letters, count});
}

/* A country by its number, so that all its names are one entity; 0 for other names. */
static uint64_t nation_key(const struct entity_work *work, const struct name *name) {
    struct span text = span_slice(work->tokens->text, work->tokens->items[name->first].start, work->tokens->items[name->last - 1].end);
    unsigned nation = lexicon_classes(text) & LEXICON_COUNTRY ? lexicon_nation(text) : 0;
    return nation == 0 || name->type != ENTITY_PLACE ? 0 : hash_combine(0x6e6174696f6eU, nation);
}

static bool adopt(struct linker *linker, size_t index, int entity, const struct words *words) {
    struct entity_work *work = linker->work;
    const struct name *name = &work->names->items[index];
    work->entity_of_name[index] = entity;
    consider_form(work, &work->items[entity], name, words->count);
    bool ok = remember(work->arena, &linker->keys, key_of(words), entity);
    if (words->count < 2)
        return ok;
    for (size_t i = 0; i < words->count; i++)
        ok = ok && remember(work->arena, &linker->words, words->items[i], entity);
    uint64_t acronym = name->type == ENTITY_PERSON ? 0 : acronym_of(work, name);
    return ok && (acronym == 0 || remember(work->arena, &linker->acronyms, acronym, entity));
}

static enum result link_full(struct linker *linker, size_t index) {
    struct entity_work *work = linker->work;
    const struct name *name = &work->names->items[index];
    struct words words = words_of(work, name->first, name->last);
    uint64_t nation = nation_key(work, name);
    if (words.count < 2 && nation == 0)
        return RESULT_OK;
    int entity = nation != 0 ? latest(&linker->keys, nation) : latest(&linker->keys, key_of(&words));
    if (entity < 0 && nation == 0 && name->type == ENTITY_PERSON)
        entity = find_person(linker, name, &words);
    if (entity < 0 && (entity = make_entity(linker)) < 0)
        return RESULT_MEMORY;
    if (nation != 0 && !remember(work->arena, &linker->keys, nation, entity))
        return RESULT_MEMORY;
    return adopt(linker, index, entity, &words) ? RESULT_OK : RESULT_MEMORY;
}

/* How well the entity of several words fits the single word: 0 not at all. A name that came before fits better than one that comes. */
static int fit_of(const struct linker *linker, int entity, size_t index, uint64_t word) {
    const struct entity_work *work = linker->work;
    const struct entity_build *candidate = &work->items[entity];
    const struct name *name = &work->names->items[index];
    enum entity_type type = leading_type(candidate);
    struct words words = words_of(work, candidate->first, candidate->last);
    bool last = words.count > 0 && words.items[words.count - 1] == word;
    bool first = words.count > 0 && words.items[0] == word;
    if (words.count < 2)
        return 0;
    const uint32_t listed = LEXICON_COUNTRY | LEXICON_CITY | LEXICON_REGION | LEXICON_ORGANIZATION;
    uint32_t classes = work->classes[name->first];
    /* "Xi" may be Xi Jinping's first word, but "Zorb" is not "Zorb World" */
    uint32_t last_classes = work->classes[candidate->last - 1];
    if (type == ENTITY_PERSON && !last && (last_classes & (LEXICON_COMMON | LEXICON_ORGANIZATION_WORD | LEXICON_PLACE_WORD)) &&
        !(last_classes & (LEXICON_SURNAME | LEXICON_FIRST_NAME)))
        return 0;
    if (type == ENTITY_PERSON && (name->type == ENTITY_PERSON || (last && !(classes & listed))))
        return (last ? 4 : first ? 3 : 1) + (candidate->mentioned ? 8 : 0);
    if (type != ENTITY_ORGANIZATION || name->type != ENTITY_ORGANIZATION || (classes & (LEXICON_COUNTRY | LEXICON_DEMONYM)))
        return 0;
    /* "Acme" for "Acme Inc.", "the Commission" for "European Commission" */
    bool head = (classes & LEXICON_ORGANIZATION_WORD) && last;
    bool short_form = first && (work->classes[candidate->first + 1] & LEXICON_ORGANIZATION_WORD) && !(classes & LEXICON_COMMON);
    return head || short_form ? 2 + (candidate->mentioned ? 8 : 0) : 0;
}

/* The entity of several words that the single word means; -1 where none. */
static int find_by_word(struct linker *linker, size_t index, uint64_t word) {
    int link = *slot_of(&linker->words, word), best = -1, best_fit = 0;
    uint32_t best_token = 0;
    for (int seen = 0; link >= 0 && seen < CHAIN_MAX; seen++, link = linker->words.links[link].next) {
        int entity = linker->words.links[link].entity;
        const struct entity_build *candidate = &linker->work->items[entity];
        int fit = fit_of(linker, entity, index, word);
        bool later = candidate->mentioned ? candidate->last_token > best_token : candidate->first < best_token;
        if (fit > best_fit || (fit == best_fit && fit > 0 && later)) {
            best = entity;
            best_fit = fit;
            best_token = candidate->mentioned ? candidate->last_token : candidate->first;
        }
    }
    return best;
}

/* The entity whose acronym the word is: defined beside it in brackets, or of its words' capitals. */
static int find_by_acronym(struct linker *linker, size_t index) {
    const struct entity_work *work = linker->work;
    const struct name *name = &work->names->items[index];
    const struct token *token = &work->tokens->items[name->first];
    if (token->shape != SHAPE_UPPER || name->last - name->first != 1)
        return -1;
    if (index > 0 && name->first > 0 && work->names->items[index - 1].last + 1 == name->first &&
        token_is(work->tokens, name->first - 1, "(") && work->names->items[index - 1].type != ENTITY_PERSON) {
        struct span acronym = token_text(work->tokens, name->first);
        struct span full = token_text(work->tokens, work->names->items[index - 1].first);
        if (acronym.length > 1 && full.length > 0 && acronym.data[0] == full.data[0])
            return work->entity_of_name[index - 1];
    }
    return name->type == ENTITY_PERSON ? -1 : latest(&linker->acronyms, token->lower);
}

static enum result link_single(struct linker *linker, size_t index) {
    struct entity_work *work = linker->work;
    const struct name *name = &work->names->items[index];
    struct words words = words_of(work, name->first, name->last);
    uint64_t word = words.count > 0 ? words.items[0] : work->tokens->items[name->first].lower;
    int entity = find_by_word(linker, index, word);
    if (entity < 0)
        entity = latest(&linker->keys, key_of(&words));
    if (entity < 0)
        entity = find_by_acronym(linker, index);
    if (entity < 0 && (entity = make_entity(linker)) < 0)
        return RESULT_MEMORY;
    return adopt(linker, index, entity, &words) ? RESULT_OK : RESULT_MEMORY;
}

static enum result link_all(struct linker *linker) {
    struct entity_work *work = linker->work;
    enum result result = RESULT_OK;
    for (size_t i = 0; i < work->names->count; i++)
        work->entity_of_name[i] = -1;
    for (size_t i = 0; i < work->names->count && result == RESULT_OK; i++)
        result = link_full(linker, i);
    for (size_t i = 0; i < work->names->count && result == RESULT_OK; i++) {
        if (work->entity_of_name[i] < 0)
            result = link_single(linker, i);
        if (result != RESULT_OK)
            break;
        struct entity_build *entity = &work->items[work->entity_of_name[i]];
        entity->mentioned = true;
        entity->last_token = work->names->items[i].first;
    }
    return result;
}

enum result entity_link_names(struct entity_work *work) {
    struct linker linker = {.work = work};
    size_t word_count = 0;
    for (size_t i = 0; i < work->names->count; i++)
        word_count += work->names->items[i].last - work->names->items[i].first;
    work->entity_of_name = arena_alloc_array(work->arena, work->names->count, sizeof(*work->entity_of_name));
    if (!work->entity_of_name || !table_make(work->arena, &linker.keys, 2 * work->names->count + 1) ||
        !table_make(work->arena, &linker.words, word_count + 1) || !table_make(work->arena, &linker.acronyms, work->names->count + 1))
        return RESULT_MEMORY;
    enum result result = link_all(&linker);
    for (size_t i = 0; i < work->count; i++) {
        struct entity_build *entity = &work->items[i];
        entity->type = leading_type(entity);
        entity->mentioned = false;
        entity->last_token = 0;
    }
    return result;
}
