#include "extract/attribution.h"

#include "extract/about.h"
#include "extract/cue.h"
#include "extract/indirect.h"
#include "extract/rule.h"
#include "extract/speaker.h"

/* What the later passes want to know of an attribution. */
struct note {
    enum rule rule;
    bool goes_on;          /* unclosed: the next paragraph goes on with the speech */
    struct range reported; /* tokens of the reporter's words that tell whom it is about */
    struct range quoted;   /* tokens */
};

struct finder {
    struct arena *arena;
    struct story story;
    struct frame *frames;
    struct clauses *clauses;
    struct attribution *items;
    struct note *notes; /* one an item */
    size_t count;
    struct attribution *reported; /* those without marks */
    size_t reported_count;
    size_t reported_capacity;
    struct speakers speakers;
    bool continued; /* the last stretch goes on in the next paragraph */
    bool failed;
};

/* One stretch on the way to its attribution. */
struct candidate {
    struct scene scene;
    size_t sentence;
    const struct stretch *stretch;
    struct cue cue;
    enum rule rule;
    struct speaker speaker;
    struct range cue_tokens;
};

static bool take_cue(struct finder *finder, struct candidate *candidate, enum rule rule, struct cue cue) {
    const struct frame *frame = candidate->scene.frame;
    candidate->cue = cue;
    candidate->rule = rule;
    candidate->speaker = speaker_resolve(&finder->speakers, frame, cue.speaker);
    if (cue.verb >= 0)
        candidate->cue_tokens = node_tokens(frame, (uint32_t)cue.verb, (uint32_t)cue.cue_last);
    return true;
}

static bool take_speaker(struct candidate *candidate, enum rule rule, struct speaker speaker) {
    candidate->rule = rule;
    candidate->speaker = speaker;
    return true;
}

static bool ends_with_colon(const struct frame *frame) {
    return frame->count > 0 && frame->nodes[frame->count - 1].role == NODE_COLON;
}

/* The sentence before ends with a colon: its cue introduces the quote. */
static bool find_behind_colon(struct finder *finder, struct candidate *candidate, size_t before) {
    static const enum rule order[] = {RULE_LEADING, RULE_NAMING, RULE_ACCORDING, RULE_NOUN, RULE_COLON};
    const struct frame *frame = &finder->frames[before];
    struct scene scene = {&finder->story, frame, &finder->clauses[before], frame->count - 1};
    for (size_t i = 0; i < sizeof order / sizeof *order; i++) {
        struct cue cue;
        if (rule_table[order[i]].finder(&scene, &cue))
            return take_speaker(candidate, RULE_INTRODUCED, speaker_resolve(&finder->speakers, frame, cue.speaker));
    }
    return false;
}

/* The sentence before introduces the quote: it ends with a colon, or somebody speaks or acts in it. */
static bool find_introduced(struct finder *finder, struct candidate *candidate) {
    if (candidate->sentence == 0)
        return false;
    size_t before = candidate->sentence - 1;
    const struct frame *frame = &finder->frames[before];
    if (ends_with_colon(frame))
        return find_behind_colon(finder, candidate, before);
    struct place place;
    if (frame->paragraph != candidate->scene.frame->paragraph || frame->has_quote ||
        !(sentence_subject(&finder->speakers, before, WORD_SAY | WORD_CALL, &place) ||
          sentence_subject(&finder->speakers, before, 0, &place)))
        return false;
    return take_speaker(candidate, RULE_INTRODUCED, speaker_resolve(&finder->speakers, frame, place));
}

/* "Ann Lee said in a statement.": a sentence that tells who spoke and nothing of what was said. */
static bool tells_speaker_only(const struct scene *scene, struct cue *ret) {
    struct reported items[REPORTED_MAX];
    struct scene at_begin = {scene->story, scene->frame, scene->clauses, 0};
    return scene->frame->count > 0 && scene->frame->nodes[0].phrase >= 0 && !scene->frame->has_quote &&
           indirect_find(scene->story, scene->frame, scene->clauses, items) == 0 && cue_begins(&at_begin, ret);
}

/* The next sentence of the paragraph tells who speaks: in a quote with its verb beside it, or alone. */
static bool find_next(struct finder *finder, struct candidate *candidate) {
    size_t next = candidate->sentence + 1;
    if (next >= finder->story.sentences->count || finder->frames[next].paragraph != candidate->scene.frame->paragraph)
        return false;
    struct scene scene = {&finder->story, &finder->frames[next], &finder->clauses[next], 0};
    struct cue cue;
    bool quoted = scene.frame->count > 0 && scene.frame->nodes[0].role == NODE_QUOTE && cue_following(&scene, &cue);
    if (!quoted && !tells_speaker_only(&scene, &cue))
        return false;
    return take_speaker(candidate, RULE_NEXT, speaker_resolve(&finder->speakers, scene.frame, cue.speaker));
}

