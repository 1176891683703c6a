/* generate [-s SEED] [-b BYTES] [-r ROOT] [-o] COUNT: prints COUNT invented news articles, a JSON object a line, the same for the same
   arguments. -b gives every text about BYTES instead of lengths as newspapers have them; -o prints them in the order of their dates, else
   an article's date has nothing to do with its line. */

#include "base/cleanup.h"
#include "base/json.h"
#include "bench/world.h"

#include <ctype.h>
#include <math.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum {
    OUTLETS = 400,
    DAY = 86400,
    FIRST_DAY = 14610, /* 2010-01-01 */
    DAYS = 5479,       /* up to the end of 2024 */
    OUT_BYTES = 1 << 20,
};
/* Lengths of stories: the logarithm is near normal, with a median of 3.3 and a mean of 4.2 KB; wire briefs at one end, long reads at the
 * other. */
static const double LENGTH_MEDIAN = 3300, LENGTH_SIGMA = 0.7;
static const size_t LENGTH_LEAST = 300, LENGTH_MOST = 40000;
static const double COPIES = 0.02, DATELESS = 0.01, DAY_ONLY = 0.05;

struct settings {
    uint64_t seed;
    size_t count, bytes;
    const char *root;
    bool ordered;
};

static double normal(struct dice *dice) {
    double sum = 0;
    for (int i = 0; i < 12; i++)
        sum += dice_unit(dice);
    return sum - 6;
}

static size_t choose_length(const struct settings *settings, struct dice *dice) {
    double length = LENGTH_MEDIAN * exp(LENGTH_SIGMA * normal(dice));
    if (settings->bytes)
        return settings->bytes;
    return length < (double)LENGTH_LEAST ? LENGTH_LEAST : length > (double)LENGTH_MOST ? LENGTH_MOST : (size_t)length;
}

/* More of it in later years, half as much on Saturdays and Sundays, most of it by day. Ordered: article at of count, in step with time. */
static int64_t choose_time(const struct settings *settings, size_t at, struct dice *dice) {
    double share = settings->ordered ? ((double)at + 0.5) / (double)settings->count : dice_unit(dice);
    int64_t day = FIRST_DAY + (int64_t)(sqrt(share) * DAYS);
    if (!settings->ordered && (day + 3) % 7 >= 5 && dice_chance(dice, 0.5))
        day -= 2;
    double hour = 13 + 4.5 * normal(dice);
    int64_t second = (int64_t)(fmod(hour + 24, 24) * 3600);
    return day * DAY + (dice_chance(dice, 0.6) ? second / 60 * 60 : second);
}

static void append_paragraphs(const struct world *world, const struct story *story, size_t length, struct dice *dice, struct buffer *text) {
    world_sentence(world, FRAME_LEAD, story, dice, text);
    while (text->length < length && buffer_result(text) == RESULT_OK) {
        buffer_append_string(text, "\n\n");
        size_t sentences = 1 + dice_below(dice, 3);
        for (size_t i = 0; i < sentences; i++) {
            double kind = dice_unit(dice);
            struct story seen = *story;
            size_t turn = dice_below(dice, story->cast_count);
            for (size_t j = 0; j < story->cast_count; j++)
                seen.cast[j] = story->cast[(j + turn) % story->cast_count];
            if (i > 0)
                buffer_append_char(text, ' ');
            world_sentence(world, kind < 0.18 ? FRAME_QUOTE : kind < 0.45 ? FRAME_BODY : FRAME_FILLER, &seen, dice, text);
        }
    }
}

/* "The Mopti Herald" at mopti-herald.example. */
static void append_outlet(const struct world *world, size_t outlet, struct buffer *name, struct buffer *host) {
    static const char *const PAPERS[] = {"Herald", "Times", "Post", "Daily", "Tribune", "Observer", "Gazette", "News"};
    const struct list *cities = world_list(world, SPAN("city"));
    struct span city = cities ? cities->items[outlet / 8 * 7 % cities->count] : SPAN("World");
    buffer_print(name, "%s%.*s %s", outlet % 2 ? "The " : "", SPAN_PRINT(city), PAPERS[outlet % 8]);
    for (size_t i = 0; i < city.length; i++)
        buffer_append_char(host,
                           (char)(isalpha((unsigned char)city.data[i]) && city.data[i] > 0 ? tolower((unsigned char)city.data[i]) : '-'));
    buffer_print(host, "-%zu.example", outlet);
}

/* Buffers that every article uses again. */
enum draft { TEXT, TITLE, NAME, HOST, URL, AUTHOR, DRAFTS };

static void write_date(struct json_writer *writer, int64_t published, struct dice *dice) {
    double chance = dice_unit(dice);
    if (chance < DATELESS)
        return;
    if (chance < DATELESS + DAY_ONLY)
        published = published / DAY * DAY;
    json_member_time(writer, "published", published);
}

