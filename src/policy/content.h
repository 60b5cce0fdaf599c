/* content.h - what a pack holds once it is parsed: for policy itself, and for the pages that show the rules. All of it
 * lives in the pack's arena.
 *
 * Every value keeps its text beside what its declared type made of it: the text is what is hashed, so that the hash
 * does not depend on which program reads the pack.
 */
#ifndef MERIT_POLICY_CONTENT_H
#define MERIT_POLICY_CONTENT_H

#include "base/date.h"
#include "base/map.h"
#include "policy/judge.h"
#include "policy/place.h"
#include "policy/yaml.h"

/* What may stand beside any value. */
struct mark {
	date from, to; /* DATE_MIN and DATE_MAX where not stated; to is the last day */
	bool assumption, may_override;
	struct str source, reason;
};
#define MARK_NONE                                                                                                      \
	{                                                                                                              \
		.from = DATE_MIN, .to = DATE_MAX                                                                       \
	}

struct pack_file {
	const char *path;  /* inside the pack: "policies/a.yaml" */
	const char *shown; /* for messages: with the folder before it */
	struct str bytes;
	struct hash hash;
};

/* What people read for a row: columns name_TAG, and `label` for every language. They are no rules, so that a better
 * translation changes no rule's hash. */
struct row_name {
	struct str tag, text; /* tag empty: label */
};
struct sheet_row {
	const struct param *cells; /* one a declared column */
	const struct row_name *names;
	size_t nnames;
	struct mark mark;
	size_t line;
	struct str key; /* the texts of its key columns, joined */
};
struct sheet {
	const struct pack_table *of;
	const char *file;
	struct sheet_row *rows;
	size_t n;
};

struct setting { /* one dated value of one parameter */
	const struct pack_parameter *of;
	struct param value;
	struct mark mark;
	struct place where;
};

struct argument { /* of a criterion's judge */
	struct str name;
	struct param value; /* t or list as written */
	struct mark mark;
	struct place where;
};
struct demand { /* a criterion as the pack writes it */
	struct str name, judge_name;
	const struct judge *judge; /* NULL: unknown to this program */
	bool confidential, needs_proved;
	struct mark mark;
	struct argument *arguments;
	size_t n;
	struct place where;
};
struct course_of_rules { /* a policy: criteria for a kind of round */
	struct str name, kind, periods;
	bool by_default;
	struct mark mark;
	struct demand *demands;
	size_t ndemands;
	struct not_asked *not_asked;
	size_t nnot_asked;
	struct str *other_kind;
	size_t nother_kind;
	struct place where;
};

struct pack {
	struct arena arena;
	const struct pack_reader *reader;
	const char *folder, *name, *version, *title, *zone;
	struct str applies_to;   /* "service", or the code of a unit */
	struct pack_file *files; /* in byte order of their paths */
	size_t nfiles;
	struct hash hash;
	const char **parameter_files, **seeds; /* paths; NULL-terminated */
	struct sheet *sheets;
	size_t nsheets;
	struct setting *settings;
	size_t nsettings;
	struct course_of_rules *policies;
	size_t npolicies;
};

/* ---- parsing (each adds problems, and leaves out what it could not read) ---- */
struct parse {
	struct pack *pack;
	const struct pack_reader *reader;
	/* Read from a store, perhaps as an older program loaded it: a judge that this program does not know is no
	 * problem, nor is a table or column that it has asked for since. */
	bool lenient;
	struct problems *problems;
	struct buf settings, policies; /* grow while files are read */
};
/* Everything of a pack from its files, which stay the caller's until then and are copied. */
MUST_CHECK enum err pack_parse(const char *folder, const struct pack_file *files, size_t n, const struct pack_reader *r,
			       bool lenient, struct problems *p, struct pack **ret);
void pack_say_headless(struct problems *p, const char *folder); /* there is no pack.yaml */
void table_read(struct parse *p, const struct pack_file *f, const struct pack_table *t, struct sheet *ret);
void parameters_read(struct parse *p, const struct pack_file *f);
void criteria_read(struct parse *p, const struct pack_file *f);

/* marks.c: the words that may stand beside any value. */
bool mark_is(struct str name);
void mark_set(struct parse *p, struct mark *m, struct str name, struct str text, struct place where);
bool mark_meets(const struct mark *a, const struct mark *b); /* some day lies in both */
bool mark_holds(const struct mark *m, date day);

/* The tables synonyms.csv and words.csv are read by policy itself. */
extern const struct pack_table pack_synonyms, pack_words;
const struct pack_table *pack_declared(const struct pack_reader *r, struct str name); /* NULL: none */
const struct sheet *pack_sheet(const struct pack *p, struct str table);               /* NULL: none */
bool pack_is_whole(const struct pack *p);                                             /* applies to the service */

/* Codes that no table of these packs brings, tables that none has; only places in `of` are said. */
void reference_check(const struct pack *const *packs, size_t n, const struct pack *of, struct problems *p);

#endif
