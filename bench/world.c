#include "bench/world.h"

#include "base/cleanup.h"

#include <ctype.h>
#include <dirent.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

enum {
    FILES_MAX = 256,
    NESTING_MAX = 3,           /* a clause in a sentence, a town in a club's name */
    RARE_WORDS = 400000,       /* as many different tokens as a million articles of news have, names apart */
    ALONE_IN_THEIR_NAME = 6000 /* people whose given and family name tell them apart; the rest have a middle name */
};

uint64_t dice_next(struct dice *dice) {
    uint64_t x = dice->state += 0x9e3779b97f4a7c15u;
    x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9u;
    x = (x ^ (x >> 27)) * 0x94d049bb133111ebu;
    return x ^ (x >> 31);
}

double dice_unit(struct dice *dice) {
    return (double)(dice_next(dice) >> 11) * 0x1p-53;
}

size_t dice_below(struct dice *dice, size_t count) {
    return (size_t)(dice_unit(dice) * (double)count);
}

/* The next state of a stream is SplitMix64's next seed, so seeds that are near each other must be mixed first. */
struct dice dice_of(uint64_t seed, uint64_t stream) {
    struct dice first = {seed ^ 0x5851f42d4c957f2du};
    struct dice second = {dice_next(&first) ^ stream};
    return (struct dice){dice_next(&second)};
}

size_t dice_ranked(struct dice *dice, size_t count) {
    const double flat = 10; /* without it, one rank in ten would be the first */
    size_t rank = (size_t)(flat * exp(dice_unit(dice) * log(((double)count + flat) / flat)) - flat);
    return rank < count ? rank : 0;
}

bool dice_chance(struct dice *dice, double chance) {
    return dice_unit(dice) < chance;
}

/* --- loading ----------------------------------------------------------------------------------------------------------------------------
 */

static bool list_add(struct list *list, struct span item) {
    if (list->count == list->capacity) {
        size_t capacity = list->capacity ? list->capacity * 2 : 64;
        struct span *items = realloc(list->items, capacity * sizeof *items);
        if (!items)
            return false;
        list->items = items;
        list->capacity = capacity;
    }
    list->items[list->count++] = item;
    return true;
}

static void close_file(FILE **file) {
    if (*file)
        fclose(*file);
}

/* The whole file; the world owns the bytes. */
static bool read_whole(struct world *world, const char *path, struct span *ret) {
    CLEANUP(close_file) FILE *file = fopen(path, "rb");
    CLEANUP(buffer_done) struct buffer bytes;
    buffer_init(&bytes, 64 << 20);
    while (file && !feof(file) && !ferror(file)) {
        char *place = buffer_reserve(&bytes, 1 << 16);
        if (!place)
            break;
        buffer_grown(&bytes, fread(place, 1, 1 << 16, file));
    }
    if (!file || ferror(file) || buffer_result(&bytes) != RESULT_OK || world->file_count == FILES_MAX) {
        fprintf(stderr, "generate: cannot read %s\n", path);
        return false;
    }
    *ret = buffer_span(&bytes);
    size_t length;
    world->files[world->file_count++] = buffer_take(&bytes, &length);
    return true;
}

/* The next line that says something. */
static bool next_line(struct span *rest, struct span *ret) {
    while (span_split(rest, '\n', ret)) {
        *ret = span_trim(*ret);
        if (ret->length > 0 && ret->data[0] != '#')
            return true;
    }
    return false;
}

typedef bool take_file(struct world *world, const char *name, struct span text);

static bool take_list(struct world *world, const char *name, struct span text) {
    struct span line;
    if (world->list_count == LISTS_MAX)
        return false;
    struct list *list = &world->lists[world->list_count++];
    snprintf(list->name, sizeof list->name, "%.*s", (int)(strlen(name) - strlen(".txt")), name);
    while (next_line(&text, &line))
        if (!list_add(list, line))
            return false;
    return true;
}

