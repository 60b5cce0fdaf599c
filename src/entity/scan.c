/* scan.c - one ordered pass over a table, numbers only. */
#include "entity/scan.h"

#include "base/arena.h"
#include "base/buf.h"

/* What a scan reads before the fields: each column costs time in every row, so only what is asked for. */
enum { C_OWNER, C_FROM, C_OP, C_ALWAYS, C_MOST = C_ALWAYS + 4 };
struct shape {
	int until, vid, id, known; /* columns; -1: not read */
	int fields;                /* where they begin */
	int lane;                  /* field; -1: the entity has none */
	bool past, few;            /* both halves; the rows of one owner come in no order and are put in it here */
};

static struct shape shape_of(const struct scan *s)
{
	struct shape x = { -1, -1, -1, -1, C_ALWAYS, entity_lane(s->entity), !s->later && s->at.position, false };
	bool by_day = s->entity->kind != EVENT && (x.lane < 0 || s->lanes == FIRST_LANE);
	x.few = !by_day && !s->later && !x.past;
	if (s->entity->until)
		x.until = x.fields++;
	if (s->numbered || x.past || x.few)
		x.vid = x.fields++;
	if (s->numbered) {
		x.id = x.fields++;
		x.known = x.fields++;
	}
	return x;
}

static const char *owner_of(const struct entity *e)
{
	return e->kind == THING ? "id" : "owner";
}

static void select_from(const struct scan *s, const struct shape *x, struct buf *sql)
{
	const struct entity *e = s->entity;
	buf_printf(sql, "SELECT %s, valid_from, op", owner_of(e));
	buf_text(sql, x->until < 0 ? "" : ", until");
	buf_text(sql, x->vid < 0 ? "" : ", vid");
	if (x->id >= 0)
		buf_printf(sql, ", %s, known_from", e->kind == THING ? "id" : "rec");
	for (int i = 0; i < s->nfields; i++) {
		buf_text(sql, ", ");
		buf_text(sql, e->fields[s->fields[i]].name);
	}
	buf_printf(sql, " FROM %s%s WHERE ", e->name, e->kind == THING ? "_v" : "");
}

static void where_range(const struct scan *s, struct buf *sql)
{
	const char *owner = owner_of(s->entity);
	buf_printf(sql, " AND valid_from <= ? AND %s >= ? AND %s < ?", owner, owner);
	if (s->since != DATE_MIN)
		buf_text(sql, " AND valid_from >= ?");
}

/* The index has lanes and keys before the day: read in its order nothing is sorted, but one owner's few rows. */
static void select_believed(const struct scan *s, const struct shape *x, struct buf *sql)
{
	const char *lane = x->lane < 0 ? NULL : s->entity->fields[x->lane].name;
	select_from(s, x, sql);
	buf_text(sql, "known_to IS NULL");
	where_range(s, sql);
	if (lane && s->lanes != ALL_LANES)
		buf_printf(sql, " AND %s %s 0", lane, s->lanes == FIRST_LANE ? "=" : "<>");
	buf_printf(sql, " ORDER BY %s", owner_of(s->entity));
	if (x->few)
		return;
	if (lane)
		buf_printf(sql, ", %s", lane);
	buf_text(sql, ", valid_from, vid");
}

static void select_later(const struct scan *s, const struct shape *x, struct buf *sql)
{
	select_from(s, x, sql);
	buf_text(sql, "known_from > ?");
	where_range(s, sql);
	buf_printf(sql, " ORDER BY %s, valid_from, vid", owner_of(s->entity));
}

/* A past position needs both halves, so that each half uses the partial index made for it. */
static void select_past(const struct scan *s, const struct shape *x, struct buf *sql)
{
	select_from(s, x, sql);
	buf_text(sql, "known_to IS NULL AND known_from <= ?");
	where_range(s, sql);
	buf_text(sql, " UNION ALL ");
	select_from(s, x, sql);
	buf_text(sql, "known_to IS NOT NULL AND known_to > ? AND known_from <= ?");
	where_range(s, sql);
	buf_printf(sql, " ORDER BY 1, 2, %d", x->vid + 1);
}

static int bind_range(const struct scan *s, struct stmt *st, int at)
{
	stmt_int(st, at++, s->at.day);
	stmt_int(st, at++, s->low);
	stmt_int(st, at++, s->high ? s->high : INT64_MAX);
	if (s->since != DATE_MIN)
		stmt_int(st, at++, s->since);
	return at;
}

