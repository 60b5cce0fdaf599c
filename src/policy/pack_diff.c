/* pack_diff.c - what differs between two packs, said line by line or as a JSON array of {where, what, before, after}.
 */
#include "base/json.h"
#include "policy/content.h"
#include "policy/typed.h"

struct diff {
	pack_difference *tell;
	void *arg;
	struct arena arena;
};

/* before or after NULL: it is not there. */
static void differ(struct diff *d, const char *where, const char *before, const char *after)
{
	d->tell(d->arg, where, before, after);
}

static const char *shown(struct diff *d, const struct param *v)
{
	CLEANUP(buf_release) struct buf b = BUF_INIT;
	if (v->list && v->t.n == 0)
		for (size_t i = 0; i < v->n; i++)
			buf_printf(&b, "%s%.*s", i ? ", " : "", (int)v->list[i].n, v->list[i].p);
	else
		buf_add(&b, v->t.p, v->t.n);
	return arena_text(&d->arena, buf_str(&b), b.n);
}

static const char *plain(struct diff *d, struct str s)
{
	return arena_text(&d->arena, s.p, s.n);
}

static void compare(struct diff *d, const char *where, const char *before, const char *after)
{
	if (strcmp(before, after) != 0)
		differ(d, where, before, after);
}

static void compare_dates(struct diff *d, const char *where, const char *name, date before, date after)
{
	char x[DATE_TEXT], y[DATE_TEXT];
	bool open = before == DATE_MIN || before == DATE_MAX, still = after == DATE_MIN || after == DATE_MAX;
	compare(d, arena_printf(&d->arena, "%s, %s", where, name), open ? "" : date_text(before, x),
		still ? "" : date_text(after, y));
}

static void compare_marks(struct diff *d, const char *where, const struct mark *x, const struct mark *y)
{
	compare_dates(d, where, "from", x->from, y->from);
	compare_dates(d, where, "to", x->to, y->to);
	compare(d, arena_printf(&d->arena, "%s, source", where), plain(d, x->source), plain(d, y->source));
	compare(d, arena_printf(&d->arena, "%s, reason", where), plain(d, x->reason), plain(d, y->reason));
	compare(d, arena_printf(&d->arena, "%s, assumption", where), x->assumption ? "true" : "false",
		y->assumption ? "true" : "false");
	compare(d, arena_printf(&d->arena, "%s, may_override", where), x->may_override ? "true" : "false",
		y->may_override ? "true" : "false");
}

/* ---- tables ---- */
/* A key that stands in several rows is told by its first day. */
static struct str row_key(struct diff *d, const struct sheet_row *row)
{
	return str_of(arena_printf(&d->arena, "%.*s\x1f%d", (int)row->key.n, row->key.p, (int)row->mark.from));
}

static const char *row_where(struct diff *d, const struct sheet *s, const struct sheet_row *row)
{
	char day[DATE_TEXT];
	char *key = arena_text(&d->arena, row->key.p, row->key.n);
	for (char *at = strchr(key, '\x1f'); at; at = strchr(at, '\x1f'))
		*at = ' ';
	if (row->mark.from == DATE_MIN)
		return arena_printf(&d->arena, "%s.csv, %s", s->of->name, key);
	return arena_printf(&d->arena, "%s.csv, %s from %s", s->of->name, key, date_text(row->mark.from, day));
}

static const char *row_shown(struct diff *d, const struct sheet *s, const struct sheet_row *row)
{
	CLEANUP(buf_release) struct buf b = BUF_INIT;
	for (int i = 0; i < s->of->ncolumns; i++)
		if (row->cells[i].set)
			buf_printf(&b, "%s%s %.*s", b.n ? ", " : "", s->of->columns[i].name, (int)row->cells[i].t.n,
				   row->cells[i].t.p);
	return arena_text(&d->arena, buf_str(&b), b.n);
}

static void compare_rows(struct diff *d, const struct sheet *s, const struct sheet_row *x, const struct sheet_row *y)
{
	const char *where = row_where(d, s, y);
	for (int i = 0; i < s->of->ncolumns; i++)
		compare(d, arena_printf(&d->arena, "%s, %s", where, s->of->columns[i].name), shown(d, &x->cells[i]),
			shown(d, &y->cells[i]));
	compare_marks(d, where, &x->mark, &y->mark);
}

