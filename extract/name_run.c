#include "base/hash.h"
#include "extract/name_rules.h"

/* Cutting the runs: capitalized words with what may stand between them ("of the" in organizations, "bin" in people), without the titles,
   roles and peoples' names around them. */

enum {
    PARTICLES_MAX = 3,
    RUN_TOKENS_MAX = 40, /* a text all in capitals is cut into pieces of this size, which bounds what each rule may look at */
};

static const uint32_t PLACE_CLASSES = LEXICON_COUNTRY | LEXICON_REGION | LEXICON_CITY;
static const uint32_t ROLE_CLASSES = LEXICON_TITLE | LEXICON_ROLE_NOUN | LEXICON_ROLE_MODIFIER;
static const uint32_t HEAD_CLASSES = LEXICON_ORGANIZATION_WORD | LEXICON_PLACE_WORD | LEXICON_OTHER_WORD;

struct cut {
    const struct name_work *work;
    const struct sentence *sentence;
    size_t sentence_index;
    struct name_runs *runs;
    bool failed;
};

static const struct token *token_at(const struct cut *cut, size_t index) {
    return &cut->work->tokens->items[index];
}

static uint32_t classes_at(const struct cut *cut, size_t index) {
    return index < cut->sentence->last ? cut->work->classes[index] : 0;
}

static bool is_word(const struct cut *cut, size_t index, const char *word) {
    return index < cut->sentence->last && token_is(cut->work->tokens, index, word);
}

static bool is_text(const struct cut *cut, size_t index, const char *text) {
    return index < cut->sentence->last && span_equal(token_text(cut->work->tokens, index), span_of(text));
}

/* "US", "WHO": capitals make a name of what is a common word. */
static bool is_spelled_name(const struct cut *cut, size_t index) {
    return token_at(cut, index)->shape == SHAPE_UPPER && (classes_at(cut, index) & (LEXICON_COUNTRY | LEXICON_ORGANIZATION)) &&
           cut->work->styles[cut->sentence_index] != STYLE_UPPER;
}

static bool is_name_word(const struct cut *cut, size_t index) {
    if (index >= cut->sentence->last || !name_is_capital(cut->work, index))
        return false;
    uint32_t classes = classes_at(cut, index);
    if (classes & LEXICON_FUNCTION)
        return is_spelled_name(cut, index);
    if (classes & LEXICON_CALENDAR) {
        bool named = (classes & LEXICON_FIRST_NAME) && name_is_capital(cut->work, index + 1 < cut->sentence->last ? index + 1 : index) &&
                     index + 1 < cut->sentence->last && !(classes_at(cut, index + 1) & (LEXICON_FUNCTION | LEXICON_CALENDAR));
        return named;
    }
    return true;
}

/* A word of a heading is a name's where the prose says so, or the lists without doubt. */
static bool heading_names(const struct cut *cut, size_t index) {
    const struct name_word *word = name_word_of(cut->work, token_at(cut, index)->lower);
    uint32_t classes = classes_at(cut, index);
    if (word && word->inner_capital > 0)
        return word->inner_capital > word->lower_case;
    if (word && word->lower_case > 0)
        return false;
    if (classes & (LEXICON_COUNTRY | LEXICON_FIRST_NAME))
        return true;
    return !(classes & (ROLE_CLASSES | LEXICON_SPEECH_VERB)) && !name_is_common(cut->work, index);
}

static bool starts_run(const struct cut *cut, size_t index) {
    return is_name_word(cut, index) && (cut->work->styles[cut->sentence_index] == STYLE_PROSE || heading_names(cut, index));
}

/* True if the run so far has a word whose names go on with "of" or "for". */
static bool has_head(const struct cut *cut, size_t first, size_t last, uint32_t classes) {
    for (size_t i = first; i < last; i++)
        if ((classes_at(cut, i) & classes) && !(classes_at(cut, i) & LEXICON_TITLE))
            return true;
    return false;
}

/* "bin", "de la" and the like between two capitalized words: where the second begins, or index. */
static size_t skip_particles(const struct cut *cut, size_t index) {
    size_t i = index;
    while (i < index + PARTICLES_MAX && i < cut->sentence->last && token_at(cut, i)->shape == SHAPE_LOWER &&
           (classes_at(cut, i) & LEXICON_SURNAME_PARTICLE))
        i++;
    return i > index && is_name_word(cut, i) && !(classes_at(cut, i) & LEXICON_DEMONYM) ? i : index;
}

