import { describe, expect, test } from 'vitest'
import type { SearchPhase } from '../../../src/result/search-record.ts'
import { perSecond, seconds, share } from '../../../src/units/quantity.ts'
import { queueOf, searchThrough } from './fluid-target.ts'
import type { Run, Target } from './fluid-target.ts'

const ratesOf = ({ steps }: Run, phase: SearchPhase): readonly number[] =>
  steps.filter(step => step.phase === phase).map(({ rate }) => rate)

describe('a server that answers 500 a second and lets the rest wait', () => {
  const run = searchThrough(queueOf(500))

  test('has its knee and its saturation at exactly 500/s', () => {
    expect(run.conclusion.knee.rps).toBe(500)
    expect(run.conclusion.saturation?.rps).toBe(500)
    expect(run.conclusion).toMatchObject({ complete: true, mode: 'plateau', flags: [] })
  })

  test('is confirmed 3 % below the knee, and bounded from above by the plateau at 1.12 times it', () => {
    expect(run.conclusion.lowerBound?.rps).toBe(485)
    expect(run.conclusion.upperBound?.rps).toBe(560)
    expect(run.conclusion.upperBound?.deficit).toBeCloseTo(1 - 500 / 560, 2)
  })

  test('is approached in steps of 1.5, each rounded down to what its name says', () => {
    expect(ratesOf(run, 'ramp')).toEqual([30, 45, 67.5, 101, 151, 226, 339, 508, 762])
  })

  test('comes back at 0.8 of the knee as soon as the backlog is served', () => {
    // Each second at 560/s leaves 60 behind, and each at 400/s serves 100 of them.
    const { from, to } = plateauSeconds(run)
    expect(run.conclusion.recovery).toMatchObject({
      recovered: true,
      rate: 400,
      metastable: false,
      ratio: null,
    })
    const served = (60 * (to - from)) / 100
    // In whole seconds, and each is known when the next one is over.
    expect(run.conclusion.recovery?.seconds).toBeGreaterThanOrEqual(served)
    expect(run.conclusion.recovery?.seconds).toBeLessThan(served + 2)
  })

  test('each step says why it was made and what it showed', () => {
    const confirmation = run.steps.at(-1)
    expect(confirmation?.because).toMatch(/^holding 485\/s for up to \d+ s to confirm$/)
    expect(confirmation?.found).toMatch(/^passes: [\d ]+ requests, deficit 0 %$/)
    expect(
      run.steps.every(({ because, found, outcome }) => because !== '' && found !== '' && outcome !== null),
    ).toBe(true)
  })
})

function plateauSeconds({ offers, steps }: Run): { from: number; to: number } {
  const last = steps.findLastIndex(({ phase }) => phase === 'plateau')
  return {
    from: offers.findIndex(({ step }) => step === last),
    to: offers.findLastIndex(({ step }) => step === last) + 1,
  }
}

test('a server that takes a second for each request is not overloaded because more are in flight', () => {
  let before = 0
  const slow: Target = ({ offered, backlog }) => {
    const good = Math.min(300, backlog, before + Math.max(0, backlog - before))
    before = offered
    return { good }
  }
  const { conclusion, steps } = searchThrough(slow)
  expect(conclusion.knee.rps).toBeCloseTo(300, 0)
  expect(steps.filter(({ outcome, rate }) => outcome === 'failed' && rate <= 300)).toEqual([])
})

test('a page that fails for one request in twenty is no limit: 500 good answers are 526.3 offered', () => {
  const { conclusion } = searchThrough(({ offered, backlog }) => {
    // A twentieth of what is served, good or bad; the rest waits.
    const served = Math.min(500 / 0.95, backlog + offered)
    return { good: served * 0.95, bad: served * 0.05 }
  })
  expect(conclusion.baselineShare).toBeCloseTo(0.05, 6)
  expect(conclusion.knee.rps).toBeCloseTo(526.3, 0)
})

test('a full buffer that refuses the rest ends in a plateau, too, and one more step shows its errors', () => {
  const room = 200
  const run = searchThrough(({ offered, backlog }) => {
    const good = Math.min(400, backlog + offered)
    return { good, bad: Math.max(0, backlog + offered - good - room) }
  })
  expect(run.conclusion.knee.rps).toBeCloseTo(400, 0)
  expect(ratesOf(run, 'onset')).toEqual([424])
})

describe('a limiter of 300/s that lets a burst of 150 through', () => {
  const bucket = (): Target => {
    let tokens = 150
    return ({ offered }) => {
      const good = Math.min(offered, tokens + 300)
      tokens = Math.min(150, tokens + 300 - good)
      return { good, bad: offered - good }
    }
  }

  test('carries 300/s, and the burst is told apart from it', () => {
    const { conclusion } = searchThrough(bucket())
    expect(conclusion.knee.rps! / 300).toBeCloseTo(1, 2)
    expect(conclusion.flags).toContain('burst-absorbing')
  })
})

test('a target without room to wait has its knee where 1 % is lost, far below what it can do', () => {
  // 1 % at 150/s, and five times as steep as the load.
  const loses: Target = ({ offered, rate }) => {
    const bad = offered * Math.min(0.9, 0.01 * (rate / 150) ** 5)
    return { good: offered - bad, bad }
  }
  const { conclusion } = searchThrough(loses)
  expect(conclusion.mode).toBe('bracket')
  expect(conclusion.knee.rps! / 150).toBeCloseTo(1, 1)
  expect(conclusion.knee.low!).toBeLessThanOrEqual(150)
  expect(conclusion.knee.high!).toBeGreaterThanOrEqual(150)
  expect(conclusion.flags).toContain('small-buffers')
})

