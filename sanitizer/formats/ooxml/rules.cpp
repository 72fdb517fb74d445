#include "sanitizer/formats/ooxml/rules.h"

namespace sekisho::ooxml {

namespace {

constexpr SpecialElement elements[] = {
    // Markup compatibility (part 3).
    {Ns::mc, "AlternateContent", Rule::alternate},
    {Ns::mc, "Choice", Rule::choice},
    {Ns::mc, "Fallback", Rule::fallback},

    // Word.
    {Ns::w, "r", Rule::run},
    {Ns::w, "ins del moveFrom moveTo", Rule::revision},
    {Ns::w, "txbxContent comment footnote endnote docPartBody", Rule::story},
    {Ns::w, "fldChar", Rule::field_character},
    {Ns::w, "fldSimple", Rule::field_simple},
    {Ns::w, "instrText delInstrText", Rule::instruction},
    {Ns::w, "fldData", Rule::drop, Finding::ooxml_field},
    {Ns::w, "hyperlink", Rule::hyperlink},
    {Ns::w, "headerReference footerReference", Rule::needs_part},
    {Ns::w, "drawing", Rule::graphic_frame},
    {Ns::w, "customXml", Rule::unwrap, Finding::ooxml_custom_xml},
    {Ns::w, "smartTag", Rule::unwrap, Finding::ooxml_custom_xml},
    {Ns::w, "customXmlPr smartTagPr dataBinding attachedSchema smartTagType", Rule::drop, Finding::ooxml_custom_xml},
    {Ns::w15, "dataBinding", Rule::drop, Finding::ooxml_custom_xml},
    {Ns::w, "docVars rsids", Rule::drop, Finding::ooxml_metadata},
    {Ns::w, "rsid", Rule::drop},
    {Ns::w14, "docId", Rule::drop, Finding::ooxml_metadata},
    {Ns::w15, "docId presenceInfo", Rule::drop, Finding::ooxml_metadata},
    {Ns::w, "entryMacro exitMacro", Rule::drop, Finding::ooxml_macro_name},
    {Ns::w, "altChunk", Rule::drop_block},
    {Ns::w, "attachedTemplate subDoc control", Rule::drop},
    {Ns::w, "embedRegular embedBold embedItalic embedBoldItalic", Rule::drop},
    {Ns::w, "embedTrueTypeFonts embedSystemFonts forceUpgrade", Rule::drop},
    {Ns::w, "mailMerge", Rule::drop, Finding::ooxml_mail_merge},
    {Ns::w, "frameset", Rule::drop, Finding::ooxml_frameset},
    {Ns::w, "movie", Rule::drop, Finding::ooxml_media},
    {Ns::w, "objectEmbed", Rule::drop, Finding::ooxml_embedding},
    {Ns::w, "objectLink", Rule::drop, Finding::ooxml_ole_link},
    {Ns::w, "saveThroughXslt useXSLTWhenSaving", Rule::drop, Finding::ooxml_external_relationship},

    // Excel.
    {Ns::x, "c", Rule::cell},
    {Ns::x, "v", Rule::cell_value},
    {Ns::x, "f", Rule::cell_formula},
    {Ns::x, "calculatedColumnFormula totalsRowFormula", Rule::own_formula},
    {Ns::x, "formula formula1 formula2 oldFormula", Rule::parents_formula},
    {Ns::xm, "f", Rule::parents_formula},
    {Ns::x, "cfRule dataValidation", Rule::formula_owner},
    {Ns::x14, "cfRule dataValidation sparkline", Rule::formula_owner},
    {Ns::x, "conditionalFormatting dataValidations pivotCaches tableParts oleObjects controls hyperlinks definedNames",
     Rule::prune},
    {Ns::x14, "conditionalFormatting conditionalFormattings dataValidations sparklines sparklineGroup sparklineGroups",
     Rule::prune},
    {Ns::x, "definedName", Rule::defined_name},
    {Ns::x, "sheet", Rule::sheet},
    {Ns::x, "workbookView", Rule::sheet_view},
    {Ns::x, "drawing legacyDrawing legacyDrawingHF drawingHF tablePart pivotCache control", Rule::needs_part},
    {Ns::x, "picture", Rule::needs_picture},
    {Ns::x, "oleObject", Rule::ole_object},
    {Ns::x, "hyperlink", Rule::sheet_hyperlink},
    {Ns::x, "author", Rule::author},
    {Ns::x, "externalReferences valueMetadata fileRecoveryPr", Rule::drop},
    {Ns::x, "fileSharing customProperties customWorkbookViews customSheetViews", Rule::drop, Finding::ooxml_metadata},
    {Ns::x, "functionGroups", Rule::drop, Finding::ooxml_macro},
    {Ns::x, "smartTags", Rule::drop, Finding::ooxml_custom_xml},
    {Ns::x, "webPublishItems webPublishing", Rule::drop, Finding::ooxml_external_relationship},
    {Ns::x, "xmlColumnPr xmlCellPr", Rule::drop, Finding::ooxml_custom_xml},
    {Ns::x15ac, "absPath", Rule::drop, Finding::ooxml_metadata},
    {Ns::x15, "absPath", Rule::drop, Finding::ooxml_metadata},
    {Ns::xr, "revisionPtr", Rule::drop, Finding::ooxml_metadata},
    {Ns::xm, "macro", Rule::drop, Finding::ooxml_macro_name},
    {Ns::xvml, "FmlaMacro", Rule::drop, Finding::ooxml_macro_name},
    {Ns::xvml, "DDE", Rule::drop, Finding::ooxml_dde_link},
    {Ns::xvml, "MapOCX ScriptText ScriptExtended ScriptLanguage ScriptLocation", Rule::drop, Finding::ooxml_activex},
    {Ns::xvml, "FmlaLink FmlaRange FmlaPict FmlaTxbx FmlaGroup", Rule::own_formula},
    {Ns::xdr, "twoCellAnchor oneCellAnchor absoluteAnchor", Rule::anchor},
    {Ns::cdr, "relSizeAnchor absSizeAnchor", Rule::anchor},
    {Ns::xdr, "graphicFrame", Rule::graphic_frame},
    {Ns::cdr, "graphicFrame", Rule::graphic_frame},

    // PowerPoint.
    {Ns::p, "sldId sldMasterId sldLayoutId notesMasterId handoutMasterId", Rule::needs_part},
    {Ns::p, "sld", Rule::needs_part_if_any},
    {Ns::p, "cmAuthor", Rule::author},
    {Ns::p, "audio video snd controls", Rule::drop},
    {Ns::p, "cmd", Rule::drop, Finding::ooxml_action},
    {Ns::p, "sndAc stSnd childTnLst subTnLst tnLst sldLst", Rule::prune},
    {Ns::p, "custDataLst", Rule::drop, Finding::ooxml_metadata},
    {Ns::p, "embeddedFontLst smartTags", Rule::drop},
    {Ns::p, "htmlPubPr webPr", Rule::drop, Finding::ooxml_external_relationship},
    {Ns::p, "link", Rule::drop, Finding::ooxml_ole_link},
    {Ns::p, "graphicFrame", Rule::ole_frame},
    {Ns::p, "oleObj", Rule::ole_object},
    {Ns::p15, "presenceInfo", Rule::drop, Finding::ooxml_metadata},
    {Ns::p14, "media", Rule::drop},

    // DrawingML and charts.
    {Ns::a, "graphicData", Rule::graphic_data},
    {Ns::a, "blip", Rule::needs_picture},
    {Ns::a, "hlinkClick hlinkHover hlinkMouseOver", Rule::action},
    {Ns::a, "audioFile videoFile wavAudioFile quickTimeFile snd", Rule::drop},
    {Ns::a, "audioCd", Rule::drop, Finding::ooxml_media},
    {Ns::a, "graphicFrame", Rule::graphic_frame},
    {Ns::wpg, "graphicFrame", Rule::graphic_frame},
    {Ns::wpc, "graphicFrame", Rule::graphic_frame},
    {Ns::c, "chart", Rule::needs_part_if_any},
    {Ns::cx, "chart", Rule::needs_part_if_any},
    {Ns::dgm, "relIds", Rule::needs_part},
    {Ns::c, "externalData", Rule::needs_package},
    {Ns::cx, "externalData", Rule::needs_package},
    {Ns::c, "userShapes", Rule::needs_part},
    {Ns::c, "legacyDrawingHF", Rule::drop},
    {Ns::c, "numRef strRef", Rule::chart_reference},
    {Ns::c, "f", Rule::chart_formula},
    {Ns::cx, "f", Rule::chart_formula},

    // VML.
    {Ns::v, "imagedata", Rule::needs_picture},
    {Ns::o, "OLEObject", Rule::ole_object},
    {Ns::o, "FieldCodes LinkType LockedField", Rule::drop},
    {Ns::o, "signatureline", Rule::drop, Finding::ooxml_signature},
};

constexpr TextElements texts[] = {
    {Ns::w, "t delText instrText delInstrText"},
    {Ns::m, "t"},
    {Ns::a, "t tableStyleId"},
    {Ns::c, "v f formatCode name separator oddHeader oddFooter evenHeader evenFooter firstHeader firstFooter"},
    {Ns::cx, "v f pt idx separator binCount binSize axisId oddHeader oddFooter evenHeader evenFooter firstHeader "
             "firstFooter"},
    {Ns::cs, "lineWidthScale"},
    {Ns::x, "v f t formula formula1 formula2 oldFormula definedName author calculatedColumnFormula totalsRowFormula "
            "oddHeader oddFooter evenHeader evenFooter firstHeader firstFooter"},
    {Ns::xm, "f sqref"},
    {Ns::xtc, "text"},
    {Ns::xdr, "col colOff row rowOff"},
    {Ns::cdr, "x y"},
    {Ns::wp, "posOffset align"},
    {Ns::wp14, "pctPosHOffset pctPosVOffset pctWidth pctHeight"},
    {Ns::p, "text attrName"},
    {Ns::none, "div font span b i u"},
    {Ns::xvml,
     "Accel Accel2 Anchor AutoFill AutoLine AutoPict CF Camera Cancel Checked ColHidden Colored Column Default "
     "DefaultSize Disabled Dismiss DropLines DropStyle Dx FirstButton FmlaGroup FmlaLink FmlaPict FmlaRange FmlaTxbx "
     "Help Horiz Inc JustLastX LCT ListItem LockText Locked Max Min MoveWithCells MultiLine MultiSel NoThreeD "
     "NoThreeD2 Page PrintObject RecalcAlways Row RowHidden SecretEdit Sel SelType SizeWithCells TextHAlign "
     "TextVAlign UIObj VScroll VTEdit Val ValidIds Visible WidthMin"},
};

constexpr SpecialAttribute attributes[] = {
    {Ns::w, Plain::none, "rsidDel rsidP rsidR rsidRDefault rsidRPr rsidSect rsidTr", AttributeRule::quiet},
    {Ns::w, Plain::none, "tgtFrame docLocation hash", AttributeRule::quiet},
    {Ns::w, Plain::none, "author initials", AttributeRule::author},
    {Ns::w14, Plain::none, "author", AttributeRule::author},
    {Ns::w, Plain::none, "macroName", AttributeRule::macro},
    {Ns::r, Plain::none, "id embed link dm lo qs cs blip pict href topLeft topRight bottomLeft bottomRight",
     AttributeRule::relation},
    {Ns::o, Plain::none, "relid", AttributeRule::relation},
    {Ns::o, Plain::none, "href althref", AttributeRule::external},
    {Ns::o, Plain::none, "title gfxdata", AttributeRule::quiet},
    {Ns::none, Plain::vml, "style", AttributeRule::style},
    {Ns::none, Plain::vml, "src href althref", AttributeRule::external},
    {Ns::none, Plain::vml, "title target", AttributeRule::quiet},
    {Ns::none, Plain::sheet, "macro", AttributeRule::macro},
    {Ns::none, Plain::drawing, "macro", AttributeRule::macro},
    {Ns::none, Plain::drawing, "textlink", AttributeRule::formula},
    {Ns::none, Plain::sheet, "fmlaGroup fmlaLink fmlaRange fmlaTxbx formula", AttributeRule::formula},
    {Ns::none, Plain::sheet, "codeName vm", AttributeRule::quiet},
    {Ns::none, Plain::sheet, "refreshedBy userName", AttributeRule::metadata},
    {Ns::none, Plain::sheet, "displayName userId providerId", AttributeRule::person},
    {Ns::none, Plain::sheet, "connectionId tableType queryTableFieldId odcFile", AttributeRule::connection},
    {Ns::none, Plain::sheet, "conformance repairLoad crashSave refreshOnLoad", AttributeRule::quiet},
    {Ns::none, Plain::drawing, "conformance tgtFrame invalidUrl", AttributeRule::quiet},
    {Ns::w, Plain::none, "conformance", AttributeRule::quiet},
    {Ns::xr, Plain::none, "uid", AttributeRule::quiet},
    {Ns::xr2, Plain::none, "uid", AttributeRule::quiet},
    {Ns::xr3, Plain::none, "uid", AttributeRule::quiet},
    {Ns::xr6, Plain::none, "uid coauthVersionLast coauthVersionMax", AttributeRule::quiet},
    {Ns::xr10, Plain::none, "uidLastSave uid", AttributeRule::quiet},
    {Ns::xr16, Plain::none, "uid", AttributeRule::quiet},
    {Ns::mc, Plain::none, "Ignorable PreserveAttributes PreserveElements ProcessContent MustUnderstand",
     AttributeRule::quiet},
};

} // namespace

std::span<const SpecialElement> special_elements() {
    return elements;
}
std::span<const TextElements> text_elements() {
    return texts;
}
std::span<const SpecialAttribute> special_attributes() {
    return attributes;
}

} // namespace sekisho::ooxml
