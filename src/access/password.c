/* password.c - Argon2id, and which passwords are taken. */
#include "access/password.h"

#include <sodium.h>

/* OWASP's first choice for Argon2id: a server of two cores meets a morning of sign-ins, and guessing stays dear. */
#define PASSES 2
#define MEMORY (19U * 1024 * 1024)

_Static_assert(PASSWORD_TEXT >= crypto_pwhash_STRBYTES, "a stored hash fits");

static void ready(void)
{
	if (sodium_init() < 0)
		bug("libsodium cannot begin");
}

enum err password_hash(struct str password, char ret[static PASSWORD_TEXT])
{
	char text[crypto_pwhash_STRBYTES];
	ready();
	if (crypto_pwhash_str_alg(text, password.p ? password.p : "", password.n, PASSES, MEMORY,
				  crypto_pwhash_ALG_ARGON2ID13) != 0)
		return FAULT("there is no room for hashing a password; free some memory");
	memcpy(ret, text, sizeof(text));
	return E_OK;
}

bool password_fits(struct str password, const char *hash)
{
	ready();
	return crypto_pwhash_str_verify(hash, password.p ? password.p : "", password.n) == 0;
}

bool password_stale(const char *hash)
{
	ready();
	return crypto_pwhash_str_needs_rehash(hash, PASSES, MEMORY) != 0;
}

/* ---- which are taken ---- */

/* "aaaaaaaaaa", "1234567890", "ababababab": few letters, or each beside the one before. */
static bool is_dull(struct str s)
{
	bool seen[256] = { false };
	int different = 0, beside = 0;
	for (size_t i = 0; i < s.n; i++) {
		unsigned char c = (unsigned char)s.p[i];
		different += !seen[c];
		seen[c] = true;
		int step = i ? c - (unsigned char)s.p[i - 1] : 0;
		beside += step >= -1 && step <= 1;
	}
	return different < 4 || beside * 10 >= (int)s.n * 9;
}

static bool holds(struct str text, struct str part)
{
	return part.n && text.n >= part.n && memmem(text.p, text.n, part.p, part.n) != NULL;
}

static bool is_common(struct str folded)
{
	static const char *const common[] = { "password", "kata sandi", "katasandi", "qwerty",   "asdfgh",
					      "letmein",  "admin123",   "indonesia", "iloveyou", "merit" };
	for (size_t i = 0; i < COUNT(common); i++)
		if (holds(folded, str_of(common[i])) && folded.n < strlen(common[i]) + 6)
			return true;
	return false;
}

const char *password_refused(struct str password, const struct str *known, size_t nknown)
{
	struct arena a CLEANUP(arena_release) = ARENA_INIT;
	size_t n = text_letters(password);
	if (text_utf8_bad(password) < password.n || text_has_control(password))
		return N_("the password holds a letter that cannot be typed again; use letters, figures and signs");
	if (n < PASSWORD_LEAST)
		return N_("the password is too short; give it ten letters or more, three words are easy to keep");
	if (n > PASSWORD_MOST)
		return N_("the password is too long; give it two hundred letters at most");
	struct str folded = text_fold(&a, password);
	if (is_dull(folded) || is_common(folded))
		return N_("the password is easily guessed; take another one, three words are easy to keep");
	for (size_t i = 0; i < nknown; i++) {
		struct str word = text_fold(&a, known[i]);
		if (word.n >= 4 && holds(folded, word))
			return N_("the password holds your name or number; take another one, three words are easy to "
				  "keep");
	}
	return NULL;
}
