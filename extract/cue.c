#include "extract/cue.h"

enum { CHAIN_NODES_MAX = 12 }; /* nodes between "quoted" and "as saying" */

static const struct node *node_at(const struct scene *scene, size_t node) {
    return node < scene->frame->count ? &scene->frame->nodes[node] : NULL;
}

static bool role_is(const struct scene *scene, size_t node, enum node_role role) {
    return node < scene->frame->count && scene->frame->nodes[node].role == role;
}

static bool word_is(const struct scene *scene, size_t node, const char *word) {
    return node < scene->frame->count && token_is(scene->story->tokens, scene->frame->nodes[node].last - 1, word);
}

static size_t reach_back(size_t node) {
    return node > CUE_REACH ? node - CUE_REACH : 0;
}

static size_t reach_ahead(const struct scene *scene, size_t node) {
    return scene->frame->count - node > CUE_REACH ? node + CUE_REACH : scene->frame->count;
}

static bool is_name_head(const struct frame *frame, int phrase) {
    uint8_t role = frame->nodes[frame->phrases[phrase].head].role;
    return role == NODE_NAME || role == NODE_NOMINAL;
}

/* True for the head of a name that no preposition takes. */
static bool heads_free_name(const struct frame *frame, size_t node) {
    int phrase = frame->nodes[node].phrase;
    if (frame->nodes[node].role != NODE_NAME || phrase < 0 || frame->phrases[phrase].head != node)
        return false;
    return frame->nodes[node_before(frame, frame->phrases[phrase].first)].role != NODE_PREPOSITION;
}

/* The name in apposition behind the comma at node: "her deputy, the economist Bo Chen,"; -1 where there is none. */
static int apposed_name(const struct frame *frame, size_t comma, size_t limit) {
    enum { APPOSITION_NODES_MAX = 14 }; /* longer insertions are clauses */
    if (comma >= frame->count || frame->nodes[comma].role != NODE_COMMA)
        return -1;
    int found = -1;
    for (size_t i = comma + 1; i < frame->count && i <= limit && i < comma + APPOSITION_NODES_MAX; i++) {
        const struct node *node = &frame->nodes[i];
        if (i == limit || node->role == NODE_COMMA || node->role == NODE_STOP || node->role == NODE_DASH)
            return found;
        if (node_is_verb(node) || node->role == NODE_AUXILIARY || node->role == NODE_RELATIVE || node->role == NODE_QUOTE)
            return -1;
        if (found < 0 && heads_free_name(frame, i))
            found = node->phrase;
    }
    return limit >= frame->count ? found : -1;
}

/* Node behind the phrase and the phrases that are attached to it or joined with it. */
static size_t attached_end(const struct frame *frame, int phrase, size_t limit) {
    struct range tokens = phrase_tokens(frame, phrase, limit);
    size_t last = frame->phrases[phrase].last;
    while (last < frame->count && frame->nodes[last].last <= tokens.end)
        last++;
    return last;
}

struct place place_of_phrase(const struct frame *frame, int phrase, size_t limit) {
    const struct phrase *item = &frame->phrases[phrase];
    struct place place = {item->first, (uint32_t)attached_end(frame, phrase, limit), (int)item->head};
    if (frame->nodes[item->head].role != NODE_NOUN)
        return place;
    size_t behind = place.last;
    if (behind + 1 < limit && behind + 1 < frame->count && frame->nodes[behind].role == NODE_COORDINATOR &&
        frame->nodes[behind + 1].phrase >= 0)
        behind = frame->phrases[frame->nodes[behind + 1].phrase].last; /* "founder and president, Bo Chen" */
    int name = apposed_name(frame, behind, limit);
    if (name >= 0) {
        place.last = frame->phrases[name].last;
        place.head = (int)frame->phrases[name].head;
    }
    return place;
}

static struct cue cue_of_verb(const struct scene *scene, size_t verb) {
    const struct verb *item = &scene->clauses->verbs[verb];
    struct cue cue = {.speaker.head = -1, .verb = (int)verb, .cue_last = (int)verb + 1};
    if (item->subject >= 0)
        cue.speaker = place_of_phrase(scene->frame, item->subject, item->inverted ? scene->frame->count : verb);
    int pronoun = item->clause >= 0 ? scene->clauses->items[item->clause].pronoun : -1;
    if (pronoun >= 0 && item->subject == scene->clauses->items[item->clause].subject) {
        enum { ANTECEDENT_NODES_MAX = 3 }; /* "Ann Lee, who": farther away the antecedent stands alone */
        if ((uint32_t)pronoun < cue.speaker.last + ANTECEDENT_NODES_MAX)
            cue.speaker.last = (uint32_t)pronoun + 1;
    }
    return cue;
}

