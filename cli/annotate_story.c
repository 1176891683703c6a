#include "cli/annotate.h"

#include "base/utf8.h"

#include <stdio.h>
#include <stdlib.h>

/* What begins and ends at a place of the text: a name, a reference or a quote. */
struct mark {
    struct range range;
    uint32_t quote;  /* its ordinal from 1, 0: a mention */
    uint16_t entity; /* enum entity_type of a mention */
    bool reference;
};

/* The story while its paragraphs are set. */
struct story {
    const struct article *article;
    const struct annotate_options *options;
    struct columns columns;
    struct buffer *out;
    struct arena *arena;
    uint16_t *styles; /* of each code point */
    size_t code_points;
    const struct mark **by_start; /* outer ones first */
    const struct mark **by_end;   /* inner ones first */
    size_t mark_count;
    struct glyphs text; /* of the paragraph that is being set */
    struct glyphs notes;
    struct anchor *anchors;
    size_t anchor_count;
    size_t anchor_capacity;
    bool begun; /* a paragraph was written */
};

static int order_by_start(const void *left, const void *right) {
    const struct mark *a = *(const struct mark *const *)left, *b = *(const struct mark *const *)right;
    if (a->range.start != b->range.start)
        return a->range.start < b->range.start ? -1 : 1;
    if (a->range.end != b->range.end)
        return a->range.end > b->range.end ? -1 : 1;
    return (a < b) - (a > b); /* quotes, which stand behind the mentions, outside */
}

static int order_by_end(const void *left, const void *right) {
    const struct mark *a = *(const struct mark *const *)left, *b = *(const struct mark *const *)right;
    if (a->range.end != b->range.end)
        return a->range.end < b->range.end ? -1 : 1;
    if (a->range.start != b->range.start)
        return a->range.start > b->range.start ? -1 : 1;
    return (a > b) - (a < b);
}

static void paint(struct story *story, struct range range, unsigned clear, unsigned set) {
    for (size_t i = range.start; i < range.end && i < story->code_points; i++)
        story->styles[i] = (uint16_t)((story->styles[i] & ~clear) | set);
}

static size_t collect_mentions(struct story *story, struct mark *marks, bool names) {
    const struct article *article = story->article;
    size_t count = 0;
    for (size_t e = 0; e < article->entity_count; e++) {
        const struct entity *entity = &article->entities[e];
        for (size_t m = 0; m < entity->mention_count; m++) {
            const struct mention *mention = &entity->mentions[m];
            if ((mention->form == MENTION_NAME) != names)
                continue;
            marks[count++] = (struct mark){mention->range, 0, (uint16_t)entity->type, !names};
            paint(story, mention->range, STYLE_TYPE | STYLE_REFERENCE, annotate_style(entity->type) | (names ? 0 : STYLE_REFERENCE));
        }
    }
    return count;
}

static size_t collect_quotes(struct story *story, struct mark *marks) {
    const struct article *article = story->article;
    for (size_t i = 0; i < article->quote_count; i++) {
        marks[i] = (struct mark){.range = article->quotes[i].range, .quote = (uint32_t)i + 1};
        paint(story, article->quotes[i].range, 0, STYLE_QUOTE);
        paint(story, article->quotes[i].cue_range, 0, STYLE_STRONG);
    }
    return article->quote_count;
}

/* References before names, so that a name inside "the Oststadt mayor" keeps its colour. */
static bool collect(struct story *story) {
    const struct article *article = story->article;
    size_t most = article->quote_count;
    for (size_t e = 0; e < article->entity_count; e++)
        most += article->entities[e].mention_count;
    struct mark *marks = arena_alloc_array(story->arena, most, sizeof *marks);
    story->styles = arena_alloc_array(story->arena, story->code_points, sizeof *story->styles);
    story->by_start = arena_alloc_array(story->arena, most, sizeof *story->by_start);
    story->by_end = arena_alloc_array(story->arena, most, sizeof *story->by_end);
    if (arena_failed(story->arena))
        return false;
    size_t count = collect_mentions(story, marks, false);
    count += collect_mentions(story, marks + count, true);
    count += collect_quotes(story, marks + count);
    for (size_t i = 0; i < count; i++)
        story->by_start[i] = story->by_end[i] = &marks[i];
    qsort(story->by_start, count, sizeof *story->by_start, order_by_start);
    qsort(story->by_end, count, sizeof *story->by_end, order_by_end);
    story->mark_count = count;
    return true;
}

static void add_number(struct glyphs *glyphs, size_t number, unsigned style) {
    char digits[24];
    snprintf(digits, sizeof digits, "%zu", number);
    glyphs_add_string(glyphs, digits, style);
}

static void add_superscript(struct glyphs *glyphs, size_t number, unsigned style) {
    static const uint32_t DIGITS[] = {0x2070, 0xB9, 0xB2, 0xB3, 0x2074, 0x2075, 0x2076, 0x2077, 0x2078, 0x2079};
    char digits[24];
    snprintf(digits, sizeof digits, "%zu", number);
    for (const char *digit = digits; *digit; digit++)
        glyphs_add(glyphs, DIGITS[*digit - '0'], style);
}

