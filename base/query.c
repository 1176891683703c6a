#include "base/query.h"

#include "base/utf8.h"

enum connective { CONNECTIVE_NONE, CONNECTIVE_AND, CONNECTIVE_OR, CONNECTIVE_NOT };

struct node_list {
    const struct query_node **items;
    size_t count;
    size_t capacity;
};

struct parser {
    struct arena *arena;
    struct span text;
    size_t at; /* bytes */
    size_t terms;
    struct node_list all;                      /* the children of the AND */
    struct node_list alternatives;             /* the terms that OR joins so far */
    enum { NOTHING, INCLUDED, EXCLUDED } last; /* the term before: what a connective may follow */
    enum connective pending;                   /* stands before the next term, at pending_at */
    size_t pending_at;
    bool has_positive;
    size_t *ret_position;
    struct error *error;
};

/* What a quotation mark is: phones and word processors write curly ones. */
static bool is_quote(uint32_t character) {
    return character == '"' || (character >= 0x201C && character <= 0x201F) || character == 0xAB || character == 0xBB;
}

static bool is_space(uint32_t character) {
    return utf8_class_of(character) == UTF8_SPACE;
}

static uint32_t peek(const struct parser *parser, size_t *ret_length) {
    return utf8_decode(parser->text, parser->at, ret_length);
}

static bool at_end(const struct parser *parser) {
    return parser->at >= parser->text.length;
}

static bool has_word(struct span text) {
    size_t length;
    for (size_t at = 0; at < text.length; at += length) {
        uint32_t character = utf8_decode(text, at, &length);
        if (utf8_is_letter(character) || utf8_class_of(character) == UTF8_DIGIT)
            return true;
    }
    return false;
}

static void place(struct parser *parser, size_t offset) {
    if (parser->ret_position != NULL)
        *parser->ret_position = utf8_count(span_slice(parser->text, 0, offset));
}

static enum result invalid(struct parser *parser, size_t offset, const char *message) {
    place(parser, offset);
    return error_set(parser->error, RESULT_INVALID, "%s", message);
}

static enum result no_memory(struct parser *parser) {
    return error_set(parser->error, RESULT_MEMORY, "no memory to parse the query");
}

static struct query_node *new_node(struct parser *parser, enum query_kind kind) {
    struct query_node *node = arena_alloc(parser->arena, sizeof(*node));
    if (node != NULL)
        node->kind = kind;
    return node;
}

static bool add(struct parser *parser, struct node_list *list, const struct query_node *node) {
    const struct query_node **slot =
        arena_push(parser->arena, (void **)&list->items, &list->count, &list->capacity, sizeof(list->items[0]));
    if (slot == NULL)
        return false;
    *slot = node;
    return true;
}

/* The node that joins a list's nodes; the only one of them itself. NULL where memory is out. */
static const struct query_node *join(struct parser *parser, enum query_kind kind, const struct node_list *list) {
    if (list->count == 1)
        return list->items[0];
    struct query_node *node = new_node(parser, kind);
    if (node == NULL)
        return NULL;
    node->children = list->items;
    node->child_count = list->count;
    return node;
}

/* Moves the alternatives that are complete under the AND. */
static enum result close_alternatives(struct parser *parser) {
    if (parser->alternatives.count == 0)
        return RESULT_OK;
    const struct query_node *node = join(parser, QUERY_OR, &parser->alternatives);
    if (node == NULL || !add(parser, &parser->all, node))
        return no_memory(parser);
    parser->alternatives = (struct node_list){.items = NULL};
    parser->has_positive = true;
    return RESULT_OK;
}

static enum result add_excluded(struct parser *parser, const struct query_node *term) {
    const struct query_node **child = arena_alloc(parser->arena, sizeof(*child));
    struct query_node *node = new_node(parser, QUERY_NOT);
    if (child == NULL || node == NULL)
        return no_memory(parser);
    *child = term;
    node->children = child;
    node->child_count = 1;
    return add(parser, &parser->all, node) ? RESULT_OK : no_memory(parser);
}

static enum result add_term(struct parser *parser, const struct query_node *term, bool excluded) {
    if (parser->pending != CONNECTIVE_OR || excluded) {
        enum result result = close_alternatives(parser);
        if (result != RESULT_OK)
            return result;
    }
    parser->pending = CONNECTIVE_NONE;
    parser->last = excluded ? EXCLUDED : INCLUDED;
    if (excluded)
        return add_excluded(parser, term);
    return add(parser, &parser->alternatives, term) ? RESULT_OK : no_memory(parser);
}

