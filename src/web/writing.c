/* writing.c - a form's way: checked on the loop, prepared in the pool, written by the writer, answered on the loop. */
#include "web/inside.h"

#include "web/secret.h"

#define ONCE_MOST 64

/* ---- what a write led to ---- */

/* The form again, with what was typed and what is wrong with it. */
static void redraw(struct request *q)
{
	struct request_inside *in = q->inside;
	answer_clear(q);
	in->posted = true;
	q->status = in->answer == E_CONFLICT ? 409 : 422;
	handle_draw(q);
}

static void led(struct request *q)
{
	struct request_inside *in = q->inside;
	enum err e = in->answer;
	bool again = (e == E_INVALID || e == E_CONFLICT) && q->page->draw && !(q->page->flags & PAGE_API);
	if (e == E_OK)
		answer_send(q);
	else if (again)
		redraw(q);
	else
		refuse_and_send(q, e);
}

static void end(struct request *q, enum err e)
{
	q->inside->answer = e;
	if (e != E_OK)
		refuse_keep_fault(q);
	loop_go(q, led);
}

/* ---- on the writer's thread ---- */

static struct str once_of(const struct request *q)
{
	struct str once = request_form(q, FORM_ONCE);
	/* A draft that is kept while somebody types is not yet the sending of that form. */
	bool draft = request_header(q, "X-Draft").n > 0;
	bool kept = q->who && q->site->gate->sent && once.n > 0 && once.n <= ONCE_MOST && !draft &&
		    !(q->page->flags & PAGE_API);
	return kept ? once : (struct str){ NULL, 0 };
}

/* The place to which the first sending of this form led, or E_MISSING. */
static enum err sent_before(struct request *q, struct str once)
{
	struct str to;
	TRY(q->site->gate->sent(q->c, q->who, once, &to));
	q->inside->see = (struct str){ arena_text(q->arena, to.p, to.n), to.n };
	return E_OK;
}

/* Where nothing else was said, the page itself is next. */
static void see_something(struct request *q)
{
	struct request_inside *in = q->inside;
	if (in->see.n || in->out.n || in->file >= 0)
		return;
	if (q->page->flags & PAGE_API)
		q->status = q->status == 200 ? 204 : q->status;
	else
		in->see = q->page->draw ? in->target : STR("/");
}

/* What the answer to a write shows is written down with it. */
static enum err note(struct request *q)
{
	struct request_inside *in = q->inside;
	size_t n = in->nnotes;
	in->nnotes = 0;
	return n && q->who && q->site->gate->note ? q->site->gate->note(q->c, q->who, in->notes, n, q->page->path)
						  : E_OK;
}

static enum err write_once(struct request *q)
{
	struct str once = once_of(q);
	enum err e = once.n ? sent_before(q, once) : E_MISSING;
	if (e != E_MISSING)
		return e;
	TRY(q->page->write(q));
	see_something(q);
	TRY(note(q));
	return once.n ? q->site->gate->sent_keep(q->c, q->who, once, q->inside->see) : E_OK;
}

/* The mark of a form is looked for before, and kept after the transactions of the row's own. */
static enum err write_alone(struct request *q)
{
	struct str once = once_of(q);
	enum err e = E_MISSING;
	if (once.n) {
		struct txn t CLEANUP(txn_end) = { NULL };
		TRY(txn_read(q->c->store, &t));
		e = sent_before(q, once);
	}
	if (e != E_MISSING)
		return e;
	TRY(q->page->write(q));
	see_something(q);
	if (!once.n && !q->inside->nnotes)
		return E_OK;
	struct txn t CLEANUP(txn_end) = { NULL };
	TRY(ctx_write(q->c, &t));
	TRY(note(q));
	if (once.n)
		TRY(q->site->gate->sent_keep(q->c, q->who, once, q->inside->see));
	return txn_commit(&t);
}

static enum err job(struct store *s, void *arg)
{
	struct request *q = arg;
	struct reader *r = &q->inside->server->writing;
	(void)s;
	reader_lend(r, q);
	enum err e = q->page->flags & PAGE_ALONE ? write_alone(q) : write_once(q);
	reader_end(r, q);
	return e;
}

static void done(void *arg, enum err e)
{
	end(arg, e);
}

/* From the pool or, suspended, from the loop. */
static void post(struct request *q)
{
	struct writer_job j = { .run = job, .done = done, .arg = q, .alone = q->page->flags & PAGE_ALONE };
	enum err e = writer_post(q->inside->server->writer, &j);
	if (e != E_OK)
		end(q, e);
}

/* ---- in the pool ---- */

static void prepare(struct reader *r, struct request *q)
{
	enum err e = reader_begin(r, q);
	if (q->page->flags & PAGE_OWN_READING)
		txn_end(&r->txn);
	if (e == E_OK)
		e = q->page->prepare(q);
	reader_end(r, q);
	if (e == E_OK)
		post(q);
	else
		end(q, e);
}

/* ---- the session had ended ---- */

