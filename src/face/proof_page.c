/* proof_page.c - how an outsider knows that nothing was changed: the signed head, verifying it all, and checking a code
 * printed on paper. */
#include "face/proof_page.h"
#include "base/number.h"
#include "decision/verify.h"

#include <pthread.h>

/* ---- the last time that all was verified ---- */

#define LANGUAGES 8

struct verified {
	char origin[128];
	int64_t at, entries, rows, findings;
	const struct entity *of;    /* of the first finding; NULL: no record */
	char first[LANGUAGES][512]; /* what it is, in each of langs[]: others read it in their own */
};
static pthread_mutex_t guard = PTHREAD_MUTEX_INITIALIZER; /* of what follows */
static struct verified last;

static bool last_of(const struct request *q, struct verified *ret)
{
	pthread_mutex_lock(&guard);
	*ret = last;
	pthread_mutex_unlock(&guard);
	return ret->at && text_is(ret->origin, ledger_origin(q->c->ledger));
}

static void keep_first(const struct request *q, const struct finding *f, struct verified *v)
{
	v->of = f->table ? registry_entity(q->c->registry, f->table) : NULL;
	for (size_t i = 0; i < LANGUAGES && langs[i]; i++)
		snprintf(v->first[i], sizeof v->first[i], "%s", f->in[i]);
}

/* A record by its name on pages; an inner table has none. */
static const char *first_words(const struct request *q, const struct verified *v)
{
	size_t i = 0;
	while (i + 1 < LANGUAGES && langs[i] && langs[i] != q->lang)
		i++;
	return arena_printf(q->arena, "%s%s%s", v->of ? say(q->lang, v->of->title) : "", v->of ? ": " : "",
			    v->first[langs[i] == q->lang ? i : 0]);
}

static void keep(const struct request *q, const struct audit *a, const struct findings *f)
{
	struct verified v = { .at = clock_now_us(), .findings = (int64_t)f->count };
	snprintf(v.origin, sizeof v.origin, "%s", ledger_origin(q->c->ledger));
	if (a) {
		v.entries = a->entries;
		v.rows = a->rows;
	}
	if (f->kept)
		keep_first(q, &f->list[0], &v);
	pthread_mutex_lock(&guard);
	last = v;
	pthread_mutex_unlock(&guard);
}

/* ---- the page ---- */

/* Too long for a column: on a line of its own, in letters that tell l from 1. */
static void long_fact(struct request *q, const char *label, const char *value)
{
	HTML(&q->html, "<p><span class=\"source\">");
	html_say(&q->html, label);
	HTML(&q->html, "</span><br><code class=\"code\">");
	html_cstr(&q->html, value);
	HTML(&q->html, "</code></p>");
}

static void head_facts(struct request *q)
{
	struct checkpoint head = ledger_checkpoint(q->c->ledger);
	struct buf root CLEANUP(buf_release) = BUF_INIT;
	base64_add(&root, head.root.b, HASH_SIZE);
	facts_begin(q);
	fact_int(q, N_("Receipts so far"), (int64_t)head.size);
	facts_end(q);
	long_fact(q, N_("Seal over all of them"), buf_str(&root));
	long_fact(q, N_("Name of this book"), ledger_origin(q->c->ledger));
	HTML(&q->html, "<details><summary>");
	html_say(&q->html, N_("The signed note, for whoever keeps watch from outside"));
	HTML(&q->html, "</summary><pre class=\"code\">");
	html_cstr(&q->html, ledger_note(q->c->ledger));
	HTML(&q->html, "</pre><p>");
	html_say(&q->html, N_("The public key"));
	HTML(&q->html, ": <code>");
	html_cstr(&q->html, ledger_key(q->c->ledger));
	HTML(&q->html, "</code></p></details>");
}

