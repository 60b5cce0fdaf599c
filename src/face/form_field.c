/* form_field.c - a field of an entity as a control: codes as choices, references looked up by key. */
#include "entity/type.h"
#include "face/inside.h"

#define MOST_CHOICES 400 /* of a table of the rules; longer ones are typed */
#define FEW 5            /* so many stand side by side, more in a list */

static struct str copied(struct request *q, struct str s)
{
	return (struct str){ terminated(q, s), s.n };
}

const char *column_words(struct request *q, const char *column)
{
	char *s = arena_copy(q->arena, column);
	for (char *p = s; *p; p++)
		if (*p == '_')
			*p = ' ';
	if (*s >= 'a' && *s <= 'z')
		*s = (char)(*s - 'a' + 'A');
	return s;
}

/* ---- choices ---- */
static void code_choices(struct request *q, const struct field *f, const struct value *now, date on,
			 struct control_ask *a)
{
	const struct codes *codes = q->c->codes;
	int64_t numbers[MOST_CHOICES + 1];
	size_t n = codes->choices ? codes->choices(codes->arg, f->of, on, numbers, MOST_CHOICES) : 0;
	bool there = !now->set;
	if (!n || n >= MOST_CHOICES)
		return;
	for (size_t i = 0; i < n && !there; i++)
		there = numbers[i] == now->i;
	/* What stands but is no longer in the rules is still offered: else saving anything would change it. */
	if (!there)
		numbers[n++] = now->i;
	struct choice *list = ARENA_ARRAY(q->arena, struct choice, n);
	for (size_t i = 0; i < n; i++)
		list[i] = (struct choice){ codes->text(codes->arg, numbers[i]), part_code(q, numbers[i]) };
	a->kind = C_CHOICE;
	a->choices = list;
	a->nchoices = n;
}

static void word_choices(struct request *q, const struct field *f, struct control_ask *a)
{
	size_t n = 0;
	while (enum_word(f, (int64_t)n).n)
		n++;
	struct choice *list = ARENA_ARRAY(q->arena, struct choice, n);
	for (size_t i = 0; i < n; i++)
		list[i] = (struct choice){ copied(q, enum_word(f, (int64_t)i)), str_of(part_word(q, f, (int64_t)i)) };
	a->kind = n > FEW || drawing_of(q)->form.get ? C_CHOICE : C_RADIO;
	a->choices = list;
	a->nchoices = n;
}

static void yes_or_no(struct request *q, const struct field *f, struct control_ask *a)
{
	struct choice *list = ARENA_ARRAY(q->arena, struct choice, 3);
	list[0] = (struct choice){ STR("true"), str_of(SAY(q, N_("yes"))) };
	list[1] = (struct choice){ STR("false"), str_of(SAY(q, N_("no"))) };
	list[2] = (struct choice){ STR(""), str_of(SAY(q, N_("not stated"))) };
	bool filter = drawing_of(q)->form.get;
	a->kind = filter ? C_CHOICE : C_RADIO;
	a->choices = list;
	a->nchoices = a->required || f->empty_as || filter ? 2 : 3;
}

/* ---- one field ---- */
static const char *hint_of(const struct field *f)
{
	if (f->help)
		return f->help;
	switch (f->type) {
	case T_REF:
		return N_("Its code, as lists show it.");
	case T_PERSON:
		return N_("The staff number, old or new.");
	case T_MONEY:
		return N_("Amount and currency, such as 1250000 IDR.");
	case T_PERCENT:
		return N_("From 0 to 100, such as 79.5.");
	default:
		return NULL;
	}
}

static enum control plain_control(enum type t)
{
	switch (t) {
	case T_NOTE:
	case T_NAMES:
		return C_NOTE;
	case T_INT:
	case T_PERCENT:
		return C_NUMBER;
	case T_DATE:
		return C_DATE;
	case T_MONTH:
		return C_MONTH;
	case T_REF:
	case T_PERSON:
		return C_LOOKUP;
	default:
		return C_TEXT;
	}
}

static struct str value_shown(struct request *q, const struct field *f, const struct value *v)
{
	CLEANUP(buf_release) struct buf b = BUF_INIT;
	if (v->set)
		value_text(q->c, f, v, &b);
	return !v->set && f->empty_as ? str_of(f->empty_as) : text_of(q, &b);
}

static void suggestion(struct request *q, struct str key, struct str words)
{
	HTML(&q->html, "<li><strong>");
	html_text(&q->html, key);
	HTML(&q->html, "</strong> ");
	html_text(&q->html, words);
	HTML(&q->html, "</li>");
}

void form_suggest(struct request *q, const struct entity *of, const char *name)
{
	struct str typed, words, key;
	int64_t ids[8], id;
	size_t n = 0, shown = 0;
	bool more;
	if (!request_posted(q) || !form_typed(q, name, &typed) || !typed.n ||
	    key_find(q->c, of, typed, &id) != E_MISSING ||
	    face_search(q, of, typed, ids, COUNT(ids), &n, &more) != E_OK)
		return;
	for (size_t i = 0; i < n; i++) {
		if (part_name(q->c, of, ids[i], AS_OF_NOW, &words) != E_OK ||
		    key_text(q->c, of, ids[i], 0, &key) != E_OK)
			continue;
		if (shown++ == 0) {
			HTML(&q->html, "<div class=\"hint\"><p>");
			html_say(&q->html, N_("Did you mean one of these? Write its code:"));
			HTML(&q->html, "</p><ul>");
		}
		suggestion(q, key, words);
	}
	if (shown)
		HTML(&q->html, "</ul></div>");
}

void form_field(struct request *q, const struct record *r, int field, date on)
{
	const struct field *f = &r->entity->fields[field];
	struct control_ask a = {
		.name = f->name,
		.label = f->label,
		.hint = hint_of(f),
		.kind = plain_control(f->type),
		.value = value_shown(q, f, &r->v[field]),
		.required = (f->flags & REQUIRED) != 0,
		.most = f->type == T_NAMES ? 0 : (int)field_longest(f),
	};
	if (f->type == T_PACK)
		code_choices(q, f, &r->v[field], on, &a);
	else if (f->type == T_ENUM)
		word_choices(q, f, &a);
	else if (f->type == T_BOOL)
		yes_or_no(q, f, &a);
	form_control(q, &a);
	if (f->type == T_REF || f->type == T_PERSON)
		form_suggest(q, f->ref, f->name);
}
