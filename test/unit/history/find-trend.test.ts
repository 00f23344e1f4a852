import { describe, expect, test } from 'vitest'
import { choosePrunable } from '../../../src/history/choose-prunable.ts'
import { expectNext } from '../../../src/history/expect-next.ts'
import { historyOf, runsOf } from '../../../src/history/history.ts'
import type { GroupHistory, History } from '../../../src/history/history.ts'
import { rowOf } from '../../../src/history/row-of.ts'
import type { Report } from '../../../src/report/report.ts'
import { dailyRuns, day, historyReport } from '../../support/history-report.ts'
import type { PretendedRun } from '../../support/history-report.ts'

function historyFrom(reports: readonly Report[]): History {
  const found = reports.map((report, i) => ({
    file: `${String(i).padStart(3, '0')}.json`,
    row: rowOf(report)!,
  }))
  return historyOf({ folder: 'reports', runs: runsOf(found), setAside: [], isWhole: true })
}
const onlyGroup = (reports: readonly Report[]): GroupHistory => {
  const { groups } = historyFrom(reports)
  expect(groups).toHaveLength(1)
  return groups[0]!
}
const groupsOf = (...runs: PretendedRun[]): number =>
  historyFrom(runs.map((run, i) => historyReport({ id: `${i}`, startedAt: day(i), ...run }))).groups.length

describe('runs are comparable', () => {
  test('whatever the port on this machine, the seed, the version of plimsoll and the name of the scenario', () => {
    expect(
      groupsOf(
        { port: 8080 },
        { port: 40_001, host: 'localhost' },
        { flags: ['--seed', '3'] },
        { toolVersion: '0.2.0' },
        { name: 'renamed' },
      ),
    ).toBe(1)
  })

  test('not of another scenario, with other settings, on another host or another machine', () => {
    const other = 'b'.repeat(64)
    expect(groupsOf({}, { digest: other })).toBe(2)
    expect(groupsOf({}, { flags: ['--set', 'arrivals=even'] })).toBe(2)
    expect(groupsOf({}, { host: 'shop.example' }, { host: 'shop.example', port: 81 })).toBe(3)
    expect(groupsOf({}, { cpus: 4 })).toBe(2)
  })

  test('in order of time, whatever the order of their files, and the group with the newest run comes first', () => {
    const [first, second, third] = [2, 0, 1].map(n => historyReport({ startedAt: day(n) }))
    const old = historyReport({ id: 'old', startedAt: day(-9), digest: 'b'.repeat(64) })
    const { groups } = historyFrom([old, first!, second!, third!])
    expect(groups.map(({ runs }) => runs.map(({ row }) => row.startedAt))).toEqual([
      [day(0), day(1), day(2)],
      [day(-9)],
    ])
  })

  test('once, though a report was copied, and not with the run that a resumed search went on from', () => {
    const [run] = dailyRuns(1, () => 800)
    const twice = onlyGroup([run!, run!])
    expect(twice.runs.map(({ files }) => files)).toEqual([['000.json', '001.json']])
    const began = historyReport({ id: 'began', startedAt: day(0) })
    const earlier = { id: 'began', startedAt: day(0), endedAt: day(0), until: 1 } as unknown
    const resumedFrom = [earlier] as NonNullable<PretendedRun['resumedFrom']>
    const resumed = historyReport({ id: 'done', startedAt: day(1), resumedFrom })
    expect(onlyGroup([began, resumed]).runs.map(({ row }) => row.id)).toEqual(['done'])
  })
})

describe('the trend', () => {
  test('names the runs on either side of a fall from 812/s to 640/s, and the levels', () => {
    const { trend } = onlyGroup(dailyRuns(40, i => (i < 20 ? 812 : 640)))
    expect(trend.changes).toHaveLength(1)
    const [change] = trend.changes
    expect(change).toMatchObject({ before: 19, after: 20 })
    // 640/812 − 1 = −0.212; each mean of 20 scatters by 2 %/√20 = 0.45 %.
    expect(change!.ratio).toBeCloseTo(-0.212, 1.5)
    expect(change!.toRps / change!.fromRps - 1).toBeCloseTo(change!.ratio, 12)
    expect(trend.levels).toMatchObject([
      { first: 0, last: 19, runs: 20 },
      { first: 20, last: 39, runs: 20 },
    ])
  })

  test('leaves out runs without a measured knee that can be believed, and counts past them', () => {
    const reports = dailyRuns(22, i => (i < 12 ? 800 : 600), { sd: 0.01 }).map((report, i) => {
      if (i !== 5 && i !== 12) return report
      const { id, startedAt } = report.run
      return historyReport({
        id,
        startedAt,
        kneeRps: 5,
        ...(i === 5 ? { trusted: false } : { bound: 'at-most' }),
      })
    })
    const { trend } = onlyGroup(reports)
    expect(trend.counted).toHaveLength(20)
    expect(trend.changes).toMatchObject([{ before: 11, after: 13 }])
  })

  test('of runs that all say the same, and of one run, is a level', () => {
    expect(onlyGroup(dailyRuns(12, () => 800, { sd: 0 })).trend).toMatchObject({
      changes: [],
      levels: [{ first: 0, last: 11, kneeRps: expect.closeTo(800, 6) }],
    })
    expect(onlyGroup(dailyRuns(1, () => 800)).trend.levels).toHaveLength(1)
    expect(onlyGroup(dailyRuns(3, () => 800, { bound: 'none' })).trend).toMatchObject({
      changes: [],
      levels: [],
    })
  })
})

