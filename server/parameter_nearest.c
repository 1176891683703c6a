#include "server/parameter.h"

enum { NEAREST_BYTES_MAX = 32 /* longer words are no misspelling of ours */ };

static size_t minimum(size_t a, size_t b) {
    return a < b ? a : b;
}

/* Levenshtein's distance, with a swap of neighbours counted as one (optimal string alignment). Both at most NEAREST_BYTES_MAX long. */
static size_t distance(struct span a, struct span b) {
    size_t rows[NEAREST_BYTES_MAX + 1][NEAREST_BYTES_MAX + 1];
    for (size_t i = 0; i <= a.length; i++)
        rows[i][0] = i;
    for (size_t j = 0; j <= b.length; j++)
        rows[0][j] = j;
    for (size_t i = 1; i <= a.length; i++) {
        for (size_t j = 1; j <= b.length; j++) {
            size_t change = rows[i - 1][j - 1] + (a.data[i - 1] != b.data[j - 1]);
            rows[i][j] = minimum(change, minimum(rows[i - 1][j], rows[i][j - 1]) + 1);
            if (i > 1 && j > 1 && a.data[i - 1] == b.data[j - 2] && a.data[i - 2] == b.data[j - 1])
                rows[i][j] = minimum(rows[i][j], rows[i - 2][j - 2] + 1);
        }
    }
    return rows[a.length][b.length];
}

struct span parameter_nearest(struct span word, const struct span *names, size_t count) {
    struct span nearest = {0};
    size_t least = word.length / 3 + 1; /* farther is another word */
    if (word.length == 0 || word.length > NEAREST_BYTES_MAX)
        return nearest;
    for (size_t i = 0; i < count; i++) {
        if (names[i].length > NEAREST_BYTES_MAX)
            continue;
        size_t far = distance(word, names[i]);
        if (far < least || (far == least && !nearest.data)) {
            least = far;
            nearest = names[i];
        }
    }
    return nearest;
}
