/* site.c - everything that is served: the pages and panels of all modules behind each other, and who keeps the door. */
#include "modules/site.h"
#include "modules/career/career.h"
#include "modules/duty/duty.h"

#include <pthread.h>

#define MOST 64

static const struct page *pages[MOST];
static const struct panel *panels[MOST];
static const struct home *homes[MOST];
static const struct consequence *consequences[MOST];
/* What is looked for most comes first. */
static const struct entity *const found[] = { &person_entity, &post_entity, &unit_entity, NULL };

/* In the order of a working day; what is not named follows. */
static const char *const side[] = { "/",          "/mine",   "/people", "/organisation", "/due",
				    "/seniority", "/rounds", "/rules",  "/health",       "/figures",
				    "/proof",     "/list",   "/duty",   "/duty/letters", NULL };

/* The own file is read by whose it is, whatever the duties are. */
static bool is_own(const struct who *w, const struct entity *e, int64_t key)
{
	return w->person && key == w->person && (e == &person_entity || e->owner == &person_entity);
}

static struct face face = {
	.panels = panels,
	.homes = homes,
	.consequences = consequences,
	.own = is_own,
	.side = side,
	.found = found,
	.find = site_find,
	.office = office_name,
	.user = user_name,
	.person = user_person,
	.set_lang = user_set_lang,
	.sign_out = "/out",
	.settings = "/settings",
	.words = site_words,
};
/* What one lacks is no reason not to warm the others. */
static void warm(struct ctx *c)
{
	for (const struct module *const *m = modules; *m; m++)
		if ((*m)->warm && (*m)->warm(c) != E_OK)
			problems_release(c->problems);
}

static const struct site site = {
	.pages = pages,
	.gate = &duty_gate,
	.assets = site_assets,
	.refuse = frame_refuse,
	.warm = warm,
	.sign_in = "/in",
	.must_change = "/password",
	.arg = &face,
};

static size_t npages, npanels, nhomes, nconsequences;

static void room(size_t n)
{
	if (n + 1 >= MOST)
		bug("more than %d lists of one sort are declared", MOST);
}

static void join_module(const struct module *m)
{
	room(npages);
	if (m->pages)
		pages[npages++] = m->pages;
	if (m->panels)
		panels[npanels++] = m->panels;
	if (m->homes)
		homes[nhomes++] = m->homes;
	if (m->consequences)
		consequences[nconsequences++] = m->consequences;
}

static void join_all(void)
{
	face.registry = modules_registry();
	face.rounds = modules_rounds();
	pages[npages++] = face_pages;
	panels[npanels++] = face_panel_rows;
	for (const struct module *const *m = modules; *m; m++)
		join_module(*m);
	room(npages + 2);
	pages[npages++] = decision_pages;
	pages[npages++] = api_pages;
}

const struct site *modules_site(void)
{
	static pthread_once_t once = PTHREAD_ONCE_INIT;
	pthread_once(&once, join_all);
	return &site;
}
