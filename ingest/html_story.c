#include "ingest/html_story.h"

#include "base/utf8.h"
#include "ingest/html_furniture.h"

#include <math.h>

enum {
    SHORT_STORY_BYTES = 1500, /* a story that short may be a part of one, among things that are no prose */
    SHORT_STORY_PATIENCE = 3,
    TITLE_BYTES = 20, /* a title or heading that long is no accident */
    LOOSE_BYTES = 60,
    STANDFIRST_BLOCKS = 15, /* how far above the story the headline may stand */
    STANDFIRST_BYTES = 60,
    ANCESTORS = 6,          /* that a paragraph speaks for */
    LITTLE_BYTES = 250,     /* a story with less may be a mistake: the page is read again with fewer rules */
    SIBLING_PERCENT = 8,    /* of the best element's score, from which an element beside it belongs to it */
    CLIMB_GAIN_PERCENT = 8, /* more prose around the best element that makes it worth going up */
};

struct finding {
    struct arena *arena;
    struct html_tree tree;
    const struct html_mass *masses;
    double *scores;    /* of each element */
    bool *chosen;      /* elements whose blocks are story */
    struct span title; /* folded */
};

static double block_score(const struct html_block *block) {
    if (block->dropped || block->caption || block->kind == BLOCK_HEADING || block->text.length < 25)
        return 0;
    double links = (double)block->links / (double)block->text.length;
    if (links > 0.5)
        return 0;
    double length = (double)block->text.length / 100;
    return (1 + (double)block->commas + (length < 3 ? length : 3)) * (1 - links);
}

/* The element that a block's text speaks for first: a paragraph speaks for what is around it, loose text for its own element. */
static uint32_t speaks_for(const struct html_tree *tree, uint32_t index) {
    switch (tree->elements[index].tag) {
    case TAG_p:
    case TAG_pre:
    case TAG_li:
    case TAG_blockquote:
    case TAG_dd:
    case TAG_dt:
    case TAG_td:
        return tree->elements[index].parent;
    default:
        return index;
    }
}

static double weight_of(const struct html_element *element) {
    double weight = 1;
    if (element->evidence & NAMES_STORY_SURE)
        weight *= 1.5;
    else if (element->evidence & NAMES_STORY || element->tag == TAG_article || element->tag == TAG_main)
        weight *= 1.2;
    if (element->evidence & (NAMES_COMMENTS | NAMES_FURNITURE))
        weight *= 0.3;
    else if (element->evidence & (NAMES_ASIDE | NAMES_CAPTION))
        weight *= 0.7;
    if (element->tag == TAG_li || element->tag == TAG_form || element->tag == TAG_ul || element->tag == TAG_ol)
        weight *= 0.8;
    return weight;
}

static void score(struct finding *finding) {
    const struct html_tree *tree = &finding->tree;
    for (size_t i = 0; i < tree->block_count; i++) {
        double value = block_score(&tree->blocks[i]);
        if (value <= 0)
            continue;
        uint32_t index = speaks_for(tree, tree->blocks[i].element);
        for (int level = 0; level < ANCESTORS; level++) {
            finding->scores[index] += level == 0 ? value : level == 1 ? value / 2 : value / (level * 3);
            if (index == 0)
                break;
            index = tree->elements[index].parent;
        }
    }
    for (size_t i = 0; i < tree->element_count; i++) {
        const struct html_mass *mass = &finding->masses[i];
        double links = mass->text > 0 ? (double)mass->links / (double)mass->text : 0;
        finding->scores[i] *= weight_of(&tree->elements[i]) * (1 - links);
    }
}

static uint32_t best_element(const struct finding *finding) {
    uint32_t best = 0;
    for (uint32_t i = 1; i < finding->tree.element_count; i++)
        if (!finding->tree.elements[i].dropped && finding->scores[i] > finding->scores[best])
            best = i;
    return best;
}

