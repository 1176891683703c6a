#include "extract/frame.h"

#include <string.h>

enum { ASIDE_TOKENS_MAX = 16 }; /* longer brackets hold sentences of their own */
enum { LOOK_AHEAD_MAX = 12 };   /* tokens in which a clause shows its verb */
enum { QUOTED_WORD_MAX = 4 };   /* tokens of a quoted word inside a noun phrase: his "so-called" friends */
enum { MARKS_MAX = 4 };         /* tokens of the marks at one end: ''' closes two quotes */
enum { SKIPPED_MAX = 8 };       /* adverbs in a row; more is no sentence, and the bound keeps the time linear */
enum { ATTACHED_MAX = 4 };      /* prepositional phrases that belong to a mention: the head of the board of the bank of the city */
enum { NAME_TOKENS_MAX = 20 };  /* longer mentions are clauses by mistake */

struct builder {
    const struct story *story;
    struct node *nodes;
    size_t count;
    size_t next_mention;
    size_t next_stretch;
};

enum result story_make(struct arena *arena, const struct tokens *tokens, const struct stretches *stretches,
                       const struct sentences *sentences, const struct entities *entities, struct story *ret) {
    uint32_t *classes = arena_alloc_array(arena, tokens->count, sizeof *classes);
    if (!classes)
        return RESULT_MEMORY;
    for (size_t i = 0; i < tokens->count; i++)
        if (tokens->items[i].kind == TOKEN_WORD || tokens->items[i].kind == TOKEN_POSSESSIVE)
            classes[i] = word_classes(token_text(tokens, i));
    *ret = (struct story){tokens, stretches, sentences, entities, classes};
    return RESULT_OK;
}

static bool token_text_is(const struct tokens *tokens, size_t index, const char *text) {
    struct span span = token_text(tokens, index);
    return span.length == strlen(text) && memcmp(span.data, text, span.length) == 0;
}

static bool token_begins(const struct tokens *tokens, size_t index, const char *text) {
    struct span span = token_text(tokens, index);
    return span.length >= strlen(text) && memcmp(span.data, text, strlen(text)) == 0;
}

static uint8_t punctuation_role(const struct tokens *tokens, size_t index) {
    if (token_text_is(tokens, index, ","))
        return NODE_COMMA;
    if (token_text_is(tokens, index, ":"))
        return NODE_COLON;
    if (token_text_is(tokens, index, ";"))
        return NODE_SEMICOLON;
    if (token_begins(tokens, index, "-") || token_begins(tokens, index, "\xE2\x80\x93") || token_begins(tokens, index, "\xE2\x80\x94"))
        return NODE_DASH;
    if (token_begins(tokens, index, ".") || token_begins(tokens, index, "?") || token_begins(tokens, index, "!") ||
        token_begins(tokens, index, "\xE2\x80\xA6"))
        return NODE_STOP;
    return NODE_OTHER;
}

static bool is_word_token(const struct token *token) {
    return token->kind == TOKEN_WORD || token->kind == TOKEN_NUMBER;
}

/* True if a finite verb stands between the token and the next comma: "after" then begins a clause, not a phrase. */
static bool clause_ahead(const struct story *story, size_t index, size_t end) {
    for (size_t i = index + 1; i < end && i <= index + LOOK_AHEAD_MAX; i++) {
        uint32_t classes = story->classes[i];
        if (story->tokens->items[i].kind == TOKEN_PUNCTUATION || stretch_at(story->stretches, i) >= 0)
            return false;
        if (classes & WORD_AUXILIARY ||
            ((classes & WORD_ANY_VERB) && (classes & (WORD_PAST | WORD_PRESENT_S)) && !(classes & WORD_GUESSED)))
            return !(classes & WORD_NOUN_TOO) || (classes & WORD_PAST);
    }
    return false;
}

