#include "ingest/html_furniture.h"

enum {
    SENTENCE_BYTES = 25,     /* a block that short is prose only with a sentence's end */
    PROTECTED_PERCENT = 40,  /* an element with more of the page's prose is not dropped for its name */
    COMMENTS_PERCENT = 90,   /* readers may write more than the outlet */
    LIST_LINKS_PERCENT = 80, /* more of a list in links is a list of links */
    BOX_LINKS_PERCENT = 40,  /* of any other element */
    BOX_COMMAS = 10,         /* an element with more of them is prose whatever it links to */
    CAPTION_BYTES = 600,
    BYLINE_BYTES = 300,
    TEASERS_MIN = 3,    /* siblings alike */
    TEASER_BYTES = 400, /* on average */
};

bool html_block_is_prose(const struct html_block *block) {
    if (block->dropped || block->kind == BLOCK_HEADING || block->text.length < SENTENCE_BYTES)
        return false;
    if (block->links * 3 > block->text.length)
        return false;
    return block->ends || (block->text.length >= PROSE_BYTES && block->commas > 0);
}

struct html_mass *html_masses(struct arena *arena, const struct html_tree *tree) {
    struct html_mass *masses = arena_alloc_array(arena, tree->element_count, sizeof *masses);
    if (!masses)
        return NULL;
    for (size_t i = 0; i < tree->block_count; i++) {
        const struct html_block *block = &tree->blocks[i];
        struct html_mass *mass = &masses[block->element];
        if (block->dropped)
            continue;
        mass->text += block->text.length;
        mass->links += block->links;
        mass->commas += block->commas;
        mass->blocks++;
        mass->headings += block->kind == BLOCK_HEADING;
        mass->prose += html_block_is_prose(block) ? block->text.length : 0;
    }
    /* Children stand behind their parents. */
    for (size_t i = tree->element_count; i-- > 1;) {
        struct html_mass *parent = &masses[tree->elements[i].parent];
        if (tree->elements[i].dropped)
            continue;
        parent->text += masses[i].text;
        parent->links += masses[i].links;
        parent->commas += masses[i].commas;
        parent->blocks += masses[i].blocks;
        parent->headings += masses[i].headings;
        parent->prose += masses[i].prose;
    }
    return masses;
}

static void drop_element(struct html_tree *tree, uint32_t index) {
    struct html_element *element = &tree->elements[index];
    element->dropped = true;
    for (uint32_t i = element->first_block; i < element->last_block; i++)
        tree->blocks[i].dropped = true;
}

static bool is_furniture_tag(enum html_tag tag) {
    return tag == TAG_nav || tag == TAG_menu || tag == TAG_dialog || tag == TAG_legend;
}

static bool is_aside_tag(enum html_tag tag) {
    return tag == TAG_aside || tag == TAG_footer;
}

static bool is_kept_tag(enum html_tag tag) {
    return tag == TAG_body || tag == TAG_html || tag == TAG_main || tag == TAG_h1 || tag == TAG_tbody || tag == TAG_tr;
}

/* The share of the page's prose, in percent, from which the element is kept whatever it is called; 0: it is not called anything. */
static unsigned protected_from(const struct html_element *element, bool in_story) {
    enum html_tag tag = (enum html_tag)element->tag;
    unsigned evidence = element->evidence;
    if (is_kept_tag(tag))
        return 0;
    if (is_furniture_tag(tag))
        return COMMENTS_PERCENT;
    if (evidence & NAMES_COMMENTS)
        return evidence & NAMES_STORY_SURE ? 0 : COMMENTS_PERCENT;
    if (evidence & NAMES_FURNITURE)
        return PROTECTED_PERCENT;
    if (is_aside_tag(tag))
        return PROTECTED_PERCENT;
    if ((evidence & NAMES_ASIDE) && !in_story && !(evidence & NAMES_STORY))
        return PROTECTED_PERCENT;
    return 0;
}

/* What holds the page's headline heads the story, whatever it is called. */
static bool holds_headline(const struct html_tree *tree, uint32_t index) {
    for (uint32_t i = index + 1; i < tree->elements[index].end; i++)
        if (tree->elements[i].tag == TAG_h1)
            return true;
    return false;
}

