/* rehearse.c - every judge prepared once, as a round would, with nobody to judge. */
#include "policy/overlay.h"
#include "policy/resolved.h"

/* Numbers given out as they are asked for, as a population does. */
struct book {
	struct arena arena;
	struct map *numbers; /* "table\x1fcode" */
	struct buf texts;    /* of struct str, by number */
};

static int32_t number(void *arg, const char *of, struct str code)
{
	struct book *b = arg;
	CLEANUP(buf_release) struct buf key = BUF_INIT;
	int64_t next = (int64_t)(b->texts.n / sizeof(struct str)), found = 0;
	buf_text(&key, of);
	buf_char(&key, '\x1f');
	buf_add(&key, code.p ? code.p : "", code.n);
	if (!map_add(b->numbers, (struct str){ key.p, key.n }, next, &found))
		return (int32_t)found;
	struct str text = { arena_text(&b->arena, code.p, code.n), code.n };
	buf_add(&b->texts, &text, sizeof(text));
	return (int32_t)next;
}

static struct str text(void *arg, const char *of, int32_t n)
{
	const struct book *b = arg;
	(void)of;
	if (n < 0 || (size_t)n >= b->texts.n / sizeof(struct str))
		return (struct str){ 0 };
	return ((const struct str *)(const void *)b->texts.p)[n];
}

static struct place place_of(const struct course_of_rules *c, struct str criterion, const char *param)
{
	for (size_t i = 0; i < c->ndemands; i++) {
		const struct demand *d = &c->demands[i];
		if (!str_eq(d->name, criterion))
			continue;
		for (size_t k = 0; param && k < d->n; k++)
			if (str_is(d->arguments[k].name, param))
				return d->arguments[k].where;
		return d->where;
	}
	return c->where;
}

static enum err prepare(const struct rules *r, const struct criterion *k, const struct course_of_rules *c,
			struct book *book, struct problems *p)
{
	CLEANUP(problems_release) struct problems said = PROBLEMS_INIT;
	const struct codebook codes = { book, number, text };
	const void *prepared = NULL;
	if (!k->judge || !k->judge->prepare)
		return E_OK;
	enum err e = k->judge->prepare(r, k, &codes, &book->arena, &said, &prepared);
	for (size_t i = 0; i < said.kept; i++) {
		struct place at = place_of(c, k->name, said.list[i].column);
		problem_add(p, (struct problem){ .file = at.file,
						 .row = at.row,
						 .place = at.at,
						 .what = said.list[i].what,
						 .todo = said.list[i].todo });
	}
	return e == E_INVALID && said.count ? E_OK : e;
}

static enum err rehearse_policy(const struct overlay_ask *ask, const struct pack_reader *reader,
				const struct course_of_rules *c, struct problems *p)
{
	CLEANUP(rules_free_p) struct rules *rules = NULL;
	struct book book = { .numbers = map_new() };
	json_t *tree = overlay_resolve(ask);
	enum err e = rules_of_tree(tree, reader, &rules);
	const struct ruleset *s = e == E_OK ? rules_policy(rules, c->kind.p, c->name.p) : NULL;
	for (size_t i = 0; e == E_OK && s && i < s->ncriteria; i++)
		e = prepare(rules, &s->criteria[i], c, &book, p);
	json_decref(tree);
	map_free(book.numbers);
	buf_release(&book.texts);
	arena_release(&book.arena);
	return e;
}

static enum err rehearse_pack(struct overlay_ask ask, const struct pack *of, struct problems *p)
{
	for (size_t i = 0; i < of->npolicies; i++) {
		const struct course_of_rules *c = &of->policies[i];
		ask.day = c->mark.from == DATE_MIN ? c->mark.to : c->mark.from;
		TRY(rehearse_policy(&ask, of->reader, c, p));
	}
	return E_OK;
}

/* What the service's policies say of themselves is not said again for each unit that lays its own values over them. */
enum err rehearse(const struct pack *const *packs, size_t n, struct problems *p)
{
	struct overlay_ask ask = { .packs = packs, .npacks = n };
	size_t before = p->count;
	for (size_t i = 0; i < n; i++)
		if (pack_is_whole(packs[i]))
			TRY(rehearse_pack(ask, packs[i], p));
	ask.nunits = 1;
	for (size_t u = 0; u < n && p->count == before; u++) {
		ask.units = &packs[u]->applies_to;
		for (size_t i = 0; i < n && !pack_is_whole(packs[u]); i++)
			if (i == u || pack_is_whole(packs[i]))
				TRY(rehearse_pack(ask, packs[i], p));
	}
	return E_OK;
}