static void compare_sheets(struct diff *d, const struct sheet *x, const struct sheet *y)
{
	CLEANUP(map_free_p) struct map *before = map_new(), *after = map_new();
	int64_t at = 0;
	for (size_t i = 0; x && i < x->n; i++)
		map_set(before, row_key(d, &x->rows[i]), (int64_t)i);
	for (size_t i = 0; y && i < y->n; i++) {
		map_set(after, row_key(d, &y->rows[i]), (int64_t)i);
		if (x && map_get(before, row_key(d, &y->rows[i]), &at))
			compare_rows(d, y, &x->rows[at], &y->rows[i]);
		else
			differ(d, row_where(d, y, &y->rows[i]), NULL, row_shown(d, y, &y->rows[i]));
	}
	for (size_t i = 0; x && i < x->n; i++)
		if (!map_get(after, row_key(d, &x->rows[i]), &at))
			differ(d, row_where(d, x, &x->rows[i]), row_shown(d, x, &x->rows[i]), NULL);
}

static void diff_tables(struct diff *d, const struct pack *before, const struct pack *after)
{
	for (size_t i = 0; i < before->nsheets; i++)
		compare_sheets(d, &before->sheets[i], pack_sheet(after, str_of(before->sheets[i].of->name)));
	for (size_t i = 0; i < after->nsheets; i++)
		if (!pack_sheet(before, str_of(after->sheets[i].of->name)))
			compare_sheets(d, NULL, &after->sheets[i]);
}

/* ---- parameters ---- */
static const struct setting *setting_like(const struct pack *p, const struct setting *s)
{
	for (size_t i = 0; i < p->nsettings; i++)
		if (text_is(p->settings[i].of->name, s->of->name) && p->settings[i].mark.from == s->mark.from)
			return &p->settings[i];
	return NULL;
}

static void diff_parameters(struct diff *d, const struct pack *before, const struct pack *after)
{
	for (size_t i = 0; i < after->nsettings; i++) {
		const struct setting *y = &after->settings[i], *x = setting_like(before, y);
		if (!x) {
			differ(d, y->of->name, NULL, shown(d, &y->value));
			continue;
		}
		compare(d, y->of->name, shown(d, &x->value), shown(d, &y->value));
		compare_marks(d, y->of->name, &x->mark, &y->mark);
	}
	for (size_t i = 0; i < before->nsettings; i++)
		if (!setting_like(after, &before->settings[i]))
			differ(d, before->settings[i].of->name, shown(d, &before->settings[i].value), NULL);
}

/* ---- policies ---- */
static const struct course_of_rules *policy_like(const struct pack *p, const struct course_of_rules *c)
{
	for (size_t i = 0; i < p->npolicies; i++)
		if (str_eq(p->policies[i].name, c->name) && str_eq(p->policies[i].kind, c->kind) &&
		    p->policies[i].mark.from == c->mark.from)
			return &p->policies[i];
	return NULL;
}

static const struct demand *demand_like(const struct course_of_rules *c, const struct demand *x)
{
	for (size_t i = 0; i < c->ndemands; i++)
		if (str_eq(c->demands[i].name, x->name))
			return &c->demands[i];
	return NULL;
}

static const char *argument_shown(struct diff *d, const struct demand *x, struct str name)
{
	for (size_t i = 0; i < x->n; i++)
		if (str_eq(x->arguments[i].name, name))
			return shown(d, &x->arguments[i].value);
	return "";
}

static bool has_argument(const struct demand *x, struct str name)
{
	for (size_t i = 0; i < x->n; i++)
		if (str_eq(x->arguments[i].name, name))
			return true;
	return false;
}

static void compare_demands(struct diff *d, const char *where, const struct demand *x, const struct demand *y)
{
	struct arena *a = &d->arena;
	compare(d, arena_printf(a, "%s, judge", where), plain(d, x->judge_name), plain(d, y->judge_name));
	compare(d, arena_printf(a, "%s, confidential", where), x->confidential ? "true" : "false",
		y->confidential ? "true" : "false");
	compare(d, arena_printf(a, "%s, needs", where), x->needs_proved ? "proved" : "",
		y->needs_proved ? "proved" : "");
	for (size_t i = 0; i < y->n; i++)
		compare(d, arena_printf(a, "%s, %s", where, plain(d, y->arguments[i].name)),
			argument_shown(d, x, y->arguments[i].name), shown(d, &y->arguments[i].value));
	for (size_t i = 0; i < x->n; i++)
		if (!has_argument(y, x->arguments[i].name))
			compare(d, arena_printf(a, "%s, %s", where, plain(d, x->arguments[i].name)),
				shown(d, &x->arguments[i].value), "");
	compare_marks(d, where, &x->mark, &y->mark);
}