static void verified_words(struct request *q)
{
	struct buf when CLEANUP(buf_release) = BUF_INIT;
	struct verified v;
	HTML(&q->html, "<p>");
	if (!last_of(q, &v)) {
		html_say(&q->html, N_("Nobody has verified everything since this program was started."));
		HTML(&q->html, "</p>");
		return;
	}
	say_instant(q->lang, q->c->zone, v.at, &when);
	tag(q, v.findings ? TONE_BAD : TONE_GOOD,
	    v.findings ? N_("something is not as it was written") : N_("all is sound"));
	HTML(&q->html, " ");
	html_sayf(&q->html, "Verified on %s: %lld receipts with %lld facts.", buf_str(&when), (long long)v.entries,
		  (long long)v.rows);
	HTML(&q->html, "</p>");
	if (v.findings && who_may(q->who, MAY_AUDIT)) {
		HTML(&q->html, "<p>");
		html_sayf(&q->html, "Findings: %lld. The first: %s", (long long)v.findings, first_words(q, &v));
		HTML(&q->html, "</p>");
	}
}

/* On the desk of whoever looks after the users: what was verified last. */
enum err proof_page_panel(struct request *q, int64_t id)
{
	(void)id;
	verified_words(q);
	HTML(&q->html, "<p class=\"actions\">");
	button_link(q, true, N_("Proof"), "/proof");
	HTML(&q->html, "</p>");
	return E_OK;
}

static void verify_sheet(struct request *q)
{
	next_begin(q, N_("Verify everything"));
	verified_words(q);
	HTML(&q->html, "<p>");
	html_say(&q->html,
		 N_("Every fact, receipt and signature is computed anew. It takes seconds; meanwhile everybody works "
		    "on."));
	HTML(&q->html, "</p>");
	part_problems(q);
	if (who_may(q->who, MAY_AUDIT)) {
		form_begin(q, &(struct form){ .quiet = true }, "/proof");
		form_end(q, N_("Verify now"));
	} else {
		HTML(&q->html, "<p class=\"sub\">");
		html_say(&q->html, N_("An auditor starts it; what was found is told here to everybody."));
		HTML(&q->html, "</p>");
	}
	sheet_end(q);
}

static void code_sheet(struct request *q)
{
	sheet_begin(q, N_("Check a code printed on paper"));
	HTML(&q->html, "<p>");
	html_say(&q->html,
		 N_("A letter prints how many receipts there were and the seal over them, 44 letters, digits and "
		    "signs that end with =."));
	HTML(&q->html, "</p>");
	form_begin(q, &(struct form){ .get = true }, "/proof/code");
	form_control(q, &(struct control_ask){ .name = "size",
					       .label = N_("Receipts so far, as printed"),
					       .kind = C_NUMBER,
					       .required = true });
	form_control(q, &(struct control_ask){ .name = "root",
					       .label = N_("Seal, as printed"),
					       .kind = C_TEXT,
					       .most = 44,
					       .required = true });
	form_end(q, N_("Check the code"));
	sheet_end(q);
}

enum err proof_page_draw(struct request *q)
{
	frame_begin(q, &(struct frame){
			       .sub = str_of(say(q->lang, N_("How you know that nothing was changed afterwards"))) });
	head_facts(q);
	sheet_end(q);
	verify_sheet(q);
	code_sheet(q);
	if (who_may(q->who, MAY_AUDIT)) {
		sheet_begin(q, N_("Draw a sample"));
		HTML(&q->html, "<p>");
		html_say(&q->html,
			 N_("Some decisions, drawn by a word that everybody may know, each with its reasons and its "
			    "check."));
		HTML(&q->html, "</p>");
		button_link(q, true, N_("Draw a sample"), "/proof/sample");
		sheet_end(q);
	}
	frame_end(q);
	return E_OK;
}

/* In an arena of its own: a ministry does not fit into that of a quick page. */
static enum err verify_store(struct request *q, struct findings *f)
{
	struct arena work CLEANUP(arena_release) = ARENA_INIT, *was = q->c->arena;
	struct audit *a = NULL;
	q->c->arena = &work;
	enum err e = verify_beside(q->c, f, &a);
	q->c->arena = was;
	if (e == E_INVALID && f->count)
		e = E_OK;
	if (e == E_OK)
		keep(q, a, f);
	audit_free(a);
	return e;
}

