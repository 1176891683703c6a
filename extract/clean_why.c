#include "extract/clean_why.h"

static const struct {
    const char *word;
    bool impersonal;
} whys[] = {
#define CLEAN_WHY_ROW(id, word, impersonal, meaning) {word, impersonal},
    CLEAN_WHYS(CLEAN_WHY_ROW)
#undef CLEAN_WHY_ROW
};

const char *clean_why_word(enum clean_why why) {
    return whys[why].word;
}

bool clean_why_impersonal(enum clean_why why) {
    return whys[why].impersonal;
}
