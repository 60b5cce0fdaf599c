/* taken_page.c - what was found in a spreadsheet, and taking it in. */
#include "face/inside.h"
#include "face/upload.h"

#include <errno.h>

#define SHOWN 100

static enum err sent(struct request *q, const struct entity **ret_e, struct record **ret)
{
	TRY(upload_entity_asked(q, ret_e));
	return upload_find(q, *ret_e, request_number(q, "number"), ret);
}

static void counts(struct request *q, const struct record *u)
{
	static const enum upload_field shown[] = { UPLOAD_ROWS,      UPLOAD_ADDED,   UPLOAD_CHANGED, UPLOAD_CORRECTED,
						   UPLOAD_UNCHANGED, UPLOAD_ASSUMED, UPLOAD_POSITION };
	facts_begin(q);
	for (size_t i = 0; i < COUNT(shown); i++)
		if (record_has(u, (int)shown[i]) && (shown[i] < UPLOAD_ASSUMED || u->v[shown[i]].i))
			fact_int(q, u->entity->fields[shown[i]].label, u->v[shown[i]].i);
	facts_end(q);
}

/* ---- the problems ---- */
static void problem_row(struct request *q, const struct csv *file, size_t i)
{
	struct str cells[4];
	csv_row(file, i, cells);
	row_begin(q);
	cell_begin(q, true);
	html_text(&q->html, str_is(cells[0], "0") ? STR("–") : cells[0]);
	cell_end(q);
	for (size_t k = 1; k < 4; k++)
		cell_text(q, cells[k]);
	row_end(q);
}

static enum err problems(struct request *q, const struct entity *e, const struct record *u)
{
	static const struct head heads[] = {
		{ .words = N_("Row"), .number = true },
		{ .words = N_("Column") },
		{ .words = N_("What is wrong") },
		{ .words = N_("What to do") },
	};
	struct problems ignored CLEANUP(problems_release) = PROBLEMS_INIT;
	CLEANUP(csv_free_p) struct csv *file = NULL;
	const char *path;
	TRY(upload_path(q, u, UPLOAD_FAULTS, &path));
	if (csv_read_file(path, &ignored, &file) != E_OK || csv_columns(file) != 4)
		return E_OK;
	sheet_begin(q, NULL);
	table_begin(q, N_("What is to be mended"), heads, COUNT(heads));
	for (size_t i = 0; i < csv_rows(file) && i < SHOWN; i++)
		problem_row(q, file, i);
	table_end(q);
	HTML(&q->html, "<p class=\"actions\">");
	button_link(q, true, N_("All of them as spreadsheet"), "/upload/%s/%d/problems", e->name, (long long)u->id);
	HTML(&q->html, "</p>");
	sheet_end(q);
	return E_OK;
}

enum err taken_page_problems(struct request *q)
{
	const struct entity *e;
	struct record *u;
	const char *path;
	char bytes[65536];
	size_t n;
	TRY(sent(q, &e, &u));
	TRY(upload_path(q, u, UPLOAD_FAULTS, &path));
	FILE *f CLEANUP(upload_close) = fopen(path, "rbe");
	if (!f)
		return E_MISSING;
	request_type(q, "text/csv; charset=utf-8");
	request_save_as(q, STR("problems.csv"));
	while ((n = fread(bytes, 1, sizeof(bytes), f)) > 0)
		TRY(request_write(q, (struct str){ bytes, n }));
	return ferror(f) ? FAULT("%s cannot be read: %s", path, strerror(errno)) : E_OK;
}

/* ---- how it is to be read ---- */
static bool known(const char **heads, size_t n, struct str head)
{
	for (size_t i = 0; i < n; i++)
		if (str_is(head, heads[i]))
			return true;
	return false;
}

/* A column whose head is none of ours: which it is, or none. */
static void map_controls(struct request *q, const struct entity *e, const struct csv *file)
{
	const char **heads;
	size_t n;
	io_columns(e, q->arena, &heads, &n);
	struct choice *choices = ARENA_ARRAY(q->arena, struct choice, n + 1);
	choices[0] = (struct choice){ STR(""), str_of(SAY(q, N_("Leave it out"))) };
	for (size_t i = 0; i < n; i++) {
		int f = entity_field(e, heads[i]);
		const char *words = SAY(q, f >= 0 ? e->fields[f].label : column_words(q, heads[i]));
		choices[i + 1] =
			(struct choice){ str_of(heads[i]), str_of(arena_printf(q->arena, "%s: %s", heads[i], words)) };
	}
	for (size_t i = 0; i < csv_columns(file) && i < 100; i++) {
		struct str head = csv_head(file, i);
		if (known(heads, n, head))
			continue;
		form_control(q, &(struct control_ask){ .name = arena_printf(q->arena, "head_%zu", i),
						       .label = arena_printf(q->arena,
									     SAY(q, N_("Column \"%s\" of the file is")),
									     terminated(q, head)),
						       .kind = C_CHOICE,
						       .choices = choices,
						       .nchoices = n + 1 });
	}
}

