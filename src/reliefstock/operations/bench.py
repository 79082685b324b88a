"""The bench: where kits are built of lots and broken into lots.

Kits that hold the same lots in the same number are one lot, and what went into them lies in a conversion
place of their own. There every unit of a component keeps the floor of its lot or one minor unit more, so that
kits can be broken in part, in any order and on any day, and each component still comes out at a value that
units can have: the kits carry what the rule of their place says, each component what is nearest to its part,
and what then is left over or missing is made up in their order. When all kits of a lot are broken, all of it
is back.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

import attrs

from reliefstock.bills import BillOfMaterials
from reliefstock.catalogue import Item
from reliefstock.donations import Restriction, Use, Valuation
from reliefstock.errors import Incomplete, NotUsable
from reliefstock.ledger import Draft, EntryKind, Holding, Ingredient, Lot, Place, PlaceKind
from reliefstock.operations.desk import Desk, one_programme, packs_of
from reliefstock.operations.picking import Pick, Picker, Taking
from reliefstock.operations.recalled import landing_place
from reliefstock.operations.renewed import lot_at
from reliefstock.policy import PickingRule
from reliefstock.values import Money, Quantity, Unit, portion

__all__ = ["Bench", "BrokenLine", "BrokenLot", "BuiltLot", "Order", "units_in"]


@attrs.frozen
class BuiltLot:
    """A lot of kits that hold the same, with all that went into it. `value` is in minor units."""

    lot: str
    quantity: Quantity
    value: int
    components: tuple[Pick, ...]


@attrs.frozen
class BrokenLine:
    """So many kits of a lot are broken.

    Kits that were built in this book become the lots again that they were built of. Others are broken by the
    bill that holds on the day, or in the `version` that is named; where one is named, built kits too.
    """

    lot: str
    quantity: Quantity
    version: str | None = attrs.field(default=None, kw_only=True)


@attrs.frozen
class BrokenLot:
    """So many kits of a lot, and what came out of them. `value` is in minor units.

    `version` is that of the bill by which they were broken; empty where they became again what they were made
    of.
    """

    lot: str
    quantity: Quantity
    value: int
    components: tuple[Pick, ...]
    version: str = ""


@attrs.frozen
class Order:
    """What is to be built: so many kits by a bill, of named lots where any are named, for a programme."""

    bill: BillOfMaterials
    count: int
    lots: tuple[str, ...]
    programme: str
    picking: PickingRule | None
    pack: Unit | None


class Bench:
    """Where kits are built and broken: one place of a warehouse, for one document.

    Lots that come out get numbers of the document, one after the other; a conversion place has the id of the
    first lot that comes out of it.
    """

    def __init__(self, desk: Desk, draft: Draft, number: str, place: Place) -> None:
        self.place = place
        self._desk = desk
        self._draft = draft
        self._number = number
        self._last = 0
        self._released: dict[str, Lot] = {}

    # Building

    def build(self, order: Order) -> tuple[tuple[BuiltLot, ...], str]:
        """Pick what is needed and build it; returns the lots of kits, and by which rule they were picked."""
        per_kit = units_in(self._desk, order.bill)
        named = self._named(order, per_kit)
        picker = Picker(self._desk, self._draft, self.place, order.picking)
        tapes: dict[str, _Tape] = {}
        for item, units in per_kit.items():
            use = Use(on=self._draft.on, programme=order.programme, keeps=item in named)
            taking = Taking(lots=named.get(item, ()))
            first = tuple(lot for lot in self._released.values() if lot.item == item)
            tapes[item] = _Tape(picker.choose(item, units * order.count, use, taking, first))
        built = tuple(self._run(order, kits, per_kit, tapes) for kits in _runs(order.count, per_kit, tapes))
        self._draft.finish(EntryKind.KITTING, programme=order.programme)
        return built, picker.rule(Taking(lots=named.get(item, ())) for item in per_kit)

    def _named(self, order: Order, per_kit: Mapping[str, int]) -> dict[str, tuple[str, ...]]:
        """The lots that are named, by component."""
        named: dict[str, tuple[str, ...]] = {}
        for lot_id in dict.fromkeys(order.lots):
            item = self._desk.ledger.lot(lot_id).item
            if item not in per_kit:
                reason = f"it is {item}, which is no component of {order.bill.id}"
                raise NotUsable(what=f"lot {lot_id}", reason=reason, do="name another lot")
            named[item] = (*named.get(item, ()), lot_id)
        return named

    def _run(
        self, order: Order, kits: int, per_kit: Mapping[str, int], tapes: Mapping[str, _Tape]
    ) -> BuiltLot:
        """Kits that hold the same: their components go into a conversion, and they come out of it."""
        lot_id = self._next_id()
        bench = Place(PlaceKind.CONVERSION, lot_id)
        parts = [part for item in per_kit for part in tapes[item].cut(per_kit[item] * kits)]
        lots = [lot for lot, _ in parts]
        picks = tuple(
            self._pick(lot, units, self._draft.move(lot, self.place, bench, units)) for lot, units in parts
        )
        kit = self._kit_lot(order, lot_id, kits, lots, picks)
        self._draft.bring(kit, bench, {self.place: kits})
        return BuiltLot(lot_id, Quantity(kits, self._desk.register.item(kit.item).unit), kit.value, picks)

    def _kit_lot(
        self, order: Order, lot_id: str, kits: int, lots: Sequence[Lot], picks: Sequence[Pick]
    ) -> Lot:
        """A lot of kits: what its components have in common, all of their restrictions, the first expiry."""
        value = sum(pick.value for pick in picks)
        restrictions = _restrictions(lots)
        one_programme(f"a kit of {order.bill.item}", restrictions, zh=f"一套 {order.bill.item}")
        return Lot(
            id=lot_id,
            item=order.bill.item,
            quantity=kits,
            value=value,
            valuation=_worth(self._desk, Valuation.components, value, f"components listed in {self._number}"),
            received=self._draft.on,
            donor=_common(lot.donor for lot in lots),
            donation=_common(lot.donation for lot in lots),
            restrictions=restrictions,
            expiry=min((lot.expiry for lot in lots if lot.expiry is not None), default=None),
            batch=self._number,
            pack=order.pack,
            made_of=tuple(Ingredient(pick.lot, pick.quantity, pick.value) for pick in picks),
        )

    # Breaking

    def break_all(self, lines: Sequence[BrokenLine]) -> tuple[BrokenLot, ...]:
        """Break kits, an entry a line."""
        if not lines:
            raise Incomplete(
                what="kits to be broken",
                missing="none are stated",
                do="state lots and numbers",
                zh="待拆的组合包：没有写明；请写明批次与数量",
            )
        lots = [line.lot for line in lines]
        for lot in lots:
            if lots.count(lot) > 1:
                missing = f"lot {lot} is named twice"
                raise Incomplete(
                    what="kits to be broken",
                    missing=missing,
                    do="state all of it in one line",
                    zh=f"待拆的组合包：批次 {lot} 写了两次；请合并为一行",
                )
        return tuple(map(self._break, lines))

    def _break(self, line: BrokenLine) -> BrokenLot:
        lot = self._there(line.lot)
        item = self._desk.register.item(lot.item)
        count = item.base_units(line.quantity)
        if line.version is None and self._is_built(lot):
            value, picks, version = *self._unmake(lot, count), ""
        else:
            value, picks, version = self._take_apart(lot, count, line.version)
        self._draft.finish(EntryKind.UNKITTING)
        return BrokenLot(lot.id, Quantity(count, item.unit), value, picks, version)

    def _there(self, named: str) -> Lot:
        """The lot of that id, or what it is here since it was revalued."""
        lot = self._desk.ledger.lot(named)
        if self._draft.there(lot, self.place):
            return lot
        return self._desk.ledger.lot(lot_at(self._desk, self.place, named))

    def _is_built(self, lot: Lot) -> bool:
        """Whether its kits were built in this book, so that their components are in its conversion.

        A lot that a revaluation made anew of other goods was built before.
        """
        birth = next(self._desk.ledger.entries_of(lot.id)).kind
        return birth is EntryKind.KITTING or (
            birth is EntryKind.REVALUATION and any(self._is_component(part, lot) for part in lot.made_of)
        )

    def _is_component(self, part: Ingredient, lot: Lot) -> bool:
        item = self._desk.ledger.lot(part.lot).item
        return item != lot.item and self._desk.register.item(item).is_goods

    def _unmake(self, kit: Lot, count: int) -> tuple[int, tuple[Pick, ...]]:
        """Kits go back to where they were built, and their components come out, as the lots that they are.

        The kits carry what the rule of their place says, as far as the units in the conversion, each worth
        its floor or one minor unit more, can make it up; each component carries what is nearest to its part.
        """
        home = Place(PlaceKind.CONVERSION, kit.id)
        parts = [self._part(home, kit, part, count) for part in kit.made_of]
        within = self._within(home, kit, count, parts)
        value = self._draft.worth(kit, self.place, count, within)
        self._draft.carry(kit, self.place, home, Holding(count, value))
        picks: list[Pick] = []
        for part, worth in zip(parts, _settled(parts, value), strict=True):
            self._draft.carry(part.lot, home, self._lands(part.lot), Holding(part.units, worth))
            picks.append(self._pick(part.lot, part.units, worth))
        return value, tuple(picks)

    def _part(self, home: Place, kit: Lot, part: Ingredient, count: int) -> _Part:
        """The part of some kits: at every later moment the units that stay must be worth what units can be.

        What is due is by the cumulative rule out of what is there.
        """
        lot, ledger = self._desk.ledger.lot(part.lot), self._desk.ledger
        units = part.quantity * count // kit.quantity
        window, there = ledger.window(home, lot, self._draft.on), ledger.holding(home, lot.id)
        base = lot.floor * units
        least, most = base + max(0, units - window.light), base + min(units, window.heavy)
        due = portion(there.value, max(there.quantity, units), 0, units)
        return _Part(lot, units, least, most, min(max(due, least), most))

    def _within(self, home: Place, kit: Lot, count: int, parts: Sequence[_Part]) -> tuple[int, int]:
        """What so many kits can be worth: bounds of the kits that are not broken, and of what is in them."""
        owed = self._desk.ledger.owed(home, kit, self._draft.on)
        if owed.quantity < count <= self._draft.there(kit, self.place):
            raise NotUsable(
                what=f"lot {kit.id}",
                reason=f"only {owed.quantity} of those that were built are whole on {self._draft.on}, "
                "the rest was found over and has no components in the book",
                do="break fewer, or name the version of the bill by which they are to be broken",
            )
        base = kit.floor * count
        least = max(base + max(0, count - owed.light), sum(part.least for part in parts))
        most = min(base + min(count, owed.heavy), sum(part.most for part in parts))
        return least, most

    def _take_apart(self, kit: Lot, count: int, version: str | None) -> tuple[int, tuple[Pick, ...], str]:
        """Kits become new lots, which keep what stands on the kits and share out their value."""
        models, version = self._models(kit, version)
        bench = Place(PlaceKind.CONVERSION, f"{self._number}-{self._last + 1}")
        value = self._draft.move(kit, self.place, bench, count)
        picks: list[Pick] = []
        for model, worth in zip(models, _shared(value, [model.weight for model in models]), strict=True):
            lot = self._part_lot(kit, count, model, worth)
            self._draft.bring(lot, bench, {self._lands(lot): lot.quantity})
            picks.append(self._pick(lot, lot.quantity, worth))
        return value, tuple(picks), version

    def _part_lot(self, kit: Lot, count: int, model: _Model, value: int) -> Lot:
        own = model.lot or kit
        return Lot(
            id=self._next_id(),
            item=model.item,
            quantity=model.units * count,
            value=value,
            valuation=_worth(
                self._desk, Valuation.estimate, value, f"a share of lot {kit.id}, {model.basis}"
            ),
            received=own.received,
            donor=kit.donor,
            donation=kit.donation,
            supplier=own.supplier,
            restrictions=kit.restrictions,
            expiry=own.expiry,
            batch=own.batch,
            condition=own.condition,
            pack=None if model.lot is None else own.pack,
            made_of=(Ingredient(kit.id, count, value),),
        )

    def _models(self, kit: Lot, version: str | None) -> tuple[tuple[_Model, ...], str]:
        """What is in one kit: what was built into it, if that is known, or what a bill says."""
        built = self._built_as(kit) if version is None else None
        if built is not None and (built.value or not kit.value):
            return tuple(_as_built(self._desk, built)), ""
        bill = self._desk.register.bill(kit.item, version, on=self._draft.on)
        return tuple(_by_price(self._desk, bill, kit)), bill.version

    def _built_as(self, kit: Lot) -> Lot | None:
        """The lot as which kits were built that were only redirected or revalued since; None for others."""
        while not self._is_built(kit):
            parts = [self._desk.ledger.lot(part.lot) for part in kit.made_of]
            if len(parts) != 1 or parts[0].item != kit.item:
                return None
            kit = parts[0]
        return kit

    def _lands(self, lot: Lot) -> Place:
        """Where a component comes to lie; it is at hand then, if that is here."""
        target = landing_place(self._desk, lot, self.place, self._draft.on)
        if target == self.place:
            self._released[lot.id] = lot
        return target

    def _next_id(self) -> str:
        self._last += 1
        return f"{self._number}-{self._last}"

    def _pick(self, lot: Lot, units: int, value: int) -> Pick:
        return Pick(lot.id, units, value, packs_of(self._desk.register.item(lot.item), lot, units))


def units_in(desk: Desk, bill: BillOfMaterials) -> dict[str, int]:
    """How many base units of each component are in one kit, in the order of the bill."""
    items = {part.item: desk.item(part.item) for part in bill.components}
    return bill.units_of(items)


def _restrictions(lots: Iterable[Lot]) -> tuple[Restriction, ...]:
    """Every restriction of every lot, once, in the order in which they are met."""
    return tuple(dict.fromkeys(restriction for lot in lots for restriction in lot.restrictions))


def _common(given: Iterable[str | None]) -> str | None:
    """What all have in common; None where they differ."""
    found = set(given)
    return found.pop() if len(found) == 1 else None


# Runs


class _Tape:
    """Lots of one component in the order in which they are used, cut off from the front."""

    def __init__(self, parts: Sequence[tuple[Lot, int]]) -> None:
        self.parts = parts
        self._at = 0
        self._used = 0

    def cut(self, units: int) -> Iterator[tuple[Lot, int]]:
        """The next so many units, lot by lot."""
        while units:
            lot, there = self.parts[self._at]
            taken = min(units, there - self._used)
            yield lot, taken
            units, self._used = units - taken, self._used + taken
            if self._used == there:
                self._at, self._used = self._at + 1, 0


def _runs(count: int, per_kit: Mapping[str, int], tapes: Mapping[str, _Tape]) -> Iterator[int]:
    """How many kits in a row hold the same, one run after the other.

    Where a lot ends within a kit, that kit is a run of its own; all between two such places are alike.
    """
    cuts = {count}
    for item, units in per_kit.items():
        end = 0
        for _, there in tapes[item].parts:
            end += there
            kits, rest = divmod(end, units)
            cuts.update((kits, kits + 1) if rest else (kits,))
    before = 0
    for cut in sorted(cuts - {0}):
        yield cut - before
        before = cut


# What is in a kit that is unmade


@attrs.frozen
class _Part:
    """What comes out of a conversion of one lot: so many units, worth `least` to `most`, best `due`."""

    lot: Lot
    units: int
    least: int
    most: int
    due: int


def _settled(parts: Sequence[_Part], value: int) -> Iterator[int]:
    """What each part is worth, so that together they are worth what the kits are.

    Each is worth what is due to it; what then is left over or missing is made up in their order, as far as
    each one can carry it.
    """
    off = value - sum(part.due for part in parts)
    for part in parts:
        moved = min(max(off, part.least - part.due), part.most - part.due)
        off -= moved
        yield part.due + moved


# What is in a kit that came ready


@attrs.frozen
class _Model:
    """What one kit holds of an item: so many base units, which have such a weight in its value.

    `lot` is the one that was built into it, where that is known; `basis` says what the weight rests on.
    """

    item: str
    units: int
    weight: int
    basis: str
    lot: Lot | None = None


def _as_built(desk: Desk, kit: Lot) -> Iterator[_Model]:
    for part in kit.made_of:
        lot = desk.ledger.lot(part.lot)
        yield _Model(lot.item, part.quantity // kit.quantity, part.value, f"as built in {kit.batch}", lot)


def _by_price(desk: Desk, bill: BillOfMaterials, kit: Lot) -> Iterator[_Model]:
    """By reference prices; a kit without a value needs none."""
    per_kit = {desk.item(item): units for item, units in units_in(desk, bill).items()}
    unpriced = [item.id for item in per_kit if item.price is None and not item.counted_by_value]
    if kit.value and unpriced:
        raise Incomplete(
            what=f"breaking lot {kit.id} by {bill.id}",
            missing=f"no reference price of {', '.join(unpriced)} is known to share out the value by",
            do="amend the items with a price",
            zh=f"按 {bill.id} 拆开批次 {kit.id}：{'、'.join(unpriced)} 没有参考价，无法分摊金额；"
            "请为物资补上参考价",
        )
    for item, units in per_kit.items():
        price = 1 if item.counted_by_value else 0 if item.price is None else _price(desk, item.price, item)
        yield _Model(item.id, units, price * units, "by reference prices")


def _price(desk: Desk, price: Money, item: Item) -> int:
    return desk.amount(price, f"the reference price of {item.id}")


def _shared(value: int, weights: Sequence[int]) -> Iterator[int]:
    """An amount shared out by weights: each share its floor, and one more where the remainder is largest.

    Of equal remainders the first comes first. Where nothing has a weight, there is nothing to share out.

    >>> list(_shared(100, [1, 1, 1]))
    [34, 33, 33]
    """
    whole = sum(weights) or 1
    floors = [value * weight // whole for weight in weights]
    by_remainder = sorted(range(len(weights)), key=lambda at: -(value * weights[at] % whole))
    more = set(by_remainder[: value - sum(floors)])
    yield from (floor + (at in more) for at, floor in enumerate(floors))


_By = Callable[[Money, str], Valuation]


def _worth(desk: Desk, by: _By, value: int, evidence: str) -> Valuation:
    return by(Money(value, desk.currency), evidence) if value else Valuation.memorandum(evidence)
