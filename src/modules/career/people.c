/* people.c - the people in service of one unit on one day. */
#include "modules/career/people.h"

#include "base/csv.h"
#include "base/json.h"
#include "entity/read.h"

static enum err load_names(struct people *q)
{
	struct query all = { .entity = &person_entity,
			     .at = { population_day(q->population), population_position(q->population) },
			     .extent = HOLDING };
	struct cursor *k CLEANUP(cursor_close_p) = NULL;
	q->names = ARENA_ARRAY(&q->arena, struct str, population_count(q->population) + 1);
	TRY(cursor_open(q->ctx, &all, &k));
	for (;;) {
		const struct record *r;
		TRY(cursor_next(k, &r));
		if (!r)
			return E_OK;
		size_t row = population_row(q->population, r->id);
		struct str name = r->v[PERSON_NAME].t;
		if (row != SIZE_MAX)
			q->names[row] = (struct str){ arena_text(&q->arena, name.p, name.n), name.n };
	}
}

enum err people_load(struct ctx *c, int64_t unit, date as_of, const char *const *columns, struct people *ret)
{
	const struct policy *policy = c->policy;
	const struct str *path;
	size_t n;
	ret->ctx = c;
	ret->unit = unit;
	TRY(unit_path(c, unit, (struct moment){ as_of, 0 }, &path, &n));
	TRY(rules_at(policy, path, n, as_of, &ret->rules));
	struct population_ask ask = {
		.inputs = modules_inputs(), .names = columns, .at = { as_of, 0 }, .rules = ret->rules
	};
	TRY(population_load(c, &ask, &ret->population));
	ret->serving = codes_serving(ret->rules, population_codes(ret->population), &ret->arena);
	int64_t position = population_position(ret->population);
	TRY(units_load(c, (struct moment){ as_of, 0 }, &ret->units));
	TRY(keys_load(c, &person_entity, position, &ret->numbers));
	TRY(keys_load(c, &unit_entity, position, &ret->unit_codes));
	return load_names(ret);
}

void people_release(struct people *q)
{
	population_free(q->population);
	rules_free(q->rules);
	keys_free(q->numbers);
	keys_free(q->unit_codes);
	arena_release(&q->arena);
}

bool people_within(const struct people *q, size_t row)
{
	int32_t unit = population_column(q->population, "unit")[row];
	int32_t status = population_column(q->population, "status")[row];
	return unit != NONE && by_code(&q->serving, status) == 1 && units_under(q->units, unit, q->unit);
}

struct str people_number(const struct people *q, size_t row)
{
	return keys_text(q->numbers, population_person(q->population, row));
}

struct str people_name(const struct people *q, size_t row)
{
	return q->names[row];
}

struct str people_unit(const struct people *q, size_t row)
{
	return keys_text(q->unit_codes, population_column(q->population, "unit")[row]);
}

struct str people_code(const struct people *q, const char *column, const char *of, size_t row)
{
	return population_text(q->population, of, population_column(q->population, column)[row]);
}

struct str people_day(const struct people *q, const char *column, size_t row, struct arena *a)
{
	int32_t day = population_column(q->population, column)[row];
	char *text = arena_alloc(a, DATE_TEXT);
	return str_of(day == NONE ? "" : date_text(day, text));
}

void people_out_begin(struct people_out *t, const char *const *heads, size_t n, bool json, struct buf *out)
{
	*t = (struct people_out){ heads, n, json, out, 0 };
	if (json) {
		buf_char(out, '[');
		return;
	}
	for (size_t i = 0; i < n; i++)
		csv_cell_text(out, heads[i]);
	csv_row_end(out);
}

void people_out_row(struct people_out *t, const struct str *cells)
{
	struct json j;
	if (t->json) {
		buf_text(t->out, t->rows ? ",\n" : "\n");
		json_init(&j, t->out);
		json_object(&j);
	}
	for (size_t i = 0; i < t->n; i++) {
		if (!t->json) {
			csv_cell(t->out, cells[i]);
			continue;
		}
		json_member_str(&j, t->heads[i], cells[i]);
	}
	if (t->json)
		json_object_end(&j);
	else
		csv_row_end(t->out);
	t->rows++;
}

void people_out_end(struct people_out *t)
{
	if (t->json)
		buf_text(t->out, "\n]\n");
}