static bool begins_phrase(const struct story *story, size_t index, size_t end) {
    if (index >= end)
        return false;
    const struct token *token = &story->tokens->items[index];
    uint32_t classes = story->classes[index];
    return (classes & (WORD_DETERMINER | WORD_PRONOUN | WORD_OBJECT | WORD_THAT)) || token->kind == TOKEN_MARK ||
           token->kind == TOKEN_NUMBER || (token->kind == TOKEN_WORD && token->shape != SHAPE_LOWER);
}

static bool is_nominal_role(uint8_t role) {
    return role == NODE_NOUN || role == NODE_NAME || role == NODE_NOMINAL;
}

static bool is_plural_noun(const struct story *story, const struct node *node) {
    struct span text = token_text(story->tokens, node->last - 1);
    return node->role == NODE_NOUN && text.length > 2 &&
           (text.data[text.length - 1] == 's' || token_is(story->tokens, node->last - 1, "people"));
}

/* The role of a bare or -s form, which may be a noun as well. before is NULL at the sentence's begin. */
static uint8_t present_role(const struct story *story, size_t index, size_t end, const struct node *before) {
    uint32_t classes = story->classes[index];
    uint8_t role = before ? before->role : NODE_STOP;
    bool takes_object = begins_phrase(story, index + 1, end);
    if (role == NODE_DETERMINER || role == NODE_POSSESSIVE || role == NODE_PREPOSITION)
        return NODE_NOUN;
    if (classes & WORD_PRESENT_S) {
        if (!(classes & WORD_NOUN_TOO) || role == NODE_PRONOUN || role == NODE_RELATIVE)
            return NODE_FINITE;
        if (role == NODE_NAME || role == NODE_NOMINAL || role == NODE_ADVERB || role == NODE_QUOTE || role == NODE_ASIDE)
            return takes_object || (classes & WORD_SAY) ? NODE_FINITE : NODE_NOUN;
        return (classes & WORD_SAY) && takes_object && (role == NODE_NOUN || role == NODE_COMMA) ? NODE_FINITE : NODE_NOUN;
    }
    if (role == NODE_TO || (role == NODE_AUXILIARY && (before->classes & WORD_MODAL)))
        return NODE_BARE;
    if (role == NODE_PRONOUN)
        return (before->classes & WORD_PERSONAL) || !(classes & WORD_NOUN_TOO) ? NODE_FINITE : NODE_NOUN;
    if (role == NODE_RELATIVE)
        return NODE_FINITE;
    if (before && (is_plural_noun(story, before) || (!(classes & WORD_NOUN_TOO) && is_nominal_role(role))))
        return takes_object || !(classes & WORD_NOUN_TOO) ? NODE_FINITE : NODE_NOUN;
    if (role == NODE_COORDINATOR && !(classes & WORD_NOUN_TOO))
        return NODE_BARE;
    return NODE_NOUN;
}

static uint8_t past_role(const struct story *story, size_t index, size_t end, const struct node *before) {
    uint32_t classes = story->classes[index];
    uint8_t role = before ? before->role : NODE_STOP;
    bool by_follows = index + 1 < end && token_is(story->tokens, index + 1, "by");
    /* "a class called "Perception"": what calls has an object before the name */
    bool name_follows = classes & WORD_NAMING && index + 1 < end && story->tokens->items[index + 1].kind == TOKEN_MARK;
    if (role == NODE_AUXILIARY || (classes & WORD_PARTICIPLE))
        return NODE_PARTICIPLE;
    if (role == NODE_DETERMINER || role == NODE_POSSESSIVE)
        return NODE_NOUN;
    if (!before && classes & WORD_SAY && !by_follows && index + 1 < end && story->tokens->items[index + 1].shape != SHAPE_LOWER &&
        story->tokens->items[index + 1].kind == TOKEN_WORD)
        return NODE_FINITE; /* "Said Ann Lee: …" */
    if (role == NODE_STOP || by_follows || (name_follows && role == NODE_NOUN))
        return NODE_PARTICIPLE;
    if (classes & WORD_GUESSED && (role == NODE_PREPOSITION || node_is_verb(before) || role == NODE_TO))
        return NODE_NOUN;
    if (role == NODE_PREPOSITION && !(classes & WORD_SAY))
        return NODE_NOUN;
    if (role == NODE_COMMA && !(classes & (WORD_SAY | WORD_CALL)) && index + 1 < end && (story->classes[index + 1] & WORD_PREPOSITION))
        return NODE_PARTICIPLE;
    return NODE_FINITE;
}

