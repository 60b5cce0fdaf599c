/* pack_load_test.c - packs kept in a store: numbers of codes, two clocks, seeds, and what verify finds. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "../../tests/help/fixture.h"
#include "../../tests/help/fixture_store.h"
#include "../../tests/help/spot.h"
#include "entity/change.h"
#include "ledger/audit.h"
#include "policy/pack_test.h"
#include "policy/rules.h"
#include "policy/unfold.h"

#include <sys/stat.h>

struct world {
	struct ctx *c;
	struct registry registry;
	struct pack_test_folder f;
	struct policy *policy;
};

static void world_make(struct world *w, struct spot *p)
{
	w->registry = fixture_registry;
	w->registry.tables = pack_tables;
	w->c = fixture_open(p, &w->registry);
	pack_test_make(&w->f);
}

static void world_free(struct world *w)
{
	policy_release(w->c);
	ctx_close(w->c);
	pack_test_remove(&w->f);
}

static void open_policy(struct world *w)
{
	assert_int_equal(policy_open(w->c, &pack_test_reader, 0, &w->policy), E_OK);
}

static enum err load_in_change(struct ctx *c, const struct pack *k, bool *ret_new, int64_t *ret_position)
{
	CLEANUP(txn_end) struct txn t = { 0 };
	TRY(txn_write(c->store, &t));
	TRY(ledger_refresh(c->ledger));
	TRY(change_begin(c, "pack.load", 0));
	enum err e = pack_load(c, k, ret_new);
	if (e != E_OK || !*ret_new) {
		change_abandon(c);
		return e;
	}
	TRY(change_end(c, ret_position));
	return txn_commit(&t);
}

static int64_t load(struct world *w, const struct pack_test_folder *f, bool is_new)
{
	CLEANUP(pack_free_p) struct pack *k = pack_test_read(f);
	int64_t position = 0;
	bool news = !is_new;
	assert_int_equal(load_in_change(w->c, k, &news, &position), E_OK);
	assert_int_equal(news, is_new);
	open_policy(w);
	return position;
}

static int64_t number(const struct world *w, const char *of, const char *code)
{
	return w->c->codes->number(w->c->codes->arg, of, str_of(code));
}

static bool valid(const struct world *w, const char *of, const char *code, date on)
{
	return w->c->codes->valid(w->c->codes->arg, of, number(w, of, code), on);
}

static int64_t count(const struct world *w, const char *sql)
{
	int64_t n = 0;
	assert_int_equal(store_get_int(w->c->store, sql, -1, &n), E_OK);
	return n;
}

/* Codes can be asked before any rules are there: none is known. */
static void before_any_pack(void **state)
{
	CLEANUP(world_free) struct world w = { 0 };
	CLEANUP(buf_release) struct buf b = BUF_INIT;
	world_make(&w, *state);
	open_policy(&w);
	assert_int_equal(number(&w, "grades", "a"), 0);
	assert_false(valid(&w, "grades", "a", 0));
	assert_int_equal(w.c->codes->text(w.c->codes->arg, 1).n, 0);
	assert_int_equal(w.c->codes->synonym(w.c->codes->arg, "grades", STR("x"), &(const char *){ NULL }), 0);
	w.c->codes->list(w.c->codes->arg, "grades", 0, &b);
	assert_int_equal(b.n, 0);
	CLEANUP(rules_free_p) struct rules *r = NULL;
	assert_int_equal(rules_at(w.policy, NULL, 0, 0, &r), E_OK);
	assert_int_equal(rules_count(r, "grades"), 0);
}

static void codes_are_numbered(void **state)
{
	CLEANUP(world_free) struct world w = { 0 };
	CLEANUP(buf_release) struct buf b = BUF_INIT;
	const char *reason = NULL;
	world_make(&w, *state);
	open_policy(&w);
	load(&w, &w.f, true);
	const struct codes *k = w.c->codes;
	assert_int_equal(number(&w, "grades", "a"), 1);
	assert_int_equal(number(&w, "grades", "c"), 3);
	assert_int_equal(number(&w, "schooling", "low"), 4);
	assert_int_equal(number(&w, "schooling", "a"), 0);
	assert_true(str_is(k->text(k->arg, 5), "high"));
	assert_int_equal(k->synonym(k->arg, "schooling", STR("college"), &reason), 5);
	assert_string_equal(reason, "commonest");
	assert_int_equal(k->synonym(k->arg, "schooling", STR("HIGH"), &reason), 5);
	assert_null(reason);
	assert_int_equal(k->synonym(k->arg, "grades", STR("college"), &reason), 0);
	assert_true(valid(&w, "grades", "b", date_of(2004, 12, 31)));
	k->list(k->arg, "grades", date_of(2008, 1, 1), &b);
	assert_string_equal(buf_str(&b), "a, b, c");
	assert_int_equal(count(&w, "SELECT COUNT(*) FROM pack_code"), 5);
}

