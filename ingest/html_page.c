#include "ingest/html_page.h"

#include "base/cleanup.h"
#include "base/utf8.h"
#include "ingest/html_charset.h"
#include "ingest/html_tag.h"

#include <libxml/HTMLparser.h>
#include <libxml/SAX2.h>
#include <libxml/parserInternals.h>

#include <pthread.h>
#include <string.h>

enum {
    STACK_MAX = 200000, /* open elements that the parser may remember; far beyond what is a page */
    WORK_PER_BYTE = 64, /* steps over open elements that misplaced tags may cost; broken pages of the web need one */
    WORK_FREE = 1 << 20,
};

/* What is counted while libxml2 calls back. */
struct parsing {
    htmlParserCtxtPtr context;
    size_t nodes;
    size_t too_deep; /* open elements that were left out of the tree */
    size_t work;     /* steps that are left */
    bool cut;
};

static void stop_parsing(struct parsing *parsing) {
    parsing->cut = true;
    xmlStopParser(parsing->context);
}

static struct parsing *parsing_of(void *context) {
    return ((htmlParserCtxtPtr)context)->_private;
}

static void on_start(void *context, const xmlChar *name, const xmlChar **attributes) {
    struct parsing *parsing = parsing_of(context);
    htmlParserCtxtPtr parser = parsing->context;
    if (parsing->nodes++ >= HTML_NODES_MAX || parser->nameNr >= STACK_MAX) {
        stop_parsing(parsing);
        return;
    }
    if (parsing->too_deep > 0 || parser->nodeNr >= HTML_DEPTH_MAX) {
        parsing->too_deep++;
        return;
    }
    xmlSAX2StartElement(context, name, attributes);
    if (parser->node)
        parser->node->_private = (void *)(uintptr_t)html_tag_of_name((const char *)name);
}

static void on_end(void *context, const xmlChar *name) {
    struct parsing *parsing = parsing_of(context);
    if (parsing->too_deep > 0)
        parsing->too_deep--;
    else
        xmlSAX2EndElement(context, name);
}

static void on_characters(void *context, const xmlChar *text, int length) {
    struct parsing *parsing = parsing_of(context);
    if (parsing->nodes < HTML_NODES_MAX)
        xmlSAX2Characters(context, text, length);
}

static void on_comment(void *context, const xmlChar *text) {
    (void)context;
    (void)text;
}

/* For each misplaced tag the parser walks over its open elements. */
static void on_error(void *context, const char *message, ...) {
    (void)message;
    struct parsing *parsing = parsing_of(context);
    size_t steps = (size_t)parsing->context->nameNr;
    if (steps > parsing->work)
        stop_parsing(parsing);
    else
        parsing->work -= steps;
}

static void start_library(void) {
    xmlInitParser();
}

static void free_context(htmlParserCtxtPtr *context) {
    if (*context && (*context)->myDoc)
        xmlFreeDoc((*context)->myDoc);
    if (*context)
        htmlFreeParserCtxt(*context);
}

/* Closes the tag at the place where it has too many attributes; what is behind becomes text. Returns where to go on. */
static size_t bound_tag(char *data, size_t length, size_t at) {
    size_t attributes = 0;
    char quote = '\0', before = '\0';
    for (; at < length; at++) {
        char c = data[at];
        if (quote) {
            quote = c == quote ? '\0' : quote;
            continue;
        }
        if (c == '>')
            return at;
        if ((c == '"' || c == '\'') && before == '=')
            quote = c;
        bool separates = c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f' || c == '/' || c == '"' || c == '\'';
        if (separates && ++attributes > HTML_ATTRIBUTES_MAX) {
            data[at] = '>';
            return at;
        }
        if (!separates || c == '/')
            before = c;
    }
    return length;
}

static bool begins_with(const char *data, size_t length, size_t at, const char *word) {
    size_t size = strlen(word);
    return at + size <= length && span_equal_ignore_case((struct span){data + at, size}, span_of(word));
}

/* The parser compares all attributes of an element with each other: the number is bounded before it sees them. */
static void bound_attributes(struct span text) {
    char *data = (char *)text.data;
    for (size_t at = 0; at < text.length;) {
        const char *open = memchr(data + at, '<', text.length - at);
        if (!open)
            return;
        at = (size_t)(open - data) + 1;
        bool letter = at < text.length && ((data[at] | 0x20) >= 'a' && (data[at] | 0x20) <= 'z');
        if (!letter)
            continue;
        bool script = begins_with(data, text.length, at, "script");
        at = bound_tag(data, text.length, at);
        if (script) {
            size_t end = span_find(text, SPAN("</"), at);
            while (end != SIZE_MAX && !begins_with(data, text.length, end, "</script"))
                end = span_find(text, SPAN("</"), end + 2);
            at = end == SIZE_MAX ? text.length : end;
        }
    }
}

static void set_callbacks(htmlParserCtxtPtr context) {
    context->sax->startElement = on_start;
    context->sax->endElement = on_end;
    context->sax->characters = on_characters;
    context->sax->ignorableWhitespace = on_characters;
    context->sax->comment = on_comment;
    context->sax->error = on_error;
    context->sax->fatalError = on_error;
    context->sax->warning = NULL;
}

static xmlNode *child_of_name(xmlNode *node, const char *name) {
    for (xmlNode *child = node->children; child; child = child->next)
        if (html_is(child, name))
            return child;
    return NULL;
}

