/* loop.c - the library's callbacks: a request's head, its body piece by piece, its end, and waking after a wait. */
#include "web/inside.h"

#include "base/number.h"
#include "web/access_log.h"
#include "web/body.h"

/* ---- waiting and waking ---- */

void loop_wait(struct request *q)
{
	atomic_fetch_add(&q->inside->server->working, 1);
	MHD_suspend_connection(q->inside->connection);
}

void loop_go(struct request *q, request_step *then)
{
	q->inside->then = then;
	MHD_resume_connection(q->inside->connection);
}

static struct link *link_of(struct MHD_Connection *c)
{
	const union MHD_ConnectionInfo *info = MHD_get_connection_info(c, MHD_CONNECTION_INFO_SOCKET_CONTEXT);
	return info ? info->socket_context : NULL;
}

void loop_link(struct request_inside *in, enum waiting what)
{
	struct link *l = link_of(in->connection);
	if (l)
		link_wait(l, what);
}

void loop_connected(void *cls, struct MHD_Connection *c, void **context, enum MHD_ConnectionNotificationCode code)
{
	struct loop *l = cls;
	if (code == MHD_CONNECTION_NOTIFY_STARTED)
		*context = link_new(l->server->clockwork,
				    MHD_get_connection_info(c, MHD_CONNECTION_INFO_CONNECTION_FD)->connect_fd);
	else
		link_free(l->server->clockwork, *context);
}

/* ---- the head ---- */

void *loop_target(void *cls, const char *uri, struct MHD_Connection *c)
{
	struct loop *l = cls;
	struct request_inside *in = request_new(l);
	size_t n = strlen(uri);
	in->connection = c;
	in->target = (struct str){ arena_text(&in->arena, uri, n), n };
	return in;
}

static size_t header_size(struct request_inside *in)
{
	const union MHD_ConnectionInfo *info =
		MHD_get_connection_info(in->connection, MHD_CONNECTION_INFO_REQUEST_HEADER_SIZE);
	return info ? info->header_size : 0;
}

static void refuse_later(struct request_inside *in, int status, const char *words)
{
	in->refusal = status;
	in->refusal_words = words;
}

/* The thread's fault is kept: until the end of the body, others may have one on this thread. */
static void fail_later(struct request_inside *in)
{
	refuse_keep_fault(&in->q);
	refuse_later(in, 500, NULL);
}

static struct body_reader *reader_of_body(struct request_inside *in)
{
	bool files = in->q.page->flags & PAGE_UPLOAD;
	struct body_ask ask = { .arena = &in->arena,
				.into = &in->form,
				.most = LIMIT_FORM,
				.most_files = LIMIT_UPLOAD,
				.spool = files ? in->server->spool : NULL };
	if (in->q.page->flags & PAGE_API)
		ask.kind = BODY_RAW;
	else if (!body_kind_of(request_header(&in->q, "Content-Type"), &in->arena, &ask.kind, &ask.boundary))
		return NULL;
	return body_new(&ask);
}

/* Whether who sends may send at all, asked before a file or a program's text is taken. Forms are taken before: what
 * somebody typed whose session has ended is kept. */
static bool sender_known(struct request_inside *in)
{
	struct request *q = &in->q;
	struct reader *r = &in->loop->reader;
	const char *words = NULL;
	if (!(q->page->flags & (PAGE_UPLOAD | PAGE_API)))
		return true;
	enum err e = reader_begin(r, q);
	if (e == E_OK)
		e = draw_who(q);
	bool known = e == E_OK && draw_door(q, q->page->act ? q->page->act : q->page->see, &words) == 0;
	reader_end(r, q);
	if (e != E_OK)
		fail_later(in);
	return known;
}

static size_t most_of(const struct request_inside *in)
{
	bool files = in->method >= METHOD_POST && in->q.page->flags & PAGE_UPLOAD;
	return LIMIT_FORM + (files ? LIMIT_UPLOAD + LIMIT_FRAMES : 0);
}

static void expect_body(struct request_inside *in)
{
	if (in->length > most_of(in))
		refuse_later(in, 413, N_("More was sent than a form of Merit can hold. Nothing of it was saved."));
	else if (in->method < METHOD_POST || !sender_known(in))
		return; /* what comes is read away; at its end it is said why */
	else if (!(in->body = reader_of_body(in)))
		refuse_later(in, 400,
			     N_("What was sent is not a form. Go back, load the page again and send it once more."));
}

