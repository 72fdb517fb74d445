"""Drawings, read anew for look.py: DXF as pairs of lines, SXF by pattern, Jw_cad by its published description.

Each reader gives the drawing's words as UTF-8. With `strict` it also ends the program where the drawing contradicts its
format; no CAD program is asked.
"""
import re, struct, sys

CODE_PAGES = {"ANSI_932": "cp932", "ANSI_1252": "cp1252", "ANSI_936": "gbk", "ANSI_949": "cp949", "ANSI_950": "big5"}


def decoded(data, charset, strict):
    try:
        return data.decode(charset)
    except UnicodeDecodeError as error:
        if strict and not gaiji_only(data, charset):
            sys.exit("text that is not of the declared character set: %s" % error)
        return data.decode(charset, "replace")


def gaiji_only(data, charset):
    """Characters of the user's own (F040 to F9FC) are fine in CP932; Python does not know them."""
    return charset == "cp932" and undecodable(re.sub(rb"[\xf0-\xf9][\x40-\x7e\x80-\xfc]", b"?", data)) == 0


def undecodable(data):
    return data.decode("cp932", "replace").count("\ufffd")


def need(condition, words):
    if not condition:
        sys.exit("a drawing that no program opens: " + words)


def pairs(data):
    lines = data.replace(b"\r\n", b"\n").split(b"\n")
    if lines and not lines[-1]:
        lines.pop()
    need(len(lines) % 2 == 0, "a group code without a value")
    return [(int(code), value) for code, value in zip(lines[::2], lines[1::2])]


def is_real(code):
    return 10 <= code <= 59 or 110 <= code <= 149 or 210 <= code <= 239 or 460 <= code <= 469 or 1010 <= code <= 1059


def is_whole(code):
    return any(low <= code <= high for low, high in ((60, 79), (90, 99), (170, 179), (270, 289), (370, 389),
                                                     (400, 409), (420, 429), (440, 459), (1060, 1071)))


def dxf_charset(groups):
    after = {name: value for (_, name), (_, value) in zip(groups, groups[1:])}
    version = after.get(b"$ACADVER", b"AC1009")
    page = after.get(b"$DWGCODEPAGE", b"ANSI_932").decode("ascii").upper()
    return "utf-8" if version >= b"AC1021" else CODE_PAGES.get(page, "cp932")


def dxf(data, strict=False):
    if not strict:
        yield data
        for charset in ("cp932", "utf-8"):
            yield data.decode(charset, "replace").encode("utf-8")
        return
    groups = pairs(data)
    need(groups and groups[-1] == (0, b"EOF"), "no end")
    section, blocks, inserts, handles, kind = None, set(), set(), set(), b""
    for number, (code, value) in enumerate(groups[:-1]):
        if code == 0:
            kind = value
            if value == b"SECTION":
                need(section is None and groups[number + 1][0] == 2, "a section in a section")
                section = groups[number + 1][1]
            elif value == b"ENDSEC":
                need(section is not None, "an end without a section")
                section = None
            else:
                need(section is not None, "an object outside the sections")
        elif is_real(code):
            float(value)
        elif is_whole(code):
            int(value)
        elif code == 5 and section != b"HEADER":
            need(value not in handles, "a handle twice: %r" % value)
            handles.add(value)
        elif code == 2 and kind in (b"BLOCK", b"INSERT"):
            (blocks if kind == b"BLOCK" else inserts).add(value.upper())
    need(section is None, "a section without an end")
    need(inserts <= blocks, "blocks that are not there: %r" % (inserts - blocks))
    yield data
    yield decoded(data, dxf_charset(groups), True).encode("utf-8")


EXCHANGE = re.compile(rb"ISO-10303-21;\s*HEADER;(.*?)ENDSEC;\s*DATA;(.*)ENDSEC;\s*END-ISO-10303-21;\s*", re.S)
FEATURE = re.compile(rb"/\*(SXF[\d.]*)\r\n#(\d+) = [a-z_]+\(.*\)\r\n\1\*/\r\n")
INSTANCE = re.compile(rb"#(\d+)=((?:[^';]|'(?:[^']|'')*')*);\s*")


def sxf(data, strict=False, piece=None):
    yield data
    yield data.decode("cp932", "replace").encode("utf-8")
    escaped = re.sub(rb"\\X2\\((?:[0-9A-F]{4})+)\\X0\\",
                     lambda match: bytes.fromhex(match[1].decode()).decode("utf-16-be", "replace").encode("utf-8"),
                     data)
    yield escaped
    if not strict:
        return
    whole = EXCHANGE.fullmatch(data)
    need(whole, "no exchange file")
    rest, numbers = whole[2].lstrip(b"\r\n"), set()
    while rest:
        match = piece.match(rest)
        need(match, "what is that: %r" % rest[:60])
        number = match[2] if piece is FEATURE else match[1]
        need(number not in numbers, "a number twice")
        numbers.add(number)
        rest = rest[match.end():]
    if piece is INSTANCE:
        words_out = re.sub(rb"'(?:[^']|'')*'", b"", whole[2])
        need(set(re.findall(rb"#(\d+)", words_out)) <= numbers, "a reference to nothing")


