#include "base/public_id.h"

#include "base/utf8.h"

#include <string.h>

/* The URL half of public_id.h. */

/* Query parameters that tell how a reader came, not what is read. A star ends a prefix. Lower case. */
static const struct span tracking_parameters[] = {
    SPAN_INIT("utm_*"),
    SPAN_INIT("at_*"),
    SPAN_INIT("mtm_*"),
    SPAN_INIT("pk_*"),
    SPAN_INIT("fbclid"),
    SPAN_INIT("gclid"),
    SPAN_INIT("gclsrc"),
    SPAN_INIT("dclid"),
    SPAN_INIT("gbraid"),
    SPAN_INIT("wbraid"),
    SPAN_INIT("msclkid"),
    SPAN_INIT("yclid"),
    SPAN_INIT("ysclid"),
    SPAN_INIT("twclid"),
    SPAN_INIT("ttclid"),
    SPAN_INIT("igshid"),
    SPAN_INIT("igsh"),
    SPAN_INIT("mc_cid"),
    SPAN_INIT("mc_eid"),
    SPAN_INIT("_ga"),
    SPAN_INIT("_gl"),
    SPAN_INIT("_hsenc"),
    SPAN_INIT("_hsmi"),
    SPAN_INIT("vero_id"),
    SPAN_INIT("oly_enc_id"),
    SPAN_INIT("oly_anon_id"),
    SPAN_INIT("wickedid"),
    SPAN_INIT("s_cid"),
    SPAN_INIT("smid"),
    SPAN_INIT("cmpid"),
    SPAN_INIT("ocid"),
    SPAN_INIT("ncid"),
    SPAN_INIT("xtor"),
    SPAN_INIT("ref_src"),
    SPAN_INIT("ref_url"),
    SPAN_INIT("guccounter"),
    SPAN_INIT("guce_referrer"),
    SPAN_INIT("guce_referrer_sig"),
    SPAN_INIT("__twitter_impression"),
};

/* A URL's parts as spans of it, without the signs between them. */
struct parts {
    struct span scheme;
    struct span authority;
    struct span path;
    struct span query;
    bool has_query;
};

static char lower(char c) {
    return c >= 'A' && c <= 'Z' ? (char)(c | 0x20) : c;
}

static bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

static bool is_alphanumeric(char c) {
    return is_digit(c) || (lower(c) >= 'a' && lower(c) <= 'z');
}

static size_t find_any(struct span span, const char *set, size_t from) {
    while (from < span.length && (span.data[from] == '\0' || strchr(set, span.data[from]) == NULL))
        from++;
    return from;
}

/* RFC 3986, appendix B; false without "scheme://". */
static bool split_url(struct span url, struct parts *ret) {
    size_t colon = span_find(url, SPAN("://"), 0);
    if (colon == SIZE_MAX || colon == 0)
        return false;
    for (size_t i = 0; i < colon; i++)
        if (!is_alphanumeric(url.data[i]) && strchr("+-.", url.data[i]) == NULL)
            return false;
    size_t authority_end = find_any(url, "/?#", colon + 3);
    size_t path_end = find_any(url, "?#", authority_end);
    size_t query_end = find_any(url, "#", path_end);
    *ret = (struct parts){
        .scheme = span_slice(url, 0, colon),
        .authority = span_slice(url, colon + 3, authority_end),
        .path = span_slice(url, authority_end, path_end),
        .query = span_slice(url, path_end + 1, query_end),
        .has_query = path_end < query_end,
    };
    return true;
}

/* The authority's host; *ret_port is what stands behind the colon. The host of an IPv6 address keeps its brackets. */
static struct span host_of(struct span authority, struct span *ret_port) {
    size_t at_sign = authority.length;
    while (at_sign > 0 && authority.data[at_sign - 1] != '@')
        at_sign--;
    struct span host = span_slice(authority, at_sign, authority.length);
    size_t bracket = host.length > 0 && host.data[0] == '[' ? find_any(host, "]", 0) : 0;
    size_t colon = find_any(host, ":", bracket);
    *ret_port = span_slice(host, colon + 1, host.length);
    return span_slice(host, 0, colon);
}

struct span url_host(struct span url) {
    struct parts parts;
    if (!split_url(span_trim(url), &parts))
        return (struct span){NULL, 0};
    struct span port;
    struct span host = host_of(parts.authority, &port);
    if (host.length > 4 && span_equal_ignore_case(span_slice(host, 0, 4), SPAN("www.")))
        host = span_slice(host, 4, host.length);
    return host;
}

/* The canonical form grows here; it has room for each byte percent-encoded. */
struct output {
    char *data;
    size_t length;
};

static void put(struct output *out, char c) {
    out->data[out->length++] = c;
}

static void put_span(struct output *out, struct span span) {
    for (size_t i = 0; i < span.length; i++)
        put(out, span.data[i]);
}

static void put_percent(struct output *out, unsigned char byte) {
    static const char hex[] = "0123456789ABCDEF";
    put(out, '%');
    put(out, hex[byte >> 4]);
    put(out, hex[byte & 0xF]);
}

static int hex_value(char c) {
    if (is_digit(c))
        return c - '0';
    return lower(c) >= 'a' && lower(c) <= 'f' ? lower(c) - 'a' + 10 : -1;
}

