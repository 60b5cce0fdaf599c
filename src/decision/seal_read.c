/* seal_read.c - a seal as it stands in the store, read as hostile: whatever does not fit is said, never trusted. */
#include "base/jansson_read.h"
#include "base/json.h"
#include "base/number.h"
#include "decision/inside.h"
#include "store/rows.h"

struct texts { /* one dictionary of the header */
	const char *of;
	struct str *text;
	int32_t *code; /* the population's number */
	int32_t n;
};
struct seal_reader {
	struct round *r;
	json_t *header;
	struct texts *dictionaries;
	size_t ndictionaries;
	int32_t **columns;
	const char *wrong;
	size_t done, blocks;    /* candidates and blocks read */
	const char *at, *end;   /* of the block at hand */
	size_t promised;        /* blocks that the table holds beside the header */
	struct str header_hash; /* as the row says, in hexadecimal */
};

static bool wrong(struct seal_reader *s, const char *what)
{
	s->wrong = what;
	return false;
}

/* ---- header ---- */

static bool text_of(struct round *r, const json_t *object, const char *key, const char **ret)
{
	const char *s = json_string_value(json_object_get(object, key));
	*ret = arena_copy(&r->arena, s ? s : "");
	return s != NULL;
}

static bool type_of(const char *text, enum input_type *ret)
{
	for (int t = I_NUMBER; t <= I_FLAG; t++)
		if (text_is(seal_form_type((enum input_type)t), text)) {
			*ret = (enum input_type)t;
			return true;
		}
	return false;
}

static bool value_of(const char *text, enum judge_value *ret)
{
	for (int v = V_NONE; v <= V_NUMBER; v++)
		if (text_is(seal_form_value((enum judge_value)v), text)) {
			*ret = (enum judge_value)v;
			return true;
		}
	return false;
}

static bool read_columns(struct seal_reader *s)
{
	struct seal_form *f = &s->r->inside->form;
	const json_t *list = json_object_get(s->header, "columns");
	f->ncolumns = json_array_size(list);
	f->columns = ARENA_ARRAY(&s->r->arena, struct input_column, f->ncolumns + 1);
	for (size_t i = 0; i < f->ncolumns; i++) {
		const json_t *x = json_array_get(list, i);
		struct input_column *c = &f->columns[i];
		const char *type;
		if (!text_of(s->r, x, "name", &c->name) || !text_of(s->r, x, "of", &c->of) ||
		    !text_of(s->r, x, "type", &type) || !type_of(type, &c->type) || strlen(c->of) > 63)
			return false;
		c->confidential = json_is_true(json_object_get(x, "confidential"));
		if (i && strcmp(f->columns[i - 1].name, c->name) >= 0)
			return false;
	}
	return json_is_array(list);
}

static bool read_criteria(struct seal_reader *s)
{
	struct seal_form *f = &s->r->inside->form;
	const json_t *list = json_object_get(s->header, "criteria");
	size_t n = json_array_size(list);
	f->criteria = ARENA_ARRAY(&s->r->arena, struct seal_form_criterion, n + 1);
	for (size_t i = 0; i < n; i++) {
		const json_t *x = json_array_get(list, i);
		struct seal_form_criterion *c = &f->criteria[i];
		const char *value;
		if (!text_of(s->r, x, "name", &c->name) || !text_of(s->r, x, "judge", &c->judge) ||
		    !text_of(s->r, x, "of", &c->of) || !text_of(s->r, x, "value", &value) ||
		    !value_of(value, &c->value))
			return false;
		c->confidential = json_is_true(json_object_get(x, "confidential"));
	}
	f->ncriteria = n;
	seal_form_sort(f, &s->r->arena);
	return json_is_array(list);
}

static bool read_one_dictionary(struct seal_reader *s, const char *of, const json_t *list)
{
	struct texts *d = &s->dictionaries[s->ndictionaries++];
	*d = (struct texts){ .of = arena_copy(&s->r->arena, of), .n = (int32_t)json_array_size(list) };
	d->text = ARENA_ARRAY(&s->r->arena, struct str, d->n + 1);
	d->code = ARENA_ARRAY(&s->r->arena, int32_t, d->n + 1);
	for (int32_t i = 0; i < d->n; i++) {
		const json_t *x = json_array_get(list, (size_t)i);
		if (!json_is_string(x))
			return false;
		d->text[i] = str_of(arena_copy(&s->r->arena, json_string_value(x)));
		d->code[i] = population_code(s->r->population, d->of, d->text[i]);
	}
	return json_is_array(list);
}