static void form_text(struct request *q, struct buf *out)
{
	const struct pairs *form = &q->inside->form;
	for (size_t i = 0; i < form->n; i++) {
		if (str_is(form->list[i].name, FORM_TOKEN))
			continue;
		if (out->n)
			buf_char(out, '&');
		url_add(out, form->list[i].name);
		buf_char(out, '=');
		url_add(out, form->list[i].value);
	}
}

static enum err keep_draft(struct store *s, void *arg)
{
	struct request *q = arg;
	struct reader *r = &q->inside->server->writing;
	struct buf form CLEANUP(buf_release) = BUF_INIT;
	struct str key = { NULL, 0 };
	(void)s;
	reader_lend(r, q);
	form_text(q, &form);
	enum err e = q->site->gate->draft_keep(q->c, request_cookie(q, COOKIE_SESSION), q->inside->target,
					       (struct str){ form.p, form.n }, &key);
	reader_end(r, q);
	if (e == E_OK)
		request_set_cookie(q, COOKIE_DRAFT, key, 0);
	return e == E_MISSING ? E_OK : e;
}

static void sign_in_first(struct request *q)
{
	struct request_inside *in = q->inside;
	bool keeps = in->server->site->gate->draft_keep && !(q->page->flags & (PAGE_SECRET | PAGE_UPLOAD | PAGE_API)) &&
		     in->form.n && request_cookie(q, COOKIE_SESSION).n;
	draw_sign_in(q, in->target);
	if (!keeps) {
		answer_send(q);
		return;
	}
	loop_wait(q);
	struct writer_job j = { .run = keep_draft, .done = done, .arg = q };
	enum err e = writer_post(in->server->writer, &j);
	if (e != E_OK)
		end(q, e);
}

/* ---- on the loop: may it be written? ---- */

/* Browsers say where a form comes from; what is not a browser has no cookie to misuse. */
static bool foreign(const struct request *q)
{
	struct str site = request_header(q, "Sec-Fetch-Site"), origin = request_header(q, "Origin");
	if (site.n)
		return !str_is(site, "same-origin") && !str_is(site, "none");
	if (!origin.n)
		return false;
	const char *at = memmem(origin.p, origin.n, "://", 3);
	if (!at)
		return true;
	struct str host = { at + 3, origin.n - (size_t)(at + 3 - origin.p) };
	return !str_eq(host, request_header(q, "Host"));
}

static bool token_fits(const struct request *q)
{
	struct str token = request_form(q, FORM_TOKEN);
	return token_same(token, q->who ? q->who->form_token : request_cookie(q, COOKIE_FORM));
}

static int may_write(struct request *q, const char **ret_words)
{
	bool api = q->page->flags & PAGE_API;
	*ret_words = N_("This form came from another site, so nothing of it was saved. Open the page here and fill it "
			"in again.");
	if (!api && foreign(q))
		return 403;
	int status = draw_door(q, q->page->act ? q->page->act : q->page->see, ret_words);
	if (status)
		return status;
	*ret_words = N_("This form is not one that Merit gave to you, or it is too old, so nothing of it was saved. Go "
			"back, load "
			"the page again and send it once more.");
	if (!api && !token_fits(q))
		return 403;
	return params_check(q->inside, ret_words);
}

/* 0: go on; 401: sign in first; else the refusal is drawn, or the answer is to go elsewhere. */
static int checked(struct request *q)
{
	struct reader *r = &q->inside->loop->reader;
	const char *words = NULL;
	enum err e = reader_begin(r, q);
	if (e == E_OK)
		e = draw_who(q);
	int status = e == E_OK ? may_write(q, &words) : 500;
	if (e != E_OK)
		refuse_err(q, e);
	else if (status && status != 401 && status != 303)
		refuse(q, status, words);
	reader_end(r, q);
	return status;
}

static void tell_the_wait(struct request *q, unsigned seconds)
{
	refuse(q, 503,
	       arena_printf(q->arena,
			    say(q->lang, N_("Very many people are signing in at this moment. Nothing is lost; please "
					    "try again in about %u seconds.")),
			    seconds));
	request_set_header(q, "Retry-After", str_of(arena_printf(q->arena, "%u", seconds)));
}

static void too_many_passwords(struct request *q)
{
	struct reader *r = &q->inside->loop->reader;
	unsigned seconds = pool_wait(q->inside->server->hashing) + 1;
	enum err e = reader_begin(r, q);
	if (e == E_OK)
		tell_the_wait(q, seconds);
	else
		refuse_err(q, e);
	reader_end(r, q);
	answer_send(q);
}

static void send_on(struct request *q)
{
	struct server *s = q->inside->server;
	struct pool *p = q->page->flags & PAGE_HASHING ? s->hashing : s->slow;
	loop_wait(q);
	if (!q->page->prepare)
		post(q);
	else if (pool_post(p, prepare, q))
		return;
	else if (p == s->hashing)
		loop_go(q, too_many_passwords);
	else
		end(q, E_BUSY);
}

void writing_begin(struct request *q)
{
	int status = checked(q);
	if (status == 401)
		sign_in_first(q);
	else if (status)
		answer_send(q);
	else
		send_on(q);
}
