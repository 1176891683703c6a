#include "ingest/reader.h"

#include "base/utf8.h"

/* Hard-wrapped texts are told by their lines: the width within which typewriters, mail and terminals wrap. */
enum { WRAP_WIDTH_MIN = 45, WRAP_WIDTH_MAX = 110 };
/* Of the line ends inside paragraphs, so many in a hundred must be where the next word did not fit any more ... */
enum { WRAP_FULL_PERCENT = 60 };
/* ... and so many of those must be in the middle of a sentence: a list of sentences of even length is not wrapped. */
enum { WRAP_OPEN_PERCENT = 40 };

struct line {
    struct span text;    /* trimmed */
    uint32_t width;      /* code points */
    uint32_t first_word; /* code points of its first word */
    bool indented;
    bool open; /* ends without the end of a sentence */
};

struct lines {
    struct line *items;
    size_t count;
    size_t capacity;
};

static bool ends_sentence(struct span text) {
    size_t at = text.length;
    while (at > 0) {
        size_t length = 0;
        uint32_t c = utf8_decode_before(text, at, &length);
        switch (c) {
        case '"':
        case '\'':
        case ')':
        case ']':
        case 0x2019:
        case 0x201D:
        case 0xBB:
            at -= length;
            continue;
        case '.':
        case '!':
        case '?':
        case ':':
        case 0x2026:
        case 0x3002:
            return true;
        default:
            return false;
        }
    }
    return false;
}

static bool is_inner_space(char c) {
    return c == ' ' || c == '\t';
}

static struct line line_of(struct span raw) {
    struct span text = span_trim(raw);
    size_t word = 0;
    while (word < text.length && !is_inner_space(text.data[word]))
        word++;
    return (struct line){
        .text = text,
        .width = (uint32_t)utf8_count(text),
        .first_word = (uint32_t)utf8_count(span_slice(text, 0, word)),
        .indented = raw.length > 0 && is_inner_space(raw.data[0]),
        .open = !ends_sentence(text),
    };
}

static bool lines_of(struct arena *arena, struct span text, struct lines *ret) {
    struct span raw;
    while (span_split(&text, '\n', &raw)) {
        struct line *line = arena_push(arena, (void **)&ret->items, &ret->count, &ret->capacity, sizeof *line);
        if (!line)
            return false;
        *line = line_of(raw);
    }
    return true;
}

/* The width of the text: its longest line, those without a second word (addresses, rules) left out. */
static uint32_t text_width(const struct lines *lines) {
    uint32_t width = 0;
    for (size_t i = 0; i < lines->count; i++) {
        const struct line *line = &lines->items[i];
        if (line->width > width && line->first_word < line->width)
            width = line->width;
    }
    return width;
}

/* True where the line goes on in the next one: that one's first word would not have fitted any more. */
static bool is_full(const struct line *line, const struct line *next, uint32_t width) {
    return line->width + 1 + next->first_word > width && !next->indented;
}

/* The width at which the text is wrapped; 0 where it is not. */
static uint32_t wrap_width(const struct lines *lines) {
    uint32_t width = text_width(lines);
    if (width < WRAP_WIDTH_MIN || width > WRAP_WIDTH_MAX)
        return 0;
    size_t ends = 0, full = 0, open = 0;
    for (size_t i = 0; i + 1 < lines->count; i++) {
        const struct line *line = &lines->items[i], *next = line + 1;
        if (line->width == 0 || next->width == 0)
            continue;
        ends++;
        if (is_full(line, next, width)) {
            full++;
            open += line->open;
        }
    }
    return full > 0 && full * 100 >= ends * WRAP_FULL_PERCENT && open * 100 >= full * WRAP_OPEN_PERCENT ? width : 0;
}

/* Lines [first, last) as one text. A hyphen at a line's end stays and takes no blank: whether it belongs to the word cannot be known. */
static struct span join(struct arena *arena, const struct lines *lines, size_t first, size_t last) {
    if (last - first == 1)
        return lines->items[first].text;
    size_t length = 0;
    for (size_t i = first; i < last; i++)
        length += lines->items[i].text.length + 1;
    char *data = arena_alloc(arena, length);
    if (!data)
        return (struct span){0};
    size_t at = 0;
    for (size_t i = first; i < last; i++) {
        struct span text = lines->items[i].text;
        for (size_t k = 0; k < text.length; k++)
            data[at++] = text.data[k];
        bool hyphen = text.length > 1 && text.data[text.length - 1] == '-' && !is_inner_space(text.data[text.length - 2]);
        if (i + 1 < last && !hyphen)
            data[at++] = ' ';
    }
    return (struct span){data, at};
}

enum result text_blocks(struct arena *arena, struct span text, const struct block **ret, size_t *ret_count) {
    struct lines lines = {0};
    if (!lines_of(arena, text, &lines))
        return RESULT_MEMORY;
    uint32_t width = wrap_width(&lines);
    struct block *blocks = NULL;
    size_t count = 0, capacity = 0;
    for (size_t i = 0; i < lines.count;) {
        size_t first = i++;
        if (lines.items[first].width == 0)
            continue;
        while (width > 0 && i < lines.count && lines.items[i].width > 0 && is_full(&lines.items[i - 1], &lines.items[i], width))
            i++;
        struct block *block = arena_push(arena, (void **)&blocks, &count, &capacity, sizeof *block);
        if (!block)
            return RESULT_MEMORY;
        *block = (struct block){.text = join(arena, &lines, first, i), .kind = BLOCK_PARAGRAPH};
    }
    if (arena_failed(arena))
        return RESULT_MEMORY;
    *ret = blocks;
    *ret_count = count;
    return RESULT_OK;
}