static bool read_dictionary(struct seal_reader *s)
{
	json_t *all = json_object_get(s->header, "dictionary");
	s->dictionaries = ARENA_ARRAY(&s->r->arena, struct texts, json_object_size(all) + 1);
	for (void *at = json_object_iter(all); at; at = json_object_iter_next(all, at))
		if (!read_one_dictionary(s, json_object_iter_key(at), json_object_iter_value(at)))
			return false;
	return json_is_object(all);
}

static void make_room(struct seal_reader *s)
{
	struct round *r = s->r;
	const struct seal_form *f = &r->inside->form;
	r->population = population_new(r->n, (struct moment){ r->as_of, r->position });
	s->columns = ARENA_ARRAY(&r->arena, int32_t *, f->ncolumns + 1);
	for (size_t i = 0; i < f->ncolumns; i++)
		s->columns[i] = population_add(r->population, &f->columns[i]);
	r->candidates = xcalloc(r->n + 1, sizeof *r->candidates);
	r->inside->salts = xcalloc(r->n + 1, SEAL_SALTS);
	r->nblocks = (r->n + BLOCK - 1) / BLOCK;
	r->verdicts = xcalloc(f->ncriteria * r->nblocks + 1, sizeof *r->verdicts);
	for (size_t i = 0; i < f->ncriteria * r->nblocks; i++)
		r->verdicts[i] = verdicts_new();
}

/* Whether the header is the one that the seal's row names; nothing of it is used before that is known. */
static bool is_named(const struct seal_reader *s, struct str json)
{
	struct hash h = sha256(json.n ? json.p : "", json.n), named;
	return hex_parse(s->header_hash, named.b, HASH_SIZE) && hash_eq(&h, &named);
}

static bool read_header(struct seal_reader *s, struct str json)
{
	struct round *r = s->r;
	const char *day, *format;
	if (!is_named(s, json))
		return wrong(s, "its header is not the one that its row names");
	s->header = json_loadb(json.n ? json.p : "", json.n, JSON_REJECT_DUPLICATES, NULL);
	const json_t *n = json_object_get(s->header, "candidates");
	if (!json_is_object(s->header) || !text_of(r, s->header, "format", &format) || !text_is(format, "merit-seal-1"))
		return wrong(s, "its header is not that of a seal");
	if (!text_of(r, s->header, "as_of", &day) || !date_parse(str_of(day), &r->as_of) || !json_is_integer(n) ||
	    json_integer_value(n) < 0 || !read_columns(s) || !read_criteria(s))
		return wrong(s, "a member of its header is missing or not of its form");
	if ((uint64_t)json_integer_value(n) > (uint64_t)s->promised * BLOCK ||
	    ((size_t)json_integer_value(n) + BLOCK - 1) / BLOCK != s->promised)
		return wrong(s, "blocks are missing, or there are too many");
	r->n = (size_t)json_integer_value(n);
	r->id = json_integer_value(json_object_get(s->header, "round"));
	r->position = json_integer_value(json_object_get(s->header, "position"));
	make_room(s);
	if (!read_dictionary(s))
		return wrong(s, "the dictionary of its header is not of its form");
	return true;
}

/* ---- blocks ---- */

static bool get(struct seal_reader *s, void *out, size_t n)
{
	if ((size_t)(s->end - s->at) < n)
		return wrong(s, "a block is too short");
	memcpy(out, s->at, n);
	s->at += n;
	return true;
}

static const struct texts *dictionary_of(const struct seal_reader *s, const char *of)
{
	for (size_t i = 0; i < s->ndictionaries; i++)
		if (text_is(s->dictionaries[i].of, of))
			return &s->dictionaries[i];
	return NULL;
}

static bool code_of(struct seal_reader *s, const struct texts *d, int32_t *v)
{
	if (*v == NONE)
		return true;
	if (!d || *v < 0 || *v >= d->n)
		return wrong(s, "a code stands in no dictionary of its header");
	*v = d->code[*v];
	return true;
}

