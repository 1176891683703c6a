#include "extract/clause.h"

#include <string.h>

enum { OPEN_CLAUSES_MAX = 12 }; /* deeper nesting is no prose; further clauses replace the innermost */
enum { CHAIN_MAX = 6 };         /* prepositional phrases in a row */

struct reader {
    const struct story *story;
    const struct frame *frame;
    struct clauses *clauses;
    int stack[OPEN_CLAUSES_MAX];
    int depth;
    int closed;         /* clause that the last comma closed and whose subject may go on acting, or -1 */
    bool fronted;       /* inside an opening phrase: "On Tuesday", "Speaking to reporters" */
    bool in_group;      /* between the parts of a verb group: "has also said" */
    bool parenthetical; /* the last finite verb stands in the reporter's aside */
    bool group_passive; /* the group has a form of be */
    int group_subject;
    int last_verb;      /* node */
    int last_nonfinite; /* node of the last -ing form of this clause, for "calling X and describing Y" */
};

static struct clause *top(struct reader *reader) {
    return &reader->clauses->items[reader->stack[reader->depth - 1]];
}

static void push(struct reader *reader, size_t node, enum clause_kind kind, int subject, int governor) {
    struct clauses *clauses = reader->clauses;
    if (reader->depth == OPEN_CLAUSES_MAX)
        reader->depth--;
    int parent = reader->depth > 0 ? reader->stack[reader->depth - 1] : -1;
    clauses->items[clauses->count] = (struct clause){.kind = kind,
                                                     .subject = subject,
                                                     .governor = governor,
                                                     .parent = parent,
                                                     .pronoun = -1,
                                                     .verb = -1,
                                                     .first = (uint32_t)node,
                                                     .last = (uint32_t)reader->frame->count};
    reader->stack[reader->depth++] = (int)clauses->count++;
    reader->last_nonfinite = -1;
}

static void pop(struct reader *reader, size_t node) {
    top(reader)->last = (uint32_t)node;
    reader->depth--;
}

/* Closes everything but the main clause. */
static void pop_all(struct reader *reader, size_t node) {
    while (reader->depth > 1 && top(reader)->kind != CLAUSE_MAIN)
        pop(reader, node);
}

/* A comma closes the innermost relative or subordinate clause with what it contains, and no complement around it. */
static void pop_at_comma(struct reader *reader, size_t node) {
    int depth = reader->depth;
    while (depth > 1) {
        enum clause_kind kind = reader->clauses->items[reader->stack[depth - 1]].kind;
        if (kind == CLAUSE_RELATIVE || kind == CLAUSE_SUBORDINATE)
            break;
        depth--;
    }
    reader->closed = -1;
    if (depth <= 1)
        return;
    const struct clause *clause = &reader->clauses->items[reader->stack[depth - 1]];
    if (clause->subject >= 0 && !clause->has_verb)
        return; /* "who, on Monday, said" */
    if (!clause->after_comma && clause->pronoun < 0 && reader->clauses->items[reader->stack[depth - 2]].has_verb)
        reader->closed = reader->stack[depth - 1];
    while (reader->depth >= depth)
        pop(reader, node);
}

/* A clause beside the open one, of its kind: ", and Smith said". */
static void replace(struct reader *reader, size_t node, enum clause_kind kind, int subject) {
    int governor = kind == CLAUSE_COMPLEMENT ? top(reader)->governor : -1;
    if (reader->depth > 1 || kind == CLAUSE_MAIN)
        pop(reader, node);
    push(reader, node, kind, subject, governor);
}

static const struct node *node_at(const struct reader *reader, size_t node) {
    return node < reader->frame->count ? &reader->frame->nodes[node] : NULL;
}

static uint8_t role_at(const struct reader *reader, size_t node) {
    return node < reader->frame->count ? reader->frame->nodes[node].role : NODE_STOP;
}

static bool word_is(const struct reader *reader, size_t node, const char *word) {
    return node < reader->frame->count && token_is(reader->story->tokens, reader->frame->nodes[node].last - 1, word);
}

int phrase_chain_head(const struct frame *frame, int phrase, bool joint) {
    for (int steps = 0; steps < CHAIN_MAX; steps++) {
        size_t before = node_before(frame, frame->phrases[phrase].first);
        if (before >= frame->count || before == 0)
            break;
        uint8_t role = frame->nodes[before].role;
        size_t left = node_before(frame, before);
        if (!(role == NODE_PREPOSITION || (joint && role == NODE_COORDINATOR)) || left >= frame->count || frame->nodes[left].phrase < 0)
            break;
        phrase = frame->nodes[left].phrase;
    }
    return phrase;
}

