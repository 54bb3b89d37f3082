// Applications: where each stands, who reviews it and which of these reviews count, entry by entry.
package main

import (
	"maps"
	"math/big"
	"reflect"
	"sort"
	"strconv"
	"time"
)

// bid is one application as its entries so far have it.
type bid struct {
	number     string
	stage      string
	submission object
	confirmed  map[string]bool
	revision   int
	// checked is the deadline at which its check was opened, until the end of its window to mend, or of its notice.
	checked, until time.Time
	agent          string
	seats          map[int]string
	reviews        map[int]review
	reported       map[string]string
	emptied        map[string]int
	lot            string
	score          *figures
	agreed         *big.Rat
	votes          map[string]vote
	verdict        string
	rank           int
	resumes        string
	noticed        bool
	needed         int
	empty          map[int]bool
	alternates     []string
	fresh          bool
	outcome        string
	duties         map[string]map[string]bool
	employers      map[string]string
	// declared are by person, upheld by report.
	declared      map[string]bool
	upheld        map[string]bool
	former        map[string]bool
	listed, ended bool
}

// stages are where an application stands after an entry, whatever was before; see docs/format.md on that.
var stages = map[string]string{
	"application.submitted.v1": "submitted", "application.recommended.v1": "recommended",
	"application.withdrawn.v1": "withdrawn", "application.lapsed.v1": "ended",
	"application.check-opened.v1": "checking", "application.sent-back.v1": "mending",
	"application.mended.v1": "checking", "application.mending-lapsed.v1": "checking",
	"application.check-failed.v1": "ended", "application.not-reviewed.v1": "ended",
	"application.shortlisted.v1": "survey", "application.not-shortlisted.v1": "ended",
	"survey.reported.v1": "appraisal", "survey.left-out.v1": "appraisal",
	"appraisal.recorded.v1": "appraised", "appraisal.left-out.v1": "appraised",
	"application.proposed.v1": "proposed", "application.in-reserve.v1": "reserve",
	"notice.opened.v1": "notice", "notice.left-out.v1": "cleared", "notice.passed.v1": "cleared",
	"notice.held.v1": "held", "application.removed.v1": "ended", "application.listed.v1": "ended",
	"application.not-selected.v1": "ended", "application.given-up.v1": "ended",
	"application.ruled-out.v1": "ended", "application.cancelled.v1": "ended",
}

// resumed is where one goes on whose check is passed once more.
var resumed = map[string]string{
	"review": "review", "scored": "scored", "survey": "survey", "appraisal": "appraisal", "appraised": "appraised",
	"proposed": "appraised", "reserve": "appraised", "notice": "appraised", "cleared": "appraised",
}

func newBid(number string) *bid {
	return &bid{number: number, stage: "new", seats: map[int]string{}, reviews: map[int]review{},
		reported: map[string]string{}, emptied: map[string]int{}, empty: map[int]bool{}, agreed: new(big.Rat), submission: object{},
		duties: map[string]map[string]bool{}, employers: map[string]string{}, declared: map[string]bool{}, upheld: map[string]bool{},
		former: map[string]bool{}, votes: map[string]vote{}}
}

func (of *bid) field() string  { return text(of.submission, "field") }
func (of *bid) region() string { return text(of.submission, "region") }

// valid are the reviews of those who hold their seat with it.
func (of *bid) valid() []review {
	places := []int{}
	for place, each := range of.reviews {
		if of.seats[place] == each.expert {
			places = append(places, place)
		}
	}
	sort.Ints(places)
	found := []review{}
	for _, place := range places {
		found = append(found, of.reviews[place])
	}
	return found
}

// follow takes in an entry, but for what other checks judge first.
func (of *bid) follow(each leaf) {
	data := each.data
	if submission, has := data["submission"].(object); has {
		if of.submission == nil || of.stage == "withdrawn" || !sameUnits(of.submission, submission) {
			of.confirmed = map[string]bool{}
		}
		of.submission, of.revision = submission, whole(data, "revision")
	}
	if agent := text(data, "agent"); agent != "" && each.kind != "application.recommended.v1" {
		of.agent = agent
	}
	if each.kind == "application.lapsed.v1" {
		of.outcome = text(data, "outcome")
	}
	if next, moves := stages[each.kind]; moves {
		of.stage = next
	}
	switch each.kind {
	case "application.recommendation-released.v1":
		if of.stage == "recommended" {
			of.stage = "submitted"
		}
	case "application.co-building-confirmed.v1":
		of.confirmed[text(data, "co_builder")] = true
	case "application.check-passed.v1":
		of.passCheck()
	case "appraisal.recorded.v1":
		of.agreed = fraction(text(data, "score"))
	case "decision.reversed.v1":
		of.reverse(text(data, "decision"))
	case "objection.reopened.v1":
		if of.stage == "cleared" || of.stage == "ended" {
			of.stage = "held"
		}
	default:
		of.followPanel(each.kind, data)
		of.meet(each.kind, data)
	}
}

