// Draws: committed before their numbers are known, opened by another person, and seated as they came out.
package main

import (
	"encoding/hex"
	"strconv"
	"time"
)

// draw is one draw as its entries so far have it.
type draw struct {
	by, role      string
	commitment    string
	inputs        object
	public, until time.Time
	read          map[string]string
	key           []byte
	opened, void  bool
	drawn         bool
	replaced      *draw
	panels        object
}

func (all *round) seeDraw(each leaf) {
	data, name := each.data, text(each.data, "draw")
	of := all.draws[name]
	require((of == nil) == (each.kind == "draw.committed.v1"), "a draw out of turn")
	switch each.kind {
	case "draw.committed.v1":
		all.commit(name, each)
	case "draw.numbers-entered.v1":
		require(!of.opened && !of.void, "numbers of a draw that is over")
		of.read[each.person] = text(data, "numbers")
	case "draw.opened.v1":
		of.open(each)
	case "draw.voided.v1":
		require(!of.opened && !of.void, "a draw that is over was voided")
		of.void = true
	case "draw.drawn.v1":
		require(of.opened && !of.drawn, "drawn out of turn")
		of.drawn = true
		all.checkDrawn(of, data)
	}
}

func (all *round) commit(name string, each leaf) {
	next := &draw{by: each.post(), role: each.role, commitment: text(each.data, "commitment"), inputs: child(each.data, "inputs"),
		public: instant(text(each.data, "public")), until: instant(text(each.data, "until")), read: map[string]string{}}
	for _, before := range all.draws {
		require(before.opened || before.void, "two draws at once")
		require(next.public.After(before.public), "numbers that are known before another draw's")
	}
	all.checkDrawer(each)
	lead := time.Duration(whole(child(all.rules, "draws"), "lead_minutes")) * time.Minute
	require(!each.at.Add(lead).After(next.public) || all.rehearsed(), "committed when its numbers were about to be known")
	if content := all.bundle.content(next.inputs); content != nil {
		all.checkInputs(parseObject(content), each)
	}
	next.replaced, all.last = all.last, next
	all.draws[name] = next
}

// checkDrawer sees that officers commit, and after a draw that was voided nobody of the post that had committed it.
func (all *round) checkDrawer(each leaf) {
	voided := all.last != nil && all.last.void
	expected := "officer"
	if voided && all.last.role == "officer" {
		expected = "supervisor"
	}
	require(each.role == expected, "a draw committed by %ss, whose turn it is not", each.role)
	if !voided {
		return
	}
	post := all.last.role + "s"
	barred := append(append([]string{all.last.by}, all.posts.ever[post]...), all.posts.meeting(post)...)
	require(!holds(barred, each.person) && !holds(barred, each.post()), "%s committed after a voided draw of their post", each.person)
	count("draws", "draws made by others after a voided one", 1)
}

// rehearsed tells whether lengths are shorter here than they are called.
func (all *round) rehearsed() bool { return text(child(all.rules, "clock"), "kind") == "rehearsal" }

func (of *draw) open(each leaf) {
	require(!of.opened && !of.void, "a draw that is over was opened")
	again := of.replaced != nil && of.replaced.void && of.replaced.by == each.post()
	require(each.post() != of.by && !again, "opened by who committed it, or the one before that was voided")
	require(!each.at.Before(of.public) && each.at.Before(of.until), "opened before or after its time")
	secret, err := hex.DecodeString(text(each.data, "secret"))
	must("secret", err)
	require(digest(secret) == of.commitment, "another secret than was committed to")
	randomness := text(each.data, "randomness")
	if signature := text(each.data, "signature"); signature != "" {
		signed, err := hex.DecodeString(signature)
		must("signature", err)
		require(digest(signed) == randomness, "not the beacon's randomness")
	} else {
		others := 0
		for person, numbers := range of.read {
			require(numbers == randomness, "%s read other numbers", person)
			if person != each.person {
				others++
			}
		}
		require(others > 0, "numbers that one person alone read")
	}
	of.opened, of.key = true, keyOfDraw(secret, randomness)
	count("draws", "draws opened", 1)
}

func (all *round) checkDrawn(of *draw, data object) {
	content := all.bundle.content(of.inputs)
	if content == nil {
		count("draws", "draws whose inputs are not in the bundle", 1)
		return
	}
	inputs := parseObject(content)
	candidates := readPool(inputs)
	reference, has := data["result"].(object)
	if !has {
		candidates.checkClash(of.key, texts(data, "clashing"))
		return
	}
	result := all.bundle.content(reference)
	if result == nil {
		count("draws", "draws whose result is not in the bundle", 1)
		return
	}
	of.panels = parseObject(result)
	candidates.check(of.key, of.panels, int64(whole(data, "total_cost")))
}

// checkSeated sees that those sit who were drawn, in order and without whom the entry passes over, and that the lot is
// that of the draw's key.
func (all *round) checkSeated(of *bid, each leaf) {
	from := all.draws[text(each.data, "draw")]
	require(from != nil && from.drawn, "seated without a draw")
	require(text(each.data, "lot") == lotOf(from.key, each.stream), "another lot than the draw's")
	if of.lot == "" {
		of.lot = text(each.data, "lot")
	}
	if from.panels != nil {
		of.checkOrder(each.data, child(child(from.panels, "panels"), each.stream))
	}
	count("draws", "panels seated", 1)
}

// checkOrder sees that seats and alternates follow the draw, and that nobody waits while a seat is vacant.
func (of *bid) checkOrder(data, panel object) {
	seats, alternates, out := child(data, "seats"), texts(data, "alternates"), texts(data, "passed_over")
	vacant := list(data, "vacant")
	passed := map[string]bool{}
	for _, person := range out {
		passed[person] = true
	}
	fit, unfit := []string{}, []string{}
	for _, person := range append(append([]string{}, texts(panel, "seats")...), texts(panel, "alternates")...) {
		if passed[person] {
			unfit = append(unfit, person)
		} else {
			fit = append(fit, person)
		}
	}
	require(same(toAny(append(ascending(seats), alternates...)), toAny(fit)), "others sit than were drawn")
	require(same(toAny(out), toAny(unfit)), "somebody was passed over who was not drawn")
	for number, person := range of.seats {
		_, twice := seats[strconv.Itoa(number)]
		require(!twice, "%s sits where somebody was seated", person)
	}
	require(len(vacant) == 0 || len(alternates) == 0, "an alternate waits behind a seat that is vacant")
	count("draws", "people of a draw who were passed over", len(out))
}
