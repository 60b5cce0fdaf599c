/* selfcheck.c - a declaration compared with itself, so that a wrong table is found by a test and not by an office. */
#include "base/problem.h"
#include "entity/list.h"
#include "entity/preorder.h"
#include "entity/projection_inner.h"
#include "entity/schema.h"

static void fault_of(struct problems *p, const struct entity *e, const struct field *f, const char *what,
		     const char *todo)
{
	problem_add(p, (struct problem){ .file = e->name,
					 .column = f && f->name && *f->name ? f->name : NULL,
					 .what = what,
					 .todo = todo });
}

static bool filled(const char *text)
{
	return text && *text;
}

static bool is_name(const char *s)
{
	if (!filled(s) || s[0] < 'a' || s[0] > 'z')
		return false;
	for (; *s; s++)
		if (!(*s == '_' || (*s >= 'a' && *s <= 'z') || (*s >= '0' && *s <= '9')))
			return false;
	return true;
}

/* What one of the databases keeps for itself: a column of that name could not be made. */
static bool is_sql(const char *name)
{
	static const char words[] =
		" add all alter analyse analyze and any array as asc asymmetric both case cast check collate column "
		"commit constraint create default deferrable delete desc distinct do drop else end except exists false "
		"fetch for foreign freeze from full grant group having if in index inner insert intersect into is "
		"isnull "
		"join lateral leading left like limit natural not nothing notnull null offset on only or order outer "
		"overlaps placing primary references returning right select set similar some symmetric table then to "
		"trailing transaction true union unique update user using values variadic verbose when where window "
		"with ";
	size_t n = strlen(name);
	for (const char *p = strstr(words, name); p; p = strstr(p + 1, name))
		if (p[-1] == ' ' && p[n] == ' ')
			return true;
	return false;
}

static const char *first_name(const struct field *f)
{
	return f->ledger ? f->ledger : f->name;
}

static void check_name(const struct entity *e, int n, struct problems *p)
{
	const struct field *f = &e->fields[n];

	if (!is_name(f->name)) {
		fault_of(p, e, f, "a field's name is not of lower-case letters, digits and _",
			 "give it a name that can be a column");
		return;
	}
	if (is_sql(f->name))
		fault_of(p, e, f, "this name is a word of SQL", "choose another name for the field");
	bool is_code = n == 0 && e->kind == THING && !e->alias && text_is(f->name, "code");
	if (schema_reserved(f->name) && !is_code)
		fault_of(p, e, f, "this name belongs to every stored row", "choose another name for the field");
	for (int i = 0; i < n; i++) {
		if (text_is(e->fields[i].name, f->name))
			fault_of(p, e, f, "two fields have this name", "rename one of them");
		else if (e->fields[i].name && text_is(first_name(&e->fields[i]), first_name(f)))
			fault_of(p, e, f, "two fields have one name in the ledger",
				 "give the newer field a name of its own");
	}
	if (f->ledger && !is_name(f->ledger))
		fault_of(p, e, f, "the ledger name is not of lower-case letters, digits and _",
			 "write its first name there");
	if (text_is(f->name, entity_day_column(e)) || (e->owner && text_is(f->name, entity_owner_column(e))))
		fault_of(p, e, f, "the day or the owner already has this head in files", "rename the field");
}

static bool has_twice(const char *words)
{
	for (const char *a = words; *a;) {
		size_t n = strcspn(a, " ");
		if (n == 0)
			return true; /* two spaces, or one at an end */
		const char *b = a + n;
		while (*b == ' ') {
			b++;
			size_t m = strcspn(b, " ");
			if (m == 0 || (m == n && memcmp(a, b, n) == 0))
				return true;
			b += m;
		}
		a += n + (a[n] == ' ');
	}
	return false;
}

static void check_type(const struct entity *e, const struct field *f, struct problems *p)
{
	if ((unsigned)f->type >= T_COUNT)
		fault_of(p, e, f, "the type does not exist", "take one of TYPE_LIST");
	if ((f->type == T_PACK || f->type == T_ENUM) && !filled(f->of))
		fault_of(p, e, f, "of is empty", "name the table of the rules, or write the words");
	if (f->type == T_ENUM && filled(f->of) && has_twice(f->of))
		fault_of(p, e, f, "the words of an enum are not parted by one space, or one stands twice",
			 "write each word once");
	if (f->type != T_PACK && f->type != T_ENUM && f->type != T_MONEY && f->of)
		fault_of(p, e, f, "of is set on a type that has no table", "remove it");
	if ((f->type == T_REF || f->type == T_PERSON) && (!f->ref || f->ref->kind != THING))
		fault_of(p, e, f, "the field refers to nothing that can be referred to", "set ref to a THING");
	if (f->type != T_REF && f->type != T_PERSON && f->ref)
		fault_of(p, e, f, "ref is set on a type that refers to nothing", "remove it");
}

