#include "sanitizer/detect/detect.h"

#include <map>

#include <gtest/gtest.h>

#include "sanitizer/formats/zip_container/zip.h"
#include "tests/sanitizer/formats/compound_file/builder.h"
#include "tests/support/corpus.h"

namespace sekisho {
namespace {

using namespace std::string_literals;

std::string kind(std::string_view bytes, std::string_view name = "") {
    Budget budget(Limits{});
    const MemorySource source(as_view(bytes));
    const auto type = detect(source, name, budget);
    return type ? std::string(row_of(*type).name) : type.error().code;
}

std::string zip_of(const std::vector<std::pair<std::string, std::string>>& members) {
    MemorySink out(1 << 20);
    ZipWriter writer(out);
    for (const auto& [name, content] : members) EXPECT_TRUE(writer.add(name, as_view(content), ZipWriter::Pack::store));
    EXPECT_TRUE(writer.finish());
    return std::string(as_text(out.bytes()));
}

std::string root_of(const std::string& main_type) {
    const std::string schemas = "http://schemas.openxmlformats.org/";
    if (main_type.find("word") != main_type.npos)
        return "<w:document xmlns:w=\"" + schemas + "wordprocessingml/2006/main\"/>";
    if (main_type.find("excel") != main_type.npos)
        return "<workbook xmlns=\"" + schemas + "spreadsheetml/2006/main\"/>";
    if (main_type.find("presentation") != main_type.npos)
        return "<p:presentation xmlns:p=\"" + schemas + "presentationml/2006/main\"/>";
    return "<x/>";
}

// A package with its main part, as little as makes one.
std::string office(const std::string& main_type, std::vector<std::pair<std::string, std::string>> more = {}) {
    more.insert(
        more.begin(),
        {{"[Content_Types].xml", "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">"
                                 "<Override PartName=\"/main.xml\" ContentType=\"application/" +
                                     main_type + "\"/></Types>"},
         {"_rels/.rels", "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">"
                         "<Relationship Id=\"r\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/"
                         "relationships/officeDocument\" Target=\"main.xml\"/></Relationships>"},
         {"main.xml", root_of(main_type)}});
    return zip_of(more);
}

const std::string pdf = "%PDF-1.7\n1 0 obj <</Type/Catalog>> endobj\ntrailer <</Root 1 0 R>>\nstartxref\n9\n%%EOF\n";
const std::string jpeg = "\xff\xd8\xff\xe0\0\x10JFIF\0"s + std::string(100, 'j') + "\xff\xd9";
const std::string png = "\x89PNG\r\n\x1a\n\0\0\0\rIHDR"s;

TEST(Detect, Drawings) {
    EXPECT_EQ(kind("  0\r\nSECTION\r\n  2\r\nHEADER\r\n"), "dxf");
    EXPECT_EQ(kind("999\nby some program\n0\nSECTION\n2\nENTITIES\n"), "dxf");
    EXPECT_EQ(kind("0\nSECTION\n2\nHEADER\n1\n\xe9\xff\xe8\n"), "dxf") << "Windows-1252 is no Japanese text";
    EXPECT_EQ(kind("0\nSECTIONS\n"), "text");
    EXPECT_EQ(kind("999\nwords\n"), "text");
    EXPECT_EQ(kind("AutoCAD Binary DXF\r\n\x1a\0\0\0SECTION\0"s), "dxf");
    const std::string head = "ISO-10303-21;\nHEADER;\nFILE_DESCRIPTION(('SCADEC level2 ";
    const std::string schema = "'),'2;1');\nFILE_SCHEMA(('ASSOCIATIVE_DRAUGHTING'));\nENDSEC;\nDATA;\n";
    EXPECT_EQ(kind(head + "feature_mode" + schema), "sfc");
    EXPECT_EQ(kind(head + "AP202_mode" + schema), "p21");
    EXPECT_EQ(kind(head + "AP202_mode" + schema + "/*SXF\n#1 = width_feature('0.1')\nSXF*/\n"), "sfc");
    EXPECT_EQ(kind("ISO-10303-21;\nHEADER;\nFILE_SCHEMA(('AUTOMOTIVE_DESIGN'));\n"), "cad");
    EXPECT_EQ(kind("JwwData.\xbc\2\0\0\0"s), "jww");
    EXPECT_EQ(kind("AC1032\0\0\0\0"s), "dwg");
    EXPECT_EQ(kind("\x60\x0e\0\1\2\3"s, "a.XDW"), "xdw");
    EXPECT_EQ(kind("\x60\x0e\0\1\2\3"s, "a.bin"), "unknown");
    EXPECT_EQ(kind("hello", "a.xdw"), "text") << "the name only helps where nothing else does";
}

TEST(Detect, Ichitaro) {
    const auto of = [](const std::vector<tests::OleNode>& nodes) {
        const Bytes file = tests::ole_file(nodes);
        return kind(as_text(file));
    };
    const Bytes some(100, 1);
    EXPECT_EQ(of({tests::stream("DocumentText", some)}), "jtd");
    EXPECT_EQ(of({tests::stream("JSCompDocument", some)}), "jtd");
    EXPECT_EQ(of({tests::stream("\4JSRV_SegmentInformation", some)}), "jtd");
    EXPECT_EQ(
        of({tests::stream("WordDocument", some), tests::storage("ObjectPool", {tests::stream("DocumentText", some)})}),
        "doc");
}

TEST(Detect, WhatIsDelivered) {
    EXPECT_EQ(kind(pdf), "pdf");
    EXPECT_EQ(kind("\n\n\x01" + pdf), "pdf");
    EXPECT_EQ(kind(jpeg), "jpeg");
    EXPECT_EQ(kind(png), "png");
    EXPECT_EQ(kind(zip_of({{"a.txt", "hello"}})), "zip");
    EXPECT_EQ(kind("hello"), "text");
    EXPECT_EQ(kind("a,b\n1,2\n", "table.CSV"), "csv");
    EXPECT_EQ(kind("a\tb\n", "table.tsv"), "tsv");
    EXPECT_EQ(kind("{\"a\": 1}", "data.json"), "json");
    EXPECT_EQ(kind("# 見出し\n", "memo.md"), "markdown");
    EXPECT_EQ(kind("<p align=center>x</p>\n# 見出し\n", "README.md"), "markdown");
    EXPECT_EQ(kind("<!doctype html><p>x", "README.md"), "html");
    EXPECT_EQ(kind("2026-11-22 INFO start", "app.log"), "text");
    EXPECT_EQ(kind("BEGIN:VCARD\r\n"), "vcard");
    EXPECT_EQ(kind("Subject: x\n\nbody", "a.eml"), "mail");
    EXPECT_EQ(kind("just words\n", "a.eml"), "text");
    EXPECT_EQ(kind("<?xml version='1.0' encoding='windows-1252'?><a>\xe9</a>"), "xml");
    EXPECT_EQ(kind("<html>\xe9\x01</html>"), "unknown");
    EXPECT_EQ(kind("From MAILER Fri Feb 13 02:45:58 2015\nReceived: x\nFrom: a@b\n\nx"), "mbox");
    EXPECT_EQ(kind(office("vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml")), "docx");
    EXPECT_EQ(kind(office("vnd.ms-excel.sheet.macroEnabled.main+xml")), "xlsx");
    EXPECT_EQ(kind(office("vnd.openxmlformats-officedocument.presentationml.presentation.main+xml")), "pptx");
}

// T08: the name says nothing.
TEST(Detect, TheNameDoesNotMatter) {
    EXPECT_EQ(kind("MZ\x90\0\3"s + std::string(100, '\0'), "readme.txt"), "executable");
    EXPECT_EQ(kind(pdf, "photo.jpg"), "pdf");
    EXPECT_EQ(kind(jpeg, "table.csv"), "jpeg");
}

TEST(Detect, JapaneseTextInEveryEncoding) {
    EXPECT_EQ(kind("住民票の写し\n"), "text");
    EXPECT_EQ(kind("\xef\xbb\xbf住民票"), "text");
    EXPECT_EQ(kind("\x8f\x5a\x96\xaf\x95\x5b\r\n\xb1\xb2\xb3"), "text");  // CP932 with half-width kana
    EXPECT_EQ(kind("\xbd\xbb\xcc\xb1\xc9\xbc\n"), "text");                // EUC-JP
    EXPECT_EQ(kind("\x1b$B=;L1I<\x1b(B\n"), "text");                      // ISO-2022-JP
    EXPECT_EQ(kind("\xff\xfe\x4f\x4f\x11\x6c\r\0\n\0"s, "a.csv"), "csv"); // UTF-16LE with BOM
    EXPECT_EQ(kind("a\0b\0"s), "unknown");                                // UTF-16 without BOM
    EXPECT_EQ(kind("\x81\x01\xff\xfe\xfd"), "unknown");
    // A character across the end of the piece that is looked at, and a last piece that starts within one.
    std::string large;
    while (large.size() < 200'000) large += "住民票の写し等の交付請求について、";
    EXPECT_EQ(kind(large), "text");
    EXPECT_EQ(kind("x" + large), "text");
    EXPECT_EQ(kind("xx" + large), "text");
}

TEST(Detect, TextThatBeginsLikeAMagicNumber) {
    EXPECT_EQ(kind("AC100V電源の使用について"), "text");
    EXPECT_EQ(kind("ID3,名前\n"), "text");
    EXPECT_EQ(kind("MZ9000 取扱説明"), "text");
    EXPECT_EQ(kind("BMI値の記録"), "text");
    EXPECT_EQ(kind("To: 田中\nFrom: 鈴木\nSubject: 会議\n\n本文"), "text");
    EXPECT_EQ(kind("<重要> 会議の件"), "text");
}

// A19, H11, T05, T07
TEST(Detect, ProgramsScriptsAndShortcuts) {
    EXPECT_EQ(kind("\x7f"
                   "ELF\2\1\1"),
              "executable");
    EXPECT_EQ(kind("\xca\xfe\xba\xbe\0\0\0\x34"s), "executable");
    EXPECT_EQ(kind("\0asm\1\0\0\0"s), "executable");
    EXPECT_EQ(kind(zip_of({{"META-INF/MANIFEST.MF", "Main-Class: A"}, {"A.class", "x"}})), "executable");
    EXPECT_EQ(kind("#!/bin/sh\nrm -rf /\n"), "script");
    EXPECT_EQ(kind("#!/bin/sh\n\0\0\0payload"s), "script");
    EXPECT_EQ(kind("@ECHO OFF\r\ndel *.*\r\n"), "script");
    EXPECT_EQ(kind("\r\n  <?php system($_GET[0]);"), "script");
    EXPECT_EQ(kind("var s = new ActiveXObject(\"WScript.Shell\");", "memo.txt"), "script");
    EXPECT_EQ(kind("Set o = CreateObject(\"WScript.Shell\")"), "script");
    EXPECT_EQ(kind("[InternetShortcut]\r\nURL=file://evil/x.exe\r\n"), "shortcut");
    EXPECT_EQ(kind("WEB\r\n1\r\nhttp://evil/\r\n"), "shortcut");
    EXPECT_EQ(kind("L\0\0\0\1\x14\2\0\0\0\0\0\xc0"s), "shortcut");
    EXPECT_EQ(kind("ITSF\3\0\0\0"s), "help");
    EXPECT_EQ(kind("%!PS-Adobe-3.0\n"), "postscript");
    EXPECT_EQ(kind(std::string(0x8001, '\0') + "CD001" + std::string(3000, '\0')), "disk-image");
}

// The same shapes in UTF-16, which Windows reads as well.
TEST(Detect, ScriptsAndMarkupInUtf16) {
    const auto wide = [](std::string_view text) {
        std::string made = "\xff\xfe";
        for (const char c : text) (made += c) += '\0';
        return made;
    };
    EXPECT_EQ(kind(wide("<html><script>alert(1)</script>")), "html");
    EXPECT_EQ(kind(wide("@echo off\r\n")), "script");
    EXPECT_EQ(kind(wide("<?xml version=\"1.0\"?><svg/>")), "svg");
}

// Pictures of every kind that another program opens as something else.
TEST(Detect, PicturesWithASecondReading) {
    const std::string pdf = "\n%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer<<>>\nstartxref\n9\n%%EOF";
    for (const std::string& head : {"GIF89a\1\0\1\0"s, "II*\0\x8\0\0\0"s, "RIFF\0\0\0\0WEBPVP8 "s})
        EXPECT_EQ(kind(head + pdf), "type.ambiguous") << head;
    EXPECT_EQ(kind("<?xml version='1.0'?><svg><!--" + pdf + "--></svg>"), "type.ambiguous");
}

// T02, T06, T09
TEST(Detect, KindsThatAreRefusedByName) {
    EXPECT_EQ(kind(""), "empty");
    EXPECT_EQ(kind("GIF89a\1\0\1\0"s), "gif");
    EXPECT_EQ(kind("RIFF\0\0\0\0WEBPVP8 "s), "webp");
    EXPECT_EQ(kind("RIFF\0\0\0\0WAVEfmt "s), "audio-video");
    EXPECT_EQ(kind("\0\0\0\x18"
                   "ftypheic\0\0\0\0"s),
              "heif");
    EXPECT_EQ(kind("\0\0\0\x18"
                   "ftypisom\0\0\0\0"s),
              "audio-video");
    EXPECT_EQ(kind("{\\rtf1\\ansi}"), "rtf");
    EXPECT_EQ(kind("7z\xbc\xaf\x27\x1c\0\4"s), "7z");
    EXPECT_EQ(kind("\x1f\x8b\x08\0\0\0\0\0"s), "gzip");
    EXPECT_EQ(kind("  <!-- hi --><!DOCTYPE html><p>"), "html");
    EXPECT_EQ(kind("<?xml version='1.0'?>\n<!-- c -->\n<svg xmlns='http://www.w3.org/2000/svg'/>"), "svg");
    EXPECT_EQ(kind("<?xml version='1.0'?><data/>"), "xml");
    EXPECT_EQ(kind("Return-Path: <a@b>\r\nReceived: from x\r\n by y\r\nSubject: s\r\n\r\nbody"), "mail");
    EXPECT_EQ(kind("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n"), "calendar");
    EXPECT_EQ(kind("ID;PWXL;N;E\r\n"), "slk");
    EXPECT_EQ(kind(zip_of({{"mimetype", "application/vnd.oasis.opendocument.text"}, {"content.xml", "<x/>"}})), "odt");
    EXPECT_EQ(kind(zip_of({{"mimetype", "application/vnd.oasis.opendocument.spreadsheet-template"}})), "ods");
    EXPECT_EQ(kind(zip_of({{"mimetype", "application/vnd.oasis.opendocument.database"}})), "odf");
    EXPECT_EQ(kind(zip_of({{"mimetype", "application/vnd.sun.xml.writer"}})), "odf");
    EXPECT_EQ(kind("<?xml version=\"1.0\"?><office:document xmlns:office=\"urn:x\" "
                   "office:mimetype=\"application/vnd.oasis.opendocument.presentation\">"),
              "odp");
    EXPECT_EQ(kind("TABLE\r\n0,1\r\n\"EXCEL\"\r\n", "a.csv"), "dif");
    EXPECT_EQ(kind("XLODBC\r\n1\r\nDRIVER=x\r\n"), "shortcut");
    EXPECT_EQ(kind("\xe4\x52\x5c\x7b\x8c\xd8\xa7\x4d\xae\xb1\x53\x78\xd0\x29\x96\xd3"), "onenote");
    EXPECT_EQ(kind("(This file must be converted with BinHex 4.0)\n:"), "binhex");
    EXPECT_EQ(kind("-----BEGIN PGP MESSAGE-----\n"), "encrypted-data");
    const std::string pkcs7 = "\x06\x09\x2A\x86\x48\x86\xF7\x0D\x01\x07";
    EXPECT_EQ(kind("\x30\x82\x06\x22" + pkcs7 + "\x02\xa0"), "signed-data");
    EXPECT_EQ(kind("\x30\x80" + pkcs7 + "\x03\xa0"), "encrypted-data");
    EXPECT_EQ(kind(zip_of({{"mimetype", "application/epub+zip"}})), "epub");
    EXPECT_EQ(kind(office("vnd.ms-excel.sheet.binary.macroEnabled.main")), "xlsb");
    for (const char* addin :
         {"vnd.ms-excel.addin.macroEnabled.main+xml", "vnd.ms-powerpoint.addin.macroEnabled.main+xml"})
        EXPECT_EQ(kind(office(addin)), "macro-office");
    EXPECT_EQ(kind("<?xml version='1.0'?><?mso-application progid='Word.Document'?><a:package "
                   "xmlns:a='http://schemas.microsoft.com/office/2006/xmlPackage'/>"),
              "flat-opc");
    EXPECT_EQ(kind("<?xml version='1.0'?><package xmlns='urn:x' a='http://schemas.microsoft.com/'/>"), "xml");
    EXPECT_EQ(kind(office("vnd.ms-visio.drawing.main+xml")), "unknown");
}

TEST(Detect, OfficeWithAPassword) {
    std::string ole = "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"s + std::string(1016, '\0');
    EXPECT_EQ(kind(ole), "ole");
    std::string entry;
    for (const char c : "EncryptedPackage"s) (entry += c) += '\0';
    entry.resize(64);
    entry += static_cast<char>(34);
    entry.resize(128);
    EXPECT_EQ(kind(ole + entry), "encrypted-office");
    std::string shouted = entry;
    for (char& c : shouted) c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c;
    EXPECT_EQ(kind(ole + shouted), "encrypted-office");
    // The same words in a text of the document are not a directory entry.
    std::string words = entry;
    words[64] = 0;
    EXPECT_EQ(kind(ole + words), "ole");
}

TEST(Detect, TwoReadingsAreRefused) {
    const std::string zip = zip_of({{"a.txt", "hello"}});
    EXPECT_EQ(kind(pdf + zip), "type.ambiguous");
    EXPECT_EQ(kind(jpeg + zip), "type.ambiguous");
    EXPECT_EQ(kind(png + zip), "type.ambiguous");
    EXPECT_EQ(kind(jpeg.substr(0, 20) + pdf), "type.ambiguous");
    EXPECT_EQ(kind(office("vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml")), "docx");
    EXPECT_EQ(kind(office("vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
                          {{"mimetype", "application/vnd.oasis.opendocument.text"}})),
              "type.ambiguous");
    std::string tar = pdf + std::string(1024, ' ');
    tar.resize(1024);
    std::fill(tar.begin() + 148, tar.begin() + 156, ' ');
    unsigned sum = 0;
    for (int i = 0; i < 512; ++i) sum += static_cast<unsigned char>(tar[static_cast<std::size_t>(i)]);
    std::snprintf(tar.data() + 148, 8, "%06o", sum);
    EXPECT_EQ(kind(tar), "type.ambiguous");
}

// What only contains other bytes has one reading.
TEST(Detect, ContainingIsNotBeing) {
    EXPECT_EQ(kind(zip_of({{"a.pdf", pdf}})), "zip");
    EXPECT_EQ(kind(jpeg + "PK\3\4 no archive"), "jpeg");
    const std::string zip = zip_of({{"a.txt", "hello"}});
    EXPECT_EQ(kind("%PDF-1.7\n1 0 obj <</Length 9>> stream\n" + zip + "\nendstream endobj\nstartxref\n9\n%%EOF\n"),
              "pdf");
    EXPECT_EQ(kind("\1\2\3\4" + zip), "zip");
}

TEST(Detect, Corpus) {
    std::map<std::string, std::map<std::string, std::string>> table; // extension, type, example
    std::map<std::string, std::size_t> counts;
    for (const std::string& path : tests::corpus_files("")) {
        const std::string name = path.substr(path.rfind('/') + 1);
        const std::size_t dot = name.rfind('.');
        const std::string extension = dot == name.npos ? "" : name.substr(dot);
        const std::string type = kind(as_text(tests::read_whole(path)), name);
        table[extension][type] = name;
        ++counts[extension + type];
        if (extension == ".pdf") {
            EXPECT_NE(type, "unknown") << path;
        }
    }
    for (const auto& [extension, types] : table)
        for (const auto& [type, example] : types)
            printf("%-12s %-18s %4zu  %s\n", extension.c_str(), type.c_str(), counts[extension + type],
                   example.c_str());
}

} // namespace
} // namespace sekisho
