/* type_code.c - what is looked up: other records, codes of the rules, money in a currency of theirs. */
#include "entity/type_inside.h"

#include "base/json.h"
#include "base/number.h"
#include "entity/ctx.h"
#include "entity/read.h"

static const char *type_ref_word(const struct reading *r)
{
	return r->c ? entity_word(r->c->problems, r->field->ref) : r->field->ref->name;
}

bool type_ref_parse(const struct reading *r, struct value *ret)
{
	enum err e = key_find(r->c, r->field->ref, r->text, &ret->i);
	if (e == E_OK)
		return true;
	if (e != E_MISSING)
		return type_wrong(r, "it could not be looked up (%s); try again", fault_text());
	struct buf quoted CLEANUP(buf_release) = BUF_INIT;
	const char *what = type_ref_word(r);
	type_quote(&quoted, r->text);
	return type_wrong(r, "there is no %s %s; bring in the %s first or correct the code", what, buf_str(&quoted),
			  what);
}

bool type_ref_fits(const struct reading *r, const struct value *v)
{
	return v->i > 0 || type_wrong(r, "it is the number of no %s; choose one", type_ref_word(r));
}

void type_ref_text(struct ctx *c, const struct field *f, const struct value *v, struct buf *out)
{
	struct str s = { 0 };
	if (key_text(c, f->ref, v->i, 0, &s) != E_OK)
		buf_int(out, v->i);
	buf_add(out, s.p, s.n);
}

/* ---- codes of the rules */

static bool pack_refuse(const struct reading *r, const char *of, struct str code)
{
	struct buf quoted CLEANUP(buf_release) = BUF_INIT, day CLEANUP(buf_release) = BUF_INIT;
	struct buf list CLEANUP(buf_release) = BUF_INIT;
	type_quote(&quoted, code);
	say_date(r->lang, r->on, &day);
	if (day.n)
		(void)type_wrong(r, "%s is not in the table %s on %s", buf_str(&quoted), of, buf_str(&day));
	else
		(void)type_wrong(r, "%s is not in the table %s", buf_str(&quoted), of);
	buf_text(r->wrong, "; ");
	r->c->codes->list(r->c->codes->arg, of, r->on, &list);
	if (list.n)
		return type_wrong(r, "use one of %s", buf_str(&list));
	return type_wrong(r, "load rules that have this table");
}

static int64_t pack_number(const struct reading *r, const char *of, struct str code)
{
	const struct codes *k = r->c->codes;
	int64_t n = k->number(k->arg, of, code);
	const char *reason;
	/* A word that an office writes for one of the rules' codes is that code. */
	if (n == 0 && k->synonym)
		n = k->synonym(k->arg, of, code, &reason);
	return n;
}

bool type_pack_parse(const struct reading *r, struct value *ret)
{
	ret->i = pack_number(r, r->field->of, r->text);
	return ret->i != 0 || pack_refuse(r, r->field->of, r->text);
}

static bool pack_is(const struct reading *r, const char *of, int64_t number)
{
	const struct codes *k = r->c->codes;
	struct str code = k->text(k->arg, number);
	if (code.n && k->number(k->arg, of, code) == number &&
	    (r->on == DATE_NONE || k->valid(k->arg, of, number, r->on)))
		return true;
	return pack_refuse(r, of, code.n ? code : STR("?"));
}

bool type_pack_fits(const struct reading *r, const struct value *v)
{
	return pack_is(r, r->field->of, v->i);
}

void type_pack_text(struct ctx *c, const struct field *f, const struct value *v, struct buf *out)
{
	(void)f;
	struct str s = c->codes->text(c->codes->arg, v->i);
	buf_add(out, s.p, s.n);
}

void type_pack_canonical(const struct codes *codes, const struct field *f, const struct value *v, struct json *j)
{
	(void)f;
	json_str(j, codes->text(codes->arg, v->i));
}

/* ---- money: "1500000 IDR", at most two decimals; the smallest unit is a hundredth */

static const char *currency_table(const struct field *f)
{
	return f->of ? f->of : "currency";
}

bool type_money_parse(const struct reading *r, struct value *ret)
{
	const char *blank = memchr(r->text.p, ' ', r->text.n);
	size_t n = blank ? (size_t)(blank - r->text.p) : r->text.n;
	struct str currency = str_trim((struct str){ r->text.p + n, r->text.n - n });
	if (!decimal_parse((struct str){ r->text.p, n }, 2, &ret->i) || currency.n == 0)
		return type_refuse(r, N_("is not an amount with its currency; write it like 1500000 IDR"));
	ret->j = pack_number(r, currency_table(r->field), currency);
	return ret->j != 0 || pack_refuse(r, currency_table(r->field), currency);
}

bool type_money_fits(const struct reading *r, const struct value *v)
{
	return pack_is(r, currency_table(r->field), v->j);
}

void type_money_text(struct ctx *c, const struct field *f, const struct value *v, struct buf *out)
{
	decimal_add(out, v->i, 2);
	buf_char(out, ' ');
	type_pack_text(c, f, &(struct value){ .i = v->j }, out);
}

void type_money_canonical(const struct codes *codes, const struct field *f, const struct value *v, struct json *j)
{
	json_object(j);
	json_key(j, "amount");
	json_int(j, v->i);
	json_key(j, "currency");
	type_pack_canonical(codes, f, &(struct value){ .i = v->j }, j);
	json_object_end(j);
}
