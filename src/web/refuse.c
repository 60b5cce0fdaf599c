/* refuse.c - what is said when a request cannot be answered: a page, or for programs problem details (RFC 9457). */
#include "web/inside.h"

#include "base/json.h"
#include "web/access_log.h"

/* clang-format off */
static const struct {
	int status;
	const char *title;
} titles[] = {
	{ 400, "The request cannot be read" },
	{ 401, "Not signed in" },
	{ 403, "Not permitted" },
	{ 404, "Not found" },
	{ 405, "Not in this way" },
	{ 409, "Something else changed it first" },
	{ 413, "Too large" },
	{ 414, "Address too long" },
	{ 422, "What was given cannot be accepted" },
	{ 429, "Too often" },
	{ 431, "Too many headers" },
	{ 503, "Busy" },
};
/* clang-format on */

static const char *title_of(int status)
{
	for (size_t i = 0; i < COUNT(titles); i++)
		if (titles[i].status == status)
			return titles[i].title;
	return "Something in Merit did not work";
}

static void problems_json(struct json *j, const struct problems *p)
{
	json_key(j, "problems");
	json_array(j);
	for (size_t i = 0; i < p->kept; i++) {
		const struct problem *x = &p->list[i];
		json_object(j);
		if (x->column)
			json_member_text(j, "field", x->column);
		if (x->row)
			json_member_int(j, "row", (int64_t)x->row);
		if (x->todo)
			json_member_text(j, "todo", x->todo);
		json_member_text(j, "what", x->what);
		json_object_end(j);
	}
	json_array_end(j);
}

static void problem_details(struct request *q, int status, const char *what)
{
	struct json j;
	json_init(&j, &q->inside->out);
	json_object(&j);
	if (what)
		json_member_text(&j, "detail", say(q->lang, what));
	if (q->inside->problems.kept)
		problems_json(&j, &q->inside->problems);
	json_member_int(&j, "status", status);
	json_member_text(&j, "title", title_of(status));
	json_member_text(&j, "type", "about:blank");
	json_object_end(&j);
	request_type(q, "application/problem+json");
}

void refuse(struct request *q, int status, const char *what)
{
	answer_clear(q);
	q->status = status;
	if (status == 405 && q->inside->allow)
		request_set_header(q, "Allow", str_of(q->inside->allow));
	if (q->page && (q->page->flags & PAGE_API))
		problem_details(q, status, what);
	else
		q->site->refuse(q, status, what);
	q->status = status;
}

/* ---- answers and faults of the program ---- */

void refuse_keep_fault(struct request *q)
{
	q->inside->place = arena_copy(q->arena, fault_place());
	q->inside->fault = arena_copy(q->arena, fault_text());
}

/* Said on the page as a number, so that who keeps the server finds the words in the log. */
static void refuse_fault(struct request *q)
{
	static atomic_uint count;
	struct request_inside *in = q->inside;
	unsigned n = atomic_fetch_add(&count, 1) + 1;
	if (!in->fault)
		refuse_keep_fault(q);
	const char *number = arena_printf(q->arena, "%lld-%u", (long long)time(NULL) % 1000000, n);
	access_log_fault(in->server->log, number, q->page ? q->page->path : "-", in->place, in->fault);
	refuse(q, 500, number);
}

void refuse_err(struct request *q, enum err e)
{
	switch (e) {
	case E_DENIED:
		refuse(q, 403, N_("Your duties do not include this."));
		return;
	case E_MISSING:
		refuse(q, 404,
		       q->page && (q->page->flags & PAGE_API)
			       ? N_("Nothing stands at this address, or nothing within your reach; /api/v1 lists what "
				    "there is.")
			       : N_("It may have moved, or the address is not written as it should be."));
		return;
	case E_INVALID:
		refuse(q, request_posted(q) || q->inside->method >= METHOD_POST ? 422 : 400,
		       N_("What was given cannot be accepted."));
		return;
	case E_CONFLICT:
		refuse(q, 409, N_("Somebody else changed it first. Look at it again, then decide anew."));
		return;
	case E_USAGE:
		refuse(q, 400, N_("The request is not of the form that this page needs."));
		return;
	case E_BUSY:
		refuse(q, 503,
		       N_("Merit is busy writing for others. Nothing of yours was saved; please try again in a few "
			  "seconds."));
		request_set_header(q, "Retry-After", STR("3"));
		return;
	default:
		refuse_fault(q);
	}
}

void refuse_and_send(struct request *q, enum err e)
{
	struct reader *r = &q->inside->loop->reader;
	enum err found = reader_begin(r, q);
	if (found == E_OK)
		found = draw_who(q);
	refuse_err(q, found == E_OK ? e : found);
	reader_end(r, q);
	answer_send(q);
}
