#include "extract/clause_reader.h"

struct clause *clause_top(const struct reader *reader) {
    return &reader->clauses->items[reader->stack[reader->depth - 1]];
}

void clause_push(struct reader *reader, size_t node, enum clause_kind kind, int subject, int governor) {
    struct clauses *clauses = reader->clauses;
    if (reader->depth == OPEN_CLAUSES_MAX)
        reader->depth--;
    int parent = reader->depth > 0 ? reader->stack[reader->depth - 1] : -1;
    void *items = clauses->items;
    struct clause *clause = arena_push(reader->arena, &items, &clauses->count, &reader->capacity, sizeof *clause);
    clauses->items = items;
    if (!clause) {
        reader->failed = true;
        reader->depth += reader->depth == 0; /* what was replaced stays open, so that there is always a top */
        return;
    }
    *clause = (struct clause){.kind = kind,
                              .subject = subject,
                              .governor = governor,
                              .parent = parent,
                              .pronoun = -1,
                              .verb = -1,
                              .first = (uint32_t)node,
                              .last = (uint32_t)reader->frame->count};
    if (governor >= 0)
        clauses->verbs[governor].governs = true;
    reader->stack[reader->depth++] = (int)clauses->count - 1;
    reader->last_nonfinite = -1;
}

void clause_pop(struct reader *reader, size_t node) {
    clause_top(reader)->last = (uint32_t)node;
    reader->depth--;
}

/* Closes everything but the main clause. */
void clause_pop_all(struct reader *reader, size_t node) {
    while (reader->depth > 1 && clause_top(reader)->kind != CLAUSE_MAIN)
        clause_pop(reader, node);
}

/* A comma closes the innermost relative or subordinate clause with what it contains, and no complement around it. */
void clause_pop_at_comma(struct reader *reader, size_t node) {
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
        clause_pop(reader, node);
}

/* A clause beside the open one, of its kind: ", and Smith said". */
void clause_replace(struct reader *reader, size_t node, enum clause_kind kind, int subject) {
    int governor = kind == CLAUSE_COMPLEMENT ? clause_top(reader)->governor : -1;
    if (reader->depth > 1 || kind == CLAUSE_MAIN)
        clause_pop(reader, node);
    clause_push(reader, node, kind, subject, governor);
}

const struct node *reader_node(const struct reader *reader, size_t node) {
    return node < reader->frame->count ? &reader->frame->nodes[node] : NULL;
}

uint8_t reader_role(const struct reader *reader, size_t node) {
    return node < reader->frame->count ? reader->frame->nodes[node].role : NODE_STOP;
}

bool reader_word_is(const struct reader *reader, size_t node, const char *word) {
    return node < reader->frame->count && token_is(reader->story->tokens, reader->frame->nodes[node].last - 1, word);
}
