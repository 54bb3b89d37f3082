// Acts: the leaves of one act stand together, are of whom they say, and are signed by that person (docs/format.md, "Proof").
package main

import (
	"encoding/hex"
	"fmt"
	"os"
	"strings"
	"time"
)

var levels = []string{"session", "signed", "signed-by-two"}

func (of leaf) place() string { return fmt.Sprintf("%s#%d", of.log, of.seq) }

func (of leaf) command() string { return text(of.data, "command_id") }

func (of leaf) name() string { return of.stream + "\n" + of.person + "\n" + of.command() }

// walk is what a log's acts so far amount to.
type walk struct {
	log      string
	register *register
	page     map[string]int
	rules    string
	asked    object
	seen     int
	done     map[string]bool
	lists    map[string]leaf
	// ruled is the hash of the rules by stream, as the last entry of each has it.
	ruled map[string]string
}

func checkActs(of *bundle, known *register, page map[string]int) {
	require(len(page) > 0, "no table of acts in the page of the process")
	for _, name := range namesOf(of.logs) {
		log := &walk{log: name, register: known, page: page, done: map[string]bool{},
			lists: map[string]leaf{}, ruled: map[string]string{}}
		for _, act := range actsOf(of.logs[name]) {
			now.kind, now.place = "acts", act[0].place()
			log.check(act)
		}
	}
}

func actsOf(log []leaf) [][]leaf {
	acts := [][]leaf{}
	for _, each := range log {
		last := len(acts) - 1
		if last >= 0 {
			one := acts[last][0]
			together := one.name() == each.name() && one.recorded.Equal(each.recorded)
			if together && one.registerSize == each.registerSize {
				acts[last] = append(acts[last], each)
				continue
			}
		}
		acts = append(acts, []leaf{each})
	}
	return acts
}

func (log *walk) check(act []leaf) {
	first := act[0]
	for _, each := range act {
		require(log.standsHere(each), "an entry that does not belong here")
		log.followRules(each)
		together := same(each.actor, first.actor) && each.at.Equal(first.at)
		together = together && text(each.data, "command_hash") == text(first.data, "command_hash")
		require(together, "entries of two acts under one name")
		require(each.seq == first.seq || len(each.signed) == 0, "a signature further on")
	}
	require(first.registerSize <= len(log.register.log), "it saw more than this bundle holds")
	changes := log.register.changes[first.registerSize]
	require(changes >= log.seen, "it saw less than one before")
	log.seen = changes
	require(log.log != registerLog || first.registerSize == first.seq, "it saw more or less than was there")
	switch before, late := log.lists[first.name()]; {
	case first.person == "system" || first.role == "system":
		log.checkEngine(act)
	case strings.HasPrefix(first.stream, "archive/"):
		require(len(first.signed) == 0 && text(first.actor, "authority") != "key", "a signature in an archive")
	case late && len(first.signed) == 0:
		checkLateRefusal(before, act)
		delete(log.lists, first.name())
	default:
		log.checkPersons(act)
	}
	count("acts", "acts", 1)
	log.seal(act)
}

// followRules sees that an entry names the rules that it brings, or else those of the entry before in its stream.
func (log *walk) followRules(each leaf) {
	expected := log.ruled[each.stream]
	if brought := text(each.data, "rules_hash"); brought != "" {
		expected = brought
		require(log.rules == "" || brought == log.rules, "other rules than were sealed")
	}
	require(each.rules == expected, "decided under other rules")
	log.ruled[each.stream] = expected
}

// standsHere tells whether an entry may stand in this log and stream: docs/format.md, "Who appends what".
func (log *walk) standsHere(each leaf) bool {
	family, rest, _ := strings.Cut(each.stream, "/")
	prefix, _, _ := strings.Cut(each.kind, ".")
	ofRegister := strings.Contains(" person unit letter papers log message signer code key portals installation ", " "+prefix+" ")
	refusal := each.kind == "act.refused.v1"
	switch {
	case log.log == registerLog:
		return each.stream == registerLog && (ofRegister || refusal)
	case family == "archive":
		return rest == log.log && each.kind == "histories.archived.v1"
	case family == "round":
		return rest == log.log && !ofRegister && each.kind != "histories.archived.v1"
	default:
		known := family == "application" || family == "recommender"
		within := known && strings.HasPrefix(rest, log.log+"/")
		return within && !ofRegister && each.kind != "histories.archived.v1"
	}
}

func (log *walk) checkEngine(act []leaf) {
	first := act[0]
	engine := object{"person": "system", "role": "system", "authority": "engine", "reason": nil}
	require(same(first.actor, engine) && len(first.signed) == 0, "not the engine")
	own := first.kind == "installation.founded.v1" || first.kind == "code.renewed.v1" || first.kind == "act.refused.v1"
	require(log.log != registerLog || len(act) == 1 && own, "a change of the register by the engine")
}

// checkLateRefusal is of a recommendation that the application never took.
func checkLateRefusal(before leaf, act []leaf) {
	first := act[0]
	by := object{}
	for name, value := range before.actor {
		by[name] = value
	}
	by["authority"], by["reason"] = "engine", nil
	fits := text(first.data, "command_hash") == text(before.data, "command_hash")
	alone := len(act) == 1 && first.kind == "act.refused.v1"
	require(alone && fits && same(first.actor, by), "an act twice")
}

