/* term_search_test.c - words find exactly whom a look at every word finds, frequent words among them. */
#include "../../tests/help/fixture.h"
#include "../../tests/help/fixture_store.h"
#include "../../tests/help/spot.h"
#include "entity/change.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

int term_search_test(void);
#define OK(call) assert_int_equal((call), E_OK)
#define KEEPERS 1300

static uint32_t seed;

static uint32_t dice(uint32_t n)
{
	seed = seed * 1664525u + 1013904223u;
	return (seed >> 8) % n;
}

static const char *const first[] = { "Ade", "Adinda", "Ani", "Bambang", "Budi", "Citra", "Dewi", "Dian" };
static const char *const second[] = { "Pratama", "Putri", "Santoso", "Sari", "Siregar", "Wibowo", "Wulan" };

/* All of them are keepers, nearly all of the north; a few have a rare name. */
static void fill(struct ctx *c)
{
	struct txn t CLEANUP(txn_end) = { 0 };
	int64_t position;
	OK(ctx_write(c, &t));
	OK(change_begin(c, "test.many", 0));
	for (int i = 1; i <= KEEPERS; i++) {
		struct record *r = fixture_keeper_of(c, i, date_of(1950, 1, 1), date_of(1980, 1, 1));
		record_text(r, KEEPER_NAME,
			    str_of(arena_printf(c->arena, "Keeper %s %s%s%s", first[dice(COUNT(first))],
						second[dice(COUNT(second))], dice(20) ? " Northern" : "",
						dice(60) ? "" : " Zulkarnain")));
		OK(change_save(c, r));
	}
	OK(change_end(c, &position));
	OK(txn_commit(&t));
}

struct known {
	struct str term;
	int64_t record;
};

static size_t load(struct ctx *c, struct known *ret, size_t most)
{
	struct stmt *st;
	size_t n = 0;
	bool row;
	OK(store_stmt(c->store, "SELECT term, record FROM term WHERE entity = 'keeper'", &st));
	for (;; n++) {
		OK(stmt_step(st, &row));
		if (!row)
			return n;
		assert_true(n < most);
		struct str s = stmt_get_text(st, 0);
		ret[n] = (struct known){ { arena_text(c->arena, s.p, s.n), s.n }, stmt_get_int(st, 1) };
	}
}

/* Bits of the words, by record: a word of a question is parted from the next by one space. */
static size_t naive(const struct known *all, size_t n, const char *words, bool *ret)
{
	unsigned have[KEEPERS + 1] = { 0 }, bit = 1;
	size_t found = 0;
	for (const char *p = words; *p;) {
		size_t len = strcspn(p, " ");
		for (size_t i = 0; i < n; i++)
			if (all[i].term.n >= len && memcmp(all[i].term.p, p, len) == 0)
				have[all[i].record] |= bit;
		bit <<= 1;
		p += len + (p[len] == ' ');
	}
	for (int i = 1; i <= KEEPERS; i++) {
		ret[i] = have[i] == bit - 1;
		found += ret[i];
	}
	return found;
}

static void finds_whom_a_look_at_every_word_finds(void **state)
{
	static const char *const asked[] = { "k",
					     "keeper",
					     "keeper n",
					     "n keeper",
					     "ad",
					     "keeper ad sa",
					     "ade putri",
					     "zul",
					     "zul keeper",
					     "z n k",
					     "a",
					     "dewi w nor",
					     "keeper zzz",
					     "b s keeper",
					     "keeper bud",
					     "citra ade",
					     "k k",
					     "pra n",
					     "keeper northern zulkarnain adinda" };
	struct ctx *c CLEANUP(ctx_close_p) = fixture_open(*state, &fixture_registry);
	struct known *all = xcalloc(8 * KEEPERS, sizeof *all);
	int64_t ids[KEEPERS];
	bool is[KEEPERS + 1];
	seed = 1945;
	fill(c);
	size_t terms = load(c, all, 8 * KEEPERS), n;
	for (size_t i = 0; i < COUNT(asked); i++) {
		size_t wanted = naive(all, terms, asked[i], is);
		for (size_t most = 1; most <= KEEPERS; most = most * 5 + 3) {
			bool twice[KEEPERS + 1] = { 0 };
			OK(search(c, &fixture_keeper, str_of(asked[i]), ids, most, &n));
			assert_int_equal(n, wanted < most ? wanted : most);
			for (size_t k = 0; k < n; k++) {
				assert_true(is[ids[k]] && !twice[ids[k]]);
				twice[ids[k]] = true;
			}
		}
	}
	free(all);
}

/* The last bytes of these letters are the greatest that a letter may end with: 0x7F has no place in a word. */
static void words_of_any_script_are_found(void **state)
{
	static const char *const names[] = { "Антип", "\xe1\x9e\xbf\xe1\x9e\xbf", "\xed\x9f\xbb" };
	struct ctx *c CLEANUP(ctx_close_p) = fixture_open(*state, &fixture_registry);
	for (size_t i = 0; i < COUNT(names); i++) {
		struct record *r = fixture_keeper_of(c, (int)i + 1, date_of(1950, 1, 1), date_of(1980, 1, 1));
		record_text(r, KEEPER_NAME, str_of(names[i]));
		OK(fixture_save(c, r, NULL));
	}
	for (size_t i = 0; i < COUNT(names); i++) {
		int64_t id;
		size_t n;
		OK(search(c, &fixture_keeper, str_of(names[i]), &id, 1, &n));
		assert_int_equal(n, 1);
		assert_int_equal(id, i + 1);
	}
}

int term_search_test(void)
{
	static const struct spot_case cases[] = {
		SPOT_CASE(finds_whom_a_look_at_every_word_finds),
		SPOT_CASE(words_of_any_script_are_found),
	};
	return spot_run("search", cases, COUNT(cases));
}
