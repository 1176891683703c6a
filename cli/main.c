#include "cli/command.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

/* Every command, in the order of the help. */
static const struct command *const COMMANDS[] = {
    &command_ingest, &command_serve, &command_extract, &command_check, &command_health,
};

enum { COMMAND_COUNT = sizeof COMMANDS / sizeof *COMMANDS };

void print_plain(FILE *out, const char *text) {
    for (; *text; text++) {
        unsigned char byte = (unsigned char)*text;
        if (byte < 0x20 || byte == 0x7f)
            fprintf(out, "\\x%02x", byte);
        else
            fputc(byte, out);
    }
}

void complain(const char *format, ...) {
    char message[4096 + 1024]; /* a path and what is wrong with it */
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(message, sizeof message, format, arguments);
    va_end(arguments);
    fputs("quoted: ", stderr);
    print_plain(stderr, message);
    fputc('\n', stderr);
}

static void help_option(const struct option *option, FILE *out) {
    char left[64], variable[VARIABLE_NAME_MAX];
    snprintf(left, sizeof left, "--%s%s%s", option->name, option->argument ? " " : "", option->argument ? option->argument : "");
    option_variable(option->name, variable);
    fprintf(out, "  %-22s %s", left, option->help);
    if (!option->command_line_only)
        fprintf(out, " [%s]", variable);
    fputc('\n', out);
}

void command_help(const struct command *command, FILE *out) {
    fprintf(out, "quoted %s [options]%s%s\n\n%s\n\n", command->name, *command->operands ? " " : "", command->operands, command->summary);
    for (const struct option *option = command->options; option->name; option++)
        help_option(option, out);
    fprintf(out, "  %-22s %s\n", "--help", "print this");
    if (*command->details)
        fprintf(out, "\n%s", command->details);
}

bool command_parse(const struct command *command, int count, char **arguments, void *values, struct operands *ret,
                   enum status *ret_status) {
    enum options_outcome outcome = options_parse(command->options, count, arguments, values, ret);
    if (outcome == OPTIONS_HELP)
        command_help(command, stdout);
    *ret_status = outcome == OPTIONS_WRONG ? STATUS_USAGE : STATUS_OK;
    return outcome == OPTIONS_OK;
}

bool command_takes_none(const struct command *command, const struct operands *operands) {
    if (operands->count == 0)
        return true;
    complain("%s takes no \"%s\"; \"quoted help %s\" tells what it takes", command->name, operands->items[0], command->name);
    return false;
}

static void help(FILE *out) {
    fputs("quoted turns news articles into an API that answers who said what, about whom, where and when.\n\n", out);
    for (size_t i = 0; i < COMMAND_COUNT; i++)
        fprintf(out, "  quoted %-8s %s\n", COMMANDS[i]->name, COMMANDS[i]->summary);
    fputs(
        "  quoted help COMMAND\n  quoted --version\n\n"
        "Every option can also be set by the variable in brackets behind it; the command line wins.\n"
        "Exit status: 0 all done, 1 the run failed, 2 wrong use, 3 documents were refused or there were none.\n",
        out);
}

static const struct command *find_command(const char *name) {
    for (size_t i = 0; i < COMMAND_COUNT; i++)
        if (strcmp(COMMANDS[i]->name, name) == 0)
            return COMMANDS[i];
    return NULL;
}

static enum status unknown_command(const char *name) {
    const char *names[COMMAND_COUNT + 1] = {0};
    for (size_t i = 0; i < COMMAND_COUNT; i++)
        names[i] = COMMANDS[i]->name;
    const char *nearest = nearest_name(name, names);
    if (nearest)
        complain("unknown command \"%s\"; did you mean \"quoted %s\"?", name, nearest);
    else
        complain("unknown command \"%s\"; \"quoted help\" lists them", name);
    return STATUS_USAGE;
}

static enum status help_on(int count, char **arguments) {
    if (count == 0) {
        help(stdout);
        return STATUS_OK;
    }
    const struct command *command = find_command(arguments[0]);
    if (!command)
        return unknown_command(arguments[0]);
    command_help(command, stdout);
    return STATUS_OK;
}

static enum status dispatch(int count, char **arguments) {
    const char *name = arguments[0];
    if (strcmp(name, "--version") == 0) {
        puts("quoted " QUOTED_VERSION);
        return STATUS_OK;
    }
    if (strcmp(name, "--help") == 0 || strcmp(name, "-h") == 0)
        return help_on(0, NULL);
    if (strcmp(name, "help") == 0)
        return help_on(count - 1, arguments + 1);
    const struct command *command = find_command(name);
    return command ? command->run(command, count - 1, arguments + 1) : unknown_command(name);
}

int main(int argc, char **argv) {
    /* A system call a line and not one a character: a bad dump has millions of lines to complain of. */
    setvbuf(stderr, NULL, _IOLBF, BUFSIZ);
    if (argc < 2) {
        help(stderr);
        return STATUS_USAGE;
    }
    enum status status = dispatch(argc - 1, argv + 1);
    if (fflush(stdout) != 0 || ferror(stdout)) {
        complain("standard output: cannot be written");
        return STATUS_FAILED;
    }
    return (int)status;
}
