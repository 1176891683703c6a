#include "cli/terminal.h"

#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

const char *const COLOR_WORDS[] = {"auto", "always", "never", NULL};

enum {
    COLUMNS_ELSE = 100,
    COLUMNS_LEAST = 20, /* narrower, hardly a word fits beside its marks */
    COLUMNS_MOST = 400, /* a wrong number must not become a line of blanks */
};

static long columns_of_environment(void) {
    const char *text = getenv("COLUMNS");
    char *rest = NULL;
    long columns = text ? strtol(text, &rest, 10) : 0;
    return rest && rest != text && *rest == '\0' ? columns : 0;
}

static long columns_of_terminal(void) {
    struct winsize size = {0};
    return ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 ? size.ws_col : 0;
}

unsigned terminal_columns(void) {
    long columns = columns_of_environment();
    if (columns <= 0)
        columns = columns_of_terminal();
    if (columns <= 0)
        columns = COLUMNS_ELSE;
    if (columns < COLUMNS_LEAST)
        return COLUMNS_LEAST;
    return columns > COLUMNS_MOST ? COLUMNS_MOST : (unsigned)columns;
}

static bool is_set(const char *variable) {
    const char *value = getenv(variable);
    return value && *value;
}

bool terminal_takes_color(enum color_choice choice) {
    if (choice != COLOR_AUTO)
        return choice == COLOR_ALWAYS;
    const char *kind = getenv("TERM");
    return isatty(STDOUT_FILENO) && !is_set("NO_COLOR") && !(kind && strcmp(kind, "dumb") == 0);
}
