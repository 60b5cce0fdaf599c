/* draft.c - forms that wait to be finished: what was typed, a user and a form, kept on the server. */
#include "base/number.h"
#include "entity/plain.h"
#include "face/inside.h"

#define KEPT_US (30LL * 24 * 3600 * 1000000) /* a form nobody went on with for so long is given up */
#define LONGEST 900000                       /* of one, percent-encoded */
#define MOST_FORMS 50                        /* of one user, all read for the desk … */
#define MOST_BYTES (4 << 20)                 /* … and together */

enum { USER, PATH, WORDS, FORM, KEPT_AT };

/* clang-format off */
static const struct field fields[] = {
	[USER]    = { "acting_user", N_("User"),             T_INT,  .flags = REQUIRED | KEY },
	[PATH]    = { "path",        N_("Form"),             T_TEXT, .max = 1000, .flags = REQUIRED },
	[WORDS]   = { "words",       N_("What it is"),       T_TEXT, .max = 300, .flags = 0 },
	[FORM]    = { "form",        N_("What was typed"),   T_NOTE, .max = LONGEST, .flags = REQUIRED },
	[KEPT_AT] = { "kept_at",     N_("Kept at"),          T_INT,  .flags = REQUIRED },
};
/* clang-format on */

const struct entity draft_entity = {
	.name = "draft",
	.title = N_("Draft"),
	.help = N_("A form that somebody has begun and not yet sent, as it was typed."),
	.kind = PLAIN,
	FIELDS(fields),
};

static enum err of_user(struct request *q, struct record ***ret, size_t *ret_n)
{
	struct value user = { .set = true, .i = q->who->actor.user };
	return plain_all(q->c, &draft_entity, USER, &user, ret, ret_n);
}

static enum err of_path(struct request *q, struct str path, struct record **ret)
{
	struct record **list;
	size_t n;
	*ret = NULL;
	TRY(of_user(q, &list, &n));
	for (size_t i = 0; i < n; i++)
		if (str_eq(list[i]->v[PATH].t, path))
			*ret = list[i];
	return E_OK;
}

/* ---- reading ---- */
static void unfold(struct request *q, struct str text)
{
	struct drawing *d = drawing_of(q);
	size_t n = 1;
	for (size_t i = 0; i < text.n; i++)
		n += text.p[i] == '&';
	struct pair *list = ARENA_ARRAY(q->arena, struct pair, n);
	d->draft = list;
	while (text.n) {
		struct str value = text_until(&text, '&');
		struct str name = text_until(&value, '=');
		if (url_decode(q->arena, name, &list[d->ndraft].name) &&
		    url_decode(q->arena, value, &list[d->ndraft].value))
			d->ndraft++;
	}
}

static void begun_before(struct request *q, const struct record *r)
{
	CLEANUP(buf_release) struct buf when = BUF_INIT;
	struct html *h = &q->html;
	say_instant(q->lang, q->c->zone, record_get(r, KEPT_AT, 0), &when);
	HTML(h, "<p class=\"box note\">");
	html_sayf(h, N_("You began this form on %s and did not finish it."), buf_str(&when));
	HTML(h, " <a");
	html_attr(h, "href",
		  address_with(q, NULL,
			       &(struct pair){ STR("draft"), str_of(arena_printf(q->arena, "%lld", (long long)r->id)) },
			       1));
	HTML(h, ">");
	html_say(h, N_("Go on with it"));
	HTML(h, "</a></p>");
}

void form_draft_read(struct request *q)
{
	struct drawing *d = drawing_of(q);
	struct record *r;
	int64_t id;
	if (d->draft_read || !q->who || request_posted(q))
		return;
	d->draft_read = true;
	struct str asked = request_param(q, "draft");
	if (asked.n && number_parse(asked, &id) && plain_read(q->c, &draft_entity, id, &r) == E_OK &&
	    r->v[USER].i == q->who->actor.user && str_eq(r->v[PATH].t, address_path(q)))
		unfold(q, r->v[FORM].t);
}

void form_draft_note(struct request *q)
{
	struct record *r;
	if (!drawing_of(q)->ndraft && !request_posted(q) && of_path(q, address_path(q), &r) == E_OK && r)
		begun_before(q, r);
}

/* ---- keeping ---- */
static bool secret_name(struct str name)
{
	return str_is(name, FORM_TOKEN) || str_is(name, FORM_ONCE) || str_is(name, FORM_PATH) ||
	       str_is(name, FORM_STEP) || str_is(name, FORM_WORDS);
}

