#include "extract/name_rules.h"

/* What one run names: each rule adds votes. The numbers are relative weights, from 1 (a hint) to 8 (all but certain), set by hand and
   checked against the open training sets named in docs/DATA.md. */

static const uint32_t NAME_CLASSES = LEXICON_FIRST_NAME | LEXICON_SURNAME;

struct vote {
    const struct name_work *work;
    const struct sentence *sentence;
    struct name_run *run;
};

static uint32_t classes_at(const struct vote *vote, size_t index) {
    return index >= vote->sentence->first && index < vote->sentence->last ? vote->work->classes[index] : 0;
}

static bool is_word(const struct vote *vote, size_t index, const char *word) {
    return index >= vote->sentence->first && index < vote->sentence->last && token_is(vote->work->tokens, index, word);
}

static bool is_any(const struct vote *vote, size_t index, const char *const *words, size_t count) {
    for (size_t i = 0; i < count; i++)
        if (is_word(vote, index, words[i]))
            return true;
    return false;
}
#define IS_ANY(vote, index, words) is_any(vote, index, words, sizeof(words) / sizeof(*(words)))

static size_t shape_at(const struct vote *vote, size_t index) {
    return vote->work->tokens->items[index].shape;
}

/* The word that says what kind of thing a name of several words is: the last, or the last before "of". */
static size_t head_of(const struct vote *vote) {
    size_t last = vote->run->last - 1;
    for (size_t i = vote->run->first + 1; i < vote->run->last; i++)
        if (is_word(vote, i, "of") || is_word(vote, i, "for") || is_word(vote, i, "on"))
            return i - 1;
    /* "Ministry Health": the first word may be it as well */
    return last;
}

static void vote_by_lists(struct vote *vote) {
    struct name_run *run = vote->run;
    uint32_t phrase = name_phrase_classes(vote->work, run->first, run->last);
    bool single = run->last - run->first == 1;
    bool common = phrase & LEXICON_COMMON;
    if (phrase & LEXICON_COUNTRY)
        run->votes[ENTITY_PLACE] += 8;
    if (phrase & LEXICON_REGION)
        run->votes[ENTITY_PLACE] += single && (phrase & NAME_CLASSES) ? 2 : 6;
    if (phrase & LEXICON_CITY)
        run->votes[ENTITY_PLACE] += !single ? 5 : common ? 1 : phrase & NAME_CLASSES ? 2 : 4;
    if (phrase & LEXICON_ORGANIZATION)
        run->votes[ENTITY_ORGANIZATION] += common && single && shape_at(vote, run->first) != SHAPE_UPPER ? 2 : 7;
    if (phrase & LEXICON_SEAT)
        run->votes[ENTITY_ORGANIZATION] += 4;
    if (single && (phrase & LEXICON_DEMONYM) && !(phrase & (LEXICON_COUNTRY | LEXICON_CITY | NAME_CLASSES)))
        run->other += 6;
    if (single && (phrase & LEXICON_OTHER_WORD))
        run->other += 5;
}

static void vote_by_head(struct vote *vote) {
    struct name_run *run = vote->run;
    if (run->last - run->first < 2)
        return;
    size_t head = head_of(vote);
    uint32_t classes = classes_at(vote, head), first = classes_at(vote, run->first);
    bool both = (classes & LEXICON_ORGANIZATION_WORD) && (classes & LEXICON_PLACE_WORD);
    if (classes & LEXICON_OTHER_WORD)
        run->other += classes & LEXICON_ORGANIZATION_WORD ? 3 : 7;
    if (classes & LEXICON_ORGANIZATION_WORD)
        run->votes[ENTITY_ORGANIZATION] += both ? 3 : 7;
    if (classes & LEXICON_PLACE_WORD)
        run->votes[ENTITY_PLACE] += both ? 3 : 6;
    if (head == run->last - 1 && (first & LEXICON_PLACE_WORD) && !(first & LEXICON_ORGANIZATION_WORD) &&
        !(classes & (LEXICON_ORGANIZATION_WORD | LEXICON_OTHER_WORD)))
        run->votes[ENTITY_PLACE] += 4; /* "Lake X", "San X" */
    if (head == run->last - 1 && (first & LEXICON_ORGANIZATION_WORD) && !(first & LEXICON_FIRST_NAME) &&
        !(classes & (LEXICON_PLACE_WORD | LEXICON_OTHER_WORD | NAME_CLASSES)))
        run->votes[ENTITY_ORGANIZATION] += 3; /* "Banco X", "FC X" */
}

