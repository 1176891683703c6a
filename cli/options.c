#include "cli/options.h"

#include "cli/command.h"

#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

enum { NAME_MAX_LENGTH = 40 };

static size_t smallest(size_t a, size_t b, size_t c) {
    size_t least = a < b ? a : b;
    return least < c ? least : c;
}

/* Levenshtein's distance, one row at a time. */
static size_t distance(const char *a, const char *b) {
    size_t row[NAME_MAX_LENGTH + 1];
    size_t length = strlen(b);
    if (length > NAME_MAX_LENGTH)
        return SIZE_MAX;
    for (size_t k = 0; k <= length; k++)
        row[k] = k;
    for (size_t i = 1; a[i - 1]; i++) {
        size_t diagonal = row[0];
        row[0] = i;
        for (size_t k = 1; k <= length; k++) {
            size_t above = row[k];
            row[k] = smallest(above + 1, row[k - 1] + 1, diagonal + (a[i - 1] != b[k - 1]));
            diagonal = above;
        }
    }
    return row[length];
}

const char *nearest_name(const char *given, const char *const *names) {
    const char *nearest = NULL;
    size_t least = strlen(given) / 3 + 1; /* a slip in three letters, and one more */
    for (; *names; names++) {
        size_t now = distance(given, *names);
        if (now <= least && now < strlen(*names)) {
            nearest = *names;
            least = now > 0 ? now - 1 : 0;
        }
    }
    return nearest;
}

void option_variable(const char *name, char out[VARIABLE_NAME_MAX]) {
    size_t length = (size_t)snprintf(out, VARIABLE_NAME_MAX, "QUOTED_%s", name);
    for (size_t i = 0; i < length && i < VARIABLE_NAME_MAX - 1; i++)
        out[i] = out[i] == '-' ? '_' : (char)toupper((unsigned char)out[i]);
}

static bool parse_number(const char *text, uint64_t *ret, const char **ret_rest) {
    if (!isdigit((unsigned char)*text))
        return false;
    char *rest;
    errno = 0;
    unsigned long long number = strtoull(text, &rest, 10);
    *ret = number;
    *ret_rest = rest;
    return errno == 0;
}

static bool parse_size(const char *text, uint64_t *ret) {
    static const char UNITS[] = "KMGT";
    const char *rest;
    if (!parse_number(text, ret, &rest))
        return false;
    const char *unit = *rest ? strchr(UNITS, toupper((unsigned char)*rest)) : NULL;
    int shift = unit ? 10 * (int)(unit - UNITS + 1) : 0;
    if (unit)
        rest++;
    if (strcmp(rest, "iB") == 0 || strcmp(rest, "B") == 0)
        rest += strlen(rest);
    if (*rest || *ret > UINT64_MAX >> shift)
        return false;
    *ret <<= shift;
    return true;
}

static bool parse_flag(const char *text, bool *ret) {
    static const char *const YES[] = {"1", "true", "yes", "on"}, *const NO[] = {"0", "false", "no", "off", ""};
    for (size_t i = 0; i < sizeof YES / sizeof *YES; i++)
        if (strcmp(text, YES[i]) == 0)
            return *ret = true;
    for (size_t i = 0; i < sizeof NO / sizeof *NO; i++) {
        if (strcmp(text, NO[i]) == 0) {
            *ret = false;
            return true;
        }
    }
    return false;
}

static void complain_of_words(const struct option *option, const char *from, const char *text) {
    fprintf(stderr, "quoted: %s: \"", from);
    print_plain(stderr, text);
    fputs("\" is none of", stderr);
    for (size_t i = 0; option->words[i]; i++)
        fprintf(stderr, "%s %s", i ? "," : "", option->words[i]);
    fputc('\n', stderr);
}

static bool wrong_value(const struct option *option, const char *from, const char *text) {
    switch (option->kind) {
    case OPTION_WORD:
        complain_of_words(option, from, text);
        break;
    case OPTION_NUMBER:
        complain("%s: \"%s\" is no whole number from %llu to %llu", from, text, (unsigned long long)option->min,
                 (unsigned long long)option->max);
        break;
    case OPTION_SIZE:
        complain("%s: \"%s\" is no size in bytes, such as 500000, 64M or 2G", from, text);
        break;
    case OPTION_FLAG:
        complain("%s: \"%s\" is neither 1 nor 0", from, text);
        break;
    case OPTION_TEXT:
        complain("%s: must not be empty", from);
        break;
    }
    return false;
}

