#ifndef QUOTED_EXTRACT_CLEAN_WHY_H
#define QUOTED_EXTRACT_CLEAN_WHY_H

/* Why the cleaner dropped something: the word that the API and `quoted extract` print, and what it means (docs/DATA.md lists both). The
   third column: furniture of this kind is often written in the third person, so a plain sentence is no evidence against it. */

#include <stdbool.h>

#define CLEAN_WHYS(X)                                                                                                                      \
    X(NONE, "", false, "kept")                                                                                                             \
    X(ADVERTISEMENT, "advertisement", true, "marks an advertisement")                                                                      \
    X(APPEAL, "appeal", false, "asks the reader for money or support")                                                                     \
    X(LETTER, "letter", false, "the outlet's letter to its readers")                                                                       \
    X(NEWSLETTER, "newsletter", false, "offers a newsletter")                                                                              \
    X(SUBSCRIPTION, "subscription", false, "sells or guards access")                                                                       \
    X(PAYMENT, "payment", false, "buttons and choices of a payment box")                                                                   \
    X(COOKIES, "cookies", false, "asks for consent to cookies")                                                                            \
    X(PRIVACY, "privacy", false, "terms and privacy notices")                                                                              \
    X(SHARE, "share", false, "share buttons")                                                                                              \
    X(FOLLOW, "follow", false, "asks to follow, join or install")                                                                          \
    X(RELATED, "related", false, "links to other articles")                                                                                \
    X(COMMENTS, "comments", false, "the comment section")                                                                                  \
    X(NAVIGATION, "navigation", false, "menus, breadcrumbs and buttons")                                                                   \
    X(TAGS, "tags", true, "topics the article is filed under")                                                                             \
    X(COPYRIGHT, "copyright", true, "copyright notices")                                                                                   \
    X(REPUBLICATION, "republication", true, "where the article first appeared, and how it may be used")                                    \
    X(CREDITS, "credits", true, "who reported, edited, translated")                                                                        \
    X(BIO, "author bio", true, "tells about the author")                                                                                   \
    X(CONTACT, "contact", false, "asks for tips and letters")                                                                              \
    X(COUNTER, "counter", true, "reading time, views, audio player")                                                                       \
    X(DATE, "date", true, "a date line; taken as the time of publication where none is given")                                             \
    X(BYLINE, "byline", true, "names the authors; taken as authors where none are given")                                                  \
    X(CREDIT, "image credit", true, "names the photographer or agency; the first one is kept as image_credit")                             \
    X(CAPTION, "caption", true, "an image's caption with its credit")                                                                      \
    X(OUTLET, "outlet", true, "a line with the outlet's name")                                                                             \
    X(TITLE, "repeated title", true, "the title once more")                                                                                \
    X(REPEATED, "repeated", true, "a paragraph that stands in the story already")                                                          \
    X(SHORT, "short line", true, "a line outside the story that is no sentence")                                                           \
    X(OUTSIDE, "outside", true, "prose before or after the story")

enum clean_why {
#define CLEAN_WHY_ENUM(id, word, impersonal, meaning) WHY_##id,
    CLEAN_WHYS(CLEAN_WHY_ENUM)
#undef CLEAN_WHY_ENUM
        WHY_COUNT
};

const char *clean_why_word(enum clean_why why); /* static */
bool clean_why_impersonal(enum clean_why why);

#endif
