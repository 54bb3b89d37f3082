// A draw's panels: each within its limits, the cheapest first, and together as cheap as any that keep the limits.
package main

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"sort"
)

// expand is the first block of HKDF-Expand (RFC 5869).
func expand(key []byte, info []byte) []byte {
	mac := hmac.New(sha256.New, key)
	mac.Write(info)
	mac.Write([]byte{1})
	return mac.Sum(nil)
}

func keyOfDraw(secret []byte, randomness string) []byte {
	mac := hmac.New(sha256.New, []byte(randomness))
	mac.Write(secret)
	return expand(mac.Sum(nil), []byte("center-selection draw v1"))
}

func lotOf(key []byte, stream string) string {
	return hex.EncodeToString(expand(key, []byte("lot\x00"+stream))[:16])
}

func costOf(key []byte, stream, person string) int64 {
	cost := int64(0)
	for _, each := range expand(key, []byte("pair\x00"+stream+"\x00"+person))[:5] {
		cost = cost<<8 | int64(each)
	}
	return cost
}

// pool is what a draw chooses from, within which limits.
type pool struct {
	inputs       object
	applications []object
	employers    map[string]string
	used         map[string]int
}

// limits are all that can clash, by the names of an entry that found no panels.
var limits = []string{"employer", "conflict", "avoid", "institution", "load", "alternates"}

func readPool(inputs object) *pool {
	of := &pool{inputs, objects(inputs, "applications"), map[string]string{}, map[string]int{}}
	for _, expert := range objects(inputs, "experts") {
		of.employers[text(expert, "person")] = text(expert, "employer")
		of.used[text(expert, "person")] = whole(expert, "load_used")
	}
	return of
}

// house is whose limit a person counts towards; who has no employer has a house of their own.
func (of *pool) house(person string) string {
	if of.employers[person] == "" {
		return "\x00" + person
	}
	return of.employers[person]
}

// barred tells why somebody may not sit there, by the limits that hold.
func (of *pool) barred(application object, person string, holding []string) bool {
	employer := of.employers[person]
	switch {
	case holds(texts(application, "exclude"), person), holds(texts(application, "sitting"), person):
		return true
	case holds(holding, "employer") && employer != "" && holds(texts(application, "hosts"), employer):
		return true
	case holds(holding, "conflict") && holds(texts(application, "conflicts"), person):
		return true
	}
	return holds(holding, "avoid") && holds(texts(application, "avoid"), person)
}

func (of *pool) sitting(application object, house string) int {
	found := 0
	for _, person := range texts(application, "sitting") {
		if _, known := of.employers[person]; known && of.house(person) == house {
			found++
		}
	}
	return found
}

// cheapest returns how many places can be filled at these applications within the limits, and for how much.
func (of *pool) cheapest(key []byte, applications []object, holding []string) (filled, wanted int, total int64) {
	ways := &network{}
	source, sink := ways.node(), ways.node()
	people, many := map[string]int{}, len(applications)
	for _, person := range namesOf(of.employers) {
		people[person] = ways.node()
		room := many
		if holds(holding, "load") {
			room = max(0, whole(of.inputs, "max_load")-of.used[person])
		}
		ways.join(people[person], sink, room, 0)
	}
	for _, application := range applications {
		places := whole(application, "seats_wanted")
		if holds(holding, "alternates") {
			places += whole(of.inputs, "alternates")
		}
		wanted += places
		at, houses := ways.node(), map[string]int{}
		ways.join(source, at, places, 0)
		for _, person := range namesOf(of.employers) {
			if of.barred(application, person, holding) {
				continue
			}
			house := of.house(person)
			if _, known := houses[house]; !known {
				houses[house] = ways.node()
				room := len(of.employers)
				if holds(holding, "institution") {
					room = max(0, whole(of.inputs, "max_per_institution")-of.sitting(application, house))
				}
				ways.join(at, houses[house], room, 0)
			}
			ways.join(houses[house], people[person], 1, costOf(key, text(application, "stream"), person))
		}
	}
	filled, total = ways.send(source, sink)
	return filled, wanted, total
}

// check sees that a result keeps all limits and is as cheap as any that does.
func (of *pool) check(key []byte, result object, stated int64) {
	panels := child(result, "panels")
	require(len(panels) == len(of.applications), "panels for other applications")
	used, total := map[string]int{}, int64(0)
	for _, application := range of.applications {
		stream := text(application, "stream")
		panel := child(panels, stream)
		seats, alternates := texts(panel, "seats"), texts(panel, "alternates")
		fits := len(seats) == whole(application, "seats_wanted") && len(alternates) == whole(of.inputs, "alternates")
		require(fits, "%s: other seats than are wanted", stream)
		total += of.checkPanel(key, application, append(append([]string{}, seats...), alternates...), used)
	}
	for person, places := range used {
		require(places+of.used[person] <= whole(of.inputs, "max_load"), "%s sits too often", person)
	}
	require(total == stated && total == int64(whole(result, "total_cost")), "a cost of %d, which is %d", stated, total)
	filled, wanted, least := of.cheapest(key, of.applications, limits)
	require(filled == wanted && least == total, "panels for %d, where %d is the least", total, least)
	count("draws", "panels drawn", len(of.applications))
}

func (of *pool) checkPanel(key []byte, application object, people []string, used map[string]int) int64 {
	stream, houses := text(application, "stream"), map[string]int{}
	total, before, seen := int64(0), int64(-1), map[string]bool{}
	for _, person := range people {
		_, known := of.employers[person]
		able := known && !seen[person] && !of.barred(application, person, limits)
		require(able, "%s: %s may not sit there", stream, person)
		cost := costOf(key, stream, person)
		require(cost >= before, "%s: not in the order of cost", stream)
		seen[person], before = true, cost
		total += cost
		used[person]++
		houses[of.house(person)]++
	}
	for house, places := range houses {
		most := whole(of.inputs, "max_per_institution")
		require(places+of.sitting(application, house) <= most, "%s: too many of one institution", stream)
	}
	return total
}

// checkClash sees that there are no panels, and none for the named applications within the named limits alone.
func (of *pool) checkClash(key []byte, clashing []string) {
	filled, wanted, _ := of.cheapest(key, of.applications, limits)
	require(filled < wanted, "no panels, although there are")
	holding, named := []string{}, []object{}
	for _, name := range clashing {
		if holds(limits, name) {
			holding = append(holding, name)
			continue
		}
		for _, application := range of.applications {
			if text(application, "stream") == name {
				named = append(named, application)
			}
		}
	}
	if len(named) == 0 || len(named) >= 50 {
		named = of.applications
	}
	filled, wanted, _ = of.cheapest(key, named, holding)
	require(filled < wanted, "panels for those that are named, within the limits that are")
	count("draws", "draws without panels", 1)
}

func ascending(seats object) []string {
	numbers := namesOf(seats)
	sort.Slice(numbers, func(one, other int) bool {
		return len(numbers[one]) < len(numbers[other]) || len(numbers[one]) == len(numbers[other]) && numbers[one] < numbers[other]
	})
	found := []string{}
	for _, number := range numbers {
		found = append(found, text(seats, number))
	}
	return found
}
