/* entity.h - what a record is: declared once as a table, everything else derives from it.
 *
 * A declaration says kind, fields and rules. From it come schema, checks, two-clock history, import, export, search,
 * projections, the data dictionary and the property tests. Nothing under entity/ names an entity: if one seems to need
 * an `if`, add an attribute.
 */
#ifndef MERIT_ENTITY_ENTITY_H
#define MERIT_ENTITY_ENTITY_H

#include "access/right.h"
#include "base/date.h"
#include "base/error.h"
#include "base/text.h"
#include "entity/projected.h"
#include "ledger/tables.h"

#include <stdbool.h>
#include <stdint.h>

struct ctx;
struct record;
struct problems;
struct buf;
struct entity;

enum entity_kind {
	THING,  /* identity plus versions: unit, post, person */
	SERIES, /* holds for its owner until the owner's next row of the same lane, or its own last day */
	EVENT,  /* true on its day */
	PLAIN   /* no clocks, not ledgered: session, job */
};

/* name, letters of its stored columns (i, t), words for people */
#define TYPE_LIST(X)                                                                                                   \
	X(CODE, "t", "code")                                                                                           \
	X(TEXT, "t", "text")                                                                                           \
	X(NOTE, "t", "long text")                                                                                      \
	X(INT, "i", "whole number")                                                                                    \
	X(PERCENT, "i", "number from 0 to 100 with at most two decimals")                                              \
	X(MONEY, "ii", "amount of money with currency")                                                                \
	X(DATE, "i", "date (YYYY-MM-DD)")                                                                              \
	X(MONTH, "i", "month (YYYY-MM)")                                                                               \
	X(BOOL, "i", "true or false")                                                                                  \
	X(ENUM, "i", "one of a few words")                                                                             \
	X(REF, "i", "code of another record")                                                                          \
	X(PACK, "i", "code of a table of the rules")                                                                   \
	X(NAMES, "t", "a text a language")                                                                             \
	X(PERSON, "i", "number of a person")

enum type {
#define X(name, columns, words) T_##name,
	TYPE_LIST(X)
#undef X
		T_COUNT
};

enum field_flags {
	REQUIRED = 1 << 0,     /* a record without it is refused */
	UNIQUE = 1 << 1,       /* no two believed records of a THING share it; on the code it is understood */
	LISTED = 1 << 2,       /* a column of lists */
	SEARCHED = 1 << 3,     /* its words find the record */
	KEY = 1 << 4,          /* part of the natural key beside owner (and day, see day_in_key) */
	CONFIDENTIAL = 1 << 5, /* closed group: own salt, hidden without clearance */
	RETIRED = 1 << 6,      /* keeps its column, takes no values */
	LANE = 1 << 7, /* SERIES: rows of different values run beside each other and end nothing of each other */
	SEAT = 1 << 8, /* SERIES, T_REF: at most one owner holds the same one at a time, in the lane with value 0 */
	FIRST_DAY = 1 << 9,   /* T_DATE of a THING: valid_from where it is not stated */
	YEAR_END = 1 << 10,   /* T_INT of an EVENT: its day is 31 December of this year */
	NOT_BEFORE = 1 << 11, /* T_DATE of a THING: nothing about it may be dated before (birth) */
	TREE = 1 << 12,       /* T_REF to the same entity: parents; a cycle is refused */
	EXPECTED = 1 << 13,   /* an import file must have its column, its cells may be empty (REQUIRED implies it) */
	OF_PERSON = 1 << 14,  /* T_INT of an engine that knows no table of people: the number of a record of the
				 registry's person, read and written by people as that person's key */
	ANY_DAY = 1 << 15     /* T_REF: the other may begin only after the day of the fact, or have ended before */
};

struct field {
	const char *name;  /* column, import head, API name */
	const char *label; /* N_(…) */
	enum type type;
	int64_t min, max; /* T_INT bounds when max != 0; max = longest text in characters (0: 200; T_NOTE 4,000) */
	const char *of;   /* T_PACK: the pack table. T_ENUM: the words parted by one space; their order is their number,
			     from 0 */
	const char *const *said;  /* T_ENUM: N_(…) a word of `of`, as pages say it; NULL: the words themselves */
	const struct entity *ref; /* T_REF, T_PERSON: a THING */
	unsigned flags;
	const char *ledger;   /* first name, when the field was renamed; NULL: name */
	const char *empty_as; /* an empty cell or absent column means this text ("claimed"); NULL: nothing stated */
	/* Another field of the same type, by name: this value is not below that one, dates in time and codes in the
	 * order of their table. */
	const char *not_below;
	const char *help;
};

/* A rule: pure over (old, new) and what ctx can read; adds problems and returns nothing. */
struct rule {
	const char *name;
	const char *source; /* regulation or requirement id */
	void (*check)(struct ctx *c, const struct record *old, const struct record *new);
};

