/* lists_page.c - every list of the reader, to be opened or to be sent. */
#include "face/inside.h"
#include "face/upload.h"

static bool to_open(const struct request *q, const struct entity *e)
{
	return face_may_see_any(q, e);
}

static struct str at_sheet(struct request *q, const struct entity *e)
{
	return address_of(q, "/upload/%s", e->name);
}

static void item(struct request *q, const struct entity *e, struct str address)
{
	struct html *h = &q->html;
	HTML(h, "<li><a");
	html_attr(h, "href", address);
	HTML(h, ">");
	html_say(h, entity_titles(e));
	HTML(h, "</a> <span class=\"under\">");
	html_say(h, e->help);
	HTML(h, "</span></li>");
}

static void items(struct request *q, bool (*wanted)(const struct request *q, const struct entity *e),
		  struct str (*at)(struct request *q, const struct entity *e))
{
	HTML(&q->html, "<ul class=\"inbox\">");
	for (const struct entity *const *e = q->c->registry->entities; *e; e++)
		if (wanted(q, *e))
			item(q, *e, at(q, *e));
	HTML(&q->html, "</ul>");
}

/* Catalogues are open to everybody, so that nobody's page is empty. */
enum err lists_page_draw(struct request *q)
{
	frame_begin(q, &(struct frame){ 0 });
	items(q, to_open, face_list_address);
	sheet_end(q);
	frame_end(q);
	return E_OK;
}

enum err lists_page_send(struct request *q)
{
	frame_begin(q, &(struct frame){ 0 });
	if (upload_may(q)) {
		HTML(&q->html, "<p>");
		html_say(&q->html, N_("Choose what the rows of the spreadsheet are. What is referred to comes first: "
				      "units before posts, people before their ranks."));
		HTML(&q->html, "</p>");
		items(q, upload_takes, at_sheet);
	} else {
		part_empty(q, N_("Your duties include no list that is sent."),
			   N_("Whoever manages users in your office can change that."), NULL, NULL);
	}
	sheet_end(q);
	frame_end(q);
	return E_OK;
}
