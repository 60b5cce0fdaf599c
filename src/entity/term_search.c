/* term_search.c - records whose words begin with every word given. */
#include "base/map.h"
#include "entity/change.h"
#include "entity/term.h"

#define WORDS 16     /* further words of a question do not narrow it */
#define COUNTED 1000 /* a word of more rows is frequent */
#define SOME 1000    /* rows of the first word that are tried before all are, and four times as many as asked for */
#define CHUNK 1000
#define FEW 64 /* records whose own words are looked at */

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
	q->word[q->n] = str_copy(&q->arena, word);
	q->after[q->n++] = text_after(&q->arena, word);
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

	TRY(words_of(c, e, q, i,
		     "SELECT count(*) FROM (SELECT 1 FROM term WHERE entity = ? AND term >= ? AND term < ? LIMIT 1000) "
		     "x", /* COUNTED */
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

/* ---- from word to word ---- */

/* The records that have all words so far, each with how many; and those that have the last of them. */
struct narrowing {
	struct ctx *c;
	const struct entity *e;
	const struct asked *q;
	struct imap *has;
	int64_t *list;
	size_t n, cap;
	bool cut; /* the first word's rows were not all read */
};

static void narrowing_release(struct narrowing *w)
{
	imap_free(w->has);
	free(w->list);
}

static void keep(struct narrowing *w, int64_t id)
{
	if (w->n == w->cap) {
		w->cap = w->cap ? 2 * w->cap : 256;
		w->list = xrealloc(w->list, w->cap * sizeof *w->list);
	}
	w->list[w->n++] = id;
}

/* The next rows of a word, from the one after `term` and `record`. */
static enum err chunk(struct narrowing *w, size_t i, struct str term, int64_t record, struct stmt **ret)
{
	TRY(store_stmt(w->c->store,
		       "SELECT term, record FROM term WHERE entity = ? AND (term, record) > (?, ?) AND term < ? "
		       "ORDER BY term, record LIMIT 1000", /* CHUNK */
		       ret));
	stmt_text(*ret, 1, str_of(w->e->name));
	stmt_text(*ret, 2, term);
	stmt_int(*ret, 3, record);
	stmt_text(*ret, 4, w->q->after[i]);
	return E_OK;
}

/* A record that has all words before this one has it too. */
static void has_word(struct narrowing *w, size_t i, int64_t id)
{
	int64_t seen;
	if (!imap_get(w->has, id, &seen))
		seen = 0;
	if (seen != (int64_t)i)
		return;
	imap_set(w->has, id, seen + 1);
	keep(w, id);
}

/* Word i of at most so many of its rows (0: all), until `most` records have it and all before. A server is asked in
 * pieces, since it would send all of them. */
static enum err narrow(struct narrowing *w, size_t i, size_t rows, size_t most)
{
	struct buf last CLEANUP(buf_release) = BUF_INIT;
	struct str term = w->q->word[i];
	int64_t record = INT64_MIN;
	size_t read = 0, got = CHUNK;
	bool row;

	w->n = 0;
	while (got == CHUNK && w->n < most) {
		struct stmt *st;
		if (rows && read >= rows) {
			w->cut = true;
			return E_OK;
		}
		TRY(chunk(w, i, term, record, &st));
		for (got = 0; w->n < most; got++) {
			TRY(stmt_step(st, &row));
			if (!row)
				break;
			record = stmt_get_int(st, 1);
			has_word(w, i, record);
			if (got + 1 == CHUNK) {
				struct str s = stmt_get_text(st, 0);
				buf_reset(&last);
				buf_add(&last, s.p, s.n);
				term = (struct str){ last.p, last.n };
			}
		}
		stmt_reset(st);
		read += got;
	}
	return E_OK;
}

/* Few records against a word of many rows: their own words are looked at. */
static enum err look_at_each(struct narrowing *w, size_t i, size_t most)
{
	size_t n = 0;
	for (size_t k = 0; k < w->n && n < most; k++) {
		bool all;
		TRY(term_has(w->c, w->e, w->list[k], w->q->word + i, w->q->n - i, &all));
		if (all)
			w->list[n++] = w->list[k];
	}
	w->n = n;
	return E_OK;
}

/* The ids found; of the first word at most `rows` rows are read, 0: all. */
static enum err find(struct narrowing *w, size_t rows, size_t most)
{
	for (size_t i = 0; i < w->q->n; i++) {
		bool last = i + 1 == w->q->n;
		if (i > 0 && w->n <= FEW && w->q->count[i] >= COUNTED)
			return look_at_each(w, i, most);
		TRY(narrow(w, i, i == 0 ? rows : 0, last ? most : SIZE_MAX));
	}
	return E_OK;
}

enum err search(struct ctx *c, const struct entity *e, struct str words, int64_t *ids, size_t n, size_t *ret_n)
{
	struct asked q CLEANUP(asked_release) = { 0 };
	size_t rows = SOME + 4 * n;

	text_words(text_fold(&q.arena, words), ask_word, &q);
	for (size_t i = 0; q.n > 1 && i < q.n; i++)
		TRY(count_word(c, e, &q, i));
	rarest_first(&q);
	for (;;) {
		struct narrowing w CLEANUP(narrowing_release) = { .c = c, .e = e, .q = &q, .has = imap_new() };
		TRY(find(&w, rows, n));
		if (w.cut && w.n < n) { /* rarely: among the first rows too few have all the words */
			rows = 0;
			continue;
		}
		if (w.n)
			memcpy(ids, w.list, w.n * sizeof *ids);
		*ret_n = w.n;
		return E_OK;
	}
}
