/* embed NAME: copies standard input to standard output as `static const char NAME[]`, with a NUL behind it, so that the program carries
   the file as bytes. An array of numbers and not a string: ISO C promises only 4,095 characters of a string. */

#include <ctype.h>
#include <stdbool.h>
#include <stdio.h>

enum { NUMBERS_PER_LINE = 24 };

static bool is_identifier(const char *name) {
    if (!isalpha((unsigned char)name[0]) && name[0] != '_')
        return false;
    for (const char *at = name; *at; at++)
        if (!isalnum((unsigned char)*at) && *at != '_')
            return false;
    return true;
}

int main(int argc, char **argv) {
    if (argc != 2 || !is_identifier(argv[1])) {
        fprintf(stderr, "usage: embed NAME <INPUT >OUTPUT, NAME an identifier of C\n");
        return 2;
    }
    printf("/* Made by tools/embed.c; do not edit. */\nstatic const char %s[] = {", argv[1]);
    size_t count = 0;
    for (int byte = getchar(); byte != EOF; byte = getchar(), count++)
        printf("%s%d,", count % NUMBERS_PER_LINE == 0 ? "\n    " : " ", byte < 128 ? byte : byte - 256);
    printf("\n    0,\n};\n");
    if (ferror(stdin) || fflush(stdout) != 0 || ferror(stdout)) {
        perror("embed");
        return 1;
    }
    return 0;
}
