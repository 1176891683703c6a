#include "ingest/one.h"

#include "base/arena.h"
#include "base/cleanup.h"

enum { STRIDE = 64 }; /* code points from one known byte offset to the next: a lookup walks at most so many characters */

/* From code points to bytes of a text. */
struct places {
    struct span text;
    const size_t *bytes; /* of code points 0, STRIDE, 2 STRIDE ... */
    size_t code_points;
};

static bool begins_character(char byte) {
    return ((unsigned char)byte & 0xC0) != 0x80;
}

static bool places_make(struct arena *arena, struct span text, struct places *ret) {
    size_t *bytes = arena_alloc_array(arena, text.length / STRIDE + 1, sizeof *bytes);
    if (!bytes)
        return false;
    size_t count = 0;
    for (size_t at = 0; at < text.length; at++) {
        if (!begins_character(text.data[at]))
            continue;
        if (count % STRIDE == 0)
            bytes[count / STRIDE] = at;
        count++;
    }
    *ret = (struct places){text, bytes, count};
    return true;
}

static size_t byte_of(const struct places *places, uint32_t code_point) {
    if (code_point >= places->code_points)
        return places->text.length;
    size_t at = places->bytes[code_point / STRIDE];
    for (uint32_t left = code_point % STRIDE; left > 0; left--)
        do
            at++;
        while (at < places->text.length && !begins_character(places->text.data[at]));
    return at;
}

static struct span text_of(const struct places *places, struct range range) {
    return span_slice(places->text, byte_of(places, range.start), byte_of(places, range.end));
}

static void write_strings(struct json_writer *writer, const char *key, const struct span *items, size_t count) {
    json_key(writer, key);
    json_array_begin(writer);
    for (size_t i = 0; i < count; i++)
        json_write_string(writer, items[i]);
    json_array_end(writer);
}

static void write_dropped(struct json_writer *writer, const struct article *article) {
    json_key(writer, "dropped");
    json_array_begin(writer);
    for (size_t i = 0; i < article->dropped_count; i++) {
        json_object_begin(writer);
        json_member_string(writer, "text", article->dropped[i].text);
        json_member_string(writer, "why", span_of(article->dropped[i].why));
        json_object_end(writer);
    }
    json_array_end(writer);
}

/* The places that name the entity, or those that only refer to it ("the minister", "he"). */
static void write_mentions(struct json_writer *writer, const struct places *places, const struct entity *entity, const char *key,
                           bool names) {
    json_key(writer, key);
    json_array_begin(writer);
    for (size_t i = 0; i < entity->mention_count; i++) {
        const struct mention *mention = &entity->mentions[i];
        if ((mention->form == MENTION_NAME) != names)
            continue;
        json_object_begin(writer);
        json_member_int(writer, "start", mention->range.start);
        json_member_int(writer, "end", mention->range.end);
        json_member_string(writer, "text", text_of(places, mention->range));
        if (!names)
            json_member_string(writer, "form", span_of(mention_form_name(mention->form)));
        json_object_end(writer);
    }
    json_array_end(writer);
}

static void write_entity(struct json_writer *writer, const struct places *places, const struct entity *entity) {
    json_object_begin(writer);
    json_member_string(writer, "name", entity->name);
    json_member_string(writer, "type", span_of(entity_type_name(entity->type)));
    write_strings(writer, "roles", entity->roles, entity->role_count);
    write_mentions(writer, places, entity, "mentions", true);
    write_mentions(writer, places, entity, "references", false);
    json_object_end(writer);
}

/* null where nothing stands beside the quote: an empty range is no place. */
static void write_range(struct json_writer *writer, const char *start, const char *end, struct range range) {
    if (range.start < range.end) {
        json_member_int(writer, start, range.start);
        json_member_int(writer, end, range.end);
        return;
    }
    json_key(writer, start);
    json_write_null(writer);
    json_key(writer, end);
    json_write_null(writer);
}

static void write_quote(struct json_writer *writer, const struct article *article, const struct quote *quote) {
    struct span speaker = quote->speaker == SPEAKER_NONE ? (struct span){0} : article->entities[quote->speaker].name;
    json_object_begin(writer);
    json_member_string(writer, "text", quote->text);
    json_member_string(writer, "kind", span_of(quote_kind_name(quote->kind)));
    json_member_int(writer, "start", quote->range.start);
    json_member_int(writer, "end", quote->range.end);
    json_member_string_or_null(writer, "speaker", speaker);
    json_member_string_or_null(writer, "speaker_text", quote->speaker_text);
    write_range(writer, "speaker_start", "speaker_end", quote->speaker_range);
    json_member_string_or_null(writer, "cue", quote->cue);
    write_range(writer, "cue_start", "cue_end", quote->cue_range);
    json_key(writer, "confidence");
    json_write_real(writer, quote->confidence, 3);
    json_key(writer, "about");
    json_array_begin(writer);
    for (size_t i = 0; i < quote->about_count; i++)
        json_write_string(writer, article->entities[quote->about[i]].name);
    json_array_end(writer);
    json_object_end(writer);
}

static void write_metadata(struct json_writer *writer, const struct article *article) {
    json_member_string_or_null(writer, "title", article->title);
    json_member_string(writer, "text", article->text);
    json_member_string_or_null(writer, "language", article->language);
    if (article->published.precision == PRECISION_NONE) {
        json_key(writer, "published");
        json_write_null(writer);
    } else {
        json_member_time(writer, "published", article->published.seconds);
    }
    json_member_string_or_null(writer, "source", article->source_name);
    write_strings(writer, "authors", article->authors, article->author_count);
    json_member_string_or_null(writer, "url", article->url);
    json_member_string_or_null(writer, "section", article->section);
    json_member_string_or_null(writer, "image_credit", article->image_credit);
}

void extraction_write_json(struct json_writer *writer, const struct article *article) {
    CLEANUP(arena_done) struct arena arena;
    arena_init(&arena, 0);
    struct places places;
    if (!places_make(&arena, article->text, &places)) {
        writer->out->result = RESULT_MEMORY;
        return;
    }
    json_object_begin(writer);
    write_metadata(writer, article);
    write_dropped(writer, article);
    json_key(writer, "entities");
    json_array_begin(writer);
    for (size_t i = 0; i < article->entity_count; i++)
        write_entity(writer, &places, &article->entities[i]);
    json_array_end(writer);
    json_key(writer, "quotes");
    json_array_begin(writer);
    for (size_t i = 0; i < article->quote_count; i++)
        write_quote(writer, article, &article->quotes[i]);
    json_array_end(writer);
    json_object_end(writer);
}
