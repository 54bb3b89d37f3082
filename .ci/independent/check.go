// Checks a bundle of this project by docs/format.md, docs/events.md and docs/rules.md, with nothing of ours.
//
//	check VKEY PROCESS BUNDLE [PROOF ...]
//
// VKEY is the installation's verifier key as `selection keys` writes it, PROCESS the page docs/process.md, BUNDLE the zip
// file as it was exported, PROOF a .tlog-proof file of one of its logs. Says of each kind of check how much it looked at. Exits with 1 and the
// first finding when anything does not hold: "refuted: KIND: PLACE: WHY".
package main

import (
	"fmt"
	"os"
	"strings"
)

// finding is what does not hold; accessors and checks panic with one.
type finding struct{ why string }

// kinds of checks, in the order in which they are told.
var kinds = []string{
	"files", "logs", "leaves", "contents", "histories", "receipts", "acts", "signatures",
	"rules", "deadlines", "quotas", "draws", "duties", "scores", "ranks", "proposals", "approvals", "list",
}

// now is what is being checked, so that whatever fails names its place.
var now struct{ kind, place string }

var counts = map[string]map[string]int{}

var units = map[string][]string{}

func main() {
	defer tell()
	if len(os.Args) < 4 {
		refute("usage: check VKEY PROCESS BUNDLE [PROOF ...]")
	}
	of := open(os.Args[3])
	logs := checkLogs(of, os.Args[1])
	checkContents(of)
	checkHistories(of)
	for _, name := range os.Args[4:] {
		checkReceipt(name, logs)
	}
	known := readRegister(of.logs[registerLog])
	checkActs(of, known, readPage(os.Args[2]))
	walkRound(of, known)
	for _, kind := range kinds {
		said := []string{}
		for _, unit := range units[kind] {
			said = append(said, fmt.Sprintf("%d %s", counts[kind][unit], unit))
		}
		if len(said) == 0 {
			said = []string{"nothing of this kind"}
		}
		fmt.Printf("%-10s %s\n", kind, strings.Join(said, ", "))
	}
}

// tell ends the program with the finding that something panicked with.
func tell() {
	switch problem := recover().(type) {
	case nil:
	case finding:
		fmt.Fprintf(os.Stderr, "refuted: %s: %s: %s\n", now.kind, now.place, problem.why)
		os.Exit(1)
	default:
		fmt.Fprintf(os.Stderr, "refuted: %s: %s: unreadable: %v\n", now.kind, now.place, problem)
		os.Exit(1)
	}
}

// count notes that something was looked at and holds.
func count(kind string, unit string, more int) {
	if counts[kind] == nil {
		counts[kind] = map[string]int{}
	}
	if _, known := counts[kind][unit]; !known {
		units[kind] = append(units[kind], unit)
	}
	counts[kind][unit] += more
}

func refute(why string, args ...any) {
	panic(finding{fmt.Sprintf(why, args...)})
}

func require(holds bool, why string, args ...any) {
	if !holds {
		refute(why, args...)
	}
}

// must is for what Go's own packages could not read or verify.
func must(what string, err error) {
	require(err == nil, "%s: %v", what, err)
}
