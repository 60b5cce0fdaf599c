/* term_audit.c - the words stored against those that the rows have. */
#include "entity/term_inner.h"

#include "base/map.h"

#include <sodium.h>

/* Words are told apart by a keyed hash of record and word: nobody can choose two that meet, and nothing is sorted. */
struct comparing {
	struct term_reader reader; /* first: text_words() hands it back */
	unsigned char key[crypto_shorthash_KEYBYTES];
	struct buf scratch;
	struct imap *words;    /* hash of each word that the rows have: 1, and 0 once it is found stored */
	int64_t found, stored; /* stored: of all entities so far */
	void (*differs)(void *arg, const char *table, int64_t record, const char *what);
	void *arg;
	const struct entity *e;
};

static void comparing_release(struct comparing *x)
{
	buf_release(&x->scratch);
	imap_free(x->words);
}

static int64_t hash_of(struct comparing *x, int64_t record, struct str word)
{
	int64_t hash;

	buf_reset(&x->scratch);
	buf_add(&x->scratch, &record, sizeof record);
	buf_add(&x->scratch, word.p, word.n);
	crypto_shorthash((unsigned char *)&hash, (const unsigned char *)x->scratch.p, x->scratch.n, x->key);
	return hash;
}

static void told(struct comparing *x, int64_t record, const char *what)
{
	char text[128];

	snprintf(text, sizeof text, "a word of %s %lld %s", x->e->name, (long long)record, what);
	x->differs(x->arg, "term", record, text);
}

static void add_word(void *reader, struct str word)
{
	struct comparing *x = reader;

	imap_set(x->words, hash_of(x, x->reader.record, word), 1);
}

static void find_missing(void *reader, struct str word)
{
	struct comparing *x = reader;
	int64_t hash = hash_of(x, x->reader.record, word), left = 0;

	if (!imap_get(x->words, hash, &left) || !left)
		return;
	imap_set(x->words, hash, 0);
	told(x, x->reader.record, "is missing");
}

static void find_stored(struct comparing *x, const struct stmt_value *term, const struct stmt_value *record)
{
	int64_t hash = hash_of(x, record->i, term->t), left = 0;

	if (term->type == 't' && record->type == 'i' && imap_get(x->words, hash, &left) && left) {
		imap_set(x->words, hash, 0);
		x->found++;
	} else {
		told(x, record->i, "stands in none of its texts");
	}
}

static enum err each_stored(struct ctx *c, struct comparing *x)
{
	struct stmt_value row[2];
	struct stmt *st;
	bool more;

	TRY(store_stmt(c->store, "SELECT term, record FROM term WHERE entity = ? ORDER BY term, record", &st));
	stmt_text(st, 1, str_of(x->e->name));
	for (;;) {
		TRY(stmt_step(st, &more));
		if (!more)
			return E_OK;
		stmt_values(st, row, 2);
		x->stored++;
		find_stored(x, &row[0], &row[1]);
	}
}

static enum err audit_one(struct ctx *c, struct comparing *x)
{
	x->words = imap_new();
	x->reader.word = add_word;
	TRY(term_read(c, x->e, 1, INT64_MAX, false, &x->reader));
	TRY(each_stored(c, x));
	if (x->found == (int64_t)imap_count(x->words))
		return E_OK;
	x->reader.word = find_missing;
	return term_read(c, x->e, 1, INT64_MAX, false, &x->reader);
}

enum err term_audit(struct ctx *c, void (*differs)(void *arg, const char *table, int64_t record, const char *what),
		    void *arg)
{
	struct comparing all = { .differs = differs, .arg = arg };
	int64_t count;

	crypto_shorthash_keygen(all.key);
	TRY(store_get_int(c->store, "SELECT count(*) FROM term", 0, &count));
	for (size_t i = 0; c->registry->entities[i]; i++) {
		struct comparing x CLEANUP(comparing_release) = all;
		x.e = c->registry->entities[i];
		if (!term_any(x.e))
			continue;
		TRY(audit_one(c, &x));
		all.stored = x.stored;
	}
	if (all.stored != count)
		differs(arg, "term", 0, "there are words of no entity");
	return E_OK;
}
