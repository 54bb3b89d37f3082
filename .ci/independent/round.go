// The round's log, entry by entry: what each amounts to is worked out before the next one is read.
package main

import (
	"strings"
)

// item is what a proposal holds: who, at which place, for which reason.
type item struct {
	number string
	rank   int
	reason object
}

// round is what the entries so far amount to.
type round struct {
	bundle   *bundle
	register *register
	name     string
	rules    object
	posts    *posts
	days     *deadlines
	bids     map[string]*bid
	draws    map[string]*draw
	last     *draw
	lists    map[string]map[string]bool
	proposed map[string]item
	proposal int
	// checks counts those of integrity, reopened the rulings reversed, takenIn those that the round knows, by number.
	checks            int
	reopened, takenIn map[string]int
	// hits are "open", "upheld" or "cleared", by number.
	hits map[string]string
	// left are whose places fell empty and were not filled, gone those whose places others have.
	left    []string
	gone    map[string]bool
	waiting map[string]bool
	agreed  map[string]map[string]*agreement
	checked int
	// sentBack counts by person how often they sent items back since the last list.
	sentBack map[string]int
	places   map[string]int
}

func walkRound(of *bundle, known *register) {
	all := &round{bundle: of, register: known, name: of.round, bids: map[string]*bid{}, draws: map[string]*draw{},
		lists: map[string]map[string]bool{}, proposed: map[string]item{}, hits: map[string]string{}, reopened: map[string]int{}, takenIn: map[string]int{}, gone: map[string]bool{},
		waiting: map[string]bool{}, agreed: map[string]map[string]*agreement{}, sentBack: map[string]int{}, places: map[string]int{}}
	for _, each := range of.logs[of.round] {
		now.place = each.place()
		family, rest, _ := strings.Cut(each.stream, "/")
		_, name, _ := strings.Cut(rest, "/")
		switch family {
		case "round":
			all.seeRound(each)
		case "application":
			if all.bids[name] == nil {
				all.bids[name] = newBid(name)
			}
			all.seeBid(all.bids[name], each)
		case "recommender":
			all.seeList(name, each)
		}
	}
}

func (all *round) seeBid(of *bid, each leaf) {
	data := each.data
	now.kind = "duties"
	all.checkActor(each)
	all.checkAside(of, each)
	all.seeDuties(of, each)
	now.kind = "deadlines"
	all.days.see(of, each)
	switch each.kind {
	case "panel.seated.v1":
		now.kind = "draws"
		all.checkSeated(of, each)
	case "review.submitted.v1", "review.corrected.v1":
		now.kind = "scores"
		read := readReview(all.rules, data)
		checkTotal(data, read)
		require(of.seats[whole(data, "seat")] == read.expert, "a review by nobody who holds the seat")
		of.reviews[whole(data, "seat")] = read
	case "application.scored.v1":
		now.kind = "scores"
		all.checkEnough(of, data)
		checkScore(of, data, all.rules)
	case "appraisal.recorded.v1":
		now.kind = "scores"
		checkAppraisal(of, data, all.rules)
	case "application.shortlisted.v1", "application.not-shortlisted.v1":
		now.kind = "ranks"
		checkPlace(of, each)
	case "application.proposed.v1":
		now.kind = "proposals"
		placed := all.proposed[of.number]
		fits := placed.rank == whole(data, "rank") && same(placed.reason, data["reason"])
		require(fits, "proposed otherwise than the proposal says")
	case "application.recommended.v1":
		now.kind = "quotas"
		all.checkRecommended(of, data)
	case "objection.reopened.v1":
		now.kind = "approvals"
		all.reopen(of)
	case "application.listed.v1":
		now.kind = "list"
		require(all.places[of.number] == whole(data, "place"), "listed at another place than the list's")
	}
	of.follow(each)
}

func (all *round) seeRound(each leaf) {
	data := each.data
	now.kind = "duties"
	all.checkActor(each)
	all.seeChoosing(each)
	all.seePosts(each)
	switch each.kind {
	case "round.opened.v1":
		now.kind = "rules"
		all.rules = copied(child(data, "rules"))
		all.posts, all.days = sealPosts(all.rules), sealDeadlines(all.rules)
		require(same(all.rules, parse(all.bundle.files["rules.json"])), "rules.json is not what was sealed")
	case "round.rules-amended.v1":
		now.kind = "rules"
		amend(all.rules, text(data, "path"), data["before"], data["after"])
		count("rules", "amendments", 1)
	case "round.deadline-extended.v1", "round.outage-recorded.v1":
		now.kind = "deadlines"
		all.days.move(each)
	case "round.submission-closed.v1", "round.intake-closed.v1":
		now.kind = "deadlines"
		all.days.see(nil, each)
	case "draw.committed.v1", "draw.numbers-entered.v1", "draw.opened.v1", "draw.voided.v1", "draw.drawn.v1":
		now.kind = "draws"
		all.seeDraw(each)
	case "round.shortlist-fixed.v1":
		now.kind = "ranks"
		all.checkShortlist(data)
	case "round.proposed.v1":
		now.kind = "proposals"
		all.checkProposal(data)
	case "round.places-filled.v1":
		now.kind = "proposals"
		all.checkFilled(data)
	case "round.list-issued.v1":
		now.kind = "list"
		all.checkTakenIn()
		all.checkList(data)
	default:
		now.kind = "approvals"
		all.seeApproval(each)
	}
}

// checkEnough sees that a score rests on as many reviews as are wanted.
func (all *round) checkEnough(of *bid, data object) {
	needed := whole(child(all.rules, "panel"), "min_valid")
	if of.needed > 0 {
		needed = of.needed
	}
	require(whole(data, "valid") >= needed, "%d valid reviews, %d wanted", whole(data, "valid"), needed)
}
