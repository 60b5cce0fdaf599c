/* yaml.c - libyaml's events as a small tree; what packs may not hold is refused with its place. */
#include "policy/yaml.h"

#include "base/map.h"

#include <yaml.h>

struct reading {
	yaml_parser_t parser;
	const char *file;
	struct arena *arena;
	struct problems *problems;
};

static struct place place_of(const struct reading *r, yaml_mark_t m)
{
	return (struct place){ .file = r->file, .row = m.line + 1, .at = m.column + 1 };
}

static enum err refuse(struct reading *r, yaml_mark_t m, const char *what)
{
	place_problem(r->problems, place_of(r, m), "%s", what);
	return E_INVALID;
}

static enum err next(struct reading *r, yaml_event_t *ret)
{
	if (yaml_parser_parse(&r->parser, ret))
		return E_OK;
	const char *why = r->parser.problem ? r->parser.problem : "it cannot be understood";
	yaml_mark_t at = r->parser.error == YAML_READER_ERROR ? r->parser.mark : r->parser.problem_mark;
	place_problem(r->problems, place_of(r, at),
		      "this is not YAML as packs are written (%s); mend the indentation, the colon or the quotes here",
		      why);
	return E_INVALID;
}

static struct str keep(struct reading *r, const unsigned char *p, size_t n)
{
	return (struct str){ arena_text(r->arena, (const char *)p, n), n };
}

#define NO_ANCHOR "anchors and aliases are not read; write the value out"
#define NO_TAG "tags are not read; write the value without one"
#define NO_FLOW "braces and brackets are not read; write one key or one \"- item\" a line"

static enum err check_plain(struct reading *r, const yaml_event_t *e, const unsigned char *anchor,
			    const unsigned char *tag)
{
	if (anchor)
		return refuse(r, e->start_mark, NO_ANCHOR);
	if (tag)
		return refuse(r, e->start_mark, NO_TAG);
	return E_OK;
}

static enum err read_node(struct reading *r, yaml_event_t *e, unsigned depth, struct yaml *ret);

static enum err read_text(struct reading *r, const yaml_event_t *e, struct yaml *ret)
{
	TRY(check_plain(r, e, e->data.scalar.anchor, e->data.scalar.tag));
	ret->kind = YAML_TEXT;
	ret->text = keep(r, e->data.scalar.value, e->data.scalar.length);
	for (size_t i = 0; i < ret->text.n; i++) {
		unsigned char c = (unsigned char)ret->text.p[i];
		if ((c < ' ' && c != '\t' && c != '\n') || c == 0x7f)
			return refuse(r, e->start_mark, "the text holds a control character; remove it");
	}
	return E_OK;
}

static void finish(struct reading *r, struct buf *items, struct yaml *ret)
{
	ret->n = items->n / sizeof(struct yaml);
	struct yaml *list = ARENA_ARRAY(r->arena, struct yaml, ret->n ? ret->n : 1);
	if (ret->n)
		memcpy(list, items->p, items->n);
	ret->items = list;
}

static enum err read_list(struct reading *r, const yaml_event_t *e, unsigned depth, struct yaml *ret)
{
	TRY(check_plain(r, e, e->data.sequence_start.anchor, e->data.sequence_start.tag));
	if (e->data.sequence_start.style == YAML_FLOW_SEQUENCE_STYLE)
		return refuse(r, e->start_mark, NO_FLOW);
	CLEANUP(buf_release) struct buf items = BUF_INIT;
	ret->kind = YAML_LIST;
	for (;;) {
		CLEANUP(yaml_event_delete) yaml_event_t item = { 0 };
		TRY(next(r, &item));
		if (item.type == YAML_SEQUENCE_END_EVENT)
			break;
		struct yaml x = { .where = place_of(r, item.start_mark) };
		TRY(read_node(r, &item, depth + 1, &x));
		buf_add(&items, &x, sizeof(x));
	}
	finish(r, &items, ret);
	return E_OK;
}

static enum err read_key(struct reading *r, const yaml_event_t *e, struct map *seen, struct yaml *ret)
{
	if (e->type == YAML_ALIAS_EVENT)
		return refuse(r, e->start_mark, NO_ANCHOR);
	if (e->type != YAML_SCALAR_EVENT)
		return refuse(r, e->start_mark, "a key is one word; write it before a colon");
	struct yaml key = { 0 };
	TRY(read_text(r, e, &key));
	if (key.text.n == 0)
		return refuse(r, e->start_mark, "a key is empty; write its name before the colon");
	ret->key = key.text;
	ret->where = place_of(r, e->start_mark);
	int64_t line = 0;
	if (!map_add(seen, key.text, (int64_t)ret->where.row, &line))
		place_problem(r->problems, ret->where, "the key %s stands already in line %lld; keep one of the two",
			      key.text.p, (long long)line);
	return E_OK;
}

