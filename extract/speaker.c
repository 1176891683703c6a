#include "extract/speaker.h"

#include "extract/lexicon.h"

static void surname_add(struct surname *table, size_t mask, uint64_t lower, int entity) {
    size_t place = (size_t)lower & mask;
    while (table[place].lower != 0 && table[place].lower != lower)
        place = (place + 1) & mask;
    bool other = table[place].lower == lower && table[place].entity != entity;
    table[place] = (struct surname){lower, other ? SPEAKER_NONE : entity};
}

enum result speakers_init(struct arena *arena, const struct story *story, const struct frame *frames, const struct clauses *clauses,
                          struct speakers *ret) {
    const struct entities *entities = story->entities;
    size_t size = 2;
    while (size < 2 * entities->mention_count + 2)
        size *= 2;
    struct surname *table = arena_alloc_array(arena, size, sizeof *table);
    if (!table)
        return RESULT_MEMORY;
    for (size_t i = 0; i < entities->mention_count; i++) {
        const struct entity_mention *mention = &entities->mentions[i];
        if (mention->form == MENTION_NAME && entities->items[mention->entity].type == ENTITY_PERSON)
            surname_add(table, size - 1, story->tokens->items[mention->last - 1].lower, mention->entity);
    }
    *ret = (struct speakers){
        .story = story, .frames = frames, .clauses = clauses, .surnames = table, .surname_mask = size - 1, .subject = SPEAKER_NONE};
    return RESULT_OK;
}

struct range node_tokens(const struct frame *frame, uint32_t first, uint32_t last) {
    return first < last ? (struct range){frame->nodes[first].first, frame->nodes[last - 1].last} : (struct range){0, 0};
}

static bool is_one_of(const struct tokens *tokens, size_t token, const char *const *words, size_t count) {
    for (size_t i = 0; i < count; i++)
        if (token_is(tokens, token, words[i]))
            return true;
    return false;
}

/* The gender that a personal pronoun tells; GENDER_UNKNOWN for every other word. */
static enum gender gender_of(const struct tokens *tokens, const struct node *node) {
    static const char *const male[] = {"he", "his", "him", "himself"};
    static const char *const female[] = {"she", "her", "herself"};
    if (node->last != node->first + 1)
        return GENDER_UNKNOWN;
    if (is_one_of(tokens, node->first, male, sizeof male / sizeof *male))
        return GENDER_MALE;
    return is_one_of(tokens, node->first, female, sizeof female / sizeof *female) ? GENDER_FEMALE : GENDER_UNKNOWN;
}

static bool suits(const struct speakers *speakers, int entity, enum gender gender) {
    if (entity == SPEAKER_NONE)
        return false;
    const struct entity_entry *item = &speakers->story->entities->items[entity];
    return item->type == ENTITY_PERSON && (item->gender == GENDER_UNKNOWN || item->gender == gender);
}

/* A capitalised word that is no mention of its own but a person's last name: "Mr. Bond said". */
static int surname_entity(const struct speakers *speakers, const struct node *node) {
    const struct token *token = &speakers->story->tokens->items[node->last - 1];
    if (node->role != NODE_NOUN || token->kind != TOKEN_WORD || token->shape == SHAPE_LOWER)
        return SPEAKER_NONE;
    size_t place = (size_t)token->lower & speakers->surname_mask;
    while (speakers->surnames[place].lower != 0 && speakers->surnames[place].lower != token->lower)
        place = (place + 1) & speakers->surname_mask;
    return speakers->surnames[place].lower == 0 ? SPEAKER_NONE : speakers->surnames[place].entity;
}

static int mention_entity(const struct speakers *speakers, const struct node *node) {
    return node->mention >= 0 ? speakers->story->entities->mentions[node->mention].entity : SPEAKER_NONE;
}

/* Whom a speaker's "he" or "she" means: the subject or the speaker of this paragraph, whom the story's own linking finds, the last speaker;
   the first of them who can be it. In this order each was right most often on annotated news. */
static int resolve_pronoun(const struct speakers *speakers, const struct frame *frame, const struct node *pronoun, enum gender gender) {
    int last = speakers->has_last ? speakers->last.entity : SPEAKER_NONE;
    const int candidates[] = {
        speakers->subject_paragraph == frame->paragraph ? speakers->subject : SPEAKER_NONE,
        speakers_same_paragraph(speakers, frame) ? last : SPEAKER_NONE,
        mention_entity(speakers, pronoun),
        last,
    };
    for (size_t i = 0; i < sizeof candidates / sizeof *candidates; i++)
        if (suits(speakers, candidates[i], gender))
            return candidates[i];
    return SPEAKER_NONE;
}

