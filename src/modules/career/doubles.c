/* doubles.c - which files could be of one person. */
#include "modules/career/doubles.h"

#include "entity/list.h"

#define WORDS 12

const char *double_words(enum double_why w)
{
	static const char *const words[] = { N_("same name, same day of birth"),
					     N_("nearly the same name, same day of birth"),
					     N_("same name, day and month of birth turned round") };
	return words[w];
}

/* ---- names ---- */

struct name {
	struct str v[WORDS];
	size_t n;
};

/* Degrees follow a comma, or end in a full stop and are longer than an initial: "drs.", "s.e.". */
static bool is_degree(struct str w)
{
	return w.n > 2 && w.p[w.n - 1] == '.';
}

static struct name split(struct str s)
{
	struct name ret = { 0 };
	const char *comma = s.n ? memchr(s.p, ',', s.n) : NULL;
	if (comma)
		s.n = (size_t)(comma - s.p);
	while (s.n && ret.n < WORDS) {
		const char *gap = memchr(s.p, ' ', s.n);
		struct str w = { s.p, gap ? (size_t)(gap - s.p) : s.n };
		s.p += w.n + (gap != NULL);
		s.n -= w.n + (gap != NULL);
		if (is_degree(w) || !w.n)
			continue;
		if (w.p[w.n - 1] == '.')
			w.n--;
		ret.v[ret.n++] = w;
	}
	return ret;
}

/* At most one letter put in, left out or changed. */
static bool one_apart(struct str a, struct str b)
{
	size_t i = 0, k = 0;
	if (a.n > b.n)
		return one_apart(b, a);
	if (b.n - a.n > 1 || a.n < 5)
		return false;
	while (i < a.n && a.p[i] == b.p[i])
		i++;
	while (k < a.n - i && a.p[a.n - 1 - k] == b.p[b.n - 1 - k])
		k++;
	return i + k >= (a.n == b.n ? a.n - 1 : a.n);
}

static bool word_alike(struct str a, struct str b)
{
	if (str_eq(a, b) || one_apart(a, b))
		return true;
	return (a.n == 1 || b.n == 1) && a.p[0] == b.p[0];
}

bool doubles_alike(struct str a, struct str b)
{
	struct name x = split(a), y = split(b);
	bool equal = false;
	if (x.n != y.n || !x.n)
		return false;
	for (size_t i = 0; i < x.n; i++) {
		if (!word_alike(x.v[i], y.v[i]))
			return false;
		equal = equal || (x.v[i].n > 1 && str_eq(x.v[i], y.v[i]));
	}
	return equal || x.n == 1;
}

static bool same_name(struct str a, struct str b)
{
	struct name x = split(a), y = split(b);
	bool same = x.n == y.n && x.n;
	for (size_t i = 0; same && i < x.n; i++)
		same = str_eq(x.v[i], y.v[i]);
	return same;
}

/* ---- everybody ---- */

struct file {
	int64_t person;
	date born;
	struct str name;
};
struct search {
	struct ctx *c;
	const struct picture *p;
	struct file *v;
	size_t n, cap;
	struct kept *k;
	struct doubles *d;
	struct arena arena;
};

static void search_release(struct search *s)
{
	arena_release(&s->arena);
}

static enum err read_names(struct search *s)
{
	struct list_ask ask = { .of = &staff_now_projection, .sort = LIST_ID, .limit = 2000 };
	int name = projection_column(&staff_now_projection, "name_fold");
	struct arena *was = s->c->arena, chunk CLEANUP(arena_release) = ARENA_INIT;
	bool more = true;
	s->v = ARENA_ARRAY(&s->arena, struct file, s->p->n + 1);
	while (more) {
		struct list_row *rows;
		size_t n;
		arena_reset(&chunk);
		s->c->arena = &chunk;
		enum err e = list_rows(s->c, &ask, &rows, &n, &more);
		s->c->arena = was;
		TRY(e);
		for (size_t i = 0; i < n; i++) {
			const struct sight *one = picture_of(s->p, rows[i].id);
			struct str t = rows[i].v[name].t;
			if (one && one->born != DATE_NONE)
				s->v[s->n++] = (struct file){ one->person,
							      one->born,
							      { arena_text(&s->arena, t.p, t.n), t.n } };
		}
		ask.after = n ? (struct list_key){ .id = rows[n - 1].id, .number = rows[n - 1].id } : ask.after;
	}
	return E_OK;
}

