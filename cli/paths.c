#include "cli/paths.h"

#include "base/buffer.h"
#include "base/cleanup.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>

const char *const FORMAT_WORDS[] = {"auto", "text", "json", "html", NULL};

enum { LIST_BYTES_MAX = 1 << 30 }; /* ten million paths of a hundred bytes */

static void fclose_pointer(FILE **file) {
    if (*file && *file != stdin)
        fclose(*file);
}

static bool read_list(const char *path, struct buffer *ret) {
    CLEANUP(fclose_pointer) FILE *file = strcmp(path, "-") == 0 ? stdin : fopen(path, "re");
    if (!file) {
        complain("--files-from: %s: %s", path, strerror(errno));
        return false;
    }
    char piece[65536];
    for (size_t got = fread(piece, 1, sizeof piece, file); got > 0; got = fread(piece, 1, sizeof piece, file))
        buffer_append(ret, piece, got);
    if (ferror(file)) {
        complain("--files-from: %s: %s", path, strerror(errno));
        return false;
    }
    if (buffer_result(ret) != RESULT_OK)
        complain("--files-from: %s: the list is too long", path);
    return buffer_result(ret) == RESULT_OK;
}

static size_t count_lines(struct span text) {
    size_t lines = 1;
    for (size_t i = 0; i < text.length; i++)
        lines += text.data[i] == '\n';
    return lines;
}

/* Makes each line of the list a string and an item; empty ones are left out. */
static void add_lines(struct paths *paths, char *list, size_t length) {
    char *line = list;
    for (size_t i = 0; i <= length; i++) {
        if (i < length && list[i] != '\n')
            continue;
        char *end = list + i;
        if (end > line && end[-1] == '\r')
            end[-1] = '\0';
        *end = '\0';
        if (*line)
            paths->items[paths->count++] = line;
        line = list + i + 1;
    }
}

enum status paths_make(const struct command *command, const struct operands *operands, const struct input_options *chosen,
                       struct paths *ret) {
    *ret = (struct paths){0};
    CLEANUP(buffer_done) struct buffer list;
    buffer_init(&list, LIST_BYTES_MAX);
    if (chosen->files_from && !read_list(chosen->files_from, &list))
        return STATUS_FAILED;
    size_t length = 0, lines = count_lines(buffer_span(&list));
    ret->list = buffer_take(&list, &length);
    ret->items = calloc((size_t)operands->count + lines, sizeof *ret->items);
    if (!ret->items) {
        complain("out of memory");
        return STATUS_FAILED;
    }
    for (int i = 0; i < operands->count; i++)
        ret->items[ret->count++] = operands->items[i];
    if (ret->list)
        add_lines(ret, ret->list, length);
    if (ret->count > 0)
        return STATUS_OK;
    complain("%s needs a PATH (\"-\" is standard input); \"quoted help %s\" tells more", command->name, command->name);
    return STATUS_USAGE;
}

void paths_done(struct paths *paths) {
    free(paths->items);
    free(paths->list);
}

void print_refusal(const struct ingest_refusal *refusal) {
    print_plain(stderr, strcmp(refusal->path, "-") == 0 ? "standard input" : refusal->path);
    if (refusal->line > 0)
        fprintf(stderr, ":%llu", (unsigned long long)refusal->line);
    fputs(": ", stderr);
    if (refusal->item > 0)
        fprintf(stderr, "item %llu: ", (unsigned long long)refusal->item);
    print_plain(stderr, refusal->reason);
    fputc('\n', stderr);
}

static atomic_int stop_flag;

static void raise_stop(int number) {
    stop_flag = number;
}

const atomic_int *stop_on_signals(void) {
    /* Without SA_RESTART, so that a read that waits comes back; SA_RESETHAND, so that the second signal ends what hangs. */
    struct sigaction action = {.sa_handler = raise_stop, .sa_flags = (int)SA_RESETHAND};
    sigemptyset(&action.sa_mask);
    sigaction(SIGINT, &action, NULL);
    sigaction(SIGTERM, &action, NULL);
    return &stop_flag;
}
