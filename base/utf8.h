#ifndef QUOTED_BASE_UTF8_H
#define QUOTED_BASE_UTF8_H

/* UTF-8 (RFC 3629) with utf8proc for normalization and categories. Offsets are bytes unless a name says code points. Thread-safe. */

#include "base/arena.h"
#include "base/result.h"

enum utf8_class {
    UTF8_OTHER,       /* symbols, unassigned, private use */
    UTF8_UPPER,       /* Lu, Lt */
    UTF8_LOWER,       /* Ll */
    UTF8_LETTER,      /* Lo, Lm: letters without case */
    UTF8_MARK,        /* Mn, Mc, Me */
    UTF8_DIGIT,       /* Nd, Nl, No */
    UTF8_PUNCTUATION, /* P* */
    UTF8_SPACE,       /* Zs, Zl, Zp, tab, line ends */
    UTF8_CONTROL,     /* Cc, Cf, Cs */
};

/* The code point at offset (which lies on a character's start) and its length in bytes; an invalid byte gives U+FFFD and length 1. */
uint32_t utf8_decode(struct span text, size_t offset, size_t *ret_length);
/* The code point that ends right before offset; its length in bytes. At offset 0 gives 0 and length 0. */
uint32_t utf8_decode_before(struct span text, size_t offset, size_t *ret_length);
/* Writes the code point's bytes (at most 4) and returns how many. */
size_t utf8_encode(uint32_t code_point, char out[4]);

/* True if all of it is well-formed (no surrogates, no overlong forms, at most U+10FFFF); else the first bad byte's offset. */
bool utf8_valid(struct span text, size_t *ret_bad_offset);
size_t utf8_count(struct span text); /* code points of well-formed text */
enum utf8_class utf8_class_of(uint32_t code_point);
bool utf8_is_letter(uint32_t code_point); /* upper, lower, caseless letter */
uint32_t utf8_lower(uint32_t code_point); /* simple case mapping */
uint32_t utf8_upper(uint32_t code_point);

/* Canonical composition (NFC), copied into the arena. More than 30 marks in a row are parted by U+034F (UAX #15, Stream-Safe Text Format),
   so that the time is linear. RESULT_INVALID if not well-formed, RESULT_MEMORY. */
enum result utf8_normalize(struct arena *arena, struct span text, struct span *ret) MUST_USE;
/* The form under which names are compared: case folded, compatibility-decomposed, accents removed (vowel signs of Asian scripts stay),
   letters that do not decompose (ł ø ß đ æ þ ı …) spelled out by table, every other run of non-letters and non-digits one space, trimmed,
   composed. "Łódź's" gives "lodz s". RESULT_INVALID if not well-formed, RESULT_MEMORY. */
enum result utf8_fold(struct arena *arena, struct span text, struct span *ret) MUST_USE;

/* Maps byte offsets to code-point offsets in any order, each in constant time by a table of every 64th byte. RESULT_TOO_LARGE past 4 GiB,
   RESULT_MEMORY. */
struct utf8_index {
    struct span text;
    const uint32_t *table;
};
enum result utf8_index_make(struct arena *arena, struct span text, struct utf8_index *ret) MUST_USE;
uint32_t utf8_index_code_point(const struct utf8_index *index, size_t byte_offset);

/* How bytes became UTF-8. */
enum utf8_origin {
    UTF8_AS_IS,
    UTF8_FROM_WINDOWS_1252, /* repaired: Latin-1 and Windows-1252 bytes, as browsers do */
    UTF8_FROM_UTF16,        /* by its byte order mark */
};
/* Makes well-formed UTF-8 of what came in: a byte order mark is dropped (UTF-16 converted), \r\n, \r and U+2028 become \n, U+2029 \n\n.
   Bytes that are not UTF-8, and C1 controls, are read as Windows-1252 where that gives plausible text; a last character that was cut off
   becomes U+FFFD; stray controls but \t, \n and \f become spaces. RESULT_INVALID with the position (bytes from 0) in error where it is
   binary (a NUL, many controls), repaired text would be implausible, or UTF-16 is broken. RESULT_MEMORY. *ret may point into bytes or into
   the arena. */
enum result utf8_repair(struct arena *arena, struct span bytes, struct span *ret, enum utf8_origin *ret_origin,
                        struct error *error) MUST_USE;

#endif
