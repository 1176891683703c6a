#ifndef QUOTED_BASE_PUBLIC_ID_H
#define QUOTED_BASE_PUBLIC_ID_H

/* Public ids: strings that stay the same across a rebuild and across machines. Thread-safe. */

#include "base/arena.h"
#include "base/result.h"

enum {
    ARTICLE_ID_LENGTH = 16, /* base32 of the first 80 bits of a SHA-256 */
    SLUG_MAX = 80,          /* bytes; longer slugs are cut at a hyphen */
};

/* An article's id from its canonical URL, or from its text where url is empty. out has ARTICLE_ID_LENGTH + 1 bytes. */
void public_id_article(struct span canonical_url, struct span text, char out[ARTICLE_ID_LENGTH + 1]);
/* True if the span could be an article's id. */
bool public_id_is_article(struct span id);
/* A quote's id, "<article id>-<ordinal>", read apart; ordinals begin with 1. */
bool public_id_parse_quote(struct span id, struct span *ret_article_id, uint32_t *ret_ordinal);

/* A readable slug of a name: utf8_fold's form with hyphens ("vladimir-putin"); a name of which nothing is left gets "x" and 12 hex digits
 * of its hash. */
enum result slug_make(struct arena *arena, struct span name, struct span *ret) MUST_USE;

enum { URL_BYTES_MAX = 8192 }; /* longer addresses hold data, not articles (RFC 9110, section 4.1, asks for 8000 octets) */

/* The URL under which an article is known: scheme and host in lower case, default port, fragment and tracking parameters (utm_*, fbclid,
   gclid …) removed, empty path "/", percent-escapes spelled one way (RFC 3986, section 6.2.2). Canonical URLs stay as they are. Not an
   http(s) URL, or one with a user name: RESULT_INVALID; longer than URL_BYTES_MAX: RESULT_TOO_LARGE; RESULT_MEMORY. */
enum result url_canonicalize(struct arena *arena, struct span url, struct span *ret) MUST_USE;
/* The host without "www.", borrowed from url; empty where there is none. */
struct span url_host(struct span url);

#endif