static uint8_t verb_role(const struct story *story, size_t index, size_t end, const struct node *before) {
    uint32_t classes = story->classes[index];
    if (classes & WORD_ING)
        return before && (before->role == NODE_DETERMINER || before->role == NODE_POSSESSIVE) ? NODE_NOUN : NODE_ING;
    if (classes & WORD_PAST && before && before->role == NODE_TO && (classes & WORD_BASE))
        return NODE_BARE;
    if (classes & (WORD_PAST | WORD_PARTICIPLE))
        return past_role(story, index, end, before);
    return present_role(story, index, end, before);
}

static uint8_t pronoun_role(const struct story *story, size_t index, size_t end) {
    uint32_t classes = story->classes[index];
    uint32_t next = index + 1 < end ? story->classes[index + 1] : 0;
    bool next_word = index + 1 < end && is_word_token(&story->tokens->items[index + 1]);
    if (classes & WORD_DETERMINER) {
        bool alone = !next_word || (next & (WORD_AUXILIARY | WORD_PREPOSITION | WORD_ADVERB | WORD_RELATIVE | WORD_COORDINATOR)) ||
                     ((next & (WORD_SAY | WORD_THINK)) && !(next & (WORD_NOUN_TOO | WORD_ING)));
        if (!alone || !(classes & (WORD_PRONOUN | WORD_OBJECT)))
            return NODE_DETERMINER;
    }
    return classes & WORD_PRONOUN ? NODE_PRONOUN : NODE_OBJECT;
}

static uint8_t function_role(const struct story *story, size_t index, size_t end) {
    uint32_t classes = story->classes[index];
    if (classes & WORD_AUXILIARY && !token_is(story->tokens, index, "to"))
        return NODE_AUXILIARY;
    if (classes & WORD_THAT)
        return NODE_THAT;
    if (classes & (WORD_DETERMINER | WORD_PRONOUN | WORD_OBJECT))
        return classes & WORD_RELATIVE ? NODE_RELATIVE : pronoun_role(story, index, end);
    if (classes & WORD_RELATIVE)
        return NODE_RELATIVE;
    if (classes & WORD_COORDINATOR)
        return NODE_COORDINATOR;
    if (classes & WORD_SUBORDINATOR)
        return classes & WORD_PREPOSITION && !clause_ahead(story, index, end) ? NODE_PREPOSITION : NODE_SUBORDINATOR;
    if (classes & WORD_PREPOSITION) {
        uint32_t next = index + 1 < end ? story->classes[index + 1] : 0;
        return token_is(story->tokens, index, "to") && (next & WORD_BASE) ? NODE_TO : NODE_PREPOSITION;
    }
    return classes & WORD_ADVERB ? NODE_ADVERB : NODE_OTHER;
}

/* A capital inside a sentence makes a noun of any word, and at its begin of what is only guessed to be a verb or stands before one. */
static bool is_capital_noun(const struct story *story, size_t index, size_t end, const struct node *before) {
    const struct token *token = &story->tokens->items[index];
    uint32_t classes = story->classes[index];
    if (token->kind != TOKEN_WORD || (token->shape != SHAPE_CAPITAL && token->shape != SHAPE_UPPER && token->shape != SHAPE_MIXED) ||
        classes & (WORD_PERSONAL | WORD_PRONOUN))
        return false;
    if (before && before->role != NODE_QUOTE && before->role != NODE_COLON && before->role != NODE_STOP)
        return true;
    uint32_t next = index + 1 < end ? story->classes[index + 1] : 0;
    bool verb_follows = next & WORD_SAY && next & (WORD_PAST | WORD_PRESENT_S) && !(next & WORD_NOUN_TOO && next & WORD_PRESENT_S);
    return (classes & WORD_GUESSED && before) || (classes & WORD_ANY_VERB && verb_follows);
}

