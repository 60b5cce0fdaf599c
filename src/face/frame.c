/* frame.c - what stands around every page. */
#include "face/inside.h"

struct drawing *drawing_of(struct request *q)
{
	if (!q->face)
		q->face = ARENA_NEW(q->arena, struct drawing);
	return q->face;
}

const struct face *face_of(const struct request *q)
{
	return q->site->arg;
}

/* ---- head ---- */
#define TITLE_MOST 50 /* characters: with "Problem:" and "Merit" what a tab or a bookmark still shows */
static size_t title_seen(struct str title)
{
	int characters = 0;
	for (size_t i = 0; i < title.n; i++)
		if (((unsigned char)title.p[i] & 0xC0) != 0x80 && ++characters > TITLE_MOST)
			return i;
	return title.n;
}

static void meta(struct request *q, const struct frame *f, struct str title)
{
	struct html *h = &q->html;
	bool wrong = request_posted(q) && q->c->problems->count;
	HTML(h, "<!DOCTYPE html>\n<html");
	html_attr_cstr(h, "lang", lang_tag(q->lang));
	HTML(h, "><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width, "
		"initial-scale=1\"><title>");
	if (wrong || q->status >= 400) {
		html_say(h, N_("Problem:"));
		HTML(h, " ");
	}
	size_t seen = title_seen(title);
	html_text(h, (struct str){ title.p, seen });
	if (seen < title.n)
		HTML(h, "…");
	HTML(h, " · Merit</title><link rel=\"stylesheet\"");
	html_attr_cstr(h, "href", site_asset(q->site, "style.css"));
	HTML(h, "><script defer");
	html_attr_cstr(h, "src", site_asset(q->site, "merit.js"));
	HTML(h, "></script><link rel=\"icon\"");
	html_attr_cstr(h, "href", site_asset(q->site, "icon.svg"));
	HTML(h, "></head>\n");
	if (f->printed)
		HTML(h, "<body class=\"printed\">\n");
	else
		HTML(h, "<body>\n");
}

static void token(struct request *q)
{
	HTML(&q->html, "<input type=\"hidden\" name=\"" FORM_TOKEN "\"");
	html_attr(&q->html, "value", request_form_token(q));
	HTML(&q->html, ">");
}

static void languages(struct request *q)
{
	struct html *h = &q->html;
	HTML(h, "<li><form method=\"post\" action=\"/language\">");
	token(q);
	HTML(h, "<input type=\"hidden\" name=\"back\"");
	html_attr(h, "value", request_posted(q) ? address_path(q) : request_target(q));
	HTML(h, ">");
	for (const struct lang *const *l = langs; *l; l++) {
		if (*l == q->lang || !lang_complete(*l))
			continue;
		HTML(h, "<button type=\"submit\" class=\"link\" name=\"lang\"");
		html_attr_cstr(h, "value", lang_tag(*l));
		html_attr_cstr(h, "lang", lang_tag(*l));
		HTML(h, ">");
		html_cstr(h, lang_name(*l));
		HTML(h, "</button>");
	}
	HTML(h, "</form></li>");
}

static void way(struct html *h, const char *href)
{
	HTML(h, "<a");
	html_attr_cstr(h, "href", href);
	HTML(h, ">");
}

static void reader(struct request *q)
{
	struct html *h = &q->html;
	const struct face *f = face_of(q);
	if (!q->who) {
		HTML(h, "<li>");
		way(h, q->site->sign_in);
		html_say(h, N_("Sign in"));
		HTML(h, "</a></li>");
		return;
	}
	HTML(h, "<li>");
	if (f->settings)
		way(h, f->settings);
	html_text(h, q->who->name);
	if (f->settings)
		HTML(h, "</a>");
	HTML(h, " <small>");
	html_text(h, q->who->role);
	HTML(h, "</small></li>");
	if (!f->sign_out)
		return;
	HTML(h, "<li><form method=\"post\"");
	html_attr_cstr(h, "action", f->sign_out);
	HTML(h, ">");
	token(q);
	HTML(h, "<button type=\"submit\" class=\"link\">");
	html_say(h, N_("Sign out"));
	HTML(h, "</button></form></li>");
}

