/* pack.c - a folder of rules parsed: which file is what, and what pack.yaml says of the whole. */
#include "policy/content.h"

#include "base/csv.h"
#include "base/number.h"

static bool ends_with(const char *text, const char *end)
{
	size_t n = strlen(text), m = strlen(end);
	return n > m && strcmp(text + n - m, end) == 0;
}

static bool is_among(const char *const *list, const char *path)
{
	for (; list && *list; list++)
		if (text_is(*list, path))
			return true;
	return false;
}

const struct pack_table *pack_declared(const struct pack_reader *r, struct str name)
{
	static const struct pack_table *const own[] = { &pack_synonyms, &pack_words };
	for (size_t i = 0; i < COUNT(own); i++)
		if (str_is(name, own[i]->name))
			return own[i];
	for (const struct pack_table *const *t = r->tables; t && *t; t++)
		if (str_is(name, (*t)->name))
			return *t;
	return NULL;
}

const struct sheet *pack_sheet(const struct pack *p, struct str table)
{
	for (size_t i = 0; i < p->nsheets; i++)
		if (str_is(table, p->sheets[i].of->name))
			return &p->sheets[i];
	return NULL;
}

bool pack_is_whole(const struct pack *p)
{
	return str_is(p->applies_to, "service");
}

/* ---- pack.yaml ---- */
static const struct pack_file *file_of(const struct pack *p, const char *path)
{
	for (size_t i = 0; i < p->nfiles; i++)
		if (text_is(p->files[i].path, path))
			return &p->files[i];
	return NULL;
}

static const char *required_text(struct parse *p, const struct yaml *map, const char *key)
{
	const struct yaml *y = yaml_get(map, key);
	if (y && y->kind == YAML_TEXT && y->text.n && y->text.n <= 200 && !text_has_control(y->text))
		return y->text.p;
	place_problem(p->problems, y ? y->where : map->where, "%s is not stated; write %s: and one line of text", key,
		      key);
	return "";
}

/* Files that pack.yaml names: paths inside the folder that must be there. */
static const char **read_paths(struct parse *p, const struct yaml *y)
{
	const char **paths = ARENA_ARRAY(&p->pack->arena, const char *, y->n + 1);
	size_t n = 0;
	if (y->kind != YAML_LIST)
		place_problem(p->problems, y->where, "a list of files is expected; write one \"- file\" a line");
	for (size_t i = 0; y->kind == YAML_LIST && i < y->n; i++) {
		const struct yaml *x = &y->items[i];
		if (x->kind != YAML_TEXT || !file_of(p->pack, x->text.p))
			place_problem(p->problems, x->where, "the pack has no file %s; add it or remove this line",
				      x->kind == YAML_TEXT ? x->text.p : "of this form");
		else
			paths[n++] = x->text.p;
	}
	return paths;
}

static void read_zones(struct parse *p, const struct yaml *y)
{
	const struct yaml *items = y->kind == YAML_LIST ? y->items : y;
	for (size_t i = 0; i < (y->kind == YAML_LIST ? y->n : 1); i++) {
		if (items[i].kind != YAML_TEXT || !zone_exists(items[i].text.p))
			place_problem(p->problems, items[i].where,
				      "no time zone is called %s; write one such as Asia/Jakarta",
				      items[i].kind == YAML_TEXT ? items[i].text.p : "so");
		else if (!p->pack->zone)
			p->pack->zone = items[i].text.p;
	}
}

static void read_head(struct parse *p, const struct yaml *map)
{
	struct pack *k = p->pack;
	k->name = required_text(p, map, "name");
	k->version = required_text(p, map, "version");
	k->title = required_text(p, map, "title");
	k->applies_to = str_of(required_text(p, map, "applies_to"));
	for (size_t i = 0; i < map->n; i++) {
		const struct yaml *y = &map->items[i];
		if (str_is(y->key, "zone") || str_is(y->key, "zones"))
			read_zones(p, y);
		else if (str_is(y->key, "parameters"))
			k->parameter_files = read_paths(p, y);
		else if (str_is(y->key, "seeds"))
			k->seeds = read_paths(p, y);
		else if (!str_is(y->key, "name") && !str_is(y->key, "version") && !str_is(y->key, "title") &&
			 !str_is(y->key, "applies_to"))
			place_problem(
				p->problems, y->where,
				"the key %s is not known here; remove it or correct it (keys: name, version, title, "
				"applies_to, zone, zones, parameters, seeds)",
				y->key.p);
	}
}

void pack_say_headless(struct problems *p, const char *folder)
{
	problem_at(p, folder, 0, NULL,
		   "the folder has no pack.yaml; add it with name, version, title and applies_to, or name another "
		   "folder");
}

static void read_pack_yaml(struct parse *p)
{
	const struct yaml *y = NULL;
	const struct pack_file *f = file_of(p->pack, "pack.yaml");
	if (!f)
		pack_say_headless(p->problems, p->pack->folder);
	else if (yaml_read(f->shown, f->bytes, &p->pack->arena, p->problems, &y) == E_OK && y->kind == YAML_MAP)
		read_head(p, y);
	else if (y)
		place_problem(p->problems, y->where, "names with values are expected; begin with \"name: NAME\"");
}