/* The verb that carries the meaning of the group that begins with the node: "said" of "has also said". */
static size_t main_verb(const struct scene *scene, size_t node) {
    size_t verb = node;
    for (size_t i = node + 1; i < reach_ahead(scene, node); i++) {
        const struct node *item = &scene->frame->nodes[i];
        if (item->role == NODE_ADVERB)
            continue;
        if (item->role != NODE_AUXILIARY && !node_is_verb(item))
            break;
        verb = i;
        if (item->role != NODE_AUXILIARY)
            break;
    }
    return scene->frame->nodes[node].role == NODE_AUXILIARY ? verb : node;
}

/* "quoted Bo Chen as saying": who is quoted speaks, "was quoted as saying": the subject does. */
static bool quoted_as_saying(const struct scene *scene, size_t verb, struct cue *ret) {
    const struct frame *frame = scene->frame;
    size_t as = verb + 1;
    int speaker = scene->clauses->verbs[verb].subject;
    for (; as < frame->count && as < verb + CHAIN_NODES_MAX && !word_is(scene, as, "as"); as++)
        if (frame->nodes[as].role == NODE_COMMA || frame->nodes[as].role == NODE_STOP || node_is_verb(&frame->nodes[as]))
            return false;
    size_t saying = as + 1;
    if (!word_is(scene, as, "as") || !role_is(scene, saying, NODE_ING) || !(frame->nodes[saying].classes & WORD_SAY))
        return false;
    if (!scene->clauses->verbs[verb].passive)
        speaker = as > verb + 1 ? frame->nodes[verb + 1].phrase : -1;
    if (speaker < 0)
        return false;
    *ret = (struct cue){place_of_phrase(frame, speaker, as), (int)saying, (int)saying + 1};
    return true;
}

/* Behind the quote: a phrase and its verb, or the verb and its phrase; classes: what the verb must be. */
static bool following_verb(const struct scene *scene, uint32_t classes, struct cue *ret) {
    const struct frame *frame = scene->frame;
    size_t next = node_behind(frame, scene->quote);
    if (role_is(scene, next, NODE_COMMA) || role_is(scene, next, NODE_DASH))
        next = node_behind(frame, next);
    const struct node *node = node_at(scene, next);
    if (!node)
        return false;
    if (node->role == NODE_FINITE && node->classes & classes) {
        size_t behind = node_behind(frame, next);
        const struct node *subject = node_at(scene, behind);
        if (!subject || subject->phrase < 0 || subject->role == NODE_OBJECT ||
            !(scene->clauses->verbs[next].inverted || is_name_head(frame, subject->phrase)))
            return false;
        *ret = (struct cue){place_of_phrase(frame, subject->phrase, frame->count), (int)next, (int)next + 1};
        return true;
    }
    if (node->phrase < 0)
        return false;
    for (size_t i = next; i < reach_ahead(scene, next); i++) {
        const struct verb *verb = &scene->clauses->verbs[i];
        uint8_t role = frame->nodes[i].role;
        if (role == NODE_STOP || role == NODE_QUOTE || role == NODE_SEMICOLON || role == NODE_COLON)
            return false;
        if (verb->clause < 0 || verb->subject != node->phrase || scene->clauses->items[verb->clause].kind == CLAUSE_RELATIVE ||
            (role != NODE_FINITE && role != NODE_AUXILIARY))
            continue;
        size_t cue = main_verb(scene, i);
        if (quoted_as_saying(scene, cue, ret))
            return true;
        *ret = cue_of_verb(scene, cue);
        return frame->nodes[cue].classes & classes && !scene->clauses->verbs[cue].passive;
    }
    return false;
}

bool cue_following(const struct scene *scene, struct cue *ret) {
    return following_verb(scene, WORD_SAY, ret);
}

bool cue_following_any(const struct scene *scene, struct cue *ret) {
    size_t before = node_before(scene->frame, scene->quote);
    bool begins = before >= scene->frame->count || role_is(scene, before, NODE_COMMA) || role_is(scene, before, NODE_QUOTE) ||
                  role_is(scene, before, NODE_STOP);
    return begins && quote_ends_clause(scene->story, scene->frame, scene->quote) && following_verb(scene, WORD_ANY_VERB, ret);
}

