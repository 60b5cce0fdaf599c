/* Proof files written, read and checked with the public key alone; by our code and by an oracle in another language. */
#include "../../tests/help/memory_file.h"
#include "../../tests/help/spot.h"

#include "ledger/proof_file.h"

#include <sys/wait.h>
#include <unistd.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#define OK(call) assert_int_equal((call), E_OK)
#define SALT (const unsigned char *)"sixteen bytes ab"
#define SALT_CLOSED (const unsigned char *)"sixteen bytes cd"

static const unsigned char seed[32] = "a seed of thirty-two bytes, abc";

/* Three kinds of rows: one group, two of which one is shown as a hash, two shown. */
static struct proof_row_text row_of(uint32_t idx, struct arena *a, struct hash *closed)
{
	struct proof_row_text r = {
		.entity = idx % 2 == 0 ? "person" : "rank_history",
		.idx = idx,
		.salt = SALT,
	};
	r.header = str_of(
		arena_printf(a, "{\"entity\":\"%s\",\"id\":%u,\"op\":0,\"valid_from\":\"2008-10-01\"}", r.entity, idx));
	r.open = str_of(arena_printf(
		a, "{\"name\":\"Siti \xe2\x80\x9cNur\xe2\x80\x9d \\\"%u\\\" \\u0001\\n\",\"ok\":true,\"score\":%u}",
		idx, idx * 100));
	struct str closed_text = str_of(arena_printf(a, "{\"health\":\"good %u\"}", idx));
	*closed = row_commit(SALT_CLOSED, closed_text);
	if (idx % 3 == 1) {
		r.closed_hash = closed;
	} else if (idx % 3 == 2) {
		r.closed = closed_text;
		r.salt_closed = SALT_CLOSED;
	}
	return r;
}

static struct hash leaf_of(uint32_t idx)
{
	struct arena a CLEANUP(arena_release) = ARENA_INIT;
	struct hash closed;
	struct proof_row_text r = row_of(idx, &a, &closed);
	struct hash open = row_commit(SALT, r.open);
	return row_leaf(&open, idx % 3 == 0 ? NULL : &closed, r.header);
}

static struct ledger *born(struct spot *p, uint32_t n, int64_t *ret_seq)
{
	struct ledger_birth birth = { .origin = "example.org/demo", .seed = seed, .clock = 5, .demo = true };
	char side[128];
	struct ledger *l;
	struct txn t;
	snprintf(side, sizeof side, "%s/side", p->folder);
	OK(txn_write(p->s, &t));
	OK(ledger_create(p->s, side, &birth, &l));
	for (int i = 0; i < 3; i++) {
		OK(entry_begin(
			l, &(struct entry_head){ .actor = 3, .on_behalf = 4, .subject = 8, .action = "round.seal" }));
		for (uint32_t k = 0; k < n; k++) {
			struct hash leaf = leaf_of(k);
			entry_leaf(l, &leaf);
		}
		int64_t seq;
		OK(entry_end(l, &seq));
		if (i == 1)
			*ret_seq = seq;
	}
	OK(txn_commit(&t));
	return l;
}

/* Rows [from, to) of entry seq of n rows. */
static void write_proof(struct ledger *l, int64_t seq, uint32_t n, uint32_t from, uint32_t to, struct buf *out)
{
	struct proof_writer w;
	struct arena a CLEANUP(arena_release) = ARENA_INIT;
	OK(proof_write_begin(&w, l, seq, from == 0 && to == n, out));
	for (uint32_t i = from; i < to; i++) {
		struct hash closed;
		struct proof_row_text r = row_of(i, &a, &closed);
		OK(proof_write_row(&w, &r));
	}
	proof_write_decision(&w);
	json_object(&w.json);
	json_member_text(&w.json, "rule", "as-reported");
	json_object_end(&w.json);
	proof_write_end(&w);
}

static enum err count_row(void *arg, const struct proof_row *row)
{
	uint32_t *n = arg;
	assert_non_null(row->header);
	assert_int_equal(row->header_text.p[0], '{');
	assert_true(row->closed == NULL || row->closed_text.n > 0);
	(*n)++;
	return E_OK;
}

static enum err verify(const char *key, struct str text, uint32_t *ret_rows)
{
	struct problems problems CLEANUP(problems_release) = PROBLEMS_INIT;
	FILE *file CLEANUP(memory_file_close) = memory_file(text);
	struct proof_file *f CLEANUP(proof_file_free_p) = NULL;
	struct verifier v;
	*ret_rows = 0;
	OK(verifier_parse(str_of(key), &v));
	enum err e = proof_file_read("proof.json", file, &problems, &f);
	if (e == E_OK)
		e = proof_file_verify(f, &v, count_row, ret_rows, &problems);
	assert_int_equal(e != E_OK, problems.count > 0);
	return e;
}

