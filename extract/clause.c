#include "extract/clause.h"

#include "extract/clause_reader.h"

static void record(struct reader *reader, size_t node, int subject) {
    struct verb *verb = &reader->clauses->verbs[node];
    verb->clause = reader->stack[reader->depth - 1];
    verb->subject = subject;
    clause_top(reader)->verb = (int)node;
    reader->last_verb = (int)node;
}

static void read_finite(struct reader *reader, size_t node) {
    reader->parenthetical = false;
    int subject = clause_finite_subject(reader, node);
    clause_top(reader)->has_verb = clause_top(reader)->has_verb || !reader->parenthetical;
    reader->fronted = false;
    reader->in_group = true;
    reader->group_passive = reader->frame->nodes[node].role == NODE_AUXILIARY && reader->frame->nodes[node].classes & WORD_BE;
    reader->group_subject = subject;
    record(reader, node, subject);
}

/* "has in the past described": a phrase stands between the auxiliary and its verb. */
static bool is_split_group(const struct reader *reader, size_t node) {
    const struct frame *frame = reader->frame;
    size_t before = node_before(frame, node);
    if (frame->nodes[node].role != NODE_FINITE || reader->last_verb < 0 || frame->nodes[reader->last_verb].role != NODE_AUXILIARY ||
        before >= frame->count || frame->nodes[before].phrase < 0)
        return false;
    size_t preposition = node_before(frame, frame->phrases[frame->nodes[before].phrase].first);
    return reader_role(reader, preposition) == NODE_PREPOSITION && node_before(frame, preposition) == (size_t)reader->last_verb;
}

static void read_verb(struct reader *reader, size_t node) {
    const struct node *item = &reader->frame->nodes[node];
    bool participle = item->role == NODE_PARTICIPLE;
    if (is_split_group(reader, node)) {
        record(reader, node, reader->group_subject);
        return;
    }
    if (item->role == NODE_FINITE || (item->role == NODE_AUXILIARY && !reader->in_group)) {
        read_finite(reader, node);
        return;
    }
    if (reader->in_group) {
        reader->clauses->verbs[node].passive = participle && reader->group_passive;
        if (item->role == NODE_AUXILIARY && item->classes & WORD_BE)
            reader->group_passive = true;
        record(reader, node, reader->group_subject);
        reader->in_group = item->role == NODE_AUXILIARY;
        return;
    }
    if (clause_top(reader)->subject < 0 && clause_top(reader)->kind == CLAUSE_MAIN)
        reader->fronted = true;
    int subject = participle ? -1 : item->role == NODE_ING ? clause_ing_subject(reader, node) : clause_top(reader)->subject;
    reader->clauses->verbs[node].passive = participle;
    record(reader, node, subject);
    if (item->role == NODE_ING)
        reader->last_nonfinite = (int)node;
}

/* "In Ames, Iowa, Ann Lee said": the second place goes with the first. */
static bool is_place_aside(const struct reader *reader, const struct phrase *phrase) {
    const struct frame *frame = reader->frame;
    const struct entities *entities = reader->story->entities;
    int mention = frame->nodes[phrase->head].mention;
    return mention >= 0 && entities->items[entities->mentions[mention].entity].type == ENTITY_PLACE &&
           reader_role(reader, node_before(frame, phrase->first)) == NODE_COMMA && reader_role(reader, phrase->last) == NODE_COMMA;
}

static void read_phrase(struct reader *reader, size_t node) {
    const struct phrase *phrase = &reader->frame->phrases[reader->frame->nodes[node].phrase];
    if (phrase->first != node || clause_top(reader)->subject >= 0 || reader->fronted || reader->frame->nodes[node].role == NODE_OBJECT)
        return;
    const struct node *head = &reader->frame->nodes[phrase->head];
    if (head->classes & WORD_TIME && head->role == NODE_NOUN && clause_top(reader)->kind == CLAUSE_MAIN)
        reader->fronted = true; /* "Six months ago," */
    else if (reader_role(reader, node_before(reader->frame, node)) != NODE_PREPOSITION && !is_place_aside(reader, phrase))
        clause_top(reader)->subject = reader->frame->nodes[node].phrase;
}

