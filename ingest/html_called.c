#include "ingest/html_called.h"

#include <ctype.h>
#include <string.h>

enum {
    NAME_PARTS_MAX = 48,  /* of class and id: pages made by frameworks have dozens */
    NAME_PART_BYTES = 24, /* longer ones are generated */
};

struct name {
    char word[NAME_PART_BYTES];
    unsigned called;
};

/* Sorted: they are looked up by halving. */
static const struct name NAMES[] = {
    {"about", CALLED_AUTHOR_BOX},
    {"ad", CALLED_ASIDE},
    {"ads", CALLED_ASIDE},
    {"advert", CALLED_ASIDE},
    {"also", CALLED_ASIDE},
    {"archive", CALLED_ASIDE},
    {"archives", CALLED_ASIDE},
    {"article", CALLED_STORY},
    {"articledate", CALLED_DATE},
    {"artikel", CALLED_STORY},
    {"aside", CALLED_ASIDE},
    {"asset", CALLED_STORY},
    {"auteur", CALLED_AUTHOR},
    {"author", CALLED_AUTHOR},
    {"authorbox", CALLED_AUTHOR_BOX},
    {"authors", CALLED_AUTHOR},
    {"autor", CALLED_AUTHOR},
    {"autore", CALLED_AUTHOR},
    {"autoren", CALLED_AUTHOR},
    {"beitrag", CALLED_STORY},
    {"bildnachweis", CALLED_CREDIT},
    {"bio", CALLED_AUTHOR_BOX},
    {"biography", CALLED_AUTHOR_BOX},
    {"blog", CALLED_STORY},
    {"breadcrumb", CALLED_NAVIGATION},
    {"breadcrumbs", CALLED_NAVIGATION},
    {"byline", CALLED_AUTHOR | CALLED_DATE},
    {"bylines", CALLED_AUTHOR},
    {"calendar", CALLED_ASIDE},
    {"carousel", CALLED_ASIDE},
    {"colophon", CALLED_FOOTER},
    {"comentarios", CALLED_COMMENTS},
    {"comment", CALLED_COMMENTS},
    {"commentaires", CALLED_COMMENTS},
    {"commenti", CALLED_COMMENTS},
    {"commentlist", CALLED_COMMENTS},
    {"comments", CALLED_COMMENTS},
    {"consent", CALLED_NAVIGATION},
    {"content", CALLED_STORY},
    {"cookie", CALLED_NAVIGATION},
    {"cookies", CALLED_NAVIGATION},
    {"copyright", CALLED_CREDIT | CALLED_FOOTER},
    {"created", CALLED_DATE},
    {"credit", CALLED_CREDIT},
    {"credits", CALLED_CREDIT},
    {"data", CALLED_DATE},
    {"date", CALLED_DATE},
    {"dateline", CALLED_DATE},
    {"dates", CALLED_DATE},
    {"datestamp", CALLED_DATE},
    {"datetime", CALLED_DATE},
    {"datum", CALLED_DATE},
    {"day", CALLED_DATE},
    {"discussion", CALLED_COMMENTS},
    {"disqus", CALLED_COMMENTS},
    {"entry", CALLED_STORY},
    {"entrydate", CALLED_DATE},
    {"event", CALLED_ASIDE},
    {"events", CALLED_ASIDE},
    {"fecha", CALLED_DATE},
    {"footer", CALLED_FOOTER},
    {"headline", CALLED_DATE},
    {"imagecredit", CALLED_CREDIT},
    {"impressum", CALLED_FOOTER},
    {"imprint", CALLED_FOOTER},
    {"info", CALLED_DATE},
    {"kicker", CALLED_DATE},
    {"kommentar", CALLED_COMMENTS},
    {"kommentare", CALLED_COMMENTS},
    {"kommentarer", CALLED_COMMENTS},
    {"latest", CALLED_ASIDE},
    {"masthead", CALLED_NAVIGATION},
    {"menu", CALLED_NAVIGATION},
    {"meta", CALLED_DATE | CALLED_STORY},
    {"metadata", CALLED_DATE},
    {"modified", CALLED_DATE},
    {"more", CALLED_ASIDE},
    {"mostread", CALLED_ASIDE},
    {"nav", CALLED_NAVIGATION},
    {"navbar", CALLED_NAVIGATION},
    {"navigation", CALLED_NAVIGATION},
    {"news", CALLED_STORY},
    {"newsletter", CALLED_ASIDE},
    {"outbrain", CALLED_ASIDE},
    {"photocredit", CALLED_CREDIT},
    {"photographer", CALLED_CREDIT},
    {"pingback", CALLED_COMMENTS},
    {"popular", CALLED_ASIDE},
    {"post", CALLED_STORY},
    {"postdate", CALLED_DATE},
    {"posted", CALLED_DATE},
    {"postinfo", CALLED_DATE},
    {"postmeta", CALLED_DATE},
    {"profile", CALLED_AUTHOR_BOX},
    {"promo", CALLED_ASIDE},
    {"pubdate", CALLED_DATE},
    {"publication", CALLED_DATE},
    {"publish", CALLED_DATE},
    {"publishdate", CALLED_DATE},
    {"published", CALLED_DATE},
    {"rail", CALLED_ASIDE},
    {"reacties", CALLED_COMMENTS},
    {"readmore", CALLED_ASIDE},
    {"recent", CALLED_ASIDE},
    {"recommendations", CALLED_ASIDE},
    {"recommended", CALLED_ASIDE},
    {"related", CALLED_ASIDE},
    {"replies", CALLED_COMMENTS},
    {"respond", CALLED_COMMENTS},
    {"sidebar", CALLED_ASIDE},
    {"slider", CALLED_ASIDE},
    {"sponsored", CALLED_ASIDE},
    {"story", CALLED_STORY},
    {"submitted", CALLED_DATE},
    {"taboola", CALLED_ASIDE},
    {"tarih", CALLED_DATE},
    {"teaser", CALLED_ASIDE},
    {"teasers", CALLED_ASIDE},
    {"ticker", CALLED_NAVIGATION},
    {"time", CALLED_DATE},
    {"times", CALLED_DATE},
    {"timestamp", CALLED_DATE},
    {"topbar", CALLED_NAVIGATION},
    {"trackback", CALLED_COMMENTS},
    {"trending", CALLED_ASIDE},
    {"updated", CALLED_DATE},
    {"upnext", CALLED_ASIDE},
    {"widget", CALLED_ASIDE},
    {"widgets", CALLED_ASIDE},
    {"writer", CALLED_AUTHOR},
};