static bool is_initial(const struct vote *vote, size_t index) {
    struct span text = token_text(vote->work->tokens, index);
    return text.length == 2 && text.data[1] == '.' && shape_at(vote, index) == SHAPE_CAPITAL;
}

/* The words of a person: a known first or family name, initials, particles; unknown words more likely than common ones. */
static void vote_by_words(struct vote *vote) {
    struct name_run *run = vote->run;
    size_t count = run->last - run->first, common = 0, upper = 0, places = 0;
    for (size_t i = run->first; i < run->last; i++) {
        uint32_t classes = classes_at(vote, i);
        common += (classes & (LEXICON_COMMON | LEXICON_OTHER_WORD | LEXICON_ORGANIZATION_WORD)) && !(classes & NAME_CLASSES);
        upper += shape_at(vote, i) == SHAPE_UPPER;
        places += (classes & (LEXICON_COUNTRY | LEXICON_DEMONYM)) && !(classes & NAME_CLASSES);
        if (i > run->first && is_initial(vote, i))
            run->votes[ENTITY_PERSON] += 4;
    }
    uint32_t first = classes_at(vote, run->first), last = classes_at(vote, run->last - 1);
    if (count == 1) {
        if ((first & LEXICON_FIRST_NAME) && !(first & LEXICON_COMMON))
            run->votes[ENTITY_PERSON] += 3;
        if ((first & LEXICON_SURNAME) && !(first & LEXICON_COMMON))
            run->votes[ENTITY_PERSON] += 3;
        const struct name_word *word = name_word_of(vote->work, vote->work->tokens->items[run->first].lower);
        bool always_capital = word && word->inner_capital >= 2 && word->lower_case == 0;
        if (common && always_capital && (first & LEXICON_ORGANIZATION_WORD))
            run->votes[ENTITY_ORGANIZATION] += 4; /* "the Assembly", "the Fund" */
        else if (common)
            run->other += 4;
        return;
    }
    if (count > 7 || upper == count) {
        run->other += 2;
        return;
    }
    if (first & LEXICON_FIRST_NAME)
        run->votes[ENTITY_PERSON] += 6;
    if (last & LEXICON_SURNAME)
        run->votes[ENTITY_PERSON] += 3;
    if (is_initial(vote, run->first))
        run->votes[ENTITY_PERSON] += 3;
    if (common == 0 && places == 0 && upper == 0 && count <= 4)
        run->votes[ENTITY_PERSON] += 3;
    run->votes[ENTITY_PERSON] -= (int)(2 * common + 2 * places);
    if (common == count)
        run->other += 4;
}

static void vote_by_shape(struct vote *vote) {
    struct name_run *run = vote->run;
    bool heading = vote->work->styles[run->sentence] == STYLE_UPPER;
    if (run->last - run->first != 1 || heading)
        return;
    uint32_t classes = classes_at(vote, run->first);
    struct span text = token_text(vote->work->tokens, run->first);
    bool amount = run->last < vote->sentence->last && vote->work->tokens->items[run->last].kind == TOKEN_NUMBER;
    if (amount && text.length <= 3)
        run->other += 6; /* "KD 500" */
    else if (shape_at(vote, run->first) == SHAPE_UPPER && (classes & (LEXICON_CITY | LEXICON_REGION)))
        run->votes[ENTITY_PLACE] += 3;
    else if (shape_at(vote, run->first) == SHAPE_UPPER && text.length >= 2 && !(classes & LEXICON_COUNTRY))
        run->votes[ENTITY_ORGANIZATION] += text.length <= 6 ? 5 : 3;
    if (shape_at(vote, run->first) == SHAPE_MIXED)
        run->votes[ENTITY_ORGANIZATION] += 1;
}

