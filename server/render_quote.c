#include "server/render.h"

#define WANTED(name) (fields & FIELD_BIT(QUOTE_FIELD_##name))

static void render_reference(struct json_writer *writer, const struct db_entity_reference *reference) {
    json_object_begin(writer);
    json_member_string(writer, "id", reference->id);
    json_member_string(writer, "name", reference->name);
    json_member_string(writer, "type", span_of(entity_type_name(reference->type)));
    json_object_end(writer);
}

static void render_speaker(struct json_writer *writer, const struct db_quote *quote) {
    json_key(writer, "speaker");
    if (quote->has_speaker)
        render_reference(writer, &quote->speaker);
    else
        json_write_null(writer);
}

static void render_about(struct json_writer *writer, const struct db_quote *quote) {
    json_key(writer, "about");
    json_array_begin(writer);
    for (size_t i = 0; i < quote->about_count; i++)
        render_reference(writer, &quote->about[i]);
    json_array_end(writer);
}

static void render_article_reference(struct json_writer *writer, const struct db_quote *quote) {
    json_key(writer, "article");
    json_object_begin(writer);
    json_member_string(writer, "id", quote->article_id);
    json_member_string_or_null(writer, "title", quote->article_title);
    json_member_string_or_null(writer, "url", quote->article_url);
    json_key(writer, "source");
    render_source_reference(writer, quote->source_id, quote->source_name);
    render_moment(writer, "published", quote->published);
    json_object_end(writer);
}

/* W3C Web Annotation Data Model, sections 4.2.4 and 4.2.5. */
static void render_selectors(struct json_writer *writer, const struct db_quote *quote) {
    json_key(writer, "selectors");
    json_array_begin(writer);
    json_object_begin(writer);
    json_member_string(writer, "type", SPAN("TextQuoteSelector"));
    json_member_string(writer, "exact", quote->text);
    json_member_string(writer, "prefix", quote->prefix);
    json_member_string(writer, "suffix", quote->suffix);
    json_object_end(writer);
    json_object_begin(writer);
    json_member_string(writer, "type", SPAN("TextPositionSelector"));
    json_member_int(writer, "start", quote->range.start);
    json_member_int(writer, "end", quote->range.end);
    json_object_end(writer);
    json_array_end(writer);
}

void render_quote(struct json_writer *writer, const struct db_quote *quote, uint64_t fields, struct arena *arena) {
    json_object_begin(writer);
    if (WANTED(ID))
        json_member_string(writer, "id", arena_print(arena, "%.*s-%u", SPAN_PRINT(quote->article_id), (unsigned)quote->ordinal));
    if (WANTED(TEXT))
        json_member_string(writer, "text", quote->text);
    if (WANTED(KIND))
        json_member_string(writer, "kind", span_of(quote_kind_name(quote->kind)));
    if (WANTED(SPEAKER))
        render_speaker(writer, quote);
    if (WANTED(SPEAKER_TEXT))
        json_member_string_or_null(writer, "speaker_text", quote->speaker_text);
    if (WANTED(CUE))
        json_member_string_or_null(writer, "cue", quote->cue);
    if (WANTED(CONFIDENCE)) {
        json_key(writer, "confidence");
        json_write_real(writer, quote->confidence, CONFIDENCE_DECIMALS);
    }
    if (WANTED(ABOUT))
        render_about(writer, quote);
    if (WANTED(ARTICLE))
        render_article_reference(writer, quote);
    if (WANTED(SELECTORS))
        render_selectors(writer, quote);
    if (WANTED(CONTEXT))
        json_member_string_or_null(writer, "context", quote->context);
    if (WANTED(LINK))
        json_member_string_or_null(writer, "link", text_fragment_link(arena, quote));
    if (WANTED(ADDED))
        json_member_time(writer, "added", quote->added);
    if (WANTED(REVISION))
        json_member_int(writer, "revision", quote->revision);
    json_object_end(writer);
}
