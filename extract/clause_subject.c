#include "extract/clause_reader.h"

#include <string.h>

enum { CHAIN_MAX = 6 }; /* prepositional phrases in a row */

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
    if (reader_role(reader, before) == NODE_COMMA || reader_role(reader, before) == NODE_DASH)
        before = node_before(reader->frame, before);
    return reader_role(reader, before) == NODE_QUOTE && before < reader->frame->count;
}

bool reader_is_subject(const struct reader *reader, size_t node) {
    const struct node *item = reader_node(reader, node);
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
    return reader_role(reader, before) == NODE_COMMA && (clause->has_verb || reader->frame->nodes[0].role == NODE_QUOTE);
}

/* "said Smith". */
static bool is_inverted(const struct reader *reader, size_t node) {
    const struct node *item = &reader->frame->nodes[node];
    if (!(item->classes & WORD_SAY) || reader_word_is(reader, node, "told") || reader_word_is(reader, node, "tells") ||
        !may_invert(reader, node))
        return false;
    size_t behind = node_behind(reader->frame, node);
    if (!reader_is_subject(reader, behind))
        return false;
    const struct phrase *phrase = &reader->frame->phrases[reader->frame->nodes[behind].phrase];
    uint8_t head = reader->frame->nodes[phrase->head].role;
    if (!is_behind_quote(reader, node) && head == NODE_NOUN && !reader_word_is(reader, node, "said") &&
        !reader_word_is(reader, node, "says"))
        return false; /* "wrote a book" */
    uint8_t next = reader_role(reader, phrase->last);
    return next != NODE_FINITE && next != NODE_AUXILIARY; /* "said he was" */
}

/* The subject of a finite verb whose clause has its verb already and before which a phrase stands. */
static int subject_of_new_clause(struct reader *reader, size_t node, int phrase) {
    if (clause_top(reader)->kind == CLAUSE_RELATIVE && !clause_top(reader)->after_comma) {
        clause_pop(reader, node);
        if (!clause_top(reader)->has_verb && clause_top(reader)->subject >= 0)
            return clause_top(reader)->subject;
    }
    int head = phrase_chain_head(reader->frame, phrase, false);
    int joint = phrase_chain_head(reader->frame, phrase, true);
    if (joint != head && reader->last_verb >= 0 &&
        node_before(reader->frame, reader->frame->phrases[joint].first) == (size_t)reader->last_verb &&
        reader->frame->nodes[reader->last_verb].classes & WORD_SAY)
        head = joint; /* "said she and her friends called" */
    size_t first = reader->frame->phrases[head].first;
    uint8_t before = reader_role(reader, node_before(reader->frame, first));
    if (before == NODE_PREPOSITION)
        return clause_top(reader)->subject; /* "but in an interview said" */
    if (before == NODE_COMMA || before == NODE_QUOTE || before == NODE_DASH || before == NODE_SEMICOLON) {
        clause_pop_all(reader, first);
        clause_replace(reader, first, CLAUSE_MAIN, head);
    } else if (before == NODE_COORDINATOR) {
        clause_replace(reader, first, clause_top(reader)->kind, head);
    } else {
        clause_push(reader, first, CLAUSE_COMPLEMENT, head, reader->last_verb);
    }
    return head;
}

/* "The club, Ann Lee said, is …": the verb of the reporter's aside, not of the clause. */
static bool is_parenthetical(const struct reader *reader, size_t node, size_t before) {
    const struct frame *frame = reader->frame;
    const struct clause *clause = &reader->clauses->items[reader->stack[reader->depth - 1]];
    if (!(frame->nodes[node].classes & WORD_SAY) || clause->has_verb || !reader_is_subject(reader, before) ||
        frame->nodes[before].phrase == clause->subject)
        return false;
    int head = phrase_chain_head(frame, frame->nodes[before].phrase, false);
    const struct node *noun = &frame->nodes[frame->phrases[head].head];
    /* "Ann Lee, mayor of Rome said" lacks a comma: a bare noun is an apposition */
    if (noun->role == NODE_NOUN && frame->nodes[frame->phrases[head].first].role != NODE_DETERMINER &&
        reader_role(reader, node + 1) != NODE_COMMA)
        return false;
    return head != clause->subject && reader_role(reader, node_before(frame, frame->phrases[head].first)) == NODE_COMMA;
}

int clause_finite_subject(struct reader *reader, size_t node) {
    size_t before = node_before(reader->frame, node);
    if (is_inverted(reader, node)) {
        int phrase = reader->frame->nodes[node_behind(reader->frame, node)].phrase;
        clause_pop_all(reader, node);
        clause_replace(reader, node, CLAUSE_MAIN, phrase);
        reader->clauses->verbs[node].inverted = true;
        return phrase;
    }
    struct clause *clause = clause_top(reader);
    if (clause->subject < 0 && reader_is_subject(reader, before))
        clause->subject = phrase_chain_head(reader->frame, reader->frame->nodes[before].phrase, true);
    if (is_parenthetical(reader, node, before)) {
        reader->parenthetical = true;
        return reader->frame->nodes[before].phrase;
    }
    if (!clause->has_verb)
        return clause->subject;
    if (reader_is_subject(reader, before) && reader->frame->nodes[before].phrase != clause->subject)
        return subject_of_new_clause(reader, node, reader->frame->nodes[before].phrase);
    /* "said that X was bad and told …": a second verb of saying goes with the first, not with what was said */
    if (clause->kind == CLAUSE_COMPLEMENT && (reader->frame->nodes[node].classes & WORD_SAY) && clause->governor >= 0 &&
        (reader->frame->nodes[clause->governor].classes & WORD_SAY))
        clause_pop_all(reader, node);
    return clause_top(reader)->subject;
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
    const struct node *object = reader_node(reader, left);
    bool of_object = reader_word_is(reader, preposition, "as") || reader_word_is(reader, preposition, "of") ||
                     reader_word_is(reader, preposition, "for");
    if (of_object && object && object->phrase >= 0)
        return object->phrase;
    return clause_top(reader)->subject;
}

/* "with Xi referring to": the phrase beside the verb acts; "issued a statement calling": a thing does not, who made it does. */
static int subject_beside(const struct reader *reader, int phrase) {
    const struct frame *frame = reader->frame;
    int subject = clause_top(reader)->subject;
    int head = phrase_chain_head(frame, phrase, false);
    const struct node *node = &frame->nodes[frame->phrases[head].head];
    bool actor = node->role == NODE_NAME || node->role == NODE_NOMINAL || node->role == NODE_PRONOUN || node->role == NODE_OBJECT;
    return actor || subject < 0 || !clause_top(reader)->has_verb ? head : subject;
}

int clause_ing_subject(struct reader *reader, size_t node) {
    size_t before = node_before(reader->frame, node);
    const struct node *left = reader_node(reader, before);
    if (left && left->phrase >= 0)
        return subject_beside(reader, left->phrase);
    switch (reader_role(reader, before)) {
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