/* A number is never given twice: what goes keeps its own, what comes gets the next. */
static void a_newer_version(void **state)
{
	CLEANUP(world_free) struct world w = { 0 };
	struct policy *then = NULL;
	world_make(&w, *state);
	open_policy(&w);
	int64_t first = load(&w, &w.f, true);
	load(&w, &w.f, false);
	pack_test_write(&w.f, "grades.csv", "code,order,from\nb,2,\nd,4,2007-01-01\nc,3,\n");
	pack_test_write(&w.f, "scale.csv", "grade,years,amount\nb,0,1\n");
	int64_t second = load(&w, &w.f, true);
	assert_true(second > first);
	assert_int_equal(number(&w, "grades", "a"), 1);
	assert_false(valid(&w, "grades", "a", date_of(2008, 1, 1)));
	assert_int_equal(number(&w, "grades", "d"), 6);
	assert_false(valid(&w, "grades", "d", date_of(2006, 12, 31)));
	assert_true(valid(&w, "grades", "d", date_of(2007, 1, 1)));
	assert_int_equal(count(&w, "SELECT COUNT(*) FROM pack_use WHERE known_to IS NULL"), 8);
	assert_int_equal(count(&w, "SELECT COUNT(*) FROM pack_use WHERE known_to IS NOT NULL"), 8);
	assert_int_equal(count(&w, "SELECT COUNT(*) FROM pack_file"), 10);
	CLEANUP(rules_free_p) struct rules *old = NULL, *now = NULL;
	assert_int_equal(policy_open(w.c, &pack_test_reader, first, &then), E_OK);
	assert_int_equal(rules_at(then, NULL, 0, date_of(2008, 1, 1), &old), E_OK);
	assert_int_equal(rules_at(w.policy, NULL, 0, date_of(2008, 1, 1), &now), E_OK);
	policy_free(then);
	assert_non_null(rules_find(old, "grades", STR("a")));
	assert_null(rules_find(now, "grades", STR("a")));
}

/* What the store gives back and what the folder gave are the same rules. */
static void store_and_folder_agree(void **state)
{
	CLEANUP(world_free) struct world w = { 0 };
	struct policy *p = NULL;
	world_make(&w, *state);
	open_policy(&w);
	load(&w, &w.f, true);
	CLEANUP(pack_free_p) struct pack *k = pack_test_read(&w.f);
	assert_int_equal(policy_of_packs(&(const struct pack *){ k }, 1, &pack_test_reader, &p), E_OK);
	CLEANUP(rules_free_p) struct rules *a = NULL, *b = NULL;
	assert_int_equal(rules_at(p, NULL, 0, date_of(2008, 10, 1), &a), E_OK);
	assert_int_equal(rules_at(w.policy, NULL, 0, date_of(2008, 10, 1), &b), E_OK);
	policy_free(p);
	struct hash x = rules_hash(a), y = rules_hash(b);
	assert_memory_equal(x.b, y.b, HASH_SIZE);
}

/* A newer program asks for more than the pack in the store has, and still opens it, so that the next one can be loaded.
 */
static void a_newer_program(void **state)
{
	static const struct pack_column light_columns[] = { { "code", P_TEXT, .required = true, .key = true } };
	static const struct pack_column wide[] = {
		{ "code", P_TEXT, .required = true, .key = true },
		{ "order", P_INT, .required = true },
		{ "colour", P_TEXT, .required = true },
	};
	static const struct pack_table lights = { "lights", "Lights", light_columns, 1, .codes = true };
	static const struct pack_table schooling = { "schooling", "Schooling", wide, 3, .codes = true };
	const struct pack_table *const *old = pack_test_reader.tables;
	const struct pack_table *const tables[] = { old[0], &schooling, old[2], &lights, NULL };
	const struct pack_reader newer = { tables, pack_test_reader.parameters, NULL };
	CLEANUP(world_free) struct world w = { 0 };
	CLEANUP(problems_release) struct problems p = PROBLEMS_INIT;
	CLEANUP(rules_free_p) struct rules *a = NULL, *b = NULL;
	struct pack *k = NULL;
	world_make(&w, *state);
	open_policy(&w);
	load(&w, &w.f, true);
	assert_int_equal(rules_at(w.policy, NULL, 0, date_of(2008, 10, 1), &a), E_OK);
	assert_int_equal(policy_open(w.c, &newer, 0, &w.policy), E_OK);
	assert_ptr_equal(policy_reader(w.policy), &newer);
	assert_int_equal(rules_at(w.policy, NULL, 0, date_of(2008, 10, 1), &b), E_OK);
	struct hash x = rules_hash(a), y = rules_hash(b);
	assert_memory_equal(x.b, y.b, HASH_SIZE);
	assert_int_equal(number(&w, "schooling", "high"), 5);
	assert_int_equal(pack_read(w.f.path, &newer, &p, &k), E_INVALID);
}

