#!/usr/bin/env python3
"""make_bombs.py FOLDER: writes every bomb that bombs_test.cpp names. Streams throughout: a bomb is never held unpacked."""
import io, os, struct, sys, zipfile, zlib

MIB = 1 << 20
ZEROS = bytes(MIB)


def packed_zeros(mebibytes, window=15):
    packer = zlib.compressobj(9, zlib.DEFLATED, window)
    return b"".join(packer.compress(ZEROS) for _ in range(mebibytes)) + packer.flush()


def zip_of(members, level=9):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=level) as archive:
        for name, pieces in members:
            info = zipfile.ZipInfo(name)
            info.compress_type = zipfile.ZIP_DEFLATED
            with archive.open(info, "w") as member:
                for piece in pieces:
                    member.write(piece)
    return out.getvalue()


def zeros_zip():
    return zip_of([("zeros.txt", (b"0" * MIB for _ in range(400)))])


def deep_zip():
    inner = zip_of([("a.txt", [b"words"])])
    for _ in range(40):
        inner = zip_of([("inner.zip", [inner])])
    return inner


def wide_zip():
    """Ten in ten in ten in ten: a hundred gigabytes in the end."""
    inner = zip_of([("zeros.txt", (b"0" * MIB for _ in range(10)))])
    for _ in range(4):
        inner = zip_of([("%d.zip" % i, [inner]) for i in range(10)])
    return inner


def overlapping_zip():
    """Many entries of the central directory that share one packed stream (the kernel)."""
    data = packed_zeros(20, -15)
    crc = 0
    for _ in range(20):
        crc = zlib.crc32(ZEROS, crc)
    local = struct.pack("<IHHHHHIIIHH", 0x04034B50, 20, 0, 8, 0, 0x21, crc, len(data), 20 * MIB, 5, 0) + b"a.txt" + data
    entries = b"".join(
        struct.pack("<IHHHHHHIIIHHHHHII", 0x02014B50, 20, 20, 0, 8, 0, 0x21, crc, len(data), 20 * MIB, 5, 0, 0, 0, 0, 0, 0)
        + b"a.txt"
        for i in range(5000)
    )
    return local + entries + struct.pack("<IHHHHIIH", 0x06054B50, 0, 0, 5000, 5000, len(entries), len(local), 0)


def pdf_of(objects):
    out = b"%PDF-1.7\n"
    offsets = []
    for number, content in enumerate(objects, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    size = len(objects) + 1
    return out + b"xref\n0 %d\n0000000000 65535 f \n%strailer\n<</Root 1 0 R/Size %d>>\nstartxref\n%d\n%%%%EOF\n" % (
        size, table, size, len(out))


def flate_pdf(filters, data):
    return pdf_of([
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Count 1/Kids[3 0 R]>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]/Contents 4 0 R>>",
        b"<</Length %d/Filter%s>>\nstream\n%s\nendstream" % (len(data), filters, data),
    ])


def pages_pdf():
    """A page tree whose branches are shared: sixteen to the seventh power of pages."""
    objects = [b"<</Type/Catalog/Pages 2 0 R>>"]
    for level in range(7):
        objects.append(b"<</Type/Pages/Count 268435456/Kids[%s]>>" % (b"%d 0 R " % (level + 3) * 16))
    objects.append(b"<</Type/Page/MediaBox[0 0 9 9]>>")
    return pdf_of(objects)


def laughs(before, after):
    entities = b"".join(
        b'<!ENTITY e%d "%s">' % (i, (b"&e%d;" % (i - 1)) * 10 if i else b"laugh") for i in range(12))
    return b"<!DOCTYPE x [" + entities + b"]>" + before + b"&e11;" + after


def office(main, main_type, content, more=()):
    base = b"http://schemas.openxmlformats.org/"
    return zip_of([
        ("[Content_Types].xml", [b'<Types xmlns="' + base + b'package/2006/content-types"><Default Extension="rels" ContentType='
                                 b'"application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType='
                                 b'"application/xml"/><Override PartName="/' + main.encode() + b'" ContentType='
                                 b'"application/vnd.openxmlformats-officedocument.' + main_type + b'"/><Override PartName='
                                 b'"/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.'
                                 b'spreadsheetml.worksheet+xml"/></Types>']),
        ("_rels/.rels", [b'<Relationships xmlns="' + base + b'package/2006/relationships"><Relationship Id="r" Type="' + base +
                         b'officeDocument/2006/relationships/officeDocument" Target="' + main.encode() + b'"/></Relationships>']),
        (main, content), *more], level=1)


def laughing_docx():
    return office("word/document.xml", b"wordprocessingml.document.main+xml", [laughs(
        b'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r><w:t>',
        b"</w:t></w:r></w:p></w:body></w:document>")])


def rows():
    yield b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
    fifty_thousand = b"<row><c><v>1</v></c></row>" * 50_000
    for _ in range(200):
        yield fifty_thousand
    yield b"</sheetData></worksheet>"


def many_rows():
    base = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    book = (b'<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="' + base +
            b'"><sheets><sheet name="A" sheetId="1" r:id="r1"/></sheets></workbook>')
    links = (b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="' +
             base + b'/worksheet" Target="worksheets/sheet1.xml"/></Relationships>')
    return office("xl/workbook.xml", b"spreadsheetml.sheet.main+xml", [book],
                  [("xl/_rels/workbook.xml.rels", [links]), ("xl/worksheets/sheet1.xml", rows())])


def png(width, height, data):
    def chunk(kind, content):
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)) +
            chunk(b"IDAT", data) + chunk(b"IEND", b""))


def many_frames():
    head = b"GIF89a\2\0\2\0\xF1\0\0\xFF\0\0\0\xFF\0\0\0\xFFxyz"
    return head + b",\0\0\0\0\2\0\2\0\0\2\3\x44\x04\x05\0" * 300_000 + b";"


def huge_jpeg():
    frame = b"\xff\xc0" + struct.pack(">HBHHB", 17, 8, 65500, 65500, 3) + b"\1\x11\0\2\x11\0\3\x11\0"
    return b"\xff\xd8" + b"\xff\xdb" + struct.pack(">H", 67) + b"\0" + b"\1" * 64 + frame + b"\xff\xd9"


BOMBS = {
    "zeros.zip": zeros_zip,
    "deep.zip": deep_zip,
    "wide.zip": wide_zip,
    "overlapping.zip": overlapping_zip,
    "flate.pdf": lambda: flate_pdf(b"/FlateDecode", packed_zeros(400)),
    "flate-twice.pdf": lambda: flate_pdf(b"[/FlateDecode/FlateDecode]", zlib.compress(packed_zeros(400), 9)),
    "pages.pdf": pages_pdf,
    "laughs.xml": lambda: laughs(b"<x>", b"</x>"),
    "laughs.svg": lambda: laughs(b'<svg xmlns="http://www.w3.org/2000/svg"><text>', b"</text></svg>"),
    "laughs.docx": laughing_docx,
    "rows.xlsx": many_rows,
    "huge.png": lambda: png(60000, 60000, packed_zeros(1)),
    "wide.png": lambda: png(0x7FFFFFFF, 1, packed_zeros(1)),
    "huge.jpg": huge_jpeg,
    "frames.gif": many_frames,
    "brackets.json": lambda: b"[" * 5_000_000,
}

for name, make in BOMBS.items():
    with open(os.path.join(sys.argv[1], name), "wb") as out:
        out.write(make())
