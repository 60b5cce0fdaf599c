/* audit_table.c - every row of one table: what its columns hold, and its leaf. */
#include "entity/audit_table.h"

#include "entity/leaf.h"
#include "entity/schema.h"
#include "entity/type.h"

/* A date outside of this is no date, whatever it would be shortened to. */
static bool is_date(int64_t v)
{
	return v >= DATE_MIN && v <= DATE_MAX;
}

static bool is_month(int64_t v)
{
	int y, m, d;

	if (!is_date(v))
		return false;
	date_parts((date)v, &y, &m, &d);
	return d == 1;
}

/* Values that would be written as another value is: what the hash cannot tell apart. */
static const char *strange(struct audit_worker *w, const struct field *f, const struct value *v)
{
	const struct codes *codes = w->c->codes;

	switch (f->type) {
	case T_BOOL:
		return v->i == 0 || v->i == 1 ? NULL : "is neither true nor false";
	case T_DATE:
		return is_date(v->i) ? NULL : "is no date";
	case T_MONTH:
		return is_month(v->i) ? NULL : "is no month";
	case T_ENUM:
		return enum_word(f, v->i).n ? NULL : "is none of its words";
	case T_PACK:
		return codes->text(codes->arg, v->i).n ? NULL : "holds an unknown code number";
	case T_MONEY:
		return codes->text(codes->arg, v->j).n ? NULL : "holds an unknown currency";
	default:
		return NULL;
	}
}

/* ---- types ---- */

static bool holds(const struct stmt_value *x, char kind, bool required)
{
	return x->type == kind || (x->type == 0 && !required);
}

static void wrong_type(struct audit_table *t, const struct stmt_value *x, const char *column)
{
	finding_add(t->audit->findings, t->plan->rows, x[C_VID].i, x[C_KNOWN_FROM].i,
		    "column %s does not hold what it is declared to hold", column);
}

static bool own_columns(struct audit_table *t, const struct stmt_value *x)
{
	/* clang-format off */
	static const struct { int column; const char *name; bool required; } own[] = {
		{ C_VID, "vid", true }, { C_ID, "id", true }, { C_OWNER, "owner", true }, { C_FROM, "valid_from", true },
		{ C_KNOWN_FROM, "known_from", true }, { C_IDX, "idx", true }, { C_KNOWN_TO, "known_to", false }, { C_OP, "op", true },
	};
	/* clang-format on */
	const struct plan *p = t->plan;
	bool good = true;

	for (size_t i = 0; i < COUNT(own); i++)
		if (!holds(&x[own[i].column], 'i', own[i].required)) {
			wrong_type(t, x, own[i].name);
			good = false;
		}
	if (p->at_until >= 0 && !holds(&x[p->at_until], 'i', false)) {
		wrong_type(t, x, "until");
		good = false;
	}
	if (!holds(&x[p->at_why], 't', false) || (x[p->at_why].type == 't' && x[p->at_why].t.n == 0)) {
		wrong_type(t, x, "why");
		good = false;
	}
	if (p->at_code >= 0 && !holds(&x[p->at_code], 't', true)) {
		wrong_type(t, x, "code");
		good = false;
	}
	return good;
}

static bool field_columns(struct audit_table *t, const struct stmt_value *x)
{
	bool good = true;

	for (int i = 0; i < t->e->nfields; i++) {
		int at = t->plan->at[i];
		if (at < 0)
			continue;
		const char *kinds = TYPE(&t->e->fields[i])->columns;
		char first = x[at].type;
		bool fits = first == 0 || first == kinds[0];
		for (int k = 1; kinds[k]; k++)
			fits = x[at + k].type == (first ? kinds[k] : 0) && fits;
		if (!fits) {
			wrong_type(t, x, t->e->fields[i].name);
			good = false;
		}
	}
	return good;
}

static bool in_range(struct audit_table *t, const struct stmt_value *x)
{
	int64_t from = x[C_FROM].i, idx = x[C_IDX].i, op = x[C_OP].i;
	int64_t until = t->plan->at_until >= 0 ? x[t->plan->at_until].i : 0;

	if (!is_date(from))
		wrong_type(t, x, "valid_from");
	else if (!is_date(until))
		wrong_type(t, x, "until");
	else if (idx < 0 || idx > UINT32_MAX)
		wrong_type(t, x, "idx");
	else if (op < OP_HOLDS || op > OP_WITHDRAWN)
		wrong_type(t, x, "op");
	else if (x[C_KNOWN_TO].type && x[C_KNOWN_TO].i < 1)
		wrong_type(t, x, "known_to");
	else
		return true;
	return false;
}

