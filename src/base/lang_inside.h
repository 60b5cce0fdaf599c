/* lang_inside.h - what a language is, for the files of lang.h alone. */
#ifndef MERIT_BASE_LANG_INSIDE_H
#define MERIT_BASE_LANG_INSIDE_H

#include "base/lang.h"
#include "base/lang_mo.h"

struct lang {
	const char *tag, *name;
	bool complete;
	const struct lang_mo *texts; /* NULL: English, as it stands in the C */
	char group, point;           /* 61,242 and 79.5 */
	int years_more;              /* a year of its calendar is ours and so many more */
};

#endif
