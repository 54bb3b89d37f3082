// Approvals: who agreed to which items at which level, what of it became void, and the list that follows.
package main

import (
	"sort"
)

// agreement is what a person agreed to at a level: items at their places and for their reasons, by number; and the
// proposal of which there was nothing to agree to, if that is what they did last.
type agreement struct {
	items   map[string][]agreed
	nothing int
}

// agreed is an item, and after how many checks of integrity it was agreed to.
type agreed struct {
	item
	check int
}

func (all *round) seeApproval(each leaf) {
	data := each.data
	switch each.kind {
	case "integrity.checked.v1", "approval.given.v1", "approval.sent-back.v1":
		all.checkTakenIn()
	}
	switch each.kind {
	case "integrity.checked.v1":
		all.checked, all.checks = whole(data, "proposal"), all.checks+1
		for number := range child(data, "hits") {
			all.hits[number] = "open"
		}
		all.forget(namesOf(child(data, "hits")))
		count("approvals", "integrity checks", 1)
	case "integrity.ruled.v1":
		require(all.hits[text(data, "application")] == "open", "a ruling without a hit that is open")
		all.hits[text(data, "application")] = map[bool]string{true: "cleared", false: "upheld"}[flag(data, "cleared")]
	case "integrity.stop-lifted.v1":
		delete(all.hits, text(data, "application"))
		all.forget([]string{text(data, "application")})
	case "integrity.reversed.v1":
		all.reverseIntegrity(text(data, "application"))
	case "approval.given.v1":
		all.agree(each)
	case "approval.sent-back.v1":
		all.countSentBack(each)
		all.forget(texts(data, "items"))
	case "approval.voided.v1":
		all.voidApproval(data)
	case "round.stage-finished.v1", "round.items-left.v1":
		all.hold(data)
		all.left = append(all.left, texts(data, "removed")...)
	case "round.held-settled.v1":
		all.release(each.kind, data)
		all.left = append(all.left, texts(data, "removed")...)
	case "round.proposal-returned.v1":
		all.release(each.kind, data)
	}
}

// forget voids what was agreed about items, and with it all that was agreed to while there was nothing to agree to.
func (all *round) forget(numbers []string) {
	for _, people := range all.agreed {
		for _, agreed := range people {
			agreed.nothing = 0
			for _, number := range numbers {
				delete(agreed.items, number)
			}
		}
	}
}

func (all *round) reverseIntegrity(number string) {
	if number != "" {
		all.hits[number] = "open"
		all.forget([]string{number})
		return
	}
	all.checked = 0
	for _, people := range all.agreed {
		for _, given := range people {
			given.nothing = 0
			for number, those := range given.items {
				given.items[number] = nil
				for _, each := range those {
					if each.check < all.checks {
						given.items[number] = append(given.items[number], each)
					}
				}
			}
		}
	}
}

// reopen notes that a ruling was reversed after its item had passed the notice, or had been removed.
func (all *round) reopen(of *bid) {
	if of.stage == "cleared" || of.stage == "ended" {
		all.reopened[of.number]++
		for _, people := range all.agreed {
			for _, given := range people {
				delete(given.items, of.number)
			}
		}
	}
}

// checkTakenIn sees that nobody decides before the round took in what was reversed.
func (all *round) checkTakenIn() {
	for _, number := range namesOf(all.proposed) {
		stage := all.bids[number].stage
		behind := all.reopened[number] > all.takenIn[number] && !all.waiting[number]
		require(!behind || stage != "held" && stage != "cleared", "%s is decided on, of which a ruling was reversed", number)
	}
}

func (all *round) hold(data object) {
	for _, number := range texts(data, "held") {
		all.waiting[number] = true
		all.giveBack(number)
		if _, left := data["finished"]; !left {
			all.takenIn[number]++
		}
	}
	all.forget(texts(data, "held"))
}

// giveBack has whoever comes back take their own place, or the first that is empty where it was filled.
func (all *round) giveBack(number string) {
	switch {
	case holds(all.left, number):
		all.left = without(all.left, number)
	case all.gone[number]:
		require(len(all.left) > 0, "%s comes back, to no place", number)
		all.left = all.left[1:]
		delete(all.gone, number)
	}
}

func (all *round) release(kind string, data object) {
	for _, name := range []string{"items", "released", "removed"} {
		for _, number := range texts(data, name) {
			delete(all.waiting, number)
		}
	}
	for number := range child(data, "reopened") {
		all.takenIn[number] = whole(child(data, "reopened"), number)
	}
	if kind == "round.proposal-returned.v1" {
		all.forget(texts(data, "items"))
	}
	all.proposal = whole(data, "proposal")
}

