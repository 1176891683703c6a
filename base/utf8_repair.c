#include "base/utf8.h"

#include <string.h>

/* The characters of Windows-1252's bytes 0x80 to 0x9F (https://encoding.spec.whatwg.org/index-windows-1252.txt); 0 where it has none. */
static const uint16_t windows_1252[32] = {
    0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0, 0x017D, 0,
    0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0, 0x017E, 0x0178,
};

/* Plausible text has few odd characters: control characters, bytes that Windows-1252 does not define, signs that prose has no use for, and
   repaired letters in a row ("Ïðèâåò" is another encoding misread; "hyvää" is not). */
enum {
    ODD_ONE_IN = 32,     /* Finnish, the worst of the Latin-1 languages, doubles its accented letters once in 80 characters */
    ODD_FREE = 2,        /* so that one stray byte does not condemn a short headline */
    REPAIRED_ONE_IN = 4, /* Latin-1 languages stay below one accented letter in eight */
    REPAIRED_FREE = 4,
};

enum { REPLACEMENT = 0xFFFD };

/* What a look over the bytes found. */
struct survey {
    size_t characters;
    size_t repaired; /* bytes that are not UTF-8, and C1 controls that stand for Windows-1252's bytes */
    size_t odd;
    size_t first_repaired; /* byte offsets */
    size_t first_odd;
    size_t first_null; /* SIZE_MAX: none */
    bool changes;      /* a line end or control character is to be rewritten */
    bool is_utf8;      /* a well-formed character beyond ASCII was met */
};

static uint32_t from_windows_1252(unsigned char byte) {
    if (byte < 0x80 || byte >= 0xA0)
        return byte;
    return windows_1252[byte - 0x80] == 0 ? REPLACEMENT : windows_1252[byte - 0x80];
}

static bool is_odd_sign(uint32_t character) {
    switch (character) {
    case REPLACEMENT:
    case 0xA4: /* currency sign */
    case 0xA6: /* broken bar */
    case 0xA8: /* diaeresis */
    case 0xAC: /* not */
    case 0xAF: /* macron */
    case 0xB8: /* cedilla */
    case 0x02C6:
    case 0x02DC:
        return true;
    default:
        return false;
    }
}

static bool is_stray_control(uint32_t character) {
    return (character < 0x20 && character != '\t' && character != '\n' && character != '\r' && character != '\f') || character == 0x7F;
}

static bool is_letter_byte(unsigned char byte) {
    return utf8_is_letter(from_windows_1252(byte));
}

static void note_odd(struct survey *survey, size_t at) {
    if (survey->odd++ == 0)
        survey->first_odd = at;
}

static void note_repaired(struct survey *survey, struct span bytes, size_t at, unsigned char byte) {
    if (survey->repaired++ == 0)
        survey->first_repaired = at;
    bool in_a_row = at > 0 && is_letter_byte(byte) && (unsigned char)bytes.data[at - 1] >= 0xC0;
    if (is_odd_sign(from_windows_1252(byte)) || in_a_row)
        note_odd(survey, at);
}

/* True if the character of length bytes is to be read as a Windows-1252 byte, which is then in *ret_byte: an ill-formed byte, or a C1
   control, which nobody writes but which text that was once decoded as Latin-1 is full of. */
static bool is_repairable(struct span bytes, size_t at, uint32_t character, size_t length, unsigned char *ret_byte) {
    bool ill_formed = length == 1 && character == REPLACEMENT;
    bool c1_control = length == 2 && character >= 0x80 && character <= 0x9F;
    *ret_byte = ill_formed ? (unsigned char)bytes.data[at] : (unsigned char)character;
    return ill_formed || c1_control;
}