static void search_box(struct request *q)
{
	struct html *h = &q->html;
	HTML(h, "<form role=\"search\" action=\"/find\"><input type=\"search\" name=\"q\"");
	html_attr_say(h, "aria-label", N_("Find a person, post, round or paper"));
	html_attr_say(h, "placeholder", N_("Find a person, post, round or paper"));
	if (q->page && text_is(q->page->path, "/find"))
		html_attr(h, "value", request_param(q, "q"));
	HTML(h, "><button type=\"submit\">");
	html_say(h, N_("Find"));
	HTML(h, "</button></form>");
}

static void bar(struct request *q)
{
	struct html *h = &q->html;
	const struct face *f = face_of(q);
	struct str office = { 0 };
	/* The head of a refusal must be drawn whatever is wrong. */
	if (f->office && f->office(q->c, &office) != E_OK)
		office = (struct str){ 0 };
	HTML(h, "<a class=\"skip\" href=\"#main\">");
	html_say(h, N_("Skip to content"));
	HTML(h, "</a>\n<header class=\"bar\"><a class=\"name\" href=\"/\">Merit</a>");
	if (office.n) {
		HTML(h, "<span class=\"office\">");
		html_text(h, office);
		HTML(h, "</span>");
	}
	if (q->who)
		search_box(q);
	HTML(h, "<ul class=\"me\">");
	languages(q);
	reader(q);
	HTML(h, "</ul>");
	if (ledger_is_demo(q->c->ledger)) {
		HTML(h, "<p class=\"practice\">");
		html_say(h, N_("Invented people: this is a practice copy. Nothing here is about anybody."));
		HTML(h, " ");
		html_say(h, N_("Its today is"));
		HTML(h, " ");
		html_date(h, q->c->today);
		HTML(h, ".</p>");
	}
	HTML(h, "</header>\n");
}

/* ---- side list ---- */
static bool inside(const char *path, const char *of)
{
	size_t n = strlen(of);
	return strncmp(path, of, n) == 0 && (path[n] == '\0' || (n > 1 && path[n] == '/'));
}

/* The row of the list under which this page stands: the longest path that it begins with. */
static const struct page *current(const struct request *q)
{
	const struct page *best = NULL;
	for (const struct page *const *set = q->site->pages; q->page && *set; set++)
		for (const struct page *p = *set; p->path; p++)
			if (p->nav && inside(q->page->path, p->path) && (!best || strlen(p->path) > strlen(best->path)))
				best = p;
	return best;
}

static void side_item(struct request *q, const struct page *p, const struct page *now)
{
	struct html *h = &q->html;
	bool nobodys = p && p->see == MAY_OWN && !q->who->person; /* a user without a file has no own one */
	if (!p || !p->nav || nobodys || !who_may(q->who, p->see))
		return;
	HTML(h, "<li><a");
	html_attr_cstr(h, "href", p->path);
	if (p == now)
		HTML(h, " aria-current=\"page\"");
	HTML(h, ">");
	html_say(h, p->nav);
	HTML(h, "</a></li>");
}

static bool is_among(const char *path, const char *const *list)
{
	for (; list && *list; list++)
		if (text_is(*list, path))
			return true;
	return false;
}

static void side(struct request *q)
{
	struct html *h = &q->html;
	const struct page *now = current(q);
	const char *const *order = face_of(q)->side;
	HTML(h, "<nav class=\"side\"");
	html_attr_say(h, "aria-label", N_("Main"));
	HTML(h, "><ul>");
	for (const char *const *path = order; path && *path; path++)
		side_item(q, site_page(q->site, str_of(*path)), now);
	for (const struct page *const *set = q->site->pages; *set; set++)
		for (const struct page *p = *set; p->path; p++)
			if (!is_among(p->path, order))
				side_item(q, p, now);
	HTML(h, "</ul></nav>\n");
}

