/* io.h - spreadsheets in and out, and what an entity looks like. */
#ifndef MERIT_ENTITY_IO_H
#define MERIT_ENTITY_IO_H

#include "entity/read.h"

struct import_options {
	bool dry_run, ignore_extra, correct;
	const char *map_path; /* CSV file_column,column; NULL: none */
	const char *reason;   /* with correct */
	bool page;            /* problems say what to do in the words of the page, not in those of the command */
};
struct import_counts {
	size_t rows, added, changed, corrected, unchanged;
	int64_t position; /* of the entry; 0 when nothing was written */
	size_t assumed;   /* cells read by a synonym that is marked assumed */
};
/* All or nothing, one entry. E_INVALID: c->problems, sorted by row. Begins and commits its own transaction. Progress is
 * drawn on stderr. Columns of every entity: the owner's or own key, the day, `until` where stated, the fields. */
MUST_CHECK enum err import_file(struct ctx *c, const struct entity *e, const char *path, const struct import_options *o,
				struct import_counts *ret);
/* The same from rows in memory (demo, tests). name stands in problems. */
struct csv;
MUST_CHECK enum err import_csv(struct ctx *c, const struct entity *e, struct csv *file, const struct import_options *o,
			       struct import_counts *ret);

enum export_format { EXPORT_CSV, EXPORT_NDJSON };
struct export_options {
	enum export_format format;
	struct moment at; /* day DATE_NONE: today for a THING, none for others */
	bool all;
};
/* The import columns, in key order, in pieces: write(arg, bytes) is called about every 64 KB. */
MUST_CHECK enum err export_entity(struct ctx *c, const struct entity *e, const struct export_options *o,
				  enum err (*write)(void *arg, struct str bytes), void *arg);
/* The heads that import reads and export prints, in order. */
void io_columns(const struct entity *e, struct arena *a, const char ***ret, size_t *ret_n);

/* The data dictionary of one entity, for people or as JSON. */
void describe_entity(const struct entity *e, bool json, struct buf *out);
/* One line an entity and field of the names that stand in the ledger: what tests/ledger-names.txt freezes. */
void describe_ledger_names(const struct registry *r, struct buf *out);

#endif