/* The sentence behind is a signature: "- Ann Lee, in a letter". */
static bool find_signature(struct finder *finder, struct candidate *candidate) {
    enum { SIGNATURE_NODES_MAX = 16 };
    size_t next = candidate->sentence + 1;
    if (next >= finder->story.sentences->count)
        return false;
    const struct frame *frame = &finder->frames[next];
    if (frame->count < 2 || frame->count > SIGNATURE_NODES_MAX || frame->nodes[0].role != NODE_DASH || frame->nodes[1].phrase < 0)
        return false;
    struct place place = place_of_phrase(frame, frame->nodes[1].phrase, frame->count);
    if (frame->nodes[place.head].role != NODE_NAME)
        return false;
    return take_speaker(candidate, RULE_SIGNATURE, speaker_resolve(&finder->speakers, frame, place));
}

static bool find_in_sentence(struct finder *finder, struct candidate *candidate) {
    for (enum rule rule = 0; rule < RULE_CONTINUED; rule++) {
        struct cue cue;
        /* behind a paragraph of one speaker "- Agency" names who wrote it */
        if (rule == RULE_SIGNATURE && speakers_same_paragraph(&finder->speakers, candidate->scene.frame))
            continue;
        if (rule_table[rule].finder(&candidate->scene, &cue))
            return take_cue(finder, candidate, rule, cue);
    }
    return false;
}

/* A quote without a cue of its own in its sentence. */
static bool find_elsewhere(struct finder *finder, struct candidate *candidate) {
    const struct frame *frame = candidate->scene.frame;
    if (finder->continued && finder->speakers.has_last && frame->nodes[0].role == NODE_QUOTE && candidate->scene.quote == 0)
        return take_speaker(candidate, RULE_CONTINUED, finder->speakers.last);
    bool bare = frame->bare;
    if (bare && candidate->sentence > 0 && ends_with_colon(&finder->frames[candidate->sentence - 1]) && find_introduced(finder, candidate))
        return true;
    bool same_paragraph = speakers_same_paragraph(&finder->speakers, frame);
    if (bare && same_paragraph)
        return take_speaker(candidate, finder->speakers.last_reported ? RULE_INTRODUCED : RULE_PARAGRAPH, finder->speakers.last);
    if (bare && find_signature(finder, candidate))
        return true;
    if (bare && finder->speakers.has_last && finder->speakers.last_reported && finder->speakers.last_sentence + 1 == candidate->sentence)
        return take_speaker(candidate, RULE_REPORTED, finder->speakers.last);
    if (bare && (find_introduced(finder, candidate) || find_next(finder, candidate)))
        return true;
    struct cue cue;
    if (!bare && cue_subject(&candidate->scene, &cue))
        return take_cue(finder, candidate, RULE_SUBJECT, cue);
    if (finder->speakers.has_last)
        return take_speaker(candidate, same_paragraph ? RULE_PARAGRAPH : RULE_LAST_SPEAKER, finder->speakers.last);
    return false;
}

static bool is_letter_capital(const struct finder *finder, const struct stretch *stretch) {
    const struct token *token = &finder->story.tokens->items[stretch->first];
    return token->kind != TOKEN_WORD || token->shape != SHAPE_LOWER;
}

/* Direct: the marks enclose a clause that stands for itself. Mixed: they enclose a part of the reporter's clause. */
static enum quote_kind kind_of(const struct finder *finder, const struct candidate *candidate) {
    const struct frame *frame = candidate->scene.frame;
    size_t before = node_before(frame, candidate->scene.quote);
    if (before >= frame->count)
        return QUOTE_DIRECT;
    uint8_t role = frame->nodes[before].role;
    bool stands_alone = role == NODE_COMMA || role == NODE_COLON || role == NODE_QUOTE || role == NODE_STOP || role == NODE_DASH ||
                        (node_is_verb(&frame->nodes[before]) && frame->nodes[before].classes & WORD_SAY);
    bool clause =
        candidate->stretch->last - candidate->stretch->first > 2 || quote_ends_clause(&finder->story, frame, candidate->scene.quote);
    return stands_alone && clause && is_letter_capital(finder, candidate->stretch) ? QUOTE_DIRECT : QUOTE_MIXED;
}

