import { expect, test } from 'vitest'
import { durationOf } from '../../../src/plan/plan.ts'
import type { Result } from '../../../src/result/result.ts'
import { startSearch } from '../../../src/search/search.ts'
import { NO_EARLIER_PART } from '../../../src/trial/earlier-part.ts'
import { checkResumable } from '../../../src/trial/check-resumable.ts'
import { journalHeader, journalLine, journalSearch, readJournal } from '../../../src/trial/journal.ts'
import { SearchCourse } from '../../../src/trial/search-course.ts'
import { followFluid, searchPlan } from '../../support/fluid-search.ts'
import { launchReport } from '../../support/report-fixture.ts'

const PLAN = searchPlan()
const { endedAt: _, ...run } = launchReport().result.run
const startedAt = '2026-01-31T09:30:00.000Z'
const header = journalHeader(PLAN, { ...run, startedAt })

/** The journal of a search of a server that answers 400/s, by lines. */
function journal(): readonly string[] {
  const lines: string[] = []
  const state = startSearch(PLAN.search, { arrivalVariation: 0 })
  const store = {
    keep: (window: Parameters<typeof journalLine>[0]) => void lines.push(journalLine(window)),
    keepSearch: (standing: Parameters<typeof journalSearch>[0]) => void lines.push(journalSearch(standing)),
    readAll: () => [],
  }
  followFluid(new SearchCourse(PLAN, { ...NO_EARLIER_PART, state }, store, undefined), 400)
  return lines
}

const LINES = journal()
const isSearch = (line: string): boolean => line.startsWith('{"search":')

const rebuilt = (lines: readonly string[]): Result => {
  const read = readJournal(header + lines.join(''), 'run.journal')
  if (!read.ok) throw new Error(JSON.stringify(read.problems))
  return read.value
}

test('wherever a search is cut off, its journal has the windows until then, a step for each stage, and can be resumed', () => {
  for (let length = 1; length < LINES.length - 2; length += 1) {
    const lines = LINES.slice(0, length)
    const result = rebuilt(lines)
    const { plan, windows, search, ended } = result
    expect(windows.map(journalLine)).toEqual(lines.filter(line => !isSearch(line)))
    expect(search!.steps.map(({ rate }) => rate)).toEqual(plan.stages.map(({ from }) => from))
    for (const { stage, offered } of windows) expect(offered).toBe(plan.stages[stage]!.from)
    expect(durationOf(plan)).toBeGreaterThanOrEqual(windows.at(-1)?.to ?? 0)
    expect(search!.conclusion.complete).toBe(false)
    expect(ended).toMatchObject({ how: 'stopped', failure: 'cut-off' })
    expect(checkResumable(result, 'run.journal').ok).toBe(true)
  }
})

test('a resumed search that is cut off tells the runs before it; it ends as long after its own start as it went on', () => {
  const until = durationOf(rebuilt(LINES.slice(0, 8)).plan)
  const earlier = [{ id: 'first', startedAt: '2026-01-30T00:00:00Z', endedAt: '2026-01-30T00:01:00Z', until }]
  const lines = LINES.slice(0, 14).map(line =>
    isSearch(line) ? journalSearch({ ...JSON.parse(line).search, resumedFrom: earlier }) : line,
  )
  const { run: facts, windows } = rebuilt(lines)
  expect(facts.resumedFrom).toEqual(earlier)
  const own = (windows.at(-1)!.to - until) / 1e6
  expect(Date.parse(facts.endedAt)).toBe(Date.parse(startedAt) + own)
})

test('a search that was cut off before its first step has no journal to speak of', () => {
  const read = readJournal(header, 'run.journal')
  expect(read.ok ? [] : read.problems.map(({ code, at }) => ({ code, at }))).toEqual([
    { code: 'journal/unreadable', at: { file: 'run.journal', line: 2 } },
  ])
})
