#include "ingest/reader.h"

#include "base/cleanup.h"
#include "base/utf8.h"

#include <ctype.h>
#include <jansson.h>
#include <math.h>
#include <string.h>

/* What a key stands for. Each field has its synonyms in the order in which they are believed; docs/DATA.md lists them with the dumps that
   use them. Keys are compared without case, "_", "-" and blanks: "datePublished", "date_published" and "Date Published" are one. */
enum field { FIELD_TITLE, FIELD_TEXT, FIELD_URL, FIELD_PUBLISHED, FIELD_SOURCE, FIELD_AUTHORS, FIELD_LANGUAGE, FIELD_SECTION, FIELD_COUNT };

enum { SYNONYMS_MAX = 16, KEY_MAX = 32 };

static const char *const SYNONYMS[FIELD_COUNT][SYNONYMS_MAX] = {
    [FIELD_TITLE] = {"title", "headline", "name"},
    [FIELD_TEXT] = {"text", "maintext", "articlebody", "fulltext", "articletext", "body", "content", "rawtext", "html"},
    [FIELD_URL] = {"url", "canonicalurl", "link", "weburl", "mainentityofpage", "@id"},
    [FIELD_PUBLISHED] = {"published", "datepublished", "datepublish", "publishdate", "publishedat", "publisheddate", "publicationdate",
                         "pubdate", "date", "timestamp"},
    [FIELD_SOURCE] = {"source", "sourcename", "sitename", "publication", "publisher", "outlet", "sourcedomain", "domain", "hostname",
                      "sourceurl"},
    [FIELD_AUTHORS] = {"authors", "author", "byline", "creator"},
    [FIELD_LANGUAGE] = {"language", "lang", "inlanguage"},
    [FIELD_SECTION] = {"section", "articlesection", "sectionname", "category"},
};

/* Where an object stands for a string, the keys that hold it. */
static const char *const NAME_KEYS[] = {"name", "main", "original", "$date", "@value", "@id", "title", NULL};

/* The object's values by field and synonym; borrowed from the tree. */
struct fields {
    const json_t *values[FIELD_COUNT][SYNONYMS_MAX];
};

struct reading {
    struct arena *arena;
    struct document *document;
    struct fields fields;
    int64_t now;
    struct error *error;
};

static void json_decref_pointer(json_t **value) {
    json_decref(*value);
}

static bool plain_key(const char *key, char out[KEY_MAX + 1]) {
    size_t length = 0;
    for (; *key; key++) {
        if (*key == '_' || *key == '-' || *key == ' ')
            continue;
        if (length == KEY_MAX)
            return false;
        out[length++] = (char)tolower((unsigned char)*key);
    }
    out[length] = '\0';
    return true;
}

static void place_field(struct fields *fields, const char *key, const json_t *value) {
    char plain[KEY_MAX + 1];
    if (json_is_null(value) || !plain_key(key, plain))
        return;
    for (int field = 0; field < FIELD_COUNT; field++) {
        for (int i = 0; i < SYNONYMS_MAX && SYNONYMS[field][i]; i++) {
            if (strcmp(plain, SYNONYMS[field][i]) != 0)
                continue;
            if (!fields->values[field][i])
                fields->values[field][i] = value;
            return;
        }
    }
}

static struct span span_of_json(const json_t *string) {
    return (struct span){json_string_value(string), json_string_length(string)};
}

/* The string that a value stands for: itself, the name in an object, the first of a list. The empty span where there is none. */
static struct span text_of(const json_t *value) {
    for (int hop = 0; hop < 3 && value; hop++) {
        if (json_is_string(value))
            return span_trim(span_of_json(value));
        const json_t *inner = NULL;
        if (json_is_array(value))
            inner = json_array_get(value, 0);
        for (const char *const *key = NAME_KEYS; json_is_object(value) && *key && !inner; key++)
            inner = json_object_get(value, *key);
        value = inner;
    }
    return (struct span){0};
}

static const char *type_name(const json_t *value) {
    switch (json_typeof(value)) {
    case JSON_OBJECT:
        return "an object";
    case JSON_ARRAY:
        return "an array";
    case JSON_STRING:
        return "a string";
    case JSON_INTEGER:
    case JSON_REAL:
        return "a number";
    case JSON_TRUE:
    case JSON_FALSE:
        return "true or false";
    case JSON_NULL:
        break;
    }
    return "null";
}

