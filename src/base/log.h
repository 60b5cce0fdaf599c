/* log.h - one line to stderr, level before it; no personal data ever. Only commands and servers call it. */
#ifndef MERIT_BASE_LOG_H
#define MERIT_BASE_LOG_H

#include "base/attr.h"

void log_info(const char *fmt, ...) PRINTF(1, 2);
void log_error(const char *fmt, ...) PRINTF(1, 2);
/* A progress bar on stderr, drawn only when it is a terminal and the work takes more than a second. */
void log_progress(const char *what, unsigned long long done, unsigned long long total);
void log_progress_end(void);

#endif
