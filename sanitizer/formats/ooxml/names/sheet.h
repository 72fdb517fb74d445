// Local names that may pass, by vocabulary (ECMA-376 5th edition part 1 and 4, [MS-DOCX], [MS-XLSX], [MS-PPTX]).
// What one of them may do with a reference or a formula is decided in rules.cpp, not here.
#pragma once

#include <string_view>

namespace sekisho::ooxml::names {

constexpr std::string_view sheet_elements =
    "alignment anchor author authors autoFilter autoSortScope b bgColor bk bookViews border borders bottom brk "
    "c cacheField cacheFields cacheHierarchies cacheHierarchy cacheSource calcPr calculatedColumnFormula "
    "calculatedItem calculatedItems calculatedMember calculatedMembers cellMetadata cellSmartTag cellStyle "
    "cellStyleXfs cellStyles cellWatch cellWatches cellXfs cfRule cfvo charset chartFormat chartFormats "
    "chartsheet col colBreaks colFields colHierarchiesUsage colHierarchyUsage colItems color colorFilter "
    "colorScale colors cols comment commentList comments condense conditionalFormat conditionalFormats "
    "conditionalFormatting consolidation control controlPr controls customFilter customFilters d dataBar "
    "dataConsolidate dataField dataFields dataRef dataRefs dataValidation dataValidations dateGroupItem "
    "definedName definedNames deletedField diagonal dimension dimensions discretePr drawing drawingHF dxf dxfs "
    "dynamicFilter e end entries evenFooter evenHeader ext extLst extend f family fgColor field fieldGroup "
    "fieldUsage fieldsUsage fileVersion fill fills filter filterColumn filters firstFooter firstHeader font "
    "fonts format formats formula formula1 formula2 from futureMetadata gradientFill group groupItems "
    "groupLevel groupLevels groupMember groupMembers groups headerFooter horizontal hyperlink hyperlinks i "
    "iconFilter iconSet ignoredError ignoredErrors indexedColors inputCells is item items k kpi kpis left "
    "legacyDrawing legacyDrawingHF location m map maps mdx mdxMetadata measureGroup measureGroups member "
    "memberProperties members mergeCell mergeCells metadata metadataStrings metadataType metadataTypes mp mpMap "
    "mps mruColors ms n name numFmt numFmts objectPr oddFooter oddHeader oldFormula oleObject oleObjects "
    "oleSize outline outlinePr p page pageField pageFields pageItem pageMargins pageSetUpPr pageSetup pages "
    "pane patternFill phoneticPr picture pivotArea pivotAreas pivotCache pivotCacheDefinition pivotCacheRecords "
    "pivotCaches pivotField pivotFields pivotHierarchies pivotHierarchy pivotSelection pivotTableDefinition "
    "pivotTableStyleInfo printOptions protectedRange protectedRanges protection r rFont rPh rPr rangePr "
    "rangeSet rangeSets rc reference references rgbColor right row rowBreaks rowFields rowHierarchiesUsage "
    "rowHierarchyUsage rowItems s scenario scenarios scheme selection serverFormat serverFormats set sets "
    "shadow sharedItems sheet sheetCalcPr sheetData sheetFormatPr sheetName sheetNames sheetPr sheetProtection "
    "sheetView sheetViews sheets si sortByTuple sortCondition sortState sst start stop stp strike styleSheet sz "
    "t tabColor table tableColumn tableColumns tablePart tableParts tableStyle tableStyleElement tableStyleInfo "
    "tableStyles text textPr to top top10 totalsRowFormula tpl tpls tr tupleCache u undo v vertAlign vertical "
    "workbook workbookPr workbookProtection workbookView worksheet worksheetSource x xf ";

} // namespace sekisho::ooxml::names