/* An overlay that goes too far is refused, and leaves nothing behind. */
static void overlays_in_a_store(void **state)
{
	CLEANUP(world_free) struct world w = { 0 };
	CLEANUP(pack_test_remove) struct pack_test_folder over;
	bool news = false;
	int64_t position = 0;
	world_make(&w, *state);
	open_policy(&w);
	load(&w, &w.f, true);
	pack_test_overlay(&over);
	pack_test_write(&over, "grades.csv", "code,order\na,2\n");
	CLEANUP(pack_free_p) struct pack *k = pack_test_read(&over);
	assert_int_equal(load_in_change(w.c, k, &news, &position), E_INVALID);
	assert_int_equal(w.c->problems->count, 1);
	fixture_forget(w.c);
	assert_int_equal(count(&w, "SELECT COUNT(*) FROM pack_use WHERE pack = 'north'"), 0);
	pack_test_write(&over, "grades.csv", "code,order\nx,9\n");
	load(&w, &over, true);
	assert_int_equal(number(&w, "grades", "x"), 6);
	CLEANUP(rules_free_p) struct rules *r = NULL;
	struct str north = STR("NORTH");
	assert_int_equal(rules_at(w.policy, &north, 1, date_of(2008, 10, 1), &r), E_OK);
	assert_non_null(rules_find(r, "grades", STR("x")));
	assert_non_null(rules_find(r, "grades", STR("a")));
}

static void seeds_are_brought_once(void **state)
{
	CLEANUP(world_free) struct world w = { 0 };
	world_make(&w, *state);
	open_policy(&w);
	load(&w, &w.f, true);
	CLEANUP(pack_free_p) struct pack *k = pack_test_read(&w.f);
	assert_int_equal(pack_seed(w.c, w.f.path, k), E_OK);
	assert_int_equal(count(&w, "SELECT COUNT(*) FROM drill"), 2);
	int64_t entries = count(&w, "SELECT COUNT(*) FROM entry");
	assert_int_equal(pack_seed(w.c, w.f.path, k), E_OK);
	assert_int_equal(count(&w, "SELECT COUNT(*) FROM entry"), entries);
}

/* ---- verify ---- */
static size_t audited(struct world *w, struct buf *said)
{
	struct findings f;
	struct audit *a = NULL;
	findings_init(&f);
	assert_int_equal(audit_begin(w->c->store, ledger_side(w->c->ledger), &f, &a), E_OK);
	assert_int_equal(pack_audit(w->c, a), E_OK);
	for (size_t i = 0; said && i < f.kept; i++)
		buf_printf(said, "%s %lld: %s\n", f.list[i].table ? f.list[i].table : "", (long long)f.list[i].row,
			   f.list[i].what);
	size_t n = f.count;
	audit_free(a);
	findings_release(&f);
	return n;
}

static void a_sound_store_has_no_finding(void **state)
{
	CLEANUP(world_free) struct world w = { 0 };
	CLEANUP(buf_release) struct buf said = BUF_INIT;
	world_make(&w, *state);
	open_policy(&w);
	load(&w, &w.f, true);
	pack_test_write(&w.f, "schooling.csv", "code,order\nlow,1\nhigh,2\nhighest,3\n");
	load(&w, &w.f, true);
	if (audited(&w, &said))
		fail_msg("%s", buf_str(&said));
}

static void run(struct world *w, const char *sql)
{
	CLEANUP(txn_end) struct txn t = { 0 };
	assert_int_equal(txn_write(w->c->store, &t), E_OK);
	assert_int_equal(store_exec(w->c->store, sql), E_OK);
	assert_int_equal(txn_commit(&t), E_OK);
}

