#include "extract/stretch.h"

#include "base/utf8.h"

enum { LEFT_SINGLE = 0x2018, RIGHT_SINGLE = 0x2019, LOW_SINGLE = 0x201A, LEFT_ANGLE = 0x2039, RIGHT_ANGLE = 0x203A };
enum { RIGHT_DOUBLE = 0x201D, LEFT_GUILLEMET = 0xAB, RIGHT_GUILLEMET = 0xBB };

/* One mark as it stands in the text; two adjacent single marks are one double mark. */
struct mark {
    uint32_t first; /* tokens of the mark, half open */
    uint32_t last;
    uint32_t paragraph;
    uint32_t form; /* code point; of a doubled single mark its double counterpart */
    bool single;
    bool opens;      /* by its place it could open: space or an opening sign before it, none behind */
    bool closes;     /* by its place it could only close */
    bool after_gap;  /* white space stands before it */
    bool before_gap; /* white space stands behind it */
    bool possessive; /* a mark that may be the apostrophe of a plural: "the workers' rights" */
};

struct marks {
    struct mark *items;
    size_t count;
    size_t capacity;
};

struct pairing {
    struct arena *arena;
    const struct tokens *tokens;
    struct marks marks;
    struct stretch *items;
    size_t count;
    size_t capacity;
};

static uint32_t first_code_point(const struct tokens *tokens, size_t index) {
    size_t length;
    struct span text = token_text(tokens, index);
    return text.length > 0 ? utf8_decode(text, 0, &length) : 0;
}

static uint32_t last_code_point(const struct tokens *tokens, size_t index) {
    size_t length;
    struct span text = token_text(tokens, index);
    return utf8_decode_before(text, text.length, &length);
}

static bool is_single_form(uint32_t form) {
    return form == '\'' || form == '`' || form == LEFT_SINGLE || form == RIGHT_SINGLE || form == LOW_SINGLE || form == LEFT_ANGLE ||
           form == RIGHT_ANGLE;
}

static uint32_t doubled(uint32_t form) {
    return form == RIGHT_SINGLE ? RIGHT_DOUBLE : '"';
}

/* Tokenizers read the mark behind a final s as a possessive; here it may still turn out to close a quote. */
static bool is_mark(const struct tokens *tokens, size_t index) {
    const struct token *token = &tokens->items[index];
    if (token->kind == TOKEN_MARK)
        return true;
    if (token->kind != TOKEN_POSSESSIVE)
        return false;
    uint32_t form = first_code_point(tokens, index);
    size_t length;
    utf8_decode(token_text(tokens, index), 0, &length);
    return (form == '\'' || form == RIGHT_SINGLE) && length == token->end - token->start;
}

static bool gap_before(const struct tokens *tokens, size_t index) {
    return index == 0 || index >= tokens->count || tokens->items[index].space_before ||
           tokens->items[index].paragraph != tokens->items[index - 1].paragraph;
}

static bool is_word(const struct tokens *tokens, size_t index) {
    uint8_t kind = tokens->items[index].kind;
    return kind == TOKEN_WORD || kind == TOKEN_NUMBER;
}

/* An opening mark may follow these without a space. */
static bool is_opening_sign(uint32_t c) {
    return c == '(' || c == '[' || c == '-' || c == '/' || c == 0x2013 || c == 0x2014 || c == '\'' || c == LEFT_SINGLE || c == ':' ||
           c == '"' || c == 0x201C;
}

