/* rules_pages.c - the pages that show the rules, joined. */
#include "face/rules_page.h"

#include <pthread.h>

static const struct page *const each[] = { &rules_page, &rules_table_page, &rules_policy_page, &rules_changes_page };
static struct page rows[COUNT(each) + 1]; /* ended by a row without path */

static void join(void)
{
	for (size_t i = 0; i < COUNT(each); i++)
		rows[i] = *each[i];
}

const struct page *rules_pages(void)
{
	static pthread_once_t once = PTHREAD_ONCE_INIT;
	pthread_once(&once, join);
	return rows;
}