static enum err ask(struct ctx *c, const struct scan *s, const struct shape *x, struct stmt **ret)
{
	CLEANUP(buf_release) struct buf sql = BUF_INIT;
	int at = 1;
	if (s->later)
		select_later(s, x, &sql);
	else if (x->past)
		select_past(s, x, &sql);
	else
		select_believed(s, x, &sql);
	TRY(store_stmt(c->store, buf_str(&sql), ret));
	if (s->later || x->past)
		stmt_int(*ret, at++, s->at.position);
	at = bind_range(s, *ret, at);
	if (x->past) {
		stmt_int(*ret, at++, s->at.position);
		stmt_int(*ret, at++, s->at.position);
		bind_range(s, *ret, at);
	}
	return E_OK;
}

static int64_t or_null(const struct stmt_value *x)
{
	return x->type ? x->i : SCAN_NULL;
}

static void read_row(const struct scan *s, const struct shape *x, struct stmt *st, struct scanned *r)
{
	struct stmt_value v[C_MOST + SCAN_FIELDS];
	stmt_values(st, v, x->fields + s->nfields);
	r->owner = v[C_OWNER].i;
	r->valid_from = (date)v[C_FROM].i;
	r->op = (int)v[C_OP].i;
	r->until = x->until >= 0 && v[x->until].type ? (date)v[x->until].i : DATE_NONE;
	r->vid = x->vid < 0 ? 0 : v[x->vid].i;
	r->id = x->id < 0 ? 0 : v[x->id].i;
	r->known_from = x->known < 0 ? 0 : v[x->known].i;
	for (int i = 0; i < s->nfields; i++)
		r->v[i] = or_null(&v[x->fields + i]);
}

/* ---- one owner's rows, put in order of day ---- */

struct few {
	struct scanned *rows;
	size_t n, cap;
};

static void few_release(struct few *f)
{
	free(f->rows);
}

static void few_add(struct few *f, const struct scanned *r)
{
	size_t at = f->n;
	if (f->n == f->cap) {
		f->cap = f->cap ? f->cap * 2 : 32;
		f->rows = xrealloc(f->rows, f->cap * sizeof *f->rows);
	}
	for (; at > 0; at--) {
		const struct scanned *before = &f->rows[at - 1];
		if (before->valid_from < r->valid_from || (before->valid_from == r->valid_from && before->vid < r->vid))
			break;
		f->rows[at] = *before;
	}
	f->rows[at] = *r;
	f->n++;
}

static enum err few_give(struct few *f, enum err (*row)(void *arg, const struct scanned *r), void *arg)
{
	for (size_t i = 0; i < f->n; i++)
		TRY(row(arg, &f->rows[i]));
	f->n = 0;
	return E_OK;
}

static enum err give(struct few *f, const struct scanned *r, enum err (*row)(void *arg, const struct scanned *r),
		     void *arg)
{
	if (f->n && f->rows[0].owner != r->owner)
		TRY(few_give(f, row, arg));
	few_add(f, r);
	return E_OK;
}

enum err scan_rows(struct ctx *c, const struct scan *s, enum err (*row)(void *arg, const struct scanned *r), void *arg)
{
	CLEANUP(few_release) struct few few = { 0 };
	const struct shape x = shape_of(s);
	struct stmt *st;
	struct scanned r;
	bool more;
	TRY(ask(c, s, &x, &st));
	for (;;) {
		TRY(stmt_step(st, &more));
		if (!more)
			return few_give(&few, row, arg);
		read_row(s, &x, st, &r);
		enum err e = x.few ? give(&few, &r, row, arg) : row(arg, &r);
		if (e != E_OK) {
			stmt_reset(st);
			return e;
		}
	}
}

/* Its anchor's or its owner's: no index of the rows tells it, since they are halved by what is believed. */
enum err scan_greatest(struct ctx *c, const struct entity *e, int64_t *ret)
{
	CLEANUP(buf_release) struct buf sql = BUF_INIT;
	buf_printf(&sql, "SELECT max(id) FROM %s", e->kind == THING ? e->name : e->owner->name);
	return store_get_int(c->store, buf_str(&sql), 0, ret);
}