bool quote_ends_clause(const struct story *story, const struct frame *frame, size_t node) {
    const struct stretch *stretch = &story->stretches->items[frame->nodes[node].stretch];
    struct span text = token_text(story->tokens, stretch->last - 1);
    if (node + 1 < frame->count && frame->nodes[node + 1].role == NODE_COMMA)
        return true;
    return text.length > 0 && (strchr(",.?!-", text.data[0]) || memcmp(text.data, "\xE2\x80", text.length < 2 ? text.length : 2) == 0);
}

/* The node before the verb, and a quote that ends a clause there: what follows is its attribution. */
static bool is_behind_quote(const struct reader *reader, size_t node) {
    size_t before = node_before(reader->frame, node);
    if (role_at(reader, before) == NODE_COMMA || role_at(reader, before) == NODE_DASH)
        before = node_before(reader->frame, before);
    return role_at(reader, before) == NODE_QUOTE && before < reader->frame->count;
}

static bool is_subject_phrase(const struct reader *reader, size_t node) {
    const struct node *item = node_at(reader, node);
    if (!item || item->phrase < 0 || item->role == NODE_OBJECT)
        return false;
    const struct node *head = &reader->frame->nodes[reader->frame->phrases[item->phrase].head];
    return !(head->role == NODE_NOUN && head->classes & WORD_TIME); /* "Ann Lee last week said" */
}

/* True if "said" at the node may have its subject behind it: behind a quote, behind a comma where the clause has its verb, or at the
   sentence's begin. */
static bool may_invert(const struct reader *reader, size_t node) {
    size_t before = node_before(reader->frame, node);
    if (before >= reader->frame->count || is_behind_quote(reader, node))
        return true;
    const struct clause *clause = &reader->clauses->items[reader->stack[reader->depth - 1]];
    return role_at(reader, before) == NODE_COMMA && (clause->has_verb || reader->frame->nodes[0].role == NODE_QUOTE);
}

/* "said Smith". */
static bool is_inverted(const struct reader *reader, size_t node) {
    const struct node *item = &reader->frame->nodes[node];
    if (!(item->classes & WORD_SAY) || word_is(reader, node, "told") || word_is(reader, node, "tells") || !may_invert(reader, node))
        return false;
    size_t behind = node_behind(reader->frame, node);
    if (!is_subject_phrase(reader, behind))
        return false;
    const struct phrase *phrase = &reader->frame->phrases[reader->frame->nodes[behind].phrase];
    uint8_t head = reader->frame->nodes[phrase->head].role;
    if (!is_behind_quote(reader, node) && head == NODE_NOUN && !word_is(reader, node, "said") && !word_is(reader, node, "says"))
        return false; /* "wrote a book" */
    uint8_t next = role_at(reader, phrase->last);
    return next != NODE_FINITE && next != NODE_AUXILIARY; /* "said he was" */
}

/* The subject of a finite verb whose clause has its verb already and before which a phrase stands. */
static int subject_of_new_clause(struct reader *reader, size_t node, int phrase) {
    if (top(reader)->kind == CLAUSE_RELATIVE && !top(reader)->after_comma) {
        pop(reader, node);
        if (!top(reader)->has_verb && top(reader)->subject >= 0)
            return top(reader)->subject;
    }
    int head = phrase_chain_head(reader->frame, phrase, false);
    int joint = phrase_chain_head(reader->frame, phrase, true);
    if (joint != head && reader->last_verb >= 0 &&
        node_before(reader->frame, reader->frame->phrases[joint].first) == (size_t)reader->last_verb &&
        reader->frame->nodes[reader->last_verb].classes & WORD_SAY)
        head = joint; /* "said she and her friends called" */
    size_t first = reader->frame->phrases[head].first;
    uint8_t before = role_at(reader, node_before(reader->frame, first));
    if (before == NODE_PREPOSITION)
        return top(reader)->subject; /* "but in an interview said" */
    if (before == NODE_COMMA || before == NODE_QUOTE || before == NODE_DASH || before == NODE_SEMICOLON) {
        pop_all(reader, first);
        replace(reader, first, CLAUSE_MAIN, head);
    } else if (before == NODE_COORDINATOR) {
        replace(reader, first, top(reader)->kind, head);
    } else {
        push(reader, first, CLAUSE_COMPLEMENT, head, reader->last_verb);
    }
    return head;
}

