"""The largest flow from sources to those who may have of them, in whole numbers, and where it is stuck.

It is the method of Dinic: in rounds, along the shortest ways on which more can still pass, where a way may
also take back what has been given. Sets of takers are kept as the bits of one integer, so that looking at
all the takers of a source is one step. A flow is kept from one question to the next: takers that want more
or less, or a part of the network alone, start from what there is.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

__all__ = ["Flow", "Stock", "bits"]


def bits(mask: int) -> Iterator[int]:
    """The places of the bits that are set, from the lowest.

    >>> list(bits(0b10110))
    [1, 2, 4]
    """
    while mask:
        low = mask & -mask
        yield low.bit_length() - 1
        mask ^= low


class Stock:
    """Sources that are as good as each other, used up one after the other.

    >>> stock = Stock([("lot 1", 3), ("lot 2", 5)])
    >>> list(stock.take(2)), list(stock.take(4))
    ([('lot 1', 2)], [('lot 1', 1), ('lot 2', 3)])
    """

    def __init__(self, sources: Iterable[tuple[str, int]]) -> None:
        self._sources = iter(sources)
        self._id, self._left = "", 0

    def take(self, much: int) -> Iterator[tuple[str, int]]:
        """So much, and of which source; there must be as much."""
        while much:
            while not self._left:
                self._id, self._left = next(self._sources)
            now = min(much, self._left)
            self._left -= now
            much -= now
            yield self._id, now


class Flow:
    """What passes from each source to each taker.

    Attributes:
        left: what each source has left.
        reach: the takers of each source, as bits.
        given: what each taker has, by source.

    >>> flow = Flow([3, 2], [0b11, 0b01], takers=2)
    >>> flow.fill([2, 3], sources=0b11, takers=0b11)
    0
    >>> flow.given, flow.left
    ([{1: 2}, {0: 3}], [0, 0])
    """

    def __init__(self, capacity: Sequence[int], reach: Sequence[int], *, takers: int) -> None:
        self.left = list(capacity)
        self.reach = list(reach)
        self.given: list[dict[int, int]] = [{} for _ in range(takers)]
        self._short: dict[int, int] = {}
        self._free_takers = 0
        self._free_sources = 0

    def fill(self, wants: Sequence[int], *, sources: int, takers: int) -> int:
        """Give these takers what they want as far as these sources go; gives how much is not to be had.

        No source outside may have given anything to one of the takers, and none inside to anybody else.
        """
        self._short = {}
        for taker in bits(takers):
            want = wants[taker] - sum(self.given[taker].values())
            if want > 0:
                self._short[taker] = want
            elif want < 0:
                self._take_back(taker, -want)
        self._give_at_once(sources)
        while self._short and self._layers(sources, takers):
            self._push()
        return sum(self._short.values())

    def stuck(self, *, sources: int, takers: int) -> tuple[int, int]:
        """Who cannot have more, whoever gives way, and the sources they use up, as bits.

        To be asked after a `fill` of the same that fell short. All that the takers may have of is among the
        sources, and no other taker has anything of them.
        """
        return sources & ~self._free_sources, takers & ~self._free_takers

    def _take_back(self, taker: int, much: int) -> None:
        given = self.given[taker]
        for source in sorted(given):
            back = min(much, given[source])
            self._change(taker, source, -back)
            self.left[source] += back
            much -= back
            if not much:
                return

    def _change(self, taker: int, source: int, much: int) -> None:
        given = self.given[taker]
        now = given.get(source, 0) + much
        if now:
            given[source] = now
        else:
            given.pop(source, None)

    def _give_at_once(self, sources: int) -> None:
        """Give without taking anything back, from the sources with the fewest takers first."""
        wanting = sum(1 << taker for taker in self._short)
        for source in sorted(bits(sources), key=lambda one: (self.reach[one].bit_count(), one)):
            if not self.left[source]:
                continue
            for taker in bits(self.reach[source] & wanting):
                self._give(taker, source, min(self._short[taker], self.left[source]))
                if taker not in self._short:
                    wanting ^= 1 << taker
                if not self.left[source]:
                    break

    def _give(self, taker: int, source: int, much: int) -> None:
        self._change(taker, source, much)
        self.left[source] -= much
        self._short[taker] -= much
        if not self._short[taker]:
            del self._short[taker]

    # Shortest ways

    def _layers(self, sources: int, takers: int) -> bool:
        """Put all in layers by how far they are from what is left; tells if a way leads anywhere."""
        first = [source for source in bits(sources) if self.left[source]]
        self._layer = dict.fromkeys(first, 0)
        self._open: list[int] = []
        self._free_takers, layer = 0, first
        wanting = sum(1 << taker for taker in self._short)
        while layer:
            found = 0
            for source in layer:
                found |= self.reach[source]
            found &= takers & ~self._free_takers
            self._free_takers |= found
            if found & wanting:
                self._open.append(found & wanting)
                return True
            self._open.append(found)
            layer = self._givers(found)
        self._free_sources = sum(1 << source for source in self._layer)
        return False

    def _givers(self, takers: int) -> list[int]:
        """The sources of what these takers have that are not in a layer yet."""
        depth, layer = len(self._open), self._layer
        found: list[int] = []
        for taker in bits(takers):
            for source in self.given[taker]:
                if source not in layer:
                    layer[source] = depth
                    found.append(source)
        return found

    def _push(self) -> None:
        """Use the shortest ways up."""
        for source in [source for source, depth in self._layer.items() if not depth]:
            while self.left[source] and (way := self._way(source)):
                self._pass(*way)

    def _way(self, source: int) -> tuple[list[int], list[int]] | None:
        """A way from a source to a taker that is short, if there is one: the sources and the takers on it."""
        sources, takers = [source], list[int]()
        last = len(self._open) - 1
        while sources:
            depth = len(takers)
            choice = self.reach[sources[-1]] & self._open[depth]
            if not choice:
                self._layer[sources.pop()] = -1
                if takers:
                    takers.pop()
                continue
            taker = (choice & -choice).bit_length() - 1
            if depth == last:
                return sources, [*takers, taker]
            giver = self._giver(taker, depth + 1)
            if giver is None:
                self._open[depth] ^= 1 << taker
                continue
            takers.append(taker)
            sources.append(giver)
        return None

    def _giver(self, taker: int, depth: int) -> int | None:
        return next((one for one in self.given[taker] if self._layer.get(one) == depth), None)

    def _pass(self, sources: list[int], takers: list[int]) -> None:
        """Pass on as much as the way allows: each taker has more of one source, and gives way at the next."""
        backs = list(zip(takers, sources[1:], strict=False))
        much = min(
            self.left[sources[0]],
            self._short[takers[-1]],
            *(self.given[taker][source] for taker, source in backs),
        )
        for taker, source in backs:
            self._change(taker, source, -much)
        for taker, source in zip(takers, sources, strict=True):
            self._change(taker, source, much)
        self.left[sources[0]] -= much
        self._short[takers[-1]] -= much
        if not self._short[takers[-1]]:
            del self._short[takers[-1]]
            self._open[-1] ^= 1 << takers[-1]