/* The word at the parser's place: up to white space, a quotation mark or a parenthesis. */
static struct span read_word(struct parser *parser) {
    size_t start = parser->at;
    size_t length;
    while (!at_end(parser)) {
        uint32_t character = peek(parser, &length);
        if (is_space(character) || is_quote(character) || character == '(' || character == ')')
            break;
        parser->at += length;
    }
    return span_slice(parser->text, start, parser->at);
}

static enum result read_phrase(struct parser *parser, struct query_node *node) {
    size_t opened = parser->at;
    size_t length;
    peek(parser, &length);
    parser->at += length;
    size_t start = parser->at;
    while (!at_end(parser) && !is_quote(peek(parser, &length)))
        parser->at += length;
    if (at_end(parser))
        return invalid(parser, opened, "a quotation mark that is not closed");
    node->kind = QUERY_PHRASE;
    node->text = span_slice(parser->text, start, parser->at);
    parser->at += length;
    if (!has_word(node->text))
        return invalid(parser, opened, "a phrase without a word");
    if (!at_end(parser) && parser->text.data[parser->at] == '*')
        return invalid(parser, parser->at, "a star may end a word only, not a phrase");
    return RESULT_OK;
}

/* Sets the node to the word; *ret_skip where it has no letter or digit and so means nothing. */
static enum result read_word_term(struct parser *parser, struct query_node *node, bool bare, bool *ret_skip) {
    size_t start = parser->at;
    struct span word = read_word(parser);
    size_t star = span_find(word, SPAN("*"), 0);
    if (star != SIZE_MAX && star + 1 != word.length)
        return invalid(parser, start + star, "a star may stand at a word's end only");
    node->kind = star == SIZE_MAX ? QUERY_WORD : QUERY_PREFIX;
    node->text = star == SIZE_MAX ? word : span_slice(word, 0, star);
    *ret_skip = !has_word(node->text);
    if (*ret_skip && star != SIZE_MAX)
        return invalid(parser, start + star, "a star needs the beginning of a word before it");
    if (*ret_skip && !bare)
        return invalid(parser, start, "a word is missing here");
    return RESULT_OK;
}

/* Takes "title:" off; another field is an error, unless what looks like one is a number or an address. */
static enum result read_field(struct parser *parser, struct query_node *node, bool *ret_found) {
    size_t end = parser->at;
    while (end < parser->text.length && utf8_is_letter((unsigned char)parser->text.data[end]) &&
           (unsigned char)parser->text.data[end] < 0x80)
        end++;
    *ret_found = false;
    if (end == parser->at || end == parser->text.length || parser->text.data[end] != ':')
        return RESULT_OK;
    struct span name = span_slice(parser->text, parser->at, end);
    if (!span_equal(name, SPAN("title"))) {
        place(parser, parser->at);
        return error_set(parser->error, RESULT_INVALID,
                         "unknown field \"%.*s\": only title may stand before a colon; to search for the text itself, put it in quotes",
                         SPAN_PRINT(name));
    }
    node->field = QUERY_TITLE;
    *ret_found = true;
    parser->at = end + 1;
    size_t length;
    if (at_end(parser) || is_space(peek(parser, &length)))
        return invalid(parser, parser->at, "a word or phrase must follow \"title:\" at once");
    if (span_starts_with(span_slice(parser->text, parser->at, parser->text.length), SPAN("title:")))
        return invalid(parser, parser->at, "a second \"title:\"");
    if (parser->text.data[parser->at] == '-')
        return invalid(parser, parser->at, "a minus belongs before \"title:\"");
    return RESULT_OK;
}

static enum connective connective_at(const struct parser *parser) {
    struct parser ahead = *parser;
    struct span word = read_word(&ahead);
    return span_equal(word, SPAN("OR"))    ? CONNECTIVE_OR
           : span_equal(word, SPAN("AND")) ? CONNECTIVE_AND
           : span_equal(word, SPAN("NOT")) ? CONNECTIVE_NOT
                                           : CONNECTIVE_NONE;
}

static bool at_minus(const struct parser *parser) {
    struct parser ahead = *parser;
    size_t length;
    if (parser->text.data[parser->at] != '-')
        return false;
    ahead.at++;
    return !at_end(&ahead) && !is_space(peek(&ahead, &length));
}

