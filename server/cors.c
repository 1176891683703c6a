#include "server/cors.h"

void cors_headers(struct reply *reply) {
    reply_header(reply, "Access-Control-Allow-Origin", SPAN("*"));
    reply_header(reply, "Access-Control-Expose-Headers", SPAN("ETag, Link, Location, Retry-After, X-Request-Id"));
}

void cors_options(const struct request *request, struct reply *reply, struct span allow) {
    reply->status = 204;
    reply_header(reply, "Allow", allow);
    if (!request_header(request, "Origin").data || !request_header(request, "Access-Control-Request-Method").data)
        return;
    reply_header(reply, "Access-Control-Allow-Methods", allow);
    reply_header(reply, "Access-Control-Allow-Headers",
                 SPAN("Accept, Cache-Control, Content-Type, If-Modified-Since, If-None-Match, X-Request-Id"));
    reply_header(reply, "Access-Control-Max-Age", SPAN("86400")); /* a day; browsers cut it to their own limit */
}
