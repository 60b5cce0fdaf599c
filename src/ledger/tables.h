/* tables.h - every table has a class; a table of no class fails the build's test and is found by verify. */
#ifndef MERIT_LEDGER_TABLES_H
#define MERIT_LEDGER_TABLES_H

#include "store/store.h"

enum table_class {
	LEDGERED, /* its rows are leaves of entries */
	DERIVED,  /* verify recomputes it */
	VOLATILE  /* sessions, jobs: verify lists it */
};
struct classed_table {
	struct table table;
	enum table_class class;
};
/* The ledger's own tables, NULL-terminated. */
extern const struct classed_table *const ledger_tables[];

#endif
