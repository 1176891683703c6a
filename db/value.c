#include "db/value.h"

#include <math.h>
#include <string.h>

#include "base/buffer.h"
#include "base/utf8.h"
#include "db/write.h"

/* --- can it be stored? -------------------------------------------------------------------------------------------------------------------
 */

struct checker {
    struct error *error;
    enum result result;   /* the first finding */
    uint32_t text_length; /* code points */
};

static void find_fault(struct checker *checker, enum result result, const char *what, const char *fault) {
    if (checker->result == RESULT_OK)
        checker->result = error_set(checker->error, result, "%s %s", what, fault);
}

static void check_text(struct checker *checker, struct span text, const char *what) {
    size_t bad = 0;
    if (!utf8_valid(text, &bad))
        find_fault(checker, RESULT_INVALID, what, "is not UTF-8");
    if (text.length && memchr(text.data, '\0', text.length))
        find_fault(checker, RESULT_INVALID, what, "holds a NUL");
}

static void check_range(struct checker *checker, struct range range, const char *what) {
    if (range.start > range.end || range.end > checker->text_length)
        find_fault(checker, RESULT_INVALID, what, "lies outside the text");
}

static void check_entity(struct checker *checker, const struct entity *entity) {
    check_text(checker, entity->name, "an entity's name");
    if (entity->name.length == 0)
        find_fault(checker, RESULT_INVALID, "an entity's name", "is empty");
    if (entity->name.length > NAME_BYTES_MAX)
        find_fault(checker, RESULT_TOO_LARGE, "an entity's name", "is too long");
    if ((unsigned)entity->type >= ENTITY_TYPE_COUNT)
        find_fault(checker, RESULT_INVALID, "an entity's type", "is none");
    for (size_t i = 0; i < entity->role_count; i++)
        check_text(checker, entity->roles[i], "a role");
    for (size_t i = 0; i < entity->mention_count; i++) {
        check_range(checker, entity->mentions[i].range, "a mention");
        if ((unsigned)entity->mentions[i].form >= MENTION_FORM_COUNT)
            find_fault(checker, RESULT_INVALID, "a mention's form", "is none");
    }
}

static void check_quote(struct checker *checker, const struct quote *quote, size_t entity_count) {
    check_text(checker, quote->text, "a quote's text");
    check_text(checker, quote->speaker_text, "a speaker's text");
    check_text(checker, quote->cue, "a cue");
    check_range(checker, quote->range, "a quote");
    check_range(checker, quote->speaker_range, "a speaker");
    check_range(checker, quote->cue_range, "a cue");
    if ((unsigned)quote->kind >= QUOTE_KIND_COUNT)
        find_fault(checker, RESULT_INVALID, "a quote's kind", "is none");
    if (quote->speaker != SPEAKER_NONE && (quote->speaker < 0 || (size_t)quote->speaker >= entity_count))
        find_fault(checker, RESULT_INVALID, "a speaker", "is none of the entities");
    for (size_t i = 0; i < quote->about_count; i++)
        if (quote->about[i] < 0 || (size_t)quote->about[i] >= entity_count)
            find_fault(checker, RESULT_INVALID, "a quote's subject", "is none of the entities");
    if (!(quote->confidence >= 0 && quote->confidence <= 1))
        find_fault(checker, RESULT_INVALID, "a confidence", "is not between 0 and 1");
}

static void check_head(struct checker *checker, const struct article *article) {
    check_text(checker, article->text, "the text");
    check_text(checker, article->title, "the title");
    check_text(checker, article->language, "the language");
    check_text(checker, article->url, "the URL");
    check_text(checker, article->source_name, "the source's name");
    check_text(checker, article->section, "the section");
    check_text(checker, article->image_credit, "the image credit");
    if (article->published.precision != PRECISION_NONE && (article->published.seconds < TIME_MIN || article->published.seconds > TIME_MAX))
        find_fault(checker, RESULT_INVALID, "the date", "is out of range");
    for (size_t i = 0; i < article->author_count; i++)
        check_text(checker, article->authors[i], "an author");
    for (size_t i = 0; i < article->dropped_count; i++)
        check_text(checker, article->dropped[i].text, "a dropped piece");
    if (article->author_count > AUTHORS_MAX)
        find_fault(checker, RESULT_TOO_LARGE, "the byline", "has too many authors");
    if (article->quote_count > QUOTES_PER_ARTICLE_MAX)
        find_fault(checker, RESULT_TOO_LARGE, "the article", "has too many quotes");
}

enum result value_check(const struct article *article, struct error *error) {
    if (article->text.length > INT32_MAX)
        return error_set(error, RESULT_TOO_LARGE, "the text is too long");
    struct checker checker = {.error = error};
    check_head(&checker, article);
    if (checker.result != RESULT_OK)
        return checker.result;
    checker.text_length = (uint32_t)utf8_count(article->text);
    for (size_t i = 0; i < article->entity_count && checker.result == RESULT_OK; i++)
        check_entity(&checker, &article->entities[i]);
    for (size_t i = 0; i < article->quote_count && checker.result == RESULT_OK; i++)
        check_quote(&checker, &article->quotes[i], article->entity_count);
    return checker.result;
}

