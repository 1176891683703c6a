#ifndef QUOTED_INGEST_ONE_H
#define QUOTED_INGEST_ONE_H

/* The "one document" door: bytes in, article values out, nothing stored. The command line's extract and the server use it. Thread-safe; one
   arena a call. */

#include "base/article.h"
#include "base/json.h"
#include "ingest/ingest.h"

/* What is known of the bytes beside themselves. */
struct ingest_hints {
    enum ingest_format format;
    bool whole;
    int64_t now;      /* seconds; dates past it are not believed. 0: the clock is asked */
    struct span path; /* for messages and for guessing the format; may be empty */
};

/* Called for each article that the bytes hold, or for each that was refused (article NULL, refusal set; else refusal is NULL). The article
   and its bytes live until the call returns. Return other than RESULT_OK ends the reading with that result. */
typedef enum result ingest_visit(void *context, const struct article *article, struct span bytes, const struct ingest_refusal *refusal);

/* Reads all articles of bytes. RESULT_INVALID where they hold neither an article nor one to refuse ("[]"), RESULT_MEMORY, or what visit
   returned. */
enum result ingest_read(struct span bytes, const struct ingest_hints *hints, ingest_visit *visit, void *context,
                        struct error *error) MUST_USE;

/* The JSON that `quoted extract` prints (described in docs/DATA.md). A failure sticks in the writer's buffer. */
void extraction_write_json(struct json_writer *writer, const struct article *article);

#endif