enum result html_drop_named(struct arena *arena, struct html_tree *tree) {
    const struct html_mass *masses = html_masses(arena, tree);
    if (!masses)
        return RESULT_MEMORY;
    size_t all = tree->element_count > 0 ? masses[0].prose : 0;
    for (uint32_t i = 1; i < tree->element_count;) {
        struct html_element *element = &tree->elements[i];
        unsigned percent = protected_from(element, false);
        bool drop = percent > 0 && masses[i].prose * 100 <= all * percent;
        if (drop && percent == PROTECTED_PERCENT && !(element->evidence & NAMES_FURNITURE) && holds_headline(tree, i))
            drop = false;
        if (drop) {
            drop_element(tree, i);
            i = element->end;
        } else {
            i++;
        }
    }
    return RESULT_OK;
}

/* ---- within the story ---- */

static bool is_list(enum html_tag tag) {
    return tag == TAG_ul || tag == TAG_ol || tag == TAG_dl;
}

static bool is_box(enum html_tag tag) {
    switch (tag) {
    case TAG_div:
    case TAG_section:
    case TAG_article:
    case TAG_aside:
    case TAG_form:
    case TAG_fieldset:
    case TAG_header:
    case TAG_footer:
    case TAG_table:
    case TAG_center:
    case TAG_address:
    case TAG_details:
        return true;
    default:
        return is_list(tag);
    }
}

static bool is_links(const struct html_element *element, const struct html_mass *mass) {
    enum html_tag tag = (enum html_tag)element->tag;
    if (mass->text == 0 || !is_box(tag))
        return false;
    if (is_list(tag))
        return mass->links * 100 > mass->text * LIST_LINKS_PERCENT;
    return mass->commas < BOX_COMMAS && mass->links * 100 > mass->text * BOX_LINKS_PERCENT;
}

static const struct html_block *first_block(const struct html_tree *tree, const struct html_element *element) {
    for (uint32_t i = element->first_block; i < element->last_block; i++)
        if (!tree->blocks[i].dropped)
            return &tree->blocks[i];
    return NULL;
}

/* A linked line, then few words. */
static bool is_teaser(const struct html_tree *tree, uint32_t index, const struct html_mass *mass) {
    const struct html_block *first = first_block(tree, &tree->elements[index]);
    return first && mass->text < TEASER_BYTES && first->links * 10 >= first->text.length * 8 && first->text.length >= 15;
}

/* Marks children of one name that stand in a row and are teasers each. */
static void drop_teasers(struct html_tree *tree, uint32_t parent, const struct html_mass *masses) {
    struct html_element *around = &tree->elements[parent];
    unsigned teasers = 0, others = 0;
    for (uint32_t i = parent + 1; i < around->end; i = tree->elements[i].end) {
        if (tree->elements[i].dropped || masses[i].text == 0 || !is_box((enum html_tag)tree->elements[i].tag))
            continue;
        bool teaser = is_teaser(tree, i, &masses[i]);
        teasers += teaser;
        others += !teaser;
    }
    if (teasers < TEASERS_MIN || teasers < others)
        return;
    for (uint32_t i = parent + 1; i < around->end; i = tree->elements[i].end)
        if (!tree->elements[i].dropped && is_box((enum html_tag)tree->elements[i].tag) && is_teaser(tree, i, &masses[i]))
            drop_element(tree, i);
}

/* Captions, bylines and what stands beside the story by name, where they are small. */
static bool is_called_small(const struct html_element *element, const struct html_mass *mass) {
    if (is_kept_tag((enum html_tag)element->tag))
        return false;
    if (element->evidence & NAMES_STORY)
        return false;
    if (element->evidence & NAMES_CAPTION)
        return mass->text < CAPTION_BYTES;
    return (element->evidence & NAMES_BYLINE) && mass->text < BYLINE_BYTES && mass->prose < PROSE_BYTES;
}

static bool holds_most(const struct html_mass *mass, size_t all) {
    return mass->prose * 100 > all * PROTECTED_PERCENT;
}

enum result html_drop_within(struct arena *arena, struct html_tree *tree, uint32_t story) {
    const struct html_mass *masses = html_masses(arena, tree);
    if (!masses)
        return RESULT_MEMORY;
    size_t all = masses[story].prose;
    uint32_t end = tree->elements[story].end;
    for (uint32_t i = story + 1; i < end;) {
        struct html_element *element = &tree->elements[i];
        bool drop =
            !element->dropped && (is_links(element, &masses[i]) || is_called_small(element, &masses[i])) && !holds_most(&masses[i], all);
        if (drop)
            drop_element(tree, i);
        else if (!element->dropped && masses[i].text > 0)
            drop_teasers(tree, i, masses);
        i = element->dropped ? element->end : i + 1;
    }
    return RESULT_OK;
}
