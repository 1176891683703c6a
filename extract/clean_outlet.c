#include <string.h>

#include "extract/clean_furniture.h"
#include "extract/clean_meta.h"

/* Furniture names its outlet again and again: each place votes for the name behind its words, and the name with the most votes wins. */

static const struct {
    const char *pattern; /* the name stands behind what this matches; see unit_matches for the signs */
    int votes;
} cues[] = {
    {"message|letter|note|word|appeal from", 3},
    {"copyright", 4},
    {"support|supporting", 2},
    {"more|news|newsletter|newsletters|newsroom|journalists|reporters|team|staff|updates|stories|headlines from|of|at", 2},
    {"subscribe|subscribing|welcome|subscription to", 2},
    {"thank you for reading|choosing|visiting", 2},
    {"follow|join|download|trust", 2},
    {"published|appeared in|by|on", 1},
    {"reporter|writer|journalist|correspondent|editor|columnist|contributor at|for|with|of", 1},
    {"about", 1},
};

/* Votes for how the name itself looks, and how many a name needs. */
enum { VOTES_OUTLET_WORD = 3, VOTES_ARTICLE = 1, VOTES_NEEDED = 4 };
enum { NAME_WORDS_MAX = 6, CANDIDATES_MAX = 32 };

static const char outlet_words[] =
    "times|post|news|herald|journal|daily|gazette|tribune|observer|press|chronicle|standard|mail|telegraph|guardian|star|sun|echo|courier|"
    "review|report|today|monitor|mirror|independent|globe|dispatch|register|voice|weekly|radio|tv|online|magazine|argus|ledger|examiner|"
    "bulletin|sentinel|inquirer|mercury|messenger|reporter|record|express|insider|wire|newswire|agency|media|broadcaster|broadcasting|"
    "beacon|advertiser|clarion|nation|citizen|republic|bugle|banner|advocate|evening|morning|sunday";
static const char never_names[] =
    "facebook|twitter|x|instagram|whatsapp|telegram|youtube|linkedin|tiktok|google|apple|paypal|visa|privacy|"
    "terms|cookie|us|our|your|independent|quality|this|all|getty|reuters|i|we";

/* "Breaking News" and "World Report" are sections. */
static const char section_words[] =
    "breaking|latest|top|world|local|national|business|sport|sports|more|other|all|today's|live|weather|related|in";

struct candidate {
    struct span name;
    int votes;
};

struct poll {
    struct candidate items[CANDIDATES_MAX];
    size_t count;
};

static struct span without_article(struct span name) {
    return name.length > 4 && span_equal_ignore_case(span_slice(name, 0, 4), SPAN("the ")) ? span_slice(name, 4, name.length) : name;
}

static void vote(struct poll *poll, struct span name, int votes) {
    for (size_t i = 0; i < poll->count; i++) {
        struct candidate *candidate = &poll->items[i];
        if (!span_equal_ignore_case(without_article(candidate->name), without_article(name)))
            continue;
        candidate->votes += votes;
        if (name.length > candidate->name.length)
            candidate->name = name; /* the form with its article */
        return;
    }
    if (poll->count < CANDIDATES_MAX)
        poll->items[poll->count++] = (struct candidate){name, votes};
}

/* The word without a possessive ending, which is two bytes in lower and two or four in the text. */
static struct word without_possessive(const struct unit *unit, const struct word *word) {
    struct word bare = *word;
    if (!span_ends_with(word->lower, SPAN("'s")))
        return bare;
    bare.lower.length -= 2;
    bare.end -= span_ends_with(span_slice(unit->text, word->start, word->end), SPAN("'s")) ? 2 : 4;
    return bare;
}