static struct mark mark_read(const struct tokens *tokens, size_t index) {
    struct mark mark = {.first = (uint32_t)index, .paragraph = tokens->items[index].paragraph, .form = first_code_point(tokens, index)};
    size_t last = index + 1;
    mark.single = is_single_form(mark.form);
    size_t length;
    struct span text = token_text(tokens, index);
    utf8_decode(text, 0, &length);
    if (mark.single && length < text.length) {
        mark.single = false;
        mark.form = doubled(mark.form);
    } else if (mark.single && last < tokens->count && !gap_before(tokens, last) && is_mark(tokens, last) &&
               first_code_point(tokens, last) == mark.form) {
        mark.single = false;
        mark.form = doubled(mark.form);
        last++;
    }
    mark.last = (uint32_t)last;
    mark.after_gap = gap_before(tokens, index);
    mark.before_gap = gap_before(tokens, last);
    mark.opens = !mark.before_gap && (mark.after_gap || is_opening_sign(last_code_point(tokens, index - 1)));
    mark.closes = mark.before_gap && !mark.after_gap;
    mark.possessive = tokens->items[index].kind == TOKEN_POSSESSIVE;
    if (mark.single && mark.closes && is_word(tokens, index - 1)) {
        uint32_t before = last_code_point(tokens, index - 1);
        mark.possessive = mark.possessive || before == 's' || before == 'S';
    }
    return mark;
}

static bool marks_collect(struct pairing *pairing) {
    const struct tokens *tokens = pairing->tokens;
    void *items = NULL;
    for (size_t i = 0; i < tokens->count;) {
        if (!is_mark(tokens, i)) {
            i++;
            continue;
        }
        struct mark *mark = arena_push(pairing->arena, &items, &pairing->marks.count, &pairing->marks.capacity, sizeof *mark);
        if (!mark)
            return false;
        *mark = mark_read(tokens, i);
        i = mark->last;
    }
    pairing->marks.items = items;
    return true;
}

static size_t paragraph_begin(const struct tokens *tokens, size_t index) {
    while (index > 0 && tokens->items[index - 1].paragraph == tokens->items[index].paragraph)
        index--;
    return index;
}

static size_t paragraph_end(const struct tokens *tokens, size_t index) {
    uint32_t paragraph = tokens->items[index].paragraph;
    while (index < tokens->count && tokens->items[index].paragraph == paragraph)
        index++;
    return index;
}

/* Adds tokens [first, last) as a stretch unless no word is in it. */
static void stretch_add(struct pairing *pairing, size_t first, size_t last, bool opened, bool closed, bool continued) {
    const struct tokens *tokens = pairing->tokens;
    bool words = false;
    for (size_t i = first; i < last && !words; i++)
        words = is_word(tokens, i);
    if (!words)
        return;
    void *items = pairing->items;
    struct stretch *stretch = arena_push(pairing->arena, &items, &pairing->count, &pairing->capacity, sizeof *stretch);
    pairing->items = items;
    if (!stretch)
        return;
    *stretch = (struct stretch){(uint32_t)first,  (uint32_t)last,   tokens->items[first].start, tokens->items[last - 1].end,
                                .opened = opened, .closed = closed, .continued = continued};
}

static bool has_right_form(const struct mark *mark) {
    return mark->form == RIGHT_DOUBLE || mark->form == RIGHT_GUILLEMET;
}

/* Index of the next double mark of the same paragraph behind marks[at], or count. */
static size_t next_double(const struct marks *marks, size_t at) {
    size_t i = at + 1;
    while (i < marks->count && marks->items[i].paragraph == marks->items[at].paragraph && marks->items[i].single)
        i++;
    return i < marks->count && marks->items[i].paragraph == marks->items[at].paragraph ? i : marks->count;
}

/* True if the guillemet that marks[open] is has its counterpart before another one like it opens: marks of other forms are then inside. */
static bool guillemet_pairs(const struct marks *marks, size_t open) {
    uint32_t form = marks->items[open].form;
    uint32_t counterpart = form == LEFT_GUILLEMET ? RIGHT_GUILLEMET : LEFT_GUILLEMET;
    for (size_t i = next_double(marks, open); i < marks->count; i = next_double(marks, i))
        if (marks->items[i].form == form || marks->items[i].form == counterpart)
            return marks->items[i].form == counterpart;
    return false;
}

/* A straight mark behind a number, inside curly marks, is an inch sign. */
static bool is_inch_sign(const struct pairing *pairing, const struct mark *open, const struct mark *mark) {
    return mark->form == '"' && open->form != '"' && mark->first > 0 && pairing->tokens->items[mark->first - 1].kind == TOKEN_NUMBER &&
           !mark->after_gap;
}

