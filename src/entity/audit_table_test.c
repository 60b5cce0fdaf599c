/* audit_table_test.c - every value of every table of records, changed behind the ledger's back, is found. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "../../tests/help/fixture.h"
#include "../../tests/help/fixture_store.h"
#include "../../tests/help/spot.h"
#include "entity/change.h"
#include "entity/io.h"
#include "ledger/audit.h"

int audit_table_test(void);

static void taken(struct ctx *c, const struct entity *e, const char *text, bool correct)
{
	struct import_options o = { .correct = correct, .reason = "misread" };
	struct import_counts n;

	fixture_took(c, e, text, &o, &n);
}

static struct ctx *filled(struct spot *p)
{
	struct ctx *c = fixture_open(p, &fixture_registry);

	taken(c, &fixture_place,
	      "code,name,parent,kind,valid_from\nC,Coast,,coast,1950-01-01\nL,Light,C,light,1950-01-01\n", false);
	taken(c, &fixture_keeper,
	      "number,name,sex,birth_date,schooling,joined_on,health,former_number,number_from\n"
	      "1,Ana,F,1950-01-01,master,1980-01-01,well,0,1990-01-01\n2,Budi,M,1951-01-01,diploma,1981-01-01,,,\n",
	      false);
	taken(c, &fixture_seat, "code,title,place,grade_low,heads_place,valid_from\nS,Seat,L,1/a,true,1950-01-01\n",
	      false);
	taken(c, &fixture_grade_history,
	      "number,grade,valid_from,decree,decree_date,proof\n1,1/a,1990-01-01,SK,1989-01-01,proved\n", false);
	taken(c, &fixture_seat_history, "number,seat,valid_from,decree,until,acting\n1,S,1990-01-01,SK,2009-12-31,\n",
	      false);
	taken(c, &fixture_mark, "number,tool,year,score,lowest\n1,lamp,2007,80,70\n2,lamp,2007,60,50\n", false);
	taken(c, &fixture_mark, "number,tool,year,score\n1,lamp,2007,81\n", true);
	taken(c, &fixture_drill, "code,title,pass_mark,valid_from\nfire,Fire,60,1950-01-01\n", false);
	taken(c, &fixture_drill_result, "number,drill,held_on,score\n1,fire,1999-01-01,50\n", false);
	taken(c, &fixture_specimen,
	      "code,valid_from,line,note,whole,percent,money,date,month,bool,enum,ref,pack,names,person,secret,length\n"
	      "X,2000-01-01,a,n,5,79.5,1500 "
	      "IDR,1999-12-31,1999-12,true,white,L,master,\"{\"\"en\"\":\"\"Two\"\"}\",1,h,3\n",
	      false);
	return c;
}

/* Those that say so. */
static size_t findings_like(struct ctx *c, const char *what)
{
	struct findings f;
	struct audit *a;

	findings_init(&f);
	assert_int_equal(audit_begin(c->store, ledger_side(c->ledger), &f, &a), E_OK);
	enum err e = entity_audit(c, a);
	if (e != E_OK)
		print_message("the audit itself failed: %s\n", fault_text());
	assert_int_equal(e, E_OK);
	audit_end(a);
	size_t n = 0;
	for (size_t i = 0; i < f.kept; i++)
		n += strstr(f.list[i].what, what) != NULL;
	audit_free(a);
	findings_release(&f);
	return n;
}

static size_t findings_of(struct ctx *c)
{
	return findings_like(c, "");
}

/* Runs in a transaction of its own; false when the database itself refuses. */
static bool did(struct ctx *c, const char *sql)
{
	struct txn t CLEANUP(txn_end) = { 0 };

	assert_int_equal(txn_write(c->store, &t), E_OK);
	return store_exec(c->store, sql) == E_OK && txn_commit(&t) == E_OK;
}

/* One value made another, looked at, and put back from a copy of the table. */
static void try_value(struct ctx *c, const struct table *t, const char *column, const char *becomes, size_t *tried)
{
	struct buf sql CLEANUP(buf_release) = BUF_INIT;

	buf_printf(&sql, "UPDATE %s SET %s = %s", t->name, column, becomes);
	if (t->key)
		buf_printf(&sql, " WHERE %s = 1", t->key);
	if (!did(c, buf_str(&sql)))
		return;
	size_t n = findings_of(c);
	if (n == 0)
		print_message("nobody saw: %s\n", buf_str(&sql));
	assert_true(n > 0);
	++*tried;
	buf_reset(&sql);
	buf_printf(&sql, "DELETE FROM %s; INSERT INTO %s SELECT * FROM copy_of_%s", t->name, t->name, t->name);
	assert_true(did(c, buf_str(&sql)));
}

