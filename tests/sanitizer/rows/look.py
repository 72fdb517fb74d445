#!/usr/bin/env python3
"""look.py KIND FILE [--only]: another program's look at a file.

Writes everything that can be seen in it to standard output, taken apart down to the last level: streams of a PDF
unpacked, members of an archive, parts of a mail, characters behind references. Exit status 1, with words on standard
error, if the file does not open in the programs that people open such files with. --only: look, do not open.

It shares no parser with Sekisho: the PDF is read by pattern and zlib, the rest by Python's own modules; what opens it are
qpdf and Poppler, libxml2, ImageMagick, unzip; drawings are read in look_drawings.py.
"""
import binascii, email, email.header, email.policy, gzip, html, io, json, os, re, subprocess, sys, tempfile, zipfile, zlib
import xml.etree.ElementTree as ElementTree

import look_drawings

MOST = 64 << 20
OFFICE = {"docx", "xlsx", "pptx"}
OPEN_DOCUMENT = {"odt", "ods", "odp", "odg", "odf"}


def inflated(data):
    unpacker = zlib.decompressobj()
    try:
        return unpacker.decompress(data, MOST)
    except zlib.error:
        return data


def pdf_text(data):
    """What is outside streams, also with #xx and string escapes resolved."""
    yield data
    named = re.sub(rb"#([0-9A-Fa-f]{2})", lambda m: bytes([int(m[1], 16)]), data)
    yield named
    for digits in re.findall(rb"<([0-9A-Fa-f\s]{2,})>", data):
        digits = re.sub(rb"\s", b"", digits)
        yield binascii.unhexlify(digits + b"0" * (len(digits) % 2))
    yield re.sub(rb"\\(.)", rb"\1", data)
    yield re.sub(rb"\s+(?=[/\[<(])", b"", named)  # "/S/Launch", however it is spaced


def pdf(data):
    at = 0
    for match in re.finditer(rb"stream\r?\n(.*?)\r?\n?endstream", data, re.S):
        yield from pdf_text(data[at:match.start()])
        at = match.end()
        yield from pdf_text(inflated(match[1]))
    yield from pdf_text(data[at:])
    # What its pages say: the streams hold the numbers of glyphs.
    yield subprocess.run(["pdftotext", "-", "-"], input=data, capture_output=True, timeout=60).stdout


def package(data):
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except Exception:
        yield data
        return
    yield archive.comment
    for member in archive.infolist():
        yield b"member " + member.filename.encode("utf-8", "surrogateescape")
        try:
            with archive.open(member) as opened:
                content = opened.read(MOST)
                yield from mail(content) if member.filename.endswith(".eml") else seen(content)
        except Exception:
            yield b""
    if archive.start_dir > MOST:
        return
    yield data  # names and fields as they are, and whatever lies between


def header(value):
    try:
        return str(email.header.make_header(email.header.decode_header(value)))
    except Exception:
        return value


def mail(data):
    yield data
    for part in email.message_from_bytes(data, policy=email.policy.compat32).walk():
        for name, value in part.items():
            yield (name + ": " + header(str(value))).encode("utf-8", "surrogateescape")
        if part.get_filename():
            yield b"filename " + header(part.get_filename()).encode("utf-8", "surrogateescape")
        content = part.get_payload(decode=True)
        if content:
            yield from seen(content)
            try:
                yield content.decode(part.get_content_charset() or "utf-8", "replace").encode("utf-8")
            except LookupError:
                pass


# In an address, or between the tags that OpenDocument and Flat OPC put it in.
PACKED = re.compile(rb"base64,\s*([A-Za-z0-9+/=\s]+)|<[\w:]*binary-?data[^>]*>([A-Za-z0-9+/=\s]+)<", re.I)


def markup(data):
    for charset in ("utf-8", "utf-16") if data[:2] in (b"\xff\xfe", b"\xfe\xff") else ("utf-8",):
        text = data.decode(charset, "replace")
        yield text.encode("utf-8", "surrogatepass")
        yield re.sub(r"[\t\r\n\0]", "", html.unescape(text)).encode("utf-8", "surrogatepass")
    for packed in PACKED.findall(data):
        try:
            yield from seen(base64_of(packed[0] or packed[1]))
        except (binascii.Error, ValueError):
            pass


def base64_of(packed):
    return binascii.a2b_base64(packed)


def png(data):
    yield data
    for match in re.finditer(rb"(zTXt|iTXt|iCCP|tEXt|eXIf)", data):
        piece = data[match.end():match.end() + 4096]
        begin = piece.find(b"\x78")
        if begin >= 0:
            yield inflated(piece[begin:])


def compound(data):
    """What is packed in it, too: projects of PowerPoint."""
    yield data
    for match in re.finditer(rb"\x10\x00\x11\x10.{8}(?=\x78)", data, re.S):
        yield inflated(data[match.end():])


def rich_text(data):
    """Digits, too, as they are and without groups and words in between."""
    yield data
    plain = re.sub(rb"\{\\\*\\junk[^}]*\}|\\[a-z]+-?\d* ?|[\s]", b"", data)
    for text in (re.sub(rb"\s", b"", data), plain):
        for digits in re.findall(rb"[0-9A-Fa-f]{8,}", text):
            for start in (0, 1):  # a letter before may look like a digit
                yield binascii.unhexlify(digits[start:len(digits) - (len(digits) - start) % 2])