/* "¹Orla Fenn 0.93", a line each: "said", how it is told, whom it is about. */
static void add_note(struct story *story, size_t number) {
    const struct article *article = story->article;
    const struct quote *quote = &article->quotes[number - 1];
    struct glyphs *notes = &story->notes;
    char confidence[16];
    snprintf(confidence, sizeof confidence, "%.2f", quote->confidence);
    add_number(notes, number, STYLE_QUOTE);
    glyphs_add(notes, ' ', 0);
    if (quote->speaker == SPEAKER_NONE && quote->speaker_text.length == 0)
        glyphs_add_string(notes, "nobody named", STYLE_FAINT);
    if (quote->speaker != SPEAKER_NONE)
        glyphs_add_text(notes, article->entities[quote->speaker].name, annotate_style(article->entities[quote->speaker].type));
    else
        glyphs_add_text(notes, quote->speaker_text, STYLE_STRONG);
    glyphs_add(notes, ' ', 0);
    glyphs_add_string(notes, confidence, annotate_confidence_style(quote->confidence));
    glyphs_end_line(notes);
    glyphs_add_string(notes, "\u00a0\u00a0", 0);
    if (quote->cue.length > 0) {
        glyphs_add_text(notes, quote->cue, STYLE_STRONG);
        glyphs_add_string(notes, ", ", 0);
    }
    glyphs_add_string(notes, quote_kind_name(quote->kind), STYLE_FAINT);
    for (size_t i = 0; i < quote->about_count; i++) {
        const struct entity *about = &article->entities[quote->about[i]];
        glyphs_add_string(notes, i == 0 ? "; about\u00a0" : ", ", STYLE_FAINT);
        glyphs_add_text(notes, about->name, annotate_style(about->type));
    }
    glyphs_end_line(notes);
}

static void anchor_note(struct story *story, size_t number) {
    struct anchor *anchor =
        arena_push(story->arena, (void **)&story->anchors, &story->anchor_count, &story->anchor_capacity, sizeof *story->anchors);
    if (!anchor)
        return;
    anchor->at = story->text.count;
    add_note(story, number);
    anchor->end = story->notes.count;
}

static void open_mark(struct story *story, const struct mark *mark) {
    struct glyphs *text = &story->text;
    if (mark->quote > 0)
        anchor_note(story, mark->quote);
    if (mark->quote > 0 && story->options->color) {
        add_superscript(text, mark->quote, STYLE_QUOTE);
    } else if (mark->quote > 0) {
        glyphs_add_string(text, "«", 0);
        add_number(text, mark->quote, 0);
        glyphs_add_string(text, "\u00a0", 0);
    } else if (!story->options->color) {
        glyphs_add_string(text, mark->reference ? "_" : annotate_open((enum entity_type)mark->entity), 0);
    }
}

static void close_mark(struct story *story, const struct mark *mark) {
    if (story->options->color)
        return;
    if (mark->quote > 0) {
        glyphs_add_string(&story->text, "\u00a0", 0);
        add_number(&story->text, mark->quote, 0);
        glyphs_add_string(&story->text, "»", 0);
    } else {
        glyphs_add_string(&story->text, mark->reference ? "_" : annotate_close((enum entity_type)mark->entity), 0);
    }
}

static void end_paragraph(struct story *story) {
    if (story->text.count == 0)
        return;
    if (story->begun)
        buffer_append_char(story->out, '\n');
    annotate_layout(&story->text, &story->notes, story->anchors, story->anchor_count, &story->columns, story->options->color, story->out);
    glyphs_clear(&story->text);
    glyphs_clear(&story->notes);
    story->anchor_count = 0;
    story->begun = true;
}

static void walk(struct story *story) {
    struct span text = story->article->text;
    size_t opened = 0, closed = 0, offset = 0, length = 0;
    for (size_t i = 0; i <= story->code_points; i++, offset += length) {
        for (; closed < story->mark_count && story->by_end[closed]->range.end <= i; closed++)
            close_mark(story, story->by_end[closed]);
        if (i == story->code_points)
            break;
        uint32_t code_point = utf8_decode(text, offset, &length);
        if (code_point == '\n')
            end_paragraph(story);
        for (; opened < story->mark_count && story->by_start[opened]->range.start <= i; opened++)
            open_mark(story, story->by_start[opened]);
        if (code_point != '\n')
            glyphs_add(&story->text, code_point, story->styles[i]);
    }
    end_paragraph(story);
}

void annotate_story(const struct article *article, const struct annotate_options *options, struct arena *arena, struct buffer *out) {
    struct story story = {
        .article = article,
        .options = options,
        .columns = annotate_columns(options->columns),
        .out = out,
        .arena = arena,
        .code_points = utf8_count(article->text),
    };
    glyphs_init(&story.text, arena);
    glyphs_init(&story.notes, arena);
    if (collect(&story))
        walk(&story);
}