/* "[Chelsea/O8]" marks a name for the tagger; what stays is the name. */
static struct span without_marks(struct span line) {
    char *to = (char *)line.data;
    for (size_t i = 0; i < line.length; i++) {
        char c = line.data[i];
        size_t end = c == '/' ? span_find(line, SPAN("]"), i) : SIZE_MAX;
        if (end != SIZE_MAX && end <= i + 4)
            i = end;
        else if (c != '[')
            *to++ = c;
    }
    return (struct span){line.data, (size_t)(to - line.data)};
}

static bool take_frames(struct world *world, const char *name, struct span text) {
    struct list *list = &world->frames[strcmp(name, "headlines.txt") == 0 ? FRAME_HEADLINE : FRAME_BODY];
    struct span line;
    while (next_line(&text, &line))
        if (!list_add(list, without_marks(line)))
            return false;
    return true;
}

static bool take_own_frames(struct world *world, struct span text) {
    static const char *const SECTIONS[FRAME_KIND_COUNT] = {
        [FRAME_LEAD] = "[lead]", [FRAME_FILLER] = "[filler]", [FRAME_QUOTE] = "[quote]", [FRAME_CLAUSE] = "[clause]"};
    enum frame_kind kind = FRAME_BODY;
    struct span line;
    while (next_line(&text, &line)) {
        bool section = false;
        for (int i = 0; i < FRAME_KIND_COUNT; i++) {
            if (SECTIONS[i] && span_equal(line, span_of(SECTIONS[i]))) {
                kind = (enum frame_kind)i;
                section = true;
            }
        }
        if (!section && !list_add(&world->frames[kind], line))
            return false;
    }
    return true;
}

static bool take_names(struct list *list, struct span names) {
    struct span name;
    while (span_split(&names, ',', &name))
        if (span_trim(name).length > 0 && !list_add(list, span_trim(name)))
            return false;
    return true;
}

static bool take_culture(struct world *world, const char *name, struct span text) {
    (void)name;
    if (world->culture_count == CULTURES_MAX)
        return false;
    struct culture *culture = &world->cultures[world->culture_count++];
    struct span line;
    while (next_line(&text, &line)) {
        struct span rest = line, key;
        span_split(&rest, ':', &key);
        bool good = true;
        if (span_equal(key, SPAN("given")))
            good = take_names(&culture->given, rest);
        else if (span_equal(key, SPAN("family")))
            good = take_names(&culture->family, rest);
        else if (span_equal(key, SPAN("order")))
            culture->family_first = span_starts_with(span_trim(rest), SPAN("family"));
        else if (span_equal(key, SPAN("last")))
            culture->called_by_given = span_starts_with(span_trim(rest), SPAN("given"));
        if (!good)
            return false;
    }
    return culture->given.count > 0;
}

static bool take_words(struct world *world, struct span text) {
    struct span line, word;
    while (next_line(&text, &line)) {
        if (line.data[0] == '=')
            continue;
        while (span_split(&line, ',', &word))
            if (span_trim(word).length > 2 && !list_add(&world->words, span_trim(word)))
                return false;
    }
    /* The file is in the order of the alphabet, and a word's place is to tell how frequent it is. */
    struct dice dice = dice_of(1, 0);
    for (size_t i = world->words.count; i > 1; i--) {
        size_t j = dice_below(&dice, i);
        struct span moved = world->words.items[i - 1];
        world->words.items[i - 1] = world->words.items[j];
        world->words.items[j] = moved;
    }
    return world->words.count > 0;
}

static int is_text_file(const struct dirent *entry) {
    return span_ends_with(span_of(entry->d_name), SPAN(".txt"));
}

/* Every .txt of a folder, in the order of their names, so that it is the same on every machine. */
static bool take_folder(struct world *world, const char *root, const char *folder, take_file *take) {
    char path[4096];
    struct dirent **entries = NULL;
    snprintf(path, sizeof path, "%s/%s", root, folder);
    int count = scandir(path, &entries, is_text_file, alphasort);
    bool good = count > 0;
    for (int i = 0; i < count; i++) {
        struct span text;
        snprintf(path, sizeof path, "%s/%s/%s", root, folder, entries[i]->d_name);
        good = good && read_whole(world, path, &text) && take(world, entries[i]->d_name, text);
        free(entries[i]);
    }
    free(entries);
    if (!good)
        fprintf(stderr, "generate: nothing to use in %s/%s\n", root, folder);
    return good;
}

