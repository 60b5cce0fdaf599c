/* find.c - what /find looks through beside people, posts and units: rounds, by number or by the words of their title.
 */
#include "base/number.h"
#include "face/round_hold.h"
#include "face/round_words.h"
#include "modules/site.h"

struct matching {
	struct str title; /* folded */
	bool all;
};

/* Each word asked for begins a word of the title. */
static void match(void *arg, struct str word)
{
	struct matching *m = arg;
	bool found = false;
	for (size_t i = 0; i + word.n <= m->title.n && !found; i++)
		found = (i == 0 || m->title.p[i - 1] == ' ') && memcmp(m->title.p + i, word.p, word.n) == 0;
	m->all = m->all && found;
}

static bool fits(struct request *q, const struct round_head *h, struct str title, struct str words)
{
	int64_t number;
	struct matching m = { text_fold(q->arena, title), true };
	if (number_parse(words, &number))
		return number == h->id;
	text_words(text_fold(q->arena, words), match, &m);
	return m.all;
}

static enum err one(struct request *q, const struct round_head *h, struct str words, bool *ret)
{
	const struct round_kind *kind = round_kind_named(q, h->kind);
	enum round_reach reach;
	struct str title;
	*ret = false;
	if (!kind)
		return E_OK;
	TRY(round_reach(q, kind, h->unit, MAY_ROUND, &reach));
	if (reach == REACH_NONE)
		return E_OK;
	TRY(round_title(q, kind, h->unit, h->as_of, &title));
	*ret = fits(q, h, title, words);
	if (!*ret)
		return E_OK;
	HTML(&q->html, "<li>");
	link_text(q, title, "/rounds/%d", (long long)h->id);
	HTML(&q->html, "</li>");
	return E_OK;
}

enum err site_find(struct request *q, struct str words, size_t most, size_t *ret_n, struct str *ret_only)
{
	struct round_head *all;
	size_t n;
	*ret_n = 0;
	if (!who_may(q->who, MAY_ROUND))
		return E_OK;
	TRY(round_heads(q->c, &all, &n));
	for (size_t i = 0; i < n && *ret_n < most; i++) {
		bool shown;
		TRY(one(q, &all[i], words, &shown));
		if (shown && ++*ret_n == 1)
			*ret_only = str_of(arena_printf(q->arena, "/rounds/%lld", (long long)all[i].id));
	}
	return E_OK;
}
