/* lang_mo.h - translated texts as msgfmt writes them (.mo), embedded in the program by locale/embed. */
#ifndef MERIT_BASE_LANG_MO_H
#define MERIT_BASE_LANG_MO_H

#include <stddef.h>

struct lang_mo {
	const unsigned char *bytes; /* little endian, without a hash table */
	size_t size;
};

/* One for each file in locale/. */
extern const struct lang_mo lang_mo_id, lang_mo_km, lang_mo_th;

/* The translation; NULL: none. A text with a plural is found by its singular. */
const char *lang_mo_find(const struct lang_mo *m, const char *text);

#endif
