#ifndef QUOTED_INGEST_ONE_H
#define QUOTED_INGEST_ONE_H

/* The "one document" door: bytes in, article values out, nothing stored. The command line's extract and the server use it. Thread-safe; one
 * arena a call. */

#include "base/article.h"
#include "base/json.h"
#include "ingest/ingest.h"

/* What is known of the bytes beside themselves. */
struct ingest_hints {
    enum ingest_format format;
    bool whole;
    struct span path; /* for messages and for guessing the format; may be empty */
};

/* Called for each article that the bytes hold, or for each that was refused (article NULL, error set). The article and bytes live until the
 * call returns. Return other than RESULT_OK ends the reading with that result. */
typedef enum result ingest_visit(void *context, const struct article *article, struct span bytes, const struct ingest_refusal *refusal);

/* Reads all articles of bytes. RESULT_INVALID where the whole is no document at all. */
enum result ingest_read(struct span bytes, const struct ingest_hints *hints, ingest_visit *visit, void *context,
                        struct error *error) MUST_USE;

/* The JSON that `quoted extract` prints (DESIGN: title, text, language, published, source, authors, dropped, entities, quotes). */
void extraction_write_json(struct json_writer *writer, const struct article *article);

#endif
