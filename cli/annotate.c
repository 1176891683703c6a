#include "cli/annotate.h"

#include "base/cleanup.h"

#include <stdio.h>
#include <string.h>

enum {
    INDENT = 2,
    HANGING = 4,
};

/* Of a quote: nine in ten are right, or more are right than not. */
static const double SURE = 0.9, LIKELY = 0.6;

/* What every part of the page needs. */
struct page {
    const struct article *article;
    const struct annotate_options *options;
    struct buffer *out;
    struct glyphs line; /* used anew for each */
};

const char *annotate_open(enum entity_type type) {
    return type == ENTITY_PERSON ? "[" : type == ENTITY_ORGANIZATION ? "{" : "<";
}

const char *annotate_close(enum entity_type type) {
    return type == ENTITY_PERSON ? "]" : type == ENTITY_ORGANIZATION ? "}" : ">";
}

enum style annotate_style(enum entity_type type) {
    return type == ENTITY_PERSON ? STYLE_PERSON : type == ENTITY_ORGANIZATION ? STYLE_ORGANIZATION : STYLE_PLACE;
}

enum style annotate_confidence_style(double confidence) {
    return confidence >= SURE ? STYLE_SURE : confidence >= LIKELY ? STYLE_LIKELY : STYLE_DOUBTFUL;
}

static void end_line(struct page *page, unsigned first, unsigned rest) {
    annotate_indented(&page->line, first, rest, page->options->columns, page->options->color, page->out);
    glyphs_clear(&page->line);
}

static void end_section(struct page *page) {
    buffer_append_char(page->out, '\n');
}

static void add_count(struct page *page, size_t count, const char *one, const char *several) {
    char number[24];
    snprintf(number, sizeof number, "%zu ", count);
    glyphs_add_string(&page->line, number, 0);
    glyphs_add_string(&page->line, count == 1 ? one : several, 0);
}

/* A part of a line whose parts are separated by dots; nothing for an empty one. */
static void add_part(struct page *page, struct span text, unsigned style) {
    if (text.length == 0)
        return;
    if (page->line.count > 0)
        glyphs_add_string(&page->line, " · ", STYLE_FAINT);
    glyphs_add_text(&page->line, text, style);
}

static struct span date_of(struct moment published, char out[RFC3339_LENGTH + 1]) {
    if (published.precision == PRECISION_NONE)
        return (struct span){0};
    time_format_rfc3339(published.seconds, out);
    return span_slice(span_of(out), 0, published.precision == PRECISION_DAY ? strlen("2024-03-01") : RFC3339_LENGTH);
}

static void write_head(struct page *page) {
    const struct article *article = page->article;
    char date[RFC3339_LENGTH + 1];
    if (article->title.length > 0)
        glyphs_add_text(&page->line, article->title, STYLE_STRONG);
    else
        glyphs_add_string(&page->line, "(no title)", STYLE_FAINT);
    end_line(page, 0, 0);
    add_part(page, article->source_name, 0);
    add_part(page, date_of(article->published, date), 0);
    for (size_t i = 0; i < article->author_count; i++)
        add_part(page, article->authors[i], 0);
    add_part(page, article->section, 0);
    add_part(page, article->image_credit, STYLE_FAINT);
    end_line(page, 0, 0);
    glyphs_add_text(&page->line, article->url, STYLE_FAINT);
    end_line(page, 0, 0);
    end_section(page);
}

/* "Names: people organizations places", each as the story shows it. */
static void write_legend(struct page *page) {
    static const char *const WORDS[ENTITY_TYPE_COUNT] = {
        [ENTITY_PERSON] = "person", [ENTITY_ORGANIZATION] = "organization", [ENTITY_PLACE] = "place"};
    bool color = page->options->color;
    for (int type = 0; type < ENTITY_TYPE_COUNT; type++) {
        glyphs_add_string(&page->line, color ? "" : annotate_open((enum entity_type)type), 0);
        glyphs_add_string(&page->line, WORDS[type], annotate_style((enum entity_type)type));
        glyphs_add_string(&page->line, color ? "" : annotate_close((enum entity_type)type), 0);
        glyphs_add(&page->line, ' ', 0);
    }
    glyphs_add_string(&page->line, color ? "reference" : "_reference_", STYLE_REFERENCE);
    glyphs_add_string(&page->line, color ? " ¹" : " «1\u00a0", STYLE_QUOTE);
    glyphs_add_string(&page->line, "quote", STYLE_QUOTE);
    glyphs_add_string(&page->line, color ? "" : "\u00a01»", 0);
    end_line(page, 0, 0);
    end_section(page);
}

