// The rules in force: the sealed ones, with every amendment so far.
package main

import (
	"strings"
)

// amend sets the field at a path: of a list of members, the one with the code that the path names.
func amend(rules object, path string, before, after any) {
	steps := strings.Split(path, ".")
	at := rules
	for _, step := range steps[:len(steps)-1] {
		switch next := at[step].(type) {
		case object:
			at = next
		case []any:
			at = object{"members": next}
		default:
			members, is := at["members"].([]any)
			require(is, "no field %s in the rules", path)
			at = nil
			for _, each := range members {
				if member, is := each.(object); is && text(member, "code") == step {
					at = member
				}
			}
			require(at != nil, "no member %s in the rules", path)
		}
	}
	last := steps[len(steps)-1]
	require(spelled(at[last]) == spelled(before), "%s was %s, not %s", path, spelled(at[last]), spelled(before))
	at[last] = nil
	if after != "none" {
		at[last] = after
	}
}

// spelled writes a value as an amendment names it: plain numbers, `none` where it is left open.
func spelled(value any) string {
	switch part := value.(type) {
	case nil:
		return "none"
	case string:
		return plain(part)
	case bool:
		return map[bool]string{true: "true", false: "false"}[part]
	default:
		return plain(string(canonical(part)))
	}
}

func plain(number string) string {
	if strings.Contains(number, ".") {
		number = strings.TrimRight(strings.TrimRight(number, "0"), ".")
	}
	return number
}

// copied returns the rules as a value of their own, so that amendments leave the sealed ones as they are.
func copied(rules object) object { return parseObject(canonical(rules)) }

func member(of []object, code string) object {
	for _, each := range of {
		if text(each, "code") == code {
			return each
		}
	}
	return nil
}
