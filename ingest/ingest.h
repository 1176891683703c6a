#ifndef QUOTED_INGEST_INGEST_H
#define QUOTED_INGEST_INGEST_H

/* From paths to a store: walks files and folders, reads the formats, extracts, and commits in batches. One bad document is refused with its
 * path and place; what stands before and behind it is kept. */

#include "base/arena.h"
#include "base/article.h"
#include "base/result.h"

enum ingest_format { FORMAT_AUTO, FORMAT_TEXT, FORMAT_JSON };

/* Every limit of reading, with its default and reason in docs/OPERATIONS.md. */
enum {
    DOCUMENT_BYTES_MAX = 16 << 20,     /* one article's raw bytes: the longest pages of the web stay below */
    FILE_BYTES_MAX_DEFAULT = 64 << 20, /* a plain-text or whole-JSON file that must be held in memory; NDJSON streams and may be any size */
    BATCH_DOCUMENTS = 256,             /* a transaction's articles: durable commits are what a small batch would pay for */
    FOLDER_DEPTH_MAX = 64,             /* symbolic-link loops end here at the latest */
};

/* One refused document, told as it happens. */
struct ingest_refusal {
    const char *path;
    uint64_t line; /* of NDJSON, from 1; 0: the whole file */
    uint64_t item; /* of a JSON array, from 1; 0: none */
    const char *reason;
};

struct ingest_progress {
    uint64_t documents; /* seen so far */
    uint64_t bytes_read;
    uint64_t bytes_total; /* 0 where not known (standard input) */
};

struct ingest_options {
    const char *db_path;
    const char *const *paths; /* files, folders, "-" */
    size_t path_count;
    enum ingest_format format;
    bool whole;
    bool fail_fast; /* stop at the first refusal */
    /* Called on the caller's thread; either may be NULL. */
    void (*on_refusal)(void *context, const struct ingest_refusal *refusal);
    void (*on_progress)(void *context, const struct ingest_progress *progress);
    void *context;
    const volatile int *stop; /* becomes non-zero on Ctrl-C: the batch in hand is committed, then ingest_run returns RESULT_DEADLINE */
};

struct ingest_summary {
    uint64_t documents, added, replaced, unchanged, refused;
    uint64_t bytes;
    double seconds;
    char last_path[4096]; /* where it stopped */
};

/* RESULT_OK also where documents were refused (summary->refused tells). Other results: the run failed; the summary tells what was
 * committed. */
enum result ingest_run(const struct ingest_options *options, struct ingest_summary *ret, struct error *error) MUST_USE;

#endif
