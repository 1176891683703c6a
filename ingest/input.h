#ifndef QUOTED_INGEST_INPUT_H
#define QUOTED_INGEST_INPUT_H

/* Where bytes come from: a regular file, standard input or memory. Reading can be looked ahead once, for guessing the format, and ends
   early when the stop flag rises. One thread at a time. */

#include "base/buffer.h"
#include "ingest/ingest.h"

enum { INPUT_HEAD_BYTES = 4096 }; /* enough for every magic number and for a JSON file's first key */

struct input {
    const char *path; /* as the user named it; borrowed */
    int fd;           /* -1: memory */
    bool owns_fd;
    struct span memory; /* what is left of it */
    uint64_t size;      /* bytes; 0 where not known */
    uint64_t bytes_read;
    const atomic_int *stop; /* may be NULL */
    size_t head_length;
    size_t head_used;
    char head[INPUT_HEAD_BYTES];
};

/* Opens a regular file, or standard input for "-". RESULT_INVALID (a folder, pipe, socket or device), RESULT_IO. input_close afterwards,
   also on failure. */
enum result input_open(const char *path, const atomic_int *stop, struct input *ret, struct error *error) MUST_USE;
void input_memory(struct span bytes, const char *path, struct input *ret);
void input_close(struct input *input);

/* The first bytes (all of a shorter input), not used up by this; before any other reading. RESULT_IO, RESULT_DEADLINE. */
enum result input_head(struct input *input, struct span *ret, struct error *error) MUST_USE;
/* Some bytes, 0 at the end. RESULT_IO, RESULT_DEADLINE where stop rose. */
enum result input_read(struct input *input, char *data, size_t size, size_t *ret_length, struct error *error) MUST_USE;
/* All that is left. RESULT_TOO_LARGE past bytes_max, told from the file's size before anything is read where it is known. */
enum result input_read_all(struct input *input, uint64_t bytes_max, struct buffer *ret, struct error *error) MUST_USE;

#endif
