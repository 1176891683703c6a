#include "ingest/walk.h"

#include "base/buffer.h"
#include "base/cleanup.h"
#include "ingest/ingest.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

struct folder {
    dev_t device;
    ino_t inode;
};

/* The folders from the walk's begin down to where it is. */
struct descent {
    const struct walk *walk;
    struct error *error;
    struct folder folders[FOLDER_DEPTH_MAX];
    size_t depth;
};

static enum result visit(struct descent *descent, const char *path);

struct names {
    struct dirent **items;
    int count;
};

static void names_done(struct names *names) {
    for (int i = 0; i < names->count; i++)
        free(names->items[i]);
    free(names->items);
}

static int is_visible(const struct dirent *entry) {
    return entry->d_name[0] != '.';
}

static int compare_names(const struct dirent **a, const struct dirent **b) {
    return strcmp((*a)->d_name, (*b)->d_name);
}

static bool is_open(const struct descent *descent, const struct stat *status) {
    for (size_t i = 0; i < descent->depth; i++)
        if (descent->folders[i].device == status->st_dev && descent->folders[i].inode == status->st_ino)
            return true;
    return false;
}

static enum result visit_child(struct descent *descent, const char *folder, const char *name) {
    CLEANUP(buffer_done) struct buffer path;
    buffer_init(&path, 0);
    buffer_append_string(&path, folder);
    if (path.length > 0 && path.data[path.length - 1] != '/')
        buffer_append_char(&path, '/');
    buffer_append_string(&path, name);
    if (buffer_result(&path) != RESULT_OK)
        return error_set(descent->error, RESULT_MEMORY, "out of memory");
    return visit(descent, path.data);
}

static enum result visit_folder(struct descent *descent, const char *path, const struct stat *status) {
    if (is_open(descent, status))
        return RESULT_OK;
    const struct walk *walk = descent->walk;
    if (descent->depth == FOLDER_DEPTH_MAX)
        return walk->refuse(walk->context, path, "folders are nested too deeply", descent->error);
    CLEANUP(names_done) struct names names = {0};
    names.count = scandir(path, &names.items, is_visible, compare_names);
    if (names.count < 0) {
        names.count = 0;
        return walk->refuse(walk->context, path, strerror(errno), descent->error);
    }
    descent->folders[descent->depth++] = (struct folder){status->st_dev, status->st_ino};
    enum result result = RESULT_OK;
    for (int i = 0; i < names.count && result == RESULT_OK; i++)
        result = visit_child(descent, path, names.items[i]->d_name);
    descent->depth--;
    return result;
}

/* Recursion is bounded by FOLDER_DEPTH_MAX. */
static enum result visit(struct descent *descent, const char *path) {
    const struct walk *walk = descent->walk;
    struct stat status;
    if (stat(path, &status) != 0)
        return walk->refuse(walk->context, path, strerror(errno), descent->error);
    if (S_ISDIR(status.st_mode))
        return visit_folder(descent, path, &status);
    return walk->file(walk->context, path, S_ISREG(status.st_mode) ? (uint64_t)status.st_size : 0, descent->error);
}

enum result walk_path(const struct walk *walk, const char *path, struct error *error) {
    struct descent descent = {.walk = walk, .error = error};
    return visit(&descent, path);
}
