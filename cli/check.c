#include "base/cleanup.h"
#include "cli/command.h"
#include "db/write.h"

struct check_options {
    const char *db;
};

static const struct option OPTIONS[] = {
    {.name = "db",
     .kind = OPTION_TEXT,
     .offset = offsetof(struct check_options, db),
     .argument = "FILE",
     .help = "the database (default " DB_DEFAULT ")"},
    {0},
};

/* The index checks itself through a statement that counts as writing; opened for reading first, since a file that is not there must not be
   made. */
static enum result open_existing(const char *path, struct db **ret, struct error *error) {
    enum result result = db_open(path, DB_READ, ret, error);
    if (result != RESULT_OK)
        return result;
    db_close(TAKE(*ret));
    return db_open(path, DB_WRITE, ret, error);
}

static enum status check(const char *path) {
    CLEANUP(db_close_pointer) struct db *db = NULL;
    struct error error = {0};
    enum result result = open_existing(path, &db, &error);
    if (result == RESULT_OK)
        result = db_check(db, &error);
    if (result != RESULT_OK) {
        complain("%s", error.message);
        return STATUS_FAILED;
    }
    print_plain(stdout, path);
    fputs(": ok\n", stdout);
    return STATUS_OK;
}

static enum status run(const struct command *command, int count, char **arguments) {
    struct check_options chosen = {.db = DB_DEFAULT};
    enum status status;
    CLEANUP(operands_done) struct operands operands;
    if (!command_parse(command, count, arguments, &chosen, &operands, &status))
        return status;
    return command_takes_none(command, &operands) ? check(chosen.db) : STATUS_USAGE;
}

const struct command command_check = {
    .name = "check",
    .operands = "",
    .summary = "look whether the database is sound: its pages, references, counts and indexes",
    .details = "Exit status: 0 sound, 1 not sound or not to be opened, 2 wrong use.\n",
    .options = OPTIONS,
    .run = run,
};
