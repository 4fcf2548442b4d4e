"""The hire fleet: every numbered machine is on one contract at a time."""

from datetime import date

from demo.make.chance import Chance
from demo.make.source import Brand, Model
from demo.make.tables import Feed


class Fleet:
    """The machines of one brand and the days on which each is out."""

    def __init__(self, models: dict[str, Model]) -> None:
        self._units = {model.key: _unit_refs(model) for model in models.values()}
        self._out: dict[str, list[tuple[date, date]]] = {}

    def allot(self, model: Model, quantity: int, start: date, end: date) -> str:
        """Return the machine that goes out, or the model when several or pieces are hired."""
        if quantity > 1:
            return model.key
        for unit in Chance(model.key, str(start)).sample(self._units[model.key], model.units):
            spans = self._out.setdefault(unit, [])
            if all(end < out or back < start for out, back in spans):
                spans.append((start, end))
                return unit
        return model.key


def write_assets(feed: Feed, brand: Brand) -> None:
    """Write every model, every numbered machine and the cars that customers own."""
    for model in brand.models.values():
        _write_model(feed, model)
        for number, unit in enumerate(_unit_refs(model), start=1):
            _write_unit(feed, model, unit, number)
    for ref, cells in brand.vehicles.items():
        feed.add("assets", external_id=ref, kind="vehicle", **cells)


def _unit_refs(model: Model) -> list[str]:
    return [f"{model.key}-{number:02d}" for number in range(1, model.units + 1)]


def _write_model(feed: Feed, model: Model) -> None:
    feed.add(
        "assets",
        external_id=model.key,
        kind=model.kind,
        description=model.name,
        make=model.make,
        model=model.model,
    )


def _write_unit(feed: Feed, model: Model, unit: str, number: int) -> None:
    chance = Chance("unit", unit)
    numbered = {"make": model.make, "model": model.model, "description": model.name}
    if model.kind != "vehicle":
        letters = "".join(letter for letter in model.model.upper() if letter.isalnum())[:6]
        feed.add(
            "assets",
            external_id=unit,
            kind=model.kind,
            serial=f"{letters or model.key}-{chance.between(10200, 98900)}",
            **numbered,
        )
        return
    feed.add(
        "assets",
        external_id=unit,
        kind="vehicle",
        fuel=model.fuel,
        colour=model.colour,
        doors=model.doors,
        transmission=model.transmission,
        mileage=chance.between(4200, 61800),
        registration=f"HL {chance.between(10, 99)} {chance.between(100, 999)}",
        vin=f"7HLDM{chance.between(1000, 9999)}PX{number:03d}{chance.between(100, 999)}",
        **numbered,
    )
