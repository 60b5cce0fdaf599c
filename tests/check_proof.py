#!/usr/bin/python3
"""check_proof.py PROOF KEY.PUB - an independent oracle: checks a proof file as docs describe it, sharing no code with Merit."""
import base64, hashlib, json, sys
from nacl.signing import VerifyKey

def sha(data): return hashlib.sha256(data).digest()
def text(value): return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()
def node(a, b): return sha(b"\1" + a + b)
def hexes(path): return [bytes.fromhex(h) for h in path]

def root_of(leaves):                        # RFC 6962, 2.1
    if len(leaves) < 2: return leaves[0] if leaves else sha(b"")
    k = 1 << (len(leaves) - 1).bit_length() - 1
    return node(root_of(leaves[:k]), root_of(leaves[k:]))

def root_by(path, leaf, i, n):              # the root that a path leads to: its last hash stands nearest the root
    if n == 1: return leaf if not path else b""
    k = 1 << (n - 1).bit_length() - 1
    if not path: return b""
    return node(root_by(path[:-1], leaf, i, k), path[-1]) if i < k else node(path[-1], root_by(path[:-1], leaf, i - k, n - k))

def check(proof, key):
    name, _, public = key.strip().split("+", 2)
    public = base64.b64decode(public)       # 0x01 and the Ed25519 key
    body, signatures = proof["checkpoint"].rsplit("\n\n", 1)
    mark = sha(name.encode() + b"\n" + public)[:4]
    signature = next(base64.b64decode(s.split(" ")[2]) for s in signatures.splitlines() if s.startswith(f"\u2014 {name} "))
    assert signature[:4] == mark, "another key"
    VerifyKey(public[1:]).verify((body + "\n").encode(), signature[4:])
    origin, size, root = body.split("\n")[:3]
    assert proof["format"] == "merit-proof-1" and origin == name == proof["origin"], "another log"
    entry, i = proof["entry"], proof["entry_index"]
    assert 0 <= i < int(size) and i == entry["seq"] - 1, "the entry stands elsewhere"
    assert root_by(hexes(proof["log_path"]), sha(b"\0" + text(entry)), i, int(size)) == base64.b64decode(root), "the entry is not in the log"
    leaves, lone = {}, False
    for row in proof["rows"]:
        assert row["header"]["entity"] == row["entity"] and 0 <= row["idx"] < entry["n"] and row["idx"] not in leaves, "a row stands elsewhere"
        closed = bytes.fromhex(row.get("closed_hash", "00" * 32))
        if "closed" in row: closed = sha(bytes.fromhex(row["salt_closed"]) + text(row["closed"]))
        leaf = sha(b"\0" + sha(bytes.fromhex(row["salt"]) + text(row["open"])) + closed + text(row["header"]))
        leaves[row["idx"]] = leaf
        lone = lone or "path" not in row
        assert "path" not in row or root_by(hexes(row["path"]), leaf, row["idx"], entry["n"]).hex() == entry["root"], "a row was changed"
    assert not lone or (len(leaves) == entry["n"] and root_of([leaves[k] for k in sorted(leaves)]).hex() == entry["root"]), "the rows were changed"
    return len(leaves), origin, int(size)

if __name__ == "__main__":
    try:
        print("intact: %d rows in %s at size %d" % check(json.load(open(sys.argv[1])), open(sys.argv[2]).read()))
    except Exception as wrong:
        sys.exit(f"not proved: {type(wrong).__name__}: {wrong}")