static void found(struct search *s, const struct file *a, const struct file *b, enum double_why why)
{
	if (s->d->n == s->cap) {
		s->cap = s->cap ? 2 * s->cap : 64;
		struct pair_of_files *v = ARENA_ARRAY(&s->k->arena, struct pair_of_files, s->cap);
		if (s->d->n)
			memcpy(v, s->d->v, s->d->n * sizeof *v);
		s->d->v = v;
	}
	s->d->v[s->d->n++] = (struct pair_of_files){ a->person < b->person ? a->person : b->person,
						     a->person < b->person ? b->person : a->person, why };
}

static int by_birth(const void *a, const void *b)
{
	const struct file *x = a, *y = b;
	return (x->born > y->born) - (x->born < y->born);
}

static int by_name(const void *a, const void *b)
{
	const struct file *x = a, *y = b;
	return str_cmp(x->name, y->name);
}

static void of_one_birth(struct search *s)
{
	qsort(s->v, s->n, sizeof *s->v, by_birth);
	for (size_t i = 0; i < s->n; i++)
		for (size_t k = i + 1; k < s->n && s->v[k].born == s->v[i].born; k++)
			if (same_name(s->v[i].name, s->v[k].name))
				found(s, &s->v[i], &s->v[k], SAME_NAME_SAME_BIRTH);
			else if (doubles_alike(s->v[i].name, s->v[k].name))
				found(s, &s->v[i], &s->v[k], LIKE_NAME_SAME_BIRTH);
}

static bool turned_round(date a, date b)
{
	int ya, ma, da, yb, mb, db;
	date_parts(a, &ya, &ma, &da);
	date_parts(b, &yb, &mb, &db);
	return a != b && ya == yb && ma == db && da == mb;
}

static void of_one_name(struct search *s)
{
	qsort(s->v, s->n, sizeof *s->v, by_name);
	for (size_t i = 0; i < s->n; i++)
		for (size_t k = i + 1; k < s->n && str_eq(s->v[k].name, s->v[i].name); k++)
			if (turned_round(s->v[i].born, s->v[k].born))
				found(s, &s->v[i], &s->v[k], SAME_NAME_BIRTH_TURNED);
}

static int surest(const void *a, const void *b)
{
	const struct pair_of_files *x = a, *y = b;
	if (x->why != y->why)
		return (int)x->why - (int)y->why;
	if (x->a != y->a)
		return x->a < y->a ? -1 : 1;
	return (x->b > y->b) - (x->b < y->b);
}

static enum err make(struct ctx *c, struct kept *k)
{
	struct kept *picture CLEANUP(keep_let_go) = NULL;
	struct search s CLEANUP(search_release) = { .c = c, .k = k };
	s.d = k->what = ARENA_NEW(&k->arena, struct doubles);
	TRY(picture_get(c, true, &picture));
	s.p = picture->what;
	TRY(read_names(&s));
	of_one_birth(&s);
	of_one_name(&s);
	if (s.d->n)
		qsort(s.d->v, s.d->n, sizeof *s.d->v, surest);
	return E_OK;
}

/* Names, days of birth, and who is in service. */
static const struct entity *const sources[] = { &person_entity, &status_history_entity, NULL };
static struct keeper keeper = KEEPER(make, sources, NULL);

enum err doubles_get(struct ctx *c, bool fresh, struct kept **ret)
{
	return keep_get(c, &keeper, fresh, ret);
}

bool doubles_within(const struct picture *p, const struct within *w, const struct pair_of_files *x)
{
	const struct sight *a = picture_of(p, x->a), *b = picture_of(p, x->b);
	return a && b && within_has(w, a) && within_has(w, b);
}
