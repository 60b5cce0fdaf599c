/* backend.c - the two databases as tables of verbs. */
#include "store/postgres.h"
#include "store/sqlite.h"

/* clang-format off */
const struct backend sqlite_backend = {
#define X(answer, verb, arguments) .verb = lite_##verb,
	BACKEND_VERBS(X)
#undef X
	.sql_tables = "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite!_%' ESCAPE '!' "
		      "ORDER BY name",
	.sql_indexes = "SELECT name FROM sqlite_schema WHERE type = 'index' AND tbl_name = ?",
	.sql_columns = "SELECT name, CASE upper(type) WHEN 'INTEGER' THEN 'i' WHEN 'TEXT' THEN 't' WHEN 'BLOB' THEN 'b' "
		       "ELSE type END FROM pragma_table_info(?)",
};

const struct backend postgres_backend = {
#define X(answer, verb, arguments) .verb = pg_##verb,
	BACKEND_VERBS(X)
#undef X
	.sql_tables = "SELECT c.relname::text COLLATE \"C\" AS name FROM pg_class c "
		      "WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind IN ('r', 'p') ORDER BY 1",
	.sql_indexes = "SELECT indexname::text FROM pg_indexes WHERE schemaname = current_schema() AND tablename = ?",
	.sql_columns = "SELECT a.attname::text, CASE format_type(a.atttypid, -1) WHEN 'bigint' THEN 'i' WHEN 'text' THEN 't' "
		       "WHEN 'bytea' THEN 'b' ELSE format_type(a.atttypid, -1) END FROM pg_attribute a JOIN pg_class c "
		       "ON c.oid = a.attrelid WHERE c.relnamespace = current_schema()::regnamespace AND c.relname = ? "
		       "AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attnum",
};
/* clang-format on */