static enum result read_term(struct parser *parser) {
    size_t start = parser->at;
    bool minus = at_minus(parser);
    bool excluded = minus || parser->pending == CONNECTIVE_NOT;
    if (excluded && parser->pending == CONNECTIVE_OR)
        return invalid(parser, start, "what is excluded cannot be an alternative");
    if (minus && parser->pending == CONNECTIVE_NOT)
        return invalid(parser, start, "a minus behind NOT");
    if (minus)
        parser->at++;
    if (excluded && !at_end(parser) && parser->text.data[parser->at] == '-')
        return invalid(parser, parser->at, "a second minus");
    struct query_node *node = new_node(parser, QUERY_WORD);
    if (node == NULL)
        return no_memory(parser);
    bool has_field;
    bool skip = false;
    enum result result = read_field(parser, node, &has_field);
    if (result != RESULT_OK)
        return result;
    size_t length;
    bool quoted = is_quote(peek(parser, &length));
    result = quoted ? read_phrase(parser, node) : read_word_term(parser, node, !has_field && !excluded, &skip);
    if (result != RESULT_OK || skip)
        return result;
    if (++parser->terms > QUERY_TERMS_MAX) {
        place(parser, start);
        return error_set(parser->error, RESULT_TOO_LARGE, "more than %d words and phrases", QUERY_TERMS_MAX);
    }
    return add_term(parser, node, excluded);
}

static enum result read_connective(struct parser *parser, enum connective connective) {
    size_t start = parser->at;
    read_word(parser);
    if (connective == CONNECTIVE_NOT) {
        if (parser->pending == CONNECTIVE_NOT)
            return invalid(parser, start, "a second NOT");
        if (parser->pending == CONNECTIVE_OR)
            return invalid(parser, start, "what is excluded cannot be an alternative");
    } else if (parser->pending != CONNECTIVE_NONE || parser->last == NOTHING) {
        return invalid(parser, start, "a word or phrase is missing before this; to search for the word itself, write it in small letters");
    } else if (connective == CONNECTIVE_OR && parser->last == EXCLUDED) {
        return invalid(parser, start, "what is excluded cannot be an alternative");
    }
    parser->pending = connective;
    parser->pending_at = start;
    return RESULT_OK;
}

static enum result read_next(struct parser *parser) {
    size_t length;
    uint32_t character = peek(parser, &length);
    if (is_space(character)) {
        parser->at += length;
        return RESULT_OK;
    }
    if (character == '(' || character == ')')
        return invalid(parser, parser->at, "parentheses group nothing here; to search for the text itself, put it in quotes");
    enum connective connective = connective_at(parser);
    return connective == CONNECTIVE_NONE ? read_term(parser) : read_connective(parser, connective);
}

static enum result check_text(struct parser *parser) {
    size_t offset = 0;
    if (parser->text.length > QUERY_BYTES_MAX) {
        place(parser, QUERY_BYTES_MAX);
        return error_set(parser->error, RESULT_TOO_LARGE, "longer than %d bytes", QUERY_BYTES_MAX);
    }
    if (!utf8_valid(parser->text, &offset))
        return invalid(parser, offset, "not UTF-8");
    size_t length;
    for (; offset < parser->text.length; offset += length) {
        uint32_t character = utf8_decode(parser->text, offset, &length);
        if ((character < 0x20 || (character >= 0x7F && character < 0xA0)) && !is_space(character))
            return invalid(parser, offset, "a control character");
    }
    return RESULT_OK;
}

static enum result finish(struct parser *parser, const struct query_node **ret) {
    if (parser->pending != CONNECTIVE_NONE)
        return invalid(parser, parser->pending_at,
                       "a word or phrase is missing after this; to search for the word itself, write it in small letters");
    enum result result = close_alternatives(parser);
    if (result != RESULT_OK)
        return result;
    if (parser->all.count == 0)
        return invalid(parser, 0, "nothing to search for");
    if (!parser->has_positive)
        return invalid(parser, 0, "only exclusions: at least one word or phrase must be looked for");
    *ret = join(parser, QUERY_AND, &parser->all);
    return *ret == NULL ? no_memory(parser) : RESULT_OK;
}

enum result query_parse(struct arena *arena, struct span text, const struct query_node **ret, size_t *ret_position, struct error *error) {
    struct parser parser = {.arena = arena, .text = text, .ret_position = ret_position, .error = error};
    enum result result = check_text(&parser);
    if (result != RESULT_OK)
        return result;
    while (!at_end(&parser)) {
        result = read_next(&parser);
        if (result != RESULT_OK)
            return result;
    }
    const struct query_node *root;
    result = finish(&parser, &root);
    if (result == RESULT_OK)
        *ret = root;
    return result;
}