static enum result out_of_memory(struct reading *reading) {
    return error_set(reading->error, RESULT_MEMORY, "out of memory");
}

/* The first synonym that has a string. */
static struct span first_text(const struct reading *reading, enum field field) {
    for (int i = 0; i < SYNONYMS_MAX && SYNONYMS[field][i]; i++) {
        struct span text = text_of(reading->fields.values[field][i]);
        if (text.length > 0)
            return text;
    }
    return (struct span){0};
}

/* A list of strings is a list of paragraphs. *ret is the empty span where one is no string. */
static bool join_paragraphs(struct arena *arena, const json_t *list, struct span *ret) {
    size_t length = 0, index;
    const json_t *item;
    *ret = (struct span){0};
    json_array_foreach(list, index, item) {
        if (!json_is_string(item))
            return true;
        length += json_string_length(item) + 2;
    }
    char *data = arena_alloc(arena, length);
    if (!data)
        return false;
    size_t at = 0;
    json_array_foreach(list, index, item) {
        memcpy(data + at, json_string_value(item), json_string_length(item));
        at += json_string_length(item);
        memcpy(data + at, "\n\n", 2);
        at += 2;
    }
    *ret = (struct span){data, at};
    return true;
}

static enum result set_blocks(struct reading *reading, struct span text) {
    struct span repaired = {0};
    enum utf8_origin origin;
    struct span copy = arena_copy(reading->arena, text);
    if (arena_failed(reading->arena))
        return out_of_memory(reading);
    enum result result = utf8_repair(reading->arena, copy, &repaired, &origin, reading->error);
    if (result != RESULT_OK)
        return result;
    struct document *document = reading->document;
    if (text_blocks(reading->arena, repaired, &document->blocks, &document->block_count) != RESULT_OK)
        return out_of_memory(reading);
    return RESULT_OK;
}

/* A field that holds a page or a piece of one. */
static enum result set_html_blocks(struct reading *reading, struct span html) {
    reading->document->title = text_one_line(reading->arena, first_text(reading, FIELD_TITLE));
    return reader_html_piece(reading->arena, html, reading->document, reading->error);
}

/* The first text field that is a plain text wins, then the first that is HTML; why the others did not is told where there is none. */
static enum result read_text(struct reading *reading) {
    const char *wrong = NULL, *wrong_type = NULL;
    struct span html = {0};
    for (int i = 0; i < SYNONYMS_MAX && SYNONYMS[FIELD_TEXT][i]; i++) {
        const json_t *value = reading->fields.values[FIELD_TEXT][i];
        struct span text = {0};
        if (!value)
            continue;
        if (json_is_string(value))
            text = span_of_json(value);
        else if (json_is_array(value) && !join_paragraphs(reading->arena, value, &text))
            return out_of_memory(reading);
        bool is_text = json_is_string(value) || text.length > 0;
        if (!is_text) {
            wrong = SYNONYMS[FIELD_TEXT][i];
            wrong_type = type_name(value);
        } else if (text_is_html(text)) {
            html = html.length > 0 ? html : text;
        } else if (span_trim(text).length > 0) {
            return set_blocks(reading, text);
        }
    }
    if (html.length > 0)
        return set_html_blocks(reading, html);
    if (wrong)
        return error_set(reading->error, RESULT_INVALID, "\"%s\" is %s, not a text", wrong, wrong_type);
    return error_set(reading->error, RESULT_INVALID, "no text: none of the fields text, maintext, articleBody, body, content ... has any");
}

static enum result read_title(struct reading *reading) {
    for (int i = 0; i < SYNONYMS_MAX && SYNONYMS[FIELD_TITLE][i]; i++) {
        const json_t *value = reading->fields.values[FIELD_TITLE][i];
        if (value && !json_is_string(value) && text_of(value).length == 0)
            return error_set(reading->error, RESULT_INVALID, "\"%s\" is %s, not a text", SYNONYMS[FIELD_TITLE][i], type_name(value));
    }
    reading->document->title = text_one_line(reading->arena, first_text(reading, FIELD_TITLE));
    return arena_failed(reading->arena) ? out_of_memory(reading) : RESULT_OK;
}

