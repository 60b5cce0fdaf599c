/* dictionary.c - texts of code columns as small numbers. */
#include "base/map.h"
#include "entity/read.h"
#include "population/inside.h"

static struct str kept(struct population *p, struct str s)
{
	return (struct str){ arena_text(&p->arena, s.p, s.n), s.n };
}

static struct dictionary *find(const struct population *p, const char *of)
{
	struct dictionary *d = atomic_load_explicit(&p->dictionaries, memory_order_acquire);
	while (d && !text_is(d->of, of))
		d = d->next;
	return d;
}

static _Atomic int32_t *by_stored_new(void)
{
	_Atomic int32_t *v = xcalloc(BY_STORED, sizeof *v);
	for (size_t i = 0; i < BY_STORED; i++)
		atomic_init(&v[i], NONE);
	return v;
}

static struct dictionary *get_locked(struct population *p, const char *of)
{
	struct dictionary *d = find(p, of);
	if (d)
		return d;
	d = xcalloc(1, sizeof *d);
	d->of = xstrdup(of);
	d->numbers = map_new();
	if (!p->only) /* the codes of one person are few */
		d->by_stored = by_stored_new();
	d->next = p->dictionaries;
	atomic_store_explicit(&p->dictionaries, d, memory_order_release);
	return d;
}

/* ---- the texts, in pages of twice the size of the one before ---- */

static unsigned page_of(size_t number)
{
	return (unsigned)(63 - __builtin_clzll(number / FIRST_PAGE + 1));
}

static size_t page_size(unsigned page)
{
	return (size_t)FIRST_PAGE << page;
}

static struct str *text_at(const struct dictionary *d, size_t number)
{
	unsigned page = page_of(number);
	return &d->pages[page][number - (page_size(page) - FIRST_PAGE)];
}

static int32_t add_locked(struct population *p, struct dictionary *d, struct str text)
{
	size_t n = atomic_load_explicit(&d->n, memory_order_relaxed);
	unsigned page = page_of(n);
	int64_t number;
	if (!map_add(d->numbers, text, (int64_t)n, &number))
		return (int32_t)number;
	if (page == PAGES)
		bug("more texts of %s than a dictionary has numbers", d->of);
	if (!d->pages[page])
		d->pages[page] = xcalloc(page_size(page), sizeof(struct str));
	*text_at(d, n) = kept(p, text);
	atomic_store_explicit(&d->n, n + 1, memory_order_release);
	return (int32_t)number;
}

static bool has_text(const struct dictionary *d, int32_t number)
{
	return d && number >= 0 && (size_t)number < atomic_load_explicit(&d->n, memory_order_acquire);
}

int32_t population_code(struct population *p, const char *of, struct str text)
{
	pthread_mutex_lock(p->lock);
	int32_t number = add_locked(p, get_locked(p, of), text);
	pthread_mutex_unlock(p->lock);
	return number;
}

static struct str stored_text(struct population *p, const struct dictionary *d, int64_t stored)
{
	return d->keys ? keys_text(d->keys, stored) : p->ctx->codes->text(p->ctx->codes->arg, stored);
}

int32_t population_pack(struct population *p, const char *of, int64_t stored)
{
	if (stored <= 0)
		return NONE;
	struct dictionary *d = find(p, of);
	if (!d)
		bug("the codes of %s were not prepared for this population", of);
	bool quick = d->by_stored && stored < BY_STORED;
	if (quick) {
		int32_t known = atomic_load_explicit(&d->by_stored[stored], memory_order_acquire);
		if (known != NONE)
			return known;
	}
	pthread_mutex_lock(p->lock);
	struct str text = stored_text(p, d, stored);
	int32_t number = text.n ? add_locked(p, d, text) : NONE;
	if (quick && number != NONE)
		atomic_store_explicit(&d->by_stored[stored], number, memory_order_release);
	pthread_mutex_unlock(p->lock);
	return number;
}

struct str population_text(const struct population *p, const char *of, int32_t number)
{
	const struct dictionary *d = find(p, of);
	return has_text(d, number) ? *text_at(d, (size_t)number) : (struct str){ 0 };
}

static int32_t codebook_number(void *arg, const char *of, struct str code)
{
	return population_code(arg, of, code);
}

static struct str codebook_text(void *arg, const char *of, int32_t number)
{
	return population_text(arg, of, number);
}

static struct str name_of(const struct population *p, const char *of, int32_t number)
{
	const struct dictionary *d = find(p, of);
	bool named = d && number >= 0 && (size_t)number < d->nnames;
	return named ? d->names[number] : (struct str){ 0 };
}

