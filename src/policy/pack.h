/* pack.h - a folder of rules: reading, checking, keeping.
 *
 * YAML subset: block style, mappings, lists of scalars or mappings, comments; scalars stay text until their declared
 * type parses them; no anchors, tags, flow style, or duplicate or unknown keys: each an error with file:line:column.
 * CSV tables are typed by heads that modules declare; `source`, `assumption`, `reason`, `from`, `to` and `may_override`
 * may stand in any. A value's own mark in YAML is a mapping of value, from, to, source, assumption, reason,
 * may_override.
 */
#ifndef MERIT_POLICY_PACK_H
#define MERIT_POLICY_PACK_H

#include "base/problem.h"
#include "base/sha256.h"
#include "entity/ctx.h"

enum pack_type {
	P_TEXT,
	P_CODE,    /* `of` names the table whose key it is */
	P_CODES,   /* YAML: a list; CSV: parted by ; */
	P_INT,     /* 0 to 1,000,000 */
	P_PERCENT, /* 0 to 100, hundredths */
	P_MONEY,   /* whole smallest units */
	P_DATE,
	P_MONTH_DAY, /* "04-01", as month * 100 + day */
	P_BOOL,
	P_TABLE /* the name of a table of the pack */
};
struct pack_column {
	const char *name;
	enum pack_type type;
	const char *of; /* P_CODE, P_CODES */
	bool required;
	bool key; /* the row's key, together with the other key columns; an overlay replaces by key */
};
struct pack_table {
	const char *name; /* "ranks": file ranks.csv; its first key column is a code namespace when `codes` */
	const char *title;
	const struct pack_column *columns;
	int ncolumns;
	bool codes;    /* the first column issues pack codes that fields refer to with `.of` = name */
	bool optional; /* a pack may lack the file */
};
struct pack_parameter {
	const char *name; /* "retirement.age.general": nested mappings in parameters.yaml */
	enum pack_type type;
	const char *of;
	const char *label;
};
/* What the modules of this program read; set once at start, before the first pack is read. */
struct pack_reader {
	const struct pack_table *const *tables;         /* NULL-terminated */
	const struct pack_parameter *const *parameters; /* arrays, each ended by a row without name; NULL-terminated */
	const struct judge *const *judges;              /* NULL-terminated */
};

struct pack; /* one folder, parsed and checked */
/* E_INVALID with problems: a missing file or column, an unknown one, a value that does not parse, a code that no table
 * brings, an unknown judge or parameter of it, a policy without a criterion, dates that overlap for one key, … */
MUST_CHECK enum err pack_read(const char *folder, const struct pack_reader *r, struct problems *p, struct pack **ret);
void pack_free(struct pack *p);
void pack_free_p(struct pack **p);
const char *pack_name(const struct pack *p);
const char *pack_version(const struct pack *p);
const char *pack_zone(const struct pack *p); /* the first; NULL: an overlay states none */
struct hash pack_hash(const struct pack *p); /* over every file's path and bytes */

/* Do packs, in the order in which they are loaded, fit over each other? E_INVALID with problems: an overlay that
 * replaces what is not marked may_override, a code that none of them brings, a value that a judge cannot use. */
MUST_CHECK enum err pack_fit(const struct pack *const *packs, size_t n, struct problems *p);

/* Writes its files, uses and new codes in the open change, closing the uses of an older version of the same pack.
 * Loading equal bytes again writes nothing. */
MUST_CHECK enum err pack_load(struct ctx *c, const struct pack *p, bool *ret_new);
/* Imports the pack's seeds (entity by file name: seeds/exam.csv …), each its own entry; once a store. */
MUST_CHECK enum err pack_seed(struct ctx *c, const char *folder, const struct pack *p);

/* What differs, line by line for people: tables by key, parameters, criteria; as text or JSON. */
typedef void pack_difference(void *arg, const char *where, const char *before, const char *after); /* NULL: absent */
void pack_differences(const struct pack *before, const struct pack *after, pack_difference *tell, void *arg);
void pack_diff(const struct pack *before, const struct pack *after, bool json, struct buf *out);

/* pack_file [content-addressed, DERIVED by hash], pack_use [LEDGERED], pack_code [DERIVED]; NULL-terminated. */
extern const struct classed_table *const pack_tables[];
/* verify's share: bytes hash to their key, uses are leaves, codes derive from the packs loaded in their order. */
struct audit;
MUST_CHECK enum err pack_audit(struct ctx *c, struct audit *a);

#endif
