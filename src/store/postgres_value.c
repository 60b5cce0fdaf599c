/* postgres_value.c - the values of a row, from PostgreSQL's binary form. */
#include "store/postgres.h"

#include <endian.h>

enum { BOOL = 16, BYTEA = 17, INT8 = 20, INT2 = 21, INT4 = 23, FLOAT4 = 700, FLOAT8 = 701, NUMERIC = 1700 };

static inline struct pg_stmt *of(struct stmt *st)
{
	return (struct pg_stmt *)st;
}

static bool no_value(const struct pg_stmt *q, int column)
{
	return !q->rows || q->row < 0 || q->row >= PQntuples(q->rows) || PQgetisnull(q->rows, q->row, column);
}

bool pg_is_null(struct stmt *st, int column)
{
	return no_value(of(st), column);
}

static int16_t short_at(const char *p)
{
	uint16_t v;
	memcpy(&v, p, sizeof v);
	return (int16_t)be16toh(v);
}

/* Sums of BIGINT come as NUMERIC: groups of four decimal digits, the first of them worth 10000^weight. */
static int64_t numeric(const char *p)
{
	int groups = short_at(p), weight = short_at(p + 2);
	bool negative = short_at(p + 4) == 0x4000;
	uint64_t v = 0;
	for (int i = 0; i <= weight; i++)
		v = v * 10000 + (i < groups ? (uint64_t)short_at(p + 8 + 2 * i) : 0);
	return negative ? (int64_t)(0 - v) : (int64_t)v;
}

int64_t pg_get_int(struct stmt *st, int column)
{
	struct pg_stmt *q = of(st);
	if (no_value(q, column))
		return 0;
	const char *p = PQgetvalue(q->rows, q->row, column);
	uint64_t v8;
	uint32_t v4;
	switch (PQftype(q->rows, column)) {
	case INT8:
		memcpy(&v8, p, sizeof v8);
		return (int64_t)be64toh(v8);
	case INT4:
		memcpy(&v4, p, sizeof v4);
		return (int32_t)be32toh(v4);
	case INT2:
		return short_at(p);
	case BOOL:
		return *p != 0;
	case NUMERIC:
		return numeric(p);
	default:
		return 0;
	}
}

struct str pg_get_text(struct stmt *st, int column)
{
	struct pg_stmt *q = of(st);
	if (no_value(q, column))
		return (struct str){ "", 0 };
	return (struct str){ PQgetvalue(q->rows, q->row, column), (size_t)PQgetlength(q->rows, q->row, column) };
}

char pg_type(struct stmt *st, int column)
{
	struct pg_stmt *q = of(st);
	if (no_value(q, column))
		return 0;
	switch (PQftype(q->rows, column)) {
	case INT8:
	case INT4:
	case INT2:
	case BOOL:
	case NUMERIC:
		return 'i';
	case BYTEA:
		return 'b';
	case FLOAT4:
	case FLOAT8:
		return 'f';
	default:
		return 't';
	}
}

int pg_columns(struct stmt *st)
{
	return of(st)->rows ? PQnfields(of(st)->rows) : 0;
}

void pg_values(struct stmt *st, struct stmt_value *ret, int n)
{
	for (int i = 0; i < n; i++) {
		ret[i] = (struct stmt_value){ .type = pg_type(st, i), .t.p = "" };
		if (ret[i].type == 'i')
			ret[i].i = pg_get_int(st, i);
		else if (ret[i].type == 't' || ret[i].type == 'b')
			ret[i].t = pg_get_text(st, i);
	}
}

const char *pg_column_name(struct stmt *st, int column)
{
	return of(st)->rows ? PQfname(of(st)->rows, column) : "";
}
