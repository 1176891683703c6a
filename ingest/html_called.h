#ifndef QUOTED_INGEST_HTML_CALLED_H
#define QUOTED_INGEST_HTML_CALLED_H

/* What an element is called: the words of its class and id, in many sites' habits. For ingest/html_facts.c and the readers of its marks.
   Thread-safe. */

#include "ingest/html_page.h"

enum html_called {
    CALLED_ASIDE = 1,
    CALLED_COMMENTS = 2,
    CALLED_FOOTER = 4,
    CALLED_STORY = 8,
    CALLED_NAVIGATION = 16,
    CALLED_AUTHOR = 32,
    CALLED_AUTHOR_BOX = 64,
    CALLED_DATE = 128,
    CALLED_CREDIT = 256,
};

/* The names of class and id, as bits of enum html_called. */
unsigned html_called(const xmlNode *node);
/* True where one of the words stands in class or id of the element, as a word of its own: "post-date", "entryDate" and "date" hold "date".
   Words are in lower case, separated by '|' and framed by it. */
bool html_is_called(const xmlNode *node, const char *words);
/* The same for a name alone, such as the value of rel or itemprop. */
bool html_name_holds(struct span name, const char *words);

#endif
