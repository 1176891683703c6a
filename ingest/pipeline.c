#include "ingest/ingest.h"

#include "base/cleanup.h"
#include "base/hash.h"
#include "extract/extract.h"
#include "ingest/batch.h"
#include "ingest/feed.h"
#include "ingest/walk.h"

#include <stdio.h>
#include <string.h>

/* One run, for ingest_run and ingest_extract. */
struct run {
    const struct ingest_options *options;
    struct ingest_summary *summary;
    int64_t now;
    uint64_t bytes_total;
    struct feed feed;
    struct db *db; /* NULL: nothing is stored */
    struct batch batch;
    ingest_article_visit *visit;
};

static void run_done(struct run *run) {
    batch_close(&run->batch);
    db_close(run->db);
}

static enum result refuse(struct run *run, const struct ingest_refusal *refusal, struct error *error) {
    run->summary->documents++;
    run->summary->refused++;
    if (run->options->on_refusal)
        run->options->on_refusal(run->options->context, refusal);
    if (!run->options->fail_fast)
        return RESULT_OK;
    return error_set(error, RESULT_INVALID, "stopped at the first document that was refused");
}

static enum result refuse_slot(struct run *run, const struct batch_slot *slot, struct error *error) {
    const struct ingest_refusal refusal = {
        .path = slot->item.path, .line = slot->item.line, .item = slot->item.item, .reason = slot->failure.message};
    return refuse(run, &refusal, error);
}

static enum result hand_over(struct run *run, struct batch_slot *slot, struct error *error) {
    struct ingest_summary *summary = run->summary;
    summary->documents++;
    if (slot->known || (!run->visit && slot->outcome == DB_UNCHANGED))
        summary->unchanged++;
    else if (!run->visit && slot->outcome == DB_REPLACED)
        summary->replaced++;
    else
        summary->added++;
    if (!run->visit)
        return RESULT_OK;
    enum result result = run->visit(run->options->context, &slot->article);
    return result == RESULT_OK ? RESULT_OK : error_set(error, result, "stopped at %s", slot->item.path);
}

static void tell_progress(struct run *run) {
    if (!run->options->on_progress)
        return;
    const struct ingest_progress progress = {
        .documents = run->summary->documents,
        .bytes_read = feed_bytes_read(&run->feed),
        .bytes_total = run->bytes_total,
    };
    run->options->on_progress(run->options->context, &progress);
}

/* Once it is committed, everything in the batch is told, in the order of the input. */
static enum result tell_batch(struct run *run, struct error *error) {
    enum result result = RESULT_OK;
    for (size_t i = 0; i < run->batch.count; i++) {
        struct batch_slot *slot = &run->batch.slots[i];
        bool failed = slot->failure.result != RESULT_OK;
        enum result told = failed ? refuse_slot(run, slot, error) : hand_over(run, slot, error);
        result = result == RESULT_OK ? told : result;
        if (run->visit && result != RESULT_OK)
            break;
    }
    return result;
}

static enum result flush(struct run *run, struct error *error) {
    if (run->batch.count == 0)
        return RESULT_OK;
    enum result result = batch_extract(&run->batch, run->options->whole, run->now, error);
    if (result == RESULT_OK && run->options->fail_fast)
        batch_cut_behind_failure(&run->batch);
    if (result == RESULT_OK && run->db)
        result = batch_store(&run->batch, run->db, error);
    if (result == RESULT_OK) {
        snprintf(run->summary->last_path, sizeof run->summary->last_path, "%s", run->batch.slots[run->batch.count - 1].item.path);
        result = tell_batch(run, error);
        tell_progress(run);
    }
    batch_clear(&run->batch);
    return result;
}

/* What the store has, it has as it was read then: --whole is asked for to have it read anew. */
static enum result look_up(struct run *run, struct batch_slot *slot, struct error *error) {
    char id[ARTICLE_ID_LENGTH + 1];
    sha256(slot->item.bytes, slot->digest);
    if (run->options->whole)
        return RESULT_OK;
    enum result result = db_known_original(run->db, slot->digest, EXTRACTOR_VERSION, &slot->known, id);
    return result == RESULT_OK ? RESULT_OK : error_set(error, result, "%s", db_error_message(run->db));
}