/* ---- one row ---- */

static uint64_t mix(uint64_t h, uint64_t v)
{
	h = (h ^ v) * UINT64_C(0x9E3779B97F4A7C15);
	return h ^ h >> 29;
}

static uint64_t mix_value(uint64_t h, const struct value *v)
{
	h = mix(h, v->set);
	h = mix(mix(h, (uint64_t)v->i), v->t.n);
	for (size_t i = 0; i < v->t.n; i++)
		h = mix(h, (unsigned char)v->t.p[i]);
	return h;
}

static uint64_t key_hash(const struct plan *p, const struct record *r, uint64_t seed)
{
	const struct entity *e = r->entity;
	uint64_t h = mix(seed, (uint64_t)(e->kind == THING ? r->id : r->owner));

	for (int i = 0; i < e->nfields; i++)
		if (e->fields[i].flags & (KEY | LANE))
			h = mix_value(h, &r->v[i]);
	h = mix(h, p->day_in_key ? (uint64_t)(int64_t)r->valid_from : 0);
	return h ? h : 1;
}

static void check_folds(struct audit_table *t, struct audit_worker *w, const struct stmt_value *x,
			const struct record *r)
{
	for (int i = 0; i < t->plan->nfolds; i++, x++) {
		const struct value *v = &r->v[t->plan->folds[i]];
		bool same =
			x->type == 0 ? !v->set : v->set && x->type == 't' && str_eq(x->t, text_fold(&w->arena, v->t));
		if (!same)
			finding_add(t->audit->findings, t->plan->rows, r->vid, r->known_from,
				    "the folded text of %s is not that of its text",
				    t->e->fields[t->plan->folds[i]].name);
	}
}

static bool erased(const struct plan *p, const struct stmt_value *salts)
{
	return salts[0].type == 0 || (p->closed && salts[1].type == 0);
}

static enum err check_leaf(struct audit_table *t, struct audit_worker *w, const struct stmt_value *x,
			   const struct record *r)
{
	int at = t->plan->ncolumns;
	unsigned char salts[2 * SALT_SIZE] = { 0 };

	for (int i = 0; i <= (int)t->plan->closed; i++) {
		struct str s = x[at + i].t;
		if (s.n != SALT_SIZE || x[at + i].type != 'b') {
			wrong_type(t, x, i ? "salt_closed" : "salt");
			return E_OK;
		}
		memcpy(salts + i * SALT_SIZE, s.p, SALT_SIZE);
	}
	struct hash leaf = leaf_row(w->c->codes, r, salts, salts + SALT_SIZE, &w->scratch, NULL);
	return audit_row(t->audit, w->leaves, t->plan->rows, r->vid, r->known_from, r->idx, &leaf);
}

static void note_row(struct audit_table *t, struct audit_worker *w, const struct record *r)
{
	size_t at = (size_t)r->vid;

	t->seen[at] = true;
	t->key[at] = key_hash(t->plan, r, w->seed);
	t->group[at] = t->e->kind == THING ? r->id : r->owner;
	t->known_from[at] = r->known_from;
	t->known_to[at] = r->known_to;
	t->from[at] = r->op == OP_WITHDRAWN ? DATE_NONE : r->valid_from;
	if (t->not_before)
		t->not_before[at] = (date)record_get(r, t->plan->not_before, DATE_NONE);
}

/* Whoever writes many rows at once looks their references up by itself, so that the database need not: see that it did.
 */
static void check_references(struct audit_table *t, const struct record *r)
{
	for (int i = 0; i < t->e->nfields; i++)
		if (t->refs[i] && r->v[i].set && (r->v[i].i < 1 || r->v[i].i > t->refs[i]->records)) {
			finding_add(t->audit->findings, t->plan->rows, r->vid, r->known_from,
				    "it refers to a record that does not exist");
			return;
		}
}

static bool values_fit(struct audit_table *t, struct audit_worker *w, const struct record *r)
{
	bool good = true;

	for (int i = 0; i < t->e->nfields; i++) {
		const char *what = t->plan->at[i] >= 0 && r->v[i].set ? strange(w, &t->e->fields[i], &r->v[i]) : NULL;
		if (!what)
			continue;
		finding_add(t->audit->findings, t->plan->rows, r->vid, r->known_from, "column %s %s",
			    t->e->fields[i].name, what);
		good = false;
	}
	return good;
}

static enum err check_row(struct audit_table *t, struct audit_worker *w, struct stmt *st, struct record *r)
{
	struct stmt_value x[PLAN_COLUMNS];
	const struct stmt_value *salts = x + t->plan->ncolumns, *folds = salts + 1 + t->plan->closed;