/* from: how the user named the option. */
static bool set_value(const struct option *option, void *values, const char *from, const char *text) {
    void *place = (char *)values + option->offset;
    uint64_t number;
    const char *rest;
    switch (option->kind) {
    case OPTION_FLAG:
        return parse_flag(text, place) || wrong_value(option, from, text);
    case OPTION_TEXT:
        *(const char **)place = text;
        return *text || wrong_value(option, from, text);
    case OPTION_NUMBER:
        if (!parse_number(text, &number, &rest) || *rest || number < option->min || number > option->max)
            return wrong_value(option, from, text);
        *(uint64_t *)place = number;
        return true;
    case OPTION_SIZE:
        if (!parse_size(text, &number) || number == 0)
            return wrong_value(option, from, text);
        *(uint64_t *)place = number;
        return true;
    case OPTION_WORD:
        for (int i = 0; option->words[i]; i++) {
            if (strcmp(text, option->words[i]) == 0) {
                *(int *)place = i;
                return true;
            }
        }
        break;
    }
    return wrong_value(option, from, text);
}

static bool take_environment(const struct option *options, void *values) {
    for (; options->name; options++) {
        char variable[VARIABLE_NAME_MAX];
        option_variable(options->name, variable);
        const char *text = options->command_line_only ? NULL : getenv(variable);
        if (text && *text && !set_value(options, values, variable, text))
            return false;
    }
    return true;
}

static const struct option *find_option(const struct option *options, const char *name, size_t length) {
    for (; options->name; options++)
        if (strlen(options->name) == length && strncmp(options->name, name, length) == 0)
            return options;
    return NULL;
}

static void complain_of_unknown(const struct option *options, const char *argument) {
    enum { NAMES_MAX = 40 };
    const char *names[NAMES_MAX + 1] = {0};
    for (size_t i = 0; i < NAMES_MAX && options[i].name; i++)
        names[i] = options[i].name;
    char given[NAME_MAX_LENGTH + 1] = {0};
    const char *name = argument + strspn(argument, "-");
    snprintf(given, sizeof given, "%.*s", (int)strcspn(name, "="), name);
    const char *nearest = nearest_name(given, names);
    if (nearest)
        complain("unknown option \"%s\"; did you mean --%s?", argument, nearest);
    else
        complain("unknown option \"%s\"", argument);
}

/* One option at arguments[*at], which may take the next argument too. */
static bool take_option(const struct option *options, int count, char **arguments, int *at, void *values) {
    const char *argument = arguments[*at];
    if (argument[1] != '-') {
        complain_of_unknown(options, argument);
        return false;
    }
    const char *name = argument + 2;
    size_t length = strcspn(name, "=");
    const struct option *option = find_option(options, name, length);
    if (!option) {
        complain_of_unknown(options, argument);
        return false;
    }
    const char *value = name[length] == '=' ? name + length + 1 : NULL;
    char from[NAME_MAX_LENGTH + 3];
    snprintf(from, sizeof from, "--%s", option->name);
    if (!value && option->kind == OPTION_FLAG)
        value = "1";
    if (!value && *at + 1 == count) {
        complain("%s needs a value: %s %s", from, from, option->argument);
        return false;
    }
    if (!value)
        value = arguments[++*at];
    return set_value(option, values, from, value);
}

enum options_outcome options_parse(const struct option *options, int count, char **arguments, void *values, struct operands *ret) {
    *ret = (struct operands){.items = calloc((size_t)count + 1, sizeof *ret->items)};
    if (!ret->items) {
        complain("out of memory");
        return OPTIONS_WRONG;
    }
    bool ended = false;
    for (int i = 0; i < count && strcmp(arguments[i], "--") != 0; i++)
        if (strcmp(arguments[i], "--help") == 0 || strcmp(arguments[i], "-h") == 0)
            return OPTIONS_HELP;
    if (!take_environment(options, values))
        return OPTIONS_WRONG;
    for (int i = 0; i < count; i++) {
        char *argument = arguments[i];
        if (ended || argument[0] != '-' || argument[1] == '\0')
            ret->items[ret->count++] = argument;
        else if (strcmp(argument, "--") == 0)
            ended = true;
        else if (!take_option(options, count, arguments, &i, values))
            return OPTIONS_WRONG;
    }
    return OPTIONS_OK;
}

void operands_done(struct operands *operands) {
    free(operands->items);
    operands->items = NULL;
}
