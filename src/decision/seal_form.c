/* seal_form.c - what a seal holds of everybody: its columns and criteria, their order and their words. */
#include "base/json.h"
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

void seal_form_columns_add(const struct seal_form *f, const char *key, bool of_all, struct json *j)
{
	json_key(j, key);
	json_array(j);
	for (size_t i = 0; i < f->ncolumns; i++) {
		const struct input_column *c = &f->columns[i];
		json_object(j);
		json_member_bool(j, "confidential", c->confidential);
		json_member_text(j, "name", c->name);
		if (c->type == I_CODE || of_all)
			json_member_text(j, "of", c->type == I_CODE ? c->of : "");
		json_member_text(j, "type", seal_form_type(c->type));
		json_object_end(j);
	}
	json_array_end(j);
}

static int by_name(const void *a, const void *b, void *arg)
{
	const struct seal_form *f = arg;
	return strcmp(f->criteria[*(const size_t *)a].name, f->criteria[*(const size_t *)b].name);
}

void seal_form_sort(struct seal_form *f, struct arena *a)
{
	f->by_name = ARENA_ARRAY(a, size_t, f->ncriteria + 1);
	for (size_t i = 0; i < f->ncriteria; i++)
		f->by_name[i] = i;
	qsort_r(f->by_name, f->ncriteria, sizeof *f->by_name, by_name, f);
}
