// Ranks: the order by scores, parted by lot at last, and the cut of the shortlist.
package main

import (
	"math/big"
	"sort"
)

// compare orders by mean, all totals' mean and tie-break, the higher first, then by lot, the lower first.
func compare(one, other *bid) int {
	for _, pair := range [][2]*big.Rat{
		{one.score.mean, other.score.mean},
		{one.score.untrimmed, other.score.untrimmed},
		{one.score.technical, other.score.technical},
	} {
		if order := pair[1].Cmp(pair[0]); order != 0 {
			return order
		}
	}
	switch {
	case one.lot < other.lot:
		return -1
	case one.lot > other.lot:
		return 1
	}
	return 0
}

// rankAll returns who is scored in order; whom nothing parts have one rank.
func (all *round) rankAll() []*bid {
	scored := []*bid{}
	for _, number := range namesOf(all.bids) {
		if of := all.bids[number]; of.stage == "scored" && of.score != nil {
			scored = append(scored, of)
		}
	}
	sort.SliceStable(scored, func(one, other int) bool { return compare(scored[one], scored[other]) < 0 })
	for place, of := range scored {
		of.rank = place + 1
		if place > 0 && compare(scored[place-1], of) == 0 {
			of.rank = scored[place-1].rank
		}
	}
	return scored
}

// within returns who is in the cut: the first `factor` times the places, rounded up, and who ties with the last.
func (all *round) within(scored []*bid) map[string]bool {
	shortlist, found := child(all.rules, "shortlist"), map[string]bool{}
	room := new(big.Rat).Mul(fraction(plain(spelled(shortlist["factor"]))), big.NewRat(int64(whole(all.rules, "places")), 1))
	up := new(big.Int).Add(room.Num(), new(big.Int).Sub(room.Denom(), big.NewInt(1)))
	size := int(up.Quo(up, room.Denom()).Int64())
	for place, of := range scored {
		tied := flag(shortlist, "ties_in") && size > 0 && place >= size && of.score.mean.Cmp(scored[size-1].score.mean) == 0
		if place < size || tied {
			found[of.number] = true
		}
	}
	return found
}

func (all *round) checkShortlist(data object) {
	scored := all.rankAll()
	within, listed, reasons := all.within(scored), child(data, "listed"), child(data, "reasons")
	for number := range listed {
		of := all.bids[number]
		require(of != nil && of.stage == "scored", "%s is on the shortlist without a score", number)
		require(whole(listed, number) == of.rank, "%s has rank %d, which is %d", number, whole(listed, number), of.rank)
	}
	for _, of := range scored {
		_, in := listed[of.number]
		_, reasoned := reasons[of.number]
		require(in == within[of.number] || reasoned, "no reason for %s, against its rank", of.number)
		count("ranks", "ranks", 1)
	}
	count("ranks", "shortlists", 1)
}

// checkPlace sees that an application is told the rank that it has: on the shortlist, or left off it for a reason; else 0.
func checkPlace(of *bid, each leaf) {
	rank := of.rank
	if each.kind == "application.not-shortlisted.v1" && each.data["reason"] == nil {
		rank = 0
	}
	require(whole(each.data, "rank") == rank, "rank %d, which is %d", whole(each.data, "rank"), rank)
}