func (log *walk) checkPersons(act []leaf) {
	first, last := act[0], act[len(act)-1]
	require(!log.done[first.name()], "an act twice")
	log.done[first.name()] = true
	if strings.HasPrefix(first.stream, "recommender/") {
		log.lists[first.name()] = first
	}
	refused := last.kind == "act.refused.v1"
	for _, each := range act[:len(act)-1] {
		require(each.kind != "act.refused.v1", "an act that goes on once refused")
	}
	require(!refused || len(act) == 1 || len(act) == 2 && log.mayPrecede(first), "something came of a refused act")
	require(log.register.founded != nil, "never founded")
	if len(first.signed) == 0 {
		local := flag(log.register.founded, "local") && text(first.actor, "authority") == "local"
		require(local, "unsigned")
		count("signatures", "acts unsigned on a local installation", 1)
		return
	}
	require(text(first.actor, "authority") == "key", "another authority")
	now.kind = "signatures"
	log.checkSigned(first, last, refused)
}

// mayPrecede tells whether an entry may stand before the refusal of its act.
func (log *walk) mayPrecede(first leaf) bool {
	begins := strings.HasSuffix(first.stream, "installation") || first.data != nil
	switch first.kind {
	case "application.lapsed.v1":
		return begins && text(first.data, "outcome") == "never-submitted"
	case "list.never-opened.v1":
		return log.asked == nil
	case "code.missed.v1":
		return log.log == registerLog
	}
	return false
}

func (log *walk) checkSigned(first, last leaf, refused bool) {
	command, asked := first.signed["command"].(object)
	require(asked != refused, "a command where none belongs, or none")
	kind := text(last.data, "kind")
	if asked {
		kind = text(command, "kind")
		envelope := object{"command": command, "reason": first.actor["reason"], "role": first.role, "stream": first.stream}
		require(digest(canonical(envelope)) == text(first.data, "command_hash"), "another command")
	}
	level := log.levelOf(kind, refused)
	proof := child(first.signed, "proof")
	key := log.register.keys(first.person, first.registerSize)[text(child(proof, "signature"), "key")]
	if key == nil && log.log == registerLog && first.seq == log.register.first {
		key = log.firstKey(first, command)
	}
	log.checkProof(first, signer{first.person, key, proof, ""}, level)
	second, two := first.signed["second"].(object)
	require(two || level < 2, "a second signature is missing")
	if two {
		person, proof := text(second, "person"), child(second, "proof")
		require(person != first.person, "one person twice")
		key := log.register.keys(person, first.registerSize)[text(child(proof, "signature"), "key")]
		log.checkProof(first, signer{person, key, proof, first.person}, 1)
	}
}

// levelOf returns how surely an act must be signed: as the sealed rules say, else as the page of the process does.
func (log *walk) levelOf(kind string, refused bool) int {
	if log.asked == nil {
		return log.page[kind]
	}
	_, named := log.asked[kind]
	require(refused || named, "an act that the rules do not name: %s", kind)
	for level, name := range levels {
		if name == text(log.asked, kind) {
			return level
		}
	}
	return 0
}

// firstKey returns the very first key, which signs for itself, if the code signed its enrolment before it ran out.
func (log *walk) firstKey(first leaf, command object) object {
	known, key := log.register, child(first.data, "key")
	require(text(first.data, "person") == first.person && len(list(command, "keys")) == 1, "not the first key alone")
	if flag(known.founded, "local") {
		return key
	}
	require(known.until != "" && first.at.Before(instant(known.until)), "a code that ran out")
	said := object{"by_code": key, "installation": text(known.founded, "installation"), "person": first.person, "version": 1}
	token, err := hex.DecodeString(text(command, "token"))
	must("token", err)
	public, err := hex.DecodeString(known.code)
	must("code", err)
	require(verifyEd25519(public, canonical(said), token), "a first key without its code")
	return key
}

func (log *walk) seal(act []leaf) {
	for _, each := range act {
		if each.kind != "round.opened.v1" {
			continue
		}
		rules, stated := child(each.data, "rules"), text(each.data, "rules_hash")
		require(len(act) == 1 && log.asked == nil, "rules sealed twice")
		require(each.stream == "round/"+log.log && each.person != "system", "rules sealed by nobody")
		require(digest(canonical(rules)) == stated && each.rules == stated, "rules of another hash")
		if command, signed := each.signed["command"].(object); signed {
			asked := text(command, "kind") == "open-round" && text(command, "rules_hash") == stated
			require(asked, "other rules than were asked for")
		}
		log.rules, log.asked = stated, child(rules, "assurance")
		count("rules", "rules sealed", 1)
	}
}

// readPage returns how surely each act must be signed, by the tables of docs/process.md.
func readPage(name string) map[string]int {
	now.kind, now.place = "acts", name
	content, err := os.ReadFile(name)
	must("page", err)
	words := []string{"by the session", "by one", "by two"}
	found, column := map[string]int{}, -1
	lines(content, func(line []byte) {
		cells := strings.Split(strings.Trim(strings.TrimSpace(string(line)), "|"), "|")
		for place, cell := range cells {
			if strings.TrimSpace(cell) == "signed" {
				column = place
			}
		}
		if column < 0 || column >= len(cells) || !strings.HasPrefix(string(line), "| `") {
			return
		}
		for level, word := range words {
			if strings.HasPrefix(strings.TrimSpace(cells[column]), word) {
				found[strings.Split(cells[0], "`")[1]] = level
			}
		}
	})
	return found
}

const ahead, longest = 2 * time.Minute, 7 * 24 * time.Hour
