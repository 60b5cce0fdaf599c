#include "property_inside.h"

#include "entity/change.h"
#include "entity/leaf.h"
#include "entity/read.h"
#include "entity/type.h"
#include "fixture_store.h"

#include <inttypes.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#define OK(call) assert_int_equal((call), E_OK)

uint64_t property_draw(struct property *p, uint64_t below)
{
	p->seed ^= p->seed << 13;
	p->seed ^= p->seed >> 7;
	p->seed ^= p->seed << 17;
	return p->seed % below;
}

static date day_of(struct property *p, bool few)
{
	return few ? date_of(2001, 1, 1) + 40 * (date)property_draw(p, 12)
		   : date_of(1995, 1, 1) + (date)property_draw(p, 4000);
}

/* ---- values ---- */

static struct str word(struct property *p, const struct field *f)
{
	static const char *const words[] = {
		"Siti Aminah", "Kép-12/2008", "naïve", "李明", "O'Neil; \"x\"", "a", "=1+1"
	};
	size_t max = f->max ? (size_t)f->max : 40;
	struct str s = str_of(arena_printf(p->c->arena, "%.*s %" PRIx64, 12, words[property_draw(p, COUNT(words))],
					   property_draw(p, 1u << 30)));
	while (s.n > 0 && (s.n > max || text_utf8_bad(s) < s.n))
		s.n--;
	if ((f->flags & (UNIQUE | SEARCHED)) || f->type == T_CODE)
		s = str_of(arena_printf(p->c->arena, "%s%" PRIx64, f->type == T_CODE ? "c-" : "x ",
					property_draw(p, 1u << 30)));
	return s;
}

/* One of the codes that the rules list for the day. */
static int64_t pack(struct property *p, const char *of, date on)
{
	const struct codes *k = p->c->codes;
	struct buf list CLEANUP(buf_release) = BUF_INIT;
	int64_t found[16];
	uint64_t n = 0;
	k->list(k->arg, of, on, &list);
	for (const char *at = buf_str(&list); *at && n < COUNT(found);) {
		size_t len = strcspn(at, ",");
		int64_t number = k->number(k->arg, of, str_trim((struct str){ at, len }));
		if (number)
			found[n++] = number;
		at += len + (at[len] == ',');
	}
	if (n == 0)
		fail_msg("no codes of %s", of);
	return found[property_draw(p, n)];
}

/* Two fields of which one is not below the other are drawn alike, so that a change carried forward keeps them so. */
void property_not_below(struct record *r)
{
	for (int i = 0; i < r->entity->nfields; i++) {
		const char *least = r->entity->fields[i].not_below;
		if (least)
			r->v[i] = r->v[entity_field(r->entity, least)];
	}
}

int64_t property_thing(struct property *p, const struct entity *e)
{
	struct record *r = property_record(p, e, 0, false);
	r->valid_from = date_of(1990, 1, 1);
	for (int i = 0; i < e->nfields; i++)
		if (e->fields[i].type == T_DATE && r->v[i].set && !(e->fields[i].flags & NOT_BEFORE))
			record_int(r, i, r->valid_from);
	for (int i = 0; i < e->nfields; i++)
		if (e->fields[i].type == T_PACK && r->v[i].set)
			record_int(r, i, pack(p, e->fields[i].of, r->valid_from));
	if (p->fix)
		p->fix(p->c, r);
	property_not_below(r);
	enum err answer = fixture_save(p->c, r, NULL);
	if (answer != E_OK)
		(void)fixture_said(p->c, "", e->name);
	OK(answer);
	return r->id;
}

/* One of the first few of an entity, so that records meet; a seat is held by one only, so it is always new. */
static int64_t some_thing(struct property *p, const struct entity *e, bool fresh)
{
	struct keys *k;
	enum { FEW = 3 };
	OK(keys_load(p->c, e, 0, &k));
	int64_t n = keys_max(k);
	keys_free(k);
	if (fresh || n < FEW)
		return property_thing(p, e);
	for (int tries = 0; tries < 20; tries++) {
		struct record *r;
		int64_t id = 1 + (int64_t)property_draw(p, FEW);
		if (read_thing(p->c, e, id, (struct moment){ .day = date_of(1995, 1, 1) }, &r) == E_OK)
			return id;
	}
	return property_thing(p, e);
}

