/* note.c - keys and signed notes as C2SP writes them, Ed25519. */
#include "ledger/note.h"

#include "base/number.h"

#include <sodium.h>
#include <string.h>

#define ED25519 1       /* the algorithm's byte in key hashes and key texts */
#define SIGNED (4 + 64) /* key hash and signature */
#define DASH "\xe2\x80\x94 "

static void key_hash(const char *name, const unsigned char public[static 32], unsigned char out[static 4])
{
	unsigned char tail[2 + 32] = { '\n', ED25519 };
	memcpy(tail + 2, public, 32);
	struct hash h = sha256_2(name, strlen(name), tail, sizeof tail);
	memcpy(out, h.b, 4);
}

bool note_name_fits(struct str name)
{
	if (name.n == 0 || name.n >= sizeof(((struct signer *)NULL)->name) || text_utf8_bad(name) != name.n)
		return false;
	for (size_t i = 0; i < name.n; i++)
		if ((unsigned char)name.p[i] <= ' ' || name.p[i] == '+' || name.p[i] == 0x7f)
			return false;
	/* No-break and ideographic spaces are blanks to a reader. */
	return memmem(name.p, name.n, "\xc2\xa0", 2) == NULL && memmem(name.p, name.n, "\xe3\x80\x80", 3) == NULL;
}

void signer_make(struct signer *s, const char *name, const unsigned char seed[static 32])
{
	if (sodium_init() < 0 || !note_name_fits(str_of(name)))
		bug("a key cannot be named %s", name);
	*s = (struct signer){ 0 };
	memcpy(s->name, name, strlen(name));
	crypto_sign_ed25519_seed_keypair(s->public, s->secret, seed);
}

/* "name+hash+base64(algorithm, 32 bytes)": the form both key texts share. */
static void key_text(struct buf *out, const char *name, const unsigned char public[static 32],
		     const unsigned char body[static 32])
{
	unsigned char hash[4], all[33] = { ED25519 };
	key_hash(name, public, hash);
	memcpy(all + 1, body, 32);
	buf_text(out, name);
	buf_char(out, '+');
	hex_add(out, hash, sizeof hash);
	buf_char(out, '+');
	base64_add(out, all, sizeof all);
	sodium_memzero(all, sizeof all);
}

/* Takes what stands before the next `end` off the front of *s. */
static bool take(struct str *s, char end, struct str *ret)
{
	const char *at = s->n == 0 ? NULL : memchr(s->p, end, s->n);
	if (!at)
		return false;
	*ret = (struct str){ s->p, (size_t)(at - s->p) };
	s->n -= ret->n + 1;
	s->p = at + 1;
	return true;
}

static bool key_parse(struct str text, char name[static 128], unsigned char hash[static 4],
		      unsigned char body[static 32])
{
	struct arena a CLEANUP(arena_release) = ARENA_INIT;
	struct str who, hex, bytes;
	struct buf again CLEANUP(buf_release) = BUF_INIT;
	if (!take(&text, '+', &who) || !take(&text, '+', &hex) || !note_name_fits(who) || !hex_parse(hex, hash, 4))
		return false;
	/* A key has one text: digits above 9 are small letters. */
	hex_add(&again, hash, 4);
	if (!str_eq(hex, (struct str){ again.p, again.n }))
		return false;
	if (!base64_parse(&a, text, &bytes) || bytes.n != 33 || bytes.p[0] != ED25519)
		return false;
	memset(name, 0, 128);
	memcpy(name, who.p, who.n);
	memcpy(body, bytes.p + 1, 32);
	return true;
}

void signer_text(const struct signer *s, struct buf *out)
{
	unsigned char seed[32];
	crypto_sign_ed25519_sk_to_seed(seed, s->secret);
	buf_text(out, "PRIVATE+KEY+");
	key_text(out, s->name, s->public, seed);
	sodium_memzero(seed, sizeof seed);
}

enum err signer_parse(struct str text, struct signer *ret)
{
	struct signer s;
	struct str word;
	unsigned char hash[4], seed[32], again[4];
	char name[128];
	text = str_trim(text);
	if (!take(&text, '+', &word) || !str_is(word, "PRIVATE") || !take(&text, '+', &word) || !str_is(word, "KEY"))
		return E_INVALID;
	if (!key_parse(text, name, hash, seed))
		return E_INVALID;
	signer_make(&s, name, seed);
	sodium_memzero(seed, sizeof seed);
	key_hash(s.name, s.public, again);
	if (memcmp(hash, again, 4) != 0)
		return E_INVALID;
	*ret = s;
	return E_OK;
}

void verifier_of(const struct signer *s, struct verifier *ret)
{
	*ret = (struct verifier){ 0 };
	memcpy(ret->name, s->name, sizeof ret->name);
	memcpy(ret->public, s->public, sizeof ret->public);
}

