#include "server/condition.h"

#include "base/hash.h"
#include "base/time.h"

#include <inttypes.h>

/* Part of every tag; to be raised when the same data is rendered in another way, or copies from before would be kept. */
static const char rendering_version[] = "1";

/* Browsers ask each time; a copy may be shown for this long while they do. */
static const char cache_control[] = "public, max-age=0, stale-while-revalidate=30";

enum { TAG_BYTES = 12 /* of the HMAC; collisions between versions of one address are what matters */ };

static struct span opaque_part(struct span tag) {
    return span_starts_with(tag, SPAN("W/")) ? span_slice(tag, 2, tag.length) : tag;
}

bool etag_listed(struct span if_none_match, struct span tag) {
    struct span rest = if_none_match;
    if (span_equal(span_trim(rest), SPAN("*")))
        return true;
    tag = opaque_part(tag);
    for (;;) {
        size_t open = span_find(rest, SPAN("\""), 0);
        size_t close = open == SIZE_MAX ? SIZE_MAX : span_find(rest, SPAN("\""), open + 1);
        if (close == SIZE_MAX)
            return false;
        if (span_equal(span_slice(rest, open, close + 1), tag))
            return true;
        rest = span_slice(rest, close + 1, rest.length);
    }
}

/* The store's secret tells stores apart: after a restore the same revision may hold something else. */
static struct span make_tag(const struct request *request, const char *prefix, const char *kind, int64_t revision) {
    struct span canonical = parameters_canonical(request->arena, &request->parameters, UINT64_MAX);
    struct span message = arena_print(request->arena, "%s %s %" PRId64 " %.*s?%.*s", rendering_version, kind, revision,
                                      SPAN_PRINT(request->path), SPAN_PRINT(canonical));
    uint8_t digest[SHA256_BYTES];
    char text[BASE64URL_LENGTH(TAG_BYTES) + 1];
    hmac_sha256((struct span){(const char *)db_secret(request->db), DB_SECRET_BYTES}, message, digest);
    base64url_encode(digest, TAG_BYTES, text);
    return arena_print(request->arena, "%s\"%s\"", prefix, text);
}

static bool not_modified_since(const struct request *request) {
    struct moment since = {0};
    struct span value = request_header(request, "If-Modified-Since");
    return value.data && request->last_modified && time_parse(value, &since) && since.precision == PRECISION_SECOND &&
           request->last_modified <= since.seconds;
}

static bool answer_condition(const struct request *request, struct reply *reply, struct span tag) {
    reply_header(reply, "ETag", tag);
    reply_header(reply, "Cache-Control", span_of(cache_control));
    reply_header(reply, "Vary", SPAN("Accept"));
    if (request->last_modified) {
        /* A second that is not over may see another write, which the same date would hide from the next If-Modified-Since. */
        int64_t now = request->head->now;
        char date[IMF_FIXDATE_LENGTH + 1];
        time_format_http(request->last_modified < now ? request->last_modified : now - 1, date);
        reply_header(reply, "Last-Modified", span_of(date));
    }
    struct span listed = request_header(request, "If-None-Match");
    bool current = listed.data ? etag_listed(listed, tag) : not_modified_since(request);
    if (current)
        reply->status = 304;
    return current;
}

bool condition_item(const struct request *request, struct reply *reply, int64_t revision) {
    return answer_condition(request, reply, make_tag(request, "", "item", revision));
}

bool condition_list(const struct request *request, struct reply *reply) {
    return answer_condition(request, reply, make_tag(request, "W/", "list", request->revision));
}

bool condition_digest(const struct request *request, struct reply *reply, struct span digest) {
    char text[BASE64URL_LENGTH(SHA256_BYTES) + 1];
    base64url_encode((const uint8_t *)digest.data, digest.length < SHA256_BYTES ? digest.length : SHA256_BYTES, text);
    return answer_condition(request, reply, arena_print(request->arena, "\"%s\"", text));
}