/* Goes up while what is around adds prose and little else. */
static uint32_t climb(const struct finding *finding, uint32_t best) {
    const struct html_tree *tree = &finding->tree;
    uint32_t at = best;
    while (at > 0) {
        uint32_t around = tree->elements[at].parent;
        const struct html_mass *inner = &finding->masses[best], *outer = &finding->masses[around];
        size_t gain = outer->prose - inner->prose;
        size_t noise = (outer->text - outer->prose) - (inner->text - inner->prose);
        size_t patience = inner->prose < SHORT_STORY_BYTES ? SHORT_STORY_PATIENCE : 1;
        if (gain * 100 > inner->prose * CLIMB_GAIN_PERCENT && gain * patience > noise)
            best = around;
        at = around;
        if (tree->elements[around].tag == TAG_body)
            break;
    }
    return best;
}

static bool belongs_beside(const struct finding *finding, uint32_t index, uint32_t best) {
    const struct html_element *element = &finding->tree.elements[index];
    const struct html_mass *mass = &finding->masses[index];
    if (element->dropped || mass->text == 0)
        return false;
    if (element->tag == TAG_p || element->tag == TAG_blockquote)
        return mass->prose * 2 > mass->text;
    size_t noise = mass->text - mass->prose;
    return finding->scores[index] * 100 >= finding->scores[best] * SIBLING_PERCENT && mass->prose > noise;
}

static void choose(struct finding *finding, uint32_t best) {
    const struct html_tree *tree = &finding->tree;
    finding->chosen[best] = true;
    if (best == 0)
        return;
    uint32_t around = tree->elements[best].parent;
    for (uint32_t i = around + 1; i < tree->elements[around].end; i = tree->elements[i].end)
        if (i != best && belongs_beside(finding, i, best))
            finding->chosen[i] = true;
}

/* A heading that says what the title says, or begins so. */
static bool repeats_title(const struct finding *finding, const struct html_block *block) {
    struct span title = finding->title, text = {0};
    if (block->kind != BLOCK_HEADING || title.length == 0 || utf8_fold(finding->arena, block->text, &text) != RESULT_OK || text.length == 0)
        return false;
    if (span_equal(text, title))
        return true;
    return (text.length > TITLE_BYTES && span_starts_with(title, text)) || (title.length > TITLE_BYTES && span_starts_with(text, title));
}

static bool is_story_block(const struct html_block *block) {
    if (block->dropped || block->caption)
        return false;
    bool linked = block->links * 10 > block->text.length * 8;
    return !(linked && block->kind != BLOCK_HEADING && block->kind != BLOCK_LIST_ITEM && block->text.length < 200);
}

/* Headings with nothing below them head what was dropped. */
static void drop_idle_headings(struct html_tree *tree) {
    bool below = false;
    for (size_t i = tree->block_count; i-- > 0;) {
        struct html_block *block = &tree->blocks[i];
        if (block->dropped)
            continue;
        if (block->kind == BLOCK_HEADING && !below)
            block->dropped = true;
        else
            below = block->kind != BLOCK_HEADING || below;
    }
}

/* The standfirst: prose between the headline and the story's first block belongs to the story. */
static void take_standfirst(const struct finding *finding, bool *inside) {
    const struct html_tree *tree = &finding->tree;
    size_t first = 0, headline = SIZE_MAX;
    while (first < tree->block_count && !inside[first])
        first++;
    size_t from = first > STANDFIRST_BLOCKS ? first - STANDFIRST_BLOCKS : 0;
    for (size_t i = from; i < first; i++)
        if (tree->elements[tree->blocks[i].element].tag == TAG_h1 && !tree->blocks[i].dropped)
            headline = i;
    if (headline == SIZE_MAX)
        return;
    for (size_t i = headline + 1; i < first; i++)
        inside[i] = html_block_is_prose(&tree->blocks[i]) && tree->blocks[i].text.length >= STANDFIRST_BYTES;
}

static bool is_loose_line(const struct html_block *block) {
    return block->kind == BLOCK_PARAGRAPH && !block->ends && block->text.length < LOOSE_BYTES;
}

/* Lines before the first sentence and behind the last tell of the page: names, dates, sections, buttons. */
static void drop_loose_edges(struct html_tree *tree) {
    size_t first = SIZE_MAX, last = 0;
    for (size_t i = 0; i < tree->block_count; i++) {
        if (!html_block_is_prose(&tree->blocks[i]))
            continue;
        first = first == SIZE_MAX ? i : first;
        last = i;
    }
    for (size_t i = 0; first != SIZE_MAX && i < tree->block_count; i++)
        if ((i < first || i > last) && is_loose_line(&tree->blocks[i]))
            tree->blocks[i].dropped = true;
}