static void check_bounds(const struct entity *e, const struct field *f, struct problems *p)
{
	bool text = f->type == T_CODE || f->type == T_TEXT || f->type == T_NOTE || f->type == T_NAMES;

	if (f->type == T_INT && f->min > f->max)
		fault_of(p, e, f, "min is greater than max", "exchange them, or leave both out");
	int64_t most = e->kind == PLAIN && f->type == T_NOTE ? 1000000 : 4000; /* a whole form that waits */
	if (text && (f->max < 0 || f->max > most || f->min != 0))
		fault_of(p, e, f, "the longest text is not of 1 to 4,000 characters",
			 "set max in that range and no min");
	if (!text && f->type != T_INT && (f->min || f->max))
		fault_of(p, e, f, "bounds are set on a type that has none", "remove them or make it a rule");
	if (f->empty_as && (f->flags & REQUIRED))
		fault_of(p, e, f, "a required field says what an empty cell means", "drop one of the two");
}

struct flag_fits {
	unsigned flag;
	unsigned kinds; /* bit a kind */
	unsigned types; /* bit a type */
	const char *what;
};
#define KIND(k) (1u << (k))
#define TYPE(t) (1u << (T_##t))
#define ANY_TYPE (~0u)
#define ANY_KIND (~0u)
#define TEXTS (TYPE(CODE) | TYPE(TEXT) | TYPE(NOTE) | TYPE(NAMES))
#define NUMBERS (~(TEXTS | TYPE(MONEY)))
/* clang-format off */
static const struct flag_fits fits[] = {
	{ UNIQUE,     KIND(THING) | KIND(PLAIN),                  ANY_TYPE & ~TYPE(NAMES),                "UNIQUE is for fields of a THING or a PLAIN" },
	{ KEY,        KIND(SERIES) | KIND(EVENT) | KIND(PLAIN),   NUMBERS | TYPE(CODE) | TYPE(TEXT),      "KEY is for short fields of a SERIES or an EVENT" },
	{ LANE,       KIND(SERIES),                               NUMBERS,                                "LANE is for what stands in one number of a SERIES" },
	{ SEAT,       KIND(SERIES),                               TYPE(REF),                              "SEAT is for a reference of a SERIES" },
	{ FIRST_DAY,  KIND(THING),                                TYPE(DATE),                             "FIRST_DAY is for a date of a THING" },
	{ YEAR_END,   KIND(EVENT),                                TYPE(INT),                              "YEAR_END is for a whole number of an EVENT" },
	{ NOT_BEFORE, KIND(THING),                                TYPE(DATE),                             "NOT_BEFORE is for a date of a THING" },
	{ TREE,       KIND(THING),                                TYPE(REF),                              "TREE is for a reference of a THING" },
	{ ANY_DAY,    ANY_KIND,                                   TYPE(REF),                              "ANY_DAY is for a reference" },
	{ OF_PERSON,  ANY_KIND,                                   TYPE(INT),                              "OF_PERSON is for a whole number" },
	{ SEARCHED,   ANY_KIND,                                   TEXTS,                                  "SEARCHED is for text" },
};
/* clang-format on */

static void check_flags(const struct entity *e, const struct field *f, struct problems *p)
{
	for (size_t i = 0; i < COUNT(fits); i++)
		if ((f->flags & fits[i].flag) &&
		    (!(fits[i].kinds & KIND(e->kind)) || !(fits[i].types & (1u << f->type))))
			fault_of(p, e, f, fits[i].what, "remove the flag or change the field");
	if ((f->flags & TREE) && f->ref != e)
		fault_of(p, e, f, "TREE refers to another entity", "set ref to the entity itself");
	if ((f->flags & RETIRED) && (f->flags & (REQUIRED | KEY | LANE)))
		fault_of(p, e, f, "a retired field is still required or part of a key", "keep only RETIRED");
	/* A KEY within one owner is tested only by whoever writes it, and so may see it. */
	if ((f->flags & CONFIDENTIAL) && (f->flags & (LANE | UNIQUE)))
		fault_of(p, e, f, "a confidential field must differ from those of all, which anybody can test",
			 "take the flag away");
	if ((f->flags & YEAR_END) && !(f->flags & REQUIRED))
		fault_of(p, e, f, "the day comes from this year, but it may be missing", "make it REQUIRED");
}

static void check_below(const struct entity *e, const struct field *f, struct problems *p)
{
	int least = f->not_below ? entity_field(e, f->not_below) : -1;
	if (f->not_below && (least < 0 || e->fields[least].type != f->type ||
			     (f->type == T_PACK && !text_is(e->fields[least].of, f->of))))
		fault_of(p, e, f, "not_below names no field of the same type", "name another one");
}

