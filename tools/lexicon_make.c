/* Writes the C header with the table that extract/lexicon.c looks up, from the word lists given as arguments, to standard output.

   A list is UTF-8 text, one entry a line, in lower or any case. '#' begins a comment line. A line "= CLASS CLASS ..." says of which classes
   (enum lexicon_class without its prefix) the entries behind it are. Behind "= NATION" a line is a nation, fields by ';', items by ',':
   name; other names; its people; its capital and where its power sits, which are places; seats that are no city. An entry that stands in
   several lists is of all their classes. What is wrong is told by file and line, and nothing is written. */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/cleanup.h"
#include "base/hash.h"
#include "base/utf8.h"
#include "extract/lexicon.h"

enum { LINE_MAX_BYTES = 8192, ENTRY_MAX_BYTES = 96, NATIONS_MAX = 400, BUCKET_BITS = 15 };

struct entry {
    uint64_t hash;
    uint32_t classes;
    uint32_t nation;
};

struct table {
    struct entry *items;
    size_t count;
    size_t capacity;
    char *nations[NATIONS_MAX];
    size_t nation_count;
    const char *path;
    unsigned line;
    bool failed;
};

static const struct class_name {
    const char *name;
    uint32_t classes;
} class_names[] = {
    {"FIRST_NAME", LEXICON_FIRST_NAME},
    {"SURNAME_PARTICLE", LEXICON_SURNAME_PARTICLE},
    {"TITLE", LEXICON_TITLE},
    {"COUNTRY", LEXICON_COUNTRY},
    {"DEMONYM", LEXICON_DEMONYM},
    {"CITY", LEXICON_CITY},
    {"REGION", LEXICON_REGION},
    {"ORGANIZATION_WORD", LEXICON_ORGANIZATION_WORD},
    {"ORGANIZATION", LEXICON_ORGANIZATION},
    {"CALENDAR", LEXICON_CALENDAR},
    {"SPEECH_VERB", LEXICON_SPEECH_VERB},
    {"ROLE_NOUN", LEXICON_ROLE_NOUN},
    {"COMMON", LEXICON_COMMON},
    {"ABBREVIATION", LEXICON_ABBREVIATION},
    {"FEMALE_NAME", LEXICON_FEMALE_NAME},
    {"MALE_NAME", LEXICON_MALE_NAME},
    {"COMPOUND_HEAD", LEXICON_COMPOUND_HEAD},
    {"COMPOUND_TAIL", LEXICON_COMPOUND_TAIL},
    {"PLACE_WORD", LEXICON_PLACE_WORD},
    {"ROLE_MODIFIER", LEXICON_ROLE_MODIFIER},
    {"ORGANIZATION_NOUN", LEXICON_ORGANIZATION_NOUN},
    {"SEAT", LEXICON_SEAT},
    {"SURNAME", LEXICON_SURNAME},
    {"FUNCTION", LEXICON_FUNCTION},
    {"OTHER_WORD", LEXICON_OTHER_WORD},
};

static void complain(struct table *table, const char *what, struct span text) {
    fprintf(stderr, "%s:%u: %s: %.*s\n", table->path, table->line, what, SPAN_PRINT(text));
    table->failed = true;
}

static void add(struct table *table, struct span text, uint32_t classes, uint32_t nation) {
    char lower[ENTRY_MAX_BYTES + 4];
    size_t written = 0, length = 0, words = 1, bad;
    text = span_trim(text);
    if (text.length == 0)
        return;
    if (!utf8_valid(text, &bad)) {
        complain(table, "not UTF-8", text);
        return;
    }
    for (size_t i = 0; i < text.length && written < ENTRY_MAX_BYTES; i += length) {
        uint32_t c = utf8_decode(text, i, &length);
        words += c == ' ';
        written += utf8_encode(utf8_lower(c == 0x2019 ? '\'' : c), lower + written);
    }
    if (words > LEXICON_WORDS_MAX || written >= ENTRY_MAX_BYTES) {
        complain(table, "too long", text);
        return;
    }
    if (table->count == table->capacity) {
        size_t capacity = table->capacity ? table->capacity * 2 : 4096;
        struct entry *grown = realloc(table->items, capacity * sizeof(*grown));
        if (!grown) {
            complain(table, "out of memory", text);
            return;
        }
        table->items = grown;
        table->capacity = capacity;
    }
    table->items[table->count++] = (struct entry){hash_bytes((struct span){lower, written}), classes, nation};
}

static void add_items(struct table *table, struct span items, uint32_t classes, uint32_t nation) {
    struct span item;
    while (span_split(&items, ',', &item))
        add(table, item, classes, nation);
}

