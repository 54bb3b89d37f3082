// Deadlines: what they bring is dated at the one in force, and what people hand in comes before it.
package main

import (
	"math/big"
	"strings"
	"time"
)

const (
	dated    = "2006-01-02"
	shanghai = 8 * 60 * 60
)

// deadlines are those in force, by name, and from when on no window of a kind ends earlier.
type deadlines struct {
	rules object
	ends  map[string]time.Time
	moved map[string]time.Time
}

// sealDeadlines works out the deadlines of the calendar.
func sealDeadlines(rules object) *deadlines {
	all := &deadlines{rules: rules, ends: map[string]time.Time{}, moved: map[string]time.Time{}}
	for name, day := range child(rules, "calendar") {
		if spelled, is := day.(string); is && name != "call" {
			at, err := time.Parse(dated, spelled)
			must(name, err)
			all.ends[name] = all.begin(at.AddDate(0, 0, 1))
		}
	}
	return all
}

// begin is the first instant of a day, on the calendar or on a rehearsal's clock.
func (all *deadlines) begin(day time.Time) time.Time {
	clock := child(all.rules, "clock")
	if text(clock, "kind") == "rehearsal" {
		zero, err := time.Parse(dated, text(clock, "day_zero"))
		must("day_zero", err)
		days := int64(day.Sub(zero) / (24 * time.Hour))
		return instant(text(clock, "start")).Add(time.Duration(days) * all.day())
	}
	offset := shanghai
	if clock["offset"] != nil {
		offset = whole(clock, "offset")
	}
	starts, offsets := []time.Time{{}}, []int{offset}
	for _, shift := range objects(clock, "shifts") {
		starts, offsets = append(starts, instant(text(shift, "at"))), append(offsets, whole(shift, "offset"))
	}
	found := time.Time{}
	for place, start := range starts {
		// Until then the wall clock shows an earlier day, as far as this offset lasts.
		passes := day.Add(-time.Duration(offsets[place]) * time.Second)
		if !start.Before(passes) {
			continue
		}
		if place+1 < len(starts) && starts[place+1].Before(passes) {
			passes = starts[place+1]
		}
		if passes.After(found) {
			found = passes
		}
	}
	return found
}

func (all *deadlines) day() time.Duration {
	clock := child(all.rules, "clock")
	if text(clock, "kind") != "rehearsal" {
		return 24 * time.Hour
	}
	micros := new(big.Rat).Mul(fraction(strings.Trim(string(canonical(clock["seconds_per_day"])), `"`)), big.NewRat(1_000_000, 1))
	return time.Duration(new(big.Int).Quo(micros.Num(), micros.Denom()).Int64()) * time.Microsecond
}

// scale is a length at the pace of the clock, rounded down to the microsecond.
func (all *deadlines) scale(length time.Duration) time.Duration {
	if all.day() == 24*time.Hour {
		return length
	}
	product := new(big.Int).Mul(big.NewInt(length.Microseconds()), big.NewInt(all.day().Microseconds()))
	return time.Duration(product.Quo(product, big.NewInt((24*time.Hour).Microseconds())).Int64()) * time.Microsecond
}

// move takes in an extension or an outage.
func (all *deadlines) move(each leaf) {
	until := func() time.Time { return instant(text(each.data, "until")) }
	switch each.kind {
	case "round.deadline-extended.v1":
		name := text(each.data, "name")
		before, known := all.ends[name]
		if !known {
			all.moved[name] = until()
			return
		}
		require(instant(text(each.data, "old")).Equal(before), "%s was another", name)
		require(until().After(before), "%s moved to no later instant", name)
		all.ends[name] = until()
	case "round.outage-recorded.v1":
		for name := range child(each.data, "moved") {
			all.ends[name] = until()
		}
		for _, name := range texts(each.data, "windows") {
			all.moved[name] = until()
		}
	default:
		return
	}
	count("deadlines", "moves", 1)
}

// window is the end in force of a window that was to end at an instant.
func (all *deadlines) window(name string, end time.Time) time.Time {
	if moved, has := all.moved[name]; has && moved.After(end) {
		return moved
	}
	return end
}

// see judges an entry by the deadlines: what one brought, and what has to come before one.
func (all *deadlines) see(of *bid, each leaf) {
	data := each.data
	if name := named[each.kind]; name != "" {
		end := all.ends[name]
		if name == "recommendation" {
			end = all.intake()
		}
		all.checkBrought(each, end)
	}
	switch each.kind {
	case "application.check-opened.v1":
		of.checked = all.intake()
	case "application.lapsed.v1":
		all.checkLapsed(of, each)
	case "application.sent-back.v1", "notice.opened.v1":
		of.until = instant(text(data, "until"))
	case "objection.reopened.v1":
		if of.stage == "cleared" || of.stage == "ended" {
			// Its notice is over; what holds it has no day of its own.
			of.until = each.at
		}
	case "application.mending-lapsed.v1":
		all.checkBrought(each, all.window("mend", of.until))
	case "notice.passed.v1", "notice.held.v1":
		end := of.until
		if of.stage != "held" {
			end = all.window("notice", end)
		}
		of.until = end
		all.checkBrought(each, end)
	case "application.submitted.v1":
		all.checkInTime(each, all.ends["submission"])
	case "application.mended.v1":
		all.checkInTime(each, all.window("mend", of.until))
	case "list.recommended.v1":
		if data["sent"] == nil {
			all.checkInTime(each, all.ends["recommendation"])
		}
	}
}

// intake is the deadline with which the call closes: that of submission where the rules have no recommendation.
func (all *deadlines) intake() time.Time {
	if recommended, stated := child(all.rules, "stages")["recommendation"].(bool); stated && !recommended {
		return all.ends["submission"]
	}
	return all.ends["recommendation"]
}

// named are the deadlines of the round that bring an entry.
var named = map[string]string{
	"application.check-opened.v1": "recommendation", "list.closed.v1": "recommendation",
	"round.intake-closed.v1": "recommendation", "round.submission-closed.v1": "submission",
}

func (all *deadlines) checkLapsed(of *bid, each leaf) {
	end, outcome := of.checked, text(each.data, "outcome")
	switch {
	case outcome == "never-submitted":
		return
	case end.IsZero() && outcome == "withdrawn":
		end = all.ends["submission"]
	case end.IsZero():
		end = all.intake()
	}
	all.checkBrought(each, end)
}

func (all *deadlines) checkBrought(each leaf, end time.Time) {
	stated := instant(text(each.data, "deadline"))
	require(stated.Equal(end), "names the deadline %s; %s was in force", stated, end)
	if strings.HasPrefix(each.command(), "deadline/") {
		require(each.at.Equal(end), "not dated at its deadline")
	} else {
		require(!each.at.Before(end), "dated before its deadline")
	}
	count("deadlines", "entries that deadlines brought", 1)
}

// checkInTime is of what people hand in: before the deadline, or stored before it and within the grace.
func (all *deadlines) checkInTime(each leaf, end time.Time) {
	grace := all.scale(time.Duration(whole(all.rules, "content_grace_minutes")) * time.Minute)
	stored := text(each.data, "stored_before")
	saved := stored != "" && instant(stored).Before(end) && each.at.Before(end.Add(grace))
	require(each.at.Before(end) || saved, "late")
	count("deadlines", "entries in time", 1)
}