/* True if the paragraph that begins with token index begins with a double mark that opens. */
static bool paragraph_reopens(const struct pairing *pairing, size_t index, size_t next_mark) {
    const struct marks *marks = &pairing->marks;
    return next_mark < marks->count && marks->items[next_mark].first == index && marks->items[next_mark].opens &&
           !marks->items[next_mark].single;
}

/* A closing mark that nothing opened: the words from the paragraph's begin are a quote if the last paragraph left one open, or if it
   is the first mark and stands behind a sentence's or clause's end. */
static void pair_unopened(struct pairing *pairing, const struct mark *mark, bool left_open) {
    if (mark->first == 0)
        return;
    uint32_t before = first_code_point(pairing->tokens, mark->first - 1);
    if (left_open || before == ',' || before == '.' || before == '!' || before == '?' || before == 0x2026)
        stretch_add(pairing, paragraph_begin(pairing->tokens, mark->first), mark->first, false, true, false);
}

/* Pairs the double marks of one paragraph, marks[*at] being its first mark; *at goes behind the last one. Returns whether a quote is left
 * open. */
static bool pair_doubles(struct pairing *pairing, size_t *at, bool left_open) {
    const struct marks *marks = &pairing->marks;
    uint32_t paragraph = marks->items[*at].paragraph;
    size_t open = SIZE_MAX;
    bool exclusive = false, seen = false;
    for (; *at < marks->count && marks->items[*at].paragraph == paragraph; ++*at) {
        const struct mark *mark = &marks->items[*at];
        if (mark->single)
            continue;
        if (open != SIZE_MAX) {
            const struct mark *opener = &marks->items[open];
            if ((exclusive && mark->form != LEFT_GUILLEMET && mark->form != RIGHT_GUILLEMET) || is_inch_sign(pairing, opener, mark))
                continue;
            bool reopens = mark->after_gap && mark->opens && !has_right_form(mark); /* a closing mark is missing */
            stretch_add(pairing, opener->last, mark->first, true, !reopens, false);
            open = reopens ? *at : SIZE_MAX;
        } else if (mark->opens || !(mark->closes || has_right_form(mark))) {
            open = *at;
        } else if (!seen) {
            pair_unopened(pairing, mark, left_open);
        }
        seen = true;
        exclusive = open == *at && (mark->form == LEFT_GUILLEMET || mark->form == RIGHT_GUILLEMET) && guillemet_pairs(marks, open);
    }
    if (open == SIZE_MAX)
        return false;
    size_t end = paragraph_end(pairing->tokens, marks->items[open].first);
    bool continued = end < pairing->tokens->count && paragraph_reopens(pairing, end, *at);
    stretch_add(pairing, marks->items[open].last, end, true, false, continued);
    return true;
}

static bool single_opens(const struct pairing *pairing, const struct mark *mark) {
    return mark->single && mark->opens && !mark->possessive && mark->form != RIGHT_SINGLE && mark->form != RIGHT_ANGLE &&
           mark->last < pairing->tokens->count && is_word(pairing->tokens, mark->last);
}

static bool single_closes(const struct pairing *pairing, const struct mark *mark) {
    if (!mark->single || mark->after_gap || mark->form == LEFT_ANGLE || mark->form == LOW_SINGLE)
        return false;
    return mark->before_gap || !is_word(pairing->tokens, mark->last);
}

/* "the workers' rights": a lower-case word goes on behind the apostrophe. */
static bool goes_on_in_lower_case(const struct tokens *tokens, const struct mark *mark) {
    return mark->last < tokens->count && tokens->items[mark->last].paragraph == mark->paragraph &&
           tokens->items[mark->last].kind == TOKEN_WORD && tokens->items[mark->last].shape == SHAPE_LOWER;
}

/* The mark that closes the single mark marks[open]: the first that can be no apostrophe, else the first that need not be one; SIZE_MAX
   where the next opening comes before it. *ret_next is where the search ended, so that all searches together are linear. */
