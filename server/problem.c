#include "server/problem.h"

#include "base/utf8.h"

static const struct problem_description descriptions[PROBLEM_COUNT] = {
#define X(name, status, code, retry, title, explanation) [PROBLEM_##name] = {status, code, "/problems/" code, retry, title, explanation},
    PROBLEMS(X)
#undef X
};

const struct problem_description *problem_describe(enum problem problem) {
    return &descriptions[problem];
}

bool problem_parse(struct span code, enum problem *ret) {
    for (size_t i = 0; i < PROBLEM_COUNT; i++) {
        if (span_equal(code, span_of(descriptions[i].code))) {
            *ret = (enum problem)i;
            return true;
        }
    }
    return false;
}

struct complaint *complaint_add(struct complaints *complaints, enum problem problem, struct span parameter, struct span detail) {
    if (complaints->count == COMPLAINTS_MAX)
        complaints->count--; /* the last place is overwritten: filling it in needs no test at the caller's */
    struct complaint *complaint = &complaints->items[complaints->count++];
    *complaint = (struct complaint){.problem = problem, .parameter = parameter, .detail = detail};
    return complaint;
}

struct span text_shown(struct span text) {
    size_t offset = 0;
    while (offset < text.length) {
        size_t length;
        (void)utf8_decode(text, offset, &length);
        if (offset + length > SHOWN_BYTES_MAX)
            break;
        offset += length;
    }
    return span_slice(text, 0, offset);
}