enum result html_page_parse(struct arena *arena, struct span bytes, struct html_page *ret, struct error *error) {
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    *ret = (struct html_page){0};
    pthread_once(&once, start_library);
    struct span text = {0};
    enum result result = html_decode(arena, bytes, &text, error);
    if (result != RESULT_OK)
        return result;
    if (text.length > INT32_MAX)
        return error_set(error, RESULT_TOO_LARGE, "%zu bytes of HTML", text.length);
    if (span_trim(text).length == 0)
        return error_set(error, RESULT_INVALID, "an empty page");
    bound_attributes(text);
    CLEANUP(free_context) htmlParserCtxtPtr context = htmlCreateMemoryParserCtxt(text.data, (int)text.length);
    if (!context)
        return error_set(error, RESULT_MEMORY, "out of memory");
    struct parsing parsing = {.context = context, .work = text.length * WORK_PER_BYTE + WORK_FREE};
    htmlCtxtUseOptions(context, HTML_PARSE_RECOVER | HTML_PARSE_NOWARNING | HTML_PARSE_NONET | HTML_PARSE_COMPACT | HTML_PARSE_IGNORE_ENC);
    context->options |= XML_PARSE_HUGE;  /* the depth is bounded above, the size before */
    context->loadsubset |= XML_SKIP_IDS; /* nobody asks for elements by id, and the table of ids reports every double */
    context->_private = &parsing;
    set_callbacks(context);
    xmlSwitchEncoding(context, XML_CHAR_ENCODING_UTF8);
    htmlParseDocument(context);
    if (context->errNo == XML_ERR_NO_MEMORY)
        return error_set(error, RESULT_MEMORY, "out of memory");
    xmlNode *root = context->myDoc ? xmlDocGetRootElement(context->myDoc) : NULL;
    if (!root)
        return error_set(error, RESULT_INVALID, "no HTML: not one element in it");
    xmlNode *body = child_of_name(root, "body");
    *ret = (struct html_page){.document = TAKE(context->myDoc), .root = root, .body = body ? body : root, .cut = parsing.cut};
    return RESULT_OK;
}

void html_page_done(struct html_page *page) {
    if (page->document)
        xmlFreeDoc(page->document);
    *page = (struct html_page){0};
}

bool html_is(const xmlNode *node, const char *name) {
    return node && node->type == XML_ELEMENT_NODE && strcmp((const char *)node->name, name) == 0;
}

static const xmlAttr *find_attribute(const xmlNode *node, const char *name) {
    if (!node || node->type != XML_ELEMENT_NODE)
        return NULL;
    for (const xmlAttr *attribute = node->properties; attribute; attribute = attribute->next)
        if (strcmp((const char *)attribute->name, name) == 0)
            return attribute;
    return NULL;
}

struct span html_attribute(const xmlNode *node, const char *name) {
    const xmlAttr *attribute = find_attribute(node, name);
    return attribute && attribute->children ? span_of((const char *)attribute->children->content) : (struct span){0};
}

bool html_has_attribute(const xmlNode *node, const char *name) {
    return find_attribute(node, name) != NULL;
}

struct span html_node_text(const xmlNode *node) {
    bool is_text = node && (node->type == XML_TEXT_NODE || node->type == XML_CDATA_SECTION_NODE);
    return is_text ? span_of((const char *)node->content) : (struct span){0};
}

const xmlNode *html_next_beside(const xmlNode *node, const xmlNode *top) {
    while (node && node != top) {
        if (node->next)
            return node->next;
        node = node->parent;
    }
    return NULL;
}

const xmlNode *html_next(const xmlNode *node, const xmlNode *top) {
    if (node && node->type == XML_ELEMENT_NODE && node->children)
        return node->children;
    return html_next_beside(node, top);
}

const xmlNode *html_find(const xmlNode *node, const xmlNode *top, const char *name) {
    while (node && !html_is(node, name))
        node = html_next(node, top);
    return node;
}

/* All text below node, a space for each line's end where lines is set. With data NULL only counts. */
static size_t gather(const xmlNode *top, bool raw, char *data) {
    size_t length = 0;
    const xmlNode *node = top;
    while (node) {
        struct span text = html_node_text(node);
        const xmlNode *before = node->prev;
        if (!raw && node != top && before && before->type == XML_ELEMENT_NODE && html_flow(html_tag(before)) == FLOW_BLOCK) {
            if (data)
                data[length] = ' ';
            length++;
        }
        if (data && text.length > 0)
            memcpy(data + length, text.data, text.length);
        length += text.length;
        bool element = node->type == XML_ELEMENT_NODE;
        enum html_flow flow = element ? html_flow(html_tag(node)) : FLOW_INLINE;
        if (!raw && element && flow != FLOW_INLINE) {
            if (data)
                data[length] = ' ';
            length++;
        }
        node = !raw && node != top && flow == FLOW_NOTHING ? html_next_beside(node, top) : html_next(node, top);
    }
    return length;
}

struct span html_raw_text(struct arena *arena, const xmlNode *node) {
    size_t length = gather(node, true, NULL);
    char *data = arena_alloc(arena, length);
    if (!data)
        return (struct span){0};
    gather(node, true, data);
    return (struct span){data, length};
}

struct span html_text(struct arena *arena, const xmlNode *node) {
    size_t length = gather(node, false, NULL);
    char *data = arena_alloc(arena, length);
    if (!data)
        return (struct span){0};
    gather(node, false, data);
    size_t out = 0;
    bool pending = false;
    struct span text = {data, length};
    for (size_t at = 0, step; at < length; at += step) {
        uint32_t c = utf8_decode(text, at, &step);
        if (c <= 0x20 || c == 0xA0 || (c > 0x7F && utf8_class_of(c) == UTF8_SPACE)) {
            pending = out > 0;
            continue;
        }
        if (pending)
            data[out++] = ' ';
        pending = false;
        memmove(data + out, data + at, step);
        out += step;
    }
    return (struct span){data, out};
}