/* Others write meanwhile; but one at a time is enough for all who ask. */
enum err proof_page_prepare(struct request *q)
{
	static pthread_mutex_t one = PTHREAD_MUTEX_INITIALIZER;
	struct findings f CLEANUP(findings_release) = { 0 };
	if (pthread_mutex_trylock(&one) != 0) {
		problem_at(q->c->problems, NULL, 0, NULL,
			   "somebody else verifies everything at this moment; wait for it, the answer will stand here");
		return E_INVALID;
	}
	findings_init(&f);
	f.lang = q->lang;
	enum err e = verify_store(q, &f);
	pthread_mutex_unlock(&one);
	request_keep(q, ARENA_NEW(q->arena, bool));
	*(bool *)request_kept(q) = f.count == 0;
	return e;
}

enum err proof_page_write(struct request *q)
{
	bool sound = *(const bool *)request_kept(q);
	request_tell(q, sound ? say(q->lang, N_("Verified: every fact, receipt and signature is sound."))
			      : say(q->lang, N_("Something is not as it was written. Tell whoever keeps this "
						"system, before anything else.")));
	request_see(q, "/proof");
	return E_OK;
}

/* ---- a printed code ---- */

enum found { CODE_FITS, CODE_DIFFERS, CODE_LATER, CODE_UNREADABLE };

static enum err look_up(struct request *q, int64_t size, struct str text, enum found *ret)
{
	struct checkpoint now = ledger_checkpoint(q->c->ledger);
	struct hash then, path[64];
	struct str bytes;
	size_t n;
	*ret = CODE_UNREADABLE;
	if (size < 1 || !base64_parse(q->arena, text, &bytes) || bytes.n != HASH_SIZE)
		return E_OK;
	memcpy(then.b, bytes.p, HASH_SIZE);
	*ret = CODE_LATER;
	if ((uint64_t)size > now.size)
		return E_OK;
	TRY(proof_consistency(q->c->store, (uint64_t)size, now.size, path, &n));
	*ret = merkle_consistent((uint64_t)size, &then, now.size, &now.root, path, n) ? CODE_FITS : CODE_DIFFERS;
	return E_OK;
}

enum err proof_page_code(struct request *q)
{
	static const struct {
		enum tone tone;
		const char *what, *means;
	} said[] = {
		[CODE_FITS] = { TONE_GOOD, N_("The code fits."),
				N_("Everything that stood here when the letter was printed still stands, unchanged.") },
		[CODE_DIFFERS] = { TONE_BAD, N_("The code does not fit."),
				   N_("Read it again letter by letter. If it is typed as printed, what was written "
				      "here was changed after the letter, or the letter is not from here: tell the "
				      "auditor.") },
		[CODE_LATER] = { TONE_BAD, N_("The letter knows of more receipts than stand here."),
				 N_("Read the number again. If it is as printed, an older copy of the book was put in "
				    "place: tell the auditor.") },
		[CODE_UNREADABLE] = { TONE_WAIT, N_("This is not a printed code."),
				      N_("Type the number and the 44 letters, digits and signs as they are printed.") },
	};
	const struct crumb back = { .words = N_("Proof"), .href = "/proof" };
	enum found found;
	TRY(look_up(q, request_number(q, "size"), str_trim(request_param(q, "root")), &found));
	frame_begin(q, &(struct frame){ .crumbs = &back, .ncrumbs = 1 });
	HTML(&q->html, "<p>");
	tag(q, said[found].tone, said[found].what);
	HTML(&q->html, "</p><p>");
	html_say(&q->html, said[found].means);
	HTML(&q->html, "</p>");
	sheet_end(q);
	code_sheet(q);
	frame_end(q);
	return E_OK;
}
