"""Only `summaries.money` adds money: what a machine can see of it in the code, also in code that is yet to come."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import ROOT

# Columns and names that hold money. A name that is given such a thing holds money too, in its function.
MONEY = {
    "value", "low", "high", "usd", "amount", "amounts", "amount_usd", "low_usd", "high_usd", "stated_value",
    "stated_low", "stated_high", "required", "received", "unmet", "pledged", "committed", "disbursed", "gap", "money",
    "FLOW_STAGES",
}  # fmt: skip
ADDERS = {"sum", "nansum", "fsum", "cumsum", "nancumsum", "accumulate", "reduce"}
NO_MONEY = {"len", "notna", "isna", "isnan", "groups", "size", "ngroup", "cumcount"}  # what these give is none
MAY_ADD = {
    "components/summaries/money.py",
    "components/record/check/money.py",  # compares rows with the row that they lie in, and shows no sum
}


def holds_money(node: ast.AST, names: set[str]) -> bool:
    """Whether an expression is an amount of money or has one in it; what is scaled or compared is none any more."""
    match node:
        case ast.Compare() | ast.BinOp(op=ast.Mult() | ast.Div()):
            return False
        case ast.Call(func=ast.Name(id=called) | ast.Attribute(attr=called)) if called in NO_MONEY:
            return False
        case ast.Name(id=name) | ast.Constant(value=str(name)) if name in names:
            return True
        case ast.Attribute(attr=name) if name in names:
            return True
    return any(holds_money(child, names) for child in ast.iter_child_nodes(node))


def given(function: ast.AST) -> Iterator[tuple[ast.AST, ast.AST]]:
    """Each target in a function with what it is given."""
    for node in ast.walk(function):
        match node:
            case ast.Assign(targets=[ast.Tuple(elts=targets)], value=ast.Tuple(elts=values)):
                yield from zip(targets, values, strict=False)
            case ast.Assign(targets=targets, value=value):
                yield from ((target, value) for target in targets)
            case ast.AnnAssign(target=target, value=ast.expr() as value) | ast.NamedExpr(target=target, value=value):
                yield target, value
            case ast.For(target=target, iter=value) | ast.comprehension(target=target, iter=value):
                yield target, value


def names_of_money(function: ast.AST) -> set[str]:
    names = set(MONEY)
    while True:
        targets = [target for target, value in given(function) if holds_money(value, names)]
        found = {node.id for target in targets for node in ast.walk(target) if isinstance(node, ast.Name)}
        if found <= names:
            return names
        names |= found


def makes_list(node: ast.AST) -> bool:
    return isinstance(node, ast.List | ast.ListComp) or (isinstance(node, ast.IfExp) and makes_list(node.body))


def parts_of_addition(node: ast.AST) -> list[ast.expr]:
    """What an addition adds, and to what; nothing where a node is none."""
    match node:
        case ast.Call(func=ast.Name(id=called), args=parts) if called in ADDERS:
            return parts
        case ast.Call(func=ast.Attribute(value=whole, attr=called), args=parts) if called in ADDERS:
            return [] if ast.unparse(whole).endswith("cards") else [whole, *parts]  # `cards.sum` draws one
        case ast.Call(func=ast.Attribute(value=ast.Attribute(attr="add"), attr="at"), args=parts):
            return parts
        case ast.Call(func=ast.Attribute(value=whole), args=[ast.Constant(value=called), *_]) if called in ADDERS:
            return [whole]
        case ast.AugAssign(op=ast.Add(), value=value) if not makes_list(value):
            return [value]
    return []


def additions(code: str) -> list[int]:
    """The lines on which money is added."""
    lines = set()
    for function in ast.walk(ast.parse(code)):
        if isinstance(function, ast.FunctionDef | ast.Module):
            names = names_of_money(function) if isinstance(function, ast.FunctionDef) else MONEY
            nodes = [node for node in ast.walk(function) if isinstance(node, ast.Call | ast.AugAssign)]
            lines |= {node.lineno for node in nodes for part in parts_of_addition(node) if holds_money(part, names)}
    return sorted(lines)


@pytest.mark.parametrize("path", sorted((ROOT / "components").rglob("*.py")), ids=lambda path: path.stem)
def test_only_one_module_adds_money(path: Path) -> None:
    if str(path.relative_to(ROOT)) not in MAY_ADD:
        found = additions(path.read_text(encoding="utf-8"))
        assert not found, (
            f"{path}, line {found[0]}: sums of money are added in summaries/money.py, by `total` or `merged`"
        )


@pytest.mark.parametrize(
    "code",
    [
        'frame["value"].sum()',
        'sum(row["amount_usd"] for row in rows)',
        'np.nansum(frame["low"].to_numpy())',
        'frame.groupby("actor_id")["high"].sum(min_count=1)',
        'frame.groupby("actor_id")["value"].agg("sum")',
        "frame[FLOW_STAGES].sum(axis=1)",
        "np.add.at(sums, places, amounts)",
        'own = frame["value"].astype(float)\n    held = own[own > 0]\n    math.fsum(held)',
        'for column in nodes["value"].groupby(days):\n        column.cumsum()',
        'for part in parts:\n        base += part["value"]',
        "itertools.accumulate(pledged)",
    ],
)
def test_an_addition_of_money_is_seen(code: str) -> None:
    assert additions(f"def found(frame, rows, nodes):\n    {code}\n")


@pytest.mark.parametrize(
    "code",
    [
        "counts.sum(axis=1)",
        'frame["value"].notna().sum()',
        '(frame["value"] > 0).sum()',
        "sum(len(rows) for rows in groups)",
        "brief.cards.sum(rows.money(record))",
        "parts += [value] if known else value.split()",
        'number += len(frame["value"])',
        'pixels = frame["value"] / largest\n    pixels.cumsum()',
    ],
)
def test_counts_and_pixels_are_no_money(code: str) -> None:
    assert not additions(f"def found(frame, groups, counts):\n    {code}\n")
