/* seal_test.c - seals: read back, replayed, refused, tampered with, proved; on both databases. */
#include "decision/climb_test.h"
#include "entity/change.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <unistd.h>

#include <cmocka.h>

int seal_test(void);

static void list(struct climb *w, int64_t id, struct buf *out)
{
	struct round *r CLEANUP(round_free_p) = climb_read(w, id, NULL);
	buf_reset(out);
	round_list_csv(r, FOR_COMMITTEE, out);
}

static void override(struct climb *w, int64_t id, int n, const char *reason)
{
	struct override_ask ask = { id, w->keeper[n], MEETS, "court-ruling", reason };
	OK(round_override(w->c, climb_kinds, &ask));
}

static void answers(struct climb *w, int64_t id, enum answer intact, enum answer recomputed, enum answer rederived,
		    const char *words)
{
	struct verdict_on_decision v;
	OK(round_verify(w->c, climb_kinds, id, &v));
	struct buf all CLEANUP(buf_release) = BUF_INIT;
	buf_printf(&all, "%d %d %d: %s; %s; %s", (int)v.intact, (int)v.recomputed, (int)v.rederived,
		   v.intact_words.n ? v.intact_words.p : "", v.recomputed_words.n ? v.recomputed_words.p : "",
		   v.rederived_words.n ? v.rederived_words.p : "");
	if (v.intact != intact || v.recomputed != recomputed || v.rederived != rederived || !strstr(all.p, words))
		fail_msg("%s, wanted %d %d %d %s", all.p, (int)intact, (int)recomputed, (int)rederived, words);
	verdict_release(&v);
}

static void all_is_well(struct climb *w, int64_t id)
{
	answers(w, id, ANSWER_YES, ANSWER_YES, ANSWER_YES, "");
}

static size_t found(struct climb *w, struct buf *words)
{
	struct findings f;
	struct audit *a;
	findings_init(&f);
	buf_reset(words);
	OK(audit_begin(w->c->store, ledger_side(w->c->ledger), &f, &a));
	OK(round_audit(w->c, a));
	for (size_t i = 0; i < f.kept; i++)
		buf_printf(words, "%s: %s\n", f.list[i].table ? f.list[i].table : "", f.list[i].what);
	buf_str(words);
	size_t n = f.count;
	audit_free(a);
	findings_release(&f);
	return n;
}

/* ---- reading back ---- */

static void a_seal_gives_the_same_list(void **state)
{
	struct climb w CLEANUP(climb_free);
	struct buf open CLEANUP(buf_release) = BUF_INIT, sealed CLEANUP(buf_release) = BUF_INIT;
	climb_make(&w, *state);
	int64_t id = climb_open(&w, NULL, "PL-1");
	override(&w, id, 3, "ruled on 3 May");
	list(&w, id, &open);
	int64_t head = ledger_head(w.c->ledger);
	assert_int_equal(climb_seal(&w, id), head + 1);
	list(&w, id, &sealed);
	assert_string_equal(buf_str(&sealed), buf_str(&open));
	struct round *r CLEANUP(round_free_p) = climb_read(&w, id, NULL);
	assert_true(r->sealed);
	assert_int_equal(r->position, head);
	assert_int_equal(r->seal_entry, head + 1);
	assert_true(str_is(climb_of(&w, r, 3)->override_reason, "ruled on 3 May"));
	all_is_well(&w, id);
}

