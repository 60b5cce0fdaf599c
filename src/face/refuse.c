/* refuse.c - every refusal as a calm page: what happened, what was kept, what to do. */
#include "face/inside.h"

struct refusal {
	int status;
	const char *title, *happened, *todo;
};

/* clang-format off */
static const struct refusal refusals[] = {
	{ 400, N_("This address cannot be read"),
	       N_("Something in the address or the form is not of the form that this page reads. Nothing was changed."),
	       N_("Go back and send it again. If you typed the address, look at what stands after the question mark.") },
	{ 403, N_("This is not open to you"),
	       N_("The form did not come from a page of yours, or your duty does not include this. Nothing was changed."),
	       N_("Open the page again and send the form from there. If it is your duty, ask whoever manages users in your office.") },
	{ 404, N_("Nothing is found here"),
	       N_("There is no such page, or what it shows is outside your office."),
	       N_("Look for the person, post, round or paper with Find, at the top of the page.") },
	{ 405, N_("This page is not used in that way"),
	       N_("The page is there, but not for this kind of request. Nothing was changed."),
	       N_("Open it from the list at the side.") },
	{ 409, N_("Somebody else was first"),
	       N_("What you wanted to change was changed by somebody else in the meantime. Nothing was overwritten."),
	       N_("Open the page again, look at what stands there now, and enter yours again.") },
	{ 413, N_("This is too much at once"),
	       N_("What was sent is larger than this page takes. Nothing was changed."),
	       N_("Send a smaller file or a shorter text. Spreadsheets may have up to 64 MB.") },
	{ 422, N_("Something is still to be mended"),
	       N_("What was sent cannot be taken as it is. Nothing was changed."),
	       N_("Go back, mend what is said there, and send it again.") },
	{ 429, N_("Too many tries"),
	       N_("There were many tries in a short time, so the next ones wait. Nothing was changed."),
	       N_("Wait a few minutes and try again.") },
	{ 431, N_("The browser sent too much around the request"),
	       N_("The head of the request is larger than this program reads. Nothing was changed."),
	       N_("Delete the cookies of this site in your browser and open the page again.") },
	{ 503, N_("Busy for a moment"),
	       N_("More people are asking than can be answered at once. Nothing was changed and nothing is lost."),
	       N_("Wait a few seconds and load the page again.") },
	{ 500, N_("This did not work"),
	       N_("Something in the program or its surroundings went wrong. Nothing was changed; drafts are kept."),
	       N_("Try once more. If it happens again, tell whoever looks after this program the number below.") },
};
/* clang-format on */

/* The first row is that of every other mistake of an asker, the last that of everything else. */
static const struct refusal *of_status(int status)
{
	for (size_t i = 0; i < COUNT(refusals); i++)
		if (refusals[i].status == status)
			return &refusals[i];
	return status < 500 ? &refusals[0] : &refusals[COUNT(refusals) - 1];
}

static void paragraph(struct request *q, const char *words)
{
	HTML(&q->html, "<p>");
	html_say(&q->html, words);
	HTML(&q->html, "</p>");
}

void frame_refuse(struct request *q, int status, const char *what)
{
	struct html *h = &q->html;
	const struct refusal *r = of_status(status);
	bool fault = r->status == 500;
	q->status = status;
	/* What a page had begun to draw before it was refused. */
	q->face = NULL;
	frame_begin(q, &(struct frame){ .title = str_of(SAY(q, r->title)) });
	paragraph(q, r->happened);
	if (what && *what && !fault)
		paragraph(q, what);
	part_problems(q);
	paragraph(q, r->todo);
	if (what && *what && fault) {
		HTML(h, "<p>");
		html_say(h, N_("Number to quote:"));
		HTML(h, " <strong>");
		html_cstr(h, what);
		HTML(h, "</strong></p>");
	}
	HTML(h, "<p class=\"actions\">");
	if (q->who)
		button_link(q, false, N_("To my desk"), "/");
	else
		button_link(q, false, N_("Sign in"), q->site->sign_in);
	HTML(h, "</p>");
	sheet_end(q);
	frame_end(q);
}