/* True if a verb's subject begins behind the coordinator: a phrase, and behind it a verb, a comma or "who". */
static bool begins_clause(const struct reader *reader, size_t node) {
    size_t behind = node_behind(reader->frame, node);
    if (!reader_is_subject(reader, behind))
        return false;
    size_t last = reader->frame->phrases[reader->frame->nodes[behind].phrase].last;
    uint8_t role = reader_role(reader, last < reader->frame->count ? last : reader->frame->count);
    return role == NODE_FINITE || role == NODE_AUXILIARY || role == NODE_COMMA || role == NODE_RELATIVE;
}

static void read_comma(struct reader *reader, size_t node) {
    reader->fronted = false;
    clause_pop_at_comma(reader, node);
    size_t behind = node + 1;
    if (reader_role(reader, behind) == NODE_COORDINATOR && clause_top(reader)->has_verb && begins_clause(reader, behind)) {
        clause_pop_all(reader, node);
        clause_replace(reader, behind, CLAUSE_MAIN, -1);
    }
}

static void read_that(struct reader *reader, size_t node) {
    size_t before = node_before(reader->frame, node), behind = node_behind(reader->frame, node);
    const struct node *left = reader_node(reader, before);
    bool verb_follows = behind < reader->frame->count &&
                        (reader->frame->nodes[behind].role == NODE_AUXILIARY || node_is_verb(&reader->frame->nodes[behind]));
    /* "told her before he left that …" */
    if (clause_top(reader)->kind == CLAUSE_SUBORDINATE && clause_top(reader)->has_verb && clause_top(reader)->parent >= 0) {
        int verb = reader->clauses->items[clause_top(reader)->parent].verb;
        if (verb >= 0 && reader->frame->nodes[verb].classes & WORD_SAY &&
            !(reader->frame->nodes[clause_top(reader)->verb].classes & (WORD_SAY | WORD_THINK))) {
            clause_pop(reader, node);
            clause_push(reader, node, CLAUSE_COMPLEMENT, -1, verb);
            return;
        }
    }
    if (left && left->phrase >= 0 && verb_follows && !(left->classes & WORD_CUE_NOUN))
        clause_push(reader, node, CLAUSE_RELATIVE, left->phrase, -1);
    else if (left && left->role == NODE_COORDINATOR && clause_top(reader)->kind == CLAUSE_COMPLEMENT)
        clause_replace(reader, node, CLAUSE_COMPLEMENT, -1);
    else if (reader->last_verb >= 0 && left && !(left->role == NODE_PREPOSITION || left->role == NODE_STOP))
        clause_push(reader, node, CLAUSE_COMPLEMENT, -1, reader->last_verb);
}

static void read_relative(struct reader *reader, size_t node) {
    size_t before = node_before(reader->frame, node), behind = node_behind(reader->frame, node);
    bool after_comma = reader_role(reader, before) == NODE_COMMA;
    if (after_comma)
        before = node_before(reader->frame, before);
    const struct node *left = reader_node(reader, before);
    int subject = -1;
    if (left && left->phrase >= 0 && behind < reader->frame->count && !reader_word_is(reader, node, "whose") &&
        (reader->frame->nodes[behind].role == NODE_AUXILIARY || node_is_verb(&reader->frame->nodes[behind])))
        subject = reader_word_is(reader, node, "who") ? phrase_chain_head(reader->frame, left->phrase, false) : left->phrase;
    clause_push(reader, node, CLAUSE_RELATIVE, subject, -1);
    clause_top(reader)->after_comma = after_comma;
    clause_top(reader)->pronoun = subject >= 0 ? (int)node : -1;
}

static void read_subordinator(struct reader *reader, size_t node) {
    bool complement = reader_word_is(reader, node, "whether") || reader_word_is(reader, node, "how") ||
                      reader_word_is(reader, node, "why") || reader_word_is(reader, node, "what") || reader_word_is(reader, node, "if");
    size_t before = node_before(reader->frame, node);
    const struct node *left = reader_node(reader, before);
    if (left && left->role == NODE_COMMA && clause_top(reader)->has_verb)
        clause_pop_all(reader, node); /* ", while Bo Chen said": beside what was said, not in it */
    if (complement && left && (node_is_verb(left) || left->phrase >= 0) && reader->last_verb >= 0)
        clause_push(reader, node, CLAUSE_COMPLEMENT, -1, reader->last_verb);
    else
        clause_push(reader, node, CLAUSE_SUBORDINATE, -1, -1);
}