static bool is_day(int32_t v)
{
	return v == NONE || (v >= DATE_MIN && v <= DATE_MAX);
}

static bool get_column(struct seal_reader *s, const struct input_column *c, int32_t *v, size_t n)
{
	const struct texts *d = c->type == I_CODE ? dictionary_of(s, c->of) : NULL;
	if (!get(s, v, n * sizeof *v))
		return false;
	for (size_t i = 0; i < n; i++) {
		if (c->type == I_DAY && !is_day(v[i]))
			return wrong(s, "a day is none");
		if (c->type == I_CODE && !code_of(s, d, &v[i]))
			return false;
	}
	return true;
}

static bool get_texts(struct seal_reader *s, struct candidate *k, size_t n, size_t offset)
{
	const struct texts *d = dictionary_of(s, "");
	for (size_t i = 0; i < n; i++) {
		int32_t v;
		if (!get(s, &v, sizeof v))
			return false;
		if (v != NONE && (!d || v < 0 || v >= d->n))
			return wrong(s, "a code stands in no dictionary of its header");
		struct str text = v == NONE ? (struct str){ 0 } : d->text[v];
		memcpy((char *)&k[i] + offset, &text, sizeof text);
	}
	return true;
}

static bool get_outcomes(struct seal_reader *s, struct candidate *k, size_t n)
{
	unsigned char byte;
	for (size_t i = 0; i < 2 * n; i++) {
		if (!get(s, &byte, 1))
			return false;
		if (byte > OTHER_KIND)
			return wrong(s, "an outcome is none");
		if (i < n)
			k[i].judged = (enum outcome)byte;
		else
			k[i - n].decided = (enum outcome)byte;
	}
	return true;
}

static bool get_verdicts(struct seal_reader *s, const struct seal_form_criterion *c, struct verdicts *v, size_t n)
{
	char of[64];
	if (!get(s, v->met, n) || !get(s, v->reason, n) || !get(s, v->value[0], n * sizeof(int32_t)) ||
	    !get(s, v->value[1], n * sizeof(int32_t)) || !get(s, v->complete_on, n * sizeof(int32_t)))
		return false;
	for (size_t i = 0; i < n; i++) {
		if (v->met[i] > NOT_ASKED || !is_day(v->complete_on[i]))
			return wrong(s, "a verdict is none");
		if (c->value == V_CODE &&
		    !code_of(s, dictionary_of(s, seal_form_value_of(c, v->value[1][i], of)), &v->value[0][i]))
			return false;
	}
	return true;
}

static bool get_numbers(struct seal_reader *s, struct candidate *k, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		uint16_t length;
		if (!get(s, &length, sizeof length))
			return false;
		if (length > s->end - s->at)
			return wrong(s, "a block is too short");
		k[i].number = (struct str){ arena_text(&s->r->arena, s->at, length), length };
		s->at += length;
		if (text_utf8_bad(k[i].number) != length)
			return wrong(s, "a number is not text");
	}
	return true;
}

static bool get_people(struct seal_reader *s, struct candidate *k, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (!get(s, &k[i].person, sizeof k[i].person))
			return false;
	return true;
}

static bool read_block(struct seal_reader *s, struct str columns, struct str salts)
{
	struct round *r = s->r;
	const struct seal_form *f = &r->inside->form;
	int32_t n = 0;
	s->at = columns.n ? columns.p : "";
	s->end = s->at + columns.n;
	if (!get(s, &n, sizeof n))
		return false;
	size_t left = r->n - s->done, want = left < BLOCK ? left : BLOCK, count = (size_t)n;
	if (n <= 0 || count != want || salts.n != count * SEAL_SALTS)
		return wrong(s, "a block holds too many or too few candidates");
	struct candidate *k = &r->candidates[s->done];
	memcpy(r->inside->salts + s->done * SEAL_SALTS, salts.p, salts.n);
	if (!get_people(s, k, count))
		return false;
	for (size_t i = 0; i < f->ncolumns; i++)
		if (!get_column(s, &f->columns[i], s->columns[i] + s->done, count))
			return false;
	if (!get_texts(s, k, count, offsetof(struct candidate, now)) ||
	    !get_texts(s, k, count, offsetof(struct candidate, next)) ||
	    !get_texts(s, k, count, offsetof(struct candidate, override)) || !get_outcomes(s, k, count))
		return false;
	for (size_t i = 0; i < f->ncriteria; i++)
		if (!get_verdicts(s, &f->criteria[i], r->verdicts[i * r->nblocks + s->blocks], count))
			return false;
	if (!get_numbers(s, k, count))
		return false;
	s->done += count;
	s->blocks++;
	return s->at == s->end || wrong(s, "a block is too long");
}

