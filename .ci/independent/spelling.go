// The one spelling of a unit's code, whoever typed it: docs/format.md, under "Spelling".
package main

import (
	"regexp"
	"strings"
)

// dropped are the ranges of characters that say nothing.
var dropped = [][2]rune{
	{0, 0x20}, {0x7f, 0xa0}, {0xad, 0xad}, {0x34f, 0x34f}, {0x61c, 0x61c}, {0x115f, 0x1160}, {0x1680, 0x1680},
	{0x17b4, 0x17b5}, {0x180b, 0x180f}, {0x2000, 0x200f}, {0x2028, 0x202e}, {0x205f, 0x206f}, {0x2800, 0x2800},
	{0x3000, 0x3000}, {0x3164, 0x3164}, {0xfe00, 0xfe0f}, {0xfeff, 0xfeff}, {0xffa0, 0xffa0}, {0xfff9, 0xfffb},
	{0xe0000, 0xe0fff},
}

var (
	country  = regexp.MustCompile(`^[A-Z]{2}-.`)
	lei      = regexp.MustCompile(`^[A-Z0-9]{18}[0-9]{2}$`)
	eighteen = regexp.MustCompile(`^[A-Z0-9]{18}$`)
)

func spell(code string) string {
	var plain strings.Builder
	for _, each := range code {
		plain.WriteString(spellOne(each))
	}
	spelled := plain.String()
	for strings.HasPrefix(spelled, "USCC:") || strings.HasPrefix(spelled, "SYNTHETIC:") {
		_, spelled, _ = strings.Cut(spelled, ":")
	}
	if strings.Trim(spelled, "-./_:") == "" {
		return ""
	}
	for _, scheme := range []string{"lei:", "foreign:"} {
		if rest, is := strings.CutPrefix(spelled, strings.ToUpper(scheme)); is {
			return scheme + rest
		}
	}
	if country.MatchString(spelled) {
		return "foreign:" + spelled
	}
	if lei.MatchString(spelled) && !strings.HasPrefix(spelled, "99SYNTH") {
		return "lei:" + spelled
	}
	short := strings.NewReplacer("-", "", ".", "", "/", "", "_", "").Replace(spelled)
	if eighteen.MatchString(short) {
		return short
	}
	return spelled
}

func spellOne(each rune) string {
	for _, span := range dropped {
		if each >= span[0] && each <= span[1] {
			return ""
		}
	}
	switch {
	case each >= 0x2010 && each <= 0x2015, each == 0x2043, each == 0x2212, each == 0x30fc, each == 0xfe58, each == 0xfe63:
		return "-"
	case each >= 0xff01 && each <= 0xff5e:
		each -= 0xfee0
	}
	return strings.ToUpper(string(each))
}
