/* tables.c - the tables of the ledger. */
#include "ledger/tables.h"

#include "base/attr.h"

/* clang-format off */
static const struct column entry_columns[] = {
	{ "seq",       'i', true,  NULL },
	{ "at",        'i', true,  NULL },
	{ "actor",     'i', true,  NULL },
	{ "on_behalf", 'i', false, NULL },
	{ "action",    't', true,  NULL },
	{ "subject",   'i', false, NULL },
	{ "n",         'i', true,  NULL },
	{ "root",      'b', true,  NULL },
	{ "leaves",    'b', false, NULL },
};
static const struct column row_tile_columns[] = {
	{ "entry",  'i', true, NULL },
	{ "level",  'i', true, NULL },
	{ "i",      'i', true, NULL },
	{ "hashes", 'b', true, NULL },
};
static const struct column log_tile_columns[] = {
	{ "level",  'i', true, NULL },
	{ "i",      'i', true, NULL },
	{ "hashes", 'b', true, NULL },
};
static const struct column head_columns[] = {
	{ "one",      'i', true, NULL },
	{ "store_id", 'b', true, NULL },
	{ "origin",   't', true, NULL },
	{ "zone",     't', true, NULL },
	{ "demo",     'i', true, NULL },
	{ "size",     'i', true, NULL },
	{ "frontier", 'b', true, NULL },
	{ "note",     't', true, NULL },
};
static const struct classed_table entry_table = {
	{ .name = "entry", .key = "seq", .columns = entry_columns, .ncolumns = COUNT(entry_columns) }, LEDGERED };
static const struct classed_table row_tile_table = {
	{ .name = "row_tile", .more = "PRIMARY KEY (entry, level, i)", .columns = row_tile_columns,
	  .ncolumns = COUNT(row_tile_columns) }, LEDGERED };
static const struct classed_table log_tile_table = {
	{ .name = "log_tile", .more = "PRIMARY KEY (level, i)", .columns = log_tile_columns,
	  .ncolumns = COUNT(log_tile_columns) }, DERIVED };
static const struct classed_table head_table = {
	{ .name = "head", .key = "one", .more = "CHECK (one = 1)", .columns = head_columns,
	  .ncolumns = COUNT(head_columns) }, DERIVED };
/* clang-format on */

const struct classed_table *const ledger_tables[] = { &entry_table, &row_tile_table, &log_tile_table, &head_table,
						      NULL };
