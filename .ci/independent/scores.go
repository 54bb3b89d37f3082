// Scores: what each review amounts to, and the panel's mean with and without the extremes, in exact fractions.
package main

import (
	"math/big"
	"sort"
	"strings"
)

// review is what a reviewer's scores count, by content and together.
type review struct {
	expert string
	counts map[string]*big.Rat
	total  *big.Rat
}

// figures are a panel's score.
type figures struct {
	valid                      int
	mean, untrimmed, technical *big.Rat
}

func fraction(spelled string) *big.Rat {
	plain := strings.Trim(spelled, "0123456789") == "" || strings.Trim(spelled, "0123456789./") == ""
	value, read := new(big.Rat).SetString(spelled)
	require(plain && read, "%q is not a number", spelled)
	return value
}

// readReview weighs each score; it must be on its content's scale, in steps.
func readReview(rules, data object) review {
	given, read := child(data, "scores"), review{text(data, "expert"), map[string]*big.Rat{}, new(big.Rat)}
	criteria := objects(rules, "criteria")
	require(len(given) == len(criteria), "other contents than the rules ask for")
	step := fraction(text(rules, "score_step"))
	for _, content := range criteria {
		code, weight := text(content, "code"), fraction(text(content, "weight"))
		_, scored := given[code]
		require(scored, "no score of %s", code)
		scale, score := weight, fraction(text(given, code))
		if text(content, "scale") != "" {
			scale = fraction(text(content, "scale"))
		}
		require(score.Cmp(scale) <= 0, "a score off the scale")
		require(new(big.Rat).Quo(score, step).IsInt(), "a score between two steps")
		share := new(big.Rat).Quo(score, scale)
		read.counts[code] = share.Mul(share, weight)
		read.total.Add(read.total, read.counts[code])
	}
	return read
}

// checkTotal sees that a review states its total: as it is if that ends within 28 digits, else with two places.
func checkTotal(data object, read review) {
	stated := fraction(text(data, "total"))
	exact := stated.Cmp(read.total) == 0
	if !exact {
		_, ends := read.total.FloatPrec()
		require(!ends, "total %s, which is %s", text(data, "total"), read.total)
		require(stated.Cmp(fraction(rounded(read.total))) == 0, "total %s, which is %s", text(data, "total"), read.total)
	}
	count("scores", "totals", 1)
}

func mean(values []*big.Rat) *big.Rat {
	sum := new(big.Rat)
	for _, each := range values {
		sum.Add(sum, each)
	}
	return sum.Quo(sum, big.NewRat(int64(len(values)), 1))
}

// figure works a panel's score out: from enough reviews on without the highest and lowest totals.
func figure(rules object, reviews []review) figures {
	require(len(reviews) > 0, "a score of no reviews")
	totals, technical := []*big.Rat{}, []*big.Rat{}
	for _, each := range reviews {
		totals = append(totals, each.total)
		technical = append(technical, each.counts[text(rules, "tie_break")])
	}
	sort.Slice(totals, func(one, other int) bool { return totals[one].Cmp(totals[other]) < 0 })
	within, trim := totals, child(rules, "trim")
	if drop := whole(trim, "drop"); len(totals) >= whole(trim, "from_valid") {
		within = totals[drop : len(totals)-drop]
	}
	return figures{len(reviews), mean(within), mean(totals), mean(technical)}
}

// rounded writes a value that is not negative with two places, the half up.
func rounded(value *big.Rat) string {
	hundredths := new(big.Rat).Mul(value, big.NewRat(200, 1))
	whole := new(big.Int).Add(hundredths.Num(), hundredths.Denom())
	whole.Quo(whole, new(big.Int).Mul(big.NewInt(2), hundredths.Denom()))
	return new(big.Rat).SetFrac(whole, big.NewInt(100)).FloatString(2)
}

// checkScore sees that an entry states a panel's score as its reviews give it.
func checkScore(of *bid, data object, rules object) {
	reviews := of.valid()
	found := figure(rules, reviews)
	require(whole(data, "valid") == found.valid, "%d valid reviews, of which there are %d", whole(data, "valid"), found.valid)
	for _, each := range []struct {
		name  string
		value *big.Rat
	}{{"mean", found.mean}, {"untrimmed", found.untrimmed}, {"technical", found.technical}} {
		exact := each.value.Num().String() + "/" + each.value.Denom().String()
		require(text(data, each.name) == exact, "%s %s, which is %s", each.name, text(data, each.name), exact)
	}
	require(text(data, "shown") == rounded(found.mean), "shown as %s, which is %s", text(data, "shown"), rounded(found.mean))
	require(text(data, "lot") == of.lot, "another lot than that of its first panel's draw")
	of.score = &found
	count("scores", "panels' scores", 1)
}
