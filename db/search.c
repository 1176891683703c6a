#include "db/search.h"

#include <string.h>

#include "base/buffer.h"
#include "base/utf8.h"

/* --- tokens ------------------------------------------------------------------------------------------------------------------------------
 */

static enum result find_api(struct db *db, fts5_api **ret) {
    sqlite3_stmt *statement = NULL;
    int code = sqlite3_prepare_v2(db->sqlite, "SELECT fts5(?1)", -1, &statement, NULL);
    if (code == SQLITE_OK)
        code = sqlite3_bind_pointer(statement, 1, (void *)ret, "fts5_api_ptr", NULL);
    if (code == SQLITE_OK)
        code = sqlite3_step(statement);
    sqlite3_finalize(statement);
    if (code == SQLITE_ROW && *ret)
        return RESULT_OK;
    return db_refuse(db, RESULT_INVALID, "this SQLite has no full-text search (FTS5)");
}

static int on_token(void *context, int flags, const char *token, int length, int start, int end) {
    (void)flags, (void)token, (void)length, (void)start, (void)end;
    *(bool *)context = true;
    return SQLITE_DONE; /* one is enough to know */
}

/* True if the index's tokenizer finds anything in the text: an empty phrase would make a whole expression match nothing. */
static enum result has_token(struct db *db, struct span text, bool *ret) {
    *ret = false;
    int code = db->tokenizer_methods.xTokenize(db->tokenizer, ret, FTS5_TOKENIZE_QUERY, text.data, (int)text.length, on_token);
    return code == SQLITE_NOMEM ? db_fail(db, code) : RESULT_OK;
}

/* --- the expression ----------------------------------------------------------------------------------------------------------------------
 */

struct compiler {
    struct db *db;
    struct arena *arena;
    enum search_index index;
    struct buffer *out;
};

static enum result compile(struct compiler *compiler, const struct query_node *node, int depth, bool *ret_written);

static void cut(struct buffer *out, size_t length) {
    if (out->length > length) {
        out->length = length;
        out->data[length] = '\0';
    }
}

static void write_string(struct buffer *out, struct span text) {
    buffer_append_char(out, '"');
    for (size_t i = 0; i < text.length; i++) {
        char c = text.data[i];
        if (c == '"')
            buffer_append_char(out, '"');
        buffer_append_char(out, c == '\0' ? ' ' : c); /* FTS5 reads up to the first NUL */
    }
    buffer_append_char(out, '"');
}

static enum result compile_term(struct compiler *compiler, const struct query_node *node, bool *ret_written) {
    struct span text = node->text;
    *ret_written = false;
    if (node->field == QUERY_TITLE && compiler->index != SEARCH_ARTICLES)
        return db_refuse(compiler->db, RESULT_INVALID, "title: is for articles only");
    if (compiler->index == SEARCH_NAMES) {
        enum result result = utf8_fold(compiler->arena, text, &text);
        if (result != RESULT_OK)
            return result == RESULT_INVALID ? RESULT_OK : result; /* not UTF-8: no name has it */
    }
    enum result result = has_token(compiler->db, text, ret_written);
    if (result != RESULT_OK || !*ret_written)
        return result;
    if (node->field == QUERY_TITLE)
        buffer_append_string(compiler->out, "title : ");
    write_string(compiler->out, text);
    if (node->kind == QUERY_PREFIX)
        buffer_append_string(compiler->out, " *");
    return RESULT_OK;
}

/* The children that are (or are not) QUERY_NOT, joined; a NOT's child stands for it. */
static enum result compile_children(struct compiler *compiler, const struct query_node *node, bool negative, const char *joint, int depth,
                                    bool *ret_written) {
    for (size_t i = 0; i < node->child_count; i++) {
        const struct query_node *child = node->children[i];
        if ((child->kind == QUERY_NOT) != negative)
            continue;
        if (negative && child->child_count != 1)
            continue;
        size_t mark = compiler->out->length;
        if (*ret_written)
            buffer_append_string(compiler->out, joint);
        bool written = false;
        enum result result = compile(compiler, negative ? child->children[0] : child, depth + 1, &written);
        if (result != RESULT_OK)
            return result;
        if (!written)
            cut(compiler->out, mark);
        *ret_written |= written;
    }
    return RESULT_OK;
}

