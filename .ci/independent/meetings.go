// Meetings: the panel's votes, the score that they come to, and whether survey and panel support an application.
package main

import (
	"math/big"
	"sort"
)

// vote is what a member voted in the meeting that is open; an abstention has no score.
type vote struct {
	choice string
	score  *big.Rat
}

// meet follows the meeting and the survey before it.
func (of *bid) meet(kind string, data object) {
	switch kind {
	case "survey.reported.v1":
		of.verdict = text(data, "verdict")
	case "appraisal.opened.v1":
		of.votes = map[string]vote{}
	case "appraisal.voted.v1":
		cast := vote{text(data, "vote"), nil}
		if data["score"] != nil {
			cast.score = fraction(text(data, "score"))
		}
		require((cast.score == nil) == (cast.choice == "abstained"), "a vote %s with a score, or without", cast.choice)
		of.votes[text(data, "expert")] = cast
	}
}

func (of *bid) countVotes(choice string) int {
	found := 0
	for _, each := range of.votes {
		if each.choice == choice {
			found++
		}
	}
	return found
}

// agree is what the members' own scores come to: their median, or their mean where the rules say so.
func (of *bid) agree(rules object) string {
	scores := []*big.Rat{}
	for _, each := range of.votes {
		if each.score != nil {
			scores = append(scores, each.score)
		}
	}
	if len(scores) == 0 {
		return rounded(of.score.mean)
	}
	if text(child(rules, "appraisal"), "agreed") == "mean" {
		return rounded(mean(scores))
	}
	sort.Slice(scores, func(one, other int) bool { return scores[one].Cmp(scores[other]) < 0 })
	middle := (len(scores) - 1) / 2
	return rounded(mean(scores[middle : len(scores)-middle]))
}

// checkAppraisal sees that a meeting's record has the votes as they were cast, and the score that they come to.
func checkAppraisal(of *bid, data object, rules object) {
	for name, choice := range map[string]string{"votes_for": "for", "votes_against": "against", "abstained": "abstained"} {
		require(whole(data, name) == of.countVotes(choice), "%s: %d, which are %d", name, whole(data, name), of.countVotes(choice))
	}
	require(of.score != nil, "a meeting on no score")
	stated, due := fraction(text(data, "score")), of.agree(rules)
	require(stated.Cmp(fraction(due)) == 0, "an agreed score of %s, which is %s", text(data, "score"), due)
	count("scores", "agreed scores", 1)
}

// supported tells whether neither the survey found otherwise nor too few of the votes are for it.
func (of *bid) supported(rules object) bool {
	if of.verdict == "not-confirmed" {
		return false
	}
	percent := 50
	if section := child(rules, "appraisal"); section["support_percent"] != nil {
		percent = whole(section, "support_percent")
	}
	return len(of.votes) == 0 || of.countVotes("for")*100 > len(of.votes)*percent
}