/* "The club, Ann Lee said, is …": the verb of the reporter's aside, not of the clause. */
static bool is_parenthetical(const struct reader *reader, size_t node, size_t before) {
    const struct frame *frame = reader->frame;
    const struct clause *clause = &reader->clauses->items[reader->stack[reader->depth - 1]];
    if (!(frame->nodes[node].classes & WORD_SAY) || clause->has_verb || !is_subject_phrase(reader, before) ||
        frame->nodes[before].phrase == clause->subject)
        return false;
    int head = phrase_chain_head(frame, frame->nodes[before].phrase, false);
    const struct node *noun = &frame->nodes[frame->phrases[head].head];
    /* "Ann Lee, mayor of Rome said" lacks a comma: a bare noun is an apposition */
    if (noun->role == NODE_NOUN && frame->nodes[frame->phrases[head].first].role != NODE_DETERMINER &&
        role_at(reader, node + 1) != NODE_COMMA)
        return false;
    return head != clause->subject && role_at(reader, node_before(frame, frame->phrases[head].first)) == NODE_COMMA;
}

static int finite_subject(struct reader *reader, size_t node) {
    size_t before = node_before(reader->frame, node);
    if (is_inverted(reader, node)) {
        int phrase = reader->frame->nodes[node_behind(reader->frame, node)].phrase;
        pop_all(reader, node);
        replace(reader, node, CLAUSE_MAIN, phrase);
        reader->clauses->verbs[node].inverted = true;
        return phrase;
    }
    struct clause *clause = top(reader);
    if (clause->subject < 0 && is_subject_phrase(reader, before))
        clause->subject = phrase_chain_head(reader->frame, reader->frame->nodes[before].phrase, true);
    if (is_parenthetical(reader, node, before)) {
        reader->parenthetical = true;
        return reader->frame->nodes[before].phrase;
    }
    if (!clause->has_verb)
        return clause->subject;
    if (is_subject_phrase(reader, before) && reader->frame->nodes[before].phrase != clause->subject)
        return subject_of_new_clause(reader, node, reader->frame->nodes[before].phrase);
    /* "said that X was bad and told …": a second verb of saying goes with the first, not with what was said */
    if (clause->kind == CLAUSE_COMPLEMENT && (reader->frame->nodes[node].classes & WORD_SAY) && clause->governor >= 0 &&
        (reader->frame->nodes[clause->governor].classes & WORD_SAY))
        pop_all(reader, node);
    return top(reader)->subject;
}

static void record(struct reader *reader, size_t node, int subject) {
    struct verb *verb = &reader->clauses->verbs[node];
    verb->clause = reader->stack[reader->depth - 1];
    verb->subject = subject;
    top(reader)->verb = (int)node;
    reader->last_verb = (int)node;
}

static void read_finite(struct reader *reader, size_t node) {
    reader->parenthetical = false;
    int subject = finite_subject(reader, node);
    top(reader)->has_verb = top(reader)->has_verb || !reader->parenthetical;
    reader->fronted = false;
    reader->in_group = true;
    reader->group_passive = reader->frame->nodes[node].role == NODE_AUXILIARY && reader->frame->nodes[node].classes & WORD_BE;
    reader->group_subject = subject;
    record(reader, node, subject);
}

static int outer_subject(const struct reader *reader) {
    int depth = reader->depth;
    while (depth > 1 && reader->clauses->items[reader->stack[depth - 1]].kind == CLAUSE_COMPLEMENT)
        depth--;
    return reader->clauses->items[reader->stack[depth - 1]].subject;
}

/* "by saying", "of saying", "quoted Xi as saying": the object before "as", "of" and "for" speaks, else the subject. */
static int subject_behind_preposition(const struct reader *reader, size_t preposition) {
    size_t left = node_before(reader->frame, preposition);
    const struct node *object = node_at(reader, left);
    bool of_object = word_is(reader, preposition, "as") || word_is(reader, preposition, "of") || word_is(reader, preposition, "for");
    if (of_object && object && object->phrase >= 0)
        return object->phrase;
    return top((struct reader *)reader)->subject;
}

/* "with Xi referring to": the phrase beside the verb acts; "issued a statement calling": a thing does not, who made it does. */
static int subject_beside(const struct reader *reader, int phrase) {
    const struct frame *frame = reader->frame;
    int subject = top((struct reader *)reader)->subject;
    int head = phrase_chain_head(frame, phrase, false);
    const struct node *node = &frame->nodes[frame->phrases[head].head];
    bool actor = node->role == NODE_NAME || node->role == NODE_NOMINAL || node->role == NODE_PRONOUN || node->role == NODE_OBJECT;
    return actor || subject < 0 || !top((struct reader *)reader)->has_verb ? head : subject;
}