/* Whether the word stands in the list, which '|' parts and frames. */
static bool is_listed(const char *list, const char *word, size_t length) {
    for (const char *at = strchr(list, '|'); at && at[1]; at = strchr(at + 1, '|'))
        if (strncmp(at + 1, word, length) == 0 && at[length + 1] == '|')
            return true;
    return false;
}

/* Cuts the next word of a class or id off: "entry-date", "entryDate", "entry_date" are two. */
static size_t next_part(struct span name, size_t *at, char out[NAME_PART_BYTES]) {
    size_t length = 0;
    while (*at < name.length && !isalnum((unsigned char)name.data[*at]))
        (*at)++;
    size_t begin = *at;
    for (; *at < name.length && isalnum((unsigned char)name.data[*at]); (*at)++) {
        bool camel = *at > begin && isupper((unsigned char)name.data[*at]) && islower((unsigned char)name.data[*at - 1]);
        if (camel)
            break;
        if (length < NAME_PART_BYTES)
            out[length] = (char)tolower((unsigned char)name.data[*at]);
        length++;
    }
    return length;
}

bool html_name_holds(struct span name, const char *words) {
    char part[NAME_PART_BYTES];
    size_t at = 0;
    for (int parts = 0; at < name.length && parts < NAME_PARTS_MAX; parts++) {
        size_t length = next_part(name, &at, part);
        if (length > 0 && length <= NAME_PART_BYTES && is_listed(words, part, length))
            return true;
    }
    return false;
}

bool html_is_called(const xmlNode *node, const char *words) {
    return html_name_holds(html_attribute(node, "class"), words) || html_name_holds(html_attribute(node, "id"), words);
}

static unsigned look_up(const char *word, size_t length) {
    size_t low = 0, high = sizeof NAMES / sizeof *NAMES;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = strncmp(NAMES[middle].word, word, length);
        if (order == 0 && NAMES[middle].word[length] == '\0')
            return NAMES[middle].called;
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return 0;
}

static unsigned called_by(struct span name) {
    char part[NAME_PART_BYTES];
    unsigned called = 0;
    size_t at = 0;
    for (int parts = 0; at < name.length && parts < NAME_PARTS_MAX; parts++) {
        size_t length = next_part(name, &at, part);
        if (length > 0 && length < NAME_PART_BYTES)
            called |= look_up(part, length);
    }
    return called;
}

unsigned html_called(const xmlNode *node) {
    unsigned called = 0;
    for (const xmlAttr *attribute = node->properties; attribute; attribute = attribute->next) {
        const char *name = (const char *)attribute->name;
        if (attribute->children && (strcmp(name, "class") == 0 || strcmp(name, "id") == 0))
            called |= called_by(span_of((const char *)attribute->children->content));
    }
    return called;
}
