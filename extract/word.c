#include "extract/word.h"

#include <string.h>

#include "extract/word_table.h"

enum { WORD_LENGTH_MAX = 24 }; /* longer than any word of the tables with any ending */

struct lowered {
    char text[WORD_LENGTH_MAX + 1];
    size_t length;
};

/* False where the word is too long or has other than ASCII letters, apostrophes and hyphens: then it is in no table. */
static bool lower(struct span word, struct lowered *ret) {
    size_t length = 0;
    for (size_t i = 0; i < word.length; i++) {
        char c = word.data[i];
        if (length == WORD_LENGTH_MAX)
            return false;
        if ((unsigned char)c == 0xE2 && i + 2 < word.length && (unsigned char)word.data[i + 1] == 0x80 &&
            (unsigned char)word.data[i + 2] == 0x99) {
            c = '\'';
            i += 2;
        }
        if ((unsigned char)c >= 0x80)
            return false;
        ret->text[length++] = c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
    }
    ret->text[length] = '\0';
    ret->length = length;
    return length > 0;
}

static uint32_t look_up(const struct word_entry *table, size_t count, const char *word) {
    size_t low = 0, high = count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = strcmp(table[middle].word, word);
        if (order == 0)
            return table[middle].classes;
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return 0;
}

static uint32_t lemma_classes(const char *lemma) {
    return look_up(word_lemmas, word_lemma_count, lemma);
}

static uint32_t irregular_classes(const char *word) {
    size_t low = 0, high = word_irregular_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = strcmp(word_irregulars[middle].word, word);
        if (order == 0) {
            uint32_t classes = lemma_classes(word_irregulars[middle].lemma);
            return word_irregulars[middle].form | (classes ? classes : WORD_VERB);
        }
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return 0;
}

static bool ends_with(const struct lowered *word, const char *ending) {
    size_t length = strlen(ending);
    return word->length > length && memcmp(word->text + word->length - length, ending, length) == 0;
}

/* The classes of the lemma that is word without its last cut letters and with tail behind it. */
static uint32_t stem(const struct lowered *word, size_t cut, const char *tail) {
    char lemma[WORD_LENGTH_MAX + 2];
    size_t length = word->length - cut;
    memcpy(lemma, word->text, length);
    size_t tail_length = strlen(tail);
    memcpy(lemma + length, tail, tail_length + 1);
    return lemma_classes(lemma);
}

/* "-ed" and "-ing": bare, with a silent e, with a doubled consonant. */
static uint32_t stem_any(const struct lowered *word, size_t cut) {
    uint32_t classes = stem(word, cut, "");
    if (!classes)
        classes = stem(word, cut, "e");
    size_t length = word->length - cut;
    if (!classes && length >= 3 && word->text[length - 1] == word->text[length - 2])
        classes = stem(word, cut + 1, "");
    return classes;
}

static uint32_t inflected_classes(const struct lowered *word) {
    uint32_t classes = 0;
    if (ends_with(word, "ied") && (classes = stem(word, 3, "y")))
        return classes | WORD_PAST;
    if (ends_with(word, "ed") && (classes = stem_any(word, 2)))
        return classes | WORD_PAST;
    if (ends_with(word, "ing") && ((classes = stem_any(word, 3)) || (ends_with(word, "ying") && (classes = stem(word, 4, "ie")))))
        return classes | WORD_ING;
    if (ends_with(word, "ies") && (classes = stem(word, 3, "y")))
        return classes | WORD_PRESENT_S;
    if (ends_with(word, "es") && (classes = stem(word, 2, "")))
        return classes | WORD_PRESENT_S;
    if (ends_with(word, "s") && (classes = stem(word, 1, "")))
        return classes | WORD_PRESENT_S;
    return 0;
}

/* Words that end like a verb or an adverb and are none. */
static bool is_false_ending(const struct lowered *word) {
    static const char *const exceptions[] = {
        "ally",    "anomaly",  "anything", "assembly", "being",      "belly",  "breed",   "briefing", "building",  "bully",
        "ceiling", "clothing", "embed",    "evening",  "everything", "exceed", "family",  "feed",     "funding",   "greed",
        "hearing", "hundred",  "indeed",   "italy",    "jelly",      "king",   "meeting", "monopoly", "morning",   "need",
        "nothing", "proceed",  "rally",    "reply",    "ring",       "sacred", "seed",    "shed",     "something", "speed",
        "spring",  "string",   "succeed",  "supply",   "thing",      "weed",   "wedding", "wing",     "wicked",
    };
    for (size_t i = 0; i < sizeof exceptions / sizeof *exceptions; i++)
        if (strcmp(word->text, exceptions[i]) == 0)
            return true;
    return false;
}

static uint32_t guessed_classes(const struct lowered *word) {
    enum { ED_MIN = 5, ING_MIN = 6, LY_MIN = 5 }; /* shorter words with these endings are mostly nouns: "bed", "king", "fly" */
    if (is_false_ending(word))
        return 0;
    if (word->length >= ED_MIN && ends_with(word, "ed"))
        return WORD_VERB | WORD_PAST | WORD_GUESSED;
    if (word->length >= ING_MIN && ends_with(word, "ing"))
        return WORD_VERB | WORD_ING | WORD_GUESSED;
    if (word->length >= LY_MIN && ends_with(word, "ly"))
        return WORD_ADVERB;
    if (ends_with(word, "n't"))
        return WORD_AUXILIARY | WORD_MODAL;
    return 0;
}

uint32_t word_classes(struct span word) {
    struct lowered lowered;
    if (!lower(word, &lowered))
        return 0;
    uint32_t classes = look_up(word_table, word_table_count, lowered.text);
    uint32_t verb = irregular_classes(lowered.text);
    if (!verb && (verb = lemma_classes(lowered.text)))
        verb |= WORD_BASE;
    if (!verb)
        verb = inflected_classes(&lowered);
    if (!(classes | verb))
        return guessed_classes(&lowered);
    return classes | verb;
}
