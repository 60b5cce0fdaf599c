/* part_value.c - a value as people read it, and a record by its name. */
#include "entity/type.h"
#include "face/inside.h"
#include "policy/rules.h"

/* ---- names of records ---- */
struct name_kept {
	struct name_kept *next;
	const struct entity *e;
	int64_t id;
	struct str name, key, address;
};

static int name_field(const struct entity *e)
{
	int f = entity_field(e, "name");
	return f >= 0 ? f : entity_field(e, "title");
}

/* The version that holds, else the last one believed: something closed still has its name. */
static enum err version(struct ctx *c, const struct entity *e, int64_t id, struct moment at, struct record **ret)
{
	struct query q = { .entity = e, .owner = id, .at = { .position = at.position }, .extent = BELIEVED };
	struct record **rows;
	size_t n;
	enum err found = read_thing(c, e, id, at, ret);
	if (found != E_MISSING)
		return found;
	TRY(read_all(c, &q, &rows, &n));
	if (!n)
		return E_MISSING;
	*ret = rows[n - 1];
	return E_OK;
}

enum err part_name(struct ctx *c, const struct entity *e, int64_t id, struct moment at, struct str *ret)
{
	int f = name_field(e);
	struct record *r;
	if (f >= 0) {
		TRY(version(c, e, id, at, &r));
		if (r->v[f].set) {
			*ret = r->v[f].t;
			return E_OK;
		}
	}
	return key_text(c, e, id, at.position, ret);
}

static const struct name_kept *kept(struct request *q, const struct entity *e, int64_t id)
{
	struct drawing *d = drawing_of(q);
	struct moment now = AS_OF_NOW;
	bool closed;
	for (struct name_kept *k = d->names; k; k = k->next)
		if (k->e == e && k->id == id)
			return k;
	struct name_kept *k = ARENA_NEW(q->arena, struct name_kept);
	*k = (struct name_kept){ .next = d->names, .e = e, .id = id };
	d->names = k;
	if (face_may_see(q, e, id, &closed) != E_OK)
		return k;
	/* What has lost its words is shown by its address alone. */
	if (part_name(q->c, e, id, now, &k->name) != E_OK || key_text(q->c, e, id, 0, &k->key) != E_OK)
		k->name = str_of(arena_printf(q->arena, "%lld", (long long)id));
	k->address = face_address(q, e, id);
	return k;
}

void part_record(struct request *q, const struct entity *e, int64_t id, bool under)
{
	struct html *h = &q->html;
	const struct name_kept *k = kept(q, e, id);
	if (!k->name.n) {
		HTML(h, "<span class=\"source\">");
		html_say(h, N_("outside your office"));
		HTML(h, "</span>");
		return;
	}
	if (k->address.n) {
		HTML(h, "<a");
		html_attr(h, "href", k->address);
		HTML(h, ">");
	}
	html_text(h, k->name);
	if (k->address.n)
		HTML(h, "</a>");
	if (!under || !k->key.n || str_eq(k->key, k->name))
		return;
	HTML(h, " <span class=\"under\">");
	html_text(h, k->key);
	HTML(h, "</span>");
}

struct str part_record_name(struct request *q, const struct entity *e, int64_t id)
{
	return kept(q, e, id)->name;
}

/* ---- values ---- */
struct str part_code(struct request *q, int64_t number)
{
	const struct codes *codes = q->c->codes;
	struct str label = { 0 };
	if (codes->label)
		label = codes->label(codes->arg, number, lang_tag(q->lang));
	return label.n ? label : codes->text(codes->arg, number);
}

struct str part_label(struct request *q, const char *of, struct str code)
{
	const struct codes *codes = q->c->codes;
	int64_t number = codes->number(codes->arg, of, code);
	return number ? part_code(q, number) : code;
}

struct str part_source(struct request *q, struct str text)
{
	return policy_words(q->c->policy, q->lang, text);
}

const char *part_word(struct request *q, const struct field *f, int64_t number)
{
	struct str word = enum_word(f, number);
	return SAY(q, word.n && f->said ? f->said[number] : terminated(q, word));
}

static void text_said(struct request *q, const struct field *f, const struct value *v)
{
	CLEANUP(buf_release) struct buf b = BUF_INIT;
	value_text(q->c, f, v, &b);
	html_text(&q->html, (struct str){ b.p, b.n });
}

static void month_said(struct request *q, date d)
{
	CLEANUP(buf_release) struct buf b = BUF_INIT;
	say_date(q->lang, d, &b);
	/* Without the day, which is always the first. */
	const char *gap = b.n ? memchr(b.p, ' ', b.n) : NULL;
	size_t skip = gap ? (size_t)(gap - b.p) + 1 : 0;
	html_text(&q->html, (struct str){ b.p + skip, b.n - skip });
}

static void note_said(struct request *q, struct str s)
{
	HTML(&q->html, "<span class=\"long\">");
	html_text(&q->html, s);
	HTML(&q->html, "</span>");
}

static void money_said(struct request *q, const struct value *v)
{
	say_decimal(q->lang, v->i, 2, q->html.out);
	HTML(&q->html, " ");
	html_text(&q->html, q->c->codes->text(q->c->codes->arg, v->j));
}

void part_value(struct request *q, const struct field *f, const struct value *v, bool may_closed)
{
	struct html *h = &q->html;
	if ((f->flags & CONFIDENTIAL) && !may_closed) {
		part_closed(q);
		return;
	}
	if (!v->set)
		return;
	const struct entity *refers = field_refers(q->c->registry, f);
	if (refers) {
		part_record(q, refers, v->i, false);
		return;
	}
	switch (f->type) {
	case T_INT:
		/* A year is no quantity. */
		if (f->flags & YEAR_END)
			text_said(q, f, v);
		else
			html_int(h, v->i);
		break;
	case T_PERCENT:
		html_percent(h, v->i);
		break;
	case T_MONEY:
		money_said(q, v);
		break;
	case T_DATE:
		html_date_short(h, (date)v->i);
		break;
	case T_MONTH:
		month_said(q, (date)v->i);
		break;
	case T_BOOL:
		html_say(h, v->i ? N_("yes") : N_("no"));
		break;
	case T_ENUM:
		html_cstr(h, part_word(q, f, v->i));
		break;
	case T_PACK:
		html_text(h, part_code(q, v->i));
		break;
	case T_NOTE:
		note_said(q, v->t);
		break;
	case T_CODE:
	case T_TEXT:
	case T_NAMES:
	case T_REF:
	case T_PERSON:
	case T_COUNT:
		text_said(q, f, v);
		break;
	}
}
