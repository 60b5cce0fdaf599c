/* proof_sample.c - decisions drawn by a published word, so that nobody chose them: the auditor's first page. */
#include "base/map.h"
#include "face/proof_page.h"
#include "face/round_words.h"

#define MOST 50

/* The i-th draw is SHA-256(seed ":" i), its first eight bytes as a number, modulo how many there are: anybody can do it
 * again. */
static uint64_t draw_one(struct str seed, uint64_t i, uint64_t of)
{
	struct buf text CLEANUP(buf_release) = BUF_INIT;
	uint64_t n = 0;
	buf_printf(&text, "%.*s:%llu", (int)seed.n, seed.p, (unsigned long long)i);
	struct hash h = sha256(text.p, text.n);
	for (int k = 0; k < 8; k++)
		n = n << 8 | h.b[k];
	return n % of;
}

struct drawn {
	uint64_t number; /* counted over all sealed rounds, the oldest first */
	size_t round;
};

struct sealed {
	struct round_head *heads; /* only sealed ones, the oldest first */
	size_t n;
	uint64_t total;
};

/* Only rounds of which the reader sees everybody: a draw must not tell that somebody is hidden. */
static enum err load_sealed(struct request *q, struct sealed *ret)
{
	struct round_head *all;
	size_t n;
	TRY(round_heads(q->c, &all, &n));
	*ret = (struct sealed){ .heads = ARENA_ARRAY(q->arena, struct round_head, n + 1) };
	for (size_t i = n; i-- > 0;) {
		const struct round_kind *kind = round_kind_named(q, all[i].kind);
		enum round_reach reach;
		if (!all[i].sealed || !kind)
			continue;
		TRY(round_reach(q, kind, all[i].unit, MAY_AUDIT, &reach));
		if (reach != REACH_WHOLE)
			continue;
		ret->heads[ret->n++] = all[i];
		ret->total += (uint64_t)all[i].considered;
	}
	return E_OK;
}

static size_t round_of(const struct sealed *s, uint64_t *number)
{
	size_t i = 0;
	while (i + 1 < s->n && *number >= (uint64_t)s->heads[i].considered)
		*number -= (uint64_t)s->heads[i++].considered;
	return i;
}

static int by_round(const void *a, const void *b)
{
	const struct drawn *x = a, *y = b;
	if (x->round != y->round)
		return x->round < y->round ? -1 : 1;
	return (x->number > y->number) - (x->number < y->number);
}

static size_t draw_all(const struct sealed *s, struct str seed, size_t want, struct drawn *ret)
{
	struct imap *seen CLEANUP(imap_free_p) = imap_new();
	size_t n = 0;
	want = want < s->total ? want : (size_t)s->total;
	for (uint64_t i = 0; n < want; i++) {
		uint64_t number = draw_one(seed, i, s->total);
		if (!imap_set(seen, (int64_t)number, 1))
			continue;
		ret[n].round = round_of(s, &number);
		ret[n++].number = number;
	}
	qsort(ret, n, sizeof *ret, by_round);
	return n;
}

/* ---- the page ---- */

static void ask(struct request *q, struct str seed, int64_t n)
{
	HTML(&q->html, "<p>");
	html_say(&q->html,
		 N_("The cases are drawn by a word. Announce beforehand which it will be, such as the first word "
		    "of tomorrow's newspaper: then nobody chose the cases, and whoever has the word draws the "
		    "same."));
	HTML(&q->html, "</p>");
	form_begin(q, &(struct form){ .get = true }, "/proof/sample");
	form_control(q, &(struct control_ask){ .name = "seed",
					       .label = N_("The word by which it is drawn"),
					       .kind = C_TEXT,
					       .value = seed,
					       .most = 100,
					       .required = true });
	form_control(q, &(struct control_ask){ .name = "n",
					       .label = N_("How many"),
					       .kind = C_NUMBER,
					       .value = str_of(arena_printf(q->arena, "%lld", (long long)n)),
					       .required = true });
	form_end(q, N_("Draw"));
}

