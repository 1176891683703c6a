#ifndef QUOTED_CLI_TERMINAL_H
#define QUOTED_CLI_TERMINAL_H

/* What standard output is written for: how wide it is, and whether it may be coloured. Reads the environment, so for one thread. */

#include <stdbool.h>

enum color_choice { COLOR_AUTO, COLOR_ALWAYS, COLOR_NEVER };

/* The words of --color, in the order of enum color_choice. */
extern const char *const COLOR_WORDS[];

/* COLUMNS, else what the terminal tells, else 100; at least 20 and at most 400. */
unsigned terminal_columns(void);
/* COLOR_AUTO: on a terminal, unless NO_COLOR is set (no-color.org) or TERM is "dumb". */
bool terminal_takes_color(enum color_choice choice);

#endif
