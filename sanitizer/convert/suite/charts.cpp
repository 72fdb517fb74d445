#include "sanitizer/convert/suite/charts.h"

#include <com/sun/star/drawing/XDrawPage.hpp>
#include <com/sun/star/drawing/XDrawPages.hpp>
#include <com/sun/star/drawing/XDrawPagesSupplier.hpp>
#include <com/sun/star/drawing/XShapeGroup.hpp>
#include <com/sun/star/drawing/XShapeGrouper.hpp>
#include <com/sun/star/lang/XServiceInfo.hpp>
#include <com/sun/star/sheet/XSpreadsheetDocument.hpp>

namespace sekisho::convert {

namespace {

using namespace com::sun::star;
using rtl::OUString;

// Groups in groups; what is deeper stays as it is.
constexpr int deepest = 16;

bool holds_object(const uno::Reference<container::XIndexAccess>& shapes, int depth) {
    const OUString object = OUString::createFromAscii("com.sun.star.drawing.OLE2Shape");
    for (sal_Int32 i = 0; i < shapes->getCount(); ++i) {
        const uno::Reference<lang::XServiceInfo> shape(shapes->getByIndex(i), uno::UNO_QUERY_THROW);
        if (shape->supportsService(object)) return true;
        const uno::Reference<drawing::XShapeGroup> group(shape, uno::UNO_QUERY);
        const uno::Reference<container::XIndexAccess> inner(group, uno::UNO_QUERY);
        if (inner.is() && depth < deepest && holds_object(inner, depth + 1)) return true;
    }
    return false;
}

// Whether there was one. Its shapes take its place, so that the numbers of the others change.
bool ungroup_one(const uno::Reference<drawing::XDrawPage>& page) {
    const uno::Reference<drawing::XShapeGrouper> grouper(page, uno::UNO_QUERY_THROW);
    for (sal_Int32 i = 0; i < page->getCount(); ++i) {
        const uno::Reference<drawing::XShapeGroup> group(page->getByIndex(i), uno::UNO_QUERY);
        const uno::Reference<container::XIndexAccess> inner(group, uno::UNO_QUERY);
        if (!inner.is() || !holds_object(inner, 0)) continue;
        grouper->ungroup(group);
        return true;
    }
    return false;
}

} // namespace

void ungroup_charts(const uno::Reference<lang::XComponent>& document) {
    if (!uno::Reference<sheet::XSpreadsheetDocument>(document, uno::UNO_QUERY).is()) return;
    const uno::Reference<drawing::XDrawPages> pages =
        uno::Reference<drawing::XDrawPagesSupplier>(document, uno::UNO_QUERY_THROW)->getDrawPages();
    for (sal_Int32 i = 0; i < pages->getCount(); ++i) {
        const uno::Reference<drawing::XDrawPage> page(pages->getByIndex(i), uno::UNO_QUERY_THROW);
        constexpr int most = 1000;
        for (int done = 0; done < most && ungroup_one(page);) ++done;
    }
}

} // namespace sekisho::convert
