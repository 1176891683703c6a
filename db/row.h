#ifndef QUOTED_DB_ROW_H
#define QUOTED_DB_ROW_H

/* Columns that several rows have in common. Inside db/ only. */

#include "db/internal.h"

/* published and published_precision, at two neighbouring columns. */
struct moment row_moment(const struct statement *statement, int column);
void bind_moment(struct statement *statement, int index, struct moment moment);

enum entity_type row_entity_type(const struct statement *statement, int column);
enum quote_kind row_quote_kind(const struct statement *statement, int column);
enum mention_form row_mention_form(const struct statement *statement, int column);

/* All rows' column 0, as spans in the arena. */
enum result row_list(struct statement *statement, struct arena *arena, const struct span **ret, size_t *ret_count) MUST_USE;

/* RESULT_MEMORY where the arena has failed, else RESULT_OK. */
enum result row_memory(struct db *db, const struct arena *arena) MUST_USE;

#endif
