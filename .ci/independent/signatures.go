// Whether a person's proof is over what an entry says of the act, and its signature of a key of theirs.
package main

import (
	"bytes"
	"crypto"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/rsa"
	"crypto/sha256"
	"encoding/hex"
	"math/big"
	"strings"
)

// signer is who signed, with which key and proof; as the second person, beside whom.
type signer struct {
	person   string
	key      object
	proof    object
	secondTo string
}

func (log *walk) checkProof(first leaf, by signer, level int) {
	signature := child(by.proof, "signature")
	require(by.key != nil && text(by.key, "key") == text(signature, "key"), "an unknown key of %s", by.person)
	expires := text(by.key, "expires")
	require(expires == "" || first.at.Before(instant(expires)), "a key that ran out")
	require(level == 0 || text(by.key, "level") != "session", "a session's key")
	installation := text(log.register.founded, "installation")
	require(text(by.proof, "installation") == installation, "another installation")
	require(text(by.proof, "rules") == log.rules, "other rules")
	issued, until := instant(text(by.proof, "issued")), instant(text(by.proof, "expires"))
	inTime := !first.at.Before(issued.Add(-ahead)) && first.at.Before(until) && !until.After(issued.Add(longest))
	require(inTime, "another time")
	challenge := sha256.Sum256(message(statement(first, by), by.proof["manifest"]))
	checkSignature(signature, by.key, challenge[:], log.register.sites(first.registerSize))
	count("signatures", "signatures", 1)
}

func statement(first leaf, by signer) []byte {
	stated := object{
		"version": 1, "stream": first.stream, "command_id": first.command(), "person": by.person,
		"role": first.role, "reason": first.actor["reason"], "digest": text(first.data, "command_hash"),
		"second_to": by.secondTo,
	}
	for _, name := range []string{"installation", "rules", "looked_at", "issued", "expires"} {
		stated[name] = by.proof[name]
	}
	return canonical(stated)
}

// message is the statement, or the tree of statements that it is in (RFC 9162, 2.1.3.2).
func message(said []byte, manifest any) []byte {
	place, many := manifest.(object)
	if !many {
		return said
	}
	at, last := whole(place, "index"), whole(place, "size")-1
	sum := sha256.Sum256(append([]byte{0}, said...))
	require(at <= last, "a place beyond the list")
	for _, spelled := range texts(place, "hashes") {
		beside, err := hex.DecodeString(spelled)
		must("hash", err)
		require(last > 0, "too many hashes")
		if at&1 == 1 || at == last {
			sum = sha256.Sum256(bytes.Join([][]byte{{1}, beside, sum[:]}, nil))
			for at > 0 && at&1 == 0 {
				at, last = at>>1, last>>1
			}
		} else {
			sum = sha256.Sum256(bytes.Join([][]byte{{1}, sum[:], beside}, nil))
		}
		at, last = at>>1, last>>1
	}
	require(last == 0, "too few hashes")
	return canonical(object{"acts": whole(place, "size"), "root": hex.EncodeToString(sum[:]), "version": 1})
}

func verifyEd25519(public, said, signature []byte) bool {
	return len(public) == ed25519.PublicKeySize && ed25519.Verify(public, said, signature)
}

func checkSignature(signature, key object, challenge []byte, portals []string) {
	require(text(signature, "scheme") == text(key, "scheme"), "another scheme than the key's")
	public, value := webBytes(text(key, "public")), webBytes(text(signature, "signature"))
	if text(key, "scheme") == "ed25519" {
		require(verifyEd25519(public, challenge, value), "a signature that does not hold")
		return
	}
	require(text(key, "scheme") == "webauthn", "a scheme of no kind")
	client, data := webBytes(text(signature, "client_data")), webBytes(text(signature, "authenticator_data"))
	said, site := parseObject(client), text(key, "site")
	require(text(said, "type") == "webauthn.get" && !flag(said, "crossOrigin"), "another ceremony")
	require(bytes.Equal(webBytes(text(said, "challenge")), challenge), "another challenge")
	checkOrigin(text(said, "origin"), site, portals)
	hash := sha256.Sum256([]byte(site))
	present := len(data) > 32 && bytes.Equal(data[:32], hash[:]) && data[32]&5 == 5
	require(present, "nobody was verified")
	sum := sha256.Sum256(client)
	require(verifyCose(public, append(append([]byte{}, data...), sum[:]...), value), "a signature that does not hold")
}

// checkOrigin sees that what was signed was signed on a page of the installation.
func checkOrigin(origin, site string, portals []string) {
	scheme, host, _ := strings.Cut(origin, "://")
	host, _, _ = strings.Cut(host, ":")
	if len(portals) > 0 {
		require(holds(portals, origin) && host == site, "a page that is none of the portals")
		return
	}
	require(site != "" && (host == site || strings.HasSuffix(host, "."+site)), "another site's page")
	require(scheme == "https" || scheme == "http" && site == "localhost", "an open page")
}

func verifyCose(public, said, signature []byte) bool {
	key := readCose(public)
	hash := sha256.Sum256(said)
	number := func(name int) *big.Int { return new(big.Int).SetBytes(key.texts[name]) }
	switch key.numbers[3] {
	case -8:
		return verifyEd25519(key.texts[-2], said, signature)
	case -7:
		of := ecdsa.PublicKey{Curve: elliptic.P256(), X: number(-2), Y: number(-3)}
		return of.Curve.IsOnCurve(of.X, of.Y) && ecdsa.VerifyASN1(&of, hash[:], signature)
	case -257:
		of := rsa.PublicKey{N: number(-1), E: int(number(-2).Int64())}
		return rsa.VerifyPKCS1v15(&of, crypto.SHA256, hash[:], signature) == nil
	}
	return false
}

// cose is a map of small values, which is all that a COSE key is.
type cose struct {
	numbers map[int]int
	texts   map[int][]byte
}

func readCose(data []byte) cose {
	found := cose{map[int]int{}, map[int][]byte{}}
	kind, size, rest := readHead(data)
	require(kind == 5, "not a COSE key")
	for ; size > 0; size-- {
		var name int
		kind, name, rest = readHead(rest)
		require(kind < 2, "not a COSE key")
		if kind == 1 {
			name = -1 - name
		}
		var value int
		kind, value, rest = readHead(rest)
		switch kind {
		case 0:
			found.numbers[name] = value
		case 1:
			found.numbers[name] = -1 - value
		case 2, 3:
			require(value <= len(rest), "a COSE key that is cut off")
			found.texts[name], rest = rest[:value], rest[value:]
		default:
			refute("not a COSE key")
		}
	}
	return found
}

func readHead(data []byte) (kind, value int, rest []byte) {
	require(len(data) > 0, "a COSE key that is cut off")
	kind, value, rest = int(data[0]>>5), int(data[0]&31), data[1:]
	if value < 24 {
		return kind, value, rest
	}
	size := 1 << (value - 24)
	require(size <= 4 && size <= len(rest), "a COSE key that is cut off")
	value = 0
	for _, each := range rest[:size] {
		value = value<<8 | int(each)
	}
	return kind, value, rest[size:]
}