static struct survey survey_bytes(struct span bytes) {
    struct survey survey = {.first_null = SIZE_MAX};
    for (size_t at = 0; at < bytes.length; survey.characters++) {
        unsigned char byte = (unsigned char)bytes.data[at];
        if (byte >= 0x20 && byte < 0x7F) {
            at++;
            continue;
        }
        size_t length;
        uint32_t character = utf8_decode(bytes, at, &length);
        if (character == 0) {
            survey.first_null = at;
            return survey;
        }
        if (is_repairable(bytes, at, character, length, &byte)) {
            note_repaired(&survey, bytes, at, byte);
        } else if (is_stray_control(character)) {
            note_odd(&survey, at);
            survey.changes = true;
        } else if (character == '\r' || character == 0x2028 || character == 0x2029) {
            survey.changes = true;
        } else {
            survey.is_utf8 |= length > 1;
        }
        at += length;
    }
    return survey;
}

/* Writes what is no plain character and returns how many bytes that made; *at moves on by what was read. */
static size_t write_special(struct span bytes, size_t *at, char *out) {
    size_t length;
    uint32_t character = utf8_decode(bytes, *at, &length);
    size_t next = *at + length;
    unsigned char byte;
    if (is_repairable(bytes, *at, character, length, &byte)) {
        *at = next;
        return utf8_encode(from_windows_1252(byte), out);
    }
    if (character == '\r') {
        *at = next < bytes.length && bytes.data[next] == '\n' ? next + 1 : next;
        out[0] = '\n';
        return 1;
    }
    if (is_stray_control(character) || character == 0x2028 || character == 0x2029) {
        *at = next;
        memcpy(out, character == 0x2029 ? "\n\n" : character == 0x2028 ? "\n" : " ", character == 0x2029 ? 2 : 1);
        return character == 0x2029 ? 2 : 1;
    }
    memcpy(out, bytes.data + *at, length);
    *at = next;
    return length;
}

/* How many bytes at the end are the begin of a character that was cut off, as fields of a fixed number of bytes are. */
static size_t cut_tail(struct span bytes) {
    size_t start = bytes.length;
    while (start > 0 && bytes.length - start < 3 && ((unsigned char)bytes.data[start - 1] & 0xC0) == 0x80)
        start--;
    if (start == 0)
        return 0;
    start--;
    unsigned char lead = (unsigned char)bytes.data[start];
    size_t needed = lead >= 0xF0 && lead <= 0xF4 ? 4 : lead >= 0xE0 && lead < 0xF0 ? 3 : lead >= 0xC2 && lead < 0xE0 ? 2 : 0;
    size_t tail = bytes.length - start;
    return tail < needed ? tail : 0;
}

/* Writes bytes anew, and U+FFFD behind them where a character was cut off. */
static enum result rewrite(struct arena *arena, struct span bytes, const struct survey *survey, bool cut, struct span *ret) {
    /* A repaired byte becomes at most three; everything else shrinks or stays. */
    if (survey->repaired > (SIZE_MAX - bytes.length - 4) / 2)
        return RESULT_MEMORY;
    char *out = arena_alloc(arena, bytes.length + 2 * survey->repaired + 4);
    if (out == NULL)
        return RESULT_MEMORY;
    size_t length = 0;
    for (size_t at = 0; at < bytes.length;) {
        unsigned char byte = (unsigned char)bytes.data[at];
        if (byte >= 0x20 && byte < 0x7F) {
            out[length++] = (char)byte;
            at++;
        } else {
            length += write_special(bytes, &at, out + length);
        }
    }
    if (cut)
        length += utf8_encode(REPLACEMENT, out + length);
    *ret = (struct span){out, length};
    return RESULT_OK;
}

