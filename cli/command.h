#ifndef QUOTED_CLI_COMMAND_H
#define QUOTED_CLI_COMMAND_H

/* A command of the command line: one file each, listed in main.c's table. Everything that the commands print of the outside world goes
   through print_plain, so that a name in a file cannot steer a terminal. */

#include "cli/options.h"

#include <stdio.h>

#define QUOTED_VERSION "0.1.0"
#define DB_DEFAULT "quoted.db"
#define LISTEN_DEFAULT "127.0.0.1:8080"

/* What the shell gets; documented in docs/OPERATIONS.md and in each command's help. */
enum status {
    STATUS_OK = 0,
    STATUS_FAILED = 1,  /* the run failed or was stopped; what was committed before is kept */
    STATUS_USAGE = 2,   /* the command line is wrong; nothing was done */
    STATUS_REFUSED = 3, /* done, but documents were refused, or there were none */
};

struct command {
    const char *name;
    const char *operands; /* "PATH...", "" */
    const char *summary;  /* one line */
    const char *details;  /* paragraphs below the options; "" */
    const struct option *options;
    /* arguments: what stands behind the command's name. */
    enum status (*run)(const struct command *command, int count, char **arguments);
};

extern const struct command command_ingest, command_extract, command_serve, command_check, command_health;

/* The command's help. */
void command_help(const struct command *command, FILE *out);
/* options_parse with the command's table; prints the help where it was asked for. True: go on; false: end with *ret_status. */
bool command_parse(const struct command *command, int count, char **arguments, void *values, struct operands *ret, enum status *ret_status);
/* For commands without operands: complains of the first one that is there. */
bool command_takes_none(const struct command *command, const struct operands *operands);

/* Writes the text with control characters made visible. */
void print_plain(FILE *out, const char *text);
/* "quoted: " and a line, to standard error. */
void complain(const char *format, ...) __attribute__((format(printf, 1, 2)));

#endif
