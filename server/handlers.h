#ifndef QUOTED_SERVER_HANDLERS_H
#define QUOTED_SERVER_HANDLERS_H

/* The handlers that the route table names, one file a resource. */

#include "server/route.h"

handler handle_articles, handle_article, handle_article_quotes, handle_article_entities, handle_article_original;
handler handle_entities, handle_entity, handle_entity_articles, handle_entity_quotes;
handler handle_quotes, handle_quote;
handler handle_sources, handle_source;
handler handle_stats;
handler handle_live, handle_ready;
handler handle_index, handle_problems, handle_problem;

#endif
