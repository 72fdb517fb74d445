// Local names that may pass, by vocabulary (ECMA-376 5th edition part 1 and 4, [MS-DOCX], [MS-XLSX], [MS-PPTX]).
// What one of them may do with a reference or a formula is decided in rules.cpp, not here.
#pragma once

#include <string_view>

namespace sekisho::ooxml::names {

constexpr std::string_view drawing_elements =
    "accent1 accent2 accent3 accent4 accent5 accent6 ahLst ahPolar ahXY alpha alphaBiLevel alphaCeiling "
    "alphaFloor alphaInv alphaMod alphaModFix alphaOff alphaOutset alphaRepl anchor arcTo avLst backdrop band1H "
    "band1V band2H band2V bevel bevelB bevelT bg bgClr bgFillStyleLst biLevel bldChart bldDgm blend blip "
    "blipFill blue blueMod blueOff blur bodyPr bottom br buAutoNum buBlip buChar buClr buClrTx buFont buFontTx "
    "buNone buSzPct buSzPts buSzTx cNvCxnSpPr cNvGraphicFramePr cNvGrpSpPr cNvPicPr cNvPr cNvSpPr camera cell3D "
    "chExt chOff chart close clrChange clrFrom clrMap clrRepl clrScheme clrTo comp cont contourClr cs "
    "cubicBezTo custClr custClrLst custDash custGeom cxn cxnLst cxnSp cxnSpLocks defPPr defRPr dgm dk1 dk2 ds "
    "duotone ea effect effectDag effectLst effectRef effectStyle effectStyleLst end endCxn endParaRPr ext "
    "extLst extraClrScheme extraClrSchemeLst extrusionClr fgClr fill fillOverlay fillRect fillRef fillStyleLst "
    "fillToRect firstCol firstRow flatTx fld fmtScheme folHlink font fontRef fontScheme gamma gd gdLst glow "
    "gradFill graphic graphicData graphicFrame graphicFrameLocks gray grayscl green greenMod greenOff gridCol "
    "grpFill grpSp grpSpLocks grpSpPr gs gsLst headEnd header headers highlight hlink hlinkClick hlinkHover "
    "hlinkMouseOver hsl hslClr hue hueMod hueOff innerShdw insideH insideV inv invGamma lastCol lastRow latin "
    "left lightRig lin ln lnB lnBlToTr lnDef lnL lnR lnRef lnSpc lnStyleLst lnT lnTlToBr lnTo lstStyle lt1 lt2 "
    "lum lumMod lumOff lvl1pPr lvl2pPr lvl3pPr lvl4pPr lvl5pPr lvl6pPr lvl7pPr lvl8pPr lvl9pPr majorFont "
    "masterClrMapping minorFont miter moveTo neCell noAutofit noFill norm normAutofit nvCxnSpPr "
    "nvGraphicFramePr nvGrpSpPr nvPicPr nvSpPr nwCell objectDefaults off outerShdw overrideClrMapping p pPr "
    "path pathLst pattFill pic picLocks pos prstClr prstDash prstGeom prstShdw prstTxWarp pt quadBezTo r rPr "
    "rect red redMod redOff reflection relOff right rot round rtl sat satMod satOff scene3d schemeClr scrgbClr "
    "seCell shade snd softEdge solidFill sp sp3d spAutoFit spDef spLocks spPr spcAft spcBef spcPct spcPts "
    "srcRect srgbClr st stCxn start stretch style swCell sx sy sym sysClr t tab tabLst tableStyle tableStyleId "
    "tailEnd tbl tblBg tblGrid tblPr tblStyle tblStyleLst tc tcBdr tcPr tcStyle tcTxStyle theme themeElements "
    "themeOverride tile tileRect tint tl2br top tr tr2bl txBody txDef txSp uFill uFillTx uLn uLnTx up useSpRect "
    "wholeTbl xfrm ";

constexpr std::string_view chart_elements =
    "applyToEnd applyToFront applyToSides area3DChart areaChart auto autoTitleDeleted autoUpdate axId axPos "
    "backWall backward bandFmt bandFmts bar3DChart barChart barDir baseTimeUnit bubble3D bubbleChart "
    "bubbleScale bubbleSize builtInUnit cat catAx chart chartObject chartSpace clrMapOvr crossAx crossBetween "
    "crosses crossesAt custSplit custUnit dLbl dLblPos dLbls dPt dTable data date1904 dateAx delete "
    "depthPercent dispBlanksAs dispEq dispRSqr dispUnits dispUnitsLbl doughnutChart downBars dropLines "
    "errBarType errBars errDir errValType evenFooter evenHeader explosion ext extLst externalData f firstFooter "
    "firstHeader firstSliceAng floor fmtId formatCode formatting forward gapDepth gapWidth grouping h hMode "
    "hPercent headerFooter hiLowLines holeSize idx intercept invertIfNegative lang layout layoutTarget lblAlgn "
    "lblOffset leaderLines legend legendEntry legendPos line3DChart lineChart logBase lvl majorGridlines "
    "majorTickMark majorTimeUnit majorUnit manualLayout marker max min minorGridlines minorTickMark "
    "minorTimeUnit minorUnit minus multiLvlStrCache multiLvlStrRef name noEndCap noMultiLvlLbl numCache numFmt "
    "numLit numRef oddFooter oddHeader ofPieChart ofPieType order orientation overlap overlay pageMargins "
    "pageSetup period perspective pictureFormat pictureOptions pictureStackUnit pie3DChart pieChart pivotFmt "
    "pivotFmts pivotSource plotArea plotVisOnly plus printSettings protection pt ptCount rAngAx radarChart "
    "radarStyle rich rotX rotY roundedCorners scaling scatterChart scatterStyle secondPiePt secondPieSize "
    "selection separator ser serAx serLines shape showBubbleSize showCatName showDLblsOverMax showHorzBorder "
    "showKeys showLeaderLines showLegendKey showNegBubbles showOutline showPercent showSerName showVal "
    "showVertBorder sideWall size sizeRepresents smooth spPr splitPos splitType stockChart strCache strLit "
    "strRef style surface3DChart surfaceChart symbol thickness tickLblPos tickLblSkip tickMarkSkip title "
    "trendline trendlineLbl trendlineType tx txPr upBars upDownBars userInterface userShapes v val valAx "
    "varyColors view3D w wMode wireframe x xMode xVal y yMode yVal ";

constexpr std::string_view chart_drawing_elements =
    "absSizeAnchor blipFill cNvCxnSpPr cNvGraphicFramePr cNvGrpSpPr cNvPicPr cNvPr cNvSpPr cxnSp ext from "
    "graphicFrame grpSp grpSpPr nvCxnSpPr nvGraphicFramePr nvGrpSpPr nvPicPr nvSpPr pic relSizeAnchor sp spPr "
    "style to txBody x xfrm y ";

constexpr std::string_view sheet_drawing_elements =
    "absoluteAnchor blipFill cNvCxnSpPr cNvGraphicFramePr cNvGrpSpPr cNvPicPr cNvPr cNvSpPr clientData col "
    "colOff cxnSp ext from graphicFrame grpSp grpSpPr nvCxnSpPr nvGraphicFramePr nvGrpSpPr nvPicPr nvSpPr "
    "oneCellAnchor pic pos row rowOff sp spPr style to twoCellAnchor txBody wsDr xfrm ";

constexpr std::string_view word_drawing_elements =
    "align anchor cNvGraphicFramePr cNvPr docPr effectExtent extent inline lineTo posOffset positionH positionV "
    "simplePos start wrapNone wrapPolygon wrapSquare wrapThrough wrapTight wrapTopAndBottom ";

constexpr std::string_view picture_elements =
    "blipFill cNvPicPr cNvPr extLst nvPicPr pic spPr style ";

constexpr std::string_view diagram_elements =
    "adj adjLst alg animLvl animOne bg bulletEnabled cat catLst chMax chPref choose clrData colorsDef "
    "colorsDefHdr colorsDefHdrLst constr constrLst cxn cxnLst dataModel desc dir effectClrLst else extLst "
    "fillClrLst forEach hierBranch if layoutDef layoutDefHdr layoutNode linClrLst orgChart param prSet "
    "presLayoutVars presOf pt ptLst relIds resizeHandles rule ruleLst sampData scene3d shape sp3d spPr style "
    "styleData styleDef styleDefHdr styleLbl t title txEffectClrLst txFillClrLst txLinClrLst txPr varLst whole ";

constexpr std::string_view diagram_drawing_elements =
    "cNvGrpSpPr cNvPr cNvSpPr dataModelExt drawing grpSp grpSpPr nvGrpSpPr nvSpPr sp spPr spTree style txBody "
    "txXfrm ";

} // namespace sekisho::ooxml::names
