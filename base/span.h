#ifndef QUOTED_BASE_SPAN_H
#define QUOTED_BASE_SPAN_H

/* A span is a borrowed stretch of bytes: a pointer and a length, no closing NUL. Whoever hands a span out says until
   when it lives. A range is a place in a text by offsets, start inclusive, end exclusive; each use names its unit. */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct span {
    const char *data; /* may be NULL where length is 0 */
    size_t length;    /* bytes */
};

struct range {
    uint32_t start;
    uint32_t end;
};

/* A string literal as a span. */
#define SPAN(literal) ((struct span){"" literal, sizeof(literal) - 1})
/* The same for static initializers. */
#define SPAN_INIT(literal)                                                                                                                 \
    { "" literal, sizeof(literal) - 1 }
/* For printf's "%.*s". */
#define SPAN_PRINT(span) (int)(span).length, (span).data ? (span).data : ""

struct span span_of(const char *string);                            /* of a C string; NULL gives the empty span */
struct span span_slice(struct span span, size_t start, size_t end); /* bytes [start, end), clamped to the span */
bool span_equal(struct span a, struct span b);
bool span_equal_ignore_case(struct span a, struct span b); /* ASCII case only */
int span_compare(struct span a, struct span b);            /* bytewise order, as memcmp then length */
bool span_starts_with(struct span span, struct span prefix);
bool span_ends_with(struct span span, struct span suffix);
struct span span_trim(struct span span); /* without ASCII white space at both ends */
/* The byte offset of the first needle at or after from, or SIZE_MAX. */
size_t span_find(struct span haystack, struct span needle, size_t from);
/* Cuts the text before the first separator off *rest and stores it in *ret_piece; false when *rest was used up
   (data NULL). "a,b" gives "a", "b"; "" gives one empty piece. */
bool span_split(struct span *rest, char separator, struct span *ret_piece);

#endif
