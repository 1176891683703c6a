#include "base/hash.h"
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
    RULE_WORDS_MOST = 80, /* the longest words_max of the table */
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

/* ---- rules by the first word of their patterns ---- */

enum {
    BUCKETS = 1024,      /* a power of two; twice the words that begin patterns */
    ENTRIES_MOST = 1500, /* words that begin patterns, each rule's own counted */
    NO_ENTRY = UINT16_MAX,
};

struct entry {
    uint64_t hash;
    uint16_t rule;
    uint16_t next; /* entry of the same bucket */
};

struct furniture_index {
    struct entry entries[ENTRIES_MOST];
    size_t count;
    uint16_t buckets[BUCKETS];
};

static const struct span number_key = SPAN_INIT("#");

static void index_add(struct furniture_index *index, struct span word, size_t rule) {
    if (index->count == ENTRIES_MOST)
        return;
    uint64_t hash = hash_bytes(word);
    uint16_t *bucket = &index->buckets[hash % BUCKETS];
    index->entries[index->count] = (struct entry){hash, (uint16_t)rule, *bucket};
    *bucket = (uint16_t)index->count++;
}

const struct furniture_index *furniture_index_make(struct arena *arena) {
    struct furniture_index *index = arena_alloc(arena, sizeof(*index));
    if (!index)
        return NULL;
    for (size_t i = 0; i < BUCKETS; i++)
        index->buckets[i] = NO_ENTRY;
    for (size_t rule = 0; rule < furniture_rule_count; rule++) {
        const char *rest = furniture_rules[rule].pattern;
        struct span word;
        rest += *rest == '^';
        while (next_alternative(&rest, &word))
            index_add(index, word, rule);
    }
    return index;
}

/* ---- weighing ---- */

struct tally {
    int total;
    int strongest;
    uint16_t namer;  /* the rule that says what it is: of equally strong ones the first of the table */
    uint16_t opener; /* the first rule of the table that opens a section */
    uint64_t matched[FURNITURE_RULES_MOST / 64];
};

static void try_rule(struct unit *unit, size_t at, uint16_t number, struct tally *tally) {
    const struct furniture_rule *rule = &furniture_rules[number];
    uint64_t bit = UINT64_C(1) << (number % 64);
    bool anchored = rule->pattern[0] == '^';
    if ((anchored && at > 0) || unit->word_count > rule->words_max || (tally->matched[number / 64] & bit))
        return;
    if (!unit_matches_at(unit, at, rule->pattern + anchored))
        return;
    tally->matched[number / 64] |= bit;
    tally->total += rule->weight;
    if (rule->opens != SECTION_NONE && number < tally->opener)
        tally->opener = number;
    if (rule->weight > tally->strongest || (rule->weight == tally->strongest && number < tally->namer)) {
        tally->strongest = rule->weight;
        tally->namer = number;
        unit->furniture = rule->why;
    }
}

static void try_key(const struct furniture_index *index, struct unit *unit, size_t at, struct span key, struct tally *tally) {
    uint64_t hash = hash_bytes(key);
    for (uint16_t i = index->buckets[hash % BUCKETS]; i != NO_ENTRY; i = index->entries[i].next)
        if (index->entries[i].hash == hash)
            try_rule(unit, at, index->entries[i].rule, tally);
}

static enum section section_of(const struct unit *unit, const struct tally *tally) {
    if (unit->evidence < EVIDENCE_EDGE)
        return SECTION_NONE;
    if (unit->furniture == WHY_NEWSLETTER && unit->word_count <= SHORT_WORDS)
        return SECTION_SIGNUP;
    return tally->opener < furniture_rule_count ? furniture_rules[tally->opener].opens : SECTION_NONE;
}

void furniture_weigh(const struct furniture_index *index, struct unit *unit) {
    unit->furniture = WHY_NONE;
    unit->evidence = 0;
    unit->opens = SECTION_NONE;
    if (unit->quoted * 2 > unit->word_kept)
        return; /* somebody else's words */
    struct tally tally = {.namer = 0, .opener = UINT16_MAX};
    tally.total = tally.strongest = weigh_shape(unit, &unit->furniture);
    for (size_t at = 0; at < unit->word_kept && unit->word_count <= RULE_WORDS_MOST; at++) {
        try_key(index, unit, at, unit->words[at].lower, &tally);
        if (word_is_number(&unit->words[at]))
            try_key(index, unit, at, number_key, &tally);
    }
    if (tally.total > 0)
        unit->evidence = tally.total + weigh_voice(unit, unit->furniture);
    if (unit->evidence <= 0)
        unit->furniture = WHY_NONE;
    unit->opens = section_of(unit, &tally);
}