static int ing_subject(struct reader *reader, size_t node) {
    size_t before = node_before(reader->frame, node);
    const struct node *left = node_at(reader, before);
    if (left && left->phrase >= 0)
        return subject_beside(reader, left->phrase);
    switch (role_at(reader, before)) {
    case NODE_PREPOSITION:
    case NODE_SUBORDINATOR:
        return subject_behind_preposition(reader, before);
    case NODE_COORDINATOR:
        if (reader->last_nonfinite >= 0)
            return reader->clauses->verbs[reader->last_nonfinite].subject;
        return outer_subject(reader);
    case NODE_COMMA:
        /* "came when fans stopped her, shouting": who acted last goes on */
        if (reader->closed >= 0 && reader->clauses->items[reader->closed].subject >= 0)
            return reader->clauses->items[reader->closed].subject;
        return outer_subject(reader);
    default:
        return outer_subject(reader);
    }
}

/* "has in the past described": a phrase stands between the auxiliary and its verb. */
static bool is_split_group(const struct reader *reader, size_t node) {
    const struct frame *frame = reader->frame;
    size_t before = node_before(frame, node);
    if (frame->nodes[node].role != NODE_FINITE || reader->last_verb < 0 || frame->nodes[reader->last_verb].role != NODE_AUXILIARY ||
        before >= frame->count || frame->nodes[before].phrase < 0)
        return false;
    size_t preposition = node_before(frame, frame->phrases[frame->nodes[before].phrase].first);
    return role_at(reader, preposition) == NODE_PREPOSITION && node_before(frame, preposition) == (size_t)reader->last_verb;
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
    if (top(reader)->subject < 0 && top(reader)->kind == CLAUSE_MAIN)
        reader->fronted = true;
    int subject = participle ? -1 : item->role == NODE_ING ? ing_subject(reader, node) : top(reader)->subject;
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
           role_at(reader, node_before(frame, phrase->first)) == NODE_COMMA && role_at(reader, phrase->last) == NODE_COMMA;
}

static void read_phrase(struct reader *reader, size_t node) {
    const struct phrase *phrase = &reader->frame->phrases[reader->frame->nodes[node].phrase];
    if (phrase->first != node || top(reader)->subject >= 0 || reader->fronted || reader->frame->nodes[node].role == NODE_OBJECT)
        return;
    const struct node *head = &reader->frame->nodes[phrase->head];
    if (head->classes & WORD_TIME && head->role == NODE_NOUN && top(reader)->kind == CLAUSE_MAIN)
        reader->fronted = true; /* "Six months ago," */
    else if (role_at(reader, node_before(reader->frame, node)) != NODE_PREPOSITION && !is_place_aside(reader, phrase))
        top(reader)->subject = reader->frame->nodes[node].phrase;
}

/* True if a verb's subject begins behind the coordinator: a phrase, and behind it a verb, a comma or "who". */
static bool begins_clause(const struct reader *reader, size_t node) {
    size_t behind = node_behind(reader->frame, node);
    if (!is_subject_phrase(reader, behind))
        return false;
    size_t last = reader->frame->phrases[reader->frame->nodes[behind].phrase].last;
    uint8_t role = role_at(reader, last < reader->frame->count ? last : reader->frame->count);
    return role == NODE_FINITE || role == NODE_AUXILIARY || role == NODE_COMMA || role == NODE_RELATIVE;
}

static void read_comma(struct reader *reader, size_t node) {
    reader->fronted = false;
    pop_at_comma(reader, node);
    size_t behind = node + 1;
    if (role_at(reader, behind) == NODE_COORDINATOR && top(reader)->has_verb && begins_clause(reader, behind)) {
        pop_all(reader, node);
        replace(reader, behind, CLAUSE_MAIN, -1);
    }
}

static void read_that(struct reader *reader, size_t node) {
    size_t before = node_before(reader->frame, node), behind = node_behind(reader->frame, node);
    const struct node *left = node_at(reader, before);
    bool verb_follows = behind < reader->frame->count &&
                        (reader->frame->nodes[behind].role == NODE_AUXILIARY || node_is_verb(&reader->frame->nodes[behind]));
    /* "told her before he left that …" */
    if (top(reader)->kind == CLAUSE_SUBORDINATE && top(reader)->has_verb && top(reader)->parent >= 0) {
        int verb = reader->clauses->items[top(reader)->parent].verb;
        if (verb >= 0 && reader->frame->nodes[verb].classes & WORD_SAY &&
            !(reader->frame->nodes[top(reader)->verb].classes & (WORD_SAY | WORD_THINK))) {
            pop(reader, node);
            push(reader, node, CLAUSE_COMPLEMENT, -1, verb);
            return;
        }
    }
    if (left && left->phrase >= 0 && verb_follows && !(left->classes & WORD_CUE_NOUN))
        push(reader, node, CLAUSE_RELATIVE, left->phrase, -1);
    else if (left && left->role == NODE_COORDINATOR && top(reader)->kind == CLAUSE_COMPLEMENT)
        replace(reader, node, CLAUSE_COMPLEMENT, -1);
    else if (reader->last_verb >= 0 && left && !(left->role == NODE_PREPOSITION || left->role == NODE_STOP))
        push(reader, node, CLAUSE_COMPLEMENT, -1, reader->last_verb);
}

