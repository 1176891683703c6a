#ifndef QUOTED_INGEST_HTML_TAG_H
#define QUOTED_INGEST_HTML_TAG_H

/* The elements of HTML by number, with what they mean for the flow of text. The parser stores the number in each node's _private, so that
   nobody compares names. Constant; thread-safe. */

#include "ingest/html_page.h"

enum html_flow {
    FLOW_INLINE, /* part of a line; unknown elements, too */
    FLOW_BLOCK,  /* begins and ends a line */
    FLOW_BREAK,  /* <br> */
    FLOW_NOTHING /* nothing below it is text that a reader sees */
};

/* X(name in lower case, flow); sorted by name. */
#define HTML_TAGS(X)                                                                                                                       \
    X(a, INLINE)                                                                                                                           \
    X(abbr, INLINE)                                                                                                                        \
    X(address, BLOCK)                                                                                                                      \
    X(article, BLOCK)                                                                                                                      \
    X(aside, BLOCK)                                                                                                                        \
    X(audio, NOTHING)                                                                                                                      \
    X(b, INLINE)                                                                                                                           \
    X(blockquote, BLOCK)                                                                                                                   \
    X(body, BLOCK)                                                                                                                         \
    X(br, BREAK)                                                                                                                           \
    X(button, NOTHING)                                                                                                                     \
    X(canvas, NOTHING)                                                                                                                     \
    X(caption, BLOCK)                                                                                                                      \
    X(center, BLOCK)                                                                                                                       \
    X(code, INLINE)                                                                                                                        \
    X(datalist, NOTHING)                                                                                                                   \
    X(dd, BLOCK)                                                                                                                           \
    X(details, BLOCK)                                                                                                                      \
    X(dialog, BLOCK)                                                                                                                       \
    X(div, BLOCK)                                                                                                                          \
    X(dl, BLOCK)                                                                                                                           \
    X(dt, BLOCK)                                                                                                                           \
    X(em, INLINE)                                                                                                                          \
    X(embed, NOTHING)                                                                                                                      \
    X(fieldset, BLOCK)                                                                                                                     \
    X(figcaption, BLOCK)                                                                                                                   \
    X(figure, BLOCK)                                                                                                                       \
    X(footer, BLOCK)                                                                                                                       \
    X(form, BLOCK)                                                                                                                         \
    X(h1, BLOCK)                                                                                                                           \
    X(h2, BLOCK)                                                                                                                           \
    X(h3, BLOCK)                                                                                                                           \
    X(h4, BLOCK)                                                                                                                           \
    X(h5, BLOCK)                                                                                                                           \
    X(h6, BLOCK)                                                                                                                           \
    X(head, NOTHING)                                                                                                                       \
    X(header, BLOCK)                                                                                                                       \
    X(hgroup, BLOCK)                                                                                                                       \
    X(hr, BLOCK)                                                                                                                           \
    X(html, BLOCK)                                                                                                                         \
    X(i, INLINE)                                                                                                                           \
    X(iframe, NOTHING)                                                                                                                     \
    X(img, INLINE)                                                                                                                         \
    X(input, NOTHING)                                                                                                                      \
    X(label, INLINE)                                                                                                                       \
    X(legend, BLOCK)                                                                                                                       \
    X(li, BLOCK)                                                                                                                           \
    X(link, NOTHING)                                                                                                                       \
    X(main, BLOCK)                                                                                                                         \
    X(math, INLINE)                                                                                                                        \
    X(menu, BLOCK)                                                                                                                         \
    X(meta, NOTHING)                                                                                                                       \
    X(nav, BLOCK)                                                                                                                          \
    X(noscript, NOTHING)                                                                                                                   \
    X(object, NOTHING)                                                                                                                     \
    X(ol, BLOCK)                                                                                                                           \
    X(optgroup, NOTHING)                                                                                                                   \
    X(option, NOTHING)                                                                                                                     \
    X(p, BLOCK)                                                                                                                            \
    X(picture, INLINE)                                                                                                                     \
    X(pre, BLOCK)                                                                                                                          \
    X(q, INLINE)                                                                                                                           \
    X(rp, NOTHING)                                                                                                                         \
    X(rt, NOTHING)                                                                                                                         \
    X(script, NOTHING)                                                                                                                     \
    X(section, BLOCK)                                                                                                                      \
    X(select, NOTHING)                                                                                                                     \
    X(small, INLINE)                                                                                                                       \
    X(source, NOTHING)                                                                                                                     \
    X(span, INLINE)                                                                                                                        \
    X(strong, INLINE)                                                                                                                      \
    X(style, NOTHING)                                                                                                                      \
    X(sub, INLINE)                                                                                                                         \
    X(summary, BLOCK)                                                                                                                      \
    X(sup, INLINE)                                                                                                                         \
    X(svg, NOTHING)                                                                                                                        \
    X(table, BLOCK)                                                                                                                        \
    X(tbody, BLOCK)                                                                                                                        \
    X(td, BLOCK)                                                                                                                           \
    X(template, NOTHING)                                                                                                                   \
    X(textarea, NOTHING)                                                                                                                   \
    X(tfoot, BLOCK)                                                                                                                        \
    X(th, BLOCK)                                                                                                                           \
    X(thead, BLOCK)                                                                                                                        \
    X(time, INLINE)                                                                                                                        \
    X(title, NOTHING)                                                                                                                      \
    X(tr, BLOCK)                                                                                                                           \
    X(ul, BLOCK)                                                                                                                           \
    X(video, NOTHING)

enum html_tag {
    TAG_unknown,
#define X(name, flow) TAG_##name,
    HTML_TAGS(X)
#undef X
        TAG_COUNT
};

/* By name in lower case; TAG_unknown for others. */
enum html_tag html_tag_of_name(const char *name);
/* Of an element that html_page_parse made. */
enum html_tag html_tag(const xmlNode *element);
enum html_flow html_flow(enum html_tag tag);

#endif
