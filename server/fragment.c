#include "base/buffer.h"
#include "server/render.h"

/* A browser looks for the fragment's words in the page, on word boundaries and without regard to case; marks, links and markup between
   words do not matter, but a stretch that is given whole must lie in one block. So a long quote, or one over several paragraphs, is named
   by its first and last words; a short one, which the page may hold elsewhere too, by the words before it as well. */

enum {
    WHOLE_BYTES_MAX = 200, /* a longer quote is named by its ends */
    END_WORDS = 5,         /* at each end */
    SHORT_WORDS = 4,       /* fewer words need those before them */
    PREFIX_WORDS = 3,
};

static bool is_space(char c) {
    return c == ' ' || c == '\n' || c == '\t';
}

static size_t count_words(struct span text) {
    size_t count = 0;
    for (size_t i = 0; i < text.length; i++)
        count += !is_space(text.data[i]) && (i == 0 || is_space(text.data[i - 1]));
    return count;
}

static struct span first_words(struct span text, size_t wanted) {
    size_t end = 0;
    for (size_t words = 0; end < text.length && words < wanted; words++) {
        while (end < text.length && is_space(text.data[end]))
            end++;
        while (end < text.length && !is_space(text.data[end]))
            end++;
    }
    return span_slice(text, 0, end);
}

static struct span last_words(struct span text, size_t wanted) {
    size_t start = text.length;
    for (size_t words = 0; start > 0 && words < wanted; words++) {
        while (start > 0 && is_space(text.data[start - 1]))
            start--;
        while (start > 0 && !is_space(text.data[start - 1]))
            start--;
    }
    return span_slice(text, start, text.length);
}

static struct span last_line(struct span text) {
    size_t start = text.length;
    while (start > 0 && text.data[start - 1] != '\n')
        start--;
    return span_slice(text, start, text.length);
}

/* Whole words of the quote's paragraph right before it. The store cuts its prefix at a number of characters: the first word may be a
 * stump, unless the paragraph begins within it. */
static struct span words_before(const struct db_quote *quote) {
    struct span line = last_line(quote->prefix);
    bool cut = line.length == quote->prefix.length;
    size_t words = count_words(line);
    if (cut && words > 0)
        words--;
    return span_trim(last_words(line, words < PREFIX_WORDS ? words : PREFIX_WORDS));
}

/* The hyphen divides the parts of a fragment, so that it must be escaped within one. */
static void append_escaped(struct buffer *out, struct arena *arena, struct span text) {
    struct span encoded = percent_encode(arena, text);
    for (size_t i = 0; i < encoded.length; i++) {
        if (encoded.data[i] == '-')
            buffer_append_string(out, "%2D");
        else
            buffer_append_char(out, encoded.data[i]);
    }
}

static void append_fragment(struct buffer *out, struct arena *arena, const struct db_quote *quote) {
    struct span text = span_trim(quote->text);
    bool one_block = span_find(text, SPAN("\n"), 0) == SIZE_MAX;
    size_t words = count_words(text);
    if (words < SHORT_WORDS) {
        struct span before = words_before(quote);
        append_escaped(out, arena, before);
        if (before.length)
            buffer_append_string(out, "-,");
    }
    if (one_block && (text.length <= WHOLE_BYTES_MAX || words <= 2 * END_WORDS)) {
        append_escaped(out, arena, text);
        return;
    }
    struct span first_paragraph = span_slice(text, 0, span_find(text, SPAN("\n"), 0));
    append_escaped(out, arena, first_words(first_paragraph, END_WORDS));
    buffer_append_char(out, ',');
    append_escaped(out, arena, span_trim(last_words(last_line(text), END_WORDS)));
}

struct span text_fragment_link(struct arena *arena, const struct db_quote *quote) {
    struct span url = quote->article_url;
    if (!span_starts_with(url, SPAN("http://")) && !span_starts_with(url, SPAN("https://")))
        return (struct span){0};
    struct buffer link;
    buffer_init(&link, 0);
    buffer_append_span(&link, url);
    buffer_append_string(&link, span_find(url, SPAN("#"), 0) == SIZE_MAX ? "#:~:text=" : ":~:text=");
    append_fragment(&link, arena, quote);
    struct span copy = buffer_result(&link) == RESULT_OK ? arena_copy(arena, buffer_span(&link)) : (struct span){0};
    buffer_done(&link);
    return copy;
}
