/* lang_mo.c - finding a text in a table that msgfmt sorted. The table is a part of the program, so it is believed. */
#include "base/lang_mo.h"

#include <stdint.h>

enum { COUNT_AT = 8, TEXTS_AT = 12, TRANSLATIONS_AT = 16, ROW = 8, OFFSET = 4 };

static uint32_t word(const struct lang_mo *m, size_t at)
{
	const unsigned char *p = m->bytes + at;
	return (uint32_t)p[0] | (uint32_t)p[1] << 8 | (uint32_t)p[2] << 16 | (uint32_t)p[3] << 24;
}

static const char *row(const struct lang_mo *m, size_t table, size_t i)
{
	return (const char *)m->bytes + word(m, word(m, table) + i * ROW + OFFSET);
}

const char *lang_mo_find(const struct lang_mo *m, const char *text)
{
	size_t low = 0, high = word(m, COUNT_AT);
	while (low < high) {
		size_t mid = low + (high - low) / 2;
		int order = strcmp(text, row(m, TEXTS_AT, mid));
		if (order == 0)
			return row(m, TRANSLATIONS_AT, mid);
		if (order < 0)
			high = mid;
		else
			low = mid + 1;
	}
	return NULL;
}