static enum result repair_bytes(struct arena *arena, struct span bytes, size_t skipped, struct span *ret, bool *ret_repaired,
                                struct error *error) {
    size_t tail = cut_tail(bytes);
    struct survey survey = survey_bytes(span_slice(bytes, 0, bytes.length - tail));
    /* A lone lead byte ends Latin-1 text too ("café"): only what else is UTF-8 was cut off. */
    bool cut = tail > 0 && survey.is_utf8 && survey.repaired == 0;
    if (cut)
        bytes = span_slice(bytes, 0, bytes.length - tail);
    else if (tail > 0)
        survey = survey_bytes(bytes);
    if (survey.first_null != SIZE_MAX)
        return error_set(error, RESULT_INVALID, "binary: a NUL at byte %zu", survey.first_null + skipped);
    if (survey.odd > survey.characters / ODD_ONE_IN + ODD_FREE)
        return error_set(error, RESULT_INVALID,
                         "binary or of an unknown encoding: %zu of %zu characters make no text, the first at byte %zu", survey.odd,
                         survey.characters, survey.first_odd + skipped);
    if (survey.repaired > survey.characters / REPAIRED_ONE_IN + REPAIRED_FREE)
        return error_set(
            error, RESULT_INVALID,
            "of an unknown encoding: %zu of %zu characters are neither UTF-8 nor plausible Windows-1252, the first at byte %zu",
            survey.repaired, survey.characters, survey.first_repaired + skipped);
    *ret_repaired = survey.repaired > 0;
    if (survey.repaired == 0 && !survey.changes && !cut) {
        *ret = bytes;
        return RESULT_OK;
    }
    if (rewrite(arena, bytes, &survey, cut, ret) != RESULT_OK)
        return error_set(error, RESULT_MEMORY, "no memory to repair %zu bytes", bytes.length);
    return RESULT_OK;
}

static uint32_t utf16_unit(struct span bytes, size_t at, bool big_endian) {
    uint32_t first = (unsigned char)bytes.data[at];
    uint32_t second = (unsigned char)bytes.data[at + 1];
    return big_endian ? first << 8 | second : second << 8 | first;
}

static enum result utf16_to_utf8(struct arena *arena, struct span bytes, bool big_endian, struct span *ret, struct error *error) {
    if (bytes.length % 2 != 0)
        return error_set(error, RESULT_INVALID, "UTF-16 that breaks off within a character at byte %zu", bytes.length - 1);
    if (bytes.length > SIZE_MAX / 2)
        return error_set(error, RESULT_TOO_LARGE, "%zu bytes of UTF-16", bytes.length);
    char *out = arena_alloc(arena, bytes.length / 2 * 3 + 1);
    if (out == NULL)
        return error_set(error, RESULT_MEMORY, "no memory to convert %zu bytes of UTF-16", bytes.length);
    size_t length = 0;
    for (size_t at = 2; at < bytes.length; at += 2) {
        uint32_t character = utf16_unit(bytes, at, big_endian);
        if (character >= 0xD800 && character <= 0xDFFF) {
            uint32_t low = at + 4 <= bytes.length ? utf16_unit(bytes, at + 2, big_endian) : 0;
            if (character >= 0xDC00 || low < 0xDC00 || low > 0xDFFF)
                return error_set(error, RESULT_INVALID, "UTF-16 with half a surrogate pair at byte %zu", at);
            character = 0x10000 + ((character - 0xD800) << 10) + (low - 0xDC00);
            at += 2;
        }
        if (character == 0)
            return error_set(error, RESULT_INVALID, "binary: a NUL at byte %zu", at);
        length += utf8_encode(character, out + length);
    }
    *ret = (struct span){out, length};
    return RESULT_OK;
}

enum result utf8_repair(struct arena *arena, struct span bytes, struct span *ret, enum utf8_origin *ret_origin, struct error *error) {
    const struct span utf8_mark = SPAN("\xEF\xBB\xBF");
    bool big_endian = span_starts_with(bytes, SPAN("\xFE\xFF"));
    bool repaired;
    if (big_endian || span_starts_with(bytes, SPAN("\xFF\xFE"))) {
        struct span converted;
        enum result result = utf16_to_utf8(arena, bytes, big_endian, &converted, error);
        if (result == RESULT_OK)
            result = repair_bytes(arena, converted, 0, ret, &repaired, error);
        if (result == RESULT_OK)
            *ret_origin = UTF8_FROM_UTF16;
        return result;
    }
    size_t skipped = span_starts_with(bytes, utf8_mark) ? utf8_mark.length : 0;
    enum result result = repair_bytes(arena, span_slice(bytes, skipped, bytes.length), skipped, ret, &repaired, error);
    if (result == RESULT_OK)
        *ret_origin = repaired ? UTF8_FROM_WINDOWS_1252 : UTF8_AS_IS;
    return result;
}
