// Checks a bundle of this project with Go's own transparency log packages, its zip and hashes, and nothing of ours.
//
//	check VKEY BUNDLE [PROOF ...]
//
// VKEY is the installation's verifier key as `selection keys` writes it, BUNDLE the zip file as it was exported,
// PROOF a .tlog-proof file of one of its logs. Written by docs/format.md alone. Looked at are: every file against
// the manifest; every leaf's place in its stream, its two instants and how far it saw; every checkpoint's signature,
// root and consistency with the one before; every content against the reference in a leaf; every history against the
// hash in a leaf. Exits with 1 and the reason when anything does not hold.
package main

import (
	"archive/zip"
	"bufio"
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"sort"
	"strconv"
	"strings"
	"time"

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

type manifest struct {
	Format string `json:"format"`
	Round  string `json:"round"`
	Logs   map[string]struct {
		Size int64 `json:"size"`
	} `json:"logs"`
	Files map[string]struct {
		Sha256 string `json:"sha256"`
		Bytes  int64  `json:"bytes"`
	} `json:"files"`
}

type leaf struct {
	Type         string          `json:"type"`
	Stream       string          `json:"stream"`
	Version      int64           `json:"version"`
	At           time.Time       `json:"at"`
	Recorded     time.Time       `json:"recorded"`
	RegisterSize *int64          `json:"register_size"`
	Data         json.RawMessage `json:"data"`
}

// told is what the leaves of all logs say of the bundle's other files.
type told struct {
	contents  map[string]string
	histories map[string]string
}

// log is a log with its key and its stored hashes.
type log struct {
	verifier note.Verifier
	stored   hashes
}

func main() {
	if len(os.Args) < 3 {
		fail("usage: check VKEY BUNDLE [PROOF ...]")
	}
	files := unpacked(os.Args[2])
	var stated manifest
	must("manifest", json.Unmarshal(files["manifest.json"], &stated))
	checkFiles(files, stated)
	said := told{map[string]string{}, map[string]string{}}
	logs := map[string]log{}
	signed := 0
	for _, name := range names(stated) {
		logs[name] = log{verifier: keyOf(os.Args[1], name)}
		entries := files["logs/"+escaped(name)+"/entries.jsonl"]
		stored, size := tree(entries)
		if size != stated.Logs[name].Size {
			fail(fmt.Sprintf("%s: %d entries, stated as %d", name, size, stated.Logs[name].Size))
		}
		logs[name] = log{logs[name].verifier, stored}
		signed += checkSigned(logs[name], files["logs/"+escaped(name)+"/checkpoints.jsonl"], size)
		readLeaves(name, entries, said)
	}
	checkContents(files, said)
	checkHistories(files, said)
	for _, name := range os.Args[3:] {
		checkProof(name, logs)
	}
	fmt.Printf("%d logs, %d checkpoints, %d contents, %d histories, %d proofs: accepted\n",
		len(logs), signed, count(files, "contents/"), count(files, "histories/"), len(os.Args)-3)
}

// unpacked reads every file of the bundle; no name may occur twice.
func unpacked(name string) map[string][]byte {
	bundle, err := zip.OpenReader(name)
	must("bundle", err)
	defer bundle.Close()
	files := map[string][]byte{}
	for _, member := range bundle.File {
		if _, twice := files[member.Name]; twice {
			fail(member.Name + " occurs twice")
		}
		reader, err := member.Open()
		must(member.Name, err)
		content, err := io.ReadAll(reader)
		must(member.Name, err)
		must(member.Name, reader.Close())
		files[member.Name] = content
	}
	return files
}

func checkFiles(files map[string][]byte, stated manifest) {
	if stated.Format != "center-selection-bundle/1" {
		fail("not a bundle of this format")
	}
	if len(files) != len(stated.Files)+1 {
		fail("other files than the manifest names")
	}
	for name, file := range stated.Files {
		content, found := files[name]
		if !found || int64(len(content)) != file.Bytes || digest(content) != file.Sha256 {
			fail(name + " is not as the manifest says")
		}
	}
}

func names(stated manifest) []string {
	found := []string{}
	for name := range stated.Logs {
		found = append(found, name)
	}
	if _, has := stated.Logs[stated.Round]; !has {
		fail("without the log of its round")
	}
	sort.Strings(found)
	return found
}

// keyOf derives the verifier key of a log from that of the installation.
func keyOf(vkey string, log string) note.Verifier {
	parts := strings.SplitN(strings.TrimSpace(vkey), "+", 3)
	if len(parts) != 3 {
		fail("not a verifier key")
	}
	key, err := base64.StdEncoding.DecodeString(parts[2])
	must("verifier key", err)
	if len(key) != 33 || key[0] != 1 {
		fail("not an Ed25519 key")
	}
	derived, err := note.NewEd25519VerifierKey(parts[0]+"/"+log, key[1:])
	must("verifier key", err)
	verifier, err := note.NewVerifier(derived)
	must("verifier key", err)
	return verifier
}

// checkSigned returns how many checkpoints there are: each signed, over the root, and continuing the one before.
func checkSigned(of log, checkpoints []byte, size int64) int {
	signed := 0
	var before tlog.Tree
	lines(checkpoints, func(line []byte) {
		var kept checkpoint
		must("checkpoint", json.Unmarshal(line, &kept))
		after := open([]byte(kept.Note), of.verifier)
		if after.N != kept.Size || after.N > size {
			fail(fmt.Sprintf("checkpoint of %d entries, stated as %d, in a log of %d", after.N, kept.Size, size))
		}
		computed, err := tlog.TreeHash(after.N, of.stored)
		must("tree hash", err)
		if computed != after.Hash {
			fail(fmt.Sprintf("the root of %d entries is not the one that was signed", after.N))
		}
		if signed > 0 {
			proof, err := tlog.ProveTree(after.N, before.N, of.stored)
			must("consistency proof", err)
			must("consistency", tlog.CheckTree(proof, after.N, after.Hash, before.N, before.Hash))
		}
		before = after
		signed++
	})
	if signed == 0 || before.N != size {
		fail(fmt.Sprintf("%d entries, of which %d stand under a checkpoint", size, before.N))
	}
	return signed
}

// readLeaves sees that each stream's versions have no hole, and notes what leaves refer to.
func readLeaves(name string, entries []byte, said told) {
	versions := map[string]int64{}
	lines(entries, func(line []byte) {
		var read leaf
		must("leaf", json.Unmarshal(line, &read))
		versions[read.Stream]++
		if read.Version != versions[read.Stream] {
			fail(fmt.Sprintf("%s: version %d of %s is missing", name, versions[read.Stream], read.Stream))
		}
		if read.At.IsZero() || read.Recorded.Before(read.At) {
			fail(fmt.Sprintf("%s: version %d of %s is recorded before its act", name, read.Version, read.Stream))
		}
		if read.RegisterSize == nil || *read.RegisterSize < 0 {
			fail(fmt.Sprintf("%s: version %d of %s does not say how far it saw", name, read.Version, read.Stream))
		}
		var all any
		must("leaf", json.Unmarshal(line, &all))
		noteReferences(all, said.contents)
		if read.Type == "histories.archived.v1" {
			noteRuns(read.Data, said.histories)
		}
	})
}

func noteReferences(value any, contents map[string]string) {
	switch part := value.(type) {
	case map[string]any:
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

// noteRuns notes each run's hash: the last mention counts.
func noteRuns(data json.RawMessage, histories map[string]string) {
	var archived struct {
		Runs []struct {
			WorkflowID string `json:"workflow_id"`
			RunID      string `json:"run_id"`
			Sha256     string `json:"sha256"`
		} `json:"runs"`
	}
	must("archived histories", json.Unmarshal(data, &archived))
	for _, run := range archived.Runs {
		histories["histories/"+escaped(run.WorkflowID)+"/"+escaped(run.RunID)+".binpb"] = run.Sha256
	}
}

func checkContents(files map[string][]byte, said told) {
	for name, file := range files {
		if !strings.HasPrefix(name, "contents/") {
			continue
		}
		var kept struct {
			ID      string `json:"id"`
			Sha256  string `json:"sha256"`
			Salt    []byte `json:"salt"`
			Content []byte `json:"content"`
		}
		must(name, json.Unmarshal(file, &kept))
		hash := digest(append(append([]byte{}, kept.Salt...), kept.Content...))
		if name != "contents/"+escaped(kept.ID)+".json" || hash != kept.Sha256 || hash != said.contents[kept.ID] {
			fail(name + " is not what a leaf refers to")
		}
	}
}

func checkHistories(files map[string][]byte, said told) {
	for name, hash := range said.histories {
		if content, found := files[name]; !found || digest(content) != hash {
			fail(name + " is not what a leaf names")
		}
	}
	if count(files, "histories/") != len(said.histories) {
		fail("a history that no leaf names")
	}
}

func count(files map[string][]byte, folder string) int {
	found := 0
	for name := range files {
		if strings.HasPrefix(name, folder) {
			found++
		}
	}
	return found
}

func digest(content []byte) string {
	sum := sha256.Sum256(content)
	return hex.EncodeToString(sum[:])
}

// escaped writes a name as the bundle's files do: everything but letters, digits and `_.-~` by its percent code.
func escaped(name string) string {
	var written strings.Builder
	for _, each := range []byte(name) {
		plain := each >= 'a' && each <= 'z' || each >= 'A' && each <= 'Z' || each >= '0' && each <= '9'
		if plain || strings.IndexByte("_.-~", each) >= 0 {
			written.WriteByte(each)
		} else {
			fmt.Fprintf(&written, "%%%02X", each)
		}
	}
	return written.String()
}

func tree(entries []byte) (hashes, int64) {
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

func checkProof(name string, logs map[string]log) {
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
	origin, _, _ := strings.Cut(string(signed), "\n")
	var of log
	for _, each := range logs {
		if each.verifier.Name() == origin {
			of = each
		}
	}
	if of.verifier == nil {
		fail(name + " is of another log")
	}
	at := open(signed, of.verifier)
	leaf, err := of.stored.ReadHashes([]int64{tlog.StoredHashIndex(0, index)})
	must("leaf", err)
	must("inclusion", tlog.CheckRecord(proof, at.N, at.Hash, index, leaf[0]))
}

func lines(content []byte, each func([]byte)) {
	scanner := bufio.NewScanner(bytes.NewReader(content))
	scanner.Buffer(nil, 1<<24)
	for scanner.Scan() {
		each(scanner.Bytes())
	}
	must("lines", scanner.Err())
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
