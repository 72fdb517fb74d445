// Settings of LibreOffice and OpenOffice that say how a document is laid out and shown. Not here, on purpose: what
// updates links or databases, names printers, or says who worked on it.
#pragma once

#include <string_view>

namespace sekisho::odf::names {

// Of a number, or true or false.
constexpr std::string_view number_settings =
    "ActiveSplitRange AddExternalLeading AddFrameOffsets AddParaLineSpacingToTableCells AddParaSpacingToTableCells "
    "AddParaTableSpacing AddParaTableSpacingAtStart AddVerticalFrameOffsets AlignTabStopPosition Alignment "
    "AllowTextAfterFloatingTableBreak AnchoredTextOverflowLegacy ApplyParagraphMarkFormatToNumbering AutoCalculate "
    "AutoFirstLineIndentDisregardLineSpace BackgroundParaOverDrawings BaseFontHeight BottomMargin "
    "CharacterCompressionType ChartAutoUpdate ClipAsCharacterAnchoredWriterFlyFrames ClippedPictures "
    "CollapseEmptyCellPara ConnectorUseSnapRect ConsiderTextWrapOnObjPos ContinuousEndnotes CursorPositionX "
    "CursorPositionY DefaultTabStop DisableOffPagePositioning DoNotCaptureDrawObjsOnPage "
    "DoNotJustifyLinesWithManualBreak DoNotMirrorRtlDrawObjs DoNotResetParaAttrsForNumFont DropCapPunctuation "
    "EditMode EditModeHandout EditModeNotes EditModeStandard EliminatePolyPointLimitAngle EmptyDbFieldHidesPara "
    "FieldAutoUpdate FloattableNomargins FontFixedIsBold FontFixedIsItalic FontFunctionsIsBold "
    "FontFunctionsIsItalic FontNumbersIsBold FontNumbersIsItalic FontSansIsBold FontSansIsItalic FontSerifIsBold "
    "FontSerifIsItalic FontTextIsBold FontTextIsItalic FontVariablesIsBold FontVariablesIsItalic "
    "FootnoteInColumnToPageEnd FrameAutoWidthWithMorePara FrameAutowidthWithMorePara GridCoarseHeight "
    "GridCoarseWidth GridColor GridFineHeight GridFineWidth GridIsFront GridIsVisible GridSnapHeight GridSnapWidth "
    "GridSnapWidthXDenominator GridSnapWidthXNumerator GridSnapWidthYDenominator GridSnapWidthYNumerator "
    "GutterAtTop HandoutsHorizontal HasColumnRowHeaders HasSheetTabs HeaderSpacingBelowLastPara "
    "HorizontalScrollbarWidth HorizontalSplitMode HorizontalSplitPosition HorizontalSplitPositionTwips "
    "HyphenateURLs IgnoreBreakAfterMultilineField IgnoreFirstLineIndentInNumbering "
    "IgnoreTabsAndBlanksForLineCalculation ImagePreferredDPI InBrowseMode InvertBorderSpacing IsAngleSnapEnabled "
    "IsBigHandles IsClickChangeRotation IsDoubleClickTextEdit IsEliminatePolyPoints IsFrameDragSingles "
    "IsKernAsianPunctuation IsLabelDocument IsLayerMode IsOutlineSymbolsSet IsPlusHandlesAlwaysVisible "
    "IsPrintBooklet IsPrintBookletBack IsPrintBookletFront IsPrintDate IsPrintDrawing IsPrintFitPage IsPrintHandout "
    "IsPrintHiddenPages IsPrintNotes IsPrintOutline IsPrintPageName IsPrintTilePage IsPrintTime "
    "IsRasterAxisSynchronized IsRightMouseButtonMenu IsScaleAllBrackets IsSelectedFrame IsSnapToGrid "
    "IsSnapToObjectFrame IsSnapToObjectPoints IsSnapToPageMargins IsSnapToRaster IsSnapToSnapLines IsTextMode "
    "IsValueHighlightingEnabled JustifyLinesWithShrinking KeepRatio LeftMargin LegacySingleLineFontwork "
    "MathBaselineAlignment MeasureUnit MsWordCompMinLineHeightByFly MsWordCompTrailingBlanks NoAttribs "
    "NoClippingWithWrapPolygon NoColors NoGapAfterNoteNumber NoNumberingShowFollowBy OutlineLevelYieldsNumbering "
    "PageKind PageNumberFormat PageViewZoomValue PaintHellOverHeaderFooter ParagraphSummation PositionBottom "
    "PositionLeft PositionRight PositionTop PrintAnnotationMode PrintBlackFonts PrintControls PrintDrawings "
    "PrintEmptyPages PrintGraphics PrintHiddenText PrintLeftPages PrintPageBackground PrintProspect "
    "PrintProspectRTL PrintQuality PrintReversed PrintRightPages PrintSingleJobs PrintTables PrintTextPlaceholder "
    "PropLineSpacingShrinksFirstLine ProtectBookmarks ProtectFields ProtectForm RasterIsVisible RasterResolutionX "
    "RasterResolutionY RasterSubdivisionX RasterSubdivisionY RelativeBracketDistance RelativeBracketExcessSize "
    "RelativeFontHeightFunctions RelativeFontHeightIndices RelativeFontHeightLimits RelativeFontHeightOperators "
    "RelativeFontHeightText RelativeFractionBarExcessLength RelativeFractionBarLineWeight "
    "RelativeFractionDenominatorDepth RelativeFractionNumeratorHeight RelativeIndexSubscript "
    "RelativeIndexSuperscript RelativeLineSpacing RelativeLowerLimitDistance RelativeMatrixColumnSpacing "
    "RelativeMatrixLineSpacing RelativeOperatorExcessSize RelativeOperatorSpacing RelativeRootSpacing "
    "RelativeScaleBracketExcessSize RelativeSpacing RelativeSymbolMinimumHeight RelativeSymbolPrimaryHeight "
    "RelativeUpperLimitDistance RightMargin RulerIsVisible ScaleDenominator ScaleNumerator SelectedPage ShowCharts "
    "ShowFooterWhileBrowsing ShowFormulas ShowGrid ShowGridOverCells ShowHeaderWhileBrowsing ShowHiddenCharacters "
    "ShowNotes ShowPageBreakPreview ShowPageBreaks ShowRedlineChanges ShowZeroValues SlidesPerHandout SlidesPerRow "
    "SmallCapsPercentage66 SnapAngle StylesNoDefault SubtractFlysAnchoredAtFlys SurroundTextWrapSmall SyntaxVersion "
    "TabAtLeftIndentForParagraphsInList TabOverMargin TabOverSpacing TabOverflow TableRowKeep TabsRelativeToIndent "
    "TopMargin TreatSingleColumnBreakAsPageBreak UnbreakableNumberings UnxForceZeroExtLeading UseFormerLineSpacing "
    "UseFormerObjectPositioning UseFormerTextWrapping UseOldNumbering UseOldPrinterMetrics UseVariableWidthNBSP "
    "VerticalSplitMode VerticalSplitPosition VerticalSplitPositionTwips ViewAreaHeight ViewAreaLeft ViewAreaTop "
    "ViewAreaWidth ViewLayoutBookMode ViewLayoutColumns ViewLeft ViewTop VisibleAreaHeight VisibleAreaLeft "
    "VisibleAreaTop VisibleAreaWidth VisibleBottom VisibleLeft VisibleRight VisibleTop WordLikeWrapForAsCharFlys "
    "ZoomFactor ZoomOnPage ZoomType ZoomValue";
// Of words.
constexpr std::string_view word_settings =
    "ActiveTable BeginLine Country CustomFontNameFixed CustomFontNameSans CustomFontNameSerif EndLine "
    "FontNameFunctions FontNameNumbers FontNameText FontNameVariables Language PrinterIndependentLayout Variant "
    "ViewId";

} // namespace sekisho::odf::names
