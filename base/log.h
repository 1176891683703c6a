#ifndef QUOTED_BASE_LOG_H
#define QUOTED_BASE_LOG_H

/* Log lines of cli and server (base, extract, ingest and db never log): one line a call to standard error, or to a file that can be
   reopened after rotation. logfmt: time=… level=… message="…" and the caller's pairs. Each line is one write(), so threads do not mix.
   Thread-safe. */

#include "base/buffer.h"

enum log_level { LOG_LEVEL_ERROR, LOG_LEVEL_WARNING, LOG_LEVEL_INFO, LOG_LEVEL_DEBUG };

void log_set_level(enum log_level level);
bool log_level_parse(struct span name, enum log_level *ret); /* error, warning, info, debug */
/* Logs to path from now on (NULL: standard error); false and errno where it cannot be opened. */
bool log_open(const char *path);
bool log_reopen(void);
/* message is plain text; control characters are escaped. */
void log_line(enum log_level level, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* The same with pairs behind the message, as log_pair made them; pairs that do not fit into a line of 4096 bytes are left out. */
void log_line_with(enum log_level level, struct span pairs, const char *format, ...) __attribute__((format(printf, 3, 4)));
/* Appends ' key="value"', the value escaped. */
void log_pair(struct buffer *pairs, const char *key, struct span value);

#endif
