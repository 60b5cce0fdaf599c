/* yaml.h - the part of YAML that packs are written in, as a small tree that knows where each thing stands.
 *
 * Block style, mappings with plain keys, lists, texts, comments, one document. No anchors, aliases, tags, flow style,
 * directives or keys that stand twice: each is a problem with file:line:column.
 */
#ifndef MERIT_POLICY_YAML_H
#define MERIT_POLICY_YAML_H

#include "base/error.h"
#include "base/text.h"
#include "policy/place.h"

#define YAML_DEPTH 32 /* deeper nesting is refused */

enum yaml_kind { YAML_TEXT, YAML_MAP, YAML_LIST };
struct yaml {
	enum yaml_kind kind;
	struct str key;  /* in a mapping */
	struct str text; /* YAML_TEXT, as written */
	const struct yaml *items;
	size_t n;
	struct place where; /* of the key in a mapping, else of the value */
};

/* The tree lives in the arena, which also keeps `file`. E_INVALID with problems. */
MUST_CHECK enum err yaml_read(const char *file, struct str bytes, struct arena *a, struct problems *p,
			      const struct yaml **ret);
const struct yaml *yaml_get(const struct yaml *map, const char *key); /* NULL: no mapping, or no such key */
/* The text of a key; empty where the key is not there or holds no text. */
struct str yaml_text(const struct yaml *map, const char *key);

#endif
