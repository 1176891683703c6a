#include "extract/indirect.h"

enum { STATEMENT_WORDS_MIN = 3 };  /* nodes; less is no statement */
enum { SENTENCE_NODES_MAX = 400 }; /* longer ones are lists, or have lost their marks; the bound keeps the searches linear */

struct search {
    struct scene scene; /* its quote is the sentence's end: nothing is looked for around a quote here */
    struct reported *items;
    size_t count;
    uint32_t free; /* first node that no item covers */
};

static const struct node *node_at(const struct search *search, size_t node) {
    return node < search->scene.frame->count ? &search->scene.frame->nodes[node] : NULL;
}

static uint8_t role_at(const struct search *search, size_t node) {
    return node < search->scene.frame->count ? search->scene.frame->nodes[node].role : NODE_STOP;
}

static bool word_is(const struct search *search, size_t node, const char *word) {
    return node < search->scene.frame->count && token_is(search->scene.story->tokens, search->scene.frame->nodes[node].last - 1, word);
}

static bool has_quote_between(const struct search *search, size_t first, size_t last) {
    if (search->scene.frame->has_quote)
        for (size_t i = first; i < last; i++)
            if (search->scene.frame->nodes[i].role == NODE_QUOTE)
                return true;
    return false;
}

static bool has_finite_between(const struct search *search, size_t first, size_t last) {
    for (size_t i = first; i < last; i++)
        if (search->scene.frame->nodes[i].role == NODE_FINITE || search->scene.frame->nodes[i].role == NODE_AUXILIARY)
            return true;
    return false;
}

/* Without punctuation at both ends. */
static void trim(const struct search *search, uint32_t *first, uint32_t *last) {
    while (*first < *last && (role_at(search, *first) == NODE_COMMA || role_at(search, *first) == NODE_DASH ||
                              role_at(search, *first) == NODE_THAT || role_at(search, *first) == NODE_COLON))
        ++*first;
    while (*first < *last && (role_at(search, *last - 1) == NODE_COMMA || role_at(search, *last - 1) == NODE_DASH ||
                              role_at(search, *last - 1) == NODE_STOP || role_at(search, *last - 1) == NODE_SEMICOLON ||
                              role_at(search, *last - 1) == NODE_COORDINATOR))
        --*last;
}

static void add(struct search *search, enum reported_form form, const struct cue *cue, uint32_t first, uint32_t last) {
    if (first < search->free)
        first = search->free;
    trim(search, &first, &last);
    if (search->count == REPORTED_MAX || first + STATEMENT_WORDS_MIN > last || has_quote_between(search, first, last))
        return;
    search->items[search->count++] = (struct reported){form, *cue, first, last};
    search->free = last;
}

static bool is_one_of(const struct search *search, size_t node, const char *const *words, size_t count) {
    for (size_t i = 0; i < count; i++)
        if (word_is(search, node, words[i]))
            return true;
    return false;
}

/* Verbs whose first object is who hears it. */
static bool takes_hearer(const struct search *search, size_t verb) {
    static const char *const verbs[] = {"told",      "tells",   "tell",     "telling", "warned",    "warns", "warning", "informed",
                                        "informing", "assured", "reminded", "reminds", "reminding", "asked", "asks",    "asking"};
    return is_one_of(search, verb, verbs, sizeof verbs / sizeof *verbs);
}

/* Verbs behind which "that" is mostly left out. */
static bool drops_that(const struct search *search, size_t verb) {
    static const char *const verbs[] = {"said",  "says", "say",    "saying",   "told",   "tells",   "telling",
                                        "added", "adds", "adding", "insisted", "admits", "claimed", "argued"};
    return is_one_of(search, verb, verbs, sizeof verbs / sizeof *verbs);
}

/* Verbs whose infinitive tells what was said: "vowed to leave"; with their hearer: "urged him to leave". */
static bool takes_infinitive(const struct search *search, size_t verb, bool hearer) {
    static const char *const alone[] = {"vowed",     "vows",    "vowing",  "promised", "promises",
                                        "promising", "pledged", "pledges", "pledging", "asked"};
    static const char *const others[] = {"urged",   "urges",    "urging", "asked",    "asks",     "asking",
                                         "advised", "implored", "begged", "exhorted", "reminded", "warned"};
    return hearer ? is_one_of(search, verb, others, sizeof others / sizeof *others)
                  : is_one_of(search, verb, alone, sizeof alone / sizeof *alone);
}