test('a restart of three seconds moves nothing', () => {
  for (const from of [13, 27, 35, 45]) {
    const { conclusion } = searchThrough(second =>
      second.at >= from && second.at < from + 3
        ? { good: 0, bad: second.offered + second.backlog }
        : queueOf(500)(second),
    )
    expect(conclusion.knee.rps! / 500, `restart at ${from} s`).toBeCloseTo(1, 2)
  }
})

test('a capacity that doubles during the search is found and called a change', () => {
  let overloaded = 0
  const { conclusion } = searchThrough(second => {
    if (second.backlog > 50) overloaded += 1
    return queueOf(overloaded > 12 ? 400 : 200)(second)
  })
  expect(conclusion.knee.rps).toBeCloseTo(400, 0)
  expect(conclusion.plateaus[0]).toBeCloseTo(200, 0)
  expect(conclusion.flags).toContain('capacity-changed')
})

test('a server that warms up is looked at until two plateaus agree', () => {
  let served = 0
  const { conclusion } = searchThrough(second => {
    const { good } = queueOf(400 / (1 + 2 * Math.max(0, 1 - served / 4500)))(second)
    served += good
    return { good }
  })
  expect(conclusion.knee.rps).toBeCloseTo(400, 0)
  expect(conclusion.flags).toContain('warm-up')
})

describe('a gateway that gives up after a second while its target works on', () => {
  test('collapses under overload, so its knee is closed in on from both sides', () => {
    const queue: { left: number; since: number }[] = []
    const { conclusion } = searchThrough(({ offered, at }) => {
      queue.push({ left: offered, since: at })
      let good = 0
      for (let free = 500; free > 0 && queue.length > 0;) {
        const first = queue[0]!
        const served = Math.min(free, first.left)
        free -= served
        first.left -= served
        if (at - first.since <= 1) good += served
        if (first.left === 0) queue.shift()
      }
      return { good, bad: queue.find(({ since }) => at - since === 1)?.left ?? 0 }
    })
    expect(conclusion.flags).toContain('collapse')
    expect(conclusion.mode).toBe('bracket')
    expect(conclusion.knee.low!).toBeLessThanOrEqual(500)
    expect(conclusion.knee.high!).toBeGreaterThanOrEqual(500)
    expect(conclusion.knee.rps! / 500).toBeCloseTo(1, 1)
  })
})

test('a soak that the target does not endure lowers the knee, and says so', () => {
  // Carries 500/s, but no more than 300/s once it had more than 470/s for a hundred seconds in a row.
  let strained = 0
  const { conclusion, steps } = searchThrough(
    second => {
      strained = second.rate > 470 ? strained + 1 : 0
      return queueOf(strained > 100 ? 300 : 500)(second)
    },
    { goal: { soak: seconds(300), budget: seconds(2000) } },
  )
  const soaks = steps.filter(({ phase }) => phase === 'soak')
  // The confirmed 485/s, then 5 % less.
  expect(soaks.map(({ rate, outcome }) => [rate, outcome])).toEqual([
    [485, 'failed'],
    [460, 'passed'],
  ])
  expect(conclusion.knee).toMatchObject({ rps: 460, low: 460, high: 485, bound: 'measured' })
  expect(conclusion.knee.because).toMatch(/485\/s was carried for .* only/)
})

test('with a promise of a response time, the largest load at which it holds is found beside the knee', () => {
  // ln P(T > t) = −70·(1 − λ/500): 1 % at ρ = 1 − ln 100/70 = 0.934.
  const { conclusion } = searchThrough(
    second => {
      const { good } = queueOf(500)(second)
      return { good, slow: good * Math.exp(-70 * Math.max(0, 1 - second.rate / 500)) }
    },
    {
      arrivalVariation: 1,
      goal: { slow: { within: seconds(0.1), share: share(0.99), text: 'p99 < 100 ms' } },
    },
  )
  expect(conclusion.knee.rps).toBe(500)
  expect(conclusion.slo!.rps! / (500 * (1 - Math.log(100) / 70))).toBeCloseTo(1, 1.5)
  expect(conclusion.slo?.promise).toBe('p99 < 100 ms')
})

test('a knee above what is allowed is "at least"', () => {
  const { conclusion, offers } = searchThrough(queueOf(500), { goal: { to: perSecond(300) } })
  expect(conclusion.knee).toMatchObject({ rps: 300, low: 300, high: null, bound: 'at-least' })
  expect(conclusion.flags).toContain('reached-the-cap')
  expect(Math.max(...offers.map(({ rate }) => rate))).toBe(300)
})

describe('a server that loses 0.7 % from 450/s on, less than the 1 % of a knee, and carries 500/s', () => {
  const leaky: Target = ({ offered, backlog }) => {
    const bad = offered >= 450 ? 0.007 * offered : 0
    return { bad, good: Math.min(500, backlog + offered - bad) }
  }
  const goal = { precision: share(0.007), budget: seconds(7200) }

  test('has its knee where it gives way, however precisely that is asked for', () => {
    const { conclusion } = searchThrough(leaky, { goal })
    expect(conclusion).toMatchObject({ complete: true, mode: 'plateau' })
    // 500 good ones and the lost ones, of at most 503.5 offered.
    expect(conclusion.knee.rps).toBeGreaterThan(500 * 0.993)
    expect(conclusion.knee.rps).toBeLessThan(503.5 * 1.007)
  })

  test('and where it loses 1.4 %, the knee lies below that', () => {
    const worse: Target = ({ offered, backlog }) => {
      const bad = offered >= 450 ? 0.014 * offered : 0
      return { bad, good: Math.min(500, backlog + offered - bad) }
    }
    expect(searchThrough(worse, { goal }).conclusion.knee.rps).toBeLessThan(452)
  })
})