/* A path or query with one spelling for each character (RFC 3986, section 6.2.2): unreserved characters as they are, escapes in capitals,
   what may not stand in a URL escaped. */
static void put_normalized(struct output *out, struct span part) {
    for (size_t i = 0; i < part.length; i++) {
        char c = part.data[i];
        int high = c == '%' && i + 2 < part.length ? hex_value(part.data[i + 1]) : -1;
        int low = high >= 0 ? hex_value(part.data[i + 2]) : -1;
        if (low >= 0) {
            char decoded = (char)(high << 4 | low);
            i += 2;
            if (is_alphanumeric(decoded) || (decoded != '\0' && strchr("-._~", decoded) != NULL))
                put(out, decoded);
            else
                put_percent(out, (unsigned char)decoded);
        } else if (is_alphanumeric(c) || (c != '\0' && strchr("-._~!$&'()*+,;=:@/?[]", c) != NULL)) {
            put(out, c);
        } else {
            put_percent(out, (unsigned char)c);
        }
    }
}

static bool is_tracking(struct span parameter) {
    struct span name = span_slice(parameter, 0, find_any(parameter, "=", 0));
    for (size_t i = 0; i < sizeof(tracking_parameters) / sizeof(tracking_parameters[0]); i++) {
        struct span known = tracking_parameters[i];
        bool prefix = known.data[known.length - 1] == '*';
        if (prefix)
            known = span_slice(known, 0, known.length - 1);
        if (span_equal_ignore_case(prefix ? span_slice(name, 0, known.length) : name, known))
            return true;
    }
    return false;
}

/* Normalized before it is filtered, so that an escaped name is known too. */
static void put_query(struct output *out, struct span query) {
    size_t question_mark = out->length;
    put(out, '?');
    size_t start = out->length;
    put_normalized(out, query);
    struct span rest = {out->data + start, out->length - start};
    out->length = start;
    struct span parameter;
    while (span_split(&rest, '&', &parameter)) {
        if (parameter.length == 0 || is_tracking(parameter))
            continue;
        if (out->length > start)
            put(out, '&');
        /* In place: what is kept only moves towards the begin. */
        memmove(out->data + out->length, parameter.data, parameter.length);
        out->length += parameter.length;
    }
    if (out->length == start)
        out->length = question_mark;
}

static bool is_host(struct span host) {
    if (host.length == 0)
        return false;
    bool address = host.data[0] == '[';
    for (size_t i = 0; i < host.length; i++) {
        char c = host.data[i];
        bool known = is_alphanumeric(c) || c == '-' || c == '.' || c == '_' || (unsigned char)c >= 0x80;
        if (!known && !(address && (c == ':' || (c == '[' && i == 0) || (c == ']' && i == host.length - 1))))
            return false;
    }
    return !address || host.data[host.length - 1] == ']';
}

/* The port without leading zeros, empty where it is the scheme's own; false where it is none. */
static bool clean_port(struct span *port, bool secure) {
    while (port->length > 0 && port->data[0] == '0')
        *port = span_slice(*port, 1, port->length);
    if (port->length > 5)
        return false;
    unsigned long value = 0;
    for (size_t i = 0; i < port->length; i++) {
        if (!is_digit(port->data[i]))
            return false;
        value = value * 10 + (unsigned long)(port->data[i] - '0');
    }
    if (value == (secure ? 443 : 80))
        port->length = 0;
    return value <= 65535;
}

static void put_authority(struct output *out, struct span host, struct span port) {
    for (size_t i = 0; i < host.length; i++)
        put(out, lower(host.data[i]));
    if (port.length > 0) {
        put(out, ':');
        put_span(out, port);
    }
}

static bool has_control(struct span url) {
    for (size_t i = 0; i < url.length; i++)
        if ((unsigned char)url.data[i] < 0x20 || url.data[i] == 0x7F)
            return true;
    return false;
}

enum result url_canonicalize(struct arena *arena, struct span url, struct span *ret) {
    url = span_trim(url);
    struct parts parts;
    if (url.length > URL_BYTES_MAX)
        return RESULT_TOO_LARGE;
    if (!utf8_valid(url, NULL) || has_control(url) || !split_url(url, &parts))
        return RESULT_INVALID;
    bool secure = span_equal_ignore_case(parts.scheme, SPAN("https"));
    if (!secure && !span_equal_ignore_case(parts.scheme, SPAN("http")))
        return RESULT_INVALID;
    struct span port;
    struct span host = host_of(parts.authority, &port);
    while (host.length > 0 && host.data[host.length - 1] == '.')
        host.length--;
    /* A name and password before the host: no address of an article that could be shown to others. */
    bool has_user = find_any(parts.authority, "@", 0) < parts.authority.length;
    if (has_user || !is_host(host) || !clean_port(&port, secure))
        return RESULT_INVALID;
    struct output out = {arena_alloc(arena, 3 * url.length + 2), 0};
    if (out.data == NULL)
        return RESULT_MEMORY;
    put_span(&out, secure ? SPAN("https://") : SPAN("http://"));
    put_authority(&out, host, port);
    put_normalized(&out, parts.path.length > 0 ? parts.path : SPAN("/"));
    if (parts.has_query)
        put_query(&out, parts.query);
    *ret = (struct span){out.data, out.length};
    return RESULT_OK;
}