static uint8_t token_role(const struct story *story, size_t index, size_t end, const struct node *before) {
    const struct token *token = &story->tokens->items[index];
    uint32_t classes = story->classes[index];
    switch ((enum token_kind)token->kind) {
    case TOKEN_NUMBER:
        return NODE_NOUN;
    case TOKEN_PUNCTUATION:
        return punctuation_role(story->tokens, index);
    case TOKEN_MARK:
        return NODE_OTHER;
    case TOKEN_POSSESSIVE:
        return before && before->role == NODE_PRONOUN ? NODE_AUXILIARY : NODE_POSSESSIVE;
    case TOKEN_WORD:
        break;
    }
    if (is_capital_noun(story, index, end, before))
        return NODE_NOUN;
    uint32_t closed = WORD_AUXILIARY | WORD_THAT | WORD_DETERMINER | WORD_PRONOUN | WORD_OBJECT | WORD_RELATIVE | WORD_COORDINATOR |
                      WORD_SUBORDINATOR | WORD_PREPOSITION;
    if (classes & closed)
        return function_role(story, index, end);
    if (classes & WORD_ADVERB && classes & WORD_BASE)
        return NODE_ADVERB; /* "back", "still" */
    if (classes & WORD_ANY_VERB && classes & WORD_ANY_FORM)
        return verb_role(story, index, end, before);
    return classes & WORD_ADVERB ? NODE_ADVERB : NODE_NOUN;
}

/* Index behind the closing bracket of the one at index, or index where it is none or encloses too much. */
static size_t aside_end(const struct story *story, size_t index, size_t end) {
    if (!token_text_is(story->tokens, index, "(") && !token_text_is(story->tokens, index, "["))
        return index;
    for (size_t i = index + 1; i < end && i < index + ASIDE_TOKENS_MAX; i++) {
        if (story->tokens->items[i].kind == TOKEN_MARK)
            return index;
        if (token_text_is(story->tokens, i, ")") || token_text_is(story->tokens, i, "]"))
            return i + 1;
    }
    return index;
}

static struct node *node_add(struct builder *builder, size_t first, size_t last, uint8_t role) {
    struct node *node = &builder->nodes[builder->count++];
    *node = (struct node){.first = (uint32_t)first, .last = (uint32_t)last, .stretch = -1, .mention = -1, .phrase = -1, .role = role};
    node->classes = builder->story->classes[last - 1];
    return node;
}

/* The stretch that token index begins (its opening mark or its first word), or NULL. */
static const struct stretch *stretch_here(struct builder *builder, size_t index) {
    const struct stretches *stretches = builder->story->stretches;
    while (builder->next_stretch < stretches->count && stretches->items[builder->next_stretch].last <= index)
        builder->next_stretch++;
    if (builder->next_stretch == stretches->count)
        return NULL;
    const struct stretch *stretch = &stretches->items[builder->next_stretch];
    if (stretch->first <= index)
        return stretch;
    if (!stretch->opened)
        return NULL;
    const struct token *items = builder->story->tokens->items;
    size_t mark = stretch->first - 1; /* a doubled single mark may be two tokens */
    while (mark > index && stretch->first - mark < MARKS_MAX && items[mark - 1].kind == TOKEN_MARK &&
           items[mark - 1].end == items[mark].start)
        mark--;
    return mark == index ? stretch : NULL;
}

