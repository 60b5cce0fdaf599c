/* fact_find.c - facts by what one of their texts says: a paper by its number. */
#include "entity/inner.h"
#include "entity/read.h"

#include "base/buf.h"

enum err facts_with(struct ctx *c, const struct entity *e, int field, struct str text, struct fact_found *ret, size_t n,
		    size_t *ret_n)
{
	struct buf sql CLEANUP(buf_release) = BUF_INIT;
	struct stmt *st;
	bool row = true;
	*ret_n = 0;
	buf_printf(
		&sql,
		"SELECT owner, rec FROM %s WHERE known_to IS NULL AND op = 0 AND %s = ? ORDER BY owner, rec LIMIT %zu",
		plan_of(c, e)->rows, e->fields[field].name, n);
	TRY(store_stmt(c->store, buf_str(&sql), &st));
	stmt_text(st, 1, text);
	while (row) {
		TRY(stmt_step(st, &row));
		if (row)
			ret[(*ret_n)++] = (struct fact_found){ stmt_get_int(st, 0), stmt_get_int(st, 1) };
	}
	return E_OK;
}
