/* term_search.c - records whose words begin with every word given. */
#include "base/map.h"
#include "entity/change.h"

#define WORDS 16 /* further words of a question do not narrow it */

struct asked {
	struct arena arena;
	struct str word[WORDS], after[WORDS]; /* after: the first text that does not begin with the word */
	int64_t count[WORDS];
	size_t n;
};

static void asked_release(struct asked *q)
{
	arena_release(&q->arena);
}

static void ask_word(void *arg, struct str word)
{
	struct asked *q = arg;

	if (q->n == WORDS)
		return;
	char *after = arena_text(&q->arena, word.p, word.n);
	after[word.n - 1]++; /* in UTF-8 the last byte is never 0xFF */
	q->word[q->n] = (struct str){ arena_text(&q->arena, word.p, word.n), word.n };
	q->after[q->n++] = (struct str){ after, word.n };
}

static enum err words_of(struct ctx *c, const struct entity *e, const struct asked *q, size_t i, const char *sql,
			 struct stmt **ret)
{
	TRY(store_stmt(c->store, sql, ret));
	stmt_text(*ret, 1, str_of(e->name));
	stmt_text(*ret, 2, q->word[i]);
	stmt_text(*ret, 3, q->after[i]);
	return E_OK;
}

static enum err count_word(struct ctx *c, const struct entity *e, struct asked *q, size_t i)
{
	struct stmt *st;
	bool row;

	TRY(words_of(
		c, e, q, i,
		"SELECT count(*) FROM (SELECT 1 FROM term WHERE entity = ? AND term >= ? AND term < ? LIMIT 1000) x",
		&st));
	TRY(stmt_step(st, &row));
	q->count[i] = row ? stmt_get_int(st, 0) : 0;
	stmt_reset(st);
	return E_OK;
}

static void rarest_first(struct asked *q)
{
	for (size_t i = 1; i < q->n; i++)
		for (size_t k = i; k > 0 && q->count[k] < q->count[k - 1]; k--) {
			struct str w = q->word[k], a = q->after[k];
			int64_t n = q->count[k];
			q->word[k] = q->word[k - 1];
			q->after[k] = q->after[k - 1];
			q->count[k] = q->count[k - 1];
			q->word[k - 1] = w;
			q->after[k - 1] = a;
			q->count[k - 1] = n;
		}
}

/* Which of the words so far a record has: it is found when it has all before this one. */
static enum err narrow(struct ctx *c, const struct entity *e, const struct asked *q, size_t i, struct imap *has,
		       int64_t *ids, size_t most, size_t *n)
{
	struct stmt *st;
	bool row;
	int64_t seen;

	TRY(words_of(c, e, q, i,
		     "SELECT record FROM term WHERE entity = ? AND term >= ? AND term < ? ORDER BY term, record", &st));
	while (*n < most) {
		TRY(stmt_step(st, &row));
		if (!row)
			return E_OK;
		int64_t id = stmt_get_int(st, 0);
		if (!imap_get(has, id, &seen))
			seen = 0;
		if (seen != (int64_t)i)
			continue;
		imap_set(has, id, seen + 1);
		if (i + 1 == q->n)
			ids[(*n)++] = id;
	}
	stmt_reset(st);
	return E_OK;
}

enum err search(struct ctx *c, const struct entity *e, struct str words, int64_t *ids, size_t n, size_t *ret_n)
{
	struct asked q CLEANUP(asked_release) = { 0 };
	struct imap *has CLEANUP(imap_free_p) = imap_new();
	size_t found = 0;

	text_words(text_fold(&q.arena, words), ask_word, &q);
	for (size_t i = 0; i < q.n; i++)
		TRY(count_word(c, e, &q, i));
	rarest_first(&q);
	for (size_t i = 0; i < q.n; i++)
		TRY(narrow(c, e, &q, i, has, ids, n, &found));
	*ret_n = found;
	return E_OK;
}
