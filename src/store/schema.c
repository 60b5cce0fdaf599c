/* schema.c - tables made and grown from their declaration. What stands in the database is never dropped or retyped. */
#include "store/backend.h"

#include "base/buf.h"

static const char *type_name(char kind)
{
	switch (kind) {
	case 'i':
		return "INTEGER";
	case 't':
		return "TEXT";
	case 'b':
		return "BLOB";
	default:
		bug("a column of the unknown kind '%c'", kind);
	}
}

static const char *kind_words(struct str kind)
{
	if (kind.n == 1 && (*kind.p == 'i' || *kind.p == 't' || *kind.p == 'b'))
		return type_name(*kind.p);
	return "another type";
}

static void add_column(struct buf *sql, const struct table *t, const struct column *c, bool new)
{
	buf_printf(sql, "%s %s", c->name, type_name(c->kind));
	if (text_is(c->name, t->key))
		buf_text(sql, " PRIMARY KEY");
	else if (c->required && new)
		buf_text(sql, " NOT NULL");
	if (c->more)
		buf_printf(sql, " %s", c->more);
}

static enum err create(struct store *s, const struct table *t)
{
	struct buf sql CLEANUP(buf_release) = BUF_INIT;
	buf_printf(&sql, "CREATE TABLE %s (", t->name);
	for (size_t i = 0; i < t->ncolumns; i++) {
		buf_text(&sql, i ? ", " : "");
		add_column(&sql, t, &t->columns[i], true);
	}
	if (t->more)
		buf_printf(&sql, ", %s", t->more);
	buf_text(&sql, t->clustered ? ") WITHOUT ROWID" : ")");
	return store_exec(s, buf_str(&sql));
}

static const struct column *find(const struct table *t, struct str name, bool *seen)
{
	for (size_t i = 0; i < t->ncolumns; i++) {
		if (str_is(name, t->columns[i].name)) {
			seen[i] = true;
			return &t->columns[i];
		}
	}
	return NULL;
}

/* Marks the declared columns that stand in the database; *ret_n counts all columns there. */
static enum err compare(struct store *s, const struct table *t, bool *seen, size_t *ret_n)
{
	struct stmt *st;
	bool row;
	size_t n = 0;
	TRY(store_stmt(s, s->ops->sql_columns, &st));
	stmt_text(st, 1, str_of(t->name));
	for (;;) {
		TRY(stmt_step(st, &row));
		if (!row)
			break;
		n++;
		const struct column *c = find(t, stmt_get_text(st, 0), seen);
		struct str kind = stmt_get_text(st, 1);
		if (c && !(kind.n == 1 && *kind.p == c->kind)) {
			enum err e = ANSWER(
				E_INVALID,
				"%s: the column %s of %s is %s in the store and %s in this program; a type never "
				"changes: use the program that made the store",
				s->where, c->name, t->name, kind_words(kind), type_name(c->kind));
			stmt_reset(st);
			return e;
		}
	}
	*ret_n = n;
	return E_OK;
}

static enum err grow(struct store *s, const struct table *t, const bool *seen)
{
	for (size_t i = 0; i < t->ncolumns; i++) {
		if (seen[i])
			continue;
		struct buf sql CLEANUP(buf_release) = BUF_INIT;
		buf_printf(&sql, "ALTER TABLE %s ADD COLUMN ", t->name);
		add_column(&sql, t, &t->columns[i], false);
		TRY(store_exec(s, buf_str(&sql)));
	}
	return E_OK;
}

/* "UNIQUE INDEX name ON …": where the name begins. */
static const char *index_name(const char *index, bool *ret_unique)
{
	*ret_unique = strncmp(index, "UNIQUE ", 7) == 0;
	const char *p = *ret_unique ? index + 7 : index;
	if (strncmp(p, "INDEX ", 6) != 0)
		bug("not an index: %s", index);
	return p + 6;
}

static enum err make_indexes(struct store *s, const struct table *t)
{
	for (size_t i = 0; t->indexes && t->indexes[i]; i++) {
		struct buf sql CLEANUP(buf_release) = BUF_INIT;
		bool unique;
		const char *name = index_name(t->indexes[i], &unique);
		buf_printf(&sql, "CREATE %sINDEX IF NOT EXISTS %s", unique ? "UNIQUE " : "", name);
		TRY(store_exec(s, buf_str(&sql)));
	}
	return E_OK;
}

enum err table_migrate(struct store *s, const struct table *t)
{
	struct arena a CLEANUP(arena_release) = ARENA_INIT;
	bool *seen = ARENA_ARRAY(&a, bool, t->ncolumns);
	size_t n = 0;
	TRY(compare(s, t, seen, &n));
	TRY(n == 0 ? create(s, t) : grow(s, t, seen));
	return make_indexes(s, t);
}

static bool is_named(const char *index, struct str name)
{
	bool unique;
	const char *own = index_name(index, &unique);
	return str_eq(name, (struct str){ own, strcspn(own, " ") });
}

static enum err lacks_index(struct store *s, const struct table *t, bool *ret)
{
	struct stmt *st;
	bool row;
	size_t wanted = 0, found = 0;
	while (t->indexes && t->indexes[wanted])
		wanted++;
	TRY(store_stmt(s, s->ops->sql_indexes, &st));
	stmt_text(st, 1, str_of(t->name));
	for (;;) {
		TRY(stmt_step(st, &row));
		if (!row)
			break;
		for (size_t i = 0; i < wanted; i++)
			found += is_named(t->indexes[i], stmt_get_text(st, 0));
	}
	*ret = found < wanted;
	return E_OK;
}

enum err table_lacks(struct store *s, const struct table *t, bool *ret)
{
	struct arena a CLEANUP(arena_release) = ARENA_INIT;
	bool *seen = ARENA_ARRAY(&a, bool, t->ncolumns), lacks = false;
	size_t n = 0;
	TRY(compare(s, t, seen, &n));
	for (size_t i = 0; i < t->ncolumns; i++)
		lacks = lacks || !seen[i];
	*ret = lacks;
	return lacks || !t->indexes ? E_OK : lacks_index(s, t, ret);
}

enum err store_clear(struct store *s)
{
	struct arena a CLEANUP(arena_release) = ARENA_INIT;
	struct buf sql CLEANUP(buf_release) = BUF_INIT;
	struct txn t CLEANUP(txn_end) = { 0 };
	const char *const *tables;
	if (!store_is_postgres(s))
		bug("a file is cleared by making another one in its place");
	TRY(txn_write(s, &t));
	TRY(store_tables(s, &a, &tables));
	for (; *tables; tables++)
		buf_printf(&sql, "DROP TABLE %s CASCADE;", *tables);
	if (sql.n)
		TRY(store_exec(s, buf_str(&sql)));
	return txn_commit(&t);
}

enum err store_tables(struct store *s, struct arena *a, const char *const **ret)
{
	struct stmt *st;
	bool row;
	size_t n = 0, cap = 0;
	const char **list = NULL;
	TRY(store_stmt(s, s->ops->sql_tables, &st));
	for (;;) {
		TRY(stmt_step(st, &row));
		ARENA_GROW(a, list, n, &cap);
		if (!row)
			break;
		struct str name = stmt_get_text(st, 0);
		list[n++] = arena_text(a, name.p, name.n);
	}
	list[n] = NULL;
	*ret = list;
	return E_OK;
}