/* The capitalised run that begins at the word, and what it is worth by its looks; the empty span where there is none. */
static struct span name_at(const struct unit *unit, size_t first, int *ret_votes) {
    if (unit_word_is(unit, first, "the") && !unit->words[first].capital)
        first++; /* "subscribe to the Example Ledger" */
    size_t end = 0, at = first;
    int votes = 0;
    for (; at < unit->word_kept && at - first < NAME_WORDS_MAX; at++) {
        const struct word bare = without_possessive(unit, &unit->words[at]), *word = &bare;
        bool article = at == first && word_is(word, "the");
        bool inner = at > first && word_is(word, "of|and|the|for");
        if (!article && !inner && (!word->capital || word_is(word, never_names)))
            break;
        if (!article && !inner)
            end = word->end;
        votes += article && word->capital ? VOTES_ARTICLE : 0;
        votes += at > first && word_is(word, outlet_words) && votes < VOTES_OUTLET_WORD ? VOTES_OUTLET_WORD : 0;
        struct span gap = span_slice(unit->text, word->end, at + 1 < unit->word_kept ? unit->words[at + 1].start : unit->text.length);
        if (!span_equal(gap, SPAN(" ")) && !span_equal(gap, SPAN(" & ")))
            break;
    }
    *ret_votes = votes;
    return end > 0 ? span_slice(unit->text, unit->words[first].start, end) : (struct span){NULL, 0};
}

/* The index behind a match of the cue that begins at the word; 0 where it does not match. */
static size_t cue_end(const struct unit *unit, size_t at, const char *pattern) {
    while (*pattern) {
        if (!unit_word_is(unit, at, pattern))
            return 0;
        at++;
        pattern += strcspn(pattern, " ");
        pattern += strspn(pattern, " ");
    }
    return at;
}

static bool is_year(const struct word *word) {
    return word->lower.length == 4 && (word->lower.data[0] == '1' || word->lower.data[0] == '2') && word->lower.data[3] <= '9';
}

static void poll_cue(struct poll *poll, const struct unit *unit, size_t at, int votes) {
    while (at < unit->word_kept && (is_year(&unit->words[at]) || word_is(&unit->words[at], "copyright|by")))
        at++;
    int looks;
    struct span name = name_at(unit, at, &looks);
    if (name.length > 0)
        vote(poll, name, votes + looks);
}

static void poll_unit(struct poll *poll, const struct unit *unit) {
    if (unit->has_copyright) {
        size_t sign = span_find(unit->text, SPAN("\u00A9"), 0), at = 0;
        while (at < unit->word_kept && unit->words[at].start < sign)
            at++;
        poll_cue(poll, unit, at, 4);
    }
    for (size_t at = 0; at < unit->word_kept; at++)
        for (size_t i = 0; i < sizeof(cues) / sizeof(cues[0]); i++) {
            size_t end = cue_end(unit, at, cues[i].pattern);
            if (end > 0)
                poll_cue(poll, unit, end, cues[i].votes);
        }
    if (unit->word_count <= NAME_WORDS_MAX && unit->evidence < EVIDENCE_EDGE) { /* the outlet's name alone on its line */
        int looks;
        struct span name = name_at(unit, 0, &looks);
        if (name.length + 1 >= unit->text.length && looks >= VOTES_OUTLET_WORD && !unit_word_is(unit, 0, section_words))
            vote(poll, name, looks + (unit->word_count > 2));
    }
}

struct span outlet_find(const struct units *units) {
    struct poll poll = {.count = 0};
    for (size_t i = 0; i < units->count; i++) {
        const struct unit *unit = &units->items[i];
        if (unit->role == ROLE_DROPPED && unit->why != WHY_BYLINE && unit->why != WHY_CREDIT && unit->why != WHY_RELATED)
            poll_unit(&poll, unit);
    }
    struct candidate best = {{NULL, 0}, VOTES_NEEDED - 1};
    for (size_t i = 0; i < poll.count; i++)
        if (poll.items[i].votes > best.votes)
            best = poll.items[i];
    return best.name;
}

bool outlet_word_is(const struct word *word) {
    return word_is(word, outlet_words);
}

bool outlet_is_named(struct span name) {
    struct span rest = name, piece;
    bool first = true;
    while (span_split(&rest, ' ', &piece)) {
        char lower[WORD_BYTES_KEPT];
        struct word word = {.lower = {lower, 0}};
        for (size_t i = 0; i < piece.length && i < sizeof(lower); i++)
            lower[word.lower.length++] = (char)(piece.data[i] >= 'A' && piece.data[i] <= 'Z' ? piece.data[i] + 32 : piece.data[i]);
        if (!first && word_is(&word, outlet_words))
            return true;
        first = false;
    }
    return false;
}
