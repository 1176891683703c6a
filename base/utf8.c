#include "base/utf8.h"

#include <string.h>
#include <utf8proc.h>

enum {
    REPLACEMENT = 0xFFFD,
    INDEX_STRIDE = 64, /* bytes of text for each entry of an index's table */
};

/* The length of the well-formed sequence at byte (RFC 3629, section 4), 0 where there is none. */
static size_t sequence_length(const unsigned char *byte, size_t left) {
    unsigned char lead = byte[0];
    if (lead < 0x80)
        return 1;
    if (lead < 0xC2 || lead > 0xF4 || left < 2)
        return 0;
    unsigned char low = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
    unsigned char high = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
    if (byte[1] < low || byte[1] > high)
        return 0;
    if (lead < 0xE0)
        return 2;
    if (left < 3 || (byte[2] & 0xC0) != 0x80)
        return 0;
    if (lead < 0xF0)
        return 3;
    return left >= 4 && (byte[3] & 0xC0) == 0x80 ? 4 : 0;
}

uint32_t utf8_decode(struct span text, size_t offset, size_t *ret_length) {
    if (offset >= text.length) {
        *ret_length = 0;
        return 0;
    }
    const unsigned char *byte = (const unsigned char *)text.data + offset;
    size_t length = sequence_length(byte, text.length - offset);
    *ret_length = length == 0 ? 1 : length;
    switch (length) {
    case 1:
        return byte[0];
    case 2:
        return (byte[0] & 0x1FU) << 6 | (byte[1] & 0x3FU);
    case 3:
        return (byte[0] & 0x0FU) << 12 | (byte[1] & 0x3FU) << 6 | (byte[2] & 0x3FU);
    case 4:
        return (byte[0] & 0x07U) << 18 | (byte[1] & 0x3FU) << 12 | (byte[2] & 0x3FU) << 6 | (byte[3] & 0x3FU);
    default:
        return REPLACEMENT;
    }
}

uint32_t utf8_decode_before(struct span text, size_t offset, size_t *ret_length) {
    if (offset > text.length)
        offset = text.length;
    if (offset == 0) {
        *ret_length = 0;
        return 0;
    }
    size_t start = offset - 1;
    while (start > 0 && offset - start < 4 && ((unsigned char)text.data[start] & 0xC0) == 0x80)
        start--;
    uint32_t code_point = utf8_decode(span_slice(text, 0, offset), start, ret_length);
    if (start + *ret_length == offset)
        return code_point;
    *ret_length = 1;
    return REPLACEMENT;
}

size_t utf8_encode(uint32_t code_point, char out[4]) {
    if (code_point > 0x10FFFF || (code_point >= 0xD800 && code_point <= 0xDFFF))
        code_point = REPLACEMENT;
    if (code_point < 0x80) {
        out[0] = (char)code_point;
        return 1;
    }
    size_t length = code_point < 0x800 ? 2 : code_point < 0x10000 ? 3 : 4;
    static const unsigned char leads[] = {0, 0, 0xC0, 0xE0, 0xF0};
    for (size_t i = length - 1; i > 0; i--) {
        out[i] = (char)(0x80 | (code_point & 0x3F));
        code_point >>= 6;
    }
    out[0] = (char)(leads[length] | code_point);
    return length;
}

static uint64_t load_eight(const char *data) {
    uint64_t eight;
    memcpy(&eight, data, sizeof(eight));
    return eight;
}

bool utf8_valid(struct span text, size_t *ret_bad_offset) {
    size_t at = 0;
    while (at < text.length) {
        while (text.length - at >= 8 && (load_eight(text.data + at) & UINT64_C(0x8080808080808080)) == 0)
            at += 8;
        /* A character beyond ASCII seldom comes alone, so the bytes up to the next eight are looked at one by one. */
        size_t stop = text.length - at > 8 ? at + 8 : text.length;
        while (at < stop) {
            size_t length = sequence_length((const unsigned char *)text.data + at, text.length - at);
            if (length == 0) {
                if (ret_bad_offset != NULL)
                    *ret_bad_offset = at;
                return false;
            }
            at += length;
        }
    }
    return true;
}

size_t utf8_count(struct span text) {
    const uint64_t ones = UINT64_C(0x0101010101010101);
    size_t continuations = 0;
    size_t at = 0;
    for (; text.length - at >= 8; at += 8) {
        uint64_t eight = load_eight(text.data + at);
        uint64_t marks = (eight >> 7) & (~eight >> 6) & ones; /* bit 7 set, bit 6 clear */
        continuations += (size_t)((marks * ones) >> 56);
    }
    for (; at < text.length; at++)
        continuations += ((unsigned char)text.data[at] & 0xC0) == 0x80;
    return text.length - continuations;
}

