// Flows of least cost: each further unit takes the cheapest way that is left (Dijkstra over reduced costs).
package main

import (
	"container/heap"
	"math"
)

type edge struct {
	to, room int
	cost     int64
}

// network has its edges in pairs: that at an odd place undoes the one before it.
type network struct {
	edges []edge
	from  [][]int
}

func (of *network) node() int {
	of.from = append(of.from, nil)
	return len(of.from) - 1
}

func (of *network) join(one, other, room int, cost int64) {
	of.from[one] = append(of.from[one], len(of.edges))
	of.from[other] = append(of.from[other], len(of.edges)+1)
	of.edges = append(of.edges, edge{other, room, cost}, edge{one, 0, -cost})
}

type stop struct {
	node int
	far  int64
}

type stops []stop

func (of stops) Len() int                 { return len(of) }
func (of stops) Less(one, other int) bool { return of[one].far < of[other].far }
func (of stops) Swap(one, other int)      { of[one], of[other] = of[other], of[one] }
func (of *stops) Push(value any)          { *of = append(*of, value.(stop)) }
func (of *stops) Pop() any {
	last := (*of)[len(*of)-1]
	*of = (*of)[:len(*of)-1]
	return last
}

// send brings as much as can flow from source to sink, and returns how much and for how much in all.
func (of *network) send(source, sink int) (amount int, total int64) {
	potential := make([]int64, len(of.from))
	for {
		far, by := of.reach(source, potential)
		if far[sink] == math.MaxInt64 {
			return amount, total
		}
		for node := range potential {
			if far[node] < math.MaxInt64 {
				potential[node] += far[node]
			} else {
				potential[node] += far[sink]
			}
		}
		for node := sink; node != source; node = of.edges[by[node]^1].to {
			of.edges[by[node]].room--
			of.edges[by[node]^1].room++
			total += of.edges[by[node]].cost
		}
		amount++
	}
}

// reach returns how far each node is, and the edge by which it is reached.
func (of *network) reach(source int, potential []int64) (far []int64, by []int) {
	far, by = make([]int64, len(of.from)), make([]int, len(of.from))
	for node := range far {
		far[node] = math.MaxInt64
	}
	far[source] = 0
	queue := &stops{{source, 0}}
	for queue.Len() > 0 {
		at := heap.Pop(queue).(stop)
		if at.far > far[at.node] {
			continue
		}
		for _, number := range of.from[at.node] {
			next := of.edges[number]
			way := at.far + next.cost + potential[at.node] - potential[next.to]
			if next.room > 0 && way < far[next.to] {
				far[next.to], by[next.to] = way, number
				heap.Push(queue, stop{next.to, way})
			}
		}
	}
	return far, by
}
