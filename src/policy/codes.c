/* codes.c - codes of the rules as numbers, with the words that people read for them. */
#include "policy/codes.h"

#include "base/csv.h"

#define KEY_MAX 512
#define LISTED_CODES 12

struct span {
	date from, to;
	const struct span *next;
};
struct known {
	struct str of, code;
	const struct span *spans;
	const struct row_name *names; /* of its latest row, as title */
	size_t nnames;
	struct str title;
	int64_t order;
	date named; /* the first day of that row */
};
struct synonym {
	int64_t number;
	const char *reason; /* NULL: not assumed */
};
struct code_index {
	struct arena arena;
	struct map *numbers, *synonyms; /* "of\0code", "of\0written" */
	struct known *known;            /* by number; [0] is nobody */
	size_t cap, n;                  /* n: the highest number */
	struct synonym *words;
	size_t nwords;
	struct codes codes;
};

/* Joins on the stack: this runs once a cell of an import. Too long for a code: the empty key, which nothing has. */
static struct str key_of(char space[static KEY_MAX], struct str of, struct str code)
{
	if (of.n + 1 + code.n > KEY_MAX)
		return (struct str){ 0 };
	memcpy(space, of.p, of.n);
	space[of.n] = '\0';
	if (code.n)
		memcpy(space + of.n + 1, code.p, code.n);
	return (struct str){ space, of.n + 1 + code.n };
}

static struct known *known_of(const struct code_index *x, int64_t number)
{
	return number > 0 && (uint64_t)number <= x->n && x->known[number].of.n ? &x->known[number] : NULL;
}

/* ---- what entity asks ---- */
static int64_t number(void *arg, const char *of, struct str code)
{
	const struct code_index *x = arg;
	char space[KEY_MAX];
	int64_t found = 0;
	return map_get(x->numbers, key_of(space, str_of(of), code), &found) ? found : 0;
}

static struct str text(void *arg, int64_t n)
{
	const struct known *k = known_of(arg, n);
	return k ? k->code : (struct str){ 0 };
}

static bool holds(const struct known *k, date on)
{
	for (const struct span *s = k->spans; s; s = s->next)
		if (s->from <= on && on <= s->to)
			return true;
	return false;
}

static bool valid(void *arg, const char *of, int64_t n, date on)
{
	const struct known *k = known_of(arg, n);
	return k && str_is(k->of, of) && holds(k, on);
}

static int64_t order(void *arg, int64_t n)
{
	const struct known *k = known_of(arg, n);
	return k ? k->order : INT64_MAX;
}

static int64_t synonym(void *arg, const char *of, struct str written, const char **ret_reason)
{
	const struct code_index *x = arg;
	char space[KEY_MAX];
	int64_t at = 0;
	if (!map_get(x->synonyms, key_of(space, str_of(of), written), &at))
		return 0;
	if (ret_reason)
		*ret_reason = x->words[at].reason;
	return x->words[at].number;
}

static void list(void *arg, const char *of, date on, struct buf *out)
{
	const struct code_index *x = arg;
	size_t shown = 0, more = 0;
	for (size_t i = 1; i <= x->n; i++) {
		const struct known *k = &x->known[i];
		if (!str_is(k->of, of) || (on == DATE_NONE ? !k->spans : !holds(k, on)))
			continue;
		if (shown == LISTED_CODES) {
			more++;
			continue;
		}
		buf_text(out, shown++ ? ", " : "");
		buf_add(out, k->code.p, k->code.n);
	}
	if (more)
		buf_printf(out, ", … (+%zu)", more);
}

static struct str name_in(const struct known *k, struct str tag)
{
	for (size_t i = 0; i < k->nnames; i++)
		if (str_eq(k->names[i].tag, tag))
			return k->names[i].text;
	return (struct str){ 0 };
}

static struct str label(void *arg, int64_t n, const char *lang_tag)
{
	const struct known *k = known_of(arg, n);
	if (!k)
		return (struct str){ 0 };
	struct str s = name_in(k, (struct str){ 0 });
	if (!s.n)
		s = name_in(k, str_of(lang_tag));
	return s.n ? s : k->title.n ? k->title : k->code;
}

struct choice {
	int64_t order, number;
};

static int by_order(const void *a, const void *b)
{
	const struct choice *x = a, *y = b;
	if (x->order != y->order)
		return x->order < y->order ? -1 : 1;
	return x->number < y->number ? -1 : x->number > y->number;
}

static size_t choices(void *arg, const char *of, date on, int64_t *ret, size_t most)
{
	const struct code_index *x = arg;
	struct choice *list = xcalloc(x->n + 1, sizeof(*list));
	size_t n = 0;
	for (size_t i = 1; i <= x->n; i++) {
		const struct known *k = &x->known[i];
		if (str_is(k->of, of) && (on == DATE_NONE ? k->spans != NULL : holds(k, on)))
			list[n++] = (struct choice){ k->order, (int64_t)i };
	}
	qsort(list, n, sizeof(*list), by_order);
	n = n < most ? n : most;
	for (size_t i = 0; i < n; i++)
		ret[i] = list[i].number;
	free(list);
	return n;
}

/* ---- building ---- */
struct code_index *code_index_new(void)
{
	struct code_index *x = xcalloc(1, sizeof(*x));
	arena_init(&x->arena);
	x->numbers = map_new();
	x->synonyms = map_new();
	x->codes = (struct codes){ x, number, text, valid, synonym, list, label, choices, order };
	return x;
}

