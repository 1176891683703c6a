#include "train/tagged.h"

#include "base/buffer.h"
#include "extract/name_rules.h"
#include "extract/tagger.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { TOKEN_BYTES_MAX = 1000, SENTENCES_PER_DOCUMENT = 20 /* where a file marks no documents */ };

void tagged_init(struct tagged *tagged) {
    *tagged = (struct tagged){0};
    arena_init(&tagged->arena, 0);
}

void tagged_done(struct tagged *tagged) {
    arena_done(&tagged->arena);
}

/* A document while it is read: its text, and the label of each byte. */
struct draft {
    struct buffer text;
    struct buffer labels;
    size_t sentences;
    bool opened; /* inside straight double quotation marks */
    bool bound;  /* no space before the next token */
    bool begins; /* at a sentence's begin */
};

static bool is_tight_before(const char *token, bool opened) {
    static const char *const tight[] = {",", ".",  ";",  ":",   "!",   "?",   ")",   "]",  "}",  "%",  "'", "’",
                                        "”", "'s", "'S", "n't", "'re", "'ve", "'ll", "'d", "'m", "’s", "--"};
    for (size_t i = 0; i < sizeof tight / sizeof *tight; i++)
        if (!strcmp(token, tight[i]))
            return true;
    return opened && !strcmp(token, "\"");
}

static bool is_tight_behind(const char *token, bool opened) {
    return !strcmp(token, "(") || !strcmp(token, "[") || !strcmp(token, "{") || !strcmp(token, "$") || !strcmp(token, "“") ||
           !strcmp(token, "‘") || (opened && !strcmp(token, "\""));
}

static void put(struct draft *draft, const char *text, char label) {
    for (; *text; text++) {
        buffer_append_char(&draft->text, *text);
        buffer_append_char(&draft->labels, label);
    }
}

static void add_token(struct draft *draft, const char *token, int label) {
    if (!draft->begins && !draft->bound && !is_tight_before(token, draft->opened))
        put(draft, " ", label % 2 == 0 ? (char)label : 0); /* the space before an I- belongs to the name */
    if (!strcmp(token, "\""))
        draft->opened = !draft->opened;
    draft->bound = is_tight_behind(token, draft->opened);
    draft->begins = false;
    size_t at = draft->labels.length;
    put(draft, token, (char)(label && label % 2 ? label + 1 : label));
    if (label % 2 && at < draft->labels.length)
        draft->labels.data[at] = (char)label; /* the B- is its first byte's */
}

static void end_sentence(struct draft *draft) {
    if (draft->begins)
        return;
    put(draft, "\n\n", 0);
    *draft = (struct draft){draft->text, draft->labels, draft->sentences + 1, false, false, true};
}

static bool finish(struct tagged *tagged, struct draft *draft) {
    end_sentence(draft);
    if (!draft->sentences)
        return true;
    struct arena *arena = &tagged->arena;
    struct tagged_document *document = arena_push(arena, (void **)&tagged->documents, &tagged->count, &tagged->capacity, sizeof *document);
    struct span text = arena_copy(arena, span_slice(buffer_span(&draft->text), 0, draft->text.length - 2));
    if (!document || !text.data || tokens_find(arena, text, &document->tokens) != RESULT_OK ||
        stretches_find(arena, &document->tokens, &document->stretches) != RESULT_OK ||
        sentences_find(arena, &document->tokens, &document->stretches, &document->sentences) != RESULT_OK ||
        name_rules_find(arena, &document->tokens, &document->sentences, &document->guesses) != RESULT_OK)
        return false;
    uint8_t *labels = arena_alloc(arena, document->tokens.count + 1);
    if (!labels)
        return false;
    for (size_t i = 0; i < document->tokens.count; i++)
        labels[i] = (uint8_t)draft->labels.data[document->tokens.items[i].start];
    document->labels = labels;
    buffer_clear(&draft->text);
    buffer_clear(&draft->labels);
    draft->sentences = 0;
    return true;
}

static int label_of(const char *tag) {
    static const char *const types[] = {"PER", "ORG", "LOC"};
    for (int type = 0; type < 3; type++)
        if (strlen(tag) == 5 && !strcmp(tag + 2, types[type]))
            return tag[0] == 'B' ? TAGGER_BEGIN(type) : TAGGER_INSIDE(type);
    return TAGGER_OUTSIDE;
}

static bool read_lines(struct tagged *tagged, FILE *file, struct draft *draft) {
    char line[TOKEN_BYTES_MAX + 16];
    bool has_documents = false;
    while (fgets(line, sizeof line, file)) {
        line[strcspn(line, "\r\n")] = 0;
        char *tag = strrchr(line, '\t');
        if (!strncmp(line, "-DOCSTART-", 10)) {
            has_documents = true;
            if (!finish(tagged, draft))
                return false;
        } else if (!tag) {
            end_sentence(draft);
            if (!has_documents && draft->sentences >= SENTENCES_PER_DOCUMENT && !finish(tagged, draft))
                return false;
        } else {
            *tag = 0;
            add_token(draft, line, label_of(tag + 1));
        }
    }
    return finish(tagged, draft);
}

bool tagged_read(struct tagged *tagged, const char *path) {
    FILE *file = fopen(path, "r");
    struct draft draft = {.begins = true};
    buffer_init(&draft.text, 0);
    buffer_init(&draft.labels, 0);
    bool done = file && read_lines(tagged, file, &draft);
    if (!done)
        perror(path);
    buffer_done(&draft.text);
    buffer_done(&draft.labels);
    if (file)
        fclose(file);
    return done;
}
