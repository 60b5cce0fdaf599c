/* describe.c - merit describe: which records there are, and what each field holds. */
#include "base/json.h"
#include "command/place.h"
#include "entity/io.h"

static bool json, names, pages;

/* clang-format off */
static const struct option options[] = {
	{ .name = "json",         .flag = &json,  .help = "as JSON" },
	{ .name = "pages",        .flag = &pages, .help = "the pages that are served, and what each asks of whoever opens it" },
	{ .name = "ledger-names", .flag = &names, .help = "the names that stand in the ledger for ever" },
	{ .name = NULL },
};
/* clang-format on */

static void list_json(const struct registry *r, struct buf *out)
{
	struct json j;
	json_init(&j, out);
	json_array(&j);
	for (const struct entity *const *e = r->entities; *e; e++) {
		json_object(&j);
		json_member_text(&j, "record", (*e)->name);
		json_member_text(&j, "help", (*e)->help);
		json_object_end(&j);
	}
	json_array_end(&j);
	buf_char(out, '\n');
}

static void list(const struct registry *r, struct buf *out)
{
	for (const struct entity *const *e = r->entities; *e; e++)
		buf_printf(out, "%-16s %s\n", (*e)->name, (*e)->help);
}

/* ---- pages ---- */

static void rights_text(right_t rights, struct buf *out)
{
	size_t before = out->n;
	for (int i = 0; i < RIGHT_COUNT; i++)
		if (rights >> i & 1)
			buf_printf(out, "%s%s", out->n > before ? "," : "", right_code(i));
}

static void flags_text(const struct page *p, struct buf *out)
{
	static const struct {
		unsigned flag;
		const char *word;
	} words[] = { { PAGE_PUBLIC, "public" },  { PAGE_API, "api" },       { PAGE_SLOW, "slow" },
		      { PAGE_ALONE, "alone" },    { PAGE_UPLOAD, "upload" }, { PAGE_SECRET, "secret" },
		      { PAGE_HASHING, "hashing" } };
	size_t before = out->n;
	for (size_t i = 0; i < COUNT(words); i++)
		if (p->flags & words[i].flag)
			buf_printf(out, "%s%s", out->n > before ? "," : "", words[i].word);
}

static void page_json(const struct page *p, struct json *j)
{
	struct buf see CLEANUP(buf_release) = BUF_INIT;
	struct buf act CLEANUP(buf_release) = BUF_INIT;
	struct buf flags CLEANUP(buf_release) = BUF_INIT;
	rights_text(p->see, &see);
	rights_text(p->act ? p->act : p->see, &act);
	flags_text(p, &flags);
	json_object(j);
	json_member_text(j, "path", p->path);
	json_member_text(j, "title", p->title);
	json_member_bool(j, "draw", p->draw != NULL);
	json_member_bool(j, "write", p->write != NULL);
	json_member_text(j, "see", buf_str(&see));
	json_member_text(j, "act", buf_str(&act));
	json_member_text(j, "flags", buf_str(&flags));
	if (p->nav)
		json_member_text(j, "nav", p->nav);
	if (p->help)
		json_member_text(j, "help", p->help);
	if (p->article)
		json_member_text(j, "article", p->article);
	json_object_end(j);
}

static void page_line(const struct page *p, struct buf *out)
{
	buf_printf(out, "%-44s ", p->path);
	if (!p->see)
		buf_text(out, p->flags & PAGE_PUBLIC ? "public" : "anybody");
	rights_text(p->see, out);
	if (p->write) {
		buf_text(out, " write:");
		rights_text(p->act ? p->act : p->see, out);
	}
	buf_char(out, '\n');
}

static void list_pages(struct buf *out)
{
	struct json j;
	json_init(&j, out);
	if (json)
		json_array(&j);
	for (const struct page *const *set = modules_site()->pages; *set; set++)
		for (const struct page *p = *set; p->path; p++) {
			if (json)
				page_json(p, &j);
			else
				page_line(p, out);
		}
	if (!json)
		return;
	json_array_end(&j);
	buf_char(out, '\n');
}

static enum err run(const char *const *words, int n)
{
	struct buf out CLEANUP(buf_release) = BUF_INIT;
	const struct registry *r = modules_registry();
	const struct entity *e = n ? registry_entity(r, words[0]) : NULL;
	if (n && !e)
		return command_usage("there is no record called %s; merit describe lists them", words[0]);
	if (pages)
		list_pages(&out);
	else if (names)
		describe_ledger_names(r, &out);
	else if (e)
		describe_entity(e, json, &out);
	else if (json)
		list_json(r, &out);
	else
		list(r, &out);
	if (e && json)
		buf_char(&out, '\n');
	return command_out(&out);
}

const struct command describe_command = {
	.name = "describe",
	.usage = "describe [RECORD | --pages] [--json]",
	.help = "Tells which records there are, or what each column of one holds.",
	.example = "merit describe rating",
	.options = options,
	.least = 0,
	.most = 1,
	.run = run,
};
