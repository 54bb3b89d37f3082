// Duties: nobody has two in one application that must not meet, and nobody judges who must stand aside.
package main

import (
	"strings"
)

// apart are the duties that never meet in one person, as docs/format.md has them.
var apart = map[string]string{
	"applicant":   "recommender reviewer surveyor officer supervisor examiner objector approver auditor admin",
	"recommender": "reviewer surveyor officer supervisor examiner approver auditor admin",
	"reviewer":    "officer supervisor examiner objector approver auditor admin",
	"surveyor":    "officer supervisor examiner objector approver auditor admin rival",
	"officer":     "supervisor examiner objector approver auditor rival",
	"supervisor":  "examiner objector approver auditor rival",
	"examiner":    "objector approver auditor admin rival",
	"objector":    "approver auditor admin rival",
	"approver":    "auditor rival",
	"auditor":     "admin rival",
}

// clashing tells whether two duties must not meet.
func clashing(one, other string) bool {
	return holds(strings.Fields(apart[one]), other) || holds(strings.Fields(apart[other]), one)
}

// postsOf are the posts whose holders have a duty in every application.
var postsOf = map[string]string{
	"officer": "officers", "supervisor": "supervisors", "approver": "approvers", "auditor": "auditors", "admin": "admins",
}

// acting are the duties that an act in a role gives.
var acting = map[string]string{"officer": "officer", "supervisor": "supervisor", "chair": "reviewer", "approver": "approver"}

// give notes that somebody has a duty in an application, and sees that they have none that must not meet it.
func (all *round) give(of *bid, duty, person string) {
	if of.duties[duty] == nil {
		of.duties[duty] = map[string]bool{}
	}
	if of.duties[duty][person] {
		return
	}
	for other, people := range of.duties {
		require(!clashing(duty, other) || !people[person], "%s is %s and %s of %s", person, duty, other, of.number)
	}
	for other, post := range postsOf {
		require(!clashing(duty, other) || !holds(all.posts.meeting(post), person), "%s is %s of %s and among the %s", person, duty, of.number, post)
	}
	if clashing(duty, "rival") {
		for _, rival := range all.bids {
			competes := rival != of && rival.stage != "withdrawn" && rival.outcome != "withdrawn" && rival.duties["applicant"][person]
			require(!competes, "%s is %s of %s and applied with %s", person, duty, of.number, rival.number)
		}
	}
	of.duties[duty][person] = true
	count("duties", "duties", 1)
}

// seeDuties notes the duties that an entry of an application gives.
func (all *round) seeDuties(of *bid, each leaf) {
	data := each.data
	if each.kind == "act.refused.v1" || each.kind == "application.lapsed.v1" && text(data, "outcome") == "never-submitted" {
		return
	}
	named := map[string][]string{
		"application.submitted.v1": {"applicant", "agent"}, "application.agent-replaced.v1": {"applicant", "agent"},
		"application.recommended.v1": {"recommender", "agent"}, "panel.seat-filled.v1": {"reviewer", "expert"},
		"review.submitted.v1": {"reviewer", "expert"}, "objection.raised.v1": {"objector", "objector"},
	}[each.kind]
	if named != nil {
		all.give(of, named[0], text(data, named[1]))
	}
	if each.kind == "application.co-building-confirmed.v1" {
		all.give(of, "applicant", each.person)
	}
	for _, person := range append(texts(data, "examiners"), texts(data, "deciders")...) {
		if each.kind == "objection.examiners-appointed.v1" || each.kind == "review-request.deciders-appointed.v1" {
			all.give(of, "examiner", person)
		}
	}
	if each.kind == "survey.team-appointed.v1" {
		for _, person := range texts(data, "members") {
			all.give(of, "surveyor", person)
		}
	}
	if each.kind == "panel.seated.v1" {
		for _, person := range ascending(child(data, "seats")) {
			all.give(of, "reviewer", person)
		}
	}
	all.giveActing(of, each)
}

func (all *round) giveActing(of *bid, each leaf) {
	duty := acting[each.role]
	if duty == "" {
		return
	}
	all.give(of, duty, each.person)
	all.give(of, duty, each.post())
}

// seeChoosing notes the duties of who decides on several applications at once.
func (all *round) seeChoosing(each leaf) {
	data, numbers := each.data, []string{}
	switch each.kind {
	case "round.shortlist-fixed.v1":
		numbers = append(namesOf(child(data, "listed")), namesOf(child(data, "reasons"))...)
	case "round.proposed.v1", "round.places-filled.v1":
		numbers = texts(data, "ranking")
	case "approval.given.v1", "approval.sent-back.v1", "integrity.checked.v1", "integrity.ruled.v1",
		"integrity.stop-lifted.v1", "integrity.reversed.v1", "integrity.reversal-entered.v1", "integrity.reversal-declined.v1":
		for _, number := range namesOf(all.proposed) {
			if all.bids[number].stage == "cleared" && !all.waiting[number] {
				numbers = append(numbers, number)
			}
		}
		if number := text(data, "application"); number != "" {
			numbers = append(numbers, number)
		}
	default:
		return
	}
	for _, number := range numbers {
		if of := all.bids[number]; of != nil {
			all.giveActing(of, each)
		}
	}
}

// checkAside sees that nobody sits, surveys or examines who must stand aside.
func (all *round) checkAside(of *bid, each leaf) {
	data := each.data
	switch each.kind {
	case "panel.seated.v1":
		for _, person := range append(ascending(child(data, "seats")), texts(data, "alternates")...) {
			all.checkReviewer(of, person, text(child(data, "employers"), person))
			of.employers[person] = text(child(data, "employers"), person)
		}
	case "panel.seat-filled.v1":
		all.checkReviewer(of, text(data, "expert"), of.employers[text(data, "expert")])
	case "survey.team-appointed.v1", "objection.examiners-appointed.v1", "review-request.deciders-appointed.v1":
		people := append(append(texts(data, "members"), texts(data, "examiners")...), texts(data, "deciders")...)
		for _, person := range people {
			registration, active := all.register.person(person, each.registerSize)
			require(active, "%s is not registered", person)
			employer := spell(text(registration, "employer"))
			known := employer != "" && employer != "NONE"
			require(known && !holds(of.units(), employer), "%s works for the applicant, or nobody knows for whom", person)
		}
		if each.kind == "survey.team-appointed.v1" {
			least := whole(child(all.rules, "survey"), "min_team")
			require(len(people) >= least && holds(people, text(data, "lead")), "a team of %d, or led by nobody in it", len(people))
		}
	default:
		return
	}
	count("duties", "appointments", 1)
}

func (all *round) checkReviewer(of *bid, person, employer string) {
	require(!holds(of.units(), spell(employer)), "%s works for the applicant", person)
	require(!holds(texts(of.submission, "avoid"), person), "%s sits, whom the applicant asked to avoid", person)
	require(!of.declared[person] && !holds(of.inConflict(), person), "%s sits, in spite of a conflict", person)
	require(!of.former[person], "%s sits there again", person)
	for _, sitting := range of.seats {
		require(sitting != person, "%s sits there twice", person)
	}
}

// units are the codes of host unit and co-builders, in their one spelling.
func (of *bid) units() []string {
	found := []string{spell(text(child(of.submission, "host"), "code"))}
	for _, unit := range objects(of.submission, "co_builders") {
		found = append(found, spell(text(unit, "code")))
	}
	return found
}