bool world_open(const char *root, struct world *ret) {
    char path[4096];
    struct span text;
    *ret = (struct world){.people = 4000, .files = calloc(FILES_MAX, sizeof *ret->files)};
    if (!ret->files || !take_folder(ret, root, "data/corpus/lists", take_list) ||
        !take_folder(ret, root, "data/corpus/lists/people", take_culture) || !take_folder(ret, root, "data/corpus/frames", take_frames))
        return false;
    snprintf(path, sizeof path, "%s/bench/frames.txt", root);
    if (!read_whole(ret, path, &text) || !take_own_frames(ret, text))
        return false;
    snprintf(path, sizeof path, "%s/data/common.txt", root);
    return read_whole(ret, path, &text) && take_words(ret, text);
}

void world_close(struct world *world) {
    for (size_t i = 0; i < FRAME_KIND_COUNT; i++)
        free(world->frames[i].items);
    for (size_t i = 0; i < world->list_count; i++)
        free(world->lists[i].items);
    for (size_t i = 0; i < world->culture_count; i++) {
        free(world->cultures[i].given.items);
        free(world->cultures[i].family.items);
    }
    free(world->words.items);
    for (size_t i = 0; i < world->file_count; i++)
        free(world->files[i]);
    free(world->files);
    *world = (struct world){0};
}

const struct list *world_list(const struct world *world, struct span name) {
    for (size_t i = 0; i < world->list_count; i++)
        if (span_equal(span_of(world->lists[i].name), name))
            return &world->lists[i];
    return NULL;
}

/* --- filling ----------------------------------------------------------------------------------------------------------------------------
 */

static void fill(const struct world *world, struct span frame, const struct story *story, struct dice *dice, int depth, struct buffer *out);

void world_person(const struct world *world, size_t person, bool whole, struct buffer *out) {
    struct dice own = dice_of(7, person);
    const struct culture *culture = &world->cultures[dice_below(&own, world->culture_count)];
    struct span given = culture->given.items[dice_below(&own, culture->given.count)];
    struct span middle = culture->given.items[dice_below(&own, culture->given.count)];
    struct span family = {0};
    if (culture->family.count > 0)
        family = culture->family.items[dice_below(&own, culture->family.count)];
    if (family.length == 0) {
        buffer_append_span(out, given);
    } else if (!whole) {
        buffer_append_span(out, culture->called_by_given ? given : family);
    } else {
        buffer_append_span(out, culture->family_first ? family : given);
        buffer_append_char(out, ' ');
        if (person >= ALONE_IN_THEIR_NAME && !culture->family_first) {
            buffer_append_span(out, middle);
            buffer_append_char(out, ' ');
        }
        buffer_append_span(out, culture->family_first ? given : family);
    }
}

/* A word that few articles have: made of syllables, the same word for the same rank. */
static void append_rare(struct dice *dice, struct buffer *out) {
    static const char *const SYLLABLES[] = {"ba", "ter", "lo",  "min", "sca", "ri", "vel", "ton",
                                            "du", "pe",  "gra", "shi", "mor", "en", "kul", "ast"};
    size_t rank = dice_ranked(dice, RARE_WORDS);
    for (size_t left = rank + 256; left > 0; left /= 16)
        buffer_append_string(out, SYLLABLES[left % 16]);
}

static void append_number(struct dice *dice, struct buffer *out) {
    static const size_t BOUNDS[] = {20, 100, 1000, 20000};
    size_t number = 2 + dice_below(dice, BOUNDS[dice_below(dice, 4)]);
    if (number >= 1000)
        buffer_print(out, "%zu,%03zu", number / 1000, number % 1000);
    else
        buffer_append_uint(out, number);
}