static void compare_frames(struct diff *d, const char *where, const struct course_of_rules *x,
			   const struct course_of_rules *y)
{
	struct param before = { .list = x->other_kind, .n = x->nother_kind };
	struct param after = { .list = y->other_kind, .n = y->nother_kind };
	compare(d, arena_printf(&d->arena, "%s, default", where), x->by_default ? "true" : "false",
		y->by_default ? "true" : "false");
	compare(d, arena_printf(&d->arena, "%s, periods", where), plain(d, x->periods), plain(d, y->periods));
	compare(d, arena_printf(&d->arena, "%s, other_kind", where), shown(d, &before), shown(d, &after));
	compare_marks(d, where, &x->mark, &y->mark);
}

static const char *not_asked_shown(struct diff *d, const struct course_of_rules *c)
{
	CLEANUP(buf_release) struct buf b = BUF_INIT;
	for (size_t i = 0; i < c->nnot_asked; i++)
		buf_printf(&b, "%s%s (%s)", i ? ", " : "", plain(d, c->not_asked[i].name),
			   plain(d, c->not_asked[i].reason));
	return arena_text(&d->arena, buf_str(&b), b.n);
}

static void compare_policies(struct diff *d, const char *where, const struct course_of_rules *x,
			     const struct course_of_rules *y)
{
	compare_frames(d, where, x, y);
	for (size_t i = 0; i < y->ndemands; i++) {
		const struct demand *before = demand_like(x, &y->demands[i]);
		const char *at = arena_printf(&d->arena, "%s, criterion %s", where, plain(d, y->demands[i].name));
		if (before)
			compare_demands(d, at, before, &y->demands[i]);
		else
			differ(d, at, NULL, plain(d, y->demands[i].judge_name));
	}
	for (size_t i = 0; i < x->ndemands; i++)
		if (!demand_like(y, &x->demands[i]))
			differ(d, arena_printf(&d->arena, "%s, criterion %s", where, plain(d, x->demands[i].name)),
			       plain(d, x->demands[i].judge_name), NULL);
	compare(d, arena_printf(&d->arena, "%s, not_asked", where), not_asked_shown(d, x), not_asked_shown(d, y));
}

static void diff_policies(struct diff *d, const struct pack *before, const struct pack *after)
{
	for (size_t i = 0; i < after->npolicies; i++) {
		const struct course_of_rules *y = &after->policies[i], *x = policy_like(before, y);
		const char *where = arena_printf(&d->arena, "policy %s", plain(d, y->name));
		if (x)
			compare_policies(d, where, x, y);
		else
			differ(d, where, NULL, plain(d, y->kind));
	}
	for (size_t i = 0; i < before->npolicies; i++)
		if (!policy_like(after, &before->policies[i]))
			differ(d, arena_printf(&d->arena, "policy %s", plain(d, before->policies[i].name)),
			       plain(d, before->policies[i].kind), NULL);
}

void pack_differences(const struct pack *before, const struct pack *after, pack_difference *tell, void *arg)
{
	struct diff d = { .tell = tell, .arg = arg };
	arena_init(&d.arena);
	compare(&d, "version", before->version, after->version);
	compare(&d, "applies_to", plain(&d, before->applies_to), plain(&d, after->applies_to));
	diff_tables(&d, before, after);
	diff_parameters(&d, before, after);
	diff_policies(&d, before, after);
	arena_release(&d.arena);
}

/* ---- on the command line ---- */

static void tell_json(void *arg, const char *where, const char *before, const char *after)
{
	struct json *j = arg;
	json_object(j);
	json_member_text(j, "after", after);
	json_member_text(j, "before", before);
	json_member_text(j, "where", where);
	json_object_end(j);
}

static void tell_text(void *arg, const char *where, const char *before, const char *after)
{
	struct buf *out = arg;
	if (before && after)
		buf_printf(out, "%s: %s -> %s\n", where, *before ? before : "nothing", *after ? after : "nothing");
	else if (after)
		buf_printf(out, "%s: new%s%s\n", where, *after ? ": " : "", after);
	else if (before)
		buf_printf(out, "%s: gone%s%s\n", where, *before ? ", was: " : "", before);
}

void pack_diff(const struct pack *before, const struct pack *after, bool json, struct buf *out)
{
	struct json j;
	if (!json) {
		pack_differences(before, after, tell_text, out);
		return;
	}
	json_init(&j, out);
	json_array(&j);
	pack_differences(before, after, tell_json, &j);
	json_array_end(&j);
}