describe('what one more run is expected to find', () => {
  test('takes eight runs', () => {
    expect(expectNext([1, 2, 3, 4, 5, 6, 7])).toEqual({ is: 'too-few', runs: 7, needed: 8 })
  })

  test('is x̄ ± t·s·√(1 + 1/n) on the logarithm', () => {
    // Four at 100·e^0.1 and four at 100·e^−0.1: mean ln 100, s² = 8·0.01/7; t(0.975, 7) = 2.364624.
    const high = 100 * Math.exp(0.1)
    const low = 100 * Math.exp(-0.1)
    const reach = 2.364624 * Math.sqrt(0.08 / 7) * Math.sqrt(9 / 8)
    const next = expectNext([high, low, high, low, high, low, high, low])
    if (next.is !== 'expected') throw new Error('eight runs are enough')
    expect(next.kneeRps).toBeCloseTo(100, 9)
    expect(next.low).toBeCloseTo(100 * Math.exp(-reach), 4)
    expect(next.high).toBeCloseTo(100 * Math.exp(reach), 4)
    expect(next.spread).toBeCloseTo(Math.exp(Math.sqrt(0.08 / 7)) - 1, 9)
  })

  test('comes from the runs since the last change alone', () => {
    const { next } = onlyGroup(dailyRuns(40, i => (i < 20 ? 812 : 640))).trend
    expect(next).toMatchObject({ is: 'expected', runs: 20 })
    const fresh = onlyGroup(dailyRuns(26, i => (i < 20 ? 812 : 640))).trend
    expect(fresh.next).toEqual({ is: 'too-few', runs: 6, needed: 8 })
  })
})

describe('prune lets go', () => {
  const daysOf = (reports: readonly Report[], rule: Parameters<typeof choosePrunable>[1]): string[] =>
    choosePrunable(historyFrom(reports).groups, rule).go.map(({ row }) => row.startedAt)
  const days = (from: number, to: number): string[] =>
    Array.from({ length: to - from }, (_, i) => day(from + i))

  test('all but the newest of each group', () => {
    const reports = [
      ...dailyRuns(9, () => 800),
      ...dailyRuns(7, () => 90, { name: 'b', digest: 'b'.repeat(64) }),
    ]
    const { go, kept } = choosePrunable(historyFrom(reports).groups, { keep: 5 })
    expect(go.map(({ row }) => row.startedAt)).toEqual([...days(0, 4), ...days(0, 2)])
    expect(kept).toBe(10)
  })

  test('what is older, and with both rules only what both let go', () => {
    const reports = dailyRuns(10, () => 800)
    expect(daysOf(reports, { before: day(4) })).toEqual(days(0, 4))
    expect(daysOf(reports, { before: day(4), keep: 8 })).toEqual(days(0, 2))
    expect(daysOf(reports, { before: day(2), keep: 1 })).toEqual(days(0, 2))
  })

  test('no run of the five on either side of a change, so that it is found again', () => {
    const reports = dailyRuns(40, i => (i < 20 ? 812 : 640))
    const choice = choosePrunable(historyFrom(reports).groups, { keep: 3 })
    expect(choice.go.map(({ row }) => row.startedAt)).toEqual([...days(0, 15), ...days(25, 37)])
    expect(choice).toMatchObject({ kept: 13, keptForChange: 10 })
    const gone = new Set(choice.go.map(({ row }) => row.startedAt))
    const left = reports.filter(({ run }) => !gone.has(run.startedAt))
    expect(onlyGroup(left).trend.changes).toMatchObject([{ before: 4, after: 5 }])
  })
})