static struct value value_of(struct property *p, const struct entity *e, int i, date on, bool few)
{
	const struct field *f = &e->fields[i];
	struct value v = { .set = true };
	int64_t span = f->max ? f->max - f->min + 1 : 100000;
	switch (f->type) {
	case T_CODE:
	case T_TEXT:
	case T_NOTE:
		v.t = word(p, f);
		break;
	case T_INT:
		v.i = (f->max ? f->min : 0) + (int64_t)property_draw(p, (uint64_t)span);
		if (f->flags & YEAR_END)
			v.i = 1996 + (int64_t)property_draw(p, few ? 4 : 11);
		break;
	case T_PERCENT:
		v.i = (int64_t)property_draw(p, 10001);
		break;
	case T_MONEY:
		v.i = (int64_t)property_draw(p, 1u << 30);
		v.j = pack(p, f->of ? f->of : "currency", on);
		break;
	case T_DATE:
		v.i = f->flags & NOT_BEFORE ? date_of(1960, 1, 1) + (date)property_draw(p, 3000)
					    : on + (date)property_draw(p, 30);
		break;
	case T_MONTH:
		v.i = date_add_months(date_of(1996, 1, 1), (int)property_draw(p, 100));
		break;
	case T_BOOL:
		v.i = (int64_t)property_draw(p, 2);
		break;
	case T_ENUM:
		v.i = (int64_t)property_draw(p, 2);
		v.i = enum_word(f, v.i).n ? v.i : 0;
		break;
	case T_REF:
	case T_PERSON:
		v.i = some_thing(p, f->ref, f->flags & SEAT);
		break;
	case T_PACK:
		v.i = pack(p, f->of, on);
		break;
	case T_NAMES:
		v.t = STR("{\"en\":\"Harbour\",\"id\":\"Pelabuhan \xc3\xa9\"}");
		break;
	case T_COUNT:
		break;
	}
	return v;
}

struct record *property_record(struct property *p, const struct entity *e, int64_t owner, bool few)
{
	struct record *r = record_new(p->c->arena, e);
	r->valid_from = day_of(p, few);
	if (e->kind != THING)
		r->owner = owner ? owner : some_thing(p, e->owner, false);
	for (int i = 0; i < e->nfields; i++) {
		const struct field *f = &e->fields[i];
		bool demanded = f->flags & (REQUIRED | KEY);
		if ((f->flags & (RETIRED | TREE)) || (!demanded && i > 0 && property_draw(p, 3) == 0))
			continue;
		r->v[i] = value_of(p, e, i, r->valid_from, few);
		if (f->flags & YEAR_END)
			r->valid_from = date_of((int)r->v[i].i, 12, 31);
	}
	/* The year came after other fields were drawn: what is listed on the day may differ. */
	for (int i = 0; i < e->nfields; i++)
		if (e->fields[i].type == T_PACK && r->v[i].set)
			r->v[i].i = pack(p, e->fields[i].of, r->valid_from);
	if (e->until && property_draw(p, 3) == 0)
		r->until = few ? r->valid_from + 28 + 40 * (date)property_draw(p, 4)
			       : r->valid_from + (date)property_draw(p, 200);
	if (p->fix)
		p->fix(p->c, r);
	property_not_below(r);
	return r;
}

static void keep_or_tell(struct property *p, const struct record *r, enum err e)
{
	if (e == E_INVALID || e == E_CONFLICT)
		(void)fixture_said(p->c, "", r->entity->name);
	if (e == E_FAULT)
		print_error("%s: %s\n", fault_place(), fault_text());
	OK(e);
}

/* ---- round trip ---- */

