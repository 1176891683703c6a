#include "tests/fuzz/fuzz_target.h"

#include "base/time.h"

/* What parses lies in the range that can be told, and its RFC 3339 form is the same moment for both parsers. */

static void check_moment(const struct moment *moment) {
    CHECK(moment->precision == PRECISION_DAY || moment->precision == PRECISION_SECOND);
    CHECK(moment->seconds >= TIME_MIN && moment->seconds <= TIME_MAX);
    CHECK(moment->precision != PRECISION_DAY || moment->seconds % 86400 == 0);
    char text[RFC3339_LENGTH + 1];
    time_format_rfc3339(moment->seconds, text);
    struct moment again;
    CHECK(time_parse(span_of(text), &again));
    CHECK(again.seconds == moment->seconds && again.precision == PRECISION_SECOND);
    struct period second;
    CHECK(time_parse_period(span_of(text), &second));
    CHECK(second.start == moment->seconds && second.end == moment->seconds + 1);
    char http[IMF_FIXDATE_LENGTH + 1];
    time_format_http(moment->seconds, http);
    CHECK(time_parse(span_of(http), &again) && again.seconds == moment->seconds);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct span text = input_span(data, size);
    struct moment moment;
    if (time_parse(text, &moment))
        check_moment(&moment);
    struct period period;
    if (time_parse_period(text, &period)) {
        CHECK(period.start < period.end && period.end - period.start <= 366 * 86400);
        CHECK(period.start >= TIME_MIN && period.start <= TIME_MAX);
    }
    return 0;
}