/* The tamper matrix for the tables of policy. */
static void every_change_is_found(void **state)
{
	static const char *const changes[] = {
		"UPDATE pack_use SET pack = 'lightz' WHERE vid = 2",
		"UPDATE pack_use SET version = '2' WHERE vid = 2",
		"UPDATE pack_use SET applies_to = 'NORTH' WHERE vid = 2",
		"UPDATE pack_use SET path = 'other.csv' WHERE vid = 2",
		"UPDATE pack_use SET hash = (SELECT hash FROM pack_use WHERE vid = 3) WHERE vid = 2",
		"UPDATE pack_use SET known_from = 1 WHERE vid = 2",
		"UPDATE pack_use SET idx = 99 WHERE vid = 2",
		"UPDATE pack_use SET known_to = 1 WHERE vid = 9",
		"UPDATE pack_use SET known_to = 999 WHERE vid = 3",
		"UPDATE pack_use SET salt = (SELECT salt FROM pack_use WHERE vid = 3) WHERE vid = 2",
		"UPDATE pack_use SET vid = 99 WHERE vid = 2",
		"DELETE FROM pack_use WHERE vid = 2",
		"UPDATE pack_file SET bytes = hash WHERE hash = (SELECT hash FROM pack_use WHERE vid = 2)",
		"INSERT INTO pack_file (hash, bytes) SELECT salt, salt FROM pack_use WHERE vid = 1",
		"UPDATE pack_code SET code = 'z' WHERE id = 2",
		"UPDATE pack_code SET of = 'z' WHERE id = 2",
		"UPDATE pack_code SET id = 77 WHERE id = 2",
		"DELETE FROM pack_code WHERE id = 2",
		"INSERT INTO pack_code (id, of, code) VALUES (99, 'grades', 'zz')",
	};
	struct spot *spot = *state;
	CLEANUP(world_free) struct world w = { 0 };
	world_make(&w, spot);
	open_policy(&w);
	load(&w, &w.f, true);
	pack_test_write(&w.f, "schooling.csv", "code,order\nlow,1\nhigh,2\nhighest,3\n");
	load(&w, &w.f, true);
	for (size_t i = 0; i < COUNT(changes); i++) {
		CLEANUP(txn_end) struct txn t = { 0 };
		assert_int_equal(txn_write(w.c->store, &t), E_OK);
		assert_int_equal(store_exec(w.c->store, changes[i]), E_OK);
		if (audited(&w, NULL) == 0)
			fail_msg("not found: %s", changes[i]);
	}
	run(&w, "UPDATE pack_code SET code = 'z' WHERE id = 2");
	CLEANUP(buf_release) struct buf said = BUF_INIT;
	assert_int_equal(audited(&w, &said), 1);
	assert_string_equal(buf_str(&said), "pack_code 2: the code is not the one that the packs give this number\n");
}

/* A store may come from anybody: its rules are written inside their folder or not at all. */
static void a_path_that_leads_out(void **state)
{
	static const char *const paths[] = { "policies/../../../merit-out.yaml", "policies//rise.yaml",
					     "policies/./rise.yaml" };
	CLEANUP(world_free) struct world w = { 0 };
	CLEANUP(pack_test_remove) struct pack_test_folder to;
	const char *const *folders = NULL;
	struct stmt *st = NULL;
	struct stat there;
	world_make(&w, *state);
	load(&w, &w.f, true);
	pack_test_overlay(&to);
	assert_int_equal(pack_unfold(w.c, &pack_test_reader, to.path, &folders), E_OK);
	assert_int_equal(stat(arena_printf(w.c->arena, "%s/policies/rise.yaml", folders[0]), &there), 0);
	for (size_t i = 0; i < COUNT(paths); i++) {
		assert_int_equal(store_stmt(w.c->store,
					    "UPDATE pack_use SET path = ? WHERE path LIKE '%.yaml' AND path "
					    "LIKE 'policies/%'",
					    &st),
				 E_OK);
		stmt_text(st, 1, str_of(paths[i]));
		assert_int_equal(stmt_run(st), E_OK);
		assert_int_equal(pack_unfold(w.c, &pack_test_reader, to.path, &folders), E_FAULT);
		assert_non_null(strstr(fault_text(), "outside their folder"));
	}
	assert_int_equal(stat(arena_printf(w.c->arena, "%s/../merit-out.yaml", to.path), &there), -1);
}

int pack_load_test(void);
int pack_load_test(void)
{
	static const struct spot_case cases[] = {
		SPOT_CASE(before_any_pack),       SPOT_CASE(codes_are_numbered),
		SPOT_CASE(a_newer_version),       SPOT_CASE(store_and_folder_agree),
		SPOT_CASE(overlays_in_a_store),   SPOT_CASE(seeds_are_brought_once),
		SPOT_CASE(a_newer_program),       SPOT_CASE(a_path_that_leads_out),
		SPOT_CASE(every_change_is_found), SPOT_CASE(a_sound_store_has_no_finding),
	};
	return spot_run("pack load", cases, COUNT(cases));
}
