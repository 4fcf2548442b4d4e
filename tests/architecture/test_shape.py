"""Limits that keep the code small and its doors few, held by the suite rather than by memory."""

import ast
import importlib
import inspect
import pkgutil
import statistics
from functools import cache
from pathlib import Path

import grimp
import pytest
from sqlmodel import Session

import portal_app.services
from portal_app.core.actor import Actor
from portal_app.services.transaction import Transaction

SOURCE = sorted(Path("portal_app").rglob("*.py"))
DOMAINS = [m.name for m in pkgutil.iter_modules(portal_app.services.__path__) if m.ispkg]
ROOT = "portal_app.services"
# The first two find out who is asking; the others are facts about the installation.
WITHOUT_ACTOR = {
    "events.integration_for",
    "identity.caller_for",
    "licensing.has_module",
    "licensing.state",
}
FORBIDDEN_CALLS = {
    "toast", "call_script", "call_function", "upload", "html", "Cookie", "LocalStorage",
    "SessionStorage", "redirect_external",
}  # fmt: skip
UNSAFE_MODULES = {"xml", "lxml", "pickle", "marshal", "shelve", "yaml"}
UNSAFE_CALLS = {"eval", "exec", "compile", "__import__"}


@cache
def text(path):
    return path.read_text()


@cache
def nodes(path):
    return tuple(ast.walk(ast.parse(text(path))))


def functions(path):
    for node in nodes(path):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node.name, node.end_lineno - node.lineno + 1


def trespassers(is_wrong):
    """Name every module of which this is so; each is parsed once for all tests."""
    return [str(path) for path in SOURCE if is_wrong(path)]


def test_modules_and_functions_fit_on_a_few_screens():
    assert trespassers(lambda path: len(text(path).splitlines()) > 250) == []
    long = [(str(path), name) for path in SOURCE for name, lines in functions(path) if lines > 40]
    assert long == []


def test_most_modules_and_functions_are_small():
    assert statistics.median(len(text(p).splitlines()) for p in SOURCE) < 80
    assert statistics.median(lines for p in SOURCE for _, lines in functions(p)) < 8


@pytest.mark.parametrize("domain", DOMAINS)
def test_every_service_takes_the_actor_or_the_transaction_first(domain):
    door = importlib.import_module(f"{ROOT}.{domain}")
    for name in door.__all__:
        offered = getattr(door, name)
        is_arithmetic = ".rules" in getattr(offered, "__module__", "")
        if not inspect.isfunction(offered) or is_arithmetic or f"{domain}.{name}" in WITHOUT_ACTOR:
            continue
        first, *rest = inspect.signature(offered, eval_str=True).parameters.values()
        assert first.annotation in (Actor, Transaction, Session), name
        if first.annotation is Actor:
            assert {p.kind for p in rest} <= {first.KEYWORD_ONLY, first.VAR_KEYWORD}, name


def domain_of(module):
    return ".".join(module.split(".")[:3])


def test_services_use_each_others_front_doors():
    graph = grimp.build_graph("portal_app")
    trespasses = {
        (importer, imported)
        for importer in graph.modules
        if importer.startswith(ROOT)
        for imported in graph.find_modules_directly_imported_by(importer)
        if imported.startswith(f"{ROOT}.")
        and imported.count(".") > ROOT.count(".") + 1
        and domain_of(imported) != domain_of(importer)
    }
    assert trespasses == set()


def calls_on_rx(path):
    for node in nodes(path):
        if (
            isinstance(node, ast.Attribute)
            and isinstance(node.value, ast.Name)
            and node.value.id == "rx"
        ):
            yield node.attr


@cache
def graph_of_all():
    return grimp.build_graph("portal_app", include_external_packages=True)


@pytest.mark.asvs("8.3.1")
@pytest.mark.parametrize("layer", ["pages", "layout", "components", "state", "routes", "api"])
def test_nothing_above_the_services_reaches_a_table_but_through_them(layer):
    graph = graph_of_all()
    for inside in graph.find_descendants(f"portal_app.{layer}") | {f"portal_app.{layer}"}:
        for used in graph.find_modules_directly_imported_by(inside):
            assert not used.startswith(("portal_app.models", "sqlmodel", "sqlalchemy")), inside


