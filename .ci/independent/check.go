// Checks a log of this project with Go's own transparency log packages and nothing of ours.
//
//	check VKEY ENTRIES CHECKPOINTS [PROOF ...]
//
// VKEY is the verifier key of one log, ENTRIES its leaves one per line, CHECKPOINTS its checkpoints one JSON
// object per line as a bundle holds them, PROOF a .tlog-proof file. Exits with 1 and the reason when anything
// does not hold.
package main

import (
	"bufio"
	"bytes"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"os"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

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

type checkpoint struct {
	Size int64  `json:"size"`
	Note string `json:"note"`
}

func main() {
	if len(os.Args) < 4 {
		fail("usage: check VKEY ENTRIES CHECKPOINTS [PROOF ...]")
	}
	verifier, err := note.NewVerifier(os.Args[1])
	must("verifier key", err)
	stored, size := tree(os.Args[2])
	signed := 0
	var before tlog.Tree
	lines(os.Args[3], func(line []byte) {
		var kept checkpoint
		must("checkpoint", json.Unmarshal(line, &kept))
		after := open([]byte(kept.Note), verifier)
		if after.N != kept.Size || after.N > size {
			fail(fmt.Sprintf("checkpoint of %d entries, stated as %d, in a log of %d", after.N, kept.Size, size))
		}
		computed, err := tlog.TreeHash(after.N, stored)
		must("tree hash", err)
		if computed != after.Hash {
			fail(fmt.Sprintf("the root of %d entries is not the one that was signed", after.N))
		}
		if signed > 0 {
			proof, err := tlog.ProveTree(after.N, before.N, stored)
			must("consistency proof", err)
			must("consistency", tlog.CheckTree(proof, after.N, after.Hash, before.N, before.Hash))
		}
		before = after
		signed++
	})
	if signed == 0 || before.N != size {
		fail(fmt.Sprintf("%d entries, of which %d stand under a checkpoint", size, before.N))
	}
	for _, name := range os.Args[4:] {
		checkProof(name, verifier, stored)
	}
	fmt.Printf("%d entries, %d checkpoints, %d proofs: accepted\n", size, signed, len(os.Args)-4)
}

func tree(name string) (hashes, int64) {
	var stored hashes
	size := int64(0)
	lines(name, func(line []byte) {
		added, err := tlog.StoredHashes(size, line, stored)
		must("entry", err)
		stored = append(stored, added...)
		size++
	})
	return stored, size
}

func open(encoded []byte, verifier note.Verifier) tlog.Tree {
	opened, err := note.Open(encoded, note.VerifierList(verifier))
	must("signature", err)
	parts := strings.Split(opened.Text, "\n")
	if len(parts) != 4 || parts[0] != verifier.Name() || parts[3] != "" {
		fail("not a checkpoint of " + verifier.Name())
	}
	size, err := strconv.ParseInt(parts[1], 10, 64)
	must("size", err)
	root, err := base64.StdEncoding.DecodeString(parts[2])
	must("root", err)
	if len(root) != tlog.HashSize {
		fail("a root of another length")
	}
	return tlog.Tree{N: size, Hash: tlog.Hash(root)}
}

func checkProof(name string, verifier note.Verifier, stored hashes) {
	text, err := os.ReadFile(name)
	must("proof", err)
	head, signed, found := bytes.Cut(text, []byte("\n\n"))
	parts := strings.Split(string(head), "\n")
	if !found || len(parts) < 2 || parts[0] != "c2sp.org/tlog-proof@v1" {
		fail(name + " is not a tlog-proof")
	}
	index, err := strconv.ParseInt(strings.TrimPrefix(parts[1], "index "), 10, 64)
	must("index", err)
	var proof tlog.RecordProof
	for _, part := range parts[2:] {
		hash, err := base64.StdEncoding.DecodeString(part)
		must("hash", err)
		if len(hash) != tlog.HashSize {
			fail("a hash of another length")
		}
		proof = append(proof, tlog.Hash(hash))
	}
	at := open(signed, verifier)
	leaf, err := stored.ReadHashes([]int64{tlog.StoredHashIndex(0, index)})
	must("leaf", err)
	must("inclusion", tlog.CheckRecord(proof, at.N, at.Hash, index, leaf[0]))
}

func lines(name string, each func([]byte)) {
	file, err := os.Open(name)
	must("file", err)
	defer file.Close()
	scanner := bufio.NewScanner(file)
	scanner.Buffer(nil, 1<<24)
	for scanner.Scan() {
		each(scanner.Bytes())
	}
	must("file", scanner.Err())
}

func must(what string, err error) {
	if err != nil {
		fail(what + ": " + err.Error())
	}
}

func fail(why string) {
	fmt.Fprintln(os.Stderr, "rejected: "+why)
	os.Exit(1)
}
