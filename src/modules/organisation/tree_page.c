/* tree_page.c - the organisation as a tree, as it stood on any day: every unit with what is below it. */
#include "face/part.h"
#include "modules/organisation/organisation_page.h"

#define DEPTH 2   /* levels opened below the unit asked for */
#define LINES 200 /* at most, so that a page stays light */

/* ---- the units of one day ---- */

static int by_parent(const void *a, const void *b)
{
	const struct record *x = *(const struct record *const *)a, *y = *(const struct record *const *)b;
	int64_t p = record_get(x, UNIT_PARENT, 0), r = record_get(y, UNIT_PARENT, 0);
	return p != r ? (p < r ? -1 : 1) : str_cmp(x->code, y->code);
}

static enum err load(struct ctx *c, struct moment at, struct tree *ret)
{
	struct query all = { .entity = &unit_entity, .at = at, .extent = HOLDING };
	TRY(read_all(c, &all, &ret->units, &ret->n));
	qsort(ret->units, ret->n, sizeof(struct record *), by_parent);
	return E_OK;
}

static enum err make(struct ctx *c, struct kept *k)
{
	struct tree *t = k->what = ARENA_NEW(&k->arena, struct tree);
	struct arena *was = c->arena;
	c->arena = &k->arena;
	enum err e = load(c, (struct moment){ c->today, 0 }, t);
	c->arena = was;
	return e;
}

static const struct entity *const sources[] = { &unit_entity, NULL };
static struct keeper keeper = KEEPER(make, sources, NULL);

enum err tree_load(struct request *q, struct moment at, struct tree *ret)
{
	if (at.position || (at.day != DATE_NONE && at.day != q->c->today))
		return load(q->c, at, ret);
	struct kept *k;
	TRY(keep_get(q->c, &keeper, true, &k));
	*ret = *(const struct tree *)k->what;
	ret->kept = k;
	return E_OK;
}

void tree_release(struct tree *t)
{
	keep_let_go(&t->kept);
}

struct record *const *tree_below(const struct tree *t, int64_t parent, size_t *ret_n)
{
	size_t low = 0, high = t->n, n = 0;
	while (low < high) {
		size_t mid = (low + high) / 2;
		if (record_get(t->units[mid], UNIT_PARENT, 0) < parent)
			low = mid + 1;
		else
			high = mid;
	}
	while (low + n < t->n && record_get(t->units[low + n], UNIT_PARENT, 0) == parent)
		n++;
	*ret_n = n;
	return t->units + low;
}

size_t tree_size(const struct tree *t, int64_t unit)
{
	size_t n, all = 0;
	struct record *const *below = tree_below(t, unit, &n);
	for (size_t i = 0; i < n; i++)
		all += 1 + tree_size(t, below[i]->id);
	return all;
}

const struct record *tree_unit(const struct tree *t, int64_t id)
{
	for (size_t i = 0; i < t->n; i++)
		if (t->units[i]->id == id)
			return t->units[i];
	return NULL;
}

/* ---- drawing ---- */

struct drawing {
	struct request *q;
	const struct tree *t;
	const char *as_of; /* for links: the day asked about; empty: today */
	int lines;
};

void unit_link(struct request *q, const struct record *unit)
{
	link_text(q, unit->v[UNIT_NAME].t, "/organisation/%s", arena_text(q->arena, unit->code.p, unit->code.n));
	HTML(&q->html, " <span class=\"source\">");
	html_text(&q->html, unit->code);
	HTML(&q->html, "</span>");
}

static void nodes(struct drawing *d, int64_t parent, int depth);

/* What is below: opened, or as a link to a page of its own. */
static void below(struct drawing *d, const struct record *unit, int depth)
{
	struct request *q = d->q;
	size_t n = tree_size(d->t, unit->id);
	if (!n)
		return;
	if (depth < DEPTH && d->lines < LINES) {
		HTML(&q->html, "<details open><summary>");
		html_sayf(&q->html, say_n(q->lang, "%lld unit", "%lld units", (int64_t)n), (long long)n);
		HTML(&q->html, "</summary>");
		nodes(d, unit->id, depth + 1);
		HTML(&q->html, "</details>");
		return;
	}
	HTML(&q->html, " <a");
	html_link(&q->html, "href", "/organisation?under=%s&as_of=%s", arena_text(q->arena, unit->code.p, unit->code.n),
		  d->as_of);
	HTML(&q->html, ">");
	html_sayf(&q->html, "show the %lld below", (long long)n);
	HTML(&q->html, "</a>");
}

static void nodes(struct drawing *d, int64_t parent, int depth)
{
	struct request *q = d->q;
	size_t n;
	struct record *const *units = tree_below(d->t, parent, &n);
	HTML(&q->html, "<ul class=\"tree\">");
	for (size_t i = 0; i < n; i++) {
		d->lines++;
		HTML(&q->html, "<li>");
		unit_link(q, units[i]);
		below(d, units[i], depth);
		HTML(&q->html, "</li>");
	}
	HTML(&q->html, "</ul>");
}

/* ---- the page ---- */

static enum err find_under(struct request *q, const struct tree *t, const struct record **ret)
{
	struct str code = request_param(q, "under");
	int64_t id;
	*ret = NULL;
	if (!code.n)
		return E_OK;
	TRY(key_find(q->c, &unit_entity, code, &id));
	*ret = tree_unit(t, id);
	return *ret ? E_OK : E_MISSING;
}

static void lists(struct request *q)
{
	HTML(&q->html, "<p class=\"actions\">");
	button_link(q, true, N_("Posts"), "/list/post");
	button_link(q, true, N_("Job classes"), "/list/job_class");
	button_link(q, true, N_("Competencies"), "/list/competency");
	button_link(q, true, N_("Courses"), "/list/course");
	button_link(q, true, N_("Examinations"), "/list/exam");
	HTML(&q->html, "</p>");
}

static void tree_sheet(struct request *q, const struct tree *t, const struct record *under)
{
	struct str as_of = request_param(q, "as_of");
	struct drawing d = { q, t, arena_text(q->arena, as_of.p, as_of.n), 0 };
	sheet_begin(q, N_("Units"));
	if (!t->n)
		part_empty(q, N_("No unit stood on that day."),
			   N_("Send the list of units as a spreadsheet, the unit at the top first."),
			   N_("Send a spreadsheet"), "/upload/unit");
	else
		nodes(&d, under ? under->id : 0, 0);
	sheet_end(q);
}

enum err tree_page_draw(struct request *q)
{
	const struct crumb back = { .words = N_("Organisation"), .href = "/organisation" };
	const struct record *under;
	struct moment at;
	struct tree t CLEANUP(tree_release) = { 0 };
	TRY(part_moment(q, &at));
	TRY(tree_load(q, at, &t));
	TRY(find_under(q, &t, &under));
	frame_begin(q, &(struct frame){ .title = under ? under->v[UNIT_NAME].t : (struct str){ 0 },
					.sub = under ? under->code : (struct str){ 0 },
					.crumbs = &back,
					.ncrumbs = under ? 1 : 0 });
	part_clock(q, &at, NULL);
	lists(q);
	sheet_end(q);
	tree_sheet(q, &t, under);
	frame_end(q);
	return E_OK;
}