static size_t single_counterpart(const struct pairing *pairing, const bool *inside, size_t open, size_t *ret_next) {
    const struct marks *marks = &pairing->marks;
    size_t found = SIZE_MAX, i = open + 1;
    for (; i < marks->count && marks->items[i].paragraph == marks->items[open].paragraph; i++) {
        const struct mark *mark = &marks->items[i];
        if (inside[i])
            continue;
        if (single_opens(pairing, mark))
            break;
        if (!single_closes(pairing, mark))
            continue;
        if (!mark->possessive) {
            found = i;
            break;
        }
        if (found == SIZE_MAX && !goes_on_in_lower_case(pairing->tokens, mark))
            found = i;
    }
    *ret_next = i;
    return found;
}

/* Marks that lie inside a double stretch open and close nothing outside of it. */
static bool *marks_inside(const struct pairing *pairing) {
    bool *inside = arena_alloc_array(pairing->arena, pairing->marks.count, sizeof *inside);
    for (size_t i = 0, s = 0; inside && i < pairing->marks.count; i++) {
        const struct mark *mark = &pairing->marks.items[i];
        while (s < pairing->count && pairing->items[s].last <= mark->first)
            s++;
        inside[i] = s < pairing->count && pairing->items[s].first <= mark->first;
    }
    return inside;
}

/* "rock 'n' roll". */
static bool is_single_letter(const struct tokens *tokens, size_t first, size_t last) {
    return last == first + 1 && tokens->items[first].end - tokens->items[first].start == 1;
}

static void pair_singles(const struct pairing *doubles, struct pairing *ret) {
    bool *inside = marks_inside(doubles);
    if (!inside)
        return;
    const struct marks *marks = &doubles->marks;
    for (size_t i = 0; i < marks->count;) {
        size_t next = i + 1;
        if (!inside[i] && single_opens(doubles, &marks->items[i])) {
            size_t close = single_counterpart(doubles, inside, i, &next);
            if (close != SIZE_MAX && !is_single_letter(doubles->tokens, marks->items[i].last, marks->items[close].first)) {
                stretch_add(ret, marks->items[i].last, marks->items[close].first, true, true, false);
                next = close + 1;
            }
        }
        i = next;
    }
}

/* Both lists in one, ascending; a double stretch inside a single one is a quote within a quote and goes. */
static enum result merge(struct arena *arena, const struct pairing *doubles, const struct pairing *singles, struct stretches *ret) {
    struct stretch *items = arena_alloc_array(arena, doubles->count + singles->count, sizeof *items);
    if (!items || arena_failed(arena))
        return RESULT_MEMORY;
    size_t count = 0, s = 0;
    for (size_t d = 0; d < doubles->count; d++) {
        while (s < singles->count && singles->items[s].first < doubles->items[d].first)
            items[count++] = singles->items[s++];
        if (count == 0 || items[count - 1].last <= doubles->items[d].first)
            items[count++] = doubles->items[d];
    }
    while (s < singles->count)
        items[count++] = singles->items[s++];
    *ret = (struct stretches){items, count};
    return RESULT_OK;
}

enum result stretches_find(struct arena *arena, const struct tokens *tokens, struct stretches *ret) {
    struct pairing doubles = {.arena = arena, .tokens = tokens};
    if (!marks_collect(&doubles))
        return RESULT_MEMORY;
    uint32_t open_paragraph = UINT32_MAX;
    for (size_t at = 0; at < doubles.marks.count;) {
        uint32_t paragraph = doubles.marks.items[at].paragraph;
        bool left_open = open_paragraph != UINT32_MAX && paragraph - open_paragraph <= 1;
        open_paragraph = pair_doubles(&doubles, &at, left_open) ? paragraph : UINT32_MAX;
    }
    struct pairing singles = {.arena = arena, .tokens = tokens};
    pair_singles(&doubles, &singles);
    return merge(arena, &doubles, &singles, ret);
}

int stretch_at(const struct stretches *stretches, size_t token) {
    size_t low = 0, high = stretches->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (stretches->items[middle].last <= token)
            low = middle + 1;
        else
            high = middle;
    }
    return low < stretches->count && stretches->items[low].first <= token ? (int)low : -1;
}
