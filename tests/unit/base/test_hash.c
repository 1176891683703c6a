#include "tests/unit/base/check.h"

#include "base/hash.h"

#include <stdio.h>
#include <string.h>

static void assert_hex(const uint8_t *bytes, size_t length, const char *expected) {
    char hex[2 * SHA256_BYTES + 1];
    for (size_t i = 0; i < length; i++)
        snprintf(hex + 2 * i, 3, "%02x", bytes[i]);
    assert_string_equal(hex, expected);
}

static void test_hash__sha256_of_fips_180_4(void **state) {
    (void)state;
    uint8_t digest[SHA256_BYTES];
    sha256(SPAN("abc"), digest);
    assert_hex(digest, sizeof(digest), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    sha256((struct span){NULL, 0}, digest);
    assert_hex(digest, sizeof(digest), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
}

static void test_hash__hmac_of_rfc_4231(void **state) {
    (void)state;
    uint8_t digest[SHA256_BYTES];
    hmac_sha256(SPAN("Jefe"), SPAN("what do ya want for nothing?"), digest);
    assert_hex(digest, sizeof(digest), "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
}

static void test_hash__bytes_spread(void **state) {
    (void)state;
    uint64_t seen[256] = {0};
    for (int i = 0; i < 256; i++) {
        char byte = (char)i;
        seen[i] = hash_bytes((struct span){&byte, 1});
        for (int j = 0; j < i; j++)
            assert_true(seen[i] != seen[j]);
    }
    assert_true(hash_bytes(SPAN("ab")) == hash_bytes(SPAN("ab")));
    assert_true(hash_bytes(SPAN("ab")) != hash_bytes(SPAN("ba")));
    assert_true(hash_combine(1, 2) != hash_combine(2, 1));
}

static void test_hash__base32_of_rfc_4648(void **state) {
    (void)state;
    static const struct {
        const char *plain;
        const char *encoded;
    } cases[] = {
        {"", ""}, {"f", "my"}, {"fo", "mzxq"}, {"foo", "mzxw6"}, {"foob", "mzxw6yq"}, {"fooba", "mzxw6ytb"}, {"foobar", "mzxw6ytboi"}};
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        char out[BASE32_LENGTH(6) + 1];
        base32_encode((const uint8_t *)cases[i].plain, strlen(cases[i].plain), out);
        assert_string_equal(out, cases[i].encoded);
        assert_int_equal(strlen(out), BASE32_LENGTH(strlen(cases[i].plain)));
    }
}

static void test_hash__base64url_there_and_back(void **state) {
    (void)state;
    uint8_t data[64];
    for (size_t length = 0; length <= sizeof(data); length++) {
        for (size_t i = 0; i < length; i++)
            data[i] = (uint8_t)(i * 83 + length * 7);
        char text[BASE64URL_LENGTH(64) + 1];
        base64url_encode(data, length, text);
        assert_int_equal(strlen(text), BASE64URL_LENGTH(length));
        uint8_t back[64];
        size_t back_length;
        assert_true(base64url_decode(span_of(text), back, &back_length));
        assert_int_equal(back_length, length);
        assert_memory_equal(back, data, length);
    }
}

static void test_hash__base64url_refuses(void **state) {
    (void)state;
    static const struct span bad[] = {SPAN_INIT("A"),    SPAN_INIT("AAAAA"), SPAN_INIT("AA=="),  SPAN_INIT("A+AA"),    SPAN_INIT("A/AA"),
                                      SPAN_INIT("A AA"), SPAN_INIT("AB"),    SPAN_INIT("A\0AA"), SPAN_INIT("\xFF\xFF")};
    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
        uint8_t out[8];
        size_t length;
        assert_false(base64url_decode(bad[i], out, &length));
    }
}

static void test_hash__constant_time_comparison(void **state) {
    (void)state;
    assert_true(bytes_equal_constant_time("abc", "abc", 3));
    assert_false(bytes_equal_constant_time("abc", "abd", 3));
    assert_true(bytes_equal_constant_time("abc", "xyz", 0));
}

static void test_hash__random_bytes_differ(void **state) {
    (void)state;
    uint8_t a[600] = {0};
    uint8_t b[600] = {0};
    assert_true(random_bytes(a, sizeof(a)));
    assert_true(random_bytes(b, sizeof(b)));
    assert_memory_not_equal(a, b, sizeof(a));
    assert_true(random_bytes(a, 0));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_hash__sha256_of_fips_180_4),
        cmocka_unit_test(test_hash__hmac_of_rfc_4231),
        cmocka_unit_test(test_hash__bytes_spread),
        cmocka_unit_test(test_hash__base32_of_rfc_4648),
        cmocka_unit_test(test_hash__base64url_there_and_back),
        cmocka_unit_test(test_hash__base64url_refuses),
        cmocka_unit_test(test_hash__constant_time_comparison),
        cmocka_unit_test(test_hash__random_bytes_differ),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
