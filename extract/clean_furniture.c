#include "extract/clean_furniture_table.h"
#include "extract/clean_meta.h"

/* What the reader is asked to do. */
static const char imperatives[] =
    "subscribe|sign|join|support|donate|follow|share|read|click|tap|download|listen|watch|get|become|help|register|log|enter|see|visit|"
    "contact|send|stay|don't|never|make|consider|please|scroll|continue|give|choose|check|explore|discover|find|like|keep|start|try|"
    "upgrade|manage|accept|skip|sponsor|connect|tell|write|email|leave|post|add|view|show|load|have|got|want|remind|reach|enjoyed";

enum {
    BUTTON_WORDS = 6, /* "Remind me later." */
    SHORT_WORDS = 12,
    LONG_WORDS = 60,
};

/* "The Example Times": a capitalised run whose words end in one that outlets are named with. */
static bool names_outlet(const struct unit *unit) {
    for (size_t i = 1; i < unit->word_kept; i++)
        if (unit->words[i].capital && outlet_word_is(&unit->words[i]) && unit->words[i - 1].capital)
            return true;
    return false;
}

/* Buttons and trails: pieces of a word or three between signs, or nothing but capitalised words with hash marks. */
static int weigh_shape(const struct unit *unit, enum clean_why *ret_why) {
    if (unit->has_copyright && unit->word_count <= 40) {
        *ret_why = WHY_COPYRIGHT;
        for (size_t i = 0; i < unit->word_kept; i++)
            if (unit->words[i].lower.length == 4 && unit->words[i].lower.data[0] >= '1' && unit->words[i].lower.data[0] <= '2')
                return EVIDENCE_CORE;
        return 1;
    }
    if (unit->separators >= 2 && unit->word_count <= unit->separators * 3 + 3 && !unit->ends_sentence) {
        *ret_why = WHY_NAVIGATION;
        return 4;
    }
    size_t hashes = 0;
    for (size_t i = 0; i < unit->word_kept; i++)
        hashes += unit->words[i].start > 0 && unit->text.data[unit->words[i].start - 1] == '#';
    if (hashes > 0 && hashes == unit->word_count) {
        *ret_why = WHY_TAGS;
        return hashes > 1 ? EVIDENCE_CORE : EVIDENCE_EDGE;
    }
    return 0;
}

/* How it speaks. */
static int weigh_voice(const struct unit *unit, enum clean_why why) {
    bool short_line = unit->word_count <= SHORT_WORDS;
    bool imperative = unit_word_is(unit, 0, imperatives) && !unit->words[0].quoted;
    int evidence = imperative + (unit->you > 0) + (unit->we > 0);
    evidence += short_line && !unit->ends_sentence;
    evidence += short_line && unit->exclaims;
    evidence += (why == WHY_APPEAL || why == WHY_LETTER || why == WHY_NEWSLETTER) && names_outlet(unit) ? 2 : 0;
    evidence += (why == WHY_BIO || why == WHY_CONTACT || why == WHY_FOLLOW) && (unit->has_address || names_outlet(unit));
    evidence += (why == WHY_LETTER || why == WHY_TAGS) && (unit->ends_colon || unit->word_count <= 3);
    if (unit->ends_sentence && unit->word_count > BUTTON_WORDS && !imperative && !unit->you && !unit->we && !clean_why_impersonal(why))
        evidence -= 2;
    if (unit->speech > 0 && !imperative)
        evidence -= 3;
    if (unit->word_count > LONG_WORDS)
        evidence -= 1;
    return evidence;
}

void furniture_weigh(struct unit *unit) {
    int strongest = 0, total = 0;
    unit->furniture = WHY_NONE;
    unit->evidence = 0;
    if (unit->quoted * 2 > unit->word_kept)
        return; /* somebody else's words */
    total = strongest = weigh_shape(unit, &unit->furniture);
    for (size_t i = 0; i < furniture_rule_count; i++) {
        const struct furniture_rule *rule = &furniture_rules[i];
        if (unit->word_count > rule->words_max || !unit_matches(unit, rule->pattern))
            continue;
        total += rule->weight;
        if (rule->weight > strongest) {
            strongest = rule->weight;
            unit->furniture = rule->why;
        }
    }
    if (total > 0)
        unit->evidence = total + weigh_voice(unit, unit->furniture);
    if (unit->evidence <= 0)
        unit->furniture = WHY_NONE;
}

enum section furniture_opens(const struct unit *unit) {
    if (unit->evidence < EVIDENCE_EDGE)
        return SECTION_NONE;
    if (unit->furniture == WHY_NEWSLETTER && unit->word_count <= SHORT_WORDS)
        return SECTION_SIGNUP;
    for (size_t i = 0; i < furniture_rule_count; i++) {
        const struct furniture_rule *rule = &furniture_rules[i];
        if (rule->opens != SECTION_NONE && unit->word_count <= rule->words_max && unit_matches(unit, rule->pattern))
            return rule->opens;
    }
    return SECTION_NONE;
}
