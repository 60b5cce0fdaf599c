/* seal_form.c - the words for what stands in a seal. */
#include "decision/inside.h"

const char *seal_form_value(enum judge_value v)
{
	static const char *const texts[] = { [V_NONE] = "none",
					     [V_MONTHS] = "months",
					     [V_CODE] = "code",
					     [V_PERCENTS] = "percents",
					     [V_NUMBER] = "number" };
	return texts[v];
}

const char *seal_form_type(enum input_type t)
{
	static const char *const texts[] = {
		[I_NUMBER] = "number", [I_DAY] = "day", [I_CODE] = "code", [I_PERCENT] = "percent", [I_FLAG] = "flag"
	};
	return texts[t];
}

const char *seal_form_value_of(const struct seal_form_criterion *k, int32_t which, char space[static 64])
{
	const char *word = k->of, *end = strchr(word, ' ');
	for (; end && which != NONE && which > 0; which--) {
		word = end + 1;
		end = strchr(word, ' ');
	}
	snprintf(space, 64, "%.*s", end ? (int)(end - word) : (int)strlen(word), word);
	return space;
}
