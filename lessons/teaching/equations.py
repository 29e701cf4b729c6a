"""The equations that stand as plain text in the models' docstrings, as trees of MathML elements.

A tree is [name, attributes, children], a child being a text or a tree. What is read:

    names     tau_E, X50, dpCa: Greek letters by their names, the part after _ or the number at the end set low
    a b       a product;  a / b a fraction of the factors before and the one after;  a^b a power;  .5 a number
    (x)+      the positive part;  [x]norm divided by its value at rest;  f(x) a function;  sqrt(x) a root
    dx/dt     a derivative;  |  or;  ->  becomes
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from typing import Any, NamedTuple

Tree = list[Any]

TOKEN = re.compile(
    r"(?P<rate>d(?P<of>[A-Za-z]\w*)/dt)|(?P<number>\d+(?:\.\d+)?|\.\d+)|(?P<name>[A-Za-z]\w*'?)"
    r"|(?P<sign>->|\*=|\+=|>=|<=|[-+/^=,;|<>%])|(?P<open>[(\[{])|(?P<close>[)\]}])"
)
GREEK = {
    "alpha": "α", "beta": "β", "delta": "δ", "kap": "κ", "kappa": "κ", "phi": "φ", "pi": "π", "rho": "ρ",
    "sig": "σ", "sigma": "σ", "tau": "τ", "theta": "θ",
}  # fmt: skip
SHOWN = {"-": "−", "->": "→", "*=": "×=", "+=": "+=", ">=": "≥", "<=": "≤", "|": "or"}
BETWEEN = {"=", "->", "*=", "+=", ">=", "<=", "<", ">", ",", ";", "|"}  # what stands between whole expressions
D: Tree = ["mi", {}, ["d"]]
CLOSING = {"(": ")", "[": "]", "{": "}"}
SHORT = 4  # letters of what may be a symbol, and no word
NUMBERED = re.compile(r"([A-Za-z]+?)(\d+)")


class NotAnEquation(ValueError):
    """Why a text cannot be read as an equation."""


class Token(NamedTuple):
    kind: str
    text: str
    tight: bool  # nothing stands between it and what comes before


def read(text: str) -> Tree:
    """The tree of one line of equations. Raises NotAnEquation."""
    return _Reader(list(_tokens(text)), text).line()


def _tokens(text: str) -> Iterator[Token]:
    at = 0
    tight = False
    while at < len(text):
        if text[at].isspace():
            at, tight = at + 1, False
            continue
        found = TOKEN.match(text, at)
        if not found:
            raise NotAnEquation(f"'{text[at]}' in '{text}' is not known; see the head of equations.py")
        yield Token(found.lastgroup if found.lastgroup != "of" else "rate", found[0], tight)
        at, tight = found.end(), True


class _Reader:
    def __init__(self, tokens: list[Token], text: str):
        self._tokens, self._text, self._at = tokens, text, 0

    def line(self) -> Tree:
        parts: list[Any] = []
        while self._at < len(self._tokens):
            if self._sign() in BETWEEN:
                parts.append(_operator(self._take().text))
            else:
                parts.append(self._sum())
        if not parts:
            raise NotAnEquation("there is nothing in this line")
        return ["mrow", {}, parts]

    def _next(self, ahead: int = 0) -> Token | None:
        at = self._at + ahead
        return self._tokens[at] if at < len(self._tokens) else None

    def _sign(self) -> str:
        token = self._next()
        return token.text if token and token.kind == "sign" else ""

    def _take(self) -> Token:
        token = self._next()
        if token is None:
            raise NotAnEquation(f"'{self._text}' ends too soon")
        self._at += 1
        return token

    def _sum(self) -> Tree:
        parts: list[Any] = []
        if self._sign() in ("-", "+"):
            parts.append(["mo", {"form": "prefix"}, [SHOWN.get(self._sign(), self._sign())]])
            self._at += 1
        parts.append(self._term())
        while self._sign() in ("-", "+"):
            parts += [_operator(self._take().text), self._term()]
        return parts[0] if len(parts) == 1 else ["mrow", {}, parts]

    def _term(self) -> Tree:
        """Factors beside one another; a slash takes what stands before it since the last one."""
        done: list[Any] = []
        factors = [self._factor()]
        while True:
            if self._sign() == "/":
                self._at += 1
                factors = factors or [done.pop()]  # a / b / c
                above = _bare(factors[0]) if len(factors) == 1 else _product(factors)
                done.append(["mfrac", {}, [above, _bare(self._factor())]])
                factors = []
            elif self._begins_a_factor():
                factors.append(self._factor())
            else:
                return _product([*done, *factors])

    def _begins_a_factor(self) -> bool:
        token = self._next()
        return token is not None and token.kind in ("rate", "number", "name", "open")

    def _factor(self) -> Tree:
        base = self._primary()
        if self._sign() == "^":
            self._at += 1
            negative = self._sign() == "-" and bool(self._take())
            power = _bare(self._primary())
            return ["msup", {}, [base, ["mrow", {}, [["mo", {}, ["−"]], power]] if negative else power]]
        return base

    def _primary(self) -> Tree:
        token = self._take()
        if token.kind == "number":
            number = ["mn", {}, [f"0{token.text}" if token.text.startswith(".") else token.text]]
            after = self._next()
            if after and after.tight and after.kind == "name":  # 2sig^2 is one factor
                return _product([number, self._factor()])
            return number
        if token.kind == "rate":
            of = TOKEN.match(token.text)["of"]
            return ["mfrac", {}, [["mrow", {}, [D, _name(of)]], ["mrow", {}, [D, ["mi", {}, ["t"]]]]]]
        if token.kind == "name":
            if len(words := [token.text, *self._more_words(token)]) > 1:
                self._at += len(words) - 1
                return ["mtext", {}, [" ".join(words)]]
            after = self._next()
            if after and after.tight and after.text == "(":
                inside = self._primary()
                if token.text == "sqrt":
                    return ["msqrt", {}, [_bare(inside)]]
                return ["mrow", {}, [_name(token.text), ["mo", {}, ["\u2061"]], inside]]
            return _name(token.text)
        if token.kind == "open":
            return self._brackets(token.text)
        raise NotAnEquation(f"'{token.text}' in '{self._text}' stands where a value was expected")

    def _more_words(self, first: Token) -> list[str]:
        """The words that go on from the first in the name of a quantity, such as "pressure pain threshold"."""
        words = [first.text]
        while _is_word(words[-1]) and (after := self._next(len(words) - 1)) and after.kind == "name":
            bracket = self._next(len(words))
            if not _is_word(after.text) or (bracket and bracket.tight and bracket.text == "("):
                break
            words.append(after.text)
        return words[1:] if max(map(len, words)) > SHORT else []

    def _brackets(self, opening: str) -> Tree:
        inside: list[Any] = []
        while (token := self._next()) is not None and token.kind != "close":
            inside.append(_operator(self._take().text) if self._sign() in BETWEEN else self._sum())
        closing = self._take()
        if closing.text != CLOSING[opening]:
            raise NotAnEquation(f"'{opening}' in '{self._text}' is closed by '{closing.text}'")
        whole = ["mrow", {}, [["mo", {"fence": "true"}, [opening]], *inside, ["mo", {"fence": "true"}, [closing.text]]]]
        after = self._next()
        if after and after.tight and after.text == "+" and self._ends_here():
            self._at += 1
            return ["msub", {}, [whole, ["mo", {}, ["+"]]]]
        if after and after.tight and after.text == "norm":
            self._at += 1
            return ["msub", {}, [whole, ["mtext", {}, ["norm"]]]]
        return whole

    def _ends_here(self) -> bool:
        """Whether a plus right behind a bracket means its positive part: nothing stands right behind the plus."""
        after = self._next(1)
        return after is None or not after.tight or after.kind == "close" or after.text in ("/", ",", ";", "^")


def _is_word(text: str) -> bool:
    """Whether it is a word of plain English, or could be: a quantity may be named by several."""
    return len(text) > 1 and text.isalpha() and text.islower() and text not in GREEK


def _bare(tree: Tree) -> Tree:
    """Without round brackets around it, which a fraction or a power makes needless."""
    if tree[0] == "mrow" and tree[2] and tree[2][0] == ["mo", {"fence": "true"}, ["("]]:
        inside = tree[2][1:-1]
        return inside[0] if len(inside) == 1 else ["mrow", {}, inside]
    return tree


def _product(factors: list[Tree]) -> Tree:
    if len(factors) == 1:
        return factors[0]
    parts: list[Any] = [factors[0]]
    for before, factor in itertools.pairwise(factors):
        numbers = before[0] == factor[0] == "mn"
        times = ["mo", {}, ["·"]] if numbers else ["mo", {"lspace": "0", "rspace": "0.15em"}, ["\u2062"]]
        parts += [times, factor]
    return ["mrow", {}, parts]


def _operator(sign: str) -> Tree:
    if sign == "|":
        return ["mtext", {}, ["  or  "]]
    if sign == ";":
        return ["mo", {"separator": "true", "rspace": "1.2em"}, [";"]]
    return ["mo", {}, [SHOWN.get(sign, sign)]]


def _name(text: str) -> Tree:
    """A symbol: letters, and set low what stands behind a _ or the number at the end."""
    prime = text.endswith("'")
    letters, _, low = text.removesuffix("'").partition("_")
    ending = NUMBERED.fullmatch(letters)
    if ending and not low:
        letters, low = ending[1], ending[2]
    symbol: Tree = _letters(letters)
    if low:
        symbol = ["msub", {}, [symbol, ["mn", {}, [low]] if low.isdigit() else _letters(low)]]
    return ["msup", {}, [symbol, ["mo", {}, ["′"]]]] if prime else symbol


def _letters(text: str) -> Tree:
    for name in sorted(GREEK, key=len, reverse=True):
        rest = text[len(name) :]
        if text == name:
            return ["mi", {}, [GREEK[name]]]
        if text.startswith(name) and len(rest) == 1:  # tauN is the time constant of N
            return ["msub", {}, [["mi", {}, [GREEK[name]]], ["mi", {}, [rest]]]]
    if len(text) > 1:
        return ["mi", {"mathvariant": "normal"}, [text]]
    return ["mi", {}, [text]]