/* ---- the other files ---- */
static void read_sheet(struct parse *p, const struct pack_file *f)
{
	struct str name = { f->path, strlen(f->path) - 4 };
	const struct pack_table *t = pack_declared(p->reader, name);
	if (t)
		table_read(p, f, t, &p->pack->sheets[p->pack->nsheets++]);
	else
		problem_at(p->problems, f->shown, 0, NULL,
			   "no part of this program reads a table of this name; remove the file "
			   "or correct its name");
}

static void check_seed(struct parse *p, const struct pack_file *f)
{
	CLEANUP(csv_free_p) struct csv *csv = NULL;
	if (csv_read(f->shown, f->bytes, p->problems, &csv) == E_OK && csv_rows(csv) == 0)
		problem_at(p->problems, f->shown, 0, NULL,
			   "the seed holds no row; add one, or take it out of pack.yaml");
}

static void read_file(struct parse *p, const struct pack_file *f)
{
	const struct pack *k = p->pack;
	if (text_is(f->path, "pack.yaml"))
		return;
	if (is_among(k->parameter_files, f->path))
		parameters_read(p, f);
	else if (is_among(k->seeds, f->path))
		check_seed(p, f);
	else if (strncmp(f->path, "policies/", 9) == 0 && ends_with(f->path, ".yaml"))
		criteria_read(p, f);
	else if (!strchr(f->path, '/') && ends_with(f->path, ".csv"))
		read_sheet(p, f);
	else
		problem_at(p->problems, f->shown, 0, NULL,
			   "this file is no part of a pack; remove it, or name it in pack.yaml "
			   "under parameters or seeds");
}

static void check_missing_tables(struct parse *p)
{
	if (!pack_is_whole(p->pack) || p->lenient)
		return;
	for (const struct pack_table *const *t = p->reader->tables; t && *t; t++) {
		const char *path = arena_printf(&p->pack->arena, "%s.csv", (*t)->name);
		CLEANUP(buf_release) struct buf heads = BUF_INIT;
		for (int i = 0; i < (*t)->ncolumns; i++)
			buf_printf(&heads, "%s%s", i ? ", " : "", (*t)->columns[i].name);
		if (!(*t)->optional && !file_of(p->pack, path))
			problem_at(p->problems, p->pack->folder, 0, NULL,
				   "the pack has no file %s (%s); add it with the columns %s", path, (*t)->title,
				   buf_str(&heads));
	}
}

static void copy_files(struct pack *k, const struct pack_file *files, size_t n)
{
	CLEANUP(buf_release) struct buf list = BUF_INIT;
	k->files = ARENA_ARRAY(&k->arena, struct pack_file, n ? n : 1);
	for (size_t i = 0; i < n; i++) {
		struct pack_file *f = &k->files[i];
		f->path = arena_copy(&k->arena, files[i].path);
		f->shown = arena_printf(&k->arena, "%s/%s", k->folder, f->path);
		f->bytes = (struct str){ arena_text(&k->arena, files[i].bytes.p, files[i].bytes.n), files[i].bytes.n };
		f->hash = sha256(f->bytes.p, f->bytes.n);
		hex_add(&list, f->hash.b, HASH_SIZE);
		buf_printf(&list, "  %s\n", f->path);
	}
	k->nfiles = n;
	k->hash = sha256(buf_str(&list), list.n);
}

static void *settle(struct arena *a, const struct buf *b)
{
	void *p = arena_alloc(a, b->n ? b->n : 1);
	if (b->n)
		memcpy(p, b->p, b->n);
	return p;
}

static void read_content(struct parse *p)
{
	struct pack *k = p->pack;
	k->sheets = ARENA_ARRAY(&k->arena, struct sheet, k->nfiles ? k->nfiles : 1);
	for (size_t i = 0; i < k->nfiles; i++)
		read_file(p, &k->files[i]);
	k->settings = settle(&k->arena, &p->settings);
	k->nsettings = p->settings.n / sizeof(struct setting);
	k->policies = settle(&k->arena, &p->policies);
	k->npolicies = p->policies.n / sizeof(struct course_of_rules);
	check_missing_tables(p);
}

enum err pack_parse(const char *folder, const struct pack_file *files, size_t n, const struct pack_reader *r,
		    bool lenient, struct problems *problems, struct pack **ret)
{
	CLEANUP(pack_free_p) struct pack *k = xcalloc(1, sizeof(*k));
	struct parse p = { .pack = k, .reader = r, .lenient = lenient, .problems = problems };
	size_t before = problems->count;
	arena_init(&k->arena);
	k->reader = r;
	k->folder = arena_copy(&k->arena, folder);
	copy_files(k, files, n);
	read_pack_yaml(&p);
	if (problems->count == before)
		read_content(&p);
	buf_release(&p.settings);
	buf_release(&p.policies);
	if (problems->count == before && pack_is_whole(k))
		reference_check(&(const struct pack *){ k }, 1, k, problems);
	if (problems->count != before)
		return E_INVALID;
	*ret = k;
	k = NULL;
	return E_OK;
}

void pack_free(struct pack *p)
{
	if (!p)
		return;
	arena_release(&p->arena);
	free(p);
}

void pack_free_p(struct pack **p)
{
	pack_free(*p);
}

const char *pack_name(const struct pack *p)
{
	return p->name;
}

const char *pack_version(const struct pack *p)
{
	return p->version;
}

const char *pack_zone(const struct pack *p)
{
	return p->zone;
}

struct hash pack_hash(const struct pack *p)
{
	return p->hash;
}
