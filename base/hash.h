#ifndef QUOTED_BASE_HASH_H
#define QUOTED_BASE_HASH_H

/* Hashes: a fast one for tables in memory (never stored), and SHA-256 (nettle) for what must be the same on every machine. Thread-safe. */

#include "base/span.h"

enum { SHA256_BYTES = 32 };

/* FNV-1a, 64 bits (http://www.isthe.com/chongo/tech/comp/fnv/), with a final mix. Not for hostile keys that are kept. */
uint64_t hash_bytes(struct span span);
uint64_t hash_combine(uint64_t a, uint64_t b);

void sha256(struct span span, uint8_t ret_digest[SHA256_BYTES]);
/* HMAC-SHA-256 (RFC 2104). */
void hmac_sha256(struct span key, struct span message, uint8_t ret_digest[SHA256_BYTES]);
/* Compares in constant time. */
bool bytes_equal_constant_time(const void *a, const void *b, size_t length);
/* size bytes of the operating system's randomness; false where there is none. */
bool random_bytes(void *ret, size_t size);

/* Lower-case base32 (RFC 4648 alphabet, no padding) of length bytes, into out of at least BASE32_LENGTH(length) + 1 bytes. */
#define BASE32_LENGTH(length) (((length)*8 + 4) / 5)
void base32_encode(const uint8_t *data, size_t length, char *out);
/* base64url (RFC 4648 section 5, no padding), out of at least BASE64URL_LENGTH(length) + 1 bytes. */
#define BASE64URL_LENGTH(length) (((length)*4 + 2) / 3)
void base64url_encode(const uint8_t *data, size_t length, char *out);
/* Decodes into out (at least text.length * 3 / 4 bytes); false on a character outside the alphabet, a wrong length, or bits set behind the
   last byte: each value has one text only. */
bool base64url_decode(struct span text, uint8_t *out, size_t *ret_length);

#endif
