// The register: who was registered, with which keys, and where people reached the installation, after so many entries.
package main

import (
	"crypto/sha256"
	"encoding/base64"
	"strings"
)

// told is an entry of the register that names a person or a unit.
type told struct {
	seq  int
	of   leaf
	kind string
	data object
}

type register struct {
	log     []leaf
	founded object
	// first is the sequence of the first key's enrolment, -1 while there is none.
	first       int
	code, until string
	people      map[string][]told
	units       map[string][]told
	portals     []told
	changes     []int
}

func readRegister(log []leaf) *register {
	now.kind = "acts"
	known := &register{log: log, first: -1, people: map[string][]told{}, units: map[string][]told{}, changes: []int{0}}
	for seq, each := range log {
		now.place = each.place()
		entry := told{seq, each, each.kind, each.data}
		if len(texts(each.data, "portals")) > 0 {
			known.portals = append(known.portals, entry)
		}
		switch each.kind {
		case "installation.founded.v1":
			require(seq == 0, "founded again")
			known.founded = each.data
			known.code, known.until = text(each.data, "code"), text(each.data, "until")
		case "code.renewed.v1":
			require(known.first < 0, "a code for the first key, which there is")
			known.code, known.until = text(each.data, "code"), text(each.data, "until")
		case "key.enrolled.v1":
			key := child(each.data, "key")
			sum := sha256.Sum256(webBytes(text(key, "public")))
			name := base64.RawURLEncoding.EncodeToString(sum[:16])
			require(text(key, "key") == name, "a key by another's name")
			if known.first < 0 {
				known.first = seq
			}
		case "unit.registered.v1":
			known.units[text(each.data, "code")] = append(known.units[text(each.data, "code")], entry)
		}
		if person := text(each.data, "person"); person != "" {
			known.people[person] = append(known.people[person], entry)
		}
		known.changes = append(known.changes, known.changes[seq]+counted(each.kind))
	}
	return known
}

// counted tells whether an entry changes who is registered and with which keys.
func counted(kind string) int {
	if strings.HasPrefix(kind, "person.") || strings.HasPrefix(kind, "key.") {
		return 1
	}
	return 0
}

// keys returns a person's keys that were enrolled and not ended in the first entries, by name.
func (known *register) keys(person string, size int) map[string]object {
	found := map[string]object{}
	for _, entry := range known.people[person] {
		if entry.seq >= size {
			break
		}
		switch entry.kind {
		case "key.enrolled.v1":
			key := child(entry.data, "key")
			found[text(key, "key")] = key
		case "key.revoked.v1", "key.ended.v1":
			delete(found, text(entry.data, "key"))
		}
	}
	return found
}

// person returns the latest registration in the first entries, and whether it is active.
func (known *register) person(person string, size int) (registration object, active bool) {
	for _, entry := range known.people[person] {
		if entry.seq >= size {
			break
		}
		switch entry.kind {
		case "person.registered.v1":
			registration, active = entry.data, flag(entry.data, "active")
		case "person.erased.v1":
			active = false
		}
	}
	return registration, active
}

// hasRole tells whether a person is active in a role.
func (known *register) hasRole(person, role string, size int) bool {
	registration, active := known.person(person, size)
	_, named := child(registration, "roles")[role]
	return active && named
}

func (known *register) sites(size int) []string {
	found := []string{}
	for _, entry := range known.portals {
		if entry.seq < size {
			found = texts(entry.data, "portals")
		}
	}
	return found
}
