/* error.c - the list of answers, and the last fault of each thread. */
#include "base/error.h"

#include <stdarg.h>

static const struct {
	int http, exit;
	const char *type, *words;
} kinds[] = {
#define X(name, http, exit, type, words) { http, exit, type, words },
	ERR_LIST(X)
#undef X
};

static _Thread_local char place[160], words[1024];

int err_http(enum err e)
{
	return kinds[e].http;
}

int err_exit(enum err e)
{
	return kinds[e].exit;
}

const char *err_type(enum err e)
{
	return kinds[e].type;
}

const char *err_words(enum err e)
{
	return kinds[e].words;
}

/* "store/sqlite.c" of whatever the compiler was given: paths of a builder's machine do not belong in logs. */
static const char *short_name(const char *file)
{
	const char *name = file;
	for (const char *at = strstr(file, "src/"); at; at = strstr(at + 1, "src/"))
		name = at + 4;
	return name;
}

void fault_raise(const char *file, int line, const char *fmt, ...)
{
	/* Written aside first: the words may quote the fault before. */
	char fresh[sizeof words];
	va_list ap;
	va_start(ap, fmt);
	vsnprintf(fresh, sizeof fresh, fmt, ap);
	va_end(ap);
	memcpy(words, fresh, sizeof words);
	snprintf(place, sizeof place, "%s:%d", short_name(file), line);
}

const char *fault_text(void)
{
	return words;
}

const char *fault_place(void)
{
	return place;
}

void fault_set(const char *new_place, const char *text)
{
	snprintf(place, sizeof place, "%s", new_place);
	snprintf(words, sizeof words, "%s", text);
}

void bug(const char *fmt, ...)
{
	va_list ap;
	va_start(ap, fmt);
	fputs("merit: a mistake in the program: ", stderr);
	vfprintf(stderr, fmt, ap);
	fputs("; please report it with what you did\n", stderr);
	va_end(ap);
	abort();
}