static void case_row(struct request *q, const struct held *h, const struct candidate *k)
{
	const struct round *r = h->round;
	row_begin(q);
	cell_begin(q, false);
	part_record(q, r->kind->inputs->person, k->person, true);
	cell_end(q);
	cell_text(q, step_label(q, r->kind, k->next));
	cell_begin(q, false);
	outcome_tag(q, r, k);
	cell_end(q);
	cell_begin(q, false);
	link_say(q, N_("reasons"), "/rounds/%d/people/%s", (long long)r->id, terminated(q, k->number));
	HTML(&q->html, " ");
	link_say(q, N_("proof"), "/rounds/%d/people/%s/proof", (long long)r->id, terminated(q, k->number));
	cell_end(q);
	row_end(q);
	if (held_audience(q, h, k) != FOR_OTHER)
		request_noted(q, k->person, "round");
}

static enum err answers(struct request *q, int64_t id)
{
	struct verdict_on_decision v CLEANUP(verdict_release) = { 0 };
	TRY(round_verify(q->c, face_of(q)->rounds, id, &v));
	bool sound = v.intact == ANSWER_YES && v.recomputed == ANSWER_YES && v.rederived == ANSWER_YES;
	HTML(&q->html, "<p>");
	tag(q, sound ? TONE_GOOD : TONE_BAD,
	    sound ? N_("as sealed, the rules give it, the files give its facts") : N_("does not check out"));
	HTML(&q->html, " ");
	link_say(q, N_("the three answers"), "/rounds/%d/check", (long long)id);
	HTML(&q->html, "</p>");
	return E_OK;
}

static enum err cases(struct request *q, const struct round_head *head, const struct drawn *d, size_t n)
{
	static const struct head heads[] = {
		{ N_("Person"), NULL, false, NULL },
		{ N_("Step"), NULL, false, NULL },
		{ N_("Outcome"), NULL, false, NULL },
		{ N_("To check"), NULL, false, NULL },
	};
	const struct held *h CLEANUP(round_let_go) = NULL;
	struct str title;
	TRY(round_hold(q, head->id, NULL, &h));
	TRY(round_title(q, h->round->kind, head->unit, head->as_of, &title));
	sheet_begin(q, NULL);
	HTML(&q->html, "<h2>");
	html_text(&q->html, title);
	HTML(&q->html, "</h2>");
	TRY(answers(q, head->id));
	table_begin(q, N_("Cases drawn from this round"), heads, COUNT(heads));
	for (size_t i = 0; i < n; i++)
		if (d[i].number < h->round->n)
			case_row(q, h, &h->round->candidates[d[i].number]);
	table_end(q);
	sheet_end(q);
	return E_OK;
}

enum err proof_sample_draw(struct request *q)
{
	const struct crumb back = { .words = N_("Proof"), .href = "/proof" };
	struct str seed = str_trim(request_param(q, "seed"));
	int64_t want = request_number(q, "n");
	struct drawn drawn[MOST];
	struct sealed s;
	size_t n = 0;
	want = want < 1 ? 10 : want > MOST ? MOST : want;
	TRY(load_sealed(q, &s));
	frame_begin(q, &(struct frame){ .crumbs = &back, .ncrumbs = 1 });
	HTML(&q->html, "<p>");
	html_sayf(&q->html,
		  say_n(q->lang, "There are %lld decided cases in %lld sealed round.",
			"There are %lld decided cases in %lld sealed rounds.", (int64_t)s.n),
		  (long long)s.total, (long long)s.n);
	HTML(&q->html, "</p>");
	if (!s.total)
		part_empty(q, N_("Nothing is sealed yet, so there is nothing to draw from."),
			   N_("Come back when the first round has been sealed."), N_("Rounds"), "/rounds");
	else
		ask(q, seed, want);
	sheet_end(q);
	if (seed.n && s.total)
		n = draw_all(&s, seed, (size_t)want, drawn);
	for (size_t from = 0, to; from < n; from = to) {
		for (to = from + 1; to < n && drawn[to].round == drawn[from].round;)
			to++;
		TRY(cases(q, &s.heads[drawn[from].round], drawn + from, to - from));
	}
	frame_end(q);
	return E_OK;
}
