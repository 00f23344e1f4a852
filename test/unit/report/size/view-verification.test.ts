import { describe, expect, test } from 'vitest'
import { renderSizeJson } from '../../../../src/report/size/render-size-json.ts'
import { renderSizeMarkdown } from '../../../../src/report/size/render-size-markdown.ts'
import { renderSizeTerminal } from '../../../../src/report/size/render-size-terminal.ts'
import { viewSize } from '../../../../src/report/size/view-size.ts'
import type { SizingAnswer } from '../../../../src/sizing/sizing-answer.ts'
import type { Verification, VerifiedPeak } from '../../../../src/sizing/verify/verification.ts'
import { SIZING_ANSWERS } from '../../../support/sizing-answers.ts'

/** 4 000 requests in 20 s, of which a quarter was turned away. */
const broken: VerifiedPeak = {
  role: 'one-fewer',
  bought: 2,
  backends: 1,
  capacity: 150,
  load: 200,
  expected: 'no',
  holds: 'no',
  because: '25 % of the requests ended badly',
  runs: 1,
  report: 'reports/verify-1/1-backends.json',
  measured: {
    seconds: 20,
    offered: 4000,
    good: 3000,
    errors: 1000,
    statuses: { '502': 0, '503': 1000, '504': 0 },
    p50: 0.5,
    p99: null,
    inFlight: 12,
  },
}

const proof = (rest: Partial<Verification> = {}): SizingAnswer => ({
  ...SIZING_ANSWERS['worked']!,
  verification: {
    verdict: 'agrees',
    because: 'the proof agrees',
    option: 'backends',
    gateway: 'nginx',
    scaled: false,
    built: ['it was built so'],
    peaks: [broken],
    ...rest,
  },
})

describe('a proof by load', () => {
  test('is a section of its own, with what was built for it', () => {
    const text = renderSizeTerminal(viewSize(proof()), { columns: 200, colour: false })
    expect(text).toContain('The peak, put to the proof\n  The proof agrees.\n')
    // 4000 in 20 s are 200/s, 3000 are 150/s, 1000 of 4000 are 25 %.
    const [row] = /^ +2, 1 left .*$/m.exec(text)!
    expect(row.trim().split(/ {2,}/)).toEqual([
      '2, 1 left',
      '150/s',
      '200/s',
      '150/s',
      '0 %',
      '25 %',
      '0 %',
      '500 ms',
      '–',
      '12',
      'no',
      'no',
    ])
    expect(text).toContain('behind a real nginx, the peak held for 20 s')
    expect(text).toContain('What was built for it\n  - It was built so.\n')
  })

  test('that decides nothing says so', () => {
    const text = renderSizeMarkdown(viewSize(proof({ verdict: 'cannot-tell', because: 'busy', peaks: [] })))
    expect(text).toContain('The proof decides nothing: busy.')
  })

  test('has rates and shares with their units in the names, for programs', () => {
    const { verification } = JSON.parse(renderSizeJson(proof()))
    expect(verification.peaks[0]).toMatchObject({
      capacityRps: 150,
      loadRps: 200,
      measured: {
        offeredRps: 200,
        goodRps: 150,
        errorShare: 0.25,
        p50Ms: 500,
        p99Ms: null,
        inFlightAtEnd: 12,
      },
    })
  })

  test('is proposed where nobody asked for one, and only there', () => {
    const labels = (answer: SizingAnswer): string[] => viewSize(answer).checks.map(({ label }) => label)
    expect(labels(SIZING_ANSWERS['worked']!)).toContain('proof')
    expect(labels(proof())).not.toContain('proof')
  })
})