/* proves: MP-94 */
static void what_is_learnt_later_changes_nothing(void **state)
{
	struct climb w CLEANUP(climb_free);
	struct buf before CLEANUP(buf_release) = BUF_INIT, after CLEANUP(buf_release) = BUF_INIT;
	struct verdict_on_decision v;
	climb_make(&w, *state);
	int64_t id = climb_open(&w, NULL, "PL-1"), entry;
	climb_seal(&w, id);
	list(&w, id, &before);
	OK(fixture_correct(w.c, fixture_mark_of(w.c, w.keeper[1], 2007, 7000), "misread", &entry));
	OK(fixture_save(w.c, fixture_mark_of(w.c, w.keeper[8], 2003, 7000), NULL)); /* not considered */
	OK(fixture_save(w.c, fixture_mark_of(w.c, w.keeper[1], 2003, 7000), NULL)); /* too old to be weighed */
	OK(fixture_save(w.c, fixture_mark_of(w.c, w.keeper[1], 2008, 7000), NULL)); /* after the day */
	list(&w, id, &after);
	assert_string_equal(buf_str(&after), buf_str(&before));
	all_is_well(&w, id);
	OK(round_verify(w.c, climb_kinds, id, &v));
	assert_int_equal(v.nlearnt, 1);
	assert_string_equal(v.learnt[0].entity, "mark");
	assert_string_equal(v.learnt[0].key, "N-1");
	assert_int_equal(v.learnt[0].entry, entry);
	assert_int_equal(v.learnt[0].valid_from, date_of(2007, 12, 31));
	verdict_release(&v);
	/* Under the other policy the same people are judged on what was known then. */
	struct round *with CLEANUP(round_free_p) = climb_read(&w, id, "strict");
	assert_int_equal(with->n, 5);
	assert_int_equal(with->position, entry - 2);
}

static void corrected_back_is_not_learnt(void **state)
{
	struct climb w CLEANUP(climb_free);
	struct verdict_on_decision v;
	climb_make(&w, *state);
	int64_t id = climb_open(&w, NULL, "PL-1");
	climb_seal(&w, id);
	OK(fixture_correct(w.c, fixture_mark_of(w.c, w.keeper[1], 2007, 7000), "misread", NULL));
	OK(fixture_correct(w.c, fixture_mark_of(w.c, w.keeper[1], 2007, 8000), "it was right", NULL));
	OK(round_verify(w.c, climb_kinds, id, &v));
	assert_int_equal(v.nlearnt, 0);
	verdict_release(&v);
}

static void rules_loaded_later_change_nothing(void **state)
{
	struct climb w CLEANUP(climb_free);
	struct buf before CLEANUP(buf_release) = BUF_INIT, after CLEANUP(buf_release) = BUF_INIT;
	climb_make(&w, *state);
	int64_t id = climb_open(&w, NULL, "PL-1"), next;
	list(&w, id, &before);
	climb_seal(&w, id);
	char *harder = arena_copy(w.c->arena, climb_usual);
	memcpy(strstr(harder, "years: 4"), "years: 9", 8);
	climb_pack(&w, "policies/usual.yaml", harder);
	list(&w, id, &after);
	assert_string_equal(buf_str(&after), buf_str(&before));
	all_is_well(&w, id);
	next = climb_open(&w, NULL, "PL-3");
	struct round *r CLEANUP(round_free_p) = climb_read(&w, next, NULL);
	assert_int_equal(climb_of(&w, r, 8)->judged, NOT_YET);
}

/* ---- refusals ---- */

static void refused(struct climb *w, int64_t id, const char *words)
{
	int64_t position = 0, head = ledger_head(w->c->ledger);
	assert_int_equal(round_seal(w->c, climb_kinds, id, &position), E_CONFLICT);
	assert_true(fixture_said(w->c, NULL, words));
	fixture_forget(w->c);
	assert_int_equal(ledger_head(w->c->ledger), head);
}

static void nobody_is_decided_twice(void **state)
{
	struct climb w CLEANUP(climb_free);
	climb_make(&w, *state);
	int64_t coast = climb_open(&w, NULL, "PL-1"), light = climb_open(&w, "strict", "PL-2"),
		other = climb_open(&w, NULL, "PL-3");
	climb_seal(&w, light);
	refused(&w, light, "is sealed already");
	refused(&w, coast, "has decided on N-1 Keeper 1, N-4 Keeper 4, N-5 Keeper 5, whom round 1 considers again");
	climb_seal(&w, other);
	struct override_ask ask = { light, w.keeper[1], MEETS, "court-ruling", "x" };
	assert_int_equal(round_override(w.c, climb_kinds, &ask), E_CONFLICT);
	assert_true(fixture_said(w.c, NULL, "is sealed, so nothing in it changes"));
	struct verdict_on_decision v;
	assert_int_equal(round_verify(w.c, climb_kinds, coast, &v), E_INVALID);
	assert_true(fixture_said(w.c, NULL, "is open, so there is no decision to verify"));
}

