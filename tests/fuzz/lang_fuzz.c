/* lang_fuzz.c - whatever a browser says of its languages, one of ours is chosen, and a whole one unless any will do. */
#include "base/lang.h"

#include "base/error.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

static bool ours(const struct lang *l)
{
	for (size_t i = 0; langs[i]; i++)
		if (langs[i] == l)
			return true;
	return false;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct str s = { (const char *)data, n };
	const struct lang *found = lang_find(s);
	if (!ours(lang_accepted(s, true)) || !ours(lang_accepted(s, false)) || (found && !ours(found)))
		bug("a language that is none of ours");
	return 0;
}
