#ifndef QUOTED_CLI_OPTIONS_H
#define QUOTED_CLI_OPTIONS_H

/* Options as a table: one row each, which serves for the command line, the environment (QUOTED_ and the name in capitals) and the help. The
   command line wins over the environment, the environment over the default. Values go into a struct of the command. */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum option_kind {
    OPTION_FLAG,   /* bool */
    OPTION_TEXT,   /* const char * */
    OPTION_NUMBER, /* uint64_t within min and max */
    OPTION_SIZE,   /* uint64_t bytes, with K, M or G (1024 each) behind it */
    OPTION_WORD,   /* int: index into words */
};

struct option {
    const char *name; /* without dashes; NULL ends the table */
    enum option_kind kind;
    size_t offset;        /* of the value in the command's struct */
    const char *argument; /* in the help: "FILE"; NULL for flags */
    const char *help;
    const char *const *words; /* of OPTION_WORD, NULL-terminated */
    uint64_t min;
    uint64_t max;
    bool command_line_only; /* not from the environment */
};

enum options_outcome { OPTIONS_OK, OPTIONS_HELP, OPTIONS_WRONG };

struct operands {
    char **items; /* owned array of borrowed strings */
    int count;
};

/* Fills values (which holds the defaults) from the environment, then from the arguments. "--" ends the options; "-" is an operand. What is
   wrong is told on standard error. operands_done afterwards in each case. */
enum options_outcome options_parse(const struct option *options, int count, char **arguments, void *values, struct operands *ret);
void operands_done(struct operands *operands);

enum { VARIABLE_NAME_MAX = 64 };
/* "max-file-size" gives "QUOTED_MAX_FILE_SIZE". */
void option_variable(const char *name, char out[VARIABLE_NAME_MAX]);
/* Of the names (ended by NULL), the one that was probably meant; NULL where none is near. */
const char *nearest_name(const char *given, const char *const *names);

#endif
