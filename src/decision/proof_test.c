/* proof_test.c - a proof carried elsewhere: judged again with nothing but the file, the key and this program. */
#include "../../tests/help/memory_file.h"
#include "decision/climb_test.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

int proof_test(void);

static enum err into(void *arg, struct str bytes)
{
	buf_add(arg, bytes.p, bytes.n);
	return E_OK;
}

static void proof(struct climb *w, int64_t id, int n, struct buf *out)
{
	buf_reset(out);
	OK(round_proof(w->c, climb_kinds, id, n ? w->keeper[n] : 0, into, out));
}

static void judged(struct climb *w, const struct buf *file, const struct pack_reader *reader, enum answer intact,
		   enum answer recomputed, const char *words)
{
	struct verdict_on_decision v;
	struct buf all CLEANUP(buf_release) = BUF_INIT;
	FILE *in CLEANUP(memory_file_close) = memory_file((struct str){ file->p, file->n });
	OK(round_verify_proof(in, str_of(ledger_key(w->c->ledger)), reader, climb_kinds, &v));
	buf_printf(&all, "%d %d: %s; %s", (int)v.intact, (int)v.recomputed, v.intact_words.n ? v.intact_words.p : "",
		   v.recomputed_words.n ? v.recomputed_words.p : "");
	assert_int_equal(v.rederived, ANSWER_CANNOT);
	if (v.intact != intact || v.recomputed != recomputed || !strstr(all.p, words))
		fail_msg("%s, wanted %d %d %s", all.p, (int)intact, (int)recomputed, words);
	verdict_release(&v);
}

static int64_t sealed(struct climb *w, struct spot *p, const char *policy)
{
	climb_make(w, p);
	int64_t id = climb_open(w, policy, "PL-1");
	struct override_ask ask = { id, w->keeper[3], MEETS, "court-ruling", "ruled on 3 May" };
	OK(round_override(w->c, climb_kinds, &ask));
	climb_seal(w, id);
	return id;
}

static void everybody_is_proved(void **state)
{
	struct climb w CLEANUP(climb_free);
	struct buf file CLEANUP(buf_release) = BUF_INIT;
	int64_t id = sealed(&w, *state, NULL);
	proof(&w, id, 0, &file);
	judged(&w, &file, &climb_reader, ANSWER_YES, ANSWER_YES, "");
	judged(&w, &file, &climb_reader_blind, ANSWER_YES, ANSWER_CANNOT, "the judge mark@1");
	assert_non_null(strstr(file.p, "ruled on 3 May"));
	/* The store goes on; the old file still holds. */
	OK(fixture_correct(w.c, fixture_mark_of(w.c, w.keeper[1], 2007, 7000), "misread", NULL));
	judged(&w, &file, &climb_reader, ANSWER_YES, ANSWER_YES, "");
	proof(&w, id, 0, &file);
	judged(&w, &file, &climb_reader, ANSWER_YES, ANSWER_YES, "");
}

static void codes_of_several_tables_are_proved(void **state)
{
	struct climb w CLEANUP(climb_free);
	struct buf file CLEANUP(buf_release) = BUF_INIT;
	int64_t id = sealed(&w, *state, "strict");
	proof(&w, id, 0, &file);
	judged(&w, &file, &climb_reader, ANSWER_YES, ANSWER_YES, "");
}

static void one_person_is_proved(void **state)
{
	struct climb w CLEANUP(climb_free);
	struct buf file CLEANUP(buf_release) = BUF_INIT;
	int64_t id = sealed(&w, *state, NULL);
	for (int n = 1; n <= 5; n++) {
		proof(&w, id, n, &file);
		judged(&w, &file, &climb_reader, ANSWER_YES, ANSWER_YES, "");
		assert_null(strstr(file.p, n == 1 ? "\"N-2\"" : "\"N-1\""));
	}
	buf_reset(&file);
	assert_int_equal(round_proof(w.c, climb_kinds, id, w.keeper[7], into, &file), E_MISSING);
	int64_t open = climb_open(&w, NULL, "PL-3");
	assert_int_equal(round_proof(w.c, climb_kinds, open, 0, into, &file), E_INVALID);
	assert_int_equal(round_proof(w.c, climb_kinds, 99, 0, into, &file), E_MISSING);
}

/* ---- other files ---- */

static void replace(struct buf *file, const char *from, const char *to)
{
	struct buf out CLEANUP(buf_release) = BUF_INIT;
	char *at = strstr(buf_str(file), from);
	assert_non_null(at);
	buf_add(&out, file->p, (size_t)(at - file->p));
	buf_text(&out, to);
	buf_text(&out, at + strlen(from));
	buf_reset(file);
	buf_add(file, out.p, out.n);
	buf_str(file);
}

