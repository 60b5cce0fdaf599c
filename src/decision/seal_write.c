/* seal_write.c - candidates as blocks of columns. Codes are numbered anew, in the order in which the candidates' own
 * order brings them, so that a seal's bytes do not depend on threads or on a store's numbers. */
#include "base/json.h"
#include "decision/inside.h"

_Static_assert(__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__, "seals are written in little-endian order");

struct recode {
	char of[64];
	int32_t *to; /* population's number -> seal's; NONE: not seen yet */
	size_t cap;
	const struct str *texts;
	struct str *list; /* by seal's number */
	int32_t n;
	size_t list_cap;
	struct map *known; /* of texts that are no codes of the population */
	struct recode *next;
};
struct seal_writer {
	const struct round *r;
	struct recode *recodes;
};

struct seal_writer *seal_writer_new(const struct round *r)
{
	struct seal_writer *w = xcalloc(1, sizeof *w);
	w->r = r;
	return w;
}

void seal_writer_free(struct seal_writer *w)
{
	while (w->recodes) {
		struct recode *x = w->recodes;
		w->recodes = x->next;
		map_free(x->known);
		free(x->to);
		free(x->list);
		free(x);
	}
	free(w);
}

/* Kept in order of name, as the header names them. */
static struct recode *recode_of(struct seal_writer *w, const char *of)
{
	struct recode **at = &w->recodes;
	while (*at && strcmp((*at)->of, of) < 0)
		at = &(*at)->next;
	if (*at && text_is((*at)->of, of))
		return *at;
	struct recode *x = xcalloc(1, sizeof *x);
	snprintf(x->of, sizeof x->of, "%s", of);
	x->known = map_new();
	x->next = *at;
	*at = x;
	return x;
}

static int32_t number_of_text(struct recode *x, struct str text)
{
	int64_t number;
	if (!map_add(x->known, text, x->n, &number))
		return (int32_t)number;
	if ((size_t)x->n == x->list_cap) {
		x->list_cap = x->list_cap ? 2 * x->list_cap : 32;
		x->list = xrealloc(x->list, x->list_cap * sizeof *x->list);
	}
	x->list[x->n++] = text;
	return (int32_t)number;
}

static int32_t number_of_code(struct seal_writer *w, struct recode *x, int32_t code)
{
	if (code == NONE)
		return NONE;
	if ((size_t)code >= x->cap) {
		size_t cap = (size_t)code * 2 + 32;
		x->to = xrealloc(x->to, cap * sizeof *x->to);
		for (size_t i = x->cap; i < cap; i++)
			x->to[i] = NONE;
		x->cap = cap;
	}
	if (x->to[code] == NONE)
		x->to[code] = number_of_text(x, population_text(w->r->population, x->of, code));
	return x->to[code];
}

/* ---- blocks ---- */

static void put(struct buf *out, int32_t v)
{
	buf_add(out, &v, sizeof v);
}

static void put_column(struct seal_writer *w, const struct input_column *c, size_t first, size_t n, struct buf *out)
{
	const int32_t *v = population_column(w->r->population, c->name) + first;
	struct recode *x = c->type == I_CODE ? recode_of(w, c->of) : NULL;
	for (size_t i = 0; i < n; i++)
		put(out, x ? number_of_code(w, x, v[i]) : v[i]);
}

static void put_texts(struct seal_writer *w, const char *of, const struct candidate *k, size_t n, size_t offset,
		      struct buf *out)
{
	struct recode *x = recode_of(w, of);
	for (size_t i = 0; i < n; i++) {
		struct str s;
		memcpy(&s, (const char *)&k[i] + offset, sizeof s);
		put(out, s.n ? number_of_text(x, s) : NONE);
	}
}