/* The first date that can be believed; numbers are Unix seconds or milliseconds. */
static void read_published(struct reading *reading) {
    struct document *document = reading->document;
    for (int i = 0; i < SYNONYMS_MAX && SYNONYMS[FIELD_PUBLISHED][i]; i++) {
        const json_t *value = reading->fields.values[FIELD_PUBLISHED][i];
        char digits[32];
        struct span text = text_of(value);
        if (json_is_number(value) && fabs(json_number_value(value)) < 1e15) {
            snprintf(digits, sizeof digits, "%.0f", json_number_value(value));
            text = span_of(digits);
        }
        document_set_published(document, text, reading->now, "metadata");
        if (document->published.precision != PRECISION_NONE)
            return;
    }
}

static bool read_authors(struct reading *reading) {
    struct name_list list = {0};
    for (int i = 0; i < SYNONYMS_MAX && SYNONYMS[FIELD_AUTHORS][i] && list.count == 0; i++) {
        const json_t *value = reading->fields.values[FIELD_AUTHORS][i];
        size_t count = json_is_array(value) ? json_array_size(value) : value != NULL;
        for (size_t k = 0; k < count; k++) {
            const json_t *author = json_is_array(value) ? json_array_get(value, k) : value;
            if (!authors_add(reading->arena, &list, text_of(author)))
                return false;
        }
    }
    reading->document->authors = list.items;
    reading->document->author_count = list.count;
    return true;
}

static bool read_url(struct reading *reading) {
    struct document *document = reading->document;
    for (int i = 0; i < SYNONYMS_MAX && SYNONYMS[FIELD_URL][i] && document->url.length == 0; i++) {
        struct span copy = arena_copy(reading->arena, text_of(reading->fields.values[FIELD_URL][i]));
        if (arena_failed(reading->arena) || !document_set_url(reading->arena, document, copy))
            return false;
    }
    return true;
}

static enum result read_metadata(struct reading *reading) {
    struct document *document = reading->document;
    read_published(reading);
    document->section = text_one_line(reading->arena, first_text(reading, FIELD_SECTION));
    if (!read_url(reading) || !read_authors(reading) || !document_set_source(reading->arena, document, first_text(reading, FIELD_SOURCE)) ||
        !document_set_language(reading->arena, document, first_text(reading, FIELD_LANGUAGE)) || arena_failed(reading->arena))
        return out_of_memory(reading);
    return RESULT_OK;
}

static enum result parse(struct arena *arena, struct span bytes, json_t **ret, struct error *error) {
    struct span text = bytes;
    size_t bad;
    enum utf8_origin origin;
    if (!utf8_valid(bytes, &bad)) {
        enum result result = utf8_repair(arena, bytes, &text, &origin, error);
        if (result != RESULT_OK)
            return result;
    }
    /* Numbers are only looked at as dates, so that no integer has to fit. */
    json_error_t why;
    *ret = json_loadb(text.data, text.length, JSON_DECODE_ANY | JSON_DECODE_INT_AS_REAL, &why);
    if (*ret)
        return RESULT_OK;
    if (json_error_code(&why) == json_error_out_of_memory)
        return error_set(error, RESULT_MEMORY, "out of memory");
    return error_set(error, RESULT_INVALID, "not JSON: %s (byte %d)", why.text, why.position);
}

enum result reader_json(struct arena *arena, struct span bytes, int64_t now, struct document *ret, struct error *error) {
    CLEANUP(json_decref_pointer) json_t *root = NULL;
    enum result result = parse(arena, bytes, &root, error);
    if (result != RESULT_OK)
        return result;
    if (!json_is_object(root))
        return error_set(error, RESULT_INVALID, "%s, not a JSON object", type_name(root));
    struct document document = {0};
    struct reading reading = {.arena = arena, .document = &document, .now = now, .error = error};
    const char *key;
    json_t *value;
    json_object_foreach(root, key, value) place_field(&reading.fields, key, value);
    result = read_text(&reading);
    if (result == RESULT_OK)
        result = read_title(&reading);
    if (result == RESULT_OK)
        result = read_metadata(&reading);
    if (result == RESULT_OK)
        *ret = document;
    return result;
}