static bool is_there(const struct article *article, enum entity_type type) {
    for (size_t i = 0; i < article->entity_count; i++)
        if (article->entities[i].type == type)
            return true;
    return false;
}

static void add_entity(struct page *page, const struct entity *entity, size_t quotes) {
    size_t names = 0;
    for (size_t i = 0; i < entity->mention_count; i++)
        names += entity->mentions[i].form == MENTION_NAME;
    glyphs_add_text(&page->line, entity->name, annotate_style(entity->type));
    glyphs_add_string(&page->line, ": ", 0);
    for (size_t i = 0; i < entity->role_count; i++) {
        glyphs_add_text(&page->line, entity->roles[i], 0);
        glyphs_add_string(&page->line, "; ", 0);
    }
    add_count(page, names, "name", "names");
    if (entity->mention_count > names) {
        glyphs_add_string(&page->line, ", ", 0);
        add_count(page, entity->mention_count - names, "reference", "references");
    }
    if (quotes > 0) {
        glyphs_add_string(&page->line, ", ", 0);
        add_count(page, quotes, "quote", "quotes");
    }
}

static void write_entities(struct page *page, const size_t *quotes) {
    static const char *const HEADINGS[ENTITY_TYPE_COUNT] = {
        [ENTITY_PERSON] = "People", [ENTITY_ORGANIZATION] = "Organizations", [ENTITY_PLACE] = "Places"};
    const struct article *article = page->article;
    for (int type = 0; type < ENTITY_TYPE_COUNT; type++) {
        if (!is_there(article, (enum entity_type)type))
            continue;
        end_section(page);
        glyphs_add_string(&page->line, HEADINGS[type], STYLE_STRONG);
        end_line(page, 0, 0);
        for (size_t i = 0; i < article->entity_count; i++) {
            if ((int)article->entities[i].type != type)
                continue;
            add_entity(page, &article->entities[i], quotes[i]);
            end_line(page, INDENT, HANGING);
        }
    }
}

static void write_dropped(struct page *page) {
    const struct article *article = page->article;
    if (article->dropped_count == 0)
        return;
    end_section(page);
    glyphs_add_string(&page->line, "Dropped: ", STYLE_STRONG);
    add_count(page, article->dropped_count, "piece", "pieces");
    glyphs_add_string(&page->line, page->options->dropped ? "" : " (--dropped shows)", STYLE_FAINT);
    end_line(page, 0, 0);
    for (size_t i = 0; page->options->dropped && i < article->dropped_count; i++) {
        glyphs_add_string(&page->line, article->dropped[i].why, 0);
        glyphs_add_string(&page->line, ": ", 0);
        glyphs_add_text(&page->line, article->dropped[i].text, STYLE_FAINT);
        end_line(page, INDENT, HANGING);
    }
}

void annotate_write(const struct article *article, const struct annotate_options *options, struct buffer *out) {
    CLEANUP(arena_done) struct arena arena;
    arena_init(&arena, 0);
    size_t *quotes = arena_alloc_array(&arena, article->entity_count, sizeof *quotes);
    for (size_t i = 0; quotes && i < article->quote_count; i++)
        if (article->quotes[i].speaker != SPEAKER_NONE)
            quotes[article->quotes[i].speaker]++;
    struct page page = {article, options, out, {0}};
    glyphs_init(&page.line, &arena);
    write_head(&page);
    write_legend(&page);
    annotate_story(article, options, &arena, out);
    if (quotes)
        write_entities(&page, quotes);
    write_dropped(&page);
    if (arena_failed(&arena))
        out->result = RESULT_MEMORY;
}