/* The codes are the policy's, which outlives the context that loaded this population. */
static struct str codebook_label(void *arg, const char *of, int32_t number, const char *lang_tag)
{
	const struct population *p = arg;
	struct str code = population_text(p, of, number), label = name_of(p, of, number);
	int64_t stored = p->labels && code.n && !label.n ? p->labels->number(p->labels->arg, of, code) : 0;
	if (stored && p->labels->label)
		label = p->labels->label(p->labels->arg, stored, lang_tag);
	return label.n ? label : code;
}

enum { SMALL = 200 };

/* -1: its records have none. */
static int name_field(const struct entity *thing)
{
	int name = entity_field(thing, "name"), field = name >= 0 ? name : entity_field(thing, "title");
	return field >= 0 && thing->fields[field].type == T_TEXT ? field : -1;
}

/* Where no name is found, the code does. */
static enum err name_one(struct population *p, struct ctx *c, const struct entity *thing, struct str code,
			 struct str *ret)
{
	struct record *r;
	int64_t id;
	enum err e = key_find(c, thing, code, &id);
	if (e == E_OK)
		e = read_thing(c, thing, id, AS_OF_NOW, &r);
	if (e == E_OK)
		*ret = kept(p, r->v[name_field(thing)].t);
	return e == E_MISSING ? E_OK : e;
}

static enum err name_each(struct population *p, struct ctx *c, const struct entity *thing, struct dictionary *d)
{
	for (size_t i = 0; i < d->n; i++)
		TRY(name_one(p, c, thing, *text_at(d, i), &d->names[i]));
	return E_OK;
}

/* A catalogue is read at one go. */
static enum err name_all(struct population *p, struct ctx *c, const struct entity *thing, struct dictionary *d)
{
	struct query q = { .entity = thing, .at = AS_OF_NOW, .extent = HOLDING };
	struct cursor *k CLEANUP(cursor_close_p) = NULL;
	const struct record *r;
	int64_t number;
	TRY(cursor_open(c, &q, &k));
	for (;;) {
		TRY(cursor_next(k, &r));
		if (!r)
			return E_OK;
		if (map_get(d->numbers, r->code, &number))
			d->names[number] = kept(p, r->v[name_field(thing)].t);
	}
}

enum err population_name(struct population *p, struct ctx *c)
{
	p->labels = c->codes;
	for (struct dictionary *d = p->dictionaries; d; d = d->next) {
		const struct entity *thing = registry_entity(c->registry, d->of);
		int64_t greatest;
		if (!thing || thing->kind != THING || d->n > SMALL || !d->n || name_field(thing) < 0)
			continue;
		d->names = ARENA_ARRAY(&p->arena, struct str, d->n);
		d->nnames = d->n;
		TRY(scan_greatest(c, thing, &greatest));
		bool few = greatest <= SMALL && !thing->alias;
		TRY(few ? name_all(p, c, thing, d) : name_each(p, c, thing, d));
	}
	return E_OK;
}

const struct codebook *population_codes(struct population *p)
{
	return &p->codes;
}

void dictionary_init(struct population *p)
{
	p->lock = xmalloc(sizeof *p->lock);
	pthread_mutex_init(p->lock, NULL);
	p->codes = (struct codebook){ p, codebook_number, codebook_text, codebook_label };
}

enum err dictionary_prepare(struct population *p, const char *of)
{
	if (find(p, of))
		return E_OK;
	pthread_mutex_lock(p->lock);
	struct dictionary *d = get_locked(p, of);
	pthread_mutex_unlock(p->lock);
	const struct entity *thing = p->ctx ? registry_entity(p->ctx->registry, of) : NULL;
	if (thing) {
		TRY(keys_load(p->ctx, thing, p->at.position, &d->keys));
		for (int64_t id = 1; id <= keys_max(d->keys); id++)
			population_pack(p, of, id);
		return E_OK;
	}
	for (const struct rules_row *row = p->rules ? rules_row(p->rules, of, 0) : NULL; row; row = rules_next(row))
		population_code(p, of, row_text(row, "code"));
	return E_OK;
}

void dictionary_release(struct population *p)
{
	while (p->dictionaries) {
		struct dictionary *d = p->dictionaries;
		p->dictionaries = d->next;
		map_free(d->numbers);
		keys_free(d->keys);
		for (unsigned i = 0; i < PAGES; i++)
			free(d->pages[i]);
		free(d->by_stored);
		free(d->of);
		free(d);
	}
	pthread_mutex_destroy(p->lock);
	free(p->lock);
}
