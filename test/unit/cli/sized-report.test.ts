import { assert, double, integer, property } from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Capacity } from '../../../src/analysis/findings.ts'
import { size } from '../../../src/analysis/sizing.ts'
import { conclude } from '../../../src/cli/conclude.ts'
import { renderMarkdown } from '../../../src/report/markdown/render-markdown.ts'
import { renderJson } from '../../../src/report/render-json.ts'
import type { Report } from '../../../src/report/report.ts'
import type { OptionJson } from '../../../src/report/size/option-json.ts'
import { renderTerminal } from '../../../src/report/terminal/render-terminal.ts'
import { viewPage } from '../../../src/report/view/page/view-page.ts'
import { viewReport } from '../../../src/report/view/view-report.ts'
import { sizeSystem } from '../../../src/sizing/size-system.ts'
import { perSecond, share } from '../../../src/units/quantity.ts'
import { measuredSystem, question } from '../../support/measured-system.ts'
import { schemaErrors } from '../../support/published-schema.ts'
import { emptyReport, launchReport } from '../../support/report-fixture.ts'

/** The ramp of the fixture, judged: two backends, whose knee is about 842/s, are to carry 3000/s. */
const { result } = launchReport()
const sized = conclude(result, { peak: perSecond(3000), backends: 2, headroom: share(0.7) })
const optionOf = (name: OptionJson['name'], { sizing }: Report = sized): OptionJson | undefined =>
  sizing.options.find(option => option.name === name)

describe('the report of a run with a peak', () => {
  test('has the options, one of them recommended', () => {
    expect(sized.sizing.options.map(({ name }) => name)).toEqual([
      'do-nothing',
      'backends',
      'cdn',
      'both',
      'limiter',
    ])
    expect(sized.sizing.options.filter(({ recommended }) => recommended)).toEqual([optionOf('backends')])
  })

  test('says one number for each thing: backends, hit ratio, what to plan for', () => {
    const { backends, cdnOffload, safeRps } = sized.sizing
    // ⌈3000 / (0.7 × C₁)⌉, C₁ the half of the lower end of the knee; no backend to spare.
    const low = sized.capacity.knee.low!
    expect(optionOf('backends')!.backends).toBe(Math.ceil(3000 / (0.7 * (low / 2))))
    expect(optionOf('backends')!.backends).toBe(backends!.pessimistic)
    expect(optionOf('cdn')!.hitRatio).toBeCloseTo(cdnOffload!.pessimistic, 12)
    expect(optionOf('cdn')!.originLoadRps).toBeCloseTo(safeRps!, 6)
  })

  test('is what docs/report.schema.json describes', () => {
    expect(schemaErrors('report', renderJson(sized))).toEqual([])
  })

  test('shows them in the terminal, in Markdown and on the page', () => {
    const { backends } = optionOf('backends')!
    const terminal = renderTerminal(viewReport(sized), { columns: 80, colour: false })
    expect(terminal).toMatch(new RegExp(`^ {2}backends \\* +${backends} +0 %`, 'm'))
    expect(renderMarkdown(viewReport(sized))).toContain(`| backends \\* | ${backends} | 0`)
    const { report, originLoad } = viewPage(sized)
    expect(report.sizing.options.rows).toHaveLength(5)
    expect(report.sizing.options.chosen).toBe(1)
    expect(originLoad.map(({ chart }) => chart.marks)).toEqual([
      [
        {
          at: sized.sizing.cdnOffload!.pessimistic * 100,
          role: 'needed',
          label: expect.stringMatching(/^needed: \d/) as string,
        },
      ],
    ])
  })

  test('has none without a peak, and none where nothing can be sized', () => {
    const plain = conclude(result, {})
    expect(plain.sizing.options).toEqual([])
    expect(viewPage(plain).originLoad).toEqual([])
    expect(renderTerminal(viewReport(plain), { columns: 80, colour: false })).not.toContain('* recommended')
    const empty = conclude(emptyReport().result, { peak: perSecond(3000) })
    expect(empty.sizing).toMatchObject({ options: [], backends: null, cdnOffload: null })
    expect(empty.sizing.because).toMatch(/^nothing can be sized: /)
  })

  test('does not offer a CDN where a cache may not answer so much', () => {
    const because = 'h ≥ 0.8, but only 10 % of the requests are GET or HEAD, and a cache answers no others'
    const options = sized.sizing.options.map(option =>
      option.name === 'cdn' ? { ...option, holds: false, because } : option,
    )
    const { sizing, next } = viewReport({ ...sized, sizing: { ...sized.sizing, options } })
    expect(sizing.facts.map(({ label }) => label)).not.toContain('or CDN takes')
    expect(sizing.against).toEqual([{ label: 'CDN', value: `${because}.` }])
    expect(next.map(({ text }) => text).filter(text => text.includes('CDN'))).toEqual([])
    expect(viewReport(sized).next.some(({ text }) => text.includes('CDN'))).toBe(true)
  })
})

test('the few figures of every run and the options of plimsoll size agree, whatever is asked', () => {
  const knee = (low: number): Capacity['knee'] => ({
    rps: low * 1.02,
    low,
    high: low * 1.05,
    confidence: 0.95,
    bound: 'measured',
    because: '',
    method: 'hinge',
  })
  const rate = double({ min: 10, max: 1e5, noNaN: true })
  assert(
    property(rate, rate, integer({ min: 1, max: 20 }), (peak, low, backends) => {
      const figures = size({ knee: knee(low) }, { peak, backends, headroom: 0.7 })
      const system = measuredSystem(low * 1.02, backends, {
        capacity: { rps: low * 1.02, low, high: low * 1.05 },
      })
      const { options, need } = sizeSystem(question(peak, { survive: 0 }), [system]).sized!
      expect(need).toMatchObject({ reachable: true, backends: { value: figures.backends!.pessimistic } })
      const cdn = options.find(({ name }) => name === 'cdn')
      expect(cdn?.hitRatio ?? 0).toBeCloseTo(figures.cdnOffload!.pessimistic, 12)
    }),
    { numRuns: 30 },
  )
})
