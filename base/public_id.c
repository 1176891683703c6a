#include "base/public_id.h"

#include "base/hash.h"
#include "base/utf8.h"

#include <stdio.h>
#include <string.h>

enum {
    ARTICLE_ID_BYTES = 10,  /* 80 bits: among a billion articles a clash has a chance of one in two million */
    NAMELESS_HEX_BYTES = 6, /* 12 hex digits */
};

void public_id_article(struct span canonical_url, struct span text, char out[ARTICLE_ID_LENGTH + 1]) {
    uint8_t digest[SHA256_BYTES];
    sha256(canonical_url.length > 0 ? canonical_url : text, digest);
    base32_encode(digest, ARTICLE_ID_BYTES, out);
}

bool public_id_is_article(struct span id) {
    if (id.length != ARTICLE_ID_LENGTH)
        return false;
    for (size_t i = 0; i < id.length; i++)
        if (!((id.data[i] >= 'a' && id.data[i] <= 'z') || (id.data[i] >= '2' && id.data[i] <= '7')))
            return false;
    return true;
}

bool public_id_parse_quote(struct span id, struct span *ret_article_id, uint32_t *ret_ordinal) {
    struct span article_id = span_slice(id, 0, ARTICLE_ID_LENGTH);
    struct span digits = span_slice(id, ARTICLE_ID_LENGTH + 1, id.length);
    /* No leading zero: each quote has one id only. */
    if (!public_id_is_article(article_id) || digits.length == 0 || digits.length > 10 || id.data[ARTICLE_ID_LENGTH] != '-' ||
        digits.data[0] == '0')
        return false;
    uint64_t ordinal = 0;
    for (size_t i = 0; i < digits.length; i++) {
        if (digits.data[i] < '0' || digits.data[i] > '9')
            return false;
        ordinal = ordinal * 10 + (uint64_t)(digits.data[i] - '0');
    }
    if (ordinal > UINT32_MAX)
        return false;
    *ret_article_id = article_id;
    *ret_ordinal = (uint32_t)ordinal;
    return true;
}

static enum result nameless_slug(struct arena *arena, struct span name, struct span *ret) {
    uint8_t digest[SHA256_BYTES];
    sha256(name, digest);
    char slug[1 + 2 * NAMELESS_HEX_BYTES + 1] = "x";
    for (size_t i = 0; i < NAMELESS_HEX_BYTES; i++)
        snprintf(slug + 1 + 2 * i, 3, "%02x", digest[i]);
    *ret = arena_copy(arena, (struct span){slug, sizeof(slug) - 1});
    return ret->data == NULL ? RESULT_MEMORY : RESULT_OK;
}

/* At most SLUG_MAX bytes, cut at the last space, or in a word that is longer between two characters. */
static struct span cut_slug(struct span folded) {
    if (folded.length <= SLUG_MAX)
        return folded;
    size_t end = SLUG_MAX;
    while (end > 0 && folded.data[end] != ' ')
        end--;
    if (end == 0) {
        end = SLUG_MAX;
        while (((unsigned char)folded.data[end] & 0xC0) == 0x80)
            end--;
    }
    return span_slice(folded, 0, end);
}

enum result slug_make(struct arena *arena, struct span name, struct span *ret) {
    struct span folded;
    enum result result = utf8_fold(arena, name, &folded);
    if (result != RESULT_OK)
        return result;
    folded = cut_slug(folded);
    if (folded.length == 0)
        return nameless_slug(arena, name, ret);
    char *slug = arena_alloc(arena, folded.length + 1);
    if (slug == NULL)
        return RESULT_MEMORY;
    for (size_t i = 0; i < folded.length; i++)
        slug[i] = folded.data[i] == ' ' ? '-' : folded.data[i];
    *ret = (struct span){slug, folded.length};
    return RESULT_OK;
}
