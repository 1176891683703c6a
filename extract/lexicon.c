#include "extract/lexicon.h"

#include "base/hash.h"
#include "base/utf8.h"
#include "lexicon_table.h"

/* Longer phrases are in no list: the generator refuses them. */
enum { PHRASE_MAX = 96 };

/* The entry of a hash: its top bits name the bucket, in which entries lie ascending. */
static const struct lexicon_entry *entry_of(uint64_t hash) {
    size_t bucket = (size_t)(hash >> (64 - LEXICON_BUCKET_BITS));
    for (size_t i = lexicon_buckets[bucket]; i < lexicon_buckets[bucket + 1]; i++)
        if (lexicon_entries[i].hash == hash)
            return &lexicon_entries[i];
    return NULL;
}

/* The hash of the lower-case form; false for what is too long to be in a list. */
static bool phrase_hash(struct span phrase, uint64_t *ret) {
    char lower[PHRASE_MAX + 4];
    size_t written = 0, length = 0;
    if (phrase.length > PHRASE_MAX)
        return false;
    for (size_t i = 0; i < phrase.length && written <= PHRASE_MAX; i += length) {
        uint32_t c = utf8_decode(phrase, i, &length);
        c = c == 0x2019 || c == 0x2018 ? '\'' : utf8_lower(c);
        written += utf8_encode(c, lower + written);
    }
    *ret = hash_bytes((struct span){lower, written});
    return true;
}

uint32_t lexicon_classes_of_hash(uint64_t lower_hash) {
    const struct lexicon_entry *entry = entry_of(lower_hash);
    return entry ? entry->classes : 0;
}

uint32_t lexicon_classes(struct span phrase) {
    uint64_t hash;
    return phrase_hash(phrase, &hash) ? lexicon_classes_of_hash(hash) : 0;
}

unsigned lexicon_nation_of_hash(uint64_t lower_hash) {
    const struct lexicon_entry *entry = entry_of(lower_hash);
    return entry ? entry->nation : 0;
}

unsigned lexicon_nation(struct span phrase) {
    uint64_t hash;
    return phrase_hash(phrase, &hash) ? lexicon_nation_of_hash(hash) : 0;
}

struct span lexicon_nation_name(unsigned nation) {
    return nation < LEXICON_NATION_COUNT ? span_of(lexicon_nation_names[nation]) : span_of(NULL);
}