static bool read_end(struct seal_reader *s)
{
	if (s->wrong)
		return false;
	if (!s->header)
		return wrong(s, "its header is missing");
	if (s->done != s->r->n)
		return wrong(s, "blocks are missing");
	for (size_t i = 0; i < s->r->n; i++)
		population_set_person(s->r->population, i, s->r->candidates[i].person);
	round_index(s->r);
	return true;
}

/* ---- from the table ---- */

static bool one_block(struct seal_reader *s, int64_t block, struct str columns, struct str salts, bool salted)
{
	if (block == 0)
		return (!salted || wrong(s, "its header has salts")) && read_header(s, columns);
	if (!s->header || (uint64_t)block != s->blocks + 1 || !salted)
		return wrong(s, "its blocks are not numbered without gaps");
	return read_block(s, columns, salts);
}

static enum err count_blocks(struct ctx *c, int64_t decision, size_t *ret)
{
	struct stmt *st;
	bool row = true;
	size_t n = 0;
	TRY(rows_select(c->store, &seal_table.table, &decision, 1, 2, &st));
	for (; row; n++)
		TRY(stmt_step(st, &row));
	*ret = n > 2 ? n - 2 : 0;
	return E_OK;
}

static enum err read_blocks(struct ctx *c, int64_t decision, struct seal_reader *s)
{
	struct stmt *st;
	bool row;
	TRY(count_blocks(c, decision, &s->promised));
	TRY(rows_select(c->store, &seal_table.table, &decision, 1, 2, &st));
	for (;;) {
		TRY(stmt_step(st, &row));
		if (!row)
			break;
		if (!one_block(s, stmt_get_int(st, 1), stmt_get_text(st, 2), stmt_get_text(st, 3),
			       !stmt_is_null(st, 3))) {
			stmt_reset(st);
			return E_INVALID;
		}
	}
	return read_end(s) ? E_OK : E_INVALID;
}

static void reader_release(struct seal_reader *s)
{
	json_decref(s->header);
}

enum err seal_read(struct ctx *c, const struct record *row, struct round **ret, const char **ret_what)
{
	struct round *r CLEANUP(round_free_p) = round_new();
	struct seal_reader s CLEANUP(reader_release) = { .r = r, .header_hash = row->v[SEAL_HEADER].t };
	enum err e = read_blocks(c, row->owner, &s);
	if (e == E_INVALID)
		*ret_what = s.wrong;
	TRY(e);
	if (r->id != row->owner || r->as_of != row->valid_from || r->position != record_get(row, SEAL_POSITION, 0)) {
		*ret_what = "its header is not that of the row";
		return E_INVALID;
	}
	r->sealed = true;
	r->seal_entry = row->known_from;
	r->inside->sealed = record_copy(&r->arena, row);
	*ret = r;
	r = NULL;
	return E_OK;
}

enum err seal_people(struct ctx *c, int64_t round, struct imap *ret)
{
	struct stmt *st;
	bool row;
	TRY(rows_select(c->store, &seal_table.table, &round, 1, 2, &st));
	for (;;) {
		TRY(stmt_step(st, &row));
		if (!row)
			return E_OK;
		struct str s = stmt_get_text(st, 2);
		int32_t n = 0;
		if (stmt_get_int(st, 1) == 0 || s.n < sizeof n)
			continue;
		memcpy(&n, s.p, sizeof n);
		for (int32_t i = 0; i < n && sizeof n + (size_t)(i + 1) * sizeof(int64_t) <= s.n; i++) {
			int64_t person;
			memcpy(&person, s.p + sizeof n + (size_t)i * sizeof person, sizeof person);
			imap_set(ret, person, i);
		}
	}
}
