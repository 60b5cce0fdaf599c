/* log.h - a progress bar on stderr, for the one command that runs. */
#ifndef MERIT_BASE_LOG_H
#define MERIT_BASE_LOG_H

/* Drawn only when stderr is a terminal and the work takes more than a second. */
void log_progress(const char *what, unsigned long long done, unsigned long long total);
void log_progress_end(void);

#endif