/* ---- the page ---- */
static void told(struct request *q)
{
	struct str text = request_told(q);
	if (!text.n)
		return;
	HTML(&q->html, "<p class=\"told\" role=\"status\">");
	html_text(&q->html, text);
	HTML(&q->html, "</p>\n");
}

static void crumbs(struct request *q, const struct frame *f)
{
	struct html *h = &q->html;
	if (!f->ncrumbs)
		return;
	HTML(h, "<nav class=\"crumb\"");
	html_attr_say(h, "aria-label", N_("Where this page stands"));
	HTML(h, "><p>");
	for (size_t i = 0; i < f->ncrumbs; i++) {
		const struct crumb *c = &f->crumbs[i];
		if (i)
			HTML(h, " › ");
		if (c->href) {
			HTML(h, "<a");
			html_attr_cstr(h, "href", c->href);
			HTML(h, ">");
		}
		if (c->words)
			html_say(h, c->words);
		else
			html_text(h, c->text);
		if (c->href)
			HTML(h, "</a>");
	}
	HTML(h, "</p></nav>");
}

void frame_begin(struct request *q, const struct frame *f)
{
	struct html *h = &q->html;
	struct drawing *d = drawing_of(q);
	struct str title = f->title;
	if (!title.n && q->page)
		title = str_of(SAY(q, q->page->title));
	d->printed = f->printed;
	d->title = title;
	d->of = f->ncrumbs && !f->crumbs[f->ncrumbs - 1].words ? f->crumbs[f->ncrumbs - 1].text : (struct str){ 0 };
	d->names = NULL; /* may be of another thread's reading, before a write */
	meta(q, f, title);
	if (!f->printed) {
		bar(q);
		bool list = q->who && !q->who->must_change;
		if (list)
			HTML(h, "<div class=\"page\">\n");
		else if (f->wide)
			HTML(h, "<div class=\"page wide\">\n");
		else
			HTML(h, "<div class=\"page alone\">\n");
		if (list)
			side(q);
	}
	HTML(h, "<main id=\"main\" tabindex=\"-1\">\n");
	told(q);
	sheet_begin(q, NULL);
	d->first_open = true;
	crumbs(q, f);
	HTML(h, "<h1>");
	html_text(h, title);
	HTML(h, "</h1>");
	if (f->sub.n) {
		HTML(h, "<p class=\"sub\">");
		html_text(h, f->sub);
		HTML(h, "</p>");
	}
}

void frame_help(struct request *q)
{
	struct html *h = &q->html;
	if (!q->page || !q->page->help || q->status >= 400)
		return;
	HTML(h, "<details class=\"help\"><summary>");
	html_say(h, N_("What this page is for"));
	HTML(h, "</summary><div><p>");
	html_say(h, q->page->help);
	HTML(h, "</p>");
	if (q->page->example) {
		HTML(h, "<p class=\"example\">");
		html_say(h, N_("Example:"));
		HTML(h, " ");
		html_say(h, q->page->example);
		HTML(h, "</p>");
	}
	HTML(h, "</div></details>");
}

void frame_end(struct request *q)
{
	struct html *h = &q->html;
	struct drawing *d = drawing_of(q);
	if (d->depth)
		bug("%s leaves %d sheets open", q->page ? q->page->path : "a refusal", d->depth);
	HTML(h, "</main>\n");
	if (!d->printed) {
		HTML(h, "</div>\n<footer class=\"foot\"><p><a href=\"/help\">");
		html_say(h, N_("Help"));
		HTML(h, "</a> <a href=\"/help/words\">");
		html_say(h, N_("Words"));
		HTML(h, "</a></p></footer>\n");
	}
	HTML(h, "</body></html>\n");
}