void property_same(const struct record *a, const struct record *b)
{
	const struct entity *e = a->entity;
	if (a->op != b->op || a->valid_from != b->valid_from || a->until != b->until || a->id != b->id ||
	    a->owner != b->owner)
		fail_msg("%s: op %d %d, day %d %d, until %d %d, id %" PRId64 " %" PRId64, e->name, a->op, b->op,
			 a->valid_from, b->valid_from, a->until, b->until, a->id, b->id);
	for (int i = 0; i < e->nfields; i++)
		if (!value_eq(&a->v[i], &b->v[i]))
			fail_msg("%s: field %s differs", e->name, e->fields[i].name);
}

static struct record *read_back(struct ctx *c, const struct record *r, enum extent extent)
{
	struct record **rows;
	size_t n;
	struct query q = { .entity = r->entity,
			   .owner = r->entity->kind == THING ? r->id : r->owner,
			   .at = { .day = DATE_NONE },
			   .extent = extent,
			   .withdrawn = true };
	OK(read_all(c, &q, &rows, &n));
	for (size_t i = 0; i < n; i++)
		if (rows[i]->vid == r->vid)
			return rows[i];
	fail_msg("%s: row %" PRId64 " cannot be read", r->entity->name, r->vid);
	abort(); /* the compiler does not know that nobody comes here */
}

/* The row's salts, read past the engine, give the leaf that the ledger keeps. */
static void leaf_stands(struct ctx *c, const struct record *r)
{
	struct buf scratch CLEANUP(buf_release) = BUF_INIT;
	struct stmt *st;
	struct leaves *leaves;
	struct hash kept;
	char salts[2][SALT_SIZE] = { { 0 } };
	bool row, closed = entity_has_closed(r->entity);
	OK(store_stmt(c->store,
		      arena_printf(c->arena, "SELECT salt%s FROM %s%s WHERE vid = %" PRId64,
				   closed ? ", salt_closed" : "", r->entity->name, r->entity->kind == THING ? "_v" : "",
				   r->vid),
		      &st));
	OK(stmt_step(st, &row));
	for (int i = 0; i < (closed ? 2 : 1); i++) {
		assert_int_equal(stmt_get_text(st, i).n, SALT_SIZE);
		memcpy(salts[i], stmt_get_text(st, i).p, SALT_SIZE);
	}
	stmt_reset(st);
	struct hash leaf = leaf_row(c->codes, r, salts[0], salts[1], &scratch, NULL);
	OK(leaves_open(c->store, &leaves));
	OK(leaves_get(leaves, r->known_from, r->idx, &kept));
	leaves_close(leaves);
	assert_memory_equal(&leaf, &kept, sizeof(leaf));
}

static void texts_return(struct property *p, const struct record *r)
{
	for (int i = 0; i < r->entity->nfields; i++) {
		const struct field *f = &r->entity->fields[i];
		struct buf text CLEANUP(buf_release) = BUF_INIT;
		struct value v;
		if (!r->v[i].set)
			continue;
		value_text(p->c, f, &r->v[i], &text);
		struct str s = { text.p, text.n };
		if (!value_parse(p->c, f, s, r->valid_from, &v, p->c->problems, NULL, 0) || !value_eq(&v, &r->v[i]))
			fail_msg("%s: %s does not return from its text \"%s\"", r->entity->name, f->name,
				 buf_str(&text));
	}
}

void property_round_trip(struct property *p, const struct entity *e)
{
	for (int i = 0; i < 12; i++) {
		struct record *r = property_record(p, e, 0, false);
		enum err answer = fixture_save(p->c, r, NULL);
		if (answer == E_CONFLICT) {
			fixture_forget(p->c);
			continue;
		}
		keep_or_tell(p, r, answer);
		struct record *back = read_back(p->c, r, BELIEVED);
		property_same(r, back);
		leaf_stands(p->c, back);
		texts_return(p, back);
	}
}

/* ---- violations ---- */

static void refused(struct property *p, struct record *r, const char *column)
{
	fixture_forget(p->c);
	if (record_check(p->c, NULL, r))
		fail_msg("%s: %s was broken and nobody minded", r->entity->name, column);
	if (!fixture_said(p->c, column, ";"))
		fail_msg("%s: %s was broken and the problem is of another column", r->entity->name, column);
	fixture_forget(p->c);
}

