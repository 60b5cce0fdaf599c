/* html.c - texts made harmless on their way into a page or an address. */
#include "base/html.h"

#include "base/error.h"
#include "base/number.h"

void html_raw(struct html *h, const char *literal, size_t n)
{
	buf_add(h->out, literal, n);
}

/* ---- escaping ---- */
/* clang-format off */
static const struct {
	unsigned char n;
	char text[7];
} escapes[256] = {
	['&']  = { 5, "&amp;" },
	['<']  = { 4, "&lt;" },
	['>']  = { 4, "&gt;" },
	['"']  = { 6, "&quot;" },
	['\''] = { 5, "&#39;" },
};
/* clang-format on */

/* Nearly all bytes of a page need nothing, so they are copied in runs. */
static void escape(struct buf *out, const char *p, size_t n)
{
	size_t from = 0;
	for (size_t i = 0; i < n; i++) {
		unsigned char c = (unsigned char)p[i];
		if (!escapes[c].n)
			continue;
		buf_add(out, p + from, i - from);
		buf_add(out, escapes[c].text, escapes[c].n);
		from = i + 1;
	}
	buf_add(out, p + from, n - from);
}

void html_text(struct html *h, struct str s)
{
	if (s.n)
		escape(h->out, s.p, s.n);
}

void html_cstr(struct html *h, const char *s)
{
	html_text(h, str_of(s));
}

void html_say(struct html *h, const char *text)
{
	html_text(h, str_of(say(h->lang, text)));
}

static bool next_is(const char **at, const char *directive)
{
	size_t n = strlen(directive);
	bool is = strncmp(*at, directive, n) == 0;
	*at += is ? n : 0;
	return is;
}

/* Not printf's: counts are grouped as the reader's language does. */
static void add_filled(struct html *h, const char *fmt, va_list ap)
{
	const char *at = fmt;
	for (const char *sign = strchr(at, '%'); sign; sign = strchr(at, '%')) {
		escape(h->out, at, (size_t)(sign - at));
		at = sign;
		if (next_is(&at, "%s")) {
			html_cstr(h, va_arg(ap, const char *));
		} else if (next_is(&at, "%.*s")) {
			int n = va_arg(ap, int);
			html_text(h, (struct str){ va_arg(ap, const char *), (size_t)n });
		} else if (next_is(&at, "%lld")) {
			say_int(h->lang, va_arg(ap, long long), h->out);
		} else if (next_is(&at, "%zu")) {
			say_int(h->lang, (int64_t)va_arg(ap, size_t), h->out);
		} else if (next_is(&at, "%d")) {
			buf_int(h->out, va_arg(ap, int));
		} else if (next_is(&at, "%u")) {
			buf_int(h->out, va_arg(ap, unsigned));
		} else if (next_is(&at, "%%")) {
			buf_char(h->out, '%');
		} else {
			bug("a text of the form %s", fmt);
		}
	}
	escape(h->out, at, strlen(at));
}

void html_sayf(struct html *h, const char *fmt, ...)
{
	va_list ap;
	va_start(ap, fmt);
	add_filled(h, say(h->lang, fmt), ap);
	va_end(ap);
}

void html_int(struct html *h, int64_t v)
{
	say_int(h->lang, v, h->out);
}

void html_percent(struct html *h, int64_t hundredths)
{
	say_percent(h->lang, hundredths, h->out);
}

void html_months(struct html *h, int64_t months)
{
	CLEANUP(buf_release) struct buf words = BUF_INIT;
	say_months(h->lang, months, &words);
	escape(h->out, words.p, words.n);
}

static void add_time(struct html *h, date d, void (*words)(const struct lang *l, date d, struct buf *out))
{
	char day[DATE_TEXT];
	if (d == DATE_NONE)
		return;
	buf_text(h->out, "<time datetime=\"");
	buf_text(h->out, date_text(d, day));
	buf_text(h->out, "\">");
	words(h->lang, d, h->out);
	buf_text(h->out, "</time>");
}

void html_date(struct html *h, date d)
{
	add_time(h, d, say_date);
}

void html_date_short(struct html *h, date d)
{
	add_time(h, d, say_date_short);
}

/* ---- attributes ---- */
static void begin(struct html *h, const char *name)
{
	buf_char(h->out, ' ');
	buf_text(h->out, name);
	buf_text(h->out, "=\"");
}

void html_attr(struct html *h, const char *name, struct str value)
{
	begin(h, name);
	html_text(h, value);
	buf_char(h->out, '"');
}

void html_attr_cstr(struct html *h, const char *name, const char *value)
{
	html_attr(h, name, str_of(value));
}

void html_attr_say(struct html *h, const char *name, const char *text)
{
	html_attr(h, name, str_of(say(h->lang, text)));
}

void html_attr_int(struct html *h, const char *name, int64_t value)
{
	begin(h, name);
	buf_int(h->out, value);
	buf_char(h->out, '"');
}

/* ---- addresses ---- */
static bool stays(unsigned char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '.' ||
	       c == '_' || c == '~';
}

void url_add(struct buf *out, struct str s)
{
	static const char digits[] = "0123456789ABCDEF";
	for (size_t i = 0; i < s.n; i++) {
		unsigned char c = (unsigned char)s.p[i];
		if (stays(c)) {
			buf_char(out, (char)c);
		} else {
			char escaped[3] = { '%', digits[c >> 4], digits[c & 15] };
			buf_add(out, escaped, 3);
		}
	}
}

void url_vaddf(struct buf *out, const char *fmt, va_list ap)
{
	const char *at = fmt;
	for (const char *sign = strchr(at, '%'); sign; sign = strchr(at, '%')) {
		buf_add(out, at, (size_t)(sign - at));
		if (sign[1] == 's')
			url_add(out, str_of(va_arg(ap, const char *)));
		else if (sign[1] == 'd')
			buf_int(out, va_arg(ap, long long));
		else
			bug("an address of the form %s", fmt);
		at = sign + 2;
	}
	buf_text(out, at);
}

void url_addf(struct buf *out, const char *fmt, ...)
{
	va_list ap;
	va_start(ap, fmt);
	url_vaddf(out, fmt, ap);
	va_end(ap);
}

void html_link(struct html *h, const char *name, const char *fmt, ...)
{
	CLEANUP(buf_release) struct buf address = BUF_INIT;
	va_list ap;
	va_start(ap, fmt);
	url_vaddf(&address, fmt, ap);
	va_end(ap);
	html_attr(h, name, (struct str){ address.p, address.n });
}

bool url_decode(struct arena *a, struct str s, struct str *ret)
{
	char *out = arena_alloc(a, s.n + 1);
	size_t n = 0;
	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i];
		if (c == '%') {
			if (s.n - i < 3 || !hex_parse((struct str){ s.p + i + 1, 2 }, &c, 1))
				return false;
			i += 2;
		} else if (c == '+') {
			c = ' ';
		}
		if (!c)
			return false;
		out[n++] = c;
	}
	struct str decoded = { out, n };
	if (text_utf8_bad(decoded) < n)
		return false;
	*ret = decoded;
	return true;
}
