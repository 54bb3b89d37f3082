// The bundle's files: each as the manifest says, contents and histories as leaves refer to them.
package main

import (
	"archive/zip"
	"encoding/base64"
	"fmt"
	"io"
	"strings"
)

const registerLog = "installation"

// bundle is what the zip file holds, with the leaves of its logs.
type bundle struct {
	files map[string][]byte
	round string
	sizes map[string]int
	logs  map[string][]leaf
	// contents and histories are the hashes that leaves name.
	contents  map[string]string
	histories map[string]string
}

// open reads every file of the bundle, and sees that they are what the manifest says; no name may occur twice.
func open(name string) *bundle {
	now.kind, now.place = "files", name
	packed, err := zip.OpenReader(name)
	must("zip", err)
	defer packed.Close()
	of := &bundle{files: map[string][]byte{}, sizes: map[string]int{}, logs: map[string][]leaf{},
		contents: map[string]string{}, histories: map[string]string{}}
	for _, member := range packed.File {
		_, twice := of.files[member.Name]
		require(!twice, "%s occurs twice", member.Name)
		reader, err := member.Open()
		must(member.Name, err)
		content, err := io.ReadAll(reader)
		must(member.Name, err)
		must(member.Name, reader.Close())
		of.files[member.Name] = content
	}
	of.checkManifest()
	return of
}

func (of *bundle) checkManifest() {
	manifest := parseObject(of.files["manifest.json"])
	require(text(manifest, "format") == "center-selection-bundle/1", "not a bundle of this format")
	stated := child(manifest, "files")
	require(len(of.files) == len(stated)+1, "other files than the manifest names")
	for name := range stated {
		content, found := of.files[name]
		file := child(stated, name)
		fits := found && len(content) == whole(file, "bytes") && digest(content) == text(file, "sha256")
		require(fits, "%s is not as the manifest says", name)
	}
	of.round = text(manifest, "round")
	logs := child(manifest, "logs")
	for name := range logs {
		of.sizes[name] = whole(child(logs, name), "size")
	}
	_, has := of.sizes[of.round]
	require(has && of.round != registerLog, "without the log of its round")
	count("files", "files", len(stated))
}

// content returns what is stored under a reference; nothing where it was withheld or erased.
func (of *bundle) content(reference object) []byte {
	file, found := of.files["contents/"+escaped(text(reference, "id"))+".json"]
	if !found {
		return nil
	}
	_, content := unsalted(parseObject(file))
	return content
}

func unsalted(kept object) (hash string, content []byte) {
	salt, err := base64.StdEncoding.DecodeString(text(kept, "salt"))
	must("salt", err)
	content, err = base64.StdEncoding.DecodeString(text(kept, "content"))
	must("content", err)
	return digest(append(append([]byte{}, salt...), content...)), content
}

func checkContents(of *bundle) {
	now.kind = "contents"
	for _, name := range namesOf(of.files) {
		if !strings.HasPrefix(name, "contents/") {
			continue
		}
		now.place = name
		kept := parseObject(of.files[name])
		id := text(kept, "id")
		hash, _ := unsalted(kept)
		require(name == "contents/"+escaped(id)+".json", "under another name")
		require(hash == text(kept, "sha256") && hash == of.contents[id], "not what a leaf refers to")
		count("contents", "contents", 1)
	}
	count("contents", "not in the bundle", len(of.contents)-counts["contents"]["contents"])
}

func checkHistories(of *bundle) {
	now.kind = "histories"
	kept := 0
	for _, name := range namesOf(of.files) {
		if strings.HasPrefix(name, "histories/") {
			kept++
		}
	}
	for name, hash := range of.histories {
		now.place = name
		content, found := of.files[name]
		require(found && digest(content) == hash, "not what a leaf names")
		count("histories", "histories", 1)
	}
	require(kept == len(of.histories), "a history that no leaf names")
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