static size_t quote_end(const struct builder *builder, const struct stretch *stretch, size_t end) {
    const struct token *items = builder->story->tokens->items;
    size_t last = stretch->last;
    while (last < end && last < stretch->last + MARKS_MAX && !items[last].space_before && stretch->closed &&
           (items[last].kind == TOKEN_MARK || items[last].kind == TOKEN_POSSESSIVE))
        last++;
    return last;
}

static const struct entity_mention *mention_here(struct builder *builder, size_t index, size_t end) {
    const struct entities *entities = builder->story->entities;
    while (builder->next_mention < entities->mention_count && entities->mentions[builder->next_mention].first < index)
        builder->next_mention++;
    if (builder->next_mention == entities->mention_count)
        return NULL;
    const struct entity_mention *mention = &entities->mentions[builder->next_mention];
    return mention->first == index && mention->last <= end && mention->last > index && mention->last - index <= NAME_TOKENS_MAX ? mention
                                                                                                                                : NULL;
}

/* Adds the node that begins with token index; returns the token behind it. */
static size_t node_read(struct builder *builder, size_t index, size_t end, const struct node *before) {
    const struct story *story = builder->story;
    const struct stretch *stretch = stretch_here(builder, index);
    if (stretch) {
        size_t last = quote_end(builder, stretch, end);
        node_add(builder, index, last, NODE_QUOTE)->stretch = (int32_t)(stretch - story->stretches->items);
        return last;
    }
    const struct entity_mention *mention = mention_here(builder, index, end);
    size_t last = aside_end(story, index, end);
    if (!mention && last > index) {
        node_add(builder, index, last, NODE_ASIDE);
        return last;
    }
    if (!mention) {
        struct node *node = node_add(builder, index, index + 1, token_role(story, index, end, before));
        if (index + 1 < end && token_is(story->tokens, index + 1, "it") &&
            (token_is(story->tokens, index, "put") || token_is(story->tokens, index, "puts")))
            node->classes |= WORD_SAY; /* "as she put it" */
        return index + 1;
    }
    uint8_t role = NODE_NAME;
    if (mention->form == MENTION_NOMINAL)
        role = NODE_NOMINAL;
    else if (mention->form == MENTION_PRONOUN)
        role = token_role(story, index, end, before);
    node_add(builder, index, mention->last, role)->mention = (int32_t)(mention - story->entities->mentions);
    return mention->last;
}

static bool is_phrase_part(const struct builder *builder, const struct frame *frame, size_t index, size_t first) {
    const struct node *node = &frame->nodes[index];
    const struct node *next = index + 1 < frame->count ? &frame->nodes[index + 1] : NULL;
    switch (node->role) {
    case NODE_NOUN:
    case NODE_NAME:
    case NODE_POSSESSIVE:
        return true;
    case NODE_ADVERB: /* "the very last word" */
        return index > first && frame->nodes[index - 1].role == NODE_DETERMINER && next && is_nominal_role(next->role);
    case NODE_ASIDE:
        return index > first && next && is_nominal_role(next->role);
    case NODE_DETERMINER:
        return index == first || frame->nodes[index - 1].role == NODE_DETERMINER;
    case NODE_QUOTE: {
        const struct stretch *stretch = &builder->story->stretches->items[node->stretch];
        return index > first && frame->nodes[index - 1].role == NODE_DETERMINER && next && is_nominal_role(next->role) &&
               stretch->last - stretch->first <= QUOTED_WORD_MAX;
    }
    default:
        return false;
    }
}

static void phrases_make(const struct builder *builder, struct frame *frame) {
    for (size_t i = 0; i < frame->count;) {
        uint8_t role = frame->nodes[i].role;
        size_t first = i;
        if (role == NODE_PRONOUN || role == NODE_OBJECT || role == NODE_NOMINAL)
            i++;
        else if (role == NODE_NOUN || role == NODE_NAME || role == NODE_DETERMINER)
            while (i < frame->count && is_phrase_part(builder, frame, i, first))
                i++;
        if (i == first) {
            i++;
            continue;
        }
        size_t head = i - 1;
        while (head > first && frame->nodes[head].role == NODE_ASIDE)
            head--;
        frame->phrases[frame->phrase_count] = (struct phrase){(uint32_t)first, (uint32_t)i, (uint32_t)head};
        for (size_t k = first; k < i; k++)
            frame->nodes[k].phrase = (int32_t)frame->phrase_count;
        frame->phrase_count++;
    }
}

