#include "lights.h"

#include "entity/list.h"
#include "fixture.h"
#include "fixture_store.h"

static const struct entity *entities[32];
static struct registry registry = { .entities = entities };
static const struct entity *const found[] = { &fixture_keeper, &fixture_seat, &fixture_place, NULL };
static const struct page *const pages[] = { face_pages, NULL };
static const struct panel *const panels[] = { face_panel_rows, NULL };
struct face lights_face = { .registry = &registry, .panels = panels, .found = found };
const struct site lights_site = {
	.pages = pages, .assets = asking_assets, .refuse = frame_refuse, .sign_in = "/in", .arg = &lights_face
};

static void join(void)
{
	size_t n = 0;
	if (entities[0])
		return;
	for (const struct entity *const *e = fixture_registry.entities; *e; e++)
		entities[n++] = *e;
	for (const struct entity *const *e = face_entities; *e; e++)
		entities[n++] = *e;
	registry.projections = fixture_registry.projections;
	registry.tables = fixture_registry.tables;
}

static void save(struct ctx *c, struct record *r)
{
	if (fixture_save(c, r, NULL) != E_OK)
		bug("the lights cannot be lit: %s", fault_text());
}

static int64_t place(struct ctx *c, int n, int64_t parent)
{
	struct record *r = fixture_place_of(c, n, parent, date_of(1990, 1, 1));
	save(c, r);
	return r->id;
}

static int64_t keeper(struct ctx *c, int n, int64_t at)
{
	struct record *r = fixture_keeper_of(c, n, date_of(1960, 1, 1), date_of(1990, 1, 1));
	struct record *seat = fixture_seat_of(c, n, at, date_of(1990, 1, 1));
	save(c, r);
	save(c, seat);
	save(c, fixture_number_of(c, r->id, n == 1 ? "1001" : "1002", date_of(1990, 1, 1)));
	save(c, fixture_sit(c, r->id, seat->id, date_of(1995, 1, 1)));
	save(c, fixture_grade_of(c, r->id, "1/a", date_of(1995, 1, 1)));
	return r->id;
}

static int64_t order_of(struct ctx *c, int64_t keeper_id)
{
	bool scoped;
	int64_t order;
	if (scope_of(c, &fixture_keeper, keeper_id, &scoped, &order) != E_OK || !scoped)
		bug("a keeper stands nowhere");
	return order;
}

void lights_open(struct lights *l, struct spot *p)
{
	join();
	l->c = fixture_open(p, &registry);
	int64_t top = place(l->c, 0, 0);
	l->north = place(l->c, 1, top);
	l->south = place(l->c, 2, top);
	l->north_keeper = keeper(l->c, 1, l->north);
	l->south_keeper = keeper(l->c, 2, l->south);
	l->north_order = order_of(l->c, l->north_keeper);
	l->south_order = order_of(l->c, l->south_keeper);
	asking_init(&l->a, l->c, &lights_site);
}

void lights_close(struct lights *l)
{
	asking_release(&l->a);
	ctx_close(l->c);
}

bool lights_has(const char *page, const char *text)
{
	if (strstr(page, text))
		return true;
	fprintf(stderr, "wanted %s in:\n%s\n", text, page);
	return false;
}

void lights_led(struct lights *l, int status)
{
	if (l->a.status != status)
		fprintf(stderr, "%s\n%s\n", fault_text(), buf_str(&l->a.in.out));
	assert_int_equal(l->a.status, status);
}
