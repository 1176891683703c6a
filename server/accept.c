#include "server/accept.h"

/* How exactly a range names the type: 0 not at all, 1 for any type, 2 for its main type, 3 the type itself; -1: no media range. */
static int specificity(struct span range, struct span media_type) {
    size_t slash = span_find(range, SPAN("/"), 0);
    if (slash == SIZE_MAX || slash == 0 || slash + 1 == range.length)
        return -1;
    if (span_equal(range, SPAN("*/*")))
        return 1;
    if (span_equal_ignore_case(range, media_type))
        return 3;
    struct span main_type = span_slice(media_type, 0, span_find(media_type, SPAN("/"), 0));
    bool any_subtype = span_equal(span_slice(range, slash + 1, range.length), SPAN("*"));
    return any_subtype && span_equal_ignore_case(span_slice(range, 0, slash), main_type) ? 2 : 0;
}

/* Only "0", "0." and "0.000" are zero (RFC 9110 section 12.4.2). */
static bool weight_is_zero(struct span weight) {
    if (weight.length == 0 || weight.data[0] != '0')
        return false;
    for (size_t i = 1; i < weight.length; i++) {
        if (weight.data[i] != (i == 1 ? '.' : '0'))
            return false;
    }
    return true;
}

/* Cuts a range's parameters off; tells whether q=0 is among them. Other parameters do not matter: no type of ours has any. */
static bool refused_by_weight(struct span parameters) {
    struct span piece;
    while (span_split(&parameters, ';', &piece)) {
        piece = span_trim(piece);
        if (piece.length >= 2 && (piece.data[0] | 0x20) == 'q' && piece.data[1] == '=')
            return weight_is_zero(span_slice(piece, 2, piece.length));
    }
    return false;
}

bool accept_allows(struct span accept, struct span media_type) {
    int best = 0;
    bool allowed = false;
    bool understood = false;
    struct span piece;
    media_type = span_trim(span_slice(media_type, 0, span_find(media_type, SPAN(";"), 0)));
    while (span_split(&accept, ',', &piece)) {
        size_t end = span_find(piece, SPAN(";"), 0);
        struct span range = span_trim(span_slice(piece, 0, end));
        int exactness = specificity(range, media_type);
        if (exactness < 0)
            continue;
        understood = true;
        if (exactness <= best)
            continue;
        best = exactness;
        allowed = end == SIZE_MAX || !refused_by_weight(span_slice(piece, end + 1, piece.length));
    }
    return !understood || allowed;
}
