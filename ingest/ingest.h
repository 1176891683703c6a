#ifndef QUOTED_INGEST_INGEST_H
#define QUOTED_INGEST_INGEST_H

/* From paths to a store: walks files and folders, reads the formats, extracts, and commits in batches. One bad document is refused with its
   path and place; what stands before and behind it is kept. One run belongs to one thread; several runs may go on at once. */

#include "base/article.h"
#include "base/result.h"

#include <stdatomic.h>

enum ingest_format { FORMAT_AUTO, FORMAT_TEXT, FORMAT_JSON, FORMAT_HTML };

/* Every limit of reading, with its default and reason in docs/OPERATIONS.md. */
enum {
    DOCUMENT_BYTES_MAX = 16 << 20,     /* one JSON article's raw bytes: the longest pages of the web stay below */
    FILE_BYTES_MAX_DEFAULT = 16 << 20, /* a file that must be held in memory (plain text, UTF-16); JSON streams and may be any size */
    DOCUMENT_MEMORY_MAX = 1 << 30,     /* bytes while one document is read; a story of the longest kind takes a hundred times its length */
    BATCH_DOCUMENTS = 256,             /* a transaction's articles: durable commits are what a small batch would pay for */
    BATCH_BYTES = 4 << 20,             /* of raw bytes: a batch is held in memory with all that was found in it */
    FOLDER_DEPTH_MAX = 64,             /* deeper than any archive of articles; a walk holds one open folder a level */
    JSON_NESTING_MAX = 64,             /* articles need five; what nests deeper is no article */
};

/* Dates further ahead than this are not believed: time zones reach 14 hours ahead, and outlets date tomorrow's paper. */
enum { FUTURE_SECONDS_MAX = 24 * 60 * 60 };

/* One refused document, told as it happens. */
struct ingest_refusal {
    const char *path;
    uint64_t line; /* at which a JSON document begins, from 1; 0: the whole file */
    uint64_t item; /* of a JSON array, from 1; 0: none */
    const char *reason;
};

struct ingest_progress {
    uint64_t documents; /* committed or refused so far */
    uint64_t bytes_read;
    uint64_t bytes_total; /* 0 where not known (standard input) */
};

struct ingest_options {
    const char *db_path;      /* not looked at by ingest_extract */
    const char *const *paths; /* files, folders, "-" */
    size_t path_count;
    enum ingest_format format;
    bool whole;
    bool fail_fast;          /* stop at the first refusal */
    uint64_t file_bytes_max; /* 0: FILE_BYTES_MAX_DEFAULT */
    int64_t now;             /* seconds; dates past it are not believed. 0: the clock is asked */
    /* Called on the caller's thread; either may be NULL. */
    void (*on_refusal)(void *context, const struct ingest_refusal *refusal);
    void (*on_progress)(void *context, const struct ingest_progress *progress); /* after each commit */
    void *context;
    const atomic_int *stop; /* may be NULL; becomes non-zero on Ctrl-C: what was read is committed, then RESULT_DEADLINE */
};

struct ingest_summary {
    uint64_t documents, added, replaced, unchanged, refused; /* committed, or refused */
    uint64_t bytes;
    double seconds;
    char last_path[4096]; /* where it stopped */
};

/* RESULT_OK also where documents were refused (summary->refused tells). Other results: the run failed; the summary tells what was
   committed. RESULT_INVALID: fail_fast stopped it. RESULT_DEADLINE: stop did. */
enum result ingest_run(const struct ingest_options *options, struct ingest_summary *ret, struct error *error) MUST_USE;

/* Called for each article, in order; it lives until the call returns. Another result than RESULT_OK ends the run with it. */
typedef enum result ingest_article_visit(void *context, const struct article *article);

/* The same reading and extracting, storing nothing. context of the visit is options->context. */
enum result ingest_extract(const struct ingest_options *options, ingest_article_visit *visit, struct ingest_summary *ret,
                           struct error *error) MUST_USE;

#endif