/* Tokens of the reporter's words between the cue and the quote, which tell whom a quoted phrase is about. */
static struct range reported_tokens(const struct candidate *candidate, enum quote_kind kind) {
    int verb = candidate->cue.verb;
    if (kind != QUOTE_MIXED || verb < 0 || (size_t)verb >= candidate->scene.quote)
        return (struct range){0, 0};
    return node_tokens(candidate->scene.frame, (uint32_t)verb + 1, (uint32_t)candidate->scene.quote);
}

static void rate(const struct finder *finder, struct attribution *item, enum rule rule) {
    const struct rule_entry *entry = &rule_table[rule];
    bool pronoun = item->speaker_last == item->speaker_first + 1 && finder->story.classes[item->speaker_first] & WORD_PERSONAL;
    item->rule = entry->name;
    item->confidence = item->speaker == SPEAKER_NONE ? entry->unknown : pronoun ? entry->pronoun : entry->named;
}

static void emit(struct finder *finder, const struct candidate *candidate) {
    enum quote_kind kind = kind_of(finder, candidate);
    finder->notes[finder->count] = (struct note){
        .rule = candidate->rule,
        .goes_on = candidate->stretch->continued,
        .reported = reported_tokens(candidate, kind),
        .quoted = {candidate->stretch->first, candidate->stretch->last},
    };
    struct attribution *item = &finder->items[finder->count++];
    *item = (struct attribution){
        .start = candidate->stretch->start,
        .end = candidate->stretch->end,
        .kind = kind,
        .speaker = candidate->speaker.entity,
        .speaker_first = candidate->speaker.tokens.start,
        .speaker_last = candidate->speaker.tokens.end,
        .cue_first = candidate->cue_tokens.start,
        .cue_last = candidate->cue_tokens.end,
    };
    rate(finder, item, candidate->rule);
}

static void emit_reported(struct finder *finder, const struct frame *frame, const struct reported *reported) {
    struct speaker speaker = speaker_resolve(&finder->speakers, frame, reported->cue.speaker);
    struct range words = node_tokens(frame, reported->first, reported->last);
    struct range cue = node_tokens(frame, (uint32_t)reported->cue.verb, (uint32_t)reported->cue.cue_last);
    void *items = finder->reported;
    struct attribution *item = arena_push(finder->arena, &items, &finder->reported_count, &finder->reported_capacity, sizeof *item);
    finder->reported = items;
    if (!item) {
        finder->failed = true;
        return;
    }
    *item = (struct attribution){
        .start = finder->story.tokens->items[words.start].start,
        .end = finder->story.tokens->items[words.end - 1].end,
        .kind = QUOTE_INDIRECT,
        .speaker = speaker.entity,
        .speaker_first = speaker.tokens.start,
        .speaker_last = speaker.tokens.end,
        .cue_first = cue.start,
        .cue_last = cue.end,
    };
    rate(finder, item, (enum rule)(RULE_REPORTED_COMPLEMENT + (int)reported->form));
    if (about_find(finder->arena, finder->story.entities, words, (struct range){0, 0}, item->speaker, &item->about, &item->about_count))
        finder->failed = true;
}

static void attribute_reported(struct finder *finder, size_t sentence) {
    struct reported items[REPORTED_MAX];
    size_t count = indirect_find(&finder->story, &finder->frames[sentence], &finder->clauses[sentence], items);
    for (size_t i = 0; i < count; i++)
        emit_reported(finder, &finder->frames[sentence], &items[i]);
}

/* How sure the rule makes it that the words are a quote; a verb of saying far to the left without a clause that it governs tells nothing:
   "wrote several plays, among them one on the "dirty war"". */
static enum evidence evidence_of(const struct candidate *candidate) {
    enum { OBJECT_NODES_MAX = 12 };
    int verb = candidate->cue.verb;
    bool far = candidate->rule == RULE_LEADING && !candidate->scene.clauses->verbs[verb].governs &&
               candidate->scene.quote > (size_t)verb + OBJECT_NODES_MAX;
    return far ? EVIDENCE_NONE : rule_table[candidate->rule].evidence;
}

