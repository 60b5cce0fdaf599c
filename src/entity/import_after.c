/* import_after.c - what must hold over everybody, said in the rows of the file; then what derives from them. */
#include "entity/import.h"

#include "entity/check.h"
#include "entity/inner.h"
#include "entity/invariant.h"
#include "entity/projection.h"
#include "entity/term.h"

/* text is "what; what to do". */
static void broken(void *arg, const struct entity *e, int64_t vid, const char *column, const char *text)
{
	struct import *m = arg;
	int64_t at = vid - m->first_vid;
	const char *todo = text;

	for (const char *next = strstr(text, "; "); next; next = strstr(next + 1, "; "))
		todo = next + 2;
	int n = todo == text ? (int)strlen(text) : (int)(todo - text) - 2;
	if (todo == text)
		todo = say(m->c->problems->lang, N_("correct one of the rows concerned"));
	if (e == m->e && at >= 0 && at < (int64_t)m->nouts)
		import_bad(m, m->c->problems, m->outs[at].row, column, "%.*s; %s", n, text, todo);
	else /* a row that stood before, with which this file does not go together */
		problem_at(m->c->problems, m->name, 0, column, "%.*s; %s", n, text, todo);
}

/* A reference to a record of the same file is dated when all of them are known. */
static enum err check_own_refs(struct import *m, int field)
{
	struct import_worker *w = &m->workers[0];
	struct eras *eras;
	struct standing s;

	TRY(eras_load(m->c, m->e, &eras));
	w->c.arena = &w->row;
	for (size_t i = 0; i < m->nouts; i++) {
		uint32_t row = m->outs[i].row;
		int64_t id = m->ints[field][row];
		if (id == UNSTATED || m->bad[row])
			continue;
		eras_standing(eras, id, m->day[row], &s);
		if (!s.exists || s.first == DATE_NONE || (s.holds && s.first <= m->day[row]))
			continue; /* without a version: its own row has a problem */
		size_t kept = w->problems.kept;
		import_record(m, w, row, NULL, w->rec);
		if (!check_link(&w->c, w->rec, field, import_cell(m, w, row, m->slot_of[field]), &s)) {
			import_adopt(m, &w->problems, kept, row);
			m->bad[row] = 1;
		}
	}
	eras_free(eras);
	import_gather(m);
	return E_OK;
}

/* Whether facts of other entities could have come to stand before the first day of their owner. */
static bool moves_first_days(const struct import *m)
{
	bool dated = false;

	for (int i = 0; i < m->e->nfields; i++)
		dated |= (m->e->fields[i].flags & NOT_BEFORE) && m->slot_of[i] >= 0;
	return dated && !m->empty;
}

static enum err check_facts(struct import *m, struct report *r)
{
	for (size_t i = 0; moves_first_days(m) && m->c->registry->entities[i]; i++) {
		const struct entity *e = m->c->registry->entities[i];
		if (e->owner == m->e && e->kind != PLAIN)
			TRY(invariants_check(m->c, e, r));
	}
	return E_OK;
}

static int by_number(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

	return x < y ? -1 : x > y;
}

/* Everybody about whom something was written, each once, in order. */
static size_t touched(struct import *m, int64_t **ret)
{
	int64_t *ids = xmalloc((m->nouts + m->naliases + 1) * sizeof *ids);
	size_t n = 0, kept = 0;

	for (size_t i = 0; i < m->nouts; i++)
		ids[n++] = m->id[m->outs[i].row];
	for (size_t i = 0; i < m->naliases; i++)
		ids[n++] = m->aliases[i].id;
	for (size_t i = 1; i < n; i++)
		if (ids[i] < ids[i - 1]) {
			qsort(ids, n, sizeof *ids, by_number);
			break;
		}
	for (size_t i = 0; i < n; i++)
		if (i == 0 || ids[i] != ids[i - 1])
			ids[kept++] = ids[i];
	*ret = ids;
	return kept;
}

static enum err derive_terms(struct import *m, const int64_t *ids, size_t n)
{
	if (m->e->kind == THING) {
		while (n && ids[n - 1] > m->known_ids)
			n--;
		TRY(term_bulk(m->c, m->e, ids, n));
		return term_new(m->c, m->e, m->known_ids + 1, m->known_ids + (int64_t)m->nborn_now);
	}
	if (entity_is_alias(m->e))
		return term_bulk(m->c, m->e->owner, ids, n);
	return E_OK;
}

static enum err derive(struct import *m)
{
	int64_t *ids;
	size_t n;

	if (m->c->inner->derive_later)
		return E_OK;
	n = touched(m, &ids);
	enum err err = projection_bulk(m->c, m->e, ids, n);

	if (err == E_OK)
		err = derive_terms(m, ids, n);
	free(ids);
	return err;
}

bool import_together(const struct import *m)
{
	bool own = false;

	for (int i = 0; i < m->e->nfields; i++)
		own = own || import_is_own_ref(m, i);
	return own || m->naliases || moves_first_days(m) || invariants_any(m->e);
}

enum err import_after(struct import *m)
{
	struct report r = { broken, m, m->c->problems, .dated = true };

	if (m->nouts == 0 && m->naliases == 0)
		return E_OK;
	for (int i = 0; i < m->e->nfields; i++)
		if (import_is_own_ref(m, i))
			TRY(check_own_refs(m, i));
	TRY(invariants_check(m->c, m->e, &r));
	if (m->naliases)
		TRY(invariants_check(m->c, m->e->alias->series, &r));
	r.dated = false;
	TRY(check_facts(m, &r));
	if (import_refused(m) || m->o->dry_run) { /* lists and words find nothing wrong */
		entry_abandon(m->c->ledger);
		return E_OK;
	}
	TRY(derive(m));
	return entry_end(m->c->ledger, &m->n->position);
}