static void read_quote(struct reader *reader, size_t node) {
    if (!quote_ends_clause(reader->story, reader->frame, node))
        return;
    reader->fronted = false;
    clause_pop_all(reader, node);
    if (clause_top(reader)->subject >= 0)
        clause_top(reader)->has_verb = true;
}

/* "LIMA, May 3 (Agency) -": what stands before the dash is no part of the sentence. */
static bool is_dateline(const struct reader *reader, size_t node) {
    enum { DATELINE_NODES_MAX = 12 };
    if (node == 0 || node > DATELINE_NODES_MAX || clause_top(reader)->has_verb)
        return false;
    const struct token *first = &reader->story->tokens->items[reader->frame->nodes[0].first];
    return first->shape == SHAPE_UPPER || reader->frame->nodes[node - 1].role == NODE_ASIDE;
}

static void read_node(struct reader *reader, size_t node) {
    const struct node *item = &reader->frame->nodes[node];
    if (item->phrase >= 0) {
        reader->in_group = false;
        read_phrase(reader, node);
        return;
    }
    if (item->role == NODE_AUXILIARY || node_is_verb(item)) {
        read_verb(reader, node);
        return;
    }
    if (item->role == NODE_ADVERB || item->role == NODE_ASIDE)
        return;
    reader->in_group = false;
    switch ((enum node_role)item->role) {
    case NODE_PREPOSITION:
        if (clause_top(reader)->subject < 0 && clause_top(reader)->kind == CLAUSE_MAIN)
            reader->fronted = true;
        break;
    case NODE_DASH:
        if (is_dateline(reader, node)) {
            clause_replace(reader, node + 1, CLAUSE_MAIN, -1);
            reader->fronted = false;
            break;
        }
        read_comma(reader, node);
        break;
    case NODE_COMMA:
        read_comma(reader, node);
        break;
    case NODE_COLON:
    case NODE_SEMICOLON:
        clause_pop_all(reader, node);
        clause_replace(reader, node + 1, CLAUSE_MAIN, -1);
        reader->fronted = false;
        break;
    case NODE_THAT:
        read_that(reader, node);
        break;
    case NODE_RELATIVE:
        read_relative(reader, node);
        break;
    case NODE_SUBORDINATOR:
        read_subordinator(reader, node);
        break;
    case NODE_QUOTE:
        read_quote(reader, node);
        break;
    default:
        break;
    }
}

enum result clauses_find(struct arena *arena, const struct story *story, const struct frame *frame, struct clauses *ret) {
    *ret = (struct clauses){.verbs = arena_alloc_array(arena, frame->count, sizeof *ret->verbs)};
    if (!ret->verbs)
        return RESULT_MEMORY;
    for (size_t i = 0; i < frame->count; i++)
        ret->verbs[i] = (struct verb){.clause = -1, .subject = -1};
    struct reader reader = {.arena = arena,
                            .story = story,
                            .frame = frame,
                            .clauses = ret,
                            .last_verb = -1,
                            .last_nonfinite = -1,
                            .group_subject = -1,
                            .closed = -1};
    clause_push(&reader, 0, CLAUSE_MAIN, -1, -1);
    for (size_t i = 0; i < frame->count && !reader.failed; i++)
        read_node(&reader, i);
    if (reader.failed)
        return RESULT_MEMORY;
    /* an opening "Speaking in Rome," has the subject that comes behind it */
    for (size_t i = 0; i < frame->count; i++)
        if (ret->verbs[i].clause >= 0 && ret->verbs[i].subject < 0 && frame->nodes[i].role != NODE_PARTICIPLE)
            ret->verbs[i].subject = ret->items[ret->verbs[i].clause].subject;
    return RESULT_OK;
}