static enum err again_form(struct request *q, const struct entity *e, const struct record *u)
{
	struct problems ignored CLEANUP(problems_release) = PROBLEMS_INIT;
	CLEANUP(csv_free_p) struct csv *file = NULL;
	const char *path;
	TRY(upload_path(q, u, UPLOAD_SHEET, &path));
	sheet_begin(q, N_("Read it in another way"));
	form_begin(q, &(struct form){ .quiet = true }, "/upload/%s/%d", e->name, (long long)u->id);
	form_hidden(q, FORM_STEP, STR("look"));
	if (csv_read_file(path, &ignored, &file) == E_OK)
		map_controls(q, e, file);
	form_control(q,
		     &(struct control_ask){ .name = "correcting",
					    .label = N_("Rows that differ were recorded wrongly before: correct them"),
					    .kind = C_CHECK,
					    .value = record_get(u, UPLOAD_CORRECT, 0) ? STR("true") : STR("") });
	form_control(q, &(struct control_ask){ .name = "reason",
					       .label = N_("Why were they wrong?"),
					       .hint = N_("Needed for corrections."),
					       .kind = C_NOTE,
					       .value = u->v[UPLOAD_WHY].t,
					       .most = 1000 });
	form_end(q, N_("Look again"));
	sheet_end(q);
	return E_OK;
}

/* ---- the page ---- */
static void take_form(struct request *q, const struct entity *e, const struct record *u)
{
	next_begin(q, N_("Next: take them in"));
	HTML(&q->html, "<p>");
	html_say(&q->html, N_("All rows are written at once, under one receipt. Single rows can be corrected later, "
			      "with a reason."));
	HTML(&q->html, "</p>");
	form_begin(q, &(struct form){ .quiet = true }, "/upload/%s/%d", e->name, (long long)u->id);
	form_hidden(q, FORM_STEP, STR("take"));
	form_end(q, N_("Take them in"));
	sheet_end(q);
}

static void state(struct request *q, const struct record *u)
{
	switch ((enum upload_state)record_get(u, UPLOAD_STATE, UPLOAD_MENDING)) {
	case UPLOAD_MENDING:
		tag_text(q, TONE_WAIT,
			 str_of(arena_printf(q->arena,
					     say_n(q->lang, N_("%lld thing to mend; nothing was written"),
						   N_("%lld things to mend; nothing was written"),
						   record_get(u, UPLOAD_PROBLEMS, 0)),
					     (long long)record_get(u, UPLOAD_PROBLEMS, 0))));
		break;
	case UPLOAD_READY:
		tag(q, TONE_GOOD, N_("no problems; nothing is written yet"));
		break;
	case UPLOAD_TAKEN:
		tag(q, TONE_GOOD, N_("taken in"));
		break;
	}
}

enum err taken_page_draw(struct request *q)
{
	const struct entity *e;
	struct record *u;
	TRY(sent(q, &e, &u));
	int64_t now = record_get(u, UPLOAD_STATE, UPLOAD_MENDING);
	struct crumb crumbs[] = { { .words = N_("Send a spreadsheet"), .href = "/upload" },
				  { .words = entity_titles(e), .href = address_of(q, "/upload/%s", e->name).p } };
	frame_begin(q, &(struct frame){ .title = u->v[UPLOAD_FILENAME].t, .crumbs = crumbs, .ncrumbs = 2 });
	part_problems(q);
	HTML(&q->html, "<p>");
	state(q, u);
	HTML(&q->html, "</p>");
	counts(q, u);
	sheet_end(q);
	if (now == UPLOAD_READY)
		take_form(q, e, u);
	if (now == UPLOAD_MENDING)
		TRY(problems(q, e, u));
	if (now != UPLOAD_TAKEN)
		TRY(again_form(q, e, u));
	frame_end(q);
	return E_OK;
}

