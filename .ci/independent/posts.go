// Posts: who holds each, who stands in, and that whoever acts in a role is entitled to it.
package main

import (
	"time"
)

// delegation is that somebody acts in a post for its holder for a while.
type delegation struct {
	post, holder, substitute string
	start, until             time.Time
}

// posts are the holders by post; a level of approval is `approvers/LEVEL`.
type posts struct {
	holders    map[string][]string
	ever       map[string][]string
	delegated  map[int]*delegation
	ofApproval []object
}

// roleOf is the role that the register must give for a post.
var roleOf = map[string]string{
	"officers": "officer", "supervisors": "supervisor", "auditors": "auditor", "admins": "admin", "approvers": "approver",
}

func sealPosts(rules object) *posts {
	of := &posts{map[string][]string{}, map[string][]string{}, map[int]*delegation{}, objects(rules, "approval")}
	for _, post := range []string{"officers", "supervisors", "auditors", "admins"} {
		of.put(post, texts(child(rules, "staff"), post))
	}
	for _, level := range of.ofApproval {
		of.put("approvers/"+text(level, "code"), texts(level, "approvers"))
	}
	return of
}

func (of *posts) put(post string, people []string) {
	of.holders[post] = people
	of.ever[post] = append(of.ever[post], people...)
}

// approvers are those of all levels.
func (of *posts) all(post string) []string {
	if post != "approvers" {
		return of.holders[post]
	}
	found := []string{}
	for _, level := range of.ofApproval {
		found = append(found, of.holders["approvers/"+text(level, "code")]...)
	}
	return found
}

// meeting are all who have a post's duty in every application: its holders, and who ever stood in for one.
func (of *posts) meeting(post string) []string {
	found := append([]string{}, of.all(post)...)
	for _, each := range of.delegated {
		if each.post == post {
			found = append(found, each.substitute)
		}
	}
	return found
}

func postOf(data object) string {
	if text(data, "post") == "approvers" {
		return "approvers/" + text(data, "level")
	}
	return text(data, "post")
}

// checkActor sees that whoever acted is active, and holds the post or role in which they did.
func (all *round) checkActor(each leaf) {
	if each.person == "system" || each.kind == "act.refused.v1" || all.posts == nil {
		return
	}
	people := []string{each.person}
	if second, two := each.signed["second"].(object); two {
		people = append(people, text(second, "person"))
	}
	if holder := text(each.actor, "behalf"); holder != "" {
		people = append(people, holder)
	}
	for _, person := range people {
		registration, active := all.register.person(person, each.registerSize)
		require(registration == nil || active, "%s acted, who is not active", person)
	}
	for post, role := range roleOf {
		if role == each.role && post != "auditors" {
			all.checkPost(each, post)
		}
	}
	count("duties", "acts of active people", 1)
}

func (all *round) checkPost(each leaf, post string) {
	held := all.posts.all(post)
	if level := text(each.data, "level"); post == "approvers" && level != "" && each.kind != "round.post-change-entered.v1" {
		held = all.posts.holders["approvers/"+level]
	}
	require(holds(held, each.post()), "%s acted as %s, which they are not", each.post(), each.role)
	holder := text(each.actor, "behalf")
	if holder == "" {
		return
	}
	for _, given := range all.posts.delegated {
		within := !each.at.Before(given.start) && each.at.Before(given.until)
		if given.post == post && given.holder == holder && given.substitute == each.person && within {
			return
		}
	}
	refute("%s stood in for %s, who had them do so at no such time", each.person, holder)
}

func (all *round) seePosts(each leaf) {
	data := each.data
	switch each.kind {
	case "round.post-changed.v1":
		all.checkChange(each)
		post := postOf(data)
		held := append([]string{}, texts(data, "added")...)
		for _, person := range all.posts.holders[post] {
			if !holds(texts(data, "removed"), person) {
				held = append(held, person)
			}
		}
		all.posts.put(post, held)
		all.checkApart(data)
		count("duties", "changes of posts", 1)
	case "round.post-change-entered.v1":
		all.checkChange(each)
	case "round.post-delegated.v1":
		given := &delegation{text(data, "post"), text(data, "holder"), text(data, "substitute"), instant(text(data, "start")), instant(text(data, "until"))}
		own := given.holder == each.person && text(each.actor, "behalf") == "" && roleOf[given.post] == each.role
		require(own && !given.start.Before(each.at) && given.until.After(given.start), "a delegation by another, or of no time")
		require(all.register.hasRole(given.substitute, each.role, each.registerSize), "a substitute without the role")
		for post := range roleOf {
			require(!holds(all.posts.all(post), given.substitute), "a substitute who holds a post")
		}
		for _, before := range all.posts.delegated {
			require(before.substitute != given.substitute || before.holder == given.holder, "a substitute for two")
		}
		all.posts.delegated[whole(data, "number")] = given
		count("duties", "delegations", 1)
	case "round.delegation-ended.v1":
		given := all.posts.delegated[whole(data, "number")]
		require(given != nil, "no such delegation")
		if each.at.Before(given.until) {
			given.until = each.at
		}
	}
}

// checkChange sees that others give and take a post, to people of its role, and that enough are left.
func (all *round) checkChange(each leaf) {
	data, post := each.data, postOf(each.data)
	added, removed, held := texts(data, "added"), texts(data, "removed"), all.posts.holders[post]
	require(held != nil && len(added)+len(removed) > 0, "a change of no post")
	if _, agreed := data["entry"]; !agreed && each.kind == "round.post-changed.v1" {
		by := map[bool]string{true: "officer", false: "supervisor"}[post == "supervisors"]
		require(each.role == by, "a post changed by another role")
	}
	require(text(each.actor, "behalf") == "", "a post changed by a substitute")
	signers := []string{each.person}
	if second, two := each.signed["second"].(object); two {
		signers = append(signers, text(second, "person"))
	}
	for _, person := range signers {
		require(!holds(added, person) && !holds(removed, person), "%s changed their own post", person)
	}
	for _, person := range added {
		require(!holds(held, person), "%s held the post before", person)
		role := roleOf[text(data, "post")]
		require(all.register.hasRole(person, role, each.registerSize), "%s is not registered as %s", person, role)
	}
	for _, person := range removed {
		require(holds(held, person), "%s did not hold the post", person)
	}
	least := map[string]int{"officers": 2, "supervisors": 2}[post]
	if level := member(all.posts.ofApproval, text(data, "level")); level != nil {
		least = whole(level, "needed")
	}
	left := len(held) + len(added) - len(removed)
	require(left >= min(least, len(held)), "%d are left of %s, %d at least", left, post, least)
}

// checkApart sees that whoever got a post has no second one that must not meet it.
func (all *round) checkApart(data object) {
	for _, person := range texts(data, "added") {
		having := []string{}
		for post, people := range all.posts.holders {
			if holds(people, person) {
				having = append(having, post)
			}
		}
		other := len(having) > 1 && !holds(having, "admins") || len(having) > 1 && holds(having, "auditors")
		require(!other, "%s has two posts: %v", person, having)
	}
}