bool cue_begins(const struct scene *scene, struct cue *ret) {
    const struct frame *frame = scene->frame;
    for (size_t i = 0; i < reach_ahead(scene, 0); i++) {
        if (frame->nodes[i].role != NODE_FINITE)
            continue;
        size_t behind = node_behind(frame, i);
        bool ends = behind >= frame->count || frame->nodes[behind].role == NODE_STOP || frame->nodes[behind].role == NODE_PREPOSITION ||
                    frame->nodes[behind].classes & WORD_TIME;
        int subject = scene->clauses->verbs[i].subject;
        if (!ends || !(frame->nodes[i].classes & WORD_SAY) || subject < 0 || frame->phrases[subject].first != 0)
            return false;
        *ret = cue_of_verb(scene, i);
        return true;
    }
    return false;
}

bool cue_signature(const struct scene *scene, struct cue *ret) {
    const struct frame *frame = scene->frame;
    size_t dash = scene->quote + 1;
    const struct node *name = node_at(scene, dash + 1);
    if (!role_is(scene, dash, NODE_DASH) || !name || name->phrase < 0 || !is_name_head(frame, name->phrase))
        return false;
    size_t last = frame->phrases[name->phrase].last;
    if (last < frame->count && frame->nodes[last].role != NODE_STOP && frame->nodes[last].role != NODE_COMMA)
        return false;
    *ret = (struct cue){place_of_phrase(frame, name->phrase, frame->count), -1, -1};
    return true;
}

/* True if the clause had ended before the quote: "the man who said no left" is not about what he said. */
static bool is_closed_before(const struct scene *scene, size_t verb) {
    const struct clause *clause = &scene->clauses->items[scene->clauses->verbs[verb].clause];
    return (clause->kind == CLAUSE_RELATIVE || clause->kind == CLAUSE_SUBORDINATE) && clause->last + 1 < scene->quote;
}

/* The verb of saying in whose complement the verb stands, outermost; the verb itself where there is none. */
static size_t outermost(const struct scene *scene, size_t verb) {
    for (int depth = 0; depth < 8; depth++) { /* sources quoting sources do not nest deeper */
        int at = scene->clauses->verbs[verb].clause;
        while (at >= 0 && scene->clauses->items[at].kind != CLAUSE_COMPLEMENT && scene->clauses->items[at].kind != CLAUSE_MAIN)
            at = scene->clauses->items[at].kind == CLAUSE_SUBORDINATE ? scene->clauses->items[at].parent : -1;
        int governor = at >= 0 ? scene->clauses->items[at].governor : -1;
        if (governor < 0 || !(scene->frame->nodes[governor].classes & WORD_SAY) || scene->clauses->verbs[governor].passive ||
            scene->clauses->verbs[governor].subject < 0 || (size_t)governor >= verb)
            return verb;
        verb = (size_t)governor;
    }
    return verb;
}

/* "was called a "q" by Ann Lee": the phrase behind "by". */
static bool agent(const struct scene *scene, size_t verb, struct cue *ret) {
    const struct frame *frame = scene->frame;
    for (size_t i = verb + 1; i + 1 < reach_ahead(scene, verb); i++) {
        if (frame->nodes[i].role == NODE_STOP || (node_is_verb(&frame->nodes[i]) && i > scene->quote))
            return false;
        if (word_is(scene, i, "by") && frame->nodes[i + 1].phrase >= 0) {
            *ret = (struct cue){place_of_phrase(frame, frame->nodes[i + 1].phrase, frame->count), (int)verb, (int)verb + 1};
            return true;
        }
    }
    return false;
}

/* The nearest verb of the classes to the left, seen from its outermost verb of saying. */
static bool nearest_left(const struct scene *scene, uint32_t classes, struct cue *ret) {
    for (size_t i = scene->quote; i > reach_back(scene->quote); i--) {
        size_t verb = i - 1;
        const struct node *node = &scene->frame->nodes[verb];
        const struct verb *item = &scene->clauses->verbs[verb];
        if (item->clause < 0 || !(node->classes & classes) || node->role == NODE_AUXILIARY || is_closed_before(scene, verb))
            continue;
        if (item->passive) {
            if (agent(scene, verb, ret))
                return true;
            continue;
        }
        if (item->subject < 0)
            continue;
        *ret = cue_of_verb(scene, outermost(scene, verb));
        return true;
    }
    return false;
}

