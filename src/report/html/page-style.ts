import { chartStyle } from './style/chart-style.ts'
import { originLoadStyle } from './style/origin-load-style.ts'
import { pageColours } from './style/page-colours.ts'
import { pageLayout } from './style/page-layout.ts'
import { printStyle } from './style/print-style.ts'

/** The page's own style; that of the chart library stands before it. */
export const pageStyle: string = pageColours + pageLayout + chartStyle + originLoadStyle + printStyle