void verifier_text(const struct verifier *v, struct buf *out)
{
	key_text(out, v->name, v->public, v->public);
}

enum err verifier_parse(struct str text, struct verifier *ret)
{
	struct verifier v;
	unsigned char hash[4], again[4];
	if (!key_parse(str_trim(text), v.name, hash, v.public))
		return E_INVALID;
	key_hash(v.name, v.public, again);
	if (memcmp(hash, again, 4) != 0)
		return E_INVALID;
	*ret = v;
	return E_OK;
}

void note_sign(const struct checkpoint *c, const struct signer *s, struct buf *out)
{
	unsigned char signature[SIGNED];
	size_t start = out->n;
	buf_printf(out, "%s\n%llu\n", c->origin, (unsigned long long)c->size);
	base64_add(out, c->root.b, HASH_SIZE);
	buf_char(out, '\n');
	key_hash(s->name, s->public, signature);
	crypto_sign_ed25519_detached(signature + 4, NULL, (const unsigned char *)out->p + start, out->n - start,
				     s->secret);
	buf_printf(out, "\n" DASH "%s ", s->name);
	base64_add(out, signature, SIGNED);
	buf_char(out, '\n');
}

/* A whole number without sign and zeros in front: every checkpoint has one text only. */
static bool size_parse(struct str s, uint64_t *ret)
{
	uint64_t v = 0;
	if (s.n == 0 || (s.n > 1 && s.p[0] == '0'))
		return false;
	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] < '0' || s.p[i] > '9' || __builtin_mul_overflow(v, (uint64_t)10, &v) ||
		    __builtin_add_overflow(v, (uint64_t)(s.p[i] - '0'), &v))
			return false;
	}
	*ret = v;
	return true;
}

static bool body_parse(struct arena *a, struct str body, struct checkpoint *ret)
{
	struct str origin, size, root, bytes, more;
	if (!take(&body, '\n', &origin) || !take(&body, '\n', &size) || !take(&body, '\n', &root))
		return false;
	if (origin.n == 0 || origin.n >= sizeof ret->origin || !size_parse(size, &ret->size))
		return false;
	if (!base64_parse(a, root, &bytes) || bytes.n != HASH_SIZE)
		return false;
	/* C2SP allows lines of extension after the root; they are signed with the rest and say nothing to us. */
	while (body.n > 0)
		if (!take(&body, '\n', &more) || more.n == 0)
			return false;
	memset(ret->origin, 0, sizeof ret->origin);
	memcpy(ret->origin, origin.p, origin.n);
	memcpy(ret->root.b, bytes.p, HASH_SIZE);
	return true;
}

/* One line of signature without its line end. *ret_ours: by this key, and it holds. */
static bool signature_parse(struct arena *a, struct str line, struct str body, const struct verifier *v, bool *ret_ours)
{
	struct str name, bytes;
	unsigned char hash[4];
	if (line.n < sizeof(DASH) - 1 || memcmp(line.p, DASH, sizeof(DASH) - 1) != 0)
		return false;
	line = (struct str){ line.p + sizeof(DASH) - 1, line.n - (sizeof(DASH) - 1) };
	if (!take(&line, ' ', &name) || !note_name_fits(name) || !base64_parse(a, line, &bytes) || bytes.n < 5)
		return false;
	key_hash(v->name, v->public, hash);
	*ret_ours = str_is(name, v->name) && bytes.n == SIGNED && memcmp(bytes.p, hash, 4) == 0 &&
		    crypto_sign_ed25519_verify_detached((const unsigned char *)bytes.p + 4,
							(const unsigned char *)body.p, body.n, v->public) == 0;
	return true;
}

static bool plain(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if ((unsigned char)s.p[i] < ' ' && s.p[i] != '\n')
			return false;
	return text_utf8_bad(s) == s.n;
}

enum err note_open(struct str note, const struct verifier *v, struct checkpoint *ret)
{
	struct arena a CLEANUP(arena_release) = ARENA_INIT;
	struct checkpoint c;
	if (sodium_init() < 0 || note.n == 0 || !plain(note))
		return E_INVALID;
	/* The last empty line parts text and signatures; the text keeps its own line end. */
	size_t cut = note.n;
	while (cut >= 2 && !(note.p[cut - 1] == '\n' && note.p[cut - 2] == '\n'))
		cut--;
	if (cut < 2)
		return E_INVALID;
	struct str body = { note.p, cut - 1 }, rest = { note.p + cut, note.n - cut }, line;
	if (!body_parse(&a, body, &c) || rest.n == 0)
		return E_INVALID;
	bool signed_by_us = false;
	while (rest.n > 0) {
		bool ours = false;
		if (!take(&rest, '\n', &line) || !signature_parse(&a, line, body, v, &ours))
			return E_INVALID;
		signed_by_us = signed_by_us || ours;
	}
	if (!signed_by_us)
		return E_DENIED;
	*ret = c;
	return E_OK;
}
