/* yaml_fuzz.c - any bytes as a pack's YAML: a tree or a problem with its place, never anything else. */
#include "policy/yaml.h"

#include <stdint.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

/* Every node's texts are whole and every place lies inside the file. */
static void walk(const struct yaml *y, unsigned depth, size_t lines)
{
	if (depth > YAML_DEPTH + 1 || y->where.row == 0 || y->where.row > lines ||
	    strlen(y->key.p ? y->key.p : "") > y->key.n)
		bug("a node of depth %u in line %zu", depth, y->where.row);
	for (size_t i = 0; i < y->n; i++)
		walk(&y->items[i], depth + 1, lines);
}

static size_t lines_of(const uint8_t *bytes, size_t n)
{
	size_t lines = 2; /* the end may stand in the line after the last */
	for (size_t i = 0; i < n; i++)
		lines += bytes[i] == '\n' || bytes[i] == '\r' || bytes[i] >= 0x80; /* NEL, LS and PS break lines too */
	return lines;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	CLEANUP(arena_release) struct arena a = ARENA_INIT;
	CLEANUP(problems_release) struct problems p = PROBLEMS_INIT;
	const struct yaml *y = NULL;
	if (yaml_read("f.yaml", (struct str){ (const char *)bytes, n }, &a, &p, &y) == E_OK)
		walk(y, 0, lines_of(bytes, n));
	else if (p.count == 0 || !p.list[0].todo[0])
		bug("refused without saying why and what to do");
	return 0;
}
