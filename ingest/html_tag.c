#include "ingest/html_tag.h"

#include <string.h>

static const char *const NAMES[TAG_COUNT] = {"",
#define X(name, flow) #name,
                                             HTML_TAGS(X)
#undef X
};

static const uint8_t FLOWS[TAG_COUNT] = {FLOW_INLINE,
#define X(name, flow) FLOW_##flow,
                                         HTML_TAGS(X)
#undef X
};

enum html_tag html_tag_of_name(const char *name) {
    int low = 1, high = TAG_COUNT - 1;
    while (low <= high) {
        int middle = (low + high) / 2;
        int order = strcmp(name, NAMES[middle]);
        if (order == 0)
            return (enum html_tag)middle;
        if (order < 0)
            high = middle - 1;
        else
            low = middle + 1;
    }
    return TAG_unknown;
}

enum html_tag html_tag(const xmlNode *element) {
    return (enum html_tag)(uintptr_t)element->_private;
}

enum html_flow html_flow(enum html_tag tag) {
    return (enum html_flow)FLOWS[tag];
}