static void put_values(struct seal_writer *w, const struct seal_form_criterion *c, const struct verdicts *v, size_t n,
		       struct buf *out)
{
	char of[64];
	for (size_t i = 0; i < n; i++) {
		int32_t value = v->value[0][i];
		if (c->value == V_CODE)
			value = number_of_code(w, recode_of(w, seal_form_value_of(c, v->value[1][i], of)), value);
		put(out, value);
	}
	buf_add(out, v->value[1], n * sizeof(int32_t));
	buf_add(out, v->complete_on, n * sizeof(int32_t));
}

static void put_numbers(const struct candidate *k, size_t n, struct buf *out)
{
	for (size_t i = 0; i < n; i++) {
		uint16_t length = (uint16_t)k[i].number.n;
		buf_add(out, &length, sizeof length);
		buf_add(out, k[i].number.p, length);
	}
}

void seal_write_block(struct seal_writer *w, size_t block, struct buf *out)
{
	const struct round *r = w->r;
	const struct seal_form *f = &r->inside->form;
	size_t first = block * BLOCK, n = r->n - first < BLOCK ? r->n - first : BLOCK;
	const struct candidate *k = &r->candidates[first];
	put(out, (int32_t)n);
	for (size_t i = 0; i < n; i++)
		buf_add(out, &k[i].person, sizeof k[i].person);
	for (size_t i = 0; i < f->ncolumns; i++)
		put_column(w, &f->columns[i], first, n, out);
	put_texts(w, "", k, n, offsetof(struct candidate, now), out);
	put_texts(w, "", k, n, offsetof(struct candidate, next), out);
	put_texts(w, "", k, n, offsetof(struct candidate, override), out);
	for (size_t i = 0; i < n; i++)
		buf_char(out, (char)k[i].judged);
	for (size_t i = 0; i < n; i++)
		buf_char(out, (char)k[i].decided);
	for (size_t i = 0; i < f->ncriteria; i++) {
		const struct verdicts *v = r->verdicts[i * r->nblocks + block];
		buf_add(out, v->met, n);
		buf_add(out, v->reason, n);
		put_values(w, &f->criteria[i], v, n, out);
	}
	put_numbers(k, n, out);
}

/* ---- header ---- */

static void criteria_member(const struct seal_form *f, struct json *j)
{
	json_key(j, "criteria");
	json_array(j);
	for (size_t i = 0; i < f->ncriteria; i++) {
		const struct seal_form_criterion *c = &f->criteria[i];
		json_object(j);
		json_member_bool(j, "confidential", c->confidential);
		json_member_text(j, "judge", c->judge);
		json_member_text(j, "name", c->name);
		json_member_text(j, "of", c->of);
		json_member_text(j, "value", seal_form_value(c->value));
		json_object_end(j);
	}
	json_array_end(j);
}

static void dictionary_member(const struct seal_writer *w, struct json *j)
{
	json_key(j, "dictionary");
	json_object(j);
	for (const struct recode *x = w->recodes; x; x = x->next) {
		json_key(j, x->of);
		json_array(j);
		for (int32_t i = 0; i < x->n; i++)
			json_str(j, x->list[i]);
		json_array_end(j);
	}
	json_object_end(j);
}

void seal_write_header(struct seal_writer *w, struct buf *out)
{
	const struct round *r = w->r;
	char day[DATE_TEXT];
	struct json j;
	json_init(&j, out);
	json_object(&j);
	json_member_text(&j, "as_of", date_text(r->as_of, day));
	json_member_int(&j, "candidates", (int64_t)r->n);
	seal_form_columns_add(&r->inside->form, "columns", true, &j);
	criteria_member(&r->inside->form, &j);
	dictionary_member(w, &j);
	json_member_text(&j, "format", "merit-seal-1");
	json_member_text(&j, "kind", r->kind->name);
	json_member_str(&j, "policy", r->policy->name);
	json_member_int(&j, "position", r->position);
	json_member_int(&j, "round", r->id);
	struct hash rules = rules_hash(r->rules);
	json_member_hash(&j, "rules", rules.b, HASH_SIZE);
	json_member_str(&j, "unit", r->unit_code);
	json_object_end(&j);
}
