/* memory_file.h - bytes at hand as a file, for what reads files. */
#ifndef MERIT_TESTS_MEMORY_FILE_H
#define MERIT_TESTS_MEMORY_FILE_H

#include "base/text.h"

#include <stdio.h>

/* The caller closes it; p outlives it. */
static inline FILE *memory_file(struct str text)
{
	union {
		const char *given;
		char *open;
	} u = { text.p ? text.p : "" };
	return fmemopen(u.open, text.n, "rb");
}

static inline void memory_file_close(FILE **f)
{
	if (*f)
		fclose(*f);
}

#endif