/* ---- writing ---- */
static enum err write_map(struct request *q, const struct record *u)
{
	struct problems ignored CLEANUP(problems_release) = PROBLEMS_INIT;
	CLEANUP(csv_free_p) struct csv *file = NULL;
	CLEANUP(buf_release) struct buf b = BUF_INIT;
	const char *path, *map;
	size_t mapped = 0;
	TRY(upload_path(q, u, UPLOAD_SHEET, &path));
	TRY(upload_path(q, u, UPLOAD_MAP, &map));
	if (csv_read_file(path, &ignored, &file) != E_OK)
		return E_OK;
	buf_text(&b, "file_column,column\n");
	for (size_t i = 0; i < csv_columns(file) && i < 100; i++) {
		struct str to = request_form(q, arena_printf(q->arena, "head_%zu", i));
		if (!to.n)
			continue;
		csv_cell(&b, csv_head(file, i));
		csv_cell(&b, to);
		csv_row_end(&b);
		mapped++;
	}
	if (!mapped)
		return E_OK;
	return upload_file(map, &b);
}

static enum err look_again(struct request *q, const struct entity *e, struct record *u)
{
	struct str why = str_trim(request_form(q, "reason"));
	bool correct = str_is(request_form(q, "correcting"), "true");
	if (correct && !why.n) {
		problem_at(q->c->problems, NULL, 0, "reason", "no reason is given; say why the rows were wrong");
		return E_INVALID;
	}
	/* Each foreign column was asked about, and one that is not ours is left out. */
	record_int(u, UPLOAD_EXTRA, 1);
	record_int(u, UPLOAD_CORRECT, correct);
	record_clear(u, UPLOAD_WHY);
	if (why.n)
		record_text(u, UPLOAD_WHY, why);
	TRY(write_map(q, u));
	return upload_look(q, e, u, false);
}

static enum err take(struct request *q, const struct entity *e, struct record *u)
{
	CLEANUP(buf_release) struct buf number = BUF_INIT;
	TRY(upload_look(q, e, u, true));
	if (record_get(u, UPLOAD_STATE, UPLOAD_MENDING) != UPLOAD_TAKEN)
		return E_OK;
	if (!record_has(u, UPLOAD_POSITION)) {
		request_tell(q, SAY(q, N_("All rows stood there already; nothing was written.")));
		return E_OK;
	}
	say_int(q->lang, record_get(u, UPLOAD_POSITION, 0), &number);
	request_tell(q, arena_printf(q->arena, SAY(q, N_("Taken in. Receipt %s.")), buf_str(&number)));
	return E_OK;
}

enum err taken_page_write(struct request *q)
{
	const struct entity *e;
	struct record *u;
	TRY(sent(q, &e, &u));
	if (record_get(u, UPLOAD_STATE, UPLOAD_MENDING) == UPLOAD_TAKEN)
		request_tell(q, SAY(q, N_("It was taken in before; nothing was written again.")));
	else if (str_is(request_form(q, FORM_STEP), "take"))
		TRY(take(q, e, u));
	else
		TRY(look_again(q, e, u));
	request_see(q, "/upload/%s/%d", e->name, (long long)u->id);
	return E_OK;
}

static void last_one(struct request *q, const struct record *u)
{
	CLEANUP(buf_release) struct buf when = BUF_INIT;
	say_instant(q->lang, q->c->zone, record_get(u, UPLOAD_SENT_AT, 0), &when);
	HTML(&q->html, "<p>");
	link_text(q, u->v[UPLOAD_FILENAME].t, "/upload/%s/%d", terminated(q, u->v[UPLOAD_OF].t), (long long)u->id);
	HTML(&q->html, " <span class=\"under\">");
	html_text(&q->html, (struct str){ when.p, when.n });
	HTML(&q->html, "</span></p><p>");
	state(q, u);
	HTML(&q->html, "</p>");
}

enum err upload_panel(struct request *q, int64_t id)
{
	struct record **list;
	size_t n;
	(void)id;
	if (!upload_may(q))
		return E_OK;
	TRY(upload_of_user(q, &list, &n));
	if (n)
		last_one(q, list[n - 1]);
	HTML(&q->html, "<p class=\"actions\">");
	button_link(q, true, N_("Send a spreadsheet"), "/upload");
	HTML(&q->html, "</p>");
	return E_OK;
}