/* True when the oracle says that the text is proved by key.pub. */
static bool oracle_agrees(const struct spot *p, struct str text)
{
	char path[128], key[128];
	snprintf(path, sizeof path, "%s/proof.json", p->folder);
	snprintf(key, sizeof key, "%s/side/key.pub", p->folder);
	FILE *f = fopen(path, "w");
	assert_non_null(f);
	assert_int_equal(fwrite(text.p, 1, text.n, f), text.n);
	fclose(f);
	fflush(NULL);
	pid_t child = fork();
	if (child == 0) {
		freopen("/dev/null", "w", stdout);
		freopen("/dev/null", "w", stderr);
		execl("/usr/bin/python3", "python3", "tests/check_proof.py", path, key, (char *)NULL);
		_exit(127);
	}
	int status;
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_true(WIFEXITED(status) && WEXITSTATUS(status) != 127);
	return WEXITSTATUS(status) == 0;
}

static void proofs_of_every_shape_hold(void **state)
{
	struct spot *p = *state;
	static const uint32_t sizes[] = { 0, 1, 2, 7, 256, 300 };
	for (size_t i = 0; i < COUNT(sizes); i++) {
		struct buf text CLEANUP(buf_release) = BUF_INIT;
		struct spot q;
		uint32_t n = sizes[i], rows;
		int64_t seq = 0;
		spot_make(&q, p->postgres);
		spot_create(&q);
		struct ledger *l = born(&q, n, &seq);
		write_proof(l, seq, n, 0, n, &text);
		OK(verify(ledger_key(l), (struct str){ text.p, text.n }, &rows));
		assert_int_equal(rows, n);
		assert_true(oracle_agrees(&q, (struct str){ text.p, text.n }));
		if (n > 1) {
			buf_reset(&text);
			write_proof(l, seq, n, n / 2, n / 2 + 1, &text);
			OK(verify(ledger_key(l), (struct str){ text.p, text.n }, &rows));
			assert_int_equal(rows, 1);
			assert_true(oracle_agrees(&q, (struct str){ text.p, text.n }));
		}
		ledger_close(l);
		spot_remove(&q);
	}
}

/* Every byte of what is proved: `decision` alone is not the ledger's to judge, and blanks between tokens mean nothing.
 */
static void no_byte_can_be_changed(void **state)
{
	struct spot *p = *state;
	struct buf text CLEANUP(buf_release) = BUF_INIT;
	int64_t seq;
	uint32_t rows;
	struct ledger *l CLEANUP(ledger_close_p) = born(p, 5, &seq);
	for (int part = 0; part < 2; part++) {
		buf_reset(&text);
		write_proof(l, seq, 5, part == 0 ? 0 : 2, part == 0 ? 5 : 3, &text);
		size_t end = (size_t)(strstr(text.p, ",\"decision\"") - text.p);
		for (size_t i = 0; i < end; i++) {
			text.p[i] ^= 1;
			if (verify(ledger_key(l), (struct str){ text.p, text.n }, &rows) == E_OK)
				fail_msg("byte %zu of the proof can be changed: %.40s", i, text.p + i);
			text.p[i] ^= 1;
		}
		for (size_t n = 0; n + 2 < text.n; n += 17)
			assert_int_not_equal(verify(ledger_key(l), (struct str){ text.p, n }, &rows), E_OK);
	}
}

static void the_oracle_sees_changes_too(void **state)
{
	struct spot *p = *state;
	struct buf text CLEANUP(buf_release) = BUF_INIT;
	static const char *const places[] = { "Siti", "\"n\":5",         "\"idx\":3",     "\"valid_from\"",
					      "good", "\\n\xe2\x80\x94", "\"subject\":8", "\"op\":0" };
	int64_t seq;
	struct ledger *l CLEANUP(ledger_close_p) = born(p, 5, &seq);
	write_proof(l, seq, 5, 0, 5, &text);
	for (size_t i = 0; i < COUNT(places); i++) {
		char *at = strstr(buf_str(&text), places[i]);
		if (at == NULL)
			at = strstr(text.p, "\\n");
		at += strlen(places[i]) - 1;
		*at ^= 1;
		assert_false(oracle_agrees(p, (struct str){ text.p, text.n }));
		*at ^= 1;
	}
	assert_true(oracle_agrees(p, (struct str){ text.p, text.n }));
}

static void another_key_proves_nothing(void **state)
{
	struct spot *p = *state;
	struct buf text CLEANUP(buf_release) = BUF_INIT, key CLEANUP(buf_release) = BUF_INIT;
	struct signer s;
	struct verifier v;
	int64_t seq;
	uint32_t rows;
	struct ledger *l CLEANUP(ledger_close_p) = born(p, 3, &seq);
	write_proof(l, seq, 3, 0, 3, &text);
	signer_make(&s, ledger_origin(l), (const unsigned char *)"another seed of thirty-two bytes");
	verifier_of(&s, &v);
	verifier_text(&v, &key);
	assert_int_equal(verify(buf_str(&key), (struct str){ text.p, text.n }, &rows), E_DENIED);
	assert_int_equal(rows, 0);
}

