#ifndef QUOTED_SERVER_ARTICLE_H
#define QUOTED_SERVER_ARTICLE_H

/* What other resources use of articles' lists. One request's; everything lives in its arena. */

#include "server/list.h"
#include "server/render.h"

/* The query that the parameters ask for; what means nothing or too much is a complaint in the request. */
enum result article_filters(struct request *request, struct db_article_query *ret) MUST_USE;
/* Answers with a page of the query. */
enum result reply_articles(struct request *request, struct reply *reply, const struct db_article_query *query) MUST_USE;

#endif
