/* Runs a fuzz target over the files and folders given on the command line, so that the corpora are ordinary tests that need no fuzzing
   engine. Prints how many inputs ran; none is a failure. The idea is libgit2's fuzzers/standalone_driver.c. */

#include <dirent.h>
#include <errno.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/cleanup.h"

enum {
    DEPTH_MAX = 8,        /* folders within folders */
    INPUT_MAX = 64 << 20, /* bytes; corpora hold small files */
    PATH_BYTES_MAX = 4096,
};

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void close_file(FILE **file) {
    if (*file != NULL)
        fclose(*file);
}

static void close_folder(DIR **folder) {
    if (*folder != NULL)
        closedir(*folder);
}

static int fail(const char *path, const char *reason) {
    fprintf(stderr, "%s: %s\n", path, reason);
    return -1;
}

/* 1: it ran; -1: it could not be read. */
static int run_file(const char *path, off_t size) {
    if (size > INPUT_MAX)
        return fail(path, "too large for a corpus");
    CLEANUP(close_file) FILE *file = fopen(path, "rb");
    if (file == NULL)
        return fail(path, strerror(errno));
    /* Exactly as large as the input, so that the sanitizers see one byte too many. */
    uint8_t *data = malloc(size > 0 ? (size_t)size : 1);
    if (data == NULL)
        return fail(path, strerror(errno));
    bool whole = fread(data, 1, (size_t)size, file) == (size_t)size;
    if (whole)
        LLVMFuzzerTestOneInput(data, (size_t)size);
    free(data);
    return whole ? 1 : fail(path, "could not be read whole");
}

static int run_path(const char *path, int depth);

static int run_folder(const char *path, int depth) {
    if (depth == DEPTH_MAX)
        return fail(path, "too many folders within folders");
    CLEANUP(close_folder) DIR *folder = opendir(path);
    if (folder == NULL)
        return fail(path, strerror(errno));
    int count = 0;
    const struct dirent *entry;
    while ((entry = readdir(folder)) != NULL) {
        if (entry->d_name[0] == '.')
            continue;
        char inner[PATH_BYTES_MAX];
        int length = snprintf(inner, sizeof(inner), "%s/%s", path, entry->d_name);
        if (length < 0 || (size_t)length >= sizeof(inner))
            return fail(path, "path too long");
        int ran = run_path(inner, depth + 1);
        if (ran < 0)
            return ran;
        count += ran;
    }
    return count;
}

/* How many inputs ran; -1 after a failure, which was told. */
static int run_path(const char *path, int depth) {
    struct stat status;
    if (stat(path, &status) != 0)
        return fail(path, strerror(errno));
    return S_ISDIR(status.st_mode) ? run_folder(path, depth) : run_file(path, status.st_size);
}

int main(int argc, char **argv) {
    int count = 0;
    for (int i = 1; i < argc; i++) {
        int ran = run_path(argv[i], 0);
        if (ran < 0)
            return EXIT_FAILURE;
        count += ran;
    }
    printf("%s: %d inputs\n", argv[0], count);
    return count == 0 ? EXIT_FAILURE : EXIT_SUCCESS;
}