static void attribute(struct finder *finder, size_t sentence, size_t node) {
    const struct frame *frame = &finder->frames[sentence];
    struct candidate candidate = {
        .scene = {&finder->story, frame, &finder->clauses[sentence], node},
        .sentence = sentence,
        .stretch = &finder->story.stretches->items[frame->nodes[node].stretch],
        .cue = {.speaker.head = -1, .verb = -1},
        .rule = RULE_NOBODY,
        .speaker = {SPEAKER_NONE, {0, 0}},
    };
    if (!find_in_sentence(finder, &candidate))
        find_elsewhere(finder, &candidate);
    bool speech = quote_is_speech(&candidate.scene, evidence_of(&candidate), candidate.speaker.entity != SPEAKER_NONE);
    if (speech) {
        emit(finder, &candidate);
        if (candidate.rule != RULE_NOBODY)
            speakers_note(&finder->speakers, sentence, candidate.speaker, false);
    }
    finder->continued = candidate.stretch->continued && speech;
}

/* A speech over several paragraphs, or several quotes in one, whose speaker stands at its end. */
static void spread_backwards(struct finder *finder) {
    for (size_t i = finder->count; i > 1; i--) {
        const struct note *next = &finder->notes[i - 1];
        const struct note *note = &finder->notes[i - 2];
        bool explicit = next->rule == RULE_FOLLOWING || next->rule == RULE_NEXT;
        if (!note->goes_on || !explicit || !(note->rule >= RULE_CONTINUED))
            continue;
        struct attribution *item = &finder->items[i - 2];
        const struct attribution *from = &finder->items[i - 1];
        item->speaker = from->speaker;
        item->speaker_first = from->speaker_first;
        item->speaker_last = from->speaker_last;
        finder->notes[i - 2].rule = RULE_NEXT;
        rate(finder, item, RULE_NEXT);
    }
}

/* When all speakers are known: whom each quote is about. */
static void find_subjects(struct finder *finder) {
    for (size_t i = 0; i < finder->count; i++) {
        struct attribution *item = &finder->items[i];
        if (about_find(finder->arena, finder->story.entities, finder->notes[i].reported, finder->notes[i].quoted, item->speaker,
                       &item->about, &item->about_count))
            finder->failed = true;
    }
}

/* Both lists in one, ascending by start; where words stand in both, those in marks win. */
static enum result join(const struct finder *finder, struct attributions *ret) {
    struct attribution *items = arena_alloc_array(finder->arena, finder->count + finder->reported_count, sizeof *items);
    if (!items)
        return RESULT_MEMORY;
    size_t count = 0, r = 0;
    for (size_t i = 0; i <= finder->count; i++) {
        uint32_t limit = i < finder->count ? finder->items[i].start : UINT32_MAX;
        for (; r < finder->reported_count && finder->reported[r].start < limit; r++)
            if (finder->reported[r].end <= limit && (count == 0 || items[count - 1].end <= finder->reported[r].start))
                items[count++] = finder->reported[r];
        if (i < finder->count)
            items[count++] = finder->items[i];
    }
    *ret = (struct attributions){items, count};
    return RESULT_OK;
}

enum result attributions_find(struct arena *arena, const struct tokens *tokens, const struct stretches *stretches,
                              const struct sentences *sentences, const struct entities *entities, struct attributions *ret) {
    struct finder finder = {.arena = arena};
    enum result result = story_make(arena, tokens, stretches, sentences, entities, &finder.story);
    if (!result)
        result = frames_make(arena, &finder.story, &finder.frames);
    if (result)
        return result;
    finder.items = arena_alloc_array(arena, stretches->count, sizeof *finder.items);
    finder.clauses = arena_alloc_array(arena, sentences->count, sizeof *finder.clauses);
    finder.notes = arena_alloc_array(arena, stretches->count, sizeof *finder.notes);
    if (!finder.items || !finder.notes || !finder.clauses)
        return RESULT_MEMORY;
    if ((result = speakers_init(arena, &finder.story, finder.frames, finder.clauses, &finder.speakers)))
        return result;
    for (size_t i = 0; i < sentences->count && !result; i++)
        result = clauses_find(arena, &finder.story, &finder.frames[i], &finder.clauses[i]);
    for (size_t i = 0; i < sentences->count && !result; i++) {
        attribute_reported(&finder, i);
        if (!finder.frames[i].has_quote)
            speakers_note_reported(&finder.speakers, i);
        for (size_t k = 0; k < finder.frames[i].count; k++)
            if (finder.frames[i].nodes[k].role == NODE_QUOTE)
                attribute(&finder, i, k);
        speakers_note_subject(&finder.speakers, i);
    }
    spread_backwards(&finder);
    find_subjects(&finder);
    if (result || finder.failed)
        return RESULT_MEMORY;
    return join(&finder, ret);
}
