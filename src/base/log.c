/* log.c - the progress bar. */
#include "base/log.h"
#include "base/date.h"

#include <unistd.h>

#define BAR_WIDTH 30
#define BEGIN_AFTER_US 1000000
#define REDRAW_AFTER_US 100000

/* The bar belongs to the one command that runs; it is not for several threads. */
static struct {
	int64_t began, drawn;
	bool shown;
} bar;

void log_progress(const char *what, unsigned long long done, unsigned long long total)
{
	int64_t now = clock_now_us();
	if (!bar.began)
		bar.began = now;
	if (now - bar.began < BEGIN_AFTER_US || now - bar.drawn < REDRAW_AFTER_US || !total || !isatty(STDERR_FILENO))
		return;
	unsigned long long part = done >= total ? 1000 : (unsigned long long)((double)done / (double)total * 1000);
	char cells[BAR_WIDTH + 1];
	for (unsigned long long i = 0; i < BAR_WIDTH; i++)
		cells[i] = i * 1000 < part * BAR_WIDTH ? '#' : '.';
	cells[BAR_WIDTH] = 0;
	fprintf(stderr, "\r\033[K%s [%s] %llu%%", what, cells, part / 10);
	bar.drawn = now;
	bar.shown = true;
}

void log_progress_end(void)
{
	if (bar.shown)
		fputs("\r\033[K", stderr);
	bar.began = bar.drawn = 0;
	bar.shown = false;
}
