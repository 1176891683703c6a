#ifndef QUOTED_INGEST_WALK_H
#define QUOTED_INGEST_WALK_H

/* Walks a path: a file is itself, a folder all files below it in bytewise order of their names, folder by folder. Hidden names (a dot in
   front) are skipped below a folder; symbolic links are followed, except back to a folder that is being walked. One thread at a time. */

#include "base/result.h"
#include <stdint.h>

struct walk {
    /* Called for everything that is no folder. size is the file's, 0 where it has none. Another result than RESULT_OK ends the walk with
     * it. */
    enum result (*file)(void *context, const char *path, uint64_t size, struct error *error);
    /* Called for what cannot be looked at; reason is a sentence for a person. */
    enum result (*refuse)(void *context, const char *path, const char *reason, struct error *error);
    void *context;
};

/* RESULT_MEMORY, or what a callback returned. */
enum result walk_path(const struct walk *walk, const char *path, struct error *error) MUST_USE;

#endif