/* "of", "for the" and the like inside an organization's or a place's name: where the next capital stands, or index. */
static size_t skip_of(const struct cut *cut, size_t first, size_t index) {
    bool of = is_word(cut, index, "of"), other = is_word(cut, index, "for") || is_word(cut, index, "on");
    if (!of && !other)
        return index;
    if (!has_head(cut, first, index, of ? HEAD_CLASSES : LEXICON_ORGANIZATION_WORD))
        return index;
    size_t next = index + 1 + is_word(cut, index + 1, "the");
    /* "Institute for Policy", but "left the authority for Xcorp" */
    if (other && next < cut->sentence->last && !(classes_at(cut, next) & (LEXICON_COMMON | PLACE_CLASSES | LEXICON_DEMONYM)))
        return index;
    return is_name_word(cut, next) && token_at(cut, index)->shape == SHAPE_LOWER ? next : index;
}

static bool is_plain(const struct cut *cut, size_t index) {
    return (classes_at(cut, index) & (LEXICON_COMMON | ROLE_CLASSES)) &&
           !(classes_at(cut, index) & (PLACE_CLASSES | LEXICON_FIRST_NAME | LEXICON_ORGANIZATION | LEXICON_SURNAME));
}

/* "Food and Drug Administration", "Ministry of Health and Welfare", but "France and Germany": where the next capital stands, or index. */
static size_t skip_and(const struct cut *cut, size_t first, size_t index, bool has_of) {
    if (is_text(cut, index, "&"))
        return is_name_word(cut, index + 1) ? index + 1 : index;
    if (!is_word(cut, index, "and") || !is_name_word(cut, index + 1) || !is_plain(cut, index - 1) || !is_plain(cut, index + 1))
        return index;
    if (has_of)
        return has_head(cut, index + 1, index + 2, LEXICON_TITLE | HEAD_CLASSES) ? index : index + 1;
    if (has_head(cut, first, index, LEXICON_ORGANIZATION_WORD))
        return index;
    for (size_t i = index + 1; i < index + 4 && is_name_word(cut, i); i++)
        if (classes_at(cut, i) & LEXICON_ORGANIZATION_WORD)
            return index + 1;
    return index;
}

/* "People's Liberation Army", "Women's Tennis Association", but "Russia's Foreign Ministry": where the next capital stands, or index. */
static size_t skip_possessive(const struct cut *cut, size_t first, size_t index) {
    if (index >= cut->sentence->last || token_at(cut, index)->kind != TOKEN_POSSESSIVE || !is_name_word(cut, index + 1))
        return index;
    if (!is_plain(cut, index - 1) || has_head(cut, first, index, LEXICON_ORGANIZATION_WORD | LEXICON_ORGANIZATION_NOUN))
        return index;
    for (size_t i = index + 1; i < index + 5 && is_name_word(cut, i); i++)
        if (classes_at(cut, i) & LEXICON_ORGANIZATION_WORD)
            return index + 1;
    return index;
}

/* "Al - Sabah", as some tokenized texts have it; ", Jr." */
static size_t skip_other(const struct cut *cut, size_t index) {
    if (is_text(cut, index, "-") && (is_word(cut, index - 1, "al") || is_word(cut, index - 1, "el")) && is_name_word(cut, index + 1))
        return index + 1;
    if (is_text(cut, index, ",") && (is_text(cut, index + 1, "Jr.") || is_text(cut, index + 1, "Sr.") || is_text(cut, index + 1, "Inc.")))
        return index + 1;
    return index;
}

/* The end of the run that begins at first. */
static size_t grow(const struct cut *cut, size_t first) {
    size_t i = first + 1;
    bool has_of = false;
    while (i < cut->sentence->last && i < first + RUN_TOKENS_MAX) {
        if (starts_run(cut, i)) {
            i++;
            continue;
        }
        size_t next = skip_of(cut, first, i);
        has_of = has_of || next > i;
        if (next == i)
            next = skip_particles(cut, i);
        if (next == i)
            next = skip_and(cut, first, i, has_of);
        if (next == i)
            next = skip_possessive(cut, first, i);
        if (next == i)
            next = skip_other(cut, i);
        if (next == i)
            break;
        i = next + 1;
    }
    return i;
}