static enum result take_blocks(struct finding *finding, struct html_story *ret) {
    struct html_tree *tree = &finding->tree;
    for (uint32_t i = 0, end = 0; i < tree->element_count; i++) {
        if (i < end || !finding->chosen[i])
            continue;
        end = tree->elements[i].end;
        enum result result = html_drop_within(finding->arena, tree, i);
        if (result != RESULT_OK)
            return result;
    }
    bool *inside = arena_alloc_array(finding->arena, tree->block_count, sizeof *inside);
    if (!inside)
        return RESULT_MEMORY;
    for (uint32_t i = 0; i < tree->element_count; i++)
        for (uint32_t k = tree->elements[i].first_block; finding->chosen[i] && k < tree->elements[i].last_block; k++)
            inside[k] = true;
    take_standfirst(finding, inside);
    size_t count = 0;
    for (size_t i = 0; i < tree->block_count; i++) {
        struct html_block *block = &tree->blocks[i];
        block->dropped = !inside[i] || !is_story_block(block) || repeats_title(finding, block);
        count += !block->dropped;
    }
    drop_loose_edges(tree);
    drop_idle_headings(tree);
    struct block *blocks = arena_alloc_array(finding->arena, count, sizeof *blocks);
    if (!blocks)
        return RESULT_MEMORY;
    size_t at = 0;
    for (size_t i = 0; i < tree->block_count; i++)
        if (!tree->blocks[i].dropped)
            blocks[at++] = (struct block){tree->blocks[i].text, (enum block_kind)tree->blocks[i].kind};
    *ret = (struct html_story){blocks, at};
    return RESULT_OK;
}

static size_t story_bytes(const struct html_story *story) {
    size_t bytes = 0;
    for (size_t i = 0; i < story->block_count; i++)
        bytes += story->blocks[i].text.length;
    return bytes;
}

/* How much is believed of what a page says of its parts. */
enum reading { READING_STRICT, READING_ALL_NAMES /* keeps what is called furniture */, READING_HIDDEN /* and what is hidden */ };

static enum result find(struct arena *arena, const struct html_page *page, struct span title, enum reading level, bool piece,
                        struct html_story *ret) {
    struct finding finding = {.arena = arena};
    if (utf8_fold(arena, title, &finding.title) == RESULT_MEMORY)
        return RESULT_MEMORY;
    enum result result = html_tree_make(arena, page, level == READING_HIDDEN, &finding.tree);
    if (result == RESULT_OK && level == READING_STRICT)
        result = html_drop_named(arena, &finding.tree);
    if (result != RESULT_OK)
        return result;
    finding.masses = html_masses(arena, &finding.tree);
    finding.scores = arena_alloc_array(arena, finding.tree.element_count, sizeof *finding.scores);
    finding.chosen = arena_alloc_array(arena, finding.tree.element_count, sizeof *finding.chosen);
    if (!finding.masses || !finding.scores || !finding.chosen)
        return RESULT_MEMORY;
    *ret = (struct html_story){0};
    if (finding.tree.element_count == 0)
        return RESULT_OK;
    score(&finding);
    choose(&finding, piece ? 0 : climb(&finding, best_element(&finding)));
    return take_blocks(&finding, ret);
}

enum result html_story_find(struct arena *arena, const struct html_page *page, struct span title, struct html_story *ret) {
    struct html_story best = {0};
    for (int level = READING_STRICT; level <= READING_HIDDEN; level++) {
        struct html_story story;
        enum result result = find(arena, page, title, (enum reading)level, false, &story);
        if (result != RESULT_OK)
            return result;
        if (story_bytes(&story) > story_bytes(&best) * (level > 0 ? 2 : 1))
            best = story;
        if (story_bytes(&best) >= LITTLE_BYTES)
            break;
    }
    *ret = best;
    return RESULT_OK;
}

enum result html_story_of_piece(struct arena *arena, const struct html_page *page, struct span title, struct html_story *ret) {
    return find(arena, page, title, READING_STRICT, true, ret);
}