/* Whom a title with a complement stands before: "Secretary of State Ann Vale", but not "the mother of Ann Vale". */
static int named_behind_title(const struct speakers *speakers, const struct frame *frame, struct place place) {
    if (place.last < place.first + 3)
        return SPEAKER_NONE;
    enum node_role before = frame->nodes[place.last - 2].role;
    if (before != NODE_NOUN && before != NODE_NAME)
        return SPEAKER_NONE;
    const struct node *name = &frame->nodes[place.last - 1];
    int entity = mention_entity(speakers, name);
    bool person = entity != SPEAKER_NONE && speakers->story->entities->items[entity].type == ENTITY_PERSON;
    return person && speakers->story->entities->mentions[name->mention].form == MENTION_NAME ? entity : SPEAKER_NONE;
}

enum { OFFICE_REACH = 3 /* paragraphs: farther back a reader would have lost the thread */ };

/* Whom "the minister" or "the driver" means where nothing links it: the one who spoke or acted last, a person, not long ago. */
static int holder_of_office(const struct speakers *speakers, const struct frame *frame, struct place place) {
    const struct tokens *tokens = speakers->story->tokens;
    const struct node *head = &frame->nodes[place.head];
    if (head->role != NODE_NOUN || place.last > (uint32_t)place.head + 1 || place.first == (uint32_t)place.head ||
        !token_is(tokens, frame->nodes[place.first].first, "the"))
        return SPEAKER_NONE;
    uint32_t classes = lexicon_classes_of_hash(tokens->items[head->last - 1].lower);
    int last = speakers->has_last && speakers->last_paragraph + OFFICE_REACH > frame->paragraph ? speakers->last.entity : SPEAKER_NONE;
    if (!(classes & (LEXICON_ROLE_NOUN | LEXICON_TITLE)) || last == SPEAKER_NONE)
        return SPEAKER_NONE;
    return speakers->story->entities->items[last].type == ENTITY_PERSON ? last : SPEAKER_NONE;
}

struct speaker speaker_resolve(const struct speakers *speakers, const struct frame *frame, struct place place) {
    if (place.head < 0)
        return (struct speaker){SPEAKER_NONE, {0, 0}};
    const struct node *head = &frame->nodes[place.head];
    enum gender gender = gender_of(speakers->story->tokens, head);
    int entity = gender == GENDER_UNKNOWN ? mention_entity(speakers, head) : resolve_pronoun(speakers, frame, head, gender);
    if (entity == SPEAKER_NONE)
        entity = surname_entity(speakers, head);
    if (entity == SPEAKER_NONE)
        entity = named_behind_title(speakers, frame, place);
    if (entity == SPEAKER_NONE)
        entity = holder_of_office(speakers, frame, place);
    return (struct speaker){entity, node_tokens(frame, place.first, place.last)};
}

bool sentence_subject(const struct speakers *speakers, size_t sentence, uint32_t saying, struct place *ret) {
    const struct frame *frame = &speakers->frames[sentence];
    const struct clauses *clauses = &speakers->clauses[sentence];
    for (size_t i = 0; i < frame->count && i < CUE_REACH; i++) {
        const struct verb *verb = &clauses->verbs[i];
        if (verb->clause < 0 || verb->subject < 0 || verb->passive || (saying && !(frame->nodes[i].classes & saying)))
            continue;
        enum clause_kind kind = clauses->items[verb->clause].kind;
        if (kind != CLAUSE_MAIN && !(saying && kind == CLAUSE_SUBORDINATE))
            continue;
        *ret = place_of_phrase(frame, verb->subject, i);
        return true;
    }
    return false;
}

bool speakers_same_paragraph(const struct speakers *speakers, const struct frame *frame) {
    return speakers->has_last && speakers->last_paragraph == frame->paragraph;
}

void speakers_note(struct speakers *speakers, size_t sentence, struct speaker speaker, bool reported) {
    speakers->last = speaker;
    speakers->last_reported = reported;
    speakers->last_sentence = sentence;
    speakers->last_paragraph = speakers->frames[sentence].paragraph;
    speakers->has_last = true;
}

void speakers_note_reported(struct speakers *speakers, size_t sentence) {
    struct place place;
    if (sentence_subject(speakers, sentence, WORD_SAY, &place))
        speakers_note(speakers, sentence, speaker_resolve(speakers, &speakers->frames[sentence], place), true);
}

void speakers_note_subject(struct speakers *speakers, size_t sentence) {
    struct place place;
    if (!sentence_subject(speakers, sentence, 0, &place))
        return;
    int entity = speaker_resolve(speakers, &speakers->frames[sentence], place).entity;
    if (entity == SPEAKER_NONE || speakers->story->entities->items[entity].type != ENTITY_PERSON)
        return;
    speakers->subject = entity;
    speakers->subject_paragraph = speakers->frames[sentence].paragraph;
}