static bool is_skipped(const struct node *node) {
    return node->role == NODE_ADVERB || node->role == NODE_ASIDE;
}

static bool is_punctuation_role(uint8_t role) {
    return role == NODE_COMMA || role == NODE_STOP || role == NODE_DASH || role == NODE_OTHER || role == NODE_COLON;
}

enum result frames_make(struct arena *arena, const struct story *story, struct frame **ret) {
    const struct sentences *sentences = story->sentences;
    struct frame *frames = arena_alloc_array(arena, sentences->count, sizeof *frames);
    struct builder builder = {.story = story, .nodes = arena_alloc_array(arena, story->tokens->count, sizeof *builder.nodes)};
    struct phrase *phrases = arena_alloc_array(arena, story->tokens->count, sizeof *phrases);
    if (!frames || !builder.nodes || !phrases)
        return RESULT_MEMORY;
    size_t token = 0;
    for (size_t i = 0; i < sentences->count; i++) {
        struct frame *frame = &frames[i];
        *frame = (struct frame){
            .nodes = builder.nodes + builder.count, .phrases = phrases, .bare = true, .paragraph = sentences->items[i].paragraph};
        size_t begin = builder.count;
        if (token < sentences->items[i].first)
            token = sentences->items[i].first;
        const struct node *before = NULL; /* the last node that is no adverb and no aside */
        while (token < sentences->items[i].last) {
            token = node_read(&builder, token, sentences->items[i].last, before);
            frame->count = builder.count - begin;
            const struct node *node = &frame->nodes[frame->count - 1];
            before = is_skipped(node) ? before : node;
            frame->has_quote = frame->has_quote || node->role == NODE_QUOTE;
            frame->bare = frame->bare && (node->role == NODE_QUOTE || is_punctuation_role(node->role));
        }
        phrases_make(&builder, frame);
        phrases += frame->phrase_count;
    }
    *ret = frames;
    return RESULT_OK;
}

bool node_is_verb(const struct node *node) {
    return node->role == NODE_FINITE || node->role == NODE_PARTICIPLE || node->role == NODE_ING || node->role == NODE_BARE;
}

size_t node_before(const struct frame *frame, size_t node) {
    for (int steps = 0; steps < SKIPPED_MAX && node > 0 && is_skipped(&frame->nodes[node - 1]); steps++)
        node--;
    return node > 0 ? node - 1 : frame->count;
}

size_t node_behind(const struct frame *frame, size_t node) {
    node++;
    for (int steps = 0; steps < SKIPPED_MAX && node < frame->count && is_skipped(&frame->nodes[node]); steps++)
        node++;
    return node < frame->count ? node : frame->count;
}

struct range phrase_tokens(const struct frame *frame, int phrase, size_t limit) {
    const struct phrase *item = &frame->phrases[phrase];
    size_t last = item->last;
    /* "the head of the board": attached phrases belong to the mention, those of time do not. */
    for (int steps = 0; steps < ATTACHED_MAX && last + 1 < limit && frame->nodes[last].role == NODE_PREPOSITION &&
                        frame->nodes[last + 1].phrase >= 0 && !(frame->nodes[last + 1].classes & WORD_TIME);
         steps++)
        last = frame->phrases[frame->nodes[last + 1].phrase].last;
    if (last > limit)
        last = item->last;
    return (struct range){frame->nodes[item->first].first, frame->nodes[last - 1].last};
}

int phrase_mention(const struct frame *frame, int phrase) {
    return frame->nodes[frame->phrases[phrase].head].mention;
}
