#include "base/cleanup.h"
#include "base/log.h"
#include "cli/command.h"
#include "ingest/ingest.h"
#include "server/server.h"

#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <string.h>

enum {
    DRAIN_MS = 10000, /* within the ten to thirty seconds that supervisors wait before they kill */
    THREADS_MAX = 256,
    DEADLINE_MS_MAX = 600000,
};

static const char *const LOG_LEVEL_WORDS[] = {"error", "warning", "info", "debug", NULL};

struct serve_options {
    const char *db;
    const char *listen;
    bool read_only;
    bool access_log;
    uint64_t threads;
    uint64_t deadline;
    int log_level;
    const char *log_file;
    const char *ingest;
};

static const struct option OPTIONS[] = {
    {.name = "db",
     .kind = OPTION_TEXT,
     .offset = offsetof(struct serve_options, db),
     .argument = "FILE",
     .help = "the database; made, empty, where it is missing (default " DB_DEFAULT ")"},
    {.name = "listen",
     .kind = OPTION_TEXT,
     .offset = offsetof(struct serve_options, listen),
     .argument = "ADDR:PORT",
     .help = "where to listen; port 0 takes any free one (default " LISTEN_DEFAULT ")"},
    {.name = "read-only",
     .kind = OPTION_FLAG,
     .offset = offsetof(struct serve_options, read_only),
     .help = "refuse to make a missing database"},
    {.name = "threads",
     .kind = OPTION_NUMBER,
     .offset = offsetof(struct serve_options, threads),
     .argument = "N",
     .max = THREADS_MAX,
     .help = "answering threads; 0: one a core (default 0)"},
    {.name = "deadline",
     .kind = OPTION_NUMBER,
     .offset = offsetof(struct serve_options, deadline),
     .argument = "MS",
     .max = DEADLINE_MS_MAX,
     .help = "milliseconds that a request may take; 0: the server's default (default 0)"},
    {.name = "log-level",
     .kind = OPTION_WORD,
     .offset = offsetof(struct serve_options, log_level),
     .argument = "LEVEL",
     .words = LOG_LEVEL_WORDS,
     .help = "error, warning, info or debug (default info)"},
    {.name = "log-file",
     .kind = OPTION_TEXT,
     .offset = offsetof(struct serve_options, log_file),
     .argument = "FILE",
     .help = "log there and not to standard error; SIGHUP opens it anew"},
    {.name = "access-log", .kind = OPTION_FLAG, .offset = offsetof(struct serve_options, access_log), .help = "log a line a request"},
    {.name = "ingest",
     .kind = OPTION_TEXT,
     .offset = offsetof(struct serve_options, ingest),
     .argument = "PATH",
     .help = "read these articles into the database while serving"},
    {0},
};

/* The ingest beside the daemon. */
struct side_ingest {
    const struct serve_options *chosen;
    atomic_int stop;
    bool running;
    pthread_t thread;
};

static void log_refusal(void *context, const struct ingest_refusal *refusal) {
    (void)context;
    log_line(LOG_LEVEL_WARNING, "refused: %s:%llu: %s", refusal->path, (unsigned long long)refusal->line, refusal->reason);
}

static void *ingest_beside(void *context) {
    struct side_ingest *side = context;
    const char *paths[] = {side->chosen->ingest};
    const struct ingest_options options = {
        .db_path = side->chosen->db,
        .paths = paths,
        .path_count = 1,
        .on_refusal = log_refusal,
        .stop = &side->stop,
    };
    struct ingest_summary summary;
    struct error error = {0};
    if (ingest_run(&options, &summary, &error) != RESULT_OK)
        log_line(LOG_LEVEL_ERROR, "ingest of %s: %s", side->chosen->ingest, error.message);
    log_line(LOG_LEVEL_INFO, "ingest of %s: %llu documents, %llu added, %llu replaced, %llu unchanged, %llu refused", side->chosen->ingest,
             (unsigned long long)summary.documents, (unsigned long long)summary.added, (unsigned long long)summary.replaced,
             (unsigned long long)summary.unchanged, (unsigned long long)summary.refused);
    return NULL;
}