/* --- what it amounts to ------------------------------------------------------------------------------------------------------------------
 */

/* Every piece with its length before it, so that no two values give the same bytes. */
static void put_number(struct buffer *out, int64_t value) {
    uint64_t bits = (uint64_t)value;
    for (int i = 0; i < 8; i++)
        buffer_append_char(out, (char)(bits >> (8 * i) & 0xff));
}

static void put_text(struct buffer *out, struct span text) {
    put_number(out, (int64_t)text.length);
    buffer_append_span(out, text);
}

static void put_range(struct buffer *out, struct range range) {
    put_number(out, range.start);
    put_number(out, range.end);
}

static void put_head(struct buffer *out, const struct article *article) {
    const struct span texts[] = {article->title,       article->text,    article->language,     article->url,
                                 article->source_name, article->section, article->image_credit, span_of(article->published_from)};
    for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++)
        put_text(out, texts[i]);
    put_number(out, article->published.precision);
    put_number(out, article->published.precision == PRECISION_NONE ? 0 : article->published.seconds);
    put_number(out, (int64_t)article->author_count);
    for (size_t i = 0; i < article->author_count; i++)
        put_text(out, article->authors[i]);
    put_number(out, (int64_t)article->dropped_count);
    for (size_t i = 0; i < article->dropped_count; i++) {
        put_text(out, article->dropped[i].text);
        put_text(out, span_of(article->dropped[i].why));
    }
}

static void put_entity(struct buffer *out, const struct entity *entity) {
    put_text(out, entity->name);
    put_number(out, entity->type);
    put_number(out, (int64_t)entity->role_count);
    for (size_t i = 0; i < entity->role_count; i++)
        put_text(out, entity->roles[i]);
    put_number(out, (int64_t)entity->mention_count);
    for (size_t i = 0; i < entity->mention_count; i++) {
        put_range(out, entity->mentions[i].range);
        put_number(out, entity->mentions[i].form);
    }
}

static void put_quote(struct buffer *out, const struct quote *quote) {
    put_text(out, quote->text);
    put_range(out, quote->range);
    put_number(out, quote->kind);
    put_number(out, quote->speaker);
    put_text(out, quote->speaker_text);
    put_range(out, quote->speaker_range);
    put_text(out, quote->cue);
    put_range(out, quote->cue_range);
    put_number(out, llround(quote->confidence * 1e9));
    put_text(out, span_of(quote->rule));
    put_number(out, (int64_t)quote->about_count);
    for (size_t i = 0; i < quote->about_count; i++)
        put_number(out, quote->about[i]);
}

enum result value_digest(const struct article *article, uint8_t ret[SHA256_BYTES]) {
    CLEANUP(buffer_done) struct buffer out;
    buffer_init(&out, 0);
    put_head(&out, article);
    put_number(&out, (int64_t)article->entity_count);
    for (size_t i = 0; i < article->entity_count; i++)
        put_entity(&out, &article->entities[i]);
    put_number(&out, (int64_t)article->quote_count);
    for (size_t i = 0; i < article->quote_count; i++)
        put_quote(&out, &article->quotes[i]);
    enum result result = buffer_result(&out);
    if (result == RESULT_OK)
        sha256(buffer_span(&out), ret);
    return result;
}

int64_t value_word_count(struct span text) {
    int64_t count = 0;
    bool in_word = false;
    for (size_t at = 0, length = 0; at < text.length; at += length) {
        uint32_t code_point = utf8_decode(text, at, &length);
        bool is_space = utf8_class_of(code_point) == UTF8_SPACE;
        count += !is_space && !in_word;
        in_word = !is_space;
    }
    return count;
}

/* --- code points to bytes ----------------------------------------------------------------------------------------------------------------
 */

enum { OFFSETS_STEP = 64 };

static bool begins_character(char byte) {
    return ((unsigned char)byte & 0xc0) != 0x80;
}

enum result offsets_make(struct arena *arena, struct span text, struct offsets *ret) {
    size_t count = utf8_count(text);
    uint32_t *table = arena_alloc_array(arena, count / OFFSETS_STEP + 1, sizeof(*table));
    if (!table)
        return RESULT_MEMORY;
    size_t code_point = 0;
    for (size_t at = 0; at < text.length; at++) {
        if (!begins_character(text.data[at]))
            continue;
        if (code_point % OFFSETS_STEP == 0)
            table[code_point / OFFSETS_STEP] = (uint32_t)at;
        code_point++;
    }
    if (count % OFFSETS_STEP == 0)
        table[count / OFFSETS_STEP] = (uint32_t)text.length;
    *ret = (struct offsets){text, table};
    return RESULT_OK;
}

size_t offsets_byte(const struct offsets *offsets, uint32_t code_point) {
    size_t at = offsets->table[code_point / OFFSETS_STEP];
    for (uint32_t left = code_point % OFFSETS_STEP; left > 0; left--) {
        at++;
        while (at < offsets->text.length && !begins_character(offsets->text.data[at]))
            at++;
    }
    return at;
}
