// A draw's inputs: which applications want experts, how many, and who is in the pool, as the entries before say.
package main

import (
	"fmt"
	"sort"
)

// checkInputs compares the inputs of a draw with what follows from the entries before; whom data binds is not known here.
func (all *round) checkInputs(inputs object, each leaf) {
	panel := child(all.rules, "panel")
	for _, name := range []string{"alternates", "max_per_institution", "max_load"} {
		require(whole(inputs, name) == whole(panel, name), "%s %d, which is %d", name, whole(inputs, name), whole(panel, name))
	}
	stated := map[string]object{}
	for _, application := range objects(inputs, "applications") {
		stated[text(application, "stream")] = application
	}
	wanting := 0
	for _, number := range namesOf(all.bids) {
		of := all.bids[number]
		seats := all.wanted(of)
		if seats == 0 {
			continue
		}
		wanting++
		stream := "application/" + all.name + "/" + number
		application := stated[stream]
		require(application != nil, "%s wants experts, and is not in the draw", number)
		require(whole(application, "seats_wanted") == seats, "%s wants %d seats, not %d", number, seats, whole(application, "seats_wanted"))
		require(whole(application, "revision") == of.revision, "another version of %s", number)
		compareSets(number+": hosts", texts(application, "hosts"), of.units())
		compareSets(number+": avoid", texts(application, "avoid"), texts(of.submission, "avoid"))
		compareSets(number+": exclude", texts(application, "exclude"), namesOf(of.former))
		sitting := []string{}
		for _, person := range of.seats {
			sitting = append(sitting, person)
		}
		compareSets(number+": sitting", texts(application, "sitting"), sitting)
		for _, person := range of.involved() {
			require(holds(texts(application, "conflicts"), person), "%s: %s has another duty or a conflict, and may be drawn", number, person)
		}
	}
	require(wanting == len(stated), "%d applications in the draw, of which %d want experts", len(stated), wanting)
	require(wanting == whole(each.data, "applications"), "another number of applications")
	all.checkPool(inputs, each)
	count("draws", "inputs of draws", 1)
}

// wanted is for how many seats an application needs experts.
func (all *round) wanted(of *bid) int {
	seats := whole(child(all.rules, "panel"), "seats")
	if of.needed > 0 {
		seats = min(seats, of.needed)
	}
	fresh := of.fresh && len(of.seats) == 0 && len(of.empty) == 0
	if of.stage == "eligible" || fresh {
		return seats
	}
	open := false
	for place := range of.seats {
		_, reviewed := of.reviews[place]
		open = open || !reviewed || of.reviews[place].expert != of.seats[place]
	}
	if of.stage == "review" && !open && len(of.alternates) == 0 {
		return len(of.empty)
	}
	return 0
}

// involved are those who have another duty in the application than to review it, or were found in conflict with it.
func (of *bid) involved() []string {
	people := of.inConflict()
	for _, duty := range []string{"applicant", "recommender", "officer", "supervisor", "surveyor", "examiner", "objector"} {
		people = append(people, namesOf(of.duties[duty])...)
	}
	return people
}

func (all *round) checkPool(inputs object, each leaf) {
	load := map[string]int{}
	for _, of := range all.bids {
		if of.stage != "review" && !of.fresh {
			continue
		}
		for _, person := range of.seats {
			load[person]++
		}
		for _, person := range of.alternates {
			load[person]++
		}
	}
	stated := []string{}
	for _, expert := range objects(inputs, "experts") {
		stated = append(stated, fmt.Sprintf("%s of %s with %d", text(expert, "person"), text(expert, "employer"), whole(expert, "load_used")))
	}
	pool := []string{}
	for _, person := range namesOf(all.register.people) {
		registration, active := all.register.person(person, each.registerSize)
		roles := child(registration, "roles")
		employer := spell(text(registration, "employer"))
		if !active || roles["expert"] == nil || roles["recommender"] != nil || employer == "" || all.inOffice(person) {
			continue
		}
		if employer == "NONE" {
			employer = ""
		}
		pool = append(pool, fmt.Sprintf("%s of %s with %d", person, employer, load[person]))
	}
	compareSets("pool", stated, pool)
	require(len(pool) == whole(each.data, "experts"), "another number of experts")
}

// inOffice tells whether somebody holds a post, or ever stood in for one.
func (all *round) inOffice(person string) bool {
	for _, people := range all.posts.holders {
		if holds(people, person) {
			return true
		}
	}
	for _, given := range all.posts.delegated {
		if given.substitute == person {
			return true
		}
	}
	return false
}

func compareSets(what string, stated, expected []string) {
	names := map[string]int{}
	for _, each := range stated {
		names[each] |= 1
	}
	for _, each := range expected {
		names[each] |= 2
	}
	differing := []string{}
	for name, in := range names {
		if in != 3 {
			differing = append(differing, name)
		}
	}
	sort.Strings(differing)
	require(len(differing) == 0, "%s: %v stands in one of the two alone", what, differing)
}