void code_index_free(struct code_index *x)
{
	if (!x)
		return;
	map_free(x->numbers);
	map_free(x->synonyms);
	free(x->known);
	free(x->words);
	arena_release(&x->arena);
	free(x);
}

static struct str keep(struct code_index *x, struct str s)
{
	return (struct str){ arena_text(&x->arena, s.p, s.n), s.n };
}

/* More numbers than a store can have codes: a hostile row must not take all memory. */
#define NUMBERS_MAX ((int64_t)1 << 24)

void code_index_add(struct code_index *x, int64_t n, struct str of, struct str code)
{
	char space[KEY_MAX];
	if (n <= 0 || n >= NUMBERS_MAX || of.n == 0)
		return;
	if ((size_t)n >= x->cap) {
		size_t cap = x->cap ? x->cap : 256;
		while (cap <= (size_t)n)
			cap *= 2;
		x->known = xrealloc(x->known, cap * sizeof(*x->known));
		memset(x->known + x->cap, 0, (cap - x->cap) * sizeof(*x->known));
		x->cap = cap;
	}
	x->known[n] = (struct known){ .of = keep(x, of), .code = keep(x, code) };
	map_set(x->numbers, key_of(space, of, code), n);
	if ((size_t)n > x->n)
		x->n = (size_t)n;
}

static int column_of(const struct pack_table *t, const char *name)
{
	for (int i = 0; i < t->ncolumns; i++)
		if (text_is(t->columns[i].name, name))
			return i;
	return -1;
}

/* Of several rows of a code the latest names it; of equal ones that of the overlay, which comes later. The index may
 * outlive the pack. */
static void use_names(struct code_index *x, const struct sheet *s, const struct sheet_row *row, struct known *k)
{
	int title = column_of(s->of, "title"), order = column_of(s->of, "order");
	if (k->spans && row->mark.from < k->named)
		return;
	struct row_name *names = ARENA_ARRAY(&x->arena, struct row_name, row->nnames + 1);
	for (size_t i = 0; i < row->nnames; i++)
		names[i] = (struct row_name){ keep(x, row->names[i].tag), keep(x, row->names[i].text) };
	k->names = names;
	k->nnames = row->nnames;
	k->title = title >= 0 ? keep(x, row->cells[title].t) : (struct str){ 0 };
	k->order = order >= 0 && row->cells[order].set ? row->cells[order].i : INT64_MAX;
	k->named = row->mark.from;
}

static void use_sheet(struct code_index *x, const struct sheet *s)
{
	for (size_t i = 0; i < s->n; i++) {
		struct known *k = known_of(x, number(x, s->of->name, s->rows[i].cells[0].t));
		if (!k)
			continue;
		use_names(x, s, &s->rows[i], k);
		struct span *span = ARENA_NEW(&x->arena, struct span);
		*span = (struct span){ s->rows[i].mark.from, s->rows[i].mark.to, k->spans };
		k->spans = span;
	}
}

static void use_synonyms(struct code_index *x, const struct sheet *s)
{
	x->words = xrealloc(x->words, (x->nwords + s->n + 1) * sizeof(*x->words));
	for (size_t i = 0; i < s->n; i++) {
		const struct param *cells = s->rows[i].cells;
		const struct mark *m = &s->rows[i].mark;
		char space[KEY_MAX], table[KEY_MAX];
		if (cells[0].t.n >= sizeof(table))
			continue;
		memcpy(table, cells[0].t.p, cells[0].t.n);
		table[cells[0].t.n] = '\0';
		struct synonym w = { .number = number(x, table, cells[2].t) };
		if (m->assumption)
			w.reason = arena_text(&x->arena, m->reason.p, m->reason.n);
		map_set(x->synonyms, key_of(space, cells[0].t, cells[1].t), (int64_t)x->nwords);
		x->words[x->nwords++] = w;
	}
}

void code_index_use(struct code_index *x, const struct pack *p)
{
	for (size_t i = 0; i < p->nsheets; i++) {
		const struct sheet *s = &p->sheets[i];
		if (s->of == &pack_synonyms)
			use_synonyms(x, s);
		else if (s->of->codes)
			use_sheet(x, s);
	}
}

const struct codes *code_index_codes(const struct code_index *x)
{
	return &x->codes;
}

/* ---- codes told by bytes ---- */
enum err codes_of_file(const char *path, struct str bytes, enum err (*use)(void *arg, struct str of, struct str code),
		       void *arg)
{
	CLEANUP(csv_free_p) struct csv *csv = NULL;
	CLEANUP(problems_release) struct problems p = PROBLEMS_INIT;
	size_t n = strlen(path);
	if (strchr(path, '/') || n < 5 || strcmp(path + n - 4, ".csv") != 0)
		return E_OK;
	if (csv_read(path, bytes, &p, &csv) != E_OK || csv_columns(csv) == 0 || !str_is(csv_head(csv, 0), "code"))
		return E_OK;
	struct str *cells = xcalloc(csv_columns(csv), sizeof(*cells));
	enum err e = E_OK;
	for (size_t i = 0; i < csv_rows(csv) && e == E_OK; i++) {
		csv_row(csv, i, cells);
		if (cells[0].n)
			e = use(arg, (struct str){ path, n - 4 }, cells[0]);
	}
	free(cells);
	return e;
}
