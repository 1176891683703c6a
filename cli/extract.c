#include "base/cleanup.h"
#include "cli/annotate.h"
#include "cli/paths.h"
#include "cli/terminal.h"
#include "ingest/one.h"

#include <errno.h>
#include <string.h>

struct extract_options {
    struct input_options input; /* first: its rows are shared */
    bool pretty;
    bool annotate;
    bool dropped;
    int color;
};

static const struct option OPTIONS[] = {
    INPUT_OPTION_ROWS,
    {.name = "pretty", .kind = OPTION_FLAG, .offset = offsetof(struct extract_options, pretty), .help = "indent the JSON"},
    {.name = "annotate",
     .kind = OPTION_FLAG,
     .offset = offsetof(struct extract_options, annotate),
     .help = "no JSON but the story for a person, with names, quotes and speakers marked"},
    {.name = "dropped",
     .kind = OPTION_FLAG,
     .offset = offsetof(struct extract_options, dropped),
     .help = "with --annotate: also what was dropped, and why"},
    {.name = "color",
     .kind = OPTION_WORD,
     .offset = offsetof(struct extract_options, color),
     .argument = "WHEN",
     .words = COLOR_WORDS,
     .help = "with --annotate: auto, always or never (default auto)"},
    {0},
};

struct output {
    struct buffer buffer;
    bool pretty;
    bool annotate;
    struct annotate_options annotated;
    bool begun;
};

static void write_json(struct output *output, const struct article *article) {
    struct json_writer writer;
    json_writer_init(&writer, &output->buffer, output->pretty);
    extraction_write_json(&writer, article);
    buffer_append_char(&output->buffer, '\n');
}

static void write_annotated(struct output *output, const struct article *article) {
    if (output->begun)
        buffer_append_string(&output->buffer, "\n----\n\n");
    annotate_write(article, &output->annotated, &output->buffer);
}

static enum result print_article(void *context, const struct article *article) {
    struct output *output = context;
    buffer_clear(&output->buffer);
    if (output->annotate)
        write_annotated(output, article);
    else
        write_json(output, article);
    output->begun = true;
    enum result result = buffer_result(&output->buffer);
    if (result != RESULT_OK)
        return result;
    return fwrite(output->buffer.data, 1, output->buffer.length, stdout) == output->buffer.length ? RESULT_OK : RESULT_IO;
}

static void refused(void *context, const struct ingest_refusal *refusal) {
    (void)context;
    fflush(stdout);
    print_refusal(refusal);
}

static enum status extract(const struct extract_options *chosen, const struct paths *paths) {
    struct output output = {.pretty = chosen->pretty, .annotate = chosen->annotate};
    if (output.annotate)
        output.annotated = (struct annotate_options){
            .columns = terminal_columns(),
            .color = terminal_takes_color((enum color_choice)chosen->color),
            .dropped = chosen->dropped,
        };
    buffer_init(&output.buffer, 0);
    const struct ingest_options options = {
        .paths = paths->items,
        .path_count = paths->count,
        .format = (enum ingest_format)chosen->input.format,
        .whole = chosen->input.whole,
        .fail_fast = chosen->input.fail_fast,
        .file_bytes_max = chosen->input.file_bytes_max,
        .on_refusal = refused,
        .context = &output,
        .stop = stop_on_signals(),
    };
    struct ingest_summary summary;
    struct error error = {0};
    enum result result = ingest_extract(&options, print_article, &summary, &error);
    buffer_done(&output.buffer);
    if (result != RESULT_OK) {
        complain("%s", error.message);
        return STATUS_FAILED;
    }
    if (summary.documents == 0)
        complain("there are no documents in what was given");
    return summary.refused > 0 || summary.documents == 0 ? STATUS_REFUSED : STATUS_OK;
}

static enum status run(const struct command *command, int count, char **arguments) {
    struct extract_options chosen = {0};
    enum status status;
    CLEANUP(operands_done) struct operands operands;
    if (!command_parse(command, count, arguments, &chosen, &operands, &status))
        return status;
    if (chosen.pretty && chosen.annotate) {
        complain("--pretty and --annotate cannot go together");
        return STATUS_USAGE;
    }
    CLEANUP(paths_done) struct paths paths;
    status = paths_make(command, &operands, &chosen.input, &paths);
    return status == STATUS_OK ? extract(&chosen, &paths) : status;
}

const struct command command_extract = {
    .name = "extract",
    .operands = "PATH|-...",
    .summary = "print what is found in articles as JSON, one document a line, storing nothing",
    .details =
        "A PATH is a file, a folder (read with all folders below it) or \"-\" for standard input. Refused documents are named on\n"
        "standard error with the reason; the others are printed.\n"
        "With --annotate, lines are as wide as COLUMNS says, else the terminal, else 100. NO_COLOR is honoured.\n"
        "Exit status: 0 all done, 1 the run failed or was stopped, 2 wrong use, 3 documents were refused or there were none.\n",
    .options = OPTIONS,
    .run = run,
};