static void check_field(const struct entity *e, int n, struct problems *p)
{
	const struct field *f = &e->fields[n];

	check_name(e, n, p);
	if (!filled(f->label))
		fault_of(p, e, f, "the field has no label", "write the words that people read");
	check_type(e, f, p);
	check_bounds(e, f, p);
	check_flags(e, f, p);
	check_below(e, f, p);
}

static void check_once(const struct entity *e, unsigned flag, const char *what, struct problems *p)
{
	int n = 0;

	for (int i = 0; i < e->nfields; i++)
		n += (e->fields[i].flags & flag) != 0;
	if (n > 1)
		fault_of(p, e, NULL, what, "leave the flag on one field");
}

static void check_kind(const struct entity *e, struct problems *p)
{
	bool owned = e->kind == SERIES || e->kind == EVENT;

	if (owned && (!e->owner || e->owner->kind != THING))
		fault_of(p, e, NULL, "a SERIES or an EVENT belongs to nothing", "set owner to a THING");
	if (!owned && (e->owner || e->owner_column))
		fault_of(p, e, NULL, "only a SERIES or an EVENT has an owner", "remove owner");
	if (e->until && e->kind != SERIES)
		fault_of(p, e, NULL, "only a SERIES may state its last day", "remove until");
	if (e->latest_first && e->kind != EVENT && e->kind != SERIES)
		fault_of(p, e, NULL, "latest_first is for a SERIES or an EVENT", "drop it");
	if (e->day_in_key && e->kind != EVENT)
		fault_of(p, e, NULL, "day_in_key is for an EVENT; elsewhere the day is in the key already",
			 "remove it");
	if (e->alias && e->kind != THING)
		fault_of(p, e, NULL, "only a THING has aliases", "remove alias");
	if (e->kind == THING && !e->alias && (e->nfields == 0 || e->fields[0].type != T_CODE))
		fault_of(p, e, NULL, "the first field is not the code by which others refer to it",
			 "make field 0 a T_CODE, or declare an alias");
	if (e->alias) {
		const struct entity *s = e->alias->series;
		if (!s || s->kind != SERIES || s->owner != e || s->nfields == 0 ||
		    (s->fields[0].type != T_CODE && s->fields[0].type != T_TEXT))
			fault_of(p, e, NULL, "the alias is not a SERIES of this entity with the alias text as field 0",
				 "declare that SERIES");
		if (!filled(e->alias->prefix))
			fault_of(p, e, NULL, "the alias has no prefix for inner codes", "give it a letter");
		if (!filled(e->alias->former) != !filled(e->alias->from))
			fault_of(p, e, NULL, "former and from of an alias go together", "name both columns or neither");
	}
}

static void check_own_rules(const struct entity *e, struct problems *p)
{
	for (int i = 0; i < e->nrules; i++)
		if (!filled(e->rules[i].name) || !filled(e->rules[i].source) || !e->rules[i].check)
			fault_of(p, e, NULL, "a rule lacks its name, its source or its check", "complete its row");
}

/* What it refers to stands before it in the registry, so that schema and imports can go in that order. */
static void check_registered(const struct registry *r, const struct entity *e, struct problems *p)
{
	bool self = false;

	for (size_t i = 0; r->entities[i]; i++) {
		const struct entity *x = r->entities[i];
		if (x != e && text_is(x->name, e->name))
			fault_of(p, e, NULL, "two entities have this name", "rename one of them");
		if (x == e)
			self = true;
		if (self && x != e && x == e->owner)
			fault_of(p, e, NULL, "the owner is registered later", "register the owner first");
		for (int k = 0; self && x != e && k < e->nfields; k++)
			if (e->fields[k].ref == x)
				fault_of(p, e, &e->fields[k], "what it refers to is registered later",
					 "register that entity first");
	}
	if (!self)
		fault_of(p, e, NULL, "the entity is not registered", "add it to its module's table");
}

/* Whoever sees what belongs to a record sees of whom it is. */
static void check_rights(const struct entity *e, struct problems *p)
{
	if (e->see == MAY_ANYBODY && e->owner && e->owner->see != MAY_ANYBODY)
		fault_of(p, e, NULL, "everybody may see it, but not the record that it belongs to",
			 "set see to the right of its owner");
	if (e->see == MAY_ANYBODY && entity_has_closed(e))
		fault_of(p, e, NULL, "everybody may see it, though some of it is confidential", "set see to a right");
}

