/* parts.c - what several pages of this module draw and read. */
#include "modules/duty/duty_page.h"

void rights_draw(struct request *q, right_t rights)
{
	struct html *h = &q->html;
	bool any = false;
	for (int i = 0; i < RIGHT_COUNT; i++) {
		if (!(rights >> i & 1))
			continue;
		if (any)
			HTML(h, "; ");
		html_say(h, right_words(i));
		any = true;
	}
}

enum err over_draw(struct request *q, int64_t unit)
{
	struct str name;
	if (!unit) {
		html_say(&q->html, N_("the whole service"));
		return E_OK;
	}
	enum err e = part_name(q->c, &unit_entity, unit, AS_OF_NOW, &name);
	if (e == E_OK)
		html_text(&q->html, name);
	return e == E_MISSING ? E_OK : e;
}

enum err field_key(struct request *q, const char *field, const struct entity *e, int64_t *ret)
{
	struct str key = str_trim(request_form(q, field));
	*ret = 0;
	if (!key.n)
		return E_OK;
	enum err found = key_find(q->c, e, key, ret);
	if (found != E_MISSING)
		return found;
	problem_in(q, field, "nothing is found under \"%.*s\"; look the code or the number up and type it again",
		   (int)key.n, key.p);
	return E_OK;
}

date field_day(struct request *q, const char *field, bool required)
{
	struct str text = str_trim(request_form(q, field));
	date d = DATE_NONE;
	if (!text.n && required)
		problem_in(q, field, "the day is missing; choose one");
	else if (text.n && !date_parse(text, &d))
		problem_in(q, field, "this is no day of the calendar; write it as 2008-09-30");
	return d;
}

enum err role_choices(struct request *q, struct choice **ret, size_t *ret_n)
{
	struct record **list;
	size_t n;
	TRY(read_all(q->c, &(struct query){ .entity = &user_role_entity, .at = AS_OF_NOW, .extent = HOLDING }, &list,
		     &n));
	struct choice *c = ARENA_ARRAY(q->arena, struct choice, n + 1);
	for (size_t i = 0; i < n; i++) {
		struct str words;
		TRY(role_words(q->c, list[i]->id, q->lang, &words));
		c[i].value = list[i]->code;
		c[i].label = (struct str){ arena_text(q->arena, words.p, words.n), words.n };
	}
	*ret = c;
	*ret_n = n;
	return E_OK;
}

/* ---- readings ---- */

const char *reading_what(const struct request *q, const struct record *r)
{
	struct str what = r->v[READ_WHAT].t;
	const struct entity *e = registry_entity(q->c->registry, arena_text(q->arena, what.p, what.n));
	if (e)
		return e->title;
	return str_is(what, "rise") ? N_("When the next rank is due") : N_("Confidential parts");
}

enum err reading_begin(struct request *q, const struct record *r)
{
	struct buf when CLEANUP(buf_release) = BUF_INIT;
	struct str name;
	TRY(user_name(q->c, record_get(r, READ_BY, 0), &name));
	say_instant(q->lang, q->c->zone, record_get(r, READ_AT, 0), &when);
	row_begin(q);
	cell_text(q, (struct str){ when.p, when.n });
	cell_text(q, name);
	return E_OK;
}

/* ---- letters on paper ---- */

static void line(struct request *q, const char *label, struct str value, bool code)
{
	struct html *h = &q->html;
	HTML(h, "<tr><th scope=\"row\">");
	html_say(h, label);
	HTML(h, "</th><td>");
	if (code)
		HTML(h, "<code>");
	html_text(h, value);
	if (code)
		HTML(h, "</code>");
	HTML(h, "</td></tr>");
}

void letter_draw(struct request *q, const struct letter *l)
{
	struct html *h = &q->html;
	HTML(h, "<div class=\"letter\"><p class=\"place\">");
	html_date(h, q->c->today);
	HTML(h, "</p><p class=\"to\">");
	html_text(h, l->name);
	HTML(h, "<br>");
	html_text(h, l->number);
	HTML(h, "<br>");
	html_text(h, l->unit);
	HTML(h, "</p><h2>");
	html_say(h, N_("Your way into Merit"));
	HTML(h, "</h2><p>");
	html_say(h,
		 N_("With Merit you read your own file, see when your next increment and rank are due, and say what is "
		    "wrong. Open it on any computer of the office, choose \"I have a letter\", and type these two."));
	HTML(h, "</p><table><caption class=\"hid\">");
	html_say(h, N_("Sign-in name and word"));
	HTML(h, "</caption><tbody>");
	line(q, N_("Sign-in name"), l->code, true);
	line(q, N_("Word for one use"), l->word, true);
	HTML(h, "</tbody></table><p>");
	html_say(
		h,
		N_("You are then asked for a password of your own. The word works once and for thirty days; after that "
		   "ask your personnel office for another letter. Show it to nobody: nobody of the office will ask you "
		   "for it."));
	HTML(h, "</p></div>\n");
}
