#include "extract/extract.h"

#include "base/utf8.h"
#include "extract/attribution.h"
#include "extract/clean.h"

/* What was found in a story, before its offsets become code points. */
struct findings {
    struct tokens tokens;
    struct stretches stretches;
    struct sentences sentences;
    struct names names;
    struct entities entities;
    struct attributions attributions;
};

static enum result analyse(struct arena *arena, struct span text, struct findings *ret) {
    enum result result = tokens_find(arena, text, &ret->tokens);
    if (!result)
        result = stretches_find(arena, &ret->tokens, &ret->stretches);
    if (!result)
        result = sentences_find(arena, &ret->tokens, &ret->stretches, &ret->sentences);
    if (!result)
        result = names_find(arena, &ret->tokens, &ret->sentences, &ret->names);
    if (!result)
        result = entities_link(arena, &ret->tokens, &ret->stretches, &ret->sentences, &ret->names, &ret->entities);
    if (!result)
        result = attributions_find(arena, &ret->tokens, &ret->stretches, &ret->sentences, &ret->entities, &ret->attributions);
    return result;
}

/* From bytes and tokens to what is served. */
struct converter {
    struct arena *arena;
    const struct findings *findings;
    struct utf8_index index;
};

static struct range range_of_bytes(const struct converter *converter, size_t start, size_t end) {
    return (struct range){utf8_index_code_point(&converter->index, start), utf8_index_code_point(&converter->index, end)};
}

static struct range bytes_of_tokens(const struct converter *converter, uint32_t first, uint32_t last) {
    const struct token *items = converter->findings->tokens.items;
    return first < last ? (struct range){items[first].start, items[last - 1].end} : (struct range){0, 0};
}

static struct span text_of(const struct converter *converter, struct range bytes) {
    return bytes.start < bytes.end ? span_slice(converter->findings->tokens.text, bytes.start, bytes.end) : (struct span){NULL, 0};
}

/* Index of the mention that begins with the token, or -1. */
static long mention_at(const struct entities *entities, uint32_t token) {
    size_t low = 0, high = entities->mention_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (entities->mentions[middle].first < token)
            low = middle + 1;
        else
            high = middle;
    }
    return low < entities->mention_count && entities->mentions[low].first == token ? (long)low : -1;
}

/* The entity of each mention. Who said a quote tells better whom the pronoun beside it means than the linking before it could. */
static int *entities_of_mentions(const struct converter *converter) {
    const struct entities *entities = &converter->findings->entities;
    const struct attributions *attributions = &converter->findings->attributions;
    int *ret = arena_alloc_array(converter->arena, entities->mention_count, sizeof *ret);
    for (size_t i = 0; ret && i < entities->mention_count; i++)
        ret[i] = entities->mentions[i].entity;
    for (size_t i = 0; ret && i < attributions->count; i++) {
        const struct attribution *item = &attributions->items[i];
        long mention = item->speaker_first < item->speaker_last ? mention_at(entities, item->speaker_first) : -1;
        if (mention >= 0 && item->speaker != SPEAKER_NONE && entities->mentions[mention].form == MENTION_PRONOUN &&
            entities->mentions[mention].last == item->speaker_last)
            ret[mention] = item->speaker;
    }
    return ret;
}

static enum result convert_entities(const struct converter *converter, struct article *article) {
    const struct entities *entities = &converter->findings->entities;
    struct entity *items = arena_alloc_array(converter->arena, entities->count, sizeof *items);
    struct mention *mentions = arena_alloc_array(converter->arena, entities->mention_count, sizeof *mentions);
    size_t *begins = arena_alloc_array(converter->arena, entities->count + 1, sizeof *begins);
    const int *entity_of = entities_of_mentions(converter);
    if (!items || !mentions || !begins || !entity_of)
        return RESULT_MEMORY;
    for (size_t i = 0; i < entities->mention_count; i++)
        begins[entity_of[i] + 1]++;
    for (size_t i = 0; i < entities->count; i++) {
        const struct entity_entry *entry = &entities->items[i];
        begins[i + 1] += begins[i];
        items[i] = (struct entity){entry->name, entry->type, entry->roles, entry->role_count, mentions + begins[i], 0};
    }
    for (size_t i = 0; i < entities->mention_count; i++) {
        const struct entity_mention *mention = &entities->mentions[i];
        struct entity *entity = &items[entity_of[i]];
        struct range bytes = bytes_of_tokens(converter, mention->first, mention->last);
        mentions[begins[entity_of[i]] + entity->mention_count++] =
            (struct mention){range_of_bytes(converter, bytes.start, bytes.end), mention->form};
    }
    article->entities = items;
    article->entity_count = entities->count;
    return RESULT_OK;
}

static struct quote convert_quote(const struct converter *converter, const struct attribution *item) {
    struct range words = {item->start, item->end};
    struct range speaker = bytes_of_tokens(converter, item->speaker_first, item->speaker_last);
    struct range cue = bytes_of_tokens(converter, item->cue_first, item->cue_last);
    return (struct quote){
        .text = text_of(converter, words),
        .range = range_of_bytes(converter, words.start, words.end),
        .kind = item->kind,
        .speaker = item->speaker,
        .speaker_text = text_of(converter, speaker),
        .speaker_range = range_of_bytes(converter, speaker.start, speaker.end),
        .cue = text_of(converter, cue),
        .cue_range = range_of_bytes(converter, cue.start, cue.end),
        .confidence = item->confidence,
        .about = item->about,
        .about_count = item->about_count,
        .rule = item->rule,
    };
}

static enum result convert_quotes(const struct converter *converter, struct article *article) {
    const struct attributions *attributions = &converter->findings->attributions;
    struct quote *quotes = arena_alloc_array(converter->arena, attributions->count, sizeof *quotes);
    if (!quotes)
        return RESULT_MEMORY;
    for (size_t i = 0; i < attributions->count; i++)
        quotes[i] = convert_quote(converter, &attributions->items[i]);
    article->quotes = quotes;
    article->quote_count = attributions->count;
    return RESULT_OK;
}

static void copy_metadata(const struct document *document, const struct body *body, struct article *article) {
    *article = (struct article){
        .title = body->title,
        .text = body->text,
        .language = document->language,
        .url = document->url,
        .source_name = body->source_name,
        .section = document->section,
        .image_credit = body->image_credit,
        .published = body->published,
        .published_from = body->published_from,
        .authors = body->authors,
        .author_count = body->author_count,
        .dropped = body->dropped,
        .dropped_count = body->dropped_count,
    };
}

static enum result fail(struct error *error, enum result result) {
    return error_set(error, result, "not enough memory to analyse the story");
}

enum result extract_article(struct arena *arena, const struct document *document, struct article *ret, struct error *error) {
    struct body body;
    enum result result = body_find(arena, document, &body, error);
    if (result)
        return result;
    if (body.text.length > STORY_BYTES_MAX)
        return error_set(error, RESULT_TOO_LARGE, "the story has %zu bytes; at most %d are analysed", body.text.length, STORY_BYTES_MAX);
    struct findings findings;
    struct converter converter = {.arena = arena, .findings = &findings};
    if ((result = analyse(arena, body.text, &findings)) || (result = utf8_index_make(arena, body.text, &converter.index)))
        return fail(error, result);
    struct article article;
    copy_metadata(document, &body, &article);
    if ((result = convert_entities(&converter, &article)) || (result = convert_quotes(&converter, &article)))
        return fail(error, result);
    *ret = article;
    return RESULT_OK;
}
