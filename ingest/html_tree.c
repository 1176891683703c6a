#include "ingest/html_tree.h"

#include "base/utf8.h"

#include <string.h>

enum {
    TABLE_LOOK = 40,        /* elements that are looked at to tell a table of data from one that lays out the page */
    FRAGMENT_LINK_PART = 3, /* a link within the page counts a third: foot notes and contents belong to the text */
    BROKEN_LINE_BYTES = 80, /* pieces between single line breaks that long, with a sentence's end, are paragraphs */
};

struct making {
    struct arena *arena;
    struct html_tree *tree;
    bool keep_hidden;
    char *text; /* of all blocks */
    size_t length;
    size_t begin;     /* of the block at hand */
    uint32_t current; /* element */
    uint32_t block_element;
    unsigned links; /* open */
    bool fragment;  /* the open link goes to a place in the page */
    unsigned bolds;
    uint32_t link_bytes;
    uint32_t bold_bytes;
    unsigned breaks; /* line breaks since the last text */
    bool space;      /* pending */
    bool data_table;
    bool failed;
};

static bool is_space(uint32_t c) {
    return c <= 0x20 || c == 0xA0 || (c >= 0x1680 && utf8_class_of(c) == UTF8_SPACE) || c == 0x200B || c == 0xFEFF;
}

static bool ends_sentence(uint32_t c) {
    return c == '.' || c == '!' || c == '?' || c == 0x3002 || c == 0xFF01 || c == 0xFF1F || c == 0x06D4 || c == 0x061F || c == 0x0964 ||
           c == 0x2026;
}

static bool is_comma(uint32_t c) {
    return c == ',' || c == ';' || c == 0x3001 || c == 0xFF0C || c == 0x060C || c == 0x061B || c == 0xFF1B || c == 0xFF0E;
}

static bool closes(uint32_t c) {
    return c == '"' || c == '\'' || c == ')' || c == ']' || c == 0x2019 || c == 0x201D || c == 0xBB || c == 0x201C || c == 0x300D;
}

static void count_signs(struct html_block *block) {
    uint32_t last = 0;
    for (size_t at = 0, step; at < block->text.length; at += step) {
        uint32_t c = utf8_decode(block->text, at, &step);
        bool stop = ends_sentence(c) && (c > 0x7F || at + 1 >= block->text.length || block->text.data[at + 1] == ' ');
        block->commas += is_comma(c) || stop;
        if (!closes(c) && c != ' ')
            last = c;
    }
    block->ends = ends_sentence(last) || last == ':';
}

static enum block_kind kind_of(const struct html_tree *tree, uint32_t index, bool *ret_caption) {
    *ret_caption = false;
    enum block_kind kind = BLOCK_PARAGRAPH;
    for (uint32_t steps = 0; steps < 6; steps++, index = tree->elements[index].parent) {
        enum html_tag tag = (enum html_tag)tree->elements[index].tag;
        if (tag >= TAG_h1 && tag <= TAG_h6)
            return BLOCK_HEADING;
        if (tag == TAG_figcaption || tag == TAG_figure)
            *ret_caption = true;
        if (tag == TAG_li && kind == BLOCK_PARAGRAPH)
            kind = BLOCK_LIST_ITEM;
        if (tag == TAG_blockquote)
            return BLOCK_QUOTATION;
        if (index == 0)
            break;
    }
    return kind;
}

static void end_block(struct making *making) {
    making->space = false;
    making->breaks = 0;
    if (making->length == making->begin)
        return;
    struct html_tree *tree = making->tree;
    struct html_block *block =
        arena_push(making->arena, (void **)&tree->blocks, &tree->block_count, &tree->block_capacity, sizeof *tree->blocks);
    if (!block) {
        making->failed = true;
        return;
    }
    *block = (struct html_block){.text = {making->text + making->begin, making->length - making->begin},
                                 .element = making->block_element,
                                 .links = making->link_bytes};
    block->kind = (uint8_t)kind_of(tree, making->block_element, &block->caption);
    block->strong = making->bold_bytes * 10 >= block->text.length * 9;
    count_signs(block);
    making->begin = making->length;
    making->link_bytes = making->bold_bytes = 0;
}

/* A line break alone is white space, two part paragraphs; so does one behind a long sentence, as in pages that know no paragraphs. */
static void settle_breaks(struct making *making) {
    if (making->breaks == 0 || making->length == making->begin)
        return;
    struct span piece = {making->text + making->begin, making->length - making->begin};
    size_t step;
    uint32_t last = utf8_decode_before(piece, piece.length, &step);
    if (closes(last))
        last = utf8_decode_before(piece, piece.length - step, &step);
    if (making->breaks >= 2 || (piece.length >= BROKEN_LINE_BYTES && ends_sentence(last)))
        end_block(making);
    else
        making->space = true;
    making->breaks = 0;
}

static void add_character(struct making *making, const char *data, size_t step) {
    if (making->space && making->length > making->begin)
        making->text[making->length++] = ' ';
    making->space = false;
    memcpy(making->text + making->length, data, step);
    making->length += step;
}

static void add_text(struct making *making, struct span text) {
    size_t before = making->length;
    for (size_t at = 0, step; at < text.length; at += step) {
        uint32_t c = (unsigned char)text.data[at];
        step = 1;
        if (c >= 0x80)
            c = utf8_decode(text, at, &step);
        if (is_space(c)) {
            making->space = true;
            continue;
        }
        if (making->breaks > 0) {
            settle_breaks(making);
            before = making->length < before ? making->length : before;
            if (making->begin == making->length)
                before = making->length;
        }
        add_character(making, text.data + at, step);
    }
    uint32_t added = (uint32_t)(making->length - before);
    if (making->links > 0)
        making->link_bytes += making->fragment ? added / FRAGMENT_LINK_PART : added;
    if (making->bolds > 0)
        making->bold_bytes += added;
}

