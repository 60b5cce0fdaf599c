/* codes.c - tables of the rules as arrays by code number. */
#include "modules/career/codes.h"

int32_t by_code(const struct by_code *b, int32_t code)
{
	return code >= 0 && code < b->n ? b->v[code] : NONE;
}

void codes_put(struct by_code *b, struct arena *a, int32_t code, int32_t value)
{
	if (code < 0)
		return;
	if (!b->v || code >= b->n) {
		int32_t n = code * 2 + 32;
		int32_t *v = ARENA_ARRAY(a, int32_t, n);
		for (int32_t i = 0; i < n; i++)
			v[i] = i < b->n ? b->v[i] : NONE;
		b->v = v;
		b->n = n;
	}
	b->v[code] = value;
}

static struct by_code numbers(const struct rules *r, const char *table, const char *column,
			      const struct codebook *codes, struct arena *a)
{
	struct by_code b = { 0 };
	for (const struct rules_row *row = rules_row(r, table, 0); row; row = rules_next(row)) {
		codes_put(&b, a, codes->number(codes->arg, table, row_text(row, "code")),
			  (int32_t)row_int(row, column, 0));
	}
	return b;
}

struct by_code codes_order(const struct rules *r, const char *table, const struct codebook *codes, struct arena *a)
{
	return numbers(r, table, "order", codes, a);
}

struct by_code codes_serving(const struct rules *r, const struct codebook *codes, struct arena *a)
{
	return numbers(r, "statuses", "in_service", codes, a);
}

struct by_code codes_next_rank(const struct rules *r, const struct codebook *codes, struct arena *a)
{
	struct by_code b = { 0 };
	size_t n = rules_count(r, "ranks");
	int64_t *order = ARENA_ARRAY(a, int64_t, n + 1);
	int32_t *code = ARENA_ARRAY(a, int32_t, n + 1);
	const struct rules_row *row = rules_row(r, "ranks", 0);
	for (size_t i = 0; i < n; i++, row = rules_next(row)) {
		order[i] = row_int(row, "order", 0);
		code[i] = codes->number(codes->arg, "ranks", row_text(row, "code"));
	}
	for (size_t i = 0; i < n; i++)
		for (size_t k = 0; k < n; k++)
			if (order[k] == order[i] + 1)
				codes_put(&b, a, code[i], code[k]);
	return b;
}

struct by_code codes_pairs(const struct rules *r, const char *table, const char *key, const char *key_of,
			   const char *value, const char *value_of, const struct codebook *codes, struct arena *a)
{
	struct by_code b = { 0 };
	for (const struct rules_row *row = rules_row(r, table, 0); row; row = rules_next(row)) {
		struct str text = row_text(row, value);
		if (text.n)
			codes_put(&b, a, codes->number(codes->arg, key_of, row_text(row, key)),
				  codes->number(codes->arg, value_of, text));
	}
	return b;
}

const struct rules_row *codes_row(const struct rules *r, struct str table, const struct codebook *codes, const char *of,
				  int32_t number)
{
	struct buf name CLEANUP(buf_release) = BUF_INIT;
	buf_add(&name, table.p, table.n);
	return number == NONE ? NULL : rules_find(r, buf_str(&name), codes->text(codes->arg, of, number));
}

const struct rules_row *codes_row_that(const struct rules *r, const char *table, const char *column)
{
	const struct rules_row *row = rules_row(r, table, 0);
	while (row && !row_int(row, column, 0))
		row = rules_next(row);
	return row;
}