// stopped tells whether a hit is open or upheld: only these keep an item from the list.
func (all *round) stopped(number string) bool {
	return all.hits[number] == "open" || all.hits[number] == "upheld"
}

// due are the items that are decided on: cleared, neither listed nor waiting, without an open or upheld hit; in order.
func (all *round) due() []item {
	found := []item{}
	for _, number := range namesOf(all.proposed) {
		_, listed := all.places[number]
		if all.bids[number].stage == "cleared" && !listed && !all.waiting[number] && !all.stopped(number) {
			found = append(found, all.proposed[number])
		}
	}
	sort.SliceStable(found, func(one, other int) bool { return found[one].rank < found[other].rank })
	return found
}

func (all *round) agree(each leaf) {
	data, code := each.data, text(each.data, "level")
	require(member(objects(all.rules, "approval"), code) != nil, "a level that the rules do not name")
	require(all.checked == all.proposal, "an approval before an integrity check")
	require(whole(data, "proposal") == all.proposal, "an approval of another proposal")
	all.checkTurn(code)
	if all.agreed[code] == nil {
		all.agreed[code] = map[string]*agreement{}
	}
	person := each.post()
	for level, people := range all.agreed {
		for _, due := range all.due() {
			twice := level != code && people[person] != nil && people[person].covers(due)
			require(!twice, "%s approves %s at two levels", person, due.number)
		}
	}
	given := all.agreed[code][person]
	if given == nil {
		given = &agreement{items: map[string][]agreed{}}
		all.agreed[code][person] = given
	}
	given.nothing = all.proposal
	for _, due := range all.due() {
		given.nothing = 0
		if !given.covers(due) {
			given.items[due.number] = append(given.items[due.number], agreed{due, all.checks})
		}
	}
	require(flag(data, "passed") == all.passes(code), "passed is %v, which it is not", flag(data, "passed"))
	count("approvals", "approvals", 1)
}

// countSentBack sees that nobody, nor whom they stand in for, sent back more often than the rules let before a list.
func (all *round) countSentBack(each leaf) {
	most := 2
	if all.rules["send_backs"] != nil {
		most = whole(all.rules, "send_backs")
	}
	for person := range map[string]bool{each.person: true, each.post(): true} {
		all.sentBack[person]++
		require(all.sentBack[person] <= most, "%s sent back %d times", person, all.sentBack[person])
	}
	count("approvals", "proposals sent back", 1)
}

// checkTurn sees that the levels before have passed, unless the rules have them decide side by side.
func (all *round) checkTurn(code string) {
	for _, level := range objects(all.rules, "approval") {
		if text(level, "code") == code || text(all.rules, "levels") == "side-by-side" {
			return
		}
		require(all.passes(text(level, "code")), "%s was asked before %s agreed", code, text(level, "code"))
	}
}

// passes tells whether enough people of a level agreed to each item that is due, at its place and for its reason.
func (all *round) passes(code string) bool {
	agreeing, due := 0, all.due()
	for _, agreed := range all.agreed[code] {
		complete := len(due) > 0 || agreed.nothing == all.proposal
		for _, each := range due {
			complete = complete && agreed.covers(each)
		}
		if complete {
			agreeing++
		}
	}
	return agreeing >= whole(member(objects(all.rules, "approval"), code), "needed")
}

func (of *agreement) covers(due item) bool {
	for _, given := range of.items[due.number] {
		if given.rank == due.rank && same(given.reason, due.reason) {
			return true
		}
	}
	return false
}

func (all *round) voidApproval(data object) {
	for _, level := range texts(data, "levels") {
		delete(all.agreed[level], text(data, "person"))
	}
}

// post is who holds the post in which somebody acts.
func (of leaf) post() string {
	if holder := text(of.actor, "behalf"); holder != "" {
		return holder
	}
	return of.person
}

func (all *round) checkList(data object) {
	for _, level := range objects(all.rules, "approval") {
		require(all.passes(text(level, "code")), "%s did not agree to the items that stand", text(level, "code"))
	}
	due, stated := all.due(), child(data, "places")
	require(len(stated) == len(due), "%d listed, of %d who are due", len(stated), len(due))
	first := len(all.places)
	for at, each := range due {
		_, listed := stated[each.number]
		require(listed && whole(stated, each.number) == first+at+1, "%s is not at place %d", each.number, first+at+1)
		count("list", "places", 1)
	}
	for at, each := range due {
		all.places[each.number] = first + at + 1
	}
	for _, number := range namesOf(all.proposed) {
		_, listed := all.places[number]
		if all.bids[number].stage == "cleared" && !listed && all.hits[number] == "open" {
			all.waiting[number] = true
		}
	}
	require(len(all.places) <= whole(all.rules, "places"), "more listed than there are places")
	all.sentBack = map[string]int{}
	count("list", "lists", 1)
}