static enum err read_map(struct reading *r, const yaml_event_t *e, unsigned depth, struct yaml *ret)
{
	TRY(check_plain(r, e, e->data.mapping_start.anchor, e->data.mapping_start.tag));
	if (e->data.mapping_start.style == YAML_FLOW_MAPPING_STYLE)
		return refuse(r, e->start_mark, NO_FLOW);
	CLEANUP(buf_release) struct buf items = BUF_INIT;
	CLEANUP(map_free_p) struct map *seen = map_new();
	ret->kind = YAML_MAP;
	for (;;) {
		CLEANUP(yaml_event_delete) yaml_event_t key = { 0 }, value = { 0 };
		TRY(next(r, &key));
		if (key.type == YAML_MAPPING_END_EVENT)
			break;
		struct yaml x = { 0 };
		TRY(read_key(r, &key, seen, &x));
		TRY(next(r, &value));
		TRY(read_node(r, &value, depth + 1, &x));
		buf_add(&items, &x, sizeof(x));
	}
	finish(r, &items, ret);
	return E_OK;
}

static enum err read_node(struct reading *r, yaml_event_t *e, unsigned depth, struct yaml *ret)
{
	if (depth > YAML_DEPTH)
		return refuse(r, e->start_mark, "this is nested too deep; at most 32 levels are read");
	switch ((int)e->type) {
	case YAML_SCALAR_EVENT:
		return read_text(r, e, ret);
	case YAML_SEQUENCE_START_EVENT:
		return read_list(r, e, depth, ret);
	case YAML_MAPPING_START_EVENT:
		return read_map(r, e, depth, ret);
	default:
		return refuse(r, e->start_mark, NO_ANCHOR);
	}
}

static enum err read_start(struct reading *r)
{
	CLEANUP(yaml_event_delete) yaml_event_t stream = { 0 }, document = { 0 };
	TRY(next(r, &stream));
	TRY(next(r, &document));
	if (document.type == YAML_STREAM_END_EVENT)
		return refuse(r, document.start_mark, "the file says nothing; write its keys");
	if (document.data.document_start.version_directive ||
	    document.data.document_start.tag_directives.start != document.data.document_start.tag_directives.end)
		return refuse(r, document.start_mark, "directives are not read; remove the line that begins with %");
	return E_OK;
}

static enum err read_end(struct reading *r)
{
	CLEANUP(yaml_event_delete) yaml_event_t document = { 0 }, stream = { 0 };
	TRY(next(r, &document));
	TRY(next(r, &stream));
	if (stream.type != YAML_STREAM_END_EVENT)
		return refuse(r, stream.start_mark, "a second document begins; put it into a file of its own");
	return E_OK;
}

static enum err read_all(struct reading *r, struct yaml *ret)
{
	TRY(read_start(r));
	CLEANUP(yaml_event_delete) yaml_event_t root = { 0 };
	TRY(next(r, &root));
	ret->where = place_of(r, root.start_mark);
	TRY(read_node(r, &root, 1, ret));
	return read_end(r);
}

static bool check_encoding(const char *file, struct str bytes, struct problems *p)
{
	size_t bad = text_utf8_bad(bytes), line = 1;
	if (bad == bytes.n)
		return true;
	for (size_t i = 0; i < bad; i++)
		line += bytes.p[i] == '\n';
	place_problem(p, (struct place){ .file = file, .row = line }, "this is not UTF-8; save the file as UTF-8");
	return false;
}

enum err yaml_read(const char *file, struct str bytes, struct arena *a, struct problems *p, const struct yaml **ret)
{
	size_t before = p->count;
	if (!check_encoding(file, bytes, p))
		return E_INVALID;
	if (bytes.n >= 3 && memcmp(bytes.p, "\xef\xbb\xbf", 3) == 0)
		bytes = (struct str){ bytes.p + 3, bytes.n - 3 };
	struct reading r = { .file = arena_copy(a, file), .arena = a, .problems = p };
	if (!yaml_parser_initialize(&r.parser))
		return FAULT("no memory to read %s", file);
	yaml_parser_set_encoding(&r.parser, YAML_UTF8_ENCODING);
	yaml_parser_set_input_string(&r.parser, (const unsigned char *)(bytes.n ? bytes.p : ""), bytes.n);
	struct yaml *root = ARENA_NEW(a, struct yaml);
	enum err e = read_all(&r, root);
	yaml_parser_delete(&r.parser);
	TRY(e);
	if (p->count != before)
		return E_INVALID;
	*ret = root;
	return E_OK;
}

const struct yaml *yaml_get(const struct yaml *map, const char *key)
{
	if (!map || map->kind != YAML_MAP)
		return NULL;
	for (size_t i = 0; i < map->n; i++)
		if (str_is(map->items[i].key, key))
			return &map->items[i];
	return NULL;
}

struct str yaml_text(const struct yaml *map, const char *key)
{
	const struct yaml *x = yaml_get(map, key);
	return x && x->kind == YAML_TEXT ? x->text : (struct str){ 0 };
}
