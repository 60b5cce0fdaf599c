/* upload_page.c - sending the spreadsheet of a list. */
#include "face/inside.h"
#include "face/upload.h"

static void columns(struct request *q, const struct entity *e)
{
	struct html *h = &q->html;
	const char **heads;
	size_t n;
	static const struct head table[] = {
		{ .words = N_("Column") },
		{ .words = N_("What stands in it") },
	};
	io_columns(e, q->arena, &heads, &n);
	sheet_begin(q, NULL);
	table_begin(q, N_("Columns of the spreadsheet"), table, COUNT(table));
	for (size_t i = 0; i < n; i++) {
		int f = entity_field(e, heads[i]);
		row_begin(q);
		cell_begin(q, false);
		HTML(h, "<code>");
		html_cstr(h, heads[i]);
		HTML(h, "</code>");
		cell_end(q);
		cell_begin(q, false);
		html_say(h, f >= 0 ? e->fields[f].label : column_words(q, heads[i]));
		cell_end(q);
		row_end(q);
	}
	table_end(q);
	HTML(h, "<p class=\"actions\">");
	button_link(q, true, N_("What stands there now, as spreadsheet"), "/sheet/%s", e->name);
	HTML(h, "</p>");
	sheet_end(q);
}

enum err upload_page_draw(struct request *q)
{
	const struct entity *e;
	TRY(upload_entity_asked(q, &e));
	struct crumb crumbs[] = { { .words = N_("Send a spreadsheet"), .href = "/upload" } };
	frame_begin(q, &(struct frame){ .title = str_of(SAY(q, entity_titles(e))),
					.sub = str_of(SAY(q, e->help)),
					.crumbs = crumbs,
					.ncrumbs = 1 });
	part_problems(q);
	form_begin(q, &(struct form){ .upload = true, .quiet = true }, "/upload/%s", e->name);
	form_control(q, &(struct control_ask){ .name = "file",
					       .label = N_("Spreadsheet"),
					       .hint = N_("Saved as CSV in UTF-8, up to 64 MB."),
					       .kind = C_FILE,
					       .required = true });
	form_end(q, N_("Look at its rows"));
	HTML(&q->html, "<p class=\"source\">");
	html_say(&q->html, N_("Nothing is written yet."));
	HTML(&q->html, "</p>");
	sheet_end(q);
	columns(q, e);
	frame_end(q);
	return E_OK;
}

/* Whose rows they are is asked before the writer is: a large file would keep everybody else waiting. */
enum err upload_page_prepare(struct request *q)
{
	const struct entity *e;
	struct upload file;
	TRY(upload_entity_asked(q, &e));
	if (!request_upload(q, "file", &file) || !file.size)
		return E_OK;
	enum err *reached = ARENA_NEW(q->arena, enum err);
	*reached = upload_reach(q, e, file.path, NULL);
	request_keep(q, reached);
	return *reached == E_INVALID || *reached == E_MISSING ? E_OK : *reached;
}

enum err upload_page_write(struct request *q)
{
	const struct entity *e;
	struct upload file;
	struct record *u;
	TRY(upload_entity_asked(q, &e));
	if (!request_upload(q, "file", &file) || !file.size) {
		problem_at(q->c->problems, NULL, 0, "file", "no file came; choose the spreadsheet and send it again");
		return E_INVALID;
	}
	TRY(upload_new(q, e, &file, &u));
	TRY(upload_look(q, e, u, false));
	request_see(q, "/upload/%s/%d", e->name, (long long)u->id);
	return E_OK;
}