/* Where what was said begins behind the verb: past the hearer, the day, the place and "that". */
static size_t statement_begin(const struct search *search, size_t verb) {
    const struct frame *frame = search->scene.frame;
    size_t at = verb + 1;
    enum { STEPS_MAX = 6 };
    for (int steps = 0; steps < STEPS_MAX && at < frame->count; steps++) {
        const struct node *node = &frame->nodes[at];
        size_t next = at;
        if (node->role == NODE_ADVERB || (steps == 0 && word_is(search, at, "out")))
            next = at + 1; /* "said today", "pointed out" */
        else if (node->phrase >= 0 && frame->phrases[node->phrase].first == at &&
                 ((steps == 0 && takes_hearer(search, verb)) || (frame->nodes[frame->phrases[node->phrase].head].classes & WORD_TIME &&
                                                                 frame->nodes[frame->phrases[node->phrase].head].role == NODE_NOUN)))
            next = frame->phrases[node->phrase].last;
        else if (node->role == NODE_PREPOSITION && at + 1 < frame->count && frame->nodes[at + 1].phrase >= 0)
            next = frame->phrases[frame->nodes[at + 1].phrase].last;
        if (next == at)
            break;
        at = next;
    }
    return at;
}

/* Node at which the statement that begins at first ends: the next verb of saying of the same or another speaker, a clause beside the
   verb's own, "according to", or the sentence's end. */
static size_t statement_end(const struct search *search, size_t verb, size_t first) {
    const struct frame *frame = search->scene.frame;
    const struct clauses *clauses = search->scene.clauses;
    const struct clause *own = &clauses->items[clauses->verbs[verb].clause];
    size_t end = frame->count;
    if ((own->kind == CLAUSE_RELATIVE || own->kind == CLAUSE_SUBORDINATE) && own->last > first)
        end = own->last;
    for (size_t i = first + 1; i < end && i < first + CUE_REACH; i++) {
        const struct node *node = &frame->nodes[i];
        const struct verb *item = &clauses->verbs[i];
        uint8_t before = role_at(search, node_before(frame, i));
        if (node->role == NODE_SEMICOLON)
            return i;
        if (word_is(search, i, "according") && before == NODE_COMMA && i > first + 2)
            return i;
        if (item->clause < 0 || !(node->classes & (WORD_SAY | WORD_CALL)))
            continue;
        if (node->role == NODE_ING && before == NODE_COMMA)
            return node_before(frame, i);
        if (node->role == NODE_FINITE && (before == NODE_COORDINATOR || before == NODE_COMMA) &&
            item->subject == clauses->verbs[verb].subject)
            return node_before(frame, i);
    }
    for (size_t c = 0; c < clauses->count; c++)
        if (clauses->items[c].kind == CLAUSE_MAIN && clauses->items[c].first > first && clauses->items[c].first < end &&
            clauses->items[c].has_verb)
            end = clauses->items[c].first;
    return end;
}

/* A finite verb that is no part of a relative or subordinate clause inside the range. */
static bool has_statement_verb(const struct search *search, size_t first, size_t last) {
    const struct clauses *clauses = search->scene.clauses;
    for (size_t i = first; i < last; i++) {
        uint8_t role = role_at(search, i);
        if (role != NODE_FINITE && role != NODE_AUXILIARY)
            continue;
        const struct clause *clause = &clauses->items[clauses->verbs[i].clause];
        if ((clause->kind != CLAUSE_RELATIVE && clause->kind != CLAUSE_SUBORDINATE) || clause->first < first)
            return true;
    }
    return false;
}

static bool is_plain_say(const struct search *search, size_t verb) {
    return word_is(search, verb, "said") || word_is(search, verb, "says") || word_is(search, verb, "say");
}

static bool governs_clause(const struct search *search, size_t verb, size_t begin, size_t end) {
    const struct clauses *clauses = search->scene.clauses;
    uint8_t role = role_at(search, begin);
    enum { BARE_NODES_MIN = 6 }; /* as long an object of "said" is a clause whose verb was not recognized */
    bool bare = begin < end && search->scene.frame->nodes[begin].phrase >= 0 && begin + BARE_NODES_MIN <= end && is_plain_say(search, verb);
    if (!(has_statement_verb(search, begin, end) || bare) || role == NODE_FINITE || role == NODE_AUXILIARY || role == NODE_PREPOSITION)
        return false;
    if (role == NODE_COMMA && (begin + 1 >= end || search->scene.frame->nodes[begin + 1].phrase < 0))
        return false;
    if (role == NODE_THAT || drops_that(search, verb))
        return true;
    for (size_t c = 0; c < clauses->count; c++)
        if (clauses->items[c].kind == CLAUSE_COMPLEMENT && clauses->items[c].governor == (int)verb && clauses->items[c].has_verb)
            return true;
    return false;
}

