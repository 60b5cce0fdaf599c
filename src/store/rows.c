/* rows.c - one statement made from a declaration. */
#include "store/rows.h"

#include "base/buf.h"

static void add_list(const struct table *t, size_t n, const char *after, const char *between, struct buf *sql)
{
	for (size_t i = 0; i < n; i++)
		buf_printf(sql, "%s%s%s", i ? between : "", t->columns[i].name, after);
}

enum err rows_select(struct store *s, const struct table *t, const int64_t *equal, size_t n, size_t order,
		     struct stmt **ret)
{
	struct buf sql CLEANUP(buf_release) = BUF_INIT;
	struct stmt *st;
	buf_text(&sql, "SELECT ");
	add_list(t, t->ncolumns, "", ", ", &sql);
	buf_printf(&sql, " FROM %s", t->name);
	buf_text(&sql, n ? " WHERE " : "");
	add_list(t, n, " = ?", " AND ", &sql);
	buf_text(&sql, order ? " ORDER BY " : "");
	add_list(t, order, "", ", ", &sql);
	TRY(store_stmt(s, buf_str(&sql), &st));
	for (size_t i = 0; i < n; i++)
		stmt_int(st, (int)i + 1, equal[i]);
	*ret = st;
	return E_OK;
}