/* Values that no field of the type may have. */
static size_t bad_values(struct property *p, const struct field *f, struct value *bad)
{
	size_t n = 0;
	char *longer = arena_alloc(p->c->arena, 8192);
	memset(longer, 'x', 8191);
	const char *kind = TYPE(f)->columns;
	if (strchr(kind, 't') && f->type != T_NAMES) {
		bad[n++] = (struct value){ .set = true, .t = { longer, 8191 } };
		bad[n++] = (struct value){ .set = true, .t = STR("a\001b") };
		bad[n++] = (struct value){ .set = true, .t = STR("a\xff") };
	}
	if (f->type == T_CODE)
		bad[n++] = (struct value){ .set = true, .t = STR("a b") };
	if (f->type == T_NAMES)
		bad[n++] = (struct value){ .set = true, .t = STR("Harbour") };
	if (f->type == T_INT && f->max) {
		bad[n++] = (struct value){ .set = true, .i = f->max + 1 };
		bad[n++] = (struct value){ .set = true, .i = f->min - 1 };
	}
	if (f->type == T_PERCENT || f->type == T_BOOL || f->type == T_ENUM || f->type == T_PACK || f->type == T_MONEY) {
		bad[n++] = (struct value){ .set = true, .i = 14000, .j = 14000 };
		bad[n++] = (struct value){ .set = true, .i = -1, .j = -1 };
	}
	if (f->type == T_DATE || f->type == T_MONTH)
		bad[n++] = (struct value){ .set = true, .i = (int64_t)DATE_MAX + 1 };
	if (f->type == T_REF || f->type == T_PERSON)
		bad[n++] = (struct value){ .set = true, .i = 987654321 };
	return n;
}

static void one_field_broken(struct property *p, const struct entity *e, int i)
{
	const struct field *f = &e->fields[i];
	struct value bad[8];
	size_t n = bad_values(p, f, bad);
	for (size_t k = 0; k < n; k++) {
		struct record *r = property_record(p, e, 0, false);
		r->v[i] = bad[k];
		refused(p, r, f->name);
	}
	if ((f->flags & (REQUIRED | KEY)) && !f->empty_as) {
		struct record *r = property_record(p, e, 0, false);
		record_clear(r, i);
		refused(p, r, f->name);
	}
	if (f->flags & NOT_BEFORE) {
		struct record *r = property_record(p, e, 0, false);
		record_int(r, i, r->valid_from + 1);
		refused(p, r, "valid_from");
	}
	if ((f->flags & UNIQUE) && e->kind == THING) {
		struct record *first = property_record(p, e, 0, false), *second = property_record(p, e, 0, false);
		keep_or_tell(p, first, fixture_save(p->c, first, NULL));
		second->v[i] = first->v[i];
		refused(p, second, f->name);
	}
}

void property_violations(struct property *p, const struct entity *e)
{
	for (int i = 0; i < e->nfields; i++)
		one_field_broken(p, e, i);
	struct record *r = property_record(p, e, 0, false);
	bool follows = e->timeless;
	for (int i = 0; i < e->nfields; i++)
		follows = follows || (e->fields[i].flags & (FIRST_DAY | YEAR_END));
	r->valid_from = DATE_NONE;
	if (!follows)
		refused(p, r, entity_day_column(e));
	if (e->until) {
		r = property_record(p, e, 0, false);
		r->until = r->valid_from - 1;
		refused(p, r, "until");
	}
	if (e->kind != THING) {
		r = property_record(p, e, 0, false);
		r->owner = 987654321;
		refused(p, r, entity_owner_column(e));
	}
}

void property_registry(struct property *p)
{
	for (const struct entity *const *e = p->c->registry->entities; *e; e++) {
		if ((*e)->kind == PLAIN)
			continue;
		property_round_trip(p, *e);
		property_violations(p, *e);
		property_two_clocks(p, *e);
	}
}