static uint64_t key_of(const struct cut *cut, size_t first, size_t last) {
    uint64_t key = 0;
    for (size_t i = first; i < last; i++)
        key = hash_combine(key, token_at(cut, i)->lower);
    return key;
}

static void emit(struct cut *cut, size_t first, size_t last, bool after_title) {
    if (first >= last || last - first > NAME_TOKENS_MAX)
        return;
    struct name_runs *runs = cut->runs;
    struct name_run *run = arena_push(cut->work->arena, (void **)&runs->items, &runs->count, &runs->capacity, sizeof(*runs->items));
    if (!run) {
        cut->failed = true;
        return;
    }
    *run = (struct name_run){
        .first = (uint32_t)first,
        .last = (uint32_t)last,
        .sentence = (uint32_t)cut->sentence_index,
        .key = key_of(cut, first, last),
        .after_title = after_title,
    };
    bool begins = name_begins(cut->work, cut->sentence, first);
    run->doubtful = cut->work->styles[cut->sentence_index] != STYLE_PROSE || (begins && name_is_common(cut->work, first));
}

/* True if the words are a name of their own in the lists. */
static bool is_listed(const struct cut *cut, size_t first, size_t last) {
    return name_phrase_classes(cut->work, first, last) & (PLACE_CLASSES | LEXICON_ORGANIZATION | LEXICON_SEAT);
}

static bool has_inner_of(const struct cut *cut, size_t first, size_t last) {
    for (size_t i = first; i < last; i++)
        if (is_word(cut, i, "of") || is_word(cut, i, "for"))
            return true;
    return false;
}

/* The index behind the last title in [first, last) that has a name behind it, or first: "Tesla Chief Executive | Ada Byron". */
static size_t title_end(const struct cut *cut, size_t first, size_t last) {
    if (has_inner_of(cut, first, last) || has_head(cut, last - 1, last, HEAD_CLASSES))
        return first;
    for (size_t i = last - 1; i-- > first;) {
        uint32_t classes = classes_at(cut, i);
        bool name = (classes & LEXICON_FIRST_NAME) && !(classes & LEXICON_COMMON) && i == first;
        if ((classes & LEXICON_TITLE) && !name)
            return i + 1;
        if ((classes & LEXICON_ROLE_NOUN) && !(classes & (LEXICON_FIRST_NAME | LEXICON_SURNAME)) &&
            (classes_at(cut, i + 1) & (LEXICON_FIRST_NAME | LEXICON_SURNAME)))
            return i + 1;
    }
    return first;
}

/* Where the words before a title that describe it begin: "Ghana | Deputy Finance Minister". */
static size_t role_begin(const struct cut *cut, size_t first, size_t title) {
    size_t i = title;
    while (i > first && (classes_at(cut, i - 1) & (ROLE_CLASSES | LEXICON_DEMONYM | LEXICON_COMMON)) && !is_listed(cut, i - 1, i))
        i--;
    return i;
}

/* Drops words before a name that only describe who bears it: peoples' names, roles, a sentence's first common word. */
static size_t strip_begin(const struct cut *cut, size_t first, size_t last) {
    while (first + 1 < last) {
        uint32_t classes = classes_at(cut, first), next = classes_at(cut, first + 1);
        bool person = (next & (LEXICON_FIRST_NAME | LEXICON_TITLE)) && !has_head(cut, first, last, LEXICON_ORGANIZATION_WORD) &&
                      !(next & LEXICON_COMMON);
        bool describes = (classes & LEXICON_DEMONYM) || ((classes & (ROLE_CLASSES | LEXICON_COMMON)) &&
                                                         !(classes & (LEXICON_FIRST_NAME | LEXICON_SURNAME | PLACE_CLASSES)));
        bool begins = name_begins(cut->work, cut->sentence, first) && name_is_common(cut->work, first) && is_listed(cut, first + 1, last);
        if (!(person && describes) && !begins)
            break;
        first++;
        while (first < last && !is_name_word(cut, first))
            first++;
    }
    return first;
}