/* What a proxy might read otherwise than the library: where this request ends, and whose it is. */
struct head_seen {
	int hosts, lengths, codings;
	bool odd;
};

static bool letters_only(const char *name)
{
	for (; *name; name++)
		if ((unsigned char)*name <= ' ' || (unsigned char)*name >= 0x7f)
			return false;
	return true;
}

/* What stands on a folded line a proxy adds to the value of the header, but the library to its name; for that it moves
 * the name, which else stands before its value, behind all that it has read. */
static bool folded(const char *name, const char *value)
{
	return (uintptr_t)name > (uintptr_t)value;
}

static enum MHD_Result look_at_line(void *arg, enum MHD_ValueKind kind, const char *name, const char *value)
{
	struct head_seen *h = arg;
	bool coding = strcasecmp(name, "Transfer-Encoding") == 0;
	(void)kind;
	h->hosts += strcasecmp(name, "Host") == 0;
	h->lengths += strcasecmp(name, "Content-Length") == 0;
	h->codings += coding;
	h->odd = h->odd || !letters_only(name) || folded(name, value) || (coding && strcasecmp(value, "chunked") != 0);
	return MHD_YES;
}

static bool head_sound(struct request_inside *in)
{
	struct head_seen h = { 0 };
	MHD_get_connection_values(in->connection, MHD_HEADER_KIND, look_at_line, &h);
	return !h.odd && h.hosts <= 1 && h.lengths + h.codings <= 1;
}

/* The library lets only digits pass; what is no number of ours is then too large. */
static size_t length_announced(const struct request_inside *in)
{
	struct str text = request_header(&in->q, "Content-Length");
	int64_t n = 0;
	if (!text.n)
		return 0;
	return number_parse(text, &n) && n >= 0 ? (size_t)n : SIZE_MAX;
}

static void asset_asked(struct request_inside *in, const struct asset *a)
{
	in->allow = "GET, HEAD";
	if (in->method == METHOD_GET || in->method == METHOD_HEAD)
		in->asset = a;
	else
		refuse_later(in, 405, N_("This page cannot be asked for in that way."));
}

static void target_asked(struct request_inside *in)
{
	const char *words = NULL;
	int status = target_read(in, &words);
	if (status)
		refuse_later(in, status, words);
	else
		expect_body(in);
}

/* Checked before the body is asked for. */
static void begin(struct request_inside *in)
{
	const struct asset *a = asset_at(in->server->site, in->target);
	in->length = length_announced(in);
	in->last = !head_sound(in); /* of its connection: what follows may be a part of it */
	if (in->last)
		refuse_later(in, 400, N_("The request is not of the form that this page needs."));
	else if (header_size(in) > LIMIT_HEAD)
		refuse_later(
			in, 431,
			N_("The browser sent more about itself than Merit takes. Clear its cookies for this site."));
	else if (a)
		asset_asked(in, a);
	else
		target_asked(in);
}

/* A sender that waits for our word before the body, whose body is too long even to read away, or of whom we do not know
 * where it ends, is told at once. */
static bool tell_at_once(struct request_inside *in)
{
	return in->refusal && (in->last || in->length > LIMIT_DRAIN || request_header(&in->q, "Expect").n);
}

static void tell_refusal(struct request *q)
{
	struct request_inside *in = q->inside;
	struct reader *r = &in->loop->reader;
	enum err e = reader_begin(r, q);
	if (e == E_OK)
		e = draw_who(q);
	if (e == E_OK && in->refusal != 500)
		refuse(q, in->refusal, in->refusal_words);
	else
		refuse_err(q, e == E_OK ? E_FAULT : e);
	reader_end(r, q);
	answer_send(q);
}

static enum MHD_Result head(struct request_inside *in, const char *method)
{
	in->headed = true;
	atomic_fetch_add(&in->server->active, 1);
	in->method_name = arena_copy(&in->arena, method);
	in->method = target_method(method);
	begin(in);
	loop_link(in, in->q.page && (in->q.page->flags & PAGE_UPLOAD) ? WAIT_FILES : WAIT_BODY);
	if (tell_at_once(in))
		tell_refusal(&in->q);
	return MHD_YES;
}

/* ---- the body ---- */

