// Values of JSON: read without a loss, told apart by kind, and written as RFC 8785 has it.
package main

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"sort"
	"strconv"
	"strings"
	"time"
	"unicode/utf16"
)

type object = map[string]any

// parse reads one value; numbers keep their spelling.
func parse(text []byte) any {
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.UseNumber()
	var value any
	must("JSON", decoder.Decode(&value))
	require(!decoder.More(), "more than one value")
	return value
}

func parseObject(text []byte) object {
	value, is := parse(text).(object)
	require(is, "not an object")
	return value
}

// canonical writes a value by RFC 8785, of what a record holds: whole numbers only.
func canonical(value any) []byte {
	var out bytes.Buffer
	write(&out, value)
	return out.Bytes()
}

func write(out *bytes.Buffer, value any) {
	switch part := value.(type) {
	case nil:
		out.WriteString("null")
	case bool:
		out.WriteString(strconv.FormatBool(part))
	case int:
		out.WriteString(strconv.Itoa(part))
	case json.Number:
		require(!strings.ContainsAny(part.String(), ".eE"), "a number with a fraction")
		out.WriteString(part.String())
	case string:
		writeText(out, part)
	case []any:
		out.WriteByte('[')
		for place, item := range part {
			if place > 0 {
				out.WriteByte(',')
			}
			write(out, item)
		}
		out.WriteByte(']')
	case object:
		writeObject(out, part)
	default:
		refute("a value of no kind")
	}
}

func writeObject(out *bytes.Buffer, of object) {
	names := namesOf(of)
	sort.Slice(names, func(one, other int) bool { return before16(names[one], names[other]) })
	out.WriteByte('{')
	for place, name := range names {
		if place > 0 {
			out.WriteByte(',')
		}
		writeText(out, name)
		out.WriteByte(':')
		write(out, of[name])
	}
	out.WriteByte('}')
}

// before16 orders by UTF-16 code units, as RFC 8785 sorts members.
func before16(one, other string) bool {
	left, right := utf16.Encode([]rune(one)), utf16.Encode([]rune(other))
	for place := 0; place < len(left) && place < len(right); place++ {
		if left[place] != right[place] {
			return left[place] < right[place]
		}
	}
	return len(left) < len(right)
}

func writeText(out *bytes.Buffer, text string) {
	short := map[rune]string{'"': `\"`, '\\': `\\`, '\b': `\b`, '\t': `\t`, '\n': `\n`, '\f': `\f`, '\r': `\r`}
	out.WriteByte('"')
	for _, each := range text {
		if escape, is := short[each]; is {
			out.WriteString(escape)
		} else if each < 0x20 {
			fmt.Fprintf(out, `\u%04x`, each)
		} else {
			out.WriteRune(each)
		}
	}
	out.WriteByte('"')
}

func namesOf[Value any](of map[string]Value) []string {
	names := make([]string, 0, len(of))
	for name := range of {
		names = append(names, name)
	}
	sort.Strings(names)
	return names
}

// text returns a member that is a string, or an empty one where there is none.
func text(of object, name string) string {
	value, there := of[name]
	if !there || value == nil {
		return ""
	}
	found, is := value.(string)
	require(is, "%s is not a text", name)
	return found
}

func whole(of object, name string) int {
	return asWhole(of[name], name)
}

func asWhole(value any, name string) int {
	number, is := value.(json.Number)
	if !is {
		// A field that was amended is a text.
		spelled, isText := value.(string)
		require(isText, "%s is not a number", name)
		number = json.Number(spelled)
	}
	found, err := strconv.Atoi(number.String())
	must(name, err)
	return found
}

func flag(of object, name string) bool {
	value, there := of[name]
	if !there || value == nil {
		return false
	}
	found, is := value.(bool)
	require(is, "%s is neither true nor false", name)
	return found
}

// child returns a member that is an object, an empty one where there is none.
func child(of object, name string) object {
	value, there := of[name]
	if !there || value == nil {
		return object{}
	}
	found, is := value.(object)
	require(is, "%s is not an object", name)
	return found
}

func list(of object, name string) []any {
	value, there := of[name]
	if !there || value == nil {
		return nil
	}
	found, is := value.([]any)
	require(is, "%s is not a list", name)
	return found
}

func objects(of object, name string) []object {
	found := []object{}
	for _, value := range list(of, name) {
		item, is := value.(object)
		require(is, "%s holds something else than objects", name)
		found = append(found, item)
	}
	return found
}

func texts(of object, name string) []string {
	found := []string{}
	for _, value := range list(of, name) {
		item, is := value.(string)
		require(is, "%s holds something else than texts", name)
		found = append(found, item)
	}
	return found
}

func instant(spelled string) time.Time {
	at, err := time.Parse(time.RFC3339Nano, spelled)
	must("instant", err)
	require(strings.HasSuffix(spelled, "Z"), "an instant that is not in UTC")
	return at
}

func same(one, other any) bool {
	return bytes.Equal(canonical(one), canonical(other))
}

func digest(content []byte) string {
	sum := sha256.Sum256(content)
	return hex.EncodeToString(sum[:])
}

// webBytes reads base64 in the web's alphabet without padding.
func webBytes(spelled string) []byte {
	content, err := base64.RawURLEncoding.Strict().DecodeString(spelled)
	must("base64", err)
	return content
}

func holds(many []string, one string) bool {
	for _, each := range many {
		if each == one {
			return true
		}
	}
	return false
}

func without(many []string, one string) []string {
	found := []string{}
	for _, each := range many {
		if each != one {
			found = append(found, each)
		}
	}
	return found
}