static void nobody_considered_is_a_decision_too(void **state)
{
	struct climb w CLEANUP(climb_free);
	climb_make(&w, *state);
	struct record *empty = fixture_place_of(w.c, 4, 0, date_of(1990, 1, 1));
	OK(fixture_save(w.c, empty, NULL));
	int64_t id = climb_open(&w, NULL, "PL-4");
	climb_seal(&w, id);
	struct round *r CLEANUP(round_free_p) = climb_read(&w, id, NULL);
	assert_int_equal(r->n, 0);
	all_is_well(&w, id);
}

/* ---- tampering ---- */

/* The stored bytes of one block. */
static void block_bytes(struct climb *w, int block, const char *column, struct buf *out)
{
	struct stmt *st;
	bool row;
	char sql[96];
	snprintf(sql, sizeof sql, "SELECT %s FROM seal WHERE decision = 1 AND block = %d", column, block);
	OK(store_stmt(w->c->store, sql, &st));
	OK(stmt_step(st, &row));
	assert_true(row);
	struct str s = stmt_get_text(st, 0);
	buf_reset(out);
	buf_add(out, s.p, s.n);
	stmt_reset(st);
}

static void put_bytes(struct climb *w, int block, const char *column, const struct buf *bytes)
{
	struct txn t CLEANUP(txn_end) = { 0 };
	struct stmt *st;
	char sql[96];
	snprintf(sql, sizeof sql, "UPDATE seal SET %s = ? WHERE decision = 1 AND block = %d", column, block);
	OK(txn_write(w->c->store, &t));
	OK(store_stmt(w->c->store, sql, &st));
	stmt_blob(st, 1, bytes->p, bytes->n);
	OK(stmt_run(st));
	OK(txn_commit(&t));
}

static void flip_each(struct climb *w, int block, const char *column)
{
	struct buf bytes CLEANUP(buf_release) = BUF_INIT, words CLEANUP(buf_release) = BUF_INIT;
	struct verdict_on_decision v;
	block_bytes(w, block, column, &bytes);
	for (size_t i = 0; i < bytes.n; i++) {
		bytes.p[i] = (char)(bytes.p[i] ^ (1 << (i % 8)));
		put_bytes(w, block, column, &bytes);
		if (!found(w, &words))
			fail_msg("byte %zu of %s of block %d changed and the audit found nothing", i, column, block);
		OK(round_verify(w->c, climb_kinds, 1, &v));
		assert_int_equal(v.intact, ANSWER_NO);
		verdict_release(&v);
		bytes.p[i] = (char)(bytes.p[i] ^ (1 << (i % 8)));
	}
	put_bytes(w, block, column, &bytes);
}

static void every_byte_is_watched(void **state)
{
	struct climb w CLEANUP(climb_free);
	struct buf words CLEANUP(buf_release) = BUF_INIT;
	climb_make(&w, *state);
	int64_t id = climb_open(&w, NULL, "PL-1");
	override(&w, id, 3, "ruled");
	climb_seal(&w, id);
	assert_int_equal(found(&w, &words), 0);
	flip_each(&w, 1, "columns");
	flip_each(&w, 1, "salts");
	flip_each(&w, 0, "columns");
	all_is_well(&w, id);
}