/* A poll or a report that the reporter names behind what "voters said" in it. */
static bool prefers_according(const struct scene *scene, const struct cue *cue, struct cue *ret) {
    if (cue->speaker.head < 0 || scene->frame->nodes[cue->speaker.head].role != NODE_NOUN)
        return false;
    struct cue according;
    if (!cue_according(scene, &according) || (size_t)according.verb < scene->quote)
        return false;
    *ret = according;
    return true;
}

bool cue_beside(const struct scene *scene, struct cue *ret) {
    const struct frame *frame = scene->frame;
    size_t before = node_before(frame, scene->quote);
    if (role_is(scene, before, NODE_COMMA) || role_is(scene, before, NODE_COLON) || role_is(scene, before, NODE_THAT))
        before = node_before(frame, before);
    /* "told reporters", "said in Rome": the verb's object or place may stand between */
    for (int steps = 0; steps < 6 && before < frame->count && !node_is_verb(&frame->nodes[before]); steps++) {
        uint8_t role = frame->nodes[before].role;
        if (role == NODE_QUOTE || role == NODE_COMMA || role == NODE_STOP || role == NODE_RELATIVE || role == NODE_AUXILIARY || before == 0)
            return false;
        before--;
    }
    const struct node *node = node_at(scene, before);
    uint32_t classes = before + 1 == scene->quote ? WORD_SAY | WORD_CALL : WORD_SAY;
    if (!node || !node_is_verb(node) || !(node->classes & classes) || scene->clauses->verbs[before].passive ||
        scene->clauses->verbs[before].subject < 0)
        return false;
    *ret = cue_of_verb(scene, outermost(scene, before));
    prefers_according(scene, ret, ret);
    return true;
}

bool cue_leading(const struct scene *scene, struct cue *ret) {
    if (!nearest_left(scene, WORD_SAY | WORD_CALL, ret) || !(scene->frame->nodes[ret->verb].classes & WORD_SAY))
        return false;
    prefers_according(scene, ret, ret);
    return true;
}

bool cue_naming(const struct scene *scene, struct cue *ret) {
    return nearest_left(scene, WORD_SAY | WORD_CALL, ret);
}

bool cue_thinking(const struct scene *scene, struct cue *ret) {
    return nearest_left(scene, WORD_THINK, ret);
}

/* Nothing that was said follows the verb: ", Ann Lee said on Monday." */
static bool ends_attribution(const struct scene *scene, size_t verb) {
    size_t behind = node_behind(scene->frame, verb);
    const struct node *node = node_at(scene, behind);
    if (node && scene->clauses->verbs[verb].inverted)
        return true;
    if (!node || node->role == NODE_STOP || node->role == NODE_PREPOSITION || (node->role == NODE_NOUN && node->classes & WORD_TIME))
        return true;
    struct cue left;
    return node->role == NODE_COMMA && !nearest_left(scene, WORD_SAY | WORD_CALL, &left);
}

bool cue_trailing(const struct scene *scene, struct cue *ret) {
    const struct frame *frame = scene->frame;
    for (size_t i = scene->quote + 1; i < reach_ahead(scene, scene->quote); i++) {
        const struct verb *verb = &scene->clauses->verbs[i];
        if (frame->nodes[i].role == NODE_SEMICOLON)
            return false;
        if (verb->clause < 0 || frame->nodes[i].role != NODE_FINITE || !(frame->nodes[i].classes & WORD_SAY) || verb->subject < 0 ||
            scene->clauses->items[verb->clause].kind != CLAUSE_MAIN)
            continue;
        size_t first = frame->phrases[verb->subject].first;
        size_t before = node_before(frame, first);
        if (!verb->inverted && (first <= scene->quote || !(role_is(scene, before, NODE_COMMA) || role_is(scene, before, NODE_QUOTE) ||
                                                           role_is(scene, before, NODE_DASH))))
            continue;
        if (!ends_attribution(scene, i))
            continue;
        *ret = cue_of_verb(scene, i);
        return true;
    }
    return false;
}

bool cue_according(const struct scene *scene, struct cue *ret) {
    const struct frame *frame = scene->frame;
    for (size_t i = reach_back(scene->quote); i + 2 < reach_ahead(scene, scene->quote); i++) {
        if (!word_is(scene, i, "according") || !word_is(scene, i + 1, "to") || frame->nodes[i + 2].phrase < 0)
            continue;
        *ret = (struct cue){place_of_phrase(frame, frame->nodes[i + 2].phrase, frame->count), (int)i, (int)i + 2};
        return true;
    }
    return false;
}