static void add_nation(struct table *table, struct span line) {
    static const uint32_t classes[] = {LEXICON_COUNTRY, LEXICON_COUNTRY, LEXICON_DEMONYM, LEXICON_CITY, LEXICON_SEAT};
    struct span rest = line, field;
    if (table->nation_count + 1 >= NATIONS_MAX) {
        complain(table, "too many nations", line);
        return;
    }
    uint32_t nation = (uint32_t)++table->nation_count;
    for (size_t i = 0; span_split(&rest, ';', &field); i++) {
        field = span_trim(field);
        if (i >= sizeof(classes) / sizeof(*classes)) {
            complain(table, "more than five fields", line);
            return;
        }
        if (i == 0)
            table->nations[nation] = strndup(field.data, field.length);
        add_items(table, field, classes[i], nation);
    }
}

static uint32_t classes_of_directive(struct table *table, struct span names, bool *ret_nations) {
    uint32_t classes = 0;
    struct span name;
    *ret_nations = false;
    while (span_split(&names, ' ', &name)) {
        bool known = name.length == 0;
        for (size_t i = 0; i < sizeof(class_names) / sizeof(*class_names); i++)
            if (span_equal(name, span_of(class_names[i].name))) {
                classes |= class_names[i].classes;
                known = true;
            }
        if (span_equal(name, SPAN("NATION")))
            *ret_nations = known = true;
        if (!known)
            complain(table, "unknown class", name);
    }
    return classes;
}

static void close_file(FILE **file) {
    if (*file)
        fclose(*file);
}

static void read_list(struct table *table, const char *path) {
    CLEANUP(close_file) FILE *file = fopen(path, "r");
    char buffer[LINE_MAX_BYTES];
    uint32_t classes = 0;
    bool nations = false;
    table->path = path;
    table->line = 0;
    if (!file) {
        complain(table, "cannot be read", span_of(path));
        return;
    }
    while (fgets(buffer, sizeof(buffer), file)) {
        table->line++;
        struct span line = span_trim(span_of(buffer));
        if (line.length == 0 || line.data[0] == '#')
            continue;
        if (line.data[0] == '=')
            classes = classes_of_directive(table, span_trim(span_slice(line, 1, line.length)), &nations);
        else if (nations)
            add_nation(table, line);
        else if (classes == 0)
            complain(table, "no class before", line);
        else
            add_items(table, line, classes, 0);
    }
    if (ferror(file))
        complain(table, "cannot be read", span_of(path));
}

static int compare(const void *a, const void *b) {
    const struct entry *left = a, *right = b;
    return left->hash < right->hash ? -1 : left->hash > right->hash;
}

/* Sorts, and makes one entry of all with one hash. The first nation named wins. */
static void merge(struct table *table) {
    size_t kept = 0;
    qsort(table->items, table->count, sizeof(*table->items), compare);
    for (size_t i = 0; i < table->count; i++) {
        if (kept > 0 && table->items[kept - 1].hash == table->items[i].hash) {
            struct entry *entry = &table->items[kept - 1];
            entry->classes |= table->items[i].classes;
            if (entry->nation == 0 || (table->items[i].nation != 0 && table->items[i].nation < entry->nation))
                entry->nation = table->items[i].nation;
        } else {
            table->items[kept++] = table->items[i];
        }
    }
    table->count = kept;
}

static void print_table(const struct table *table) {
    printf(
        "/* Made by tools/lexicon_make.c from data/. */\n#include <stdint.h>\n\n"
        "enum { LEXICON_BUCKET_BITS = %d, LEXICON_ENTRY_COUNT = %zu, LEXICON_NATION_COUNT = %zu };\n\n"
        "struct lexicon_entry {\n    uint64_t hash;\n    uint32_t classes;\n    uint32_t nation;\n};\n\n"
        "static const struct lexicon_entry lexicon_entries[LEXICON_ENTRY_COUNT] = {\n",
        BUCKET_BITS, table->count, table->nation_count + 1);
    for (size_t i = 0; i < table->count; i++)
        printf("{0x%016llxu,0x%x,%u},\n", (unsigned long long)table->items[i].hash, (unsigned)table->items[i].classes,
               (unsigned)table->items[i].nation);
    printf("};\n\nstatic const uint32_t lexicon_buckets[(1 << LEXICON_BUCKET_BITS) + 1] = {\n");
    size_t next = 0;
    for (size_t bucket = 0; bucket <= (size_t)1 << BUCKET_BITS; bucket++) {
        while (next < table->count && table->items[next].hash >> (64 - BUCKET_BITS) < bucket)
            next++;
        printf("%zu,\n", next);
    }
    printf("};\n\nstatic const char *const lexicon_nation_names[LEXICON_NATION_COUNT] = {\n\"\",\n");
    for (size_t i = 1; i <= table->nation_count; i++)
        printf("\"%s\",\n", table->nations[i]);
    printf("};\n");
}

int main(int count, char **arguments) {
    struct table table = {0};
    for (int i = 1; i < count; i++)
        read_list(&table, arguments[i]);
    if (table.count == 0)
        complain(&table, "no entries", span_of("word lists"));
    if (!table.failed) {
        merge(&table);
        print_table(&table);
    }
    for (size_t i = 1; i <= table.nation_count; i++)
        free(table.nations[i]);
    free(table.items);
    return table.failed || fflush(stdout) != 0 ? EXIT_FAILURE : EXIT_SUCCESS;
}