/* "did not say", "never told". */
static bool is_negated(const struct search *search, size_t verb) {
    for (size_t i = verb; i > 0 && i + 3 > verb; i--) {
        struct span word = token_text(search->scene.story->tokens, search->scene.frame->nodes[i - 1].last - 1);
        if (word_is(search, i - 1, "not") || word_is(search, i - 1, "never") || word_is(search, i - 1, "cannot") ||
            span_ends_with(word, SPAN("n't")) || span_ends_with(word, SPAN("n’t")))
            return true;
    }
    return false;
}

static bool is_saying(const struct search *search, size_t verb) {
    const struct node *node = node_at(search, verb);
    const struct verb *item = &search->scene.clauses->verbs[verb];
    return item->clause >= 0 && node->classes & WORD_SAY && item->subject >= 0 && !item->passive && node->role != NODE_AUXILIARY &&
           !is_negated(search, verb);
}

static struct cue cue_at(const struct search *search, size_t verb) {
    const struct verb *item = &search->scene.clauses->verbs[verb];
    struct cue cue = {.verb = (int)verb, .cue_last = (int)verb + 1};
    cue.speaker = place_of_phrase(search->scene.frame, item->subject, item->inverted ? search->scene.frame->count : verb);
    return cue;
}

static void find_complement(struct search *search, size_t verb) {
    if (search->scene.clauses->verbs[verb].inverted)
        return;
    size_t begin = statement_begin(search, verb);
    size_t end = statement_end(search, verb, begin);
    if (!governs_clause(search, verb, begin, end))
        return;
    struct cue cue = cue_at(search, verb);
    add(search, REPORTED_COMPLEMENT, &cue, (uint32_t)begin, (uint32_t)end);
}

static void find_infinitive(struct search *search, size_t verb) {
    size_t begin = verb + 1;
    const struct node *hearer = node_at(search, begin);
    bool has_hearer = hearer && hearer->phrase >= 0;
    if (has_hearer)
        begin = search->scene.frame->phrases[hearer->phrase].last;
    if (role_at(search, begin) != NODE_TO || !takes_infinitive(search, verb, has_hearer))
        return;
    struct cue cue = cue_at(search, verb);
    add(search, REPORTED_INFINITIVE, &cue, (uint32_t)begin, (uint32_t)statement_end(search, verb, begin));
}

/* True if a main clause with its verb stands before the verb's own, or around it: what the verb reports. */
static bool has_main_clause(const struct search *search, size_t verb) {
    const struct clauses *clauses = search->scene.clauses;
    const struct clause *own = &clauses->items[clauses->verbs[verb].clause];
    if (own->subject != clauses->verbs[verb].subject)
        return own->has_verb; /* an aside inside its clause */
    for (size_t c = 0; c < clauses->count && &clauses->items[c] < own; c++)
        if (clauses->items[c].kind == CLAUSE_MAIN && clauses->items[c].has_verb && clauses->items[c].last > search->free)
            return true;
    return false;
}

/* "The plan, Ann Lee said, is …": the statement goes on behind the aside. */
static bool goes_on(const struct search *search, size_t comma) {
    uint8_t role = role_at(search, comma + 1);
    return role_at(search, comma) == NODE_COMMA && comma + 1 < search->scene.frame->count && role != NODE_ING && role != NODE_RELATIVE &&
           role != NODE_QUOTE && !word_is(search, comma + 1, "according");
}

/* "…, Ann Lee said.": what stands before the comma, and behind the aside. */
static bool find_trailing(struct search *search, size_t verb) {
    const struct frame *frame = search->scene.frame;
    const struct verb *item = &search->scene.clauses->verbs[verb];
    size_t first = item->inverted ? verb : frame->phrases[item->subject].first;
    size_t comma = node_before(frame, first);
    if (comma >= frame->count || role_at(search, comma) != NODE_COMMA || frame->nodes[verb].role != NODE_FINITE || comma <= search->free)
        return false;
    size_t behind = item->inverted ? frame->phrases[item->subject].last : node_behind(frame, verb);
    const struct node *next = node_at(search, behind);
    bool ends = !next || next->role == NODE_STOP || next->role == NODE_COMMA || next->role == NODE_SEMICOLON ||
                next->role == NODE_PREPOSITION || (next->role == NODE_NOUN && next->classes & WORD_TIME);
    bool resumes = goes_on(search, behind) && !item->inverted && has_statement_verb(search, behind + 1, frame->count) &&
                   !has_quote_between(search, behind, frame->count);
    if (!ends || !(has_main_clause(search, verb) || resumes))
        return false;
    struct cue cue = cue_at(search, verb);
    size_t end = resumes ? frame->count : comma;
    add(search, REPORTED_TRAILING, &cue, search->free, (uint32_t)end);
    return true;
}

