import { readScenario } from '../../../src/scenario/read-scenario.ts'
import type { ScenarioOverrides } from '../../../src/scenario/overrides.ts'
import type { Plan } from '../../../src/plan/plan.ts'
import { formatPlace } from '../../../src/units/problem.ts'
import type { Problem } from '../../../src/units/problem.ts'

export const STAGES = 'stages: [{ rate: 1/s, for: 1s }]'

/** The plan of a text that must have no problem. */
export function planOf(text: string, overrides: ScenarioOverrides = {}, file = 'shop.yaml'): Plan {
  const read = readScenario(text, file, overrides)
  if (!read.ok) throw new Error(JSON.stringify(read.problems, undefined, 2))
  return read.value
}

/** The plan of a few lines, completed with a target and a stage. */
export const planWith = (lines: string): Plan => planOf(complete(lines), { target: 'http://shop.test' })

export function problemsOf(text: string, overrides: ScenarioOverrides = {}): readonly Problem[] {
  const read = readScenario(text, 'shop.yaml', overrides)
  return read.ok ? [] : read.problems
}

/** Problems of a few lines, completed with a target and a stage, each as `code: fix`. */
export const faultsWith = (lines: string): readonly string[] =>
  problemsOf(complete(lines), { target: 'http://shop.test' }).map(({ code, fix }) => `${code}: ${fix}`)

export const codesWith = (lines: string): readonly string[] =>
  problemsOf(complete(lines), { target: 'http://shop.test' }).map(({ code }) => code)

const complete = (lines: string): string => (/^stages:/m.test(lines) ? lines : `${lines}\n${STAGES}\n`)

/** `shop.yaml:2:5 scenario/…` */
export const placed = ({ at, code }: Problem): string => `${formatPlace(at)} ${code}`