static enum result compile(struct compiler *compiler, const struct query_node *node, int depth, bool *ret_written) {
    *ret_written = false;
    if (depth > SEARCH_DEPTH_MAX)
        return db_refuse(compiler->db, RESULT_TOO_LARGE, "the search is nested deeper than %d", SEARCH_DEPTH_MAX);
    switch (node->kind) {
    case QUERY_WORD:
    case QUERY_PREFIX:
    case QUERY_PHRASE:
        return compile_term(compiler, node, ret_written);
    case QUERY_NOT: /* beside nothing positive: matches nothing */
        return RESULT_OK;
    case QUERY_AND:
    case QUERY_OR:
        break;
    }
    size_t mark = compiler->out->length;
    buffer_append_char(compiler->out, '(');
    enum result result = compile_children(compiler, node, false, node->kind == QUERY_AND ? " AND " : " OR ", depth, ret_written);
    buffer_append_char(compiler->out, ')');
    if (result == RESULT_OK && *ret_written && node->kind == QUERY_AND) {
        bool negated = true; /* so that the first one gets its joint, too */
        size_t positive = compiler->out->length;
        result = compile_children(compiler, node, true, " NOT ", depth, &negated);
        if (compiler->out->length > positive) { /* (a) NOT b NOT c is left to right; parentheses keep it together */
            buffer_append_char(compiler->out, ')');
            if (buffer_reserve(compiler->out, 1)) {
                memmove(compiler->out->data + mark + 1, compiler->out->data + mark, compiler->out->length - mark);
                compiler->out->data[mark] = '(';
                buffer_grown(compiler->out, 1);
            }
        }
    }
    if (!*ret_written)
        cut(compiler->out, mark);
    return result;
}

enum result search_compile(struct db *db, struct arena *arena, const struct query_node *tree, enum search_index index, struct span *ret) {
    CLEANUP(buffer_done) struct buffer out;
    buffer_init(&out, SEARCH_BYTES_MAX);
    struct compiler compiler = {.db = db, .arena = arena, .index = index, .out = &out};
    bool written = false;
    enum result result = compile(&compiler, tree, 0, &written);
    if (result == RESULT_OK && (result = buffer_result(&out)) != RESULT_OK)
        result = db_refuse(db, result, "the search is too long");
    if (result != RESULT_OK)
        return result;
    *ret = written ? arena_copy(arena, buffer_span(&out)) : (struct span){0};
    return arena_failed(arena) ? db_fail(db, SQLITE_NOMEM) : RESULT_OK;
}

/* --- opening and closing -----------------------------------------------------------------------------------------------------------------
 */

enum result search_register(struct db *db) {
    fts5_api *api = NULL;
    enum result result = find_api(db, &api);
    if (result != RESULT_OK)
        return result;
    void *context = NULL;
    int code = api->xFindTokenizer(api, "unicode61", &context, &db->tokenizer_methods);
    const char *arguments[] = {"remove_diacritics", "2"}; /* as in schema.sql; porter only stems what this one finds */
    if (code == SQLITE_OK)
        code = db->tokenizer_methods.xCreate(context, arguments, 2, &db->tokenizer);
    if (code == SQLITE_OK)
        code = api->xCreateFunction(api, "quoted_hits", NULL, search_count_hits, NULL);
    return code == SQLITE_OK ? RESULT_OK : db_fail(db, code);
}

void search_forget(struct db *db) {
    if (db->tokenizer)
        db->tokenizer_methods.xDelete(db->tokenizer);
    db->tokenizer = NULL;
}
