#ifndef QUOTED_CLI_PATHS_H
#define QUOTED_CLI_PATHS_H

/* What ingest and extract share: the list of paths, the refusals on standard error, and the stop on Ctrl-C. */

#include "cli/command.h"
#include "ingest/ingest.h"

/* Paths from the command line, then those of a list, one a line. */
struct paths {
    const char **items; /* the array is owned; strings of the command line are borrowed */
    size_t count;
    char *list; /* owned: the list's bytes, which items point into */
};

/* The options that both have; the first member of a command's struct, so that one set of rows serves. */
struct input_options {
    int format;
    bool whole;
    bool fail_fast;
    const char *files_from;
    uint64_t file_bytes_max;
};

#define INPUT_OPTION_ROWS                                                                                                                  \
    {.name = "format",                                                                                                                     \
     .kind = OPTION_WORD,                                                                                                                  \
     .offset = offsetof(struct input_options, format),                                                                                     \
     .argument = "FORMAT",                                                                                                                 \
     .help = "what the input is: auto, text, html or json (default auto)",                                                                 \
     .words = FORMAT_WORDS},                                                                                                               \
        {.name = "whole",                                                                                                                  \
         .kind = OPTION_FLAG,                                                                                                              \
         .offset = offsetof(struct input_options, whole),                                                                                  \
         .help = "all of the input is story: clean nothing"},                                                                              \
        {.name = "fail-fast",                                                                                                              \
         .kind = OPTION_FLAG,                                                                                                              \
         .offset = offsetof(struct input_options, fail_fast),                                                                              \
         .help = "stop at the first document that is refused"},                                                                            \
        {.name = "files-from",                                                                                                             \
         .kind = OPTION_TEXT,                                                                                                              \
         .offset = offsetof(struct input_options, files_from),                                                                             \
         .argument = "FILE|-",                                                                                                             \
         .help = "read more paths from a list, one a line",                                                                                \
         .command_line_only = true},                                                                                                       \
    {                                                                                                                                      \
        .name = "max-file-size", .kind = OPTION_SIZE, .offset = offsetof(struct input_options, file_bytes_max), .argument = "SIZE",        \
        .help = "refuse larger text files (default 16M)"                                                                                   \
    }

/* The operands and what --files-from lists. STATUS_USAGE or STATUS_FAILED after a complaint, also where there are none. paths_done in
   each case. */
enum status paths_make(const struct command *command, const struct operands *operands, const struct input_options *chosen,
                       struct paths *ret);
void paths_done(struct paths *paths);

/* The words of --format, in the order of enum ingest_format. */
extern const char *const FORMAT_WORDS[];

/* "path:line: reason" on standard error. */
void print_refusal(const struct ingest_refusal *refusal);

/* SIGINT and SIGTERM raise the flag from now on; a second one ends the program. Borrowed for ever. */
const atomic_int *stop_on_signals(void);

#endif