@pytest.mark.asvs("3.2.2")
def test_nothing_needs_eval_or_raw_html_in_the_browser():
    assert trespassers(lambda path: not FORBIDDEN_CALLS.isdisjoint(calls_on_rx(path))) == []
    assert trespassers(lambda path: "dangerouslySetInnerHTML" in text(path)) == []


def imported_modules(path):
    for node in nodes(path):
        if isinstance(node, ast.Import):
            yield from (alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module.split(".")[0]


def called_names(path):
    calls = (node for node in nodes(path) if isinstance(node, ast.Call))
    return {call.func.id for call in calls if isinstance(call.func, ast.Name)}


@pytest.mark.asvs("1.3.2")
@pytest.mark.asvs("1.5.1")
@pytest.mark.asvs("1.5.2")
def test_no_parser_of_xml_and_no_pickle_is_imported():
    assert trespassers(lambda path: UNSAFE_MODULES & set(imported_modules(path))) == []
    assert trespassers(lambda path: UNSAFE_CALLS & called_names(path)) == []


@pytest.mark.asvs("1.2.5")
def test_processes_are_started_only_by_the_operators_commands_and_never_through_a_shell():
    ways = ("shell=True", "os.system", "os.popen")
    assert trespassers(lambda path: any(way in text(path) for way in ways)) == []

    def starts_elsewhere(path):
        # The build is a command of the operator's; what it adds to Reflex's stands beside the web.
        is_allowed = "cli" in path.parts or path.parts[-2:] == ("web", "build.py")
        return "subprocess" in imported_modules(path) and not is_allowed

    assert trespassers(starts_elsewhere) == []


@pytest.mark.asvs("1.2.4")
def test_sql_is_never_put_together_from_text():
    def is_built(node):
        name = isinstance(node, ast.Call) and getattr(
            node.func, "id", getattr(node.func, "attr", "")
        )
        return (
            name in {"text", "exec_driver_sql"}
            and node.args
            and isinstance(node.args[0], ast.JoinedStr | ast.BinOp)
        )

    assert trespassers(lambda path: any(map(is_built, nodes(path)))) == []


def test_money_and_dates_become_words_in_one_place():
    def words(path):
        return any(
            isinstance(node, ast.ImportFrom)
            and (node.module or "").startswith("babel")
            and any(name.name.startswith("format_") for name in node.names)
            for node in nodes(path)
        )

    assert trespassers(words) == ["portal_app/services/wording.py"]


@pytest.mark.asvs("6.5.3")
def test_chance_comes_from_the_secrets_module():
    assert trespassers(lambda path: "random" in imported_modules(path)) == []


def test_the_answer_to_a_click_is_kept_for_the_thing_that_it_was_about():
    """Buttons that share a key must not be answered with what another of them did."""
    things = {
        "account", "article", "contract", "document", "endpoint", "feature", "field", "form",
        "grant", "group", "instalment", "job_id", "line", "membership", "number", "owner", "part",
        "party", "payment_method", "person", "request", "row", "run", "template", "token",
        "is_on", "is_accepted", "is_chosen", "is_visible", "given", "up",
    }  # fmt: skip
    checked, wrong = 0, []
    for path in Path("portal_app/services").rglob("*.py"):
        for function in (one for one in nodes(path) if isinstance(one, ast.FunctionDef)):
            taken = {one.arg for one in (*function.args.args, *function.args.kwonlyargs)}
            for call in (one for one in ast.walk(function) if isinstance(one, ast.Call)):
                if isinstance(call.func, ast.Attribute) and call.func.attr == "earlier_answer":
                    named = {one.id for one in call.args if isinstance(one, ast.Name)}
                    checked += bool(taken & things)
                    if taken & things - named:
                        wrong.append((str(path), function.name, taken & things - named))
    assert checked > 70
    assert wrong == []
