#ifndef QUOTED_INGEST_FEED_H
#define QUOTED_INGEST_FEED_H

/* From paths or bytes to raw documents, one after the other, in the order of the input. One thread at a time. */

#include "ingest/item.h"

struct input;

struct feed {
    enum ingest_format format;
    uint64_t file_bytes_max;
    const atomic_int *stop; /* may be NULL */
    /* item and refusal are borrowed until the call returns. Another result than RESULT_OK ends the feeding with it. */
    enum result (*take)(void *context, const struct ingest_item *item, struct error *error);
    enum result (*refuse)(void *context, const struct ingest_refusal *refusal, struct error *error);
    void *context;
    uint64_t bytes_done;         /* of the inputs before this one */
    const struct input *current; /* NULL between inputs */
};

/* Feeds a file, all files of a folder, or standard input ("-"). What cannot be read is refused. Results of the callbacks, RESULT_DEADLINE
   where stop rose, RESULT_MEMORY. */
enum result feed_path(struct feed *feed, const char *path, struct error *error) MUST_USE;
enum result feed_memory(struct feed *feed, struct span bytes, const char *path, struct error *error) MUST_USE;
/* Refuses the whole of path, or the document that begins at line, with a printf-style reason. */
enum result feed_refuse(struct feed *feed, const char *path, uint64_t line, uint64_t item, struct error *error, const char *format, ...)
    __attribute__((format(printf, 6, 7)));
uint64_t feed_bytes_read(const struct feed *feed);
bool feed_stopped(const struct feed *feed);

#endif