static bool is_data_table(const xmlNode *table) {
    unsigned looked = 0;
    if (span_equal_ignore_case(html_attribute(table, "role"), SPAN("presentation")))
        return false;
    bool data = false;
    for (const xmlNode *node = html_next(table, table); node && looked < TABLE_LOOK; node = html_next(node, table)) {
        if (node->type != XML_ELEMENT_NODE)
            continue;
        looked++;
        enum html_tag tag = html_tag(node);
        if (tag == TAG_table || tag == TAG_p || tag == TAG_div)
            return false;
        data = data || tag == TAG_th || tag == TAG_caption || tag == TAG_thead;
    }
    return data;
}

static bool is_cell(enum html_tag tag) {
    return tag == TAG_td || tag == TAG_th;
}

static bool is_bold(enum html_tag tag) {
    return tag == TAG_b || tag == TAG_strong;
}

/* Whether what is below the element is looked at. */
static bool begin_element(struct making *making, const xmlNode *node) {
    enum html_tag tag = html_tag(node);
    enum html_flow flow = html_flow(tag);
    if (flow == FLOW_BREAK) {
        making->breaks++;
        return false;
    }
    if (flow == FLOW_NOTHING)
        return false;
    unsigned evidence = html_names_evidence(node);
    bool inner = flow == FLOW_INLINE;
    if ((evidence & NAMES_HIDDEN) && !making->keep_hidden && tag != TAG_body)
        return false;
    /* What a link or a word in bold is called says how it looks. */
    if (tag == TAG_span && (evidence & NAMES_FURNITURE) && !(evidence & NAMES_STORY))
        return false;
    if (tag == TAG_table)
        making->data_table = is_data_table(node);
    bool cell = is_cell(tag) && making->data_table;
    if (cell)
        making->space = true;
    if (!inner && !cell)
        end_block(making);
    struct html_tree *tree = making->tree;
    uint32_t index = (uint32_t)tree->element_count++;
    tree->elements[index] = (struct html_element){.node = node,
                                                  .parent = index == 0 ? 0 : making->current,
                                                  .first_block = (uint32_t)tree->block_count,
                                                  .evidence = (uint16_t)evidence,
                                                  .tag = (uint8_t)tag};
    making->current = index;
    if (!inner && !cell)
        making->block_element = index;
    making->bolds += is_bold(tag);
    if (tag == TAG_a && html_has_attribute(node, "href")) {
        making->links++;
        making->fragment = span_starts_with(html_attribute(node, "href"), SPAN("#"));
    }
    return true;
}

static void end_element(struct making *making, const xmlNode *node) {
    struct html_tree *tree = making->tree;
    struct html_element *element = &tree->elements[making->current];
    enum html_tag tag = (enum html_tag)element->tag;
    bool cell = is_cell(tag) && making->data_table;
    if (html_flow(tag) != FLOW_INLINE && !cell)
        end_block(making);
    if (tag == TAG_table)
        making->data_table = false;
    making->bolds -= is_bold(tag);
    if (tag == TAG_a && html_has_attribute(node, "href"))
        making->links--;
    /* Text of an inline element may still be waiting for its block's end; the block belongs to who is around. */
    element->end = (uint32_t)tree->element_count;
    element->last_block = (uint32_t)tree->block_count;
    making->current = element->parent;
    if (making->block_element >= making->current && html_flow(tag) != FLOW_INLINE && !cell) {
        uint32_t around = making->current;
        while (around > 0 && html_flow((enum html_tag)tree->elements[around].tag) == FLOW_INLINE)
            around = tree->elements[around].parent;
        making->block_element = around;
    }
}

static void walk(struct making *making, const xmlNode *top) {
    const xmlNode *node = top;
    for (;;) {
        bool into = false;
        if (node->type == XML_ELEMENT_NODE)
            into = begin_element(making, node);
        else if (node->type == XML_TEXT_NODE || node->type == XML_CDATA_SECTION_NODE)
            add_text(making, html_node_text(node));
        if (into && node->children) {
            node = node->children;
            continue;
        }
        if (into)
            end_element(making, node);
        while (node != top && !node->next) {
            node = node->parent;
            end_element(making, node);
        }
        if (node == top || making->failed)
            return;
        node = node->next;
    }
}

enum result html_tree_make(struct arena *arena, const struct html_page *page, bool keep_hidden, struct html_tree *ret) {
    size_t elements = 0, bytes = 0;
    for (const xmlNode *node = page->body; node; node = html_next(node, page->body)) {
        elements += node->type == XML_ELEMENT_NODE;
        bytes += html_node_text(node).length + 2; /* spaces for breaks and cells */
    }
    struct html_tree tree = {.elements = arena_alloc_array(arena, elements, sizeof *tree.elements)};
    struct making making = {.arena = arena, .tree = &tree, .keep_hidden = keep_hidden, .text = arena_alloc(arena, bytes)};
    if (!tree.elements || !making.text)
        return RESULT_MEMORY;
    walk(&making, page->body);
    end_block(&making);
    if (tree.element_count > 0) {
        tree.elements[0].end = (uint32_t)tree.element_count;
        tree.elements[0].last_block = (uint32_t)tree.block_count;
    }
    *ret = tree;
    return making.failed ? RESULT_MEMORY : RESULT_OK;
}