def sfc(data, strict=False):
    decoded(data, "cp932", strict)
    return sxf(data, strict, FEATURE)


def p21(data, strict=False):
    decoded(data, "ascii", strict)
    return sxf(data, strict, INSTANCE)


class Jww:
    """jwdatafmt.txt of Jw_cad's author; objects numbered as MFC's CArchive does (Technical Note 2)."""

    def __init__(self, data):
        self.data, self.at, self.words, self.classes, self.next = data, 8, [], {}, 1
        need(data[:8] == b"JwwData.", "no Jw_cad drawing")
        self.version = self.number()
        self.header()
        for _ in range(self.u16()):
            self.object()
        for _ in range(self.u16()):
            self.object()
        if self.version >= 700:
            need(self.number() == 0, "pictures")
        need(self.at == len(data), "more behind the end")

    def take(self, form):
        size = struct.calcsize("<" + form)
        need(self.at + size <= len(self.data), "it is cut off")
        self.at += size
        return struct.unpack_from("<" + form, self.data, self.at - size)

    def u16(self):
        return self.take("H")[0]

    def number(self):
        return self.take("I")[0]

    def skip(self, numbers=0, reals=0):
        self.at += 4 * numbers + 8 * reals
        need(self.at <= len(self.data), "it is cut off")

    def text(self):
        size, wide = self.take("B")[0], False
        if size == 255:
            size = self.u16()
            if size == 0xFFFE:
                wide, size = True, self.take("B")[0]
        end = self.at + size * (2 if wide else 1)
        need(end <= len(self.data), "it is cut off")
        piece = self.data[self.at:end]
        self.words.append(piece.decode("utf-16-le") if wide else decoded(piece, "cp932", True))
        self.at = end

    def header(self):
        old = self.version < 300
        self.text()
        self.skip(numbers=2 + 16 * (2 + 33) + 21, reals=16)
        self.skip(numbers=2, reals=3 + 5)
        for _ in range(272):
            self.text()
        self.skip(numbers=1, reals=2)
        self.skip(numbers=1, reals=1 if old else 3)
        self.skip(reals=6 + (4 * 3 if old else 8 * 3 + 2 * 3), numbers=0 if old else 8 + 2)
        self.skip(numbers=20 + 10 * 2 + 32 + 25 + 16 + 16, reals=11 + 10)
        self.skip(numbers=2, reals=9)
        if self.version >= 420:
            self.pens()
        self.skip(numbers=10 + 2 + 1, reals=10 * 3 + 3 + 2 + 6)

    def pens(self):
        self.skip(numbers=2 * 257)
        for _ in range(257):
            self.text()
            self.skip(numbers=2, reals=1)
        self.skip(numbers=4 * 33)
        for _ in range(33):
            self.text()
            self.skip(numbers=1, reals=10)

    def base(self):
        self.number()
        style, colour = self.take("BH")
        self.take("HHHH" if self.version >= 351 else "HHH")
        return style, colour

    def object(self):
        tag = self.u16()
        if tag == 0xFFFF:
            self.u16()
            size = self.u16()
            name = self.take("%ds" % size)[0].decode("ascii")
            self.classes[self.next] = name
            self.words.append(name)
            self.next += 1
        else:
            need(tag & 0x8000 and tag & 0x7FFF in self.classes, "an object of no class")
            name = self.classes[tag & 0x7FFF]
        self.next += 1
        need(hasattr(self, name), "an unknown class " + name)
        getattr(self, name)()

    def CDataSen(self):
        self.base()
        self.skip(reals=4)

    def CDataEnko(self):
        self.base()
        self.skip(reals=7, numbers=1)

    def CDataTen(self):
        style, _ = self.base()
        self.skip(reals=2, numbers=1)
        if style == 100:
            self.skip(numbers=1, reals=2)

    def CDataMoji(self):
        self.base()
        self.skip(reals=8, numbers=1)
        self.text()
        self.text()

    def CDataSunpou(self):
        self.base()
        self.CDataSen()
        self.CDataMoji()
        if self.version >= 420:
            self.u16()
            for _ in range(2):
                self.CDataSen()
            for _ in range(4):
                self.CDataTen()

    def CDataSolid(self):
        _, colour = self.base()
        self.skip(reals=8, numbers=1 if colour == 10 else 0)

    def CDataBlock(self):
        self.base()
        self.skip(reals=5, numbers=1)

    def CDataList(self):
        self.base()
        self.skip(numbers=3)
        self.text()
        for _ in range(self.u16()):
            self.object()


def jww(data, strict=False):
    yield data
    if strict:
        yield "\n".join(Jww(data).words).encode("utf-8")


READERS = {"dxf": dxf, "sfc": sfc, "p21": p21, "jww": jww}