/* Many large forms at once would take all the memory. */
static bool holds(struct request_inside *in, size_t n)
{
	in->held += n;
	return atomic_fetch_add(&in->server->held, n) + n <= LIMIT_BODIES;
}

static enum MHD_Result piece(struct request_inside *in, const char *data, size_t *size)
{
	size_t n = *size;
	*size = 0;
	in->taken += n;
	if (in->taken > LIMIT_DRAIN + LIMIT_FORM + LIMIT_UPLOAD)
		return MHD_NO;
	if (in->refusal || !in->body)
		return MHD_YES;
	if (!(in->q.page->flags & PAGE_UPLOAD) && !holds(in, n)) {
		refuse_later(
			in, 503,
			N_("Merit is busy writing for others. Nothing of yours was saved; please try again in a few "
			   "seconds."));
		return MHD_YES;
	}
	int status = body_feed(in->body, data, n);
	if (status == 500)
		fail_later(in);
	else if (status)
		refuse_later(in, status,
			     status == 413 ? N_("More was sent than a form of Merit can hold. Nothing of it was saved.")
					   : N_("What was sent is not a form. Go back, load the page again and send it "
						"once more."));
	return MHD_YES;
}

static void end_of_body(struct request_inside *in)
{
	if (!in->body || in->refusal)
		return;
	int status = body_end(in->body);
	if (status == 500)
		fail_later(in);
	else if (status)
		refuse_later(in, status,
			     N_("What was sent is not whole, or not a form. Go back, load the page again and send it "
				"once more."));
	in->json = body_text(in->body);
}

static void whole(struct request_inside *in)
{
	end_of_body(in);
	loop_link(in, WAIT_ANSWER);
	if (in->asset)
		answer_asset(&in->q);
	else if (in->refusal)
		tell_refusal(&in->q);
	else
		handle_request(&in->q);
}

static enum MHD_Result go_on(struct request_inside *in, const char *method, const char *data, size_t *size)
{
	request_step *then = in->then;
	if (!in->headed)
		return head(in, method);
	if (*size)
		return piece(in, data, size);
	if (!then) {
		whole(in);
		return MHD_YES;
	}
	in->then = NULL;
	then(&in->q);
	atomic_fetch_sub(&in->server->working, 1); /* what loop_wait() added */
	return MHD_YES;
}

/* Whoever stops the server waits until nobody is between these two counts. */
enum MHD_Result loop_handle(void *cls, struct MHD_Connection *c, const char *url, const char *method,
			    const char *version, const char *data, size_t *size, void **con_cls)
{
	struct loop *l = cls;
	struct request_inside *in = *con_cls;
	(void)c, (void)url, (void)version;
	atomic_fetch_add(&l->server->working, 1);
	bool late = !in->then && atomic_load(&l->server->closed);
	enum MHD_Result answer = late ? MHD_NO : go_on(in, method, data, size);
	bool closing = late || in->closing;
	atomic_fetch_sub(&l->server->working, 1);
	return closing ? MHD_NO : answer;
}

/* ---- the end ---- */

static const char *row_of(const struct request_inside *in)
{
	if (in->asset)
		return "/assets/";
	return in->q.page ? in->q.page->path : "-";
}

static const char *known_method(const struct request_inside *in)
{
	return in->headed && in->method != METHOD_OTHER ? in->method_name : "-";
}

void loop_completed(void *cls, struct MHD_Connection *c, void **con_cls, enum MHD_RequestTerminationCode code)
{
	struct loop *loop = cls;
	struct request_inside *in = *con_cls;
	if (!in)
		return;
	bool cut = code != MHD_REQUEST_TERMINATED_COMPLETED_OK;
	struct access_line x = { .method = known_method(in),
				 .row = row_of(in),
				 .status = cut && !in->queued ? 499 : in->q.status, /* cut before there was an answer */
				 .bytes = in->sent,
				 .us = ticks_us() - in->begun };
	access_log_line(loop->server->log, &x);
	if (in->headed)
		atomic_fetch_sub(&loop->server->active, 1);
	if (in->then) /* woken, but who asked had gone: what loop_wait() added */
		atomic_fetch_sub(&loop->server->working, 1);
	request_free(in);
	*con_cls = NULL;
	struct link *l = link_of(c);
	if (l)
		link_wait(l, WAIT_NEXT);
}