/* Keys of a THING that change with time: a SERIES owned by it whose field 0 is the alias text. */
struct alias {
	const struct entity *series; /* owner, number, valid_from */
	const char *column;          /* import head of the key; NULL: the name of that field 0 */
	const char *former;          /* import column: an older number, held from the first day */
	const char *from;            /* import column: day from which the number holds */
	const char *prefix;          /* inner codes are prefix and the record's number: "P" gives P1, P2 … */
};

struct entity {
	const char *name;   /* table name and name on the command line */
	const char *title;  /* N_(…) */
	const char *titles; /* N_(…): of several, over lists; NULL: as of one */
	const char *help;
	enum entity_kind kind;
	const struct field *fields; /* of a THING without alias, field 0 is the T_CODE that stands in the anchor */
	int nfields;
	const struct rule *rules;
	int nrules;
	const struct entity *owner; /* SERIES, EVENT: the THING they belong to */
	const char *owner_column;   /* import head of the owner's key: "staff_number"; NULL: the owner's name */
	const char *day;            /* import head of the day: "taken_on"; NULL: "valid_from" */
	bool timeless;              /* THING: of every day; it has no column of a day (a catalogue) */
	bool day_in_key;            /* EVENT: the day is part of the natural key */
	bool until;                 /* SERIES: may state its last day in a column `until` */
	bool child;                 /* drawn inside the owner's form and saved with it */
	bool latest_first;          /* SERIES, EVENT: an owner has so many rows that they are read by back_open() */
	right_t see, write;         /* who may read it, within the reader's reach; who may enter it by hand. write 0:
				       only the program's own pages and commands write it */
	const struct alias *alias;  /* THING */
};
const char *entity_titles(const struct entity *e);
#define FIELDS(table) .fields = (table), .nfields = (int)COUNT(table)
#define RULES(table) .rules = (table), .nrules = (int)COUNT(table)

/* Everything a program knows: the modules' tables joined, in registration order. */
struct registry {
	const struct entity *const *entities; /* NULL-terminated; referred to before referring */
	const struct projection *const *projections;
	const struct classed_table *const *tables; /* further tables of upper layers (seal, pack_file …) */
	const struct entity *person;               /* whom OF_PERSON means; NULL: such numbers stay numbers */
};
const struct entity *registry_entity(const struct registry *r, const char *name); /* NULL: none */
/* The THING whose records a field's numbers are; NULL: they are no such numbers. */
const struct entity *field_refers(const struct registry *r, const struct field *f);

/* Numbers and texts of pack codes, and whether a code stands in the rules of a day. Registered by policy. */
struct codes {
	void *arg;
	int64_t (*number)(void *arg, const char *of, struct str code);     /* 0: no such code was ever loaded */
	struct str (*text)(void *arg, int64_t number);                     /* empty: none */
	bool (*valid)(void *arg, const char *of, int64_t number, date on); /* in the table on that day */
	int64_t (*synonym)(void *arg, const char *of, struct str written,
			   const char **ret_reason); /* read as; 0: none */
	void (*list)(void *arg, const char *of, date on,
		     struct buf *out); /* "a, b, c", for messages; long lists are cut */
	/* What people read for a code: "Penata, III/c", "Senior high school"; in the language where the rules have it
	 * (columns name_TAG, name, title of its table), else the code itself. The rules of now. */
	struct str (*label)(void *arg, int64_t number, const char *lang_tag);
	/* The codes in force on a day in the order of their table, for choices: at most n numbers. */
	size_t (*choices)(void *arg, const char *of, date on, int64_t *ret, size_t n);
	int64_t (*order)(void *arg, int64_t number); /* in its table; NULL: tables have none */
};

/* Compares a declaration with itself: names unique and lower-case, labels and help present, bounds sane, references to
 * THINGs, flags that fit type and kind. One problem a fault. A test runs it over every entity. */
void entity_selfcheck(const struct registry *r, const struct entity *e, struct problems *p);
void projection_selfcheck(const struct registry *r, const struct projection *of, struct problems *p);

/* The most characters of a text, of T_NAMES in each language; 0: it is no text. */
int64_t field_longest(const struct field *f);

int entity_field(const struct entity *e, const char *name); /* -1: none */
bool entity_has_closed(const struct entity *e);             /* any CONFIDENTIAL field */
int entity_flagged(const struct entity *e, unsigned flags); /* the first field with any of these flags, or -1 */
int entity_lane(const struct entity *e);                    /* field number or -1 */
/* The aliases of another entity. */
bool entity_is_alias(const struct entity *e);
const char *entity_day_column(const struct entity *e);
const char *entity_owner_column(const struct entity *e);
/* The column by which people key a THING: the alias series' field name, or field 0's name. */
const char *entity_key_column(const struct entity *e);

#endif
