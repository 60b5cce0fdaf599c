/* json_parts.c - where the parts of a large JSON object begin and end. */
#include "ledger/json_parts.h"

#include <errno.h>
#include <string.h>

static void step(struct json_parts *p)
{
	p->line += p->next == '\n';
	p->next = getc_unlocked(p->in);
}

static void keep(struct json_parts *p)
{
	buf_char(&p->text, (char)p->next);
	step(p);
}

static void skip_space(struct json_parts *p)
{
	while (p->next == ' ' || p->next == '\t' || p->next == '\n' || p->next == '\r')
		step(p);
}

static enum err refuse(struct json_parts *p)
{
	if (ferror(p->in))
		return FAULT("the file cannot be read: %s; check the disk", strerror(errno));
	return E_INVALID;
}

static enum err expect(struct json_parts *p, int c)
{
	skip_space(p);
	if (p->next != c)
		return refuse(p);
	step(p);
	return E_OK;
}

static enum err take_string(struct json_parts *p)
{
	keep(p);
	while (p->next != '"') {
		if (p->next == '\\')
			keep(p);
		if (p->next == EOF)
			return refuse(p);
		keep(p);
	}
	keep(p);
	return E_OK;
}

/* A number, true, false or null: up to what cannot be of it. */
static enum err take_word(struct json_parts *p)
{
	while (p->next != EOF && !strchr(",:]}[{\" \t\r\n", p->next))
		keep(p);
	return p->text.n ? E_OK : refuse(p);
}

static enum err take_nested(struct json_parts *p)
{
	size_t depth = 0;
	do {
		if (p->next == EOF)
			return refuse(p);
		if (p->next == '"') {
			TRY(take_string(p));
			continue;
		}
		depth += p->next == '{' || p->next == '[';
		depth -= p->next == '}' || p->next == ']';
		keep(p);
	} while (depth);
	return E_OK;
}

static enum err take_value(struct json_parts *p)
{
	buf_reset(&p->text);
	skip_space(p);
	if (p->next == '"')
		return take_string(p);
	return p->next == '{' || p->next == '[' ? take_nested(p) : take_word(p);
}

/* Before each part but the first stands a comma; *ret_more false: `end` instead. */
static enum err next_part(struct json_parts *p, int end, bool *ret_more)
{
	bool first = p->first;
	p->first = false;
	skip_space(p);
	*ret_more = p->next != end;
	if (!*ret_more)
		step(p);
	else if (!first)
		return expect(p, ',');
	return E_OK;
}

enum err parts_begin(struct json_parts *p, FILE *in)
{
	p->in = in;
	p->line = 1;
	p->next = ' ';
	p->first = true;
	rewind(in);
	return expect(p, '{');
}

enum err parts_member(struct json_parts *p, bool *ret_more)
{
	TRY(next_part(p, '}', ret_more));
	if (!*ret_more) {
		skip_space(p);
		return p->next == EOF && !ferror(p->in) ? E_OK : refuse(p);
	}
	skip_space(p);
	if (p->next != '"')
		return refuse(p);
	TRY(take_value(p));
	return expect(p, ':');
}

enum err parts_value(struct json_parts *p)
{
	return take_value(p);
}

enum err parts_list(struct json_parts *p, bool *ret)
{
	skip_space(p);
	*ret = p->next == '[';
	if (*ret) {
		step(p);
		p->first = true;
	}
	return E_OK;
}

enum err parts_item(struct json_parts *p, bool *ret_more)
{
	TRY(next_part(p, ']', ret_more));
	return *ret_more ? take_value(p) : E_OK;
}

void parts_release(struct json_parts *p)
{
	buf_release(&p->text);
}
