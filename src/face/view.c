/* view.c - saved views: a list with its filters and order, under a name of its reader's. */
#include "entity/plain.h"
#include "face/inside.h"
#include "face/list_inside.h"

#include "base/number.h"

#define MOST_VIEWS 50 /* of one user */

enum { USER, OF, NAME, QUERY };

/* clang-format off */
static const struct field fields[] = {
	[USER]  = { "acting_user", N_("User"),    T_INT,  .flags = REQUIRED | KEY },
	[OF]    = { "of_list",     N_("List"),    T_TEXT, .max = 100, .flags = REQUIRED },
	[NAME]  = { "name",        N_("Name"),    T_TEXT, .max = 60,  .flags = REQUIRED },
	[QUERY] = { "filters",     N_("Filters"), T_TEXT, .max = 2000 },
};
/* clang-format on */

const struct entity saved_view_entity = {
	.name = "saved_view",
	.title = N_("Saved view"),
	.help = N_("A list with its filters and its order, kept by a user under a name."),
	.kind = PLAIN,
	FIELDS(fields),
};

static enum err of_user(struct request *q, struct record ***ret, size_t *ret_n)
{
	struct value user = { .set = true, .i = q->who->actor.user };
	return plain_all(q->c, &saved_view_entity, USER, &user, ret, ret_n);
}

static const char *address(struct request *q, const struct record *r)
{
	struct str query = r->v[QUERY].t;
	const struct entity *e = registry_entity(q->c->registry, terminated(q, r->v[OF].t));
	struct str list = e ? face_list_address(q, e) : STR("/");
	return arena_printf(q->arena, "%.*s%s%.*s", (int)list.n, list.p, query.n ? "?" : "", (int)query.n,
			    query.n ? query.p : "");
}

static void link(struct request *q, const struct record *r, bool here)
{
	struct html *h = &q->html;
	HTML(h, "<li><a");
	html_attr_cstr(h, "href", address(q, r));
	if (here)
		HTML(h, " aria-current=\"true\"");
	HTML(h, ">");
	html_text(h, r->v[NAME].t);
	HTML(h, "</a></li>");
}

/* Without the place in the list. */
static struct str present_query(struct request *q)
{
	static const char *const place[] = { "after", "from", NULL };
	struct str whole = address_with(q, place, NULL, 0), path = address_path(q);
	return whole.n > path.n ? (struct str){ whole.p + path.n + 1, whole.n - path.n - 1 } : (struct str){ 0 };
}

enum err view_links(struct request *q, const struct entity *e)
{
	struct record **list;
	size_t n, shown = 0;
	TRY(of_user(q, &list, &n));
	for (size_t i = 0; i < n; i++) {
		if (!str_is(list[i]->v[OF].t, e->name))
			continue;
		if (shown++ == 0)
			HTML(&q->html, "<ul class=\"views\">");
		link(q, list[i], str_eq(list[i]->v[QUERY].t, present_query(q)));
	}
	if (shown)
		HTML(&q->html, "</ul>");
	return E_OK;
}

void view_form(struct request *q, const struct entity *e)
{
	sheet_begin(q, N_("Keep this view"));
	form_begin(q, &(struct form){ .quiet = true }, "/views");
	form_hidden(q, "of_list", str_of(e->name));
	form_hidden(q, "filters", present_query(q));
	form_control(q, &(struct control_ask){ .name = "name",
					       .label = N_("Name of the view"),
					       .hint = N_("Such as: heads of section in the east"),
					       .kind = C_TEXT,
					       .required = true,
					       .most = 60 });
	form_end(q, N_("Keep"));
	sheet_end(q);
}

/* ---- the page of all views ---- */
static void row(struct request *q, const struct record *r)
{
	struct html *h = &q->html;
	const struct entity *e = registry_entity(q->c->registry, terminated(q, r->v[OF].t));
	row_begin(q);
	cell_begin(q, false);
	HTML(h, "<a");
	html_attr_cstr(h, "href", address(q, r));
	HTML(h, ">");
	html_text(h, r->v[NAME].t);
	HTML(h, "</a>");
	cell_end(q);
	cell_text(q, e ? str_of(SAY(q, entity_titles(e))) : r->v[OF].t);
	cell_begin(q, false);
	form_begin(q, &(struct form){ .quiet = true }, "/views");
	form_hidden(q, "drop", str_of(arena_printf(q->arena, "%lld", (long long)r->id)));
	form_end(q, N_("Take away"));
	cell_end(q);
	row_end(q);
}

enum err view_draw(struct request *q)
{
	static const struct head heads[] = {
		{ .words = N_("View") },
		{ .words = N_("List") },
		{ .words = N_("Action") },
	};
	struct record **list;
	size_t n;
	TRY(of_user(q, &list, &n));
	frame_begin(q, &(struct frame){ 0 });
	part_problems(q);
	if (!n)
		part_empty(q, N_("You have kept no view yet."),
			   N_("Set the filters of a list, and keep it under a name below the list."), NULL, NULL);
	else
		table_begin(q, N_("Saved views"), heads, COUNT(heads));
	for (size_t i = 0; i < n; i++)
		row(q, list[i]);
	if (n)
		table_end(q);
	sheet_end(q);
	frame_end(q);
	return E_OK;
}

/* ---- writing ---- */
static enum err drop(struct request *q, struct str number)
{
	struct record *r;
	int64_t id;
	if (!number_parse(number, &id))
		return E_MISSING;
	TRY(plain_read(q->c, &saved_view_entity, id, &r));
	if (r->v[USER].i != q->who->actor.user)
		return E_MISSING;
	TRY(plain_delete(q->c, &saved_view_entity, id));
	request_tell(q, SAY(q, N_("The view is taken away.")));
	request_see(q, "/views");
	return E_OK;
}

/* Letters of addresses only, so that a kept view leads nowhere but into its list. */
static bool harmless(struct str query)
{
	for (size_t i = 0; i < query.n; i++)
		if ((unsigned char)query.p[i] <= ' ' || strchr("\"'<>\\#", query.p[i]))
			return false;
	return true;
}

enum err view_write(struct request *q)
{
	struct record **list, *r = record_new(q->c->arena, &saved_view_entity);
	struct str of = request_form(q, "of_list"), query = request_form(q, "filters");
	size_t n;
	if (request_form(q, "drop").n)
		return drop(q, request_form(q, "drop"));
	const struct entity *e = registry_entity(q->c->registry, terminated(q, of));
	if (!e || !face_may_see_any(q, e) || !harmless(query))
		return E_MISSING;
	TRY(of_user(q, &list, &n));
	if (n >= MOST_VIEWS) {
		problem_at(q->c->problems, NULL, 0, NULL, "you have kept %d views; take one away first", MOST_VIEWS);
		return E_INVALID;
	}
	record_int(r, USER, q->who->actor.user);
	record_text(r, OF, of);
	record_text(r, NAME, str_trim(request_form(q, "name")));
	if (query.n)
		record_text(r, QUERY, query);
	if (!r->v[NAME].t.n)
		record_clear(r, NAME);
	TRY(plain_save(q->c, r));
	request_tell(q, SAY(q, N_("The view is kept. It stands above its list.")));
	request_see_again(q, str_of(address(q, r)));
	return E_OK;
}