void entity_selfcheck(const struct registry *r, const struct entity *e, struct problems *p)
{
	/* clang-format off */
	static const struct { unsigned flag; const char *what; } once[] = {
		{ LANE,       "two fields are LANE" },
		{ FIRST_DAY,  "two fields are FIRST_DAY" },
		{ YEAR_END,   "two fields are YEAR_END" },
		{ NOT_BEFORE, "two fields are NOT_BEFORE" },
		{ TREE,       "two fields are TREE" },
		{ SEAT,       "two fields are SEAT" },
	};
	/* clang-format on */

	if (!is_name(e->name)) {
		fault_of(p, e, NULL, "the entity's name is not of lower-case letters, digits and _",
			 "give it a name that can be a table");
		return;
	}
	if (!filled(e->title))
		fault_of(p, e, NULL, "the entity has no title", "write the words that people read");
	if (!filled(e->help))
		fault_of(p, e, NULL, "the entity has no help", "say in a sentence what it is");
	if (e->nfields == 0)
		fault_of(p, e, NULL, "the entity has no fields", "declare at least one");
	for (int i = 0; i < e->nfields; i++)
		check_field(e, i, p);
	for (size_t i = 0; i < COUNT(once); i++)
		check_once(e, once[i].flag, once[i].what, p);
	check_kind(e, p);
	check_own_rules(e, p);
	check_rights(e, p);
	check_registered(r, e, p);
}

/* ---- projections ---- */

static void column_fault(struct problems *p, const struct projection *of, int column, const char *what,
			 const char *todo)
{
	problem_add(p, (struct problem){ .file = of->name,
					 .column = column < 0 ? NULL : of->columns[column].name,
					 .what = what,
					 .todo = todo });
}

/* The tree's own projection stands before those that take its numbers. */
static bool numbered_before(const struct registry *r, const struct projection *of, const struct entity *tree)
{
	for (size_t i = 0; r->projections[i] && r->projections[i] != of; i++)
		if (r->projections[i]->of == tree && projection_scope(r->projections[i]) >= 0)
			return true;
	return false;
}

static void check_number(const struct registry *r, const struct projection *of, int n, struct problems *p)
{
	bool own;
	const struct entity *tree = numbers_of(of, n, &own);

	if (!tree)
		return;
	if (preorder_field(tree) < 0)
		column_fault(p, of, n, "it takes its number from something that is no tree",
			     "refer to a THING with TREE");
	if (of->columns[n].last && !own)
		column_fault(p, of, n, "last is for the projection of the tree itself", "take the order instead");
	if (!own && !numbered_before(r, of, tree))
		column_fault(p, of, n, "the tree has no numbers yet",
			     "register the tree's projection, with a scope, before");
}

static void check_column(const struct projection *of, int n, struct problems *p)
{
	const struct projected *x = &of->columns[n];
	const struct field *f = x->from && x->field >= 0 ? &x->from->fields[x->field] : NULL;

	if (!is_name(x->name) || is_sql(x->name) || schema_reserved(x->name))
		column_fault(p, of, n, "this name cannot be a column", "choose another one");
	for (int i = 0; i < n; i++)
		if (text_is(of->columns[i].name, x->name))
			column_fault(p, of, n, "two columns have this name", "rename one of them");
	if (!x->from == !x->compute)
		column_fault(p, of, n, "it comes from nothing, or from two places", "set from or compute");
	if (x->from && x->from != of->of && x->from->owner != of->of)
		column_fault(p, of, n, "it comes from what does not belong to the record",
			     "take the record or its series");
	if (x->then && (!f || f->ref != x->then))
		column_fault(p, of, n, "what it looks through is no reference to that", "set field to the reference");
	if (x->then)
		f = &x->then->fields[x->then_field];
	if (x->place && (!f || f->type != T_PACK))
		column_fault(p, of, n, "only a code of the rules has a place", "take place away");
	if (f && (f->flags & CONFIDENTIAL))
		column_fault(p, of, n, "a list shows everybody within reach what is confidential",
			     "take the column away");
}

void projection_selfcheck(const struct registry *r, const struct projection *of, struct problems *p)
{
	int scopes = 0;

	if (of->of->kind != THING || of->ncolumns > PROJECTED_MOST)
		column_fault(p, of, -1, "it is of no THING, or has more than 60 columns", "declare another one");
	for (int i = 0; i < of->ncolumns; i++) {
		check_column(of, i, p);
		if (of->columns[i].order || of->columns[i].last)
			check_number(r, of, i, p);
		scopes += of->columns[i].scope;
		if (of->columns[i].scope && !of->columns[i].order)
			column_fault(p, of, i, "a reach is measured by an order", "set order");
	}
	if (scopes > 1)
		column_fault(p, of, -1, "two columns are scope", "leave it on one of them");
}