/* Order, blanks and the writing of texts do not matter: what is hashed is made anew. */
static void the_text_order_is_not_trusted(void **state)
{
	struct spot *p = *state;
	struct buf text CLEANUP(buf_release) = BUF_INIT, other CLEANUP(buf_release) = BUF_INIT;
	int64_t seq;
	uint32_t rows;
	struct ledger *l CLEANUP(ledger_close_p) = born(p, 1, &seq);
	write_proof(l, seq, 1, 0, 1, &text);
	char *at = strstr(buf_str(&text), "{\"name\":\"Siti"), *end = strchr(at, '}');
	buf_add(&other, text.p, (size_t)(at - text.p));
	buf_text(&other,
		 "{ \"score\":0, \"ok\" : true,\n \"name\":\"\\u0053iti \\u201cNur\\u201d \\\"0\\\" \\u0001\\u000a\"");
	buf_text(&other, end);
	OK(verify(ledger_key(l), (struct str){ other.p, other.n }, &rows));
	assert_true(oracle_agrees(p, (struct str){ other.p, other.n }));
}

static void what_is_not_a_proof_file(void **state)
{
	(void)state;
	static const struct {
		const char *text, *said;
	} bad[] = {
		{ "", "not JSON" },
		{ "[]", "not a proof file" },
		{ "{\"format\":\"merit-proof-2\"}", "not a proof file" },
		{ "{\"format\":\"merit-proof-1\",\"format\":\"merit-proof-1\"}", "duplicate" },
		{ "{\"rows\":[],\"rows\":[]}", "duplicate" },
		{ "{\"rows\":{}}", "no list of rows" },
		{ "{\"rows\":[1]}", "the row is not an object" },
		{ "{\"rows\":[{]}", "not JSON" },
		{ "{\"rows\":[],}", "not JSON" },
		{ "{\"format\":\"merit-proof-1\"} {", "not JSON" },
		{ "{\"format\":\"merit-proof-1", "not JSON" },
		{ "{\"format\" \"merit-proof-1\"}", "not JSON" },
		{ "{\"format\":}", "not JSON" },
		{ "{\"format\":\"merit-proof-1\",\"more\":1}", "no such member" },
		{ "{\"format\":\"merit-proof-1\",\"origin\":1}", "origin is missing" },
		{ "{\"format\":\"merit-proof-1\",\"origin\":\"a\",\"checkpoint\":\"b\",\"entry\":{\"n\":1.5}}",
		  "right form" },
		{ "{\"format\":\"merit-proof-1\",\"origin\":\"a\",\"checkpoint\":\"b\",\"entry\":{\"n\":null}}",
		  "right form" },
	};
	for (size_t i = 0; i < COUNT(bad); i++) {
		struct problems problems CLEANUP(problems_release) = PROBLEMS_INIT;
		struct buf said CLEANUP(buf_release) = BUF_INIT;
		FILE *file CLEANUP(memory_file_close) = memory_file(str_of(bad[i].text));
		struct proof_file *f;
		assert_int_equal(proof_file_read("proof.json", file, &problems, &f), E_INVALID);
		problems_print(&problems, &said);
		if (strstr(buf_str(&said), bad[i].said) == NULL)
			fail_msg("expected \"%s\" in: %s", bad[i].said, said.p);
	}
}

static enum err refuse_second(void *arg, const struct proof_row *row)
{
	(void)arg;
	return row->idx == 1 ? E_INVALID : E_OK;
}

static void the_layer_above_may_disagree(void **state)
{
	struct spot *p = *state;
	struct problems problems CLEANUP(problems_release) = PROBLEMS_INIT;
	struct buf text CLEANUP(buf_release) = BUF_INIT;
	struct proof_file *f CLEANUP(proof_file_free_p) = NULL;
	struct verifier v;
	int64_t seq;
	struct ledger *l CLEANUP(ledger_close_p) = born(p, 3, &seq);
	write_proof(l, seq, 3, 0, 3, &text);
	OK(verifier_parse(str_of(ledger_key(l)), &v));
	FILE *file CLEANUP(memory_file_close) = memory_file((struct str){ text.p, text.n });
	OK(proof_file_read("proof.json", file, &problems, &f));
	assert_non_null(f->decision);
	assert_int_equal(proof_file_verify(f, &v, refuse_second, NULL, &problems), E_DENIED);
	OK(proof_file_verify(f, &v, NULL, NULL, &problems));
	assert_true(f->all);
	assert_int_equal(f->entry.seq, seq);
	assert_string_equal(f->entry.action, "round.seal");
	assert_int_equal(problems.count, 0);
}

int proof_file_test(void);
int proof_file_test(void)
{
	static const struct spot_case cases[] = {
		SPOT_CASE(proofs_of_every_shape_hold),    SPOT_CASE(no_byte_can_be_changed),
		SPOT_CASE(the_oracle_sees_changes_too),   SPOT_CASE(another_key_proves_nothing),
		SPOT_CASE(the_text_order_is_not_trusted), SPOT_CASE(what_is_not_a_proof_file),
		SPOT_CASE(the_layer_above_may_disagree),
	};
	return spot_run("proof file", cases, COUNT(cases));
}