static void try_column(struct ctx *c, const struct table *t, const struct column *k, size_t *tried)
{
	char up[160], high[160], other[160];
	bool sqlite = !store_is_postgres(c->store);

	snprintf(up, sizeof up,
		 k->kind == 'i'   ? "coalesce(%s, 0) + 1"
		 : k->kind == 't' ? "coalesce(%s, '') || 'x'"
				  : "%s",
		 k->name);
	if (k->kind != 'b')
		try_value(c, t, k->name, up, tried);
	if (k->kind == 'i') {
		snprintf(high, sizeof high, "coalesce(%s, 0) + 4294967296", k->name);
		try_value(c, t, k->name, high, tried);
	}
	if (k->kind == 'b' && sqlite)
		try_value(c, t, k->name, "x'00112233445566778899aabbccddeeff'", tried);
	if (sqlite) { /* a database that keeps what it is given */
		snprintf(other, sizeof other, k->kind == 't' ? "x'ff00'" : "'text'");
		try_value(c, t, k->name, other, tried);
	}
}

static void every_value_is_watched(void **state)
{
	struct ctx *c CLEANUP(ctx_close_p) = filled(*state);
	struct arena a CLEANUP(arena_release) = ARENA_INIT;
	size_t tried = 0;

	assert_int_equal(findings_of(c), 0);
	assert_int_equal(store_exec(c->store, store_is_postgres(c->store) ? "SET session_replication_role = replica"
									  : "PRAGMA foreign_keys = OFF"),
			 E_OK);
	for (const struct classed_table *const *t = ctx_tables(&a, &fixture_registry); *t; t++) {
		bool own = false;
		for (const struct classed_table *const *l = ledger_tables; *l; l++)
			own |= *l == *t;
		if (own || (*t)->class == VOLATILE)
			continue;
		struct buf sql CLEANUP(buf_release) = BUF_INIT;
		buf_printf(&sql, "CREATE TABLE copy_of_%s AS SELECT * FROM %s", (*t)->table.name, (*t)->table.name);
		assert_true(did(c, buf_str(&sql)));
		for (size_t i = 0; i < (*t)->table.ncolumns; i++)
			try_column(c, &(*t)->table, &(*t)->table.columns[i], &tried);
	}
	assert_int_equal(findings_of(c), 0);
	assert_true(tried > 150);
}

static void rows_that_come_and_go(void **state)
{
	static const char foreign_row[] = "INSERT INTO drill_result SELECT 2, 2, owner, 11000, known_from, idx, "
					  "known_to, op, drill, score, why, salt FROM drill_result";
	static const char *const acts[] = {
		"DELETE FROM mark WHERE vid = 1",
		"DELETE FROM mark WHERE vid = 3",
		"DELETE FROM keeper_now WHERE id = 1",
		"DELETE FROM term WHERE record = 1",
		"DELETE FROM keeper WHERE id = 2",
		"INSERT INTO keeper (id, code, created) VALUES (3, 'K3', 1)",
		"UPDATE mark SET salt = NULL WHERE vid = 2",
		foreign_row,
	};

	for (size_t i = 0; i < COUNT(acts); i++) {
		struct spot p;
		spot_make(&p, ((struct spot *)*state)->postgres);
		spot_create(&p);
		struct ctx *c = filled(&p);
		assert_int_equal(store_exec(c->store, store_is_postgres(c->store)
							      ? "SET session_replication_role = replica"
							      : "PRAGMA foreign_keys = OFF"),
				 E_OK);
		assert_true(did(c, acts[i]));
		if (findings_of(c) == 0)
			fail_msg("nobody saw: %s", acts[i]);
		ctx_close(c);
		spot_remove(&p);
	}
}

/* Rows written many at once are not looked up by the database. */
static void references_that_lead_nowhere(void **state)
{
	struct ctx *c CLEANUP(ctx_close_p) = filled(*state);

	assert_int_equal(findings_like(c, "refers to a record that does not exist"), 0);
	assert_int_equal(store_exec(c->store, store_is_postgres(c->store) ? "SET session_replication_role = replica"
									  : "PRAGMA foreign_keys = OFF"),
			 E_OK);
	assert_true(did(c, "UPDATE drill_result SET drill = 2"));
	assert_true(did(c, "UPDATE specimen_v SET person = 0"));
	assert_int_equal(findings_like(c, "refers to a record that does not exist"), 2);
}

int audit_table_test(void)
{
	static const struct spot_case cases[] = {
		SPOT_CASE(every_value_is_watched),
		SPOT_CASE(rows_that_come_and_go),
		SPOT_CASE(references_that_lead_nowhere),
	};

	return spot_run("audit of records", cases, COUNT(cases));
}