/* "As Ann Lee noted, …": what stands behind the comma. */
static bool find_as(struct search *search, size_t verb) {
    const struct clauses *clauses = search->scene.clauses;
    const struct clause *own = &clauses->items[clauses->verbs[verb].clause];
    if (own->kind != CLAUSE_SUBORDINATE || !word_is(search, own->first, "as") || own->first != search->free || own->last <= verb ||
        role_at(search, own->last) != NODE_COMMA || statement_begin(search, verb) < own->last)
        return false;
    struct cue cue = cue_at(search, verb);
    add(search, REPORTED_TRAILING, &cue, own->last + 1, (uint32_t)search->scene.frame->count);
    return true;
}

/* Behind the last colon or semicolon between the nodes. */
static size_t last_part(const struct search *search, size_t first, size_t last) {
    for (size_t i = last; i > first; i--)
        if (role_at(search, i - 1) == NODE_COLON || role_at(search, i - 1) == NODE_SEMICOLON)
            return i;
    return first;
}

static void find_according(struct search *search, size_t at) {
    const struct frame *frame = search->scene.frame;
    if (at + 2 >= frame->count || !word_is(search, at + 1, "to") || frame->nodes[at + 2].phrase < 0)
        return;
    struct cue cue = {place_of_phrase(frame, frame->nodes[at + 2].phrase, frame->count), (int)at, (int)at + 2};
    size_t behind = cue.speaker.last;
    if (at == search->free && role_at(search, behind) == NODE_COMMA)
        add(search, REPORTED_ACCORDING, &cue, (uint32_t)behind + 1, (uint32_t)frame->count);
    else if (at > search->free && has_finite_between(search, search->free, at))
        add(search, REPORTED_ACCORDING, &cue, (uint32_t)last_part(search, search->free, at), (uint32_t)at);
}

/* Verbs whose object can be nothing but what was said; "stressed", "noted" and the like may have a mere topic. */
static bool takes_object(const struct search *search, size_t verb) {
    static const char *const verbs[] = {
        "announce", "announced", "announces", "announcing", "propose", "proposed",    "proposes",  "proposing", "demand",
        "demanded", "demanding", "urged",     "urges",      "urging",  "warned",      "warns",     "warning",   "denied",
        "denies",   "denying",   "asked",     "asks",       "asking",  "recommended", "predicted",
    };
    return is_one_of(search, verb, verbs, sizeof verbs / sizeof *verbs);
}

/* "announced a plan to leave", "warned of a storm": from the object to the next comma or clause. */
static void find_object(struct search *search, size_t verb) {
    size_t begin = verb + 1;
    const struct node *node = node_at(search, begin);
    if (!node || search->scene.clauses->verbs[verb].inverted || !takes_object(search, verb) ||
        !(node->phrase >= 0 || node->role == NODE_PREPOSITION || node->role == NODE_ING))
        return;
    size_t end = statement_end(search, verb, begin), comma = begin;
    while (comma < end && role_at(search, comma) != NODE_COMMA && role_at(search, comma) != NODE_SUBORDINATOR)
        comma++;
    struct cue cue = cue_at(search, verb);
    if (comma > begin + STATEMENT_WORDS_MIN)
        add(search, REPORTED_OBJECT, &cue, (uint32_t)begin, (uint32_t)comma);
}

size_t indirect_find(const struct story *story, const struct frame *frame, const struct clauses *clauses,
                     struct reported ret[REPORTED_MAX]) {
    struct search search = {.scene = {story, frame, clauses, frame->count}, .items = ret};
    for (size_t i = 0; i < frame->count && frame->count <= SENTENCE_NODES_MAX && search.count < REPORTED_MAX; i++) {
        if (i < search.free)
            continue;
        if (word_is(&search, i, "according")) {
            find_according(&search, i);
            continue;
        }
        if (!is_saying(&search, i))
            continue;
        size_t count = search.count;
        if (!find_as(&search, i) && !find_trailing(&search, i))
            find_complement(&search, i);
        if (search.count == count)
            find_infinitive(&search, i);
        if (search.count == count)
            find_object(&search, i);
    }
    return search.count;
}