static struct str folded(struct request *q)
{
	CLEANUP(buf_release) struct buf b = BUF_INIT;
	size_t n;
	const struct pair *list = request_forms(q, &n);
	for (size_t i = 0; i < n; i++) {
		if (secret_name(list[i].name))
			continue;
		if (b.n)
			buf_char(&b, '&');
		url_add(&b, list[i].name);
		buf_char(&b, '=');
		url_add(&b, list[i].value);
	}
	return text_of(q, &b);
}

/* Only where a form of ours stands, which wants to be kept. */
static bool keeps(const struct request *q, struct str path)
{
	const struct page *p = path.n && path.p[0] == '/' ? site_page(q->site, path) : NULL;
	return p && !(p->flags & (PAGE_SECRET | PAGE_API));
}

/* Room for a form of so many bytes beside the others of its user, of which the oldest make place. */
static enum err make_room(struct request *q, const struct record *mine, size_t bytes)
{
	struct record **list;
	size_t n, others = 0;
	TRY(of_user(q, &list, &n));
	for (size_t i = n; i-- > 0;) {
		if (mine && list[i]->id == mine->id)
			continue;
		bytes += list[i]->v[FORM].t.n;
		if (++others >= MOST_FORMS || bytes > MOST_BYTES)
			TRY(plain_delete(q->c, &draft_entity, list[i]->id));
	}
	return E_OK;
}

enum err form_keep(struct request *q, int64_t *ret_number)
{
	struct str path = request_form(q, FORM_PATH), words = request_form(q, FORM_WORDS), form = folded(q);
	struct record *r;
	if (!keeps(q, path) || !form.n || form.n > LONGEST)
		return E_MISSING;
	TRY(plain_delete_before(q->c, &draft_entity, KEPT_AT, clock_now_us() - KEPT_US, NULL));
	TRY(of_path(q, path, &r));
	TRY(make_room(q, r, form.n));
	if (!r)
		r = record_new(q->c->arena, &draft_entity);
	record_int(r, USER, q->who->actor.user);
	record_text(r, PATH, path);
	record_text(r, FORM, form);
	record_clear(r, WORDS);
	if (words.n && words.n < 300 && !text_has_control(words))
		record_text(r, WORDS, words);
	record_int(r, KEPT_AT, clock_now_us());
	TRY(plain_save(q->c, r));
	*ret_number = r->id;
	return E_OK;
}

enum err form_done(struct request *q)
{
	struct str path = request_form(q, FORM_PATH);
	struct record *r;
	if (!path.n || !q->who)
		return E_OK;
	TRY(of_path(q, path, &r));
	return r ? plain_delete(q->c, &draft_entity, r->id) : E_OK;
}

/* ---- the page of drafts ---- */
static void one(struct request *q, const struct record *r)
{
	struct html *h = &q->html;
	CLEANUP(buf_release) struct buf when = BUF_INIT;
	const struct page *p = site_page(q->site, r->v[PATH].t);
	struct str path = r->v[PATH].t;
	if (!p)
		return;
	say_instant(q->lang, q->c->zone, record_get(r, KEPT_AT, 0), &when);
	HTML(h, "<li><a");
	html_attr_cstr(h, "href", arena_printf(q->arena, "%.*s?draft=%lld", (int)path.n, path.p, (long long)r->id));
	HTML(h, ">");
	if (r->v[WORDS].set)
		html_text(h, r->v[WORDS].t);
	else
		html_say(h, p->title);
	HTML(h, "</a> <span class=\"under\">");
	html_sayf(h, N_("kept on %s"), buf_str(&when));
	HTML(h, "</span></li>");
}

enum err draft_panel(struct request *q, int64_t id)
{
	struct record **list;
	size_t n;
	(void)id;
	TRY(of_user(q, &list, &n));
	if (!n)
		return E_OK;
	HTML(&q->html, "<ul class=\"inbox\">");
	for (size_t i = n; i-- > 0;)
		one(q, list[i]);
	HTML(&q->html, "</ul>");
	return E_OK;
}

enum err draft_draw(struct request *q)
{
	struct buf *out = q->html.out;
	frame_begin(q, &(struct frame){ 0 });
	size_t before = out->n;
	TRY(draft_panel(q, 0));
	if (out->n == before)
		part_empty(q, N_("No form waits to be finished."),
			   N_("What you type into a form is kept here until you send it, so that a broken line or a "
			      "closed window loses nothing."),
			   NULL, NULL);
	sheet_end(q);
	frame_end(q);
	return E_OK;
}

enum err draft_write(struct request *q)
{
	int64_t number;
	enum err e = form_keep(q, &number);
	if (e != E_OK && e != E_MISSING)
		return e;
	if (request_header(q, "X-Draft").n)
		html_say(&q->html, N_("kept"));
	else
		request_see(q, "/draft");
	return E_OK;
}