def seen(data):
    start = data[:1024].lstrip(b"\xef\xbb\xbf \t\r\n")
    if b"%PDF-" in data[:1024]:
        return pdf(data)
    if start[:2] == b"PK":
        return package(data)
    if data[:8] == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1":
        return compound(data)
    if data[:4] == b"{\\rt":
        return rich_text(data)
    if data[:2] == b"\x1f\x8b":
        return iter([data, inflated_gzip(data)])
    if data[:8] == b"\x89PNG\r\n\x1a\n":
        return png(data)
    if start[:1] == b"<" or data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return markup(data)
    return iter([data])


def inflated_gzip(data):
    try:
        return gzip.decompress(data)
    except Exception:
        return b""


def run(*command):
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    if done.returncode != 0:
        sys.exit("%s does not like it:\n%s" % (command[0], done.stdout.decode("utf-8", "replace")[:2000]))


def opens_xml(parts):
    with tempfile.TemporaryDirectory() as folder:
        paths = []
        for number, content in enumerate(parts):
            paths.append(os.path.join(folder, str(number)))
            with open(paths[-1], "wb") as out:
                out.write(content)
        if paths:
            run("xmllint", "--noout", "--nonet", "--huge", *paths)


def opens_office(path):
    with zipfile.ZipFile(path) as archive:
        if archive.testzip():
            sys.exit("a member of the package is damaged")
        names = archive.namelist()
        if len({name.lower() for name in names}) != len(names):
            sys.exit("a name is there twice")
        opens_xml(archive.read(name) for name in names if name.endswith((".xml", ".rels", ".vml")))


XLINK = "{http://www.w3.org/1999/xlink}href"
MANIFEST = "{urn:oasis:names:tc:opendocument:xmlns:manifest:1.0}"


def opens_open_document(path):
    """The package as OpenDocument 1.3 part 2 has it: its kind first, all of it in the manifest, nothing dangling."""
    opens_office(path)
    with zipfile.ZipFile(path) as archive:
        first = archive.infolist()[0]
        if first.filename != "mimetype" or first.compress_type != zipfile.ZIP_STORED:
            sys.exit("the package does not begin with its kind")
        names = set(archive.namelist())
        entries = ElementTree.fromstring(archive.read("META-INF/manifest.xml")).iter(MANIFEST + "file-entry")
        listed = {entry.get(MANIFEST + "full-path"): entry.get(MANIFEST + "media-type") for entry in entries}
        if listed.get("/", "").encode("ascii") != archive.read("mimetype"):
            sys.exit("the manifest names another kind")
        if {name for name in listed if not name.endswith("/")} != names - {"mimetype", "META-INF/manifest.xml"}:
            sys.exit("the manifest lists other members than there are")
        for name in sorted(names):
            if name.endswith("content.xml") or name.endswith("styles.xml"):
                leads_somewhere(archive.read(name), name[:name.rfind("/") + 1], names)


def leads_somewhere(part, folder, names):
    for element in ElementTree.fromstring(part).iter():
        address = element.get(XLINK, "#")
        if re.match(r"#|[A-Za-z][A-Za-z0-9+.-]*:", address) or not address:
            continue
        target = folder + re.sub(r"^\./", "", address)
        if target not in names and target + "/content.xml" not in names:
            sys.exit("a reference to what is not there: " + address)


def opens(kind, path, data):
    if kind == "pdf":
        run("qpdf", "--check", path)
        with tempfile.TemporaryDirectory() as folder:
            run("pdftoppm", "-r", "9", "-l", "3", path, os.path.join(folder, "page"))
            if not os.listdir(folder):
                sys.exit("Poppler draws no page")
    elif kind in OFFICE:
        opens_office(path)
    elif kind in OPEN_DOCUMENT:
        opens_open_document(path)
    elif kind in look_drawings.READERS:
        pass  # its reader was strict already
    elif kind == "zip":
        run("unzip", "-tqq", path) if zipfile.ZipFile(path).namelist() else None
    elif kind in ("jpeg", "png", "gif", "tiff"):
        run("identify", "-regard-warnings", path)
    elif kind in ("svg", "xml"):
        opens_xml([data])
    elif kind == "json":
        json.loads(data)
    elif kind == "mail":
        defects = [d for part in email.message_from_bytes(data).walk() for d in part.defects]
        if defects:
            sys.exit("the mail is broken: %s" % defects)
    else:
        data.decode("utf-8-sig")


def main():
    kind, path = sys.argv[1:3]
    with open(path, "rb") as file:
        data = file.read()
    pieces = (mail(data) if kind == "mail" else markup(data) if kind in ("html", "svg", "xml") else
              look_drawings.READERS[kind](data, "--only" not in sys.argv) if kind in look_drawings.READERS else
              seen(data))
    for piece in pieces:
        sys.stdout.buffer.write(piece + b"\n")
    if "--only" not in sys.argv:
        opens(kind, path, data)


main()