// sameUnits tells whether what co-builders confirm is the same in two versions: units, in any order, and agreement.
func sameUnits(one, other object) bool {
	units := func(of object) map[string]object {
		found := map[string]object{}
		for _, unit := range objects(of, "co_builders") {
			found[text(unit, "code")] = unit
		}
		return found
	}
	same := reflect.DeepEqual(one["host"], other["host"]) && reflect.DeepEqual(one["agreement"], other["agreement"])
	return same && reflect.DeepEqual(units(one), units(other))
}

// passCheck leaves out the co-builders that did not confirm.
func (of *bid) passCheck() {
	taking := []any{}
	for _, unit := range objects(of.submission, "co_builders") {
		if of.confirmed[text(unit, "code")] {
			taking = append(taking, unit)
		}
	}
	version := maps.Clone(of.submission)
	version["co_builders"] = taking
	of.submission = version
	of.stage = "eligible"
	if of.resumes != "" {
		of.stage, of.resumes = of.resumes, ""
	}
	if of.stage == "scored" && of.score == nil {
		of.stage = "review"
	}
}

func (of *bid) reverse(decision string) {
	if decision == "shortlist" {
		of.stage, of.agreed = "scored", new(big.Rat)
		return
	}
	if decision == "survey" || decision == "appraisal" {
		of.stage, of.agreed = decision, new(big.Rat)
		return
	}
	if of.stage != "mending" && of.stage != "ended" {
		of.resumes = resumed[of.stage]
	}
	of.stage = "checking"
}

func (of *bid) followPanel(kind string, data object) {
	switch kind {
	case "panel.seated.v1":
		of.seat(data)
	case "panel.seat-filled.v1":
		of.seats[whole(data, "seat")] = text(data, "expert")
		of.alternates = without(of.alternates, text(data, "expert"))
		delete(of.empty, whole(data, "seat"))
	case "panel.seat-vacated.v1":
		of.emptied[text(data, "expert")] = whole(data, "seat")
		of.former[text(data, "expert")] = true
		delete(of.seats, whole(data, "seat"))
		of.empty[whole(data, "seat")] = true
	case "panel.lowered.v1":
		of.needed = whole(data, "scores")
	case "review-request.panel-ordered.v1":
		for _, person := range texts(data, "aside") {
			of.former[person] = true
		}
		of.empty, of.alternates, of.fresh = map[int]bool{}, nil, true
		of.seats, of.reviews, of.score = map[int]string{}, map[int]review{}, nil
	case "conflict.declared.v1":
		of.declared[text(data, "expert")] = true
	case "conflict.ruled.v1":
		of.upheld[text(data, "report")] = flag(data, "upheld")
	case "conflict.reported.v1", "conflict.found.v1":
		of.reported[text(data, "report")] = text(data, "expert")
	case "review.voided.v1":
		of.unfix()
	case "conflict.reopened.v1":
		of.upheld[text(data, "report")] = false
		if expert := of.reported[text(data, "report")]; holds(texts(data, "void"), "vacancy") {
			of.seats[of.emptied[expert]] = expert
			delete(of.empty, of.emptied[expert])
			delete(of.former, expert)
			of.unfix()
		}
	case "review-request.panel-reviewed.v1":
		of.fresh = false
	case "application.scored.v1":
		if of.stage == "review" {
			of.stage = "scored"
		}
	}
}

func (of *bid) seat(data object) {
	for place := range child(data, "seats") {
		number, err := strconv.Atoi(place)
		must("seat", err)
		of.seats[number] = text(child(data, "seats"), place)
		delete(of.empty, number)
	}
	for _, place := range list(data, "vacant") {
		of.empty[asWhole(place, "vacant")] = true
	}
	of.alternates = append(of.alternates, texts(data, "alternates")...)
	if of.stage != "ended" {
		of.stage = "review"
	}
}

// unfix takes the score away that rested on other reviews.
func (of *bid) unfix() {
	of.score = nil
	if of.stage == "scored" {
		of.stage = "review"
	}
}

// inConflict are those against whom a report is upheld.
func (of *bid) inConflict() []string {
	people := []string{}
	for _, report := range namesOf(of.upheld) {
		if of.upheld[report] {
			people = append(people, of.reported[report])
		}
	}
	return people
}