	stmt_values(st, x, t->plan->ncolumns + 1 + t->plan->closed + t->plan->nfolds);
	arena_reset(&w->arena);
	bool own = own_columns(t, x) && in_range(t, x);
	if (!own || !field_columns(t, x)) {
		if (own)
			t->seen[x[C_VID].i] = true; /* its key is not known, but it is there */
		return E_OK;
	}
	plan_take(t->plan, x, NULL, r);
	note_row(t, w, r);
	check_references(t, r);
	if (erased(t->plan, salts))
		return audit_erased(t->audit, t->plan->rows, r->vid, r->known_from, r->idx);
	check_folds(t, w, folds, r);
	return values_fit(t, w, r) ? check_leaf(t, w, x, r) : E_OK;
}

enum err audit_table_rows(struct audit_table *t, struct audit_worker *w, int64_t from, int64_t to)
{
	struct buf sql CLEANUP(buf_release) = BUF_INIT;
	struct stmt *st;
	bool more;

	buf_printf(&sql, "SELECT %s%s", t->plan->columns, t->plan->salts);
	for (int i = 0; i < t->plan->nfolds; i++)
		buf_printf(&sql, ", r.%s_fold", t->e->fields[t->plan->folds[i]].name);
	buf_printf(&sql, " FROM %s AND r.vid > ? AND r.vid <= ? ORDER BY r.vid", t->plan->from);
	TRY(store_stmt(w->c->store, buf_str(&sql), &st));
	stmt_int(st, 1, from);
	stmt_int(st, 2, to);
	for (;;) {
		TRY(stmt_step(st, &more));
		if (!more)
			return E_OK;
		TRY(check_row(t, w, st, w->recs[t->plan->number]));
	}
}

/* The greatest number, which an index tells at once. Greater than the count of all rows written it can only be where
 * somebody wrote by hand: there all are counted, so that nobody's number decides how much memory is taken. */
static enum err count_rows(struct ctx *c, const struct audit *a, const char *table, int64_t *ret)
{
	struct buf sql CLEANUP(buf_release) = BUF_INIT;

	buf_printf(&sql, "SELECT max(vid) FROM %s", table);
	TRY(store_get_int(c->store, buf_str(&sql), 0, ret));
	if (*ret >= 0 && *ret <= a->rows)
		return E_OK;
	buf_reset(&sql);
	buf_printf(&sql, "SELECT count(*) FROM %s", table);
	return store_get_int(c->store, buf_str(&sql), 0, ret);
}

enum err audit_table_open(struct ctx *c, struct audit *a, const struct entity *e, struct audit_table *ret)
{
	struct audit_table t = { .e = e, .plan = plan_of(c, e), .audit = a };

	TRY(count_rows(c, a, t.plan->rows, &t.rows));
	size_t n = (size_t)t.rows + 1;
	t.refs = xcalloc((size_t)e->nfields + 1, sizeof *t.refs);
	t.seen = xcalloc(n, sizeof *t.seen);
	t.key = xcalloc(n, sizeof *t.key);
	t.group = xcalloc(n, sizeof *t.group);
	t.known_from = xcalloc(n, sizeof *t.known_from);
	t.known_to = xcalloc(n, sizeof *t.known_to);
	t.from = xcalloc(n, sizeof *t.from);
	if (t.plan->not_before >= 0)
		t.not_before = xcalloc(n, sizeof *t.not_before);
	*ret = t;
	return E_OK;
}

static const struct audit_table *table_of(const struct audit_table *all, size_t n, const struct entity *e)
{
	for (size_t i = 0; i < n; i++)
		if (all[i].e == e)
			return &all[i];
	return NULL;
}

enum err audit_table_join(struct ctx *c, struct audit_table *t, const struct audit_table *all, size_t n)
{
	struct buf sql CLEANUP(buf_release) = BUF_INIT;

	t->owner = t->e->kind == THING ? t : table_of(all, n, t->e->owner);
	for (int i = 0; i < t->e->nfields; i++)
		t->refs[i] = t->plan->at[i] >= 0 ? table_of(all, n, t->e->fields[i].ref) : NULL;
	if (t->e->kind != THING)
		return E_OK;
	buf_printf(&sql, "SELECT count(*) FROM %s", t->plan->anchor->table.name);
	return store_get_int(c->store, buf_str(&sql), 0, &t->records);
}

void audit_table_release(struct audit_table *t)
{
	free(t->refs);
	free(t->seen);
	free(t->key);
	free(t->group);
	free(t->known_from);
	free(t->known_to);
	free(t->from);
	free(t->not_before);
}