static void write_article(const struct settings *settings, const struct world *world, size_t at, struct buffer drafts[DRAFTS],
                          struct json_writer *writer) {
    static const char *const SECTIONS[] = {"World", "Politics", "Business", "Sport", "Culture", "Science", "Health", "Opinion"};
    struct dice dice = dice_of(settings->seed, 2 * at);
    int64_t published = choose_time(settings, at, &dice);
    size_t outlet = dice_ranked(&dice, OUTLETS), told = at;
    if (at > 0 && dice_chance(&dice, COPIES))
        told = dice_below(&dice, at); /* wire copy: the story of another, with an outlet and a date of its own */
    struct dice plot = dice_of(settings->seed, 2 * told + 1);
    struct story story = {.seed = dice_next(&plot), .cast_count = 2 + dice_below(&plot, CAST_MAX - 1)};
    for (size_t i = 0; i < story.cast_count; i++)
        story.cast[i] = dice_ranked(&plot, world->people);
    for (int i = 0; i < DRAFTS; i++)
        buffer_clear(&drafts[i]);
    world_sentence(world, FRAME_HEADLINE, &story, &plot, &drafts[TITLE]);
    append_paragraphs(world, &story, choose_length(settings, &plot), &plot, &drafts[TEXT]);
    append_outlet(world, outlet, &drafts[NAME], &drafts[HOST]);
    world_person(world, outlet * 40 + dice_below(&dice, 40), true, &drafts[AUTHOR]);
    buffer_print(&drafts[URL], "https://%.*s/news/%zu-%llx", SPAN_PRINT(buffer_span(&drafts[HOST])), at,
                 (unsigned long long)(dice_next(&dice) & 0xffff));
    json_writer_init(writer, writer->out, false);
    json_object_begin(writer);
    json_member_string(writer, "url", buffer_span(&drafts[URL]));
    json_member_string(writer, "title", buffer_span(&drafts[TITLE]));
    write_date(writer, published, &dice);
    json_member_string(writer, "source", buffer_span(&drafts[NAME]));
    json_key(writer, "authors");
    json_array_begin(writer);
    json_write_string(writer, buffer_span(&drafts[AUTHOR]));
    json_array_end(writer);
    json_member_string(writer, "section", span_of(SECTIONS[dice_ranked(&dice, 8)]));
    json_member_string(writer, "language", SPAN("en"));
    json_member_string(writer, "text", buffer_span(&drafts[TEXT]));
    json_object_end(writer);
    buffer_append_char(writer->out, '\n');
}

static bool read_arguments(int count, char **arguments, struct settings *ret) {
    *ret = (struct settings){.seed = 1, .root = "."};
    for (int option; (option = getopt(count, arguments, "s:b:r:o")) != -1;) {
        if (option == 's')
            ret->seed = strtoull(optarg, NULL, 10);
        else if (option == 'b')
            ret->bytes = strtoul(optarg, NULL, 10);
        else if (option == 'r')
            ret->root = optarg;
        else if (option == 'o')
            ret->ordered = true;
        else
            return false;
    }
    if (optind + 1 != count)
        return false;
    ret->count = strtoul(arguments[optind], NULL, 10);
    return ret->count > 0;
}

static bool print_all(const struct settings *settings, const struct world *world) {
    CLEANUP(buffer_done) struct buffer out;
    struct buffer drafts[DRAFTS];
    for (int i = 0; i < DRAFTS; i++)
        buffer_init(&drafts[i], 0);
    buffer_init(&out, 0);
    struct json_writer writer = {.out = &out};
    bool good = true;
    for (size_t at = 0; at < settings->count && good; at++) {
        write_article(settings, world, at, drafts, &writer);
        if (out.length < OUT_BYTES && at + 1 < settings->count)
            continue;
        good = buffer_result(&out) == RESULT_OK && fwrite(out.data, 1, out.length, stdout) == out.length;
        buffer_clear(&out);
    }
    for (int i = 0; i < DRAFTS; i++)
        buffer_done(&drafts[i]);
    return good && fflush(stdout) == 0;
}

int main(int count, char **arguments) {
    struct settings settings;
    CLEANUP(world_close) struct world world = {0};
    if (!read_arguments(count, arguments, &settings)) {
        fputs("usage: generate [-s SEED] [-b BYTES] [-r ROOT] [-o] COUNT\n", stderr);
        return 2;
    }
    if (!world_open(settings.root, &world))
        return 1;
    /* New people come in with every article, more slowly than articles do. */
    world.people += settings.count / 4;
    if (print_all(&settings, &world))
        return 0;
    fputs("generate: cannot write\n", stderr);
    return 1;
}
