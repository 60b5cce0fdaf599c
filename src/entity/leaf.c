/* leaf.c - the canonical form of a row and its hash. The form never changes: see data-model, "What is hashed". */
#include "entity/leaf.h"

#include "base/json.h"
#include "entity/schema.h"
#include "entity/type.h"

#include <stdatomic.h>

/* What a group of a row can hold beside its fields. */
enum { M_OWNER = -1, M_UNTIL = -2, M_CODE = -3, M_WHY = -4 };
struct member {
	const char *name;
	int field;      /* or one of the above */
	struct str key; /* as it is written: "name": */
};
/* The members of both groups of one entity, sorted by name, and what its header begins with. */
struct order {
	const struct entity *entity;
	struct arena arena;
	int n[2];
	struct member *m[2];
	struct str id_key; /* "entity":"…","id": */
};

static int by_name(const void *a, const void *b)
{
	return strcmp(((const struct member *)a)->name, ((const struct member *)b)->name);
}

static struct str kept(struct order *o, const struct buf *b)
{
	return (struct str){ arena_text(&o->arena, b->p, b->n), b->n };
}

static void add(struct order *o, bool closed, const char *name, int field)
{
	struct buf key CLEANUP(buf_release) = BUF_INIT;
	struct json j;
	json_init(&j, &key);
	json_key(&j, name);
	o->m[closed][o->n[closed]++] = (struct member){ name, field, kept(o, &key) };
}

static void add_header(struct order *o)
{
	struct buf key CLEANUP(buf_release) = BUF_INIT;
	struct json j;
	json_init(&j, &key);
	json_member_text(&j, "entity", o->entity->name);
	json_key(&j, "id");
	o->id_key = kept(o, &key);
}

static struct order *order_new(const struct entity *e)
{
	struct order *o = xcalloc(1, sizeof(*o));
	o->entity = e;
	for (int g = 0; g < 2; g++)
		o->m[g] = ARENA_ARRAY(&o->arena, struct member, e->nfields + 4);
	for (int i = 0; i < e->nfields; i++)
		if (schema_stored(e, i)) /* the code of a THING is the anchor's, added under its own name */
			add(o, e->fields[i].flags & CONFIDENTIAL,
			    e->fields[i].ledger ? e->fields[i].ledger : e->fields[i].name, i);
	if (e->kind == THING)
		add(o, false, "code", M_CODE);
	else
		add(o, false, "owner", M_OWNER);
	if (e->until)
		add(o, false, "until", M_UNTIL);
	add(o, entity_has_closed(e), "why", M_WHY);
	for (int g = 0; g < 2; g++)
		qsort(o->m[g], (size_t)o->n[g], sizeof(*o->m[g]), by_name);
	add_header(o);
	return o;
}

/* Found by the declaration's address, made once a program, from any thread. */
static const struct order *order_of(const struct entity *e)
{
	enum { SLOTS = 512 };
	static _Atomic(struct order *) kept[SLOTS];
	size_t at = ((uintptr_t)e >> 4) * 0x9E3779B97F4A7C15u >> 55;
	struct order *fresh = NULL;
	for (size_t tries = 0; tries < SLOTS; tries++, at = (at + 1) % SLOTS) {
		struct order *o = atomic_load_explicit(&kept[at], memory_order_acquire);
		if (!o) {
			fresh = fresh ? fresh : order_new(e);
			if (atomic_compare_exchange_strong(&kept[at], &o, fresh))
				return fresh;
		}
		if (o->entity == e) {
			if (fresh)
				arena_release(&fresh->arena);
			free(fresh);
			return o;
		}
	}
	bug("more than %d entities", SLOTS);
}

static void member_write(struct json *j, const struct codes *codes, const struct record *r, const struct member *m)
{
	if (m->field >= 0) {
		const struct field *f = &r->entity->fields[m->field];
		if (!r->v[m->field].set)
			return;
		json_key_ready(j, m->key);
		TYPE(f)->canonical(codes, f, &r->v[m->field], j);
	} else if (m->field == M_OWNER) {
		json_key_ready(j, m->key);
		json_int(j, r->owner);
	} else if (m->field == M_UNTIL && r->until != DATE_NONE) {
		json_key_ready(j, m->key);
		json_date(j, r->until);
	} else if (m->field == M_CODE) {
		json_key_ready(j, m->key);
		json_str(j, r->code);
	} else if (m->field == M_WHY && r->why.n) {
		json_key_ready(j, m->key);
		json_str(j, r->why);
	}
}

void record_canonical(const struct codes *codes, const struct record *r, bool closed, struct buf *out)
{
	const struct order *o = order_of(r->entity);
	struct json j;
	json_init(&j, out);
	json_object(&j);
	for (int i = 0; i < o->n[closed]; i++)
		member_write(&j, codes, r, &o->m[closed][i]);
	json_object_end(&j);
}

void record_header(const struct record *r, struct buf *out)
{
	struct json j;
	json_init(&j, out);
	json_object(&j);
	json_key_ready(&j, order_of(r->entity)->id_key);
	json_int(&j, r->id);
	json_key_ready(&j, STR("\"op\":"));
	json_int(&j, r->op);
	json_key_ready(&j, STR("\"valid_from\":"));
	json_date(&j, r->valid_from);
	json_object_end(&j);
}

struct hash leaf_row(const struct codes *codes, const struct record *r, const void *salt, const void *salt_closed,
		     struct buf *scratch, struct leaf_parts *ret_parts)
{
	struct leaf_parts p = { .has_closed = entity_has_closed(r->entity) };
	buf_reset(scratch);
	record_canonical(codes, r, false, scratch);
	p.open = row_commit(salt, (struct str){ scratch->p, scratch->n });
	if (p.has_closed) {
		buf_reset(scratch);
		record_canonical(codes, r, true, scratch);
		p.closed = row_commit(salt_closed, (struct str){ scratch->p, scratch->n });
	}
	buf_reset(scratch);
	record_header(r, scratch);
	struct hash leaf = row_leaf(&p.open, p.has_closed ? &p.closed : NULL, (struct str){ scratch->p, scratch->n });
	if (ret_parts)
		*ret_parts = p;
	return leaf;
}
