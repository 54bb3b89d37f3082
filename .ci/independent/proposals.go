// Proposals: the standing that each is compared with, what needs a reason, and places filled from the reserve.
package main

import (
	"sort"
)

func items(data object) []item {
	found := []item{}
	for _, each := range objects(data, "items") {
		found = append(found, item{text(each, "application"), whole(each, "rank"), child(each, "reason")})
	}
	return found
}

// standing is who may be proposed: the supported first, by the agreed score, the panel's rank, then the number.
func (all *round) standing(stages ...string) []*bid {
	found := []*bid{}
	for _, number := range namesOf(all.bids) {
		if of := all.bids[number]; holds(stages, of.stage) && !all.waiting[number] {
			found = append(found, of)
		}
	}
	sort.SliceStable(found, func(one, other int) bool {
		if first := found[one].supported(all.rules); first != found[other].supported(all.rules) {
			return first
		}
		if order := found[one].agreed.Cmp(found[other].agreed); order != 0 {
			return order > 0
		}
		return found[one].rank < found[other].rank
	})
	return found
}

func numbersOf(of []*bid) []string {
	found := []string{}
	for _, each := range of {
		found = append(found, each.number)
	}
	return found
}

func (all *round) checkProposal(data object) {
	chosen := items(data)
	all.returnPlaces(chosen)
	standing := all.standing("appraised", "proposed", "cleared", "reserve")
	all.checkChoice(data, chosen, standing, nil)
	for _, number := range texts(data, "back") {
		all.left = without(all.left, number)
		delete(all.gone, number)
	}
	all.checkRoom(len(chosen), numbersOf(standing))
	for at, each := range chosen {
		require(each.rank == at+1, "%s has rank %d, at place %d", each.number, each.rank, at+1)
		require(all.hits[each.number] != "upheld", "%s is proposed, against whom a hit stands", each.number)
		all.proposed[each.number] = each
	}
	all.proposal = whole(data, "proposal")
	all.forget(texts(data, "anew"))
	count("proposals", "proposals", 1)
}

// returnPlaces leaves in place only who waits, or has ended: they come back to where they were proposed.
func (all *round) returnPlaces(chosen []item) {
	named := map[string]bool{}
	for _, each := range chosen {
		named[each.number] = true
	}
	for _, number := range namesOf(all.proposed) {
		stays := all.waiting[number] || all.bids[number].stage == "ended" && !named[number]
		if !stays {
			delete(all.proposed, number)
		}
	}
}

// checkRoom sees that no more are proposed than places are free: none that is issued, held or fell empty, but to whom it was.
func (all *round) checkRoom(chosen int, able []string) {
	free := whole(all.rules, "places") - len(all.places)
	for _, number := range all.left {
		if !holds(able, number) {
			free--
		}
	}
	for _, number := range namesOf(all.waiting) {
		if _, listed := all.places[number]; !listed {
			free--
		}
	}
	require(chosen <= free, "%d proposed, for %d places", chosen, free)
}

// checkChoice sees that the ranking is the standing, and that each who is against it or beyond a limit has a reason.
func (all *round) checkChoice(data object, chosen []item, standing []*bid, beside []string) {
	numbers, reasons := numbersOf(standing), child(data, "deviations")
	require(same(toAny(texts(data, "ranking")), toAny(numbers)), "a standing of %v, which is %v", texts(data, "ranking"), numbers)
	place := map[string]int{}
	for at, number := range numbers {
		place[number] = at + 1
	}
	due := map[string]string{}
	last, in := 0, map[string]bool{}
	for _, each := range chosen {
		require(place[each.number] > 0 && !in[each.number], "%s can't be proposed", each.number)
		in[each.number] = true
		last = max(last, place[each.number])
	}
	for number, at := range place {
		if !in[number] && (at < last || len(chosen) == 0) {
			due[number] = "passed over"
		}
	}
	for _, each := range chosen {
		if !all.bids[each.number].supported(all.rules) {
			due[each.number] = "not supported"
		}
	}
	all.checkOrder(chosen, place, due)
	all.checkLimits(chosen, due, beside)
	for number, why := range due {
		_, reasoned := reasons[number]
		require(reasoned, "no reason for %s, %s", number, why)
	}
	for number := range reasons {
		require(place[number] > 0, "a reason for %s, who can't be proposed", number)
	}
	count("proposals", "reasons due", len(due))
}

// checkOrder notes who is proposed at another place than the standing has among those who are.
func (all *round) checkOrder(chosen []item, place map[string]int, due map[string]string) {
	expected := append([]item{}, chosen...)
	sort.Slice(expected, func(one, other int) bool { return place[expected[one].number] < place[expected[other].number] })
	for at, each := range chosen {
		require(at == 0 || each.rank > chosen[at-1].rank, "items out of the order of their ranks")
		if expected[at].number != each.number {
			due[each.number] = "out of order"
		}
	}
}

// checkLimits notes who is beyond the most of a field or region; what stands beside counts too.
func (all *round) checkLimits(chosen []item, due map[string]string, beside []string) {
	for name, of := range map[string]func(*bid) string{"per_field_max": (*bid).field, "per_region_max": (*bid).region} {
		if all.rules[name] == nil {
			continue
		}
		counted := map[string]int{}
		for _, number := range beside {
			counted[of(all.bids[number])]++
		}
		for _, each := range chosen {
			value := of(all.bids[each.number])
			counted[value]++
			if counted[value] > whole(all.rules, name) {
				due[each.number] = "beyond " + name
			}
		}
	}
}

// checkFilled sees that places that fell empty go to the reserve, behind the others.
func (all *round) checkFilled(data object) {
	require(flag(all.rules, "filled_from_reserve"), "a place filled, which the rules leave empty")
	chosen, replaced := items(data), texts(data, "replaced")
	require(len(chosen) > 0 && len(chosen) == len(replaced), "%d items for %d places", len(chosen), len(replaced))
	highest, beside := 0, []string{}
	for number, each := range all.proposed {
		highest = max(highest, each.rank)
		stays := all.bids[number].stage != "ended" && !all.waiting[number] && all.hits[number] != "upheld"
		if stays {
			beside = append(beside, number)
		}
	}
	for _, number := range replaced {
		require(holds(all.left, number) || all.hits[number] == "upheld", "%s lost no place", number)
		if holds(all.left, number) {
			all.left = without(all.left, number)
			all.gone[number] = true
		} else {
			delete(all.proposed, number)
		}
	}
	all.checkChoice(data, chosen, all.standing("reserve"), beside)
	for at, each := range chosen {
		require(each.rank == highest+1+at, "%s is not behind the others", each.number)
		all.proposed[each.number] = each
	}
	all.proposal = whole(data, "proposal")
	count("proposals", "fillings", 1)
}

func toAny(of []string) []any {
	found := []any{}
	for _, each := range of {
		found = append(found, each)
	}
	return found
}