static void read_relative(struct reader *reader, size_t node) {
    size_t before = node_before(reader->frame, node), behind = node_behind(reader->frame, node);
    bool after_comma = role_at(reader, before) == NODE_COMMA;
    if (after_comma)
        before = node_before(reader->frame, before);
    const struct node *left = node_at(reader, before);
    int subject = -1;
    if (left && left->phrase >= 0 && behind < reader->frame->count && !word_is(reader, node, "whose") &&
        (reader->frame->nodes[behind].role == NODE_AUXILIARY || node_is_verb(&reader->frame->nodes[behind])))
        subject = word_is(reader, node, "who") ? phrase_chain_head(reader->frame, left->phrase, false) : left->phrase;
    push(reader, node, CLAUSE_RELATIVE, subject, -1);
    top(reader)->after_comma = after_comma;
    top(reader)->pronoun = subject >= 0 ? (int)node : -1;
}

static void read_subordinator(struct reader *reader, size_t node) {
    bool complement = word_is(reader, node, "whether") || word_is(reader, node, "how") || word_is(reader, node, "why") ||
                      word_is(reader, node, "what") || word_is(reader, node, "if");
    size_t before = node_before(reader->frame, node);
    const struct node *left = node_at(reader, before);
    if (left && left->role == NODE_COMMA && top(reader)->has_verb)
        pop_all(reader, node); /* ", while Bo Chen said": beside what was said, not in it */
    if (complement && left && (node_is_verb(left) || left->phrase >= 0) && reader->last_verb >= 0)
        push(reader, node, CLAUSE_COMPLEMENT, -1, reader->last_verb);
    else
        push(reader, node, CLAUSE_SUBORDINATE, -1, -1);
}

static void read_quote(struct reader *reader, size_t node) {
    if (!quote_ends_clause(reader->story, reader->frame, node))
        return;
    reader->fronted = false;
    pop_all(reader, node);
    if (top(reader)->subject >= 0)
        top(reader)->has_verb = true;
}

/* "LIMA, May 3 (Agency) -": what stands before the dash is no part of the sentence. */
static bool is_dateline(const struct reader *reader, size_t node) {
    enum { DATELINE_NODES_MAX = 12 };
    if (node == 0 || node > DATELINE_NODES_MAX || top((struct reader *)reader)->has_verb)
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
        if (top(reader)->subject < 0 && top(reader)->kind == CLAUSE_MAIN)
            reader->fronted = true;
        break;
    case NODE_DASH:
        if (is_dateline(reader, node)) {
            replace(reader, node + 1, CLAUSE_MAIN, -1);
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
        pop_all(reader, node);
        replace(reader, node + 1, CLAUSE_MAIN, -1);
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
    /* a node opens at most two clauses */
    ret->items = arena_alloc_array(arena, 2 * frame->count + 2, sizeof *ret->items);
    ret->verbs = arena_alloc_array(arena, frame->count, sizeof *ret->verbs);
    ret->count = 0;
    if (!ret->items || !ret->verbs)
        return RESULT_MEMORY;
    for (size_t i = 0; i < frame->count; i++)
        ret->verbs[i] = (struct verb){.clause = -1, .subject = -1};
    struct reader reader = {
        .story = story, .frame = frame, .clauses = ret, .last_verb = -1, .last_nonfinite = -1, .group_subject = -1, .closed = -1};
    push(&reader, 0, CLAUSE_MAIN, -1, -1);
    for (size_t i = 0; i < frame->count; i++)
        read_node(&reader, i);
    /* an opening "Speaking in Rome," has the subject that comes behind it */
    for (size_t i = 0; i < frame->count; i++)
        if (ret->verbs[i].clause >= 0 && ret->verbs[i].subject < 0 && frame->nodes[i].role != NODE_PARTICIPLE)
            ret->verbs[i].subject = ret->items[ret->verbs[i].clause].subject;
    return RESULT_OK;
}