/* What stands before: "Mr.", "in", "town of". */
static void vote_by_left(struct vote *vote) {
    static const char *const inside[] = {"in", "near", "outside", "throughout", "across"};
    static const char *const toward[] = {"from", "at", "to", "into", "toward", "towards", "leaving", "around", "via"};
    static const char *const by_person[] = {"by", "with", "told"};
    struct name_run *run = vote->run;
    size_t before = run->first - 1;
    if (run->after_title)
        run->votes[ENTITY_PERSON] += 6;
    if (run->first == vote->sentence->first)
        return;
    if (is_word(vote, before, "the") && before > vote->sentence->first)
        before--, run->votes[ENTITY_PERSON] -= 4;
    uint32_t classes = classes_at(vote, run->first - 1);
    if (IS_ANY(vote, before, inside))
        run->votes[ENTITY_PLACE] += before == run->first - 1 ? 3 : 1;
    else if (IS_ANY(vote, before, toward))
        run->votes[ENTITY_PLACE] += 1;
    else if (IS_ANY(vote, before, by_person))
        run->votes[ENTITY_PERSON] += 1;
    if (is_word(vote, before, "of") && (classes_at(vote, before - 1) & LEXICON_PLACE_WORD))
        run->votes[ENTITY_PLACE] += 4;
    if (shape_at(vote, run->first - 1) == SHAPE_LOWER && (classes & LEXICON_ORGANIZATION_NOUN) && !(classes & LEXICON_ROLE_NOUN))
        run->votes[ENTITY_ORGANIZATION] += 3;
}

/* What stands behind: "X said", "X, 45,", "X province", "X, Kenya". */
static void vote_by_right(struct vote *vote) {
    struct name_run *run = vote->run;
    const struct tokens *tokens = vote->work->tokens;
    size_t next = run->last;
    if (next >= vote->sentence->last)
        return;
    uint32_t classes = classes_at(vote, next);
    if (shape_at(vote, next) == SHAPE_LOWER) {
        bool unknown =
            run->last - run->first == 1 && !name_is_common(vote->work, run->first) && shape_at(vote, run->first) == SHAPE_CAPITAL;
        if (classes & LEXICON_SPEECH_VERB)
            run->votes[ENTITY_PERSON] += unknown ? 4 : 2, run->votes[ENTITY_ORGANIZATION] += 1;
        if (is_word(vote, next, "who") || is_word(vote, next, "himself") || is_word(vote, next, "herself"))
            run->votes[ENTITY_PERSON] += 4;
        if ((classes & LEXICON_PLACE_WORD) && !(classes & (LEXICON_ORGANIZATION_WORD | LEXICON_OTHER_WORD)))
            run->votes[ENTITY_PLACE] += 4;
        return;
    }
    if (!is_word(vote, next, ",") || next + 1 >= vote->sentence->last)
        return;
    size_t after = next + 1;
    if (tokens->items[after].kind == TOKEN_NUMBER && tokens->items[after].end - tokens->items[after].start <= 2 &&
        is_word(vote, after + 1, ","))
        run->votes[ENTITY_PERSON] += 6;
    if (is_word(vote, after, "who"))
        run->votes[ENTITY_PERSON] += 4;
    if (name_is_capital(vote->work, after) && (classes_at(vote, after) & (LEXICON_COUNTRY | LEXICON_REGION)) &&
        (vote->run->votes[ENTITY_PLACE] > 0 || run->last - run->first == 1))
        run->votes[ENTITY_PLACE] += 3;
    if (is_word(vote, after, "a") || is_word(vote, after, "an") || is_word(vote, after, "the"))
        for (size_t i = after + 1; i < after + 5 && i < vote->sentence->last; i++)
            if (classes_at(vote, i) & (LEXICON_ROLE_NOUN | LEXICON_TITLE)) {
                run->votes[ENTITY_PERSON] += 2;
                break;
            }
}

/* "African Union (AU)": the capitals of the words are the acronym behind. */
static void vote_by_acronym(struct vote *vote) {
    struct name_run *run = vote->run;
    const struct tokens *tokens = vote->work->tokens;
    if (run->last + 2 >= vote->sentence->last || !is_word(vote, run->last, "(") || !is_word(vote, run->last + 2, ")") ||
        shape_at(vote, run->last + 1) != SHAPE_UPPER || run->last - run->first < 2)
        return;
    struct span acronym = token_text(tokens, run->last + 1);
    if (acronym.length >= 2 && acronym.data[0] == token_text(tokens, run->first).data[0])
        run->votes[ENTITY_ORGANIZATION] += 6;
}

void name_run_vote(const struct name_work *work, struct name_run *run) {
    struct vote vote = {.work = work, .sentence = &work->sentences->items[run->sentence], .run = run};
    vote_by_lists(&vote);
    vote_by_head(&vote);
    vote_by_words(&vote);
    vote_by_shape(&vote);
    vote_by_left(&vote);
    vote_by_right(&vote);
    vote_by_acronym(&vote);
}
