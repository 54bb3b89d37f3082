// Logs: leaves in order, roots, checkpoints that continue each other, and receipts, with Go's transparency log packages.
package main

import (
	"bufio"
	"bytes"
	"encoding/base64"
	"fmt"
	"os"
	"strconv"
	"strings"
	"time"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

// leaf is one event, at its place in its log.
type leaf struct {
	log          string
	seq          int
	kind         string
	stream       string
	person, role string
	actor        object
	at, recorded time.Time
	registerSize int
	rules        string
	data         object
	signed       object
}

// hashes keeps the stored hashes of a tree in memory, by tlog's own numbering.
type hashes []tlog.Hash

func (h hashes) ReadHashes(indexes []int64) ([]tlog.Hash, error) {
	found := make([]tlog.Hash, 0, len(indexes))
	for _, index := range indexes {
		if index >= int64(len(h)) {
			return nil, fmt.Errorf("no stored hash %d", index)
		}
		found = append(found, h[index])
	}
	return found, nil
}

// tree is a log with its key and its stored hashes.
type tree struct {
	verifier note.Verifier
	stored   hashes
}

func checkLogs(of *bundle, vkey string) map[string]tree {
	trees := map[string]tree{}
	for _, name := range namesOf(of.sizes) {
		now.kind, now.place = "logs", name
		entries := of.files["logs/"+escaped(name)+"/entries.jsonl"]
		stored, size := plant(entries)
		require(int(size) == of.sizes[name], "%d entries, stated as %d", size, of.sizes[name])
		trees[name] = tree{keyOf(vkey, name), stored}
		checkSigned(trees[name], of.files["logs/"+escaped(name)+"/checkpoints.jsonl"], size)
		count("logs", "logs", 1)
		readLeaves(of, name, entries)
	}
	return trees
}

func plant(entries []byte) (hashes, int64) {
	var stored hashes
	size := int64(0)
	lines(entries, func(line []byte) {
		added, err := tlog.StoredHashes(size, line, stored)
		must("entry", err)
		stored = append(stored, added...)
		size++
	})
	return stored, size
}

// keyOf derives the verifier key of a log from that of the installation.
func keyOf(vkey string, log string) note.Verifier {
	parts := strings.SplitN(strings.TrimSpace(vkey), "+", 3)
	require(len(parts) == 3, "not a verifier key")
	key, err := base64.StdEncoding.DecodeString(parts[2])
	must("verifier key", err)
	require(len(key) == 33 && key[0] == 1, "not an Ed25519 key")
	derived, err := note.NewEd25519VerifierKey(parts[0]+"/"+log, key[1:])
	must("verifier key", err)
	verifier, err := note.NewVerifier(derived)
	must("verifier key", err)
	return verifier
}

// checkSigned sees that each checkpoint is signed, over the root, and continues the one before.
func checkSigned(of tree, checkpoints []byte, size int64) {
	signed := 0
	var before tlog.Tree
	lines(checkpoints, func(line []byte) {
		kept := parseObject(line)
		after := openNote([]byte(text(kept, "note")), of.verifier)
		fits := after.N == int64(whole(kept, "size")) && after.N <= size
		require(fits, "checkpoint of %d entries in a log of %d", after.N, size)
		computed, err := tlog.TreeHash(after.N, of.stored)
		must("tree hash", err)
		require(computed == after.Hash, "the root of %d entries is not the one that was signed", after.N)
		if signed > 0 {
			proof, err := tlog.ProveTree(after.N, before.N, of.stored)
			must("consistency proof", err)
			must("consistency", tlog.CheckTree(proof, after.N, after.Hash, before.N, before.Hash))
		}
		before = after
		signed++
	})
	require(signed > 0 && before.N == size, "%d entries, of which %d stand under a checkpoint", size, before.N)
	count("logs", "checkpoints", signed)
}

func openNote(encoded []byte, verifier note.Verifier) tlog.Tree {
	opened, err := note.Open(encoded, note.VerifierList(verifier))
	must("signature", err)
	parts := strings.Split(opened.Text, "\n")
	fits := len(parts) == 4 && parts[0] == verifier.Name() && parts[3] == ""
	require(fits, "not a checkpoint of %s", verifier.Name())
	size, err := strconv.ParseInt(parts[1], 10, 64)
	must("size", err)
	root, err := base64.StdEncoding.DecodeString(parts[2])
	must("root", err)
	require(len(root) == tlog.HashSize, "a root of another length")
	return tlog.Tree{N: size, Hash: tlog.Hash(root)}
}

// readLeaves sees that each leaf is written as it must be and that streams have no hole; notes what leaves refer to.
func readLeaves(of *bundle, name string, entries []byte) {
	now.kind = "leaves"
	versions := map[string]int{}
	lines(entries, func(line []byte) {
		now.place = fmt.Sprintf("%s#%d", name, len(of.logs[name]))
		value := parseObject(line)
		require(len(line) <= 65535 && bytes.Equal(canonical(value), line), "not canonical, or too long")
		read := leaf{log: name, seq: len(of.logs[name]), kind: text(value, "type"), stream: text(value, "stream"),
			actor: child(value, "actor"), at: instant(text(value, "at")), recorded: instant(text(value, "recorded")),
			registerSize: whole(value, "register_size"), rules: text(value, "rules"), data: child(value, "data"),
			signed: child(value, "signed")}
		read.person, read.role = text(read.actor, "person"), text(read.actor, "role")
		versions[read.stream]++
		require(whole(value, "version") == versions[read.stream], "a version of %s is missing", read.stream)
		require(!read.recorded.Before(read.at), "recorded before its act")
		require(read.registerSize >= 0, "it saw less than nothing")
		noteReferences(value, of.contents)
		if read.kind == "histories.archived.v1" {
			for _, run := range objects(read.data, "runs") {
				id, run_, hash := text(run, "workflow_id"), text(run, "run_id"), text(run, "sha256")
				of.histories["histories/"+escaped(id)+"/"+escaped(run_)+".binpb"] = hash
			}
		}
		of.logs[name] = append(of.logs[name], read)
	})
	count("leaves", "leaves", len(of.logs[name]))
	count("leaves", "streams", len(versions))
}

func noteReferences(value any, contents map[string]string) {
	switch part := value.(type) {
	case object:
		id, named := part["id"].(string)
		hash, hashed := part["sha256"].(string)
		if named && hashed && len(part) == 2 {
			contents[id] = hash
			return
		}
		for _, inner := range part {
			noteReferences(inner, contents)
		}
	case []any:
		for _, inner := range part {
			noteReferences(inner, contents)
		}
	}
}

func checkReceipt(name string, logs map[string]tree) {
	now.kind, now.place = "receipts", name
	content, err := os.ReadFile(name)
	must("file", err)
	head, signed, found := bytes.Cut(content, []byte("\n\n"))
	parts := strings.Split(string(head), "\n")
	require(found && len(parts) > 1 && parts[0] == "c2sp.org/tlog-proof@v1", "not a tlog-proof")
	index, err := strconv.ParseInt(strings.TrimPrefix(parts[1], "index "), 10, 64)
	must("index", err)
	var proof tlog.RecordProof
	for _, part := range parts[2:] {
		hash, err := base64.StdEncoding.DecodeString(part)
		must("hash", err)
		require(len(hash) == tlog.HashSize, "a hash of another length")
		proof = append(proof, tlog.Hash(hash))
	}
	origin, _, _ := strings.Cut(string(signed), "\n")
	var of tree
	for _, each := range logs {
		if each.verifier.Name() == origin {
			of = each
		}
	}
	require(of.verifier != nil, "of another log")
	at := openNote(signed, of.verifier)
	stored, err := of.stored.ReadHashes([]int64{tlog.StoredHashIndex(0, index)})
	must("leaf", err)
	must("inclusion", tlog.CheckRecord(proof, at.N, at.Hash, index, stored[0]))
	count("receipts", "receipts", 1)
}

func lines(content []byte, each func([]byte)) {
	scanner := bufio.NewScanner(bytes.NewReader(content))
	scanner.Buffer(nil, 1<<24)
	for scanner.Scan() {
		each(scanner.Bytes())
	}
	must("lines", scanner.Err())
}
