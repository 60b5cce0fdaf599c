/* scan.c - one ordered pass over a table, numbers only. */
#include "entity/scan.h"

#include "base/buf.h"

static const char *table_of(const struct entity *e)
{
	return e->kind == THING ? "_v" : "";
}

/* The columns every scan reads before the fields: owner, vid, id, known_from, valid_from, until, op. */
enum { C_OWNER, C_VID, C_ID, C_KNOWN, C_FROM, C_UNTIL, C_OP, C_FIELDS };

static void select_from(const struct scan *s, struct buf *sql)
{
	const struct entity *e = s->entity;
	const char *owner = e->kind == THING ? "id" : "owner";
	buf_printf(sql, "SELECT %s, vid, %s, known_from, valid_from, %s, op", owner, e->kind == THING ? "id" : "rec",
		   e->until ? "until" : "NULL");
	for (int i = 0; i < s->nfields; i++) {
		buf_text(sql, ", ");
		buf_text(sql, e->fields[s->fields[i]].name);
	}
	buf_printf(sql, " FROM %s%s WHERE ", e->name, table_of(e));
}

static void where_range(const struct scan *s, struct buf *sql)
{
	buf_printf(sql, " AND valid_from <= ? AND valid_from >= ? AND %s >= ? AND %s < ?",
		   s->entity->kind == THING ? "id" : "owner", s->entity->kind == THING ? "id" : "owner");
}

/* A past position needs both halves, so that each half uses the partial index made for it. */
static int build(const struct scan *s, struct buf *sql)
{
	const char *order = " ORDER BY 1, 5, 2";
	select_from(s, sql);
	if (s->later || !s->at.position) {
		buf_text(sql, s->later ? "known_from > ?" : "known_to IS NULL AND known_from >= ?");
		where_range(s, sql);
		int lane = s->first_lane ? entity_lane(s->entity) : -1;
		if (lane >= 0) /* the index has the lane before the day: so nothing is sorted */
			buf_printf(sql, " AND %s = 0 ORDER BY 1, %s, 5, 2", s->entity->fields[lane].name,
				   s->entity->fields[lane].name);
		else
			buf_text(sql, order);
		return 1;
	}
	buf_text(sql, "known_to IS NULL AND known_from <= ?");
	where_range(s, sql);
	buf_text(sql, " UNION ALL ");
	select_from(s, sql);
	buf_text(sql, "known_to IS NOT NULL AND known_to > ? AND known_from <= ?");
	where_range(s, sql);
	buf_text(sql, order);
	return 2;
}

static int bind_range(const struct scan *s, struct stmt *st, int at)
{
	stmt_int(st, at++, s->at.day);
	stmt_int(st, at++, s->since);
	stmt_int(st, at++, s->low);
	stmt_int(st, at++, s->high ? s->high : INT64_MAX);
	return at;
}

static int64_t or_null(const struct stmt_value *x)
{
	return x->type ? x->i : SCAN_NULL;
}

static void read_row(const struct scan *s, struct stmt *st, struct scanned *r)
{
	struct stmt_value x[C_FIELDS + SCAN_FIELDS];
	stmt_values(st, x, C_FIELDS + s->nfields);
	r->owner = x[C_OWNER].i;
	r->vid = x[C_VID].i;
	r->id = x[C_ID].i;
	r->known_from = x[C_KNOWN].i;
	r->valid_from = (date)x[C_FROM].i;
	r->until = s->entity->until && x[C_UNTIL].type ? (date)x[C_UNTIL].i : DATE_NONE;
	r->op = (int)x[C_OP].i;
	for (int i = 0; i < s->nfields; i++)
		r->v[i] = or_null(&x[C_FIELDS + i]);
}

enum err scan_rows(struct ctx *c, const struct scan *s, enum err (*row)(void *arg, const struct scanned *r), void *arg)
{
	CLEANUP(buf_release) struct buf sql = BUF_INIT;
	int halves = build(s, &sql);
	struct stmt *st;
	TRY(store_stmt(c->store, buf_str(&sql), &st));
	stmt_int(st, 1, s->later || s->at.position ? s->at.position : 0);
	int at = bind_range(s, st, 2);
	if (halves == 2) {
		stmt_int(st, at++, s->at.position);
		stmt_int(st, at++, s->at.position);
		bind_range(s, st, at);
	}
	struct scanned r;
	bool more;
	for (;;) {
		TRY(stmt_step(st, &more));
		if (!more)
			return E_OK;
		read_row(s, st, &r);
		enum err e = row(arg, &r);
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
