/* audit_keys.c - what follows from all rows of a table together: numbering, known_to, anchors. */
#include "entity/audit_table.h"

/* The row last believed under each key; open addressing over hashes that are never 0. */
struct last {
	uint64_t *key;
	uint32_t *vid;
	uint64_t mask;
};

static uint32_t *last_of(struct last *l, uint64_t key)
{
	uint64_t at = key & l->mask;

	while (l->key[at] && l->key[at] != key)
		at = (at + 1) & l->mask;
	l->key[at] = key;
	return &l->vid[at];
}

static void found(struct audit_table *t, int64_t vid, const char *what)
{
	finding_said(t->audit->findings, t->plan->rows, vid, t->known_from[vid], NULL, what);
}

/* A row is believed until the next row of its key: what known_to says must be that row's entry. */
static void check_known_to(struct audit_table *t)
{
	struct last l = { .mask = 15 };

	while (l.mask < (uint64_t)t->rows * 3 / 2)
		l.mask = l.mask * 2 + 1;
	l.key = xcalloc(l.mask + 1, sizeof *l.key);
	l.vid = xcalloc(l.mask + 1, sizeof *l.vid);
	for (int64_t vid = 1; vid <= t->rows; vid++) {
		if (!t->key[vid])
			continue;
		uint32_t *before = last_of(&l, t->key[vid]);
		if (*before && t->known_to[*before] != t->known_from[vid])
			found(t, *before, "known_to is not the entry that replaced the row");
		*before = (uint32_t)vid;
	}
	for (uint64_t i = 0; i <= l.mask; i++)
		if (l.vid[i] && t->known_to[l.vid[i]] != 0)
			found(t, l.vid[i], "known_to is set, but no later row replaces this one");
	free(l.key);
	free(l.vid);
}

static void check_numbers(struct audit_table *t)
{
	int64_t known = 0;

	for (int64_t vid = 1; vid <= t->rows; vid++) {
		if (!t->seen[vid]) {
			found(t, vid, "there is no row of this number, though later ones stand");
			continue;
		}
		if (t->key[vid] && t->known_from[vid] < known)
			found(t, vid, "the row's number does not rise with its entry");
		known = t->known_from[vid] > known ? t->known_from[vid] : known;
	}
}

static enum err check_strays(struct audit_table *t, struct audit_worker *w)
{
	struct buf sql CLEANUP(buf_release) = BUF_INIT;
	struct stmt *st;
	bool more;

	/* Two halves: each is a range of the key, where "or" would read every row. */
	buf_printf(&sql,
		   "SELECT vid, known_from FROM %s WHERE vid < 1 UNION ALL "
		   "SELECT vid, known_from FROM %s WHERE vid > ? ORDER BY 1",
		   t->plan->rows, t->plan->rows);
	TRY(store_stmt(w->c->store, buf_str(&sql), &st));
	stmt_int(st, 1, t->rows);
	for (;;) {
		TRY(stmt_step(st, &more));
		if (!more)
			return E_OK;
		finding_add(t->audit->findings, t->plan->rows, stmt_get_int(st, 0), stmt_get_int(st, 1),
			    "the row's number does not follow the one before it");
	}
}

/* ---- anchors ---- */

struct firsts { /* entry of the first version, by record */
	int64_t *entry;
	int64_t n;
};

static struct firsts firsts_of(struct audit_table *t, int64_t n)
{
	struct firsts f = { xcalloc((size_t)n + 1, sizeof *f.entry), n };

	for (int64_t vid = 1; vid <= t->rows; vid++) {
		int64_t id = t->group[vid];
		if (t->key[vid] && id >= 1 && id <= n && f.entry[id] == 0)
			f.entry[id] = t->known_from[vid];
	}
	return f;
}

static void check_anchor(struct audit_table *t, const struct firsts *f, struct stmt *st, int64_t follows)
{
	const char *table = t->plan->anchor->table.name;
	int64_t id = stmt_get_int(st, 0), created = stmt_get_int(st, 2);
	struct findings *to = t->audit->findings;

	if (stmt_type(st, 0) != 'i' || stmt_type(st, 1) != 't' || stmt_type(st, 2) != 'i')
		finding_add(to, table, id, created, "a column does not hold what it is declared to hold");
	else if (id != follows)
		finding_add(to, table, id, created, "the record's number does not follow the one before it");
	else if (id > f->n || f->entry[id] == 0)
		finding_add(to, table, id, created, "the record has no version");
	else if (f->entry[id] != created)
		finding_add(to, table, id, created, "created is not the entry of the first version");
}

static enum err each_anchor(struct audit_table *t, struct audit_worker *w, const struct firsts *f)
{
	struct buf sql CLEANUP(buf_release) = BUF_INIT;
	struct stmt *st;
	bool more;

	buf_printf(&sql, "SELECT id, code, created FROM %s ORDER BY id", t->plan->anchor->table.name);
	TRY(store_stmt(w->c->store, buf_str(&sql), &st));
	for (int64_t follows = 1;; follows++) {
		TRY(stmt_step(st, &more));
		if (!more)
			return E_OK;
		check_anchor(t, f, st, follows);
	}
}

/* Records are numbered without gaps (their own table's anchors are checked for it), so that a count tells which exist.
 */
static void check_owners(struct audit_table *t)
{
	for (int64_t vid = 1; vid <= t->rows; vid++)
		if (t->key[vid] && (t->group[vid] < 1 || t->group[vid] > t->owner->records))
			found(t, vid, "the record to which the row belongs does not exist");
}

static enum err check_anchors(struct audit_table *t, struct audit_worker *w)
{
	struct firsts f = firsts_of(t, t->records);
	enum err e = each_anchor(t, w, &f);

	free(f.entry);
	return e;
}

/* The day before which nothing about a record is dated: that of its latest version believed. */
static date *firsts_days(const struct audit_table *of, int64_t n)
{
	date *day = xcalloc((size_t)n + 1, sizeof *day), *since = xcalloc((size_t)n + 1, sizeof *since);

	for (int64_t id = 0; id <= n; id++)
		day[id] = since[id] = DATE_NONE;
	for (int64_t vid = 1; vid <= of->rows; vid++) {
		int64_t id = of->group[vid];
		if (!of->key[vid] || of->known_to[vid] || id < 1 || id > n || of->from[vid] < since[id] ||
		    of->not_before[vid] == DATE_NONE)
			continue;
		day[id] = of->not_before[vid];
		since[id] = of->from[vid];
	}
	free(since);
	return day;
}

static void check_days(struct audit_table *t, const struct audit_table *owner)
{
	if (!owner->not_before)
		return;
	date *first = firsts_days(owner, owner->rows); /* no more records than versions */
	for (int64_t vid = 1; vid <= t->rows; vid++) {
		int64_t id = t->group[vid];
		if (t->key[vid] && !t->known_to[vid] && t->from[vid] != DATE_NONE && id >= 1 && id <= owner->rows &&
		    t->from[vid] < first[id])
			found(t, vid, "its day is before the first day about its record");
	}
	free(first);
}

enum err audit_table_keys(struct audit_table *t, struct audit_worker *w)
{
	check_numbers(t);
	check_known_to(t);
	check_days(t, t->owner);
	TRY(check_strays(t, w));
	if (t->e->kind == THING)
		return check_anchors(t, w);
	check_owners(t);
	return E_OK;
}
