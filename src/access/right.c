/* right.c - the words of the rights. */
#include "access/right.h"

#include "base/attr.h"
#include "base/text.h"

static const char *const codes[] = {
#define X(name, code, words) code,
	RIGHTS(X)
#undef X
};
static const char *const texts[] = {
#define X(name, code, words) N_(words),
	RIGHTS(X)
#undef X
};

const char *right_words(int number)
{
	return number >= 0 && number < RIGHT_COUNT ? texts[number] : NULL;
}

const char *right_code(int number)
{
	return number >= 0 && number < RIGHT_COUNT ? codes[number] : NULL;
}
