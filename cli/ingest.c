#include "base/cleanup.h"
#include "base/json.h"
#include "cli/paths.h"

#include <stdlib.h>
#include <unistd.h>

struct ingest_chosen {
    struct input_options input; /* first: its rows are shared */
    const char *db;
    bool quiet;
    bool json;
};

static const struct option OPTIONS[] = {
    {.name = "db",
     .kind = OPTION_TEXT,
     .offset = offsetof(struct ingest_chosen, db),
     .argument = "FILE",
     .help = "the database; made where it is missing (default " DB_DEFAULT ")"},
    INPUT_OPTION_ROWS,
    {.name = "quiet", .kind = OPTION_FLAG, .offset = offsetof(struct ingest_chosen, quiet), .help = "no progress and no summary line"},
    {.name = "json", .kind = OPTION_FLAG, .offset = offsetof(struct ingest_chosen, json), .help = "the summary as JSON"},
    {0},
};

/* The progress line on a terminal. */
struct progress {
    bool shown;
    bool wanted;
    int64_t begin_ns;
};

static void clear_progress(struct progress *progress) {
    if (progress->shown)
        fputs("\r\033[K", stderr);
    progress->shown = false;
}

static void refused(void *context, const struct ingest_refusal *refusal) {
    clear_progress(context);
    print_refusal(refusal);
}

/* What is said here is committed. */
static void progressed(void *context, const struct ingest_progress *now) {
    struct progress *progress = context;
    double seconds = (double)(time_monotonic_ns() - progress->begin_ns) / 1e9;
    double rate = seconds > 0 ? (double)now->bytes_read / seconds : 0;
    clear_progress(progress);
    fprintf(stderr, "%llu documents done, %.1f MB/s", (unsigned long long)now->documents, rate / 1e6);
    if (now->bytes_total > now->bytes_read && rate > 0)
        fprintf(stderr, ", %.0f s left", (double)(now->bytes_total - now->bytes_read) / rate);
    fflush(stderr);
    progress->shown = true;
}

static void print_json(const struct ingest_summary *summary, const char *db, bool completed) {
    CLEANUP(buffer_done) struct buffer out;
    buffer_init(&out, 0);
    struct json_writer writer;
    json_writer_init(&writer, &out, false);
    json_object_begin(&writer);
    json_member_int(&writer, "documents", (int64_t)summary->documents);
    json_member_int(&writer, "added", (int64_t)summary->added);
    json_member_int(&writer, "replaced", (int64_t)summary->replaced);
    json_member_int(&writer, "unchanged", (int64_t)summary->unchanged);
    json_member_int(&writer, "refused", (int64_t)summary->refused);
    json_member_int(&writer, "bytes", (int64_t)summary->bytes);
    json_key(&writer, "seconds");
    json_write_real(&writer, summary->seconds, 3);
    json_member_string(&writer, "db", span_of(db));
    json_member_bool(&writer, "completed", completed);
    json_object_end(&writer);
    buffer_append_char(&out, '\n');
    fwrite(out.data ? out.data : "", 1, out.length, stdout);
}

static void print_summary(const struct ingest_summary *summary, const char *db) {
    printf("%llu documents: %llu added, %llu replaced, %llu unchanged, %llu refused; %.1f MB in %.2f s into ",
           (unsigned long long)summary->documents, (unsigned long long)summary->added, (unsigned long long)summary->replaced,
           (unsigned long long)summary->unchanged, (unsigned long long)summary->refused, (double)summary->bytes / 1e6, summary->seconds);
    print_plain(stdout, db);
    putchar('\n');
}

static enum status ingest(const struct ingest_chosen *chosen, const struct paths *paths) {
    struct progress progress = {.wanted = !chosen->quiet && isatty(STDERR_FILENO), .begin_ns = time_monotonic_ns()};
    const struct ingest_options options = {
        .db_path = chosen->db,
        .paths = paths->items,
        .path_count = paths->count,
        .format = (enum ingest_format)chosen->input.format,
        .whole = chosen->input.whole,
        .fail_fast = chosen->input.fail_fast,
        .file_bytes_max = chosen->input.file_bytes_max,
        .on_refusal = refused,
        .on_progress = progress.wanted ? progressed : NULL,
        .context = &progress,
        .stop = stop_on_signals(),
    };
    struct ingest_summary summary;
    struct error error = {0};
    enum result result = ingest_run(&options, &summary, &error);
    clear_progress(&progress);
    if (result != RESULT_OK)
        complain("%s", error.message);
    else if (summary.documents == 0)
        complain("there are no documents in what was given");
    if (chosen->json)
        print_json(&summary, chosen->db, result == RESULT_OK);
    else if (!chosen->quiet && (result == RESULT_OK || summary.documents > 0))
        print_summary(&summary, chosen->db);
    if (result != RESULT_OK)
        return STATUS_FAILED;
    return summary.refused > 0 || summary.documents == 0 ? STATUS_REFUSED : STATUS_OK;
}

static enum status run(const struct command *command, int count, char **arguments) {
    struct ingest_chosen chosen = {.db = DB_DEFAULT};
    enum status status;
    CLEANUP(operands_done) struct operands operands;
    if (!command_parse(command, count, arguments, &chosen, &operands, &status))
        return status;
    CLEANUP(paths_done) struct paths paths;
    status = paths_make(command, &operands, &chosen.input, &paths);
    return status == STATUS_OK ? ingest(&chosen, &paths) : status;
}

const struct command command_ingest = {
    .name = "ingest",
    .operands = "PATH|-...",
    .summary = "read articles into the database",
    .details =
        "A PATH is a file, a folder (read with all folders below it) or \"-\" for standard input. Plain text, HTML pages and JSON (one\n"
        "object, an array, an object a line) are read; docs/DATA.md tells which fields. The same article again changes nothing, a\n"
        "changed one replaces the old. Refused documents are named on standard error with the reason; the others are stored. Ctrl-C\n"
        "stores what was read and stops; a second one stops at once, and loses nothing that was stored before.\n"
        "Exit status: 0 all done, 1 the run failed or was stopped, 2 wrong use, 3 documents were refused or there were none.\n",
    .options = OPTIONS,
    .run = run,
};