static enum utf8_class class_of_category(utf8proc_category_t category) {
    switch (category) {
    case UTF8PROC_CATEGORY_LU:
    case UTF8PROC_CATEGORY_LT:
        return UTF8_UPPER;
    case UTF8PROC_CATEGORY_LL:
        return UTF8_LOWER;
    case UTF8PROC_CATEGORY_LO:
    case UTF8PROC_CATEGORY_LM:
        return UTF8_LETTER;
    case UTF8PROC_CATEGORY_MN:
    case UTF8PROC_CATEGORY_MC:
    case UTF8PROC_CATEGORY_ME:
        return UTF8_MARK;
    case UTF8PROC_CATEGORY_ND:
    case UTF8PROC_CATEGORY_NL:
    case UTF8PROC_CATEGORY_NO:
        return UTF8_DIGIT;
    case UTF8PROC_CATEGORY_PC:
    case UTF8PROC_CATEGORY_PD:
    case UTF8PROC_CATEGORY_PS:
    case UTF8PROC_CATEGORY_PE:
    case UTF8PROC_CATEGORY_PI:
    case UTF8PROC_CATEGORY_PF:
    case UTF8PROC_CATEGORY_PO:
        return UTF8_PUNCTUATION;
    case UTF8PROC_CATEGORY_ZS:
    case UTF8PROC_CATEGORY_ZL:
    case UTF8PROC_CATEGORY_ZP:
        return UTF8_SPACE;
    case UTF8PROC_CATEGORY_CC:
    case UTF8PROC_CATEGORY_CF:
    case UTF8PROC_CATEGORY_CS:
        return UTF8_CONTROL;
    default:
        return UTF8_OTHER;
    }
}

enum utf8_class utf8_class_of(uint32_t code_point) {
    if (code_point < 0x80) {
        if (code_point >= 'a' && code_point <= 'z')
            return UTF8_LOWER;
        if (code_point >= 'A' && code_point <= 'Z')
            return UTF8_UPPER;
        if (code_point >= '0' && code_point <= '9')
            return UTF8_DIGIT;
        if (code_point == ' ')
            return UTF8_SPACE;
    }
    /* Line ends and the tab are Cc in Unicode, yet they part words (White_Space in PropList.txt). */
    if ((code_point >= '\t' && code_point <= '\r') || code_point == 0x85)
        return UTF8_SPACE;
    return code_point > 0x10FFFF ? UTF8_OTHER : class_of_category(utf8proc_category((utf8proc_int32_t)code_point));
}

bool utf8_is_letter(uint32_t code_point) {
    if (code_point < 0x80)
        return (code_point | 0x20) >= 'a' && (code_point | 0x20) <= 'z';
    enum utf8_class class = utf8_class_of(code_point);
    return class == UTF8_UPPER || class == UTF8_LOWER || class == UTF8_LETTER;
}

uint32_t utf8_lower(uint32_t code_point) {
    if (code_point < 0x80)
        return code_point >= 'A' && code_point <= 'Z' ? code_point + 32 : code_point;
    return code_point > 0x10FFFF ? code_point : (uint32_t)utf8proc_tolower((utf8proc_int32_t)code_point);
}

uint32_t utf8_upper(uint32_t code_point) {
    if (code_point < 0x80)
        return code_point >= 'a' && code_point <= 'z' ? code_point - 32 : code_point;
    return code_point > 0x10FFFF ? code_point : (uint32_t)utf8proc_toupper((utf8proc_int32_t)code_point);
}

enum result utf8_index_make(struct arena *arena, struct span text, struct utf8_index *ret) {
    if (text.length > UINT32_MAX)
        return RESULT_TOO_LARGE;
    size_t entries = text.length / INDEX_STRIDE + 1;
    uint32_t *table = arena_alloc_array(arena, entries, sizeof(*table));
    if (table == NULL)
        return RESULT_MEMORY;
    for (size_t i = 1; i < entries; i++)
        table[i] = table[i - 1] + (uint32_t)utf8_count(span_slice(text, (i - 1) * INDEX_STRIDE, i * INDEX_STRIDE));
    *ret = (struct utf8_index){text, table};
    return RESULT_OK;
}

uint32_t utf8_index_code_point(const struct utf8_index *index, size_t byte_offset) {
    if (byte_offset > index->text.length)
        byte_offset = index->text.length;
    size_t entry = byte_offset / INDEX_STRIDE;
    return index->table[entry] + (uint32_t)utf8_count(span_slice(index->text, entry * INDEX_STRIDE, byte_offset));
}