/* True if nothing in the words can name: only roles, peoples, common words without a head. */
static bool names_nothing(const struct cut *cut, size_t first, size_t last) {
    bool demonyms = true, roles = true;
    if (is_listed(cut, first, last))
        return false;
    for (size_t i = first; i < last; i++) {
        demonyms = demonyms && (classes_at(cut, i) & LEXICON_DEMONYM);
        roles = roles && (classes_at(cut, i) & (ROLE_CLASSES | LEXICON_DEMONYM)) &&
                !(classes_at(cut, i) & (LEXICON_FIRST_NAME | LEXICON_SURNAME));
    }
    return demonyms || roles;
}

/* "minister of" or "secretary for" before the run: its first common words say of what. */
static bool complements_role(const struct cut *cut, size_t first) {
    if (first < cut->sentence->first + 2 || !(is_word(cut, first - 1, "of") || is_word(cut, first - 1, "for")))
        return false;
    uint32_t classes = classes_at(cut, first - 2);
    return (classes & (LEXICON_TITLE | LEXICON_ROLE_NOUN)) && !(classes & LEXICON_ORGANIZATION_WORD);
}

/* Where the person begins in "Health and Welfare | Ada Byron" behind "minister of"; last where only the complement is there. */
static size_t skip_complement(const struct cut *cut, size_t first, size_t last) {
    const uint32_t named = LEXICON_FIRST_NAME | LEXICON_SURNAME | PLACE_CLASSES;
    size_t i = first;
    while (i < last &&
           (!is_name_word(cut, i) ||
            ((classes_at(cut, i) & (LEXICON_COMMON | LEXICON_ORGANIZATION_WORD | LEXICON_PLACE_WORD)) && !(classes_at(cut, i) & named))))
        i++;
    return i;
}

/* The end of a country's or region's name that a full name follows, "Chile | Ada Byron"; first where there is none. */
static size_t place_end(const struct cut *cut, size_t first, size_t last) {
    for (size_t end = first + 1; end < first + 4 && end + 1 < last; end++)
        if ((name_phrase_classes(cut->work, first, end) & (LEXICON_COUNTRY | LEXICON_REGION)) &&
            !(classes_at(cut, first) & (LEXICON_FIRST_NAME | LEXICON_SURNAME)) && (classes_at(cut, end) & LEXICON_FIRST_NAME) &&
            !(classes_at(cut, end) & LEXICON_COMMON) && !has_head(cut, end, last, HEAD_CLASSES))
            return end;
    return first;
}

/* Emits [first, last) as one run, or what is left of it. */
static void divide(struct cut *cut, size_t first, size_t last, bool after_title) {
    if (complements_role(cut, first) && skip_complement(cut, first, last) > first) {
        first = skip_complement(cut, first, last);
        after_title = true;
    }
    size_t place = place_end(cut, first, last);
    if (place > first) {
        emit(cut, first, place, false);
        after_title = complements_role(cut, first);
        first = place;
    }
    while (first < last) {
        while (first < last && !is_name_word(cut, first))
            first++;
        while (last > first && !is_name_word(cut, last - 1))
            last--;
        if (first >= last || is_listed(cut, first, last))
            break;
        size_t name = title_end(cut, first, last);
        if (name == first)
            break;
        size_t begin = role_begin(cut, first, name - 1);
        if (begin > first && !names_nothing(cut, first, begin))
            emit(cut, first, begin, after_title);
        first = name;
        after_title = true;
    }
    first = strip_begin(cut, first, last);
    if (first < last && !names_nothing(cut, first, last))
        emit(cut, first, last, after_title);
}

/* "Mr." or "minister" directly before the run. */
static bool title_before(const struct cut *cut, size_t first) {
    return first > cut->sentence->first && token_at(cut, first - 1)->kind == TOKEN_WORD &&
           (classes_at(cut, first - 1) & (LEXICON_TITLE | LEXICON_ROLE_NOUN)) && !(classes_at(cut, first - 1) & LEXICON_ORGANIZATION_NOUN);
}

enum result name_runs_cut(const struct name_work *work, size_t sentence, struct name_runs *runs) {
    struct cut cut = {.work = work, .sentence = &work->sentences->items[sentence], .sentence_index = sentence, .runs = runs};
    for (size_t i = cut.sentence->first; i < cut.sentence->last && !cut.failed;) {
        if (!starts_run(&cut, i)) {
            i++;
            continue;
        }
        size_t last = grow(&cut, i);
        divide(&cut, i, last, title_before(&cut, i));
        i = last;
    }
    return cut.failed ? RESULT_MEMORY : RESULT_OK;
}