static void side_begin(struct side_ingest *side) {
    if (!side->chosen->ingest)
        return;
    side->running = pthread_create(&side->thread, NULL, ingest_beside, side) == 0;
    if (!side->running)
        log_line(LOG_LEVEL_ERROR, "ingest of %s: no thread for it", side->chosen->ingest);
}

static void side_end(struct side_ingest *side) {
    side->stop = 1;
    if (side->running)
        pthread_join(side->thread, NULL);
}

/* The signals are blocked before any thread is made, so that only this waiting sees them. */
static sigset_t block_signals(void) {
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGINT);
    sigaddset(&signals, SIGTERM);
    sigaddset(&signals, SIGHUP);
    pthread_sigmask(SIG_BLOCK, &signals, NULL);
    /* A log that goes to a pipe whose reader has ended is no reason to end. */
    signal(SIGPIPE, SIG_IGN);
    return signals;
}

static int wait_for_end(const sigset_t *signals) {
    for (;;) {
        int number = 0;
        if (sigwait(signals, &number) != 0)
            continue;
        if (number != SIGHUP)
            return number;
        if (!log_reopen())
            complain("the log file cannot be opened anew: %s", strerror(errno));
        log_line(LOG_LEVEL_INFO, "log opened anew");
    }
}

/* Host and port as they are served: the address as given, the port that was bound. */
static void print_ready(const struct serve_options *chosen, uint16_t port) {
    const char *colon = strrchr(chosen->listen, ':');
    int host_length = colon ? (int)(colon - chosen->listen) : (int)strlen(chosen->listen);
    fputs("quoted " QUOTED_VERSION " serves ", stdout);
    print_plain(stdout, chosen->db);
    printf(" on http://%.*s:%u\n", host_length, chosen->listen, port);
    fflush(stdout);
}

static enum status serve(const struct serve_options *chosen) {
    log_set_level((enum log_level)chosen->log_level);
    if (chosen->log_file && !log_open(chosen->log_file)) {
        complain("%s: %s", chosen->log_file, strerror(errno));
        return STATUS_FAILED;
    }
    sigset_t signals = block_signals();
    const struct server_options options = {
        .db_path = chosen->db,
        .listen = chosen->listen,
        .read_only = chosen->read_only,
        .threads = (uint32_t)chosen->threads,
        .deadline_ms = (uint32_t)chosen->deadline,
        .access_log = chosen->access_log,
    };
    struct server *server = NULL;
    struct error error = {0};
    if (server_start(&options, &server, &error) != RESULT_OK) {
        complain("%s", error.message);
        return STATUS_FAILED;
    }
    print_ready(chosen, server_port(server));
    struct side_ingest side = {.chosen = chosen};
    side_begin(&side);
    int number = wait_for_end(&signals);
    log_line(LOG_LEVEL_INFO, "stopping on %s", number == SIGINT ? "SIGINT" : "SIGTERM");
    side_end(&side);
    server_stop(server, DRAIN_MS);
    log_line(LOG_LEVEL_INFO, "stopped");
    return STATUS_OK;
}

static enum status run(const struct command *command, int count, char **arguments) {
    struct serve_options chosen = {.db = DB_DEFAULT, .listen = LISTEN_DEFAULT, .log_level = LOG_LEVEL_INFO};
    enum status status;
    CLEANUP(operands_done) struct operands operands;
    if (!command_parse(command, count, arguments, &chosen, &operands, &status))
        return status;
    if (!command_takes_none(command, &operands))
        return STATUS_USAGE;
    if (chosen.read_only && chosen.ingest) {
        complain("--read-only and --ingest cannot go together");
        return STATUS_USAGE;
    }
    return serve(&chosen);
}

const struct command command_serve = {
    .name = "serve",
    .operands = "",
    .summary = "answer HTTP requests over the database",
    .details =
        "Says on standard output where it serves as soon as it is ready. SIGTERM and SIGINT let running requests end and stop;\n"
        "SIGHUP opens the log file anew. An ingest into the same database may run meanwhile.\n"
        "Exit status: 0 stopped as asked, 1 could not serve, 2 wrong use.\n",
    .options = OPTIONS,
    .run = run,
};