static void a_changed_file_does_not_hold(void **state)
{
	static const struct {
		const char *from, *to, *words;
	} cases[] = {
		{ "\"judged\":\"not-yet\"", "\"judged\":\"meets\"", "rows" },
		{ "\"score\":8000", "\"score\":9000", "rows" },
		{ "ruled on 3 May", "ruled on 4 May", "rows" },
		{ "\"policy\":\"usual\",\"position\"", "\"policy\":\"lax\",\"position\"", "decision, policy" },
		{ "\"as_of\":\"2008-10-01\"", "\"as_of\":\"2008-04-01\"", "decision, as_of" },
		{ "\"order\":\"3\"", "\"order\":\"4\"", "decision, rules: their hash" },
		{ "\"decision\":{", "\"decision\":{\"x\":1,", "" },
	};
	struct climb w CLEANUP(climb_free);
	struct buf file CLEANUP(buf_release) = BUF_INIT;
	int64_t id = sealed(&w, *state, NULL);
	for (size_t i = 0; i < COUNT(cases); i++) {
		proof(&w, id, 0, &file);
		replace(&file, cases[i].from, cases[i].to);
		if (*cases[i].words)
			judged(&w, &file, &climb_reader, ANSWER_NO, ANSWER_CANNOT, cases[i].words);
		else
			judged(&w, &file, &climb_reader, ANSWER_YES, ANSWER_YES, "");
	}
	buf_reset(&file);
	buf_text(&file, "{\"format\":\"merit-proof-1\"}");
	judged(&w, &file, &climb_reader, ANSWER_NO, ANSWER_CANNOT, "");
}

static void a_key_of_somebody_else_does_not_hold(void **state)
{
	struct climb w CLEANUP(climb_free);
	struct buf file CLEANUP(buf_release) = BUF_INIT, key CLEANUP(buf_release) = BUF_INIT;
	struct verdict_on_decision v;
	struct signer s;
	struct verifier other;
	int64_t id = sealed(&w, *state, NULL);
	proof(&w, id, 0, &file);
	signer_make(&s, "example.org/lights", (const unsigned char *)"thirty-two bytes of another seed");
	verifier_of(&s, &other);
	verifier_text(&other, &key);
	FILE *in CLEANUP(memory_file_close) = memory_file((struct str){ file.p, file.n });
	OK(round_verify_proof(in, str_of(buf_str(&key)), &climb_reader, climb_kinds, &v));
	assert_int_equal(v.intact, ANSWER_NO);
	assert_int_equal(v.recomputed, ANSWER_CANNOT);
	verdict_release(&v);
	OK(round_verify_proof(in, STR("no key"), &climb_reader, climb_kinds, &v));
	assert_int_equal(v.intact, ANSWER_CANNOT);
	verdict_release(&v);
}

/* The closed half withheld: its commitment in its place. */
static void withhold(struct buf *file)
{
	struct buf out CLEANUP(buf_release) = BUF_INIT;
	char *at = strstr(buf_str(file), "\"closed\":"), *end = strstr(at, ",\"salt_closed\":\"");
	char *salt = end + strlen(",\"salt_closed\":\""), *rest = salt + 2 * SALT_SIZE + 1;
	unsigned char bytes[SALT_SIZE];
	for (size_t i = 0; i < SALT_SIZE; i++) {
		char pair[3] = { salt[2 * i], salt[2 * i + 1], '\0' };
		bytes[i] = (unsigned char)strtoul(pair, NULL, 16);
	}
	struct hash h = row_commit(
		bytes, (struct str){ at + strlen("\"closed\":"), (size_t)(end - at) - strlen("\"closed\":") });
	buf_add(&out, file->p, (size_t)(at - file->p));
	buf_text(&out, "\"closed_hash\":\"");
	for (size_t i = 0; i < HASH_SIZE; i++)
		buf_printf(&out, "%02x", h.b[i]);
	buf_char(&out, '"');
	buf_text(&out, rest);
	buf_reset(file);
	buf_add(file, out.p, out.n);
	buf_str(file);
}

static void what_is_withheld_cannot_be_told(void **state)
{
	struct climb w CLEANUP(climb_free);
	struct buf file CLEANUP(buf_release) = BUF_INIT;
	int64_t id = sealed(&w, *state, NULL);
	for (int n = 1; n <= 4; n++) {
		proof(&w, id, n, &file);
		withhold(&file);
		assert_null(strstr(file.p, "\"score\":"));
		judged(&w, &file, &climb_reader, ANSWER_YES, ANSWER_CANNOT, "the criterion mark reads the closed half");
	}
}

int proof_test(void)
{
	static const struct spot_case cases[] = {
		SPOT_CASE(everybody_is_proved),
		SPOT_CASE(codes_of_several_tables_are_proved),
		SPOT_CASE(one_person_is_proved),
		SPOT_CASE(a_changed_file_does_not_hold),
		SPOT_CASE(a_key_of_somebody_else_does_not_hold),
		SPOT_CASE(what_is_withheld_cannot_be_told),
	};
	return spot_run("proof", cases, COUNT(cases));
}
