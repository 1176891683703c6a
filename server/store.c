#include "server/store.h"

#include "base/cleanup.h"

#include <errno.h>
#include <pthread.h>
#include <string.h>
#include <sys/stat.h>

enum { IDLE_MAX = 64 /* connections kept open; there is one for each of the daemon's threads */ };

struct store {
    char *path;
    dev_t device;
    ino_t inode;
    pthread_mutex_t lock; /* of what follows */
    struct db *idle[IDLE_MAX];
    size_t idle_count;
};

static void store_close_pointer(struct store **store) {
    store_close(*store);
}

enum result store_open(const char *path, bool make_missing, struct store **ret, bool *ret_made, struct error *error) {
    CLEANUP(db_close_pointer) struct db *db = NULL;
    bool made = false;
    enum result result = db_open(path, DB_READ, &db, error);
    if (result == RESULT_NOT_FOUND && make_missing) {
        result = db_open(path, DB_WRITE, &db, error);
        db_close(TAKE(db));
        made = result == RESULT_OK;
        if (made)
            result = db_open(path, DB_READ, &db, error);
    }
    if (result != RESULT_OK)
        return result;
    CLEANUP(store_close_pointer) struct store *store = calloc(1, sizeof *store);
    if (!store || pthread_mutex_init(&store->lock, NULL) != 0) {
        free(TAKE(store));
        return error_set(error, RESULT_MEMORY, "%s: out of memory", path);
    }
    struct stat status;
    store->path = strdup(path);
    if (!store->path)
        return error_set(error, RESULT_MEMORY, "%s: out of memory", path);
    if (stat(path, &status) != 0)
        return error_set(error, RESULT_IO, "%s: %s", path, strerror(errno));
    store->device = status.st_dev;
    store->inode = status.st_ino;
    store->idle[store->idle_count++] = TAKE(db);
    *ret = TAKE(store);
    *ret_made = made;
    return RESULT_OK;
}

void store_close(struct store *store) {
    if (!store)
        return;
    while (store->idle_count)
        db_close(store->idle[--store->idle_count]);
    pthread_mutex_destroy(&store->lock);
    free(store->path);
    free(store);
}

static enum result look_at_file(const struct store *store, enum problem *ret_problem, struct error *error) {
    struct stat status;
    if (stat(store->path, &status) != 0) {
        *ret_problem = errno == ENOENT ? PROBLEM_STORE_MISSING : PROBLEM_STORE_UNAVAILABLE;
        return error_set(error, RESULT_IO, "%s: %s", store->path, strerror(errno));
    }
    if (status.st_dev != store->device || status.st_ino != store->inode) {
        *ret_problem = PROBLEM_STORE_REPLACED;
        return error_set(error, RESULT_CONFLICT, "%s: another file than the one that was opened at start", store->path);
    }
    return RESULT_OK;
}

enum result store_take(struct store *store, struct db **ret, enum problem *ret_problem, struct error *error) {
    enum result result = look_at_file(store, ret_problem, error);
    if (result != RESULT_OK)
        return result;
    struct db *db = NULL;
    pthread_mutex_lock(&store->lock);
    if (store->idle_count)
        db = store->idle[--store->idle_count];
    pthread_mutex_unlock(&store->lock);
    if (!db) {
        *ret_problem = PROBLEM_STORE_UNAVAILABLE;
        result = db_open(store->path, DB_READ, &db, error);
    }
    if (result == RESULT_OK)
        *ret = db;
    return result;
}

void store_give(struct store *store, struct db *db, bool broken) {
    if (!db)
        return;
    pthread_mutex_lock(&store->lock);
    if (!broken && store->idle_count < IDLE_MAX) {
        store->idle[store->idle_count++] = db;
        db = NULL;
    }
    pthread_mutex_unlock(&store->lock);
    db_close(db);
}