static enum result take_item(void *context, const struct ingest_item *item, struct error *error) {
    struct run *run = context;
    struct batch_slot *slot;
    if (batch_add(&run->batch, item, &slot) != RESULT_OK)
        return error_set(error, RESULT_MEMORY, "out of memory");
    enum result result = run->db ? look_up(run, slot, error) : RESULT_OK;
    if (result == RESULT_OK && batch_full(&run->batch))
        result = flush(run, error);
    if (result == RESULT_OK && feed_stopped(&run->feed))
        return error_set(error, RESULT_DEADLINE, "stopped in %s", item->path);
    return result;
}

/* What stands before it is told, and stored, first. */
static enum result take_refusal(void *context, const struct ingest_refusal *refusal, struct error *error) {
    struct run *run = context;
    enum result result = run->visit || run->options->fail_fast ? flush(run, error) : RESULT_OK;
    return result == RESULT_OK ? refuse(run, refusal, error) : result;
}

static enum result add_size(void *context, const char *path, uint64_t size, struct error *error) {
    (void)path;
    (void)error;
    uint64_t *total = context;
    *total += size;
    return RESULT_OK;
}

static enum result ignore_refusal(void *context, const char *path, const char *reason, struct error *error) {
    (void)context;
    (void)path;
    (void)reason;
    (void)error;
    return RESULT_OK;
}

/* 0 where standard input is among the paths. */
static uint64_t total_size(const struct ingest_options *options) {
    uint64_t total = 0;
    const struct walk walk = {.file = add_size, .refuse = ignore_refusal, .context = &total};
    for (size_t i = 0; i < options->path_count; i++)
        if (strcmp(options->paths[i], "-") == 0 || walk_path(&walk, options->paths[i], NULL) != RESULT_OK)
            return 0;
    return total;
}

static enum result feed_paths(struct run *run, struct error *error) {
    const struct ingest_options *options = run->options;
    enum result result = RESULT_OK;
    for (size_t i = 0; i < options->path_count && result == RESULT_OK; i++)
        result = feed_path(&run->feed, options->paths[i], error);
    /* A stop, and a refusal with fail_fast, end the reading; what was read before is kept. */
    if (result != RESULT_OK && result != RESULT_DEADLINE && result != RESULT_INVALID)
        return result;
    struct error why = {0};
    enum result last = flush(run, &why);
    if (last == RESULT_OK)
        return result;
    return result == RESULT_OK || last != RESULT_INVALID ? error_set(error, last, "%s", why.message) : result;
}

static enum result run_all(struct run *run, struct error *error) {
    const struct ingest_options *options = run->options;
    int64_t begin = time_monotonic_ns();
    run->now = options->now != 0 ? options->now : time_now();
    run->feed = (struct feed){
        .format = options->format,
        .file_bytes_max = options->file_bytes_max != 0 ? options->file_bytes_max : FILE_BYTES_MAX_DEFAULT,
        .stop = options->stop,
        .take = take_item,
        .refuse = take_refusal,
        .context = run,
    };
    if (options->on_progress)
        run->bytes_total = total_size(options);
    enum result result = batch_open(&run->batch);
    result = result == RESULT_OK ? feed_paths(run, error) : error_set(error, result, "out of memory");
    run->summary->bytes = feed_bytes_read(&run->feed);
    run->summary->seconds = (double)(time_monotonic_ns() - begin) / 1e9;
    return result;
}

enum result ingest_run(const struct ingest_options *options, struct ingest_summary *ret, struct error *error) {
    *ret = (struct ingest_summary){0};
    CLEANUP(run_done) struct run run = {.options = options, .summary = ret};
    enum result result = db_open(options->db_path, DB_WRITE, &run.db, error);
    return result == RESULT_OK ? run_all(&run, error) : result;
}

enum result ingest_extract(const struct ingest_options *options, ingest_article_visit *visit, struct ingest_summary *ret,
                           struct error *error) {
    *ret = (struct ingest_summary){0};
    CLEANUP(run_done) struct run run = {.options = options, .summary = ret, .visit = visit};
    return run_all(&run, error);
}
