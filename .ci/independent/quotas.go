// Quotas: what each unit's list holds, and that no application is on two.
package main

func (all *round) quota(unit string) int {
	of := member(objects(all.rules, "recommenders"), unit)
	require(of != nil, "a list of %s, whom the rules do not name", unit)
	if of["quota"] != nil {
		return whole(of, "quota")
	}
	return whole(member(objects(all.rules, "routes"), text(of, "route")), "quota")
}

func (all *round) seeList(unit string, each leaf) {
	now.kind = "duties"
	all.checkActor(each)
	now.kind = "deadlines"
	all.days.see(nil, each)
	now.kind = "quotas"
	number := text(each.data, "application")
	switch each.kind {
	case "list.recommended.v1":
		if all.lists[unit] == nil {
			all.lists[unit] = map[string]bool{}
		}
		require(!all.lists[unit][number], "%s on one list twice", number)
		all.lists[unit][number] = true
		most := all.quota(unit)
		require(len(all.lists[unit]) <= most, "%d on a list of %d", len(all.lists[unit]), most)
		require(whole(each.data, "quota") == most, "a quota of %d, which is %d", whole(each.data, "quota"), most)
		count("quotas", "recommendations", 1)
	case "list.withdrawn.v1", "list.freed.v1":
		require(all.lists[unit][number], "%s was not on the list", number)
		delete(all.lists[unit], number)
	}
}

// checkRecommended is of the application: its unit has it on its list, and is of its region.
func (all *round) checkRecommended(of *bid, data object) {
	unit := text(data, "unit")
	require(all.lists[unit][of.number], "recommended by %s, who has it on no list", unit)
	require(of.stage == "submitted", "recommended by two")
	require(whole(data, "revision") == of.revision, "another version than was recommended")
	region := text(member(objects(all.rules, "recommenders"), unit), "region")
	require(region == "" || region == of.region(), "recommended by a unit of another region")
	count("quotas", "applications recommended", 1)
}
