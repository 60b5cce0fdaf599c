/* access_log.h - one line a request, without anything personal: time, method, row, status, bytes, milliseconds. */
#ifndef MERIT_WEB_ACCESS_LOG_H
#define MERIT_WEB_ACCESS_LOG_H

#include "base/error.h"

#include <stddef.h>
#include <stdint.h>

struct access_log;
MUST_CHECK enum err access_log_open(const char *file, struct access_log **ret); /* NULL: stderr */
void access_log_close(struct access_log *l);
struct access_line {
	const char *method, *row; /* the row's path as declared, never what stood in its braces */
	int status;
	size_t bytes;
	int64_t us;
};
void access_log_line(struct access_log *l, const struct access_line *x);
void access_log_fault(struct access_log *l, const char *number, const char *row, const char *place, const char *text);
void access_log_flush(struct access_log *l); /* each second, by the clock */

#endif
