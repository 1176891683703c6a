#include "server/cursor.h"

#include "base/hash.h"

#include <string.h>

/* The layout below; a change of it makes older cursors invalid by the seal. */
static const char layout_version[] = "cursor 1";

enum { NUMBERS_BYTES = 16 };

static void put_number(uint8_t *out, int64_t number) {
    for (int i = 0; i < 8; i++)
        out[i] = (uint8_t)((uint64_t)number >> (8 * i));
}

static int64_t get_number(const uint8_t *bytes) {
    uint64_t number = 0;
    for (int i = 0; i < 8; i++)
        number |= (uint64_t)bytes[i] << (8 * i);
    return (int64_t)number;
}

/* Over version, binding and place; the binding's length keeps the two apart. */
static bool make_seal(struct arena *arena, struct span secret, struct span binding, struct span place, uint8_t ret[SHA256_BYTES]) {
    struct span head = arena_print(arena, "%s\n%zu\n", layout_version, binding.length);
    size_t length = head.length + binding.length + place.length;
    char *message = arena_alloc(arena, length);
    if (!head.data || !message)
        return false;
    memcpy(message, head.data, head.length);
    if (binding.length)
        memcpy(message + head.length, binding.data, binding.length);
    memcpy(message + head.length + binding.length, place.data, place.length);
    hmac_sha256(secret, (struct span){message, length}, ret);
    return true;
}

enum result cursor_seal(struct arena *arena, struct span secret, struct span binding, const struct db_place *place, struct span *ret) {
    if (place->text.length > CURSOR_TEXT_MAX)
        return RESULT_TOO_LARGE;
    size_t length = CURSOR_SEAL_BYTES + NUMBERS_BYTES + place->text.length;
    uint8_t *bytes = arena_alloc(arena, length);
    char *out = arena_alloc(arena, BASE64URL_LENGTH(length) + 1);
    if (!bytes || !out)
        return RESULT_MEMORY;
    uint8_t *body = bytes + CURSOR_SEAL_BYTES;
    put_number(body, place->number);
    put_number(body + 8, place->key);
    if (place->text.length)
        memcpy(body + NUMBERS_BYTES, place->text.data, place->text.length);
    uint8_t digest[SHA256_BYTES];
    if (!make_seal(arena, secret, binding, (struct span){(const char *)body, length - CURSOR_SEAL_BYTES}, digest))
        return RESULT_MEMORY;
    memcpy(bytes, digest, CURSOR_SEAL_BYTES);
    base64url_encode(bytes, length, out);
    *ret = (struct span){out, BASE64URL_LENGTH(length)};
    return RESULT_OK;
}

enum result cursor_open(struct arena *arena, struct span secret, struct span binding, struct span text, struct db_place *ret) {
    if (text.length < BASE64URL_LENGTH(CURSOR_SEAL_BYTES + NUMBERS_BYTES) ||
        text.length > BASE64URL_LENGTH(CURSOR_SEAL_BYTES + NUMBERS_BYTES + CURSOR_TEXT_MAX))
        return RESULT_INVALID;
    uint8_t *bytes = arena_alloc(arena, text.length);
    if (!bytes)
        return RESULT_MEMORY;
    size_t length = 0;
    if (!base64url_decode(text, bytes, &length) || length < CURSOR_SEAL_BYTES + NUMBERS_BYTES)
        return RESULT_INVALID;
    const uint8_t *body = bytes + CURSOR_SEAL_BYTES;
    struct span sealed = {(const char *)body, length - CURSOR_SEAL_BYTES};
    uint8_t digest[SHA256_BYTES];
    if (!make_seal(arena, secret, binding, sealed, digest))
        return RESULT_MEMORY;
    if (!bytes_equal_constant_time(bytes, digest, CURSOR_SEAL_BYTES))
        return RESULT_INVALID;
    *ret = (struct db_place){.number = get_number(body), .key = get_number(body + 8)};
    ret->text = span_slice(sealed, NUMBERS_BYTES, sealed.length);
    return RESULT_OK;
}
