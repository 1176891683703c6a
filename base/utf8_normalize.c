#include "base/utf8.h"

#include "base/buffer.h"
#include "base/cleanup.h"

#include <string.h>
#include <utf8proc.h>

enum {
    DECOMPOSED_MAX = 32, /* code points of one decomposed character; Unicode's longest has 18 (U+FDFA) */
    RUN_MARKS_MAX = 30,  /* Stream-Safe Text Format, UAX #15 section 13: no language stacks more marks; ordering stays linear */
    COMBINING_GRAPHEME_JOINER = 0x034F,
};

/* Code points that NFC leaves as they are and never joins to what stands before them (NFC_Quick_Check=Yes, Canonical_Combining_Class=0
   and no second half of a composition in UnicodeData.txt), together most of what news is written in. Ascending. */
static const struct {
    uint32_t first;
    uint32_t last;
} stable_ranges[] = {
    {0x0000, 0x02FF}, {0x0388, 0x0482}, {0x048A, 0x0590}, {0x2002, 0x20CF}, {0x2100, 0x2125}, {0x2190, 0x2328},
    {0x2460, 0x2ADB}, {0x3000, 0x3029}, {0x3041, 0x3098}, {0x309B, 0xA66E}, {0xAC00, 0xD7A3}, {0xFF01, 0xFFEF},
};

static bool is_stable(uint32_t code_point) {
    for (size_t i = 0; i < sizeof(stable_ranges) / sizeof(stable_ranges[0]) && code_point >= stable_ranges[i].first; i++)
        if (code_point <= stable_ranges[i].last)
            return true;
    return false;
}

/* The first byte at or after from that is beyond ASCII, or the text's length. */
static size_t skip_ascii(struct span text, size_t from) {
    uint64_t eight;
    while (text.length - from >= sizeof(eight)) {
        memcpy(&eight, text.data + from, sizeof(eight));
        if ((eight & UINT64_C(0x8080808080808080)) != 0)
            break;
        from += sizeof(eight);
    }
    while (from < text.length && (unsigned char)text.data[from] < 0x80)
        from++;
    return from;
}

/* The first character at or after from that is not stable, or the text's length; *before is where the character before it begins. */
static size_t find_unstable(struct span text, size_t from, size_t *before) {
    *before = from;
    while (from < text.length) {
        size_t beyond_ascii = skip_ascii(text, from);
        if (beyond_ascii > from) {
            *before = beyond_ascii - 1;
            from = beyond_ascii;
            continue;
        }
        size_t length;
        if (!is_stable(utf8_decode(text, from, &length)))
            return from;
        *before = from;
        from += length;
    }
    return from;
}

static void append_code_point(struct buffer *out, uint32_t code_point) {
    char *place = buffer_reserve(out, 4);
    if (place != NULL)
        buffer_grown(out, utf8_encode(code_point, place));
}

static int combining_class(int32_t code_point) {
    return utf8proc_get_property(code_point)->combining_class;
}

/* Decomposed code points of the characters between two stable ones. */
struct segment {
    struct buffer code_points; /* int32_t each */
    size_t marks;              /* how many at the end have a combining class */
};

static size_t segment_count(const struct segment *segment) {
    return segment->code_points.length / sizeof(int32_t);
}

/* Adds a code point and keeps the marks since the last starter in canonical order. */
static void segment_add(struct segment *segment, int32_t code_point) {
    int class = combining_class(code_point);
    if (class == 0) {
        segment->marks = 0;
    } else if (segment->marks == RUN_MARKS_MAX) {
        segment->marks = 0;
        segment_add(segment, COMBINING_GRAPHEME_JOINER);
    }
    buffer_append(&segment->code_points, &code_point, sizeof(code_point));
    if (class == 0 || buffer_result(&segment->code_points) != RESULT_OK)
        return;
    char *end = segment->code_points.data + segment->code_points.length - sizeof(code_point);
    for (size_t i = 0; i < segment->marks; i++) {
        int32_t earlier;
        memcpy(&earlier, end - sizeof(earlier), sizeof(earlier));
        if (combining_class(earlier) <= class)
            break;
        memcpy(end, &earlier, sizeof(earlier));
        end -= sizeof(earlier);
        memcpy(end, &code_point, sizeof(code_point));
    }
    segment->marks++;
}

/* Decomposes the characters from start up to the first stable one after it; returns where that begins. */
static size_t segment_read(struct segment *segment, struct span text, size_t start) {
    size_t at = start;
    while (at < text.length) {
        size_t length;
        uint32_t code_point = utf8_decode(text, at, &length);
        if (at > start && is_stable(code_point))
            break;
        int32_t decomposed[DECOMPOSED_MAX];
        utf8proc_ssize_t count =
            utf8proc_decompose_char((utf8proc_int32_t)code_point, decomposed, DECOMPOSED_MAX, UTF8PROC_STABLE | UTF8PROC_DECOMPOSE, NULL);
        for (utf8proc_ssize_t i = 0; i < count && i < DECOMPOSED_MAX; i++)
            segment_add(segment, decomposed[i]);
        at += length;
    }
    return at;
}

static void segment_write(struct segment *segment, struct buffer *out) {
    if (buffer_result(&segment->code_points) != RESULT_OK) {
        out->result = buffer_result(&segment->code_points);
        return;
    }
    /* malloc aligned the bytes for any type. */
    int32_t *code_points = (void *)segment->code_points.data;
    utf8proc_ssize_t count =
        utf8proc_normalize_utf32(code_points, (utf8proc_ssize_t)segment_count(segment), UTF8PROC_STABLE | UTF8PROC_COMPOSE);
    for (utf8proc_ssize_t i = 0; i < count; i++)
        append_code_point(out, (uint32_t)code_points[i]);
}

static enum result copy_into(struct arena *arena, struct span text, struct span *ret) {
    struct span copy = arena_copy(arena, text);
    if (copy.data == NULL)
        return RESULT_MEMORY;
    *ret = copy;
    return RESULT_OK;
}

static void segment_done(struct segment *segment) {
    buffer_done(&segment->code_points);
}

enum result utf8_normalize(struct arena *arena, struct span text, struct span *ret) {
    if (!utf8_valid(text, NULL))
        return RESULT_INVALID;
    size_t start;
    size_t unstable = find_unstable(text, 0, &start);
    if (unstable == text.length)
        return copy_into(arena, text, ret);
    CLEANUP(buffer_done) struct buffer out;
    buffer_init(&out, 0);
    CLEANUP(segment_done) struct segment segment = {.marks = 0};
    buffer_init(&segment.code_points, 0);
    size_t copied = 0;
    while (unstable < text.length) {
        buffer_append_span(&out, span_slice(text, copied, start));
        buffer_clear(&segment.code_points);
        segment.marks = 0;
        copied = segment_read(&segment, text, start);
        segment_write(&segment, &out);
        unstable = find_unstable(text, copied, &start);
    }
    buffer_append_span(&out, span_slice(text, copied, text.length));
    return buffer_result(&out) != RESULT_OK ? RESULT_MEMORY : copy_into(arena, buffer_span(&out), ret);
}
