#include "base/hash.h"

#include <errno.h>
#include <nettle/hmac.h>
#include <nettle/memops.h>
#include <nettle/sha2.h>
#include <sys/random.h>

/* The finalizer of MurmurHash3 (https://github.com/aappleby/smhasher): FNV's low bits alone spread badly over a power-of-two table. */
static uint64_t mix(uint64_t hash) {
    hash ^= hash >> 33;
    hash *= UINT64_C(0xff51afd7ed558ccd);
    hash ^= hash >> 33;
    hash *= UINT64_C(0xc4ceb9fe1a85ec53);
    return hash ^ (hash >> 33);
}

uint64_t hash_bytes(struct span span) {
    uint64_t hash = UINT64_C(0xcbf29ce484222325);
    for (size_t i = 0; i < span.length; i++)
        hash = (hash ^ (unsigned char)span.data[i]) * UINT64_C(0x100000001b3);
    return mix(hash);
}

uint64_t hash_combine(uint64_t a, uint64_t b) {
    return mix(a * UINT64_C(0x9e3779b97f4a7c15) + b);
}

void sha256(struct span span, uint8_t ret_digest[SHA256_BYTES]) {
    struct sha256_ctx context;
    sha256_init(&context);
    sha256_update(&context, span.length, (const uint8_t *)(span.data ? span.data : ""));
    sha256_digest(&context, SHA256_BYTES, ret_digest);
}

void hmac_sha256(struct span key, struct span message, uint8_t ret_digest[SHA256_BYTES]) {
    struct hmac_sha256_ctx context;
    hmac_sha256_set_key(&context, key.length, (const uint8_t *)(key.data ? key.data : ""));
    hmac_sha256_update(&context, message.length, (const uint8_t *)(message.data ? message.data : ""));
    hmac_sha256_digest(&context, SHA256_BYTES, ret_digest);
}

bool bytes_equal_constant_time(const void *a, const void *b, size_t length) {
    return memeql_sec(a, b, length) != 0;
}

bool random_bytes(void *ret, size_t size) {
    char *out = ret;
    while (size > 0) {
        ssize_t got = getrandom(out, size, 0);
        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0)
            return false;
        out += got;
        size -= (size_t)got;
    }
    return true;
}

/* Writes the bits of data in groups of bits_each, most significant first, the last group filled with zeros. */
static void encode_bits(const uint8_t *data, size_t length, unsigned bits_each, const char *alphabet, char *out) {
    uint32_t pending = 0;
    unsigned pending_bits = 0;
    uint32_t mask = (UINT32_C(1) << bits_each) - 1;
    for (size_t i = 0; i < length; i++) {
        pending = pending << 8 | data[i];
        pending_bits += 8;
        while (pending_bits >= bits_each) {
            pending_bits -= bits_each;
            *out++ = alphabet[pending >> pending_bits & mask];
        }
        pending &= (UINT32_C(1) << pending_bits) - 1;
    }
    if (pending_bits > 0)
        *out++ = alphabet[pending << (bits_each - pending_bits) & mask];
    *out = '\0';
}

void base32_encode(const uint8_t *data, size_t length, char *out) {
    encode_bits(data, length, 5, "abcdefghijklmnopqrstuvwxyz234567", out);
}

void base64url_encode(const uint8_t *data, size_t length, char *out) {
    encode_bits(data, length, 6, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_", out);
}

static int base64url_value(char c) {
    if (c >= 'A' && c <= 'Z')
        return c - 'A';
    if (c >= 'a' && c <= 'z')
        return c - 'a' + 26;
    if (c >= '0' && c <= '9')
        return c - '0' + 52;
    return c == '-' ? 62 : c == '_' ? 63 : -1;
}

bool base64url_decode(struct span text, uint8_t *out, size_t *ret_length) {
    if (text.length % 4 == 1)
        return false;
    uint32_t pending = 0;
    unsigned pending_bits = 0;
    size_t length = 0;
    for (size_t i = 0; i < text.length; i++) {
        int value = base64url_value(text.data[i]);
        if (value < 0)
            return false;
        pending = pending << 6 | (uint32_t)value;
        pending_bits += 6;
        if (pending_bits >= 8) {
            pending_bits -= 8;
            out[length++] = (uint8_t)(pending >> pending_bits);
            pending &= (UINT32_C(1) << pending_bits) - 1;
        }
    }
    if (pending != 0)
        return false;
    *ret_length = length;
    return true;
}