static void rows_are_watched(void **state)
{
	static const struct {
		const char *change, *back;
	} cases[] = {
		{ "UPDATE seal SET block = 2 WHERE block = 1", "UPDATE seal SET block = 1 WHERE block = 2" },
		{ "UPDATE seal SET decision = 7 WHERE block = 1", "UPDATE seal SET decision = 1 WHERE block = 1" },
		{ "UPDATE seal SET decision = 7", "UPDATE seal SET decision = 1" },
		{ "UPDATE seal SET salts = columns WHERE block = 0", "UPDATE seal SET salts = NULL WHERE block = 0" },
		{ "UPDATE round_seal SET header_hash = rules_hash", NULL },
	};
	struct climb w CLEANUP(climb_free);
	struct buf words CLEANUP(buf_release) = BUF_INIT;
	climb_make(&w, *state);
	climb_seal(&w, climb_open(&w, NULL, "PL-1"));
	for (size_t i = 0; i < COUNT(cases); i++) {
		climb_tamper(&w, cases[i].change);
		if (!found(&w, &words))
			fail_msg("not found: %s", cases[i].change);
		answers(&w, 1, ANSWER_NO, ANSWER_CANNOT, ANSWER_CANNOT, "the seal cannot be read");
		if (cases[i].back)
			climb_tamper(&w, cases[i].back);
	}
}

static void a_changed_record_is_named(void **state)
{
	struct climb w CLEANUP(climb_free);
	climb_make(&w, *state);
	int64_t id = climb_open(&w, NULL, "PL-1");
	override(&w, id, 3, "ruled");
	climb_seal(&w, id);
	climb_tamper(&w, "UPDATE mark SET score = 7000 WHERE owner = 1");
	answers(&w, id, ANSWER_YES, ANSWER_YES, ANSWER_NO, "candidate N-1, score: sealed is 80, the store gives 70");
	climb_tamper(&w, "UPDATE mark SET score = 8000 WHERE owner = 1");
	climb_tamper(&w, "UPDATE round_override SET reason = 'bought'");
	answers(&w, id, ANSWER_NO, ANSWER_YES, ANSWER_YES, "what is sealed of the candidate N-3 was changed");
	climb_tamper(&w, "UPDATE round_override SET reason = 'ruled'");
	climb_tamper(&w, "UPDATE round_override SET outcome = 1");
	answers(&w, id, ANSWER_YES, ANSWER_YES, ANSWER_NO,
		"candidate N-3: the override sealed is not the one in the store");
	climb_tamper(&w, "UPDATE round_override SET outcome = 0");
	climb_tamper(&w, "UPDATE round_seal SET meets = 5");
	answers(&w, id, ANSWER_NO, ANSWER_YES, ANSWER_YES, "the counts of the seal");
}

static void an_unknown_judge_is_not_false(void **state)
{
	struct climb w CLEANUP(climb_free);
	struct policy *policy;
	climb_make(&w, *state);
	int64_t id = climb_open(&w, NULL, "PL-1");
	climb_seal(&w, id);
	OK(policy_open(w.c, &climb_reader_blind, 0, &policy));
	answers(&w, id, ANSWER_YES, ANSWER_CANNOT, ANSWER_CANNOT, "this program cannot check it: the judge mark@1");
	w.c->problems->lang = lang_find(STR("id"));
	answers(&w, id, ANSWER_YES, ANSWER_CANNOT, ANSWER_CANNOT, ": penilai mark@1 untuk syarat");
	w.c->problems->lang = NULL;
	struct buf out CLEANUP(buf_release) = BUF_INIT;
	list(&w, id, &out);
	assert_non_null(strstr(out.p, "mark@1, which this program does not know"));
	struct round *r = NULL;
	assert_int_equal(round_read(w.c, climb_kinds, climb_open(&w, NULL, "PL-3"), NULL, &r), E_UNKNOWN);
}

int seal_test(void)
{
	static const struct spot_case cases[] = {
		SPOT_CASE(a_seal_gives_the_same_list),   SPOT_CASE(what_is_learnt_later_changes_nothing),
		SPOT_CASE(corrected_back_is_not_learnt), SPOT_CASE(rules_loaded_later_change_nothing),
		SPOT_CASE(nobody_is_decided_twice),      SPOT_CASE(nobody_considered_is_a_decision_too),
		SPOT_CASE(every_byte_is_watched),        SPOT_CASE(rows_are_watched),
		SPOT_CASE(a_changed_record_is_named),    SPOT_CASE(an_unknown_judge_is_not_false),
	};
	return spot_run("seal", cases, COUNT(cases));
}
