// Local names that may pass, by vocabulary (ECMA-376 5th edition part 1 and 4, [MS-DOCX], [MS-XLSX], [MS-PPTX]).
// What one of them may do with a reference or a formula is decided in rules.cpp, not here.
#pragma once

#include <string_view>

namespace sekisho::ooxml::names {

constexpr std::string_view word14_elements =
    "alpha bevel bevelB bevelT camera checkbox checked checkedState cntxtAlts conflictDel conflictIns "
    "contourClr customXmlConflictDelRangeEnd customXmlConflictDelRangeStart customXmlConflictInsRangeEnd "
    "customXmlConflictInsRangeStart defaultImageDpi discardImageEditingData entityPicker extrusionClr "
    "fillToRect glow gradFill gs gsLst hsl hslClr hue hueMod hueOff ligatures lightRig lin lum lumMod lumOff "
    "miter noFill numForm numSpacing path props3d prstClr prstDash reflection rot round sat satMod satOff "
    "scene3d schemeClr scrgbClr shade shadow solidFill srgbClr styleSet stylisticSets sysClr textFill "
    "textOutline tint uncheckedState ";

constexpr std::string_view word14_attributes =
    "algn anchorId ang author b blurRad cap cmpd conflictMode contourW date dir dist editId endA endPos "
    "extrusionH fadeDir font fov g h id kx ky l lastClr lat lim lon paraId path pos prst prstMaterial r rad rev "
    "rig scaled stA stPos sx sy sz t textId val w ";

constexpr std::string_view word15_elements =
    "appearance chartTrackingRefBased collapsed color commentEx commentsEx doNotAllowInsertDeleteSection "
    "footnoteColumns repeatingSection repeatingSectionItem sectionTitle ";

constexpr std::string_view word15_attributes =
    "allowInsertDeleteSection done paraId paraIdParent restartNumberingAfterBreak val ";

constexpr std::string_view word_shape_elements =
    "bg bodyPr cNvCnPr cNvFrPr cNvGrpSpPr cNvPr cNvSpPr extLst graphicFrame grpSp grpSpPr linkedTxbx spPr style "
    "txbx wgp whole wpc wsp xfrm ";

constexpr std::string_view chart_style_elements =
    "axisTitle bodyPr categoryAxis chartArea chartStyle colorStyle dataLabel dataLabelCallout dataPoint "
    "dataPoint3D dataPointLine dataPointMarker dataPointMarkerLayout dataPointWireframe dataTable defRPr "
    "downBar dropLine effectRef errorBar extLst fillRef floor fontRef gridlineMajor gridlineMinor hiLoLine "
    "leaderLine legend lineWidthScale lnRef plotArea plotArea3D seriesAxis seriesLine spPr styleClr title "
    "trendline trendlineLabel upBar valueAxis variation wall ";

constexpr std::string_view chart_ex_elements =
    "aggregation axis axisId binCount binSize binning catScaling chart chartData chartSpace clrMapOvr data "
    "dataId dataLabel dataLabelHidden dataLabels dataPt evenFooter evenHeader extLst externalData f firstFooter "
    "firstHeader fmtOvr fmtOvrs footer headerFooter idx layoutPr legend lvl majorGridlines majorTickMarks "
    "majorUnit max min minorGridlines minorTickMarks minorUnit nf numDim numFmt oddFooter oddHeader pageMargins "
    "pageSetup parentLabelLayout plotArea plotAreaRegion plotSurface printSettings pt regionLabelLayout rich "
    "separator series spPr statistics strData strDim subtotals tickLabels title tx txData txPr units unitsLabel "
    "v valScaling valueColorPositions valueColors visibility ";

constexpr std::string_view sheet14_elements =
    "alignment autoFilter axisColor b barAxisColor bgColor border borderColor bottom cfIcon cfRule cfvo charset "
    "color colorAxis colorFirst colorHigh colorLast colorLow colorMarkers colorNegative colorScale colorSeries "
    "condFmt conditionalFormat conditionalFormats conditionalFormatting conditionalFormattings dataBar "
    "dataField dataValidation dataValidations dxf dxfs ext extLst family fgColor fill fillColor font "
    "formControlPr formula1 formula2 horizontal i iconSet id ignoredError ignoredErrors item itemLst left "
    "listItem name negativeBorderColor negativeFillColor numFmt patternFill pivotCacheDefinition pivotField "
    "pivotTableDefinition protectedRange protectedRanges protection right scheme slicerStyle slicerStyles "
    "sparkline sparklineGroup sparklineGroups sparklines strike sz table tableStyle top u vertical workbookPr ";

constexpr std::string_view sheet14_attributes =
    "activePresent altText altTextSummary axisPosition border calculatedMembersInFilters checked colored count "
    "custom dateAxis defaultSlicerStyle direction displayEmptyCellsAs displayHidden displayXAxis dropLines "
    "dropStyle dx enableEdit fillDownLabels fillDownLabelsDefault first firstButton fmlaGroup fmlaLink "
    "fmlaRange fmlaTxbx gradient gte hideValuesRow high horiz iconId iconSet id inc last lineWeight lockText "
    "low manualMax manualMin markers max maxAxisType maxLength min minAxisType minLength multiLine multiSel "
    "name negative negativeBarBorderColorSameAsPositive negativeBarColorSameAsPositive noThreeD noThreeD2 "
    "objectType page passwordEdit percent pivot pivotCacheId pivotShowAs priority rightToLeft sel seltype "
    "showValue sourceField sourceHierarchy textHAlign textVAlign type val verticalBar visualTotals "
    "visualTotalsForSets widthMin xWindow ";

} // namespace sekisho::ooxml::names