/* An entry of a list. Of what a slot of the same name and number stood for in this story, one of two is taken again. */
static void append_entry(const struct world *world, const struct list *list, char number, const struct story *story, struct dice *dice,
                         int depth, struct buffer *out) {
    uint64_t variant = dice_below(dice, 2);
    struct dice own = dice_of(story->seed, (uint64_t)(list - world->lists) << 16 | (uint64_t)number << 8 | variant);
    struct dice *chosen = number ? &own : dice;
    fill(world, list->items[dice_ranked(chosen, list->count)], story, chosen, depth + 1, out);
}

static void append_cast(const struct world *world, struct span slot, const struct story *story, struct buffer *out) {
    size_t number = slot.length > 1 && isdigit((unsigned char)slot.data[1]) ? (size_t)(slot.data[1] - '1') : 0;
    size_t person = story->cast[number % story->cast_count];
    world_person(world, person, !span_ends_with(slot, SPAN(".last")), out);
}

static void append_slot(const struct world *world, struct span slot, const struct story *story, struct dice *dice, int depth,
                        struct buffer *out) {
    size_t colon = span_find(slot, SPAN(":"), 0);
    if (span_equal(slot, SPAN("w"))) {
        buffer_append_span(out, world->words.items[dice_ranked(dice, world->words.count)]);
    } else if (span_equal(slot, SPAN("x"))) {
        append_rare(dice, out);
    } else if (span_equal(slot, SPAN("number"))) {
        append_number(dice, out);
    } else if (span_equal(slot, SPAN("clause"))) {
        const struct list *clauses = &world->frames[FRAME_CLAUSE];
        fill(world, clauses->items[dice_below(dice, clauses->count)], story, dice, depth + 1, out);
    } else if (slot.data[0] == 'P' && slot.length > 1 && isdigit((unsigned char)slot.data[1])) {
        append_cast(world, slot, story, out);
    } else {
        const struct list *list = world_list(world, colon == SIZE_MAX ? slot : span_slice(slot, colon + 1, slot.length));
        if (list)
            append_entry(world, list, colon == SIZE_MAX ? '\0' : slot.data[1], story, dice, depth, out);
    }
}

static void fill(const struct world *world, struct span frame, const struct story *story, struct dice *dice, int depth,
                 struct buffer *out) {
    size_t at = 0;
    while (at < frame.length) {
        size_t open = span_find(frame, SPAN("<"), at), close = open == SIZE_MAX ? SIZE_MAX : span_find(frame, SPAN(">"), open);
        if (close == SIZE_MAX || close == open + 1 || depth > NESTING_MAX)
            break;
        buffer_append_span(out, span_slice(frame, at, open));
        append_slot(world, span_slice(frame, open + 1, close), story, dice, depth, out);
        at = close + 1;
    }
    buffer_append_span(out, span_slice(frame, at, frame.length));
}

/* A sentence, and a quotation that begins one, begin with a capital. */
static void capitalize(struct buffer *out, size_t from) {
    bool due = true;
    for (size_t i = from; i < out->length; i++) {
        unsigned char c = (unsigned char)out->data[i];
        if (due && islower(c))
            out->data[i] = (char)toupper(c);
        if (isalnum(c) || c >= 0x80)
            due = false;
        if ((c == '"' && (i == from || (i > from + 1 && out->data[i - 1] == ' ' && strchr(".,:", out->data[i - 2])))) ||
            (c == ' ' && i > from && strchr(".?", out->data[i - 1])))
            due = true;
    }
}

void world_sentence(const struct world *world, enum frame_kind kind, const struct story *story, struct dice *dice, struct buffer *out) {
    const struct list *frames = &world->frames[kind];
    size_t from = out->length;
    if (frames->count > 0)
        fill(world, frames->items[dice_below(dice, frames->count)], story, dice, 0, out);
    if (buffer_result(out) == RESULT_OK)
        capitalize(out, from);
}