/* The part of a phrase that possesses its head: "Ann Lee" of "Ann Lee's claim", "her" of "her claim". */
static bool possessor(const struct frame *frame, int phrase, struct place *ret) {
    const struct phrase *item = &frame->phrases[phrase];
    if (frame->nodes[item->first].classes & WORD_POSSESSIVE_PRONOUN && frame->nodes[item->first].role == NODE_DETERMINER) {
        *ret = (struct place){item->first, item->first + 1, (int)item->first};
        return true;
    }
    for (uint32_t i = item->head; i > item->first; i--)
        if (frame->nodes[i].role == NODE_POSSESSIVE) {
            *ret = (struct place){item->first, i, (int)i - 1};
            return true;
        }
    return false;
}

bool cue_noun(const struct scene *scene, struct cue *ret) {
    const struct frame *frame = scene->frame;
    enum { NOUN_REACH = 12 }; /* nodes from a noun to what it contains */
    for (size_t i = scene->quote; i > 0 && i + NOUN_REACH > scene->quote; i--) {
        const struct node *node = &frame->nodes[i - 1];
        if (node->role == NODE_STOP || node->role == NODE_SEMICOLON)
            return false;
        if (!(node->classes & WORD_CUE_NOUN) || node->phrase < 0 || frame->phrases[node->phrase].head != i - 1)
            continue;
        if (possessor(frame, node->phrase, &ret->speaker)) {
            ret->verb = (int)i - 1;
            ret->cue_last = (int)i;
            return true;
        }
        size_t preposition = frame->phrases[node->phrase].last;
        if ((word_is(scene, preposition, "from") || word_is(scene, preposition, "by")) && preposition + 1 < scene->quote &&
            frame->nodes[preposition + 1].phrase >= 0) {
            *ret = (struct cue){place_of_phrase(frame, frame->nodes[preposition + 1].phrase, scene->quote), (int)i - 1, (int)i};
            return true;
        }
    }
    return false;
}

/* The subject of the verb nearest to the left, or of the first clause. */
bool cue_subject(const struct scene *scene, struct cue *ret) {
    *ret = (struct cue){.speaker.head = -1, .verb = -1, .cue_last = -1};
    for (size_t i = scene->quote; i > reach_back(scene->quote); i--) {
        const struct verb *verb = &scene->clauses->verbs[i - 1];
        if (verb->clause < 0 || verb->subject < 0 || scene->clauses->items[verb->clause].kind == CLAUSE_RELATIVE)
            continue;
        ret->speaker = place_of_phrase(scene->frame, verb->subject, i - 1);
        return true;
    }
    return false;
}

/* The last name before the colon that no preposition governs: "Here is Ann Lee in 1992:". */
static bool name_before(const struct scene *scene, size_t colon, struct cue *ret) {
    const struct frame *frame = scene->frame;
    for (size_t i = colon; i > reach_back(colon); i--) {
        const struct node *node = &frame->nodes[i - 1];
        if (node->role != NODE_NAME || frame->phrases[node->phrase].head != i - 1 ||
            role_is(scene, node_before(frame, frame->phrases[node->phrase].first), NODE_PREPOSITION))
            continue;
        ret->speaker = place_of_phrase(frame, node->phrase, colon);
        return true;
    }
    return false;
}

bool cue_colon(const struct scene *scene, struct cue *ret) {
    const struct frame *frame = scene->frame;
    size_t colon = scene->quote;
    if (!role_is(scene, colon, NODE_COLON)) {
        colon = node_before(frame, scene->quote);
        if (!role_is(scene, colon, NODE_COLON))
            return false;
    }
    size_t before = node_before(frame, colon);
    const struct node *node = node_at(scene, before);
    if (!node)
        return false;
    *ret = (struct cue){.speaker.head = -1, .verb = -1, .cue_last = -1};
    if (node->phrase >= 0 && frame->phrases[node->phrase].first == 0) { /* "Ann Lee: …" */
        ret->speaker = place_of_phrase(frame, node->phrase, colon);
        ret->verb = (int)colon;
        ret->cue_last = (int)colon + 1;
        return true;
    }
    return cue_subject(scene, ret) || name_before(scene, colon, ret);
}
